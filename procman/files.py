"""Files: the data folder, safe writing, safe names, and CSV files that people edit in spreadsheets."""

from __future__ import annotations

import csv
import glob
import hashlib
import io
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from procman.errors import ProcmanError, TableError

if sys.platform != "win32":
    import fcntl

_HERE = Path(__file__).parent
#: Whether procman runs from its own folder, where people edit the files in ``data``.
IN_PLACE = (_HERE.parent / "data/wordings.csv").is_file()
#: The folder of word lists: beside the package, or inside it if installed as a wheel.
DATA = _HERE.parent / "data" if IN_PLACE else _HERE / "data"
#: The folder for a person's own files, unless they are beside a library. Never inside an installed package.
OWN = DATA if IN_PLACE else Path("data")

#: The largest page in bytes, on disk or unpacked from the network.
MAX_BYTES = 32 * 1024 * 1024
#: The reason given for refusing a larger page.
TOO_LARGE = f"larger than {MAX_BYTES // 2**20} MiB, which is too large for a contents page"

#: The most characters of a council's name in a path. Disks limit the length of a path.
LONGEST_FOLDER = 80

#: After this many seconds, a temporary file was left by a writer that died.
A_DAY = 86_400.0
#: Seconds to wait while another program writes.
PATIENCE = 10.0
#: File names that Windows does not allow.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)


def cache_folder() -> Path:
    """The folder for fetched pages and readings: ``PROCMAN_CACHE``, or the user's cache folder."""
    if folder := os.environ.get("PROCMAN_CACHE"):
        return Path(folder)
    from platformdirs import user_cache_path

    return user_cache_path("procman", appauthor=False)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: first a temporary file, then a rename. Nobody sees half a file.

    Missing folders are made. If the path is a link, the file it points to is written.

    Raises
    ------
    ProcmanError
        The file cannot be written. The old file does not change.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "note.txt", "all of it")
    ...     (Path(folder) / "note.txt").read_text()
    'all of it'
    """
    try:
        _write_whole(path.resolve(), content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError, RuntimeError) as error:
        # ValueError: lone surrogates or NUL. RuntimeError: links in a circle, before Python 3.13.
        raise ProcmanError(
            path.as_posix(), f"cannot be written ({getattr(error, 'strerror', None) or error})"
        ) from None


def remove(path: Path) -> None:
    """Remove a file, if it is there; ``ProcmanError`` if it cannot be. A link is followed, as `write_whole` does."""
    try:
        path.resolve().unlink(missing_ok=True)
    except OSError as error:
        raise ProcmanError(path.as_posix(), f"cannot be removed ({error.strerror or error})") from None


def _write_whole(path: Path, content: bytes) -> None:
    if path.is_symlink() or (path.exists() and not path.is_file()):  # still a link: links in a circle
        raise OSError("it exists and is not a file")
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    stream = part.open("xb")  # `tempfile` would let only the owner read the file, but a library is shared
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _sweep(path: Path) -> None:
    """Remove old temporary files of this file, left by writers that were killed."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.????????.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > A_DAY:
                part.unlink()


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Lock a folder, or the folder of a file, for one writer, or with ``shared`` for any number of readers.

    The operating system holds the lock until the process ends, even if it is killed, and no file is left behind. Some network disks
    have no locks, so nothing is locked there. On Windows readers need no lock, because nobody can replace a file while it is read.

    Raises
    ------
    ProcmanError
        Another program holds the lock for more than ten seconds, or the folder cannot be opened.
    """
    folder = path if path.is_dir() else path.resolve().parent
    until = time.monotonic() + PATIENCE
    while (handle := _hold(folder, shared)) is None:
        if time.monotonic() > until:
            raise ProcmanError(
                path, f"another program has been writing here for {PATIENCE:.0f} seconds: try again later"
            )
        time.sleep(0.02)
    try:
        yield
    finally:
        os.close(handle)


def _hold(folder: Path, shared: bool) -> int | None:
    """A handle that holds the lock until you close it, or None if another program has the lock."""
    if sys.platform == "win32":
        if shared:
            return os.open(os.devnull, os.O_RDONLY)
        # Windows removes this file when its handle is closed or the process ends.
        alone = os.O_CREAT | os.O_EXCL | os.O_TEMPORARY
        try:
            try:
                return os.open(folder / ".lock", alone)
            except FileExistsError:
                return None
            except PermissionError:
                # The lock may be about to go, or the folder may be read-only. If read-only, another name fails too.
                os.close(os.open(folder / f".lock-{os.urandom(4).hex()}", alone))
                return None
        except OSError as error:
            raise ProcmanError(folder, f"the folder cannot be written ({error.strerror or error})") from None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise ProcmanError(folder, f"the folder cannot be opened ({error.strerror or error})") from None
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        pass  # a disk without locks
    return handle


def unused(name: str, taken: set[str], numbered: str = "{}-{}") -> str:
    """The name, with a number after it if the name is taken. Capitals make no difference. Adds the result to ``taken``.

    >>> taken: set[str] = set()
    >>> [unused(name, taken) for name in ("ayle", "Ayle", "beere", "ayle")]
    ['ayle', 'Ayle-2', 'beere', 'ayle-3']
    """
    several = (numbered.format(name, number) for number in count(2))
    free = next(each for each in chain([name], several) if each.casefold() not in taken)
    taken.add(free.casefold())
    return free


def folder_name(name: str) -> str:
    """A name that is safe in a path: lower-case letters, digits and hyphens.

    >>> folder_name("Bournemouth, Christchurch & Poole"), folder_name("../../etc"), folder_name("Sïr y Fflint"), folder_name("CON")
    ('bournemouth-christchurch-poole', 'etc', 'sir-y-fflint', 'con-')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(safe) > LONGEST_FOLDER:  # the ending tells long names apart, and is the same on every run
        safe = f"{safe[: LONGEST_FOLDER - 9]}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    return f"{safe}-" if _RESERVED.fullmatch(safe) else safe


