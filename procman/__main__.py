"""The command line: ``python -m procman add | history | correct | check | figures | workbook | report | dictionary``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from procman.errors import ProcmanError

if TYPE_CHECKING:
    from procman.library.directory import Council
    from procman.library.library import Library
    from procman.reading.manual import Manual

FOLDER = "data/manuals"
_EXAMPLES = """examples:
  python -m procman add page.html --council Northwick --edition 2024-06
  python -m procman add https://example.org/contents.html --council Northwick
  python -m procman add Kent --neighbours-of "Milton Keynes"
  python -m procman history Kent --from 2012 --every 6months
  python -m procman correct Kent --line 61 --title "Private Fostering"
  python -m procman check
  python -m procman report "Milton Keynes" Oxfordshire --out report.html
  python -m procman report --for "Milton Keynes"
  python -m procman workbook comparison.xlsx
  python -m procman figures --councils "Milton Keynes" Oxfordshire --out figures --format svg,png

exit codes: 0 all well, 1 something could not be done (it says what), 2 the command was not understood
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # where a terminal or file has no "Ŵ"
    parser = _parser()
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] | None = getattr(options, "run", None)
    if run is None:
        parser.print_help()
        return 2
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except ProcmanError as error:
        print(f"procman: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has read enough: check | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("procman: stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="procman",
        description="Read and compare children's services procedures manuals.",
        epilog=_EXAMPLES,
        formatter_class=style,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], help: str, example: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name, help=help, description=help, epilog=f"example:\n  python -m procman {example}", formatter_class=style
        )
        sub.set_defaults(run=run, refuse=sub.error)
        sub.add_argument(
            "--library", metavar="FOLDER", default=FOLDER, help=f"the library of manuals (default: {FOLDER})"
        )
        return sub

    add = command(
        "add",
        _add,
        "read a council's contents page, or fetch those of councils by name, and keep them in the library",
        'add Kent --neighbours-of "Milton Keynes"',
    )
    add.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="with --council: a file or an http(s) address; else councils' names",
    )
    add.add_argument("--council", metavar="NAME", help="the council whose page SOURCE is")
    add.add_argument("--edition", metavar="YYYY-MM", help="the edition of SOURCE (default: what the page prints)")
    add.add_argument("--replace", action="store_true", help="replace this edition if it is there already")
    _choices(add)
    history = command(
        "history",
        _history,
        "read a council's archived contents pages and keep each as an edition",
        "history Kent --from 2012 --every 6months",
    )
    history.add_argument("councils", metavar="COUNCIL", nargs="*", help="councils' names")
    history.add_argument("--from", metavar="YEAR", dest="since", help="leave out captures before this year or month")
    history.add_argument("--every", metavar="SPAN", help="one edition in this time: 6months, 1year (default: all)")
    history.add_argument("--archive", metavar="URL", help="another archive's address (default: the Internet Archive)")
    history.add_argument("--address", metavar="URL", help="where the page stood (default: the known addresses)")
    _choices(history)
    fix = command(
        "correct",
        _correct,
        "correct how a line of a manual's contents page is read; without a correction, show what there is",
        'correct Kent --line 61 --title "Private Fostering"',
    )
    _corrections(fix)
    command(
        "check",
        _check,
        "read the whole library and report numbering faults, links that disagree and unread lines",
        "check",
    )
    figures = command(
        "figures",
        _figures,
        "draw the figures of the library, each with its table and alternative text",
        'figures --councils "Milton Keynes" Oxfordshire --format svg,png',
    )
    figures.add_argument("--councils", nargs="+", metavar="NAME", help="only these councils (default: all)")
    figures.add_argument("--out", metavar="FOLDER", default="figures", help="where to draw them (default: figures)")
    figures.add_argument(
        "--format", metavar="LIST", default="svg,png", help="any of svg, png, pdf, with commas (default: svg,png)"
    )
    figures.add_argument(
        "--for",
        metavar="COUNCIL",
        dest="focus",
        help="of many councils, the one with figures of its own (default: the first)",
    )
    figures.add_argument("--only", nargs="+", metavar="FIGURE", default=(), help="only these figures, by name")
    workbook = command(
        "workbook", _workbook, "write the comparison as an accessible Excel workbook", "workbook comparison.xlsx"
    )
    workbook.add_argument(
        "out", metavar="OUT.xlsx", nargs="?", help="the file to write (default: named after council and day)"
    )
    workbook.add_argument(
        "--for", metavar="COUNCIL", dest="focus", help="open on this council's gaps (default: the first council's)"
    )
    workbook.add_argument("--councils", nargs="+", metavar="NAME", help="only these councils (default: all)")
    report = command(
        "report",
        _report,
        "write the comparison as one web page to read and print, figures and tables inside",
        'report "Milton Keynes" Oxfordshire --out report.html',
    )
    report.add_argument("councils", nargs="*", metavar="COUNCIL", help="the councils to compare (default: all)")
    report.add_argument(
        "--for",
        metavar="COUNCIL",
        dest="focus",
        help="a short report for one council, beside the others: what they list and it does not",
    )
    report.add_argument(
        "--out",
        metavar="FILE",
        help="the file to write (default: report.html; with --for, named after council and day)",
    )
    dictionary = command(
        "dictionary",
        _dictionary,
        "print the data dictionary: every table's columns with type, meaning and example",
        "dictionary --write data/README.md",
    )
    dictionary.add_argument("--write", metavar="FILE", help="put it between the marks in this Markdown file")
    return parser


