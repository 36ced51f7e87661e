"""Figures of time: the chapters and changes of each edition of each manual."""

from __future__ import annotations

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

from procman.figures.adjustable import adjustable
from procman.figures.bars import counted, empty_chart, most_of, room, rows_axis
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width, options, page_width
from procman.figures.style import BLUE, INK, QUIET, SMALL, drawable, look, wrap
from procman.measures.timeline import ONE_EDITION, TIMELINE
from procman.words import edition_in_words

#: The most councils to draw.
MOST_COUNCILS = 12
_ROW = 0.75  # inches of a council's row: the line, with words above and below


@adjustable
def timeline_chart(table: pd.DataFrame) -> Axes:
    """Draw a line for each council with a dot for each dated edition: its chapters above, and its changes below.

    Parameters
    ----------
    table
        The result of `procman.measures.timeline.timeline`.

    Examples
    --------
    >>> axes = timeline_chart(TIMELINE.frame([("Ayle", "2024-01", None, 9, None, None, None, None, 0, 0),
    ...                                       ("Ayle", "2025-01", "2024-01", 10, 2, 1, 0, 0, 2, 0)]))
    >>> axes.figure.title
    '2 editions of 1 council: 2 chapters added and 1 removed'
    >>> [text.get_text() for text in axes.texts]
    ['9', '10', '+2 −1']
    """
    TIMELINE.check(table, "timeline_chart")
    if table["before"].isna().all():
        return empty_chart("No council has two dated editions", ONE_EDITION, table)
    whose = table["council"].fillna("")
    # Councils with more editions come first, then those with more chapters.
    weights = table["before"].notna() * 1e6 + table["chapters"]
    part, cut = most_of(table, whose, weights, MOST_COUNCILS, "council", "those with most editions")
    drawn = list(dict.fromkeys(whose[part.index]))
    labels = [wrap(drawable(name) or "Council not named", label_width()) for name in drawn]
    added, removed = int(part["added"].sum()), int(part["removed"].sum())
    title = (
        f"{counted(len(part), 'edition')} of {counted(len(drawn), 'council')}: "
        f"{counted(added, 'chapter')} added and {removed:,} removed"
    )
    middles = [_ROW * (place + 0.5) for place in range(len(drawn))]
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle="A dot for each edition: its chapters above, chapters added (+) and removed (−) below",
            note=f"{TIMELINE.caveat}{cut}",
            left=EDGE + room(labels) + 0.3,
            right=0.5 + EDGE,
            body=_ROW * len(drawn),
        )
        for council, middle in zip(drawn, middles, strict=True):
            rows = table[whose == council]
            at = [float(date2num(date(int(month[:4]), int(month[5:7]), 1))) for month in rows["edition"]]
            axes.plot(at, [middle] * len(at), color=BLUE, linewidth=1.5)
            for place, row in zip(at, rows.itertuples(), strict=True):
                (dot,) = axes.plot([place], [middle], color=BLUE, marker="o", markersize=6)
                brought = f", {row.added} added, {row.removed} removed" if isinstance(row.before, str) else ""
                when = f"{drawable(council)}, {edition_in_words(str(row.edition))}"
                chart.point_out(dot, f"{when}: {counted(row.chapters, 'chapter')}{brought}")
                _say(axes, f"{row.chapters:,}", (place, middle), 8, INK)
                if isinstance(row.before, str):
                    _say(axes, f"+{row.added} −{row.removed}", (place, middle), -17, QUIET)
        rows_axis(axes, labels, middles, [council == options().focus for council in drawn])
        axes.set_ylim(_ROW * len(drawn), 0)
        locator = AutoDateLocator(maxticks=max(3, min(8, int(page_width()))))
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        axes.margins(x=0.06)
        axes.set_xlabel("Edition", loc="left")
    chart.table = table
    chart.alt = f"Timeline of editions, a row for each of {counted(len(drawn), 'council')}. {title}."
    return axes


def _say(axes: Axes, words: str, place: tuple[float, float], above: float, colour: str) -> None:
    axes.annotate(words, place, (0, above), textcoords="offset points", ha="center", size=SMALL, color=colour)
