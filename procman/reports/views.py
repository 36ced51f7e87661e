"""The figures that the gallery shows, each with the tables it draws from a library.

To add a figure: write its function (a table in, its Axes out), and a `Figure` in `FIGURES` that says which tables it
draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from procman.figures.activity import flags_chart
from procman.figures.ages import ages_chart
from procman.figures.amendments import amendments_chart
from procman.figures.changes import changes_chart
from procman.figures.coverage import coverage_chart
from procman.figures.grid import duties_chart, matrix_chart
from procman.figures.pairs import side_by_side_chart
from procman.figures.sets import intersections_chart
from procman.figures.structure import depth_chart, outline_chart, sizes_chart
from procman.library.decisions import COLUMNS
from procman.library.library import Library
from procman.measures import activity, coverage, duties, editions, pairs, structure

if TYPE_CHECKING:
    import pandas as pd

Tables = Callable[[Library], Iterator[tuple[str, "pd.DataFrame"]]]
#: Of more councils than this not every pair is drawn side by side.
MOST_PAIRED = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the gallery.

    ``tables`` yields (end of the file name, table) for each picture: one for a comparison of all manuals (then the end
    is empty), or one for each manual; none if the library has nothing to draw.
    """

    name: str
    heading: str
    text: str
    tables: Tables
    draw: Callable[[pd.DataFrame], Axes]


def topics_of(library: Library) -> pd.DataFrame:
    """The chapters with topics of each council's newest edition; kept until a decision changes, for many figures ask."""
    return _topics(library, tuple(library.decisions.itertuples(index=False, name=None)))


@lru_cache(maxsize=2)
def _topics(library: Library, decisions: tuple[tuple[str, ...], ...]) -> pd.DataFrame:
    import pandas as pd

    from procman.matching.topics import topics

    table = pd.DataFrame(decisions, columns=list(COLUMNS), dtype="str")
    return topics(editions.newest(library.entries), decisions=table)


def matches_of(library: Library, left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Two of its manuals' chapters aligned, with the decisions on them."""
    from procman.matching.alignment import align

    return align(left, right, decisions=library.decisions)


def latest_date(library: Library) -> str | None:
    """The newest month that the library knows of, to count ages to: never the clock, or a figure would change by itself.

    None where no edition, amendment or entry has a date.
    """
    columns = (library.entries["edition"], library.entries["date"], library.amendments["edition"])
    dates = [value for column in columns for value in column.dropna().str.slice(0, 7) if len(value) == 7]
    return max(dates, default=None)


def each_manual(measure: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    """The tables of a figure that shows one manual: what the measure makes of each manual's entries."""

    def tables(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
        for holding in library.holdings:
            yield holding.folder, measure(holding.manual.entries)

    return tables


def of_topics(measure: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    """The one table of a figure that compares all councils."""

    def tables(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
        yield "", measure(topics_of(library))

    return tables


def _coverage(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    sections = coverage.by_section(topics_of(library), editions.newest(library.entries))
    for council, rows in sections.groupby("council", sort=False):
        yield str(council), rows.reset_index(drop=True)


def _side_by_side(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    entries = editions.newest(library.entries)
    manuals = [(str(council), rows) for council, rows in entries.groupby("council", sort=False)]
    if len(manuals) <= MOST_PAIRED:
        for (left, mine), (right, theirs) in combinations(manuals, 2):
            yield f"{left} {right}", pairs.side_by_side(mine, theirs, matches_of(library, mine, theirs))


def _sizes(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", structure.sizes(library.entries)


def _depths(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", structure.depths(library.entries)


def _ages(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", activity.ages(editions.newest(library.entries), latest_date(library) or "2000-01")


def _amendments(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", activity.amendments_by_edition(library.amendments)


def consecutive(library: Library) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Each council's editions two by two, older and newer, as entries; undated ones have no place among them."""
    dated = library.entries.dropna(subset=["council", "edition"])
    for council, mine in dated.groupby("council", sort=False):
        for (_, before), (_, after) in pairwise(mine.groupby("edition")):
            yield str(council), before, after


def _changes(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    for council, before, after in consecutive(library):
        end = f"{council} {before['edition'].iloc[0]} {after['edition'].iloc[0]}"
        changed = editions.changes(before, after, matches_of(library, before, after))
        yield end, editions.tally(before, after, changed)


def _duties(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", duties.audit(editions.newest(library.entries), topics_of(library))


FIGURES = (
    Figure(
        "flags_by_section",
        "New and updated chapters by section",
        "How many chapters each section of a manual has, and how many of them its contents page flags. The flags are "
        "the publisher's own; a chapter without one may have changed all the same.",
        each_manual(activity.flags_by_section),
        flags_chart,
    ),
    Figure(
        "coverage_by_section",
        "What each section shares with the other councils",
        "For each council, how many of a section's chapters are on a topic that the others' contents pages have too.",
        _coverage,
        coverage_chart,
    ),
    Figure(
        "coverage_matrix",
        "Topics by council",
        "Which council's contents page has which topic; first those that some have and others have not.",
        of_topics(coverage.presence),
        matrix_chart,
    ),
    Figure(
        "intersections",
        "Topics by the councils that share them",
        "How many topics each exact combination of councils has in common.",
        of_topics(coverage.intersections),
        intersections_chart,
    ),
    Figure(
        "side_by_side",
        "Two manuals side by side",
        f"Each chapter of two manuals, joined with the one that is the same procedure; for up to {MOST_PAIRED} councils.",
        _side_by_side,
        side_by_side_chart,
    ),
    Figure(
        "outline",
        "How each manual is divided",
        "The headings of a manual in page order, with the chapters they hold.",
        each_manual(structure.sizes),
        outline_chart,
    ),
    Figure(
        "sizes",
        "How large sections are",
        "The number of chapters in each section of each manual.",
        _sizes,
        sizes_chart,
    ),
    Figure(
        "depths",
        "How deep chapters stand",
        "The chapters of each manual by the number of levels above them.",
        _depths,
        depth_chart,
    ),
    Figure(
        "ages",
        "How old chapters are",
        "Years since the date printed beside a chapter, counted to the newest date in the library.",
        _ages,
        ages_chart,
    ),
    Figure(
        "amendments",
        "Announced amendments over time",
        "The amendments that each manual's amendments page announces, by edition.",
        _amendments,
        amendments_chart,
    ),
    Figure(
        "changes",
        "What changed between editions",
        "Chapters added, removed, renamed, moved, renumbered and flagged anew from one edition of a council's manual to "
        "the next, seen by comparing them.",
        _changes,
        changes_chart,
    ),
    Figure(
        "duties",
        "Expected topics by council",
        "Which topics that law or guidance leads one to expect are on each contents page.",
        _duties,
        duties_chart,
    ),
)
