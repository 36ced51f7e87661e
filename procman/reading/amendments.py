"""Lines become the rows of an amendments page: what each edition brought."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import PageError
from procman.reading import patterns as p
from procman.reading.details import iso_date
from procman.reading.furniture import is_furniture
from procman.reading.line import Line
from procman.reading.page import Page, open_page
from procman.reading.text import lines_of
from procman.tables import AMENDMENTS

if TYPE_CHECKING:
    import pandas as pd


class AmendmentRow(NamedTuple):
    """One announced amendment; ``split`` says how chapter and details were told apart."""

    edition: str
    change: str
    chapter: str
    details: str
    line: int
    split: str


def read_amendments(source: Any, titles: Iterable[str] | None = None) -> pd.DataFrame:
    """Read an amendments page of any layout, text or HTML.

    Parameters
    ----------
    source
        As for `procman.read_manual`.
    titles
        Chapter titles known from the contents page. Some pages print name and details on one line with nothing between: a known title
        splits them; else the wording of the details may ("… This chapter has been refreshed"); else the row keeps the whole line as
        details, has no chapter, and its ``split`` is "unsplit".

    Returns
    -------
    DataFrame
        One row per amendment (see `procman.tables`); ``.attrs["next_update"]`` is the ISO month of the next update, or None.

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
    reading = _read(page, titles)
    if not reading.rows:
        raise PageError(page.name, "no amendments page: no month with chapters under it was found")
    table = AMENDMENTS.frame(reading.rows)
    table.attrs["next_update"] = reading.next_update or None
    return table


def amendment_rows(page: Page, titles: Iterable[str] | None = None) -> list[AmendmentRow]:
    """The amendments of a page as plain rows."""
    return _read(page, titles).rows


# --- wording --------------------------------------------------------------------------------------------------

