"""Read records whose fields are on lines of their own, below a title or above it: a date, a type, a button.

A list of such records shows what each line is, because the same lines come again and again: dates, and a few words below many titles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.details import flag_of
from procman.reading.fields import DATE, NOTE, NOTHING, Field, field_of, labelled, telling
from procman.reading.furniture import (
    DATE_HEAD,
    FURNITURE,
    HEADS,
    MAY_BE_DATE_HEAD,
    TITLE_HEAD,
    head_of,
    role_of,
)
from procman.reading.line import Line, join, like_a_sentence

#: The most characters of a line of fields.
_LONGEST = 300
#: The fewest records that show what a line of each is.
_FEW = 3


# --- below the heads of columns -------------------------------------------------------------------------------


def with_one_cell_a_line_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines with all the cells of a record in the line of its title, if a table was copied with each cell on its own line, and the indexes of the others.

    Each record has its date at the same place. Some may lack a cell, and other lines may be between two records.

    >>> page = ["Name", "Modified", "Owner", "Fire", "3 May 2024", "A", "Food", "4 May 2024", "Milk", "June 2024", "C", "Eggs", "May 2024", "B"]
    >>> lines, others = with_one_cell_a_line_read([Line(n, text) for n, text in enumerate(page)])
    >>> [line.cells for line in lines if line.cells][1:3], sorted(others)
    ([('Fire', '3 May 2024', 'A'), ('Food', '4 May 2024')], [1, 2, 4, 5, 7, 9, 10, 12, 13])
    """
    filled = [i for i, line in enumerate(lines) if line.text and not line.ignored]
    roles = ["" if lines[i].cells else head_of(lines[i].text) for i in filled[: _TOP + _MOST_HEADS]]
    if TITLE_HEAD not in roles:
        return list(lines), set()
    dated = [_is_date(lines[i].text) for i in filled]
    starts: list[int] = []
    width = most = 0
    # Words in a record may be those of heads: "Policy". So the number of heads is the one with which most records follow each other.
    for head in (n for n, role in enumerate(roles[:_TOP]) if role in HEADS):
        dates: list[int] = []
        for n, role in enumerate(roles[head : head + _MOST_HEADS]):
            dates += [n] if role in (DATE_HEAD, MAY_BE_DATE_HEAD) else []
            titled = TITLE_HEAD in roles[head : head + n]
            found_here = [*_records(dated, head + n + 1, n + 1, dates)] if dates and titled and role in HEADS else []
            close = sum(b - a == n + 1 for a, b in pairwise(found_here))
            if close > most or (close == most > 1 and starts[0] == head):
                starts, width, most = [head, *found_here], n + 1, close
    column = roles.index(TITLE_HEAD, starts[0]) - starts[0] if starts else 0
    found, others = list(lines), set[int]()
    for n, following in pairwise([*starts, len(filled)]):
        record = filled[n : min(n + width, following)]
        cells = [lines[i].text for i in record]
        title = record[min(column, len(record) - 1)]
        found[title] = replace(lines[title], text=join(cells), cells=tuple(cells), tag="tr", marker="")
        others |= {*record} - {title}
    return found, others


def _is_date(text: str) -> bool:
    """Whether a cell is a date or in place of one: "Yesterday at 16:42", "To follow"."""
    field = field_of(text)
    remark = field is not None and field.says == NOTE and not p.FILE_HINT.fullmatch(text)
    return remark or (field is not None and (field.says == DATE or (field.says == NOTHING and len(text) > _SHORT)))


def _records(dated: Sequence[bool], n: int, width: int, dates: Sequence[int]) -> Iterator[int]:
    """The places where records begin that have dates so far down. Where one lacks a cell, or a line is between two, the next is moved."""
    while n >= 0:
        near = (n, n - 1, *range(n + 1, n + width))
        n = next((m for m in near if all(any(dated[m + date : m + date + 1]) for date in dates)), -1)
        if n >= 0:
            yield n
            n += width


#: The number of lines in which the heads of columns begin, and the most of them.
_TOP, _MOST_HEADS = 40, 12


# --- below a title --------------------------------------------------------------------------------------------


