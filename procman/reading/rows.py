"""Join the lines of a page into rows, one row for each possible entry.

A number and its title on the next line are one row. So are flags, dates and hosts on their own lines. The kind of each row is decided later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from procman.reading import patterns as p
from procman.reading.dates import iso_date
from procman.reading.details import Details, flag_of, is_publisher, take_apart
from procman.reading.furniture import MAY_BE_FOOT, SITE, is_placeholder, role_of
from procman.reading.line import LIST_HEADING, Line, like_a_sentence
from procman.reading.numbers import Levels, Number


@dataclass(slots=True)
class Row:
    """A row as the page prints it.

    ``lines`` are the indexes of its lines, in order, and ``line`` is the first. ``opener`` is the start of a cross reference ("See also: ").
    ``alone`` says whether the number was on its own line. ``blanks_before`` and ``blanks_after`` are the numbers of blank lines around the
    row. ``reference`` is a number that has no place in an order: "CS024a".
    """

    line: Line
    lines: list[int]
    number: str = ""
    levels: Levels = ()
    title: str = ""
    status: str = ""
    date: str = ""
    note: str = ""
    publisher: str = ""
    reference: str = ""
    href: str = ""
    opener: str = ""
    heading: int = 0
    file: bool = False  # whether it is a file's name: "Bullying.pdf"
    set_in: bool = False
    alone: bool = False
    blanks_before: int = 0
    blanks_after: int = 0

    @property
    def part(self) -> bool:
        """Whether its number has a word: "PART B1"."""
        return bool(self.number) and not self.levels

    @property
    def part_of_section(self) -> bool:
        """Whether its number has a letter within its section: "3A"."""
        return self.part and self.number[0].isdigit()

    @property
    def told(self) -> bool:
        """Whether something is printed beside the title that only chapters have."""
        return any((self.status, self.date, self.note, self.publisher, self.reference, self.file))

    def fill(self, text: str, line: Line) -> None:
        """Add the words of a title, and the details after it."""
        details = take_apart(text, line.after)
        self.file = bool(p.FILE_ENDING.search(text))
        self.title = details.title
        self.status = self.status or details.status or line.status
        self.date = self.date or details.date or line.date
        self.note = self.note or details.note or line.note
        self.publisher = self.publisher or details.publisher
        self.href = self.href or line.href
        if line.page:
            self.line = replace(self.line, page=True)
        if self.opener:
            self.take_host()
        if self.number and is_placeholder(self.title):
            self.title, self.note = "", self.title.strip("()[] ")

    def take_host(self) -> None:
        """Move a body named in brackets after a cross reference out of its title."""
        match = p.LAST_BRACKET.search(self.title)
        if match and p.NAMED_BODY.fullmatch(match[1]):
            self.title, self.publisher = self.title[: match.start()].rstrip(), match[1]


@dataclass(slots=True)
class Rows:
    """The rows of a page, and the roles of the lines between them."""

    lines: Sequence[Line]
    roles: list[str]
    numbers: Mapping[int, Number]
    parts: Mapping[int, tuple[str, str]]
    rows: list[Row] = field(default_factory=list)
    begun: bool = False  # whether any row so far has a number, or is the button or caption of a list

    def gather(self) -> list[Row]:
        """Join the lines of each row. Skip lines that already have a role."""
        blanks = 0
        last: Row | None = None
        ended: Row | None = None  # the row that the line above ended
        dated: list[Row] = []
        wrapped = self._wrapped()
        # Blank lines above the page's first words say nothing about them.
        begin = next((i for i in range(len(self.lines)) if self.roles[i] != "blank"), len(self.lines))
        for i in range(begin, len(self.lines)):
            if role := self.roles[i]:
                blanks += role == "blank"
                continue
            line, gap, blanks = self.lines[i], blanks, 0
            if ended:
                ended.blanks_after, ended = gap, None
            if (told := p.SAID_LAST.search(line.text)) and (above := self._undated()):
                above.date = iso_date(told[1])
                dated.append(above)
            if number := self.numbers.get(i):
                ended = last = self.add(i, number.rest, number.text, number.levels, gap)
            elif part := self.parts.get(i):
                ended = last = self.add(i, part[1], part[0], blanks=gap)
            elif (match := p.DATE_LINE.fullmatch(line.text)) and (gap or not flag_of(line.text) or ":" in line.text):
                self.roles[i] = "furniture"
                if above := self._undated():
                    above.date = iso_date(match[1])
                    above.lines.append(i)
                    dated.append(above)
            elif last and i in wrapped:
                last.fill(f"{last.title} {line.text}", line)
                last.lines.append(i)
                ended = last
            elif self.around_list(i, gap):
                self.roles[i] = "furniture"
            elif last and not self.below_title(last) and _continues(line, row := self._told_by(line, last), gap):
                row.lines.append(i)
                ended = last
            else:
                ended = last = self.unnumbered(i, line, gap)
        if len(dated) == 1:
            dated[0].date = ""  # the only date on the page is the page's own
        return self.rows

    def _wrapped(self) -> set[int]:
        """The lines that are the rest of the titles with numbers or bullets above them: of several, and each title fills most of its line."""
        titles = [i for i, line in enumerate(self.lines[:-1]) if i in self.numbers or (line.marker and not line.tag)]
        found = [i for i in titles if self._may_be_rest(i + 1)]
        longest = max((len(self.lines[i].text) for i in titles), default=0)
        full = all(len(self.lines[i].text) >= max(longest * _FILLED, _FEWEST_CHARACTERS) for i in found)
        alike = len({self.lines[i + 1].indent for i in found}) == 1
        # A title that is broken anywhere mostly cannot end there, or goes on with a small letter.
        sure = sum(self.lines[i + 1].text[0].islower() or bool(p.GOES_ON.search(self.lines[i].text)) for i in found)
        return {i + 1 for i in found} if len(found) > 1 and full and alike and sure * 3 >= len(found) else set()

    def _may_be_rest(self, i: int) -> bool:
        """Whether a line may be the rest of a title: it is set in by blanks alone, and is no reference or note."""
        line = self.lines[i]
        own = line.marker or line.heading or line.href or line.cells or line.tag or i in self.numbers or i in self.parts
        if self.roles[i] or own or not line.indent or p.WHOLE_BRACKET.fullmatch(line.text) or line.text[-1] == ".":
            return False
        return not any(pattern.match(line.text) for pattern in (p.SEE_ALSO, p.PLEASE_SEE, p.AND, p.PART))

    def _told_by(self, line: Line, last: Row) -> Row:
        """The row that a line tells of: the last one, or for a flag, the one that the last one describes in a sentence, as on cards."""
        return (self._titled() or last) if flag_of(line.text) else last

    def _titled(self) -> Row | None:
        """The last of the rows that is no sentence about the one above."""
        return next((row for row in reversed(self.rows[-2:]) if not like_a_sentence(row.title)), None)

    def _undated(self) -> Row | None:
        """The row without a date that a line below dates."""
        row = self._titled()
        return row if row and not row.date else None

    def around_list(self, i: int, gap: int) -> bool:
        """Whether a line has words that pages have around their list, or is the date behind such words."""
        line = self.lines[i]
        if p.ANY_DATE.fullmatch(line.text):
            return self.roles[i - 1] == "furniture"  # behind "Next review due", "Page last reviewed"
        if line.row or line.heading or line.page or self.goes_on(i, gap):
            return False
        return role_of(line.text) in (SITE, MAY_BE_FOOT)

    def below_title(self, last: Row) -> bool:
        """Whether the row above is not of the list, but the page's own title or edition. A date below it is no chapter's."""
        listed = self.begun or any(row.told for row in self.rows[-2:])
        return not listed and bool(p.LIST_TITLE.search(last.title) or p.EDITION.search(last.title))

    def goes_on(self, i: int, gap: int) -> bool:
        """Whether a line belongs to the list whatever its words.

        It is a title, a chapter directly below another without a number, or, behind numbers, a heading with rows set in below it.
        """
        if not self.begun:
            return False
        last = self.rows[-1]
        if last.number:
            below = next((j for j in range(i + 1, len(self.lines)) if not self.roles[j]), i)
            return not last.title or self.lines[below].row
        return not gap or last.title.isupper()

    def unnumbered(self, i: int, line: Line, gap: int) -> Row:
        text = line.text
        if not line.row and (match := p.PART.match(text)):
            return self.add(i, text[match.end() :], match[1], blanks=gap)
        if bracket := p.WHOLE_BRACKET.fullmatch(text):
            text = bracket[1]
        match = p.SEE_ALSO.match(text) or p.PLEASE_SEE.match(text) or p.FOR_SEE.match(text) or p.AND.match(text)
        opener = match[0] if match else ""
        return self.add(i, text[len(opener) :].strip(" ;"), blanks=gap, opener=opener)

    def add(self, i: int, text: str, number: str = "", levels: Levels = (), blanks: int = 0, opener: str = "") -> Row:
        line = self.lines[i]
        row = Row(line, [i], number, levels, reference=line.reference, opener=opener, heading=line.heading)
        row.set_in, row.blanks_before = line.row, blanks
        row.fill(text, line)
        self.rows.append(row)
        self.begun = self.begun or bool(number) or line.heading == LIST_HEADING
        return row


#: The share of the longest numbered line that a title fills before it goes on in the next, and its fewest characters.
_FILLED, _FEWEST_CHARACTERS = 0.7, 35


def _continues(line: Line, last: Row, gap: int) -> bool:
    """Add a line to the row above if it belongs there, as title, flag, date, note or publisher."""
    text = line.text
    if p.BRACKETED_NOTE.match(text) or p.SEE_ALSO.match(text.lstrip("([")):
        return False
    if len(last.title) + len(last.note) > _LONGEST:
        return False
    if flag := flag_of(text):
        last.status, last.date = flag[0], last.date or flag[1]
    elif p.FILE_HINT.fullmatch(text):
        _put_note(last, text.strip("()[]"))
    elif bracket := p.WHOLE_BRACKET.fullmatch(text):
        # "(Regulation 6)" below a heading is no note, nor are words about a part.
        if not last.part and (last.number or not gap or not p.TITLE_BRACKET.match(bracket[1])):
            _put_note(last, bracket[1])
    elif match := p.HOST_LINE.fullmatch(text):
        last.publisher = match[1]
    elif (last.number or not gap) and p.ANY_DATE.fullmatch(text):
        last.date = iso_date(text)
    elif not (last.title or last.note or last.opener):
        last.fill(text, line)
        last.alone = True
    elif details := _note_alone(line, last):
        last.note, last.status = details.note, last.status or details.status
    elif (
        not (gap or line.heading or last.line.page)
        and len(text) > 1  # the next letter of an index
        and (_goes_on(line, last) or (_unended(last) and not line.marker) or _fills_line(line, last))
        and not (last.opener and p.AND.match(text))
    ):
        last.fill(last.title + (" " if last.title[-1:] != "-" else "") + text, line)
    else:
        return False
    return True


#: The most characters of a row, because each line that joins a row is read with all of it.
_LONGEST = 1000


def _goes_on(line: Line, last: Row) -> bool:
    """Whether a line that starts with a small letter is the rest of the title above: without indent, or indented more."""
    if _ends_wrapped(line, last):
        return True
    if not line.text[0].islower() or line.text[1:2].isupper() or p.PLEASE_SEE.match(line.text):
        return False
    return not line.row or line.indent > last.line.indent + 2


def _ends_wrapped(line: Line, last: Row) -> bool:
    """Whether a printed title that was too long for one line ends here, where its page's number stands."""
    return line.page and line.text[0].islower()


