"""Amendments pages of a few lines, for tests."""

from __future__ import annotations

from procman.reading.amendments import amendment_rows
from procman.reading.page import Page


def read(page: str) -> list[tuple[str, ...]]:
    """The edition, change, chapter and details of each row of a page whose lines are divided by slashes."""
    return [tuple(row[:4]) for row in amendment_rows(Page("page", page.replace("/", "\n"), False))]
