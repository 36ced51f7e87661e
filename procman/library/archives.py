"""Web archives: which captures of a page there are, and each capture's bytes.

The Internet Archive is asked through the library `wayback`: its client, and its session, which keeps the archive's limits and tries
again. Any other archive is asked through the same session as the standards have it: for a list of captures by CDX (as pywb and
OpenWayback answer it), else for a TimeMap (Memento, RFC 7089); for the captured bytes by the ``id_`` address that both have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urljoin, urlsplit

from procman.errors import ProcmanError
from procman.files import MAX_BYTES, TOO_LARGE
from procman.reading.fetch import AGENT, PIECE, WHOLE

if TYPE_CHECKING:
    from requests import Response
    from wayback import WaybackSession

#: Tries after the first, and the seconds that double between them.
RETRIES, BACKOFF = 3, 2
#: Requests a second to an archive that is not the Internet Archive, for which `wayback` knows the limits.
PER_SECOND = 1.0
#: How far a page that an archive gives may be from the capture that was asked for.
NEAR = timedelta(days=1)
REDIRECTS = 3


class Capture(NamedTuple):
    """One capture of a page: ``replay`` is where it can be seen, ``digest`` is empty and ``status`` 0 where the archive does not tell."""

    when: datetime
    address: str
    digest: str
    status: int
    replay: str


class Captured(NamedTuple):
    """What an archive holds of one capture."""

    body: bytes
    charset: str
    status: int


class ArchiveError(ProcmanError):
    """An archive does not answer, asks for patience, or makes no sense: nothing more can be had from it now."""


class UnplayableError(ProcmanError):
    """An archive cannot give one capture; it may give others."""


class Archive(Protocol):
    """What `procman.library.history` asks of an archive."""

    name: str

    def captures(self, address: str, since: date | None) -> list[Capture]:
        """The captures of an address, the oldest first; raises ``ArchiveError``."""

    def page(self, capture: Capture) -> Captured:
        """A capture's bytes; raises ``ArchiveError`` or ``UnplayableError``."""

    def close(self) -> None:
        """Close the connections."""


def open_archive(address: str | None = None) -> Archive:
    """The Internet Archive, or the archive at an address: the one in front of its dates, such as ``https://archive.example/wayback/``.

    >>> open_archive("https://archive.example/wayback").name
    'https://archive.example/wayback/'
    """
    parts = urlsplit(address or "https://web.archive.org/")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArchiveError(address, "not an http(s) address")
    return InternetArchive() if parts.hostname == "web.archive.org" else OtherArchive(f"{str(address).rstrip('/')}/")


class InternetArchive:
    """The Internet Archive's Wayback Machine."""

    name = "the Internet Archive"

    def __init__(self) -> None:
        from wayback import WaybackClient

        self.client = WaybackClient(_session())

    def captures(self, address: str, since: date | None) -> list[Capture]:
        """The captures of an address, the oldest first."""
        with _told(self.name):
            return [
                Capture(each.timestamp, each.original, each.digest, each.statuscode or 0, each.view_url)
                for each in self.client.search(address, from_date=since)
            ]

    def page(self, capture: Capture) -> Captured:
        """A capture's bytes, as they were captured."""
        with _told(self.name, UnplayableError):
            memento = self.client.get_memento(capture.address, timestamp=capture.when, follow_redirects=False)
            return Captured(memento.content, _charset(memento.headers), memento.status_code)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()


