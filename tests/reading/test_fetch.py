"""Fetching from a local server that misbehaves."""

from __future__ import annotations

import gzip
import socket
import sqlite3
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

import procman as pm
from procman.errors import FetchError, PageError
from procman.reading import fetch as room
from procman.reading import network

PAGE = "<h1>Contents</h1><h2>1. All Children</h2><ul><li>1.1 Children’s Consent</li><li>1.2 <a href='c/records.html'>Records</a></li></ul>"


@cache
def bomb() -> bytes:
    """Half a gigabyte of nothing, in half a megabyte."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(512)) + packer.flush()


class Misbehaving(BaseHTTPRequestHandler):
    """Each path misbehaves in its own way; what was asked is kept in ``asked``."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []
    robots_moved: ClassVar[bool] = False
    robots: ClassVar[str] = "Disallow: /secret\nDisallow: /*/private$\nAllow: /secret/open\n"

    def do_GET(self) -> None:
        self.path = self.path.removeprefix("http://manual.example.org")  # as a proxy is asked
        Misbehaving.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        name = self.path.strip("/").split("?")[0].replace("-", "_").replace(".", "_") or "page"
        getattr(self, f"on_{name}", self.on_missing)()

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def on_missing(self) -> None:
        self.reply(b"<h1>404 Not Found</h1>", 404)

    def on_page(self) -> None:
        self.reply(PAGE.encode())

    def on_unchanged(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            self.reply(b"", 304, ETag='"one"')
        else:
            self.reply(PAGE.encode(), ETag='"one"')

    def on_modified(self) -> None:
        self.reply(PAGE.encode(), Last_Modified="Mon, 05 Jan 2015 08:00:00 GMT", Cache_Control="max-age=86400")

    def on_gone(self) -> None:
        self.reply(b"<h1>404 Not Found</h1>", 404, Cache_Control="max-age=86400")

    def on_part(self) -> None:
        self.reply(PAGE.encode()[:40], 206, Content_Range="bytes 0-39/200")

    def on_nothing(self) -> None:
        self.send_response(204)
        self.end_headers()

    def on_cookie(self) -> None:
        self.reply(PAGE.encode(), Set_Cookie="visitor=1; Path=/")

    def on_squeezed_and_more(self) -> None:
        """A whole compressed page; then the server goes on sending."""
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.drip(gzip.compress(PAGE.encode()), b"more")

    def on_slow_head(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")

    def on_waits(self) -> None:
        self.drip(b"", b"HTTP/1.1 102 Processing\r\n\r\n")

    def on_trailer(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.drip(head + b"3\r\n<p>\r\n0\r\n", b"X-More: 1\r\n")

    def drip(self, first: bytes, then: bytes) -> None:
        """Send a little again and again, so that no single piece is late."""
        with suppress(OSError):
            self.wfile.write(first)
            for _ in range(80):
                self.wfile.flush()
                time.sleep(0.05)
                self.wfile.write(then)
        self.close_connection = True

    def on_wrong_charset(self) -> None:
        self.reply(PAGE.encode("cp1252"), Content_Type="text/html; charset=utf-8")

    def on_told_charset(self) -> None:
        self.reply(PAGE.encode("utf-16-le"), Content_Type="text/html; charset=utf-16-le")

    def on_squeezed(self) -> None:
        self.reply(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def on_bomb(self) -> None:
        with suppress(OSError):
            self.reply(bomb(), Content_Encoding="gzip")
        self.close_connection = True

    def on_bomb_in_bomb(self) -> None:
        self.reply(gzip.compress(bomb()), Content_Encoding="gzip, gzip")

    def on_cut_squeezed(self) -> None:
        self.reply(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip")

    def on_strange(self) -> None:
        self.reply(b"???", Content_Encoding="zstd")

    def on_garbled(self) -> None:
        self.reply(b"no gzip at all", Content_Encoding="gzip")

    def on_truncated(self) -> None:
        self.reply(PAGE.encode(), Content_Length="100000")
        self.close_connection = True

    def on_slow(self) -> None:
        time.sleep(1.5)
        self.reply(PAGE.encode())

    def on_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(2000):
                self.wfile.write(b"<p>more</p>" * 10_000)
        except OSError:
            pass
        self.close_connection = True

    def on_dripping(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(60):
                self.wfile.write(b"<p>")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass
        self.close_connection = True

    def on_busy_once(self) -> None:
        times = sum(path == self.path for path, _ in Misbehaving.asked)
        if times == 1:
            self.reply(b"", 429, Retry_After="1")
        else:
            self.on_page()

    def on_busy_long(self) -> None:
        self.reply(b"", 429, Retry_After="86400")

    def on_busy_for_ever(self) -> None:
        self.reply(b"", 503, Retry_After="9" * 400)

    def on_moved(self) -> None:
        self.reply(b"", 302, Location="/page")

    def on_round(self) -> None:
        self.reply(b"", 302, Location="/round")

    def on_to_nowhere(self) -> None:
        self.reply(b"", 302, Location="http://[::1")

    def on_to_file(self) -> None:
        self.reply(b"", 302, Location="file:///etc/hostname")

    def on_pdf(self) -> None:
        self.reply(b"%PDF-1.7 ...", Content_Type="application/pdf")

    def on_login(self) -> None:
        self.reply(b"<h1>Sign in</h1><form><input type=password></form><p>Forgotten your password?</p>")

    def on_robots_txt(self) -> None:
        if self.robots_moved:
            self.reply(b"", 301, Location="/rules.txt")
        else:
            self.on_rules_txt()

    def on_rules_txt(self) -> None:
        self.reply(
            f"\ufeffUser-agent: *\n{self.robots}".encode(),
            Content_Type="text/plain",
        )

    def on_secret(self) -> None:
        self.on_page()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def site(tmp_path, monkeypatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    Misbehaving.asked.clear()
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(room, "PAUSE", 0.0)
    monkeypatch.setattr(room, "PIECE", 0.7)
    room.forget()
    yield f"http://127.0.0.1:{server.server_port}"
    room.forget()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_read_and_its_links_made_whole(site):
    manual = pm.read_manual(f"{site}/page")
    assert manual.entries["title"].tolist() == ["All Children", "Children’s Consent", "Records"]
    assert manual.entries["href"].iloc[2] == f"{site}/c/records.html"


def test_procman_says_who_asks_and_reads_robots_first(site):
    pm.read_manual(f"{site}/page")
    assert [path for path, _ in Misbehaving.asked] == ["/robots.txt", "/page"]
    assert all(headers["user-agent"].startswith("procman/") for _, headers in Misbehaving.asked)


def test_robots_are_respected(site):
    with pytest.raises(FetchError, match=r"robots\.txt"):
        pm.read_manual(f"{site}/secret")
    assert "/secret" not in [path for path, _ in Misbehaving.asked]


def test_rules_that_have_moved_are_followed(site, monkeypatch):
    monkeypatch.setattr(Misbehaving, "robots_moved", True)
    with pytest.raises(FetchError, match=r"robots\.txt"):
        pm.read_manual(f"{site}/secret")
    assert [path for path, _ in Misbehaving.asked] == ["/robots.txt", "/rules.txt"]


def test_a_site_is_asked_no_more_often_than_it_wants(site, monkeypatch):
    monkeypatch.setattr(Misbehaving, "robots", "Crawl-delay: 3\n")
    slept: list[float] = []
    monkeypatch.setattr(room.time, "sleep", slept.append)
    pm.read_manual(f"{site}/page")
    assert [round(seconds) for seconds in slept] == [3]


def test_robots_rules_have_wildcards_and_the_longest_holds(site):
    with pytest.raises(FetchError, match=r"robots\.txt"):
        pm.read_manual(f"{site}/children/private")
    with pytest.raises(FetchError, match="404"):
        pm.read_manual(f"{site}/secret/open")  # asked for, though it is not there


@pytest.mark.parametrize("path", ["modified", "gone"])
def test_a_page_is_asked_for_again_whatever_its_age(site, path):
    for _ in range(2):
        with suppress(FetchError):
            pm.read_manual(f"{site}/{path}")
    assert [asked for asked, _ in Misbehaving.asked].count(f"/{path}") == 2


def test_no_cookie_is_sent_back(site):
    for _ in range(2):
        pm.read_manual(f"{site}/cookie")
    assert [headers.get("cookie") for _, headers in Misbehaving.asked] == [None] * 3


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_the_proxy_of_the_environment_is_used(site, name, monkeypatch):
    monkeypatch.setenv(name, site)
    assert pm.read_manual("http://manual.example.org/page").entries["title"].iloc[0] == "All Children"
    assert [path for path, _ in Misbehaving.asked] == ["/robots.txt", "/page"]


def test_what_needs_no_proxy_is_asked_itself(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert len(pm.read_manual(f"{site}/page").entries) == 3


def test_a_proxy_or_certificates_that_are_none_are_named(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "gopher://proxy.example.org")
    with pytest.raises(FetchError, match="HTTPS_PROXY"):
        pm.read_manual(f"{site}/page")
    monkeypatch.delenv("HTTP_PROXY")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/certificates.pem")
    with pytest.raises(FetchError, match=r"^SSL_CERT_FILE: "):
        pm.read_manual(f"{site}/page")


def test_a_password_in_an_address_is_refused_and_not_repeated(site):
    with pytest.raises(FetchError, match="leave the user name and password out") as caught:
        pm.read_manual(site.replace("//", "//me:secret@") + "/page")
    assert "secret" not in str(caught.value)
    assert Misbehaving.asked == []


def test_a_page_fetched_before_is_asked_for_only_if_changed(site):
    first, second = pm.read_manual(f"{site}/unchanged"), pm.read_manual(f"{site}/unchanged")
    asked = [headers for path, headers in Misbehaving.asked if path == "/unchanged"]
    assert "if-none-match" not in asked[0]
    assert asked[1]["if-none-match"] == '"one"'
    assert first.entries.equals(second.entries)


def test_the_cache_may_be_deleted(site, tmp_path):
    pm.read_manual(f"{site}/unchanged")
    room.forget()
    for file in (tmp_path / "cache").iterdir():
        file.unlink()
    assert len(pm.read_manual(f"{site}/unchanged").entries) == 3


@pytest.mark.parametrize("fault", ["garbage", "another program's", "two bytes"])
def test_a_damaged_cache_is_made_again(site, tmp_path, fault):
    file = tmp_path / "cache" / "pages.sqlite"
    pm.read_manual(f"{site}/unchanged")
    room.forget()
    if fault == "another program's":
        file.unlink()
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE entries (word TEXT)")
    else:
        content = file.read_bytes()
        file.write_bytes(b"no database" * 500 if fault == "garbage" else content[:24] + b"\xff" * 80 + content[104:])
    for expected in (None, '"one"'):
        assert len(pm.read_manual(f"{site}/unchanged").entries) == 3
        assert Misbehaving.asked[-1][1].get("if-none-match") == expected


def test_a_cache_that_cannot_be_written_is_done_without(site, tmp_path, monkeypatch, capfd):
    (tmp_path / "file").touch()
    for place in ("file", "file/below"):
        monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / place))
        assert len(pm.read_manual(f"{site}/page").entries) == 3
    (tmp_path / "cache" / "pages.sqlite").mkdir(parents=True)
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    assert len(pm.read_manual(f"{site}/page").entries) == 3
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "path", ["wrong-charset", "told-charset", "squeezed", "squeezed-and-more", "busy-once", "moved"]
)
def test_read_all_the_same(site, path):
    assert pm.read_manual(f"{site}/{path}").entries["title"].iloc[1] == "Children’s Consent"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "404 Not Found"),
        ("part", "206 Partial Content"),
        ("nothing", "204 No Content"),
        ("garbled", "garbled"),
        ("truncated", "broke off"),
        ("cut-squeezed", "broke off"),
        ("strange", "compressed as 'zstd', which was not asked for"),
        ("slow", "no answer within"),
        ("endless", "larger than"),
        ("busy-long", "come back in 86400 seconds"),
        ("busy-for-ever", "come back in more than a year"),
        ("round", "more than 5 redirects"),
        ("to-file", "leads to a file address"),
        ("to-nowhere", "makes no sense"),
    ],
)
def test_trouble_is_one_sentence_that_names_the_address(site, path, reason, monkeypatch):
    monkeypatch.setattr(room, "MAX_BYTES", 2_000_000)
    with pytest.raises(FetchError, match=reason) as caught:
        pm.read_manual(f"{site}/{path}")
    assert str(caught.value).startswith(f"{site}/{path}: ")


@pytest.mark.parametrize("path", ["dripping", "slow-head", "waits", "trailer"])
def test_a_page_that_never_ends_is_given_up(site, monkeypatch, path):
    monkeypatch.setattr(room, "WHOLE", 1.0)
    start = time.monotonic()
    with pytest.raises(FetchError, match="still sending"):
        pm.read_manual(f"{site}/{path}")
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(("path", "seems"), [("pdf", "a PDF"), ("login", "a login form")])
def test_what_is_no_contents_page_is_named(site, path, seems):
    with pytest.raises(PageError, match=seems):
        pm.read_manual(f"{site}/{path}")


def test_what_is_no_address_is_named():
    with pytest.raises(FetchError, match=r"^http://\[::1: it is, or leads to, what is no address"):
        pm.read_manual("http://[::1")


def test_no_such_host():
    with pytest.raises(FetchError, match="offline, or no such host"):
        pm.read_manual("http://procman.invalid/contents.html")


def test_a_public_page_may_not_lead_into_a_private_network(site, monkeypatch):
    monkeypatch.setattr(network, "is_private", lambda address: address.endswith("/page"))
    monkeypatch.setattr(network, "is_public", lambda number: True)
    with pytest.raises(FetchError, match="/page, inside a private network"):
        pm.read_manual(f"{site}/moved")
    assert "/page" not in [path for path, _ in Misbehaving.asked]


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "93.184.215.14"]])
def test_a_name_that_turns_private_when_connecting_is_never_connected_to(site, monkeypatch, numbers):
    answers = iter([["93.184.215.14"]] * 2)
    monkeypatch.setattr(network.socket, "getaddrinfo", resolving(lambda: next(answers, numbers)))
    with pytest.raises(FetchError, match=r"127\.0\.0\.1, inside a private network"):
        pm.read_manual(site.replace("127.0.0.1", "manual.example.org") + "/page")
    assert Misbehaving.asked == []