def _choices(command: argparse.ArgumentParser) -> None:
    """Ways to choose councils besides by name."""
    command.add_argument("--neighbours-of", metavar="NAME", help="a council's ten statistical neighbours")
    command.add_argument("--region", metavar="REGION", help="the councils of a region of England")
    command.add_argument("--all", action="store_true", dest="everyone", help="all councils of England")


def _corrections(command: argparse.ArgumentParser) -> None:
    from procman.reading.corrected import ENTRY_FIELDS, JOIN, NOT_AN_ENTRY, PAGE_FIELDS

    command.add_argument("council", metavar="COUNCIL", help="the council whose page it is")
    command.add_argument("--edition", metavar="YYYY-MM", help="which edition (default: the newest)")
    command.add_argument("--line", metavar="N", type=int, help="the line of the page, from 1")
    command.add_argument("--words", metavar="TEXT", help="words of the line, where several lines have this number")
    what = command.add_mutually_exclusive_group()

    def say(option: str, field: str, help: str, **how: Any) -> None:
        what.add_argument(option, dest="said", type=lambda value: (field, value), help=help, **how)

    for field in ENTRY_FIELDS:
        say(f"--{field}", field, f"how the entry's {field} should read", metavar=field.upper())
    for field in PAGE_FIELDS:
        say(f"--page-{field}", field, f"the {field} of the page, without --line", metavar=field.upper())
    for option, field, help in (
        ("--not-an-entry", NOT_AN_ENTRY, "the line is no entry"),
        ("--join", JOIN, "the line goes on with the entry above"),
    ):
        what.add_argument(option, dest="said", action="store_const", const=(field, ""), help=help)
    what.add_argument(
        "--undo", action="store_true", help="take back the last correction of the line (without --line: of the page)"
    )


def _correct(options: argparse.Namespace) -> int:
    from pathlib import Path

    from procman.library.corrections import (
        NAME,
        line_in_words,
        line_of,
        read_corrections,
        record_correction,
        withdraw_correction,
        withdraw_last,
    )
    from procman.library.library import open_library

    manual = open_library(options.library).manual(options.council, options.edition)
    path = Path(manual.source) / NAME
    if not options.said and not options.undo and options.line is None:
        _print_corrections(manual)
        return 0
    number, words = (0, "") if options.line is None else line_of(manual, options.line, options.words)
    print("before:", line_in_words(manual, number, words))
    if options.said:
        field, value = options.said
        record_correction(path, field, value, line=number, words=words)
    elif options.undo:
        withdraw_last(path, number, words)
    else:
        return 0
    folder = Path(manual.source)
    again = next(each for each in open_library(options.library) if Path(each.source) == folder)
    if options.said and not again.corrections["applied"].iloc[-1]:
        refused = again.notices[again.notices["notice"] == "correction not applied"]
        why = refused.loc[refused["line"] == number, "detail"].iloc[-1]
        withdraw_correction(read_corrections(path).iloc[-1].to_dict(), path)
        raise ProcmanError(path, f"not corrected: {why}", number)
    print("after: ", line_in_words(again, number, words))
    return 0


def _print_corrections(manual: Manual) -> None:
    from procman.words import count

    print(f"{manual.council}, {manual.edition or 'undated'}: {count(len(manual.corrections), 'correction')}")
    for row in manual.corrections.fillna({"line": 0, "value": ""}).itertuples():
        place = f"line {row.line:>4}" if row.line else "the page "
        print(f"  {place}  {row.field}: {row.value}" + ("" if row.applied else "  (not applied)"))


def _figures(options: argparse.Namespace) -> int:
    from procman.library.library import open_library
    from procman.reports.gallery import write_figures

    formats = [name.strip() for name in options.format.split(",") if name.strip()]
    try:
        written = write_figures(
            open_library(options.library),
            options.councils,
            options.out,
            formats,
            focus=options.focus,
            only=options.only,
        )
    except ValueError as error:
        raise ProcmanError("figures", str(error)) from None
    print(f"{len(written)} files in {options.out}")
    return 0


def _workbook(options: argparse.Namespace) -> int:
    from datetime import date

    from procman.library.library import open_library
    from procman.reports.comparison import Comparison
    from procman.reports.council_report import file_name
    from procman.reports.headlines import own
    from procman.reports.workbook import write_workbook

    comparison = Comparison(open_library(options.library).of(options.councils))
    if options.focus:
        (comparison.focus,) = comparison.checked([options.focus])
    print(write_workbook(comparison, options.out or file_name(own(comparison), date.today(), "xlsx")))
    return 0


