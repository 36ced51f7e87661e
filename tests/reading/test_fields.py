"""What a cell or line says of the title beside it, by its look."""

from __future__ import annotations

import pytest

from procman.reading.fields import DATE, NOTE, NOTHING, REFERENCE, STATUS, Field, field_of, telling
from procman.reading.line import Line


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("14/05/2025 16:42", Field(DATE, "2025-05-14")),
        ("Reviewed March 2024", Field(DATE, "2024-03")),
        ("Notes: 14 May 2025", Field(DATE, "2025-05-14")),
        ("v2.1, 14 May 2025", Field(DATE, "2025-05-14")),
        ("(New) February 12, 2025", Field(STATUS, "New", "2025-02-12")),
        ("Comments: Updated", Field(STATUS, "Updated")),
        ("CH-04", Field(REFERENCE, "CH-04")),
        ("CS024a", Field(REFERENCE, "CS024a")),
        ("Ref: CH04", Field(REFERENCE, "CH04")),
        ("No: 4", Field(REFERENCE, "4")),
        ("Notes: See the form", Field(NOTE, "See the form")),
        ("(PDF, 120KB)", Field(NOTE, "PDF, 120KB")),
        ("- to follow", Field(NOTE, "to follow")),
        ("Owner: Fostering", Field(NOTHING)),
        ("Owner:", Field(NOTHING)),
        ("Next review: tbc", Field(NOTHING)),
        ("Next review due: January 2027", Field(NOTHING)),
        ("4 days ago", Field(NOTHING)),
        ("Date of next review: 14 May 2025", Field(NOTHING)),
    ],
)
def test_what_a_field_says(text: str, field: Field) -> None:
    assert field_of(text) == field


@pytest.mark.parametrize(
    "text", ["Missing children", "CH 04a", "Last reviewed: soon", "FORM 3", "COVID19", "Homes: Fostering"]
)
def test_words_of_a_title_are_no_field(text: str) -> None:
    assert field_of(text) is None


def test_a_label_has_at_most_four_words() -> None:
    assert field_of("Date of next review: 14 May 2025") == Field(NOTHING)
    assert field_of("The date of last review: 14 May 2025") is None


def test_a_field_has_at_most_120_characters() -> None:
    assert field_of("Notes: " + "x" * 113) == Field(NOTE, "x" * 113)
    assert field_of("Notes: " + "x" * 114) is None


LINE = Line(4, "Fire", after=" ago")


def test_a_line_takes_what_its_fields_say_and_keeps_what_it_has() -> None:
    fields = [Field(REFERENCE, "CH4"), Field(STATUS, "New", "2025-02-12"), Field(DATE, "2024-03"), Field(NOTE, "tbc")]
    told = telling(LINE, "Fire", fields)
    assert (told.reference, told.status, told.date, told.note) == ("CH4", "New", "2025-02-12", "tbc")
    again = telling(told, "Fire", [Field(REFERENCE, "CH5"), Field(STATUS, "Updated"), Field(DATE, "2023-01")])
    assert (again.reference, again.status, again.date, again.note) == ("CH4", "New", "2025-02-12", "tbc")


def test_notes_are_joined_by_semicolons_and_what_is_said_of_a_file_by_blanks() -> None:
    assert telling(LINE, "Fire", [Field(NOTE, "tbc"), Field(NOTE, "draft")]).note == "tbc; draft"
    assert telling(LINE, "Fire", [Field(NOTE, "PDF"), Field(NOTE, "120KB")]).note == "PDF 120KB"


def test_what_stood_behind_the_words_goes_with_the_words() -> None:
    assert telling(LINE, "Fire", []) is LINE
    assert telling(LINE, "Fire", [Field(NOTE, "tbc")]).after == " ago"
    assert (telling(LINE, "Meals", []).text, telling(LINE, "Meals", []).after) == ("Meals", "")
