"""Classify the lines of an amendments page: months, headings of tables, links to archives, rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.amendment_changes import CHANGE, CHANGED, DOCUMENT
from procman.reading.amendment_columns import DATE, DAY_MONTH, column_of, columns_of, heads_in
from procman.reading.dates import DAY, iso_date
from procman.reading.furniture import FOOT, FURNITURE, MAY_BE_FOOT, role_of
from procman.reading.line import Line
from procman.reading.name_or_details import details_points, name_points
from procman.reading.page import Page
from procman.reading.text import lines_of

# --- wording --------------------------------------------------------------------------------------------------

_AMENDMENTS = r"(?:amendments?|updates?|changes|edition|release|manual|version|issue|bulletin|what(?:['’]s| is| has)? (?:new|changed))"
#: "[4.2] - 2024-03-12", "Rev. 14 (12.03.2024)"
_COUNTED = r"\[?(?:(?:v|ver|rev|no)\.? ?)?\d+(?:\.\d+)*\]?[\s,(–-]{1,3}"
#: "Tuesday 12 March 2024", "Week ending 12 March 2024"
_DAY_OF_WEEK = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?|week (?:ending|commencing) |w/[ec] )"
#: "April 2018", "Amendments - April 2018", "May 2024 update", "Spring 2024 (published 2 May 2024)", "Update notes - May 2024",
#: "Edition 14: May 2024", "May 2024 (version 3.1)", "April to June 2024".
EDITION = re.compile(
    rf"(?!.*\s[–-]\s.*\s[–-]\s)(?:[^.]{{0,60}}?\b(?:{_AMENDMENTS}\b[^.:]{{0,30}}?(?:\d+(?:\.\d+)+)?[\s:(–-]{{0,3}}(?:(?:published|issued|released|dated) (?:on |in )?)?|(?:published|issued|posted) (?:on |in )?)|{_COUNTED}|{_DAY_OF_WEEK})?"
    rf"(?:{p.MONTH}(?: ?[–-] ?| to | and | ?/ ?))?{DATE}(?:[\s:,(–-]{{0,3}}{_AMENDMENTS}(?: \d[\d.]*)?)?(?: \([A-Z]?\d[\d.]*\)| \[edit\]| by .{{1,40}})?[:)?]{{0,2}}",
    re.I,
)
#: "To: all staff", "by Business Unit", "Previous release: April 2021 (R36)": what a page says of itself between its headings.
_ABOUT_PAGE = re.compile(
    rf"(?:to|from|cc|subject|re): .{{1,150}}|(?:https?://|www\.)\S+|printed (?:from|on|by) .{{1,150}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}, \d{{1,2}}:\d\d.*|(?:posted |published |written )?by (?-i:[A-Z])[\w.' ]{{1,40}}"
    rf"|(?:previous|last|earlier) {_AMENDMENTS}:? .{{0,40}}{DATE}.{{0,40}}",
    re.I,
)
#: "Read the chapter", below each row.
_BUTTON = re.compile(r"(?:read|view|open|show|go to|visit|download|find out)\b.{0,40}", re.I)
_FEWEST_BUTTONS = 3
#: "Spring 2024 (April)", "Q1 2024/25 (April 2024)"
_SEASON = re.compile(
    rf"(?:early |late )?(?:spring|summer|autumn|winter|q[1-4]|quarter [1-4])(?: term)? ((?:19|20)\d\d)(?:[/–-]\d\d(?:\d\d)?)?"
    rf"(?: update)?\s?[(:,–-]\s?({p.MONTH})(?: ((?:19|20)\d\d))?\)?:?",
    re.I,
)
#: "April", under a year.
_MONTH = re.compile(rf"{p.MONTH}", re.I)
#: "2018", "2018 Amendments", "Financial year 2024/25": a heading above months, or a link to another page.
YEAR = re.compile(
    rf"(?:{_AMENDMENTS}[\s:–-]{{0,3}}(?:for |in |of )?)?((?:19|20)\d\d)(?:[\s:–-]{{0,3}}{_AMENDMENTS})?:?"
    rf"|(?:financial year |year )?((?:19|20)\d\d)[/–-](?:20)?\d\d:?",
    re.I,
)
#: After one of these, only a new month starts a block.
_ARCHIVE = re.compile(
    r"archives?: .{0,100}\b(?:19|20)\d\d.{0,40}|(?:amendments? )?archived?s?(?: (?:of )?(?:amendments?|updates?))?:?|(?:previous|past|earlier|older) (?:amendments?|updates?|editions?|changes)(?: \([^()]{0,40}\))?:?"
    r"|(?:(?:please )?(?:click|see|view|go to|select|follow)\b.{0,60}|.{0,20})\b(?:amendments?|updates?|changes)\b.{0,30}\b(?:made (?:in|during|before|prior)|archive|previous|for (?:19|20)\d\d).{0,60}"
    r"|(?:(?:please |to )?(?:click|view|see|go to|select|follow|find)\b).{0,60}\b(?:archived?|previous|past|earlier|older) (?:\w+ ){0,2}(?:amendments|updates|editions)\b.{0,60}",
    re.I,
)
#: A heading between the rows that changes nothing: "Local chapters", "Part 2: Placements".
_GROUP = re.compile(
    rf"(?:local|shared|regional|national|county|pan-\w+|multi-agency|joint|core)(?: (?:and|&|/) \w+)?(?: \w+)? (?:{DOCUMENT}|information|resources):?|{p.PART.pattern}.{{1,60}}"
    r"|(?:amendment|change|update|item) (?:(?:no\.?|number) ?)?\d+:?",
    re.I,
)
#: "This page was reviewed in May 2024." is about a chapter. "This page was last reviewed in May 2024" is about the page.
_SAID = re.compile(r"This (?!.*\blast\b).*\.$")
_LETTER = re.compile(r"[^\W\d_]")
#: "1. New seats;", "b) the form"
ORDINAL = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
#: "Next Update: June 2020", "The next update is planned for October 2018."
NEXT_UPDATE = re.compile(
    rf"next (?:up ?date|edition|amendments?|release|version|issue|bulletin)\b.{{0,40}}?{DATE}", re.I
)
#: "January: ", "12 March - ", below a heading with its year.
MONTH_BEFORE = re.compile(rf"({DAY_MONTH}|{p.MONTH})(?::|\s[–—-])\s+(?=\S)", re.I)
_BEFORE = rf"^({DAY}|{DAY_MONTH}(?=\s*[:–—-]))(?:\s*[:–—-]\s+|\s+(?=[A-Z]))|^({p.MONTH_DATE})\s*[:–—-]\s+(?=\S)"
_BEHIND = rf" ?[(\[]({DAY}|{p.MONTH_DATE})[)\]]\.?$|\s[–—-]\s+({DAY}|{p.MONTH_DATE})\.?$"
_BETWEEN = rf" ?[(\[]({DAY}|{p.MONTH_DATE})[)\]](?=\s*[:–—-])|\s[–—-]\s+({DAY}|{p.MONTH_DATE})(?=\s*[:–—-]\s)"
_DATES = {
    "before": re.compile(_BEFORE),
    "behind": re.compile(_BEHIND),
    "any": re.compile(f"{_BEFORE}|{_BETWEEN}|{_BEHIND}"),
}


def date_around(text: str, where: str = "any") -> tuple[str, str]:
    """A row without the date that stands before, in or behind it, set off by marks, and the date's month.

    >>> date_around("12 March 2024 – Young Carers – new chapter."), date_around("Young Carers - updated (12/03/2024)")
    (('Young Carers – new chapter.', '2024-03'), ('Young Carers - updated', '2024-03'))
    >>> date_around("Young Carers – 12 March 2024 – new chapter.")
    ('Young Carers – new chapter.', '2024-03')
    """
    match = _DATES[where].search(text)
    if not match:
        return text, ""
    return text[: match.start()] + text[match.end() :], iso_date(next(filter(None, match.groups())))[:7]


def without_date(details: str, month: str) -> str:
    """Details without the row's own date at their end."""
    text, found = date_around(details, "behind")
    return text if found == month and details.startswith(text) else details


