"""Read the entries of a contents page in any layout. Every line gets a role.

There are no rules for particular layouts. procman chooses the reading of the whole page with the most points from clues:

1. *furniture and Quick Links* are set aside (`procman.reading.furniture`, `procman.reading.quick_links`);
2. *numbers* are read by the cheapest path through the possible numbers of each line (`procman.reading.numbers`);
3. *rows* join all lines of one entry (`procman.reading.rows`);
4. *kinds* are chosen by clues with points, over the whole page (`procman.reading.clues`, `procman.reading.path`);
5. *places* (`procman.reading.outline`) and the page's own name (`procman.reading.naming`) follow.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from procman.reading import clues
from procman.reading import patterns as p
from procman.reading.compound_lines import with_buttons_linked, with_captions_read, with_folds_read, with_marks_read
from procman.reading.evidence import Evidence
from procman.reading.furniture import (
    boxes,
    buttons,
    is_furniture,
    letters,
    menu,
    pages_of_guide,
    postal_addresses,
    properties,
)
from procman.reading.line import Line
from procman.reading.naming import council_below, edition_below, names_above
from procman.reading.numbers import lettered_parts_of, numbers_of, parts_of, settle
from procman.reading.outline import CHAPTER, SECTION, SEE_ALSO, SUBSECTION, Entry, entries_of
from procman.reading.path import Choice, best_path
from procman.reading.quick_links import QuickLinks, news
from procman.reading.records import with_fields_read
from procman.reading.rows import Row, Rows

__all__ = ["CHAPTER", "SECTION", "SEE_ALSO", "SUBSECTION", "Contents", "Entry", "read_contents"]


@dataclass(slots=True)
class Contents:
    """The reading of a contents page: entries in page order, the role of each line, and the page's name.

    `procman.reading.explain` uses ``page`` and ``choices``, the rows and how each was read.
    """

    entries: list[Entry]
    roles: list[str]
    quick_links: list[tuple[int, str, str]] = field(default_factory=list)  # line, number, title
    title: str = ""
    council: str = ""
    edition: str = ""
    page: Evidence | None = None
    choices: list[Choice] = field(default_factory=list)


def read_contents(lines: Sequence[Line]) -> Contents:
    """Read the entries of a contents page.

    Examples
    --------
    >>> from procman.reading.text import lines_of
    >>> page = "Quick Links:\\n  1. All Children\\n\\n1. All Children\\n\\n1.1\\n\\nValues\\n\\n1.1.1 Consultation New\\n"
    >>> for entry in read_contents(lines_of(page, html=False)).entries:
    ...     print(entry.kind, entry.number, entry.title, entry.status or "-")
    section 1 All Children -
    subsection 1.1 Values -
    chapter 1.1.1 Consultation New
    """
    # Some pages mark their list of chapters as navigation.
    contents = _read(lines)
    return contents if contents.entries else _read([replace(line, ignored=False) for line in lines])


def _read(lines: Sequence[Line]) -> Contents:
    lines, below = with_fields_read(with_folds_read(with_captions_read(with_buttons_linked(lines))))
    lines, legend = with_marks_read(lines)
    roles = ["" if line.text else "blank" for line in lines]
    for i in legend:
        roles[i] = "note"
    for i in below:
        roles[i] = "continuation"
    links = _set_aside(lines, roles)
    quick_links = links.entries(lines)
    _drop_ordinals(lines)
    _drop_inner_ordinals(lines)
    open_lines = [(i, line) for i, line in enumerate(lines) if not roles[i]]
    found = dict(numbers_of(open_lines))
    parts = parts_of(open_lines)
    if min(parts, default=0) >= min(found, default=len(lines)):
        parts = {}  # behind "1. Core" no part begins: "Part 1 Guidance" is a chapter there
    parts |= lettered_parts_of(open_lines)
    numbers = settle(sorted({**found, **dict.fromkeys(parts)}.items()))
    rows = Rows(lines, roles, numbers, parts).gather()
    covering = _covering_parts(rows)
    rows = [row for row in rows if row not in covering]
    linked = [title for _, _, title in quick_links]
    page = Evidence(rows, lines, linked, links.start)
    choices = _choose(page)
    contents = Contents([], roles, quick_links, page=page, choices=choices)
    _tidy_lists(rows, choices)
    kept, kinds = [], []
    for row, choice in zip(rows, choices, strict=True):
        for i in row.lines:
            roles[i] = _ROLES.get(choice.label, "continuation")
        if kind := _KINDS.get(choice.label):
            kept.append(row)
            kinds.append(kind)
            roles[row.lines[0]] = "entry"
    contents.entries = entries_of(kept, kinds, linked)
    start = next((row.lines[0] for row in kept), len(lines))
    end = next((row.lines[-1] for row in reversed(kept)), len(lines))
    covered = ""
    for row in covering:
        covered = f"{row.number}: {row.title}"
        for i in row.lines:
            roles[i] = "title"
    contents.title, contents.council, contents.edition = names_above(lines, roles, start, covered)
    contents.council = contents.council or council_below(lines, end + 1)
    contents.edition = contents.edition or edition_below(lines[start:], roles[start:])
    return contents


#: The kind for each label of the best reading, and the roles of lines that are not entries.
_KINDS = {
    SECTION: SECTION,
    SUBSECTION: SUBSECTION,
    CHAPTER: CHAPTER,
    clues.HEADING: clues.HEADING,
    clues.SEE_ALSO: SEE_ALSO,
    clues.LISTED: SEE_ALSO,
}
_ROLES = {
    clues.PREAMBLE: "note",
    clues.LEAD: "note",
    clues.NOTE: "note",
    clues.FOOT_LINE: "furniture",
    clues.TITLE: "title",
}


def _choose(page: Evidence) -> list[Choice]:
    """The best reading of the page's rows: first the rows with a number, then the others."""
    kinds = []
    for k, row in enumerate(page.rows):
        if not row.number:
            kinds.append("")
        elif not clues.heads(page, k):
            kinds.append(CHAPTER)
        elif row.part_of_section:
            kinds.append(SUBSECTION if page.parted or page.single_heads else SECTION)
        else:
            kinds.append(SECTION if row.part or (len(row.levels) == 1 and not page.parted) else SUBSECTION)
    page.settle(kinds)
    own = [{kind: 0} if kind else clues.points(page, k) for k, kind in enumerate(kinds)]
    choices = _best(page, own)
    for _ in range(_MOST_LOOKS):
        labels = [choice.label for choice in choices]
        if not page.look_again(labels):
            break
        choices = _best(page, [clues.points_again(page, k, found) for k, found in enumerate(own)])
        if [choice.label for choice in choices] == labels:
            break
    return choices


