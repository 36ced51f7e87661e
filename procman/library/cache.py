"""The cache of readings, so that procman does not read unchanged pages again. You can delete it at any time."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def reader_version() -> bytes:
    """A digest of procman's source and its parser's version. If either changes, procman reads the pages again."""
    import sys
    from importlib.metadata import version

    digest = hashlib.sha256(f"{sys.version_info[:2]} {version('lxml')}".encode())
    package = Path(__file__).parents[1]
    for file in sorted([*package.glob("*.py"), *package.glob("reading/*.py"), *package.glob("library/*.py")]):
        digest.update(file.read_bytes())
    return digest.digest()


def _seal(digest: bytes, reading: object) -> bytes | None:
    """A checksum, to detect a reading that is damaged on disk."""
    return hashlib.sha256(digest + reading).digest() if isinstance(reading, bytes) else None


class ReadingCache:
    """The readings of a library, by folder. Each belongs to one digest of the folder's pages.

    No method raises an error. A cache that is missing, broken or cannot be opened counts as empty.

    Examples
    --------
    >>> import tempfile
    >>> from contextlib import closing
    >>> with tempfile.TemporaryDirectory() as folder, closing(ReadingCache(Path(folder), "data/manuals")) as kept:
    ...     kept.put([("oxfordshire/2017-07", b"digest", b"reading")])
    ...     kept.get("oxfordshire/2017-07", b"digest"), kept.get("oxfordshire/2017-07", b"another")
    (b'reading', None)
    """

    def __init__(self, folder: Path | None, root: str) -> None:
        self.root = os.fsencode(root)  # a name on disk may not be valid text
        self._database: sqlite3.Connection | None = None
        if folder is None:
            return
        self._file = folder / "readings-2.sqlite"
        for _ in range(2):  # try again after removing a broken file
            if not self._database:
                self._open()

    def _open(self) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._file)
            # Fast but unsafe if the machine crashes. Checksums then show which readings are damaged, and procman reads them again.
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS readings (root BLOB, folder BLOB, digest BLOB, seal BLOB, reading BLOB, PRIMARY KEY (root, folder))"
            )
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Work without the cache. Remove its file, unless it is only locked, full or read-only."""
        self.close()
        if not isinstance(error, (OSError, sqlite3.OperationalError)) or "column" in str(error):  # another program's
            with suppress(OSError):
                self._file.unlink()

    def get(self, folder: str, digest: bytes) -> bytes | None:
        """The reading of a folder whose pages have this digest, or None."""
        if self._database:
            try:
                query = "SELECT seal, reading FROM readings WHERE root = ? AND folder = ? AND digest = ?"
                for seal, reading in self._database.execute(query, (self.root, os.fsencode(folder), digest)):
                    if seal == _seal(digest, reading):
                        return reading
            except (sqlite3.Error, ValueError) as error:
                self._give_up(error)
        return None

    def put(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep readings, given as rows of folder, digest and reading. If one fails, none is kept."""
        sealed = [
            (self.root, os.fsencode(folder), digest, _seal(digest, reading), reading)
            for folder, digest, reading in rows
        ]
        self._write("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", sealed)

    def keep_only(self, folders: Collection[str]) -> None:
        """Delete the readings of this library's other folders and of libraries that no longer exist, to keep the file small."""
        if not self._database:
            return
        try:
            known = self._database.execute("SELECT root, folder FROM readings").fetchall()
            gone = {root for root in {root for root, _ in known} - {self.root} if not Path(os.fsdecode(root)).is_dir()}
        except (sqlite3.Error, ValueError, TypeError) as error:  # a damaged cell may not be a path
            self._give_up(error)
            return
        kept = set(map(os.fsencode, folders))
        stale = [row for row in known if row[0] in gone or (row[0] == self.root and row[1] not in kept)]
        self._write("DELETE FROM readings WHERE root = ? AND folder = ?", stale)

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._database and rows:
            try:
                with self._database:
                    self._database.executemany(statement, rows)
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._database:
            self._database.close()
            self._database = None
