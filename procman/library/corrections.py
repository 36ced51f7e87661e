"""Corrections: a person says how a line of a contents page is to be read. They stand in ``corrections.csv`` beside the page.

The file is a log: of two corrections of the same thing the later is in force. Each keeps the words that its line had; where they have
changed, it is not applied, and a notice says so. A row without a line is about the page: its council or edition. Text that a
spreadsheet would run as a formula is kept with an apostrophe in front, and read without it. A spreadsheet may turn 1.10 into 1.1, and
2025-02 into a date of its own: set the columns words and value as text before typing there.

Each row says one thing:

=================  =====================================================================================
field              value
=================  =====================================================================================
kind               section, subsection, chapter or see_also; a line that is no entry becomes one
number, title      as they should read; empty for none
status             New or Updated; empty for none
date               ISO: 2025-02-12, or 2025-02
note, publisher    as they should read; empty for none
not an entry       empty: the line is no entry
join               empty: the line goes on with the entry above
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
from procman.files import csv_text, locked, read_rows, restored, rows_in, write_whole
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
from procman.reading.details import is_iso_date, is_month
from procman.tables import KINDS, LINES, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

NAME = "corrections.csv"
COLUMNS = Correction._fields


class CorrectionError(ProcmanError):
    """The corrections file cannot be read, or a correction cannot be recorded."""


def read_corrections(path: Path | str) -> pd.DataFrame:
    """Read a corrections file, all text: date, line, words, field, value.

    A missing file gives an empty table. A file that a spreadsheet saved is read too. Raises `CorrectionError`, which names the line
    that cannot be read.

    >>> read_corrections("data/manuals/oxfordshire/2017-07/corrections.csv").empty
    True
    """
    import pandas as pd

    found = [(*each[:1], str(each.line or ""), *each[2:]) for each in corrections_in(Path(path))]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def corrections_in(path: Path) -> list[Correction]:
    """The corrections in a file, in its order; none where there is no file."""
    return list(_corrections(read_rows(path, CorrectionError), path)) if path.exists() else []


def _corrections(rows: Iterator[tuple[int, list[str]]], path: Path) -> Iterator[Correction]:
    if next(rows, (1, list(COLUMNS)))[1] != list(COLUMNS):
        raise CorrectionError(path, f"the columns must be {', '.join(COLUMNS)}", line=1)
    for line, cells in rows:
        day, at, words, field, value = map(restored, cells)
        if at and not re.fullmatch(r"[1-9][0-9]{0,9}", at):
            raise CorrectionError(path, f"{at!r} is no line of a page", line)
        correction = Correction(day, int(at or 0), words, field, value)
        if wrong := _wrong(correction):
            raise CorrectionError(path, wrong, line)
        yield correction


def _wrong(correction: Correction) -> str:
    """What is wrong with a correction; nothing if it can be applied."""
    _, line, words, field, value = correction
    long = next((name for name, cell in zip(COLUMNS, correction, strict=True) if len(str(cell)) > LONGEST), "")
    if long:
        return f"the {long} is longer than {LONGEST:,} characters: shorten it"
    if field not in FIELDS:
        return f"the field must be one of {', '.join(FIELDS)}, not {field!r}"
    if field in PAGE_FIELDS and (line or words):
        return f"the {field} is the page's: leave line and words empty"
    if field not in PAGE_FIELDS and not (line and words):
        return "a correction names the line and its words"
    if field in (NOT_AN_ENTRY, JOIN):
        return f"{field!r} takes no value" if value else ""
    if field == "kind" and value not in KINDS:
        return f"the kind must be one of {', '.join(KINDS)}, not {value!r}"
    if field == "status" and value not in ("", *STATUSES):
        return f"the status must be {' or '.join(STATUSES)}, or empty, not {value!r}"
    if field == "date" and value and not is_iso_date(value):
        return f"{value!r} is no date such as 2025-02-12 or 2025-02"
    if field == "edition" and not is_month(value):
        return f"edition {value!r} is not a month such as 2024-06"
    return "the council needs a name" if field == "council" and not value else ""


def record_correction(
    path: Path | str, field: str, value: str = "", *, line: int | None = None, words: str = "", on: date | None = None
) -> pd.DataFrame:
    """Add a correction to the file and return all corrections.

    The manual's folder is locked, the file read again and replaced in one step, so that two people who correct at once lose nothing.

    Parameters
    ----------
    path
        ``corrections.csv`` in the manual's folder.
    field, value
        What is corrected, and how it should read (see above).
    line, words
        The line, and its words as they are now; neither for the council or edition of the page.
    on
        The day, by default today.

    Raises
    ------
    CorrectionError
        The field or value is none of those allowed, or a text has more than 2,000 characters (the words of a line are cut to them).
    ProcmanError
        The file cannot be written, or another writer holds the folder for ten seconds.

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
    if wrong := _wrong(correction):
        raise CorrectionError(path, wrong)
    with locked(_council_of(path)):
        _replace(path, [*corrections_in(path), correction])
        return read_corrections(path)


