"""Quick Links and other lists that name the page's headings or chapters once more: read, but no entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procman.reading import patterns as p
from procman.reading.details import take_apart
from procman.reading.line import Line, sentence
from procman.reading.numbers import number_of


@dataclass(slots=True)
class QuickLinks:
    """The lines of a page's Quick Links: ``roles`` for each line of theirs, ``start`` the first of them, -1 without any."""

    roles: dict[int, str] = field(default_factory=dict)
    start: int = -1
    repeated: set[int] = field(default_factory=set)  # the lines on which they come again

    @classmethod
    def of(cls, lines: Sequence[Line], roles: Sequence[str]) -> QuickLinks:
        """Find them: behind their label, as links within the page, or as titles that all come again further down."""
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
        """The line, number and title of each link that stands on a line of its own, the first time that it comes."""
        return [(lines[i].line, *number_and_title(lines[i])) for i in self.links()]

    def links(self) -> Iterator[int]:
        return (i for i, role in sorted(self.roles.items()) if role == "quick link" and i not in self.repeated)

    def titles(self, lines: Sequence[Line]) -> list[str]:
        """The titles that they name."""
        return [title for _, _, title in self.entries(lines)]

    def _barred(self, lines: Sequence[Line], rows: Sequence[int]) -> list[int]:
        """The lines near the top whose words between bars are all lines of their own further down: "A | B | C"."""
        barred = [i for i in rows[:_TOP] if len(lines[i].cells) > 2 or lines[i].text.count("|") > 1]
        titles = {bare_title(lines[i]) for i in rows} if barred else set()
        return [i for i in barred if len(parts := _between_bars(lines[i])) > 2 and titles.issuperset(parts)]

    def _behind(self, lines: Sequence[Line], rows: list[int]) -> None:
        """Set aside the links behind their label, and what stands between."""
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
            self.roles[i] = "note" if sentence(lines[i].text) else "furniture"
        rows = rows[skip:]
        length = next((n for n, i in enumerate(rows[:length]) if _leaves_list(lines[rows[0]], lines[i])), length)
        self.roles.update(dict.fromkeys(rows[:length], "quick link"))

    def _again(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside a list of Quick Links that comes again between the sections."""
        for (_, *link), i in zip(self.entries(lines), rows, strict=False):
            if [*number_and_title(lines[i])] != link:
                break
            self.roles[i] = "quick link"
            self.repeated.add(i)

    def _within_page(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside links to headings further down that have no heading of their own: "A", "B", "C"."""
        headings = {line.text for line in lines if line.heading}
        linked = False
        for i in rows:
            line = lines[i]
            if line.href.startswith("#") and not line.heading and line.text in headings:
                self.roles[i], linked = "quick link", True
            elif linked:
                return

    def _without_label(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Set aside the first run of lines that all come again further down, in the same order and apart from each other."""
        places: Mapping[str, list[int]] = _places(lines, rows)
        for start in range(min(len(rows), _TOP)):
            run = _run(lines, rows, start, places)
            if run:
                self.start = rows[start]
                self.roles.update(dict.fromkeys(rows[start : start + run], "quick link"))
                return


#: How many lines of another kind may stand between the label and the links, and among how many lines links without a label begin.
_MOST_BETWEEN, _TOP = 4, 30
#: How many titles that come again make Quick Links without a label.
_FEWEST = 3


def _places(lines: Sequence[Line], rows: Sequence[int]) -> dict[str, list[int]]:
    """Where each title comes; neither a number alone nor a cross reference names a part of the page."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, i in enumerate(rows):
        title = number_and_title(lines[i])[1]
        if title and not p.SEE_ALSO.match(lines[i].text):
            places[title].append(n)
    return places


def _run(lines: Sequence[Line], rows: Sequence[int], start: int, places: Mapping[str, list[int]]) -> int:
    """How many rows from this one on, each of another title, come again in the same order, and with others between."""
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
    """Whether a line may stand between the label and its list."""
    return not (number_of(line) or line.row or line.heading)


def number_and_title(line: Line) -> tuple[str, str]:
    """A line's number, if any, and the words behind it."""
    number = number_of(line)
    return (number.text, number.rest.strip().rstrip(": ")) if number else ("", line.text.rstrip(": "))


def bare_title(line: Line) -> str:
    """A line's title without number, flag, date, note and publisher."""
    return take_apart(number_and_title(line)[1]).title


def _leaves_list(first: Line, line: Line) -> bool:
    """Whether a line stands outside the list that the first line began."""
    return bool(p.SEE_ALSO.match(line.text) or (first.marker and not line.marker) or (first.indent and not line.indent))


def _repeated_length(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """How many of these lines are links: they end where the first of them comes again as the body's heading."""
    # "1." "2." "3.": numbers whose words were pictures.
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
        # An indented list before a body that stands flush.
        return next((n for n, i in enumerate(rows) if not lines[i].indent), 0)
    return 0


def news(lines: Sequence[Line], roles: Sequence[str]) -> list[int]:
    """The lines of boxes of new chapters beside the contents, which list each of them again."""
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
            if not (again or sentence(line.text) > 0 or p.ANY_DATE.fullmatch(line.text)):
                break
            box.append(i)
        if len(box) > 2:
            found += box
    return found
