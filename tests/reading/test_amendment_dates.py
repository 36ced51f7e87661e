"""The month of each row of an amendments page, above or below it."""

from __future__ import annotations

import pytest

from procman.reading.amendment_dates import with_dates_above
from procman.reading.amendment_lines import amendment_lines
from procman.reading.page import Page
from tests.reading.amendment_pages import read

ADDED = "A link was added."


def texts(page: str) -> list[str]:
    lines = with_dates_above(amendment_lines(Page("page", page.replace("/", "\n"), False)))
    return [f"{line.kind}: {line.text}" for line in lines]


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("Updated: March 2024/Pets/Updated: April 2024/Dogs", "edition row edition row"),
        ("Updated: March 2024/Pets/Updated: March 2024/Dogs", "row row row row"),
        ("MAR 24/Pets/APR 24/Dogs", "edition row edition row"),
        ("Sept '23/Pets/Jan ’24/Dogs", "edition row edition row"),
        ("MAR 24/Pets/APR 24/Dogs/May 2024", "row row row row edition"),
        ("MAR 24 | Pets/APR 24 | Dogs", "row row"),
    ],
)
def test_months_that_are_headings_where_there_are_several_and_no_others(page: str, kinds: str) -> None:
    assert [text.partition(":")[0] for text in texts(page)] == kinds.split()


def test_months_in_figures_are_headings() -> None:
    lines = with_dates_above(amendment_lines(Page("page", "05/2024\nPets\n11/2023\nDogs\n", False)))
    assert [(line.kind, line.text) for line in lines] == [
        ("edition", "05/2024"),
        ("row", "Pets"),
        ("edition", "11/2023"),
        ("row", "Dogs"),
    ]


@pytest.mark.parametrize(
    ("page", "moved"),
    [
        (f"Pets/{ADDED}/3 May 2024//Dogs/{ADDED}/4 May 2024", True),
        (f"Changes//Pets/{ADDED}/3 May 2024//Dogs/{ADDED}/4 May 2024//Back to top", True),
        (f"Pets/{ADDED}/3 May 2024//Dogs/{ADDED}", False),  # one alone
        (f"3 May 2024//Pets/{ADDED}/4 May 2024//Dogs/{ADDED}/5 May 2024", False),  # one is above
        (f"Pets/3 May 2024//Dogs/4 May 2024/{ADDED}", False),
        (f"Chapter/Details/Date//Pets/{ADDED}/3 May 2024//Dogs/{ADDED}/4 May 2024", False),  # a table
    ],
)
def test_dates_that_end_blocks_of_lines_are_put_above_them(page: str, moved: bool) -> None:
    before = [text for text in page.split("/") if text]
    places = [n for n, text in enumerate(before) if "May 2024" in text]
    assert ([n for n, text in enumerate(texts(page)) if "May 2024" in text] != places) is moved


def test_a_date_below_each_block_dates_it() -> None:
    page = f"Latest changes//Pets/{ADDED}/Updated 1st April 2024//Dogs/It moved./Removed 2nd January 2024//Cats/{ADDED}/New 3rd May 2023"
    assert read(page) == [
        ("2024-04", "Updated", "Pets", ADDED),
        ("2024-01", "Removed", "Dogs", "It moved."),
        ("2023-05", "New", "Cats", ADDED),
    ]


def cards(*each: str) -> list[str]:
    """The words of the lines of an HTML page of cards, in the order in which they are read."""
    page = "".join(f"<div>{card}</div>" for card in each)
    return [line.text for line in with_dates_above(amendment_lines(Page("page", f"<h1>Changes</h1>{page}", True)))]


def test_the_date_of_a_card_goes_before_its_heading_and_ribbon() -> None:
    first = "<h3>Pets</h3><p>It moved.</p><p>June 2024</p>"
    second = "<span>Removed</span><h3>Dogs</h3><p>It moved.</p><p>May 2024</p>"
    assert cards(first, second) == [
        "Changes",
        "June 2024",
        "Pets",
        "It moved.",
        "May 2024",
        "Removed",
        "Dogs",
        "It moved.",
    ]
    above = "<p>June 2024</p><h3>Pets</h3><p>It moved.</p>", "<p>May 2024</p><h3>Dogs</h3><p>It moved.</p>"
    assert cards(*above) == ["Changes", "June 2024", "Pets", "It moved.", "May 2024", "Dogs", "It moved."]


def test_cards_on_the_page_s_first_lines_and_of_one_line_of_words() -> None:
    page = "<h3>Pets</h3><p>It moved.</p><p>June 2024</p><h3>Dogs</h3><p>It went.</p><p>May 2024</p>"
    lines = with_dates_above(amendment_lines(Page("page", page, True)))
    assert [line.text for line in lines] == ["June 2024", "Pets", "It moved.", "May 2024", "Dogs", "It went."]


@pytest.mark.parametrize(
    "page",
    [
        "<h3>Pets</h3><p>June 2024</p><h3>Dogs</h3><p>May 2024</p>",  # a name alone
        "<h3>Pets</h3><p>It moved.</p><p>June 2024</p><h3>Dogs</h3><h3>Cats</h3><p>It went.</p><p>May 2024</p>",
        "<h3>Pets</h3><p>It moved.</p><p>June 2024</p><p>Dogs</p><p>It went.</p><p>May 2024</p>",
        "<p>Pets</p><p>It moved.</p><p>June 2024</p><h3>Dogs</h3><p>It went.</p><p>May 2024</p>",
        "<h3>Pets</h3><p>It moved.</p><p>June 2024</p>",
    ],
)
def test_dates_stay_where_not_each_is_below_one_heading_and_words(page: str) -> None:
    lines = amendment_lines(Page("page", page, True))
    assert with_dates_above(lines) == lines


def test_a_block_of_a_name_and_its_date_is_dated_by_it() -> None:
    assert texts("Pets/3 May 2024//Dogs/4 May 2024") == [
        "date: 3 May 2024",
        "row: Pets",
        "date: 4 May 2024",
        "row: Dogs",
    ]


def test_a_date_put_above_its_block_begins_it() -> None:
    lines = with_dates_above(
        amendment_lines(Page("page", "Pets\nIt moved.\n3 May 2024\n\nDogs\nIt went.\n4 May 2024\n", False))
    )
    assert [line.apart for line in lines] == [True, True, False, True, True, False]


def test_a_page_without_lines_has_no_dates() -> None:
    assert with_dates_above([]) == []
