"""Make entries from the rows of a page, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from procman.reading.numbers import LETTER, Levels
from procman.reading.rows import Row

SECTION, SUBSECTION, CHAPTER, SEE_ALSO = "section", "subsection", "chapter", "see_also"


@dataclass(slots=True)
class Entry:
    """One entry of the contents page. Text fields are empty if the page prints nothing."""

    line: int
    kind: str = ""
    number: str = ""
    title: str = ""
    status: str = ""
    date: str = ""
    note: str = ""
    publisher: str = ""
    href: str = ""
    section: str = ""
    subsection: str = ""
    depth: int = 1
    parent: int = 0  # position of the entry it is under; 0 for none
    levels: Levels = ()  # its number, read


def entries_of(rows: Sequence[Row], kinds: Sequence[str], links: Iterable[str] = ()) -> list[Entry]:
    """The entries for rows of these kinds. A "heading" becomes a section or subsection.

    ``links`` are the titles of the page's Quick Links.
    """
    kinds = _with_levels(rows, kinds, list(links))
    entries = [
        Entry(
            row.line.line,
            kind,
            row.number or row.reference,
            row.title.rstrip(": "),
            row.status,
            row.date,
            row.note,
            row.publisher,
            row.href,
            levels=row.levels,
        )
        for row, kind in zip(rows, kinds, strict=True)
    ]
    _nest(entries, rows)
    return entries


def _with_levels(rows: Sequence[Row], kinds: Sequence[str], links: Sequence[str]) -> list[str]:
    """Make each heading without a number a section or a subsection."""
    headings = [row for row, kind in zip(rows, kinds, strict=True) if kind == "heading"]
    top = min((row.heading for row in headings if row.heading), default=0)
    flush = min((row.line.indent for row in headings), default=0)
    sections = [row for row, kind in zip(rows, kinds, strict=True) if kind == SECTION]
    level = sections[0].heading if sections else 0
    linked = {row.title.rstrip(": ") for row in headings} & set(links)
    if len(links) != len(sections) + len(linked):
        linked = set()  # links that include subsections do not help
    first = next((k for k, row in enumerate(rows) if row.levels), -1)
    last = max((k for k, row in enumerate(rows) if row.number), default=-1)
    settled = list(kinds)
    section: Row | None = None
    capitals = stacked = beside = False
    runs_on = _runs_on(rows)
    for k, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        if kind == SECTION:
            section, beside = row, kinds[k + 1 : k + 2] == [CHAPTER]
        if kind != "heading":
            continue
        if row.title.rstrip(": ") in linked or 0 < row.heading <= level:
            settled[k] = SECTION
        elif sections:
            # The section has ended after all numbered chapters, or if the last section begins with a chapter.
            ended = section is None or (k > last and (kinds[last] == CHAPTER or beside))
            # So it has where the first chapters with numbers begin behind others of the section: "Appendices".
            counts = k + 1 == first and kinds[max(k - 1, 0) : k] == [CHAPTER]
            ended = ended or _begins_letters(rows, k) or k + 1 == runs_on or counts
            settled[k] = SECTION if ended else SUBSECTION
        else:
            deeper = 0 < top < (row.heading or _LOWEST) or row.line.indent > flush
            # Two headings with nothing between: the second is under the first, and so are those like it.
            above = kinds[k + 1 : k + 2] == ["heading"] and rows[k + 1].line.indent == row.line.indent
            below = deeper or (stacked and not above) or (capitals and not row.title.isupper())
            settled[k] = SUBSECTION if below else SECTION
            capitals = capitals or (row.title.isupper() and len(row.title) > 1 and not top)
            stacked = stacked or (above and last < 0 and not (row.heading or capitals))
    return settled


#: The level of a heading that is only bold: below those marked as headings.
_LOWEST = 7


def _runs_on(rows: Sequence[Row]) -> int:
    """The index of the first single number that starts again, where the numbers ran on until then. Otherwise -1."""
    last = 0
    for k, row in enumerate(rows):
        if len(row.levels) == 1 and row.levels[0] < last:
            return k
        last = row.levels[0] if row.levels else last
    return -1


def _begins_letters(rows: Sequence[Row], k: int) -> bool:
    """Whether a row stands between numbers and the letter A, as "Annexes" does."""
    levels = [row.levels for row in rows[max(k - 1, 0) : k + 2] if row.levels]
    return len(levels) == 2 and levels[0][0] < LETTER == levels[1][0] // ord("A")


def _nest(entries: Sequence[Entry], rows: Sequence[Row]) -> None:
    foreign = _without_their_section(entries) | _behind_sections(entries, rows)
    highest = 0 if _come_back(entries, rows) else 1
    section = subsection = 0
    group: Levels = ()  # the numbers in the subsection
    numbered: dict[Levels, int] = {}
    inside: list[tuple[Row, int]] = []  # the chapters that a deeper one can be under, with their positions
    for position, (entry, row) in enumerate(zip(entries, rows, strict=True), 1):
        if entry.kind == SECTION:
            section, subsection, group, parent = position, 0, (), 0
            numbered, inside = {}, []
        elif entry.kind == SUBSECTION:
            if position in foreign:
                section = 0
            subsection, group, parent = position, entry.levels, section
            numbered, inside = {}, []
        else:
            if position in foreign or (section and _stands_beside(row, *rows[section - 1 : section + 1])):
                section = subsection = 0
            if subsection and _stands_beside(row, *rows[subsection - 1 : subsection + 1]):
                subsection = 0
            if entry.levels:
                group = group or entry.levels[:-1]
                begins = entry.levels[: len(group)] > group and entry.levels[-1] <= 1
                if begins or len(entry.levels) <= len(group):
                    # A new list without a heading, or a chapter outside the lists.
                    subsection = 0
            parent = subsection or section
            if entry.kind == CHAPTER:
                parent = _enclosing(row, numbered, inside, highest) or parent
                numbered[entry.levels] = position
                inside.append((row, position))
        above = entries[parent - 1] if parent else None
        entry.parent, entry.depth = parent, above.depth + 1 if above else 1
        entry.section = entries[section - 1].title if section else ""
        entry.subsection = entries[subsection - 1].title if subsection else ""


def _stands_beside(row: Row, heading: Row, first: Row) -> bool:
    """Whether an unnumbered row of the list stands beside a section or subsection above, not in it, because its own rows are deeper."""
    if heading.number or not (heading.set_in or row.line.page):
        return False
    places = [(each.line.indent, each.line.marker, each.set_in) for each in (row, heading)]
    return places[0] == places[1] and first.line.indent > heading.line.indent


def _without_their_section(entries: Sequence[Entry]) -> set[int]:
    """The positions of the first numbers of sections without a heading: 3.1 after all of 1."""
    found: set[int] = set()
    own = last = 0  # the section's number, and the first level of the previous chapter
    sure = False  # whether its chapters use its number
    pending: list[int] = []
    for position, entry in enumerate(entries, 1):
        if entry.kind == SECTION:
            found.update(pending)
            pending, sure = [], len(entry.levels) == 1
            own = last = entry.levels[0] if sure else _counted(entry.number)
        elif len(entry.levels) == 1:
            last = entry.levels[0]
        elif len(entry.levels) > 1:
            first = entry.levels[0]
            if first == own:
                pending, sure = [], True  # a number in the wrong place, because the section continues
            elif not sure:
                own = 0  # a part whose chapters do not use its number
            elif first > last and entry.levels[-1] <= 1:
                pending.append(position)
            last = first
    return found | set(pending)


def _behind_sections(entries: Sequence[Entry], rows: Sequence[Row]) -> set[int]:
    """The position of the first chapter without a number after all sections, where no other chapter of a section lacks one.

    It is set apart from the numbers above, as "Glossary" is at the end of a printed manual.
    """
    k = max((k for k, entry in enumerate(entries) if entry.levels), default=len(rows)) + 1
    apart = k < len(rows) and entries[k].kind == CHAPTER and rows[k].blanks_before
    return {k + 1} if apart and not rows[k - 1].blanks_before else set()


def _counted(part: str) -> int:
    """The figure in the number of a part, such as 2 in "Section 2", or 0."""
    figure = part.rpartition(" ")[2]
    return int(figure) if figure.isdecimal() else 0


def _come_back(entries: Sequence[Entry], rows: Sequence[Row]) -> bool:
    """Whether chapters without a number and without indent come after indented chapters.

    Otherwise, a chapter without indent above indented ones has lost its indent, which can happen to the first row of copied text.
    """
    pairs = pairwise(zip(entries, rows, strict=True))
    return any(a.kind == b.kind == CHAPTER and above.set_in and not row.set_in for (a, above), (b, row) in pairs)


def _enclosing(row: Row, numbered: dict[Levels, int], inside: list[tuple[Row, int]], highest: int) -> int:
    """The chapter that a chapter is under: by its number (1.2.3.1 under 1.2.3), or by its indent, below one indented at least ``highest``."""
    if row.levels:
        inside.clear()
        for length in range(len(row.levels) - 1, 0, -1):
            if found := numbered.get(row.levels[:length]):
                return found
        return 0
    while inside and not _deeper(row, inside[-1][0], highest):
        inside.pop()
    return inside[-1][1] if inside else 0


#: The extra indent, in copied text, of a chapter under another. One or two spaces are an empty cell for the number.
_DEEPER = 3


def _deeper(row: Row, above: Row, highest: int) -> bool:
    indent, other = row.line.indent, above.line.indent
    if row.line.marker and not above.line.marker:
        return indent >= other
    if row.line.marker:
        return indent > other
    if above.number:
        return indent - other >= _DEEPER
    return indent > other >= highest
