"""Connect to a server: with a deadline, a cache and the system's proxy, and never into a private network by a redirect."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from procman.errors import FetchError
from procman.files import MAX_BYTES

#: The deadline of the current exchange, by `time.monotonic`.
deadline: ContextVar[float] = ContextVar("deadline")
_clients: dict[tuple[Path, bool, str], httpx.Client] = {}


class PrivateNetworkError(Exception):
    """A name that must be public leads into a private network."""


def client(address: str, folder: Path, private: bool) -> httpx.Client:
    """The client for an address. ``private`` allows a server in a private network. One client of each kind is kept.

    Raises
    ------
    FetchError
        The environment names a proxy or certificates that cannot be used.
    """
    proxy = proxy_of(address)
    key = folder, private, proxy
    if key not in _clients:
        transport = _cached(_Transport(private, proxy), folder)
        # Ask the server and every cache on the way whether the page has changed.
        headers = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache"}
        _clients[key] = httpx.Client(transport=transport, headers=headers)
    return _clients[key]


def forget() -> None:
    """Close all connections and the cache, as in a new process."""
    for each in _clients.values():
        each.close()
    _clients.clear()


def proxy_of(address: str) -> str:
    """The proxy for an address, from the environment or the system. Empty if there is none."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host or proxy_bypass(host):
        return ""
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all") or ""


class _Transport(httpx.HTTPTransport):
    """Sends requests that the cache cannot answer. The cache keeps only whole pages, and always asks the server before it uses one."""

    def __init__(self, private: bool, proxy: str) -> None:
        try:
            certificates = httpx.create_ssl_context()
        except OSError as error:
            raise FetchError("SSL_CERT_FILE", f"the certificates it names cannot be read ({error})") from None
        super().__init__(verify=certificates)
        self._pool.close()
        # With a proxy, procman connects to the proxy, which is inside the network.
        backend = _Backend(private or bool(proxy))
        if not proxy:
            self._pool = httpcore.ConnectionPool(certificates, network_backend=backend)
            return
        try:
            named = httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
            self._pool = httpcore.HTTPProxy(
                str(named.url), named.raw_auth, ssl_context=certificates, network_backend=backend
            )
        except (ValueError, httpx.InvalidURL):
            raise FetchError("the proxy setting", "it is not an http(s) address of a proxy: see HTTPS_PROXY") from None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        response.headers["Cache-Control"] = "no-cache" if response.status_code in (200, 304) else "no-store"
        return response


def _cached(transport: httpx.BaseTransport, folder: Path) -> httpx.BaseTransport:
    """The transport with a cache in the folder, or without one if there cannot be a cache."""
    from hishel.httpx import CacheTransport

    file = folder / "pages.sqlite"
    logging.getLogger("hishel").addHandler(logging.NullHandler())
    with suppress(OSError):  # work without a cache if it cannot be kept; hishel does so too, and logs it
        folder.mkdir(parents=True, exist_ok=True)
        if file.is_file() and not _sound(file):  # a new one is made
            for part in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
                part.unlink(missing_ok=True)
        return CacheTransport(transport, storage=_storage(file), rfc=True)
    return transport


def _storage(file: Path) -> Any:
    from hishel import SqliteStorage

    return SqliteStorage(database_path=file, max_stream_size=MAX_BYTES, max_size=512 * 2**20)


def _sound(file: Path) -> bool:
    """Whether a cache is complete and of this kind."""
    try:
        with closing(sqlite3.connect(file)) as database:
            whole = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        with closing(_storage(file)) as storage:
            storage.get_entries("")
    except sqlite3.OperationalError:
        return True  # in use, or it cannot be opened: it may still be sound
    except (sqlite3.DatabaseError, RuntimeError):  # RuntimeError: the tables of another program
        return False
    return whole


class _Backend(httpcore.SyncBackend):
    """Connects to the same IP address that was checked, so that a name cannot change between check and connection."""

    def __init__(self, private: bool) -> None:
        self.private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            numbers = list(
                dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            )
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        if not self.private and (inside := [number for number in numbers if not is_public(number)]):
            raise PrivateNetworkError(inside[0])
        failed: Exception = httpcore.ConnectError("the name has no address")
        for number in numbers:
            try:
                return _Stream(super().connect_tcp(number, port, _left(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Stream(httpcore.NetworkStream):
    """A connection that ends at the deadline, even with slow headers or trailers."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None) -> float:
    """The seconds to wait for the next piece."""
    left = deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(timeout, left)


# --- public and private addresses ---------------------------------------------------------------------------------


def is_private(address: str) -> bool:
    """Whether an address is this computer or in a private network: by IP address, or because its name has only such addresses."""
    host = urlsplit(address).hostname or ""
    try:
        return not is_public(host)
    except ValueError:
        pass
    try:
        numbers = [str(info[4][0]) for info in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return False  # no such host: connecting gives the error
    return not any(is_public(number) for number in numbers)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


def is_public(number: str) -> bool:
    """Whether an IP address is public, including an IPv4 address inside an IPv6 address.

    >>> [is_public(number) for number in ("8.8.8.8", "10.0.0.1", "224.0.0.1", "2606:4700::1111", "64:ff9b::a00:1", "fec0::1")]
    [True, False, False, True, False, False]
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    inner = [each for each in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if each]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if inner:
        return all(is_public(str(each)) for each in inner)
    return address in _GLOBAL_UNICAST and address.is_global
