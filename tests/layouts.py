"""Random manuals, and every layout of text and HTML to print them in.

A layout prints rows. Its manuals have only what it can show: for example, no numbers in a bulleted list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from hypothesis import strategies as st

SECTION, SUBSECTION, CHAPTER, SEE_ALSO = "section", "subsection", "chapter", "see_also"
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Row:
    """An entry as a reader must find it; ``printed`` is how the page prints the date."""

    kind: str
    title: str
    number: str = ""
    status: str = ""
    date: str = ""
    note: str = ""
    publisher: str = ""
    printed: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        return self.kind, self.number, self.title, self.status, self.date, self.note, self.publisher

    @property
    def level(self) -> int:
        return self.number.count(".") + 1 if self.number else 0


# --- rows at random -------------------------------------------------------------------------------------------

_WORDS = (
    "Assessments Consent Complaints Records Visits Placements Panels Courts Neglect Bullying Carers Adoption Transport Health "
    "Schools Money Respite Kinship Reviews Thresholds"
).split()
_TAILS = (
    *(
        "",
        "",
        "",
        "",
        " Policy",
        " - Policy",
        " – A Guide",
        ": Who Decides",
        " and Others",
        "/Reviews",
        " (Section 47)",
    ),
    *(
        " (HBV)",
        " (Including Overnight Stays)",
        " (Criteria)",
        " (October 2013)",
        " (2022-2025)",
        " 2015",
        " 2022 Update",
    ),
    *(
        "?",
        ", Care and Leaving",
        " 'Paused' or \"Stood Down\"",
        " under Section 47",
        " & Plans",
        " 0-25",
        " <b>",
        " +1",
    ),
)
_FRONTS = (
    "",
    "",
    "",
    "",
    "New Arrivals and ",
    "What's New in ",
    "Updated Rules for ",
    "Part 4.7, ",
    "See It, Say It: ",
    "eSafety and ",
)
_DIGITS = ("8 Golden ", "16 and 17 Year Olds: ", "3D ", "2nd ", "24 Hour ", "2021 Census and ")
_DATES = (
    *(("February 12, 2025", "2025-02-12"), ("May 7, 2024", "2024-05-07"), ("31 October 2024", "2024-10-31")),
    *(("12/02/2025", "2025-02-12"), ("September 2016", "2016-09")),
)
_NOTES = (
    "to follow",
    "under review",
    "link to local procedures",
    "local",
    "local information",
    "now under review with the Board",
)
_PUBLISHERS = (
    *("DfE", "GOV.UK", "House of Commons Library", "Northwick Safeguarding Children Partnership Procedures", "ADCS"),
    "Northwick Safeguarding Children's Board Procedures Manual",
)


def _titles(digits: bool) -> st.SearchStrategy[str]:
    fronts = st.sampled_from(_FRONTS + (_DIGITS if digits else ()))
    names = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
    return st.tuples(fronts, names, st.sampled_from(_TAILS)).map("".join)


_PLAIN = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)


@dataclass(frozen=True)
class Layout:
    """How one family of pages prints a manual, and what its manuals may hold."""

    name: str
    print: Callable[[Sequence[Row]], str]
    depth: int = 3  # levels of numbers under a section; 0: none, 1: restarting in parts
    sections: str = "numbered"  # or "part", "plain"
    digits: bool = True
    dates: bool = False
    see_also: bool = False
    gaps: bool = True
    plain_chapters: bool = False
    plain_subsections: bool = False
    html: bool = False

    def manuals(self) -> st.SearchStrategy[list[Row]]:
        return _manuals(self)


@st.composite
def _manuals(draw: st.DrawFn, layout: Layout) -> list[Row]:
    rows: list[Row] = []
    # A title that begins with a digit can be told from its number where the numbers run on.
    gaps = layout.gaps and draw(st.booleans())
    titles = _titles(layout.digits and not gaps)
    plain_subsections = layout.plain_subsections and draw(st.booleans())
    for n in range(1, draw(st.integers(1, 4)) + 1):
        number = {"numbered": str(n), "part": f"PART B{n}", "plain": ""}[layout.sections]
        rows.append(Row(SECTION, draw(_PLAIN), number))
        if layout.see_also and draw(st.integers(0, 4)) == 0:
            rows.append(draw(_see_also()))
        deep = layout.depth == 3 and draw(st.booleans())
        if deep:
            for m in range(1, draw(st.integers(1, 3)) + 1):
                rows.append(Row(SUBSECTION, draw(_PLAIN), "" if plain_subsections else f"{n}.{m}"))
                rows += draw(_chapters(layout, titles, f"{n}.{m}.", gaps, least=1))
        else:
            prefix = {0: None, 1: "", 2: f"{n}.", 3: f"{n}."}[layout.depth]
            rows += draw(_chapters(layout, titles, prefix, gaps, least=int(n == 1 or layout.depth == 0)))
    return rows


@st.composite
def _chapters(
    draw: st.DrawFn, layout: Layout, titles: st.SearchStrategy[str], prefix: str | None, gaps: bool, least: int
) -> list[Row]:
    rows: list[Row] = []
    last = 0
    for _ in range(draw(st.integers(least, 6))):
        last += draw(st.sampled_from((1, 1, 1, 1, 2, 4))) if gaps and last else 1
        number = "" if prefix is None else f"{prefix}{last}"
        title = draw(titles)
        if layout.plain_chapters and rows and rows[-1].kind == CHAPTER and draw(st.integers(0, 9)) == 0:
            number, last = "", last - 1
            title = draw(_PLAIN)
        rows.append(draw(_details(Row(CHAPTER, title, number), layout.dates)))
        if layout.see_also and draw(st.integers(0, 6)) == 0:
            rows.append(draw(_see_also()))
    return rows


@st.composite
def _details(draw: st.DrawFn, row: Row, dates: bool) -> Row:
    beside = draw(st.sampled_from(("", "", "", "note", "publisher", "date" if dates else "")))
    status = draw(st.sampled_from(("", "", "", "New", "Updated")))
    if beside == "note":
        return replace(row, status=status, note=draw(st.sampled_from(_NOTES)))
    if beside == "publisher":
        return replace(row, status=status, publisher=draw(st.sampled_from(_PUBLISHERS)))
    if beside == "date":
        printed, date = draw(st.sampled_from(_DATES))
        return replace(row, status=status, date=date, printed=printed)
    return replace(row, status=status)


@st.composite
def _see_also(draw: st.DrawFn) -> Row:
    row = Row(SEE_ALSO, draw(_PLAIN) + draw(st.sampled_from(("", " (HBV)", ": Advice July 2014"))))
    return draw(_details(row, dates=False))


# --- text -----------------------------------------------------------------------------------------------------


def _behind(row: Row) -> str:
    """What a row prints behind its title, apart from flag and date."""
    return (f" - {row.note}" if row.note else "") + (f" ({row.publisher})" if row.publisher else "")


def _words(row: Row) -> str:
    front = "See also: " if row.kind == SEE_ALSO else ""
    return f"{front}{row.title}{_behind(row)}"


def _classic_row(row: Row) -> str:
    start = f"{row.number} " if row.number else f"{NBSP} "
    return f"{start}{_words(row)} {row.status or NBSP}"


def _quick_links(rows: Sequence[Row]) -> Iterator[str]:
    yield from ("Quick Links:", "Click on the title to jump to the Section you require:", "")
    yield from (f"  {n}. {row.title}" for n, row in enumerate((row for row in rows if row.kind == SECTION), 1))


def classic(rows: Sequence[Row]) -> str:
    """ "1. Section"; "1.1", blank line, title; "1.1.1 Title" then a flag or a no-break space."""
    lines = ["Northwick Children's Services Procedures Manual", "", "July 2017", "", *_quick_links(rows)]
    for row in rows:
        if row.kind == SECTION:
            lines += ["", "", f"{row.number}. {row.title}", ""]
        elif row.kind == SUBSECTION and row.number:
            lines += ["", f"{NBSP} {NBSP}", "", row.number, "", row.title, "", NBSP]
        elif row.kind == SUBSECTION:
            lines += ["", "", "", row.title, ""]
        elif row.publisher and not row.note and not row.status:
            lines += [f"{row.number or NBSP} {_words(replace(row, publisher=''))}", f"({row.publisher})", NBSP]
        else:
            lines.append(_classic_row(row))
    return "\n".join([*lines, "", "End"])


def inline(rows: Sequence[Row]) -> str:
    """As classic, with each subsection's number and title on one line, and no Quick Links."""
    lines = ["Contents", ""]
    for row in rows:
        if row.kind == SECTION:
            lines += ["", f"{row.number}. {row.title}", ""]
        elif row.kind == SUBSECTION:
            lines += ["", f"{row.number} {row.title}", ""]
        else:
            lines.append(_classic_row(row))
    return "\n".join(lines)


