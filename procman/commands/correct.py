"""``correct``: correct how procman reads a line of a contents page."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from procman.commands import Declare

if TYPE_CHECKING:
    from procman.reading.manual import Manual


def declare(command: Declare) -> None:
    """Add this command to the command line."""
    fix = command(
        "correct",
        run,
        "correct how procman reads a line of a contents page; with no correction given, list those already made",
        'correct Kent --line 61 --title "Private Fostering"',
    )
    _corrections(fix)


def _corrections(command: argparse.ArgumentParser) -> None:
    from procman.reading.apply_corrections import ENTRY_FIELDS, JOIN, NOT_AN_ENTRY, PAGE_FIELDS

    command.add_argument("council", metavar="COUNCIL", help="the council whose page it is")
    command.add_argument("--edition", metavar="YYYY-MM", help="the edition (default: the newest)")
    command.add_argument("--line", metavar="N", type=int, help="the line number; the first line is 1")
    command.add_argument("--words", metavar="TEXT", help="words from the line, if several lines have this number")
    what = command.add_mutually_exclusive_group()

    def say(option: str, field: str, help: str, **how: Any) -> None:
        what.add_argument(option, dest="said", type=lambda value: (field, value), help=help, **how)

    for field in ENTRY_FIELDS:
        say(f"--{field}", field, f"the correct {field} of the entry", metavar=field.upper())
    for field in PAGE_FIELDS:
        say(f"--page-{field}", field, f"the correct {field} of the page; do not give --line", metavar=field.upper())
    for option, field, help in (
        ("--not-an-entry", NOT_AN_ENTRY, "the line is not an entry"),
        ("--join", JOIN, "the line continues the entry above"),
    ):
        what.add_argument(option, dest="said", action="store_const", const=(field, ""), help=help)
    what.add_argument(
        "--undo", action="store_true", help="undo the last correction of the line, or without --line, of the page"
    )


def run(options: argparse.Namespace) -> int:
    from procman.library.correct_line import correct_line, undo_correction
    from procman.library.corrections import line_in_words, line_of
    from procman.library.library import open_library
    from procman.measures.peers import named

    library = open_library(options.library)
    council = named(options.council, library.councils)
    manual = library.manual(council, options.edition)
    if not options.said and not options.undo and options.line is None:
        _print_corrections(manual)
        return 0
    number, words = (0, "") if options.line is None else line_of(manual, options.line, options.words)
    print("before:", line_in_words(manual, number, words))
    if options.said:
        manual = correct_line(manual, [options.said], line=number, words=words, library=options.library)
    elif options.undo:
        manual = undo_correction(manual, line=number, words=words, library=options.library)
    else:
        return 0
    print("after: ", line_in_words(manual, number, words))
    return 0


def _print_corrections(manual: Manual) -> None:
    from procman.words import count

    print(f"{manual.council}, {manual.edition or 'undated'}: {count(len(manual.corrections), 'correction')}")
    for row in manual.corrections.fillna({"line": 0, "value": ""}).itertuples():
        place = f"line {row.line:>4}" if row.line else "the page "
        print(f"  {place}  {row.field}: {row.value}" + ("" if row.applied else "  (not applied)"))
