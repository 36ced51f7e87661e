"""How an amendments page as a whole prints its rows: names on their own lines, names and details in pairs, one month for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from procman.reading.amendment_changes import label_before
from procman.reading.amendment_lines import ANNOUNCED, AmendmentLine, date_around
from procman.reading.dates import iso_date
from procman.reading.name_or_details import OPENING, details_points, mark_of, name_points, split

#: "If you have any questions, please email the policy team."
CLOSES = re.compile(
    r"(?:If you|The next (?:\w+ ){0,2}(?:update|edition|release|version|bulletin|issue)|For (?:more|further|any|help|(?:an? )?(?:\w+ )?cop(?:y|ies))|To (?:suggest|report|request|receive|comment)|Please (?:contact|e-?mail|tell|send|let|replace|destroy|discuss|share)|This is an automated|Powered by|(?:Older|Earlier|Previous) (?:amendments|changes|updates|versions) (?:are|can|may)"
    r"|(?:Any )?(?:[Qq]uestions|[Qq]ueries|[Cc]omments|[Ff]eedback)|Have (?:you|we)|Thank|(?:Kind |Best )?[Rr]egards)\b"
)


def announced_month(lines: Sequence[AmendmentLine]) -> str:
    """The month that a sentence says all changes are of, if there are no headings with months."""
    if any(line.kind in ("edition", "month", "date") for line in lines):
        return ""
    said = [match for line in lines if line.form == "plain" and (match := ANNOUNCED.search(line.text[:300]))]
    return iso_date(next(filter(None, said[0].groups())))[:7] if said else ""


def page_mark(lines: Sequence[AmendmentLine]) -> str:
    """The mark between name and details on most rows below the first month."""
    first = next((at for at, line in enumerate(lines) if line.kind in ("edition", "date", "month", "change")), 0)
    rows = [line.text for line in lines[first:] if line.kind == "row" and len(line.cells) < 2]
    return mark_of(label_before(date_around(row)[0]).text for row in rows)


def set_in_blocks(lines: Sequence[AmendmentLine], known: frozenset[str]) -> bool:
    """Whether the page prints most names on their own lines, instead of on one line with their details."""
    blocks = one_line = 0
    was_name = False
    for line in lines:
        if line.kind != "row" or len(line.cells) > 1 or (line.apart and CLOSES.match(line.text)):
            was_name = False
            continue
        parts = split(line.text, known)
        name, details = name_points(line.text, known), details_points(line.text)
        split_points = parts.points if parts else 0
        one_line += split_points > max(name, details, OPENING)
        blocks += was_name and details > max(name, split_points)
        was_name = name > max(details, split_points)
    return blocks > one_line


def set_in_pairs(lines: Sequence[AmendmentLine]) -> bool:
    """Whether the page prints each name with its details on the next line, and a gap before the next name."""
    groups: list[list[AmendmentLine]] = []
    for line in lines:
        if line.kind not in ("row", "change") or line.form != "plain" or (line.kind == "change" and line.apart):
            groups.append([])
        elif line.apart or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    several = [group for group in groups if len(group) > 1]
    pairs = [group for group in several if len(group) == 2]
    telling = sum(line.kind == "change" or details_points(line.text) > name_points(line.text) for _, line in pairs)
    names = sum(name_points(name.text) > details_points(name.text) for name, _ in pairs)
    return len(pairs) > 2 and len(pairs) * 5 >= len(several) * 4 and names == len(pairs) and telling * 3 >= len(pairs)


def names_are_points(lines: Sequence[AmendmentLine]) -> bool:
    """Whether the page prints most names as points of a list, with their details on lines or points below."""
    below = alone = 0
    for name, line in pairwise(lines):
        if name.kind == "row" and name.form == "point" and name_points(name.text) > details_points(name.text):
            told = line.kind in ("row", "change") and len(line.cells) < 2 and not line.line.heading
            further_in = line.line.indent > name.line.indent
            small = further_in and (line.text[0].islower() or (set_apart(name) and not set_apart(line)))
            told = told and (line.kind == "change" or small or details_points(line.text) > name_points(line.text))
            below += told
            alone += not told
    return below > max(alone, 1)


def set_apart(line: AmendmentLine) -> bool:
    """Whether the words are set as a heading, or bold."""
    return bool(line.line.heading or line.line.strong or line.line.tag == "dt")


def names_set_apart(lines: Sequence[AmendmentLine]) -> bool:
    """Whether the page sets names as headings or bold, and only names."""
    first = next((at for at, line in enumerate(lines) if line.kind in ("edition", "date", "month")), 0)
    rows = [line for line in lines[first:] if line.kind in ("row", "change") and line.form == "plain"]
    names = [(name, below) for name, below in pairwise(rows) if name.kind == "row" and set_apart(name)]
    told = sum(not set_apart(below) for _, below in names)
    return len(names) > 2 and told * 5 >= len(names) * 4
