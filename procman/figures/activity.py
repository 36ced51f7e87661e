"""Figures of update activity."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.errors import TableError
from procman.figures.chart import EDGE, WIDTH, Chart
from procman.figures.style import BODY, GRID, INK, NEW, UNFLAGGED, UPDATED, drawable, height, look, width, wrap
from procman.measures.activity import FLAGS_BY_SECTION
from procman.words import edition_in_words

#: A page that lists more sections than this is no manual as we know it; the rest share one bar.
MOST_ROWS = 60
LABELS = 1 / 3  # of the figure's width, at most, for the sections' titles
FLAGS = (("new", "New", NEW), ("updated", "Updated", UPDATED), ("unflagged", "No flag", UNFLAGGED))
NOTE = (
    "“New” and “Updated” are printed on the contents page for this edition. No flag does not mean unchanged. "
    "Cross references are not counted."
)


def flags_chart(table: pd.DataFrame, wide: float = WIDTH) -> Axes:
    """Draw the chapters of each section of one manual, with those flagged New and Updated marked.

    Parameters
    ----------
    table
        What `procman.measures.activity.flags_by_section` returns, of one manual.
    wide
        Width of the figure in inches, at least 5; letters keep their size.

    Returns
    -------
    Axes
        Horizontal bars, one per section in page order, stacked New, Updated, no flag; its figure is a `Chart`.

    Raises
    ------
    TableError
        The table lacks a column, or holds no manual or more than one.

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
    numbers = rows["section_number"].fillna("")
    labels = [
        wrap(f"{number} {section}", LABELS * wide) for number, section in zip(numbers, rows["section"], strict=True)
    ]
    ends = [_end(*counts) for counts in rows[["chapters", "new", "updated"]].itertuples(index=False)]
    places = _places(labels)
    edition = edition_in_words(table["edition"].iloc[0])
    with look():
        chart, axes = Chart.framed(
            _title(table),
            subtitle=f"Chapters in each section of the contents page, {edition}",
            note=NOTE,
            left=EDGE + max(width(line) for label in labels for line in label.split("\n")) + 0.1,
            right=max(map(width, ends)) + 0.1 + EDGE,
            body=places[-1] + places[0],
            key=True,
            width=wide,
        )
        start = rows["chapters"] * 0
        for column, name, fill in FLAGS:
            axes.barh(places, rows[column], left=start, height=0.32, label=name, clip_on=False, **fill.bar())
            start = start + rows[column]
        for place, chapters, end in zip(places, rows["chapters"], ends, strict=True):
            over = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # no grid line through words
            axes.annotate(end, (chapters, place), (6, 0), textcoords="offset points", va="center", bbox=over)
        axes.set_yticks(places, labels)
        axes.set(ylim=(places[-1] + places[0], 0), xlim=(0, max(1, rows["chapters"].max())))
        axes.set_xlabel("Chapters", loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6, steps=[1, 2, 5, 10]))
        axes.tick_params(length=0)
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x", color=GRID)
        axes.spines["left"].set(visible=True, color=INK)
        axes.spines["bottom"].set_visible(False)
        shown = [bars for bars, (column, _, _) in zip(axes.containers, FLAGS, strict=True) if rows[column].any()]
        chart.add_key(shown, [str(bars.get_label()) for bars in shown])
    chart.table, chart.alt = table, _alt(table)
    return axes


def _folded(table: pd.DataFrame) -> pd.DataFrame:
    """The table, or its first rows and one that sums up the rest."""
    if len(table) <= MOST_ROWS:
        return table
    first, rest = table.iloc[: MOST_ROWS - 1], table.iloc[MOST_ROWS - 1 :]
    sums = rest[["chapters", "new", "updated", "unflagged"]].sum()
    last = rest.iloc[:1].assign(section_number=None, section=f"({len(rest)} more sections)", **sums)
    return pd.concat([first, last], ignore_index=True)


def _places(labels: list[str]) -> list[float]:
    """The rows' centres, in inches from the top: a label of more lines takes more room."""
    places, down = [], 0.0
    for label in labels:
        room = height(label, BODY) + 0.2
        places.append(down + room / 2)
        down += room
    return places


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
    """What stands at the end of a bar.

    >>> _end(44, 2, 6), _end(4, 0, 0)
    ('44: 2 New, 6 Updated', '4')
    """
    return f"{chapters}: {_flags(new, updated)}" if new or updated else str(chapters)


def _alt(table: pd.DataFrame) -> str:
    sections = "; ".join(
        f"{drawable(section)} {_end(*counts)}"
        for section, *counts in table[["section", "chapters", "new", "updated"]].itertuples(index=False)
    )
    return (
        f"Bar chart with a bar for each of {len(table)} sections. {_title(table)} "
        f"({edition_in_words(table['edition'].iloc[0])}). Chapters by section: {sections}."
    )
