"""A local web for the library's tests, and a directory whose addresses lead to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from procman.library import archives, directory
from procman.reading import fetch
from tests.local_web import LocalArchive, Site, local_sessions, running


@pytest.fixture
def site(tmp_path, monkeypatch) -> Iterator[Site]:
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch, "PAUSE", 0.0)
    monkeypatch.setattr(fetch, "PIECE", 0.7)
    fetch.forget()
    with running(Site()) as site:
        yield site
        fetch.forget()


@pytest.fixture
def archive(site, monkeypatch) -> LocalArchive:
    """An archive; the Internet Archive, too, is this one."""
    monkeypatch.setattr(archives, "_session", local_sessions(site.address))
    return LocalArchive(site)


@pytest.fixture
def addresses(site, root, tmp_path, monkeypatch) -> Iterator[Any]:
    """A function that gives the directory other addresses: rows of council, page, address (or a path of the site)."""
    monkeypatch.setattr(directory, "DATA", tmp_path / "data")
    (tmp_path / "data").mkdir()
    for name in ("councils.csv", "neighbours.csv"):
        shutil.copy(root / "data" / name, tmp_path / "data")
    caches = (directory._addresses, directory.sharing)

    def write(*rows: tuple[str, str, str]) -> None:
        lines = ["council,page,address,platform,body,seen,inferred"]
        for council, page, place in rows:
            lines.append(
                f"{council},{page},{site.address if place[0] == '/' else ''}{place},own site,children's services,,"
            )
        (tmp_path / "data/addresses.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for each in caches:
            each.cache_clear()

    yield write
    for each in caches:
        each.cache_clear()
