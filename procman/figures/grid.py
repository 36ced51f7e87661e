"""Figures that are grids: rows of topics or duties, columns of councils, a mark in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from procman.figures.bars import counted, cut_short, depth, empty_chart, places, room
from procman.figures.chart import EDGE, WIDTH, Chart
from procman.figures.style import BLUE, GRID, INK, ORANGE, drawable, height, look, shorten, width, wrap
from procman.measures.counting import cells, topic_titles
from procman.measures.coverage import PRESENCE
from procman.measures.duties import AUDIT, STATES, asked, summary

LABELS, HEADS = 3.6, 2.2  # inches at most for the rows' labels, and for the columns' when upright
NARROW, WIDE = 0.22, 1.5  # inches of a column at least, at most
MOST = 60  # rows; more are not read, and the table has them all


class Mark(NamedTuple):
    """What stands in a cell: a shape and a fill, so that no colour is needed, and what it means."""

    name: str
    marker: str
    face: str
    size: float = 9

    def handle(self) -> Line2D:
        """The mark as it stands in the key."""
        return Line2D([], [], **self.style())

    def style(self) -> dict[str, Any]:
        """The arguments of `Axes.plot`."""
        return {
            "linestyle": "none",
            "marker": self.marker,
            "markersize": self.size,
            "markerfacecolor": self.face,
            "markeredgecolor": INK,
            "markeredgewidth": 1,
        }


HERE = Mark("on the contents page", "s", BLUE)
NOT_HERE = Mark("not on the contents page", "_", "none", 6)
PRESENT = Mark("present", "s", BLUE)
TO_FOLLOW = Mark("to follow", "D", "white", 7)
POSSIBLE = Mark("possible", "^", ORANGE)
ELSEWHERE = Mark("elsewhere", ">", "white")
NOT_FOUND = Mark("not found", "o", "white")
NOT_ASKED = Mark("not expected", "x", "none", 5)


def matrix_chart(table: pd.DataFrame, most: int = MOST) -> Axes:
    """Draw which council has which topic, first those that some have and others have not.

    Parameters
    ----------
    table
        What `procman.measures.coverage.presence` returns.
    most
        Rows to draw; the title counts all topics.

    Examples
    --------
    >>> rows = [("a", "Consent", "Ayle", 1, "1.1", "All"), ("a", "Consent", "Beere", 1, "2.1", "All"),
    ...         ("b", "Records", "Ayle", 2, "1.2", "All"), ("b", "Records", "Beere", 0, None, None)]
    >>> axes = matrix_chart(PRESENCE.frame(rows))
    >>> axes.figure.title
    '1 of 2 topics is on both contents pages, 1 on one alone'
    >>> [label.get_text() for label in axes.texts]
    ['Ayle', 'Beere', 'Records', 'Consent']
    """
    PRESENCE.check(table, "matrix_chart")
    councils = table["council"].unique().tolist()
    if not councils:
        return empty_chart("No topic to compare", PRESENCE.caveat, table)
    there = table["chapters"] > 0
    has = there.groupby(table["topic"], sort=False).sum()
    titles = topic_titles(table)
    # What all have says least: it comes last, and is the first to be left out.
    ranked = sorted(has.index, key=lambda topic: (has[topic] == len(councils), -has[topic]))[:most]
    drawn = table[table["topic"].isin(ranked)]
    marks = {
        (topic, council): HERE if chapters else NOT_HERE
        for topic, council, chapters in cells(drawn, "topic", "council", "chapters")
    }
    title = _coverage_title(has, len(councils))
    axes = grid(
        title,
        {topic: titles[topic] or str(topic) for topic in ranked},
        {council: drawable(council) for council in councils},
        marks,
        (HERE, NOT_HERE),
        subtitle="Topics by council; those that all councils have come last",
        note=PRESENCE.caveat + cut_short(len(has), len(ranked), "topic"),
    )
    chart = Chart.of(axes)
    chart.table = table
    own = there.groupby(table["council"], sort=False).sum()
    lists = [f"{drawable(council)}: {counted(number, 'topic')}" for council, number in own.items()]
    chart.alt = (
        f"Grid of {counted(len(has), 'topic')} by {counted(len(councils), 'council')}. {title}. {'; '.join(lists)}."
    )
    return axes


def duties_chart(table: pd.DataFrame) -> Axes:
    """Draw which manual has a chapter on which expected topic, the least found first.

    Parameters
    ----------
    table
        What `procman.measures.duties.audit` returns, one edition for each council.

    Examples
    --------
    >>> axes = duties_chart(AUDIT.frame([
    ...     ("staying-put", "Staying put", "no", "Ayle", "2017-07", None, "present", "yes", 1, "4.8", "Staying Put", None, "words"),
    ...     ("sufficiency", "Sufficiency", "no", "Ayle", "2017-07", None, "not found", "yes", 0, None, None, None, "none")]))
    >>> axes.figure.title
    '1 of 2 checks found a matching chapter; 1 found none'
    """
    AUDIT.check(table, "duties_chart")
    if table.empty:
        return empty_chart("No duty to look for", AUDIT.caveat, table)
    council = table["council"].astype("str").fillna("Council not named")
    # What was not expected is drawn as that whatever was found, so that the marks add up to the title.
    state = table["state"].where(table.index.isin(asked(table).index), "not asked")
    kinds = dict(
        zip((*STATES, "not asked"), (PRESENT, TO_FOLLOW, POSSIBLE, ELSEWHERE, NOT_FOUND, NOT_ASKED), strict=True)
    )
    places = cells(table.assign(council=council, state=state), "duty", "council", "state")
    marks = {(duty, name): kinds[found] for duty, name, found in places}
    found = (state == "present").groupby(table["duty"], sort=False).sum()
    first = table.drop_duplicates("duty").set_index("duty")
    titles = first["topic"].where(first["verified"] == "yes", first["topic"] + " (source not verified)")
    ranked = found.sort_values(kind="stable").index
    title = summary(table)
    used = [kinds[name] for name in kinds if (state == name).any()]
    axes = grid(
        title,
        {duty: titles[duty] for duty in ranked},
        {name: drawable(name) for name in council.unique()},
        marks,
        used,
        subtitle="Topics required by law or guidance, by council; the most often missing first",
        note=AUDIT.caveat + " Undated manuals are checked against every topic.",
    )
    chart = Chart.of(axes)
    chart.table = table
    missing = [
        f"{drawable(name)}: {', '.join(rows['topic']) or 'none'}"
        for name, rows in table[state == "not found"].groupby(council, sort=False)
    ]
    chart.alt = f"Grid of duties by council. {title}. Not found: {'; '.join(missing) or 'none'}."
    return axes


def grid(
    title: str,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    marks: Mapping[tuple[str, str], Mark],
    key: Sequence[Mark],
    *,
    subtitle: str = "",
    note: str = "",
) -> Axes:
    """Draw a grid; ``rows`` and ``columns`` give labels by their names, ``marks`` what stands at (row, column)."""
    labels = [wrap(label, LABELS, lines=2) for label in rows.values()]
    left = EDGE + room(labels) + 0.15
    pitch = min(WIDE, max(NARROW, (WIDTH - left - EDGE) / len(columns)))
    upright, heads = _heads(list(columns.values()), pitch)
    head = 0.1 + (max(width(name) for name in heads) if upright else max(height(name) for name in heads))
    middles = [head + place for place in places(labels, gap=0.1)]
    across, down = pitch * len(columns), head + depth(labels, gap=0.1)
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle=subtitle,
            note=note,
            left=left,
            right=max(WIDTH, left + across + EDGE) - left - across,
            body=down,
            bottom=0.15,
            key=True,
            width=max(WIDTH, left + across + EDGE),
        )
        centres = {name: (place + 0.5) * pitch for place, name in enumerate(columns)}
        for name, label in zip(columns, heads, strict=True):
            axes.text(
                centres[name],
                head - 0.08,
                label,
                ha="center",
                va="bottom",
                rotation=90 if upright else 0,
                linespacing=1.2,
            )
        axes.hlines(middles, 0, across, color=GRID, linewidth=0.8, zorder=0)
        for mark in key:
            spots = [
                (centres[column], middle)
                for row, middle in zip(rows, middles, strict=True)
                for column in columns
                if marks.get((row, column)) == mark
            ]
            axes.plot([x for x, _ in spots], [y for _, y in spots], label=mark.name, **mark.style())
        # Words beside the rows, not ticks: sixty of those take as long as all the rest.
        for middle, label in zip(middles, labels, strict=True):
            axes.text(-0.05, middle, label, ha="right", va="center", linespacing=1.2)
        axes.set(xlim=(0, across), ylim=(down, 0), xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_visible(False)
        chart.add_key([mark.handle() for mark in key], [mark.name for mark in key])
    return axes


def _heads(names: Sequence[str], pitch: float) -> tuple[bool, list[str]]:
    """The columns' labels, side by side if their words fit, else upright."""
    longest = max((width(word) for name in names for word in name.split()), default=0.0)
    if longest < pitch - 0.1:
        return False, [wrap(name, pitch - 0.1) for name in names]
    return True, [shorten(name, HEADS) for name in names]


def _coverage_title(has: pd.Series, of: int) -> str:
    every, alone = int((has == of).sum()), int((has == 1).sum())
    if of == 1:
        return f"{counted(len(has), 'topic')} on the contents page of the only council here"
    pages = "both contents pages" if of == 2 else f"all {of} contents pages"
    return f"{every} of {counted(len(has), 'topic')} {'is' if every == 1 else 'are'} on {pages}, {alone} on one alone"
