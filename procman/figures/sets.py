"""Figures of sets: how many topics each exact combination of councils shares."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.figures.bars import IN_ALL, IN_SOME, ONLY_HERE, counted, empty_chart
from procman.figures.chart import EDGE, WIDTH, Chart
from procman.figures.style import BODY, GRID, INK, drawable, look, shorten, width
from procman.measures.counting import BETWEEN
from procman.measures.coverage import INTERSECTIONS

MOST = 30  # combinations; with many councils nearly every topic has its own
PITCH = 0.3  # inches between rows
COLUMNS, NARROW = 3.6, 0.2  # inches for the councils' dots, and for each at least
BARS = 4.0  # inches at least for the bars


def intersections_chart(table: pd.DataFrame, most: int = MOST) -> Axes:
    """Draw a bar for each exact combination of councils; dots beside it say which councils they are.

    Parameters
    ----------
    table
        What `procman.measures.coverage.intersections` returns.
    most
        Combinations to draw, the largest; the title counts all.

    Returns
    -------
    Axes
        The bars' axes; the dots have axes of their own in the same figure.

    Examples
    --------
    >>> rows = [("Ayle; Beere", 2, 5, 0.5, 10), ("Ayle", 1, 3, 0.3, 3), ("Beere", 1, 2, 0.2, 2)]
    >>> axes = intersections_chart(INTERSECTIONS.frame(rows))
    >>> axes.figure.title
    '5 of 10 topics are shared by Ayle and Beere, 5 are on one page alone'
    >>> [text.get_text() for text in axes.texts]
    ['5', '3', '2']
    """
    INTERSECTIONS.check(table, "intersections_chart")
    members = [row.split(BETWEEN) for row in table["councils"]]
    councils = list(dict.fromkeys(name for row in sorted(members, key=len, reverse=True) for name in row))
    if len(councils) < 2:
        return empty_chart("Nothing is shared: there are fewer than two councils", INTERSECTIONS.caveat, table)
    total, of = int(table["topics"].sum()), len(councils)
    drawn = table.iloc[:most]
    title = _title(table, councils)
    left_out = len(table) - len(drawn)
    more = f" {counted(left_out, 'smaller combination')} are in the table." if left_out else ""
    labels = [shorten(drawable(name), 2.2) for name in councils]
    step = min(0.5, max(NARROW, COLUMNS / of))
    head = max(map(width, labels)) + 0.1
    across, down = step * of, PITCH * len(drawn)
    wide = max(WIDTH, EDGE + across + BARS)
    rows = [PITCH * (place + 0.5) for place in range(len(drawn))]
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle="Topics by the exact set of councils that have them; each topic is counted once",
            note=INTERSECTIONS.caveat + more,
            left=EDGE + across + 0.25,
            right=0.6,
            body=head + down,
            key=True,
            width=wide,
        )
        box = axes.get_position()
        axes.set_position((box.x0, box.y0, box.width, box.height * down / (head + down)))
        fills = [IN_ALL if len(row) == of else ONLY_HERE if len(row) == 1 else IN_SOME for row in members[: len(drawn)]]
        names = {IN_ALL: "both councils" if of == 2 else f"all {of} councils", IN_SOME: "some", ONLY_HERE: "one alone"}
        shown = {}
        for fill, name in names.items():
            mine = [place for place, own in enumerate(fills) if own == fill]
            if mine:
                values = drawn["topics"].iloc[mine]
                shown[name] = axes.barh([rows[place] for place in mine], values, height=0.2, label=name, **fill.bar())
        for row, topics in zip(rows, drawn["topics"], strict=True):
            axes.annotate(f"{topics}", (topics, row), (5, 0), textcoords="offset points", va="center")
        axes.set(ylim=(down, 0), xlim=(0, max(1, drawn["topics"].max())), yticks=[])
        axes.set_xlabel("Topics", loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x", color=GRID)
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
        dots = chart.add_axes((EDGE / wide, box.y0, across / wide, box.height), label="councils")
        dots.set(xlim=(0, across), ylim=(down, -head))
        dots.set_axis_off()
        spots = {name: (place + 0.5) * step for place, name in enumerate(councils)}
        for name, label in zip(councils, labels, strict=True):
            dots.text(spots[name], -0.05, label, rotation=90, ha="center", va="bottom", size=BODY)
        size = min(8.0, step * 45)
        for row, own in zip(rows, members, strict=False):
            here = sorted(spots[name] for name in own)
            absent = sorted(spots[name] for name in spots.keys() - set(own))
            dots.plot(here, [row] * len(here), "-o", markersize=size, color=INK, linewidth=1)
            dots.plot(
                absent, [row] * len(absent), "o", markersize=size * 0.8, markerfacecolor="white", markeredgecolor=GRID
            )
        chart.add_key(list(shown.values()), list(shown))
    chart.table = table
    lists = "; ".join(
        f"{counted(topics, 'topic')}: {_named(row)}" for row, topics in zip(members, drawn["topics"], strict=False)
    )
    chart.alt = f"Bar chart of {counted(len(table), 'combination')} of councils with {counted(total, 'topic')}. {title}. {lists}."
    return axes


def _title(table: pd.DataFrame, councils: list[str]) -> str:
    total = int(table["topics"].sum())
    every = int(table.loc[table["members"] == len(councils), "topics"].sum())
    alone = int(table.loc[table["members"] == 1, "topics"].sum())
    who = (
        f"{drawable(councils[0])} and {drawable(councils[1])}"
        if len(councils) == 2
        else f"all {len(councils)} councils"
    )
    one = f"{alone} {'is' if alone == 1 else 'are'} on one page alone"
    return f"{every} of {counted(total, 'topic')} {'is' if every == 1 else 'are'} shared by {who}, {one}"


def _named(councils: list[str]) -> str:
    return " and ".join(map(drawable, councils)) if len(councils) < 4 else f"{len(councils)} councils"
