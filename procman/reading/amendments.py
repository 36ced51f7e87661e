"""Read the rows of an amendments page: the changes in each edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from procman.errors import PageError
from procman.reading.amendment_cells import with_cells_joined, with_rows_joined, with_spans_filled
from procman.reading.amendment_dates import with_dates_above
from procman.reading.amendment_fields import with_fields_read
from procman.reading.amendment_lines import amendment_lines
from procman.reading.amendment_reader import AmendmentReader
from procman.reading.amendment_rows import AmendmentRow
from procman.reading.name_or_details import (
    known_titles,
    split,
)
from procman.reading.page import Page, open_page
from procman.tables import AMENDMENTS

if TYPE_CHECKING:
    import pandas as pd


def read_amendments(source: Any, titles: Iterable[str] | None = None) -> pd.DataFrame:
    """Read an amendments page of any layout, text or HTML.

    Parameters
    ----------
    source
        As for `procman.read_manual`.
    titles
        Chapter titles from the contents page. Some pages print name and details on one line with nothing between. To split them, procman
        looks for a known title, then a title from another row of the page (and in a library, from any other manual), then typical details
        ("… This chapter has been refreshed"). If nothing fits, the row has the whole line as details and no chapter, and its ``split`` is
        "unsplit".

    Returns
    -------
    DataFrame
        One row per amendment (see `procman.tables`). ``.attrs["next_update"]`` is the ISO month of the next update, or None.

    Raises
    ------
    PageError
        The source cannot be read, or announces no amendment.

    Examples
    --------
    >>> import io
    >>> page = "April 2018\\n\\nUpdated Chapters\\nChapter Name Details\\n\\nAssessments\\n\\nThis chapter has been refreshed.\\n"
    >>> read_amendments(io.StringIO(page))[["edition", "change", "chapter"]].values.tolist()
    [['2018-04', 'Updated', 'Assessments']]
    """
    page = open_page(source)
    rows, next_update = _read(page, titles)
    if not rows:
        raise PageError(page.name, "no amendments page: no month with chapters under it was found")
    table = AMENDMENTS.frame(rows)
    table.attrs["next_update"] = next_update or None
    return table


def amendment_rows(page: Page, titles: Iterable[str] | None = None) -> list[AmendmentRow]:
    """The amendments of a page as plain rows."""
    return _read(page, titles)[0]


def split_rows(rows: Iterable[AmendmentRow], known: frozenset[str]) -> list[AmendmentRow]:
    """The same rows, but unsplit rows are split if they begin with one of the titles (see `name_or_details.known_titles`)."""
    return [_split_row(row, known) if row.split == "unsplit" and known else row for row in rows]


def _split_row(row: AmendmentRow, known: frozenset[str]) -> AmendmentRow:
    parts = split(row.details, known)
    if not parts or parts.by != "titles":
        return row
    return row._replace(chapter=parts.name, details=parts.details, split="titles")


def _read(page: Page, titles: Iterable[str] | None) -> tuple[list[AmendmentRow], str]:
    """The rows, and the month of the next update."""
    lines = with_rows_joined(with_fields_read(with_dates_above(amendment_lines(page))))
    lines = with_spans_filled(lines) if page.html else with_cells_joined(lines)
    reading = AmendmentReader(lines, known_titles(() if titles is None else titles))
    rows = reading.rows
    # Read a second time, with the names found the first time.
    return split_rows(rows, known_titles(row.chapter for row in rows if row.details)), reading.next_update
