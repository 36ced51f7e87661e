"""Figures of share: how many councils have each topic, in bands and as a curve."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import counted, empty_chart
from procman.figures.chart import Cells
from procman.figures.options import options
from procman.figures.sheet import across, sheet
from procman.figures.style import BLUE, BODY, GRID, INK, ORANGE, QUIET, SMALL, Fill, drawable, look, shorten, width
from procman.measures.counting import BANDS, BETWEEN, band
from procman.measures.coverage import BY_TOPIC

NAMED = 10  # missing topics that are named
_CURVE, _LINE = 3.2, 0.22  # inches of the curve's height, and of a line of the list
HAS, HAS_NOT = Fill(BLUE, "", "white"), Fill("white", "////", ORANGE)


@adjustable
def share_chart(table: pd.DataFrame) -> Axes:
    """Draw how many councils have each topic, from the most common to the rarest. Topics missing from your council's page are marked.

    Parameters
    ----------
    table
        The result of `procman.measures.coverage.by_topic`.

    Examples
    --------
    >>> rows = [("a", "Consent", 2, 2, 1.0, "all", 2, "Ayle; Beere"), ("b", "Records", 1, 2, 0.5, "one", 1, "Beere")]
    >>> axes = share_chart(BY_TOPIC.frame(rows), focus="Ayle")
    >>> axes.figure.title
    'Of 2 topics, 1 is listed by at least 90% of the 2 councils; Ayle lists 1 of 1 of these'
    """
    BY_TOPIC.check(table, "share_chart")
    if table.empty:
        return empty_chart("No topic to count", BY_TOPIC.caveat, table)
    ranked = table.sort_values("councils", ascending=False, kind="stable")
    of, shares = int(ranked["of"].iloc[0]), (ranked["councils"] / ranked["of"]).tolist()
    bands = pd.Series([band(share) for share in shares])
    common = int((bands == BANDS[0][1]).sum())
    focus = options().focus
    lacks = [focus not in which.split(BETWEEN) for which in ranked["which"]] if focus else [False] * len(ranked)
    title = (
        f"Of {counted(len(ranked), 'topic')}, {common} {'is' if common == 1 else 'are'} listed by {BANDS[0][1]} "
        f"of the {counted(of, 'council')}"
    )
    if focus and common:
        title += f"; {drawable(focus)} lists {common - sum(lacks[:common])} of {common} of these"
    missing = ranked[lacks].head(NAMED)
    side = max(width(f"{name}: {counted(len(ranked), 'topic')}") for _, name, _ in BANDS) + 0.2
    left = width(f"{of:,}") + 0.15
    wide = across(left, side)
    listed = _CURVE + 0.75
    body = listed + (_LINE * (len(missing) + 1) + 0.1 if len(missing) else 0)
    with look():
        chart, axes = sheet(
            title,
            body,
            subtitle=f"Councils that list a topic, from the most common topic to the rarest of {len(ranked):,}",
            note=BY_TOPIC.caveat + _left_out(sum(lacks), len(missing), focus),
            left=left,
            right=side,
        )
        step = wide / len(ranked)
        tops = [_CURVE * (1 - share) for share in shares]
        axes.stairs(
            tops,
            [step * place for place in range(len(ranked) + 1)],
            baseline=_CURVE,
            fill=True,
            facecolor="#C6D5E6",
            edgecolor=BLUE,
            linewidth=1.2,
        )
        whole = Rectangle((0, 0), wide, _CURVE, facecolor="none", linewidth=0)
        axes.add_patch(whole)
        counts = sorted(set(ranked["councils"]))
        steps = Cells(
            [""],
            [
                drawable(name if isinstance(name, str) else topic)
                for name, topic in zip(ranked["topic_title"], ranked["topic"], strict=True)
            ],
            [f"{number:,} of {counted(of, 'council')}" for number in counts],
            ["".join(Cells.state(counts.index(number)) for number in ranked["councils"])],
        )
        chart.point_out_cells(whole, steps)
        axes.hlines([_CURVE], 0, wide, color=INK, linewidth=1)
        high = 1.0
        for least, name, _ in BANDS:
            axes.hlines([_CURVE * (1 - least)], 0, wide + 0.08, color=GRID if least else INK, linewidth=0.8)
            words = f"{name}: {counted((bands == name).sum(), 'topic')}"
            axes.text(wide + 0.12, _CURVE * (1 - (high + least) / 2), words, va="center")
            high = least
        for share in (0.0, 0.5, 1.0):
            axes.text(
                -0.08, _CURVE * (1 - share), f"{of * share:,.0f}", ha="right", va="center", size=SMALL, color=QUIET
            )
        if focus:
            spots = [step * (place + 0.5) for place, lacking in enumerate(lacks) if lacking]
            lacking = ranked.loc[lacks, ["topic_title", "topic", "councils"]]
            for spot, (name, topic, councils) in zip(spots, lacking.itertuples(index=False), strict=True):
                (stroke,) = axes.plot(
                    [spot, spot], [_CURVE + 0.06, _CURVE + 0.22], color=ORANGE, linewidth=max(0.6, min(3, step * 60))
                )
                chart.point_out(stroke, f"{name if isinstance(name, str) else topic}: {councils} of {of - 1} others")
            said = f"Strokes: {counted(len(spots), 'topic')} not on {drawable(focus)}’s contents page"
            axes.text(0, _CURVE + 0.3, said, va="top", size=BODY)
        if len(missing):
            axes.text(0, listed, "The most common of these:", va="top", weight="bold")
            for place, (topic_title, topic, councils) in enumerate(
                missing[["topic_title", "topic", "councils"]].itertuples(index=False), 1
            ):
                down = listed + _LINE * place
                count = f"{councils} of {of - 1}"
                axes.text(width(f"{of} of {of}"), down, count, ha="right", va="top")
                name = shorten(str(topic_title if isinstance(topic_title, str) else topic), wide + side - 1.2)
                axes.text(width(f"{of} of {of}") + 0.15, down, name, va="top")
    chart.table = table
    chart.alt = f"Curve of topics by how many councils list them. {title}."
    if len(missing):
        chart.alt += f" Of what {drawable(focus or '')} does not list, most others have {drawable(str(missing['topic_title'].iloc[0]))}."
    return axes


def _left_out(lacking: int, named: int, focus: str | None) -> str:
    if named == lacking:
        return ""
    return f" Of {lacking:,} topics not on {drawable(focus or '')}’s page those {named} are named that most others list; the table has all."
