"""Splitting pages, text and HTML, into lines."""

from __future__ import annotations

from contextlib import suppress

import pytest

from procman.errors import PageError
from procman.reading.line import Line, squeeze
from procman.reading.text import _first_page_numbers, _page_numbers, lines_of
from tests.work import at_most


def texts(page: str) -> list[str]:
    return [line.text for line in lines_of(page, html=True)]


def one(page: str) -> Line:
    (line,) = lines_of(page, html=True)
    return line


# --- text -----------------------------------------------------------------------------------------------------


def test_every_source_line_is_a_line() -> None:
    lines = lines_of("1. A\r\n\r\n  \xa0 1.1 B\u200e \r1.2\tC\n\n", html=False)
    assert [(line.line, line.indent, line.text) for line in lines] == [
        (1, 0, "1. A"),
        (2, 0, ""),
        (3, 4, "1.1 B"),
        (4, 0, "1.2 C"),
        (5, 0, ""),
    ]


@pytest.mark.parametrize("page", ["[ ](x)", "> [ ](x)"])
def test_a_link_without_words_is_an_empty_line(page: str) -> None:
    (line,) = lines_of(page, html=False)
    assert (line.text, line.href) == ("", "x")


@pytest.mark.parametrize("page", ["a ****** b", "a [ ](x) b", "[ a](x)  b", "a ** ** b"])
def test_marks_taken_out_leave_no_double_blank(page: str) -> None:
    (line,) = lines_of(page, html=False)
    assert line.text == "a b"


@pytest.mark.parametrize("mark", ["•", "-", "–", "*", "▪", "+"])
def test_bullets_come_off(mark: str) -> None:
    (line,) = lines_of(f"  {mark} Consent", html=False)
    assert (line.marker, line.text, line.row) == (mark, "Consent", True)


def test_ordinals_come_off_only_before_a_number() -> None:
    first, second = lines_of("  1. 1.1.1Consent\n  2. Consent", html=False)
    assert (first.marker, first.text) == ("1.", "1.1.1Consent")
    assert (second.marker, second.text) == ("", "2. Consent")


@pytest.mark.parametrize(
    ("row", "cells", "number"),
    [
        ("| 1.1.1 | Consent | New | |", ("1.1.1", "Consent", "New", ""), "1.1.1"),
        ("1.1.1 | Consent | |", ("1.1.1", "Consent", ""), "1.1.1"),
        ("1.1 |", ("1.1",), "1.1"),
        ("Consent |", ("Consent",), ""),
        ("|  | See also: Consent | | |", ("", "See also: Consent", "", ""), ""),
    ],
)
def test_bars_make_cells(row: str, cells: tuple[str, ...], number: str) -> None:
    line = lines_of(f"{row}\n||\n|---|---|", html=False)[0]
    assert (line.cells, line.number, line.tag) == (cells, number, "tr")
    assert line.text == " ".join(cell for cell in cells if cell)


def test_a_few_bars_are_words() -> None:
    (line,) = lines_of("Consent | Northwick", html=False)
    assert (line.text, line.cells) == ("Consent | Northwick", ())


def test_markdown() -> None:
    heading, item = lines_of("## 1. Every Child\n* [1.1 Consent](https://example.org/c) **Updated**", html=False)
    assert (heading.heading, heading.text) == (2, "1. Every Child")
    assert (item.text, item.href, item.after) == ("1.1 Consent Updated", "https://example.org/c", "**Updated**")


def test_squeeze_drops_what_is_not_seen() -> None:
    assert squeeze("\u202b1.1\xa0\x07Con\xadsent\u200b\u2009 ") == "1.1 Consent"