#: How often a page is looked at again with what the look before showed of all its headings and rows.
_MOST_LOOKS = 3


def _best(page: Evidence, own: Sequence[Mapping[str, int]]) -> list[Choice]:
    return best_path(own, lambda k, before, label: clues.step_points(page, k, before, label), clues.KINDS)


def _tidy_lists(rows: Sequence[Row], choices: Sequence[Choice]) -> None:
    """Remove punctuation from the end of items in a list of cross references: "Taking Part Tool;", "My Mind."."""
    for row, choice in zip(rows, choices, strict=True):
        if choice.label == clues.LISTED:
            row.fill(p.LIST_END.sub("", row.title), row.line)
            row.take_host()


def _set_aside(lines: list[Line], roles: list[str]) -> QuickLinks:
    """Give furniture, Quick Links and boxes of news their roles."""
    addresses = postal_addresses(lines)
    for i, line in enumerate(lines):
        if line.ignored or line.tag == "caption" or i in addresses or is_furniture(line):
            roles[i] = "furniture"
    for i in [*menu(lines), *letters(lines), *buttons(lines), *properties(lines)]:
        roles[i] = "furniture"
    for i in pages_of_guide(lines):
        roles[i] = "quick link"
    links = QuickLinks.of(lines, roles)
    for i, role in links.roles.items():
        roles[i] = role
    for i in [*news(lines, roles), *boxes(lines)]:
        roles[i] = "furniture"
    return links


def _drop_ordinals(lines: list[Line]) -> None:
    """If a list was copied with its ordinals ("  1. 1.1.1Title"), then "  2. Title" is a row without a number."""
    if not any(line.marker[-1:] == "." or p.AFTER_NUMBER.match(line.text) for line in lines):
        return
    for i, line in enumerate(lines):
        if line.row and (match := p.INNER_ORDINAL.match(line.text)):
            lines[i] = replace(line, text=line.text[match.end() :], number="")


def _drop_inner_ordinals(lines: list[Line]) -> None:
    """If "    1. Form" under "1.1 Core" is indented more than all numbers with dots, its ordinal is not one of the page's numbers."""
    dotted = [line.indent for line in lines if p.DOTTED.match(line.text)]
    deepest = max(dotted, default=0)
    for i, line in enumerate(lines) if dotted else ():
        if line.indent > deepest + 1 and (match := p.INNER_ORDINAL.match(line.text)):
            lines[i] = replace(line, text=line.text[match.end() :])


def _covering_parts(rows: Sequence[Row]) -> list[Row]:
    """Find the page's own title: "Part B: Guides" directly above "PART B1: General Guides"."""
    for row, following in itertools.pairwise(rows):
        if row.part and following.number.lower().startswith(row.number.lower()):
            return [row]
    return []
