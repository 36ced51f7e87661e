"""What the lines of an amendments page are."""

from __future__ import annotations

import pytest

from procman.reading.amendment_dates import with_dates_above
from procman.reading.amendment_lines import amendment_lines
from procman.reading.page import Page


def kinds(page: str) -> str:
    """The kind of each line of a page whose lines are divided by slashes."""
    return " ".join(
        line.kind for line in with_dates_above(amendment_lines(Page("page", page.replace("/", "\n"), False)))
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("2024/April/Pets", "year month row"),
        ("12 March 2024/Pets", "date row"),
        ("Tuesday 12 March 2024", "edition"),
        ("Rev. 14 (12.03.2024)", "edition"),
        ("April to June 2024", "edition"),
        ("Updated: March 2024/Pets/Updated: April 2024", "edition row edition"),
        ("MAR 24/Pets/APR 24/Dogs", "edition row edition row"),
        ("MAR 24/Pets", "row row"),
        ("Sept '23/Pets/Jan ’24/Dogs", "edition row edition row"),
        ("Spring 2024 (April)/Q1 2024-25 (April 2024)", "edition edition"),
        ("What changed in May 2024?/Release 2025.2 (published 3 June 2025)", "edition edition"),
        ("Cats/Pets/Page 1 of 2/Dogs", "row row row"),
        ("In March 2024 the following chapters were updated:/Pets", "edition change row"),
        ("New chapters - March 2024/Pets", "edition change row"),
        ("New chapters: Safe Sleep; Young Carers.", "change row row"),
        ("New chapters: Safe Sleep, Fire and Young Carers.", "change row row row"),
        ("New chapter: Safe Sleep", "row"),
        ("Next Update: June 2020", "next"),
        ("Archive/Please see the archive for previous amendments", "archive archive"),
        ("Local chapters/Amendment 3", "group group"),
        ("Chapter Name/Details/Pets", "header header row"),
        ("Chapter Name/Details/Date/Pets", "header header header row"),
        ("Chapter Name/Pets", "row row"),
        ("Date/Section/Chapter/Status/Details/Pets", "header header header header header row"),
        ("Pets and the new chapters of March 2024/Dogs", "row row"),
        ("MAR 24 | Pets/APR 24 | Dogs", "row row"),
        ("From: the policy team/by Ann Smith/Previous release: April 2021 (R36)", "furniture furniture furniture"),
        ("This page was last reviewed in May 2024", "furniture"),
        ("This page was reviewed in May 2024.", "row"),
        ("Read more/Pets/Read more/Dogs/Read more", "furniture row furniture row furniture"),
        ("View the map/Pets/View the map/Dogs/View the map", "furniture row furniture row furniture"),
        ("View the map/Pets/View the map", "row row row"),
        ("Privacy Policy | Cookies", "foot"),
        ("Privacy | Cookies | Pets", "row"),
        ("Was this page helpful?/Yes No", "foot foot"),
        ("Yes No/Pets", "row row"),
    ],
)
def test_what_a_line_is(page: str, expected: str) -> None:
    assert kinds(page) == expected


def test_a_line_without_words_is_a_gap() -> None:
    lines = amendment_lines(Page("page", "April 2024\n\nPets\nDogs\n", False))
    assert [line.apart for line in lines] == [True, True, False]
    assert [line.line.line for line in lines] == [1, 3, 4]


def test_the_heads_of_a_table_on_lines_of_their_own_are_one_heading() -> None:
    lines = amendment_lines(Page("page", "Chapter Name\nDetails\nPets\n", False))
    assert [line.text for line in lines] == ["Chapter Name Details", "Chapter Name Details", "Pets"]
    assert [line.line.line for line in lines] == [1, 2, 3]