# --- lines ----------------------------------------------------------------------------------------------------


class AmendmentLine(NamedTuple):
    """A line of the page, its kind, and whether there is a gap above it."""

    line: Line
    text: str
    cells: list[str]
    kind: str  # next, edition, month, year, archive, change, header, group, furniture, foot, date, row
    apart: bool
    change: str = ""  # that a label gives
    columns: tuple[str, ...] = ()  # what its cells hold, if its own headings tell

    @property
    def form(self) -> str:
        """The form of a row: "cells", "point" or "plain"."""
        return (
            "cells" if len(self.line.cells) > 1 else "point" if self.line.marker or self.line.tag == "li" else "plain"
        )

    @property
    def gap(self) -> bool:
        """Whether the page shows a gap above it. HTML shows none."""
        return self.apart and not self.line.tag


def amendment_lines(page: Page) -> list[AmendmentLine]:
    found: list[AmendmentLine] = []
    apart = True
    for line in lines_of(page.text, page.html, page.name):
        text = line.text.rstrip("| ")
        if match := _SEASON.fullmatch(text):
            text = f"{match[2]} {match[3] or match[1]}"
        if not text:
            apart = True
        elif (not line.ignored or line.tag == "th") and line.tag != "caption":
            cells = [cell for cell in line.cells if cell]
            kind = _kind(text, cells)
            if kind == MAY_BE_FOOT:
                kind = "foot" if found and found[-1].kind in ("foot", "furniture") else "row"
            found.append(AmendmentLine(line, text, cells, kind, apart or page.html))
            found[-1:] = [part for dated in _month_and_heading(found[-1]) for part in _heading_and_names(dated)]
            apart = False
    found = _without_heads_of_pages(found)
    _find_heads_on_lines(found)
    often = Counter(
        line.text for line in found if line.kind == "row" and line.form == "plain" and _BUTTON.fullmatch(line.text)
    )
    return [line._replace(kind="furniture") if often[line.text] >= _FEWEST_BUTTONS else line for line in found]


