"""The lines of an HTML page: what its elements say of the words in them."""

from __future__ import annotations

from typing import Any

import pytest

from procman.reading.markup import html_lines


def read(page: str, *fields: str) -> list[Any]:
    """What each line has in these fields: a value of one field, or a tuple of several."""
    found = [tuple(getattr(line, name) for name in fields or ("text",)) for line in html_lines(page, "page")]
    return [values[0] if len(values) == 1 else values for values in found]


def rows(*cells: object) -> str:
    """Rows of a table: a title and a cell beside it."""
    said = (f"<tr><td><a href='x'>Title</a></td><td>{cell}</td></tr>" for cell in cells)
    return f"<table>{''.join(said)}</table>"


def test_words_behind_the_last_block_are_read() -> None:
    assert read("<p>1. All</p>1.1 Consent") == ["1. All", "1.1 Consent"]


@pytest.mark.parametrize(
    ("cells", "paged"),
    [
        ((1, 1, 2, 9999), 4),
        ((1, 2, 3), 0),
        ((1, 1, 1, 1), 0),
        ((2, 1, 3, 4), 0),
        ((1, 2, 3, 4, 10000), 4),
        ((1, 2, 3, 4, "a", "b", "c"), 4),
        ((1, 2, 3, 4, "a", "b", "c", "d"), 0),
    ],
)
def test_a_last_column_of_numbers_that_never_decrease_has_page_numbers(cells: tuple[object, ...], paged: int) -> None:
    assert sum(read(rows(*cells), "page")) == paged
    assert read(rows(*cells)).count("Title") == paged


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<b>1.1</b>Consent", "1.1 Consent"),
        ("Consent<b>NEW</b>", "Consent NEW"),
        ("<b>NEW</b>Consent", "NEW Consent"),
        ("12<b>13</b>", "12 13"),
        ("Con<b>sent</b>", "Consent"),
    ],
)
def test_a_number_and_a_flag_in_elements_of_their_own_stand_apart(inside: str, text: str) -> None:
    assert read(f"<p>{inside}</p>") == [text]


def test_a_term_above_links_alone_is_a_heading() -> None:
    page = (
        "<dl><dt>Care</dt><dd><a href=a>Consent</a></dd><dd><a href=b>Visits</a></dd><dt>Staff</dt><dd>Rotas</dd>"
        "<dt>Forms</dt><dd><a href=c>Form</a></dd><dd>Map</dd><dt><a href=d>Law</a></dt><dd><a href=d>Acts</a></dd><dt>End</dt></dl>"
    )
    assert [text for text, heading in read(page, "text", "heading") if heading] == ["Care"]
    assert dict(read(page, "text", "heading"))["Care"] == 6


def test_captions_of_several_tables_are_headings_and_that_of_one_is_not() -> None:
    table = "<table><caption>{}</caption><tr><td>Consent</td></tr></table>"
    assert read(table.format("Care") + table.format("Staff"), "text", "heading") == [
        ("Care", 6),
        ("Consent", 0),
        ("Staff", 6),
        ("Consent", 0),
    ]
    assert read(table.format("Care"), "heading") == [0, 0]


def test_the_first_link_of_a_row_is_its_link() -> None:
    row = "<table><tr><td><a href=a>Consent</a> of all</td><td><a href=b>PDF</a></td></tr></table>"
    assert read(row, "text", "href", "after") == [("Consent of all PDF", "a", "of all")]


def test_word_processors_mark_levels_in_classes_and_styles() -> None:
    levels = "<p class='MsoToc1'>Care</p><p class='MsoToc2'>Consent</p><p class='MsoToc3'>Forms</p>"
    assert read(levels + levels, "indent") == [0, 4, 8] * 2  # also where both have the same words on one line
    assert read("<p style='margin-left:36pt'>Care</p><p style='margin-left:72pt'>Consent</p>", "indent") == [0, 5]
    docs = (
        "<ul class='lst-kix_a-0'><li>Care</li></ul><ul class='lst-kix_a-2'><li>Consent</li></ul><ul><li>Forms</li></ul>"
    )
    assert read(docs, "indent") == [0, 4, 0]


def test_links_without_words_between_them_are_lines_where_a_list_has_three() -> None:
    three, two = ("".join(f"<a href={n}>{n}</a>" for n in names) for names in ("abc", "de"))
    assert read(f"<div>{three}</div><div>{two}</div><div><a href=f>f</a></div>") == ["a", "b", "c", "d", "e", "f"]
    assert read(f"<div>{two}</div>") == ["de"]
    assert read(f"<p>{three}</p>") == ["abc"]


def test_a_cell_that_spans_rows_is_their_heading() -> None:
    page = "<table><tr><td rowspan=2>Care</td><td>Consent</td></tr><tr><td>Visits</td></tr></table>"
    assert read(page, "text", "heading") == [("Care", 6), ("Consent", 0), ("Visits", 0)]
    assert read(page.replace("=2", "=1"), "text", "heading")[0] == ("Care Consent", 0)


def test_the_link_of_a_heading_to_its_own_part_is_none() -> None:
    page = "<h4><a href='#c1'>Homes</a></h4><p><a href='#c2'>Rules</a></p><h4><a href='c3'>Visits</a></h4>"
    assert read(page, "text", "href") == [("Homes", ""), ("Rules", "#c2"), ("Visits", "c3")]


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ("<div><b>New</b><h3>Fire</h3></div>", ["Fire New"]),
        ("<div><b>Updated May 2024</b> <h3><a href='f'>Fire</a></h3></div>", ["Fire Updated May 2024"]),
        ("<div>Read: <b>New</b><h3>Fire</h3></div>", ["Read: New", "Fire"]),
        ("<div><b>New</b> carers<h3>Fire</h3></div>", ["New carers", "Fire"]),
        ("<div><i>x</i><b>New</b><h3>Fire</h3></div>", ["x New", "Fire"]),
        ("<div><h2>New</h2><h3>Fire</h3></div>", ["New", "Fire"]),
        ("<div><b>Home</b><h3>Fire</h3></div>", ["Home", "Fire"]),
    ],
)
def test_the_ribbon_that_a_card_begins_with_stands_behind_its_heading(card: str, words: list[str]) -> None:
    assert [line.text for line in html_lines(f"<body>{card}</body>", "page") if line.text] == words