def resolving(answer):
    """A stand-in for `socket.getaddrinfo` whose names have the numbers that ``answer`` gives."""

    def resolve(host, port, *_, **__):
        assert host == "manual.example.org"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in answer()]

    return resolve


def test_a_host_is_asked_at_most_once_a_pause(site, monkeypatch):
    monkeypatch.setattr(room, "PAUSE", 0.3)
    start = time.monotonic()
    pm.read_manual(f"{site}/page")
    assert time.monotonic() - start >= 0.3


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1/", True),
        ("http://10.1.2.3/", True),
        ("http://169.254.169.254/latest/meta-data/", True),
        ("http://0.0.0.0/", True),
        ("http://2130706433/", True),
        ("http://0x7f.1/", True),
        ("http://localhost:8888/", True),
        ("http://[::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://[64:ff9b::a00:1]/", True),
        ("http://[2002:7f00:1::]/", True),
        ("http://[fe80::1%25eth0]/", True),
        ("http://[fec0::1]/", True),
        ("http://[64:ff9b:1::a00:1]/", True),
        ("http://[::ffff:0:a00:1]/", True),
        ("http://[ff0e::1]/", True),
        ("http://224.0.0.1/", True),
        ("http://8.8.8.8/", False),
        ("http://[2606:4700::1111]/", False),
    ],
)
def test_private_addresses(address, private):
    assert network.is_private(address) is private


@pytest.mark.parametrize(
    ("numbers", "private"),
    [
        (["10.0.0.8"], True),
        (["93.184.215.14", "127.0.0.1"], False),
        (["::1", "fd00::1"], True),
        (["::1", "8.8.8.8"], False),
    ],
)
def test_only_a_name_without_any_public_number_is_private(numbers, private, monkeypatch):
    monkeypatch.setattr(network.socket, "getaddrinfo", resolving(lambda: numbers))
    assert network.is_private("https://manual.example.org/contents.html") is private


@pytest.mark.parametrize(("path", "reason"), [("bomb", "larger than 32 MiB"), ("bomb-in-bomb", "not asked for")])
def test_a_page_that_unpacks_to_gigabytes_is_given_up(site, path, reason):
    bomb()  # made before the server is waited for
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match=reason):
            pm.read_manual(f"{site}/{path}")
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()