def with_lines_below_read(lines: Sequence[Line], others: Set[int] = frozenset()) -> tuple[list[Line], set[int]]:
    """Lines with what the lines around them say of them, if several have such lines, and the indexes of those.

    ``others`` are the indexes of lines that are read already.

    >>> page = ["Fire", "3 May 2024", "Guidance", "Food", "4 May 2024", "Form", "Milk", "5 May 2024", "Guidance", "Eggs", "6 May 2024", "Form"]
    >>> lines, below = with_lines_below_read([Line(n, text) for n, text in enumerate(page)])
    >>> [(line.text, line.date) for n, line in enumerate(lines) if n not in below][1:3]
    [('Food', '2024-05-04'), ('Milk', '2024-05-05')]
    """
    filled = [i for i, line in enumerate(lines) if line.text and not line.ignored and i not in others]
    stack = _Stack.of(lines, filled)
    found = list(lines)
    for n, owner in stack.owners.items():
        if owner >= 0:
            i = filled[owner]
            found[i] = telling(found[i], found[i].text, stack.told[n])
    return found, {*others, *(filled[n] for n in stack.taken)}


@dataclass(slots=True)
class _Stack:
    """The filled lines of a page by their places: ``told`` are those with only fields, and ``taken`` are all lines that are no titles."""

    lines: list[Line]
    gaps: list[bool]  # for each place, whether a blank line is above
    told: dict[int, list[Field]]
    taken: set[int]
    owners: dict[int, int]  # for each place with fields, that of the title they are about

    @classmethod
    def of(cls, lines: Sequence[Line], filled: Sequence[int]) -> _Stack:
        told = _told([lines[i] for i in filled])
        gaps = [n > 0 and filled[n - 1] < i - 1 for n, i in enumerate(filled)]
        stack = cls([lines[i] for i in filled], gaps, told, {*told}, {})
        if told:
            starts = [n for n in told if n - 1 not in told]
            stack._take_labels(starts)
            stack._take_repeats(starts)
            stack._find_owners(starts)
        return stack

    def _take_labels(self, starts: Sequence[int]) -> None:
        """Take the labels above fields. A label that does not come again is one of the page: "Published" above "8 June 2021"."""
        above = {n: self.lines[n - 1].text for n in starts}
        labels = {n: text for n, text in above.items() if head_of(text) not in ("", TITLE_HEAD) and not flag_of(text)}
        often = Counter(labels.values())
        labels = {n: label for n, label in labels.items() if head_of(label) == DATE_HEAD or often[label] >= _FEW}
        self.taken |= {n - 1 for n in labels}
        self.owners |= {n: -1 for n, label in labels.items() if often[label] < _FEW}

    def _take_repeats(self, starts: Sequence[int]) -> None:
        """Take the lines beside the fields of each record that have a few words again and again: "Guidance", "View document"."""
        gaps = Counter(b - a for a, b in pairwise(starts))
        usual = gaps.most_common(1)[0][0] if gaps else 1
        beside = {1: dict(pairwise(starts)), -1: {b: a for a, b in pairwise(starts)}}
        for way in (1, -1):
            for _ in range(min(usual - 1, _MOST)):
                column = {n: at for n in starts if (at := self._next(n, way)) >= 0 and self._may_be_words(at)}
                often = Counter(self.lines[at].text for at in column.values())
                many = len(column) * 2 >= len(starts) and len(column) >= _FEW and _repeats([*often.elements()])
                found = {
                    n: at
                    for n, at in column.items()
                    if often[self.lines[at].text] >= (2 if many else _FEW)
                    or (field_of(self.lines[at].text) and not self.gaps[max(n, at)])
                    or (many and way * (beside[way].get(n, n) - n) == usual)
                    or (many and way > 0 and n == starts[-1] and not self.gaps[at])
                }
                if way < 0:  # a title is still above
                    found = {n: at for n, at in found.items() if at and not self.gaps[at] and at - 1 not in self.taken}
                if not found:
                    break
                self.taken.update(found.values())
                for n, at in found.items():
                    self.told[n] += filter(None, [field_of(self.lines[at].text)])

    def _may_be_words(self, n: int) -> bool:
        """Whether a line may be words beside fields: not a heading, a row with a bullet or number."""
        line = self.lines[n]
        return bool(field_of(line.text)) or not (line.heading or line.marker or line.number or line.text[0].isdigit())

    def _next(self, n: int, way: int) -> int:
        """The nearest place from here that is not taken, or -1."""
        near = range(n + way, n + way * (_MOST + 1), way)
        return next((m for m in near if m not in self.taken and 0 <= m < len(self.lines)), -1)

    def _find_owners(self, starts: Sequence[int]) -> None:
        """Find the title of each record: where most records between blank lines have it, else the nearest line above that can be one."""
        above_each = {n: self._above(n) for n in starts}
        height, often = Counter(map(len, above_each.values())).most_common(1)[0]
        alike = often * 5 >= len(starts) * 4 and often >= _FEW
        nearest = -1
        for n, line in enumerate(self.lines):
            if n in self.told:
                title, above = nearest, above_each.get(n, [])
                if alike and 1 < height == len(above) <= _HIGHEST:
                    title = above[-1]
                    self.taken.update(above[:-1])
                elif alike and not height and n in above_each and not above:
                    title = below if (below := self._next(n, 1)) >= 0 and not self.gaps[below] else -1
                self.owners.setdefault(n, title)
            elif n not in self.taken and not (like_a_sentence(line.text) or field_of(line.text)):
                nearest = n

    def _above(self, n: int) -> list[int]:
        """The places above, nearest first, of the lines of a record: up to a blank line, or to the lines taken for the record above."""
        found: list[int] = []
        while n > 0 and not self.gaps[n] and len(found) <= _HIGHEST and not (found and n - 1 in self.taken):
            n -= 1
            found += [n] if n not in self.taken else []
            if not self._may_be_words(n):
                break  # a row with a number is a title
        return found


