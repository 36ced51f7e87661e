"""Save a chart as picture, table and alternative text. Each file is written in one step, and is the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from procman.files import neutral, write_whole

if TYPE_CHECKING:
    import pandas as pd

    from procman.figures.chart import Chart


def save_chart(
    chart: Chart, folder: str | Path, name: str, formats: Sequence[str] = ("svg", "png"), *, dpi: float | None = None
) -> list[Path]:
    """Write a chart's pictures, the table it draws (``.csv``) and its alternative text (``.txt``).

    Parameters
    ----------
    chart
        The chart: ``axes.figure``.
    folder
        The folder. It is made if missing.
    name
        File name without suffix.
    formats
        Any of "svg", "png", "pdf".
    dpi
        Dots per inch of a PNG, by default 100 for screens. Use 300 for print.

    Returns
    -------
    list of Path
        The files, pictures first.

    Raises
    ------
    ProcmanError
        The folder cannot be written. No file is left half-written.

    Examples
    --------
    >>> import tempfile
    >>> from procman.figures import flags_chart
    >>> from procman.measures.activity import FLAGS_BY_SECTION
    >>> table = FLAGS_BY_SECTION.frame([("Northwick", "2024-06", "1", "All Children", 9, 1, 2, 6)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in save_chart(flags_chart(table).figure, folder, "flags")]
    ['flags.svg', 'flags.png', 'flags.csv', 'flags.txt']
    """
    contents = {format: chart.picture(format, dpi) for format in formats}
    contents["csv"] = as_csv(chart.table).encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
    contents["txt"] = (chart.words + "\n").encode()
    return [write(Path(folder) / f"{name}.{suffix}", content) for suffix, content in contents.items()]


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV, with an apostrophe before any cell that a spreadsheet would run as a formula.

    >>> import pandas as pd
    >>> print(as_csv(pd.DataFrame({"title": ["=1+1", "Consent"], "change": [-1, 2]})), end="")
    title,change
    '=1+1,-1
    Consent,2
    """
    safe = table.rename(columns=_neutral)
    for name in safe.select_dtypes(exclude=["number", "bool", "datetime"]):
        safe[name] = safe[name].map(_neutral, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\n")


def _neutral(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return neutral(cell).replace("\r", " ")  # "\r" starts a new row in some readers


def write(path: Path, content: bytes) -> Path:
    """Write a file in one step and return its path."""
    write_whole(path, content)
    return path