# --- HTML -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "<td>1.1</td><td><a href='c.html'>Consent</a></td><td>New</td>",
        "<td><p>1.1</p></td><td><p><a href='c.html'>Consent</a></p></td><td><p><em>New</em></p></td>",
        "<td><strong>1.1</strong></td><td><a href='c.html'>Consent</a><br></td><td><img src='n.gif' alt='New'></td>",
        "<th>1.1&nbsp;</th><td><a href='c.html'><span>Consent</span></a><sup>New</sup></td>",
        "<td>1.1</td><td><div><a href='c.html'>Consent</a></div></td><td><font color=red>New</font></td><td>&nbsp;</td>",
    ],
)
def test_rows_of_a_table(row: str) -> None:
    line = one(f"<table><tr>{row}</tr></table>")
    assert (line.text, line.number, line.href, line.tag) == ("1.1 Consent New", "1.1", "c.html", "tr")


@pytest.mark.parametrize(
    "item",
    [
        "<span class=no>1.1</span><a href=c>Consent</a><span>New</span>",
        "<a href=c><span>1.1</span><span>Consent</span></a><b>New</b>",
        "<a href=c>1.1 Consent</a> New",
        "1.1 <a href=c>Consent</a><sup>New</sup>",
    ],
)
def test_items_of_a_list(item: str) -> None:
    line = one(f"<ul><li>{item}</li></ul>")
    assert (line.text, line.href, line.marker, line.indent) == ("1.1 Consent New", "c", "•", 0)


def test_lists_in_lists_are_set_in() -> None:
    lines = lines_of("<ul><li>A<ul><li>B<ol><li>C</ol></ul><li>D</ul>", html=True)
    assert [(line.text, line.indent) for line in lines] == [("A", 0), ("B", 2), ("C", 4), ("D", 0)]


def test_a_date_is_glued_to_the_title_as_in_copied_text() -> None:
    assert texts("<li><a href=c>Consent</a><span>May 2024</span>") == ["ConsentMay 2024"]
    assert texts("<tr><td>1.1</td><td>Consent</td><td>May 7, 2024</td></tr>".join(["<table>", "</table>"])) == [
        "1.1 ConsentMay 7, 2024"
    ]
    assert texts("<li><a href=c>Section 47</a><span>7 May 2024</span>") == ["Section 47 7 May 2024"]


def test_breaks_and_blocks_end_lines() -> None:
    page = (
        "<body><table><tr><td>1. A<br>1.1 B<br/><br>1.2 C</td></tr></table><div>D<p>E</p>F</div><dl><dt>1.3<dd>G</dl>"
    )
    assert texts(page) == ["1. A", "1.1 B", "1.2 C", "D", "E", "F", "1.3", "G"]


def test_tables_that_lay_out_the_page_are_opened() -> None:
    page = (
        "<table><tr><td><ul><li>Menu</li></ul></td><td><table><tr><td>1.1</td><td>A</td></tr></table></td></tr></table>"
    )
    assert texts(page) == ["Menu", "1.1 A"]


@pytest.mark.parametrize(
    "page",
    [
        "<nav>1.1 A</nav>",
        "<footer>1.1 A</footer>",
        "<div role=navigation>1.1 A</div>",
        "<div class='site-footer'>1.1 A</div>",
        "<ul class='breadcrumb'><li>1.1 A</ul>",
        "<div id=cookie-banner>1.1 A</div>",
        "<button>Search</button>",
        "<form>1.1 A</form>",
    ],
)
def test_what_surrounds_the_contents_is_set_aside(page: str) -> None:
    assert one(page).ignored


@pytest.mark.parametrize(
    "page",
    [
        "<div class='footer-less navbarless'>1.1 A</div>",
        "<body class='has-nav'>1.1 A</body>",
        "<h2><button>1.1 A</button></h2>",
        "<button aria-expanded=false>A</button>",
        "<button>1.1 A</button>",
    ],
)
def test_what_only_looks_so_is_not(page: str) -> None:
    assert not one(page).ignored


def test_unseen_words_are_dropped_but_not_flags() -> None:
    page = "<li><a href=c>Consent</a> <span class='sr-only'>(opens in a new tab)</span><b style='display: none'>x</b><i hidden>y</i></li>"
    assert texts(page) == ["Consent"]
    assert texts("<li>Consent <span class=visually-hidden>Updated</span>") == ["Consent Updated"]
    assert texts("<script>1.1</script><style>1.2</style><!-- 1.3 --><p>1.4 <?php x ?>A") == ["1.4 A"]


