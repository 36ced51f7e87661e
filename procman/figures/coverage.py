"""Figures of coverage: what a manual shares, section by section."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.errors import TableError
from procman.figures.adjustable import adjustable
from procman.figures.bars import (
    IN_ALL,
    IN_SOME,
    MOST_ROWS,
    ONLY_HERE,
    Part,
    counted,
    empty_chart,
    most_of,
    stacked_bars,
)
from procman.figures.chart import Chart
from procman.figures.style import INK, Fill, drawable, shorten
from procman.measures.counting import BANDS, MANY
from procman.measures.coverage import BY_SECTION
from procman.tables import NOT_THERE

#: The fills from common to rare: darker is more common, and the rarest is hatched.
SHARES = (IN_ALL, Fill("#5B82AC", "", INK), Fill("#C6D5E6", "", INK), ONLY_HERE)


@adjustable
def coverage_chart(table: pd.DataFrame) -> Axes:
    """Draw each section of one manual: chapters that all, some or no other councils have. With many councils, draw bands of shares.

    Parameters
    ----------
    table
        The rows of one council from `procman.measures.coverage.by_section`.

    Raises
    ------
    TableError
        The table does not have exactly one council.

    Examples
    --------
    >>> table = BY_SECTION.frame([("Northwick", "All Children", 9, 5, 0, 4, 5, 4, 0, 0, 2),
    ...                           ("Northwick", "Adoption", 3, 3, 0, 0, 3, 0, 0, 0, 2)])
    >>> axes = coverage_chart(table)
    >>> axes.figure.title
    'Northwick: 8 of 12 chapters are on the other council’s contents page too'
    >>> [text.get_text() for text in axes.texts]
    ['9: 4 only here', '3']
    """
    BY_SECTION.check(table, "coverage_chart")
    if table["council"].nunique() != 1:
        raise TableError(
            "coverage_chart", f"the table holds {table['council'].nunique()} councils; give the rows of one"
        )
    council, of = shorten(table["council"].iloc[0], 3.0), int(table["of"].iloc[0])
    if of == 1:
        return empty_chart(f"{council} is the only council here", "Coverage needs two councils or more.", table)
    total = table.select_dtypes("number").sum()
    everything, cut = most_of(
        table, table.index.to_series(), table["chapters"], MOST_ROWS, "section", "those with most chapters"
    )
    parts, title, end = (_bands if of >= MANY else _parts)(council, of, total)
    axes = stacked_bars(
        title,
        list(everything["section"]),
        [Part(name, fill, list(everything[column])) for column, (name, fill) in parts.items()],
        [
            f"{chapters}: {last} {end}" if last else str(chapters)
            for chapters, last in everything[["chapters", list(parts)[-1]]].itertuples(index=False)
        ],
        subtitle=f"Chapters in each section of {council}’s contents page"
        + (", by how many of the councils list their topic" if of >= MANY else ""),
        note=f"{NOT_THERE if of >= MANY else BY_SECTION.caveat} Councils compared: {of}.{cut}",
    )
    chart = Chart.of(axes)
    chart.table = table
    most = table.loc[table["only_here"].idxmax()]
    own = (
        f" Most that are only here are in {drawable(most['section'])}: {most['only_here']}."
        if most["only_here"]
        else ""
    )
    chart.alt = f"Bars for {counted(len(table), 'section')}. {title}.{own}"
    return axes


def _parts(council: str, of: int, total: pd.Series) -> tuple[dict[str, tuple[str, Fill]], str, str]:
    """The parts of a bar by column, the chart's title, and the words for the last part at a bar's end."""
    everywhere = "in both" if of == 2 else f"in all {of} councils"
    names = (everywhere, "in some", f"only in {council}")
    parts = dict(
        zip(("in_all", "in_some", "only_here"), zip(names, (IN_ALL, IN_SOME, ONLY_HERE), strict=True), strict=True)
    )
    if of == 2:
        title = (
            f"{council}: {total['in_all']} of {total['chapters']} chapters are on the other council’s contents page too"
        )
    else:
        title = (
            f"{council}: of {total['chapters']} chapters all {of} councils have {total['in_all']}, "
            f"none of the others {total['only_here']}"
        )
    return parts, title, "only here"


def _bands(council: str, of: int, total: pd.Series) -> tuple[dict[str, tuple[str, Fill]], str, str]:
    """Like `_parts`, but by the share of councils that list a chapter's topic."""
    parts = {column: (f"by {name}", fill) for (_, name, column), fill in zip(BANDS, SHARES, strict=True)}
    title = (
        f"{council}: of {total['chapters']} chapters {total['by_most']} are on topics that at least 90% of the {of} councils list, "
        f"{total['by_few'] or 'none'} on topics that under 10% list"
    )
    return parts, title, "by under 10%"
