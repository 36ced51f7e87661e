"""Find where a number ends and a title begins. The sequence of numbers tells "1.3.48 Golden Rules" from "1.3.4" and "8 Golden Rules"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from procman.reading import patterns as p
from procman.reading.line import Line

Levels = tuple[int, ...]


class Number(NamedTuple):
    """A number as printed, and the words after it."""

    text: str
    levels: Levels
    rest: str
    settled: bool = False  # the page itself sets it apart from the title
    weak: bool = False  # no dot: "1 Every Child" is numbered only if 1.1 follows


def number_of(line: Line) -> Number | None:
    """The longest possible number at the start of the line, or None.

    >>> number_of(Line(1, "1.2.1a Urgency Codes"))[:3]
    ('1.2.1a', (1, 2, 1), ' Urgency Codes')
    >>> number_of(Line(1, "16 and 17 year olds")).weak, number_of(Line(1, "12.05.2018 Visits")), number_of(Line(1, "Plan 9"))
    (True, None, None)
    """
    text = line.text
    if line.number:
        return _number_apart(line.number, text)
    match = p.NUMBER.match(text)
    if not match:
        return None
    number, dot, rest = match[1], match[2], text[match.end() :]
    weak = False
    if "." not in number:
        if suffix := p.SINGLE_SUFFIX.match(rest):
            number, rest = number + suffix[1], rest[suffix.end() :]
        elif not (dot or rest[:1] == " "):
            return None
        weak = not dot
    elif p.ANY_DATE.match(text):
        return None
    elif suffix := p.SUFFIX.match(rest):
        number, rest = number + suffix[0], rest[suffix.end() :]
    return Number(number, _levels(number), rest, settled=bool(dot), weak=weak)


def _number_apart(printed: str, text: str) -> Number | None:
    """A number in its own cell or element."""
    number = printed.rstrip(".")
    rest = text[len(printed) :].strip()
    if match := p.INNER_ORDINAL.match(rest):
        rest = rest[match.end() :]
    return Number(number, _levels(number), rest, settled=True)


def numbers_of(lines: Iterable[tuple[int, Line]]) -> list[tuple[int, Number]]:
    """The lines that may begin with a number. Numbers with a letter count only if at least three lines have one like "A1.2" or "A.1".

    >>> lines = ["A1 Core", "A1.1 Consent", "A1.2 Records", "A2 Milk", "A1.3 Visits"]
    >>> [number.text for _, number in numbers_of((i, Line(i, text)) for i, text in enumerate(lines))]
    ['A1', 'A1.1', 'A1.2', 'A2', 'A1.3']
    >>> numbers_of([(1, Line(1, "A1.2 Note")), (2, Line(2, "C1 Application"))])
    []
    """
    lines = list(lines)
    plain: list[tuple[int, Number]] = []
    lettered: list[tuple[int, Number]] = []
    bare: list[tuple[int, Number]] = []
    worded: list[tuple[int, Number]] = []
    for i, line in lines:
        if number := number_of(line):
            plain.append((i, number))
        elif number := _lettered(line):
            (bare if number.weak and len(number.text) == 1 else lettered).append((i, number))
        elif match := p.CHAPTER.match(line.text):
            worded.append((i, Number(match[1], _levels(match[1]), line.text[match.end() :], settled=True)))
    no_single = all(len(number.levels) > 1 for _, number in plain)
    if sum(len(number.levels) > 1 for _, number in lettered) > 2 or any(n.levels[0] >= LETTER for _, n in plain):
        plain = sorted(plain + lettered)
    else:
        plain = sorted(plain + _counted_on(lettered))
    if no_single:
        plain = sorted(plain + worded)
    return _under_letters(sorted(_with_runs(plain, lines) + _counted_letters(bare)))


def _with_runs(numbers: Sequence[tuple[int, Number]], lines: Sequence[tuple[int, Line]]) -> list[tuple[int, Number]]:
    """The numbers, those without a dot sure where they count from 1 on, on lines below each other: "1 Contacts", "2 Visits", "3 Plans".

    So are all numbers of a page that count from 1 on.
    """
    at = {i: n for n, (i, _) in enumerate(lines)}
    sure: set[int] = set()
    count = 0  # of the last run
    for n, (i, number) in enumerate(numbers):
        if at[i] == at[numbers[n - 1][0]] + 1 and number.levels == (count + 1,):
            count += 1
        elif number.levels == (1,):
            count = 1
        else:
            continue
        if number.rest.strip()[:1].isupper():  # not "1 to 1 Support"
            sure.add(n)
    counted = [number.levels for _, number in numbers if not number.text[-1].islower()]  # but for "3a"
    if counted == [(count,) for count in range(1, max(len(counted), 2) + 1)]:
        sure.update(range(len(numbers)))
    if len(numbers) == 1 and numbers[0][1].weak:
        return []  # "1 Page Profile" is a title
    return [
        (i, number._replace(weak=False, settled=True) if n in sure else number) for n, (i, number) in enumerate(numbers)
    ]


def _counted_on(lettered: Sequence[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """The numbers after a letter that count from 1 ("A1 Consent", "A2 Records"), or after the next such letter."""
    counts: dict[int, int] = defaultdict(int)
    for _, number in lettered:
        letter, count = divmod(number.levels[0], LETTER)
        counts[letter] += count == counts[letter] + 1
    counting = {letter for letter, count in counts.items() if count > 1 or counts.get(letter - 1, 0) > 1}
    return [(i, number._replace(weak=False)) for i, number in lettered if number.levels[0] // LETTER in counting]


def _counted_letters(bare: Sequence[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """The single letters that count from A: "A Forms", "B Addresses". There are none if no B follows the A."""
    counted: list[tuple[int, Number]] = []
    for i, number in bare:
        if [number.text] == _LETTERS[len(counted) :][:1]:
            counted.append((i, number._replace(weak=False)))
    return counted if len(counted) > 1 else []


def _under_letters(numbers: list[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """If single letters are numbers ("A. Core"), put "A1" under its letter."""
    if sum(number.levels[0] % LETTER == 0 < number.levels[0] for _, number in numbers) < 2:
        return numbers
    return [
        (i, number._replace(levels=(number.levels[0] - first, first, *number.levels[1:])))
        if number.levels[0] >= LETTER and (first := number.levels[0] % LETTER)
        else (i, number)
        for i, number in numbers
    ]


_LETTERS = [*map(chr, range(ord("A"), ord("Z") + 1))]
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_SPELLED = "one two three four five six seven eight nine ten eleven twelve".split()
#: The series of numbers, by how the count begins.
_COUNTS = {
    "1": [*map(str, range(1, 100))],
    "a": [letter.lower() for letter in _LETTERS],
    "i": [number.lower() for number in _ROMAN],
    "one": _SPELLED,
}


def parts_of(lines: Iterable[tuple[int, Line]]) -> dict[int, tuple[str, str]]:
    """The counted parts of a page, with their numbers and titles. "Section 47" does not count, because there is no 46 before it.

    >>> lines = ["Section 1 Core", "Section 47 Enquiries", "Section 2 Care"]
    >>> parts_of((i, Line(i, text)) for i, text in enumerate(lines))
    {0: ('Section 1', 'Core'), 2: ('Section 2', 'Care')}
    """
    found: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    counts: dict[str, list[str]] = {}
    lines = list(lines)
    for n, (i, line) in enumerate(lines):
        if match := p.BARRED_PART.match(line.text):
            found["|"][i] = match[1], line.text[match.end() :]
            continue
        # A row is a chapter, unless it is a bold row of a table, or one of several cells.
        banner = len(line.cells) > 1
        match = None if line.row and not (line.strong or banner) else p.COUNTED_PART.match(line.text)
        if match:
            word, label = match[1] or "", match[2] or match[4]
            bare = label.lstrip("0").lower()
            count, parts = counts.setdefault(word, _COUNTS.get(bare, [])), found[word]
            counted = len(parts) < len(count) and bare == count[len(parts)]
            if counted or (bare.isdigit() and _is_under(lines[n + 1 : n + 4], int(bare))):
                parts[i] = f"{word} {label}".strip(), line.text[match.end() :]
    at = {i: n for n, (i, _) in enumerate(lines)}
    return {
        i: part
        for word, parts in found.items()
        if len(parts) > 1 and (word.lower() in _ALWAYS_PARTS or _heads(sorted(at[i] for i in parts)))
        for i, part in parts.items()
    }


def lettered_parts_of(lines: Iterable[tuple[int, Line]]) -> dict[int, tuple[str, str]]:
    """The parts of sections that a page counts by letters and that are headings, with their numbers and titles.

    >>> lines = ["3A: Placements", "Matching", "3B: Contact", "Visits", "4A Forms"]
    >>> lettered_parts_of((i, Line(i, text)) for i, text in enumerate(lines))
    {0: ('3A', 'Placements'), 2: ('3B', 'Contact'), 4: ('4A', 'Forms')}
    """
    found: dict[int, tuple[str, str]] = {}
    places: list[int] = []
    following: dict[str, str] = defaultdict(lambda: "A")  # the next letter of each section
    for n, (i, line) in enumerate(lines):
        match = p.LETTERED_PART.match(line.text)
        if match and match[2] == following[match[1]]:
            found[i] = match[1] + match[2], line.text[match.end() :]
            places.append(n)
            following[match[1]] = chr(ord(match[2]) + 1)
    return found if _heads(places) else {}


#: Words that count parts even if nothing is under them. Other words can also count chapters ("Chapter 1", "Form 1").
_ALWAYS_PARTS = ("", "|", "part", "section", "volume")


def _heads(places: Sequence[int]) -> bool:
    """Whether most of the lines at these places have others below them before the next."""
    return sum(later - earlier > 1 for earlier, later in pairwise(places)) * 2 > len(places) - 1


def _is_under(lines: Iterable[tuple[int, Line]], part: int) -> bool:
    """Whether the next number is the first of this part: "10.1" after "Section 10"."""
    number = next((number for _, line in lines if (number := number_of(line))), None)
    return number is not None and number.levels[0] == part


def _lettered(line: Line) -> Number | None:
    match = p.LETTERED.match(line.text)
    if not match:
        return None
    weak = "." not in match[0]  # "A2 Milk" is numbered only if A2.1 follows
    return Number(match[1], _levels(match[1]), line.text[match.end() :], True, weak)


#: The value of a letter before a number. It is larger than any number, so that A1, A2 and B1 are three different first levels.
LETTER = 10**10


def _levels(number: str) -> Levels:
    first, *others = number.rstrip("()abcdefghijklmnopqrstuvwxyz").split(".")
    if first.isdecimal():
        return tuple(map(int, (first, *others)))
    return (ord(first[0]) * LETTER + int(first[1:] or 0), *map(int, others))


def spell(levels: Levels) -> str:
    """Levels as a page prints them.

    >>> [spell(_levels(number)) for number in ("1.2", "A1.2", "A.1", "B")]
    ['1.2', 'A1.2', 'A.1', 'B']
    """
    letter, first = divmod(levels[0], LETTER)
    return ".".join([f"{chr(letter)}{first or ''}" if letter else str(first), *map(str, levels[1:])])


#: The cost of a step from one number to the next, in tenths: less is better. It is negative for the next number.
NEXT, LETTERED, GAP, BACK = -5, 4, 15, 30
#: The cost of a reading that is not the simplest.
WEAK, CUT, CUT_ALL, LETTER_OF_TITLE, CAPITAL = 4, 6, 30, -1, 3
#: The most missing numbers that cost extra, one each.
_MOST_MISSING = 3
#: Drop a reading of the lines so far that costs this much more than the cheapest.
_HOPELESS = 60


def step(later: Levels, earlier: Levels) -> int:
    """The cost of a step from one number to another.

    >>> [step(later, (1, 2)) for later in [(1, 2, 1), (1, 3), (2,), (2, 1)]] == [NEXT] * 4
    True
    >>> step((1, 2), (1, 2)) == BACK, step((1, 1), (1, 2)) == BACK, step((1, 5), (1, 2)) - GAP
    (True, True, 2)
    """
    common = 0
    for one, other in zip(later, earlier, strict=False):
        if one != other:
            break
        common += 1
    if common == len(later):
        return BACK
    first, *below = later[common:]
    before = earlier[common] if common < len(earlier) else 0
    if first < before:
        return BACK
    missing = sum(max(level - 1, 0) for level in (first - before, *below))
    return GAP + min(missing, _MOST_MISSING) if missing else NEXT


def candidates(number: Number) -> list[tuple[int, Number | None]]:
    """The ways to read the number at the start of a line, each with its cost: all of it, part of it, or no number.

    >>> [(cost, number and (number.text, number.rest)) for cost, number in candidates(number_of(Line(1, "1.3.48 Rules")))]
    [(0, ('1.3.48', ' Rules')), (6, ('1.3.4', '8 Rules')), (30, ('1.3', '48 Rules'))]
    """
    if number.weak:
        return [(0, None), (WEAK, number)]
    found: list[tuple[int, Number | None]] = [(0, number)]
    text, levels, rest = number.text, number.levels, number.rest
    if p.LETTER_OF_TITLE.match(text[-1] + rest):
        found.append((LETTER_OF_TITLE, number._replace(text=text[:-1], rest=text[-1] + rest)))
    elif match := p.CAPITAL_SUFFIX.match(rest.strip()):
        found.append((CAPITAL, number._replace(text=text + match[1], rest=rest.strip()[match.end() :])))
    front, _, last = text.rpartition(".")
    if last.isdigit() and rest and not number.settled:
        found += [
            (CUT, Number(f"{front}.{last[:n]}", (*levels[:-1], int(last[:n])), last[n:] + rest))
            for n in range(len(last) - 1, int(last[0] == "0"), -1)  # "07.01" is no 07.0
        ]
        found.append((CUT_ALL, Number(front, levels[:-1], last + rest)))
    return found


class _State(NamedTuple):
    """The cheapest path to a number: its cost, and the numbers read so far, the last one first."""

    cost: int
    path: Any


def settle(found: Iterable[tuple[int, Number | None]]) -> dict[int, Number]:
    """Decide where each number ends, by the cheapest path through the possible readings of the lines. The keys are the lines' indexes.

    Numbers can start again after None, which stands for a part counted in words.

    >>> lines = [Line(1, "1.3.3 Visits"), Line(2, "1.3.48 Golden Rules"), Line(3, "1.3.5 Leaving")]
    >>> settled = settle((line.line, number_of(line)) for line in lines)
    >>> settled[2].text, settled[2].rest
    ('1.3.4', '8 Golden Rules')
    """
    settled: dict[int, Number] = {}
    states: dict[Levels, _State] = {(): _State(0, None)}
    for i, number in found:
        if number is None:
            states = {**states, (): min(states.values(), key=lambda state: state.cost)}
            continue
        ways = candidates(number)
        after: dict[Levels, _State] = {}
        for earlier, state in states.items():
            for own, way in ways:
                if way is None:
                    key, cost, path = earlier, state.cost, state.path
                else:
                    key, cost, path = way.levels, state.cost + own + _cost(way, earlier), (i, way, state.path)
                if key not in after or cost < after[key].cost:
                    after[key] = _State(cost, path)
        worst = min(state.cost for state in after.values()) + _HOPELESS
        states = {key: state for key, state in after.items() if state.cost <= worst}
        if len(states) == 1:
            (key, state), *_ = states.items()
            _take(state.path, settled)
            states = {key: _State(0, None)}
    _take(min(states.values(), key=lambda state: state.cost).path, settled)
    return dict(sorted(settled.items()))


def _take(path: Any, settled: dict[int, Number]) -> None:
    while path:
        i, number, path = path
        settled[i] = _with_title(number)


def _with_title(number: Number) -> Number:
    """A number with the words after it, without the mark between."""
    rest = number.rest.strip()
    if match := p.AFTER_NUMBER_MARK.match(rest):
        rest = rest[match.end() :]
    return number._replace(rest=rest)


def _cost(number: Number, earlier: Levels) -> int:
    """The cost of a step from the previous number to this one."""
    lettered = number.text.rstrip("()")[-1].isalpha()
    return LETTERED if lettered and number.levels == earlier else step(number.levels, earlier)
