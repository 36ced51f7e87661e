"""Entries, and what makes one a section, subsection or chapter: a heading is what has rows under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from procman.reading.numbers import Levels

SECTION, SUBSECTION, CHAPTER, SEE_ALSO = "section", "subsection", "chapter", "see_also"
_HEADING = "heading"  # for a while: a section or subsection without a number


@dataclass(slots=True)
class Entry:
    """One entry of the contents page; text fields are empty where the page prints nothing."""

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
    parent: int = 0  # position of the entry it stands in; 0 for none
    # What the page shows of its place; read once to settle the kind.
    levels: Levels = ()
    heading: int = 0
    indent: int = 0
    marker: str = ""
    row: bool = False
    tabular: bool = False
    strong: bool = False
    alone: bool = False  # the number stood on a line of its own
    complete: bool = False  # no title can follow on another line
    blanks_before: int = 0
    blanks_after: int = 0

    @property
    def part(self) -> bool:
        """Numbered by a word: "PART B1"."""
        return bool(self.number) and not self.levels

    @property
    def told(self) -> bool:
        """Something is printed beside the title, as only beside a chapter's."""
        return bool(self.status or self.date or self.note or self.publisher)


def settle(entries: Sequence[Entry], links: Sequence[str] = ()) -> None:
    """Give every entry its kind, then its section, subsection, depth and parent; ``links`` are the Quick Links' titles."""
    _settle_numbered(entries)
    _settle_unnumbered(entries, links)
    for entry in entries:
        if entry.kind in (SECTION, SUBSECTION):
            entry.title = entry.title.rstrip(": ")
    _nest(entries)


# --- numbered -------------------------------------------------------------------------------------------------


def _settle_numbered(entries: Sequence[Entry]) -> None:
    numbered = [(k, entry) for k, entry in enumerate(entries) if entry.levels]
    _lift_zeros([entry for _, entry in numbered])
    parted = any(entry.part for entry in entries)
    deeper = {
        k
        for (k, entry), (_, after) in pairwise(numbered)
        if len(after.levels) > len(entry.levels) and after.levels[: len(entry.levels)] == entry.levels
    }
    singles = [k for k, entry in numbered if len(entry.levels) == 1]
    heads = not parted and _are_sections(entries, singles, len(numbered))
    subsections = _Subsections(entries, [entry for _, entry in numbered], deeper)
    for entry in entries:
        if entry.part:
            entry.kind = SECTION
    for k, entry in numbered:
        if len(entry.levels) == 1:
            under = SUBSECTION if parted else SECTION
            entry.kind = SECTION if heads else under if k in deeper else CHAPTER
        else:
            entry.kind = SUBSECTION if subsections.has(k) else CHAPTER


def _lift_zeros(numbered: Sequence[Entry]) -> None:
    """ "1.0 Core" heads 1.1 (or 1.01) and what follows where nothing else does."""
    if len(numbered) < 3 or any(len(entry.levels) == 1 for entry in numbered):
        return
    zeros = [entry for entry in numbered if entry.levels[1:] == (0,)]
    if len(zeros) == len({entry.levels[0] for entry in numbered}):
        for entry in zeros:
            entry.levels = entry.levels[:1]


def _are_sections(entries: Sequence[Entry], singles: Sequence[int], numbered: int) -> bool:
    """Single numbers head sections unless they are a plain run of rows: "1. T", "2. T", "3. T"."""
    if len(singles) < numbered:
        return True
    headed = sum(end - start > 1 for start, end in pairwise([*singles, len(entries)]))
    return headed * 2 >= len(singles) or all(entries[k].heading for k in singles)


class _Subsections:
    """Which of the numbers of two levels head a list."""

    def __init__(self, entries: Sequence[Entry], numbered: Sequence[Entry], deeper: set[int]) -> None:
        self.entries, self.deeper = entries, deeper
        deep = [entry for entry in numbered if len(entry.levels) > 2]
        self.deep = bool(deep)
        #: Each number on a line of its own heads its list only where the chapters' numbers are not so too.
        self.alone_tells = sum(entry.alone for entry in deep) * 2 <= len(deep)
        rows = deep or numbered
        self.bulleted = sum(bool(entry.marker) for entry in rows) * 2 > len(rows)
        self.linked = bool(deep) and all(entry.href for entry in deep)
        below = [entry for entry in entries if len(entry.levels) != 1 and not (entry.part or entry.kind == SEE_ALSO)]
        self.marked = sum(bool(entry.heading) for entry in below) * 2 <= len(below)
        self.heading_sections = self._sections_of_headings()

    def _sections_of_headings(self) -> set[int]:
        """The sections in which most numbers of two levels have numbers under them: the others head empty lists."""
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for k, entry in enumerate(self.entries):
            if len(entry.levels) == 2:
                counts[entry.levels[0]][k in self.deeper] += 1
        return {section for section, (flat, heading) in counts.items() if heading > max(flat, 1)}

    def has(self, k: int) -> bool:
        entry = self.entries[k]
        if len(entry.levels) != 2:
            return False
        if k in self.deeper:
            return True
        following = self.entries[k + 1] if k + 1 < len(self.entries) else None
        if entry.heading:
            return self.marked or following is None or not following.heading or len(following.levels) != 2
        if entry.told:
            return False
        if (self.bulleted and not entry.row) or (self.linked and entry.strong):
            return True
        if entry.levels[0] in self.heading_sections:
            return True
        if not entry.alone or entry.tabular or not self.alone_tells:
            return False
        # "1.4" on a line of its own heads unnumbered rows, or a list that the page leaves empty.
        return self.deep or (following is not None and not following.levels and following.row)


