"""Compound lines: a section and its first chapter on one line, captions, and marks that a legend explains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.furniture import FURNITURE, OTHER_HEAD, role_of
from procman.reading.line import LIST_HEADING, Line
from procman.reading.numbers import Levels, number_of
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
        apart = replace(line, number="", heading=0, after="", cells=(), strong=False)
        found += [replace(apart, text=text.rstrip(" -–—•")) for text in parts]
    return found


def _parts(line: Line) -> list[str]:
    """A line's words, split before each number that directly follows the one before."""
    text, starts = line.text, [0]
    if not (_INSIDE.search(text, 2) and (levels := _own_number(line))):
        return [text]
    for match in _INSIDE.finditer(text, 2):
        later = tuple(map(int, match[0].split(".")))
        # The first number under it (1.1, 1.0.1), or the next at its level.
        if later in ((*levels, 1), (*levels, 0, 1), (*levels, 1, 1), (*levels[:-1], levels[-1] + 1)):
            starts.append(match.start())
            levels = later
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _own_number(line: Line) -> Levels:
    """The number that a line begins with, or the number of its part. Empty if there is none."""
    if match := p.COUNTED_PART.match(line.text):
        digits = "".join(filter(str.isdigit, match[0]))
        return (int(digits),) if digits else ()
    number = number_of(line)
    return number.levels if number else ()


def _goes_on(lines: Sequence[Line], last: str) -> bool:
    """Whether the next number on the page follows the last number of a line. If not, that number is only mentioned in a title."""
    levels = _own_number(Line(0, last))
    follow = [(*levels, 1), *((*levels[:n], levels[n] + 1) for n in range(len(levels)))]
    later = next((number for line in lines if (number := number_of(line)) and not number.weak), None)
    return later is not None and later.levels in follow


def with_captions_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with the captions of copied tables as headings, if no other line has the same name.

    >>> lines = [Line(1, "Caption: Fostering"), Line(2, "Matching"), Line(3, "Caption: contents 2"), Line(4, "Adoption"), Line(5, "CAPTION: Adoption")]
    >>> [(line.text, line.heading) for line in with_captions_read(lines)][:3]
    [('Fostering', 6), ('Matching', 0), ('Caption: contents 2', 0)]
    """
    captions = {i: match[1] for i, line in enumerate(lines) if (match := p.CAPTION.fullmatch(line.text))}
    titles = {bare_title(line) for line in lines} if captions else set()
    return [
        replace(line, text=captions[i], heading=LIST_HEADING) if i in captions and captions[i] not in titles else line
        for i, line in enumerate(lines)
    ]


def with_folds_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with the signs of folds before them as headings, if each is above lines without a sign: "+ Health" above "Diets", "Sleep".

    >>> from procman.reading.text import lines_of
    >>> page = "+ Health\\nDiets\\nSleep\\n\\n– Court\\nOrders\\nCosts\\n\\n+ Care\\nVisits\\nPlans"
    >>> [line.text for line in with_folds_read(lines_of(page, html=False)) if line.heading]
    ['Health', 'Court', 'Care']
    """
    filled = [i for i, line in enumerate(lines) if line.text]
    signs = [n for n, i in enumerate(filled) if lines[i].marker in _FOLDS]
    if len(signs) < _FEWEST_FOLDS:
        return list(lines)
    # A minus, plus or arrow, unlike a dash, is no bullet.
    dashes = [n for n in signs if lines[filled[n]].marker in _DASHES]
    beside = any(after - before == 1 for before, after in pairwise(dashes))
    if beside or any(lines[filled[n] - 1].text for n in dashes[1:]):
        return list(lines)
    heads = {filled[n] for n in signs}
    return [replace(line, marker="", heading=LIST_HEADING) if i in heads else line for i, line in enumerate(lines)]


#: What is before the heading of a part that folds, and the fewest such parts.
_FOLDS = frozenset("+＋-–—−>»▶►▸▾▼")
#: Of these, those that are bullets as well, unless a blank line is above each.
_DASHES = frozenset("-–—>»")
_FEWEST_FOLDS = 3


def with_buttons_linked(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines whose headings have the links of the buttons below their words, if the page has several: "Neglect", "How to see it.", "Read more".

    >>> page = [(6, "Diets", ""), (0, "What to eat.", ""), (0, "Read more", "a"), (6, "Sleep", ""), (0, "Read more", "b")]
    >>> lines = [Line(n, text, heading=level, href=href) for n, (level, text, href) in enumerate(page)]
    >>> [line.href for line in with_buttons_linked([*lines, replace(lines[3], text="Law"), replace(lines[4], href="c")]) if line.heading]
    ['a', 'b', 'c']
    """
    links: dict[int, str] = {}
    for i, line in enumerate(lines):
        if line.href and role_of(line.text) in (FURNITURE, OTHER_HEAD):
            near = range(i - 1, max(i - 1 - _MOST_WORDS, -1), -1)
            above = [j for j in near if lines[j].heading or lines[j].href][:1]
            links |= {j: line.href for j in above if not lines[j].href}
    if len(links) < _FEWEST_FOLDS:
        return lines
    return [replace(line, href=links[i]) if i in links else line for i, line in enumerate(lines)]


#: The most lines of words between a heading and its button.
_MOST_WORDS = 4


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
        text = line.marker + line.text
        if not p.LEGEND.match(text):
            continue
        behind = [(p.MARKS.findall(text)[0], word) for word in p.ANY_FLAG.findall(text)]
        if found := p.MARK_MEANS.findall(text) or behind:
            meanings |= {mark: "New" if word.lower() == "new" else "Updated" for mark, word in found}
            legend.add(i)
        elif match := p.OTHER_LEGEND.match(f"{line.marker} {line.text}".strip()) or p.MARKED_WITH.search(text):
            others[i] = match[1]
    if len(others) == 1:
        meanings, legend = dict.fromkeys(others.values(), ""), {*others}
    flags = {i: flag for i, line in enumerate(lines) if (flag := _flag(line.text, meanings)) is not None}
    if not flags:
        return list(lines), set()
    return [
        replace(line, text=f"{' '.join(p.MARK.sub(' ', line.text, count=1).split())} {flags[i]}".strip())
        if i in flags
        else line
        for i, line in enumerate(lines)
    ], legend


def _flag(text: str, meanings: Mapping[str, str]) -> str | None:
    """The flag that the mark beside a title means, empty for a mark that is no flag. None if there is no mark."""
    match = p.MARK.search(text)
    return meanings.get(match[0]) if match else None
