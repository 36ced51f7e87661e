"""Figures of update activity."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.errors import TableError
from procman.figures.adjustable import adjustable
from procman.figures.bars import Part, counted, stacked_bars
from procman.figures.chart import Chart
from procman.figures.style import NEW, UNFLAGGED, UPDATED, drawable
from procman.measures.activity import FLAGS_BY_SECTION
from procman.words import edition_in_words

#: The most sections with a bar. The rest share one bar.
MOST_ROWS = 60
FLAGS = (("new", "New", NEW), ("updated", "Updated", UPDATED), ("unflagged", "No flag", UNFLAGGED))
NOTE = (
    "“New” and “Updated” are printed on the contents page for this edition. No flag does not mean unchanged. "
    "Cross references are not counted."
)


@adjustable
def flags_chart(table: pd.DataFrame) -> Axes:
    """Draw the chapters of each section of one manual, with those flagged New and Updated marked.

    Parameters
    ----------
    table
        The result of `procman.measures.activity.flags_by_section` for one manual.

    Returns
    -------
    Axes
        Horizontal bars, one per section in page order, stacked New, Updated, no flag. The figure is a `Chart`.

    Raises
    ------
    TableError
        The table has a missing column, or does not have exactly one manual.

    Examples
    --------
    >>> from procman.measures.activity import FLAGS_BY_SECTION
    >>> table = FLAGS_BY_SECTION.frame([("Northwick", "2024-06", "1", "All Children", 9, 1, 2, 6)])
    >>> axes = flags_chart(table)
    >>> axes.figure.title
    'Northwick flags 3 of 9 chapters: 1 New, 2 Updated'
    >>> [text.get_text() for text in axes.texts]
    ['9: 1 New, 2 Updated']
    """
    FLAGS_BY_SECTION.check(table, "flags_chart")
    manuals = len(table[["council", "edition"]].drop_duplicates())
    if manuals != 1:
        raise TableError("flags_chart", f"the table holds {manuals} manuals; give the rows of one")
    rows = _folded(table)
    axes = stacked_bars(
        _title(table),
        [
            f"{number} {section}"
            for number, section in zip(rows["section_number"].fillna(""), rows["section"], strict=True)
        ],
        [Part(name, fill, list(rows[column])) for column, name, fill in FLAGS],
        [_end(*counts) for counts in rows[["chapters", "new", "updated"]].itertuples(index=False)],
        subtitle=f"Chapters in each section of the contents page, {edition_in_words(table['edition'].iloc[0])}",
        note=NOTE,
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, _alt(table)
    return axes


def _folded(table: pd.DataFrame) -> pd.DataFrame:
    """The table, or its first rows and one row with the sum of the rest."""
    if len(table) <= MOST_ROWS:
        return table
    first, rest = table.iloc[: MOST_ROWS - 1], table.iloc[MOST_ROWS - 1 :]
    sums = rest[["chapters", "new", "updated", "unflagged"]].sum()
    last = rest.iloc[:1].assign(section_number=None, section=f"({len(rest)} more sections)", **sums)
    return pd.concat([first, last], ignore_index=True)


def _title(table: pd.DataFrame) -> str:
    council = table["council"].iloc[0]
    chapters, new, updated = (int(table[column].sum()) for column in ("chapters", "new", "updated"))
    name = drawable(council) if isinstance(council, str) else "This manual"
    if not new + updated:
        return f"{name} flags none of its {chapters} chapters"
    return f"{name} flags {new + updated} of {chapters} chapters: {_flags(new, updated)}"


def _flags(new: int, updated: int) -> str:
    return ", ".join(f"{number} {name}" for number, name in ((new, "New"), (updated, "Updated")) if number)


def _end(chapters: int, new: int, updated: int) -> str:
    """The words at the end of a bar.

    >>> _end(44, 2, 6), _end(4, 0, 0)
    ('44: 2 New, 6 Updated', '4')
    """
    return f"{chapters}: {_flags(new, updated)}" if new or updated else str(chapters)


def _alt(table: pd.DataFrame) -> str:
    flagged = table["new"] + table["updated"]
    most = f" Most are in {drawable(table['section'][flagged.idxmax()])}: {flagged.max()}." if flagged.any() else ""
    return f"Bars for {counted(len(table), 'section')}. {_title(table)}.{most}"
