"""Classify the lines of an amendments page: months, headings of tables, links to archives, rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.furniture import FURNITURE, role_of
from procman.reading.line import Line
from procman.reading.page import Page
from procman.reading.text import lines_of

# --- wording --------------------------------------------------------------------------------------------------

_DAY = rf"{p.DAY_DATE}|\d{{1,2}}-\d{{1,2}}-(?:19|20)\d\d"
_DATE = rf"({_DAY}|{p.MONTH_DATE})"
ONLY_DATE = re.compile(_DATE)
_AMENDMENTS = r"(?:amendments?|updates?|changes|edition|release|manual)"
#: "April 2018", "Amendments - April 2018", "May 2024 update", "Spring 2024 (published 2 May 2024)"
EDITION = re.compile(
    rf"(?:[^.:]{{0,60}}?\b(?:{_AMENDMENTS}\b[\s:–-]{{0,3}}(?:for |in |of |made in )?|published (?:on |in )?))?{_DATE}(?:[\s:–-]{{0,3}}{_AMENDMENTS})?[:)]?",
    re.I,
)
#: "April", under a year.
_MONTH = re.compile(rf"{p.MONTH}", re.I)
#: "2018", "2018 Amendments": a heading above months, or a link to another page.
YEAR = re.compile(
    rf"(?:{_AMENDMENTS}[\s:–-]{{0,3}}(?:for |in |of )?)?((?:19|20)\d\d)(?:[\s:–-]{{0,3}}{_AMENDMENTS})?:?", re.I
)
#: After one of these, only a new month starts a block.
_ARCHIVE = re.compile(
    r"(?:amendments? )?archived?s?(?: (?:of )?(?:amendments?|updates?))?:?|(?:previous|past|earlier|older) (?:amendments?|updates?|editions?):?"
    r"|(?:(?:please )?(?:click|see|view|go to|select|follow)\b.{0,60}|.{0,20})\b(?:amendments?|updates?|changes)\b.{0,30}\b(?:made (?:in|during|before|prior)|archive|previous|for (?:19|20)\d\d).{0,60}"
    r"|(?:(?:please |to )?(?:click|view|see|go to|select|follow|find)\b).{0,60}\b(?:archived?|previous|past|earlier|older) (?:\w+ ){0,2}(?:amendments|updates|editions)\b.{0,60}",
    re.I,
)
_THING = (
    r"(?:chapters|procedures|policies|features|documents|guidance|contents?|pages|sections|resources|forms|templates)"
)
CHANGED = (
    r"(?:new|added|updated|amended|revised|changed|refreshed|reviewed|removed|deleted|withdrawn|retired|discontinued)"
)
#: "Updated Chapters", "New Chapters and Features", "New and Updated Procedures", "Updated/Amended Chapters", "Chapters Removed:"
CHANGE = re.compile(
    rf"(?:the )?({CHANGED})(?:(?: ?[/,&] ?| and | or )({CHANGED}))*(?: {_THING}(?:(?: and|,|/|&)? ?{_THING})*| (?:chapter|procedure|policy)(?=:))?:?(?: chapter name details)?"
    rf"|{_THING}(?:(?: and|/|&) {_THING})? (?:that (?:have been|are|were) |which (?:have been|are|were) )?({CHANGED})(?:(?: ?[/,&] ?| and | or )({CHANGED}))*:?"
    rf"|the following (?:new )?(?:chapters|procedures|policies|documents) (?:have been|were|are) ({CHANGED})\b.{{0,60}}:",
    re.I,
)
_REMOVED_WORDS = frozenset(("removed", "deleted", "withdrawn", "retired", "discontinued"))
_NEW_WORDS = frozenset(("new", "added"))
_NAME_HEAD = r"(?:chapter|procedure|policy|title|name|document)s?(?: ?(?:/ ?)?(?:name|title|heading)s?)?"
_DETAILS_HEAD = r"(?:(?:details?|amendments?|changes?|updates?|summary|description|comments?|reasons?|what(?: (?:has|have|was))? changed)(?: of (?:the )?(?:amendments?|changes?|updates?))?(?: made)?)"
_DATE_HEAD = (
    r"(?:dates?(?: (?:of )?(?:amendments?|amended|changed?|updated?|added|published))?|(?:month|when|updated(?: on)?))"
)
#: "Chapter Name Details", "ChapterDetailsDate"
HEADER = re.compile(
    rf"(?:({_DATE_HEAD})[\s|/:]*)?{_NAME_HEAD}[\s|/:]*{_DETAILS_HEAD}(?:[\s|/:]*({_DATE_HEAD}))?:?", re.I
)
#: The content of each column of a table, by its heading.
HEADS = {
    "number": re.compile(r"(?:no|number|ref(?:erence)?)\.?", re.I),
    "change": re.compile(r"(?:status|type|new ?/ ?(?:updated|amended)|(?:type of )?change|action)", re.I),
    "section": re.compile(r"(?:section|part|area|manual)(?: (?:name|title|heading))?", re.I),
    "name": re.compile(_NAME_HEAD, re.I),
    "details": re.compile(_DETAILS_HEAD, re.I),
    "date": re.compile(_DATE_HEAD, re.I),
}
#: "This page was reviewed in May 2024." is about a chapter. "This page was last reviewed in May 2024" is about the page.
_SAID = re.compile(r"This (?!.*\blast\b).*\.$")
#: "1. New seats;", "b) the form"
ORDINAL = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
#: "Next Update: June 2020", "The next update is planned for October 2018."
NEXT_UPDATE = re.compile(rf"next (?:update|edition|amendments?)\b.{{0,40}}?{_DATE}", re.I)
# --- lines ----------------------------------------------------------------------------------------------------


class AmendmentLine(NamedTuple):
    """A line of the page, its kind, and whether there is a gap above it."""

    line: Line
    text: str
    cells: list[str]
    kind: str  # next, edition, month, year, archive, change, header, furniture, date, row
    apart: bool


def amendment_lines(page: Page) -> list[AmendmentLine]:
    found, apart = [], True
    for line in lines_of(page.text, page.html, page.name):
        text = line.text.rstrip("| ")
        if not text:
            apart = True
        elif (not line.ignored or line.tag == "th") and line.tag != "caption":
            cells = [cell for cell in line.cells if cell]
            found.append(AmendmentLine(line, text, cells, _kind(text, cells), apart or page.html))
            apart = False
    _find_heads_on_lines(found)
    return found


def _find_heads_on_lines(lines: list[AmendmentLine]) -> None:
    """Find the heading row of a table with one cell per line: "Chapter Name", "Details", perhaps "Date"."""
    for i, (name, details) in enumerate(pairwise(lines)):
        if HEADS["details"].fullmatch(details.text) and HEADS["name"].fullmatch(name.text):
            end = i + 2
            end += end < len(lines) and bool(HEADS["date"].fullmatch(lines[end].text))
            lines[i:end] = [line._replace(kind="header") for line in lines[i:end]]


def _kind(text: str, cells: Sequence[str]) -> str:
    if NEXT_UPDATE.search(text[:200]):
        return "next"
    short = text if len(text) < 200 else ""
    for kind, pattern in _HEADINGS.items():
        if pattern.fullmatch(short):
            return kind
    if len(cells) > 1 and all(any(head.fullmatch(cell) for head in HEADS.values()) for cell in cells):
        return "header"
    around = role_of(short) == FURNITURE or p.DATE_LINE.fullmatch(short)
    return "furniture" if around and not _SAID.match(short) else "row"


_HEADINGS = {
    "date": re.compile(_DAY),
    "edition": EDITION,
    "month": _MONTH,
    "year": YEAR,
    "archive": _ARCHIVE,
    "change": CHANGE,
    "header": HEADER,
}


def change_of(words: Iterable[str | None]) -> str:
    """The change that a heading's words give to its rows. Empty if they give two."""
    said = {
        "New" if word in _NEW_WORDS else "Removed" if word in _REMOVED_WORDS else "Updated"
        for word in map(str.lower, filter(None, words))
    }
    return said.pop() if len(said) == 1 else ""
