"""The controls for settings. One table gives the control of each setting, and its options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from procman.panels.browser import Choices, Fold, Slider
from procman.panels.message import LABELLED
from procman.panels.name_chooser import Chooser
from procman.panels.peers import PeerChooser
from procman.reports.comparison import NO_FLAG
from procman.reports.view import PICKS
from procman.words import count, edition_in_words

FLAGS: dict[str, tuple[str, ...]] = {
    "any, or none": (),
    "New": ("New",),
    "Updated": ("Updated",),
    "New or Updated": ("New", "Updated"),
    NO_FLAG: (NO_FLAG,),
}
Change = Callable[[Any], None]
Choosable = Callable[[Any], Sequence[Any]]  # from the panel: names, or (label, value)


@dataclass(frozen=True, slots=True)
class One:
    """A drop-down list to choose one of several."""

    label: str
    options: Choosable
    about: str = ""

    def make(self, change: Change) -> widgets.Dropdown:
        """Make the control. It calls ``change`` with the choice."""
        control = widgets.Dropdown(description=self.label, tooltip=self.about or None, style=LABELLED)
        return _watched(control, change)

    def show(self, control: widgets.Dropdown, panel: Any, value: Any, disabled: bool) -> None:
        """Show the options, and the choice."""
        options = tuple(each if isinstance(each, tuple) else (each, each) for each in self.options(panel))
        if tuple(control.options) != options:
            control.options = options
        value = tuple(value) if isinstance(value, list) else value or ""
        control.value = value if value in dict(options).values() else None
        control.disabled = disabled


@dataclass(frozen=True, slots=True)
class Tabs:
    """Tabs to choose one of several."""

    label: str
    options: Choosable

    def make(self, change: Change) -> Choices:
        """Make the control. It calls ``change`` with the choice."""
        return _watched(Choices(description=self.label), change)

    def show(self, control: Choices, panel: Any, value: str, disabled: bool) -> None:
        """Show the options, and the choice. With only one option, the control is hidden."""
        control.options = list(self.options(panel))
        control.value = value
        control.layout.display = None if len(control.options) > 1 else "none"


@dataclass(frozen=True, slots=True)
class PeersControls:
    """The councils that yours is compared with."""

    def make(self, change: Change) -> PeerChooser:
        """Make the control. It calls ``change`` with the peers."""
        return PeerChooser(change)

    def show(self, control: PeerChooser, panel: Any, value: Sequence[str], disabled: bool) -> None:
        """Show the options, and the peers chosen."""
        control.show([council for council in panel.comparison.known if council != panel.focus], value, panel.presets)


@dataclass(frozen=True, slots=True)
class Many:
    """A list to choose any number of names. ``everything`` says what it means if none is chosen."""

    label: str
    one: str
    options: Choosable
    everything: str = ""

    def make(self, change: Change) -> Chooser:
        """Make the control. It calls ``change`` with the names chosen."""
        return Chooser(self.one, change, self.label, self.everything)

    def show(self, control: Chooser, panel: Any, value: Sequence[str], disabled: bool) -> None:
        """Show the options, and the names chosen."""
        control.offer(self.options(panel), value, disabled)


@dataclass(frozen=True, slots=True)
class Words:
    """A box for words."""

    label: str
    placeholder: str

    def make(self, change: Change) -> widgets.Text:
        """Make the control. It calls ``change`` with the words."""
        return _watched(widgets.Text(description=self.label, placeholder=self.placeholder, style=LABELLED), change)

    def show(self, control: widgets.Text, panel: Any, value: str, disabled: bool) -> None:
        """Show the words."""
        control.value, control.disabled = value, disabled


@dataclass(frozen=True, slots=True)
class Level:
    """A slider between two numbers. Code can set a number below the lowest."""

    label: str
    least: float
    most: float

    def make(self, change: Change) -> Slider:
        """Make the control. It calls ``change`` with the number."""
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


#: The control of each setting. A panel lists the settings that it has.
CONTROLS: dict[str, One | Tabs | PeersControls | Many | Words | Level] = {
    "focus": One("Compare", lambda panel: panel.councils, "Your council"),
    "left": One("Compare", lambda panel: panel.comparison.known, "Your council"),
    "right": One("with", lambda panel: panel.comparison.known, "The other council"),
    "council": One("Council", lambda panel: panel.comparison.known),
    "old": One("From edition", lambda panel: panel.edition_names),
    "new": One("To edition", lambda panel: panel.edition_names),
    "peers": PeersControls(),
    "topics": Words("Topic", "type to search; empty: all"),
    "sections": Many("Add a section", "section", lambda panel: panel.comparison.section_titles, "all sections"),
    "statuses": One("Flag", _flags),
    "edition": One("Editions", _editions),
    "confidence": Level("Confidence", 0.3, 1.0),
    "view": Tabs("Show", lambda panel: panel.tabs),
}
#: The folded controls, with the words on their button and the help beside them.
FILTERS = ("topics", "sections", "statuses", "edition")
ADVANCED = ("confidence",)
CONFIDENCE_IS = (
    "<p>How sure a match must be for two chapters to count as the same procedure. <strong>Lower</strong>: more chapters are "
    "matched, some of them wrongly, and fewer gaps are left. <strong>Higher</strong>: the opposite. It starts at 0.50.</p>"
)


class Folded:
    """Controls behind a button that opens them. Without controls there is no button."""

    def __init__(self, label: str, controls: Sequence[widgets.Widget]) -> None:
        self._label = label
        self.fold, self.box = Fold(description=label), widgets.Box(controls)
        self.box.add_class("procman-controls")
        self.box.add_class("procman-folded")
        self.fold.observe(lambda _: self._open(), "unfolded")
        self.offer(bool(controls))

    def offer(self, there: bool, used: str = "") -> None:
        """Show or hide the button. ``used`` is what it says about the hidden controls."""
        self._there = there
        self.fold.layout.display = None if there else "none"
        self.fold.description = f"{self._label} ({used})" if used else self._label
        self._open()

    def _open(self) -> None:
        self.box.layout.display = None if self._there and self.fold.unfolded else "none"


class SettingControls:
    """A labelled control for each setting. A change calls ``change(name, value)``.

    Attributes
    ----------
    by_name
        The controls: widgets, or objects that have one.
    widget
        The line of controls for what to compare.
    folds
        The filters and rarely used controls, folded.
    """

    def __init__(self, settings: Sequence[str], change: Callable[[str, Any], None]) -> None:
        self._change, self._showing = change, False
        ordered = [name for name in CONTROLS if name in settings]
        self.by_name: dict[str, Any] = {name: CONTROLS[name].make(self._changer(name)) for name in ordered}
        found = {name: getattr(control, "widget", control) for name, control in self.by_name.items()}
        for name, control in found.items():
            control.add_class(f"procman-{name}")
        self.widget = widgets.Box([found[name] for name in found if name not in (*FILTERS, *ADVANCED)])
        self.widget.add_class("procman-controls")
        self.widget.add_class("procman-compare")
        self.filters = Folded("Filters", [found[name] for name in FILTERS if name in found])
        self.advanced = Folded(
            "Advanced", [*(found[name] for name in ADVANCED if name in found), widgets.HTML(CONFIDENCE_IS)]
        )
        self.folds = widgets.Box([self.filters.fold, self.advanced.fold, self.filters.box, self.advanced.box])
        self.folds.add_class("procman-folds")

    def show(self, panel: Any, obeyed: Collection[str], matched: bool = True) -> None:
        """Show a panel's settings.

        Filters are enabled only if the view uses them. The confidence is shown only if the view depends on matches.
        """
        self._showing = True
        try:
            for name, control in self.by_name.items():
                CONTROLS[name].show(control, panel, getattr(panel, name), name in PICKS and name not in obeyed)
        finally:
            self._showing = False
        used = sum(bool(getattr(panel, name)) for name in FILTERS if name in self.by_name)
        self.filters.offer(
            any(name in self.by_name for name in FILTERS), f"{count(used, 'filter')} in use" if used else ""
        )
        self.advanced.offer(matched and any(name in self.by_name for name in ADVANCED))

    def _changer(self, name: str) -> Change:
        return lambda value: None if self._showing else self._change(name, value)
