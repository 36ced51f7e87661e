"""A person's corrections, put in force on what was read: the entries' fields, kinds and places, and the roles of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from procman.reading.contents import CHAPTER, SECTION, SEE_ALSO, SUBSECTION, Contents, Entry
from procman.reading.line import Line
from procman.reading.notices import Notice
from procman.reading.numbers import number_of

#: What may be said of the entry at a line, besides its fields.
NOT_AN_ENTRY, JOIN = "not an entry", "join"
#: The fields of an entry that may be corrected.
ENTRY_FIELDS = ("kind", "number", "title", "status", "date", "note", "publisher")
#: What may be said of the whole page; such a correction has no line.
PAGE_FIELDS = ("council", "edition")
FIELDS = (*ENTRY_FIELDS, NOT_AN_ENTRY, JOIN, *PAGE_FIELDS)
#: Characters of a line's words that are kept, to tell whether it is still the same line.
LONGEST = 2_000


class Correction(NamedTuple):
    """What a person says of one line of a page, or, with line 0, of the page."""

    date: str
    line: int
    words: str
    field: str
    value: str


def words_of(text: str) -> str:
    """The words by which a correction knows its line again.

    >>> words_of("1.1  Consent ")
    '1.1 Consent'
    """
    return " ".join(text.split())[:LONGEST].strip()


def correct(
    lines: Sequence[Line], contents: Contents, corrections: Sequence[Correction]
) -> tuple[Contents, list[bool], list[Notice]]:
    """Put corrections in force, one after the other.

    A correction belongs to the line of its number, if the words there are still the same; else to the one line that has these words
    now; else it is not applied, and a notice says why. An entry made by hand has the line's words for a title. Places (section,
    depth, parent) follow from the kinds. A line that was part of another entry may become one; its words stay in the other's title
    until that is corrected as well.

    Returns
    -------
    The corrected contents, whether each correction was applied, and a notice of each that was not.

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
    """A page while it is corrected; entries go by the index of their first line."""

    def __init__(self, lines: Sequence[Line], contents: Contents) -> None:
        self.lines, self.roles = lines, list(contents.roles)
        starts = [i for i, role in enumerate(contents.roles) if role == "entry"]
        self.read = dict(zip(starts, contents.entries, strict=True))
        #: The entry above each as it was read, and as it is after lines were joined.
        self.read_above = {i: starts[entry.parent - 1] for i, entry in self.read.items() if entry.parent}
        self.above: dict[int, int | None] = {**self.read_above}
        self.entries = {i: replace(entry) for i, entry in self.read.items()}
        self.gone: dict[int, Entry] = {}
        self.places: dict[str, list[int]] = {}  # the lines that have these words
        for i, line in enumerate(lines):
            if line.text:
                self.places.setdefault(words_of(line.text), []).append(i)

    def take(self, correction: Correction) -> str:
        """Put one correction in force; return why it could not be, or nothing."""
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
            return "there is no entry at this line: say first of what kind it is"
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
        """The entry whose field it is: a line's own, or the one above that the line is part of."""
        part = self.roles[i] == "continuation" and field in ENTRY_FIELDS
        return max((k for k in self.entries if k < i), default=i) if part else i

    def _join(self, i: int) -> str:
        """Make the line the rest of the entry above, which takes over what only the line had."""
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
        """Take an entry out; the lines that were part of it are what its first line is now."""
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
            if entry.kind == SECTION:  # a heading stands in itself
                entry.section = entry.title
            if entry.kind == SUBSECTION:
                entry.subsection = entry.title
        return [self.entries[i] for i in order]

    def _parent(self, i: int, before: int | None, now: int | None) -> int | None:
        """As it was read, unless the heading above is another one now."""
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
    """The heading above each entry, by the kinds alone."""
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
