"""The manuals of a library: load their files, read them here, in worker processes or on a cluster, and keep plain values."""

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

#: The number of manuals sent to a worker at a time. In batches, sending takes little time compared with reading.
BATCH = 16
#: The number of batches loaded ahead: enough to keep many workers busy, and few enough to save memory.
AHEAD = 64

#: The largest ``manual.toml`` in bytes. Larger ones take minutes to read.
MOST_FACTS = 100_000

Problem = tuple[str, str]  # source, reason


@dataclass(frozen=True, slots=True)
class Holding:
    """One manual in the library: its folder, the facts in ``manual.toml``, and what procman read."""

    folder: str
    facts: dict[str, Any]
    manual: Manual
    amendments: list[AmendmentRow]


class Files(NamedTuple):
    """The content of a manual's folder, so that a worker can read the pages without the disk.

    ``folder`` is the path inside the library. ``name`` is for messages. ``amendments`` is the file's name and bytes, empty if there
    is no file.
    """

    folder: str
    name: str
    suffix: str
    content: bytes
    amendments: tuple[str, bytes]
    facts: dict[str, str]
    corrections: list[Correction]

    def digest(self) -> bytes:
        """A digest of everything that the reading depends on: the pages, their facts, a person's corrections, and procman's code."""
        sizes = len(self.content), len(self.amendments[1])
        known = json.dumps([self.folder, self.suffix, self.facts, self.corrections, *sizes])
        return hashlib.sha256(b"".join((reader_version(), known.encode(), self.content, self.amendments[1]))).digest()


def homes_of(root: Path) -> list[Path]:
    """The folders in a library that have a manual. Empty if there is no such library."""
    return sorted({path.parent for path in root.glob("[!.]*/[!.]*/[cC]*.*") if may_be_contents(path)})


def load(root: Path, home: Path) -> Files:
    """Load a manual's folder from disk, while no other program can change it.

    Raises ``PageError`` or ``LibraryError``, which name the file.
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
    """The facts in a ``manual.toml``. Empty if there is no file."""
    if not path.is_file():
        return {}
    if path.stat().st_size > MOST_FACTS:
        raise LibraryError(path.as_posix(), f"larger than {MOST_FACTS // 1000} kB, which is too large for this file")
    try:
        facts = tomllib.loads(read_file(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LibraryError(path.as_posix(), f"not valid TOML ({error})") from None
    wrong = [name for name, value in facts.items() if not isinstance(value, str)]
    if wrong:
        raise LibraryError(path.as_posix(), f"{wrong[0]} must be text in quotation marks")
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
    dated = edition if re.fullmatch(r"\d{4}(-\d\d)?", edition) else None  # a year alone causes an error further on
    source = files.facts.get("source", "")
    return read_page(
        decode_page(files.content, files.name, suffix=files.suffix),
        files.facts.get("council") or council.replace("-", " ").title(),
        edition=files.facts.get("edition") or dated,
        address=source if re.match(r"https?://", source) else "",
        corrections=files.corrections,
    )


def read_batch(batch: Sequence[Files]) -> list[bytes | Problem]:
    """Read manuals into packed readings, with a problem in place of each that cannot be read. Workers run this function."""
    return [_read_packed(files) for files in batch]


def _read_packed(files: Files) -> bytes | Problem:
    try:
        return pack(*read(files))
    except ProcmanError as error:
        return error.source, error.reason
    except Exception as error:  # a bug in procman: go on with the other pages
        return files.name, f"something went wrong, please report this ({type(error).__name__}: {error})"


def pack(reading: Reading, amendments: Sequence[AmendmentRow]) -> bytes:
    """A reading as compressed JSON, to send between processes and to keep on disk."""
    return zlib.compress(json.dumps([*reading, amendments], separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> tuple[Reading, list[AmendmentRow]]:
    """The reading and amendments that `pack` turned into these bytes."""
    *values, rows = json.loads(zlib.decompress(packed))
    return Reading(*values), [AmendmentRow(*row) for row in rows]


# --- many ------------------------------------------------------------------------------------------------------


def read_holdings(
    root: Path, homes: Iterable[Path], cache: ReadingCache, executor: Executor | None = None
) -> Generator[Holding | Problem, None, None]:
    """Read manuals' folders, in order, through an executor if one is given. Readings in the cache are not read again.

    If you close the iterator or interrupt it, folders not yet started are cancelled.

    Raises
    ------
    LibraryError
        A worker died. The message names the pages it was reading.
    """
    homes = iter(homes)
    texts: dict[Any, Any] = {}  # editions repeat most of their text: keep one copy of each
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
    """A batch of manuals: loaded, then found in the cache or sent to be read."""

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
        try:
            self.future: Future[list[bytes | Problem]] = submit(read_batch, self.unread)
        except RuntimeError as error:  # a pool that is broken or has been shut down
            raise LibraryError(root.as_posix(), f"the executor takes no work ({error})") from None

    def holdings(self, texts: dict[Any, Any]) -> Iterator[Holding | Problem]:
        """The readings in order, once the whole batch is read."""
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
    """Read the lines of a page again, so that thousands of open manuals need not keep them in memory."""
    files = load(root, home)
    if files.digest() != digest:
        raise LibraryError(
            files.name,
            "the page or its corrections have changed since you opened the library: open the library again",
        )
    _, lines = _read_contents(files)
    return lines()


def _now(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Do what an executor does, but at once and in this process."""
    done: Future[Any] = Future()
    done.set_result(function(*arguments))
    return done