def pipe(rows: Sequence[Row]) -> str:
    """ "| 1.1.1 | T | New | |"; the first row of a table has no leading bar and is split over lines."""
    lines = ["Northwick Contents |", "Quick Links:"]
    broken = True
    for row in rows:
        if row.kind == SECTION:
            lines.append(f"{row.number}. {row.title}")
        elif broken or row.kind == SUBSECTION:
            lines += [f"{row.number} |", f"{_words(row)} |", f"{row.status} |" if row.status else "||"]
        else:
            lines.append(f"| {row.number} | {_words(row)} | {row.status + ' | ' if row.status else '|'}|")
        broken = row.kind == SECTION
    return "\n".join(lines)


def bare_pipe(rows: Sequence[Row]) -> str:
    """No leading bar at all."""
    lines = ["Northwick Contents", ""]
    for row in rows:
        lines.append(
            f"{row.number}. {row.title}" if row.kind == SECTION else f"{row.number} | {_words(row)} | {row.status} | "
        )
    return "\n".join(lines)


def _glued(row: Row) -> str:
    apart = row.printed[:1].isdigit() or (row.status and row.printed == "September 2016")
    flag = row.status + (" " if apart else "")
    return f"{row.number}{_words(row)}{'' if row.note or row.publisher else flag}{row.printed}" + (
        f" {row.status}" if row.status and (row.note or row.publisher) else ""
    )


