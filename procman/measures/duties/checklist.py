"""The checklist: what law or guidance leads one to expect, `data/duties.csv`. It is not legal advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.files import DATA, read_rows, where_data_are
from procman.tables import FIELDS, Table, columns
from procman.words import edition_in_words

if TYPE_CHECKING:
    import pandas as pd

DUTIES = DATA / "duties.csv"
#: A table of law that nobody has checked for so many days says so.
YEAR = 365
NOT_ADVICE = "A title does not show that the text meets the duty. Not legal advice."

DUTY_TOPIC = replace(FIELDS["topic"], meaning="what a chapter is expected on", example="Staying put")
CHECKLIST = Table(
    "duties",
    "One row per topic that an English council's manual would be expected to carry, as data/duties.csv has it.",
    columns(
        *(
            "duty",
            DUTY_TOPIC,
            "expectation",
            "basis",
            "force",
            "where",
            "since",
            "until?",
            "source",
            "wordings",
            "near?",
        ),
        *("unless?", "concepts?", "dating?", "evidence?", "remark?", "checked_on", "verified"),
    ),
)


def read_duties(path: Path | str = DUTIES) -> pd.DataFrame:
    """Read the checklist (columns of `CHECKLIST`), in its order.

    Raises
    ------
    TableError
        The file cannot be read, lacks a column or a cell, holds a value that is not allowed, or names a duty twice.

    Examples
    --------
    >>> table = read_duties().set_index("duty")
    >>> table.loc["staying-put", ["since", "force", "verified"]].tolist()
    ['2014-05', 'duty to act', 'no']
    """
    path = where_data_are(path)
    lines = read_rows(path)
    _, header = next(lines, (1, []))
    for column in CHECKLIST.columns:
        if column.name not in header:
            raise TableError(path, f"no column {column.name!r}", line=1)
    found: dict[str, list[str]] = {}
    for line, values in lines:
        row = dict(zip(header, values, strict=True))
        for column in CHECKLIST.columns:
            if not (row[column.name] or column.optional):
                raise TableError(path, f"the row has no {column.name!r}", line)
        if row["duty"] in found:
            raise TableError(path, f"{row['duty']!r} stands there twice", line)
        found[row["duty"]] = [row[column.name] for column in CHECKLIST.columns]
    return CHECKLIST.check(CHECKLIST.frame(found.values()), str(path))


def stale(checklist: pd.DataFrame, today: date | None = None) -> str | None:
    """Say so where nobody has checked the checklist for a year, else None.

    >>> stale(read_duties(), date(2027, 12, 1))
    'Nobody has checked these duties since 25 November 2026. The law may have changed.'
    """
    last = checklist["checked_on"].max()
    if ((today or date.today()) - date.fromisoformat(last)).days <= YEAR:
        return None
    return f"Nobody has checked these duties since {edition_in_words(last)}. The law may have changed."
