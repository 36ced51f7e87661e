"""Figures of what changed between two editions."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.figures.bars import LABELS, MOST_ROWS, counted, cut_short, depth, empty_chart, places, room
from procman.figures.chart import EDGE, WIDTH, Chart
from procman.figures.style import BLUE, GRID, INK, ORANGE, PURPLE, TURQUOISE, drawable, look, wrap
from procman.measures.editions import CHANGES, TALLY

LARGEST = 0.34  # inches of the widest square
FACES = dict(zip(CHANGES, (BLUE, ORANGE, TURQUOISE, PURPLE, "#F2F2F2", "#BFBFBF"), strict=True))


def changes_chart(table: pd.DataFrame) -> Axes:
    """Draw how many chapters of each section changed, by kind: a number in a square whose area says the same.

    Parameters
    ----------
    table
        What `procman.measures.editions.tally` returns.

    Examples
    --------
    >>> axes = changes_chart(TALLY.frame([("All Children", "added", 3, 24), ("All Children", "renamed", 1, 24)]))
    >>> axes.figure.title
    'Between the editions: 3 chapters added, 1 renamed'
    >>> [text.get_text() for text in axes.texts if text.get_text().isdigit()]
    ['3', '1']
    """
    TALLY.check(table, "changes_chart")
    if table.empty:
        return empty_chart(
            "No chapter was added, removed, renamed, moved, renumbered or flagged anew", TALLY.caveat, table
        )
    totals = {change: int(table.loc[table["change"] == change, "chapters"].sum()) for change in CHANGES}
    said = [change for change in CHANGES if totals[change]]
    first, *rest = said
    title = f"Between the editions: {counted(totals[first], 'chapter')} {first}"
    title += "".join(f", {totals[change]} {change}" for change in rest)
    sections = list(dict.fromkeys(table["section"]))[:MOST_ROWS]
    cut = cut_short(table["section"].nunique(), len(sections), "section")
    labels = [wrap(section, LABELS, lines=2) for section in sections]
    left = EDGE + room(labels) + 0.15
    pitch = (WIDTH - left - EDGE) / len(CHANGES)
    head = 0.3
    middles = [head + place for place in places(labels, gap=0.28)]
    across, body = pitch * len(CHANGES), head + depth(labels, gap=0.28)
    most = table["chapters"].max()
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle="Chapters changed in each section, by kind of change",
            note=TALLY.caveat + cut,
            left=left,
            body=body,
            bottom=0.15,
        )
        axes.set(xlim=(0, across), ylim=(body, 0), xticks=[])
        axes.set_yticks(middles, labels)
        axes.hlines(middles, 0, across, color=GRID, linewidth=0.8, zorder=0)
        for place, change in enumerate(CHANGES):
            axes.text((place + 0.5) * pitch, head - 0.1, change, ha="center", va="bottom")
        spots = dict(zip(sections, middles, strict=True))
        for section, change, chapters in table[["section", "change", "chapters"]].itertuples(index=False):
            if section in spots:
                _square(axes, (CHANGES.index(change) + 0.5) * pitch, spots[section], chapters, most, FACES[change])
        axes.tick_params(length=0)
        axes.grid(visible=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    chart.table = table
    listed = "; ".join(
        f"{drawable(section)}: " + ", ".join(f"{row.chapters} {row.change}" for row in rows.itertuples())
        for section, rows in table.groupby("section", sort=False)
    )
    chart.alt = f"Grid of sections by kind of change, with numbers of chapters. {title}. {listed}.{cut}"
    return axes


def _square(axes: Axes, x: float, y: float, chapters: int, most: int, face: str) -> None:
    from matplotlib.patches import Rectangle

    side = LARGEST * (chapters / most) ** 0.5
    axes.add_patch(Rectangle((x - side - 0.04, y - side / 2), side, side, facecolor=face, edgecolor=INK, linewidth=0.8))
    axes.text(x + 0.04, y, f"{chapters}", ha="left", va="center")
