"""All charts of a library in one folder, with a page that shows them; `procman.reports.views` says which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from procman.figures.chart import FORMATS, Chart
from procman.figures.save import save_chart, write
from procman.files import folder_name, unused
from procman.library.library import Library
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.html import escape
from procman.reports.view import Each

#: Of more councils than this not every pair is drawn side by side.
MOST_PAIRED = 4


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
    comparison = Comparison(library.of(councils))
    written: list[Path] = []
    taken: set[str] = set()
    page = [
        "# Figures",
        "",
        "Written by `make figures`; do not edit. Beside each picture stand the table it draws (`.csv`) and its",
        "alternative text (`.txt`).",
        "",
    ]
    for view in views.VIEWS:
        if view.chart is None or not view.gallery:
            continue
        page += [f"## {view.titled()}", "", view.about, ""]
        drawn = len(written)
        too_many = view.each is Each.PAIR and len(comparison.present) > MOST_PAIRED
        for subject in [] if too_many else view.subjects(comparison, older=True):
            chart = Chart.of(view.chart(view.drawn_of(comparison, *subject)))
            end = folder_name(" ".join(subject))
            # "St Helens" and "St. Helens" make one name.
            name = unused(f"{view.name}-{end}" if end else view.name, taken)
            written += save_chart(chart, out, name, formats)
            page += [_shown(name, chart.words, formats), ""]
        if drawn == len(written):
            page += ["Nothing to draw in this library.", ""]
    return [*written, write(Path(out) / "README.md", "\n".join(page).encode())]


def _shown(name: str, alt: str, formats: Sequence[str]) -> str:
    """The picture in Markdown: as HTML, since a title may hold any of Markdown's marks."""
    links = " · ".join(f"[{suffix}]({name}.{suffix})" for suffix in (*formats, "csv", "txt"))
    best = next((suffix for suffix in ("svg", "png") if suffix in formats), None)
    picture = f'<img src="{name}.{best}" alt="{escape(alt)}" width="900">\n\n' if best else ""
    return picture + links