# --- unnumbered -----------------------------------------------------------------------------------------------


def _settle_unnumbered(entries: Sequence[Entry], links: Sequence[str]) -> None:
    headings = _Headings(entries)
    found = []
    previous: Entry | None = None
    before: Entry | None = None  # the last numbered one
    for k, entry in enumerate(entries):
        if not entry.kind:
            if headings.has(k, previous, before):
                found.append(entry)
                entry.kind = _HEADING
            elif (
                headings.numbered
                and entry.row
                and previous
                and previous.kind == SEE_ALSO
                and not (entry.blanks_before or entry.marker)
            ):
                entry.kind = SEE_ALSO
            else:
                entry.kind = CHAPTER
        previous = entry
        before = entry if entry.levels else before
    top = min((entry.heading for entry in found if entry.heading), default=0)
    flush = min((entry.indent for entry in found), default=0)
    subsections = any(entry.kind == SUBSECTION for entry in entries)
    sections = [entry for entry in entries if entry.kind == SECTION]
    level = sections[0].heading if sections else 0
    linked = {entry.title.rstrip(": ") for entry in found} & set(links)
    if len(links) != len(sections) + len(linked):
        linked = set()  # links to subsections as well tell nothing
    seen_section = False
    for k, entry in enumerate(entries):
        seen_section = seen_section or entry.kind == SECTION
        if entry.kind == _HEADING and (entry.title.rstrip(": ") in linked or 0 < entry.heading <= level):
            entry.kind = SECTION
        elif entry.kind == _HEADING:
            deeper = entry.heading > top or (not top and entry.row and entry.indent > flush)
            under = (seen_section and not headings.closes(k)) if headings.sections else deeper and not subsections
            entry.kind = SUBSECTION if under else SECTION