def where_data_are(path: Path | str) -> Path:
    """The path of a data file. Raises `ProcmanError` if procman's data files are missing."""
    if Path(path).parent == DATA and not DATA.is_dir():
        raise ProcmanError(DATA, "procman's data files are missing: install procman again")
    return Path(path)


# --- CSV as people's spreadsheets save it ------------------------------------------------------------------------

# The first characters that OWASP lists, also in full width, and after spaces, which some programs drop. Leading apostrophes count as
# part of the formula, so that `restored` removes only the one that `neutral` added.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula. `restored` removes it.

    >>> neutral("=SUM(A1)"), neutral(" ＠Home"), neutral("'Staying Put' Policy")
    ("'=SUM(A1)", "' ＠Home", "'Staying Put' Policy")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `neutral` was given.

    >>> restored(neutral("=SUM(A1)")), restored(neutral("'=SUM(A1)")), restored("'Staying Put' Policy")
    ('=SUM(A1)', "'=SUM(A1)", "'Staying Put' Policy")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def read_rows(path: Path, fault: type[ProcmanError] = TableError) -> Iterator[tuple[int, list[str]]]:
    """The line number and cells of each row of a CSV file, header first. Every row has as many cells as the header.

    Accepts what spreadsheets add: a byte-order mark, semicolons, empty rows and cells, other line ends. Raises ``fault``, which names
    the line that cannot be read.
    """
    if path.exists() and not path.is_file():
        raise fault(path, "cannot be read (not a file)")
    content = b""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault(path, "not UTF-8: in the spreadsheet, save the file as 'CSV UTF-8'", line) from None
    except OSError as error:
        raise fault(path, f"cannot be read ({error.strerror or error})") from None
    yield from rows_in(text, path, fault)


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The text of a CSV file, header first. No cell runs as a formula (see `neutral`).

    >>> csv_text(["list", "council"], [["coast", "=Kent"]])
    "list,council\\ncoast,'=Kent\\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def rows_in(text: str, path: Path, fault: type[ProcmanError] = TableError) -> Iterator[tuple[int, list[str]]]:
    """The rows in the text of a CSV file, as in `read_rows`. Errors name ``path``."""
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = 0
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            columns = columns or len(cells)
            if len(cells) > columns:
                raise fault(path, f"there are {len(cells)} cells for {columns} columns", reader.line_num)
            yield reader.line_num, cells + [""] * (columns - len(cells))
    except csv.Error as error:
        raise fault(path, f"not a CSV file ({error})", reader.line_num) from None
