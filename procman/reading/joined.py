"""Lines that say more than their words: a section and its first chapter on one line, and stars that a legend explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from procman.reading import patterns as p
from procman.reading.line import Line
from procman.reading.numbers import number_of

#: "… 1.1 …", "… 1.0.1…", "… 01.01 …" inside a line: the first number under another.
_FIRST_UNDER = re.compile(r"(?<![\d.])(\d{1,3})\.((?:0\.)?0?1)(?=[^\d.])")
#: How far below the next number under the same may be.
_NEAR = 12


def divided(lines: Sequence[Line]) -> list[Line]:
    """Lines that hold a section and its first chapter as two, where the numbers go on from the second.

    >>> [line.text for line in divided([Line(1, "1. Finding Help1.1 Referrals"), Line(2, "1.2 Assessing")])]
    ['1. Finding Help', '1.1 Referrals', '1.2 Assessing']
    """
    found: list[Line] = []
    for i, line in enumerate(lines):
        match = _FIRST_UNDER.search(line.text, 2) if line.text[:1].isalnum() else None
        if not (match and _own_number(line) == int(match[1]) and _goes_on(lines[i + 1 : i + _NEAR], match)):
            found.append(line)
            continue
        front = line.text[: match.start()].rstrip()
        title = front.rstrip(" -–—•")
        found.append(replace(line, text=title, href="", after="", cells=()))
        found.append(
            replace(line, text=line.text[match.start() :], number="", heading=0, strong=False, cells=(),
                    marker="-" if front != title else line.marker)
        )
    return found


def _own_number(line: Line) -> int:
    """The single number that a line begins with, or that its part is counted by; 0 for none."""
    if match := p.PART.match(line.text) or p.COUNTED_PART.match(line.text):
        digits = "".join(filter(str.isdigit, match[0]))
        return int(digits or 0)
    number = number_of(line)
    return number.levels[0] if number and len(number.levels) == 1 else 0


def _goes_on(lines: Sequence[Line], match: re.Match[str]) -> bool:
    """Whether the next number with a dot is the second under the same."""
    for line in lines:
        number = number_of(line)
        if number and len(number.levels) > 1:
            return number.levels[0] == int(match[1]) and number.levels[-1] == 2
        if number and not number.weak:
            return False
    return False


def without_stars(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Lines with the flag that a legend gives the star behind or before their titles, and the legend's index, -1 without one.

    >>> lines, legend = without_stars([Line(1, "Fire*"), Line(2, "Meals"), Line(3, "Updated since May", marker="*")])
    >>> [line.text for line in lines], legend
    (['Fire Updated', 'Meals', 'Updated since May'], 2)
    """
    legend, flag = -1, ""
    for i, line in enumerate(lines):
        if (line.marker == "*" or "*" in line.text) and (
            match := p.STAR_LEGEND.fullmatch(f"* {line.text}" if line.marker == "*" else line.text)
        ):
            legend, flag = i, "New" if (match[1] or match[2]).lower() == "new" else "Updated"
    if legend < 0 or not any(_STAR.search(line.text) for i, line in enumerate(lines) if i != legend):
        return list(lines), -1
    return [
        line if i == legend or not (match := _STAR.search(line.text)) or p.STAR_LEGEND.fullmatch(line.text)
        else replace(line, text=f"{' '.join(_STAR.sub(' ', line.text, count=1).split())} {flag}")
        for i, line in enumerate(lines)
    ], legend


#: A star at a word's end, or alone.
_STAR = re.compile(r"\*(?=\s|$)")
