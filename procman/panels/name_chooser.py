"""Choose any number of names: a box that searches while you type, and a button to remove each name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from procman.matching.search import has_words
from procman.measures.counting import fold
from procman.panels.browser import Chips
from procman.panels.message import LABELLED, message_html

#: The most names with a button, so that they fit on one line.
MOST_CHIPS = 4


class Chooser:
    """Names chosen from many.

    Parameters
    ----------
    one
        The word for one name: "council".
    on_change
        Called with the names chosen, after a person chose or removed one.
    label
        The label of the box, by default "Add a council".
    everything
        What it means if no name is chosen, such as "all sections". By default it means none.

    Examples
    --------
    >>> chooser = Chooser("council", print)
    >>> chooser.offer(["Milton Keynes", "Oxfordshire"], [])
    >>> chooser.box.value = "Oxfordshire"
    ('Oxfordshire',)
    """

    def __init__(
        self, one: str, on_change: Callable[[tuple[str, ...]], None], label: str = "", everything: str = ""
    ) -> None:
        self.chosen: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._one, self._on_change, self._everything = one, on_change, everything
        self.box = widgets.Combobox(description=label or f"Add a {one}", placeholder="type to search", style=LABELLED)
        self.all_button = widgets.Button(description=everything.capitalize())
        self.chips = Chips(self.remove)
        self._said = widgets.HTML()
        every = [self.all_button] if everything else []
        self.widget = widgets.Box([self.chips, self.box, *every, self._said])
        self.widget.add_class("procman-chooser")
        self.box.observe(self._typed, "value")
        self.box.on_msg(lambda _, content, __: self._entered() if content.get("event") == "submit" else None)
        self.all_button.on_click(lambda _: self._set(()))

    def offer(self, names: Sequence[str], chosen: Sequence[str], disabled: bool = False) -> None:
        """Show the options and the names chosen. Use ``disabled`` if a choice would change nothing."""
        self._offered, self.chosen = tuple(names), tuple(chosen)
        left = tuple(name for name in names if name not in self.chosen)
        self.box.options = left
        self.box.disabled = disabled or not left
        self.box.placeholder = "type to search" if left else f"every {self._one} is chosen"
        self.all_button.disabled = disabled or not self.chosen
        self.all_button.layout.display = None if self.chosen else "none"
        more = len(self.chosen) - MOST_CHIPS
        said = f"and {more} more" if more > 0 else "" if self.chosen else self._everything or f"no {self._one} chosen"
        with self.chips.hold_sync():
            self.chips.names, self.chips.rest = list(self.chosen[:MOST_CHIPS]), said
            self.chips.disabled = disabled
        self._said.value = ""

    def remove(self, name: str) -> None:
        """Do what a name's button does."""
        self._set([other for other in self.chosen if other != name])

    def _typed(self, change: dict[str, Any]) -> None:
        if change["new"] in self.box.options:
            self._set([*self.chosen, change["new"]])

    def _entered(self) -> None:
        """When a person presses Enter, add the first name with the words typed."""
        wanted = fold(self.box.value).split()
        found = next((name for name in self.box.options if wanted and has_words(name, wanted)), None)
        if found:
            self._set([*self.chosen, found])
        elif wanted:
            text = f"No {self._one} here has “{self.box.value.strip()}” in its name."
            self._said.value = message_html(text, wrong=True)

    def _set(self, chosen: Sequence[str]) -> None:
        self.box.value = ""
        self.offer(self._offered, chosen)
        self._on_change(self.chosen)
