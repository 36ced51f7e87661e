"""A chart: a figure that knows the table it draws and says in words what it shows."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from math import fsum
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from procman.figures.style import BODY, INK, QUIET, SMALL, TITLE, height, look, wrap

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("svg", "png", "pdf")
WIDTH = 9.0  # inches; what a page and a notebook have room for
EDGE = 0.12  # inches kept free at the figure's edges
GAP = 0.06  # inches between title and subtitle
KEY = 0.36  # inches for one line of legend


_remark: ContextVar[str] = ContextVar("remark", default="")


@contextmanager
def remarked(text: str) -> Iterator[None]:
    """Say this before the title of each chart that is framed in the ``with`` block, and in its alternative text.

    For what a drawing cannot know: that its table is only a part, so that its numbers are not the whole manual's.

    >>> with remarked("In the 4 of 7 rows picked (flag New)"), look():
    ...     chart, axes = Chart.framed("two of nine", body=2)
    >>> chart.title, chart.words
    ('In the 4 of 7 rows picked (flag New): two of nine', 'In the 4 of 7 rows picked (flag New): two of nine')
    """
    token = _remark.set(text)
    try:
        yield
    finally:
        _remark.reset(token)


def _after(remark: str, text: str) -> str:
    return f"{remark}: {text}" if remark else text


class Chart(Figure):
    """A matplotlib figure with its table and its alternative text; it needs no pyplot.

    Attributes
    ----------
    title
        What is found, in a sentence.
    alt
        Alternative text: what the picture shows, for who does not see it.
    remark
        What `remarked` said when it was drawn; mostly empty.
    table
        The measure table that is drawn.
    """

    title: str
    alt: str
    remark: str
    table: pd.DataFrame
    _key_place: tuple[float, float]

    @classmethod
    def framed(
        cls,
        title: str,
        *,
        body: float,
        subtitle: str = "",
        note: str = "",
        left: float = EDGE,
        right: float = EDGE,
        key: bool = False,
        bottom: float = 0.55,
        width: float = WIDTH,
    ) -> tuple[Chart, Axes]:
        """Make a chart with its words around one pair of axes; to be called inside `look`.

        Parameters
        ----------
        title, subtitle, note
            The finding; what is drawn; how to read it. All are wrapped, so that none is ever clipped.
        body
            Height of the axes in inches.
        left, right, bottom
            Room beside and below the axes, in inches, for labels and the axis's name.
        key
            Keep room for a line that says what the fills mean; `add_key` writes it.
        width
            Width of the whole figure in inches.

        Examples
        --------
        >>> with look():
        ...     chart, axes = Chart.framed("Two of nine", body=2, left=1, note="Counted by hand.")
        >>> float(axes.get_window_extent().height / chart.dpi)
        2.0
        """
        remark, room = _remark.get(), width - 2 * EDGE
        alt, title = title, _after(remark, title)
        heads = [
            (wrap(title, room, TITLE, bold=True), TITLE, "bold", INK),
            (wrap(subtitle, room), BODY, "normal", QUIET),
        ]
        foot = wrap(note, room, SMALL, lines=6)
        below = EDGE + bottom + (height(foot, SMALL) if foot else 0)
        above = EDGE + fsum(height(text, size) + GAP for text, size, _, _ in heads if text) + (KEY if key else 0)
        tall = above + body + below

        chart = cls(figsize=(width, tall))
        chart.title, chart.alt, chart.remark = title, alt, remark
        down = EDGE
        for text, size, weight, colour in heads:
            if text:
                place = EDGE / width, 1 - down / tall
                chart.text(*place, text, size=size, weight=weight, color=colour, va="top", linespacing=1.2)
                down += height(text, size) + GAP
        chart._key_place = EDGE / width, 1 - down / tall
        chart.text(EDGE / width, EDGE / tall, foot, size=SMALL, color=QUIET, va="bottom", linespacing=1.2)
        across, up = (width - left - right) / width, body / tall
        return chart, chart.add_axes((left / width, below / tall, across, up))

    @staticmethod
    def of(axes: Axes) -> Chart:
        """The chart that the axes are in; ``TypeError`` if it is a plain matplotlib figure."""
        if not isinstance(axes.figure, Chart):
            raise TypeError(f"these axes are in a {type(axes.figure).__name__}, not in a Chart")
        return axes.figure

    @property
    def words(self) -> str:
        """The alternative text behind the remark, if there is one."""
        return _after(self.remark, self.alt)

    def add_key(self, handles: Sequence[Any], labels: Sequence[str]) -> None:
        """Say under the subtitle what the fills mean."""
        self.legend(
            handles,
            labels,
            loc="upper left",
            bbox_to_anchor=self._key_place,
            ncols=len(labels),
            borderaxespad=0,
            borderpad=0,
        )

    def picture(self, format: str = "png", dpi: float | None = None) -> bytes:
        """The chart as the bytes of an SVG, PNG or PDF file: the same bytes each time.

        Parameters
        ----------
        format
            "svg", "png" or "pdf".
        dpi
            Dots per inch of a PNG; by default the figure's own.
        """
        if format not in FORMATS:
            raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
        # A date or a version would make each file differ from the last.
        metadata: dict[str, dict[str, Any]] = {
            "svg": {"Date": None, "Title": self.title, "Creator": None},
            "png": {"Software": None},
            "pdf": {
                "Title": self.title,
                "Subject": self.words,
                "CreationDate": None,
                "Creator": None,
                "Producer": None,
            },
        }
        file = io.BytesIO()
        with look():
            self.savefig(file, format=format, dpi=dpi or "figure", metadata=metadata[format])
        return self._described(file.getvalue()) if format == "svg" else file.getvalue()

    def _described(self, svg: bytes) -> bytes:
        """The SVG with its alternative text where screen readers look for it."""
        text = svg.decode()
        text = text.replace("<svg ", '<svg role="img" aria-labelledby="title" aria-describedby="desc" ', 1)
        text = text.replace("<title>", '<title id="title">', 1)
        return text.replace("</title>", f'</title>\n <desc id="desc">{html.escape(self.words)}</desc>', 1).encode()

    def as_html(self, format: str = "svg") -> str:
        """The picture as an HTML ``img`` that carries its alternative text."""
        kind = {"svg": "image/svg+xml", "png": "image/png"}[format]
        data = base64.b64encode(self.picture(format)).decode()
        return f'<img src="data:{kind};base64,{data}" alt="{html.escape(self.words)}" style="max-width: 100%">'

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> dict[str, str]:
        """In a notebook: the picture with its alternative text, which is all that a text-only reader gets."""
        return {"text/html": self.as_html(), "text/plain": self.words}
