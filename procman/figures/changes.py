"""Figures of what changed between two editions."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import MOST_ROWS, counted, depth, empty_chart, most_of, places, room
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width, page_width
from procman.figures.style import GRID, INK, QUIET, drawable, look, width, wrap
from procman.measures.editions import CHANGES, TALLY

#: Kinds that say little about a manual's content: one added chapter renumbers all below it, and flags are removed later.
ASIDE = CHANGES[4:]
_CELL = "#DCE6F1"


@adjustable
def changes_chart(table: pd.DataFrame) -> Axes:
    """Draw the number of chapters that changed in each section, by kind. Renumbered and flagged chapters are apart.

    Parameters
    ----------
    table
        The result of `procman.measures.editions.tally`.

    Examples
    --------
    >>> axes = changes_chart(TALLY.frame([("All Children", "added", 3, 24), ("All Children", "renamed", 1, 24)]))
    >>> axes.figure.title
    '3 chapters added, 1 renamed'
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
    first, *rest = [change for change in said if change not in ASIDE] or said
    title = f"{counted(totals[first], 'chapter')} {first}"
    title += "".join(f", {totals[change]} {change}" for change in rest)
    part, cut = most_of(table, table["section"], table["chapters"], MOST_ROWS, "section", "those with most changes")
    sections = list(dict.fromkeys(part["section"]))
    labels = [wrap(section, label_width(), lines=2) for section in sections]
    left = EDGE + room(labels) + 0.15
    pitch = (page_width() - left - EDGE) / (len(CHANGES) + 0.4)
    centre = {change: (place + 0.5 + 0.4 * (change in ASIDE)) * pitch for place, change in enumerate(CHANGES)}
    upright = max(width(word) for change in CHANGES for word in change.split()) > pitch
    head = max(map(width, CHANGES)) + 0.1 if upright else 0.45
    middles = [head + place for place in places(labels, gap=0.28)]
    across, body = page_width() - left - EDGE, head + depth(labels, gap=0.28)
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
        for change, middle in centre.items():
            quiet = QUIET if change in ASIDE else INK
            axes.text(
                middle,
                head - 0.08,
                change if upright else change.replace(" ", "\n"),
                ha="center",
                va="bottom",
                color=quiet,
                linespacing=1,
                rotation=90 if upright else 0,
            )
        spots = dict(zip(sections, middles, strict=True))
        for section, change, chapters in table[["section", "change", "chapters"]].itertuples(index=False):
            if section in spots:
                cell = _cell(axes, centre[change], spots[section], pitch * 0.86, f"{chapters:,}", change in ASIDE)
                chart.point_out(cell, f"{drawable(section)}: {counted(chapters, 'chapter')} {change}")
        axes.tick_params(length=0)
        axes.grid(visible=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    chart.table = table
    in_section = table.groupby("section", sort=False)["chapters"].sum()
    busiest = f"Most changes are in {drawable(str(in_section.idxmax()))}: {in_section.max()}"
    chart.alt = f"Grid of sections by kind of change, with numbers of chapters. {title}. {busiest}."
    return axes


def _cell(axes: Axes, x: float, y: float, wide: float, words: str, aside: bool) -> Rectangle:
    face, weight = ("white", "normal") if aside else (_CELL, "bold")
    edge = GRID if aside else INK
    cell = Rectangle((x - wide / 2, y - 0.15), wide, 0.3, facecolor=face, edgecolor=edge, linewidth=0.8)
    axes.add_patch(cell)
    axes.text(x, y, words, ha="center", va="center", weight=weight)
    return cell
