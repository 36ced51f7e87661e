"""The manuals of a library: loaded here, read anywhere (here, in worker processes, on a cluster), kept as plain values."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from procman.errors import LibraryError, ProcmanError
from procman.files import locked
from procman.library.cache import ReadingCache, reader_version
from procman.library.corrections import NAME as CORRECTIONS
from procman.library.corrections import corrections_in
from procman.reading.amendments import AmendmentRow, amendment_rows
from procman.reading.apply_corrections import Correction
from procman.reading.manual import Manual, PageLines, Reading, read_page
from procman.reading.page import contents_file, decode_page, may_be_contents, read_file

#: Manuals sent to a worker at a time, so that sending costs little beside reading them.
BATCH = 16
#: Batches loaded ahead of the one whose result is awaited: work for many workers, and little memory.
AHEAD = 64

#: Bytes of a ``manual.toml`` at most: larger ones take minutes to read.
MOST_FACTS = 100_000

Problem = tuple[str, str]  # source, reason


@dataclass(frozen=True, slots=True)
class Holding:
    """One manual in the library: its folder, what ``manual.toml`` says, what was read."""

    folder: str
    facts: dict[str, Any]
    manual: Manual
    amendments: list[AmendmentRow]


class Files(NamedTuple):
    """A manual's folder as it stands on disk, so that whoever reads the pages needs no disk.

    ``folder`` stands inside the library; ``name`` is for messages; ``amendments`` are a name and bytes, empty where there is no page.
    """

    folder: str
    name: str
    suffix: str
    content: bytes
    amendments: tuple[str, bytes]
    facts: dict[str, str]
    corrections: list[Correction]

    def digest(self) -> bytes:
        """What the reading depends on: the pages, what is known of them, a person's corrections, and the reader."""
        sizes = len(self.content), len(self.amendments[1])
        known = json.dumps([self.folder, self.suffix, self.facts, self.corrections, *sizes])
        return hashlib.sha256(b"".join((reader_version(), known.encode(), self.content, self.amendments[1]))).digest()


def homes_of(root: Path) -> list[Path]:
    """The folders below a library's that hold a manual; none where there is no such folder."""
    return sorted({path.parent for path in root.glob("[!.]*/[!.]*/[cC]*.*") if may_be_contents(path)})


def load(root: Path, home: Path) -> Files:
    """Read a manual's folder from disk; no writer changes it meanwhile.

    Raises ``PageError`` or ``LibraryError`` naming the file.
    """
    with locked(home.parent, shared=True):
        facts = read_facts(home / "manual.toml")
        page = contents_file(home)
        content = read_file(page, home)
        other = next((file for file in (home / "amendments.txt", home / "amendments.html") if file.is_file()), None)
        amendments = (str(other), read_file(other)) if other else ("", b"")
        corrections = corrections_in(home / CORRECTIONS)
    return Files(home.relative_to(root).as_posix(), str(home), page.suffix, content, amendments, facts, corrections)


