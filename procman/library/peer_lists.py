"""A person's own lists of councils to compare with, kept by name in ``peers.csv`` beside the folder of manuals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from procman.errors import ProcmanError
from procman.files import csv_text, locked, read_rows, restored, write_whole

NAME = "peers.csv"
COLUMNS = ("list", "council")
#: The most characters in a list's or a council's name, and the most councils in a list.
LONGEST, MOST = 100, 500


def read_lists(path: Path | str) -> dict[str, list[str]]:
    """The lists in a file, in its order. Empty if there is no file.

    Raises
    ------
    ProcmanError
        The file cannot be read as lists. The message names the line.
    """
    path = Path(path)
    rows = read_rows(path, ProcmanError) if path.exists() else iter(())
    if next(rows, (1, list(COLUMNS)))[1] != list(COLUMNS):
        raise ProcmanError(path, f"the columns must be {', '.join(COLUMNS)}", line=1)
    lists: dict[str, list[str]] = {}
    for line, (name, council) in rows:
        if not name or not council:
            raise ProcmanError(path, "a row needs a list and a council", line)
        lists.setdefault(restored(name), []).append(restored(council))
    return lists


def save_list(name: str, councils: Sequence[str], path: Path | str, *, replace: bool = False) -> dict[str, list[str]]:
    """Save a list under a name, and return all lists.

    procman locks the file, reads it again and replaces it in one step.

    Raises
    ------
    ProcmanError
        There is already a list with this name and ``replace`` is False, or a name is empty or too long.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_list("coast", ["Kent", "Essex"], Path(folder) / "peers.csv")
    {'coast': ['Kent', 'Essex']}
    """
    path = Path(path)
    name, *councils = (" ".join(each.split()) for each in (name, *councils))
    for each in (name, *councils):
        if not 0 < len(each) <= LONGEST:
            raise ProcmanError(path, f"the name of a list or council must have 1 to {LONGEST} characters")
    if not 0 < len(councils) <= MOST:
        raise ProcmanError(path, f"a list must have 1 to {MOST} councils")
    with suppress(OSError):  # locking then raises a clear error
        path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        lists = read_lists(path)
        if name in lists and not replace:
            raise ProcmanError(path, f"there is already a list called {name!r}: choose another name, or replace it")
        lists[name] = list(dict.fromkeys(councils))
        _write(path, lists)
    return lists


def remove_list(name: str, path: Path | str) -> dict[str, list[str]]:
    """Remove a list from the file and return those left. Raises ``ProcmanError`` if there is no list with this name."""
    path = Path(path)
    with locked(path):
        lists = read_lists(path)
        if lists.pop(name, None) is None:
            raise ProcmanError(path, f"there is no list called {name!r}")
        _write(path, lists)
    return lists


def _write(path: Path, lists: Mapping[str, Sequence[str]]) -> None:
    write_whole(path, csv_text(COLUMNS, ((name, council) for name, councils in lists.items() for council in councils)))
