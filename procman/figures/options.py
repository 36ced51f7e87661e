"""The options of a chart: its words, its size, where to draw it, and your council."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple

from matplotlib.axes import Axes

WIDTH = 9.0  # inches that fit on a page and in a notebook
NARROWEST = 2.4  # inches, less than half a page


class Options(NamedTuple):
    """The options of a chart. None keeps the chart's default.

    Attributes
    ----------
    title, subtitle, note
        Other words, or "" for none.
    width, height
        The size of the whole figure, in inches. Words are wrapped to the width. If the height is too small for the rows, letters are smaller.
    ax
        Axes to draw into. The chart stays inside their place, and clears them. Only words that you give are drawn, because the figure
        around the axes is not the chart's own.
    focus
        Your council. It is always drawn, and marked.
    """

    title: str | None = None
    subtitle: str | None = None
    note: str | None = None
    width: float | None = None
    height: float | None = None
    ax: Axes | None = None
    focus: str | None = None


#: The options of the chart that is being drawn.
OPTIONS: ContextVar[Options] = ContextVar("options")


def options() -> Options:
    """The options of the chart that is being drawn."""
    return OPTIONS.get(Options())


def page_width() -> float:
    """The width of the chart that is being drawn, in inches."""
    asked_for = options()
    return inches(asked_for.ax)[2] if asked_for.ax else asked_for.width or WIDTH


def label_width(share: float = 1 / 3) -> float:
    """The width for words beside the drawing, in inches.

    >>> label_width()
    3.0
    """
    return page_width() * share


def inches(ax: Axes) -> tuple[float, float, float, float]:
    """The place of axes in their figure: left, bottom, width and height."""
    box, page = ax.get_position(original=True), ax.figure.bbox
    wide, tall = page.width / ax.figure.dpi, page.height / ax.figure.dpi
    return float(box.x0 * wide), float(box.y0 * tall), float(box.width * wide), float(box.height * tall)
