"""A local web for tests: a server whose pages are set one by one, and a directory whose addresses lead to it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from procman.library import directory
from procman.reading import fetch


class Answer(NamedTuple):
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class Site:
    """A server on this machine; ``pages`` holds what each path answers (or a function that does), ``asked`` what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[str], Answer]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                path = self.path.partition("?")[0]
                found = site.pages.get(path) or next((v for k, v in site.pages.items() if k.endswith("*") and path.startswith(k[:-1])), Answer(b"Not Found", 404))  # fmt: skip
                answer = found if isinstance(found, Answer) else found(self.path)
                with suppress(OSError):
                    if not answer.status:  # the server goes away
                        self.connection.shutdown(2)
                        return
                    self.send_response(answer.status)
                    for name, value in {"Content-Type": "text/html", "Content-Length": str(len(answer.body))}.items():
                        self.send_header(name, answer.headers.get(name, value))
                    for name in answer.headers.keys() - {"Content-Type", "Content-Length"}:
                        self.send_header(name, answer.headers[name])
                    self.end_headers()
                    self.wfile.write(answer.body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}"

    def moved(self, to: str) -> Answer:
        """An answer that leads elsewhere."""
        return Answer(b"", 302, {"Location": to})


@pytest.fixture
def site(tmp_path, monkeypatch) -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch, "PAUSE", 0.0)
    monkeypatch.setattr(fetch, "PIECE", 0.7)
    fetch.forget()
    yield site
    fetch.forget()
    site.server.shutdown()
    site.server.server_close()
    thread.join()


@pytest.fixture
def addresses(site, root, tmp_path, monkeypatch) -> Iterator[Any]:
    """A function that gives the directory other addresses: rows of council, page, address (a path of the site)."""
    monkeypatch.setattr(directory, "DATA", tmp_path / "data")
    shutil.copytree(
        root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("manuals", "truth", "demonstration")
    )
    caches = (directory._addresses, directory.sharing)

    def write(*rows: tuple[str, str, str]) -> None:
        lines = [f"{council},{page},{site.address if place[0] == '/' else ''}{place},own site,children's services,,"
                 for council, page, place in rows]  # fmt: skip
        head = "council,page,address,platform,body,seen,inferred"
        (tmp_path / "data/addresses.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        for each in caches:
            each.cache_clear()

    yield write
    for each in caches:
        each.cache_clear()
