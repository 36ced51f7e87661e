"""The checklist of topics required by law or guidance: `data/duties.csv`. It is not legal advice."""

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
#: After this many days without a check, the checklist says that it is out of date.
YEAR = 365
NOT_ADVICE = "A title does not show that the text meets the duty. Not legal advice."

DUTY_TOPIC = replace(FIELDS["topic"], meaning="topic that a chapter should cover", example="Staying put")
CHECKLIST = Table(
    "duties",
    "One row per topic expected in an English council's manual, from data/duties.csv.",
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
    """Read the checklist, in the file's order (columns of `CHECKLIST`).

    Raises
    ------
    TableError
        The file cannot be read, a column or cell is missing, a value is not allowed, or a duty comes twice.

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
            raise TableError(path, f"there is no column {column.name!r}", line=1)
    found: dict[str, list[str]] = {}
    for line, values in lines:
        row = dict(zip(header, values, strict=True))
        for column in CHECKLIST.columns:
            if not (row[column.name] or column.optional):
                raise TableError(path, f"the row has no {column.name!r}", line)
        if row["duty"] in found:
            raise TableError(path, f"{row['duty']!r} comes twice", line)
        found[row["duty"]] = [row[column.name] for column in CHECKLIST.columns]
    return CHECKLIST.check(CHECKLIST.frame(found.values()), str(path))


def stale(checklist: pd.DataFrame, today: date | None = None) -> str | None:
    """A sentence that says so if nobody has checked the checklist for a year, or None.

    >>> stale(read_duties(), date(2027, 12, 1))
    'Nobody has checked these duties since 25 November 2026. The law may have changed.'
    """
    last = checklist["checked_on"].max()
    if ((today or date.today()) - date.fromisoformat(last)).days <= YEAR:
        return None
    return f"Nobody has checked these duties since {edition_in_words(last)}. The law may have changed."
