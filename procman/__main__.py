"""The command line: ``python -m procman COMMAND``. `procman.commands` holds the commands."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from procman.commands import add, check, correct, dictionary, history, report
from procman.errors import ProcmanError

FOLDER = "data/manuals"
_EXAMPLES = """examples:
  python -m procman add page.html --council Northwick --edition 2024-06
  python -m procman add https://example.org/contents.html --council Northwick
  python -m procman add Kent --neighbours-of "Milton Keynes"
  python -m procman history Kent --from 2012 --every 6months
  python -m procman correct Kent --line 61 --title "Private Fostering"
  python -m procman check
  python -m procman report --for "Milton Keynes" --with "statistical neighbours"
  python -m procman workbook --for "Milton Keynes" --with Oxfordshire Kent
  python -m procman figures --region "South East" --format svg,png

exit codes: 0 all well, 1 something could not be done (it says what), 2 the command was not understood
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # some terminals cannot print "Ŵ"
    os.environ.pop("MPLBACKEND", None)  # no window is opened, so a wrong setting stops nothing
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
    except BrokenPipeError:  # the reader stopped early, as in: check | head
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

    for group in (add, history, correct, check, report, dictionary):
        group.declare(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