def test_headings_and_what_folds() -> None:
    page = "<h2><span>1.</span>A</h2><details><summary>1.1 B</summary></details><button aria-controls=x>1.2 C</button><p>1.3 D"
    assert [(line.text, line.heading) for line in lines_of(page, html=True)] == [
        ("1. A", 2),
        ("1.1 B", 6),
        ("1.2 C", 6),
        ("1.3 D", 0),
    ]


def test_source_lines() -> None:
    page = "<html>\n<body>\n<h2>1. A</h2>\n<ul>\n<li>1.1\nB</li>\n<li>1.2 C</li></ul>"
    assert [(line.line, line.text) for line in lines_of(page, html=True)] == [(3, "1. A"), (5, "1.1 B"), (7, "1.2 C")]


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<ul><li>", "<b>"])
def test_mark_up_nested_too_deep_is_refused_quickly(opening: str) -> None:
    with at_most(20), pytest.raises(PageError, match="nested more than 255 levels deep"):
        lines_of(opening * 100_000 + "1.1 A", html=True)


@pytest.mark.parametrize(
    "page", ["<", "<>", "<p", "</p></p>", "<!DOCTYPE html>", "<!--", "&#0;&#x110000;", "<p>\ud800</p>", "\x00"]
)
def test_broken_mark_up_is_read_or_refused(page: str) -> None:
    with suppress(PageError):
        lines_of(page, html=True)


@pytest.mark.parametrize("end", ["\v", "\f", "\x85", "\u2028", "\u2029"])
def test_unusual_line_ends_end_lines_but_count_only_where_there_are_no_others(end):
    assert [(line.line, line.text) for line in lines_of(f"1. All{end}1.1 Consent{end}", html=False)] == [
        (1, "1. All"),
        (2, "1.1 Consent"),
    ]
    assert [(line.line, line.text) for line in lines_of(f"1. All{end}1.1 Consent\n{end}1.2 Records\n", html=False)] == [
        (1, "1. All"),
        (1, "1.1 Consent"),
        (2, "1.2 Records"),
    ]


def test_titles_that_end_in_numbers_are_no_column_of_page_numbers():
    rows = ["1.1 Working Together   2023", "1.2 Form   101", "1.3 Regulation   44"]
    assert [line.text for line in lines_of("\n".join(rows), html=False)] == [" ".join(row.split()) for row in rows]


BIG = "x" * 11_000_000


@pytest.mark.parametrize(
    "token",
    [f"<img src='data:{BIG}'>", f"<script>{BIG}</script>", f"<!--{BIG}-->", f"<style>{BIG}</style>"],
    ids=["an embedded picture", "a script", "a comment", "a style"],
)
def test_nothing_behind_a_very_long_token_is_lost(token: str) -> None:
    assert texts(f"<p>1.1 A</p>{token}<p>1.2 B</p>") == ["1.1 A", "1.2 B"]


ROWS = "".join(f"<li><a href=/{n}>1.{n} Title</a></li>" for n in range(1, 7))
TITLES = [f"1.{n} Title" for n in range(1, 7)]


def counted(page: str) -> list[str]:
    """The lines that are not set aside."""
    return [line.text for line in lines_of(page, html=True) if not line.ignored]


@pytest.mark.parametrize(
    "page",
    [
        f"<div><ul><li><a href=/bins>Bins</a></ul></div><main><ul>{ROWS}</ul></main><div><h2>Related</h2></div>",
        f"<div role=main><ul>{ROWS}</ul></div><div><p>Town Hall</p></div>",
        f"<ul><li><a href='#c'>Skip to content</a></ul><ul><li><a href=/bins>Bins</a></ul><div id=c><ul>{ROWS}</ul></div><p>Tel: 1</p>",
        f"<main><ul>{ROWS}</ul><div class=page-share><h2>Share</h2></div><div class='gem-c-feedback'><h2>Useful?</h2></div></main>",
        f"<form id=aspnetForm><ul>{ROWS}</ul></form>",
        f"<nav><a href=/>Home</a></nav><main><p></p><nav role=doc-toc><ol>{ROWS}</ol></nav></main>",
        f"<main><p><a href='#a'>A</a> | <a href='#b'>B</a></p><ul>{ROWS}</ul></main>",
    ],
    ids=["main", "its role", "where the skip link leads", "share", "a form round all", "contents in nav", "jumps"],
)
def test_what_stands_around_the_list_is_set_aside_and_the_list_never(page: str) -> None:
    assert counted(page) == TITLES


