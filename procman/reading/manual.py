"""A manual's contents page read into tables: entries, lines, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from procman.errors import LOG_IN, MOVED, REFUSED, PageError
from procman.reading import patterns as p
from procman.reading.apply_corrections import Correction, correct
from procman.reading.contents import CHAPTER, SECTION, SEE_ALSO, SUBSECTION, Contents, Entry, read_contents
from procman.reading.dates import is_month
from procman.reading.explain import explain
from procman.reading.line import Line
from procman.reading.naming import names_in_head, shown_name
from procman.reading.notices import Notice, notices_of
from procman.reading.page import Page, open_page
from procman.reading.records import with_areas_apart
from procman.reading.text import lines_of
from procman.tables import CORRECTIONS, ENTRIES, LINES, NOTICE_TABLE

if TYPE_CHECKING:
    import pandas as pd


class Reading(NamedTuple):
    """The reading of a contents page as plain values, which are small to send between processes and to keep on disk.

    ``columns`` has the entries' columns by name, except council, edition and position. ``corrections`` are a person's corrections, each with
    whether it was applied. ``html`` says whether the page is HTML.
    """

    council: str
    title: str
    edition: str
    columns: dict[str, list[Any]]
    notices: list[Notice]
    unread: int
    corrections: Sequence[Sequence[Any]] = ()
    html: bool = False


LineRow = tuple[int, str, str]


class PageLines(NamedTuple):
    """The lines of a page with their roles, and the contents read from them."""

    rows: list[LineRow]
    contents: Contents


class Manual:
    """One edition of one council's manual, read from its contents page.

    Attributes
    ----------
    council, title, edition
        From the page or the caller. ``edition`` is ISO text to the month, or None if the page prints none.
    source
        The source of the page.
    entries, lines, notices
        DataFrames, made when you first use them. `procman.tables` declares their columns.

    Examples
    --------
    >>> import io
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick", edition="2024-06")
    >>> manual.council, manual.edition, manual.entries["title"].tolist()
    ('Northwick', '2024-06', ['All Children', 'Consent', 'Complaints'])
    """

    def __init__(self, source: str, reading: Reading, lines: Callable[[], PageLines]) -> None:
        self.source, self.reading, self._lines = source, reading, lines
        self.council = reading.council or None
        self.title = reading.title or None
        self.edition = reading.edition or None

    def __repr__(self) -> str:
        chapters = self.reading.columns["kind"].count(CHAPTER)
        size = f"{len(self.reading.columns['kind'])} entries, {chapters} chapters"
        return f"<Manual {self.council or self.source}, {self.edition or 'undated'}: {size}>"

    @cached_property
    def entries(self) -> pd.DataFrame:
        """One row per entry in page order."""
        return ENTRIES.frame(EntryColumns([self.reading]))

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row per line of the source with its role. Lines that were not understood are 'unread'."""
        rows = self.lines_read()
        return LINES.frame(rows if self.reading.html else _whole_lines(rows))

    def lines_read(self) -> list[LineRow]:
        """The lines as they were read. A line with a section and its first chapter counts as two."""
        return self._lines().rows

    @cached_property
    def unread(self) -> pd.DataFrame:
        """The lines that were not understood."""
        return self.lines[self.lines["role"] == "unread"].reset_index(drop=True)

    @cached_property
    def notices(self) -> pd.DataFrame:
        """The notices: duplicate, missing and restarting numbers, chapters without a number, empty titles, conflicting Quick Links, lines
        that could be read otherwise, unread lines, and corrections that were not applied."""
        return NOTICE_TABLE.frame(self.reading.notices)

    def explain(self, line: int) -> str:
        """Explain how a line was read: its clues with their points, and those of the second-best reading.

        ``line`` is the line of the source, from 1, as in ``entries`` and ``notices``. Raises ``PageError`` if the page has no such line.

        Examples
        --------
        >>> import io
        >>> manual = read_manual(io.StringIO("1. All\\n\\n1.1 Consent\\nTeam Guide\\n1.2 Records\\n"))
        >>> print(manual.explain(4))
        'Team Guide' is read as chapter.
        chapter:
        note:
          -4 a line like others
        The whole page has 4 points more with the first of these than with the second.
        """
        lines = self._lines()
        if line not in {number for number, _, _ in lines.rows}:
            raise PageError(self.source, "there is no such line", line)
        return explain(lines.contents, line)

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """A person's corrections of the page, and whether each was applied. Empty if there are none, or if the page is in no library."""
        return CORRECTIONS.frame([tuple(row) for row in self.reading.corrections])


