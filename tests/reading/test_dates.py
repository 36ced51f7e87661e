"""Dates as pages print them, at the limits of days, months and years."""

from __future__ import annotations

import pytest

from procman.reading.dates import is_iso_date, is_month, iso_date, month_of


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("31 March", ""),
        ("March 32", "2032-03"),
        ("Nov-24", "2024-11"),
        ("3-Nov-24", "2024-11-03"),
        ("06/24", "2024-06"),
        ("12.03.24", "2024-03-12"),
        ("3rd March 99", "2099-03-03"),
        ("3 March 100", "0100-03-03"),
        ("March 1999", "1999-03"),
        ("03/1900", ""),
        ("03/1901", "1901-03"),
        ("12/2024", "2024-12"),
        ("13/2024", ""),
        ("00/2024", ""),
        ("31/01/2005", "2005-01-31"),
        ("2005/01/31", "2005-01-31"),
        ("32/01/2005", ""),
        ("31/02/2005", ""),
        ("2005", ""),
        ("24", ""),
        ("spring", ""),
    ],
)
def test_a_printed_date_in_iso(printed: str, iso: str) -> None:
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    ("text", "date", "month"),
    [
        ("2024-06", True, True),
        ("2024-06-30", True, False),
        ("2024-06-31", False, False),
        ("2024-13", False, False),
        ("2024-00", False, False),
        ("0999-06", False, False),
        ("3000-06", False, False),
        ("2024-6", False, False),
        ("2024-06-1", False, False),
    ],
)
def test_what_is_a_date_and_what_a_month_in_iso(text: str, date: bool, month: bool) -> None:
    assert (is_iso_date(text), is_month(text)) == (date, month)


def test_an_edition_is_written_as_people_do() -> None:
    assert [month_of(text) for text in ("12 March 2024", "03/2024", "2024-06-30", "1 Page")] == [
        "2024-03",
        "2024-03",
        "2024-06",
        "1 Page",
    ]
