"""Lines become Entries of a contents page: one grammar for every layout, every line accounted for.

No layout is named here. A line's number, indent, bullet, heading mark and neighbours tell what it is:

1. *furniture first*: what stands before the body, the Quick Links, captions, prose;
2. *numbers by sequence*: "1.3.48 Golden Rules" after 1.3.3 is chapter 1.3.4, "8 Golden Rules";
3. *rows*: a number on one line and its title on the next, flags and publishers on lines of their own, are one row;
4. *kinds by structure*: a heading is what has rows under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from procman import patterns as p
from procman.details import flag_of, is_publisher, iso_date, take_apart
from procman.lines import Line

SECTION, SUBSECTION, CHAPTER, SEE_ALSO = "section", "subsection", "chapter", "see_also"


@dataclass(slots=True)
class Entry:
    """One entry of the contents page; text fields are empty where the page prints nothing."""

    line: int
    kind: str = CHAPTER
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
    levels: tuple[int, ...] = ()
    heading: int = 0
    indent: int = 0
    marker: str = ""
    row: bool = False
    strong: bool = False
    alone: bool = False  # the number stood on a line of its own
    complete: bool = False  # no title can follow on another line
    colon: bool = False
    blanks_before: int = 0
    blanks_after: int = 0


@dataclass(slots=True)
class Contents:
    """What a contents page says: entries in page order, the role of each line, and what the page calls itself."""

    entries: list[Entry]
    roles: list[str]
    quick_links: list[tuple[int, str, str]] = field(default_factory=list)  # line, number, title
    title: str = ""
    council: str = ""
    edition: str = ""


def read_contents(lines: Sequence[Line]) -> Contents:
    """Read the entries of a contents page.

    Examples
    --------
    >>> from procman.lines import lines_of
    >>> page = "Quick Links:\\n  1. All Children\\n\\n1. All Children\\n\\n1.1\\n\\nValues\\n\\n1.1.1 Consultation New\\n"
    >>> for entry in read_contents(lines_of(page, html=False)).entries:
    ...     print(entry.kind, entry.number, entry.title, entry.status)
    section 1 All Children 
    subsection 1.1 Values 
    chapter 1.1.1 Consultation New
    """
    page = _Page(lines)
    page.set_aside_furniture()
    page.gather()
    page.settle_kinds()
    page.nest()
    return page.contents


# --- numbers --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Number:
    """A number as one line may print it; ``settled`` when the page itself sets it apart from the title."""

    text: str
    levels: tuple[int, ...]
    rest: str
    settled: bool = False


def _number_of(line: Line) -> _Number | None:
    """The longest number that the line may begin with, or None."""
    text = line.text
    if line.number:
        number = line.number.rstrip(".")
        rest = text[len(line.number) :].strip()
        if match := p.INNER_ORDINAL.match(rest):
            rest = rest[match.end() :]
        if len(number) > 4 and "." not in number or p.ANY_DATE.fullmatch(text):
            return None
        return _Number(number, _levels(number), rest, settled=True)
    match = p.NUMBER.match(text)
    if not match:
        return None
    number, dot, rest = match[1], match[2], text[match.end() :]
    if "." not in number:
        # "16 and 17 year olds" and "2019" are words; "1." and "1. Section" are numbers.
        if len(number) > 3 or not (dot or (line.heading and rest[:1] == " ")):
            return None
    elif p.ANY_DATE.match(text):
        return None
    elif suffix := p.SUFFIX.match(rest):
        number, rest = number + suffix[0], rest[1:]
    return _Number(number, _levels(number), rest.strip())


def _levels(number: str) -> tuple[int, ...]:
    return tuple(int(re.sub(r"\D", "", part)) for part in number.split("."))


def _follows(later: tuple[int, ...], earlier: tuple[int, ...]) -> bool:
    """Whether a number comes directly after another in reading order: its next, its first child, or a next branch."""
    if not earlier:
        return all(level <= 1 for level in later)
    if len(later) > len(earlier) and later[: len(earlier)] == earlier:
        return all(level <= 1 for level in later[len(earlier) :])
    for depth in range(min(len(later), len(earlier))):
        if later[depth] != earlier[depth]:
            return later[depth] == earlier[depth] + 1 and all(level <= 1 for level in later[depth + 1 :])
    return False


def _split_number(number: _Number, earlier: tuple[int, ...], later: tuple[int, ...]) -> _Number:
    """Give back to the title the digits that are its own: the sequence tells "1.3.4" + "8 Golden" from "1.3.48"."""
    last = number.text.rsplit(".", 1)[-1]
    if number.settled or len(last) < 2 or not last.isdigit() or not number.rest or _follows(number.levels, earlier):
        return number
    for cut in range(1, len(last)):
        text = number.text[: len(number.text) - len(last) + cut]
        levels = _levels(text)
        if _follows(levels, earlier) and (_follows(later, levels) or not _follows(later, number.levels)):
            glued = last[cut:]
            return _Number(text, levels, glued + (" " if number.rest[:1].isalnum() else "") + number.rest)
    return number


# --- the page -------------------------------------------------------------------------------------------------


class _Page:
    """The lines of one page on their way to entries; each step fills in the roles it understands."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.contents = Contents([], ["" if line.text else "blank" for line in lines])
        self.numbers: dict[int, _Number] = {}

    @property
    def entries(self) -> list[Entry]:
        return self.contents.entries

    def open_lines(self, start: int = 0) -> Iterator[tuple[int, Line]]:
        """The lines that have no role yet, with their index."""
        for i in range(start, len(self.lines)):
            if not self.contents.roles[i]:
                yield i, self.lines[i]

    # -- 1. furniture

    def set_aside_furniture(self) -> None:
        roles = self.contents.roles
        quick = None
        for i, line in self.open_lines():
            if line.ignored or line.tag == "caption" or p.CAPTION.match(line.text) or p.RULE.fullmatch(line.text):
                roles[i] = "furniture"
            elif p.QUICK_LINKS.fullmatch(line.text):
                roles[i] = "furniture"
                quick = i if quick is None else quick
        body = self.quick_links(quick + 1) if quick is not None else 0
        for i, line in self.open_lines(body):
            if number := _number_of(line):
                self.numbers[i] = number
        if quick is None:
            body = self.start_of_body()
        self.preamble(body, quick)
        self.settle_numbers()

    def quick_links(self, start: int) -> int:
        """Set aside the links that repeat the headings; return where the body begins."""
        roles, lines = self.contents.roles, self.lines
        rows = [i for i, _ in self.open_lines(start)]
        while rows and p.PROSE.match(lines[rows[0]].text):
            roles[rows.pop(0)] = "note"
        if not rows:
            return start
        length = next((n for n, i in enumerate(rows) if not lines[i].href.startswith("#")), len(rows))
        if not length:
            length = self.repeated_length(rows)
            length = next((n for n, i in enumerate(rows[:length]) if self.leaves_list(lines[rows[0]], lines[i])), length)
        for i in rows[:length]:
            roles[i] = "quick link"
            number = _number_of(lines[i])
            title = number.rest if number else lines[i].text
            self.contents.quick_links.append((lines[i].line, number.text if number else "", title.rstrip(":")))
        return rows[length] if length < len(rows) else len(lines)

    @staticmethod
    def leaves_list(first: Line, line: Line) -> bool:
        """Whether a line stands outside the list that the first line began."""
        return bool(p.SEE_ALSO.match(line.text) or (first.marker and not line.marker) or (first.indent and not line.indent))

    def repeated_length(self, rows: list[int]) -> int:
        """How many of these lines are links: they end where the first of them comes again as the body's heading."""
        lines = self.lines
        # "1." "2." "3.": numbers whose words were pictures.
        bare = next((n for n, i in enumerate(rows) if not re.fullmatch(r"\d{1,2}\.?", lines[i].text)), len(rows))
        if bare:
            return bare if bare > 1 or len(rows) == bare or lines[rows[bare]].text[:2] != "1." else 0
        first, number = lines[rows[0]], _number_of(lines[rows[0]])
        deep = False
        for n, i in enumerate(rows[1:], 1):
            line, other = lines[i], _number_of(lines[i])
            if line.indent <= first.indent and line.text.rstrip(":") == first.text.rstrip(":"):
                return n
            if number and other and not deep and len(number.levels) == 1 and other.levels == number.levels and line.indent <= first.indent:
                return n
            deep = deep or bool(other and len(other.levels) > 1)
        if first.indent and number and not first.tag:
            # An indented list before a body that stands flush.
            return next((n for n, i in enumerate(rows) if not lines[i].indent), 0)
        return 0

    def start_of_body(self) -> int:
        """Without Quick Links the body begins at the first number, or at the headings above the first row."""
        rows = [(i, line) for i, line in self.open_lines()]
        for n, (i, line) in enumerate(rows):
            number = self.numbers.get(i)
            is_row = bool(line.marker or line.indent or line.tag == "tr") and not p.FURNITURE.fullmatch(line.text)
            part = bool(p.PART.match(line.text)) and not is_row
            if number or part or is_row or p.SEE_ALSO.match(line.text):
                if (number and len(number.levels) == 1) or part:
                    return i
                while n and self.may_head(rows[n - 1][1]):
                    n -= 1
                return rows[n][0]
        # No row at all: whatever looks like a heading or title may be one.
        return next((i for i, line in rows if self.may_head(line)), len(self.lines))

    @staticmethod
    def may_head(line: Line) -> bool:
        text = line.text
        return not (p.FURNITURE.fullmatch(text) or p.PROSE.match(text) or p.MANUAL_TITLE.search(text) or p.EDITION_LINE.search(text) or _is_prose(text))

    def preamble(self, body: int, quick: int | None) -> None:
        """Read the page's title and edition above the body; a chapter may be linked there, above the Quick Links."""
        contents, headed = self.contents, False
        for i, line in self.open_lines():
            if i >= body:
                break
            text = line.text.rstrip("| ")
            if not contents.edition and (match := p.EDITION_LINE.search(text)):
                contents.roles[i], contents.edition, headed = "edition", iso_date(match[1] or match[2])[:7], True
                name = text[: match.start(2) if match[2] else 0].strip(" ,:–-(")
                if p.MANUAL_TITLE.search(name) and not p.VERSION.search(name) and not contents.title:
                    contents.title, contents.council = _title_and_council(name)
            elif p.MANUAL_TITLE.search(text) and not _is_prose(text):
                contents.roles[i], headed = "title", True
                if not p.FURNITURE.fullmatch(text) and not contents.title:
                    contents.title, contents.council = _title_and_council(text)
            elif headed and quick is not None and i < quick and self.may_head(line) and len(text.split()) > 1 and p.SECTOR_WORDS.search(text):
                self.add(i, text)
            else:
                contents.roles[i] = "furniture"

    # -- 2. numbers by sequence

    def settle_numbers(self) -> None:
        """Decide in reading order where each number ends and its title begins."""
        found = [(i, number) for i, number in self.numbers.items() if not self.contents.roles[i]]
        self.numbers = {}
        earlier: tuple[int, ...] = ()
        letters = ""
        for (i, number), (_, later) in pairwise([*found, (-1, _Number("", (), ""))]):
            number = _split_number(number, earlier, later.levels)
            rest = number.rest
            if rest[:2].strip() and rest[0].isupper() and rest[0] in "ABCDE" and rest[1:2] == " " and number.levels == earlier:
                # "1.2.1A Title" goes on from "1.2.1"; "1.3A Child's Daily Life" does not.
                expected = chr(ord(letters) + 1) if letters else "A"
                if rest[0] == expected:
                    number = _Number(number.text + rest[0], number.levels, rest[1:].strip())
                    letters = expected
            else:
                letters = ""
            self.numbers[i] = number
            earlier = number.levels

    # -- 3. rows

    def gather(self) -> None:
        """Join the lines of each row, and take flags, dates, notes and publishers off its end."""
        roles, blanks, pending_see = self.contents.roles, 0, False
        last: Entry | None = self.entries[-1] if self.entries else None
        for i, line in enumerate(self.lines):
            if roles[i]:
                blanks += roles[i] == "blank"
                continue
            text, number = line.text, self.numbers.get(i)
            gap, blanks = blanks, 0
            if last and not last.blanks_after:
                last.blanks_after = gap
            row = bool(line.marker or line.indent or line.tag in ("tr", "li"))
            if number is None and not row and not line.heading and p.FURNITURE.fullmatch(text):
                roles[i] = "furniture"
                continue
            if number is None and last and self.continues(i, line, last, gap, row):
                continue
            if p.PROSE.match(text) and number is None:
                roles[i] = "note"
            elif number:
                last = self.add(i, number.rest, number, gap)
                pending_see = False
            elif match := p.SEE_ALSO.match(text):
                rest = text[match.end() :].strip()
                pending_see = not rest
                if rest:
                    last = self.add(i, rest, kind=SEE_ALSO, blanks=gap)
                else:
                    roles[i] = "furniture"
            elif p.SEE_OTHER.fullmatch(text):
                last = self.add(i, text, kind=SEE_ALSO, blanks=gap)
            elif last and last.kind == SEE_ALSO and (match := p.AND.match(text)):
                last = self.add(i, text[match.end() :], kind=SEE_ALSO, blanks=gap)
            elif (match := p.PART.match(text)) and not row:
                last = self.add(i, text[match.end() :], _Number(match[1], (), ""), gap)
            elif not row and not line.heading and _is_prose(text):
                roles[i] = "note"
            else:
                last = self.add(i, text, kind=SEE_ALSO if pending_see else "", blanks=gap)
                if pending_see and not row:
                    pending_see = False

    def continues(self, i: int, line: Line, last: Entry, gap: int, row: bool) -> bool:
        """Whether the line belongs to the entry above it: its title, flag, date, note or publisher."""
        text = line.text
        if not last.title and not last.complete and not line.heading and not p.SEE_ALSO.match(text) and not p.WHOLE_BRACKET.fullmatch(text) and not flag_of(text):
            self.fill(last, text, line)
            last.alone = True
            last.heading = last.heading or line.heading
        elif flag := flag_of(text):
            if last.status:
                return False
            last.status = flag[0]
            last.date = last.date or flag[1]
        elif not last.date and p.ANY_DATE.fullmatch(text):
            last.date = iso_date(text)
        elif not (last.note and last.publisher) and (match := p.WHOLE_BRACKET.fullmatch(text)):
            self.put_note(last, match[1])
        elif not last.note and not line.marker and (details := take_apart(f"x {text.lstrip('-– ')}")).title == "x" and details.note:
            last.note, last.status = details.note, last.status or details.status
        elif not gap and not row and not line.heading and text[0].islower() and last.title and not (last.kind == SEE_ALSO and p.AND.match(text)):
            self.fill(last, f"{last.title} {text}", line)
        else:
            return False
        self.contents.roles[i] = "continuation"
        return True

    @staticmethod
    def put_note(entry: Entry, words: str) -> None:
        if not entry.publisher and not p.NOTE_WORDS.match(words) and is_publisher(words, entry.title):
            entry.publisher = words
        elif not entry.note:
            entry.note = words
        else:
            entry.note += f"; {words}"

    def add(self, i: int, text: str, number: _Number | None = None, blanks: int = 0, kind: str = "") -> Entry:
        line = self.lines[i]
        entry = Entry(
            line.line,
            kind,
            number.text if number else "",
            levels=number.levels if number else (),
            heading=line.heading,
            indent=line.indent,
            marker=line.marker,
            row=bool(line.marker or line.indent or line.tag in ("tr", "li")) and not line.heading,
            strong=line.strong,
            complete=len(line.cells) > 2 or line.tag == "li",
            blanks_before=blanks,
        )
        self.fill(entry, text, line)
        self.entries.append(entry)
        self.contents.roles[i] = "entry"
        return entry

    @staticmethod
    def fill(entry: Entry, text: str, line: Line) -> None:
        details = take_apart(text, line.after)
        entry.title = details.title
        entry.status = entry.status or details.status
        entry.date = entry.date or details.date
        entry.note = entry.note or details.note
        entry.publisher = entry.publisher or details.publisher
        entry.href = entry.href or line.href
        entry.colon = details.title.endswith(":")

    # -- 4. kinds by structure

    def settle_kinds(self) -> None:
        """Tell sections, subsections and chapters apart by what stands under each."""
        entries = self.entries
        if not entries:
            return
        numbered = [(k, entry) for k, entry in enumerate(entries) if entry.levels]
        parts = [k for k, entry in enumerate(entries) if entry.number and not entry.levels]
        for k, entry in enumerate(entries):
            entry.blanks_after = entry.blanks_after if k + 1 < len(entries) else 0
        for k in parts:
            entries[k].kind = SECTION
        deeper = _has_children(numbered)
        singles = [(k, entry) for k, entry in numbered if len(entry.levels) == 1]
        multi = len(singles) < len(numbered)
        bulleted = sum(bool(entry.marker) for _, entry in numbered) * 2 > len(numbered)
        sections = {k for k, _ in singles} if self.are_sections(singles, multi, bool(parts)) else set()
        for n, (k, entry) in enumerate(numbered):
            if len(entry.levels) == 1:
                if parts or k not in sections:
                    entry.kind = SUBSECTION if k in deeper and parts else SECTION if k in deeper else CHAPTER
                else:
                    entry.kind = SECTION
            elif len(entry.levels) == 2 and self.is_subsection(k, entry, numbered, n, k in deeper, bulleted):
                entry.kind = SUBSECTION
            else:
                entry.kind = CHAPTER
        self.settle_unnumbered(bulleted)
        self.drop_covering_part(parts)

    def are_sections(self, singles: list[tuple[int, Entry]], multi: bool, parts: bool) -> bool:
        """Single numbers head sections unless they are a plain run of rows: "1. T", "2. T", "3. T"."""
        if parts or not singles:
            return False
        if multi:
            return True
        starts = [k for k, _ in singles]
        ends = [*starts[1:], len(self.entries)]
        headed = sum(end - start > 1 for start, end in zip(starts, ends, strict=True))
        return headed * 2 >= len(singles) or all(entry.heading for _, entry in singles)

    def is_subsection(self, k: int, entry: Entry, numbered: list[tuple[int, Entry]], n: int, deeper: bool, bulleted: bool) -> bool:
        if deeper:
            return True
        following = self.entries[k + 1] if k + 1 < len(self.entries) else None
        if entry.heading:
            return following is None or not following.heading or len(following.levels) != 2
        if bulleted and not entry.marker and not entry.row:
            return True
        if not entry.alone:
            return False
        # "1.4" on a line of its own heads unnumbered rows, or a list that the page leaves empty.
        deep_page = any(len(other.levels) > 2 for _, other in numbered)
        return deep_page or (following is not None and not following.levels and following.row)

    def settle_unnumbered(self, bulleted: bool) -> None:
        entries = self.entries
        numbered = any(entry.levels and entry.kind == CHAPTER for entry in entries)
        has_sections = any(entry.kind == SECTION for entry in entries)
        linked = sum(bool(entry.href) for entry in entries) * 2 > len(entries)
        rows = sum(entry.row for entry in entries)
        heads: list[Entry] = []
        previous: Entry | None = None
        for k, entry in enumerate(entries):
            if not entry.kind:
                if self.is_heading(k, entry, previous, numbered, has_sections, bulleted, linked, rows):
                    heads.append(entry)
                    entry.kind = "heading"
                elif entry.row and numbered and previous and previous.kind == SEE_ALSO and not entry.blanks_before and not entry.marker:
                    entry.kind = SEE_ALSO
                else:
                    entry.kind = CHAPTER
            previous = entry
        top = min((entry.heading for entry in heads if entry.heading), default=0)
        subsections = any(entry.kind == SUBSECTION for entry in entries)
        seen_section = False
        for entry in entries:
            seen_section = seen_section or entry.kind == SECTION
            if entry.kind == "heading":
                under = seen_section if has_sections else entry.heading > top and not subsections
                entry.kind = SUBSECTION if under else SECTION
        for entry in entries:
            if entry.kind in (SECTION, SUBSECTION) and entry.colon:
                entry.title = entry.title.rstrip(": ")

    def is_heading(
        self, k: int, entry: Entry, previous: Entry | None, numbered: bool, has_sections: bool, bulleted: bool, linked: bool, rows: int
    ) -> bool:
        """Whether an unnumbered entry heads the rows that follow it."""
        entries = self.entries
        following = entries[k + 1] if k + 1 < len(entries) else None
        if entry.heading:
            return True
        if entry.status or entry.date:
            return False
        if entry.row:
            return entry.strong and linked and not entry.href
        if following is None:
            return False
        if bulleted or (entry.colon and (following.row or following.levels)):
            return True
        if not numbered:
            if has_sections:
                return bool(entry.blanks_before and entry.blanks_after and following.row and rows * 2 > len(entries))
            return following.row or bool(entry.blanks_before and entry.blanks_after and not following.blanks_after)
        # The next entry that stands at least as high as this one decides.
        j = next((j for j in range(k + 1, len(entries)) if entries[j].kind not in ("", SEE_ALSO) or not (entries[j].row or entries[j].kind)), None)
        if j is None:
            return following.row
        nxt = entries[j]
        if not nxt.levels and nxt.kind == "":
            # Two flush lines in a row: the first is a chapter between two lists, unless rows stand between them.
            return j > k + 1 or not has_sections and (previous is None or entry.blanks_before > entry.blanks_after)
        if nxt.kind in (SECTION, SUBSECTION):
            return (j > k + 1 or not has_sections) and not (nxt.kind == SUBSECTION and has_sections and j == k + 1)
        before = next((entries[b] for b in range(k - 1, -1, -1) if entries[b].levels), None)
        if before is None:
            return True
        group = nxt.levels[:-1]
        same_list = before.levels[:-1] == group if before.kind == CHAPTER else before.levels == group
        if same_list and entry.blanks_before > 1 and entry.blanks_before > entry.blanks_after and before.kind == CHAPTER:
            return True
        return not same_list

    def drop_covering_part(self, parts: list[int]) -> None:
        """ "Part B: Guides" right above "PART B1: General Guides" is the page's own title."""
        for k in parts:
            following = self.entries[k + 1] if k + 1 < len(self.entries) else None
            if following and k + 1 in parts and following.number.lower().startswith(self.entries[k].number.lower()):
                gone = self.entries[k]
                index = next(i for i, line in enumerate(self.lines) if line.line == gone.line and self.contents.roles[i] == "entry")
                self.contents.roles[index] = "title"
                self.contents.title = self.contents.title or f"{gone.number}: {gone.title}"
                del self.entries[k]
                return

    # -- 5. place

    def nest(self) -> None:
        """Give each entry its section, subsection, depth and parent."""
        section = subsection = 0
        chapters: list[tuple[int, Entry]] = []
        for position, entry in enumerate(self.entries, 1):
            if entry.kind == SECTION:
                section, subsection, chapters = position, 0, []
                parent = 0
            elif entry.kind == SUBSECTION:
                subsection, parent, chapters = position, section, []
            else:
                parent = subsection or section
                if entry.kind == CHAPTER:
                    parent = self.enclosing(entry, chapters) or parent
                    chapters.append((position, entry))
            above = self.entries[parent - 1] if parent else None
            entry.parent, entry.depth = parent, above.depth + 1 if above else 1
            entry.section = self.entries[section - 1].title if section else ""
            entry.subsection = self.entries[subsection - 1].title if subsection else ""

    @staticmethod
    def enclosing(entry: Entry, chapters: list[tuple[int, Entry]]) -> int:
        """The chapter that a chapter stands in: by its number (1.2.3.1 in 1.2.3), else by a deeper indent."""
        if entry.levels:
            for position, other in reversed(chapters):
                if other.levels and len(entry.levels) > len(other.levels) and entry.levels[: len(other.levels)] == other.levels:
                    return position
            return 0
        for position, other in reversed(chapters):
            if not other.levels and other.indent and other.indent < entry.indent:
                return position
            if other.levels or other.indent < entry.indent:
                return 0
        return 0


def _has_children(numbered: list[tuple[int, Entry]]) -> set[int]:
    """Indexes of entries whose next numbered entry is numbered under them."""
    return {k for (k, entry), (_, nxt) in pairwise(numbered) if len(nxt.levels) > len(entry.levels) and nxt.levels[: len(entry.levels)] == entry.levels}


def _is_prose(text: str) -> bool:
    return text[-1] in ".!" and len(text.split()) > 6 or len(text) > 400


def _title_and_council(text: str) -> tuple[str, str]:
    """ "OxfordshireChildren's Services Procedures Manual" names its council, glued or not."""
    text = re.sub(r"\s*[:|–-]?\s*(?:full )?contents(?: list)?\s*[:|]?$", "", text, flags=re.I).strip()
    for match in p.MANUAL_SUBJECT.finditer(text):
        council = text[: match.start()].strip(" -–:")
        if council and (text[match.start() - 1] in " -–:" or text[match.start() - 1].islower()):
            return text[len(council) :].strip(" -–:") if council[-1:].isalnum() else text, council
        break
    return text, ""
