"""Where a number ends and a title begins: the sequence tells "1.3.48 Golden Rules" from "1.3.4" and "8 Golden Rules"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.line import Line

Levels = tuple[int, ...]


class Number(NamedTuple):
    """A number as a line prints it, and the words behind it."""

    text: str
    levels: Levels
    rest: str
    settled: bool = False  # the page itself sets it apart from the title
    weak: bool = False  # no dot: "1 Every Child" is numbered only if 1.1 follows


def number_of(line: Line) -> Number | None:
    """The longest number that the line may begin with, or None.

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
        if len(number) > 3 or not (dot or rest[:1] == " "):
            return None
        weak = not dot and not line.heading
    elif p.ANY_DATE.match(text):
        return None
    elif suffix := p.SUFFIX.match(rest):
        number, rest = number + suffix[0], rest[suffix.end() :]
    return Number(number, _levels(number), rest, settled=bool(dot), weak=weak)


def _number_apart(printed: str, text: str) -> Number | None:
    """A number in a cell or element of its own."""
    number = printed.rstrip(".")
    if (len(number) > 4 and "." not in number) or (text[-4:].isdigit() and p.ANY_DATE.fullmatch(text)):
        return None
    rest = text[len(printed) :].strip()
    if ". " in rest and (match := p.INNER_ORDINAL.match(rest)):
        rest = rest[match.end() :]
    return Number(number, _levels(number), rest, settled=True)


def numbers_of(lines: Iterable[tuple[int, Line]]) -> list[tuple[int, Number]]:
    """The lines that may begin with a number; with a lettered one only where at least three lines go by "A1.2" or "A.1".

    >>> lines = ["A1 Core", "A1.1 Consent", "A1.2 Records", "A2 Milk", "A1.3 Visits"]
    >>> [number.text for _, number in numbers_of((i, Line(i, text)) for i, text in enumerate(lines))]
    ['A1', 'A1.1', 'A1.2', 'A2', 'A1.3']
    >>> numbers_of([(1, Line(1, "A1.2 Note")), (2, Line(2, "C1 Application"))])
    []
    """
    plain, lettered, worded = [], [], []
    for i, line in lines:
        if number := number_of(line):
            plain.append((i, number))
        elif number := _lettered(line):
            lettered.append((i, number))
        elif match := p.CHAPTER.match(line.text):
            worded.append((i, Number(match[1], _levels(match[1]), line.text[match.end() :], settled=True)))
    no_single = all(len(number.levels) > 1 or number.weak for _, number in plain)
    counted = sum(b.levels == (a.levels[0] + 1,) for (_, a), (_, b) in pairwise(lettered))
    if sum(len(number.levels) > 1 for _, number in lettered) > 2:
        plain = sorted(plain + lettered)
    elif counted > 2 and no_single:  # "A1 Consent", "A2 Records", "B1 Visits"
        plain = sorted(plain + [(i, number._replace(weak=False)) for i, number in lettered])
    if len(worded) > 1 and no_single:
        plain = sorted(plain + worded)
    return plain


_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_COUNTS = {"1": [*map(str, range(1, 100))], "A": [*map(chr, range(ord("A"), ord("Z") + 1))], "I": _ROMAN}


def parts_of(lines: Iterable[tuple[int, Line]]) -> dict[int, tuple[str, str]]:
    """The parts that a page counts, with their numbers and titles; "Section 47" counts nothing, for no 46 comes before it.

    >>> lines = ["Section 1 Core", "Section 47 Enquiries", "Section 2 Care"]
    >>> parts_of((i, Line(i, text)) for i, text in enumerate(lines))
    {0: ('Section 1', 'Core'), 2: ('Section 2', 'Care')}
    """
    found: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    counts: dict[str, list[str]] = {}
    for i, line in lines:
        # A row is a chapter, unless it is a table's in bold.
        match = None if line.row and not (line.strong and line.tag == "tr") else p.COUNTED_PART.match(line.text)
        if match:
            word, label = match[1] or "", match[2] or match[4]
            count, parts = counts.setdefault(word, _COUNTS.get(label, [])), found[word]
            if len(parts) < len(count) and label == count[len(parts)]:
                parts[i] = f"{word} {label}".strip(), line.text[match.end() :]
    return {i: part for word, parts in found.items() if len(parts) > (1 if word else 2) for i, part in parts.items()}