def _unended(last: Row) -> bool:
    """Whether a title cannot end here: "Health Care Assessments and". A short one may, as "Settling in" does."""
    return bool(p.GOES_ON.search(last.title))


def _fills_line(line: Line, last: Row) -> bool:
    """Whether the line above, with a number, is so full that a line without one is the rest of its title."""
    return not (line.row or last.told) and bool(last.number) and len(last.title) >= _FULL


#: The fewest characters of a title that fills its line on its own.
_FULL = 75


def _note_alone(line: Line, last: Row) -> Details | None:
    """The note in a line below its row: "- to follow", "Under Review"."""
    if not p.NOTE_START.match(line.text) or p.PLEASE_SEE.match(line.text):
        return None
    words = line.text.lstrip("-–— ")
    details = take_apart(f"x - {words}" if line.marker in ("-", "–", "—") else f"x {words}")
    return details if details.title == "x" else None


def _put_note(row: Row, words: str) -> None:
    host = p.HOSTED.match(words)
    body = host or is_publisher(words, row.title) or (row.opener and p.NAMED_BODY.fullmatch(words))
    if not row.publisher and not p.NOTE_WORDS.match(words) and body:
        row.publisher = words[host.end() :] if host else words
    else:
        row.note = f"{row.note}; {words}" if row.note else words
