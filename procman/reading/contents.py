"""Lines become Entries of a contents page: one grammar for every layout, every line accounted for.

No layout is named here. A line's number, indent, bullet, heading mark and neighbours tell what it is:

1. *furniture first*: what stands before the body, the Quick Links, captions, prose;
2. *numbers by sequence* (`procman.reading.numbers`);
3. *rows*: a number on one line and its title on the next, flags and publishers on lines of their own, are one row;
4. *kinds by structure* (`procman.reading.outline`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from procman.reading import outline
from procman.reading import patterns as p
from procman.reading.details import Details, flag_of, is_publisher, iso_date, take_apart
from procman.reading.line import Line
from procman.reading.naming import council_of, is_trail, parts_of_trail, title_and_council
from procman.reading.numbers import Number, number_of, numbers_of, parts_of, settle
from procman.reading.outline import CHAPTER, SECTION, SEE_ALSO, SUBSECTION, Entry

__all__ = ["CHAPTER", "SECTION", "SEE_ALSO", "SUBSECTION", "Contents", "Entry", "read_contents"]


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
    >>> from procman.reading.text import lines_of
    >>> page = "Quick Links:\\n  1. All Children\\n\\n1. All Children\\n\\n1.1\\n\\nValues\\n\\n1.1.1 Consultation New\\n"
    >>> for entry in read_contents(lines_of(page, html=False)).entries:
    ...     print(entry.kind, entry.number, entry.title, entry.status or "-")
    section 1 All Children -
    subsection 1.1 Values -
    chapter 1.1.1 Consultation New
    """
    contents = _Page(lines).read()
    if not contents.entries and any(line.ignored for line in lines):
        # A page may call its very list of chapters navigation.
        contents = _Page([replace(line, ignored=False) for line in lines]).read()
    return contents