def read_manual(source: Any, council: str | None = None, *, edition: str | None = None, address: str = "") -> Manual:
    """Read any council's contents page, text or HTML.

    Parameters
    ----------
    source
        A path (a file, or a folder with ``contents.txt`` or ``contents.html``), an ``http(s)://`` address, bytes, or an open buffer.
    council
        The council's name, by default the one that the page prints.
    edition
        The edition as ISO text to the month ("2017-07"). By default the one that the page prints, or the date of an archived address.
    address
        The address that the page's links are relative to, if the source does not have one.

    Raises
    ------
    PageError
        The source cannot be read, or is not a contents page (the message says what it seems to be), or the edition is not a month.

    Examples
    --------
    >>> import io
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Confidentiality Policy Updated\\n"), council="Northwick")
    >>> manual.entries[["kind", "number", "title", "status"]].to_dict("records")[1]
    {'kind': 'chapter', 'number': '1.1', 'title': 'Confidentiality Policy', 'status': 'Updated'}
    """
    page = open_page(source)
    reading, lines = read_page(page, council, edition=edition, address=address)
    return Manual(page.name, reading, lines)


def read_page(
    page: Page,
    council: str | None = None,
    *,
    edition: str | None = None,
    address: str = "",
    corrections: Sequence[Correction] = (),
) -> tuple[Reading, Callable[[], PageLines]]:
    """Read an open page (see `read_manual`). The second result is its lines with their roles.

    A person's corrections are applied last, including those of the page's council and edition.
    """
    if edition and not is_month(edition):
        raise PageError(page.name, f"edition {edition!r} is not a month such as 2024-06")
    address = address or page.address
    lines = with_areas_apart(lines_of(page.text, page.html, page.name))
    contents = read_contents(lines)
    _expect_contents(page, lines, contents)
    if page.html and not (contents.title and contents.council):
        title, its_council = names_in_head(page.text)
        contents.title, contents.council = contents.title or title, contents.council or its_council
    contents, applied, refused = correct(lines, contents, corrections)
    said = {each.field: each.value for each in corrections}
    try:
        named = shown_name(said.get("council") or council or contents.council)
    except ValueError as error:
        raise PageError(page.name, str(error)) from None
    reading = Reading(
        named,
        contents.title,
        said.get("edition") or edition or contents.edition or edition_of_address(address),
        _columns(contents.entries, address),
        sorted([*notices_of(lines, contents), *refused], key=itemgetter(0)),
        contents.roles.count(""),
        [(*each[:1], each.line or None, *each[2:], done) for each, done in zip(corrections, applied, strict=True)],
        page.html,
    )

    def again() -> PageLines:
        found = [(line.line, line.text, role or "unread") for line, role in zip(lines, contents.roles, strict=True)]
        return PageLines(found, contents)

    return reading, again


def _whole_lines(rows: list[LineRow]) -> list[LineRow]:
    """One row for each line of a text, even if a line was divided into a section and its first chapter.

    >>> _whole_lines([(1, "1. Core", "entry"), (1, "1.1 Consent", "entry"), (2, "", "blank")])
    [(1, '1. Core 1.1 Consent', 'entry'), (2, '', 'blank')]
    """
    whole: dict[int, LineRow] = {}
    for line, text, role in rows:
        whole[line] = (line, f"{whole[line][1]} {text}", whole[line][2]) if line in whole else (line, text, role)
    return list(whole.values())


#: The usual kinds of pages that are not contents pages, by words near the top.
_IMPOSTORS = (
    (
        r"\b(?:(?:error|http) 404|404 (?:error|not found)|page (?:was |could )?not (?:be )?found|can[’']?t be found|no longer (?:exists|available))\b",
        "a 'not found' error page",
    ),
    (
        r"\b(?:(?:error|http) 40[13]|forbidden|access (?:is )?denied|not authori[sz]ed|401 unauthori[sz]ed)\b",
        "an 'access denied' error page",
    ),
    (
        r"\b(?:(?:error|http) 50[0234]|50[0234] (?:error|server)|internal server error|bad gateway|service unavailable|temporarily unavailable|under maintenance)\b",
        "a server's error page",
    ),
    (r"\b(?:sign in|log ?in|password|forgotten your)\b", "a login form"),
    (
        r"\b(?:captcha|verify (?:that )?you are (?:a )?human|checking your browser|unusual traffic|ddos)\b",
        "a robot check",
    ),
    (r"\b(?:accept (?:all )?cookies|we use cookies|cookie (?:preferences|consent|settings))\b", "a cookie notice"),
    (r"\bdear \w.*\b(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) regards)\b", "a letter"),
    (r"\bsaid:? [\"“‘]|[,.][\"”’] said\b|\bpress release\b", "a news item"),
    (
        r"\b(?:enable javascript|javascript is (?:disabled|required)|requires javascript)\b",
        "a page that builds itself with JavaScript: save it from a browser",
    ),
)


#: The outcome if there is no contents page at an address, by kind of page. For any other kind, the page has moved.
_STATUSES = {"a login form": LOG_IN, "an 'access denied' error page": REFUSED, "a robot check": REFUSED}
#: The fewest entries of a list without numbers or headings.
_FEWEST = 4
#: More chapters than a page that is not a contents page seems to have.
_MANY = 11
#: Kinds of pages that can also have a list of chapters.
_COOKIES = "a cookie notice"
_SAID_ANYWHERE = ("a login form", _COOKIES)


