"""A chart: a figure with its table and its alternative text."""

from __future__ import annotations

import base64
import html
import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from procman.figures.options import inches, options, page_width
from procman.figures.style import BODY, INK, QUIET, SMALL, TITLE, height, look, wrap
from procman.figures.style import width as text_width

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("svg", "png", "pdf")
EDGE = 0.12  # inches kept free at the figure's edges
GAP = 0.06  # inches between title and subtitle
KEY = 0.27  # inches for one line of the key
SWATCH = 0.78  # inches that an entry of the key takes beside its words
COLUMNS = 1.6  # letters between two entries of the key
LEAST = 5.5  # points: smaller letters are not read
LEAST_BODY = 0.3  # inches


_drawn_into: WeakKeyDictionary[Axes, Chart] = WeakKeyDictionary()
_remark: ContextVar[str] = ContextVar("remark", default="")


@contextmanager
def remarked(text: str) -> Iterator[None]:
    """Put this text before the title and the alternative text of each chart drawn in the ``with`` block.

    Use it to say that the table is only a part, so that its numbers are not those of the whole manual.

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


def _columns(key: Sequence[str], space: float) -> int:
    """The number of columns of a key.

    >>> _columns(["in both", "only in Ayle"], 9), _columns(["in both", "only in Ayle"], 2)
    (2, 1)
    """
    for columns in range(len(key), 1, -1):
        parts = [key[place::columns] for place in range(columns)]
        if math.fsum(max(map(text_width, part)) + SWATCH for part in parts) <= space:
            return columns
    return 1


def _after(remark: str, text: str) -> str:
    return f"{remark}: {text}" if remark else text


class Cells(NamedTuple):
    """The cells of a fine grid, and the words to show when a person points at a cell on a screen.

    Attributes
    ----------
    rows, columns
        Their names, from the top and from the left. "" for a row without a name.
    words
        The possible words of a cell.
    states
        For each row, the `state` of each column: which of the words it has.
    heights
        The heights of the rows, if they differ.
    """

    rows: list[str]
    columns: list[str]
    words: list[str]
    states: list[str]
    heights: Sequence[float] = ()

    @staticmethod
    def state(word: int) -> str:
        """The character for the word at this index.

        >>> "".join(map(Cells.state, range(12)))
        '0123456789:;'
        """
        return chr(48 + word)


class Chart(Figure):
    """A matplotlib figure with its table and alternative text. It does not need pyplot.

    You can also make one as a page, draw charts into its axes, and give it a title and alternative text.

    Attributes
    ----------
    title
        The finding, in a sentence.
    alt
        Alternative text: what the picture shows, for people who cannot see it.
    remark
        The text of `remarked` when it was drawn, usually empty.
    table
        The table of the measure.
    cells
        The cells of a fine grid, if there is one. They are in the picture's element with the id "cells".

    Examples
    --------
    >>> from procman.figures import depth_chart
    >>> from procman.measures.structure import DEPTHS
    >>> chart = depth_chart(DEPTHS.frame([("Ayle", None, 2, 4, 0.4), ("Ayle", None, 3, 6, 0.6)])).figure
    >>> isinstance(chart, Chart), len(chart.table), chart.alt.endswith(".")
    (True, 2, True)
    """

    title: str = ""
    alt: str = ""
    remark: str = ""
    table: pd.DataFrame
    cells: Cells | None = None
    _key: tuple[float, float, int]
    _room: float
    _tips: dict[str, str]

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
        key: Sequence[str] = (),
        bottom: float = 0.55,
        width: float | None = None,
    ) -> tuple[Chart, Axes]:
        """Make a chart with words around one pair of axes. Call it inside `look`.

        The settings in `procman.figures.options.Options` overrule the arguments. If the chart is drawn into given axes, it has only words
        and table, and the picture belongs to the axes' own figure.

        Parameters
        ----------
        title, subtitle, note
            The finding, what is drawn, and how to read it. All are wrapped to fit.
        body
            Height of the axes in inches.
        left, right, bottom
            Room beside and below the axes, in inches, for labels and the axis's name.
        key
            The names in the key, to keep room for it. `add_key` writes them.
        width
            Width of the whole figure in inches, by default `page_width`.

        Examples
        --------
        >>> with look():
        ...     chart, axes = Chart.framed("Two of nine", body=2, left=1, note="Counted by hand.")
        >>> float(axes.get_window_extent().height / chart.dpi)
        2.0
        """
        asked_for, remark = options(), _remark.get()
        x, floor, wide, tall = (
            inches(asked_for.ax) if asked_for.ax else (0.0, 0.0, width or page_width(), asked_for.height)
        )
        alt, said = title, _after(remark, title) if asked_for.title is None else asked_for.title
        title, subtitle, note = (
            ("" if asked_for.ax else own) if asked is None else asked
            for own, asked in ((said, asked_for.title), (subtitle, asked_for.subtitle), (note, asked_for.note))
        )
        space, large = wide - 2 * EDGE, BODY if asked_for.ax else TITLE
        most = 3 if wide > 6 else 6
        heads = [
            (wrap(title, space, large, bold=True, lines=most), large, "bold", INK),
            (wrap(subtitle, space, lines=most), BODY, "normal", QUIET),
        ]
        foot = wrap(note, space, SMALL, lines=2 * most)
        columns = _columns(key, space)
        rows = math.ceil(len(key) / columns) if key else 0
        below = EDGE + bottom + (height(foot, SMALL) if foot else 0)
        above = (
            EDGE
            + math.fsum(height(text, size) + GAP for text, size, _, _ in heads if text)
            + (KEY * rows + 0.09 if rows else 0)
        )
        if tall and tall - above - below < LEAST_BODY:
            raise ValueError(
                f"the words alone take {above + below:.1f} inches of the height: give at least {above + below + LEAST_BODY:.1f}"
            )

        tall = tall or above + body + below
        chart = cls(figsize=(wide, tall))
        chart._tips = {}
        chart.title, chart.alt, chart.remark, chart._room = said, alt, remark, (tall - above - below) / body
        page = asked_for.ax.figure if asked_for.ax else chart
        across, up = page.bbox.width / page.dpi, page.bbox.height / page.dpi
        roof = floor + tall
        down = EDGE
        for text, size, weight, colour in heads:
            if text:
                place = (x + EDGE) / across, (roof - down) / up
                page.text(*place, text, size=size, weight=weight, color=colour, va="top", linespacing=1.2)
                down += height(text, size) + GAP
        chart._key = (x + EDGE) / across, (roof - down) / up, columns
        if foot:
            page.text(
                (x + EDGE) / across, (floor + EDGE) / up, foot, size=SMALL, color=QUIET, va="bottom", linespacing=1.2
            )
        box = (x + left) / across, (floor + below) / up, (wide - left - right) / across, (tall - above - below) / up
        if asked_for.ax is None:
            return chart, chart.add_axes(box)
        asked_for.ax.clear()
        asked_for.ax.set_axisbelow(True)
        asked_for.ax.spines[["top", "right", "left"]].set_visible(False)  # clearing leaves them
        asked_for.ax.set_position(box)
        _drawn_into[asked_for.ax] = chart
        return chart, asked_for.ax

    @staticmethod
    def of(axes: Axes) -> Chart:
        """The chart that has the axes, or that was drawn into them. Raises ``TypeError`` if there is none."""
        chart = _drawn_into.get(axes, axes.figure)
        if not isinstance(chart, Chart):
            raise TypeError(f"these axes are in a {type(axes.figure).__name__}, not in a Chart")
        return chart

    @property
    def words(self) -> str:
        """The alternative text, after the remark if there is one."""
        return _after(self.remark, self.alt)

    def add_key(self, axes: Axes, handles: Sequence[Any], labels: Sequence[str]) -> None:
        """Write the key of the fills under the subtitle."""
        across, up, columns = self._key
        # People read line by line, but matplotlib fills column by column.
        order = [entry for place in range(columns) for entry in range(place, len(labels), columns)]
        axes.figure.legend(
            [handles[entry] for entry in order],
            [labels[entry] for entry in order],
            loc="upper left",
            bbox_to_anchor=(across, up),
            ncols=columns,
            borderaxespad=0,
            borderpad=0,
            columnspacing=COLUMNS,
        )

    def point_out(self, artist: Artist, words: str) -> None:
        """Add words to a part of the picture. An SVG shows them when a person points at it."""
        if self.axes:  # in another figure's axes the names may not be unique
            name = f"tip{len(self._tips)}"
            artist.set_gid(name)
            self._tips[name] = words

    def point_out_cells(self, artist: Artist, cells: Cells) -> None:
        """Mark a part of the picture as the grid of these cells."""
        if self.axes:
            artist.set_gid("cells")
            self.cells = cells

    def fit_words(self, axes: Axes) -> None:
        """Make letters in and beside the drawing smaller if there is too little room for its rows."""
        if self._room < 1:
            for text in [*axes.texts, axes.xaxis.label]:
                text.set_fontsize(max(LEAST, float(text.get_fontsize()) * self._room))
            axes.tick_params(labelsize=max(LEAST, BODY * self._room))

    def picture(self, format: str = "png", dpi: float | None = None) -> bytes:
        """The chart as the bytes of an SVG, PNG or PDF file. The same chart always gives the same bytes.

        Parameters
        ----------
        format
            "svg", "png" or "pdf".
        dpi
            Dots per inch of a PNG, by default the figure's own.
        """
        if format not in FORMATS:
            raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
        # Leave out dates and versions, so that the same chart gives the same file.
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
        if not self.axes:
            raise ValueError("the chart is drawn into axes of another figure: save that one")
        file = io.BytesIO()
        with look():
            self.savefig(file, format=format, dpi=dpi or "figure", metadata=metadata[format])
        return self._described(file.getvalue()) if format == "svg" else file.getvalue()

    def _described(self, svg: bytes) -> bytes:
        """The SVG with its alternative text, in the place that screen readers use."""
        text = svg.decode()
        text = text.replace("<svg ", '<svg role="img" aria-labelledby="title" aria-describedby="desc" ', 1)
        text = text.replace("<title>", '<title id="title">', 1)
        text = text.replace("</title>", f'</title>\n <desc id="desc">{html.escape(self.words)}</desc>', 1)
        told = lambda group: f"{group[0]}<title>{html.escape(self._tips[group[1]])}</title>"  # noqa: E731
        return re.sub(r'<g id="(tip\d+)">', told, text).encode()

    def as_html(self, format: str = "svg") -> str:
        """The picture as an HTML ``img`` with its alternative text."""
        kind = {"svg": "image/svg+xml", "png": "image/png"}[format]
        data = base64.b64encode(self.picture(format)).decode()
        return f'<img src="data:{kind};base64,{data}" alt="{html.escape(self.words)}" style="max-width: 100%">'

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> dict[str, str]:
        """The picture for a notebook, and its alternative text for text-only readers."""
        return {"text/html": self.as_html(), "text/plain": self.words}
