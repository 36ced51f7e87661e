"""Quick Links and other lists that repeat the page's headings or chapters. They are read, but are not entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
    repeated: set[int] = field(default_factory=set)  # the lines that repeat them

    @classmethod
    def of(cls, lines: Sequence[Line], roles: Sequence[str]) -> QuickLinks:
        """Find them after their label, as links within the page, or as titles that are all repeated further down."""
        links = cls()
        labels = []
        for i, line in enumerate(lines):
            if roles[i] or line.text[0] not in "QqOoIiJj" or not (match := p.QUICK_LINKS.match(line.text)):
                continue
            if match.end() < len(line.text):
                links.roles[i] = "quick link"  # all of them on this one line
            else:
                links.roles[i] = "furniture"
                labels.append(i)
        open_lines = [i for i, line in enumerate(lines) if not roles[i] and i not in links.roles]
        for i in links._barred(lines, open_lines):
            links.roles[i] = "quick link"
        open_lines = [i for i in open_lines if i not in links.roles]
        if labels:
            links.start = labels[0]
            links._behind(lines, [i for i in open_lines if i > labels[0]])
        for label in labels[1:]:
            links._again(lines, [i for i in open_lines if i > label])
        if not labels:
            links._within_page(lines, open_lines)
        if "quick link" not in links.roles.values():
            links._without_label(lines, open_lines)
        return links

    def entries(self, lines: Sequence[Line]) -> list[tuple[int, str, str]]:
        """The line, number and title of each link on its own line, where it first occurs."""
        return [(lines[i].line, *number_and_title(lines[i])) for i in self.links()]

    def links(self) -> Iterator[int]:
        return (i for i, role in sorted(self.roles.items()) if role == "quick link" and i not in self.repeated)

    def titles(self, lines: Sequence[Line]) -> list[str]:
        """The titles in the Quick Links."""
        return [title for _, _, title in self.entries(lines)]

    def _barred(self, lines: Sequence[Line], rows: Sequence[int]) -> list[int]:
        """The lines near the top, such as "A | B | C", whose parts are all separate lines further down."""
        barred = [i for i in rows[:_TOP] if len(_between_bars(lines[i])) > 2]
        titles = {bare_title(lines[i]) for i in rows} if barred else set()
        return [i for i in barred if titles.issuperset(_between_bars(lines[i]))]

    def _behind(self, lines: Sequence[Line], rows: list[int]) -> None:
        """Set aside the links after their label, and the lines between."""
        while rows and p.PROSE.match(lines[rows[0]].text):
            self.roles[rows.pop(0)] = "note"
        length = next((n for n, i in enumerate(rows) if not lines[i].href.startswith("#")), len(rows))
        skip = 0
        if not length:
            for skip in range(_MOST_BETWEEN):
                length = _repeated_length(lines, rows[skip:])
                if length or skip >= len(rows) or not _between(lines[rows[skip]]):
                    break
            else:
                length = 0
        if not length:
            return
        for i in rows[:skip]:
            self.roles[i] = "note" if like_a_sentence(lines[i].text) else "furniture"
        rows = rows[skip:]
        length = next((n for n, i in enumerate(rows[:length]) if _leaves_list(lines[rows[0]], lines[i])), length)
        self.roles.update(dict.fromkeys(rows[:length], "quick link"))

    def _again(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside a list of Quick Links that is repeated between sections."""
        for (_, *link), i in zip(self.entries(lines), rows, strict=False):
            if [*number_and_title(lines[i])] != link:
                break
            self.roles[i] = "quick link"
            self.repeated.add(i)

    def _within_page(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside links to headings further down, such as "A", "B", "C"."""
        headings = {line.text for line in lines if line.heading}
        linked = False
        for i in rows:
            line = lines[i]
            if line.href.startswith("#") and not line.heading and line.text in headings:
                self.roles[i], linked = "quick link", True
            elif linked:
                return

    def _without_label(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside the first run of lines that are all repeated further down, in the same order and with other lines between."""
        places: Mapping[str, list[int]] = _places(lines, rows)
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


def _places(lines: Sequence[Line], rows: Sequence[int]) -> dict[str, list[int]]:
    """The rows of each title. A number alone or a cross reference does not count."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, i in enumerate(rows):
        title = number_and_title(lines[i])[1]
        if title and not p.SEE_ALSO.match(lines[i].text):
            places[title].append(n)
    return places


def _run(lines: Sequence[Line], rows: Sequence[int], start: int, places: Mapping[str, list[int]]) -> int:
    """The number of rows from here, with different titles, that are repeated in the same order with other rows between."""
    first = [n for n in places[number_and_title(lines[rows[start]])[1]] if n > start]
    if not first:
        return 0
    length = first[0] - start
    if length < _FEWEST:
        return 0
    last, apart, named = first[0], 0, set()
    for n in range(start + 1, first[0]):
        title = number_and_title(lines[rows[n]])[1]
        again = [m for m in places[title] if m > last]
        if not again or title in named:
            return 0
        named.add(title)
        apart += again[0] > last + 1
        last = again[0]
    return length if apart * 2 >= length else 0


def _between_bars(line: Line) -> list[str]:
    return [part.strip() for part in line.cells or line.text.split("|") if part.strip()]


def _between(line: Line) -> bool:
    """Whether a line can be between the label and its list."""
    return not (number_of(line) or line.row or line.heading)


def number_and_title(line: Line) -> tuple[str, str]:
    """A line's number, if any, and the words after it."""
    number = number_of(line)
    return (number.text, number.rest.strip().rstrip(": ")) if number else ("", line.text.rstrip(": "))


def bare_title(line: Line) -> str:
    """A line's title without number, flag, date, note and publisher."""
    title = number_and_title(line)[1]
    match = p.LETTERED.match(title)
    return take_apart(title[match.end() :] if match and len(match[1]) > 1 else title).title


def _leaves_list(first: Line, line: Line) -> bool:
    """Whether a line is outside the list that the first line started."""
    return bool(p.SEE_ALSO.match(line.text) or (first.marker and not line.marker) or (first.indent and not line.indent))


def _repeated_length(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """The number of these lines that are links. They end where the first is repeated as a heading of the body."""
    # "1." "2." "3.": numbers without words, because the words were pictures.
    bare = next((n for n, i in enumerate(rows) if not p.BARE_NUMBER.fullmatch(lines[i].text)), len(rows))
    if bare or not rows:
        return bare
    first = lines[rows[0]]
    number, title = number_and_title(first)
    single = bool(number) and "." not in number
    deep = False
    for n, i in enumerate(rows[1:], 1):
        line = lines[i]
        again, words = number_and_title(line)
        if line.indent <= first.indent and (words == title and (again == number or not (deep or (number and again)))):
            return n
        if single and not deep and again == number and line.indent <= first.indent:
            return n
        deep = deep or "." in again
    if first.indent and number and not first.tag:
        # An indented list before a body without indent.
        return next((n for n, i in enumerate(rows) if not lines[i].indent), 0)
    return 0


def news(lines: Sequence[Line], roles: Sequence[str]) -> list[int]:
    """The lines of boxes of new chapters beside the contents. The contents list the same chapters."""
    found: list[int] = []
    titles: Counter[str] = Counter()
    for start, heading in enumerate(lines):
        if roles[start] or heading.row or not p.NEWS.fullmatch(heading.text):
            continue
        titles = titles or Counter(bare_title(line) for line, role in zip(lines, roles, strict=True) if not role)
        box = [start]
        for i in range(start + 1, len(lines)):
            line = lines[i]
            if roles[i]:
                continue
            again = not line.heading and titles[bare_title(line)] > 1
            if not (again or like_a_sentence(line.text) > 0 or p.ANY_DATE.fullmatch(line.text)):
                break
            box.append(i)
        if len(box) > 2:
            found += box
    return found