def withdraw_correction(correction: Mapping[str, object], path: Path | str) -> pd.DataFrame:
    """Take the last of the corrections that equal the given row out of the file, and return those left.

    An earlier correction of the same thing is then in force again. Raises `CorrectionError` if the file has no such correction.
    """
    path = Path(path)
    with locked(_council_of(path)):
        found = corrections_in(path)
        wanted = [str(correction[name] or "") for name in COLUMNS]
        same = [place for place, each in enumerate(found) if [str(cell or "") for cell in each] == wanted]
        if not same:
            raise CorrectionError(path, "the correction is not there any more")
        del found[same[-1]]
        _replace(path, found)
        return read_corrections(path)


def withdraw_last(path: Path | str, line: int, words: str) -> pd.DataFrame:
    """Take back the last correction of a line (0 and no words: of the page), and return those left.

    Raises `CorrectionError` if there is none.
    """
    mine = [each for each in corrections_in(Path(path)) if each.words == words and (words or each.line == line)]
    if not mine:
        raise CorrectionError(path, f"there is no correction of {f'line {line}' if line else 'the page'}")
    return withdraw_correction(mine[-1]._asdict(), path)


def line_of(manual: Manual, line: int, words: str | None = None) -> tuple[int, str]:
    """The line of this number, as a correction has it: its number and words.

    In HTML several lines may have one number; then some of its words tell which. Raises `CorrectionError` where there is no such
    line, or more than one.
    """
    texts = [text for at, text, _ in manual.lines_read() if at == line and text]
    found = {words_of(text) for text in texts if words is None or words.casefold() in text.casefold()}
    if not found:
        raise CorrectionError(
            manual.source, "the page has no such words at this line" if words else "nothing stands here", line
        )
    if len(found) > 1:
        raise CorrectionError(
            manual.source, f"{len(found)} lines have this number: say some words of yours (--words)", line
        )
    return line, found.pop()


def line_in_words(manual: Manual, line: int, words: str) -> str:
    """What the line of a page is read as; for line 0, what the page is."""
    if not line:
        return f"{manual.council}, {manual.edition or 'undated'}"
    lines = LINES.frame(manual.lines_read())
    here = lines[(lines["line"] == line) & (lines["text"].map(words_of) == words)]
    if here["role"].iloc[0] not in ("entry", "continuation"):
        return f"line {line}: no entry ({here['role'].iloc[0]})"
    place = int((lines["role"].loc[: here.index[0]] == "entry").sum()) - 1
    entry = manual.entries.iloc[place]
    fields = ", ".join(f"{name} {entry[name]!r}" for name in ENTRY_FIELDS if isinstance(entry[name], str))
    part = "" if entry["line"] == line else f" (line {line} is part of it)"
    return f"line {entry['line']}: {fields}{part}"


def _council_of(path: Path) -> Path:
    """The folder to lock: the council's, as for whoever replaces a manual's folder with all that is in it."""
    return path.resolve().parent.parent


def _replace(path: Path, corrections: Iterable[Correction]) -> None:
    corrections = list(corrections)
    text = csv_text(COLUMNS, ([str(cell or "") for cell in each] for each in corrections))
    # What could not be read again would lose the manual to everyone.
    if list(_corrections(rows_in(text, path, CorrectionError), path)) != corrections:
        raise CorrectionError(path, "the corrections could not be written so that they can be read again")
    write_whole(path, text)
