"""Headings, dates and feet between the rows of an amendments page."""

from __future__ import annotations

import io

import pytest

from procman.reading.amendments import amendment_rows, read_amendments
from procman.reading.page import Page
from tests.reading.amendment_pages import read

ADDED = "A link was added."


def test_furniture_ends_the_row_above() -> None:
    page = "April 2024/Updated Chapters/Pets/This chapter was changed and/Print this page/rabbits may stay."
    assert read(page) == [
        ("2024-04", "Updated", "Pets", "This chapter was changed and"),
        ("2024-04", "Updated", "", "rabbits may stay."),
    ]


@pytest.mark.parametrize("date", ["Updated: 12 March 2024", "12 March 2024", "• Updated: 12 March 2024"])
def test_a_date_below_a_name_dates_that_name_only(date: str) -> None:
    assert read(f"April 2024/Fire Safety/Pets/{date}/{ADDED}") == [
        ("2024-04", "Updated", "Fire Safety", ""),
        ("2024-03", "Updated", "Pets", ADDED),
    ]


def test_a_date_with_its_change_heads_the_rows_below() -> None:
    assert read("April 2024/12 March 2024 Removed/Pets/2 March 2024 | New/Dogs") == [
        ("2024-03", "Removed", "Pets", ""),
        ("2024-03", "New", "Dogs", ""),
    ]


def test_what_can_be_the_foot_is_a_name_if_a_sentence_is_below() -> None:
    assert read(f"April 2024/Updated Chapters/Pets/{ADDED}/Accessibility/{ADDED}") == [
        ("2024-04", "Updated", "Pets", ADDED),
        ("2024-04", "Updated", "Accessibility", ADDED),
    ]
    assert [row[2] for row in read(f"April 2024/Updated Chapters/Pets/{ADDED}/Privacy Policy | Cookies/Dogs")] == [
        "Pets"
    ]


@pytest.mark.parametrize("header", ["Chapter | Month", "Chapter Name | Details", "Chapter Name Details"])
def test_a_month_below_its_year_is_an_edition_also_in_a_table(header: str) -> None:
    assert read(f"2024/{header}/April/Pets") == [("2024-04", "Updated", "Pets", "")]


def test_a_month_that_spans_a_table_is_an_edition() -> None:
    rows = [
        ["<td>April</td>", "<td>Pets</td><td>A link was added.</td>"],
        ["<td>May</td>", "<td>Dogs</td><td>A link was added.</td>"],
    ]
    table = "".join(f"<tr>{row}</tr>" for month in rows for row in month)
    page = Page("page", f"<h2>2024</h2><table><tr><th>Chapter</th><th>Details</th></tr>{table}</table>", True)
    assert [row[:4] for row in amendment_rows(page)] == [
        ("2024-04", "Updated", "Pets", ADDED),
        ("2024-05", "Updated", "Dogs", ADDED),
    ]


def test_a_month_in_a_column_of_dates_is_the_row_s() -> None:
    assert read("2024/Date | Chapter | Details |/April/Pets | Rabbits |") == [("2024-04", "Updated", "Pets", "Rabbits")]


def test_a_year_alone_loses_no_row() -> None:
    assert read("April 2024/Updated Chapters/2019/Pets") == [("2024-04", "Updated", "Pets", "")]
    assert read("April 2024/Updated Chapters/Pets/Updates for 2019/Dogs/2018 Amendments") == [
        ("2024-04", "Updated", "Pets", "")
    ]


def test_a_heading_of_changes_counts_also_on_a_page_without_a_month() -> None:
    assert read("New Chapters/Chapter Name Details/Pets") == [("", "New", "Pets", "")]
    assert read("Updates to chapters/Pets/April 2024/New Chapters/Dogs") == [("2024-04", "New", "Dogs", "")]


def test_a_name_apart_below_the_head_of_a_table_is_a_row() -> None:
    assert read("April 2024/Chapter Name Details//Pets//") == [("2024-04", "Updated", "Pets", "")]


@pytest.mark.parametrize("withdrawn", ["Withdrawn", "Withdrawn."])
def test_withdrawn_below_a_name_is_said_of_it(withdrawn: str) -> None:
    assert read(f"April 2024/Pets/{withdrawn}/Dogs/{ADDED}") == [
        ("2024-04", "Removed", "Pets", withdrawn),
        ("2024-04", "Updated", "Dogs", ADDED),
    ]


def test_withdrawn_apart_from_a_name_is_a_heading_unless_it_ends_as_a_sentence() -> None:
    assert [row[1:3] for row in read(f"April 2024/Pets//Withdrawn//Dogs//{ADDED}")] == [
        ("Updated", "Pets"),
        ("Removed", "Dogs"),
    ]
    assert [row[1:3] for row in read(f"April 2024/Pets//Withdrawn.//Dogs//{ADDED}")] == [
        ("Removed", "Pets"),
        ("Updated", "Dogs"),
    ]


def test_the_head_of_a_column_can_name_the_change() -> None:
    page = "April 2024/New Chapters | Details |/Pets | Rabbits may stay. |/Chapters removed | Details |/Dogs | They moved. |"
    assert read(page) == [
        ("2024-04", "New", "Pets", "Rabbits may stay."),
        ("2024-04", "Removed", "Dogs", "They moved."),
    ]


def test_the_next_update_ends_the_rows() -> None:
    table = read_amendments(io.StringIO("April 2024\nNew Chapters\nPets\nNext update: October 2024\nDogs\n"))
    assert table["chapter"].tolist() == ["Pets"]
    assert table.attrs["next_update"] == "2024-10"