def _expect_contents(page: Page, lines: Sequence[Line], contents: Contents) -> None:
    """Raise an error if the page lists nothing, and say what it seems to be."""
    entries = [entry for entry in contents.entries if entry.kind != SEE_ALSO]
    chapters = [entry for entry in entries if entry.kind == CHAPTER]
    numbered = sum(len(entry.levels) > 1 for entry in chapters)
    headed = sum(bool(entry.parent) for entry in chapters)
    # A page without any number needs more evidence, because a letter also has a heading and lines.
    found = numbered or headed > 2 or any(entry.parent and entry.levels for entry in chapters)
    seems = _impostor(lines)
    fields = sum(bool(p.FORM_FIELD.fullmatch(line.text) or p.FORM_GAP.match(line.text)) for line in lines)
    if fields > _FEWEST and fields * _FEWEST > len(chapters) and not numbered:
        raise PageError(page.name, "no contents page: it seems to be a form to fill in", status=MOVED)
    if found and (numbered > 2 or len(chapters) > _MANY or not seems or (headed > 2 and seems in _SAID_ANYWHERE)):
        return
    counted = len(entries) >= _FEWEST - 1 and all(entry.number for entry in entries)
    if (len(entries) >= _FEWEST or counted) and seems in ("", _COOKIES):
        return
    if len(chapters) > _MANY and seems in _SAID_ANYWHERE:
        return
    words = sum(len(line.text.split()) for line in lines)
    if seems:
        reason = f"it seems to be {seems}"
    elif not words:
        reason = "it holds no words"
    elif contents.roles.count("note") > len(entries):
        reason = "it seems to be a page of sentences: no list of chapters was found"
    else:
        reason = "no list of chapters was found: nothing numbered, no headings with rows, fewer than four titles"
    raise PageError(page.name, f"no contents page: {reason}", status=_STATUSES.get(seems, MOVED))


def _impostor(lines: Sequence[Line]) -> str:
    words = [line.text for line in lines if not line.ignored] or [line.text for line in lines]
    top = " ".join(words[:60])[:4000].lower()
    return next((meaning for pattern, meaning in _IMPOSTORS if re.search(pattern, top)), "")


def edition_of_address(address: str) -> str:
    """The month of a web archive's capture, from its address. Empty for any other address.

    >>> edition_of_address("https://web.archive.org/web/20180412093045/http://www.example.org/contents.html")
    '2018-04'
    """
    match = re.search(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])\d{2}(?:\d{6})?(?:[a-z]{2}_)?/https?[:/]", address)
    return f"{match[1]}-{match[2]}" if match else ""


_READ = [column.name for column in ENTRIES.columns if column.name not in ("council", "edition", "position")]


def _columns(entries: Sequence[Entry], address: str) -> dict[str, list[Any]]:
    columns = {name: list(map(attrgetter(name), entries)) for name in _READ}
    columns["parent"] = [parent or None for parent in columns["parent"]]
    columns["href"] = [_resolve(address, href) for href in columns["href"]]
    return columns


class EntryColumns(Mapping[str, list[Any]]):
    """The columns of one entries table for any number of readings. Each column is made on request."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    def __getitem__(self, name: str) -> list[Any]:
        if name == "position":
            return [position for reading in self.readings for position in range(1, len(reading.columns["line"]) + 1)]
        if name in ("council", "edition"):
            return [value for each in self.readings for value in [getattr(each, name)] * len(each.columns["line"])]
        return [value for reading in self.readings for value in reading.columns[name]]

    def __iter__(self) -> Iterator[str]:
        return (column.name for column in ENTRIES.columns)

    def __len__(self) -> int:
        return len(ENTRIES.columns)


#: "https://web.archive.org/web/20180412093045/" before the address of the page that was captured.
_ARCHIVED = re.compile(r"(https?://.{1,500}?/\d{14}(?:[a-z]{2}_)?/)(https?://.*)")


def _resolve(address: str, href: str) -> str:
    """The absolute address of a link. Empty for links within the page and scripts.

    Relative links in an archived page lead to the archive's copies.

    >>> _resolve("https://archive.example/web/20180412093045/http://a.uk/m/contents.html", "../a.html")
    'https://archive.example/web/20180412093045/http://a.uk/a.html'
    """
    href = href.strip()
    if not href or href.startswith("#") or re.match(r"(?:javascript|mailto|tel|data)\s?:", href, re.I):
        return ""
    archived = _ARCHIVED.match(address)
    try:
        if archived and not re.match(r"[a-z][a-z+.-]*:|//|/.*/\d{14}", href, re.I):
            return archived[1] + urljoin(archived[2], href)
        return urljoin(address, href) if address else href
    except ValueError:
        return href


def counts(reading: Reading) -> dict[str, int]:
    """The number of entries of each kind and flag."""
    kinds, statuses = Counter(reading.columns["kind"]), Counter(reading.columns["status"])
    return {
        "sections": kinds[SECTION],
        "subsections": kinds[SUBSECTION],
        "chapters": kinds[CHAPTER],
        "see_also": kinds[SEE_ALSO],
        "new": statuses["New"],
        "updated": statuses["Updated"],
        "dated": sum(map(bool, reading.columns["date"])),
    }
