"""Fetch manuals by council name from the addresses in the directory, and keep them in a library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from procman.errors import LibraryError, PageError, ProcmanError
from procman.files import folder_name
from procman.library.directory import AMENDMENTS, Council, addresses_of, in_library, known_as, sharing
from procman.library.library import THERE_ALREADY, keep_manual
from procman.reading.amendments import amendment_rows
from procman.reading.manual import Manual, Reading, read_page
from procman.reading.page import Page, contents_file, open_page, read_file
from procman.tables import OUTCOMES
from procman.words import listed

READ, THERE, MOVED, REFUSED, LOG_IN, NO_ANSWER, OTHERS, NOT_KEPT, NOT_KNOWN = OUTCOMES

#: The source of an edition's month, as ``manual.toml`` records it.
BY_PAGE, BY_FETCH = "the page", "the day it was fetched"
#: The most addresses to try for an amendments page.
TRIES = 3


class Got(NamedTuple):
    """The outcome for one council's page (see the table "pages got")."""

    council: str
    outcome: str
    edition: str = ""
    dated_by: str = ""
    chapters: int | None = None
    amendments: int | None = None
    address: str = ""
    detail: str = ""


def get_manuals(
    councils: Sequence[Council],
    folder: str | Path = "data/manuals",
    *,
    replace: bool = False,
    today: date | None = None,
) -> Iterator[Got]:
    """Fetch the contents and amendments pages of councils, keep them, and yield the outcome for each council.

    Tries the addresses in the directory in order. Keeps each page as soon as it is read. If a page fails, the others go on. If you
    stop halfway, run it again: councils fetched on the same day are not fetched again.

    Parameters
    ----------
    councils
        Councils from the directory (see `procman.library.directory.choose`).
    folder
        The library's folder.
    replace
        Replace editions that the library already has.
    today
        The day to record, by default today. A page that prints no date is kept as this month's edition.

    Examples
    --------
    >>> from procman.library.directory import find_council
    >>> [(got.council, got.outcome) for got in get_manuals([find_council("Westminster")])]
    [('Westminster', 'not known')]
    """
    shelf = _Shelf(Path(folder), today or date.today())
    for council in councils:
        yield shelf.get(council, replace)


def read_known_page(council: Council) -> tuple[Page, Manual]:
    """The first page, of a council's addresses in the directory, that can be read as a contents page; and what was read.

    Raises
    ------
    PageError
        No page can be read. The message says why, and how to add the page yourself.

    Examples
    --------
    >>> from procman.library.directory import find_council
    >>> read_known_page(find_council("Westminster"))
    Traceback (most recent call last):
    procman.errors.PageError: Westminster: no address of its contents page is known. Save the page from a browser and upload it
    """
    failures = []
    for place in addresses_of(council):
        try:
            page = open_page(place.address)
            reading, lines = read_page(page, council.council)
        except ProcmanError as error:
            failures.append(f"{place.address} ({error.reason})")
        else:
            return page, Manual(page.name, reading, lines)
    tried = (
        f"its page could not be read: {'; '.join(failures)}" if failures else "no address of its contents page is known"
    )
    raise PageError(council.council, f"{tried}. Save the page from a browser and upload it")


class _Shelf:
    """A library while procman fetches pages: the editions it has, and the council of each address."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today, self.obtained = folder, today, f"fetched {today.isoformat()}"
        self.names: dict[str, str] = {}  # the library's name for a council, by the directory's
        self.owners: dict[str, str] = {}  # the council's short name, by address
        self.done: dict[str, Got] = {}
        for home, name, facts in in_library(folder):
            self.names.setdefault(name, facts.get("council") or name)
            self.owners[facts.get("source", "")] = name
            if facts.get("obtained") == self.obtained:
                self.done[name] = Got(name, THERE, home.name, address=facts.get("source", ""), detail="fetched today")

    def get(self, council: Council, replace: bool) -> Got:
        """Try the known addresses of a council's contents page, newest platform first."""
        name = council.council
        if name in self.done and not replace:
            return self.done[name]
        failures: list[Got] = []
        for place in addresses_of(council):
            got = self._try(council, place.address, replace)
            if got.outcome in (READ, THERE):
                # An older address worked: also say why the newer ones did not.
                return got._replace(detail="; ".join(filter(None, [*map(_why, failures), got.detail])))
            failures.append(got)
        if not failures:
            return Got(name, NOT_KNOWN, detail=f"no address is known: {by_hand(council)}")
        worst = min(failures, key=lambda got: _TELLING.index(got.outcome))
        return worst._replace(detail="; ".join(map(_why, failures)))

    def _try(self, council: Council, address: str, replace: bool) -> Got:
        name, page = council.council, None
        try:
            page = open_page(address)
            reading, lines = read_page(page)
        except ProcmanError as error:
            return Got(name, _outcome(error, page, address), address=address, detail=error.reason)
        except Exception as error:  # a bug in procman: go on with the other pages
            detail = f"something went wrong, please report this ({type(error).__name__}: {error})"
            return Got(name, NOT_KEPT, address=address, detail=detail)
        if other := self._whose(council, address, page, reading):
            return Got(name, OTHERS, address=page.address, detail=other)
        if edition := self._held(council, page):
            return Got(name, THERE, edition, address=page.address, detail="the page has not changed since")
        dated_by = BY_PAGE if reading.edition else BY_FETCH
        reading = reading._replace(
            council=self.names.get(name, name), edition=reading.edition or self.today.isoformat()[:7]
        )
        more, number = _amendments(council, page, reading)
        facts = {"gss_code": council.gss_code, "obtained": self.obtained, "dated_by": dated_by}
        try:
            keep_manual(
                page,
                Manual(page.name, reading, lines),
                folder=self.folder,
                replace=replace,
                amendments=more,
                facts=facts,
            )
        except LibraryError as error:
            outcome = THERE if error.reason == THERE_ALREADY else NOT_KEPT
            return Got(name, outcome, reading.edition, address=page.address, detail=error.reason)
        self.owners[page.address] = name
        chapters = reading.columns["kind"].count("chapter")
        moved = "" if page.address == address else f"it is now at {page.address}"
        return Got(name, READ, reading.edition, dated_by, chapters, number, page.address, moved)

    def _whose(self, council: Council, address: str, page: Page, reading: Reading) -> str:
        """Why a page belongs to another council. Empty if it is this council's, or if councils are known to share it."""
        both = sharing(address)
        named = known_as(reading.council)
        owner = self.owners.get(page.address, council.council)
        if named and named.council not in {council.council, *both}:
            return f"the page calls itself {reading.council}'s"
        if not named and owner not in {council.council, *both}:
            return f"the same page as {owner}'s: if both share it, {by_hand(council)}"
        return ""

    def _held(self, council: Council, page: Page) -> str:
        """The edition whose page has exactly these bytes, or empty text."""
        home = self.folder / folder_name(self.names.get(council.council, council.council))
        for edition in sorted(home.glob("[!.]*"), reverse=True):
            try:
                if read_file(contents_file(edition)) == page.content:
                    return edition.name
            except PageError:
                continue
        return ""