class OtherArchive:
    """An archive that speaks CDX or Memento below an address."""

    def __init__(self, base: str) -> None:
        self.name = self.base = base
        self.session = _session(PER_SECOND)

    def captures(self, address: str, since: date | None) -> list[Capture]:
        """The captures of an address, the oldest first."""
        with _told(self.name):
            start = f"{since:%Y%m%d}" if since else None
            answer = self._ask(f"{self.base}cdx", url=address, output="json", **{"from": start})
            found = list(self._cdx(answer.text)) if answer.ok else None
            if found is None:
                answer = self._ask(f"{self.base}timemap/link/{address}")
                if not answer.ok and answer.status_code != 404:
                    raise ArchiveError(self.name, f"it answers neither by CDX nor by Memento ({answer.status_code})")
                found = list(self._timemap(answer.text, address)) if answer.ok else []
        return sorted(each for each in found if not since or each.when.date() >= since)

    def page(self, capture: Capture) -> Captured:
        """A capture's bytes, as they were captured where the archive gives them so."""
        raw = re.sub(r"/(\d{14})/", r"/\1id_/", capture.replay, count=1)
        with _told(self.name, UnplayableError):
            answer = self._replay(raw)
            if answer.status_code == 404 and "Memento-Datetime" not in answer.headers:
                answer = self._replay(capture.replay)
        told = answer.headers.get("Memento-Datetime")
        if not told and not answer.ok:
            raise UnplayableError(capture.replay, f"the archive answered {answer.status_code}")
        if told and abs(parsedate_to_datetime(told) - capture.when) > NEAR:
            raise UnplayableError(capture.replay, f"the archive gave the capture of {told} for it")
        return Captured(answer.content, _charset(answer.headers), answer.status_code)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _ask(self, address: str, **query: str | None) -> Response:
        return self.session.get(address, params=query, allow_redirects=False)

    def _replay(self, address: str) -> Response:
        """Ask for a capture; led to another address, follow it inside the archive alone."""
        for _ in range(REDIRECTS):
            answer = self._ask(address)
            if not answer.is_redirect or "Memento-Datetime" in answer.headers:  # else a redirect that was captured
                return answer
            address = urljoin(address, answer.headers["Location"])
            if not address.startswith(self.base):
                raise UnplayableError(address, "it leads out of the archive")
        raise UnplayableError(address, f"more than {REDIRECTS} redirects")

    def _cdx(self, text: str) -> Iterator[Capture]:
        """Captures as CDX lists them: as JSON (a row of names first, or an object a line), or in columns."""
        for row in _cdx_rows(text):
            address, stamp = row.get("url") or row["original"], row["timestamp"]
            status = str(row.get("status") or row.get("statuscode") or "")
            replay = f"{self.base}{stamp}/{address}"
            yield Capture(
                _moment(stamp), address, row.get("digest", ""), int(status) if status.isdecimal() else 0, replay
            )

    def _timemap(self, text: str, address: str) -> Iterator[Capture]:
        """Captures as a TimeMap lists them: ``<address>; rel="memento"; datetime="…"``."""
        for replay, told in _LINK.findall(text):
            facts = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', told))
            if "memento" in facts.get("rel", "").split() and "datetime" in facts:
                yield Capture(parsedate_to_datetime(facts["datetime"]), address, "", 0, urljoin(self.base, replay))


_LINK = re.compile(r'<([^<>]+)>((?:\s*;\s*\w+\s*=\s*"[^"]*")*)')
#: The columns of CDX where they are not named.
_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")


def _cdx_rows(text: str) -> Iterator[Mapping[str, str]]:
    """The rows of a CDX answer by the names of their columns.

    >>> line = "org,example)/ 20180412093045 http://example.org/ text/html 200 AAAA 1234"
    >>> [row["timestamp"] for row in _cdx_rows(line)]
    ['20180412093045']
    >>> [row["status"] for row in _cdx_rows('org,example)/ 20180412093045 {"url": "http://example.org/", "status": "200"}')]
    ['200']
    """
    if text.lstrip().startswith("[") and not text.lstrip().startswith("[]"):
        head, *rows = json.loads(text)
        yield from (dict(zip(head, map(str, row), strict=False)) for row in rows)
        return
    for line in filter(str.strip, text.splitlines()):
        before, brace, rest = line.partition("{")
        if brace:
            yield {**dict(zip(_COLUMNS, before.split(), strict=False)), **json.loads(brace + rest)}
        elif len(cells := line.split()) >= len(_COLUMNS):
            yield dict(zip(_COLUMNS, cells, strict=False))


