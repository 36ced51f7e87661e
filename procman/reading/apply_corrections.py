"""Apply a person's corrections to a reading: the entries' fields, kinds and places, and the roles of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from procman.reading.contents import CHAPTER, SECTION, SEE_ALSO, SUBSECTION, Contents, Entry
from procman.reading.line import Line
from procman.reading.notices import Notice
from procman.reading.numbers import number_of

#: Corrections of a line other than of a field.
NOT_AN_ENTRY, JOIN = "not an entry", "join"
#: The fields of an entry that can be corrected.
ENTRY_FIELDS = ("kind", "number", "title", "status", "date", "note", "publisher")
#: The fields of the page that can be corrected. Such a correction has no line.
PAGE_FIELDS = ("council", "edition")
FIELDS = (*ENTRY_FIELDS, NOT_AN_ENTRY, JOIN, *PAGE_FIELDS)
#: The number of characters kept of a line's words, to check that it is still the same line.
LONGEST = 2_000


class Correction(NamedTuple):
    """A correction of one line of a page, or with line 0, of the page."""

    date: str
    line: int
    words: str
    field: str
    value: str


def words_of(text: str) -> str:
    """The words by which a correction recognises its line.

    >>> words_of("1.1  Consent ")
    '1.1 Consent'
    """
    return " ".join(text.split())[:LONGEST].strip()


def correct(
    lines: Sequence[Line], contents: Contents, corrections: Sequence[Correction]
) -> tuple[Contents, list[bool], list[Notice]]:
    """Apply corrections, one after the other.

    A correction applies to the line with its number, if the words there are still the same, or to the only line that now has these words.
    Otherwise it is not applied, and a notice says why. An entry made by a correction has the line's words as title. Places (section,
    depth, parent) follow from the kinds. If a line that was part of another entry becomes an entry, its words stay in the other entry's
    title until you correct that too.

    Returns
    -------
    The corrected contents, whether each correction was applied, and a notice for each that was not.

    Examples
    --------
    >>> from procman.reading.contents import read_contents
    >>> from procman.reading.text import lines_of
    >>> lines = lines_of("1. All\\n1.1 Consent\\n1.2 Recods\\n", html=False)
    >>> says = [Correction("2026-01-02", 3, "1.2 Recods", "title", "Records"), Correction("2026-01-02", 2, "1.1 Visits", "title", "")]
    >>> contents, applied, notices = correct(lines, read_contents(lines), says)
    >>> [entry.title for entry in contents.entries], applied
    (['All', 'Consent', 'Records'], [True, False])
    >>> notices[0][3]
    "the words of the line have changed since its title was corrected; they were '1.1 Visits'"
    """
    if not corrections:
        return contents, [], []
    page = _Page(lines, contents)
    problems = [page.take(correction) for correction in corrections]
    notices = [
        (correction.line, "correction not applied", "", problem)
        for correction, problem in zip(corrections, problems, strict=True)
        if problem
    ]
    corrected = replace(contents, entries=page.placed(), roles=page.roles)
    return corrected, [not problem for problem in problems], notices


class _Page:
    """A page during correction. Entries are indexed by their first line."""

    def __init__(self, lines: Sequence[Line], contents: Contents) -> None:
        self.lines, self.roles = lines, list(contents.roles)
        starts = [i for i, role in enumerate(contents.roles) if role == "entry"]
        self.read = dict(zip(starts, contents.entries, strict=True))
        #: The entry above each entry, as read, and after lines are joined.
        self.read_above = {i: starts[entry.parent - 1] for i, entry in self.read.items() if entry.parent}
        self.above: dict[int, int | None] = {**self.read_above}
        self.entries = {i: replace(entry) for i, entry in self.read.items()}
        self.gone: dict[int, Entry] = {}
        self.places: dict[str, list[int]] = {}  # the lines with these words
        for i, line in enumerate(lines):
            if line.text:
                self.places.setdefault(words_of(line.text), []).append(i)

    def take(self, correction: Correction) -> str:
        """Apply one correction. Return why it could not be applied, or empty text."""
        field, value = correction.field, correction.value
        if field in PAGE_FIELDS:
            return ""
        i = self._find(correction)
        if i is None:
            what = field if field in ENTRY_FIELDS else "entry"
            return f"the words of the line have changed since its {what} was corrected; they were {_short(correction.words)!r}"
        if field == "kind":
            if i not in self.entries:
                line = self.lines[i]
                made = Entry(line.line, title=line.text, href=line.href)
                self.entries[i] = self.gone.pop(i, made)
                self.roles[i] = "entry"
                self.above[i] = self.read_above.get(i)  # it may have been joined to another
            self.entries[i].kind = value
        elif field == JOIN:
            return self._join(i)
        elif (i := self._entry_of(i, field)) not in self.entries:
            return "there is no entry at this line: first correct its kind"
        elif field == NOT_AN_ENTRY:
            self._remove(i, "note")
        else:
            setattr(self.entries[i], field, value)
            if field == "number":
                number = number_of(Line(1, f"{value} title"))
                self.entries[i].levels = number.levels if number else ()
        return ""

    def _find(self, correction: Correction) -> int | None:
        same = self.places.get(correction.words, [])
        there = [i for i in same if self.lines[i].line == correction.line]
        return there[0] if there else same[0] if len(same) == 1 else None

    def _entry_of(self, i: int, field: str) -> int:
        """The entry with the field: the line's own, or the entry above that the line is part of."""
        part = self.roles[i] == "continuation" and field in ENTRY_FIELDS
        return max((k for k in self.entries if k < i), default=i) if part else i

    def _join(self, i: int) -> str:
        """Join the line to the entry above, which also takes the fields that only the line had."""
        before = max((k for k in self.entries if k < i), default=None)
        if before is None:
            return "there is no entry above to join this line to"
        above, entry = self.entries[before], self.entries.get(i)
        words = f"{entry.number} {entry.title}" if entry else self.lines[i].text
        above.title = f"{above.title} {words.strip()}".strip()
        if entry:
            for name in ("status", "date", "note", "publisher", "href"):
                setattr(above, name, getattr(above, name) or getattr(entry, name))
            self._remove(i, "continuation")
            self.above[i] = before
        self.roles[i] = "continuation"
        return ""

    def _remove(self, i: int, role: str) -> None:
        """Remove an entry. All its lines get the new role of its first line."""
        self.gone[i], self.roles[i] = self.entries.pop(i), role
        for k in range(i + 1, len(self.roles)):
            if self.roles[k] == "continuation":
                self.roles[k] = role
            elif self.roles[k] != "blank":
                break

    def placed(self) -> list[Entry]:
        """The entries in page order, each with its section, depth and parent."""
        order = sorted(self.entries)
        position = {i: place for place, i in enumerate(order, 1)}
        before, now = _headings(self.read), _headings({i: self.entries[i] for i in order})
        for i in order:
            entry = self.entries[i]
            parent = self._parent(i, before.get(i), now[i])
            above = self.entries[parent] if parent is not None else None
            entry.parent = position[parent] if parent is not None else 0
            entry.depth = above.depth + 1 if above else 1
            entry.section, entry.subsection = (above.section, above.subsection) if above else ("", "")
            if entry.kind == SECTION:  # a heading is in its own section
                entry.section = entry.title
            if entry.kind == SUBSECTION:
                entry.subsection = entry.title
        return [self.entries[i] for i in order]

    def _parent(self, i: int, before: int | None, now: int | None) -> int | None:
        """The parent as read, unless the heading above has changed."""
        heads = (SECTION, SUBSECTION)
        if i not in self.read or (self.read[i].kind in heads) != (self.entries[i].kind in heads):
            return now
        parent = self.above.get(i)
        while parent is not None and parent not in self.entries:
            parent = self.above.get(parent)
        if before == now:
            return parent
        in_chapter = parent is not None and self.entries[parent].kind in (CHAPTER, SEE_ALSO)
        return parent if in_chapter and parent is not None and (now is None or parent > now) else now


def _headings(entries: Mapping[int, Entry]) -> dict[int, int | None]:
    """The heading above each entry, from the kinds only."""
    return dict(_with_headings(entries))


def _with_headings(entries: Mapping[int, Entry]) -> Iterator[tuple[int, int | None]]:
    section = heading = None
    for i, entry in entries.items():
        if entry.kind == SECTION:
            section = heading = i
            yield i, None
        elif entry.kind == SUBSECTION:
            heading = i
            yield i, section
        else:
            yield i, heading


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
