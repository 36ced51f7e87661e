"""Find which rows of a page are records of a table or have details, and which lines are above, between or below those."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.furniture import is_table_head
from procman.reading.line import Line, like_a_sentence
from procman.reading.numbered import NumberedRows
from procman.reading.rows import Row

#: The fewest records that show how a page is made.
_FEWEST = 4


class RecordedRows(NumberedRows):
    """The rows of a page, and which of them are records."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        super().__init__(rows)
        self.lines = lines
        cells = {k for k, row in enumerate(rows) if len(row.line.cells) > 1 and row.line.tag == "tr"}
        told = [k for k, row in enumerate(rows) if row.told]
        #: Most rows of the page are in a table.
        self.in_table = len(cells) >= _FEWEST and len(cells) * 2 > len(rows)
        #: Most rows of the list have a date, note or such.
        self.mostly_told = len(told) >= _FEWEST and len(told) * 3 > len(rows) and len(told) * 2 > told[-1] - told[0] + 1
        # A page without numbers may have rows of a banner.
        full = cells if self.with_number else {k for k in cells if any(rows[k].line.cells[1:])}
        self.records = full if self.in_table else set(told if self.mostly_told else ())
        self.first_record, self.last_record = min(self.records, default=-1), max(self.records, default=-1)
        #: The levels of headings from the first record on.
        self.levels_of_records = {row.heading for row in rows[max(self.first_record, 0) :]} - {0}
        beside = {k for k, row in enumerate(rows) if row.set_in and row.line.tag != "tr"}
        listed = (k for k, row in enumerate(rows) if k in full or k in beside or row.href or row.number)
        #: The last row of the page that is in a table or list, or a link.
        self.last_listed = max(listed, default=-1)
        heads = [i for i, line in enumerate(lines) if is_table_head(line)] if self.in_table else []
        # If each of several tables has a heading row, the line right above it is the table's name.
        head = heads[0] - (len(heads) > 1 and bool(lines[heads[0] - 1].text)) if heads else -1
        #: The first row below the first table's heading row, or that which names this table.
        self.below_head = next((k for k, row in enumerate(rows) if row.lines[0] >= head), 0) if heads else 0
        self.bare_heads = self._bare_heads()

    def _bare_heads(self) -> set[int]:
        """The rows with nothing beside them, above records, that look like the row above the first record.

        If any of them has a blank line above, the first counts, and the others only with one.
        """
        rows, above = self.rows, self.first_record - 1
        if above < 0 or any(row.heading for row in rows) or rows[above].number or like_a_sentence(rows[above].title):
            return set()
        line, below = rows[above].line, rows[self.first_record].line
        if line.row and not self.in_table and (line.indent, line.marker) == (below.indent, below.marker):
            return set()  # a row of the same list
        ends = [
            a for a, b in pairwise(range(above, self.last_record + 1)) if a not in self.records and b in self.records
        ]
        # A sentence may stand between.
        ends = [k - (like_a_sentence(rows[k].title) > 0) for k in ends[1:]]
        alike = [k for k in ends if k not in self.records and _look(rows[k]) == _look(rows[above])]
        only_one_apart = rows[above].blanks_after and not any(rows[k].blanks_after for k in alike)
        if above == 0 and not line.cells and (only_one_apart or p.NAMES_POLICIES.search(rows[0].title)):
            return set()  # the page's own name
        apart = [k for k in alike if rows[k].blanks_before]
        return {above, *(apart or alike)}

    def below_records(self, k: int) -> bool:
        """Whether it is below the page's last table or list."""
        return self.in_table and self.last_listed < k

    def heads_records(self, k: int) -> bool:
        return k in self.bare_heads and k >= self.below_head


def _look(row: Row) -> tuple[object, ...]:
    return row.heading, row.set_in, bool(row.href), bool(row.number)
