"""What each column of a table of amendments holds: by its heading, and by its cells."""

from __future__ import annotations

import pytest

from procman.reading.amendment_columns import _repeats, columns_of, guessed, missing


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("Policy|Changes", "name details"),
        ("Policy|Changes.", "name details"),
        ("Policy|Details of change.", ""),
        ("Policy|Changes|" + " ".join(["author"] * 8), "name details other"),
        ("Policy|Changes|" + " ".join(["author"] * 9), ""),
        ("Section|Changes", "name details"),
        ("Chapter|Section|Changes", "name section details"),
        ("Topic area|What we did to it", ""),
        ("Topic area|Updated by|What we did to it", "name other details"),
        ("Topic area|Modified|What we did to it", "name date details"),
        ("Consent|Changes|Rabbits", ""),
        ("Name", ""),
    ],
)
def test_the_headings_of_a_table_name_a_chapter_and_its_details(heads: str, columns: str) -> None:
    assert columns_of(heads.split("|")) == columns.split()


def test_a_column_that_no_heading_tells_is_empty() -> None:
    assert columns_of(["Policy", "Colour", "Why it was changed"]) == ["name", "", "details"]
    assert columns_of([]) == []


@pytest.mark.parametrize(
    ("cells", "columns", "place"),
    [
        ("Pets|Rabbits.", "date name details", 0),
        ("3 May 2024|Pets", "date name details", 2),
        ("Pets|3 May 2024", "name date details", 2),
        ("Pets|x", "name section details", 1),
        ("New|Pets", "change name details", 2),
        ("Pets", "name other", 1),
        ("Pets|Beds", "name other other", 2),
    ],
)
def test_the_cell_that_a_row_lacks(cells: str, columns: str, place: int) -> None:
    assert missing(cells.split("|"), columns.split()) == place


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("Homes|Deleted", "name details"),
        ("Homes|Deleted/Visits|Removed", "name change"),
        ("Homes|Deleted|Links/", "name change details"),
        ("Pets|J Smith|Rabbits./Beds|J Smith|Beds./Law|A Lee|Acts./Sun|A Lee|Cream.", "name other details"),
        ("Pets|J Smith/Beds|J Smith/Law|A Lee/Sun|A Lee", "name details"),
        (
            "Pets|J Smith|A|Links./Beds|J Smith|A|Links./Law|A Lee|B|Links./Sun|A Lee|B|Links.",
            "name other other details",
        ),
        ("Date|Pets|x./3 May 2024|Beds|y./4 May 2024|Law|z.", "name details details"),
        ("Date|Pets|x./3 May 2024|Beds|y./4 May 2024|Law|z./5 May 2024|Sun|c.", "date name details"),
        ("Pets|v1|Rabbits./Beds|v2|x.", "name other details"),
        ("Pets|/Beds|", ""),
    ],
)
def test_columns_without_headings_are_told_by_their_cells(rows: str, columns: str) -> None:
    table = [row.split("|") for row in rows.split("/") if row]
    assert guessed(table) == ({len(table[0]): columns.split()} if columns else {})


@pytest.mark.parametrize(
    ("cells", "again"),
    [
        ("A/A/B/B", True),
        ("A/A/B", False),
        ("A/A/B/C", False),
        ("A/A/B/B/C/C/D", False),
        ("A B C/A B C/A/A", True),
        ("A B C D/A B C D/A/A", False),
        ("A./A./A/A", False),
        ("updated/updated/A/A", False),
    ],
)
def test_a_column_of_few_short_words_again_and_again(cells: str, again: bool) -> None:
    assert _repeats(cells.split("/")) is again
