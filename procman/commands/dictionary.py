"""``dictionary``: print each table's columns with type, meaning and example."""

from __future__ import annotations

import argparse

from procman.commands import Declare
from procman.errors import ProcmanError


def declare(command: Declare) -> None:
    """Add this command to the command line."""
    columns = command(
        "dictionary",
        run,
        "print the data dictionary: each table's columns with type, meaning and example",
        "dictionary --write data/README.md",
    )
    columns.add_argument("--write", metavar="FILE", help="write it between the marks in this Markdown file")


def run(options: argparse.Namespace) -> int:
    from pathlib import Path

    from procman.files import write_whole
    from procman.reports.dictionary import MARKS, data_dictionary

    if not options.write:
        print(data_dictionary())
        return 0
    path = Path(options.write)
    before, after = MARKS
    try:
        head, rest = path.read_text(encoding="utf-8").split(before, 1)
        _, tail = rest.split(after, 1)
    except (OSError, ValueError):
        raise ProcmanError(path, f"expected a file with the marks {before} and {after}") from None
    write_whole(path, f"{head}{before}\n{data_dictionary()}\n{after}{tail}")
    return 0
