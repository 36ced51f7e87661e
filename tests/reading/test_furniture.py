"""The list of page words: each with an example that it must know."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from procman.errors import ProcmanError
from procman.reading import furniture
from procman.reading.furniture import (
    FOOT,
    FURNITURE,
    PAGE_WORDS,
    ROLES,
    boxes,
    is_table_head,
    letters,
    page_words,
    pages_of_guide,
    postal_addresses,
    role_of,
)
from procman.reading.line import Line

ROWS = list(csv.DictReader(PAGE_WORDS.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_an_example_has_the_role_of_its_words(row: dict[str, str]) -> None:
    assert role_of(row["example"]) == row["role"]


def test_the_list_says_each_thing_once() -> None:
    words = [row["word"].casefold() for row in ROWS]
    assert len(words) == len(set(words))
    assert {row["role"] for row in ROWS} == set(ROLES)


@pytest.mark.parametrize(
    "title", ["Size Matters", "Copyright Law", "Page Layout", "Top Tips", "Views of the Child", "Cookery"]
)
def test_titles_are_no_page_words(title: str) -> None:
    assert role_of(title) == ""


def test_a_role_that_there_is_none_of_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page_words.csv"
    file.write_text("word,role,example\nback to top,furniture,Back to top\nhome,house,Home\n", "utf-8")
    monkeypatch.setattr(furniture, "PAGE_WORDS", file)
    page_words.cache_clear()
    try:
        with pytest.raises(ProcmanError, match="line 3: 'house' is not a role"):
            page_words()
    finally:
        page_words.cache_clear()


# --- lines around a list --------------------------------------------------------------------------------------


def lines_of(page: str) -> list[Line]:
    return [
        Line(n, text, cells=tuple(text.split("|")) if "|" in text else ()) for n, text in enumerate(page.split("/"))
    ]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("Court//Team/01632 960001//Bail", [2]),
        ("Court//Team/duty@example.org//Bail", [2]),
        ("Court//Team/Phone us on 01632 960001//Bail", []),
        ("Court/Team/01632 960001//Bail", []),
        ("Court//Team/01632 960001/Bail", []),
        ("//Fostering/Mill Lane/Wold/WO1 4XX", [2, 3, 4, 5]),
        ("/".join(["", *"abcdef", "WO1 4XX"]), [1, 2, 3, 4, 5, 6, 7]),
        ("/".join(["", *"abcdefg", "WO1 4XX"]), [8]),
    ],
)
def test_a_postal_address_is_a_short_block_and_a_name_stands_above_a_number_alone(page: str, found: list[int]) -> None:
    assert sorted(postal_addresses(lines_of(page))) == found


@pytest.mark.parametrize(
    ("cells", "head"),
    [
        ("Chapter|Owner|Last updated", True),
        ("Chapter|Owner|Our own words", True),
        ("Chapter|Owner|Our own words|And more", False),
        ("Chapter|Fire", False),
        ("Fire|Owner|Last updated", False),
        ("|Owner|Last updated", False),
        ("Chapter|Owner 2", False),
        ("Chapter|", False),
    ],
)
def test_a_head_of_a_table_has_mostly_known_words(cells: str, head: bool) -> None:
    assert is_table_head(lines_of(cells)[0]) is head


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("2. Documents (you are here)/3. Forms//2. Documents/Audits", [0, 1, 3]),
        ("Guide/1. Start/2. Documents (you are here)//Audits/2. Documents", [0, 1, 2, 5]),
        ("Fire/Food", []),
    ],
)
def test_the_links_to_the_pages_of_a_guide_and_its_own_heading(page: str, found: list[int]) -> None:
    assert pages_of_guide(lines_of(page)) == found


@pytest.mark.parametrize(("several", "found"), [(1, []), (7, [1, 2, 3, 4, 5, 6, 7, 8]), (8, [])])
def test_a_box_has_a_heading_and_up_to_seven_lines_more(several: int, found: list[int]) -> None:
    assert boxes(lines_of("/".join(["", "Latest news", *["Inspection"] * several, "", "Care"]))) == (
        [1, 2] if several == 1 else found
    )


@pytest.mark.parametrize(
    ("page", "found"), [("A/B/Absence", []), ("A/B/C/Absence", [0, 1, 2]), ("A/b/C/D/Absence", [0, 2, 3])]
)
def test_three_letters_one_below_the_other_are_those_of_an_index(page: str, found: list[int]) -> None:
    assert letters(lines_of(page)) == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Cookies Accessibility", FOOT),
        (" ".join(["Cookies"] * 7), FOOT),
        (" ".join(["Cookies"] * 8), ""),
        ("Cookies Fire", ""),
        ("Back to the top of " + "the page " * 20 + "a", FURNITURE),
        ("Back to the top of " + "the page " * 20 + "an", ""),
    ],
)
def test_page_words_on_one_line(text: str, role: str) -> None:
    assert role_of(text) == role