class _Headings:
    """Which of the entries without a number head the rows that follow them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        numbered = [entry for entry in entries if entry.levels]
        self.numbered = any(entry.kind == CHAPTER for entry in numbered)
        self.sections = any(entry.kind == SECTION for entry in entries)
        self.bulleted = sum(bool(entry.marker) for entry in numbered) * 2 > len(numbered)
        self.linked = sum(bool(entry.href) for entry in entries) * 2 > len(entries)
        self.only_links = self.linked and not (self.numbered or any(entry.heading for entry in entries))
        self.only_rows = all(entry.row for entry in entries)
        self.mostly_rows = sum(entry.row for entry in entries) * 2 > len(entries)
        self.last_number = max((k for k, entry in enumerate(entries) if entry.levels), default=-1)
        self.next_high = self._next_high()
        self.rows_head = self._rows_head()

    def _next_high(self) -> list[int]:
        """For each entry, the next one that stands at least as high as a flush line without a number."""
        found, ahead = [0] * len(self.entries), len(self.entries)
        for k in range(len(self.entries) - 1, -1, -1):
            found[k] = ahead
            entry = self.entries[k]
            if entry.kind not in ("", SEE_ALSO) or not (entry.row or entry.kind):
                ahead = k
        return found

    def _rows_head(self) -> bool:
        """Whether the lists of a table begin with a row without a number, and have no other headings."""
        begins = [before for before, entry in pairwise(self.entries) if _begins_list(entry)]
        unnumbered = [entry for entry in self.entries if not entry.kind]
        return (
            sum(not entry.kind for entry in begins) * 2 > len(begins)
            and all(entry.tabular and not entry.heading for entry in unnumbered)
            and not any(entry.kind == SUBSECTION for entry in self.entries)
        )

    def has(self, k: int, previous: Entry | None, before: Entry | None) -> bool:
        entry = self.entries[k]
        following = self.entries[k + 1] if k + 1 < len(self.entries) else None
        if entry.heading:
            return True
        if entry.status or entry.date:
            return False
        if self.bulleted and not entry.row:
            return True
        if following is None:
            return False
        if entry.row:
            lists_more = self.only_rows and following.indent > entry.indent
            heads = self.rows_head and _begins_list(following)
            return heads or (not entry.href and (lists_more or (entry.strong and self.linked)))
        if entry.title.endswith(":") and (following.row or following.levels):
            return True
        set_apart = bool(entry.blanks_before and entry.blanks_after)
        if self.only_links and not (entry.href or entry.told or following.row) and following.href:
            return True
        if not self.numbered:
            if self.sections:
                return set_apart and following.row and self.mostly_rows
            return following.row or (set_apart and not following.blanks_after) or self.shouts(k)
        j = self.next_high[k]
        if set_apart and self.holds_tight_list(k):
            return True
        if j == len(self.entries):
            return following.row
        high = self.entries[j]
        if not high.levels and not high.kind:
            # Two flush lines in a row: the first is a chapter between two lists, unless rows stand between them.
            return j > k + 1 or (not self.sections and (previous is None or entry.blanks_before > entry.blanks_after))
        if high.kind in (SECTION, SUBSECTION):
            return (j > k + 1 or not self.sections) and not (high.kind == SUBSECTION and self.sections and j == k + 1)
        if before is None:
            return True
        group = high.levels[:-1]
        same_list = (before.levels[:-1] if before.kind == CHAPTER else before.levels) == group
        further = entry.blanks_before > max(1, entry.blanks_after) and before.kind == CHAPTER
        return further or not same_list or (entry.blanks_before > entry.blanks_after and self.shouts(k))

    def holds_tight_list(self, k: int) -> bool:
        """Whether two lines or more without a number follow close upon each other: "Appendices"."""
        rows = self.entries[k + 1 : k + 3]
        return (
            len(rows) == 2 and not any(row.levels or row.row or row.part for row in rows) and not rows[1].blanks_before
        )

    def closes(self, k: int) -> bool:
        """Whether it heads a list behind all that is numbered: the page ends with "Appendices", "Forms"."""
        return k > self.last_number and not self.entries[k].row and self.holds_tight_list(k)

    def shouts(self, k: int) -> bool:
        """Whether it is in capitals, and what follows is not: "FAMILY SUPPORT"."""
        entry, following = self.entries[k], self.entries[k + 1]
        words = " " in entry.title or entry.blanks_before > entry.blanks_after  # "LADO" is a chapter
        return entry.title.isupper() and words and not following.title.isupper()


def _begins_list(entry: Entry) -> bool:
    return len(entry.levels) > 2 and entry.levels[-1] <= 1


# --- place ----------------------------------------------------------------------------------------------------


def _nest(entries: Sequence[Entry]) -> None:
    section = subsection = 0
    group: Levels = ()  # the numbers that the subsection holds
    numbered: dict[Levels, int] = {}
    indented: list[tuple[int, int]] = []  # (indent, position) of the chapters that a deeper one may stand in
    for position, entry in enumerate(entries, 1):
        parent = section
        if entry.kind == SECTION:
            section, subsection, group, parent = position, 0, (), 0
            numbered, indented = {}, []
        elif entry.kind == SUBSECTION:
            subsection, group = position, entry.levels
            numbered, indented = {}, []
        else:
            if entry.levels and subsection:
                group = group or entry.levels[:-1]
                begins = entry.levels[: len(group)] > group and entry.levels[-1] <= 1
                if begins or len(entry.levels) <= len(group):
                    # A new list, which the page gives no heading, or a chapter beside the lists.
                    subsection = 0
            parent = subsection or section
            if entry.kind == CHAPTER:
                parent = _enclosing(entry, numbered, indented) or parent
                if entry.levels:
                    numbered[entry.levels] = position
                else:
                    indented.append((entry.indent, position))
        above = entries[parent - 1] if parent else None
        entry.parent, entry.depth = parent, above.depth + 1 if above else 1
        entry.section = entries[section - 1].title if section else ""
        entry.subsection = entries[subsection - 1].title if subsection else ""


def _enclosing(entry: Entry, numbered: dict[Levels, int], indented: list[tuple[int, int]]) -> int:
    """The chapter that a chapter stands in: by its number (1.2.3.1 in 1.2.3), else by a deeper indent."""
    if entry.levels:
        indented.clear()
        for length in range(len(entry.levels) - 1, 0, -1):
            if found := numbered.get(entry.levels[:length]):
                return found
        return 0
    while indented and indented[-1][0] >= entry.indent:
        indented.pop()
    # Copied text may lose the first row's indent: a flush row holds the next one only where bullets show it.
    return indented[-1][1] if indented and (indented[-1][0] or entry.marker) else 0