def _lettered(line: Line) -> Number | None:
    match = p.LETTERED.match(line.text)
    if not match:
        return None
    weak = "." not in match[0] and not line.heading  # "A2 Milk" is numbered only if A2.1 follows
    settled = not match[1][-1].islower()  # "A1.1eSafety" is no A1.1e
    return Number(match[1], _levels(match[1]), line.text[match.end() :], settled, weak)


#: What a letter in front counts: more than any number behind it, so that A1, A2 and B1 are three different first levels.
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


def follows(later: Levels, earlier: Levels) -> bool:
    """Whether a number may come directly after another: its next, its first child, or the start of a next branch.

    >>> follows((1, 2), (1, 1, 4)), follows((1, 1, 1), (1, 1)), follows((1, 1, 6), (1, 1, 4))
    (True, True, False)
    """
    common = 0
    for one, other in zip(later, earlier, strict=False):
        common += 1
        if one != other:
            return one == other + 1 and max(later[common:], default=0) <= 1
    return len(later) > len(earlier) and max(later[common:]) <= 1


def settle(found: Iterable[tuple[int, Number]]) -> dict[int, Number]:
    """Decide in reading order where each number ends; the keys are the lines' indexes.

    >>> lines = [Line(1, "1.3.3 Visits"), Line(2, "1.3.48 Golden Rules"), Line(3, "1.3.5 Leaving")]
    >>> settled = settle((line.line, number_of(line)) for line in lines)
    >>> settled[2].text, settled[2].rest
    ('1.3.4', '8 Golden Rules')
    """
    found = [*found]
    counted = _counted(found)
    settled: dict[int, Number] = {}
    earlier: Levels = ()
    letter = ""
    for (i, number), (_, later) in pairwise([*found, (-1, Number("", (), ""))]):
        if number.weak and i not in counted and not (later.levels[1:] and later.levels[:1] == number.levels):
            continue
        letter = letter if number.levels == earlier else ""
        small = number.text[-1]
        if small.isalpha() and not number.settled and small not in ("a", _next_letter(letter)):
            # "1.1eSafety" is no 1.1e.
            number = number._replace(text=number.text[:-1], rest=small + number.rest)
        if not (number.settled or follows(number.levels, earlier)):
            number = _cut(number, earlier, later.levels)
        text, rest = number.text, number.rest.strip()
        if match := p.AFTER_NUMBER_MARK.match(rest):
            rest = rest[match.end() :]
        if text[-1].isalpha():
            letter = text[-1]
        elif number.levels == earlier and (match := p.CAPITAL_SUFFIX.match(rest)) and match[1] == _next_letter(letter):
            # "1.2.1A Title" goes on from "1.2.1"; "1.3A Child's Daily Life" does not.
            letter, rest = match[1], rest[match.end() :]
            text += letter
        else:
            letter = ""
        if text != number.text or rest != number.rest:
            number = Number(text, number.levels, rest, number.settled, number.weak)
        settled[i] = number
        earlier = number.levels
    return settled


def _counted(found: Iterable[tuple[int, Number]]) -> set[int]:
    """The lines that count on from 1 without dots, where nothing else is numbered: "1 Consent", "2 Records"."""
    counted, last = set(), 0
    for i, number in found:
        if not number.weak:
            return set()
        if number.levels in ((last + 1,), (1,)):
            counted.add(i)
            last = number.levels[0]
    return counted if len(counted) > 3 else set()


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else "A"


def _cut(number: Number, earlier: Levels, later: Levels) -> Number:
    """Give back to the title the digits that are its own, where that mends the sequence."""
    front, dot, last = number.text.rpartition(".")
    if not dot or not last.isdigit() or not number.rest:
        return number
    uncut_leads_on = follows(later, number.levels)
    if not uncut_leads_on and follows(number.levels[:-1], earlier) and follows(later, number.levels[:-1]):
        return Number(front, number.levels[:-1], last + number.rest, settled=True)  # "2.8 Rules" is section 2
    for length in range(1, len(last)):
        levels = (*number.levels[:-1], int(last[:length]))
        leads_on = follows(later, levels)
        mends = follows(levels, earlier) and (leads_on or not uncut_leads_on)
        if mends or (leads_on and not uncut_leads_on and levels > earlier):
            return Number(f"{front}.{last[:length]}", levels, last[length:] + number.rest, settled=True)
    return number
