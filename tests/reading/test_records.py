"""Records of a table: columns that repeat, names of groups, and the words of buttons."""

from __future__ import annotations

import pytest

from procman.reading.furniture import DATE_HEAD, NOTE_HEAD, NUMBER_HEAD, OTHER_HEAD
from procman.reading.line import Line
from procman.reading.records import (
    _aligned,
    _drop_repeats,
    _fits,
    _look,
    _with_ends_read,
    _with_groups_read,
    _with_parts_as_cells,
    _with_references_read,
    _without_buttons,
)


def lines_of(page: str) -> list[Line]:
    return [Line(n, text) for n, text in enumerate(page.split("/"), 1)]


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("Topic : Health (2)/Bail/Diets/Topic : Law (1)/Acts", ["Health", "Law"]),
        ("Topic : Health (3)/Bail/Diets/Topic : Law (2)/Acts", []),
        ("Topic : Health (2)/Bail/Diets/Topic : Law (2)/Acts", []),
        ("Topic : Health (2)/Bail/Diets", []),
        ("Health (2 documents)/Bail", []),
        ("Health (9 documents)/Bail/Law (9 documents)/Acts", ["Health", "Law"]),
    ],
)
def test_a_group_is_a_heading_where_the_numbers_of_rows_are_right(page: str, headings: list[str]) -> None:
    assert [
        line.text.removeprefix("Topic : ") for line in _with_groups_read(lines_of(page)) if line.heading
    ] == headings


@pytest.mark.parametrize(("others", "without"), [(0, True), (6, True), (7, False)])
def test_the_word_of_a_button_goes_where_a_third_of_the_lines_have_it(others: int, without: bool) -> None:
    page = "/".join(
        ["View the Fire Policy", "View Food", "View Milk", *(f"{letter} title" for letter in "ABCDEFG"[:others])]
    )
    read = [line.text for line in _without_buttons(lines_of(page))][:3]
    assert read == (["Fire Policy", "Food", "Milk"] if without else ["View the Fire Policy", "View Food", "View Milk"])


def test_a_button_stands_in_three_lines_before_or_behind() -> None:
    assert [line.text for line in _without_buttons(lines_of("Fire Download/Food Download/Milk Download"))] == [
        "Fire",
        "Food",
        "Milk",
    ]
    assert [line.text for line in _without_buttons(lines_of("Fire Download/Food Download"))] == [
        "Fire Download",
        "Food Download",
    ]


@pytest.mark.parametrize(
    ("column", "dropped"),
    [
        ("AABB", True),
        ("AABC", False),
        ("AABBCC", True),
        ("AABBCD", False),
        ("AABB   ", True),
        ("AABB    ", False),
        ("AAB", False),
    ],
)
def test_of_two_columns_of_words_the_one_that_repeats_is_no_title(column: str, dropped: bool) -> None:
    roles = ["", ""]
    _drop_repeats(roles, [[f"Title {n}" for n in range(len(column))], [cell.strip() for cell in column]])
    assert roles == ["", OTHER_HEAD if dropped else ""]


@pytest.mark.parametrize(
    ("cell", "role", "fits"),
    [
        ("1.2", NUMBER_HEAD, True),
        ("Fire", NUMBER_HEAD, False),
        ("3 May 2024", DATE_HEAD, True),
        ("", DATE_HEAD, True),
        ("Fire", DATE_HEAD, False),
        ("to follow", NOTE_HEAD, True),
        ("Fire", NOTE_HEAD, False),
        ("Fire", "", True),
        ("v2.1", OTHER_HEAD, True),
        ("v2.1", "", False),
        ("3 May 2024", OTHER_HEAD, False),
    ],
)
def test_a_cell_fits_a_column(cell: str, role: str, fits: bool) -> None:
    assert _fits(cell, role) is fits


@pytest.mark.parametrize(("others", "dated"), [(0, True), (6, True), (7, False)])
def test_dates_behind_titles_are_read_where_two_fifths_of_the_lines_have_one(others: int, dated: bool) -> None:
    page = "/".join([*(f"{title} – May 2024" for title in ("Fire", "Food", "Milk", "Eggs")), *"ABCDEFG"[:others]])
    assert [line.date for line in _with_ends_read(lines_of(page))][:4] == ["2024-05" if dated else ""] * 4
    assert [line.date for line in _with_ends_read(lines_of("Fire – May 2024/Food – May 2024"))] == ["", ""]


@pytest.mark.parametrize(
    ("cells", "roles", "aligned"),
    [
        (("Fire", "May 2024"), [NUMBER_HEAD, "", DATE_HEAD], ["", "Fire", "May 2024"]),
        (("1.2", "Fire"), [NUMBER_HEAD, "", DATE_HEAD], ["1.2", "Fire", ""]),
        (("Fire", "May 2024"), ["", DATE_HEAD, OTHER_HEAD], ["Fire", "May 2024", ""]),
        (("Fire", "May 2024", ""), ["", DATE_HEAD], ["Fire", "May 2024"]),
    ],
)
def test_the_cells_of_a_row_that_lacks_some_are_put_where_they_fit(
    cells: tuple[str, ...], roles: list[str], aligned: list[str]
) -> None:
    assert _aligned(Line(1, " ".join(cells), cells=cells, tag="tr"), roles) == aligned


@pytest.mark.parametrize(
    ("cells", "first", "role"),
    [
        (["1.1", "1.2"], True, NUMBER_HEAD),
        (["1.1", "1.2"], False, DATE_HEAD),
        (["May 2024", "June 2024"], True, DATE_HEAD),
        (["May 2024", "to follow"], True, ""),
        (["May 2024", "to follow", "tbc", "June 2024", "Fire"], False, DATE_HEAD),
        (["May 2024", "to follow", "tbc", "Fire"], False, ""),
        (["Fire", "Food"], False, ""),
        (["How to keep fires out of homes.", "What to eat at each meal of the day."], False, OTHER_HEAD),
        (["How to keep fires out of homes.", "Food"], False, ""),
        (["", "–"], False, ""),
    ],
)
def test_what_a_column_is_by_its_cells(cells: list[str], first: bool, role: str) -> None:
    assert _look(cells, first) == role


@pytest.mark.parametrize(("parts", "others", "cells"), [(4, 6, True), (4, 7, False), (3, 0, False)])
def test_parts_of_lines_are_cells_where_two_fifths_of_the_lines_have_as_many(
    parts: int, others: int, cells: bool
) -> None:
    page = "/".join([*(f"Title {n} – website – free" for n in range(parts)), *"ABCDEFG"[:others]])
    assert [bool(line.cells) for line in _with_parts_as_cells(lines_of(page))][:parts] == [cells] * parts


@pytest.mark.parametrize(("words", "role"), [(10, OTHER_HEAD), (9, "")])
def test_cells_of_more_words_than_titles_have_are_no_titles(words: int, role: str) -> None:
    assert _look([" ".join(["Word"] * words)] * 3, False) == role


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("Policy 1 Fire/Policy 2 Food/Policy 3 Milk", ["Policy 1", "Policy 2", "Policy 3"]),
        ("Standard 1 Care/QC1 Fire/Standard 2 Health/QC2 Food/QC3 Milk", ["", "QC1", "", "QC2", "QC3"]),
        ("Policy 1 Fire/Policy 2 Food", ["", ""]),
    ],
)
def test_references_before_titles_are_those_of_lines_below_each_other(page: str, read: list[str]) -> None:
    assert [line.reference for line in _with_references_read(lines_of(page), set())] == read
