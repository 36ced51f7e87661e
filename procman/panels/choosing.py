"""Any number of names chosen from many: a box that searches while you type, and a button for each name that removes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import ipywidgets as widgets

from procman.matching.search import has_words
from procman.measures.counting import fold
from procman.panels.browser import Chips
from procman.panels.message import LABELLED, message_html

MOST_CHIPS = 8
#: The councils that a preset gives, or what finds them if asked; and what is said of how many those are.
Preset: TypeAlias = "tuple[Sequence[str] | Callable[[], Sequence[str]], str]"


class Chooser:
    """Names chosen from many.

    Parameters
    ----------
    one
        What one name is: "council".
    on_change
        Called with the names chosen, after a person chose or removed one.
    label
        What the box says; by default "Add a council".
    everything
        What no name stands for, such as "all sections"; without it, no name stands for none.

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
        self._disabled = False
        self._one, self._on_change, self._everything = one, on_change, everything
        self.box = widgets.Combobox(description=label or f"Add a {one}", placeholder="type to search", style=LABELLED)
        self.all_button = widgets.Button(description=everything.capitalize())
        self.chips = Chips(self.remove)
        self._said = widgets.HTML()
        every = [self.all_button] if everything else []
        self.widget = widgets.Box([self.chips, self.box, *every, self._said])
        for widget, name in (
            (self.widget, "chooser"),
            (self.box, f"add-{one}"),
            (self.all_button, f"all-{one}s"),
        ):
            widget.add_class(f"procman-{name}")
        self.box.observe(self._typed, "value")
        self.box.on_msg(lambda _, content, __: self._entered() if content.get("event") == "submit" else None)
        self.all_button.on_click(lambda _: self._set(()))

    def offer(self, names: Sequence[str], chosen: Sequence[str], disabled: bool = False) -> None:
        """Show what there is to choose from, and what is chosen; ``disabled`` where choosing would change nothing."""
        self._disabled = disabled
        self._offered, self.chosen = tuple(names), tuple(chosen)
        left = tuple(name for name in names if name not in self.chosen)
        self.box.options = left
        self.box.disabled = disabled or not left
        self.box.placeholder = "type to search" if left else f"every {self._one} is chosen"
        self.all_button.disabled = disabled or not self.chosen
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
        """Enter adds the first name that has the words typed."""
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


#: What a choice of peers is called that no preset gives, and the one that takes all away.
BY_HAND, NOBODY = "choose peers", "clear"


class PeerChooser:
    """Whom a council is compared with: names chosen one by one, or a preset of them.

    Parameters
    ----------
    on_change
        Called with the peers after a person chose.

    Examples
    --------
    >>> peers = PeerChooser(print)
    >>> peers.show(["Essex", "Luton"], [], {"same region": (lambda: ["Luton"], "1 of 8 here")})
    >>> peers.preset.value = "same region"
    ['Luton']
    """

    def __init__(self, on_change: Callable[[Sequence[str]], None]) -> None:
        self._on_change, self._showing = on_change, False
        self._presets: Mapping[str, Preset] = {}
        self.chooser = Chooser("council", on_change)
        self.preset = widgets.Dropdown(description="Peers", options=[(BY_HAND, "")], style=LABELLED)
        self.preset.observe(self._chosen, "value")
        said = widgets.Label("with")
        self.widget = widgets.Box([said, self.chooser.widget, self.preset])
        for widget, name in ((said, "with"), (self.preset, "preset")):
            widget.add_class(f"procman-{name}")

    @property
    def box(self) -> widgets.Combobox:
        """The box that adds a council."""
        return self.chooser.box

    def show(self, known: Sequence[str], peers: Sequence[str], presets: Mapping[str, Preset]) -> None:
        """Show whom there is to choose from, who is chosen, and by which preset, as far as that can be told at once."""
        self._showing = True
        self._presets = presets
        self.chooser.offer(known, peers)
        options = [(f"{name} ({here})" if here else name, name) for name, (_, here) in presets.items()]
        options = [(BY_HAND, ""), *options, (NOBODY, NOBODY)]
        if tuple(options) != tuple(self.preset.options):
            self.preset.options = options
        same = (name for name, (of, _) in presets.items() if not callable(of) and set(of) == set(peers))
        self.preset.value = next(same, "") if peers else ""
        self._showing = False

    def _chosen(self, change: dict[str, Any]) -> None:
        if not self._showing and change["new"]:
            of = self._presets[change["new"]][0] if change["new"] in self._presets else ()
            self._on_change(list(of() if callable(of) else of))
