"""Complete the rows of an amendments page: cells on lines of their own, cells over several lines of text, cells that span rows of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from procman.reading.amendment_columns import CONTENTS, columns_of, guessed, heads_in, missing
from procman.reading.amendment_lines import AmendmentLine
from procman.reading.dates import DAY
from procman.reading.name_or_details import details_points, name_points, unended


def with_rows_joined(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines, with one row for cells on lines of their own, in tables without marks between their headings."""
    found: list[AmendmentLine] = []
    lines = _with_dated_rows(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        found.append(line)
        at += 1
        if line.kind == "header" and not line.line.cells and not (at < len(lines) and lines[at].kind == "header"):
            columns = heads_in(line.text)
            table = [*takewhile(lambda line: line.kind in _MAY_BE_CELL and line.form == "plain", lines[at:])]
            rows = _begun_by_cells(table, columns) or _counted(table, columns)
            found += [_row(row, columns) for row in rows]
            at += sum(map(len, rows))
    return found


_MAY_BE_CELL = ("row", "change", "furniture", "foot", "date")


def _begun_by_cells(table: Sequence[AmendmentLine], columns: Sequence[str]) -> list[list[AmendmentLine]]:
    """The lines of each row, if each row begins with a number, a date or a change that no other cell can be."""
    first = CONTENTS.get(columns[0])
    begins = [i for i, line in enumerate(table) if first and first.fullmatch(line.text)]
    if begins[:1] != [0]:
        return []
    rows = [[*table[begin:end]] for begin, end in pairwise([*begins, len(table)])]
    if not any(line.apart for row in rows[:-1] for line in row[1:]):
        rows[-1] = [rows[-1][0], *takewhile(lambda line: not line.apart, rows[-1][1:])]
    return rows if all(len(row) >= len(columns) and _fit(row, columns) for row in rows) else []


def _counted(table: Sequence[AmendmentLine], columns: Sequence[str]) -> list[list[AmendmentLine]]:
    """The lines of each row, if there are as many for each as columns, and they fit these."""
    width = len(columns)
    rows = [[*table[begin : begin + width]] for begin in range(0, len(table), width)]
    if len(rows) < 2 or len(rows[-1]) < width or len({tuple(line.apart for line in row[1:]) for row in rows}) > 1:
        return []
    names, details = ([row[columns.index(column)].text for row in rows] for column in ("name", "details"))
    named = all(name_points(name) > details_points(name) for name in names)
    telling = sum(details_points(text) > name_points(text) for text in details) * 2 >= len(rows)
    return rows if named and telling and all(_fit(row, columns) for row in rows) else []


def _fit(row: Sequence[AmendmentLine], columns: Sequence[str]) -> bool:
    """Whether the lines of a row can be these cells."""
    return all(
        held.fullmatch(line.text) for line, column in zip(row, columns, strict=False) if (held := CONTENTS.get(column))
    )


def _row(row: Sequence[AmendmentLine], columns: Sequence[str]) -> AmendmentLine:
    """The lines as one row of cells, on the line of its name. What is left is in the last cell."""
    last = len(columns) - 1
    cells = (*(line.text for line in row[:last]), " ".join(line.text for line in row[last:]))
    return _with_cells(row[columns.index("name")], cells)._replace(kind="row", columns=tuple(columns))


def _with_dated_rows(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines, with one row for cells on lines of their own, in tables whose last column is a date's."""
    found: list[AmendmentLine] = []
    cells: list[AmendmentLine] = []
    dated = False
    for line in lines:
        if line.kind == "header":
            dated = not line.line.cells and heads_in(line.text)[-1:] == ["date"]
        elif dated and line.kind in ("row", "change") and not (line.line.cells or LAST_DATE.search(line.text)):
            cells.append(line)
            continue
        elif dated and cells and line.kind in ("date", "edition") and not line.line.cells:
            words = [cell.text for cell in cells]
            row = _with_cells(cells[0], (words[0] if words[1:] else "", " ".join(words[1:] or words), line.text))
            found.append(row._replace(kind="row", columns=("name", "details", "date")))
            cells = []
            continue
        found += [*cells, line]
        cells = []
    return found + cells


#: "Young Carers This is a new chapter. 01-03-2024"
LAST_DATE = re.compile(rf"(?<=\S)\s+({DAY})$")


def with_cells_joined(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines, with what stands directly below a row as part of its cells."""
    columns = guessed(line.line.cells for line in lines if line.kind == "row" and line.form == "cells")
    found: list[AmendmentLine] = []
    for line in lines:
        above = found[-1] if found and found[-1].kind == "row" and found[-1].form == "cells" else None
        if above and not line.apart and _goes_on(above, line, columns.get(len(above.line.cells), ["details"])):
            found[-1] = _joined(above, line)
        else:
            found.append(line)
    return found


def _goes_on(above: AmendmentLine, line: AmendmentLine, columns: Sequence[str]) -> bool:
    """Whether a line below a row is another line of its cells."""
    whole, cells = above.line.cells, line.line.cells
    if len(cells) == len(whole):
        columns = columns if line.kind == "row" and not line.line.tag else []
        words = [(cell, below) for column, cell, below in zip(columns, whole, cells, strict=False) if column in _WORDS]
        return any(cell and below and (below[0].islower() or unended(cell)) for cell, below in words)
    if 1 < len(cells) == len(whole) - 1 and line.line.indent > above.line.indent:
        return True  # without the first cell, as a date's
    if (
        cells
        or line.form != "plain"
        or line.kind not in ("row", "change")
        or columns[-1] != "details"
        or not all(whole)
    ):
        return False
    sentence = details_points(line.text) > name_points(line.text) and not unended(line.text)
    return line.line.indent > above.line.indent or line.text[0].islower() or sentence


#: The columns whose words may be on several lines.
_WORDS = ("name", "details")


def _joined(above: AmendmentLine, line: AmendmentLine) -> AmendmentLine:
    """The row with the words of the line below. If these are fewer, they are in the last cells."""
    width = len(above.line.cells)
    below = line.line.cells or (line.text,)
    below = (*[""] * (width - len(below)), *below)
    cells = tuple(f"{cell} {words}".strip() for cell, words in zip(above.line.cells, below, strict=True))
    return _with_cells(above, cells)


def with_spans_filled(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines of an HTML page. A row with fewer cells than the table has headings has those of the row above, too."""
    columns: list[str] = []
    found: list[AmendmentLine] = []
    for line in lines:
        above = found[-1].line.cells if found else ()
        if line.kind == "header":
            columns = columns_of(line.line.cells)
        elif line.kind == "row" and 1 < len(line.line.cells) < len(columns) == len(above):
            cells = [*line.line.cells]
            while len(cells) < len(columns):
                column = missing(cells, columns)
                cells.insert(column, above[column])
            line = _with_cells(line, tuple(cells))
        found.append(line)
    return found


def _with_cells(line: AmendmentLine, cells: tuple[str, ...]) -> AmendmentLine:
    filled = [cell for cell in cells if cell]
    return line._replace(line=replace(line.line, cells=cells), cells=filled, text=" ".join(filled))
