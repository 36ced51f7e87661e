"""Axes in inches from the top left, for grids, maps and lists."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from procman.figures.chart import EDGE, Chart
from procman.figures.options import page_width


def across(left: float = 0.0, right: float = 0.0) -> float:
    """The width of a sheet in inches, without the margins at its left and right."""
    return page_width() - 2 * EDGE - left - right


def sheet(
    title: str,
    body: float,
    *,
    subtitle: str = "",
    note: str = "",
    key: Sequence[str] = (),
    left: float = 0.0,
    right: float = 0.0,
) -> tuple[Chart, Axes]:
    """Make a chart whose axes count in inches, downwards, and have no lines. Call it inside `look`.

    >>> from procman.figures.style import look
    >>> with look():
    ...     chart, axes = sheet("Two of nine", 2.0)
    >>> [float(end) for end in (*axes.get_xlim(), *axes.get_ylim())]
    [0.0, 8.76, 2.0, 0.0]
    """
    chart, axes = Chart.framed(
        title,
        body=body,
        subtitle=subtitle,
        note=note,
        key=key,
        left=EDGE + left,
        right=EDGE + right,
        bottom=0.1,
    )
    axes.set(xlim=(0, across(left, right)), ylim=(body, 0), xticks=[], yticks=[])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return chart, axes
