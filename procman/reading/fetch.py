"""Fetch a page from its address: obey robots.txt, limit size and time, and check the answer."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from procman.errors import LOG_IN, MOVED, REFUSED, FetchError
from procman.files import MAX_BYTES, TOO_LARGE, cache_folder

if TYPE_CHECKING:
    import httpx
    from protego import Protego

#: The name that procman sends. The rules of robots.txt for the part before the slash apply.
AGENT = "procman/0.1 (reads contents pages of procedures manuals; one page at a time)"
#: Limits in seconds: to connect or to wait for a piece of the page, for the whole page, between two requests to a host, for Retry-After.
PIECE, WHOLE, PAUSE, LONGEST_WAIT = 15.0, 60.0, 1.0, 30.0
A_YEAR = 365 * 86_400.0
REDIRECTS, TRIES = 5, 3
REDIRECTED = frozenset({301, 302, 303, 307, 308})
STILL_SENDING = f"still sending after {WHOLE:.0f} seconds: given up"
#: The number of bytes to unpack at a time.
UNPACKED = 64 * 1024

_last_request: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the bytes, the address after redirects, and the charset that the server states."""

    body: bytes
    address: str
    charset: str


def fetch(address: str) -> Reply:
    """Fetch a page.

    Follows redirects, but only to ``http`` and ``https``, and never from a public address into a private network. Obeys ``robots.txt``, and
    sends each host at most one request a second. Asks the server each time whether a page has changed, and downloads only changed pages.
    The cache is in the user's cache folder, or in ``PROCMAN_CACHE``. You can delete it at any time. Uses the system's proxy, or
    ``HTTPS_PROXY`` and ``NO_PROXY``.

    Raises
    ------
    FetchError
        The address is offline, refused, too slow, too large or forbidden by robots.txt, the answer breaks off, or the address has a
        password in it. The message says which.
    """
    parts = urlsplit(address) if "@" in address else None
    if parts and "@" in parts.netloc:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise FetchError(shown, "leave the user name and password out of the address: they would be kept with the page")
    try:
        return _follow(address)
    except ValueError as error:
        raise FetchError(address, f"it is, or leads to, what is no address ({error})", status=MOVED) from None


def _follow(start: str) -> Reply:
    from procman.reading.network import is_private

    private, until = is_private(start), time.monotonic() + WHOLE
    address = start
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(address)
        scheme = parts.scheme.lower()
        if scheme not in ("http", "https"):
            raise FetchError(start, f"it leads to a {scheme or 'broken'} address, which is not fetched", status=MOVED)
        if "@" in parts.netloc:
            raise FetchError(start, "it leads to an address with a user name in it, which is not fetched", status=MOVED)
        if not private and is_private(address):
            raise FetchError(
                start, f"it leads to {address}, inside a private network, which is not fetched", status=REFUSED
            )
        _ask_robots(address, start, private)
        status, headers, body = _get(address, start, until, private)
        if status in REDIRECTED and "location" in headers:
            address = urljoin(address, headers["location"])
            continue
        if status != 200:
            raise FetchError(start, f"the server answered {status} {_meaning(status)}", status=_ANSWERS.get(status, ""))
        charset = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", headers.get("content-type", ""), re.I)
        return Reply(body, address, charset[1] if charset else "")
    raise FetchError(start, f"more than {REDIRECTS} redirects", status=MOVED)


def forget() -> None:
    """Close the cache and forget the hosts, as in a new process."""
    from procman.reading import network

    network.forget()
    _robots.cache_clear()
    _last_request.clear()


def _get(address: str, start: str, until: float, private: bool) -> tuple[int, dict[str, str], bytes]:
    """Fetch one address, and try again if the server asks to wait. ``private`` allows a server in a private network."""
    for attempt in range(TRIES):
        _pause(address)
        status, headers, body = _once(address, start, until, private)
        if status not in (429, 503):
            return status, headers, body
        wait = _retry_after(headers.get("retry-after", ""))
        if attempt + 1 == TRIES or wait > LONGEST_WAIT or time.monotonic() + wait > until:
            when = f"in {wait:.0f} seconds" if wait < A_YEAR else "in more than a year"
            raise FetchError(start, f"the server is busy ({status}) and asks to come back {when}", status=REFUSED)
        time.sleep(wait)
    raise AssertionError  # the last attempt returns or raises


