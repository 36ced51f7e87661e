"""The earliest date of an undated page, and a note if the pages compared have different dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from procman.measures.counting import cells, numbered, text
from procman.measures.duties.checklist import read_duties
from procman.measures.duties.phrases import readings, wordings, words_of
from procman.tables import Measure, columns
from procman.words import edition_in_words, listed

if TYPE_CHECKING:
    import pandas as pd

EARLIEST = Measure(
    "earliest date of undated pages",
    "One row per undated manual: the earliest month that its titles allow. This is inferred, not printed.",
    columns("council?", "not_before", "number?", "title", "why", title="title that shows it", why="reason"),
    "Undated manuals with a title that can be dated.",
    "The page may be much later. A title may name a date in the future.",
)


#: A month or year in a title. In a span of years ("2020-2025", "2020/21"), the first.
_DATED = re.compile(r"\b(?:(?P<month>[a-z]+) )?(?P<year>(?:19|20)\d\d)\b(?:[ /–-]+(?:19|20)?\d\d\b)?")


def not_before(entries: pd.DataFrame, checklist: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the earliest month that the titles of each undated page allow (columns of `EARLIEST`).

    A title can print a month or year, or use a name that a law introduced. For example, no page had a chapter on the duty to refer before
    October 2018.

    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Homelessness and Duty to Refer\\n1.2 Working Together 2015\\n"
    >>> not_before(read_manual(io.StringIO(page), "Northwick").entries)[["not_before", "title"]].values.tolist()
    [['2018-10', 'Homelessness and Duty to Refer']]
    """
    checklist = read_duties() if checklist is None else checklist
    undated = entries[entries["edition"].isna()]
    told = [
        (council, month, number, title, why)
        for council, number, title in cells(undated, "council", "number", "title")
        for month, why in _dated(title, checklist)
    ]
    table = EARLIEST.frame(told)
    table = table.sort_values("not_before", ascending=False, kind="stable").drop_duplicates("council").sort_index()
    return EARLIEST.frame(table)


def note(entries: pd.DataFrame) -> str | None:
    """A sentence that says so if the contents pages compared are undated or from different years, or None."""
    pages = numbered(entries).drop_duplicates("manual")
    dated = sorted((edition, str(council)) for council, edition in cells(pages, "council", "edition") if text(edition))
    undated = [str(council) for council in pages.loc[pages["edition"].isna(), "council"]]
    apart = dated and months_between(dated[0][0], dated[-1][0]) >= 24
    if len(pages) < 2 or not (apart or undated):
        return None
    earliest = dict(cells(not_before(entries), "council", "not_before"))
    said = [f"{council} {edition_in_words(edition)}" for edition, council in dated]
    said += [
        f"{council} undated"
        + (f" (by its titles not before {edition_in_words(earliest[council])})" if council in earliest else "")
        for council in undated
    ]
    return f"The contents pages are not of the same time: {listed(said)}. A difference may be one of date."


def months_between(start: str, end: str) -> int:
    """Whole months between two ISO months.

    >>> months_between("2018-10", "2020-01")
    15
    """
    (year, month), (later, last) = (map(int, iso.split("-")[:2]) for iso in (start, end))
    return (later - year) * 12 + last - month


def _dated(title: object, checklist: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The months before which a title cannot have been written, each with the reason."""
    for found in _DATED.finditer(words_of(title)):
        month = _MONTHS.get(found["month"] or "", 1)
        yield f"{found['year']}-{month:02}", f"its title has '{found['year']}'"
    titled = readings(text(title))
    for since, dating in cells(checklist, "since", "dating"):
        for wording in wordings(text(dating)):
            if wording.found(titled):
                yield since, f"'{wording.printed}' began in {edition_in_words(since)}"


_MONTHS = {edition_in_words(f"2000-{month:02}").split()[0].lower(): month for month in range(1, 13)}
