"""Amendments pages: every page in tests/pages, and the rules that tell names, details and kinds of change apart."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman.errors import PageError, ProcmanError
from procman.reading.amendments import amendment_rows, read_amendments, split_rows
from procman.reading.name_or_details import details_points, known_titles, name_points, split
from procman.reading.page import Page
from procman.tables import AMENDMENTS
from tests.compare_pages import PAGES, expected, golden, pages, rows, table, titles
from tests.work import calls

PAGES_OF_AMENDMENTS = [page for page in pages() if page.parent == PAGES / "amendments"]
TABLE = "April 2024\nUpdated Chapters\nChapter Name Details\n"


def read(text: str, titles: list[str] | None = None) -> list[tuple[str, ...]]:
    return [tuple(row[:4]) for row in amendment_rows(Page("page", text, False), titles)]


@pytest.mark.parametrize("page", PAGES_OF_AMENDMENTS, ids=lambda page: page.name)
def test_page_reads_as_its_golden_table(page: Path) -> None:
    assert golden(page).is_file(), (
        f"no golden table: look at what is read, then python -m tests.compare_pages --write {page.stem}"
    )
    assert rows(table(page)) == rows(expected(page))


@pytest.mark.parametrize("page", PAGES_OF_AMENDMENTS, ids=lambda page: page.name)
def test_rows_keep_the_declaration_and_their_place(page: Path) -> None:
    frame = AMENDMENTS.check(read_amendments(page, titles(page)))
    source = page.read_text("utf-8").splitlines()
    assert frame["line"].is_monotonic_increasing
    if page.suffix == ".txt":
        for line, chapter, details in zip(frame["line"], frame["chapter"], frame["details"], strict=True):
            first = " ".join((chapter if isinstance(chapter, str) else details).split()[:2])  # a cell may be wrapped
            assert first in " ".join(source[line - 1 : line + 2])


@pytest.mark.parametrize("page", PAGES_OF_AMENDMENTS, ids=lambda page: page.name)
def test_known_titles_change_nothing_where_the_page_tells(page: Path) -> None:
    plain = read_amendments(page)
    if (plain["split"] == "page").all():
        pd.testing.assert_frame_equal(read_amendments(page, titles=plain["chapter"].dropna()), plain)


@pytest.mark.parametrize(
    ("words", "month"),
    [("Next Update: June 2020", "2020-06"), ("The next update is planned for October 2018.", "2018-10"), ("", None)],
)
def test_next_update(words: str, month: str | None) -> None:
    frame = read_amendments(io.StringIO(f"{words}\n{TABLE}Assessments This chapter has been refreshed.\n"))
    assert frame.attrs["next_update"] == month


@pytest.mark.parametrize(
    "line",
    [
        "April 2024",
        "Amendments - April 2024",
        "April 2024 Amendments",
        "Summary of Amendments: April 2024",
        "April 2024 update:",
    ],
)
def test_headings_that_name_an_edition(line: str) -> None:
    assert read(f"{line}\nUpdated Chapters\nVisits\nThis page was changed.\n")[0][0] == "2024-04"


@pytest.mark.parametrize(
    ("heading", "change"),
    [
        ("New Chapters", "New"),
        ("New Chapters and Features", "New"),
        ("Updated Procedures", "Updated"),
        ("Amended Policies and Procedures", "Updated"),
        ("New and Updated Chapters", "Updated"),
        ("Updated/Amended Chapters", "Updated"),
        ("New/Added Chapters", "New"),
        ("Removed Chapters", "Removed"),
        ("Chapters Deleted:", "Removed"),
        ("The following chapters have been withdrawn:", "Removed"),
    ],
)
def test_headings_that_name_a_change(heading: str, change: str) -> None:
    assert read(f"April 2024\n{heading}\nVisits\nThis page was changed.\n")[0][1] == change


def test_added_to_the_manual_means_new_only_without_a_heading() -> None:
    said = "This page was added to the manual in April 2024."
    assert read(f"April 2024\nVisits\n{said}\n") == [("2024-04", "New", "Visits", said)]
    assert read(f"April 2024\nUpdated Chapters\nVisits\n{said}\n") == [("2024-04", "Updated", "Visits", said)]
    link = "A link was added to the manual of the pool."
    assert read(f"April 2024\nPools\n{link}\n") == [("2024-04", "Updated", "Pools", link)]


def test_one_line_is_split_by_a_known_title_else_by_its_wording_else_not() -> None:
    page = Page(
        "page", f"{TABLE}Moving House Homes Have Numbers.\nVisits A link has been added.\nOdd Words Alone.\n", False
    )
    by_wording = [(row.chapter, row.details, row.split) for row in amendment_rows(page)]
    assert by_wording == [
        ("", "Moving House Homes Have Numbers.", "unsplit"),
        ("Visits", "A link has been added.", "wording"),
        ("", "Odd Words Alone.", "unsplit"),
    ]
    known = ["Moving", "Moving House", "moving house homes x"]
    by_title = amendment_rows(page, known)
    assert by_title[0][2:4] == ("Moving House", "Homes Have Numbers.")
    assert by_title[0].split == "titles"
    assert split_rows(amendment_rows(page), known_titles(known)) == by_title


def test_a_name_that_another_row_of_the_page_tells_splits_a_line() -> None:
    page = f"{TABLE}Moving House This chapter has been refreshed.\nApril 2023\nUpdated Chapters\nMoving House Homes Have Numbers.\n"
    assert read(page)[1] == ("2023-04", "Updated", "Moving House", "Homes Have Numbers.")


def test_a_title_matches_whole_words_whatever_its_quotes() -> None:
    line = "Children’s Homes and More This chapter has been refreshed."
    assert read(TABLE + line, ["Children's Homes", "Children's Homes and More"])[0][2] == "Children’s Homes and More"
    assert read(TABLE + "Visitsx were changed by law.", ["Visits"])[0][2] == ""


def test_a_second_paragraph_belongs_to_the_row_above_it_in_a_table_of_changes() -> None:
    said = ["Section 2, Homes has been changed.", "A link has been added."]
    assert read(f"April 2024\nUpdated Chapters\nVisits\n\n{said[0]}\n\n{said[1]}\n") == [
        ("2024-04", "Updated", "Visits", " ".join(said))
    ]
    assert [row[2:] for row in read(f"April 2024\nVisits\n\n{said[0]}\n\n{said[1]}\n")] == [("Visits", " ".join(said))]


def test_a_paragraph_that_names_its_month_is_a_row_where_there_are_no_tables_of_changes() -> None:
    said = ["Section 2, Homes was changed in April 2024.", "In April 2024, a link was added."]
    rows = read(f"April 2024\nVisits\n\n{said[0]}\n\n{said[1]}\n")
    assert [row[2:] for row in rows] == [("Visits", said[0]), ("", said[1])]


def test_a_name_without_details_is_a_row() -> None:
    assert read(f"{TABLE}Staying Put\nVisits This chapter has been refreshed.\n", ["Visits"]) == [
        ("2024-04", "Updated", "Staying Put", ""),
        ("2024-04", "Updated", "Visits", "This chapter has been refreshed."),
    ]


def test_a_page_without_amendments_is_refused() -> None:
    with pytest.raises(PageError, match="no amendments page"):
        read_amendments(io.StringIO("1. All Children\n1.1 Consent\n"))


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("April 2024\nUpdated Chapters|ws.:-\xa0•#[]()"), max_size=300))
def test_any_text_reads_or_is_refused(text: str) -> None:
    with suppress(ProcmanError):
        AMENDMENTS.check(read_amendments(io.StringIO("April 2024\n" + text)))


def test_a_line_of_details_that_begins_with_a_mark_is_kept_whole():
    page = io.StringIO("Amendments\n\nJune 2024\n\n: This chapter has been refreshed.\n")
    table = read_amendments(page)
    assert table["details"].tolist() == [": This chapter has been refreshed."]


def test_without_a_heading_the_details_say_what_was_removed() -> None:
    said = "In April 2024, this chapter was removed from the manual."
    assert read(f"April 2024\nVisits\n{said}\n") == [("2024-04", "Removed", "Visits", said)]


def test_a_month_below_its_year_is_an_edition() -> None:
    page = "2024\n\nApril\n\nVisits\n\nA link was added.\n\n2023\n\nOctober\n\nPets\n\nThe form was replaced.\n"
    assert [row[0] for row in read(page)] == ["2024-04", "2023-10"]


def test_columns_are_told_by_their_heads() -> None:
    page = "Date | Section | Chapter | Status | Details |\n03/05/2023 | Health | Pets | Removed | Moved to Homes. |\n"
    assert read(page) == [("2023-05", "Removed", "Pets", "Moved to Homes.")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Section 17 Payments Section 2, Approval has been updated.", "Section 17 Payments"),
        ("Panel Terms of Reference This new chapter has been added.", "Panel Terms of Reference"),
        ("When a Child is Added to a Plan Section 2, Recording has been changed.", "When a Child is Added to a Plan"),
        ("Policy on Drugs The Policy on Drugs has been merged.", "Policy on Drugs"),
        ("Glossary A to Z Terms have been added.", "Glossary A to Z"),
        ("Home Education Following a review, the threshold is now set out.", "Home Education"),
        ("Anti-Bullying A link to Is It Banter? Talking to Teenagers was added.", "Anti-Bullying"),
        (
            "Short Breaks A full review by partners across the county has taken place. It has been rewritten.",
            "Short Breaks",
        ),
        ("Foster Carer Reviews Contact details corrected.", "Foster Carer Reviews"),
        ("Fees and Allowances Rates for 2018/19 inserted.", "Fees and Allowances"),
        ("Records – Retention has been revised.", "Records"),
        ("Family Time: new chapter", "Family Time"),
    ],
)
def test_a_line_is_split_where_most_speaks_for_it(line: str, name: str) -> None:
    found = split(line, frozenset())
    assert found
    assert found.name == name
    assert found.points > max(name_points(line), details_points(line))


@pytest.mark.parametrize(
    "line", ["Children's Homes: Location Assessments", "Who Decides?", "Moving On", "The Role of the Nurse"]
)
def test_a_name_is_not_split(line: str) -> None:
    assert not split(line, frozenset())
    assert name_points(line) > details_points(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Pets This chapter has been refreshed.",
            "A link has been added.",
            "Pets",
            "Pets and",
            "and the",
            "- a point;",
        ),
        *(
            "Pets | Rabbits. |",
            "x " * 60,
            "The",
            "Pets:",
            "May 2023",
            "Updated Chapters",
            "(Pets",
            "1. a",
            "Section 2,",
        ),
    ],
)
def test_the_work_grows_with_the_page_and_no_faster(line: str) -> None:
    page = f"{TABLE}Cars This is new:\n"
    read(f"{page}{line}\n")
    assert calls(lambda: read(page + f"{line}\n" * 400)) < 5 * calls(lambda: read(page + f"{line}\n" * 100))
