"""Local servers for tests and benchmarks: a site whose pages are set one by one, and a web archive."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import requests

from procman.library import archives


class Answer(NamedTuple):
    """What a path answers; with status 0 the server goes away."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class Site:
    """A server; ``pages`` holds what each path answers (or a function that tells), ``asked`` what was asked.

    A path that ends in ``*`` stands for all that begin with it.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[str], Answer]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.answer(self.path)
                with suppress(OSError):
                    if not answer.status:
                        self.close_connection = True
                        return
                    self.send_response(answer.status)
                    headers = {"Content-Type": "text/html", "Content-Length": str(len(answer.body))} | answer.headers
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> Answer:
        """What a path answers."""
        plain = path.partition("?")[0]
        beginning = [key for key in self.pages if key.endswith("*") and plain.startswith(key[:-1])]
        found = self.pages.get(plain) or self.pages.get(max(beginning, key=len, default=""), Answer(b"Not Found", 404))
        return found if isinstance(found, Answer) else found(path)


def moved(to: str) -> Answer:
    """An answer that leads elsewhere."""
    return Answer(b"", 302, {"Location": to})


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """Serve a site."""
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


class Kept(NamedTuple):
    """A capture as the local archive keeps it."""

    stamp: str
    body: bytes
    status: int

    @property
    def digest(self) -> str:
        """The SHA-1 of the bytes in base 32, as archives write it."""
        return base64.b32encode(hashlib.sha1(self.body).digest()).decode()


class LocalArchive:
    """An archive that speaks as documented: the Internet Archive's CDX server and replay, and pywb's CDX, TimeMap and replay.

    Attributes
    ----------
    kept
        The captures by the address captured.
    page
        Captures on one page of a CDX answer; the rest is asked for with a resume key.
    kind
        The content type with which pages are replayed.
    tells_status
        Whether the Internet Archive's list tells the status of each capture.
    down
        Answers, by the number of the replay asked for (from 1), instead of the capture.
    """

    def __init__(self, site: Site, page: int = 1000) -> None:
        self.site, self.page = site, page
        self.kept: dict[str, list[Kept]] = defaultdict(list)
        self.down: dict[int, Answer] = {}
        self.replayed, self.kind, self.tells_status = 0, "text/html", True
        self.base = f"{site.address}/pywb/"
        site.pages |= {
            "/cdx/search/cdx": self.internet_archive_cdx,
            "/web/*": lambda path: self.replay(path.removeprefix("/web/")),
            "/pywb/cdx": self.pywb_cdx,
            "/pywb/timemap/link/*": self.timemap,
            "/pywb/*": lambda path: self.replay(path.removeprefix("/pywb/")),
        }

    def keep(self, address: str, stamp: str, body: bytes, status: int = 200) -> None:
        """Capture a page."""
        self.kept[address].append(Kept(stamp, body, status))

    def _asked(self, path: str) -> tuple[str, list[Kept], dict[str, str]]:
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        since = query.get("from", "")[:14]
        return query["url"], [each for each in self.kept[query["url"]] if each.stamp >= since], query

    def internet_archive_cdx(self, path: str) -> Answer:
        """Seven columns a line; a blank line and a resume key where there is more."""
        address, kept, query = self._asked(path)
        start = int(query.get("resumeKey", "0"))
        lines = [
            f"key {each.stamp} {address} text/html {each.status if self.tells_status else '-'} {each.digest} {len(each.body)}"
            for each in kept[start : start + self.page]
        ]
        if start + self.page < len(kept):
            lines += ["", str(start + self.page)]
        return Answer("\n".join(lines).encode(), headers={"Content-Type": "text/plain"})

    def pywb_cdx(self, path: str) -> Answer:
        """An object a line."""
        address, kept, _ = self._asked(path)
        lines = [
            f'{{"urlkey": "key", "timestamp": "{each.stamp}", "url": "{address}", "mime": "text/html", '
            f'"status": "{each.status}", "digest": "{each.digest}"}}'
            for each in kept
        ]
        return Answer("\n".join(lines).encode(), headers={"Content-Type": "text/x-ndjson"})

    def timemap(self, path: str) -> Answer:
        """Links in the form of RFC 7089."""
        address = path.removeprefix("/pywb/timemap/link/")
        links = [f'<{address}>; rel="original"', f'<{self.base}{address}>; rel="timegate"']
        links += [
            f'<{self.base}{each.stamp}/{address}>; rel="memento"; datetime="{_told(each.stamp)}"'
            for each in self.kept[address]
        ]
        found = bool(self.kept[address])
        return Answer(",\n".join(links).encode(), 200 if found else 404, {"Content-Type": "application/link-format"})

    def replay(self, path: str) -> Answer:
        """A capture's bytes and status, with the headers of a memento."""
        self.replayed += 1
        if answer := self.down.get(self.replayed, self.down.get(0)):
            return answer
        stamp, _, address = path.partition("/")
        for each in self.kept[address]:
            if each.stamp == stamp.removesuffix("id_"):
                link = f'<{address}>; rel="original"'
                told = {"Memento-Datetime": _told(each.stamp), "Link": link, "Content-Type": self.kind}
                return Answer(each.body, each.status, told)
        return Answer(b"never archived", 404)


def _told(stamp: str) -> str:
    return format_datetime(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC), usegmt=True)


class ToLocal(requests.adapters.HTTPAdapter):
    """Sends what is asked of web.archive.org to a local archive."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.inner = address, archives._bounded_adapter()

    def send(self, request, *more, **options):
        local = request.copy()
        local.url = request.url.replace("https://web.archive.org", self.address)
        response = self.inner.send(local, *more, **options)
        response.url, response.request = request.url, request
        return response

    def close(self) -> None:
        self.inner.close()
        super().close()


def local_sessions(address: str, retries: int = 1, rate: float = 0) -> Callable[[], requests.Session]:
    """What makes sessions of `wayback` whose Internet Archive is a local one: quick to ask, and to give up."""
    from wayback import WaybackSession

    def session(per_second: float | None = None) -> WaybackSession:
        made = WaybackSession(retries, 0.01, 2.0, archives.AGENT, rate, rate)
        made.mount("http://", archives._bounded_adapter())
        made.mount("https://web.archive.org/", ToLocal(address))
        return made

    return session