def test_a_main_part_with_hardly_a_row_is_not_the_list() -> None:
    assert counted(f"<main><p>Welcome</p></main><ul>{ROWS}</ul>") == ["Welcome", *TITLES]


@pytest.mark.parametrize(
    "panel",
    [
        f"<button aria-controls=p aria-expanded=false>1. A</button><div id=p hidden><ul>{ROWS}</ul></div>",
        f"<h2><a href='#p'>1. A</a></h2><div id=p style='display: none'><ul>{ROWS}</ul></div>",
        f"<h2>1. A</h2><div role=tabpanel hidden><ul>{ROWS}</ul></div>",
        f"<h2>1. A</h2><div class='accordion-panel' aria-hidden=true><ul>{ROWS}</ul></div>",
    ],
)
def test_a_hidden_panel_that_opens_is_read(panel: str) -> None:
    assert texts(panel) == ["1. A", *TITLES]


def test_what_is_hidden_for_good_is_not_read() -> None:
    page = "<p>1.1 A<span aria-hidden=true> / </span></p><div hidden><p>Draft</p></div><p><i class=icon aria-hidden=true>+</i>1.2 B</p>"
    assert texts(page) == ["1.1 A", "1.2 B"]


def test_lists_of_word_have_marks_and_levels() -> None:
    row = "<p style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;</span></span><a href=a>A</a></p>"
    found = lines_of(row.format(1, "·") + row.format(2, "o") + row.format(1, "1.1"), html=True)
    assert [(line.marker, line.indent, line.text) for line in found] == [("·", 2, "A"), ("o", 4, "A"), ("", 2, "1.1 A")]


def test_lists_of_google_docs_are_as_deep_as_they_say() -> None:
    page = "<ul class='lst-kix_ab-0'><li>A</ul><ul class='lst-kix_ab-1'><li>B</ul><ul class='lst-kix_ab-0'><li>C</ul>"
    assert [(line.text, line.indent) for line in lines_of(page, html=True)] == [("A", 0), ("B", 2), ("C", 0)]


def test_an_item_is_a_row_whatever_block_its_words_stand_in() -> None:
    found = lines_of("<ul><li><div><a href=a>A</a></div><p>About A.</p><ul><li><p>B</p></ul></ul>", html=True)
    assert [(line.marker, line.indent, line.text) for line in found] == [
        ("•", 0, "A"),
        ("", 0, "About A."),
        ("•", 2, "B"),
    ]


def test_preformatted_lines_stay_lines() -> None:
    found = lines_of("<pre>\n<b>1. A</b>\n\n   1.1   <a href=b>B</a>      NEW\n</pre><p>C</p>", html=True)
    assert [(line.line, line.indent, line.text) for line in found] == [(2, 0, "1. A"), (4, 3, "1.1 B NEW"), (5, 0, "C")]


def test_a_term_above_links_is_a_heading_and_one_with_a_link_a_row() -> None:
    found = lines_of("<dl><dt>A<dd><a href=b>B</a><dt><a href=c>C</a><dd>About C.</dl>", html=True)
    assert [(line.heading, line.text) for line in found] == [(6, "A"), (0, "B"), (0, "C"), (0, "About C.")]


def test_captions_head_tables_that_nothing_else_heads() -> None:
    tables = "<table><caption>A</caption><tr><td>B</table>{}<table><caption>C</caption><tr><td>D</table>"
    assert [line.heading for line in lines_of(tables.format(""), html=True)] == [6, 0, 6, 0]
    assert [line.heading for line in lines_of(tables.format("<h2>E</h2>"), html=True)] == [6, 0, 2, 0, 0]