def _moment(stamp: str) -> datetime:
    """The time of a capture's stamp; an archive may leave its end out."""
    return datetime.strptime(f"{stamp}{'00000101000000'[len(stamp) :]}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _charset(headers: Mapping[str, str]) -> str:
    """The charset that the sender told, empty where it told none."""
    match = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", headers.get("Content-Type", ""), re.I)
    return match[1] if match else ""


# --- asking ------------------------------------------------------------------------------------------------------


@contextmanager
def _told(name: str, nonsense: type[ProcmanError] = ArchiveError) -> Iterator[None]:
    """Tell what went wrong below in one sentence; ``nonsense`` is the error for an answer that makes no sense."""
    import requests
    from wayback import exceptions as wayback

    try:
        yield
    except UnplayableError as error:
        raise nonsense(error.source, error.reason) from None
    except wayback.RateLimitError as error:
        wait = f"in {error.retry_after:.0f} seconds" if error.retry_after else "later"
        raise ArchiveError(name, f"it asks for patience (429): run the same command again {wait}") from None
    except (wayback.BlockedSiteError, wayback.BlockedByRobotsError):
        raise UnplayableError(name, "the archive may not show this page") from None
    except wayback.MementoPlaybackError as error:
        raise UnplayableError(name, str(error)) from None
    except requests.exceptions.ChunkedEncodingError:
        raise UnplayableError(name, "the answer broke off") from None
    except (wayback.WaybackRetryError, requests.exceptions.ConnectionError, requests.exceptions.Timeout):
        raise ArchiveError(name, "it does not answer, or no longer: run the same command again later") from None
    except (wayback.WaybackException, requests.exceptions.RequestException, ValueError, KeyError, TypeError) as error:
        raise nonsense(name, f"its answer makes no sense ({' '.join(str(error).split())[:200]})") from None


def _session(per_second: float | None = None) -> WaybackSession:
    """A session of `wayback`, at its own rates or slower, through an adapter that keeps procman's limits."""
    from wayback import WaybackSession

    rates: dict[str, Any] = {"memento_calls_per_second": per_second} if per_second else {}
    session = WaybackSession(retries=RETRIES, backoff=BACKOFF, timeout=PIECE, user_agent=AGENT, **rates)
    for scheme in ("https://", "http://"):
        session.mount(scheme, _bounded_adapter())
    return session


def _bounded_adapter() -> Any:
    """An adapter of `requests` that reads an answer whole, up to the limits of size and time for any page.

    `requests` waits for each piece, and knows no limit for all of them: the exchange runs in a thread of its own, which is left behind
    when the time is over.
    """
    from requests.adapters import HTTPAdapter

    class Bounded(HTTPAdapter):
        def send(self, request: Any, stream: bool = False, *more: Any, **options: Any) -> Response:
            done: Future[Response] = Future()
            Thread(target=self._exchange, args=(done, request, *more), kwargs=options, daemon=True).start()
            try:
                return done.result(WHOLE)
            except TimeoutError:
                done.cancel()
                raise UnplayableError(request.url, f"still sending after {WHOLE:.0f} seconds: given up") from None

        def _exchange(self, done: Future[Response], request: Any, *more: Any, **options: Any) -> None:
            try:
                response, body = super().send(request, True, *more, **options), bytearray()
                for piece in response.iter_content(64 * 1024):
                    body += piece
                    if len(body) > MAX_BYTES or done.cancelled():
                        response.raw.close()  # the rest is not read, so the connection is of no more use
                        raise UnplayableError(request.url, TOO_LARGE)
                response._content = bytes(body)  # where `requests` keeps what it has read
            except Exception as error:
                with suppress(InvalidStateError):  # nobody waits any more
                    done.set_exception(error)
            else:
                with suppress(InvalidStateError):
                    done.set_result(response)

    return Bounded()