def read_facts(path: Path) -> dict[str, str]:
    """What ``manual.toml`` says of a manual; empty where there is none."""
    if not path.is_file():
        return {}
    if path.stat().st_size > MOST_FACTS:
        raise LibraryError(path.as_posix(), f"larger than {MOST_FACTS // 1000} kB, which is no list of facts")
    try:
        facts = tomllib.loads(read_file(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LibraryError(path.as_posix(), f"not valid TOML ({error})") from None
    wrong = [name for name, value in facts.items() if not isinstance(value, str)]
    if wrong:
        raise LibraryError(path.as_posix(), f"{wrong[0]} must be text in quotes")
    return facts


# --- reading: nothing below touches the disk --------------------------------------------------------------------


def read(files: Files) -> tuple[Reading, list[AmendmentRow]]:
    """Read a manual's contents and amendments."""
    reading, _ = _read_contents(files)
    name, content = files.amendments
    if not name:
        return reading, []
    titles = [title for title in reading.columns["title"] if title]
    return reading, amendment_rows(decode_page(content, name, suffix=Path(name).suffix), titles)


def _read_contents(files: Files) -> tuple[Reading, Callable[[], PageLines]]:
    council, _, edition = files.folder.rpartition("/")
    dated = edition if re.fullmatch(r"\d{4}(-\d\d)?", edition) else None  # a year alone is refused, not lost
    source = files.facts.get("source", "")
    return read_page(
        decode_page(files.content, files.name, suffix=files.suffix),
        files.facts.get("council") or council.replace("-", " ").title(),
        edition=files.facts.get("edition") or dated,
        address=source if re.match(r"https?://", source) else "",
        corrections=files.corrections,
    )


def read_batch(batch: Sequence[Files]) -> list[bytes | Problem]:
    """Read manuals into packed readings; one that cannot be read leaves a problem in its place. This is what workers run."""
    return [_read_packed(files) for files in batch]


def _read_packed(files: Files) -> bytes | Problem:
    try:
        return pack(*read(files))
    except ProcmanError as error:
        return error.source, error.reason
    except Exception as error:  # a fault of procman's own: one page in thousands must not cost the others
        return files.name, f"procman failed on it, please report this ({type(error).__name__}: {error})"


def pack(reading: Reading, amendments: Sequence[AmendmentRow]) -> bytes:
    """A reading as bytes, to send between processes and to keep on disk: JSON, compressed."""
    return zlib.compress(json.dumps([*reading, amendments], separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> tuple[Reading, list[AmendmentRow]]:
    """What `pack` was given."""
    *values, rows = json.loads(zlib.decompress(packed))
    return Reading(*values), [AmendmentRow(*row) for row in rows]


# --- many ------------------------------------------------------------------------------------------------------


def read_holdings(
    root: Path, homes: Iterable[Path], cache: ReadingCache, executor: Executor | None = None
) -> Generator[Holding | Problem, None, None]:
    """Read manuals' folders, in order, through an executor if there is one; what the cache holds is not read again.

    Closing the iterator, or an interrupt, cancels what is not being read yet.

    Raises
    ------
    LibraryError
        A worker died; which pages it had.
    """
    homes = iter(homes)
    texts: dict[Any, Any] = {}  # editions repeat each other's words: each is held once
    waiting: deque[_Batch] = deque()
    try:
        while batch := list(islice(homes, BATCH)):
            waiting.append(_Batch(root, batch, cache, executor))
            if len(waiting) > (AHEAD if executor else 0):
                yield from waiting.popleft().holdings(texts)
        while waiting:
            yield from waiting.popleft().holdings(texts)
    finally:
        for each in waiting:
            each.future.cancel()


class _Batch:
    """Some manuals on their way: loaded, and found in the cache or being read."""

    def __init__(self, root: Path, homes: Sequence[Path], cache: ReadingCache, executor: Executor | None) -> None:
        self.root, self.cache = root, cache
        self.loaded: list[tuple[Path, Files | Problem, bytes | None]] = []
        for home in homes:
            try:
                files = load(root, home)
                self.loaded.append((home, files, cache.get(files.folder, files.digest())))
            except ProcmanError as error:
                place = error.source if error.line is None else f"{error.source}, line {error.line}"
                self.loaded.append((home, (place, error.reason), None))
        self.unread = [files for _, files, packed in self.loaded if isinstance(files, Files) and packed is None]
        submit = executor.submit if executor and self.unread else _now
        self.future: Future[list[bytes | Problem]] = submit(read_batch, self.unread)

    def holdings(self, texts: dict[Any, Any]) -> Iterator[Holding | Problem]:
        """What was read, in order, as soon as all of it is."""
        try:
            results = self.future.result()
        except BrokenExecutor as error:
            names = ", ".join(files.name for files in self.unread)
            reason = f"a worker died ({error}); one of these may be why: {names}"
            raise LibraryError(self.root.as_posix(), reason) from None
        read_now = list(zip(self.unread, results, strict=True))
        self.cache.put(
            (files.folder, files.digest(), packed) for files, packed in read_now if isinstance(packed, bytes)
        )
        fresh = {files.folder: packed for files, packed in read_now}
        for home, files, kept in self.loaded:
            if isinstance(files, Files):
                result = kept or fresh[files.folder]
                yield self.holding(home, files, result, texts) if isinstance(result, bytes) else result
            else:
                yield files

    def holding(self, home: Path, files: Files, packed: bytes, texts: dict[Any, Any]) -> Holding:
        reading, amendments = unpack(packed)
        once = texts.setdefault
        columns = {name: [once(value, value) for value in values] for name, values in reading.columns.items()}
        lines = partial(_lines_again, self.root, home, files.digest())
        manual = Manual(files.name, reading._replace(columns=columns), lines)
        return Holding(files.folder, files.facts, manual, amendments)


def _lines_again(root: Path, home: Path, digest: bytes) -> PageLines:
    """The lines of a page, which thousands of open manuals need not hold."""
    files = load(root, home)
    if files.digest() != digest:
        raise LibraryError(
            files.name,
            "the page has changed since the library was opened, or its corrections have: open the library again",
        )
    _, lines = _read_contents(files)
    return lines()


def _now(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """What an executor does, at once and here."""
    done: Future[Any] = Future()
    done.set_result(function(*arguments))
    return done
