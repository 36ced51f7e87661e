"""What the lines of an amendments page are."""

from __future__ import annotations

import pytest

from procman.reading.amendment_dates import with_dates_above
from procman.reading.amendment_lines import amendment_lines, without_date
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
        ("Welcome to our online procedures and toolkits and contacts of the county, in all April 2024", "row"),
        ("Privacy Policy | Accessibility Statement and more of it", "row"),
        ("Policies | Privacy Policy", "row"),
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


@pytest.mark.parametrize(
    ("details", "month", "left"),
    [
        ("A link was added (April 2024)", "2024-04", "A link was added"),
        ("A link was added (April 2024)", "2024-05", "A link was added (April 2024)"),
        ("A link was added – 3 April 2024", "2024-04", "A link was added"),
        ("April 2024: a link was added", "2024-04", "April 2024: a link was added"),
        ("A link was added", "2024-04", "A link was added"),
    ],
)
def test_details_lose_the_row_s_own_date_at_their_end(details: str, month: str, left: str) -> None:
    assert without_date(details, month) == left


def test_the_head_of_a_printed_page_has_up_to_four_lines() -> None:
    head = "Wold Council\nProcedures\nAmendments\nSummary\nFor staff\n"
    page = f"{head}Pets\nIt moved.\n\nPage 1 of 2\n\n{head}Dogs\n"
    assert [line.text for line in amendment_lines(Page("page", page, False))][-3:] == ["It moved.", "For staff", "Dogs"]
