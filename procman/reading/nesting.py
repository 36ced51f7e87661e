"""Find, by their indents alone, the rows of a list that have other rows under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from procman.reading.rows import Row


@dataclass(slots=True)
class Nesting:
    """The rows of a page as an outline.

    - ``top``, ``end``: the first row of the list, and the one after its last;
    - ``whole``: whether these are most rows of the page, and all lines between are rows of the list;
    - ``bulleted``: whether all of them have bullets;
    - ``heads``: the rows with deeper rows below, if most rows beside them have such, too. The others are chapters with chapters under them.
    """

    top: int
    end: int
    whole: bool = False
    bulleted: bool = False
    heads: set[int] = field(default_factory=set)


def nesting_of(rows: Sequence[Row], listed: Sequence[bool], asides: Sequence[bool]) -> Nesting:
    """The nesting of these rows. ``listed`` tells which look like rows of a list, and ``asides`` which are sentences or a page's foot."""
    places = [k for k, is_row in enumerate(listed) if is_row]
    if not places:
        return Nesting(len(rows), len(rows))
    top, end = places[0], places[-1] + 1
    most = (end - top) * 2 > len(rows)
    nesting = Nesting(top, end, most and all(listed[k] or asides[k] for k in range(top, end)))
    nesting.bulleted = all(row.line.marker for row in rows[top:end])
    groups: list[
        tuple[int, list[int], list[int]]
    ] = []  # for each level down to the row: its indent, its rows, and its heads
    found = []
    for k in range(top, end):
        indent = rows[k].line.indent
        while groups and groups[-1][0] > indent:
            groups.pop()
        if not groups or groups[-1][0] < indent:
            groups.append((indent, [], []))
            found.append(groups[-1])
        groups[-1][1].append(k)
        if k + 1 < end and rows[k + 1].line.indent > indent:
            groups[-1][2].append(k)
    for _, beside, heads in found:
        if len(heads) * 2 > len(beside):
            nesting.heads.update(heads)
    return nesting
