"""The one room that speaks to the network: politely, within limits, through a cache on disk."""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from procman.errors import FetchError
from procman.files import MAX_BYTES, TOO_LARGE, cache_folder

if TYPE_CHECKING:
    import httpx

#: Says who is asking; robots.txt is read for the name before the slash.
AGENT = "procman/0.1 (reads contents pages of procedures manuals; one page at a time)"
#: Seconds: to connect or wait for a piece of the page, for the whole of it, between two requests to a host, for a Retry-After.
PIECE, WHOLE, PAUSE, LONGEST_WAIT = 15.0, 60.0, 1.0, 30.0
A_YEAR = 365 * 86_400.0
REDIRECTS, TRIES = 5, 3
#: Bytes that a compressed page is unpacked to at a time.
UNPACKED = 64 * 1024

_last_request: dict[str, float] = {}
_clients: dict[Path, Any] = {}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the bytes, the address after redirects, the sender's charset."""

    body: bytes
    address: str
    charset: str


def fetch(address: str) -> Reply:
    """Fetch a page.

    Redirects are followed (to ``http`` and ``https`` only, and never from a public address to a private one), ``robots.txt`` is
    respected, a host is asked at most once a second, and a page fetched before is asked for again only "if changed". The cache stands
    in the user's cache folder, or where ``PROCMAN_CACHE`` says; it may be deleted at any time.

    Raises
    ------
    FetchError
        Offline, refused, too slow, too large, broken off, or forbidden by robots.txt; the message says which.
    """
    try:
        return _follow(address)
    except ValueError as error:
        raise FetchError(address, f"it is, or leads to, what is no address ({error})") from None


def _follow(start: str) -> Reply:
    address, private = start, _is_private(start)
    deadline = time.monotonic() + WHOLE
    for _ in range(REDIRECTS + 1):
        scheme = urlsplit(address).scheme.lower()
        if scheme not in ("http", "https"):
            raise FetchError(start, f"it leads to a {scheme or 'broken'} address, which is not fetched")
        if not private and _is_private(address):
            raise FetchError(start, f"it leads to {address}, inside a private network, which is not fetched")
        _ask_robots(address, start, private)
        status, headers, body = _get(address, start, deadline, private)
        if status in (301, 302, 303, 307, 308) and "location" in headers:
            address = urljoin(address, headers["location"])
            continue
        if status >= 400:
            raise FetchError(start, f"the server answered {status} {_meaning(status)}")
        charset = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", headers.get("content-type", ""), re.I)
        return Reply(body, address, charset[1] if charset else "")
    raise FetchError(start, f"more than {REDIRECTS} redirects")


def forget() -> None:
    """Close the cache and forget which hosts were asked, as a new process would."""
    for client in _clients.values():
        client.close()
    _clients.clear()
    _robots.cache_clear()
    _last_request.clear()


def _client(folder: Path) -> Any:
    if folder not in _clients:
        _clients[folder] = _new_client(folder)
    return _clients[folder]


