"""All figures of a library in one folder, with a page that shows them; `procman.reports.views` says which."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from procman.figures.chart import FORMATS, Chart
from procman.figures.save import save_chart, write
from procman.files import unused
from procman.library.library import Library
from procman.reports.views import FIGURES


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
    library = library.of(councils)
    written: list[Path] = []
    taken: set[str] = set()
    page = [
        "# Figures",
        "",
        "Written by `make figures`; do not edit. Beside each picture stand the table it draws (`.csv`) and its",
        "alternative text (`.txt`).",
        "",
    ]
    for figure in FIGURES:
        page += [f"## {figure.heading}", "", figure.text, ""]
        drawn = len(written)
        for end, table in figure.tables(library):
            chart = Chart.of(figure.draw(table))
            name = unused(slug(f"{figure.name} {end}"), taken)  # "St Helens" and "St. Helens" make one
            written += save_chart(chart, out, name, formats)
            page += [_shown(name, chart.words, formats), ""]
        if drawn == len(written):
            page += ["Nothing to draw in this library.", ""]
    return [*written, write(Path(out) / "README.md", "\n".join(page).encode())]


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
