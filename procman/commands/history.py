"""``history``: read a council's archived contents pages and keep each as an edition."""

from __future__ import annotations

import argparse

from procman.commands import Declare
from procman.commands.councils import add_choices, chosen


def declare(command: Declare) -> None:
    """Add this command to the command line."""
    archived = command(
        "history",
        run,
        "read a council's archived contents pages and keep each as an edition",
        "history Kent --from 2012 --every 6months",
    )
    archived.add_argument("councils", metavar="COUNCIL", nargs="*", help="names of councils")
    archived.add_argument("--from", metavar="YEAR", dest="since", help="ignore captures before this year or month")
    archived.add_argument("--every", metavar="SPAN", help="keep one edition for each 6months, 1year … (default: all)")
    archived.add_argument("--archive", metavar="URL", help="the archive's address (default: the Internet Archive)")
    archived.add_argument("--address", metavar="URL", help="the page's old address (default: the known addresses)")
    add_choices(archived)


def run(options: argparse.Namespace) -> int:
    from contextlib import closing

    from tqdm import tqdm

    from procman.library.archives import open_archive
    from procman.library.history import (
        READ,
        SAME,
        THERE,
        capture_line,
        captures_in_words,
        first_day,
        months_of,
        read_history,
    )

    (councils, all_known), rows = chosen(options, options.councils), []
    if options.address and len(councils) > 1:
        options.refuse("--address is for one council's page: name one council")
    since = first_day(options.since) if options.since else None
    every = months_of(options.every) if options.every else 0
    places = [options.address] if options.address else ()
    with closing(open_archive(options.archive)) as archive:
        found = read_history(councils, archive, options.library, since=since, every=every, addresses=places)
        try:
            for row in tqdm(found, "reading", unit="capture"):
                rows.append(row)
        finally:  # even if the archive stops answering
            print(*(capture_line(row) for row in rows if row.outcome != SAME), sep="\n")
            print(captures_in_words(rows))
    return 0 if all_known and any(row.outcome in (READ, THERE) for row in rows) else 1
