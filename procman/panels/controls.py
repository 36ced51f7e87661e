"""The controls of a comparison's settings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import ipywidgets as widgets

from procman.panels.browser import Slider
from procman.panels.choosing import Chooser
from procman.panels.message import LABELLED
from procman.reports.comparison import NO_FLAG
from procman.reports.view import PICKS
from procman.words import edition_in_words

FLAGS = {
    "any, or none": (),
    "New": ("New",),
    "Updated": ("Updated",),
    "New or Updated": ("New", "Updated"),
    NO_FLAG: (NO_FLAG,),
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
        self.by_name: dict[str, Any] = {name: getattr(self, f"_make_{name}")() for name in settings}
        self.widget = widgets.Box([getattr(control, "widget", control) for control in self.by_name.values()])
        self.widget.add_class("procman-controls")
        for name, control in self.by_name.items():
            if isinstance(control, widgets.Widget):
                control.add_class(f"procman-{name}")
                control.observe(self._observer(name), "value")

    def show(self, panel: Any, obeyed: Collection[str]) -> None:
        """Show the settings of a panel; those that pick chapters only where the view obeys them."""
        self._showing = True
        try:
            for name, control in self.by_name.items():
                disabled = name in PICKS and name not in obeyed
                if isinstance(control, Chooser):
                    names, chosen = getattr(self, f"_offer_{name}")(panel)
                    control.offer(names, chosen, disabled)
                else:
                    control.disabled = disabled
                    getattr(self, f"_show_{name}")(panel, control)
        finally:
            self._showing = False

    def _observer(self, name: str) -> Callable[[dict[str, Any]], None]:
        def changed(change: dict[str, Any]) -> None:
            if not self._showing:
                self._change(name, change["new"])

        return changed

    # --- each setting: its control, and how it is shown ------------------------------------------------------------

    def _make_councils(self) -> Chooser:
        return Chooser("council", lambda: self._change("councils", self.by_name["councils"].chosen))

    def _offer_councils(self, panel: Any) -> tuple[list[str], list[str]]:
        return panel.comparison.known, panel.councils

    def _make_edition(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="Editions", style=LABELLED)

    def _show_edition(self, panel: Any, control: widgets.Dropdown) -> None:
        dated = [(f"as of {edition_in_words(each)}", each) for each in panel.comparison.editions]
        _offer(control, [("newest of each council", ""), *dated], panel.edition or "")

    def _make_focus(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="Council in focus", style=LABELLED)

    def _show_focus(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.councils], panel.focus)

    def _make_left(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="First council", style=LABELLED)

    def _show_left(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.comparison.known], panel.left)

    def _make_right(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="Second council", style=LABELLED)

    def _show_right(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.comparison.known], panel.right)

    def _make_council(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="Council", style=LABELLED)

    def _show_council(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.comparison.known], panel.council)

    def _make_old(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="From edition", style=LABELLED)

    def _show_old(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.edition_names], panel.old)

    def _make_new(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="To edition", style=LABELLED)

    def _show_new(self, panel: Any, control: widgets.Dropdown) -> None:
        _offer(control, [(name, name) for name in panel.edition_names], panel.new)

    def _make_sections(self) -> Chooser:
        changed = lambda: self._change("sections", self.by_name["sections"].chosen)  # noqa: E731
        return Chooser("section", changed, everything="all sections")

    def _offer_sections(self, panel: Any) -> tuple[list[str], list[str]]:
        return panel.comparison.section_titles, panel.sections

    def _make_topics(self) -> widgets.Text:
        return widgets.Text(description="Topic", placeholder="type to search; empty: all", style=LABELLED)

    def _show_topics(self, panel: Any, control: widgets.Text) -> None:
        control.value = panel.topics

    def _make_statuses(self) -> widgets.Dropdown:
        return widgets.Dropdown(description="Flag", options=list(FLAGS.items()), style=LABELLED)

    def _show_statuses(self, panel: Any, control: widgets.Dropdown) -> None:
        options = dict(FLAGS)
        if tuple(panel.statuses) not in options.values():
            options[" or ".join(panel.statuses)] = tuple(panel.statuses)
        _offer(control, list(options.items()), tuple(panel.statuses))

    def _make_confidence(self) -> Slider:
        return Slider(description="Confidence", min=0.3, max=1.0, step=0.01)

    def _show_confidence(self, panel: Any, control: Slider) -> None:
        control.min, control.value = min(0.3, panel.confidence), panel.confidence


def _offer(control: widgets.Dropdown, options: list[tuple[str, Any]], value: Any) -> None:
    if tuple(control.options) != tuple(options):
        control.options = options
    control.value = value if value in dict(options).values() else None