def dash(rows: Sequence[Row]) -> str:
    """ "- 1.0.1TitleDate", section "1.Title"."""
    lines = ["Skip to content", "Contents", "Quick Links:"]
    lines += [f"{row.number}." for row in rows if row.kind == SECTION]
    for row in rows:
        if row.kind == SECTION:
            lines.append(f"{row.number}.{row.title}")
        else:
            lines.append(f"{row.number}{row.title}" if row.kind == SUBSECTION else f"- {_glued(row)}")
    return "\n".join(lines)


def ordered(rows: Sequence[Row]) -> str:
    """ "  1. 1.1.1TitleFebruary 12, 2025"; a flag and its date may stand on indented lines of their own."""
    lines, n = ["Contents", "", "Quick Links:", ""], 0
    for row in rows:
        if row.kind == SECTION:
            lines += ["", f"{row.number}. {row.title}", ""]
        elif row.kind == SUBSECTION:
            lines += ["", f"{row.number}{row.title}", ""]
            n = 0
        else:
            n += 1
            apart = row.status and row.printed
            lines.append(f"  {n}. {row.number}{_words(row)}" if apart else f"  {n}. {_glued(row)}")
            lines += [f"    {row.status}", f"    {row.printed}"] if apart else []
    return "\n".join([*lines, "", "Last Updated: April 14, 2026", "", "v85"])


def caption(rows: Sequence[Row]) -> str:
    """ "CAPTION: …", chapters without numbers."""
    lines = [
        "Northwick SCB logo",
        "",
        "NorthwickSafeguarding Children Board Procedures Manual",
        "",
        *_quick_links(rows),
    ]
    for row in rows:
        if row.kind == SECTION:
            lines += ["", f"{row.number}. {row.title}", "", f"CAPTION: {row.title}"]
        else:
            lines.append(_classic_row(row))
    return "\n".join(lines)


def indent(rows: Sequence[Row]) -> str:
    """Leading blanks are the only sign of a row, and a section's first row has none."""
    lines, first = [NBSP, *_quick_links(rows)], False
    for row in rows:
        if row.kind == SECTION:
            lines += ["", f"{row.number}. {row.title}", ""]
        else:
            lines.append(_classic_row(row)[2 if first else 0 :])
        first = row.kind == SECTION
    return "\n".join(lines)


def bullets(rows: Sequence[Row]) -> str:
    """ "  • Title", headings end in a colon."""
    lines = [
        "Contents List",
        "",
        "This is a sample manual made to show how a full one would look.",
        "",
        "Untitled Document",
    ]
    for n, row in enumerate(rows):
        if row.kind == SECTION:
            lines += ["", f"{row.title}:", ""]
        else:
            lines += ["", ""] if n % 5 == 4 else []
            lines.append(f"  • {_words(row)}{' ' + row.status if row.status else ''}")
    return "\n".join(lines)


