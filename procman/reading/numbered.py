"""Find which numbered rows of a page are headings, from all numbered rows together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from procman.reading.line import like_a_sentence
from procman.reading.numbers import LETTER
from procman.reading.rows import Row

#: Four in five.
_NEARLY_ALL = 4, 5


class NumberedRows:
    """The rows of a page, and the relations between their numbers."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._numbers()

    def _numbers(self) -> None:
        rows = self.rows
        numbered = self.with_number = [k for k, row in enumerate(rows) if row.levels]
        self._lift_zeros()
        self.parted = any(row.part and not row.part_of_section for row in rows)
        self.deeper = {
            k
            for k, after in pairwise(numbered)
            if len(rows[after].levels) > len(rows[k].levels)
            and rows[after].levels[: len(rows[k].levels)] == rows[k].levels
        }
        sorts = [[k for k in numbered if (rows[k].levels[0] >= LETTER) is lettered] for lettered in (False, True)]
        #: The single numbers that are headings of sections, worked out separately for figures and letters.
        self.single_heads = set() if self.parted else {k for sort in sorts for k in self._sections(sort)}
        deep = [rows[k] for k in numbered if len(rows[k].levels) > 2]
        #: The numbers with a row without a number right below, and no further in: such a one stands in the chapter.
        self.hosts = {
            k
            for k in numbered
            if (row := self.following(k)) and not (row.number or row.opener or row.set_in or like_a_sentence(row.title))
        }
        pairs = [k for k in numbered if len(rows[k].levels) == 2]
        ones = any(
            len(rows[k].levels) == 1 for k in numbered
        )  # else what follows a pair may be the next section's heading
        hosting = sum(k in self.hosts for k in pairs)
        self.pairs_head = ones and len(pairs) > 2 and hosting * _NEARLY_ALL[1] >= len(pairs) * _NEARLY_ALL[0]
        #: A number on its own line is a heading only if the chapters' numbers are not on their own lines.
        self.alone_tells = sum(row.alone for row in deep) * 2 < len(deep)
        listed = deep or [rows[k] for k in numbered]
        self.numbers_bulleted = sum(bool(row.line.marker) for row in listed) * 2 > len(listed)
        below = [row for row in rows if len(row.levels) != 1]
        self.marked = sum(bool(row.heading) for row in below) * 2 <= len(below)
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for k in numbered:
            if len(rows[k].levels) == 2:
                counts[rows[k].levels[0]][k in self.deeper] += 1
        #: If most numbers with two levels have numbers under them, the others are headings of empty lists.
        self.heading_sections = {section for section, (flat, heads) in counts.items() if heads > max(flat, 1)}

    def _lift_zeros(self) -> None:
        """Read "1.0 Core" as the heading of 1.1 (or 1.01) and so on, if most sections have one and no other heading."""
        numbered = [self.rows[k] for k in self.with_number]
        if any(len(row.levels) == 1 for row in numbered):
            return
        zeros = [row for row in numbered if row.levels[1:] == (0,)]
        if len(zeros) * 2 > len({row.levels[0] for row in numbered}):
            for row in zeros:
                row.levels = row.levels[:1]

    def _sections(self, numbered: Sequence[int]) -> list[int]:
        """The single numbers that are headings of sections. There are none in a plain list: "1. T", "2. T", "3. T"."""
        singles = [k for k in numbered if len(self.rows[k].levels) == 1]
        headed = sum(end - start > 1 for start, end in pairwise([*singles, len(self.rows)]))
        return singles if len(singles) < len(numbered) or headed * 2 > len(singles) else []

    def level(self, k: int) -> int:
        """The number of levels in its number."""
        return len(self.rows[k].levels)

    def marked_heading(self, k: int) -> bool:
        return bool(self.rows[k].heading) and self.marked

    def stands_alone(self, k: int) -> bool:
        """Whether its number, such as "1.4", is on its own line. Then it is the heading of unnumbered rows or of an empty list."""
        row = self.rows[k]
        return row.alone and row.line.tag != "tr" and self.alone_tells

    def following(self, k: int) -> Row | None:
        return self.rows[k + 1] if k + 1 < len(self.rows) else None