class _Page:
    """The lines of one page on their way to entries; each step fills in the roles it understands."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.contents = Contents([], ["" if line.text else "blank" for line in lines])
        self.roles, self.entries = self.contents.roles, self.contents.entries
        self.numbers: dict[int, Number] = {}
        self.parts: dict[int, tuple[str, str]] = {}

    def read(self) -> Contents:
        self.set_aside_furniture()
        self.gather()
        self.drop_covering_part()
        outline.settle(self.entries, [title for _, _, title in self.contents.quick_links])
        return self.contents

    def open_lines(self, start: int = 0) -> list[int]:
        """The indexes of the lines that have no role yet."""
        return [i for i in range(start, len(self.lines)) if not self.roles[i]]

    # -- furniture

    def set_aside_furniture(self) -> None:
        body, quick = 0, None
        for i in self.open_lines():
            line, text = self.lines[i], self.lines[i].text
            if line.ignored or line.tag == "caption" or _is_furniture(line):
                self.roles[i] = "furniture"
            elif text[0] in "QqOoIiJj" and (match := p.QUICK_LINKS.match(text)):
                self.roles[i] = "furniture"
                if match.end() < len(text):
                    self.roles[i] = "quick link"  # all of them on this one line
                elif quick is None:
                    quick, body = i, self.quick_links(i + 1)
                else:
                    self.repeated_links(i + 1)
            elif not line.row and p.NEWS.fullmatch(text):
                self.news(i)
        if quick is None:
            self.links_within_page()
        self.drop_ordinals(body)
        found = numbers_of((i, self.lines[i]) for i in self.open_lines(body))
        # Behind "1. Core" no part begins: "Part 1 Guidance" is a chapter there.
        first = next((i for i, number in found if len(number.levels) == 1 and not number.weak), len(self.lines))
        parts = parts_of((i, self.lines[i]) for i in self.open_lines(body))
        self.parts = parts if min(parts, default=first) < first else {}
        if quick is None and (body := self.start_of_body(dict(found))):
            found = [(i, number) for i, number in found if i >= body]
        self.preamble(body, quick)
        self.numbers = settle(found)
        self.set_aside_foot()

    def set_aside_foot(self) -> None:
        """Set aside what stands below the list, as lines or rows, from the first that is a foot's for certain."""
        foot: list[int] = []
        certain = 0  # how many lines from the page's end there are down to the highest certain one
        for i in reversed(self.open_lines()):
            text, number = self.lines[i].text, self.numbers.get(i)
            if foot and number and not number.rest:
                foot.pop()  # the title below its number
            if number or not any(words.fullmatch(text) for words in (p.FOOT_WORDS, p.MAY_BE_FOOT, p.SITE_WORDS)):
                break
            foot.append(i)
            if p.FOOT_WORDS.fullmatch(text):
                certain = len(foot)
        certain = min(certain, len(foot))
        if certain and self.numbers:
            # A chapter would have a number here.
            above = (n for n, i in enumerate(foot[certain:]) if not p.MAY_BE_FOOT.fullmatch(self.lines[i].text))
            certain += next(above, len(foot) - certain)
        for i in foot[:certain]:
            self.roles[i] = "furniture"

    def drop_ordinals(self, body: int) -> None:
        """Where a list's own ordinals were copied with it ("  1. 1.1.1Title"), "  2. Title" is a row without a number."""
        lines = self.lines
        if not any(
            line.marker[-1:] == "." or (line.number and ". " in line.text and p.AFTER_NUMBER.match(line.text))
            for line in lines
        ):
            return
        for i in self.open_lines(body):
            line = lines[i]
            match = p.INNER_ORDINAL.match(line.text) if line.row and not line.heading else None
            if match and line.number in ("", match[0].strip()):
                lines[i] = replace(
                    line, text=line.text[match.end() :], number="", marker=line.marker or match[0].strip()
                )

    def quick_links(self, start: int) -> int:
        """Set aside the links that repeat the headings; return where the body begins."""
        lines, rows = self.lines, self.open_lines(start)
        while rows and p.PROSE.match(lines[rows[0]].text):
            self.roles[rows.pop(0)] = "note"
        if not rows:
            return start
        length = next((n for n, i in enumerate(rows) if not lines[i].href.startswith("#")), len(rows))
        if not length:
            length = self.repeated_length(rows)
            length = next((n for n, i in enumerate(rows[:length]) if _leaves_list(lines[rows[0]], lines[i])), length)
        for i in rows[:length]:
            self.roles[i] = "quick link"
            self.contents.quick_links.append((lines[i].line, *_number_and_title(lines[i])))
        return rows[length] if length < len(rows) else len(lines)

    def repeated_links(self, start: int) -> None:
        """Set aside a list of Quick Links that comes again between the sections."""
        open_lines = (i for i in range(start, len(self.lines)) if not self.roles[i])
        for (_, *link), i in zip(self.contents.quick_links, open_lines, strict=False):
            if [*_number_and_title(self.lines[i])] != link:
                break
            self.roles[i] = "quick link"

    def links_within_page(self) -> None:
        """Set aside links to headings further down that have no heading of their own: "A", "B", "C"."""
        headings = {line.text for line in self.lines if line.heading}
        linked = False
        for i in self.open_lines():
            line = self.lines[i]
            if line.href.startswith("#") and not line.heading and line.text in headings:
                self.roles[i], linked = "quick link", True
                self.contents.quick_links.append((line.line, *_number_and_title(line)))
            elif linked:
                return

    def news(self, start: int) -> None:
        """Set aside a box of new chapters beside the contents, which lists each of them again."""
        box = [start]
        for i in range(start + 1, len(self.lines)):
            line = self.lines[i]
            if self.roles[i]:
                continue
            again = not line.heading and self.titles[_bare_title(line)] > 1
            if not (again or _is_prose(line.text) or p.ANY_DATE.fullmatch(line.text)):
                break
            box.append(i)
        if len(box) > 2:
            for i in box:
                self.roles[i] = "furniture"

    @cached_property
    def titles(self) -> Counter[str]:
        """How often each title comes, Quick Links aside."""
        return Counter(_bare_title(self.lines[i]) for i in self.open_lines())

    def repeated_length(self, rows: list[int]) -> int:
        """How many of these lines are links: they end where the first of them comes again as the body's heading."""
        lines = self.lines
        # "1." "2." "3.": numbers whose words were pictures.
        bare = next((n for n, i in enumerate(rows) if not p.BARE_NUMBER.fullmatch(lines[i].text)), len(rows))
        if bare:
            return bare
        first = lines[rows[0]]
        number, title = _number_and_title(first)
        single = bool(number) and "." not in number
        deep = False
        for n, i in enumerate(rows[1:], 1):
            line = lines[i]
            again, words = _number_and_title(line)
            if line.indent <= first.indent and (
                words == title and (again == number or not (deep or (number and again)))
            ):
                return n
            if single and not deep and again == number and line.indent <= first.indent:
                return n
            deep = deep or "." in again
        if first.indent and number and not first.tag:
            # An indented list before a body that stands flush.
            return next((n for n, i in enumerate(rows) if not lines[i].indent), 0)
        return 0

    def start_of_body(self, numbers: dict[int, Number]) -> int:
        """Without Quick Links the body begins at the first number, or at the headings above the first row."""
        rows = self.open_lines()
        headline = next((n for n, i in enumerate(rows) if self.lines[i].heading == 1 and i not in numbers), -1)
        for n in range(headline + 1, len(rows)):
            line, number = self.lines[rows[n]], numbers.get(rows[n])
            number = None if number and number.weak else number
            row = line.row and not p.SITE_WORDS.fullmatch(line.text)
            part = rows[n] in self.parts or (bool(p.PART.match(line.text)) and not row)
            if number or part or row or p.SEE_ALSO.match(line.text):
                if not (number and len(number.levels) == 1) and not part:
                    while n > headline + 1 and _may_head(self.lines[rows[n - 1]]):
                        n -= 1
                return rows[n]
        # No row at all: whatever looks like a heading or title may be one.
        return next((i for i in rows[headline + 1 :] if _may_head(self.lines[i])), len(self.lines))

    def preamble(self, body: int, quick: int | None) -> None:
        """Read the page's title and edition above the body; a chapter may be linked there, above the Quick Links."""
        contents, headed = self.contents, False
        trails: list[str] = []
        council = ""
        for i in range(min(body, len(self.lines))):
            if self.roles[i]:
                continue
            line, text = self.lines[i], self.lines[i].text.rstrip("| ")
            if len(text) > _LONGEST_NAME:
                self.roles[i] = "furniture"
            elif not contents.edition and (match := p.EDITION_LINE.search(text)):
                self.roles[i], contents.edition, headed = "edition", iso_date(match[1] or match[2])[:7], True
                name = text[: match.start(2) if match[2] else 0].strip(" ,:–-(")
                if p.MANUAL_TITLE.search(name) and not p.VERSION.search(name):
                    self.call(name, trails)
            elif p.MANUAL_TITLE.search(text) and not _is_prose(text):
                self.roles[i], headed = "title", True
                if not p.SITE_WORDS.fullmatch(text):
                    self.call(text, trails)
            elif named := council_of(text):
                self.roles[i], council = "title", council or named
            elif (match := p.SEE_ALSO.match(text)) and match.end() < len(text):
                self.add(i, text[match.end() :], kind=SEE_ALSO)
            elif headed and quick is not None and i < quick and _is_linked_chapter(line):
                self.add(i, text)
            else:
                self.roles[i] = "furniture"
                trails += parts if len(parts := parts_of_trail(text)) > 1 else []
        # One part of a trail serves where no line of its own names manual or council.
        for name in filter(p.MANUAL_TITLE.search, trails):
            self.call(name, [])
        contents.council = contents.council or council or next(filter(None, map(council_of, trails)), "")

    def names_manual(self, i: int, line: Line) -> bool:
        """Whether it is the page's title again, as at the top of each printed page, or another manual's: its numbers start anew."""
        if not p.MANUAL_TITLE.search(line.text):
            return False
        title = self.contents.title
        if title and title in line.text:
            return len(line.text) < 2 * len(title)
        near = (self.numbers.get(j) for j in range(i + 1, i + 8))
        following = next((number for number in near if number), None)
        return bool(self.entries and following and following.levels == (1,))

    def call(self, text: str, trails: list[str]) -> None:
        """Take the page's name; what only says where the page stands ("Home > Children > Manual") is put by."""
        parts = parts_of_trail(text)
        if len(parts) > 1 or is_trail(text):
            trails += parts
        elif not self.contents.title:
            self.contents.title, self.contents.council = title_and_council(text)

    # -- rows

    def gather(self) -> None:
        """Join the lines of each row, and take flags, dates, notes and publishers off its end."""
        blanks, see_list = 0, False
        last = self.entries[-1] if self.entries else None
        for i, line in enumerate(self.lines):
            if self.roles[i]:
                blanks += self.roles[i] == "blank"
                continue
            gap, blanks = blanks, 0
            if last and not last.blanks_after:
                last.blanks_after = gap
            if number := self.numbers.get(i):
                last, see_list = self.add(i, number.rest, number, gap), False
            elif part := self.parts.get(i):
                last, see_list = self.add(i, part[1], Number(part[0], (), ""), gap), False
            elif not (line.row or line.heading or _wants_title(last)) and _is_around_list(line.text):
                self.roles[i] = "furniture"
            elif not line.row and self.names_manual(i, line):
                self.roles[i] = "title"
            elif last and self.continues(line, last, gap):
                self.roles[i] = "continuation"
            else:
                added, see_list = self.unnumbered(i, line, last, gap, see_list)
                last = added or last

    def unnumbered(self, i: int, line: Line, last: Entry | None, gap: int, see_list: bool) -> tuple[Entry | None, bool]:
        """Read a line without a number; return its entry, and whether a list of cross references is open below it."""
        text = line.text
        if p.PROSE.match(text):
            self.roles[i] = "note"
            return None, see_list
        if match := p.SEE_ALSO.match(text):
            if rest := text[match.end() :].strip():
                return self.add(i, rest, kind=SEE_ALSO, blanks=gap), False
            self.roles[i] = "furniture"
            return None, True
        if p.SEE_OTHER.fullmatch(text):
            return self.add(i, text, kind=SEE_ALSO, blanks=gap), see_list
        if last and last.kind == SEE_ALSO and (match := p.AND.match(text)):
            return self.add(i, text[match.end() :], kind=SEE_ALSO, blanks=gap), see_list
        if not line.row and (match := p.PART.match(text)):
            return self.add(i, text[match.end() :], Number(match[1], (), ""), gap), see_list
        if not line.row and not line.heading and _is_prose(text):
            self.roles[i] = "note"
            return None, see_list
        return self.add(i, text, kind=SEE_ALSO if see_list else "", blanks=gap), see_list and line.row

    @staticmethod
    def continues(line: Line, last: Entry, gap: int) -> bool:
        """Take in a line that belongs to the entry above it: its title, flag, date, note or publisher."""
        text = line.text
        bracket = p.WHOLE_BRACKET.fullmatch(text) if text[0] in "([" else None
        flag = flag_of(text)
        if flag:
            if last.status:
                return False
            last.status, last.date = flag[0], last.date or flag[1]
        elif bracket and not (last.note and last.publisher):
            _put_note(last, bracket[1])
        elif not last.date and text[-1].isdigit() and p.ANY_DATE.fullmatch(text):
            last.date = iso_date(text)
        elif not (last.title or last.complete or line.heading or bracket or gap > 2 or p.SEE_ALSO.match(text)):
            _fill(last, text, line)
            last.alone = True
        elif not last.note and (details := _note_alone(line, last)):
            last.note, last.status = details.note, last.status or details.status
        elif (
            not (gap or line.tag == "tr" or line.marker or line.heading)
            and last.title
            and ((text[0].islower() and (not line.row or last.title[-1] == "-")) or p.GOES_ON.search(last.title))
            and not (last.kind == SEE_ALSO and p.AND.match(text))
        ):
            _fill(last, last.title + (" " if last.title[-1] != "-" else "") + text, line)
        else:
            return False
        return True

    def add(self, i: int, text: str, number: Number | None = None, blanks: int = 0, kind: str = "") -> Entry:
        line = self.lines[i]
        entry = Entry(
            line.line,
            kind,
            number.text if number else "",
            levels=number.levels if number else (),
            heading=line.heading,
            indent=line.indent,
            marker=line.marker,
            row=line.row and not line.heading,
            tabular=line.tag == "tr",
            strong=line.strong,
            complete=len(line.cells) > 1 or line.tag == "li",
            blanks_before=blanks,
        )
        _fill(entry, text, line)
        self.entries.append(entry)
        self.roles[i] = "entry"
        return entry

    def drop_covering_part(self) -> None:
        """ "Part B: Guides" right above "PART B1: General Guides" is the page's own title."""
        for k, (entry, following) in enumerate(zip(self.entries, self.entries[1:], strict=False)):
            if entry.part and following.part and following.number.lower().startswith(entry.number.lower()):
                index = [i for i, role in enumerate(self.roles) if role == "entry"][k]
                self.roles[index] = "title"
                self.contents.title = self.contents.title or f"{entry.number}: {entry.title}"
                del self.entries[k]
                return


