"""Amendments pages: every page kept, and the rules that tell names, details and kinds of change apart."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman.errors import PageError, ProcmanError
from procman.reading.amendments import amendment_rows, read_amendments
from procman.reading.page import Page
from procman.tables import AMENDMENTS
from tests.compare_pages import PAGES, expected, golden, pages, rows, table

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
    frame = AMENDMENTS.check(read_amendments(page))
    source = page.read_text("utf-8").splitlines()
    assert frame["line"].is_monotonic_increasing
    if page.suffix == ".txt":
        for line, chapter, details in zip(frame["line"], frame["chapter"], frame["details"], strict=True):
            assert (chapter if isinstance(chapter, str) else details)[:30] in source[line - 1]


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
        "page", f"{TABLE}Moving House Homes are now named.\nVisits A link has been added.\nOdd words alone.\n", False
    )
    by_wording = [(row.chapter, row.details, row.split) for row in amendment_rows(page)]
    assert by_wording == [
        ("", "Moving House Homes are now named.", "unsplit"),
        ("Visits", "A link has been added.", "wording"),
        ("", "Odd words alone.", "unsplit"),
    ]
    by_title = amendment_rows(page, ["Moving", "Moving House", "moving house homes x"])
    assert by_title[0][2:4] == ("Moving House", "Homes are now named.")
    assert by_title[0].split == "titles"


def test_a_title_matches_whole_words_whatever_its_quotes() -> None:
    line = "Children’s Homes and More This chapter has been refreshed."
    assert read(TABLE + line, ["Children's Homes", "Children's Homes and More"])[0][2] == "Children’s Homes and More"
    assert read(TABLE + "Visitsx were changed by law.", ["Visits"])[0][2] == ""


def test_a_second_paragraph_belongs_to_the_row_above_it_in_a_table_of_changes() -> None:
    said = ["Section 2, Homes has been changed.", "A link has been added."]
    assert read(f"April 2024\nUpdated Chapters\nVisits\n\n{said[0]}\n\n{said[1]}\n") == [
        ("2024-04", "Updated", "Visits", " ".join(said))
    ]
    assert [row[2] for row in read(f"April 2024\nVisits\n\n{said[0]}\n\n{said[1]}\n")] == ["Visits", ""]


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
