"""A manual's contents page read into tables: entries, lines, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from procman.contents import CHAPTER, SECTION, SUBSECTION, Contents, Entry, read_contents
from procman.errors import PageError
from procman.lines import Line, lines_of
from procman.notices import notices_of
from procman.pages import Page, open_page
from procman.tables import ENTRIES, LINES, NOTICE_TABLE

if TYPE_CHECKING:
    import pandas as pd


class Manual:
    """One edition of one council's manual, as its contents page shows it.

    Attributes
    ----------
    council, title, edition
        What the page (or the caller) says; ``edition`` is ISO text to the month, or None where the page prints none.
    source
        Where the page came from.
    entries, lines, notices
        DataFrames, made when first asked for; `procman.tables` declares their columns.
    """

    def __init__(
        self, page: Page, lines: Sequence[Line], contents: Contents, council: str | None, edition: str | None
    ) -> None:
        self.source, self.address = page.name, page.address
        self.council = council or contents.council or None
        self.title = contents.title or None
        self.edition = edition or contents.edition or edition_of_address(page.address) or None
        self._lines, self._contents = lines, contents

    def __repr__(self) -> str:
        chapters = sum(entry.kind == CHAPTER for entry in self._contents.entries)
        return f"<Manual {self.council or self.source}, {self.edition or 'undated'}: {len(self._contents.entries)} entries, {chapters} chapters>"

    @cached_property
    def entries(self) -> pd.DataFrame:
        """One row per entry in page order."""
        return ENTRIES.frame(entry_columns([self]))

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row per source line with its role; lines that were not understood are 'unread', never dropped."""
        return LINES.frame(
            [
                (line.line, line.text, role or "unread")
                for line, role in zip(self._lines, self._contents.roles, strict=True)
            ]
        )

    @cached_property
    def unread(self) -> pd.DataFrame:
        """The lines that were not understood."""
        return self.lines[self.lines["role"] == "unread"].reset_index(drop=True)

    @cached_property
    def notices(self) -> pd.DataFrame:
        """What a reader should know: duplicates, gaps, restarts, empty titles, Quick Links that disagree, unread lines."""
        return NOTICE_TABLE.frame(notices_of(self._lines, self._contents))


def read_manual(source: Any, council: str | None = None, *, edition: str | None = None, address: str = "") -> Manual:
    """Read any council's contents page, text or HTML.

    Parameters
    ----------
    source
        A path (a file, or a folder holding ``contents.txt`` or ``contents.html``), an ``http(s)://`` address, bytes, or
        an open buffer.
    council
        The council's name; by default what the page calls itself.
    edition
        ISO text to the month ("2017-07"); by default what the page prints, or the date of an archived address.
    address
        The address that the page's links are relative to, where the source does not tell.

    Raises
    ------
    PageError
        The source cannot be read, or is not a contents page; the message says what it seems to be.

    Examples
    --------
    >>> import io
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Confidentiality Policy Updated\\n"), council="Northwick")
    >>> manual.entries[["kind", "number", "title", "status"]].to_dict("records")[1]
    {'kind': 'chapter', 'number': '1.1', 'title': 'Confidentiality Policy', 'status': 'Updated'}
    """
    page = open_page(source)
    if address:
        page = replace(page, address=address)
    lines = lines_of(page.text, page.html, page.name)
    contents = read_contents(lines)
    _expect_contents(page, lines, contents)
    return Manual(page, lines, contents, council, edition)


#: What a page that is no contents page most often is, by words near its top.
_IMPOSTORS = (
    (
        r"\b(?:404|page (?:was |could )?not (?:be )?found|can[’']?t be found|no longer (?:exists|available))\b",
        "a 'not found' error page",
    ),
    (r"\b(?:403|forbidden|access (?:is )?denied|not authori[sz]ed|401 )\b", "an 'access denied' error page"),
    (
        r"\b(?:50[0234]|internal server error|bad gateway|service unavailable|temporarily unavailable|under maintenance)\b",
        "a server's error page",
    ),
    (r"\b(?:sign in|log ?in|password|forgotten your)\b", "a login form"),
    (
        r"\b(?:captcha|verify (?:that )?you are (?:a )?human|checking your browser|unusual traffic|ddos)\b",
        "a robot check",
    ),
    (r"\b(?:accept (?:all )?cookies|we use cookies|cookie (?:preferences|consent|settings))\b", "a cookie notice"),
    (
        r"\b(?:enable javascript|javascript is (?:disabled|required)|requires javascript)\b",
        "a page that builds itself with JavaScript: save it from a browser",
    ),
)


