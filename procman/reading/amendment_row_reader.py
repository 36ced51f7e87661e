"""Read the rows of an amendments page between two headings: names, their details, and what continues them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procman.reading import patterns as p
from procman.reading.amendment_cells import LAST_DATE
from procman.reading.amendment_changes import label_before, label_behind
from procman.reading.amendment_columns import DATE_CELL, guessed, told
from procman.reading.amendment_lines import (
    MONTH_BEFORE,
    NO_CHANGE,
    ORDINAL,
    AmendmentLine,
    date_around,
)
from procman.reading.amendment_rows import OpenRow
from procman.reading.amendment_style import (
    CLOSES,
    announced_month,
    names_are_points,
    names_set_apart,
    page_mark,
    set_apart,
    set_in_blocks,
    set_in_pairs,
)
from procman.reading.amendment_wording import Wording
from procman.reading.dates import iso_date
from procman.reading.name_or_details import (
    OPENING,
    Split,
    details_points,
    folded,
    is_sentence,
    name_in,
    name_points,
    split,
    without_number,
)


class RowReader:
    """The rows read so far, and what the headings above say about the next row."""

    def __init__(self, lines: Sequence[AmendmentLine], known: frozenset[str]) -> None:
        self.lines, self.known = lines, known
        self.found: list[OpenRow] = []
        self.edition = self.change = self.year = ""
        self.april = False  # the year begins in April
        self.columns: list[str] = []  # the content of the table's columns
        self.guessed = guessed(line.line.cells for line in lines if line.kind == "row" and line.form == "cells")
        self.pending: list[AmendmentLine] = []  # the lines of a name, until its details follow
        self.begun = 0  # the number of rows at the last heading
        self.points = False  # the rows under the last heading are points of a list, or there are none yet
        self.headed = False  # there is a heading of a table above, below the month
        self.wording = Wording(known, page_mark(lines))
        self.dated = False  # the edition is the date of a row
        self.beside = False  # the last line is outside the table or list
        self.in_blocks = set_in_blocks(lines, known)
        self.in_pairs = set_in_pairs(lines)
        self.in_points, self.in_bold = names_are_points(lines), names_set_apart(lines)
        self.announced = announced_month(lines)
        self.first_edition = next((at for at, line in enumerate(lines) if line.kind == "edition"), -1)

    @property
    def open(self) -> OpenRow | None:
        """The row that the next line may continue."""
        return self.found[-1] if self.found and self.found[-1].goes_on else None

    def add(self, name: str, details: str, first: AmendmentLine, by: str = "page") -> OpenRow:
        label = label_behind(_QUOTED.sub(r"\1", name))
        change = first.change or label.change or self.change
        self.found.append(OpenRow(self.edition or self.announced, change, label.text, details, first, by))
        self.pending = []
        return self.found[-1]

    def close(self, at_heading: bool = False) -> None:
        """Make rows of names without details. Later lines do not belong to a row above.

        A separate name before a heading is not a row if there are rows with details above it, or no table has started.
        """
        in_rows = len(self.found) > self.begun and self.found[-1].details
        outside = bool(self.pending) and self.pending[0].apart and self.pending[0].form != "point"
        names_only = bool(self.found) and not any(row.details for row in self.found)
        if not (at_heading and outside and (in_rows or not (self.headed or names_only))):
            for name in self.pending:
                self.add(without_number(name.text).rstrip(";., "), "", name)
        self.pending = []
        if self.found:
            self.found[-1].goes_on = False

    def _row(self, line: AmendmentLine, at: int) -> None:
        line = self.unlabelled(line)
        if self.dated_row(line):
            return
        listed = line.form != "plain" or ORDINAL.match(line.text)
        undated = self.headed and 0 <= self.first_edition < at
        if not (self.edition or self.change or undated or (self.announced and (listed or self.open or self.pending))):
            return
        none_yet = len(self.found) == self.begun and not self.pending
        if none_yet and (NO_CHANGE.fullmatch(line.text) or _ANNOUNCES.search(line.text)):
            return
        if self.is_beside(line, at) or self.is_closing(line, at):
            self.beside = True
            self.close()
        elif self.is_point_of_name(line) and (self.in_points or self.taken(line.text, line)[0] == "details"):
            self.points = False
            self.details(line.text, line)
        elif self.in_points and self.open and self.open.form == "point" and line.line.indent > self.open.indent:
            self.open.go_on(line.text)
        elif line.line.marker and (self.points or self.in_points):
            self.point(line)
        elif self.cells(line):
            self.points = False
        elif self.is_point_of_row(line):
            self.found[-1].go_on_with_point(line.text, line.gap)
        else:
            self.points = False
            self.words(line, at)

    def in_year(self, month: str) -> str:
        """A month or day below the heading of its year, as ISO month."""
        found = iso_date(f"{month} {self.year}")[:7]
        return f"{int(found[:4]) + 1}{found[4:]}" if self.april and "-01" <= found[4:] < "-04" else found

    def unlabelled(self, line: AmendmentLine) -> AmendmentLine:
        """The row without the date or label before its name. Its date is its edition."""
        if line.form == "cells":
            return line
        text, month = date_around(line.text, "before" if self.edition and not self.dated else "any")
        if self.year and (match := MONTH_BEFORE.match(line.text)):
            text, month = line.text[match.end() :], self.in_year(match[1])
        if "date" in self.columns and not month and (match := LAST_DATE.search(text)):
            text, month = text[: match.start()], iso_date(match[1])[:7]
        label = label_before(text)
        if label.change and (label.text[0].islower() or self.taken(label.text)[0] == "details"):
            label = label._replace(text=text, change="")
        behind = label_behind(label.text)
        month = month or ("" if self.edition and not self.dated else behind.month)
        if behind.change and self.taken(behind.text)[0] == "name":
            label = behind
        if (month or text != line.text) and self.taken(label.text)[0] != "details":
            self.close()
            if month:
                self.edition, self.dated = month, True
            return line._replace(text=label.text, change=label.change)
        return line._replace(text=label.text, change=label.change) if label.change else line

    def is_beside(self, line: AmendmentLine, at: int) -> bool:
        """Whether a line of words is outside the table or the list that the other rows are in."""
        above = self.found[-1].form if len(self.found) > self.begun else ""
        within = line.form != "plain" or line.line.tag in ("td", "dd", "dt")
        if within or above in ("", "plain") or not (line.apart or self.beside) or self.pending:
            self.beside = False
            return False
        return not ((self.in_points or self.taken(line.text)[0] == "name") and self.row_below(at, above))

    def is_closing(self, line: AmendmentLine, at: int) -> bool:
        """Whether a line below the last row is no part of it: it speaks to the reader of the page, or is at the page's foot."""
        if line.form != "plain":
            return False
        if self.open and self.open.tag in _TERMS and line.line.tag not in _TERMS:
            return True
        below = self.lines[at + 1 : at + 2]
        if not below and self.taken(line.text)[0] == "name":
            ended = bool(self.open and self.open.details and self.open.details[-1][-1] == ".")
            return (ended and set_apart(line) < self.in_bold) or (
                self.in_blocks and self.lines[at - 1].kind == "furniture"
            )
        speaks = line.apart and bool(CLOSES.match(line.text)) and not (self.pending and self.in_blocks)
        return speaks and not (below and below[0].kind == "row")

    def row_below(self, at: int, form: str) -> bool:
        """Whether the next line is a row of this form, or details."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if not below or below.kind != "row":
            return False
        return self.taken(below.text)[0] == "details" if form == "details" else below.form == form

    def dated_row(self, line: AmendmentLine) -> bool:
        """A row of a table with its own date."""
        if line.form != "cells" or sum(bool(DATE_CELL.fullmatch(cell)) for cell in line.cells) != 1:
            return False
        self.close()
        self.fill(line)
        return True

    def cells(self, line: AmendmentLine) -> bool:
        """A row with name and details in separate cells."""
        cells, all_cells = line.cells, line.line.cells
        if len(all_cells) < 2 or not (
            len(cells) > 1 or (all_cells[0] and name_points(line.text, self.known) > details_points(line.text))
        ):
            return False
        self.close()
        self.fill(line)
        return True

    def fill(self, line: AmendmentLine) -> None:
        cells = line.line.cells
        columns = line.columns or self.columns
        usual = ["name", *["details"] * (len(cells) - 1)]
        if len(columns) != len(cells) or not {"name", "details"} & {*columns}:
            columns = self.guessed.get(len(cells)) or usual
        elif columns.count("details") > 1 and "change" in (guess := self.guessed.get(len(cells), [])):
            columns = ["change" if held == "change" else column for column, held in zip(columns, guess, strict=True)]
        elif "date" not in columns and "date" in (guess := self.guessed.get(len(cells), [])):
            columns = [
                column or ("date" if held == "date" else "") for column, held in zip(columns, guess, strict=True)
            ]
        row = told(cells, columns, self.year)
        if not (row.name or row.details):
            row = told(cells, usual, self.year)  # nothing is in the columns that tell: no row is lost
        self.edition = row.month or self.edition
        if not row.name:
            way, parts = self.taken(row.details)
            if way == "split" and parts:
                row = row._replace(name=parts.name, details=parts.details)
            elif way == "name":
                row = row._replace(name=row.details, details="")
        added = self.add(without_number(row.name), row.details, line._replace(change=row.change))
        added.goes_on = not (row.details or line.line.tag or "details" in columns)

    def point(self, line: AmendmentLine) -> None:
        """A row that is a point of a list."""
        name = line.text.rstrip(" ;,.")
        way, parts = self.taken(line.text, line)
        if not (self.in_points and way == "details"):
            self.close()
        if self.is_about_a_name(line.text, parts):
            self.details(line.text, line)
        elif way == "split" and parts:
            self.add(parts.name, parts.details, line, parts.by)
        elif details_points(line.text) > name_points(name, self.known):
            self.details(line.text, line)
        elif self.in_points:
            self.pending = [line._replace(text=name)]
        else:
            self.add(without_number(name), "", line)

    def is_point_of_row(self, line: AmendmentLine) -> bool:
        """Whether it is a point of a list in the row above. A known name, or a name followed by clear details, starts a new row."""
        row = self.open
        if not row or self.pending or not (line.line.marker or (row.list and ORDINAL.match(line.text))):
            return False
        parts = split(line.text, self.known)
        return not (parts and (folded(parts.name) in self.known or (parts.points >= OPENING and not row.list)))

    def is_point_of_name(self, line: AmendmentLine) -> bool:
        """Whether it is a point of a list directly below a name that is no point, or further in than a name that is one."""
        if not (line.form == "point" and self.pending):
            return False
        name = self.pending[-1]
        return not line.gap if name.form == "plain" else line.line.indent > name.line.indent

    def taken(self, text: str, line: AmendmentLine | None = None) -> tuple[str, Split | None]:
        """The best reading of a text: "details", "name" or "split", with the split. The line tells where it stands."""
        if not line:
            return self.wording.taken(text)
        below_name = bool(self.pending) and (self.in_blocks or self.is_point_of_name(line))
        return self.wording.taken(text, line.line, below_name, bool(self.open))

    def words(self, line: AmendmentLine, at: int) -> None:
        """A line of words: a name, details, both, or a continuation of the line above."""
        text, first = line.text, line
        above = self.found[-1] if self.open and not self.pending else None
        if above and not line.apart and (text[0].islower() or above.unended or (above.name and above.form == "cells")):
            above.go_on(text)
            return
        if self.in_pairs and not line.apart and (self.pending or self.open):
            self.details(text, line)
            return
        if self.in_bold and (self.pending or self.open or set_apart(line)):
            if set_apart(line):
                self.close()
                self.pending = [line]
            else:
                self.details(text, line)
            return
        if self.pending and self.wording.goes_on(self.pending[-1].text, line.text, line.apart):
            first = self.pending.pop()
            text = f"{first.text} {text}"
            first = first._replace(text=text)
        way, parts = self.taken(text, first)
        if not self.pending and self.is_about_a_name(text, parts):
            self.close()
            self.details(text, first)
            return
        if way == "name":
            if not (self.pending and self.in_blocks and not first.apart):
                self.close()
            self.pending.append(first)
            return
        if way == "split" and parts:
            self.close()
            self.add(parts.name, parts.details, first, parts.by)
        elif self.introduces(line, at):
            self.points = True
        else:
            self.details(text, line)

    def is_about_a_name(self, text: str, parts: Split | None) -> bool:
        """Whether a sentence has the chapter's name in it, and does not stand below a name."""
        row = self.open
        apart = not row or not row.name or row.name in " ".join(row.details)
        return apart and not self.columns and not (parts and parts.points >= OPENING) and bool(name_in(text))

    def introduces(self, line: AmendmentLine, at: int) -> bool:
        """Whether a sentence is between a heading and its rows, and so is not a row."""
        if len(self.found) > self.begun or self.pending:
            return False
        if self.row_below(at, "point") or (self.in_blocks and _INTRODUCES.search(line.text)):
            return True
        return not self.headed and self.heads_later(at)

    def heads_later(self, at: int) -> bool:
        """Whether the next heading is a table's, with no name before it."""
        for line in self.lines[at + 1 : at + 6]:
            if line.kind != "row":
                return line.kind in ("change", "header")
            if len(line.cells) > 1 or self.taken(line.text)[0] != "details":
                return False
        return False

    def details(self, text: str, line: AmendmentLine) -> None:
        row = self.open
        if len(self.pending) > 1 and not line.apart:
            last = self.pending.pop()
            self.close()
            self.pending = [last]
        if self.pending:
            self.add(without_number(" ".join(each.text for each in self.pending)), text, self.pending[0])
        elif row and row.name and not line.line.cells and not self.is_own_row(line, text, row):
            row.go_on(text)
        else:
            name = name_in(text)
            self.add(name, text, line, "wording" if name else "page" if is_sentence(text) else "unsplit")

    def is_own_row(self, line: AmendmentLine, text: str, row: OpenRow) -> bool:
        """Whether details without a name are a new row, not another sentence of the row above."""
        if self.headed:
            goes_on = row.details and row.details[-1][-1] not in ".:;!?" and not line.apart
            return not (self.in_blocks or goes_on or is_sentence(text))
        months = [iso_date(month)[:7] for month in re.findall(p.MONTH_DATE, text[:2000])]
        return bool(row.details) and self.edition in months


#: A name in quotes, perhaps with its number.
_QUOTED = re.compile(r"^[“\"‘']([^“”\"‘’']+(?:[’'](?=\w)[^“”\"‘’']*)*)[”\"’']$")
#: "The group has agreed the following amendments."
_ANNOUNCES = re.compile(
    r"\bthe following (?:amendments|changes|updates|chapters|procedures|policies)\b[^.]{0,40}[.:]$", re.I
)
#: The terms of a list and what is said of them.
_TERMS = ("dt", "dd")
#: "The following changes were made." "A short one this month."
_INTRODUCES = re.compile(
    r"\b(?:following|below|here (?:is|are)|this (?:month|quarter|year|time|edition|update|release|bulletin|issue))\b",
    re.I,
)
