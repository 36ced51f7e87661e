"""The options that choose councils: from the directory, to fetch their pages; from a library, to compare them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from procman.errors import ProcmanError
from procman.words import count, listed

if TYPE_CHECKING:
    from procman.library.directory import Council
    from procman.library.library import Library

#: The most councils that a message names.
MOST_NAMED = 4
#: The help of ``--with``.
WHOM = (
    'names of councils, "statistical neighbours", "same region", "same kind", "same platform", "most similar manuals", or the name of '
    "your own list (default: every council in the library)"
)


def add_choices(command: argparse.ArgumentParser) -> None:
    """Add the options that choose councils from the directory other than by name."""
    command.add_argument("--neighbours-of", metavar="NAME", help="a council's ten statistical neighbours")
    command.add_argument("--region", metavar="REGION", help="every council in a region of England")
    command.add_argument("--all", action="store_true", dest="everyone", help="every council in England")


def chosen(options: argparse.Namespace, names: list[str]) -> tuple[list[Council], bool]:
    """The councils you named and those that the options of `add_choices` choose, and whether every name is known.

    Prints a line for each unknown name and carries on with the others. Raises ``ProcmanError`` if no council is left.
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
        options.refuse("choose councils: give a name, --region, --neighbours-of or --all (or a file with --council)")
    for each in wrong if councils else wrong[:-1]:
        print(f"procman: {each}", file=sys.stderr)
    if not councils:
        raise wrong[-1]
    return councils, not wrong


# --- councils of a library, to compare ---------------------------------------------------------------------------


def add_comparison(command: argparse.ArgumentParser) -> None:
    """Add the options that choose which councils to compare."""
    command.add_argument("--for", metavar="COUNCIL", dest="focus", help="your council")
    command.add_argument(
        "--with", metavar="WHOM", dest="whom", nargs="+", default=[], help=f"which councils to compare it with: {WHOM}"
    )
    command.add_argument("--neighbours-of", metavar="NAME", help="also compare a council's ten statistical neighbours")
    command.add_argument("--region", metavar="REGION", help="also compare every council in a region of England")


class Compared(NamedTuple):
    """The library with only the councils that are compared, your council, and how the others were chosen, in words."""

    library: Library
    own: str | None
    how: str


def compared(options: argparse.Namespace, names: Sequence[str] = ()) -> Compared:
    """What ``names`` and the options of `add_comparison` choose.

    Prints a line that names the chosen councils that are not in the library.
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
        return Compared(library, own, peers.in_words([]))
    lists = read_lists(library.peers_file)
    whom, missing = peers.chosen(
        [*options.whom, *names],
        own,
        here,
        chapters=lambda: topics(newest(library.entries), decisions=library.decisions),
        platforms=peers.platforms(library.manuals),
        lists=lists,
    )
    also = peers.held(more, here)
    whom, missing = [*whom, *also.councils], [*missing, *also.missing]
    if not whom:
        raise ProcmanError(
            options.library, f"none of these {len(missing)} councils is in the library: {_fetch(missing)}"
        )
    if missing:
        print(f"{count(len(missing), 'council')} not in {options.library}: {_fetch(missing)}", file=sys.stderr)
    how = peers.in_words([*options.whom, *names, *also.councils], len(whom), len(missing), lists)
    return Compared(library.of([*([own] if own else []), *whom]), own, how)


def _fetch(councils: Sequence[str]) -> str:
    """The names of the councils, and the command that fetches their pages."""
    names = " ".join(f'"{council}"' if " " in council else council for council in councils)
    how = names if len(councils) <= MOST_NAMED else "with their names, --region or --neighbours-of"
    return f"{listed([*councils], MOST_NAMED)}; to fetch {'it' if len(councils) == 1 else 'them'}: python -m procman add {how}"
