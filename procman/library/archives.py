"""Web archives: list the captures of a page, and get the bytes of each.

For the Internet Archive, the library `wayback` sends the requests, keeps to the archive's limits and retries. For any other archive,
procman uses the session of `wayback` and the standards. It asks for the list of captures by CDX (as pywb and OpenWayback do), then
for a TimeMap (Memento, RFC 7089). It asks for the bytes at the ``id_`` address, which both have.
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

#: Retries after the first try, and the first wait in seconds, which doubles each time.
RETRIES, BACKOFF = 3, 2
#: Requests a second to other archives. `wayback` knows the Internet Archive's limits.
PER_SECOND = 1.0
#: The most time between the capture that procman asks for and the one that the archive returns.
NEAR = timedelta(days=1)
REDIRECTS = 3


class Capture(NamedTuple):
    """One capture of a page. ``replay`` is its address in the archive. If unknown, ``digest`` is empty and ``status`` is 0."""

    when: datetime
    address: str
    digest: str
    status: int
    replay: str


class Captured(NamedTuple):
    """The content of one capture."""

    body: bytes
    charset: str
    status: int


class ArchiveError(ProcmanError):
    """An archive does not answer, limits requests, or sends an answer that procman cannot read. Try again later."""


class UnplayableError(ProcmanError):
    """An archive cannot return this capture. Others may still work."""


class Archive(Protocol):
    """What `procman.library.history` needs from an archive."""

    name: str

    def captures(self, address: str, since: date | None) -> list[Capture]:
        """The captures of an address, the oldest first; raises ``ArchiveError``."""

    def page(self, capture: Capture) -> Captured:
        """A capture's bytes; raises ``ArchiveError`` or ``UnplayableError``."""

    def close(self) -> None:
        """Close the connections."""


def open_archive(address: str | None = None) -> Archive:
    """The Internet Archive, or the archive at an address. Give the part before the dates: ``https://archive.example/wayback/``.

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
    """An archive that answers by CDX or Memento at an address."""

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
        """A capture's bytes, unchanged if the archive offers them unchanged."""
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
        """Ask for a capture, following redirects only inside the archive."""
        for _ in range(REDIRECTS):
            answer = self._ask(address)
            if not answer.is_redirect or "Memento-Datetime" in answer.headers:  # a captured redirect is the answer
                return answer
            address = urljoin(address, answer.headers["Location"])
            if not address.startswith(self.base):
                raise UnplayableError(address, "it leads out of the archive")
        raise UnplayableError(address, f"more than {REDIRECTS} redirects")

    def _cdx(self, text: str) -> Iterator[Capture]:
        """The captures in a CDX answer: JSON with a header row, one JSON object a line, or columns."""
        for row in _cdx_rows(text):
            address, stamp = row.get("url") or row["original"], row["timestamp"]
            status = str(row.get("status") or row.get("statuscode") or "")
            replay = f"{self.base}{stamp}/{address}"
            yield Capture(
                _moment(stamp), address, row.get("digest", ""), int(status) if status.isdecimal() else 0, replay
            )

    def _timemap(self, text: str, address: str) -> Iterator[Capture]:
        """The captures in a TimeMap: ``<address>; rel="memento"; datetime="…"``."""
        for replay, told in _LINK.findall(text):
            facts = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', told))
            if "memento" in facts.get("rel", "").split() and "datetime" in facts:
                yield Capture(parsedate_to_datetime(facts["datetime"]), address, "", 0, urljoin(self.base, replay))


_LINK = re.compile(r'<([^<>]+)>((?:\s*;\s*\w+\s*=\s*"[^"]*")*)')
#: The columns of CDX if the answer does not name them.
_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")


def _cdx_rows(text: str) -> Iterator[Mapping[str, str]]:
    """The rows of a CDX answer, as mappings from column to value.

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
    """The time in a capture's stamp. Some archives shorten the stamp."""
    return datetime.strptime(f"{stamp}{'00000101000000'[len(stamp) :]}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _charset(headers: Mapping[str, str]) -> str:
    """The charset that the sender states, or empty text."""
    match = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", headers.get("Content-Type", ""), re.I)
    return match[1] if match else ""


# --- asking ------------------------------------------------------------------------------------------------------


@contextmanager
def _told(name: str, nonsense: type[ProcmanError] = ArchiveError) -> Iterator[None]:
    """Turn any error into a ``ProcmanError`` of one sentence; ``nonsense`` is its class if the answer cannot be read."""
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
    """A session of `wayback`, at its own rate or slower, with procman's limits on size and time."""
    from wayback import WaybackSession

    rates: dict[str, Any] = {"memento_calls_per_second": per_second} if per_second else {}
    session = WaybackSession(retries=RETRIES, backoff=BACKOFF, timeout=PIECE, user_agent=AGENT, **rates)
    for scheme in ("https://", "http://"):
        session.mount(scheme, _bounded_adapter())
    return session


def _bounded_adapter() -> Any:
    """An adapter of `requests` that reads a whole answer within the limits on size and time.

    `requests` limits the wait for each piece but not the total. So each exchange runs in its own thread, and procman leaves the thread
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
                        response.raw.close()  # the rest is unread, so the connection cannot be used again
                        raise UnplayableError(request.url, TOO_LARGE)
                response._content = bytes(body)  # where `requests` keeps the body
            except Exception as error:
                with suppress(InvalidStateError):  # the caller has given up
                    done.set_exception(error)
            else:
                with suppress(InvalidStateError):
                    done.set_result(response)

    return Bounded()