def _new_client(folder: Path) -> Any:
    import httpx
    from hishel import SqliteStorage
    from hishel.httpx import CacheTransport

    transport: httpx.BaseTransport = httpx.HTTPTransport()
    with suppress(OSError):  # a cache that cannot be kept is done without; hishel sees to it too, and tells its log
        logging.getLogger("hishel").addHandler(logging.NullHandler())
        folder.mkdir(parents=True, exist_ok=True)
        storage = SqliteStorage(database_path=folder / "pages.sqlite", max_stream_size=MAX_BYTES, max_size=512 * 2**20)
        # RFC 9111: fresh pages come from disk, others are asked for with If-None-Match or If-Modified-Since.
        transport = CacheTransport(transport, storage=storage, rfc=True)
    return httpx.Client(transport=transport, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"}, timeout=PIECE)


def _get(address: str, start: str, deadline: float, private: bool) -> tuple[int, dict[str, str], bytes]:
    """One address, tried again where the server asks for patience; ``private`` allows a server in a private network."""
    import httpx

    for attempt in range(TRIES):
        _pause(address)
        try:
            with _client(cache_folder()).stream("GET", address) as response:
                if not private:
                    _expect_public(response, start)
                headers = {name.lower(): value for name, value in response.headers.items()}
                body = bytearray()
                for piece in _unpacked(response, start) if response.is_success else response.iter_raw():
                    body += piece
                    if len(body) > MAX_BYTES:
                        raise FetchError(start, TOO_LARGE)
                    if time.monotonic() > deadline:
                        raise FetchError(start, f"still sending after {WHOLE:.0f} seconds: given up")
                status = response.status_code
        except httpx.TimeoutException:
            raise FetchError(start, f"no answer within {PIECE:.0f} seconds") from None
        except httpx.RemoteProtocolError as error:
            raise FetchError(start, f"the answer broke off or makes no sense ({error})") from None
        except zlib.error:
            raise FetchError(start, "the answer is garbled (its compression is broken)") from None
        except httpx.ConnectError as error:
            raise FetchError(start, f"could not be reached: offline, or no such host ({error})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(start, f"could not be fetched ({error})") from None
        if status not in (429, 503):
            return status, headers, bytes(body)
        wait = _retry_after(headers.get("retry-after", ""))
        if attempt + 1 == TRIES or wait > LONGEST_WAIT or time.monotonic() + wait > deadline:
            when = f"in {wait:.0f} seconds" if wait < A_YEAR else "in more than a year"
            raise FetchError(start, f"the server is busy ({status}) and asks to come back {when}")
        time.sleep(wait)
    raise AssertionError  # the last attempt returns or raises


def _expect_public(response: httpx.Response, start: str) -> None:
    """Refuse what a private network sent: a name may lead there when connecting although it did not when asked about before."""
    stream = response.extensions.get("network_stream")  # none where the answer came from the cache
    server = stream.get_extra_info("server_addr") if stream else None
    if server and not _is_global(server[0]):
        raise FetchError(start, f"it leads to {server[0]}, inside a private network, which is not fetched")


def _unpacked(response: httpx.Response, start: str) -> Iterator[bytes]:
    """The body in small pieces: left to itself, httpx unpacks a compressed piece whole, however large it grows."""
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
    yield unpacker.flush()
    if not unpacker.eof:
        raise FetchError(start, "the answer broke off before its end")


def _retry_after(value: str) -> float:
    """Seconds to wait: Retry-After holds a number of seconds or a date.

    >>> _retry_after("120"), _retry_after("9" * 400), _retry_after("soon"), _retry_after("Mon, 20 Nov 1995 19:12:08 -9999999999")
    (120.0, inf, 1.0, 1.0)
    """
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 1.0


def _pause(address: str) -> None:
    host = urlsplit(address).netloc
    wait = _last_request.get(host, -PAUSE) + PAUSE - time.monotonic()
    if wait > 0:
        time.sleep(wait)
    _last_request[host] = time.monotonic()


@cache
def _robots(site: str, private: bool) -> RobotFileParser | None:
    """A site's robots.txt; None where it has none. Errors of the server count as "none" (RFC 9309 for 4xx)."""
    try:
        status, _, body = _get(f"{site}/robots.txt", site, time.monotonic() + WHOLE, private)
    except FetchError:
        return None
    if status != 200:
        return None
    rules = RobotFileParser()
    rules.parse(body.decode("utf-8", "replace").splitlines())
    return rules


def _ask_robots(address: str, start: str, private: bool) -> None:
    parts = urlsplit(address)
    rules = _robots(f"{parts.scheme}://{parts.netloc}", private)
    if rules and not rules.can_fetch(AGENT, address):
        raise FetchError(
            start, "the site's robots.txt asks programs not to fetch this page: save it from a browser instead"
        )


def _is_private(address: str) -> bool:
    """Whether the address is this machine or a private network, by number or by what its name resolves to."""
    host = urlsplit(address).hostname or ""
    try:
        return not _is_global(host)
    except ValueError:
        pass
    try:
        return not all(_is_global(str(info[4][0])) for info in socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        return False  # no such host: connecting says so


def _is_global(number: str) -> bool:
    """Whether an IP address is one of the public internet's; also when it is written inside an IPv6 address."""
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if not inner and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return inner.is_global
    return address.is_global


def _meaning(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "error"
