"""``report``, ``workbook`` and ``figures``: write a comparison of manuals to files.

Each takes your council (``--for``) and the councils to compare it with (``--with``); see `procman.commands.councils`.
"""

from __future__ import annotations

import argparse

from procman.commands import Declare
from procman.commands.councils import add_comparison, compared
from procman.errors import ProcmanError


def declare(command: Declare) -> None:
    """Add these commands to the command line."""
    page = command(
        "report",
        report,
        "write the comparison as a web page to read and print; with --for, write a short report for your council",
        'report --for "Milton Keynes" --with "statistical neighbours"',
    )
    page.add_argument("councils", nargs="*", metavar="COUNCIL", help=argparse.SUPPRESS)  # as --with: an earlier form
    page.add_argument(
        "--out",
        metavar="FILE",
        help="the file to write (default: report.html; with --for, the name has the council and the date)",
    )
    add_comparison(page)
    book = command(
        "workbook",
        workbook,
        "write the comparison as an accessible Excel workbook that opens on your council's gaps",
        'workbook --for "Milton Keynes" --with "same region"',
    )
    book.add_argument("--out", metavar="FILE", help="the file to write (default: a name with the council and the date)")
    book.add_argument("file", nargs="?", help=argparse.SUPPRESS)  # an earlier form of --out
    add_comparison(book)
    drawn = command(
        "figures",
        figures,
        "draw the figures, each with its table and alternative text; with many councils, your council gets figures of its own",
        'figures --with "Milton Keynes" Oxfordshire --format svg,png',
    )
    drawn.add_argument("--out", metavar="FOLDER", default="figures", help="the folder to write to (default: figures)")
    drawn.add_argument(
        "--format", metavar="LIST", default="svg,png", help="svg, png, pdf or several with commas (default: svg,png)"
    )
    drawn.add_argument("--only", nargs="+", metavar="FIGURE", default=(), help="draw only these figures")
    add_comparison(drawn)
    for each in (book, drawn):
        each.add_argument("--councils", nargs="+", dest="whom", help=argparse.SUPPRESS)  # as --with: an earlier form


def report(options: argparse.Namespace) -> int:
    """Write the full report, or with ``--for``, a short report for one council."""
    from datetime import date

    from procman.reports.comparison import Comparison
    from procman.reports.council_report import write_council_report
    from procman.reports.report import write_report

    library, own, how = compared(options, options.councils)
    if own is None:
        print(write_report(library, None, options.out or "report.html", date.today()))
        return 0
    comparison = Comparison(library)
    comparison.today, comparison.chosen_as = date.today(), how
    print(write_council_report(comparison, own, options.out))
    return 0


def workbook(options: argparse.Namespace) -> int:
    """Write the workbook."""
    from datetime import date

    from procman.reports.comparison import Comparison
    from procman.reports.council_report import file_name
    from procman.reports.headlines import own
    from procman.reports.workbook import write_workbook

    library, focus, _ = compared(options)
    comparison = Comparison(library).of(focus=focus)
    print(write_workbook(comparison, options.out or options.file or file_name(own(comparison), date.today(), "xlsx")))
    return 0


def figures(options: argparse.Namespace) -> int:
    """Draw the figures."""
    from procman.reports.gallery import write_figures

    library, own, _ = compared(options)
    formats = [name.strip() for name in options.format.split(",") if name.strip()]
    try:
        written = write_figures(library, None, options.out, formats, focus=own, only=options.only)
    except ValueError as error:
        raise ProcmanError("figures", str(error)) from None
    print(f"{len(written)} files in {options.out}")
    return 0