def test_the_head_of_a_table_is_set_aside() -> None:
    page = "<table><thead><tr><th>Document<th>Date</thead><tr><td>A<td>01/02/2024<tr><th>B<th><tr><th>1.<th>C</table>"
    assert counted(page) == ["A 01/02/2024", "B", "1. C"]


def test_a_last_column_of_page_numbers_is_left_out() -> None:
    rows = "".join(f"<tr><td>1.{n}<td>Title {n}<td>{{}}" for n in range(1, 6))
    pages = f"<table>{rows}</table>"
    assert texts(pages.format(3, 3, 5, 9, 12)) == [f"1.{n} Title {n}" for n in range(1, 6)]
    assert texts(pages.format(3, 9, 5, 2, 12))[0] == "1.1 Title 1 3"


def test_the_head_of_each_printed_page_is_set_aside_with_its_foot():
    foot = "Fell Procedures – Contents            Page {} of 2"
    page = f"1 All\n1.1 Fire\n\n{foot.format(1)}\n\nFell Procedures – Contents\n1.2 Meals\n\n{foot.format(2)}\n"
    assert [line.text for line in lines_of(page, html=False) if line.text and not line.ignored] == [
        "1 All",
        "1.1 Fire",
        "1.2 Meals",
    ]


def test_a_line_with_the_page_s_name_and_a_page_s_number_behind_a_gap_is_a_foot():
    page = "Dunmere Homes\n\n1 Care\n1.1 Fire\n1.2 Meals\n\nDunmere Homes          Page 1\n"
    assert [line.text for line in lines_of(page, html=False) if line.ignored] == ["Dunmere Homes Page 1"]


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ("2 3 5 9", 4),
        ("2 3 5", 0),
        ("2 3 1 1 4 5", 0),  # four of six rise
        ("2 3 1 4 5", 5),  # four of five
        ("2 3 5 9" + " -" * 12, 4),  # a quarter of all lines
        ("2 3 5 9" + " -" * 13, 0),
    ],
)
def test_a_column_of_page_numbers_rises(pages, found):
    raw = [(n, f"Title {chr(65 + n)} ..... {page}" if page != "-" else "Words") for n, page in enumerate(pages.split())]
    assert len(_page_numbers(raw)) == found


@pytest.mark.parametrize(
    ("pages", "head", "found"),
    [
        ("2 4 6 9", False, 4),  # more than two apart on average
        ("2 4 6 8", False, 0),  # they may count
        ("2 4 6 8", True, 4),
        ("1 2 3 4", True, 0),
        ("2 4 9", True, 0),
        ("2 9 6 12", True, 0),
    ],
)
def test_page_numbers_before_titles_do_not_count_them(pages, head, found):
    raw = [(n, f"{page}  Title {chr(65 + n)}") for n, page in enumerate(pages.split())]
    assert len(_first_page_numbers([*([(0, "Page")] if head else []), *raw])) == found


@pytest.mark.parametrize(("titles", "close", "found"), [(7, 4, 4), (8, 4, 0)])
def test_numbers_close_behind_titles_are_pages_where_most_lines_have_one(titles, close, found):
    raw = [(n, f"Title {chr(65 + n)} {n + 2}" if n < close else f"Title {chr(65 + n)}") for n in range(titles)]
    assert len(_page_numbers(raw)) == found


@pytest.mark.parametrize(("different", "found"), [(2, 0), (3, 5)])
def test_numbers_that_tell_equal_titles_apart_are_no_pages(different, found):
    raw = [(n, f"Chapter {'ABCDE'[min(n, different - 1)]} ..... {n + 2}") for n in range(5)]
    assert len(_page_numbers(raw)) == found


def test_emphasis_of_a_whole_line_is_bold():
    page = "__Homes__\n**Rules** and more\n_Visits_\n**All**\n| **A** | **B** | |\n| **A** | b | |\n"
    assert [(line.text, line.strong) for line in lines_of(page, html=False)] == [
        ("Homes", True),
        ("Rules and more", False),
        ("Visits", False),
        ("All", True),
        ("A B", True),
        ("A b", False),
    ]
