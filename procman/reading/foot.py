"""Find where the list of a page ends and what the page has below it begins: contacts, feedback, events, sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set

from procman.reading import patterns as p
from procman.reading.line import Line
from procman.reading.rows import Row


def counted(row: Row) -> bool:
    """Whether a word counts the row: "Appendix 2 Forms"."""
    return bool(p.COUNTED_ROW.match(row.title))


def foot_of(
    rows: Sequence[Row], lines: Sequence[Line], listed: Set[int], aside: Callable[[int], bool], lone: bool
) -> int:
    """The first row of the page's foot: of the last blocks between blank lines that have few titles beside other lines.

    ``listed`` are rows that are surely of the list, and ``aside`` tells whether a row is a sentence, a name or other
    words that are no title. ``lone`` tells whether a title alone may be below the list. Without a foot, it is the number of rows.
    """
    of_line = {i: k for k, row in enumerate(rows) for i in row.lines}
    often = Counter(line.text for line in lines)
    begin = end = len(rows)
    titles = others = 0
    set_aside = False  # whether a line of the block was set aside: all below its last title is then of the foot
    for i in range(len(lines) - 1, -1, -1):
        k, line = of_line.get(i, -1), lines[i]
        if not line.text:
            if titles > (others + 1 if others else lone):
                break
            begin, titles, others, set_aside = end, 0, 0, False
        elif k < 0:
            others += often[line.text] == 1
            set_aside = set_aside or often[line.text] == 1
            begin = end if set_aside and not titles else begin
        elif k in listed or rows[k].number or rows[k].told or rows[k].set_in or rows[k].heading or counted(rows[k]):
            break
        elif i == rows[k].lines[0]:
            end = k
            menu = len(line.cells) > 2 and line.cells[-1] in line.text
            said = aside(k) or menu or p.BESIDE_LIST.match(line.text)
            titles, others = titles + (not said), others + bool(said)
            begin = k if set_aside and menu and not titles else begin
    return begin if (len(rows) - begin) * 2 <= len(rows) else len(rows)
