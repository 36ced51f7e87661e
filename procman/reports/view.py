"""What a view is: one table of a comparison, the chart that draws it, and how each output shows it."""

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

#: The settings that pick chapters.
PICKS = frozenset({"sections", "topics", "statuses"})
#: What the gallery, the workbook and the report call the council that a title leaves open.
EACH_COUNCIL = "each council"
MORE = "`python -m procman add` fetches more, by names, --region or --neighbours-of."
#: What would fill a view, by how many councils it needs.
TOO_FEW = {
    1: "No manual could be read.",
    2: "Choose at least two councils.",
    3: f"Choose at least three councils. {MORE}",
    4: f"Choose at least four councils. {MORE}",
}
#: What stands behind the name of a view for which nothing is there.
NO_DATA = "no data yet"
ONE_EDITION = "This needs two dated editions of a council. Add another edition to see what changed."


class Each(Enum):
    """What a view is made for each of; its measure gets these names."""

    WHOLE = "the whole comparison"
    COUNCIL = "each council"
    MANUAL = "each council, by itself"
    PAIR = "each two councils"
    EDITIONS = "each council and two of its editions"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an output shows a view, where that is not the whole of it.

    Attributes
    ----------
    columns
        The columns, in this order; empty for all.
    only
        Keeps the rows that are worth a line here.
    most
        Rows at most; None for all.
    chart, table
        Whether the report shows the chart, and the table.
    title
        What the table is called here, where rows are left out.
    across
        In the workbook: a wide table, with a column for each value of this one, which holds the number of chapters.
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
        Short and lasting: file names and links have it.
    question
        The question that it helps to answer: which panel and which part of the report show it.
    title
        What people read; "{council}" stands for the council that the view is about.
    table
        The declaration of its table: what the columns mean, what it is based on, and its limits.
    measure
        From the comparison, and the names that `each` says, to the table.
    chart
        From the table, and what is asked of the chart, to the chart; None where there is nothing to draw.
    each
        What it is made for each of.
    tab
        What a panel calls it where all its views stand side by side.
    says
        From the comparison, the table and the names that `each` says to its headline: what it shows of your council.
    matched
        Whether it rests on matches, so that the confidence makes a difference.
    counts
        Whether its measure counts only what is on the topic asked for. (Where a row is a topic, other rows are left out.)
    about
        A sentence on what it shows, for the gallery.
    empty
        What to say where the table is empty: what would fill it.
    filled
        A column without which the table says nothing: if all its cells are missing, that counts as empty.
    councils
        How many councils it needs.
    editions
        How many dated editions of one council it needs.
    quick
        Whether its table is made so quickly that panels may look, before it is chosen, whether there is anything in it.
    needs
        What of the comparison must be there for the table to be true, such as its "library".
    hidden
        Columns that panels do not show: ids, and what is the same in every row.
    spread
        How panels show the table, if otherwise: from the comparison, the table and the names that `each` says to the frame, its
        declaration, and the columns that are hidden.
    doubts
        The column with your council's chapter that may be on the topic of the row: a person can say whether it is. Empty where
        there is nothing to decide.
    rows
        What a row is about, which tells whether it concerns the chapters picked: one of `procman.reports.picking.CONCERN`;
        "search" or "changes" where the measure itself looks at what is picked; "" where it is about all chapters, so that
        none is left out.
    drawn
        As ``measure``, but to the table that is drawn, where that is another one.
    drawn_from
        How many councils the chart needs to say something.
    draws_all
        Whether the chart shows all, whatever rows are picked.
    panel, gallery
        Whether panels and the gallery show it.
    report
        How the report shows it; None where it does not.
    sheet, workbook
        The name of its sheet, and how that shows it; without a name there is none.
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
    editions: int = 1
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
        """How panels show a table of this view: the frame, its declaration, and the columns that are hidden."""
        return self.spread(comparison, table, *subject) if self.spread else (table, self.table, self.hidden)

    def subjects(self, comparison: Comparison) -> list[tuple[str, ...]]:
        """What to make it for: the names that its measure gets, each time."""
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
        editions = 2 if self.each is Each.EDITIONS else self.editions
        if not self.possible(comparison) or (editions > 1 and not any(comparison.consecutive())):
            return NO_DATA
        return NO_DATA if self.quick and self.nothing(self.of(comparison)) else ""

    def chart_for(self, comparison: Comparison) -> Callable[..., Axes] | None:
        """Its chart, where the comparison has enough councils for it."""
        return self.chart if len(comparison.present) >= self.drawn_from else None

    def of(self, comparison: Comparison, *subject: str) -> pd.DataFrame:
        """Its table, worked out once."""
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
        """What to say where it has nothing to show of a subject, or has no subject."""
        if len(comparison.present) < self.councils:
            return TOO_FEW[self.councils]
        return ONE_EDITION if self.each is Each.EDITIONS and not subject else self.empty

    def nothing(self, table: pd.DataFrame) -> bool:
        """Whether a table of this view has nothing to show."""
        return table.empty or bool(self.filled and table[self.filled].isna().all())

    @property
    def obeys(self) -> frozenset[str]:
        """The settings that pick chapters and mean something here."""
        if self.rows in ("", "words", "search"):
            return frozenset({"topics"}) if self.rows or self.counts else frozenset()
        return PICKS

    def on_topic(self, table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """The table with only what the words ask for, whatever else is picked."""
        return self.narrowed(table, comparison.of(sections=(), statuses=()))

    def narrowed(self, table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """The rows that concern the chapters picked. What each row counts stays whole."""
        if self.rows not in CONCERN or not comparison.picks or table.empty:
            return table
        return table[CONCERN[self.rows](table, comparison)].reset_index(drop=True)


CHART_ONLY = Shown(table=False)


def chart(name: str) -> Callable[..., Axes]:
    """A chart of `procman.figures`, which loads when it is first drawn; it takes what a `procman.figures.options.Options` holds."""

    def draw(table: pd.DataFrame, **asked: Any) -> Axes:
        from procman import figures

        drawn: Callable[..., Axes] = getattr(figures, name)
        return drawn(table, **asked)

    return draw
