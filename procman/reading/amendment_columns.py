"""The columns of a table on an amendments page: by their headings, otherwise by what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.amendment_changes import CHANGED, DOCUMENT, change_of
from procman.reading.details import iso_date

DAY = rf"{p.DAY_DATE}|\d{{1,2}}-\d{{1,2}}-(?:19|20)\d\d"
DATE = rf"({DAY}|{p.MONTH_DATE})"
#: A cell that is only a date. Here, it may be in figures: "03/2024", "2024-03", "12/03/24".
DATE_CELL = re.compile(
    rf"(?:{DATE}|(\d{{1,2}}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d\d))", re.I
)

_NAME = rf"(?:{DOCUMENT}|title|name)(?: ?(?:/ ?|or )?(?:{DOCUMENT}|names?|titles?|headings?))?"
_UPDATE = r"(?:amendments?|changes?|updates?|revisions?)"
_DETAILS = (
    rf"(?:(?:brief )?(?:details?|summary|description|nature|reasons?|comments?|notes?)(?: (?:of|for) (?:the )?{_UPDATE})?|{_UPDATE}"
    r"|what(?:'s| has| have| was| is)? ?(?:been )?(?:changed|new|amended|updated)|action taken)(?: made)?\??"
)
_DATE = r"(?:(?:dates?|month)(?: (?:of )?(?:amendments?|amended|changed?|updated?|added|published|issued?|reviewed))?|when|(?:last )?updated(?: on)?|published|effective from)"
#: The content of each column of a table, by its heading.
HEADS = {
    "number": r"(?:(?:chapter|section|policy|procedure) )?(?:no|number|ref(?:erence)?)\.?",
    "change": rf"(?:status|type(?: of {_UPDATE})?|(?:change|update) type|new ?(?:/|or) ?(?:updated|amended)\??|action)",
    "section": r"(?:section|part|area|manual)(?: (?:name|title|heading))?",
    "name": _NAME,
    "details": _DETAILS,
    "date": _DATE,
    "other": r"(?:version|issue|author|owner|lead|(?:approved|updated|amended|changed|made|reviewed) by|by whom|who|link|page|pages)(?: (?:no|number)\.?)?",
}
_HEADS = {column: re.compile(head, re.I) for column, head in HEADS.items()}
_HEAD = re.compile("|".join(f"(?P<{column}>{head})" for column, head in HEADS.items()), re.I)
#: The most words of a heading that is not known.
_LONGEST_HEAD = 4


def column_of(head: str) -> str:
    """What a column with this heading holds. Empty if the heading is not known.

    >>> column_of("Chapter Name"), column_of("What has changed?"), column_of("Signed off")
    ('name', 'details', '')
    """
    return next((column for column, pattern in _HEADS.items() if pattern.fullmatch(head)), "")


def columns_of(cells: Sequence[str]) -> list[str]:
    """What each column holds, if these are the headings of a table. At least a name and details are known.

    >>> columns_of(["Date", "Policy", "Signed off", "Summary of changes"]), columns_of(["Consent", "Changes"])
    (['date', 'name', '', 'details'], [])
    """
    found = [column_of(cell) for cell in cells]
    known = {"name", "details"} <= {*found} or (len(found) > 1 and all(found))
    return found if known and all(len(cell.split()) <= _LONGEST_HEAD for cell in cells) else []


def heads_in(text: str) -> list[str]:
    """What each column holds, if a line is the headings of a table with nothing between them.

    >>> heads_in("ChapterDetailsDate"), heads_in("Status Policy What has changed"), heads_in("Details of the changes")
    (['name', 'details', 'date'], ['change', 'name', 'details'], [])
    """
    found: list[str] = []
    at = 0
    while at < len(text) and len(found) < len(HEADS):
        match = _HEAD.match(text, at)
        if not match:
            return []
        found.append(match.lastgroup or "")
        at = match.end()
        while at < len(text) and text[at] in " |/:":
            at += 1
    return found if {"name", "details"} <= {*found} else []


class Cells(NamedTuple):
    """A row of a table."""

    name: str
    details: str
    change: str
    month: str


def told(cells: Sequence[str], columns: Sequence[str]) -> Cells:
    """The row that cells hold.

    >>> told(["NEW", "Pets", "Covers rabbits."], [])
    Cells(name='Pets', details='Covers rabbits.', change='New', month='')
    >>> told(["03/05/2023", "1.2", "Pets", "J Smith", "Links."], ["date", "number", "name", "other", "details"])
    Cells(name='Pets', details='Links.', change='', month='2023-05')
    """
    fits = len(columns) == len(cells) and "name" in columns
    held = dict.fromkeys((*HEADS, ""), "")
    for column, cell in zip(columns if fits else [_content(cell) for cell in cells], cells, strict=True):
        column = column or ("" if fits else "details" if held["name"] else "name")
        held[column] = f"{held[column]} {cell}".strip()
    month = DATE_CELL.fullmatch(held["date"])
    return Cells(
        held["name"],
        held["details"],
        change_of(re.findall(CHANGED, held["change"], re.I)),
        iso_date(month[0])[:7] if month else "",
    )


def _content(cell: str) -> str:
    """What a cell holds, if it can be nothing else."""
    if DATE_CELL.fullmatch(cell):
        return "date"
    if p.ONLY_NUMBER.fullmatch(cell):
        return "number"
    return "change" if re.fullmatch(CHANGED, cell, re.I) else ""
