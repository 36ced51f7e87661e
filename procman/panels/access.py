"""Access: what people may do when a panel runs on a server that other people use."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from enum import StrEnum
from pathlib import Path

from procman.errors import ProcmanError

#: The environment variable that sets who a panel is for.
VARIABLE = "PROCMAN_ACCESS"


class Access(StrEnum):
    """Who a panel is for.

    - ``own``: the person at this computer. The panel can read any file, and saves files in a folder.
    - ``team``: colleagues, who share the library and the decisions. They cannot open files on this computer, and they download files.
    - ``visitors``: anybody. Like a team, but each visitor's pages and decisions are private and are not kept.
    """

    OWN = "own"
    TEAM = "team"
    VISITORS = "visitors"


def access() -> Access:
    """Who panels are for: the value of PROCMAN_ACCESS, or if it is not set, ``own``.

    Raises
    ------
    ProcmanError
        The variable has another value.
    """
    said = os.environ.get(VARIABLE, "").strip().casefold() or Access.OWN
    if said not in [*Access]:
        raise ProcmanError(VARIABLE, f"it must be own, team or visitors, not {said!r}")
    return Access(said)


def own_decisions(file: Path) -> Path:
    """The file for the decisions of the person who uses the panel. A visitor's file is deleted when the panel closes.

    A visitor starts with a copy of the shared decisions.

    >>> own_decisions(Path("decisions.csv")).name
    'decisions.csv'
    """
    if access() is not Access.VISITORS:
        return file
    folder = tempfile.mkdtemp(prefix="procman-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    mine = Path(folder, file.name)
    if file.exists():
        mine.write_bytes(file.read_bytes())
    return mine
