"""The controls of settings: one table says which control each setting has, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from procman.panels.browser import Slider
from procman.panels.choosing import Chooser
from procman.panels.message import LABELLED
from procman.reports.comparison import NO_FLAG
from procman.reports.view import PICKS
from procman.words import edition_in_words

FLAGS: dict[str, tuple[str, ...]] = {
    "any, or none": (),
    "New": ("New",),
    "Updated": ("Updated",),
    "New or Updated": ("New", "Updated"),
    NO_FLAG: (NO_FLAG,),
}
Change = Callable[[Any], None]
Options = Callable[[Any], Sequence[Any]]  # from the panel: names, or (label, value)


@dataclass(frozen=True, slots=True)
class One:
    """One of several: a list that opens."""

    label: str
    options: Options

    def make(self, change: Change) -> widgets.Dropdown:
        """The control, which calls ``change`` with what is chosen."""
        return _watched(widgets.Dropdown(description=self.label, style=LABELLED), change)

    def show(self, control: widgets.Dropdown, panel: Any, value: Any, disabled: bool) -> None:
        """Show what there is to choose from, and what is chosen."""
        options = tuple(each if isinstance(each, tuple) else (each, each) for each in self.options(panel))
        if tuple(control.options) != options:
            control.options = options
        value = tuple(value) if isinstance(value, list) else value or ""
        control.value = value if value in dict(options).values() else None
        control.disabled = disabled


@dataclass(frozen=True, slots=True)
class Many:
    """Any number of names; ``everything`` is what none stands for."""

    label: str
    one: str
    options: Options
    everything: str = ""

    def make(self, change: Change) -> Chooser:
        """The control, which calls ``change`` with the names chosen."""
        return Chooser(self.one, change, self.label, self.everything)

    def show(self, control: Chooser, panel: Any, value: Sequence[str], disabled: bool) -> None:
        """Show what there is to choose from, and what is chosen."""
        control.offer(self.options(panel), value, disabled)


@dataclass(frozen=True, slots=True)
class Words:
    """Words to type."""

    label: str
    placeholder: str

    def make(self, change: Change) -> widgets.Text:
        """The control, which calls ``change`` with the words."""
        return _watched(widgets.Text(description=self.label, placeholder=self.placeholder, style=LABELLED), change)

    def show(self, control: widgets.Text, panel: Any, value: str, disabled: bool) -> None:
        """Show the words."""
        control.value, control.disabled = value, disabled


@dataclass(frozen=True, slots=True)
class Level:
    """A number between two, to slide to; code may go below the least."""

    label: str
    least: float
    most: float

    def make(self, change: Change) -> Slider:
        """The control, which calls ``change`` with the number."""
        return _watched(Slider(description=self.label, min=self.least, max=self.most), change)

    def show(self, control: Slider, panel: Any, value: float, disabled: bool) -> None:
        """Show the number."""
        control.min, control.value, control.disabled = min(self.least, value), value, disabled


def _watched(control: Any, change: Change) -> Any:
    control.observe(lambda changed: change(changed["new"]), "value")
    return control


def _flags(panel: Any) -> list[tuple[str, tuple[str, ...]]]:
    chosen = tuple(panel.statuses)
    return [*FLAGS.items(), *([] if chosen in FLAGS.values() else [(" or ".join(chosen), chosen)])]


def _editions(panel: Any) -> list[tuple[str, str]]:
    dated = [(f"as of {edition_in_words(each)}", each) for each in panel.comparison.editions]
    return [("newest of each council", ""), *dated]


#: The control of each setting. A panel names the settings that it has.
CONTROLS: dict[str, One | Many | Words | Level] = {
    "councils": Many("Compare with", "council", lambda panel: panel.comparison.known),
    "edition": One("Editions", _editions),
    "focus": One("Your council", lambda panel: panel.councils),
    "left": One("First council", lambda panel: panel.comparison.known),
    "right": One("Second council", lambda panel: panel.comparison.known),
    "council": One("Council", lambda panel: panel.comparison.known),
    "old": One("From edition", lambda panel: panel.edition_names),
    "new": One("To edition", lambda panel: panel.edition_names),
    "sections": Many("Add a section", "section", lambda panel: panel.comparison.section_titles, "all sections"),
    "topics": Words("Topic", "type to search; empty: all"),
    "statuses": One("Flag", _flags),
    "confidence": Level("Confidence", 0.3, 1.0),
    "view": One("Show", lambda panel: panel.view_titles),
}


class SettingControls:
    """A labelled control for each setting; what a person changes goes to ``change(name, value)``.

    Attributes
    ----------
    by_name
        The controls: a widget, or a `Chooser`.
    """

    def __init__(self, settings: Sequence[str], change: Callable[[str, Any], None]) -> None:
        self._change, self._showing = change, False
        self.by_name: dict[str, Any] = {name: CONTROLS[name].make(self._changer(name)) for name in settings}
        self.widget = widgets.Box([getattr(control, "widget", control) for control in self.by_name.values()])
        self.widget.add_class("procman-controls")
        for name, control in self.by_name.items():
            if isinstance(control, widgets.Widget):
                control.add_class(f"procman-{name}")

    def show(self, panel: Any, obeyed: Collection[str]) -> None:
        """Show a panel's settings; those that pick chapters only where the view obeys them."""
        self._showing = True
        try:
            for name, control in self.by_name.items():
                CONTROLS[name].show(control, panel, getattr(panel, name), name in PICKS and name not in obeyed)
        finally:
            self._showing = False

    def _changer(self, name: str) -> Change:
        return lambda value: None if self._showing else self._change(name, value)
