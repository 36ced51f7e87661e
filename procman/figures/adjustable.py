"""The decorator that gives every chart function options: words, size, axes to draw into, and a council to mark."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

from matplotlib.axes import Axes

from procman.figures.chart import Chart
from procman.figures.options import NARROWEST, OPTIONS, Options, page_width

if TYPE_CHECKING:
    import pandas as pd


class Draw(Protocol):
    """A chart function: it draws the table of a measure."""

    __name__: str

    def __call__(
        self,
        table: pd.DataFrame,
        *,
        title: str | None = None,
        subtitle: str | None = None,
        note: str | None = None,
        width: float | None = None,
        height: float | None = None,
        ax: Axes | None = None,
        focus: str | None = None,
        **own: Any,
    ) -> Axes: ...


def adjustable(draw: Callable[..., Axes]) -> Draw:
    """Let a chart function take the settings of `Options`. `Chart.framed` applies them for every chart.

    Raises
    ------
    ValueError
        Width or height is too small, or given together with axes.

    Examples
    --------
    >>> from procman.figures import depth_chart
    >>> from procman.measures.structure import DEPTHS
    >>> table = DEPTHS.frame([("Ayle", None, 2, 4, 0.4), ("Ayle", None, 3, 6, 0.6)])
    >>> chart = depth_chart(table, title="Figure 1. Levels of chapters", note="", width=3.5).figure
    >>> chart.title, float(chart.get_figwidth())
    ('Figure 1. Levels of chapters', 3.5)
    >>> from matplotlib.figure import Figure
    >>> page = Figure(figsize=(7, 3))  # two columns of a journal
    >>> left, right = page.subplots(1, 2)
    >>> depth_chart(table, ax=left).figure is page
    True
    """

    @wraps(draw)
    def drawn(
        table: pd.DataFrame,
        *,
        title: str | None = None,
        subtitle: str | None = None,
        note: str | None = None,
        width: float | None = None,
        height: float | None = None,
        ax: Axes | None = None,
        focus: str | None = None,
        **own: Any,
    ) -> Axes:
        if ax is not None and (width or height):
            raise ValueError("axes have their own width and height: give one or the other")
        token = OPTIONS.set(Options(title, subtitle, note, width, height, ax, focus))
        try:
            if page_width() < NARROWEST:
                raise ValueError(f"a chart needs a width of {NARROWEST:g} inches or more, not {page_width():.2g}")
            axes = draw(table, **own)
            Chart.of(axes).fit_words(axes)
            return axes
        finally:
            OPTIONS.reset(token)

    own = [*inspect.signature(draw).parameters.values()]
    wishes = list(inspect.signature(drawn, follow_wrapped=False).parameters.values())[1:-1]
    rest = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own[1:]]
    drawn.__signature__ = inspect.Signature([own[0], *rest, *wishes], return_annotation="Axes")  # type: ignore[attr-defined]
    # Python 3.13 takes the indent off docstrings, and earlier ones keep it.
    drawn.__doc__ = inspect.cleandoc(draw.__doc__ or "").replace("\nExamples\n", f"{_ALSO}\nExamples\n", 1)
    return drawn


_ALSO = """
Other Parameters
----------------
title, subtitle, note, width, height, ax, focus
    See `procman.figures.options.Options`.
"""