@pytest.mark.parametrize(
    ("months", "editions"),
    [
        ("Financial year 2024-25/June/{0}/March/{0}", ["2024-06", "2025-03"]),
        ("2024-25/April/{0}/January/{0}", ["2024-04", "2025-01"]),
        ("2024/April/{0}/January/{0}", ["2024-04", "2024-01"]),
    ],
)
def test_the_months_of_a_financial_year_begin_in_april(months: str, editions: list[str]) -> None:
    assert [row[0] for row in read(months.format("Pets"))] == editions


def test_the_month_can_be_in_the_subject_of_a_letter() -> None:
    page = f"To: all staff/Subject: Policy updates - February 2024//Dear all//1. Pets/{ADDED}/2. Dogs/{ADDED}//If you cannot open a link, ring us."
    assert read(page) == [("2024-02", "Updated", "Pets", ADDED), ("2024-02", "Updated", "Dogs", ADDED)]


def test_rows_of_a_table_below_earlier_changes_have_no_month() -> None:
    page = f"April 2024/Chapter | Details |/Pets | {ADDED} |//Earlier changes (dates not recorded)/Chapter | Details |/Dogs | {ADDED} |"
    assert read(page) == [("2024-04", "Updated", "Pets", ADDED), ("", "Updated", "Dogs", ADDED)]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("No./Chapter/Type/Amendment/1/Pets/Update/It moved./2/Dogs/New/Local Contacts//Issued by the unit", 2),
        ("Chapter Name/Details/Pets/It moved./Dogs/Local Contacts", 2),
        ("Chapter Name//Details//Pets//It moved.//Dogs//Local Contacts", 2),
    ],
)
def test_cells_on_lines_of_their_own_are_rows(lines: str, rows: int) -> None:
    found = read(f"April 2024/{lines}")
    assert [row[2:] for row in found] == [("Pets", "It moved."), ("Dogs", "Local Contacts")][:rows]


def test_a_column_of_changes_beside_one_of_details_tells_the_change() -> None:
    page = f"April 2024/| Chapter | Change | Details |/| Pets | New | {ADDED} |/| Dogs | Removed | It moved. |"
    assert read(page) == [("2024-04", "New", "Pets", ADDED), ("2024-04", "Removed", "Dogs", "It moved.")]


def test_what_is_around_the_rows_is_none() -> None:
    page = f"January 2024//The group has agreed the following amendments.//Pets/{ADDED}//Dogs/{ADDED}//Archive: April 2023 | May 2022"
    assert [row[2] for row in read(page)] == ["Pets", "Dogs"]
    page = (
        f"January 2024//Pets/{ADDED}//Dogs/{ADDED}//Share this page: Facebook | Email//Related pages/Training calendar"
    )
    assert [row[2] for row in read(page)] == ["Pets", "Dogs"]


def test_we_have_published_these_new_chapters_is_a_heading() -> None:
    page = "April 2024/We have also published these new chapters:/Pets/We have removed the following policies:/Dogs"
    assert read(page) == [("2024-04", "New", "Pets", ""), ("2024-04", "Removed", "Dogs", "")]


def test_a_name_in_quotes_is_read_without_them() -> None:
    page = "April 2024/Updated Chapters/1.2 “Pets” – a form was added./1.3 “Young People’s Savings” – a form was added./1.4 ‘Dogs’ – a form was added."
    assert [row[2] for row in read(page)] == ["Pets", "Young People’s Savings", "Dogs"]


def test_the_head_of_each_printed_page_is_left_out() -> None:
    page = "Online Procedures/Amendments: April 2024//Pets/The form must be sent within five//Page 1 of 2//Online Procedures/Amendments: April 2024//working days.//Page 2 of 2"
    assert read(page) == [("2024-04", "Updated", "Pets", "The form must be sent within five working days.")]


def test_the_heads_of_a_table_hold_for_the_first_month_below_it_and_not_for_later_ones() -> None:
    page = "Details | Chapter |/April 2024/It moved. | Pets |/May 2024/Dogs | It moved too. |"
    assert read(page) == [("2024-04", "Updated", "Pets", "It moved."), ("2024-05", "Updated", "Dogs", "It moved too.")]
    page = "April 2024/Details | Chapter |/It moved. | Pets |/May 2024/Details | Chapter |/It moved. | Dogs |"
    assert [row[2] for row in read(page)] == ["Pets", "Dogs"]


def test_a_name_above_the_links_to_the_archive_is_of_the_month_above() -> None:
    assert read("April 2024/New Chapters/Pets/Archive/April 2019") == [("2024-04", "New", "Pets", "")]


def test_a_name_apart_below_the_name_of_a_group_is_a_row() -> None:
    page = f"April 2024//Pets/{ADDED}//Local chapters//Dogs/{ADDED}//Joint chapters//Cats/{ADDED}"
    assert [row[2] for row in read(page)] == ["Pets", "Dogs", "Cats"]


def test_none_below_a_heading_is_no_row() -> None:
    assert read("April 2024/New Chapters/None/Updated Chapters/Pets") == [("2024-04", "Updated", "Pets", "")]


def test_points_below_a_name_that_is_one_are_further_in() -> None:
    page = "April 2024/• Pets/   • The form was changed./• Dogs/   • The map was changed./• Cats/   • The list was changed."
    assert read(page) == [
        ("2024-04", "Updated", "Pets", "The form was changed."),
        ("2024-04", "Updated", "Dogs", "The map was changed."),
        ("2024-04", "Updated", "Cats", "The list was changed."),
    ]
