"""Corrections: how a person says that a line of a contents page should be read. ``corrections.csv`` beside the page keeps them.

The file is a log. If two rows correct the same thing, the later one applies. Each row keeps the words of its line. If the words have
changed, procman does not apply the correction and gives a notice. A row without a line corrects the page's council or edition. If
text looks like a formula, the file has an apostrophe before it, which procman removes. A spreadsheet can turn 1.10 into 1.1, and
2025-02 into a date: format the columns words and value as text before you type there.

Each row corrects one field:

=================  =====================================================================================
field              value
=================  =====================================================================================
kind               section, subsection, chapter or see_also; makes the line an entry if it is not one
number, title      the correct text; empty for none. A number as pages print them: 1.2.3, 1.2a, A1, Section 4
status             New or Updated; empty for none
date               ISO: 2025-02-12, or 2025-02
note, publisher    the correct text; empty for none
not an entry       leave empty: the line is not an entry
join               leave empty: the line continues the entry above
council, edition   of the page; an edition is a month: 2025-02
=================  =====================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from procman.errors import ProcmanError
from procman.files import csv_text, locked, read_rows, remove, restored, rows_in, write_whole
from procman.reading.apply_corrections import (
    ENTRY_FIELDS,
    FIELDS,
    JOIN,
    LONGEST,
    NOT_AN_ENTRY,
    PAGE_FIELDS,
    Correction,
    words_of,
)
from procman.reading.dates import is_iso_date, is_month
from procman.reading.patterns import ANY_NUMBER
from procman.tables import KINDS, LINES, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

NAME = "corrections.csv"
COLUMNS = Correction._fields


class CorrectionError(ProcmanError):
    """The corrections file cannot be read, or a correction cannot be recorded."""


def read_corrections(path: Path | str) -> pd.DataFrame:
    """Read a corrections file: date, line, words, field, value. Every column is text.

    If there is no file, the table is empty. You can edit and save the file in a spreadsheet. Raises `CorrectionError`, which names
    the line that cannot be read.

    >>> read_corrections("data/manuals/oxfordshire/2017-07/corrections.csv").empty
    True
    """
    import pandas as pd

    found = [(*each[:1], str(each.line or ""), *each[2:]) for each in corrections_in(Path(path))]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def corrections_in(path: Path) -> list[Correction]:
    """The corrections in a file, in its order. Empty if there is no file."""
    return list(_corrections(read_rows(path, CorrectionError), path)) if path.exists() else []


def _corrections(rows: Iterator[tuple[int, list[str]]], path: Path) -> Iterator[Correction]:
    if next(rows, (1, list(COLUMNS)))[1] != list(COLUMNS):
        raise CorrectionError(path, f"the columns must be {', '.join(COLUMNS)}", line=1)
    for line, cells in rows:
        day, at, words, field, value = map(restored, cells)
        if at and not re.fullmatch(r"[1-9][0-9]{0,9}", at):
            raise CorrectionError(path, f"{at!r} is not a line number", line)
        correction = Correction(day, int(at or 0), words, field, value)
        if wrong := _wrong(correction):
            raise CorrectionError(path, wrong, line)
        yield correction


def _wrong(correction: Correction) -> str:
    """What is wrong with a correction, or empty text."""
    _, line, words, field, value = correction
    long = next((name for name, cell in zip(COLUMNS, correction, strict=True) if len(str(cell)) > LONGEST), "")
    if long:
        return f"the {long} is longer than {LONGEST:,} characters: shorten it"
    if field not in FIELDS:
        return f"the field must be one of {', '.join(FIELDS)}, not {field!r}"
    if field in PAGE_FIELDS and (line or words):
        return f"the {field} belongs to the page: leave line and words empty"
    if field not in PAGE_FIELDS and not (line and words):
        return "a correction needs the line number and the line's words"
    if field in (NOT_AN_ENTRY, JOIN):
        return f"{field!r} takes no value" if value else ""
    if field == "kind" and value not in KINDS:
        return f"the kind must be one of {', '.join(KINDS)}, not {value!r}"
    if field == "status" and value not in ("", *STATUSES):
        return f"the status must be {' or '.join(STATUSES)}, or empty, not {value!r}"
    if field == "date" and value and not is_iso_date(value):
        return f"{value!r} is not a date such as 2025-02-12 or 2025-02"
    if field == "edition" and not is_month(value):
        return f"edition {value!r} is not a month such as 2024-06"
    return "the council needs a name" if field == "council" and not value else ""


def _no_number(correction: Correction) -> str:
    """Why a value cannot be a number. Asked of new corrections alone: a file written before is read as it is."""
    number = correction.value
    if correction.field != "number" or not number or ANY_NUMBER.fullmatch(number):
        return ""
    return f"{number!r} is no number such as 1.2.3, 1.2a, A1 or Section 4"


def record_correction(
    path: Path | str, field: str, value: str = "", *, line: int | None = None, words: str = "", on: date | None = None
) -> pd.DataFrame:
    """Add a correction to the file and return all corrections.

    procman locks the manual's folder, reads the file again and replaces it in one step. So two people can make corrections at once.

    Parameters
    ----------
    path
        ``corrections.csv`` in the manual's folder.
    field, value
        The field to correct, and the correct text (see above).
    line, words
        The line number and the line's words. Leave both out to correct the council or edition of the page.
    on
        The day, by default today.

    Raises
    ------
    CorrectionError
        The field or value is not allowed, or the value has more than 2,000 characters. (Longer words of a line are cut.)
    ProcmanError
        The file cannot be written, or another program locks the folder for ten seconds.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     record_correction(f"{folder}/corrections.csv", "title", "Records", line=3, words="1.2 Recods")["value"].tolist()
    ['Records']
    """
    path = Path(path)
    day = (on or date.today()).isoformat()
    correction = Correction(day, line or 0, words_of(words), field, " ".join(value.split()))
    if wrong := _wrong(correction) or _no_number(correction):
        raise CorrectionError(path, wrong)
    with locked(_council_of(path)):
        _replace(path, [*corrections_in(path), correction])
        return read_corrections(path)


def withdraw_correction(correction: Mapping[str, object], path: Path | str) -> pd.DataFrame:
    """Remove the last correction that equals the given row, and return those left. A file with none left is deleted.

    An earlier correction of the same thing then applies again. Raises `CorrectionError` if the file has no such correction.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = f"{folder}/corrections.csv"
    ...     table = record_correction(path, "title", "Records", line=3, words="1.2 Recods")
    ...     len(table), len(withdraw_correction(table.iloc[-1], path))
    (1, 0)
    """
    path = Path(path)
    with locked(_council_of(path)):
        found = corrections_in(path)
        wanted = [str(correction[name] or "") for name in COLUMNS]
        same = [place for place, each in enumerate(found) if [str(cell or "") for cell in each] == wanted]
        if not same:
            raise CorrectionError(path, "the file does not have this correction")
        del found[same[-1]]
        _replace(path, found)
        return read_corrections(path)


def withdraw_last(path: Path | str, line: int, words: str) -> pd.DataFrame:
    """Undo the last correction of a line, or with 0 and no words, of the page. Return the corrections that are left.

    Raises `CorrectionError` if there is no correction to undo.
    """
    mine = [each for each in corrections_in(Path(path)) if each.words == words and (words or each.line == line)]
    if not mine:
        raise CorrectionError(path, f"there is no correction of {f'line {line}' if line else 'the page'}")
    return withdraw_correction(mine[-1]._asdict(), path)


def line_of(manual: Manual, line: int, words: str | None = None) -> tuple[int, str]:
    """The number and words of a line, as a correction needs them.

    In HTML several lines can have the same number: give some words of the one you mean. Raises `CorrectionError` if no line fits, or
    more than one.
    """
    texts = [text for at, text, _ in manual.lines_read() if at == line and text]
    found = {words_of(text) for text in texts if words is None or words.casefold() in text.casefold()}
    if not found:
        raise CorrectionError(
            manual.source,
            "the page does not have these words on this line" if words else "the page has nothing on this line",
            line,
        )
    if len(found) > 1:
        raise CorrectionError(
            manual.source, f"{len(found)} lines have this number: give some words of the line (--words)", line
        )
    return line, found.pop()


def line_in_words(manual: Manual, line: int, words: str) -> str:
    """How a line of a page is read, in words; for line 0, the page's council and edition."""
    if not line:
        return f"{manual.council}, {manual.edition or 'undated'}"
    lines = LINES.frame(manual.lines_read())
    here = lines[(lines["line"] == line) & (lines["text"].map(words_of) == words)]
    if here["role"].iloc[0] not in ("entry", "continuation"):
        return f"line {line}: not an entry ({here['role'].iloc[0]})"
    place = int((lines["role"].loc[: here.index[0]] == "entry").sum()) - 1
    entry = manual.entries.iloc[place]
    fields = ", ".join(f"{name} {entry[name]!r}" for name in ENTRY_FIELDS if isinstance(entry[name], str))
    part = "" if entry["line"] == line else f" (line {line} is part of it)"
    return f"line {entry['line']}: {fields}{part}"


def _council_of(path: Path) -> Path:
    """The folder to lock: the council's, which is also locked while an edition's folder is replaced."""
    return path.resolve().parent.parent


def _replace(path: Path, corrections: Iterable[Correction]) -> None:
    corrections = list(corrections)
    if not corrections:
        remove(path)
        return
    text = csv_text(COLUMNS, ([str(cell or "") for cell in each] for each in corrections))
    # If the file could not be read again, nobody could open the manual.
    if list(_corrections(rows_in(text, path, CorrectionError), path)) != corrections:
        raise CorrectionError(path, "the corrections cannot be saved in a form that procman can read again")
    write_whole(path, text)