def by_hand(council: Council) -> str:
    """What to do if a page cannot be fetched."""
    return f'save its contents page from a browser, then: python -m procman add FILE --council "{council.council}"'


# --- what went wrong ---------------------------------------------------------------------------------------------

#: If every address fails, the outcome that comes first here is reported: it says most about the council's page.
_TELLING = (LOG_IN, REFUSED, OTHERS, NOT_KEPT, NO_ANSWER, MOVED)
_PASSWORD = re.compile(r"<input[^<>]{0,300}type\s{0,3}=\s{0,3}[\"']?password", re.I)
_LOG_IN_PATH = re.compile(r"\b(?:log[-_]?[io]n|sign[-_]?in|sso|saml2?|oauth2?|authori[sz]e|adfs)\b", re.I)


def _outcome(error: ProcmanError, page: Page | None, asked: str) -> str:
    """The outcome for an address whose page could not be read."""
    if page and (_PASSWORD.search(page.text) or _leads_to_log_in(asked, page.address)):
        return LOG_IN
    return error.status or NO_ANSWER


def _leads_to_log_in(asked: str, reached: str) -> bool:
    """Whether an address redirected to one that looks like a log-in page.

    >>> _leads_to_log_in("https://a.uk/contents", "https://login.a.uk/?to=contents"), _leads_to_log_in("https://a.uk/x", "https://a.uk/y")
    (True, False)
    """
    return asked != reached and bool(_LOG_IN_PATH.search("{0.netloc} {0.path}".format(urlsplit(reached))))


def _why(got: Got) -> str:
    return f"{got.address}: {got.detail}"


# --- amendments --------------------------------------------------------------------------------------------------


def _amendments(council: Council, page: Page, reading: Reading) -> tuple[Page | None, int | None]:
    """A council's amendments page and its number of amendments. Tries the same site first, then links on the contents page."""
    known = [place.address for place in addresses_of(council, AMENDMENTS)]
    beside = [address for address in known if urlsplit(address).netloc == urlsplit(page.address).netloc]
    columns = zip(reading.columns["title"], reading.columns["href"], strict=True)
    linked = [href for title, href in columns if href.startswith("http") and _AMENDMENTS.fullmatch(title or "")]
    titles = [title for title in reading.columns["title"] if title]
    for address in islice(dict.fromkeys([*beside, *linked, *known]), TRIES):
        try:
            found = open_page(address)
            if rows := amendment_rows(found, titles):
                return found, len(rows)
        except ProcmanError:
            continue
    return None, None


_AMENDMENTS = re.compile(r"(?:recent |manual )?(?:amendments?|updates)(?: archive)?", re.I)


def outcome_line(got: Got) -> str:
    """One council as a line of the command's table.

    >>> outcome_line(Got("Kent", "read", "2024-06", "the page", 129))
    'Kent                         read              2024-06  129 chapters'
    """
    size = f"{got.chapters} chapters" if got.chapters else ""
    return f"{got.council:<28} {got.outcome:<17} {got.edition:<8} {size:<13} {got.detail}".rstrip()


def outcomes_in_words(rows: Sequence[Got]) -> str:
    """The number of pages with each outcome, in words.

    >>> outcomes_in_words([Got("Kent", "read"), Got("Essex", "not known"), Got("Derby", "read")])
    '2 read and 1 not known'
    """
    numbers = {outcome: sum(row.outcome == outcome for row in rows) for outcome in OUTCOMES}
    return listed([f"{number} {outcome}" for outcome, number in numbers.items() if number], most=9)