def part(rows: Sequence[Row]) -> str:
    """ "PART B1: T", then chapters "1. Title" that restart in each part."""
    lines = ["Skip to main content", "", "Part B: Guides for Practice", ""]
    for row in rows:
        if row.kind == SECTION:
            lines += ["", f"{row.number}: {row.title}", "", f"Caption: contents {row.number}"]
        else:
            lines.append(f"{row.number}. {_words(row)} {row.status or NBSP}")
    return "\n".join(lines)


def glued(rows: Sequence[Row]) -> str:
    """ "1.1Title", "TitleUpdated February 2017", "NEW", "– Updated"."""
    lines = []
    for n, row in enumerate(rows):
        if row.kind == SECTION:
            lines += ["", f"{row.number}. {row.title}", ""]
        elif row.status and not row.printed:
            flag = (
                ("NEW", "– New", "New")[n % 3] if row.status == "New" else ("– Updated", "UPDATED", "(Updated)")[n % 3]
            )
            lines.append(f"{row.number}{_words(row)} {flag}")
        else:
            lines.append(_glued(row))
    return "\n".join(lines)


def dash_number(rows: Sequence[Row]) -> str:
    """ "- 2.1 Title"; headings without numbers."""
    lines = ["These pages rest on the statutory guidance and on the law."]
    for row in rows:
        lines.append(
            row.title
            if row.kind == SECTION
            else f"- {row.number} {_words(row)}{' ' + row.status if row.status else ''}"
        )
    return "\n".join(lines)


# --- mark-up --------------------------------------------------------------------------------------------------

_TOP = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title><script>var x = "<p>1.1 No</p>";</script></head><body>'
_NAV = '<nav><a href="index.html">Home</a> <ul><li><a href="amendments.html">Amendments</a></li></ul></nav>'


def _page(parts: Sequence[str]) -> str:
    return "\n".join([_TOP, _NAV, *parts, "<footer>tri.x procedures</footer></body></html>"])


def _link(row: Row, number: bool = False) -> str:
    front = "See also: " if row.kind == SEE_ALSO else ""
    words = f"{row.number} {row.title}" if number and row.number else row.title
    return f'{front}<a href="chapters/p.html">{escape(words)}</a>{escape(_behind(row))}'


def _flag(row: Row, n: int) -> str:
    styles = (
        '<span class="flag">{}</span>',
        '<img src="f.gif" alt="{}">',
        "<sup>{}</sup>",
        "<em>{}</em>",
        "<strong>({})</strong>",
    )
    return styles[n % len(styles)].format(row.status) if row.status else ""


def _date(row: Row) -> str:
    return f'<span class="date">{row.printed}</span>' if row.printed else ""


def _heading(row: Row) -> str:
    level = 2 if row.kind == SECTION else 3
    dot = (
        "."
        if row.number and row.kind == SECTION and row.number.isdigit()
        else ":"
        if row.number.startswith("PART")
        else ""
    )
    return f"<h{level}>{row.number}{dot} {escape(row.title)}</h{level}>"


def html_tables(rows: Sequence[Row]) -> str:
    """A table for each section: number, title and flag in cells."""
    parts, open_table = ["<h1>Northwick Children's Services Procedures Manual</h1>"], False
    for n, row in enumerate(rows):
        if row.kind == SECTION:
            parts += ["</table>"] * open_table + [_heading(row), "<table><caption>contents</caption>"]
            open_table = True
        elif row.kind == SUBSECTION:
            parts.append(
                f"<tr><td><strong>{row.number or '&nbsp;'}</strong></td><td colspan=2><h3>{escape(row.title)}</h3></td></tr>"
            )
        else:
            cells = (row.number or "&nbsp;", _link(row), f"{_flag(row, n)}{_date(row)}" or "&nbsp;")
            parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return _page([*parts, "</table>"])


