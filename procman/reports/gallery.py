"""Draw all charts of a library into one folder, with a page that shows them. `procman.reports.views` lists the charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from procman.figures.chart import FORMATS, Chart, remarked
from procman.figures.save import save_chart, write
from procman.files import folder_name, unused
from procman.library.library import Library
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.headlines import own
from procman.reports.html import escape
from procman.reports.view import TOO_FEW, Each, View
from procman.words import count, edition_in_words

#: With more councils than this, not every pair is drawn side by side.
MOST_PAIRED = 4
#: With more councils than this, only your council, or the first, has figures of its own.
MOST_EACH = 4
#: The gallery's table of which chart is drawn for how many councils.
WHICH = """**Which chart of how many councils**

| question | few councils | many councils |
|---|---|---|
| Who has which topic? | up to 4: lists with numbers, one for each set of councils | from 5: the whole matrix, common topics on top, like pages side by side |
| How much is shared? | 2: one bar; 3 to 6: a bar for each combination; sections by what all, some and no others have | from 7: bands of shares (at least 90%, 50 to 90%, 10 to 50%, under 10%), also of each section, and a curve with what your council lacks |
| Who is alike? | up to 4: chapter by chapter, and section by section, side by side; from 3: the pages most like your council's | from 5: a square of all councils by all, with the tree that orders it; the 15 pages most like your council's; clusters |
| What is expected? | up to 24: a mark for each topic and council | from 25: a bar for each topic, with your council's state |
| How much of what is expected? | up to 19: a bar for each council | from 20 of England's authorities: a map of equal tiles |
| How large, how deep? | up to 24: a bar for each council | from 25: the 24 largest manuals, and your council's |

Your council (`--for`, else the first) is always drawn, and marked. Where rows are left out, the note under the chart says how many, and by
which rule. Of more than 4 councils, only your council has figures of its own.
"""


def write_figures(
    library: Library,
    councils: Sequence[str] | None = None,
    out: str | Path = "figures",
    formats: Sequence[str] = ("svg", "png"),
    *,
    focus: str | None = None,
    only: Sequence[str] = (),
) -> list[Path]:
    """Draw the figures of a library into a folder, each with its ``.csv`` and ``.txt``, and a gallery in ``README.md``.

    A figure without data is not drawn, and the gallery says what data it needs. With more than four councils, only one has figures of its
    own.

    Parameters
    ----------
    library
        The result of `procman.open_library`.
    councils
        Use only these councils' manuals, by default all.
    out
        The folder. Other files in it do not change.
    formats
        Any of "svg", "png", "pdf".
    focus
        The council that has figures of its own if there are many councils, by default the first.
    only
        Draw only these views, by name. By default all.

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
        There is no such format or view.
    """
    if strange := sorted(set(formats) - set(FORMATS)) or not formats:
        raise ValueError(f"formats must be from {', '.join(FORMATS)}, not {strange}")
    drawable = {view.name: view for view in views.VIEWS if view.chart and view.gallery}
    if strange := sorted(set(only) - set(drawable)):
        raise ValueError(f"there is no figure {strange[0]!r}; figures: {', '.join(drawable)}")
    comparison = Comparison(library.of(councils))
    if focus:
        (comparison.focus,) = comparison.checked([focus])
    marked = own(comparison) if len(comparison.present) > MOST_EACH else comparison.focus
    written: list[Path] = []
    taken: set[str] = set()
    more: list[str] = []
    page = [
        "# Figures",
        "",
        "Written by `make figures`; do not edit. Beside each picture stand the table it draws (`.csv`) and its",
        "alternative text (`.txt`).",
        "",
    ]
    page += [f"**{comparison.mark}.**", ""] if comparison.mark else []
    page += [] if comparison.present else [TOO_FEW[1], ""]
    for view in [drawable[name] for name in only] if only else drawable.values():
        if not (draw := view.chart_for(comparison)):
            more.append(f"{view.titled()} (from {count(view.drawn_from, 'council')})")
            continue
        page += [f"## {view.titled()}", "", view.about, ""]
        drawn = len(written)
        for subject in _subjects(view, comparison):
            table = view.drawn_of(comparison, *subject)
            if view.nothing(table):
                continue
            with remarked(". ".join(filter(None, (comparison.mark, *_whose(view, subject))))):
                chart = Chart.of(draw(table, focus=marked))
            end = folder_name(" ".join(subject))
            # "St Helens" and "St. Helens" give the same file name.
            name = unused(f"{view.name}-{end}" if end else view.name, taken)
            written += save_chart(chart, out, name, formats)
            page += [_shown(name, chart.words, formats), ""]
        if drawn == len(written):
            page += [f"Not drawn: {view.why_empty(comparison)}", ""]
    if more:
        page += [f"Of more councils there are also: {'; '.join(more)}.", ""]
    page.append(WHICH)
    return [*written, write(Path(out) / "README.md", "\n".join(page).encode())]


def _subjects(view: View, comparison: Comparison) -> list[tuple[str, ...]]:
    """The councils, pairs or editions to draw a view for. With many councils, only yours; with many editions, the newest two."""
    subjects = view.subjects(comparison)
    if view.each is Each.PAIR:
        return subjects if len(comparison.present) <= MOST_PAIRED else []
    if view.each is Each.EDITIONS:
        subjects = [*{council: (council, *rest) for council, *rest in subjects}.values()]
    if view.each is not Each.WHOLE and len(comparison.present) > MOST_EACH:
        mine = own(comparison)
        return [subject for subject in subjects if subject[0] == mine]
    return subjects


def _whose(view: View, subject: tuple[str, ...]) -> list[str]:
    """The council and its two editions, if the view is about two editions."""
    if view.each is not Each.EDITIONS:
        return []
    council, old, new = subject
    return [f"{council}, {edition_in_words(old)} to {edition_in_words(new)}"]


def _shown(name: str, alt: str, formats: Sequence[str]) -> str:
    """The picture in Markdown, written as HTML because a title can have any of Markdown's marks."""
    links = " · ".join(f"[{suffix}]({name}.{suffix})" for suffix in (*formats, "csv", "txt"))
    best = next((suffix for suffix in ("svg", "png") if suffix in formats), None)
    picture = f'<img src="{name}.{best}" alt="{escape(alt)}" width="900">\n\n' if best else ""
    return picture + links
