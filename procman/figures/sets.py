"""Figures of sets: how many topics each exact combination of councils shares."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.figures.adjustable import adjustable
from procman.figures.bars import IN_ALL, IN_SOME, ONLY_HERE, Part, counted, cut_short, empty_chart, stacked_bars
from procman.figures.chart import Chart
from procman.figures.options import label_width, options
from procman.figures.share import HAS, HAS_NOT
from procman.figures.sheet import across, sheet
from procman.figures.style import GRID, INK, drawable, look, shorten, width
from procman.measures.counting import BANDS, BETWEEN, MANY, band
from procman.measures.coverage import INTERSECTIONS
from procman.words import listed

MOST = 30  # combinations
PITCH, STEP = 0.3, 0.42  # inches from row to row, and from council to council


@adjustable
def intersections_chart(table: pd.DataFrame, most: int = MOST) -> Axes:
    """Draw how many topics each exact combination of councils shares, or with many councils, how common topics are.

    With two councils, draw one bar. With three to six, draw a bar for each combination, with dots that show the councils. With more, draw
    a bar for each band of shares, with the topics missing from your council's page as a separate part.

    Parameters
    ----------
    table
        The result of `procman.measures.coverage.intersections`.
    most
        The number of combinations to draw, the largest first. The title counts all.

    Examples
    --------
    >>> rows = [("Ayle; Beere", 2, 5, 0.5, 10), ("Ayle", 1, 3, 0.3, 3), ("Beere", 1, 2, 0.2, 2)]
    >>> axes = intersections_chart(INTERSECTIONS.frame(rows))
    >>> axes.figure.title
    '5 of 10 topics are on both contents pages, 3 only on Ayle’s and 2 only on Beere’s'
    >>> [float(bar.get_width()) for bar in axes.patches]
    [3.0, 5.0, 2.0]
    """
    INTERSECTIONS.check(table, "intersections_chart")
    members = [row.split(BETWEEN) for row in table["councils"]]
    councils = list(dict.fromkeys(name for row in sorted(members, key=len, reverse=True) for name in row))
    if len(councils) < 2:
        return empty_chart("Nothing is shared: there are fewer than two councils", INTERSECTIONS.caveat, table)
    if len(councils) == 2:
        axes = _two(table, members, councils)
    elif len(councils) < MANY:
        axes = _combinations(table, members, councils, most)
    else:
        axes = _bands(table, members, len(councils))
    Chart.of(axes).table = table
    return axes


def _two(table: pd.DataFrame, members: list[list[str]], councils: list[str]) -> Axes:
    topics = {tuple(row): int(number) for row, number in zip(members, table["topics"], strict=True)}
    both = sum(number for row, number in topics.items() if len(row) == 2)
    left, right = (topics.get((name,), 0) for name in councils)
    mine, theirs = map(drawable, councils)
    title = (
        f"{both} of {counted(both + left + right, 'topic')} {'is' if both == 1 else 'are'} on both contents pages, "
        f"{left} only on {mine}’s and {right} only on {theirs}’s"
    )
    parts = [
        Part(f"only {mine}", ONLY_HERE, [left]),
        Part("both", IN_ALL, [both]),
        Part(f"only {theirs}", IN_SOME, [right]),
    ]
    axes = stacked_bars(
        title, ["Topics"], parts, [f"{both + left + right:,}"], note=INTERSECTIONS.caveat, axis="Topics"
    )
    Chart.of(axes).alt = f"One bar in three parts. {title}."
    return axes


def _bands(table: pd.DataFrame, members: list[list[str]], of: int) -> Axes:
    focus = options().focus
    own = [band(number / of) for number in table["members"]]
    has = [focus is None or focus in row for row in members]
    counts = {
        side: [
            sum(table["topics"][[b == name and h == side for b, h in zip(own, has, strict=True)]])
            for _, name, _ in BANDS
        ]
        for side in (True, False)
    }
    total = int(table["topics"].sum())
    title = f"{counts[True][0] + counts[False][0]} of {counted(total, 'topic')} are listed by {BANDS[0][1]} of the {of} councils"
    if rare := counts[True][-1] + counts[False][-1]:
        title += f", {rare} by {BANDS[-1][1]}"
    ends = [f"{mine + other:,}" for mine, other in zip(counts[True], counts[False], strict=True)]
    if focus:
        parts = [
            Part(f"on {drawable(focus)}’s page", HAS, counts[True]),
            Part("not on it", HAS_NOT, counts[False]),
        ]
        ends = [f"{end}: {other} not on it" if other else end for end, other in zip(ends, counts[False], strict=True)]
    else:
        parts = [Part("topics", HAS, counts[True])]
    axes = stacked_bars(
        title,
        [f"Listed by {name}" for _, name, _ in BANDS],
        parts,
        ends,
        subtitle="Topics by the share of councils that list them; each topic is counted once",
        note=INTERSECTIONS.caveat,
        axis="Topics",
    )
    Chart.of(axes).alt = f"Bars for topics by the share of councils that list them. {title}."
    return axes


def _combinations(table: pd.DataFrame, members: list[list[str]], councils: list[str], most: int) -> Axes:
    of, focus = len(councils), options().focus
    drawn = table.iloc[:most]
    title = _title(table, of)
    labels = [shorten(drawable(name), min(2.2, label_width()), bold=name == focus) for name in councils]
    head = max(width(label, bold=True) for label in labels) * 0.72 + 0.25  # the names are rotated
    names = {IN_ALL: f"all {of} councils", IN_SOME: "some", ONLY_HERE: "one alone"}
    fills = [IN_ALL if len(row) == of else ONLY_HERE if len(row) == 1 else IN_SOME for row in members[: len(drawn)]]
    rows = [head + PITCH * (place + 0.5) for place in range(len(drawn))]
    with look():
        chart, axes = sheet(
            title,
            head + PITCH * len(drawn),
            subtitle="Topics by the exact set of councils that have them; each topic is counted once",
            note=INTERSECTIONS.caveat + cut_short(len(table), len(drawn), "combination", "the largest"),
            key=[name for fill, name in names.items() if fill in fills],
        )
        start = STEP * of + 0.2
        scale = (across() - start - 0.6) / max(1, drawn["topics"].max())
        shown = {}
        for fill, name in names.items():
            mine = [place for place, own in enumerate(fills) if own == fill]
            if mine:
                lengths = [drawn["topics"].iloc[place] * scale for place in mine]
                middles = [rows[place] for place in mine]
                shown[name] = axes.barh(middles, lengths, left=start, height=0.2, label=name, **fill.bar())
                for bar, place in zip(shown[name], mine, strict=True):
                    who = listed([drawable(member) for member in members[place]])
                    chart.point_out(bar, f"{who}: {counted(drawn['topics'].iloc[place], 'topic')}")
        spots = {name: (place + 0.5) * STEP for place, name in enumerate(councils)}
        for name, label in zip(councils, labels, strict=True):
            weight = "bold" if name == focus else "normal"
            axes.text(
                spots[name],
                head - 0.02,
                label,
                rotation=45,
                ha="left",
                va="bottom",
                weight=weight,
                rotation_mode="anchor",
            )
        for row, own, topics in zip(rows, members, drawn["topics"], strict=False):
            axes.text(start + topics * scale + 0.08, row, f"{topics:,}", va="center")
            here = sorted(spots[name] for name in own)
            absent = sorted(spots[name] for name in spots.keys() - set(own))
            axes.plot(absent, [row] * len(absent), "o", markersize=7, markerfacecolor="white", markeredgecolor=GRID)
            axes.plot(here, [row] * len(here), "-o", markersize=8, color=INK, linewidth=1.5, label="councils")
        chart.add_key(axes, list(shown.values()), list(shown))
    largest = " and ".join(map(drawable, members[0]))
    chart.alt = f"Bars for {counted(len(table), 'combination')} of councils. {title}. Most topics are those of {largest} alone: {drawn['topics'].iloc[0]}."
    return axes


def _title(table: pd.DataFrame, of: int) -> str:
    total = int(table["topics"].sum())
    every = int(table.loc[table["members"] == of, "topics"].sum())
    alone = int(table.loc[table["members"] == 1, "topics"].sum())
    one = f"{alone} {'is' if alone == 1 else 'are'} on one page alone"
    return f"{every} of {counted(total, 'topic')} {'is' if every == 1 else 'are'} shared by all {of} councils, {one}"
