"""How a measure's table is declared: its columns, what it is out of, and what it does not say."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procman.tables import Column, Table
from procman.titles import plain

if TYPE_CHECKING:
    import pandas as pd

#: The row for chapters that stand outside any section, so that the parts add up to the whole.
OUTSIDE = "(outside any section)"
#: A heading of which the page prints only the number.
UNTITLED = "(untitled)"
#: A manual of which neither the page nor the caller says whose it is.
UNNAMED = "(council not named)"
#: What stands between several values in one cell.
BETWEEN = "; "

NOT_THERE = "Not on the contents page is not 'no such policy': the council may keep it elsewhere or under another name."
NO_FLAG = "A flag is the publisher's claim about one edition; no flag is not 'unchanged'."


@dataclass(frozen=True, slots=True)
class Measure(Table):
    """A table that measures something: what it is out of, and the caveat that goes wherever it is shown."""

    denominator: str = ""
    caveat: str = ""


COUNCIL = Column("council", "str", "council whose manual it is", "Oxfordshire", optional=True)
EDITION = Column(
    "edition", "str", "edition of the manual, ISO to the month; missing where undated", "2017-07", optional=True
)
TOPIC = Column("topic", "int64", "the topic's id: chapters of any council aligned with each other", "17")
TOPIC_TITLE = Column("topic_title", "str", "a title that stands for the topic", "Private Fostering", optional=True)


def share(part: float, whole: float) -> float:
    """A part of a whole, between 0 and 1; missing where the whole is empty.

    >>> share(1, 4), share(0, 0)
    (0.25, nan)
    """
    return part / whole if whole else float("nan")


def text(value: Any) -> str | None:
    """The cell's text, or None where it is missing, whatever pandas used for that."""
    return value if isinstance(value, str) and value else None


def fold(title: Any) -> str:
    """A title's words for telling 'the same words'; empty for a missing title.

    >>> fold("Children’s Views – Consultation & Participation"), fold(None)
    ('children views consultation and participation', '')
    """
    return plain(text(title) or "")


def by_manual(entries: pd.DataFrame) -> Iterator[tuple[tuple[str | None, str | None], pd.DataFrame]]:
    """Each manual's rows with its council and edition, in the order of the table."""
    for (council, edition), rows in entries.groupby(["council", "edition"], dropna=False, sort=False):
        yield (text(council), text(edition)), rows


def names(council: pd.Series) -> pd.Series:
    """The councils' names, with a name for the one that has none, so that no chapter drops out of a count."""
    return council.astype("str").fillna(UNNAMED)


def joined(values: Iterator[Hashable] | pd.Series) -> str:
    """Distinct texts in one cell, in the order of their first coming, missing ones left out.

    >>> joined(iter(["1.1", None, "2.4", "1.1"]))
    '1.1; 2.4'
    """
    return BETWEEN.join(dict.fromkeys(value for value in values if isinstance(value, str) and value))
