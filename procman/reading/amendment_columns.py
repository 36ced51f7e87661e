"""The columns of a table on an amendments page: by their headings, otherwise by what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.amendment_changes import CHANGED, DOCUMENT, change_of
from procman.reading.dates import DAY, MONTH, iso_date
from procman.reading.fields import REFERENCE_WORDS
from procman.reading.furniture import (
    AREA_HEAD,
    DATE_HEAD,
    MAY_BE_DATE_HEAD,
    NOTE_HEAD,
    NUMBER_HEAD,
    OTHER_HEAD,
    TITLE_HEAD,
    page_words,
    plain,
    role_of,
)

#: "12 March", below a heading with its year.
DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? {p.MONTH}"
DATE = rf"({DAY}|{p.MONTH_DATE})"
#: A cell that is only a date, perhaps without its year.
DATE_CELL = re.compile(rf"{DAY}|{MONTH}|{DAY_MONTH}|{p.MONTH}(?:[ '’]\d\d)?|\d{{1,2}}/\d{{1,2}}", re.I)

#: "12/03", below a heading with its year.
_DAY_IN_FIGURES = re.compile(r"\d{1,2}/\d{1,2}")

_UPDATE = r"(?:amendments?|changes?|updates?|revisions?)"
#: What headings hold beside those in the list of page words, or other than there: a table of contents has its chapters' areas under "Topic".
_OWN = {
    "change": rf"status|(?:type|kind|nature)(?: of {_UPDATE})?|(?:change|update) type|new ?(?:/|or) ?(?:updated|amended)|action|[NUADRW](?: ?/ ?[NUADRW]){{1,3}}",
    "section": r"part|manual",
    "name": rf"(?:{DOCUMENT}|topic|subject)(?: ?(?:/ ?|or )?(?:{DOCUMENT}|names?|titles?|headings?))?|where",
    "details": (
        rf"(?:(?:brief )?(?:details?|summary|description|reasons?|comments?|notes?)(?: (?:of|for) (?:the )?{_UPDATE})?|nature of (?:the )?{_UPDATE}|{_UPDATE}"
        r"|what(?:'s| has| have| was| is| we)? ?(?:been )?(?:changed|new|amended|updated|did)|action taken)(?: made)?"
    ),
    "date": rf"(?:dates?|month) (?:of )?(?:{_UPDATE}|amended|changed|updated|added|published|issued?|reviewed)|month|when|edition",
    "other": r"initials|sign(?:ed)?[ -]off|(?:approved|made|changed) by|by whom|who",
}
_HEAD = re.compile("|".join(f"(?P<{column}>{head})" for column, head in _OWN.items()), re.I)
#: What columns hold, by the roles of their headings in the list of page words.
_ROLES = {
    NUMBER_HEAD: "number",
    TITLE_HEAD: "name",
    AREA_HEAD: "section",
    DATE_HEAD: "date",
    MAY_BE_DATE_HEAD: "date",
    NOTE_HEAD: "details",
    OTHER_HEAD: "other",
}
#: Words in the headings of a table's cells, in the order in which they tell.
_HEAD_WORDS = {
    "other": r"\b(?:by|who|author\w*|owner|version|initials|pages?)\b",
    "date": r"\b(?:date|when|month)\b",
    "number": r"\b(?:no|number|ref|reference)\b",
    "change": r"\b(?:type|status)\b",
    "name": rf"^(?:name|title|which|affected|{CHANGED}) .*|\b(?:title|affected|concerned)$|^{DOCUMENT} {CHANGED}$",
    "details": r"\b(?:chang\w+|amend\w+|update\w*|revis\w+|details?|summary|description|comments?|notes?|reasons?|what)\b",
    "section": r"\b(?:section|part|area)\b",
}
#: "New Chapters", "Chapters removed" as the heading of a column of names.
NAMES_CHANGED = re.compile(rf"{CHANGED}\b.*\b{DOCUMENT}|{DOCUMENT} {CHANGED}", re.I)
_TELLING = {column: re.compile(words, re.I) for column, words in _HEAD_WORDS.items()}
#: The most words of a heading.
_LONGEST_HEAD = 8


def column_of(head: str) -> str:
    """What a column with this heading holds. Empty if the heading is not known.

    >>> column_of("Chapter Name"), column_of("What has changed?"), column_of("Modified"), column_of("Colour")
    ('name', 'details', 'date', '')
    """
    return _own(head) or _ROLES.get(role_of(head), "")


@lru_cache(maxsize=10_000)
def _own(head: str) -> str:
    match = _HEAD.fullmatch(plain(head))
    return (match.lastgroup or "") if match else ""


def column_told(head: str) -> str:
    """What a column holds, if its heading is known or has words that tell.

    >>> column_told("Chapter amended"), column_told("Why it was changed"), column_told("Colour")
    ('name', 'details', '')
    """
    return column_of(head) or next((column for column, words in _TELLING.items() if words.search(head)), "")


def columns_of(cells: Sequence[str]) -> list[str]:
    """What each column holds, if these are the headings of a table. At least a name and details are known.

    >>> columns_of(["Date", "Policy", "Colour", "What has been changed and why"]), columns_of(["Consent", "Changes"])
    (['date', 'name', '', 'details'], [])
    """
    if len(cells) < 2 or any(
        len(cell.split()) > _LONGEST_HEAD or (cell[-1:] == "." and len(cell) > 15) for cell in cells
    ):
        return []
    strict = [column_of(cell) or "name" * bool(NAMES_CHANGED.fullmatch(cell)) for cell in cells]
    loose = [column_told(cell) for cell in cells]
    if "name" not in loose and "section" in loose:
        strict[loose.index("section")] = loose[loose.index("section")] = "name"
    sure = len(cells) > 2 and (any(strict) or all(loose))
    return loose if all(strict) or {"name", "details"} <= {*(loose if sure else strict)} else []


def heads_in(text: str) -> list[str]:
    """What each column holds, if a line is the headings of a table with nothing between them.

    >>> heads_in("ChapterDetailsDate"), heads_in("Status Policy What has changed"), heads_in("Details of the changes")
    (['name', 'details', 'date'], ['change', 'name', 'details'], [])
    """
    may_be = len(text) < _LONGEST_LINE and _OF_DETAILS.search(text) and not _TITLE.fullmatch(text)
    words = _BETWEEN_HEADS.split(text) if may_be else []
    found: list[str] = []
    while words:
        heads = (" ".join(words[:count]) for count in range(min(len(words), _MOST_WORDS), 0, -1))
        column, head = next(((column, head) for head in heads if (column := _known(head))), ("", ""))
        if not column:
            return []
        found.append(column)
        words = words[head.count(" ") + 1 :]
    return found if {"name", "details"} <= {*found} else []


def _known(head: str) -> str:
    return _own(head) or _ROLES.get(page_words().whole.get(plain(head), ""), "")


#: "Policy updates": a page's title.
_TITLE = re.compile(rf"[A-Z]\w+ {_UPDATE}")
#: What the heading of details has in it.
_OF_DETAILS = re.compile(
    r"chang|amend|update|revis|detail|summary|description|comment|note|reason|nature|what|action", re.I
)
#: Headings with nothing between them: "ChapterDetails".
_BETWEEN_HEADS = re.compile(r"[\s|/:]+|(?<=[a-z?.])(?=[A-Z])")
_LONGEST_LINE, _MOST_WORDS = 120, 5


def missing(cells: Sequence[str], columns: Sequence[str]) -> int:
    """The column whose cell a row of a table does not have.

    >>> missing(["Pets", "Rabbits."], ["date", "name", "details"]), missing(["2.3", "Pets"], ["number", "name", "details"])
    (0, 2)
    """
    for k, column in enumerate(columns):
        held = CONTENTS.get(column) if column in ("date", "number", "change") else None
        if column == "section" or (held and not any(map(held.fullmatch, cells))):
            return k
    return columns.index("details") if "details" in columns else len(columns) - 1


class Cells(NamedTuple):
    """A row of a table."""

    name: str
    details: str
    change: str
    month: str


#: What the cells of a column without a heading can be, if all of them are.
CONTENTS = {
    "date": DATE_CELL,
    "number": re.compile(rf"{p.ONLY_NUMBER.pattern}|{REFERENCE_WORDS.pattern}"),
    "other": re.compile(r"(?:v(?:er(?:sion)?)?|rev|issue)\.? ?(?:\d+(?:\.\d+)*|[A-Z])", re.I),
    "change": re.compile(
        rf"(?:minor |major |significant |full )?(?:{CHANGED}|update|amendment|amend|revision|review|removal|deletion|addition|withdrawal|no change)"
        rf"(?: {DOCUMENT})?",
        re.I,
    ),
}


def guessed(rows: Iterable[Sequence[str]]) -> dict[int, list[str]]:
    """What each column holds, by what its cells hold, for tables of each width.

    >>> guessed([["NEW", "Pets", "Covers rabbits."], ["UPDATED", "Vaping", ""], ["Homes", "Deleted"], ["Visits", "Links added."]])
    {3: ['change', 'name', 'details'], 2: ['name', 'details']}
    """
    tables: dict[int, list[Sequence[str]]] = {}
    for cells in rows:
        if sum(map(bool, cells)) > 1:
            tables.setdefault(len(cells), []).append(cells)
    found = {}
    for width, table in tables.items():
        columns: list[str] = []
        for column in zip(*table, strict=True):
            filled = [cell for cell in column if cell]
            told = [cell for cell in column[1:] if cell] if len(table) > 3 else filled  # the first may be a heading
            held = next((what for what, pattern in CONTENTS.items() if told and all(map(pattern.fullmatch, told))), "")
            if held == "change" and width == 2 and columns == ["name"] and len(table) == 1:
                held = ""
            if not held and "name" in columns and _repeats(filled):
                held = "other"
            columns.append(held or ("details" if "name" in columns else "name"))
        if "details" not in columns and "other" in columns:
            columns[len(columns) - 1 - columns[::-1].index("other")] = "details"
        found[width] = columns
    return found


def _repeats(cells: Sequence[str]) -> bool:
    """Whether a column has a few short words again and again, as one of authors does."""
    short = all(len(cell.split()) <= 3 and cell[-1] != "." and not re.search(CHANGED, cell, re.I) for cell in cells)
    return short and len(cells) > 3 and 2 * len(set(cells)) <= len(cells)


def told(cells: Sequence[str], columns: Sequence[str], year: str = "") -> Cells:
    """The row that cells hold, below a heading with a year.

    >>> told(["03/05/2023", "1.2", "Pets", "J Smith", "Links."], ["date", "number", "name", "other", "details"])
    Cells(name='Pets', details='Links.', change='', month='2023-05')
    """
    held = dict.fromkeys((*_HEAD_WORDS, ""), "")
    for column, cell in zip(columns, cells, strict=True):
        held[column] = f"{held[column]} {cell}".strip()
    if not held["details"] and not CONTENTS["change"].fullmatch(held["change"]) and " " in held["change"]:
        held["details"], held["change"] = held["change"], ""  # "Action": "Section 3 changed"
    return Cells(held["name"], held["details"], _change(held["change"]), _month(held["date"], year))


def _month(date: str, year: str) -> str:
    """The month of a cell. Without a year of its own, it is in that of the heading; "Mar 24" is then a day."""
    if _DAY_IN_FIGURES.fullmatch(date):
        return ""
    if year and not re.search(r"\d{4}", date):
        return iso_date(f"{date} {year}")[:7]
    return iso_date(_SHORT_YEAR.sub(r"\1-", date))[:7]


_SHORT_YEAR = re.compile(rf"^({p.MONTH})[ '’]+(?=\d\d$)", re.I)


def _change(cell: str) -> str:
    """The change that a cell gives: "Minor update", "NEW", "D"."""
    if len(cell) == 1:
        return {"N": "New", "A": "New", "D": "Removed", "R": "Removed", "W": "Removed"}.get(cell.upper(), "Updated")
    return change_of(re.findall(rf"{CHANGED}|addition|removal|deletion|withdrawal", cell, re.I))
