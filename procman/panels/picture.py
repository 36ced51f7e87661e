"""The chart in a panel: part of the page, drawn to the width that it has there."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from procman.figures.chart import Chart
from procman.figures.inline import inline_svg
from procman.figures.options import NARROWEST, WIDTH


class Picture(anywidget.AnyWidget):
    """A chart as part of the page, which tells how wide a place it has.

    Attributes
    ----------
    svg
        The chart as `procman.figures.inline.inline_svg` gives it; empty for none.
    cells
        What `procman.figures.chart.Cells` holds, by its names; empty for none.
    width
        Of the place in the page, in CSS pixels of 1/96 inch, rounded down to steps of half an inch; 0 until the browser tells it.
    """

    _esm = Path(__file__).with_name("picture.js")
    svg = traitlets.Unicode("").tag(sync=True)
    cells = traitlets.Dict().tag(sync=True)
    width = traitlets.Int(0).tag(sync=True)

    @property
    def inches(self) -> float:
        """The width that a chart shall have so that its letters have their size.

        >>> [Picture(width=width).inches for width in (0, 768, 96)]
        [9.0, 8.0, 2.4]
        """
        return max(NARROWEST, self.width / 96) if self.width else WIDTH

    def show(self, chart: Chart | None) -> None:
        """Show a chart, or none."""
        self.cells = chart.cells._asdict() if chart and chart.cells else {}
        self.svg = inline_svg(chart, f"chart-{self.model_id}") if chart else ""