def _without_heads_of_pages(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines without the numbers of printed pages, and without the page's first lines again below such a number."""
    found: list[AmendmentLine] = []
    again = -1  # how many of the first lines have come again
    for line in lines:
        numbered = _PAGE_NUMBER.fullmatch(line.text)
        again = 0 if numbered else again
        if numbered or (0 <= again < len(lines) and again < _MOST_HEADS and line.text == lines[again].text):
            again += 0 if numbered else 1
            continue
        found.append(line._replace(apart=line.apart and again < 1))
        again = -1
    return found


#: "Page 1 of 3" at the foot of a printed page, and the most lines of the head of the next.
_PAGE_NUMBER = re.compile(r"page \d{1,3}(?: of \d{1,3})?", re.I)
_MOST_HEADS = 4


#: "None", "There were no new chapters in this edition.": what stands below a heading without rows.
NO_CHANGE = re.compile(
    r"(?:there (?:are|were|have been) )?(?:none|nil|nothing"
    r"|no (?:\w+ ){0,2}(?:chapters?|policies|procedures|documents|changes|amendments|updates|additions|removals))\b[^.]{0,80}[.]?",
    re.I,
)
#: "New chapters: Safe Sleep; Young Carers."
_LISTED = re.compile(r"([^:–—]{3,80}?)(?::| [–—-])\s+(\S.{2,500})")


#: "In March 2024 the following chapters were updated:", "New chapters - March 2024"
_MONTH_FIRST = re.compile(rf"(?:in|during|on) {DATE},? (\S.*)", re.I)
_MONTH_LAST = re.compile(rf"{DATE}\)?:?$", re.I)
_LONGEST_MONTH, _BEFORE_MONTH = 30, (" in", " during", " on", " for")


def _month_and_heading(line: AmendmentLine) -> list[AmendmentLine]:
    """A heading that tells a change, below its month, if a line has both."""
    if line.kind not in ("row", "change") or line.form == "cells" or len(line.text) > _LONGEST_HEADING:
        return [line]
    if not _SEVERAL.search(line.text):
        return [line]
    if match := _MONTH_FIRST.fullmatch(line.text):
        month, heading = match[1], match[2]
    elif match := _MONTH_LAST.search(line.text, max(0, len(line.text) - _LONGEST_MONTH)):
        month, heading = match[1], line.text[: match.start()].rstrip(" ,(:–-")
        heading = next((heading.removesuffix(small) for small in _BEFORE_MONTH if heading.endswith(small)), heading)
    if not match or not CHANGE.fullmatch(heading.partition(":")[0]):
        return [line]
    return [line._replace(text=month, kind="edition"), line._replace(text=heading, kind=_kind(heading, []))]


def _heading_and_names(line: AmendmentLine) -> list[AmendmentLine]:
    """A heading that tells a change, and points, if a line has both."""
    match = _LISTED.fullmatch(line.text) if line.kind in ("row", "change") and line.form != "cells" else None
    if not match or not CHANGE.fullmatch(match[1]):
        return [line]
    names = re.split(r";\s+(?:and )?", match[2].rstrip(" .;"))
    names = [name for name in names if name and not NO_CHANGE.fullmatch(name)]
    if len(names) == 1 and _SEVERAL.search(match[1]):
        names = re.split(r",\s+|\s+and\s+", names[0]) if ", " in names[0] else names
    elif len(names) == 1:
        return [line]
    if any(name[0].islower() or name_points(name) < details_points(name) for name in names):
        return [line]
    heading = line._replace(text=match[1], kind="change")
    row = line._replace(kind="row")
    return [heading, *(row._replace(text=name, line=replace(line.line, text=name, marker="•")) for name in names)]


_SEVERAL = re.compile(r"\b(?:chapters|policies|procedures|protocols|documents)\b", re.I)


def _find_heads_on_lines(lines: list[AmendmentLine]) -> None:
    """Find the heading row of a table with one cell per line: "Chapter Name", "Details", perhaps "Date"."""
    for i in range(len(lines)):
        end = i
        while end < len(lines) and end < i + 5 and column_of(lines[end].text):
            end += 1
        heads = " ".join(line.text for line in lines[i:end])
        if heads_in(heads):
            lines[i:end] = [line._replace(text=heads, kind="header") for line in lines[i:end]]


_LONGEST_HEADING, _LONGEST_LINK = 200, 30


def _kind(text: str, cells: Sequence[str]) -> str:
    if NEXT_UPDATE.search(text[:_LONGEST_HEADING]):
        return "next"
    short = text if len(text) < _LONGEST_HEADING else ""
    for kind, pattern in _HEADINGS.items():
        if pattern.fullmatch(short):
            return kind
    if columns_of(cells) or heads_in(short):
        return "header"
    role = role_of(short)
    if role in (FOOT, MAY_BE_FOOT):
        return role
    parts = cells if len(cells) > 1 else p.BETWEEN_LINKS.split(short)
    if len(parts) > 1 and all(
        len(part) < _LONGEST_LINK and role_of(part.strip()) in (FOOT, MAY_BE_FOOT, FURNITURE) for part in parts
    ):
        return FOOT
    around = role == FURNITURE or not _LETTER.search(text) or p.PAGE_DATE.fullmatch(short)
    return "furniture" if around and not _SAID.match(short) else "row"


#: "12 March 2024 | Updated", "New: 1 March 2024"
DATED = re.compile(
    rf"(?:(?:({CHANGED})|(?:last )?updated|published|posted|date)(?:\s*[:|]|,| on| in)?\s+)?{_DAY_OF_WEEK}?{DATE}(?:\s*[|,–-]?\s*({CHANGED})|(?:\s*[|,–-])? by .{{1,30}})?",
    re.I,
)
#: "Changes made to the procedures in June 2024.", "The June 2024 edition is live."
ANNOUNCED = re.compile(
    rf"\b(?:changes|updates|amendments|updated|amended)\b.{{0,80}}\b(?:in|on|for|during|of) {DATE}"
    rf"|^subject: .{{0,100}}\b(?:updates?|amendments|changes|edition|procedures|manual|bulletin)\b.{{0,60}}?{DATE}"
    rf"|^The {DATE} (?:edition|update|release|version|amendments|changes|updates|issue|bulletin)\b",
    re.I,
)
_HEADINGS = {
    "furniture": _ABOUT_PAGE,
    "date": re.compile(DAY),
    "edition": EDITION,
    "month": _MONTH,
    "year": YEAR,
    "archive": _ARCHIVE,
    "change": CHANGE,
    "group": _GROUP,
}
