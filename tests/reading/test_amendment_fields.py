"""Records of an amendments page with each cell on a line of its own."""

from __future__ import annotations

import pytest

from procman.reading.amendments import amendment_rows
from procman.reading.page import Page
from tests.reading.amendment_pages import read

FORM, AGE = "New form.", "Age limit changed."
BOTH = [("2024-04", "Updated", "Bruising", AGE), ("2024-04", "Updated", "Young Carers", FORM)]


@pytest.mark.parametrize(
    "records",
    [
        f"Chapter: Bruising/Change: {AGE}/Chapter: Young Carers/Change: {FORM}",
        f"Chapter: Bruising//Change: {AGE}//Chapter: Young Carers//Change: {FORM}",
        f"Chapter amended: Bruising/Details of amendment: {AGE}//Chapter amended: Young Carers/Details of amendment: {FORM}",
        f"Reference: 3.2/Chapter: Bruising/Change: {AGE}//Reference: 4.1/Chapter: Young Carers/Change: {FORM}",
        f"Chapter: Bruising/Reference: 3.2/Change: {AGE}/Chapter: Young Carers/Reference: 4.1/Change: {FORM}",
        f"Bruising/Change: {AGE}/Young Carers/Change: {FORM}",
        f"Bruising/Reference: 3.2/Change: {AGE}/Young Carers/Reference: 4.1/Change: {FORM}",
        f"Policy/Bruising/Change/{AGE}/Policy/Young Carers/Change/{FORM}",
        f"Policy://Bruising//Change://{AGE}//Policy://Young Carers//Change://{FORM}",
    ],
)
def test_records_are_rows(records: str) -> None:
    assert read(f"April 2024/{records}") == BOTH


def test_a_record_has_its_own_date() -> None:
    assert read(f"Bruising/Date: 3 March 2024/Change: {AGE}/Young Carers/Date: 4 May 2024/Change: {FORM}") == [
        ("2024-03", "Updated", "Bruising", AGE),
        ("2024-05", "Updated", "Young Carers", FORM),
    ]


@pytest.mark.parametrize(
    "record", [f"Chapter: Bruising/Change: {AGE}", f"Date: 4 April 2024/Chapter: Bruising//Change: {AGE}"]
)
def test_one_record_is_enough_if_it_tells_name_and_details(record: str) -> None:
    assert read(f"April 2024/{record}") == BOTH[:1]


def test_the_line_of_a_record_is_that_of_its_name() -> None:
    page = f"Date: 3 May 2024\nChapter: Bruising\nChange: {AGE}\nDate: 4 May 2024\n\nChapter: Young Carers\nChange: {FORM}\n"
    assert [row.line for row in amendment_rows(Page("page", page, False))] == [2, 6]
    page = f"April 2024\nPolicy\nBruising\nChange\n{AGE}\nPolicy\nYoung Carers\nChange\n{FORM}\n"
    assert [row.line for row in amendment_rows(Page("page", page, False))] == [3, 7]


def test_details_go_on_below_until_a_gap_or_the_name_of_the_next_record() -> None:
    page = f"April 2024/Bruising/Change: {AGE}/See the leaflet./Young Carers/Change: {FORM}//See the map."
    assert read(page) == [("2024-04", "Updated", "Bruising", f"{AGE} See the leaflet."), BOTH[1]]


def test_words_below_a_heading_end_with_the_line_where_a_heading_has_words() -> None:
    page = f"April 2024/Policy/Bruising/Change/{AGE}/See the leaflet./Policy/Young Carers/Change/{FORM}"
    assert read(page)[0][3] == f"{AGE} See the leaflet."


@pytest.mark.parametrize("name", ["Part 3: Pets", "Pets: Rabbits", "Information: Sharing"])
def test_words_with_a_colon_once_on_a_page_are_no_heading(name: str) -> None:
    assert read(f"April 2024/Updated Chapters/{name}/{AGE}") == [("2024-04", "Updated", name, AGE)]


def test_a_record_without_name_takes_the_line_directly_above_if_that_is_a_row() -> None:
    page = f"April 2024/Updated Chapters/Change: {AGE}/Change: {FORM}//Dogs/Change: {FORM}"
    assert read(page) == [
        ("2024-04", "Updated", "", f"Change: {AGE}"),
        ("2024-04", "Updated", "", f"Change: {FORM}"),
        ("2024-04", "Updated", "Dogs", FORM),
    ]


@pytest.mark.parametrize("label", ["Change", "Details of amendment", "Reason for change", "What's changed", "Notes"])
def test_a_label_before_details_is_no_name(label: str) -> None:
    assert read(f"April 2024/Updated Chapters/Visits/{label}: A form was added.") == [
        ("2024-04", "Updated", "Visits", f"{label}: A form was added.")
    ]


def test_one_kind_of_change_under_a_head_that_can_be_of_details_too() -> None:
    records = "Chapter: Bruising/Change: {}/Details: It moved.//Chapter: Young Carers/Change: {}/Details: It moved."
    assert [row[1:4:2] for row in read("April 2024/" + records.format("New", "Removed"))] == [
        ("New", "It moved."),
        ("Removed", "It moved."),
    ]


def test_a_question_below_each_name_is_the_head_of_its_details() -> None:
    page = f"April 2024/Bruising/What has changed?/{AGE}//Young Carers/What has changed?/{FORM}"
    assert read(page) == BOTH
    page = f"April 2024//Bruising//What has changed?//{AGE}"
    assert [row[2] for row in read(page)][:1] == ["Bruising"]


def test_a_record_on_the_page_s_first_lines_is_one() -> None:
    assert (
        read(f"Bruising/Date: 3 March 2024/Change: {AGE}/Young Carers/Date: 4 May 2024/Change: {FORM}")[0][2]
        == "Bruising"
    )
