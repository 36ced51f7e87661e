"""Files: where the data are, safe writing, safe names, and CSV files that people edit in spreadsheets."""

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
#: Whether procman runs from its own folder, where people edit what stands in ``data``.
IN_PLACE = (_HERE.parent / "data/wordings.csv").is_file()
#: Where the word lists are: beside the package, or, where it was installed as a wheel, in it.
DATA = _HERE.parent / "data" if IN_PLACE else _HERE / "data"
#: Where a person's own files are kept, unless they stand beside a library: never inside an installed package.
OWN = DATA if IN_PLACE else Path("data")

#: The most bytes a page may have, on disk or unpacked from the network.
MAX_BYTES = 32 * 1024 * 1024
#: Why a larger page is refused.
TOO_LARGE = f"larger than {MAX_BYTES // 2**20} MiB, which no contents page is"

#: The most characters of a council's name in a path, so that no path is too long for a disk.
LONGEST_FOLDER = 80

#: Seconds after which nobody is still writing a file.
A_DAY = 86_400.0
#: Seconds to wait while another program writes.
PATIENCE = 10.0
#: File names that Windows does not allow.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)


def cache_folder() -> Path:
    """Where fetched pages and readings are kept: the user's cache folder, or where ``PROCMAN_CACHE`` says."""
    if folder := os.environ.get("PROCMAN_CACHE"):
        return Path(folder)
    from platformdirs import user_cache_path

    return user_cache_path("procman", appauthor=False)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step, so that nobody ever finds half of it: first a temporary file, then a rename.

    Missing folders are made. A link is followed, not replaced.

    Raises
    ------
    ProcmanError
        The file cannot be written; the old one is as it was.

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
        # ValueError: lone surrogates, NUL; RuntimeError: links that lead round, before Python 3.13.
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
    if path.is_symlink() or (path.exists() and not path.is_file()):  # a link still: one that leads round
        raise OSError("it is there, and not a file")
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    stream = part.open("xb")  # not tempfile's, which keeps a file to its owner: a library is shared like any other file
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
    """Remove what writers of this file left when they were killed, long after any of them can be at work."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.????????.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > A_DAY:
                part.unlink()


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Lock a folder, or the folder of a file: for one writer alone, or ``shared`` by readers, who then see no half-made change.

    The operating system holds the lock. It ends with the process, even if the process is killed, and leaves no file behind. Some
    network disks have no locks; there, nothing is locked. On Windows readers need no lock, because a file that is being read cannot
    be replaced.

    Raises
    ------
    ProcmanError
        Another program holds the lock for longer than ten seconds, or the folder cannot be opened.
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
    """A handle that holds the lock until it is closed; None while another program has the lock."""
    if sys.platform == "win32":
        if shared:
            return os.open(os.devnull, os.O_RDONLY)
        # Windows removes such a file when its handle is closed, and so when the process ends.
        alone = os.O_CREAT | os.O_EXCL | os.O_TEMPORARY
        try:
            try:
                return os.open(folder / ".lock", alone)
            except FileExistsError:
                return None
            except PermissionError:
                # Either the lock is just being removed, or the folder may not be written. Then another name fails too.
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
    """The name, with a number behind it if it is taken already (in capitals or not). The result is added to ``taken``.

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
    if len(safe) > LONGEST_FOLDER:  # the ending keeps long names apart, and is the same on every run
        safe = f"{safe[: LONGEST_FOLDER - 9]}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    return f"{safe}-" if _RESERVED.fullmatch(safe) else safe


def where_data_are(path: Path | str) -> Path:
    """The path of a data file; raises `ProcmanError` where procman's data are gone."""
    if Path(path).parent == DATA and not DATA.is_dir():
        raise ProcmanError(DATA, "procman's data are not there: install it again")
    return Path(path)


# --- CSV as people's spreadsheets save it ------------------------------------------------------------------------

# What OWASP lists, also in full width, and after blanks, which some programs drop. Apostrophes in front count as part of the
# formula, so that `restored` can tell the one that was added from those that were there.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """Return text that a spreadsheet will not run as a formula; `restored` undoes it.

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
    """The rows of a CSV file with their lines, the header first, each with as many cells as the header.

    What spreadsheets add is left out: a byte-order mark, semicolons, empty rows and cells, line ends. Raises ``fault``, which names
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
        raise fault(path, "not UTF-8: save it from the spreadsheet as 'CSV UTF-8'", line) from None
    except OSError as error:
        raise fault(path, f"cannot be read ({error.strerror or error})") from None
    yield from rows_in(text, path, fault)


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV file as text, its header first; no cell runs as a formula (see `neutral`).

    >>> csv_text(["list", "council"], [["coast", "=Kent"]])
    "list,council\\ncoast,'=Kent\\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def rows_in(text: str, path: Path, fault: type[ProcmanError] = TableError) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file's text, as `read_rows` gives them; ``path`` is what an error names."""
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
