"""Writes that are whole or not at all, and names that are safe for paths."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:
    fcntl = None

#: Names that Windows keeps for devices.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new one is there: a temporary file, then a rename.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "note.txt", "all of it")
    ...     (Path(folder) / "note.txt").read_text()
    'all of it'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp keeps its file to its owner; a library is shared like any other file.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold a folder: alone, to change it in several steps, or ``shared``, to read it between such changes.

    The lock is the system's own: it ends with the process, however that ends, and leaves no file behind. Where there is none
    (Windows, some network disks), nothing is held, and one writer at a time is for the people to see to.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def folder_name(name: str) -> str:
    """A name made safe for a path: lower-case letters, digits and hyphens.

    >>> folder_name("Bournemouth, Christchurch & Poole"), folder_name("../../etc"), folder_name("Sïr y Fflint"), folder_name("CON")
    ('bournemouth-christchurch-poole', 'etc', 'sir-y-fflint', 'con-')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]
    return f"{safe}-" if _RESERVED.fullmatch(safe) else safe
