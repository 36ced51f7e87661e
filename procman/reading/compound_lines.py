"""Compound lines: a section and its first chapter on one line, captions, and marks that a legend explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from procman.reading import patterns as p
from procman.reading.line import Line
from procman.reading.numbers import FIRST_CHILD, FOLLOWER, LETTER, NEXT, number_of, step
from procman.reading.quick_links import bare_title

#: "… 1.1 …", "… 1.0.1…", "… 01.01 …" inside a line: a number that may start a new row.
_INSIDE = re.compile(r"(?<![\d.£/])\d{1,3}(?:\.\d{1,3}){1,3}(?=[^\d.%,;)])")
#: The most lines to the next number.
_NEAR = 12


def divided(lines: Sequence[Line]) -> list[Line]:
    """Lines that hold a section and its first chapter, or several chapters, as one for each, where the numbers go on from the last.

    >>> [line.text for line in divided([Line(1, "1. Finding Help1.1 Referrals"), Line(2, "1.2 Assessing")])]
    ['1. Finding Help', '1.1 Referrals', '1.2 Assessing']
    """
    found: list[Line] = []
    for i, line in enumerate(lines):
        parts = _parts(line)
        if len(parts) < 2 or not _goes_on(lines[i + 1 : i + _NEAR], parts[-1]):
            found.append(line)
            continue
        marker = line.marker
        for n, text in enumerate(parts):
            title = text.rstrip(" -–—•") if n + 1 < len(parts) else text
            part = replace(line, text=title, marker=marker, after="", cells=())
            found.append(part if n == 0 else replace(part, number="", heading=0, strong=False))
            marker = "-" if title != text.rstrip() else marker
    return found


def _parts(line: Line) -> list[str]:
    """A line's words, split before each number that directly follows the one before."""
    text = line.text
    if not (text[:1].isalnum() and text.count(".")):
        return [text]
    levels, starts = _own_number(line), [0]
    for match in _INSIDE.finditer(text, 2) if levels else ():
        later = tuple(map(int, match[0].split(".")))
        # The first number under it (1.1, 1.0.1), or the next at its level.
        under = later[: len(levels)] == levels and all(level <= 1 for level in later[len(levels) :]) and later[-1] == 1
        beside = later[:-1] == levels[:-1] and later[-1] == levels[-1] + 1
        if (under and len(later) > len(levels)) or (beside and len(later) == len(levels)):
            starts.append(match.start())
            levels = later
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _own_number(line: Line) -> tuple[int, ...]:
    """The number that a line begins with, or the number of its part. Empty if there is none."""
    if match := p.PART.match(line.text) or p.COUNTED_PART.match(line.text):
        digits = "".join(filter(str.isdigit, match[0]))
        return (int(digits),) if digits else ()
    number = number_of(line)
    return number.levels if number and number.levels[0] < LETTER else ()


def _goes_on(lines: Sequence[Line], last: str) -> bool:
    """Whether the next number on the page follows the last number of a line. If not, that number is only mentioned in a title."""
    number = number_of(Line(0, last))
    for line in lines:
        later = number_of(line)
        if later and not later.weak and number:
            kind, missing = step(later.levels, number.levels)
            return not missing and kind in (FIRST_CHILD, NEXT, FOLLOWER) and len(later.levels) <= len(number.levels) + 1
    return False


def with_captions_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with the captions of copied tables as headings, if no other line has the same name.

    >>> lines = [Line(1, "Caption: Fostering"), Line(2, "Matching"), Line(3, "Caption: contents 2"), Line(4, "Adoption"), Line(5, "CAPTION: Adoption")]
    >>> [(line.text, line.heading) for line in with_captions_read(lines)][:3]
    [('Fostering', 6), ('Matching', 0), ('Caption: contents 2', 0)]
    """
    captions = {i: match[1] for i, line in enumerate(lines) if (match := p.CAPTION.fullmatch(line.text))}
    titles = {bare_title(line) for line in lines} if captions else set()
    return [
        replace(line, text=captions[i], heading=6) if i in captions and captions[i] not in titles else line
        for i, line in enumerate(lines)
    ]


def with_marks_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines with flags in place of the marks that a legend explains, and the indexes of the legend's lines.

    >>> lines, legend = with_marks_read([Line(1, "Fire*"), Line(2, "Meals"), Line(3, "Updated since May", marker="*")])
    >>> [line.text for line in lines], legend
    (['Fire Updated', 'Meals', 'Updated since May'], {2})
    """
    meanings: dict[str, str] = {}
    legend: set[int] = set()
    others: dict[int, str] = {}  # legends of marks that are no flags
    for i, line in enumerate(lines):
        text = f"{line.marker}{line.text}" if line.marker in _MARKS else line.text
        if not (line.marker in _MARKS or _MARKS & set(text)) or not p.LEGEND.match(text):
            continue
        if found := [(match[1], match[2].lower()) for match in p.MARK_MEANS.finditer(text)] or _before_mark(text):
            meanings |= {mark: "New" if word == "new" else "Updated" for mark, word in found}
            legend.add(i)
        elif match := p.OTHER_LEGEND.match(f"{line.marker} {line.text}".strip()):
            others[i] = match[1]
    if not meanings and len(others) == 1:
        meanings, legend = dict.fromkeys(others.values(), ""), {*others}
    if not meanings or not any(_mark(line.text, meanings) for i, line in enumerate(lines) if i not in legend):
        return list(lines), set()
    return [
        replace(line, text=f"{' '.join(p.MARK.sub(' ', line.text, count=1).split())} {meanings[mark]}".strip())
        if i not in legend and (mark := _mark(line.text, meanings))
        else line
        for i, line in enumerate(lines)
    ], legend


_MARKS = frozenset("*#†‡")


def _before_mark(text: str) -> list[tuple[str, str]]:
    """The marks of a legend that comes before them: "New chapters are marked *"."""
    word, mark = p.ANY_FLAG.search(text), p.MARK.search(text)
    return [(mark[1] or mark[2], word[0].lower())] if word and mark else []


def _mark(text: str, meanings: dict[str, str]) -> str:
    match = p.MARK.search(text)
    mark = (match[1] or match[2]) if match else ""
    return mark if mark in meanings else ""
