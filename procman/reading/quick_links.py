"""Quick Links and other lists that repeat the page's headings or chapters. They are read, but are not entries."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from procman.reading import patterns as p
from procman.reading.details import take_apart
from procman.reading.line import Line, like_a_sentence
from procman.reading.numbers import number_of


@dataclass(slots=True)
class QuickLinks:
    """The lines of a page's Quick Links: ``roles`` of each line, and ``start``, the first line, or -1 if there are none."""

    roles: dict[int, str] = field(default_factory=dict)
    start: int = -1

    @classmethod
    def of(cls, lines: Sequence[Line], roles: Sequence[str]) -> QuickLinks:
        """Find them after their label, as links within the page, or as titles that are all repeated further down."""
        links = cls()
        rows, labels = [], []
        for i, line in enumerate(lines):
            if roles[i]:
                continue
            match = p.QUICK_LINKS.match(line.text)
            if not match:
                rows.append(i)
            elif match.end() < len(line.text):
                links.roles[i] = "quick link"  # all of them on this one line
            else:
                links.roles[i] = "furniture"
                labels.append(i)
        for label in labels[:1]:
            links.start = label
            links._behind(lines, [i for i in rows if i > label])
        for label in labels[1:]:
            links._again(lines, [i for i in rows if i > label])
        if "quick link" not in links.roles.values():
            links._without_label(lines, rows)
        return links

    def entries(self, lines: Sequence[Line]) -> list[tuple[int, str, str]]:
        """The line, number and title of each link on its own line."""
        return [
            (lines[i].line, *number_and_title(lines[i]))
            for i, role in sorted(self.roles.items())
            if role == "quick link"
        ]

    def _behind(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside the links after their label, and the lines between."""
        for skip in range(min(len(rows), _MOST_BETWEEN)):
            links = rows[skip : skip + _length(lines, rows[skip:])]
            if links:
                self.roles |= dict.fromkeys(rows[:skip], "note") | dict.fromkeys(links, "quick link")
                return
            if number_of(lines[rows[skip]]):
                return

    def _again(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside a list of Quick Links that is repeated between sections."""
        for (_, *link), i in zip(self.entries(lines), rows, strict=False):
            if [*number_and_title(lines[i])] != link:
                break
            self.roles[i] = "furniture"

    def _without_label(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside the first run of lines that are all repeated further down, in the same order and with other lines between."""
        places = _places(lines, rows)
        for start in range(min(len(rows), _TOP)):
            run = _run(lines, rows, start, places)
            if run:
                self.start = rows[start]
                self.roles.update(dict.fromkeys(rows[start : start + run], "quick link"))
                return


#: The most other lines between the label and the links, and the number of lines in which links without a label must start.
_MOST_BETWEEN, _TOP = 4, 30
#: The fewest repeated titles that count as Quick Links without a label.
_FEWEST = 3


def _places(lines: Sequence[Line], rows: Sequence[int]) -> dict[tuple[str, str], list[int]]:
    """The rows of each number and title, and of each title with any number."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, i in enumerate(rows):
        number, title = number_and_title(lines[i])
        for key in {(number, title), ("", title)}:
            places[key].append(n)
    return places


def _run(
    lines: Sequence[Line], rows: Sequence[int], start: int, places: Mapping[tuple[str, str], Sequence[int]]
) -> int:
    """The number of rows from here that are repeated in the same order, with other rows between. Too few count as none.

    The page's title and a few words can be between the last of them and the first that is repeated.
    """
    again = _again(lines[rows[start]], places)
    last = end = [*again, start][bisect(again, start)]
    apart = 0
    for n in range(start + 1, end):
        again = _again(lines[rows[n]], places)
        following = bisect(again, last)
        if following == len(again):
            end = n
            break
        apart += again[following] > last + 1
        last = again[following]
    return end - start if end - start >= _FEWEST and apart * 2 >= end - start else 0


def _again(line: Line, places: Mapping[tuple[str, str], Sequence[int]]) -> Sequence[int]:
    """Where a row is repeated. A link within the page may have a number that its heading has not."""
    number, title = number_and_title(line)
    return places["" if line.href[:1] == "#" else number, title]


def number_and_title(line: Line) -> tuple[str, str]:
    """A line's number, if any, and the words after it."""
    number = number_of(line)
    return (number.text, number.rest.strip().rstrip(": ")) if number else ("", line.text.rstrip(": "))


def bare_title(line: Line) -> str:
    """A line's title without number, flag, date, note and publisher."""
    title = number_and_title(line)[1]
    match = p.LETTERED.match(title)
    return take_apart(title[match.end() :] if match else title).title


def _length(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """The number of these lines that are links: those within the page, numbers alone, or all up to where the first is repeated as a heading."""
    # "1." "2." "3.": numbers without words, because the words were pictures.
    alone = next(
        (n for n, i in enumerate(rows) if not (lines[i].href[:1] == "#" or p.BARE_NUMBER.fullmatch(lines[i].text))),
        len(rows),
    )
    if alone:
        return alone
    first = lines[rows[0]]
    number, title = number_and_title(first)[0], bare_title(first)
    length = 0
    for n, i in enumerate(rows):
        line = lines[i]
        if first.row and not line.row:
            length = length or n
        if n and number in ("", number_and_title(line)[0]) and bare_title(line) == title:
            return length or n
    return length if number.isdigit() else 0


def news(lines: Sequence[Line], roles: Sequence[str]) -> list[int]:
    """The lines of boxes of new chapters beside the contents. The contents list the same chapters."""
    rows = [i for i, role in enumerate(roles) if not role]
    heads = [n for n, i in enumerate(rows) if p.NEWS.fullmatch(lines[i].text)]
    titles = Counter(bare_title(lines[i]) for i in rows) if heads else Counter[str]()
    found: list[int] = []
    for start in heads:
        box = [rows[start]]
        for i in rows[start + 1 :]:
            text = lines[i].text
            if titles[bare_title(lines[i])] < 2 and not like_a_sentence(text) and not p.ANY_DATE.fullmatch(text):
                break
            box.append(i)
        if len(box) > 1:
            found += box
    return found
