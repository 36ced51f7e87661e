"""Lines become the rows of an amendments page: what each edition brought."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from procman import patterns as p
from procman.details import iso_date
from procman.errors import PageError
from procman.lines import Line, lines_of
from procman.pages import Page, open_page
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

#: "April 2018", "Amendments - April 2018", "May 2024 update"
_EDITION = re.compile(
    rf"(?:(?:amendments?|updates?|edition|release|manual)\b[\s:–-]{{0,3}}(?:for |in )?)?({p.DAY_DATE}|{p.MONTH_DATE})(?:[\s:–-]{{0,3}}(?:amendments?|updates?|edition|release))?:?",
    re.I,
)
#: "Updated Chapters", "New Chapters and Features", "Updated Procedures"
_CHANGE = re.compile(
    r"(new|updated|amended|revised|changed)(?: (?:and|&) (?:new|updated|amended|revised))? (?:chapters?|procedures?|policies|features?|documents?|guidance|content|pages?)"
    r"(?:(?: and|,|/|&)? ?(?:chapters?|procedures?|policies|features?|documents?|guidance|content))*:?(?: chapter name details)?",
    re.I,
)
#: "Chapter Name Details"
_HEADER = re.compile(
    r"(?:chapter|procedure|policy|title|name|section)s?(?: (?:name|title))?s?[\s|/:]*(?:details?|amendments?|changes?|updates?|summary|description)(?: of (?:amendments?|changes?|updates?))?:?",
    re.I,
)
_HEADER_CELL = re.compile(r"(?:chapter|procedure|policy)?\s?(?:name|title|details?|amendments?)", re.I)
#: "Next Update: June 2020", "The next update is planned for October 2018."
_NEXT_UPDATE = re.compile(rf"next (?:update|edition|amendments?)\b.{{0,40}}?({p.DAY_DATE}|{p.MONTH_DATE})", re.I)
#: How details begin: "This chapter has …", "Section 4.2, …", "In January 2025, …", "A link has been …"
_OPENER = re.compile(
    r"(?:(?:This|The|These|Those|Each) (?:\w+ ){0,3}?(?:chapter|page|procedure|policy|guidance|guide|protocol|agreement|section|document|link|list|flowchart|following|form|template|facts|details)s?\b"
    rf"|Sections? \d[\d.]*(?:,|:| and | has | was )|In (?:early |late )?{p.MONTH}\b|(?:A|An|New|Additional|Further|Minor|Some) (?:\w+ ){{0,4}}?(?:has|have|was|were|been|added|made)\b"
    r"|(?:Links?|Words?|Information|References?|Text|Contact details|Details) (?:\w+ ){0,8}?(?:has|have|was|were|been|added|now)\b|It (?:has|was|now)\b|Amended\b|Updated\b|Revised\b|Added\b|Refreshed\b)"
)
_VERB = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?been\b|\b(?:was|were) (?:\w+ )?(?:added|updated|amended|changed|revised|refreshed|made|put|reviewed|rewritten)\b|\bshould be (?:re-?)?read\b"
)
#: "was added to the manual" means New.
_ADDED = re.compile(
    r"\b(?:added|put|introduced) (?:in)?to the (?:\w+ )?(?:manual|procedures)\b|\bthis (?:\w+ )?(?:chapter|procedure|policy|page|guidance|protocol|document) (?:is|was) new\b|\bthis is an? (?:\w+ )?new\b|\bnew (?:chapter|procedure|policy|page)\b",
    re.I,
)
_NOT_ADDED = re.compile(
    r"\b(?:link|section|sentence|paragraph|reference|information|words?)\b[^.]{0,80}\b(?:added|put|introduced) (?:in)?to the\b",
    re.I,
)


def _is_details(text: str) -> bool:
    return text[-1] in ".:;!" or bool(_OPENER.match(text)) or bool(_VERB.search(text))


# --- reading --------------------------------------------------------------------------------------------------


class _Reading:
    """The rows gathered so far, and what the headings above say of the next one."""

    def __init__(self, titles: Iterable[str] | None) -> None:
        self.titles = sorted(
            {" ".join(title.split()) for title in titles or () if title and title.strip()}, key=len, reverse=True
        )
        self.rows: list[AmendmentRow] = []
        self.edition = self.change = self.next_update = ""
        self.pending: tuple[str, int] | None = None
        self.open = False  # a further sentence belongs to the last row

    def add(self, chapter: str, details: str, line: int, split: str = "page") -> None:
        change = self.change or ("New" if _ADDED.search(details) and not _NOT_ADDED.search(details) else "Updated")
        self.rows.append(AmendmentRow(self.edition, change, chapter, details, line, split))
        self.pending, self.open = None, True

    def close(self) -> None:
        """A name that no details follow is a row of its own."""
        if self.pending:
            self.add(self.pending[0], "", self.pending[1])
        self.open = False

    def details(self, text: str, line: Line) -> None:
        if self.pending:
            self.add(self.pending[0], text, self.pending[1])
            return
        chapter, rest, split = self.split(text)
        if chapter:
            self.add(chapter, rest, line.line, split)
        elif self.open and self.rows and self.rows[-1].chapter and self.rows[-1].split == "page" and not line.cells:
            last = self.rows[-1]
            self.rows[-1] = last._replace(details=f"{last.details} {text}".strip())
        else:
            self.add("", text, line.line, "page" if _OPENER.match(text) else "unsplit")

    def split(self, text: str) -> tuple[str, str, str]:
        """Split "Assessments This chapter has been refreshed." into name and details."""
        folded = text.casefold()
        for title in self.titles:
            if folded.startswith(title.casefold()) and len(text) > len(title) and not text[len(title)].isalnum():
                return text[: len(title)], text[len(title) :].lstrip(" -–—:"), "titles"
        if not _OPENER.match(text):
            for match in _OPENER.finditer(text):
                front = text[: match.start()].rstrip(" -–—:")
                if (
                    text[match.start() - 1] == " "
                    and not _is_details(front)
                    and not _VERB.search(front)
                    and len(front) < 250
                ):
                    return front, text[match.start() :], "wording"
        return "", text, "unsplit"


def _read(page: Page, titles: Iterable[str] | None) -> _Reading:
    reading = _Reading(titles)
    lines = [
        line
        for line in lines_of(page.text, page.html, page.name)
        if line.text and not line.ignored and line.tag != "caption"
    ]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        _read_line(reading, line, following)
    reading.close()
    return reading


def _read_line(reading: _Reading, line: Line, following: Line | None) -> None:
    cells = [cell for cell in line.cells if cell]
    text = line.text.rstrip("| ")
    if (p.FURNITURE.fullmatch(text) and not _NEXT_UPDATE.search(text)) or re.fullmatch(r"(?:19|20)\d\d", text):
        return
    if match := _NEXT_UPDATE.search(text):
        reading.close()
        reading.next_update = iso_date(match[1])[:7]
    elif match := _EDITION.fullmatch(text):
        reading.close()
        reading.edition, reading.change = iso_date(match[1])[:7], ""
    elif match := _CHANGE.fullmatch(text):
        reading.close()
        reading.change = "New" if match[1].lower() == "new" else "Updated"
    elif _HEADER.fullmatch(text) or (cells and all(_HEADER_CELL.fullmatch(cell) for cell in cells)):
        reading.close()
    elif not (reading.edition or reading.change):
        return
    elif len(cells) > 1:
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
    elif p.FURNITURE.fullmatch(text) or following is None or _is_heading(following):
        reading.close()
    else:
        reading.close()
        reading.pending = text, line.line


def _starts_row(reading: _Reading, line: Line) -> bool:
    """A bulleted line that is itself a row: nothing is open above it, or a known title begins it."""
    return (not reading.open and not reading.pending) or any(
        line.text.casefold().startswith(title.casefold()) for title in reading.titles
    )


def _is_heading(line: Line) -> bool:
    text = line.text.rstrip("| ")
    return bool(
        _EDITION.fullmatch(text)
        or _CHANGE.fullmatch(text)
        or _HEADER.fullmatch(text)
        or re.fullmatch(r"(?:19|20)\d\d", text)
    )