#: The most lines of a record above its fields, and the most beside them that are taken.
_HIGHEST, _MOST = 3, 8


def _told(lines: Sequence[Line]) -> dict[int, list[Field]]:
    """The places of lines that have only fields, where several begin alike, and the fields."""
    parts = {n: _parts(line) for n, line in enumerate(lines) if n and not line.heading and len(line.text) <= _LONGEST}
    fields = {n: [field for part in each if (field := field_of(part))] for n, each in parts.items()}
    found = {n: _only_fields(parts[n], each) for n, each in fields.items() if each}
    for each in _with_words_beside(parts, fields):
        words = (n for n in each if role_of(lines[n].text) != FURNITURE and not p.ONLY_NUMBER.fullmatch(parts[n][0]))
        found |= dict.fromkeys(words, "words beside")
    alike = Counter(found.values())
    return {n: fields[n] for n, label in found.items() if label and alike[label] >= _FEW}


def _with_words_beside(
    parts: Mapping[int, Sequence[str]], fields: Mapping[int, Sequence[Field]]
) -> Iterator[list[int]]:
    """The places of lines with a date and words, where most of the words come again beside others: "12 May 2024 · Guidance · Schools"."""
    alike: dict[int, list[int]] = defaultdict(list)
    for n, each in parts.items():
        if len(each) > len(fields[n]) and any(field.says == DATE for field in fields[n]):
            alike[len(each)].append(n)
    for places in alike.values():
        apart = all(after - n > 1 for n, after in pairwise(places))  # with a title between, unlike the rows of a table
        if apart and _repeats([part for n in places for part in parts[n] if not field_of(part)]):
            yield places


def _repeats(words: Sequence[str]) -> bool:
    """Whether half of these or more come again. So do none."""
    return sum(count for count in Counter(words).values() if count > 1) * 2 >= len(words)


def _parts(line: Line) -> list[str]:
    parts = [cell for cell in line.cells if cell] if len(line.cells) > 1 else p.FIELD_MARK.split(line.text)
    match = p.FIRST_FILE.fullmatch(parts[0])
    return [*match.groups(), *parts[1:]] if match else parts


def _only_fields(parts: Sequence[str], fields: Sequence[Field]) -> str | None:
    """How the fields of a line begin that has nothing else: "PDF 188KB | Last reviewed: May 2024". None for a flag or remark alone."""
    long = sum(map(len, parts)) > _SHORT
    sure = any(field.says == DATE or (field.says == NOTHING and long) for field in fields) or any(map(labelled, parts))
    if not sure or len(fields) < len(parts) or p.ONLY_NUMBER.fullmatch(parts[0]):
        return None
    first = next((part for part in parts if not p.FILE_HINT.fullmatch(part)), "")
    return p.LABEL.match(first)[0].casefold() or DATE  # type: ignore[index]


#: "3", "n/a": too short to tell anything.
_SHORT = 6