def _once(address: str, start: str, until: float, private: bool) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers by lower-case name, body."""
    import httpx

    from procman.reading import network

    network.deadline.set(until)
    try:
        client = network.client(address, cache_folder(), private)
        client.cookies.clear()
        with client.stream("GET", address, headers={"User-Agent": AGENT}, timeout=PIECE) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            body = bytearray()
            for piece in _unpacked(response, start) if response.is_success else response.iter_raw():
                body += piece
                if len(body) > MAX_BYTES:
                    raise FetchError(start, TOO_LARGE)
                if time.monotonic() > until:
                    raise FetchError(start, STILL_SENDING)
            return response.status_code, headers, bytes(body)
    except network.PrivateNetworkError as error:
        raise FetchError(
            start, f"it leads to {error}, inside a private network, which is not fetched", status=REFUSED
        ) from None
    except httpx.TimeoutException:
        late = time.monotonic() >= until
        raise FetchError(start, STILL_SENDING if late else f"no answer within {PIECE:.0f} seconds") from None
    except httpx.RemoteProtocolError as error:
        raise FetchError(start, f"the answer broke off or makes no sense ({_said(error)})") from None
    except zlib.error:
        raise FetchError(start, "the answer is garbled (its compression is broken)") from None
    except httpx.ProxyError as error:
        raise FetchError(start, f"the proxy refused ({_said(error)})") from None
    except httpx.ConnectError as error:
        raise FetchError(start, f"could not be reached: offline, or no such host ({_said(error)})") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(start, f"could not be fetched ({_said(error)})") from None


def _said(error: Exception) -> str:
    """The words of a network error, without the system's error number.

    >>> _said(OSError(-2, "Name or service not known"))
    'Name or service not known'
    """
    return re.sub(r"\[Errno -?\d+\] ", "", str(error))


def _unpacked(response: httpx.Response, start: str) -> Iterator[bytes]:
    """The body in small pieces, because httpx unpacks a compressed piece as a whole, however large it becomes."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(start, f"it comes compressed as {encoding!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, whichever it is
    for piece in response.iter_raw():
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, UNPACKED)
            piece = unpacker.unconsumed_tail
        if unpacker.eof:
            return  # do not wait for anything after the end
    yield unpacker.flush()
    if not unpacker.eof:
        raise FetchError(start, "the answer broke off before its end")


def _retry_after(value: str) -> float:
    """The seconds to wait. Retry-After has a number of seconds or a date.

    >>> _retry_after("120"), _retry_after("9" * 400), _retry_after("soon"), _retry_after("Mon, 20 Nov 1995 19:12:08 -9999999999")
    (120.0, inf, 1.0, 1.0)
    """
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 1.0


def _pause(address: str, pause: float | None = None) -> None:
    """Wait until the next request to the host is allowed."""
    host = urlsplit(address).netloc
    wait = _last_request.get(host, -LONGEST_WAIT) + max(PAUSE, pause or 0) - time.monotonic()
    if wait > 0:
        time.sleep(wait)
    _last_request[host] = time.monotonic()


@cache
def _robots(site: str, private: bool) -> Protego | str:
    """A site's robots.txt, or why it cannot be read. A site without one allows everything (RFC 9309)."""
    from protego import Protego

    address, until = f"{site}/robots.txt", time.monotonic() + WHOLE
    for _ in range(REDIRECTS + 1):
        try:
            status, headers, body = _get(address, site, until, private)
        except FetchError:
            break  # the page itself will say so
        if status >= 500:
            return f"the server answered {status} when asked for its robots.txt"
        if status in REDIRECTED and urlsplit(target := urljoin(address, headers.get("location", ""))).netloc:
            address = target
            continue
        if status == 200:
            return Protego.parse(body.decode("utf-8-sig", "replace"))
        break
    return Protego.parse("")


def _ask_robots(address: str, start: str, private: bool) -> None:
    parts = urlsplit(address)
    rules = _robots(f"{parts.scheme}://{parts.netloc}", private)
    if isinstance(rules, str):
        raise FetchError(
            start, f"{rules}, so it may not want programs: try later, or save the page from a browser", status=REFUSED
        )
    if not rules.can_fetch(address, AGENT.partition("/")[0]):
        raise FetchError(
            start,
            "the site's robots.txt asks programs not to fetch this page: save it from a browser instead",
            status=REFUSED,
        )
    if delay := rules.crawl_delay(AGENT.partition("/")[0]):
        _pause(address, min(delay, LONGEST_WAIT))


#: The meaning of the server's status codes. Any other means no answer.
_ANSWERS = {401: LOG_IN, 403: REFUSED, 407: REFUSED, 451: REFUSED, 404: MOVED, 410: MOVED}


def _meaning(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "error"
