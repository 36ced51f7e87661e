"""The panel for one manual: choose a council or upload a page to see its outline, counts, flags and notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import LibraryError
from procman.figures.activity import flags_chart
from procman.figures.chart import Chart, remarked
from procman.measures.activity import FLAGS_BY_SECTION, flags_by_section
from procman.panels.access import Access, access
from procman.panels.bringing import PageControls
from procman.panels.browser import OwnKeys
from procman.panels.correcting import CorrectingControls
from procman.panels.message import HERE, LABELLED, look_html, message_html, said_if_wrong
from procman.panels.outline import corrections_html, headline_html, notices_html, outline_html
from procman.panels.picture import Picture
from procman.panels.selection import Selection
from procman.reading.manual import Manual, read_manual
from procman.reports.html import mark_html
from procman.words import count, edition_in_words

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library


class ManualPanel:
    """Shows one manual: its outline beside the chart of its flags. To show it in a notebook, end a cell with the panel.

    You can read and set everything from code too.

    Parameters
    ----------
    library
        The library to choose manuals from. Without it, upload or name a page first.
    chosen
        A `Selection` that the panel shares with others, for your council.

    Attributes
    ----------
    manual
        The manual on show, or None.
    table
        Its chapters by section and flag, as drawn.
    figure
        The chart, or None if there is no manual.
    message
        The last message about a page: a success, an error, or empty text.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = ManualPanel(open_library("data/manuals"))
    >>> panel.council = "Oxfordshire"
    >>> panel.selection
    {'council': 'Oxfordshire', 'edition': '2017-07'}
    >>> int(panel.table["new"].sum())
    4
    """

    def __init__(self, library: Library | None = None, chosen: Selection | None = None) -> None:
        self.chosen, self._library = chosen, library
        self._manuals: dict[str, Manual] = {}
        self.manual: Manual | None = None
        self.table: pd.DataFrame = FLAGS_BY_SECTION.frame([])
        self.figure: Chart | None = None
        self.message = ""
        self._folder = library.folder if library else None
        self._make_widgets()
        for manual in library or ():
            self._manuals[_label(manual)] = manual
        self._show_choices(next(iter(self._manuals), None))
        self.refresh()

    def refresh(self) -> None:
        """Show your council's manual if the panel shares a selection, including a page added in another panel."""
        if not self.chosen:
            return
        everyone = self.chosen.comparison
        there = {_label(each): each for each in everyone.of(councils=tuple(everyone.known)).pages}
        if {label: self._manuals.get(label) for label in there} != there:
            self._manuals |= there
            self._show_choices(self.choice.value)
        if self.chosen.focus not in (None, self.council):
            self._choose(self.chosen.focus, None)

    # --- state ------------------------------------------------------------------------------------------------

    @property
    def council(self) -> str | None:
        """The council on show. Set it to show that council's newest edition."""
        return self.manual.council if self.manual else None

    @council.setter
    def council(self, council: str) -> None:
        self._choose(council, None)

    @property
    def edition(self) -> str | None:
        """The edition on show. Set it to show another edition of the same council."""
        return self.manual.edition if self.manual else None

    @edition.setter
    def edition(self, edition: str | None) -> None:
        self._choose(self.council, edition or "")

    @property
    def selection(self) -> dict[str, str | None]:
        """The council and edition chosen."""
        return {"council": self.council, "edition": self.edition}

    def read(self, source: Any, name: str = "", council: str | None = None, manual: Manual | None = None) -> None:
        """Read a page from a path, an address or bytes, and show it. If it cannot be read, only ``message`` changes.

        Parameters
        ----------
        source
            As for `procman.read_manual`.
        name
            The page's name, if the source has none.
        council
            The page's council, by default the one that the page names.
        manual
            The manual, if the page was already read.
        """
        self._say("Reading …")
        said_if_wrong(lambda: self._take(manual or read_manual(source, council), name), self._say)

    def _take(self, manual: Manual, name: str) -> None:
        label = f"{_label(manual)} (from {name or Path(manual.source).name})"
        self._manuals[label] = manual
        self._show_choices(label)
        self._say(f"Read {manual.source}: {count(int(self.table['chapters'].sum()), 'chapter')}.")

    def _choose(self, council: str | None, edition: str | None) -> None:
        mine = {label: manual for label, manual in self._manuals.items() if manual.council == council}
        if edition is not None:
            mine = {label: manual for label, manual in mine.items() if (manual.edition or "") == edition}
        if not mine:
            names = ", ".join(sorted({manual.council or label for label, manual in self._manuals.items()})) or "none"
            raise LibraryError(HERE, f"no manual of {council!r}{f', {edition}' if edition else ''}; councils: {names}")
        # If editions are equal, use the one read last, which is the last in the list.
        self.choice.value = max(reversed(mine), key=lambda label: mine[label].edition or "")

    # --- widgets ----------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.choice = widgets.Dropdown(description="Council", style=LABELLED)
        pages = PageControls(self.read, self._say)
        self.upload, self.source, self.read_button = pages.upload, pages.source, pages.read_button
        self._message, self._headline = widgets.HTML(), widgets.HTML()
        self._outline, self._chart, self._notices = widgets.HTML(), Picture(), widgets.HTML()
        self._chart.observe(lambda _: said_if_wrong(self._draw, self._say), "width")

        controls = widgets.Box([self.choice, *pages.widgets])
        columns = widgets.Box([self._outline, self._chart])
        self.correcting = CorrectingControls(self._say, self._corrected)
        look = widgets.HTML(look_html())
        shown = [self._message, self._headline, columns, self._notices, self.correcting.widget]
        self.widget = widgets.VBox([look, OwnKeys(), controls, *shown])
        for widget, name in (
            (self.widget, "panel"),
            (controls, "controls"),
            (columns, "columns"),
            (self._message, "message"),
            (self._headline, "headline"),
            (self._outline, "outline"),
            (self._chart, "chart"),
            (self._notices, "notices"),
        ):
            widget.add_class(f"procman-{name}")

        self.choice.observe(self._chosen, "value")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget, and words for readers without a kernel."""
        named = f"{self.council or 'a manual'}, {edition_in_words(self.edition)}" if self.manual else "no manual yet"
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": f"Panel: {named}. Run this cell to use it."}

    def _chosen(self, change: dict[str, Any]) -> None:
        self._say("")
        self._show(self._manuals.get(change["new"]))
        if self.chosen and self.council in self.chosen.comparison.known:
            self.chosen.put("focus", self.council)

    def _show_choices(self, label: str | None) -> None:
        self.choice.unobserve(self._chosen, "value")
        self.choice.options = list(self._manuals)
        self.choice.value = label
        self.choice.observe(self._chosen, "value")
        self._show(self._manuals.get(label or ""))

    def _show(self, manual: Manual | None) -> None:
        self.manual = manual
        if manual is None:
            self.correcting.show(None, None)
            self._headline.value = message_html("No manual yet: upload a page, or give its path or address.")
            return
        self.table = flags_by_section(manual.entries)
        self._headline.value = mark_html(self._mark) + headline_html(manual)
        self._outline.value = outline_html(manual.entries, f"Outline of {self.choice.value}")
        self._draw()
        self._notices.value = corrections_html(manual.corrections) + notices_html(manual.notices)

        kept = self._folder and Path(manual.source).is_relative_to(self._folder) and access() is not Access.VISITORS
        self.correcting.show(manual, self._folder if kept else None)

    @property
    def _mark(self) -> str:
        return self._library.mark([self.manual.council]) if self._library and self.manual else ""

    def _draw(self) -> None:
        """Draw the manual on show to the available width."""
        if self.manual is None:
            return
        with remarked(self._mark):
            self.figure = Chart.of(flags_chart(self.table, width=self._chart.inches))
        self._chart.show(self.figure)

    def _corrected(self, again: Manual) -> None:
        """Show a corrected manual. Other panels have it when you open them again."""
        former = self.choice.value
        label = _label(again)
        self._manuals = {label if each == former else each: manual for each, manual in self._manuals.items()}
        self._manuals[label] = again
        self._show_choices(label)

    def _say(self, text: str, wrong: bool = False, progress: float | None = None) -> None:
        self.message = text
        self._message.value = message_html(text, wrong, progress)


def _label(manual: Manual) -> str:
    return f"{manual.council or 'Manual'}, {edition_in_words(manual.edition)}"
