"""What people's spreadsheets do to a CSV file: read it however they saved it, and write no cell that they run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from procman.errors import ProcmanError, TableError

# OWASP's list, in half and full width, and behind blanks, which some programs drop. An apostrophe that may already stand
# before such a cell counts with it, so that what was put in front can be told from what was there.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """Return text that a spreadsheet will not run as a formula; `restored` undoes it.

    >>> neutral("=SUM(A1)"), neutral(" ＠Home"), neutral("'Staying Put' Policy")
    ("'=SUM(A1)", "' ＠Home", "'Staying Put' Policy")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `neutral` was given.

    >>> restored(neutral("=SUM(A1)")), restored(neutral("'=SUM(A1)")), restored("'Staying Put' Policy")
    ('=SUM(A1)', "'=SUM(A1)", "'Staying Put' Policy")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def read_rows(path: Path, fault: type[ProcmanError] = TableError) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with their lines, the header first, each with as many cells as the header.

    What spreadsheets add is left out: a mark in front, semicolons, empty rows, cells and lines. Raises ``fault`` naming the line that
    cannot be read.
    """
    if path.exists() and not path.is_file():
        raise fault(path, "cannot be read (not a file)")
    content = b""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault(path, "not UTF-8: save it from the spreadsheet as 'CSV UTF-8'", line) from None
    except OSError as error:
        raise fault(path, f"cannot be read ({error.strerror or error})") from None
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = 0
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            columns = columns or len(cells)
            if len(cells) > columns:
                raise fault(path, f"there are {len(cells)} cells for {columns} columns", reader.line_num)
            yield reader.line_num, cells + [""] * (columns - len(cells))
    except csv.Error as error:
        raise fault(path, f"not a CSV file ({error})", reader.line_num) from None
