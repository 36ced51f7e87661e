"""``check``: report numbering faults, conflicting links and unread lines in every manual of a library."""

from __future__ import annotations

import argparse
import sys

from procman.commands import Declare
from procman.commands.printing import in_words, print_notices


def declare(command: Declare) -> None:
    """Add this command to the command line."""
    command(
        "check",
        run,
        "read the whole library and report numbering faults, conflicting links and unread lines",
        "check",
    )


def run(options: argparse.Namespace) -> int:
    import warnings

    from procman.library.library import open_library
    from procman.reading.manual import counts

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the problems are printed below
        library = open_library(options.library, progress=True)
    for manual in library:
        print(f"{manual.council}, {manual.edition or 'undated'}: " + in_words(counts(manual.reading)))
        print_notices(manual)
    for source, reason in library.problems:
        print(f"could not be read: {source}: {reason}", file=sys.stderr)
    return 1 if library.problems else 0
