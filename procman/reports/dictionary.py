"""The data dictionary: every declared table as Markdown, for ``data/README.md``."""

from __future__ import annotations

from procman import measures, tables
from procman.measures.duties import CHECKLIST
from procman.tables import Measure, Table

#: The marks around the data dictionary in data/README.md.
MARKS = ("<!-- dictionary: begin -->", "<!-- dictionary: end -->")


def data_dictionary() -> str:
    """All declared tables as Markdown: from reading, matching and measures.

    >>> print(data_dictionary().splitlines()[0])
    ### `manuals`
    """
    declared = [*tables.TABLES.values(), CHECKLIST, *measures.TABLES.values()]
    return "\n".join(line for table in declared for line in _section(table))


def _section(table: Table) -> list[str]:
    lines = [f"### `{table.name}`", "", table.meaning, ""]
    if isinstance(table, Measure):
        lines += [f"*Based on:* {table.denominator} *Limits:* {table.caveat}", ""]
    lines += ["| column | type | meaning | example |", "|---|---|---|---|"]
    for column in table.columns:
        allowed = f" ({', '.join(column.allowed)})" if column.allowed else ""
        missing = "; may be missing" if column.optional and "missing" not in column.meaning else ""
        lines.append(f"| `{column.name}` | {column.dtype} | {column.meaning}{allowed}{missing} | {column.example} |")
    return [*lines, ""]
