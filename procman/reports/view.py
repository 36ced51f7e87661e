"""A view: one table of a comparison, its chart, and how each output shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from procman.reports.comparison import Comparison
from procman.reports.picking import CONCERN
from procman.tables import Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: The settings that filter chapters.
PICKS = frozenset({"sections", "topics", "statuses"})
#: The words for the council in a title that is not about one council.
EACH_COUNCIL = "each council"
MORE = "`python -m procman add` fetches more, by names, --region or --neighbours-of."
#: What to say if there are too few councils, by the number that a view needs.
TOO_FEW = {
    1: "No manual could be read.",
    2: "Choose at least two councils.",
    3: f"Choose at least three councils. {MORE}",
    4: f"Choose at least four councils. {MORE}",
}
#: The words after the name of a view without data.
NO_DATA = "no data yet"
ONE_EDITION = "This needs two dated editions of a council. Add another edition to see what changed."


class Each(Enum):
    """What a view is made for: once, for each council, for each pair, or for each two editions. The measure gets these names."""

    WHOLE = "the whole comparison"
    COUNCIL = "each council"
    MANUAL = "each council, by itself"
    PAIR = "each two councils"
    EDITIONS = "each council and two of its editions"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an output shows part of a view.

    Attributes
    ----------
    columns
        The columns, in this order. Empty for all.
    only
        A function that keeps the rows to show here.
    most
        The most rows, or None for all.
    chart, table
        Whether the report shows the chart, and the table.
    title
        The table's title here, if rows are left out.
    across
        In the workbook, make a wide table with a column for each value of this column. Its cells are numbers of chapters.
    """

    columns: tuple[str, ...] = ()
    only: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table
    most: int | None = 60
    chart: bool = True
    table: bool = True
    title: str = ""
    across: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One thing to look at, in a panel, the gallery, the report and the workbook.

    Attributes
    ----------
    name
        A short name that does not change, used in file names and links.
    question
        The question that it helps to answer. This decides which panel and which part of the report show it.
    title
        The title. "{council}" stands for the council that the view is about.
    table
        The declaration of its table: what the columns mean, what it is based on, and its limits.
    measure
        A function that takes the comparison, and the names that `each` gives, and returns the table.
    chart
        A function that takes the table and the chart's options and returns the chart. None if there is nothing to draw.
    each
        What it is made for.
    tab
        Its short title in a panel with several views.
    says
        A function that takes the comparison, the table and the names that `each` gives, and returns the headline about your council.
    matched
        Whether it depends on matches, so that the confidence makes a difference.
    counts
        Whether its measure counts only the topics that fit the words. (If a row is a topic, other rows are left out.)
    about
        A sentence on what it shows, for the gallery.
    empty
        What to say if the table is empty, and what data it needs.
    filled
        A column that the table needs. If all its cells are missing, the table counts as empty.
    councils
        The number of councils that it needs.
    editions
        Whether it needs two dated editions of one council.
    quick
        Whether its table is quick to make, so that panels can check for rows before you choose it.
    needs
        The part of the comparison that the table needs, such as its "library".
    hidden
        Columns that panels do not show: ids, and columns with the same value in every row.
    spread
        A function for panels that show the table differently. It takes the comparison, the table and the names that `each` gives, and
        returns the frame, its declaration and the hidden columns.
    doubts
        The column with your council's chapter that is a possible match for the row's topic, for a person to decide. Empty if there is
        nothing to decide.
    rows
        What a row is about, to filter rows by the chapters chosen: one of `procman.reports.picking.CONCERN`; "search" or "changes" if
        the measure filters by itself; "" if a row is about all chapters, so that no row is left out.
    drawn
        Like ``measure``, but for the table that the chart draws, if it is a different one.
    drawn_from
        The number of councils that the chart needs.
    draws_all
        Whether the chart ignores the filters.
    panel, gallery
        Whether panels and the gallery show it.
    report
        How the report shows it, or None.
    sheet, workbook
        The name of its sheet, and how the workbook shows it. Without a name there is no sheet.
    """

    name: str
    question: str
    title: str
    table: Table
    measure: Callable[..., pd.DataFrame]
    chart: Callable[..., Axes] | None = None
    each: Each = Each.WHOLE
    tab: str = ""
    says: Callable[..., str] | None = None
    matched: bool = True
    counts: bool = False
    about: str = ""
    empty: str = "There is nothing to list."
    filled: str = ""
    councils: int = 1
    editions: bool = False
    quick: bool = False
    needs: str = ""
    hidden: tuple[str, ...] = ("topic", "position")
    spread: Callable[..., tuple[pd.DataFrame, Table, tuple[str, ...]]] | None = None
    doubts: str = ""
    rows: str = ""
    drawn: Callable[..., pd.DataFrame] | None = None
    drawn_from: int = 1
    draws_all: bool = False
    panel: bool = True
    gallery: bool = True
    report: Shown | None = Shown()
    sheet: str = ""
    workbook: Shown = Shown(most=None)

    def titled(self, *subject: str) -> str:
        """The title, with the council that it is about.

        >>> from procman.reports.views import view
        >>> view("gaps").titled("Oxfordshire"), view("gaps").titled()
        ("Missing from Oxfordshire's contents page", "Missing from each council's contents page")
        """
        return self.title.replace("{council}", subject[0] if subject else EACH_COUNCIL)

    def on_screen(
        self, comparison: Comparison, table: pd.DataFrame, *subject: str
    ) -> tuple[pd.DataFrame, Table, tuple[str, ...]]:
        """The frame, its declaration and the hidden columns for panels."""
        return self.spread(comparison, table, *subject) if self.spread else (table, self.table, self.hidden)

    def subjects(self, comparison: Comparison) -> list[tuple[str, ...]]:
        """The councils, pairs or editions to make it for: the names that its measure gets."""
        if self.each is Each.WHOLE:
            return [()]
        if self.each is Each.PAIR:
            return [*comparison.pairs()]
        if self.each is Each.EDITIONS:
            return [*comparison.consecutive()]
        return [(council,) for council in (comparison.listing if self.each is Each.COUNCIL else comparison.present)]

    def possible(self, comparison: Comparison) -> bool:
        """Whether the comparison has what the view needs."""
        return not self.needs or bool(getattr(comparison, self.needs))

    def lacking(self, comparison: Comparison) -> str:
        """What it lacks to show anything, in a few words, as far as that can be told at once; empty where nothing."""
        if len(comparison.present) < self.councils:
            return f"needs {self.councils} councils"
        two = self.editions or self.each is Each.EDITIONS
        if not self.possible(comparison) or (two and not any(comparison.consecutive())):
            return NO_DATA
        return NO_DATA if self.quick and self.nothing(self.of(comparison)) else ""

    def chart_for(self, comparison: Comparison) -> Callable[..., Axes] | None:
        """Its chart, or None if the comparison has too few councils."""
        return self.chart if len(comparison.present) >= self.drawn_from else None

    def of(self, comparison: Comparison, *subject: str) -> pd.DataFrame:
        """Its table, made once."""
        return self._kept(comparison, self.measure, subject)

    def drawn_of(self, comparison: Comparison, *subject: str) -> pd.DataFrame:
        """The table that its chart draws."""
        return self._kept(comparison, self.drawn or self.measure, subject)

    def _kept(self, comparison: Comparison, make: Callable[..., Any], subject: tuple[str, ...]) -> Any:
        settings: tuple[Any, ...] = (comparison.today, comparison.words if self.counts else "")
        if self.rows in ("search", "changes"):
            settings += (comparison.words, comparison.sections, comparison.statuses)
        return comparison.keep((make, *subject, *settings), lambda: make(comparison, *subject), by_score=True)

    def why_empty(self, comparison: Comparison, *subject: str) -> str:
        """What to say if it has nothing to show for a subject, or has no subject."""
        if len(comparison.present) < self.councils:
            return TOO_FEW[self.councils]
        return ONE_EDITION if self.each is Each.EDITIONS and not subject else self.empty

    def nothing(self, table: pd.DataFrame) -> bool:
        """Whether a table of this view has nothing to show."""
        return table.empty or bool(self.filled and table[self.filled].isna().all())

    @property
    def obeys(self) -> frozenset[str]:
        """The filters that apply to this view."""
        if self.rows in ("", "words", "search"):
            return frozenset({"topics"}) if self.rows or self.counts else frozenset()
        return PICKS

    def on_topic(self, table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """The table with only the rows that fit the words, ignoring other filters."""
        return self.narrowed(table, comparison.of(sections=(), statuses=()))

    def narrowed(self, table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """The rows about the chapters chosen. The counts in each row do not change."""
        if self.rows not in CONCERN or not comparison.picks or table.empty:
            return table
        return table[CONCERN[self.rows](table, comparison)].reset_index(drop=True)


CHART_ONLY = Shown(table=False)


def chart(name: str) -> Callable[..., Axes]:
    """A chart of `procman.figures`, loaded when first drawn. It takes the settings of `procman.figures.options.Options`."""

    def draw(table: pd.DataFrame, **asked: Any) -> Axes:
        from procman import figures

        drawn: Callable[..., Axes] = getattr(figures, name)
        return drawn(table, **asked)

    return draw