def _expect_contents(page: Page, lines: Sequence[Line], contents: Contents) -> None:
    """Refuse a page that lists no chapters, saying what it seems to be."""
    entries = contents.entries
    chapters = [entry for entry in entries if entry.kind == CHAPTER]
    numbered = sum(len(entry.levels) > 1 for entry in chapters)
    # Without a single number a page needs more to go by: a letter has a heading and a line, too.
    headed = sum(bool(entry.parent) for entry in chapters) > 2 or any(
        entry.parent and entry.levels for entry in chapters
    )
    if chapters and (numbered or headed):
        if numbered > 2 or len(chapters) > 11 or not (seems := _impostor(lines)):
            return
        raise PageError(page.name, f"no contents page: it seems to be {seems}")
    seems = _impostor(lines)
    words = sum(len(line.text.split()) for line in lines)
    if seems:
        reason = f"it seems to be {seems}"
    elif not words:
        reason = "it holds no words"
    else:
        reason = "no numbered chapters, and no headings with chapters under them, were found"
    raise PageError(page.name, f"no contents page: {reason}")


def _impostor(lines: Sequence[Line]) -> str:
    top = " ".join(line.text for line in lines[:60])[:4000].lower()
    return next((meaning for pattern, meaning in _IMPOSTORS if re.search(pattern, top)), "")


def edition_of_address(address: str) -> str:
    """The month of a web archive's snapshot, from its address; empty for any other address.

    >>> edition_of_address("https://web.archive.org/web/20180412093045/http://www.example.org/contents.html")
    '2018-04'
    """
    match = re.search(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])\d{2}(?:\d{6})?(?:[a-z]{2}_)?/https?[:/]", address)
    return f"{match[1]}-{match[2]}" if match else ""


def entry_columns(manuals: Sequence[Manual]) -> dict[str, list[Any]]:
    """The columns of one entries table for any number of manuals."""
    columns: dict[str, list[Any]] = {column.name: [] for column in ENTRIES.columns}
    for manual in manuals:
        entries = manual._contents.entries
        columns["council"] += [manual.council] * len(entries)
        columns["edition"] += [manual.edition] * len(entries)
        columns["position"] += range(1, len(entries) + 1)
        columns["parent"] += [entry.parent or None for entry in entries]
        columns["href"] += [_resolve(manual.address, entry.href) for entry in entries]
        for name in (
            "line",
            "kind",
            "number",
            "title",
            "section",
            "subsection",
            "depth",
            "status",
            "date",
            "note",
            "publisher",
        ):
            columns[name] += [getattr(entry, name) for entry in entries]
    return columns


def _resolve(address: str, href: str) -> str:
    """A link made absolute; links within the page and scripts are no link to a chapter."""
    if not href or href.startswith("#") or re.match(r"(?:javascript|mailto|tel|data)\s?:", href.strip(), re.I):
        return ""
    try:
        return urljoin(address, href.strip()) if address else href.strip()
    except ValueError:
        return href.strip()


def counts(entries: Sequence[Entry]) -> dict[str, int]:
    """How many of each kind and flag."""
    return {
        "sections": sum(entry.kind == SECTION for entry in entries),
        "subsections": sum(entry.kind == SUBSECTION for entry in entries),
        "chapters": sum(entry.kind == CHAPTER for entry in entries),
        "see_also": sum(entry.kind == "see_also" for entry in entries),
        "new": sum(entry.status == "New" for entry in entries),
        "updated": sum(entry.status == "Updated" for entry in entries),
        "dated": sum(bool(entry.date) for entry in entries),
    }
