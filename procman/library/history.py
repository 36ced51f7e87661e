"""Archived editions: read the captures of a contents page in a web archive, and keep each as an edition of the manual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from procman.errors import LibraryError, ProcmanError
from procman.library.archives import Archive, ArchiveError, Capture, UnplayableError
from procman.library.directory import Council, addresses_of, in_library, known_as, sharing
from procman.library.library import THERE_ALREADY, keep_manual
from procman.reading.manual import Manual, read_page
from procman.reading.page import decode_page
from procman.tables import CAPTURED
from procman.words import listed

READ, THERE, SAME, ERROR_PAGE, NO_CONTENTS, OTHERS, NOT_PLAYED, NOT_KEPT, NONE = CAPTURED
#: The source of an edition's month, as ``manual.toml`` records it.
BY_PAGE, BY_CAPTURE = "the page", "the capture"
#: Stop after this many captures in a row that the archive cannot return.
PATIENCE = 3


class Found(NamedTuple):
    """The outcome for one capture (see the table "captures")."""

    council: str
    captured: str
    outcome: str
    edition: str = ""
    dated_by: str = ""
    address: str = ""
    detail: str = ""


def read_history(
    councils: Sequence[Council],
    archive: Archive,
    folder: str | Path = "data/manuals",
    *,
    since: date | None = None,
    every: int = 0,
    addresses: Sequence[str] = (),
    today: date | None = None,
) -> Iterator[Found]:
    """Read the captures of councils' contents pages, keep each as an edition, and yield the outcome for each capture.

    The edition is the date that the page prints, or if none, the date of the capture. Captures with the same bytes are read once.
    Nothing is overwritten. If you stop halfway, run it again: captures that the library has are not requested again.

    Parameters
    ----------
    councils
        Councils from the directory (see `procman.library.directory.choose`).
    archive
        An archive from `procman.library.archives.open_archive`.
    folder
        The library's folder.
    since
        Ignore captures before this day.
    every
        Keep one edition in this number of months: the first that can be read. 0 keeps every edition.
    addresses
        The page's old addresses, by default those in the directory, newest platform first.
    today
        The day to record, by default today.

    Raises
    ------
    ArchiveError
        The archive does not answer, limits requests, or sends an answer that procman cannot read. Editions read so far are kept.
    """
    reader = _Reader(archive, Path(folder), today or date.today())
    for council in councils:
        places = addresses or [place.address for place in addresses_of(council)]
        yield from reader.council(council, places, since, every)


def months_of(words: str) -> int:
    """The number of months in a span: "6months", "1 year", "quarter", "3".

    >>> months_of("6months"), months_of("1 year"), months_of("quarter"), months_of("18")
    (6, 12, 3, 18)
    """
    match = re.fullmatch(r"(\d{0,3})\s*(months?|years?|quarters?|)", words.strip().lower())
    months = int(match[1] or 1) * {"y": 12, "q": 3}.get(match[2][:1], 1) if match and words.strip() else 0
    if not months:
        raise ProcmanError(words, "not a span like 6months or 1year")
    return months


def first_day(month: str) -> date:
    """The first day of a year or month: "2012", "2012-07".

    >>> first_day("2012").isoformat(), first_day("2012-07").isoformat()
    ('2012-01-01', '2012-07-01')
    """
    match = re.fullmatch(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", month)
    if not match:
        raise ProcmanError(month, "not a year or month like 2012 or 2012-07")
    return date(int(match[1]), int(match[2] or 1), 1)


class _Reader:
    """Reads the captures of an archive into a library."""

    def __init__(self, archive: Archive, folder: Path, today: date) -> None:
        self.archive, self.folder, self.today = archive, folder, today
        self.held: dict[str, str] = {}  # the edition kept, by the capture's address
        self.names: dict[str, str] = {}  # the library's name for a council, by the directory's
        for home, name, facts in in_library(folder):
            self.held[facts.get("source", "")] = home.name
            self.names.setdefault(name, facts.get("council") or name)
        self.failed = 0

    def council(self, council: Council, places: Sequence[str], since: date | None, every: int) -> Iterator[Found]:
        """One council's captures, oldest first. Within a span of months, the newest platform comes first."""
        captures = []
        for rank, place in enumerate(places):
            try:
                found = self.archive.captures(place, since)
                captures += [(self._span(capture, every), rank, capture) for capture in found]
            except UnplayableError as error:
                yield Found(council.council, "", NOT_PLAYED, address=place, detail=error.reason)
        if not captures:
            why = "no capture of its pages" if places else "no address is known: give one with --address"
            yield Found(council.council, "", NONE, detail=why)
        known: dict[str, Found] = {}
        for _, some in groupby(sorted(captures), key=lambda each: each[0]):
            for _, _, capture in some:
                told = self._read(council, capture, known)
                if capture.digest:
                    known.setdefault(capture.digest, told)
                yield told
                if every and told.outcome in (READ, THERE):
                    break

    def _span(self, capture: Capture, every: int) -> str:
        month = capture.when.year * 12 + capture.when.month - 1
        return f"{month // every:06}" if every else capture.when.isoformat()

    def _read(self, council: Council, capture: Capture, known: dict[str, Found]) -> Found:
        told = Found(council.council, capture.when.date().isoformat(), READ, address=capture.replay)
        if edition := self.held.get(capture.replay):
            return told._replace(outcome=THERE, edition=edition)
        if same := known.get(capture.digest):
            outcome = SAME if same.outcome in (READ, THERE) else same.outcome
            return told._replace(outcome=outcome, edition=same.edition, detail=f"the same bytes as on {same.captured}")
        if capture.status not in (0, 200):
            return told._replace(outcome=ERROR_PAGE, detail=f"the site answered {capture.status}")
        try:
            captured = self.archive.page(capture)
        except UnplayableError as error:
            self.failed += 1
            if self.failed >= PATIENCE:
                reason = f"it could not return {self.failed} captures in a row; the last error: {error.reason}"
                raise ArchiveError(self.archive.name, f"{reason}: run the same command again later") from None
            return told._replace(outcome=NOT_PLAYED, detail=error.reason)
        self.failed = 0
        if captured.status != 200:
            return told._replace(outcome=ERROR_PAGE, detail=f"the site answered {captured.status}")
        return self._keep(council, told, captured.body, captured.charset, sharing(capture.address))

    def _keep(self, council: Council, told: Found, body: bytes, charset: str, both: frozenset[str]) -> Found:
        """Read a captured page and keep it."""
        try:
            page = decode_page(body, told.address, charset=charset)
            reading, lines = read_page(page)
        except ProcmanError as error:
            outcome = ERROR_PAGE if "error page" in error.reason else NO_CONTENTS
            return told._replace(outcome=outcome, detail=error.reason)
        except Exception as error:  # a bug in procman: go on with the other pages
            detail = f"something went wrong, please report this ({type(error).__name__}: {error})"
            return told._replace(outcome=NOT_KEPT, detail=detail)
        named = known_as(reading.council)
        if named and named.council not in {council.council, *both}:
            return told._replace(outcome=OTHERS, detail=f"the page calls itself {reading.council}'s")
        edition = reading.edition or told.captured[:7]
        told = told._replace(edition=edition, dated_by=BY_PAGE if reading.edition else BY_CAPTURE)
        reading = reading._replace(edition=edition, council=self.names.get(council.council, council.council))
        facts = {
            "gss_code": council.gss_code,
            "source": told.address,
            "obtained": f"captured {told.captured} by {self.archive.name}, read {self.today.isoformat()}",
            "dated_by": told.dated_by,
        }
        try:
            keep_manual(page, Manual(page.name, reading, lines), folder=self.folder, facts=facts)
        except LibraryError as error:
            if error.reason == THERE_ALREADY:
                return told._replace(outcome=THERE, detail="from another page")
            return told._replace(outcome=NOT_KEPT, detail=error.reason)
        return told


def capture_line(found: Found) -> str:
    """One capture as a line of the command's table.

    >>> capture_line(Found("Kent", "2018-04-12", "read", "2018-03", "the page"))
    'Kent                         2018-04-12 read              2018-03  by the page'
    """
    dated = f"by {found.dated_by}" if found.dated_by else ""
    return f"{found.council:<28} {found.captured:<10} {found.outcome:<17} {found.edition:<8} {dated:<14} {found.detail}".rstrip()


def captures_in_words(rows: Sequence[Found]) -> str:
    """The number of captures with each outcome, in words.

    >>> captures_in_words([Found("Kent", "2018-04-12", "read"), Found("Kent", "2018-05-12", "same bytes"), Found("Kent", "2018-06-12", "read")])
    '2 read and 1 same bytes'
    """
    numbers = {outcome: sum(row.outcome == outcome for row in rows) for outcome in CAPTURED}
    return listed([f"{number} {outcome}" for outcome, number in numbers.items() if number], most=9)
