"""Which lines make one row."""

from __future__ import annotations

import pytest

from procman.reading.contents import read_contents
from procman.reading.text import lines_of


def titles(page: str) -> list[str]:
    return [
        f"{e.title} [{e.status}]" if e.status else e.title for e in read_contents(lines_of(page, html=False)).entries
    ]


LONG = "1.1  Responding to Concerns about an Unborn Baby"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            f"1    All\n{LONG}\n     Where Others Were Removed\n1.2  Fire\n1.3  Status of these Procedures and Who\n     May Change Them\n1.4  Meals\n1.5  Children Moving Across Local Authority Areas\n     while Subject to a Plan\n",
            [
                "All",
                "Responding to Concerns about an Unborn Baby Where Others Were Removed",
                "Fire",
                "Status of these Procedures and Who May Change Them",
                "Meals",
                "Children Moving Across Local Authority Areas while Subject to a Plan",
            ],
        ),
        (  # none that could not end there
            f"1    All\n{LONG}\n     Where Others Were Removed\n1.2  Fire\n{LONG.replace('1.1', '1.3')}\n     Forms and Maps\n",
            ["All", LONG[5:], "Where Others Were Removed", "Fire", LONG[5:], "Forms and Maps"],
        ),
        (  # one alone, or below a short title
            f"1    All\n{LONG}\n     Where Others Were Removed\n1.2  Fire\n",
            ["All", LONG[5:], "Where Others Were Removed", "Fire"],
        ),
        (
            f"1    All\n{LONG}\n     Where Others Were Removed\n1.2  Fire\n     Form A\n1.3  Meals\n",
            ["All", LONG[5:], "Where Others Were Removed", "Fire", "Form A", "Meals"],
        ),
    ],
)
def test_a_title_goes_on_set_in_below_where_several_fill_their_lines(page: str, expected: list[str]) -> None:
    assert titles(page) == expected


def test_a_flag_below_a_sentence_is_that_of_the_title_above() -> None:
    page = (
        "Early help\n\nWhole family plans\nHow to agree a plan with the family and the people who support them.\nUpdated\n\n"
        "Closing early help\nWhen work should end and who needs to be told.\n\n"
        "Family time\nHow to arrange and review the time children spend with their family.\nNew\n"
    )
    assert [title for title in titles(page) if "[" in title] == ["Whole family plans [Updated]", "Family time [New]"]


def test_what_a_sentence_says_last_dates_the_title_above() -> None:
    page = "Missing\n\nReporting\nWhat to say. Last updated 13 May 2025.\nPhilomena plans\nFor carers. Reviewed May 2024\n\nHarm\n\nTaxis\nFor teams. Last updated in 2024.\nHotels\n"
    entries = read_contents(lines_of(page, html=False)).entries
    assert {e.title: e.date for e in entries if e.date} == {"Reporting": "2025-05-13", "Philomena plans": "2024-05"}


def test_a_title_between_rules_is_a_heading() -> None:
    page = "--- Joining ---\n\nRecruitment\n\n--- Working ---\n\nSupervision\n--- \n- Tea -\n"
    assert [line.text for line in lines_of(page, html=False) if line.heading] == ["Joining", "Working"]
