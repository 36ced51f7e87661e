"""Correct a line of a kept page: record the correction, read the page again, and undo it if it cannot be applied."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from procman.errors import ProcmanError
from procman.library.cache import ReadingCache
from procman.library.corrections import NAME, read_corrections, record_correction, withdraw_correction, withdraw_last
from procman.library.holdings import Holding, read_holdings
from procman.reading.apply_corrections import ENTRY_FIELDS, words_of
from procman.tables import LINES, Table, columns

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

READ_LINES = Table(
    "lines and their entries",
    "One row per line that has words, with the entry that it was read as.",
    columns("line", "text", "role", *(f"{name}?" for name in ENTRY_FIELDS)),
)


def lines_to_correct(manual: Manual) -> pd.DataFrame:
    """The lines of a page that have words, each with the entry that starts on it (columns of `READ_LINES`).

    >>> import io
    >>> from procman import read_manual
    >>> lines = lines_to_correct(read_manual(io.StringIO("1. All\\n\\n1.1 Consent New\\nBack to top\\n1.2 Records\\n")))
    >>> lines[["line", "role", "title", "status"]].fillna("").values.tolist()[1:3]
    [[3, 'entry', 'Consent', 'New'], [4, 'furniture', '', '']]
    """
    import pandas as pd

    lines = LINES.frame(manual.lines_read())
    starts = lines.index[lines["role"] == "entry"]
    entries = manual.entries[list(ENTRY_FIELDS)].set_axis(starts)
    together = pd.concat([lines, entries.reindex(lines.index)], axis="columns")
    return READ_LINES.frame(together[lines["text"] != ""].reset_index(drop=True))


def correct_line(
    manual: Manual, says: Sequence[tuple[str, str]], *, line: int = 0, words: str = "", library: Path | str
) -> Manual:
    """Correct how a line of a manual is read, and return the corrected manual.

    Parameters
    ----------
    manual
        A manual of the library.
    says
        Pairs of field and value (see `procman.library.corrections`). If one cannot be applied, none is recorded.
    line, words
        The line number and the line's words. Leave both out to correct the council or edition of the page.
    library
        The library's folder.

    Raises
    ------
    ProcmanError
        A field or value is not allowed, or cannot be applied to the line. Nothing is recorded.
    """
    path, made = Path(manual.source) / NAME, 0
    try:
        for field, value in says:
            record_correction(path, field, value, line=line or None, words=words)
            made += 1
        again = read_again(manual, library)
        if made and not again.corrections["applied"].tail(made).all():
            refused = again.notices[again.notices["notice"] == "correction not applied"]
            why = refused.loc[refused["line"] == line, "detail"]
            raise ProcmanError(path, f"not corrected: {why.iloc[-1] if len(why) else 'the line has changed'}", line)
    except ProcmanError:
        for _ in range(made):
            withdraw_correction(read_corrections(path).iloc[-1].to_dict(), path)
        raise
    return again


def undo_correction(manual: Manual, *, line: int = 0, words: str = "", library: Path | str) -> Manual:
    """Undo the last correction of a line, or without a line, of the page. Return the manual as it is now read.

    Raises ``ProcmanError`` if there is no correction to undo.
    """
    withdraw_last(Path(manual.source) / NAME, line, words_of(words))
    return read_again(manual, library)


def read_again(manual: Manual, library: Path | str) -> Manual:
    """Read one manual again from its folder, and no other manual of the library."""
    folder = Path(manual.source)
    if not folder.is_dir():
        raise ProcmanError(folder, "this manual is no longer in the library")
    with (
        closing(ReadingCache(None, str(library))) as none,
        closing(read_holdings(Path(library), [folder], none)) as found,
    ):
        again = next(found)
    if isinstance(again, Holding):
        return again.manual
    raise ProcmanError(*again)
