"""Ways to choose councils: of the directory, to fetch their pages; of a library, to compare them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from procman.errors import ProcmanError
from procman.words import count, listed

if TYPE_CHECKING:
    from procman.library.directory import Council
    from procman.library.library import Library

#: Of more councils than this, a line does not name all.
MOST_NAMED = 4
#: Whom a council can be compared with, as the help says it.
WHOM = (
    'councils\' names, "statistical neighbours", "same region", "same kind", "same platform", "most similar manuals", or the name of '
    "a list of your own (default: all in the library)"
)


def add_choices(command: argparse.ArgumentParser) -> None:
    """Ways to choose councils of the directory besides by name."""
    command.add_argument("--neighbours-of", metavar="NAME", help="a council's ten statistical neighbours")
    command.add_argument("--region", metavar="REGION", help="the councils of a region of England")
    command.add_argument("--all", action="store_true", dest="everyone", help="all councils of England")


def chosen(options: argparse.Namespace, names: list[str]) -> tuple[list[Council], bool]:
    """The councils of the directory that the options of `add_choices` ask for and those named, and whether every name is known.

    A name that is not known is one line; the others go on. Where none is left, the last such line is raised.
    """
    from procman.library.directory import choose, find_council

    known, wrong = [], []
    for name in names:
        try:
            known.append(find_council(name).council)
        except ProcmanError as error:
            wrong.append(error)
    councils = choose(known, neighbours_of=options.neighbours_of, region=options.region, everyone=options.everyone)
    if not councils and not wrong:
        options.refuse("say which: a council's name, --region, --neighbours-of or --all (or a file with --council)")
    for each in wrong if councils else wrong[:-1]:
        print(f"procman: {each}", file=sys.stderr)
    if not councils:
        raise wrong[-1]
    return councils, not wrong


# --- councils of a library, to compare ---------------------------------------------------------------------------


def add_comparison(command: argparse.ArgumentParser) -> None:
    """Whom to compare: the same for every command that compares."""
    command.add_argument("--for", metavar="COUNCIL", dest="focus", help="your council")
    command.add_argument(
        "--with", metavar="WHOM", dest="whom", nargs="+", default=[], help=f"whom to compare it with: {WHOM}"
    )
    command.add_argument("--neighbours-of", metavar="NAME", help="compare also a council's ten statistical neighbours")
    command.add_argument("--region", metavar="REGION", help="compare also the councils of a region of England")


def compared(options: argparse.Namespace, names: Sequence[str] = ()) -> tuple[Library, str | None]:
    """The library with the councils that the options of `add_comparison` ask for, and your council; ``names`` are more of them.

    A line tells which councils of a choice are not in the library.
    """
    from procman.library.directory import choose
    from procman.library.library import open_library
    from procman.library.peer_lists import read_lists
    from procman.matching.topics import topics
    from procman.measures import peers
    from procman.measures.editions import newest

    library = open_library(options.library)
    here = library.councils
    own = peers.named(options.focus, here) if options.focus else None
    more = [each.council for each in choose(neighbours_of=options.neighbours_of, region=options.region)]
    if not (options.whom or names or more):
        return library, own
    whom, missing = peers.chosen(
        [*options.whom, *names],
        own,
        here,
        chapters=lambda: topics(newest(library.entries), decisions=library.decisions),
        platforms=peers.platforms(library.manuals),
        lists=read_lists(library.peers_file),
    )
    also = peers.held(more, here)
    whom, missing = [*whom, *also.councils], [*missing, *also.missing]
    if not whom:
        raise ProcmanError(options.library, f"none of these {len(missing)} councils is here: {_fetch(missing)}")
    if missing:
        print(f"{count(len(missing), 'council')} not in {options.library}: {_fetch(missing)}", file=sys.stderr)
    return library.of([*([own] if own else []), *whom]), own


def _fetch(councils: Sequence[str]) -> str:
    """Which councils these are, and how to fetch their pages."""
    names = " ".join(f'"{council}"' if " " in council else council for council in councils)
    how = names if len(councils) <= MOST_NAMED else "with their names, --region or --neighbours-of"
    return f"{listed([*councils], MOST_NAMED)}; to fetch {'it' if len(councils) == 1 else 'them'}: python -m procman add {how}"
