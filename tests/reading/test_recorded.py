"""Which rows of a page are records of a table or have details, and what is around them."""

from __future__ import annotations

import pytest

from procman.reading.line import Line
from procman.reading.recorded import RecordedRows
from procman.reading.rows import Row


def page(text: str) -> RecordedRows:
    """Rows divided by slashes: "+" with a date, "|" of a table with cells, "_" set in, "@" a link, "#" a number; an empty one is a blank line."""
    lines: list[Line] = []
    rows: list[Row] = []
    blanks = 0
    for i, words in enumerate(text.split("/")):
        title = words.lstrip("+_@#")
        cells = tuple(title.split("|")) if "|" in title else ()
        line = Line(i, title.replace("|", " ").strip(), cells=cells, tag="tr" if cells else "")
        lines.append(line)
        if not line.text:
            blanks += 1
            if rows:
                rows[-1].blanks_after += 1
            continue
        row = Row(line, [i], title=line.text, blanks_before=blanks, set_in="_" in words[:2])
        row.date, row.href = "2024-05" * ("+" in words[:2]), "x" * ("@" in words[:2])
        row.number, row.levels = ("1", (1,)) if "#" in words[:2] else ("", ())
        rows.append(row)
        blanks = 0
    return RecordedRows(rows, lines)


@pytest.mark.parametrize(
    ("text", "in_table"),
    [
        ("A|1/B|2/C|3/D|4", True),
        ("A|1/B|2/C|3", False),
        ("A|1/B|2/C|3/D|4/E/F/G", True),
        ("A|1/B|2/C|3/D|4/E/F/G/H", False),
    ],
)
def test_most_rows_are_in_a_table(text: str, in_table: bool) -> None:
    found = page(text)
    assert found.in_table is in_table
    assert found.records == ({0, 1, 2, 3} if in_table else set())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("+A/+B/+C/+D", True),
        ("+A/+B/+C/D", False),
        ("+A/+B/+C/+D/E/F/G/H/I/J/K", True),  # more than a third of all
        ("+A/+B/+C/+D/E/F/G/H/I/J/K/L", False),
        ("+A/B/+C/D/+E/F/+G", True),  # more than half of those from the first to the last
        ("+A/B/+C/D/+E/F/G/+H", False),
        ("X/+A/B/+C/D/+E/F/+G", True),
    ],
)
def test_most_rows_have_details(text: str, told: bool) -> None:
    assert page(text).mostly_told is told


def test_a_row_of_a_table_with_its_first_cell_alone_is_no_record_on_a_page_without_numbers() -> None:
    assert page("Part|/A|1/B|2/C|3/D|4").records == {1, 2, 3, 4}
    assert page("Part|/#A|1/B|2/C|3/D|4").records == {0, 1, 2, 3, 4}


def test_the_last_row_of_a_list_is_set_in_a_link_numbered_or_of_a_table() -> None:
    assert page("A/B/C").last_listed == -1
    assert [page(f"A/{mark}B/C").last_listed for mark in ("_", "@", "#")] == [1, 1, 1]
    table = page("A|1/B|2/C|3/D|4/Tel")
    assert table.last_listed == 3
    assert [table.below_records(k) for k in (3, 4)] == [False, True]
    assert not page("_A/B").below_records(1)


def test_the_name_of_a_table_is_above_its_head_where_several_tables_have_one() -> None:
    one = page("Team/Policy|Date/A|1/B|2/C|3/D|4")
    assert one.below_head == 1
    several = page("Team/Homes/Policy|Date/A|1/B|2/C|3/D|4//Teams/Policy|Date/E|5/F|6")
    assert several.below_head == 1
    apart = page("Team/Homes//Policy|Date/A|1/B|2/C|3/D|4/Policy|Date/E|5/F|6")
    assert apart.below_head == 2


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Homes/+A/+B/Teams/+C/+D", {0, 3}),
        ("Homes/+A/+B/_Teams/+C/+D", {0}),
        ("Our Policies/+A/+B/Teams/+C/+D", set()),
        ("Homes//+A/+B/Teams/+C/+D", set()),  # apart, as no other is: the page's own name
        ("Homes//+A/+B/Teams//+C/+D", {0, 3}),
        ("X/Homes/+A/+B//Teams/+C/+D/Law/+E/+F", {1, 4}),  # only those with a blank line above, if one has
        ("X/Homes/+A/+B/Teams/How they meet each other every week in term./+C/+D", {1, 4}),
    ],
)
def test_rows_with_nothing_beside_them_above_records_are_headings(text: str, heads: set[int]) -> None:
    assert page(text).bare_heads == heads
