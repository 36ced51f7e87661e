"""Tables and strangers' text as HTML, for the report and the panels."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from procman.tables import NOT_THERE, Column, Measure, Table
from procman.words import are, count, heading

if TYPE_CHECKING:
    import pandas as pd

#: Marks that do not belong in a page, or that turn the reading direction.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def escape(value: object) -> str:
    """A stranger's text as HTML, without marks that do not belong in a page or that turn the reading direction.

    >>> escape("A <b> & \\u202ec\\x00")
    'A &lt;b&gt; &amp; c'
    """
    return html.escape(_NO_TEXT.sub("", str(value)))


def table_html(
    frame: pd.DataFrame,
    table: Table,
    caption: str,
    columns: Sequence[str] | None = None,
    most: int | None = 60,
    rest: str = "in the workbook",
    note: bool = True,
) -> str:
    """A table with caption, column and row headings and, below, what it is based on.

    Parameters
    ----------
    frame, table
        The rows, and the declaration of their columns.
    caption
        What the table shows.
    columns
        The columns to show, in this order; by default all.
    most, rest
        Rows to show, None for all; and where the others are.
    note
        Whether to say what the table is based on, and its limits.

    Examples
    --------
    >>> from procman.measures.coverage import REACH
    >>> print(table_html(REACH.frame([("all", 1, 0.5, 2, 2)]), REACH, "Shared <topics>", ("reach", "share")))
    ... # doctest: +ELLIPSIS
    <div class="procman-scroll" role="region" tabindex="0" aria-label="Shared &lt;topics&gt;"><table>
    <caption>Shared &lt;topics&gt;</caption>
    <thead><tr><th scope="col" title="...">Reach</th><th scope="col" class="procman-number" title="...">Share</th></tr></thead>
    <tbody>
    <tr><th scope="row">all</th><td class="procman-number">50%</td></tr>
    </tbody></table></div>
    <p class="procman-caveat">Based on: All topics of the councils compared. ...</p>
    """
    declared = {column.name: column for column in table.columns}
    shown = [declared[name] for name in columns or [name for name in frame.columns if name in declared]]
    heads = "".join(
        f'<th scope="col"{_kind(column)} title="{escape(column.meaning)}">{escape(heading(column.name))}</th>'
        for column in shown
    )
    label = escape(caption)
    lines = [
        f'<div class="procman-scroll" role="region" tabindex="0" aria-label="{label}"><table>',
        f"<caption>{label}</caption>",
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
    ]
    rows = frame[[column.name for column in shown]]
    for row in (rows if most is None else rows.head(most)).itertuples(index=False):
        first, *others = (cell_text(value, column) for value, column in zip(row, shown, strict=True))
        cells = "".join(f"<td{_kind(column, cell)}>{cell}</td>" for cell, column in zip(others, shown[1:], strict=True))
        lines.append(f'<tr><th scope="row"{_kind(shown[0])}>{first}</th>{cells}</tr>')
    lines.append("</tbody></table></div>")
    more = 0 if most is None else len(frame) - most
    notes = [f"{count(more, 'more row')} {are(more)} {rest}."] if more > 0 else []
    if note and isinstance(table, Measure):
        notes = [based_on(table), *notes]
    return "\n".join([*lines, *([f'<p class="procman-caveat">{escape(" ".join(notes))}</p>'] if notes else [])])


def based_on(table: Table, known: str = NOT_THERE) -> str:
    """What a measure's table is based on, and its limits, but for those that the page says once for all its tables.

    >>> from procman.measures.coverage import GAPS
    >>> based_on(GAPS)
    'Based on: The other councils compared.'
    """
    if not isinstance(table, Measure):
        return ""
    limits = (table.caveat.replace(known, "") if known else table.caveat).strip()
    return f"Based on: {table.denominator}" + (f" Limits: {limits}" if limits else "")


def cell_text(value: Any, column: Column) -> str:
    """One cell as HTML: shares as per cent, yes and no, a dash for what is missing, words for a missing edition.

    >>> share, edition = Column("share", "float64", "", ""), Column("edition", "str", "", "")
    >>> cell_text(0.5, share), cell_text(None, edition), cell_text("a < b", edition)
    ('50%', 'not printed', 'a &lt; b')
    """
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return "not printed" if column.name == "edition" else "–"
    kind = column.dtype.lower()
    if kind.startswith("bool"):
        return "yes" if value else "no"
    if kind == "float64":
        return f"{value:.0%}" if column.name.endswith("share") else f"{value:.2f}".rstrip("0").rstrip(".")
    if kind == "int64" and column.name not in ("line", "position"):
        return f"{value:,}"
    return escape(value)


def _kind(column: Column, cell: str = "") -> str:
    """Numbers stand to the right, and a date on one line."""
    if column.dtype.lower() in ("int64", "float64"):
        return ' class="procman-number"'
    return ' class="procman-date"' if re.match(r"\d{4}-", cell) else ""
