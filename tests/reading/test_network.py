"""The cache, its soundness, and the answers it may keep. How pages are fetched is tested in test_fetch.py."""

from __future__ import annotations

import logging
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpcore
import httpx
import pytest
from hishel.httpx import CacheTransport

from procman.files import MAX_BYTES
from procman.reading import network

ANSWERS = httpx.MockTransport(lambda request: httpx.Response(200))


def test_the_cache_is_in_the_folder_also_if_that_is_there_already(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "new" / "below", tmp_path):
        with closing(network._cached(ANSWERS, folder)) as cached:
            assert isinstance(cached, CacheTransport)


def test_without_a_folder_pages_are_fetched_without_a_cache(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert network._cached(ANSWERS, tmp_path / "file") is ANSWERS


def test_the_cache_says_nothing_of_its_own(tmp_path: Path) -> None:
    network._cached(ANSWERS, tmp_path).close()
    assert any(isinstance(each, logging.NullHandler) for each in logging.getLogger("hishel").handlers)


def test_the_cache_keeps_at_most_half_a_gibibyte_and_no_page_larger_than_is_read(tmp_path: Path) -> None:
    with closing(network._storage(tmp_path / "pages.sqlite")) as storage:
        assert (storage.max_size, storage.max_stream_size) == (512 * 1024 * 1024, MAX_BYTES)


def test_a_sound_cache_is_kept_and_another_file_replaced(tmp_path: Path) -> None:
    file = tmp_path / "pages.sqlite"
    with closing(network._storage(file)) as storage:
        storage.get_entries("")
    assert network._sound(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    assert not network._sound(file)
    file.write_bytes(b"no database at all" * 100)
    assert not network._sound(file)
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE entries (name TEXT)")
    assert not network._sound(file)
    network._cached(ANSWERS, tmp_path).close()
    assert network._sound(file)


@pytest.mark.parametrize(
    ("status", "kept"), [(200, "no-cache"), (304, "no-cache"), (305, "no-store"), (404, "no-store")]
)
def test_only_whole_pages_are_kept_and_always_asked_for_again(status: int, kept: str, monkeypatch) -> None:
    answer = httpx.Response(status, headers={"Cache-Control": "max-age=99999"})
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: answer)
    with network._Transport(False, "") as transport:
        found = transport.handle_request(httpx.Request("GET", "https://example.org/"))
    assert found.headers["Cache-Control"] == kept


def test_a_name_without_address_is_not_called_private(monkeypatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror("no such host")

    monkeypatch.setattr(network.socket, "getaddrinfo", fails)
    assert not network.is_private("https://no-such-host.example/")


class Told(httpcore.NetworkStream):
    """A connection that says how long it may wait."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return f"{max_bytes} bytes, {timeout:.0f} s".encode()

    def get_extra_info(self, info: str) -> object:
        return info


def test_a_connection_waits_until_the_deadline_at_most() -> None:
    stream = network._Stream(Told())
    network.deadline.set(time.monotonic() + 20)
    assert stream.read(10, 5) == b"10 bytes, 5 s"
    assert stream.read(10) == b"10 bytes, 20 s"
    assert stream.read(10, 50) == b"10 bytes, 20 s"
    assert stream.get_extra_info("ssl_object") == "ssl_object"
    network.deadline.set(time.monotonic() - 1)
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(10, 5)
