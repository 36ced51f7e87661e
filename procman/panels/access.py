"""Who may do what where a panel is reached by others than the person at whose machine it runs."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from enum import StrEnum
from pathlib import Path

from procman.errors import ProcmanError

#: The environment variable that says who a panel is for.
VARIABLE = "PROCMAN_ACCESS"


class Access(StrEnum):
    """Who a panel is for.

    - ``own``: the person at this machine. Any file can be read; files are saved into a folder.
    - ``team``: colleagues, who share the library and the decisions. No file of this machine can be named; files are downloaded.
    - ``visitors``: anybody. As for a team, but each has pages and decisions alone, and nothing is kept.
    """

    OWN = "own"
    TEAM = "team"
    VISITORS = "visitors"


def access() -> Access:
    """Who panels are for, as the variable PROCMAN_ACCESS says; the person at this machine where it says nothing.

    Raises
    ------
    ProcmanError
        The variable has another value.
    """
    said = os.environ.get(VARIABLE, "").strip().casefold() or Access.OWN
    if said not in [*Access]:
        raise ProcmanError(VARIABLE, f"it is own, team or visitors, not {said!r}")
    return Access(said)


def own_decisions(file: Path) -> Path:
    """Where the decisions of the person before the panel are kept; a visitor's in a file that goes when the panel is closed.

    A visitor begins with the decisions that are in force for all.

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
