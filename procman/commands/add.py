"""``add``: read a council's contents page, or fetch pages by council name, and keep them in the library."""

from __future__ import annotations

import argparse

from procman.commands import Declare
from procman.commands.councils import add_choices, chosen
from procman.commands.printing import in_words, print_notices
from procman.errors import ProcmanError


def declare(command: Declare) -> None:
    """Add this command to the command line."""
    add = command(
        "add",
        run,
        "read a council's contents page, or fetch pages by council name, and keep them in the library",
        'add Kent --neighbours-of "Milton Keynes"',
    )
    add.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="with --council: a file or an http(s) address; otherwise, names of councils",
    )
    add.add_argument("--council", metavar="NAME", help="the council whose page SOURCE is")
    add.add_argument("--edition", metavar="YYYY-MM", help="the edition of SOURCE (default: what the page prints)")
    add.add_argument("--replace", action="store_true", help="replace this edition if the library already has it")
    add_choices(add)


def run(options: argparse.Namespace) -> int:
    from pathlib import Path

    from procman.reading.page import is_path, open_page

    if options.council is None:
        for source in options.sources:
            if "://" in source or is_path(source) or Path(source).exists():
                if "://" not in source:
                    open_page(source)  # raises an error if the file cannot be read
                raise ProcmanError(source, "say whose page it is: --council NAME")
        return _get(options)
    if len(options.sources) != 1 or options.everyone or options.region or options.neighbours_of:
        options.refuse("with --council, give one file or address and nothing else")
    return _page(options.sources[0], options)


def _page(source: str, options: argparse.Namespace) -> int:
    from procman.library.library import keep_manual
    from procman.reading.dates import month_of
    from procman.reading.manual import counts, read_manual
    from procman.reading.page import open_page

    page = open_page(source)
    edition = month_of(options.edition) if options.edition else None
    manual = read_manual(page, options.council, edition=edition)
    print(f"{manual.council}, {manual.edition or 'undated'}: " + in_words(counts(manual.reading)))
    entries = manual.entries.fillna({"number": "", "title": "", "status": ""})
    for entry in entries.head(8).itertuples():
        flag = f"  [{entry.status}]" if entry.status else ""
        print(f"  line {entry.line:>4}  {'  ' * (entry.depth - 1)}{entry.number:<8} {entry.title}{flag}")
    if len(entries) > 8:
        print(f"  … and {len(entries) - 8} more")
    print_notices(manual)
    home = keep_manual(page, manual, folder=options.library, replace=options.replace)
    print(f"kept in {home.as_posix()}")
    return 0


def _get(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from procman.library.fetch_by_name import READ, THERE, get_manuals, outcome_line, outcomes_in_words

    (councils, all_known), rows = chosen(options, options.sources), []
    fetched = get_manuals(councils, options.library, replace=options.replace)
    try:
        for got in tqdm(fetched, "fetching", len(councils), unit="council"):
            rows.append(got)
    finally:  # even if you stop the command
        print(*map(outcome_line, rows), sep="\n")
        print(f"{len(rows)} of {len(councils)} councils: {outcomes_in_words(rows)}")
    return 0 if all_known and all(got.outcome in (READ, THERE) for got in rows) else 1