#: No page, section or edition has a longer name.
_LONGEST_NAME = 300

# --- what a line looks like -----------------------------------------------------------------------------------


def _is_furniture(line: Line) -> bool:
    text = line.text
    if line.number:
        return False
    if "|" in text and not line.cells:
        return all(
            p.SITE_WORDS.fullmatch(part.strip()) or p.FURNITURE.fullmatch(part.strip()) for part in text.split("|")
        )
    if line.cells and line.cells[0] and all(p.TABLE_HEAD.fullmatch(cell) for cell in line.cells if cell):
        return len([cell for cell in line.cells if cell]) > 1
    return bool(p.FURNITURE.fullmatch(text))


def _wants_title(entry: Entry | None) -> bool:
    """Whether it is a number alone on its line, so that the next line is its title whatever its words."""
    return bool(entry and entry.levels and not (entry.title or entry.complete))


def _is_around_list(text: str) -> bool:
    return bool(p.SITE_WORDS.fullmatch(text) or p.FOOT_WORDS.fullmatch(text))


def _number_and_title(line: Line) -> tuple[str, str]:
    number = number_of(line)
    return (number.text, number.rest.strip().rstrip(": ")) if number else ("", line.text.rstrip(": "))


def _bare_title(line: Line) -> str:
    return take_apart(_number_and_title(line)[1]).title


