"""Read records on an amendments page whose cells are on lines of their own, behind or below their headings, as rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from procman.reading.amendment_changes import label_before
from procman.reading.amendment_columns import CONTENTS, column_of, column_told
from procman.reading.amendment_lines import AmendmentLine

#: "Chapter: Vaping", "Change: New form."
_FIELD = re.compile(r"([A-Z][^:]{1,30}):\s+(\S.*)")


class _Label(NamedTuple):
    """The heading of a cell: its column, and the words behind it. Without words, the cell is below."""

    column: str
    words: str


def with_fields_read(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines, with each record as one row of cells."""
    labels = _labels(lines)
    found: list[AmendmentLine] = []
    at = 0
    for record in _records(lines, labels):
        first = record[0]
        columns = [labels[i].column for i in record if i in labels]
        if "name" not in columns:
            first -= 1
        found += lines[at:first]
        found.append(_row(lines[first : record[-1] + 1], columns, labels, first))
        at = record[-1] + 1
    return [*found, *lines[at:]]


def _labels(lines: Sequence[AmendmentLine]) -> dict[int, _Label]:
    """The headings that are in several records, by line."""
    fields = {i: match for i, line in enumerate(lines) if ": " in line.text and (match := _FIELD.fullmatch(line.text))}
    often = Counter(match[1] for match in fields.values())
    found: dict[int, _Label] = {}
    for i, line in enumerate(lines):
        if line.form != "plain" or line.kind in ("header", "edition"):
            continue
        match = fields.get(i)
        head, words = (match[1], match[2]) if match else (line.text.rstrip(":"), "")
        telling = often[head] >= _FEWEST and line.kind in ("row", "furniture")
        column = column_told(head) if telling else column_of(head)
        if column and not label_before(line.text).change:
            found[i] = _Label(column, words)
    for i in [i for i, label in found.items() if label.words and label.column != "name"]:
        above = i > 0 and lines[i - 1].kind in ("row", "group") and not lines[i].gap
        if not (above or i - 1 in found or i + 1 in found):
            del found[i]
    kinds = [i for i, label in found.items() if label.column == "details" and CONTENTS["change"].fullmatch(label.words)]
    if len(kinds) >= _FEWEST and len({lines[i].text.partition(":")[0] for i in kinds}) == 1:
        found |= {i: found[i]._replace(column="change") for i in kinds}
    below = {i: label.column for i, label in found.items() if not label.words}
    often = Counter(below.values())
    below_names = all(lines[i].text[-1] in "?:" and lines[i - 1].kind == "row" and not lines[i].gap for i in below)
    if often["details"] < _FEWEST or (
        often["name"] < _FEWEST and not (below_names and {*below.values()} == {"details"})
    ):
        found = {i: label for i, label in found.items() if label.words}
    columns = [label.column for label in found.values()]
    whole = {"name", "details"} <= {*columns}
    return {i: label for i, label in found.items() if columns.count(label.column) >= _FEWEST or (whole and label.words)}


#: The fewest records that show what a heading is.
_FEWEST = 2


def _records(lines: Sequence[AmendmentLine], labels: dict[int, _Label]) -> Iterator[list[int]]:
    """The lines of each record. A record without a name is directly below it."""
    record: list[int] = []
    columns: list[str] = []
    inside = False  # the cell's words are below its heading
    for i, line in enumerate(lines):
        label = labels.get(i)
        if label and label.column not in columns and record:
            columns.append(label.column)
        elif label or not record or not _goes_on(line, i + 1 in labels, inside, record[-1] in labels):
            if _is_whole(lines, record, columns, labels):
                yield record
            record, columns = ([], [label.column]) if label else ([], [])
        if label:
            inside = not label.words
        if columns:
            record.append(i)
    if _is_whole(lines, record, columns, labels):
        yield record


def _goes_on(line: AmendmentLine, above_heading: bool, inside: bool, below_heading: bool) -> bool:
    """Whether a line belongs to the cell above."""
    if inside and below_heading:
        return True
    return line.kind == "row" and line.form == "plain" and not line.apart and (inside or not above_heading)


def _is_whole(
    lines: Sequence[AmendmentLine], record: Sequence[int], columns: Sequence[str], labels: dict[int, _Label]
) -> bool:
    """Whether there is a record with a name."""
    above = lines[record[0] - 1] if record and record[0] and record[0] - 1 not in labels else None
    return bool(record) and ("name" in columns or bool(above and above.kind == "row" and above.form == "plain"))


def _row(
    record: Sequence[AmendmentLine], columns: Sequence[str], labels: dict[int, _Label], first: int
) -> AmendmentLine:
    """The record as one row of cells, on the line of its name."""
    cells = {} if "name" in columns else {"name": record[0].text}
    named = record[0]
    column = ""
    for i, line in enumerate(record, first):
        if label := labels.get(i):
            column = label.column
        words = label.words if label else line.text
        if column == "name" and words and "name" not in cells:
            named = line
        if column and words:
            cells[column] = f"{cells.get(column, '')} {words}".strip()
    whole = replace(named.line, cells=tuple(cells.values()))
    return named._replace(
        line=whole, cells=[*whole.cells], text=" ".join(whole.cells), kind="row", columns=tuple(cells)
    )