_DATE = rf"({p.DAY_DATE}|{p.MONTH_DATE})"
#: "April 2018", "Amendments - April 2018", "May 2024 update"
_EDITION = re.compile(
    rf"(?:[^.:]{{0,60}}?\b(?:amendments?|updates?|edition|release|manual)\b[\s:–-]{{0,3}}(?:for |in |of )?)?{_DATE}"
    r"(?:[\s:–-]{0,3}(?:amendments?|updates?|edition|release))?:?",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_THINGS = r"(?:chapters?|procedures?|policies|features?|documents?|guidance|content|pages?)"
#: "Updated Chapters", "New Chapters and Features", "New and Updated Procedures"
_CHANGE = re.compile(
    rf"(new|updated|amended|revised|changed)( (?:and|&) (?:new|updated|amended|revised))? {_THINGS}"
    rf"(?:(?: and|,|/|&)? ?{_THINGS})*:?(?: chapter name details)?",
    re.I,
)
#: "Chapter Name Details"
_HEADER = re.compile(
    r"(?:chapter|procedure|policy|title|name|section)s?(?: (?:name|title))?s?[\s|/:]*"
    r"(?:details?|amendments?|changes?|updates?|summary|description)(?: of (?:amendments?|changes?|updates?))?:?",
    re.I,
)
_HEADER_CELL = re.compile(
    r"(?:chapter|procedure|policy)?\s?(?:name|title|details?|amendments?|changes?)(?: of .*)?|chapters?|procedures?|dates?",
    re.I,
)
#: "Consent: updated throughout", "Records – Retention has been revised.": name and details of one point.
_POINT = re.compile(r"(?::| [–—-])\s")
#: "Next Update: June 2020", "The next update is planned for October 2018."
_NEXT_UPDATE = re.compile(rf"next (?:update|edition|amendments?)\b.{{0,40}}?{_DATE}", re.I)
_DONE = r"(?:added|updated|amended|changed|revised|refreshed|freshened|made|put|reviewed|rewritten|removed|replaced|moved|merged)"
_HAS = r"(?:has|have|had|was|were|is|are|now|been|should)"
#: How details begin: "This chapter has …", "Section 4.2, …", "In January 2025, …", "A link has been …"
_OPENER = re.compile(
    r"(?:(?:This|The|These|Those|Each) (?:\w+ ){0,3}?(?:chapter|page|procedure|policy|guidance|guide|protocol|agreement"
    r"|section|document|link|list|flowchart|following|form|template|facts|details|manual)s?\b"
    rf"|Sections? \d[\d.]*(?:,|:| {_HAS}\b| (?:and|to|-) (?:Section )?\d[\d.]* {_HAS}\b)"
    rf"|In (?:early |late )?{p.MONTH}\b|In Section \d|It {_HAS}\b"
    r"|(?:A|An) (?:new|further|small|minor|short|extra|additional) |New (?:chapter|section|link|guidance|procedure)s?\b"
    rf"|(?:A|An|New|Additional|Further|Minor|Some) (?:\w+ ){{0,4}}?(?:{_HAS}|{_DONE})\b"
    r"|(?:Links?|Words?|Information|References?|Text|Contact details|Details|Amendments|Changes|Meanings|Minor amendments)"
    rf" (?:\w+ ){{0,8}}?(?:{_HAS}|{_DONE})\b|(?:Amended|Updated|Revised|Added|Refreshed|Reviewed|Rewritten|Removed)\b)"
)
_VERB = re.compile(rf"\b(?:has|have|had) (?:\w+ )?been\b|\b(?:was|were) (?:\w+ )?{_DONE}\b|\bshould be (?:re-?)?read\b")
#: "was added to the manual" means New.
_ADDED = re.compile(
    r"\b(?:added|put|introduced) (?:in)?to the (?:\w+ )?(?:manual|procedures)\b"
    r"|\bthis (?:\w+ )?(?:chapter|procedure|policy|page|guidance|protocol|document) (?:is|was) new\b"
    r"|\bthis is an? (?:\w+ )?new\b|\bnew (?:chapter|procedure|policy|page)\b",
    re.I,
)
_NOT_ADDED = re.compile(
    r"\b(?:link|section|sentence|paragraph|reference|information|words?)\b[^.]{0,80}\b(?:added|put|introduced) (?:in)?to the\b",
    re.I,
)
_SMALL_WORDS = frozenset("a and at by for from in of on or the to with".split())
_QUOTES = str.maketrans("’‘“”", "''\"\"")


def _is_details(text: str) -> bool:
    return text[-1] in ".:;!" or bool(_OPENER.match(text) or _VERB.search(text))


def _is_name(text: str) -> bool:
    """Whether it is set as a name is: "Pets in Foster Homes"."""
    words = text.split()
    return bool(words) and all(word in _SMALL_WORDS or not word[0].islower() for word in words) and text[-1] != ","


def _folded(text: str) -> str:
    """For comparing; as long as the text, so that places in one are places in the other."""
    folded = text.translate(_QUOTES).lower()
    return folded if len(folded) == len(text) else text


# --- reading --------------------------------------------------------------------------------------------------


class _Reading:
    """The rows gathered so far, and what the headings above say of the next one."""

    def __init__(self, titles: Iterable[str] | None) -> None:
        known = {
            _folded(" ".join(title.split())) for title in (() if titles is None else titles) if isinstance(title, str)
        }
        self.titles = sorted(known - {""}, key=len, reverse=True)
        self.rows: list[AmendmentRow] = []
        self.edition = self.change = self.next_update = ""
        self.dated_rows = False  # each row of the page's table tells its edition
        self.tables = False  # the page tells new from updated by headings
        self.pending: tuple[str, int] | None = None
        self.open = False  # a further sentence belongs to the last row
        self.points = False  # the rows below the last heading are points of a list, or nothing stands there yet

    def add(self, chapter: str, details: str, line: int, split: str = "page") -> None:
        added = _ADDED.search(details) and not _NOT_ADDED.search(details)
        change = self.change or ("New" if added else "Updated")
        self.rows.append(AmendmentRow(self.edition, change, chapter, details, line, split))
        self.pending, self.open = None, True

    def head(self, edition: str, change: str) -> None:
        self.close()
        self.edition, self.change, self.points = edition, change, True

    def close(self) -> None:
        """A name that no details follow is a row of its own."""
        if self.pending:
            self.add(self.pending[0], "", self.pending[1])
        self.open = False

    def point(self, text: str, line: Line) -> None:
        """A row that is a point of a list."""
        self.close()
        mark = _POINT.search(text)
        if (
            mark
            and self.title(text) <= mark.start()
            and (text[mark.end()].islower() or _is_details(text[mark.end() :]))
        ):
            self.add(text[: mark.start()], text[mark.end() :], line.line)
        elif _is_details(text):
            self.details(text, line)
        else:
            self.add(text, "", line.line)

    def title(self, text: str) -> int:
        """The length of the known title that a text begins with; 0 where it begins with none."""
        folded = _folded(text)
        lengths = (len(title) for title in self.titles if folded.startswith(title))
        return next((length for length in lengths if not text[length : length + 1].isalnum()), 0)

    def details(self, text: str, line: Line) -> None:
        if self.pending and (self.title(text) or _is_name(self.split(text)[0])):
            self.close()
        if self.pending:
            self.add(self.pending[0], text, self.pending[1])
            return
        chapter, rest, split = self.split(text)
        if chapter:
            self.add(chapter, rest, line.line, split)
        elif not _OPENER.match(text):
            self.add("", text, line.line, "unsplit")
        elif self.open and self.tables and self.rows[-1].chapter and not line.cells:
            last = self.rows[-1]
            self.rows[-1] = last._replace(details=f"{last.details} {text}".strip())
        else:
            self.add("", text, line.line)

    def split(self, text: str) -> tuple[str, str, str]:
        """Split "Assessments This chapter has been refreshed." into name and details."""
        length = self.title(text)
        if 0 < length < len(text):
            return text[:length], text[length:].lstrip(" -–—:"), "titles"
        if not _OPENER.match(text):
            for match in _OPENER.finditer(text):
                front = text[: match.start()].rstrip(" -–—:")
                if not front or len(front) > 250 or _is_details(front):
                    break
                if text[match.start() - 1] == " ":
                    return front, text[match.start() :], "wording"
        return "", text, "unsplit"


def _read(page: Page, titles: Iterable[str] | None) -> _Reading:
    reading = _Reading(titles)
    lines = [
        line
        for line in lines_of(page.text, page.html, page.name)
        if line.text and not line.ignored and line.tag != "caption"
    ]
    for line, following in zip_longest(lines, lines[1:]):
        _read_line(reading, line, following)
    reading.close()
    return reading


def _read_line(reading: _Reading, line: Line, following: Line | None) -> None:
    cells = [cell for cell in line.cells if cell]
    text = line.text.rstrip("| ")
    if not text or _YEAR.fullmatch(text):
        return
    if match := _NEXT_UPDATE.search(text[:200]):
        reading.close()
        reading.next_update = iso_date(match[1])[:7]
    elif match := _EDITION.fullmatch(text):
        reading.head(iso_date(match[1])[:7], "")
    elif match := _CHANGE.fullmatch(text):
        reading.tables = True
        reading.head(reading.edition, "" if match[2] else "New" if match[1].lower() == "new" else "Updated")
    elif _HEADER.fullmatch(text) or (cells and all(_HEADER_CELL.fullmatch(cell) for cell in cells)):
        reading.close()
    elif (reading.dated_rows or not reading.edition) and (dated := _dated_cells(cells)):
        date, name, *details = dated
        reading.close()
        reading.edition, reading.dated_rows = iso_date(date)[:7], True
        reading.add(name, " ".join(details), line.line)
        reading.open = False
    elif not (reading.edition or reading.change):
        return
    elif line.marker and reading.points:
        reading.point(text, line)
    else:
        reading.points = False
        _read_row(reading, line, cells, following)


def _read_row(reading: _Reading, line: Line, cells: list[str], following: Line | None) -> None:
    text = line.text.rstrip("| ")
    if len(line.cells) > 1 and (len(cells) > 1 or (line.cells[0] and not _is_details(text))):
        if p.ONLY_NUMBER.fullmatch(cells[0]) and len(cells) > 2:
            cells = cells[1:]
        reading.close()
        reading.add(cells[0], " ".join(cells[1:]), line.line)
        reading.open = False
    elif line.marker and not _starts_row(reading, line):
        # A list below the details: its points stay with the page, the row keeps the sentence above them.
        return
    elif _is_details(text):
        reading.details(text, line)
    elif is_furniture(line) or following is None or _is_heading(following):
        reading.close()
    else:
        reading.close()
        reading.pending = text, line.line


def _dated_cells(cells: list[str]) -> list[str]:
    """The cells of a row that tells its own date, the date first; none where there is no date or nothing else."""
    dates = [cell for cell in cells if p.ANY_DATE.fullmatch(cell)]
    return [*dates, *(cell for cell in cells if cell not in dates)] if len(dates) == 1 < len(cells) else []


def _starts_row(reading: _Reading, line: Line) -> bool:
    """A bulleted line that is itself a row: nothing is open above it, or a known title begins it."""
    return not (reading.open or reading.pending) or bool(reading.title(line.text))


def _is_heading(line: Line) -> bool:
    text = line.text.rstrip("| ")
    return any(pattern.fullmatch(text) for pattern in (_EDITION, _CHANGE, _HEADER, _YEAR))