def _leaves_list(first: Line, line: Line) -> bool:
    """Whether a line stands outside the list that the first line began."""
    return bool(p.SEE_ALSO.match(line.text) or (first.marker and not line.marker) or (first.indent and not line.indent))


def _may_head(line: Line) -> bool:
    text = line.text
    return not (
        len(text) > _LONGEST_NAME
        or _is_prose(text)
        or p.SITE_WORDS.fullmatch(text)
        or p.PROSE.match(text)
        or p.MANUAL_TITLE.search(text)
        or p.EDITION_LINE.search(text)
        or is_trail(text)
        or council_of(text)
    )


def _is_linked_chapter(line: Line) -> bool:
    """Whether a line between a page's title and its Quick Links is a chapter rather than a further line of its name."""
    linked = bool(line.href) or line.tag in ("", "tr")
    text = line.text
    return (
        linked
        and " " in text
        and bool(p.SECTOR_WORDS.search(text))
        and not p.BODY_NAME.search(text)
        and _may_head(line)
    )


def _is_prose(text: str) -> bool:
    return (text[-1] in ".!" and len(text.split()) > 6) or len(text) > 400


def _fill(entry: Entry, text: str, line: Line) -> None:
    details = take_apart(text, line.after)
    entry.title = details.title
    entry.status = entry.status or details.status
    entry.date = entry.date or details.date
    entry.note = entry.note or details.note
    entry.publisher = entry.publisher or details.publisher
    entry.href = entry.href or line.href
    entry.heading = entry.heading or line.heading


def _note_alone(line: Line, last: Entry) -> Details | None:
    """The note that a line below its entry is: "- to follow", "Under Review"."""
    if not p.NOTE_START.match(line.text) or p.SEE_ALSO.match(line.text):
        return None
    words = line.text.lstrip("-–— ")
    dashed = words != line.text or (line.marker in ("-", "–", "—") and not last.marker)
    details = take_apart(f"x - {words}" if dashed else f"x {words}")
    return details if details.title == "x" and details.note else None


def _put_note(entry: Entry, words: str) -> None:
    host = p.HOSTED.match(words)
    if not entry.publisher and not p.NOTE_WORDS.match(words) and (host or is_publisher(words, entry.title)):
        entry.publisher = words[host.end() :] if host else words
    else:
        entry.note = f"{entry.note}; {words}" if entry.note else words
