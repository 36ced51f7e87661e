"""What is asked of a chart: its words, its size, where it is drawn, and the council in question."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple

from matplotlib.axes import Axes

WIDTH = 9.0  # inches; what a page and a notebook have room for
NARROWEST = 2.4  # inches; half a page has more


class Options(NamedTuple):
    """What is asked of a chart; None leaves it as the chart has it.

    Attributes
    ----------
    title, subtitle, note
        Other words; "" for none.
    width, height
        Of the whole figure, in inches. Words are wrapped to the width. A height that is too small for the rows makes letters smaller.
    ax
        Axes to draw into, inside the place that they have; what is on them is cleared. Only the words that are given are
        drawn: the figure around it is not the chart's own.
    focus
        The council in question: it is always drawn, and marked.
    """

    title: str | None = None
    subtitle: str | None = None
    note: str | None = None
    width: float | None = None
    height: float | None = None
    ax: Axes | None = None
    focus: str | None = None


#: What is asked of the chart that is being drawn.
OPTIONS: ContextVar[Options] = ContextVar("options")


def options() -> Options:
    """What is asked of the chart that is being drawn."""
    return OPTIONS.get(Options())


def page_width() -> float:
    """The width that the chart being drawn may take, in inches."""
    asked_for = options()
    return inches(asked_for.ax)[2] if asked_for.ax else asked_for.width or WIDTH


def label_width(share: float = 1 / 3) -> float:
    """The room for words beside the drawing, in inches.

    >>> label_width()
    3.0
    """
    return page_width() * share


def inches(ax: Axes) -> tuple[float, float, float, float]:
    """The place of axes in their figure: left, bottom, width and height."""
    box, page = ax.get_position(original=True), ax.figure.bbox
    wide, tall = page.width / ax.figure.dpi, page.height / ax.figure.dpi
    return float(box.x0 * wide), float(box.y0 * tall), float(box.width * wide), float(box.height * tall)
