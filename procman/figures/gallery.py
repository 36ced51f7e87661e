"""All figures of a library in one folder, with a page that shows them.

To add a figure: write its function (a table in, its Axes out), and a `Figure` in `FIGURES` that says which tables it
draws.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from procman.errors import LibraryError
from procman.figures.activity import flags_chart
from procman.figures.chart import FORMATS, Chart
from procman.figures.save import save_chart, write
from procman.library import Library
from procman.measures.activity import flags_by_section

if TYPE_CHECKING:
    import pandas as pd

Tables = Callable[[Library], Iterator[tuple[str, "pd.DataFrame"]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the gallery.

    ``tables`` yields (end of the file name, table) for each picture: one for a comparison of all manuals (then the end
    is empty), or one for each manual; none if the library has nothing to draw.
    """

    name: str
    heading: str
    text: str
    tables: Tables
    draw: Callable[[pd.DataFrame], Axes]


def each_manual(measure: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    """The tables of a figure that shows one manual: what the measure makes of each manual's entries."""

    def tables(library: Library) -> Iterator[tuple[str, pd.DataFrame]]:
        for holding in library.holdings:
            yield holding.folder, measure(holding.manual.entries)

    return tables


FIGURES = (
    Figure(
        "flags_by_section",
        "New and updated chapters by section",
        "How many chapters each section of a manual has, and how many of them its contents page flags. The flags are "
        "the publisher's own; a chapter without one may have changed all the same.",
        each_manual(flags_by_section),
        flags_chart,
    ),
)


def write_figures(
    library: Library,
    councils: Sequence[str] | None = None,
    out: str | Path = "figures",
    formats: Sequence[str] = ("svg", "png"),
) -> list[Path]:
    """Draw every figure of a library into a folder, each with its ``.csv`` and ``.txt``, and ``README.md``, a gallery.

    Parameters
    ----------
    library
        What `procman.open_library` returns.
    councils
        Only these councils' manuals; by default all.
    out
        The folder; other files in it are left alone.
    formats
        Any of "svg", "png", "pdf".

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    LibraryError
        The library has no manual of a council.
    ProcmanError
        The folder cannot be written.
    ValueError
        A format is not one of those.
    """
    if strange := sorted(set(formats) - set(FORMATS)) or not formats:
        raise ValueError(f"formats must be some of {', '.join(FORMATS)}, not {strange}")
    library = of_councils(library, councils)
    written: list[Path] = []
    page = [
        "# Figures",
        "",
        "Written by `make figures`; do not edit. Beside each picture stand the table it draws (`.csv`) and its",
        "alternative text (`.txt`).",
        "",
    ]
    for figure in FIGURES:
        page += [f"## {figure.heading}", "", figure.text, ""]
        for end, table in figure.tables(library):
            chart = Chart.of(figure.draw(table))
            name = slug(f"{figure.name} {end}")
            written += save_chart(chart, out, name, formats)
            page += [_shown(name, chart.alt, formats), ""]
    return [*written, write(Path(out) / "README.md", "\n".join(page).encode())]


def of_councils(library: Library, councils: Sequence[str] | None) -> Library:
    """The library with the manuals of these councils alone; with all of them for None."""
    if councils is None:
        return library
    for council in councils:
        library.manual(council)  # which says what councils there are
    chosen = [holding for holding in library.holdings if holding.manual.council in councils]
    if not chosen:
        raise LibraryError(library.folder.as_posix(), "no council is chosen")
    return Library(library.folder, chosen, library.problems)


def slug(text: str) -> str:
    """A file name of plain letters.

    >>> slug("flags_by_section milton-keynes/undated")
    'flags_by_section-milton-keynes-undated'
    """
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _shown(name: str, alt: str, formats: Sequence[str]) -> str:
    """The picture in Markdown: as HTML, since a title may hold any of Markdown's marks."""
    links = " · ".join(f"[{suffix}]({name}.{suffix})" for suffix in (*formats, "csv", "txt"))
    best = next((suffix for suffix in ("svg", "png") if suffix in formats), None)
    picture = f'<img src="{name}.{best}" alt="{html.escape(alt)}" width="900">\n\n' if best else ""
    return picture + links
