"""Dates as pages print them: how they look, and what they are in ISO text."""

from __future__ import annotations

import re

from procman.reading import patterns as p

#: A day, also in figures and as spreadsheets print it: "12 March 2024", "12/03/2024", "12.3.24", "12-03-2024", "3-Nov-24".
DAY = rf"{p.DAY_DATE}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)(?!\d)|\d{{1,2}}-{p.MONTH}-(?:\d{{4}}|\d\d)(?!\d)"
#: A month, also in figures and as spreadsheets print it: "March 2024", "Mar-24", "03/2024", "2024-03". For cells alone: "2024-03" in words may be two years.
MONTH = rf"{p.MONTH_DATE}|{p.MONTH}-\d\d|\d{{1,2}}[/-](?:19|20)\d\d|(?:19|20)\d\d-\d\d"


def iso_date(text: str) -> str:
    """A printed date as ISO text, or only the month if no day is given. Empty if the date is impossible.

    >>> iso_date("February 12, 2025"), iso_date("Sept 2016"), iso_date("29/04/2008"), iso_date("31 June 2020"), iso_date("0/0/2024")
    ('2025-02-12', '2016-09', '2008-04-29', '', '')
    """
    words = text.replace(",", " ").replace(".", " ").replace("/", " ").replace("-", " ").split()
    month = next((p.MONTH_NUMBERS[word.lower()] for word in words if word.lower() in p.MONTH_NUMBERS), 0)
    numbers = [int(digits) for word in words if (digits := word.rstrip("stndrh")).isdigit()]
    if month and len(numbers) == 1 and numbers[0] < 32 and "-" not in text:
        return ""  # "12 March"
    if numbers and max(numbers) < 100 and (month or len(numbers) > 1):
        numbers[-1] += 2000  # "12.03.24", "3-Nov-24", "Nov-24", "06/24"
    if month and len(numbers) == 1:
        return f"{numbers[0]:04}-{month:02}"
    if len(numbers) == 2 and not month:
        month, year = sorted(numbers)  # "03/2024", "2024-03"
        return f"{year:04}-{month:02}" if 1 <= month <= 12 and year > 1900 else ""
    if month and numbers:
        year, day = numbers[-1], numbers[0]
    elif len(numbers) == 3:
        year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
    else:
        return ""
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def is_iso_date(text: str) -> bool:
    """Whether it is a day or month in ISO text, of a year that a page can be of.

    >>> is_iso_date("2025-02-12"), is_iso_date("2025-02"), is_iso_date("2025-02-31"), is_iso_date("0000-01")
    (True, True, False, False)
    """
    if not re.fullmatch(r"[12]\d{3}-\d\d(-\d\d)?", text, re.ASCII):
        return False
    from datetime import date

    try:
        date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return False
    return True


def is_month(text: str) -> bool:
    """Whether it can be an edition: a month in ISO text.

    >>> is_month("2024-06"), is_month("2024-06-01"), is_month("2024-13")
    (True, False, False)
    """
    return len(text) == 7 and is_iso_date(text)


def month_of(text: str) -> str:
    """An edition as people write it in ISO; what is none stays, to be refused by its own words.

    >>> month_of("March 2024"), month_of("2024-03"), month_of("spring")
    ('2024-03', '2024-03', 'spring')
    """
    return iso_date(text)[:7] or text