def _report(options: argparse.Namespace) -> int:
    from datetime import date

    from procman.library.library import open_library
    from procman.reports.report import write_report

    library = open_library(options.library)
    if options.focus:
        return _report_for(library, options)
    print(write_report(library, options.councils or None, options.out or "report.html", date.today()))
    return 0


def _report_for(library: Library, options: argparse.Namespace) -> int:
    from datetime import date

    from procman.reports.comparison import Comparison
    from procman.reports.council_report import write_council_report

    who = dict.fromkeys((options.focus, *options.councils)) if options.councils else None
    comparison = Comparison(library.of(None if who is None else list(who)))
    comparison.today = date.today()
    print(write_council_report(comparison, options.focus, options.out))
    return 0


def _dictionary(options: argparse.Namespace) -> int:
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


def _add(options: argparse.Namespace) -> int:
    from pathlib import Path

    if options.council is None:
        for source in options.sources:
            if "://" in source or Path(source).exists():
                raise ProcmanError(source, "say whose page it is: --council NAME")
        return _get(options)
    if len(options.sources) != 1 or options.everyone or options.region or options.neighbours_of:
        options.refuse("with --council goes one file or address, and nothing else")
    return _add_page(options.sources[0], options)


def _chosen(options: argparse.Namespace, names: list[str]) -> list[Council]:
    from procman.library.directory import choose

    councils = choose(names, neighbours_of=options.neighbours_of, region=options.region, everyone=options.everyone)
    if not councils:
        options.refuse("say which: a council's name, --region, --neighbours-of or --all (or a file with --council)")
    return councils


def _get(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from procman.library.get import READ, THERE, get_manuals, outcome_line, outcomes_in_words

    councils, rows = _chosen(options, options.sources), []
    fetched = get_manuals(councils, options.library, replace=options.replace)
    try:
        for got in tqdm(fetched, "fetching", len(councils), unit="council"):
            rows.append(got)
    finally:  # also where someone stops it
        print(*map(outcome_line, rows), sep="\n")
        print(f"{len(rows)} of {len(councils)} councils: {outcomes_in_words(rows)}")
    return 0 if all(got.outcome in (READ, THERE) for got in rows) else 1


def _history(options: argparse.Namespace) -> int:
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

    councils, rows = _chosen(options, options.councils), []
    since = first_day(options.since) if options.since else None
    every = months_of(options.every) if options.every else 0
    places = [options.address] if options.address else ()
    with closing(open_archive(options.archive)) as archive:
        found = read_history(councils, archive, options.library, since=since, every=every, addresses=places)
        try:
            for row in tqdm(found, "reading", unit="capture"):
                rows.append(row)
        finally:  # also where the archive breaks off
            print(*(capture_line(row) for row in rows if row.outcome != SAME), sep="\n")
            print(captures_in_words(rows))
    return 0 if any(row.outcome in (READ, THERE) for row in rows) else 1


def _add_page(source: str, options: argparse.Namespace) -> int:
    from procman.library.library import keep_manual
    from procman.reading.manual import counts, read_manual
    from procman.reading.page import open_page

    page = open_page(source)
    manual = read_manual(page, options.council, edition=options.edition)
    print(f"{manual.council}, {manual.edition or 'undated'}: " + _in_words(counts(manual.reading)))
    entries = manual.entries.fillna({"number": "", "title": "", "status": ""})
    for entry in entries.head(8).itertuples():
        flag = f"  [{entry.status}]" if entry.status else ""
        print(f"  line {entry.line:>4}  {'  ' * (entry.depth - 1)}{entry.number:<8} {entry.title}{flag}")
    if len(entries) > 8:
        print(f"  … and {len(entries) - 8} more")
    _print_notices(manual)
    home = keep_manual(page, manual, folder=options.library, replace=options.replace)
    print(f"kept in {home.as_posix()}")
    return 0


def _check(options: argparse.Namespace) -> int:
    import warnings

    from procman.library.library import open_library
    from procman.reading.manual import counts

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the problems are printed below
        library = open_library(options.library, progress=True)
    for manual in library:
        print(f"{manual.council}, {manual.edition or 'undated'}: " + _in_words(counts(manual.reading)))
        _print_notices(manual)
    for source, reason in library.problems:
        print(f"could not be read: {source}: {reason}", file=sys.stderr)
    return 1 if library.problems else 0


def _print_notices(manual: Manual) -> None:
    notices = manual.notices
    if notices.empty:
        print("  nothing to notice")
    for row in notices.itertuples():
        print(f"  line {row.line:>4}  {row.notice}: {row.detail}")


def _in_words(number: dict[str, int]) -> str:
    names = {
        "sections": "sections",
        "subsections": "subsections",
        "chapters": "chapters",
        "see_also": "cross references",
        "new": "New",
        "updated": "Updated",
        "dated": "dated",
    }
    return ", ".join(f"{number[key]} {name}" for key, name in names.items())


if __name__ == "__main__":
    sys.exit(main())