def html_layout(rows: Sequence[Row]) -> str:
    """Paragraphs within cells, headings in bold within the one table, and that within a table that lays out the page."""
    parts = [
        '<table width="100%"><tr><td class="menu"><ul><li><a href="/">Home</a></li></ul></td><td>',
        "<p><b>Contents</b></p><table>",
    ]
    for n, row in enumerate(rows):
        if row.kind in (SECTION, SUBSECTION):
            dot = "." * (row.kind == SECTION)
            parts.append(f"<tr><th><p>{row.number}{dot}</p></th><th><p>{escape(row.title)}</p></th><th></th></tr>")
        else:
            cells = (row.number or "&nbsp;", _link(row), _flag(row, n) or "&nbsp;")
            parts.append("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in cells) + "</tr>")
    return _page([*parts, "</table></td></tr></table>"])


def html_lists(rows: Sequence[Row]) -> str:
    """Headings and lists, the numbers in elements of their own."""
    parts, open_list = [], False
    for n, row in enumerate(rows):
        if row.kind in (SECTION, SUBSECTION):
            parts += ["</ol>"] * open_list
            parts += [_heading(row)]
            open_list = False
        else:
            parts += ["<ol>"] * (not open_list)
            number = f'<span class="no">{row.number}</span>' if row.number else ""
            parts.append(f"<li>{number}{_link(row)}{_flag(row, n)}{_date(row)}</li>")
            open_list = True
    return _page([*parts, "</ol>"])


def html_lines(rows: Sequence[Row]) -> str:
    """Lines parted by <br> in one cell; number and title within the link; headings bold."""
    parts = ["<table><tr><td>"]
    for n, row in enumerate(rows):
        if row.kind in (SECTION, SUBSECTION):
            parts.append(f"<br><b>{row.number}{'.' * (row.kind == SECTION)} {escape(row.title)}</b><br>")
        else:
            parts.append(f"{_link(row, number=True)} {_flag(row, n)}{_date(row)}<br>")
    return _page([*parts, "</td></tr></table>"])


def html_accordion(rows: Sequence[Row]) -> str:
    """Sections folded behind buttons, each chapter a row of boxes."""
    parts = ["<h1>Contents</h1>"]
    for n, row in enumerate(rows):
        if row.kind in (SECTION, SUBSECTION):
            level = 2 if row.kind == SECTION else 3
            words = f"{row.number}{'.' * (row.kind == SECTION)} {escape(row.title)}"
            hint = '<span class="sr-only">Show</span>'
            parts.append(f'<h{level}><button type="button" aria-expanded="false">{words} {hint}</button></h{level}>')
        else:
            parts.append(f"<div class=row><p>{row.number} {_link(row)} {_flag(row, n)}{_date(row)}</p></div>")
    return _page(parts)


def html_nested(rows: Sequence[Row]) -> str:
    """Lists nested in lists."""
    parts, depth = [], 0
    for n, row in enumerate(rows):
        target = {SECTION: 1, SUBSECTION: 2}.get(row.kind) or (3 if rows[n].level == 3 else 2)
        if row.kind == SEE_ALSO:
            target = max(depth, 2)
        parts += ["<ul>"] * (target - depth) + ["</ul>"] * (depth - target)
        depth = target
        heading = row.kind in (SECTION, SUBSECTION)
        dot = "." * (row.kind == SECTION)
        words = (
            f"{row.number}{dot} {escape(row.title)}"
            if heading
            else f"{_link(row, number=True)} {_flag(row, n)}{_date(row)}"
        )
        parts.append(f"<li>{words}</li>")
    return _page([*parts, *["</ul>"] * depth])


LAYOUTS = [
    Layout("classic", classic, see_also=True, plain_chapters=True, plain_subsections=True),
    Layout("inline", inline, see_also=True, plain_chapters=True),
    Layout("two-level", classic, depth=2, see_also=True, plain_chapters=True),
    Layout("pipe", pipe, gaps=False),
    Layout("bare pipe", bare_pipe, see_also=True),
    Layout("dash", dash, dates=True),
    Layout("ordered", ordered, dates=True),
    Layout("caption", caption, depth=0, see_also=True),
    Layout("indent", indent, depth=0),
    Layout("bullets", bullets, depth=0, sections="plain"),
    Layout("part", part, depth=1, sections="part"),
    Layout("glued", glued, depth=2, dates=True),
    Layout("dash-number", dash_number, depth=2, sections="plain"),
    Layout(
        "html tables", html_tables, dates=True, see_also=True, plain_chapters=True, plain_subsections=True, html=True
    ),
    Layout("html tables, no numbers", html_tables, depth=0, dates=True, html=True),
    Layout("html layout", html_layout, see_also=True, html=True),
    Layout("html lists", html_lists, dates=True, see_also=True, html=True),
    Layout("html lists, parts", html_lists, depth=1, sections="part", html=True),
    Layout("html lists, no numbers", html_lists, depth=0, sections="plain", html=True),
    Layout("html lists, plain headings", html_lists, depth=2, sections="plain", html=True),
    Layout("html lines", html_lines, see_also=True, html=True),
    Layout("html accordion", html_accordion, see_also=True, html=True),
    Layout("html nested", html_nested, see_also=True, html=True),
]
