"""Walk through the lines of an amendments page and collect its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procman.reading import patterns as p
from procman.reading.amendment_changes import CHANGED, DOCUMENT, change_headed, change_of, label_before, label_behind
from procman.reading.amendment_columns import DATE_CELL, columns_of, guessed, heads_in, told
from procman.reading.amendment_lines import (
    DATED,
    EDITION,
    MONTH_BEFORE,
    NEXT_UPDATE,
    NO_CHANGE,
    ORDINAL,
    YEAR,
    AmendmentLine,
    date_around,
)
from procman.reading.amendment_rows import AmendmentRow, OpenRow
from procman.reading.amendment_style import (
    announced_month,
    names_are_points,
    names_set_apart,
    page_mark,
    set_apart,
    set_in_blocks,
    set_in_pairs,
)
from procman.reading.amendment_wording import Wording
from procman.reading.dates import DAY, iso_date
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


class AmendmentReader:
    """The rows read so far, and what the headings say about the next row."""

    def __init__(self, lines: Sequence[AmendmentLine], known: frozenset[str]) -> None:
        self.lines, self.known = lines, known
        self.found: list[OpenRow] = []
        self.edition = self.change = self.next_update = self.year = ""
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
        self.last_heading = max((at for at, line in enumerate(lines) if line.kind in _HEADINGS), default=-1)
        for at, line in enumerate(lines):
            if line.kind == "foot" and self.ends(line, at):
                break
            if self.dates_name(line, at):
                continue
            kind = "row" if line.kind == "change" and self.is_details(line) else line.kind
            getattr(self, f"_{kind}")(line, at)
        self.close(at_heading=True)

    @property
    def rows(self) -> list[AmendmentRow]:
        return [row.done() for row in self.found]

    @property
    def open(self) -> OpenRow | None:
        """The row that the next line may continue."""
        return self.found[-1] if self.found and self.found[-1].goes_on else None

    def add(self, name: str, details: str, first: AmendmentLine, by: str = "page") -> OpenRow:
        label = label_behind(name)
        change = first.change or label.change or self.change
        self.found.append(OpenRow(self.edition or self.announced, change, label.text, details, first.line.line, by))
        self.found[-1].form, self.found[-1].indent = first.form, first.line.indent
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

    # --- headings

    def head(self, edition: str, change: str) -> None:
        self.close(at_heading=True)
        self.edition, self.change, self.points, self.begun = edition, change, True, len(self.found)
        self.dated = self.beside = False

    def _edition(self, line: AmendmentLine, at: int) -> None:
        if self.by_lines(line) and self.pending:
            self.ends_row(line)
            return
        match = EDITION.fullmatch(line.text)
        month = iso_date(match[1] if match else line.text)[:7]
        if not (line.line.cells or (self.columns and len(self.found) == self.begun)):
            self.columns = []
        self.head(month, "")
        self.headed = False

    def _month(self, line: AmendmentLine, at: int) -> None:
        if self.year and not self.columns:
            self.head(iso_date(f"{line.text} {self.year}")[:7], "")
            self.headed = False

    def _date(self, line: AmendmentLine, at: int) -> None:
        """A day on its own line: the end of a row if the table's last column has dates, otherwise a heading."""
        if self.by_lines(line):
            self.ends_row(line)
        else:
            self._edition(line, at)

    def dates_name(self, line: AmendmentLine, at: int) -> bool:
        """Whether the line is the date of the name above, and details follow: "12 March 2024", "Updated: 1 March 2024"."""
        match = DATED.fullmatch(line.text) if line.form == "plain" and len(line.text) < 60 else None
        above = self.lines[at - 1] if at else None
        if not match or not above or above.kind != "row" or above.form != "plain" or line.gap:
            return False
        if self.taken(above.text)[0] != "name" or not self.row_below(at, "details") or self.by_lines(line):
            return False
        self.pending = [each for each in self.pending if each is not above]
        self.close()
        self.pending = [above._replace(change=change_of([match[1] or match[3]]))]
        self.edition, self.dated = iso_date(match[2])[:7], True
        return True

    def by_lines(self, line: AmendmentLine) -> bool:
        """Whether each cell of the table is on its own line, with a date at the end of each row."""
        return self.columns[-1:] == ["date"] and not line.line.cells and not _LAST_DATE.search(line.text)

    def ends_row(self, line: AmendmentLine) -> None:
        names = self.pending
        self.pending = []
        self.edition = iso_date(line.text)[:7]
        if names:
            name, *details = [each.text for each in names]
            way, parts = self.taken(name)
            if not details and way != "name":
                name, details = ("", [name]) if way == "details" or not parts else (parts.name, [parts.details])
            self.add(name, " ".join(details), names[0])
        self.close()

    def _year(self, line: AmendmentLine, at: int) -> None:
        self.close()
        match = YEAR.fullmatch(line.text)
        self.year = match[1] if match else ""
        if line.text != self.year:
            self.edition = self.change = ""

    def _archive(self, line: AmendmentLine, at: int) -> None:
        self.close()
        self.edition = self.change = ""

    def _next(self, line: AmendmentLine, at: int) -> None:
        self._archive(line, at)
        match = NEXT_UPDATE.search(line.text)
        self.next_update = iso_date(match[1])[:7] if match else ""

    def _change(self, line: AmendmentLine, at: int) -> None:
        titles = ("what", "changes", "updates", "amendments", "revisions")
        if not self.edition and (at < self.first_edition or line.text.lower().startswith(titles)):
            return  # the page's title
        self.head(self.edition, change_headed(line.text))
        self.headed = True

    def is_details(self, line: AmendmentLine) -> bool:
        """Whether "New chapter" or "Withdrawn" says it of the name above, not of the rows below."""
        below_name = (self.in_pairs and not line.apart) or (self.in_bold and not set_apart(line))
        if self.pending and (self.by_lines(line) or below_name):
            return True
        below = bool(line.line.marker) or (bool(self.pending) and (not line.apart or line.text[-1] == "."))
        return below and line.text[-1] not in "s:"

    def _header(self, line: AmendmentLine, at: int) -> None:
        self.close()
        self.headed, self.points = True, True
        self.columns = columns_of(line.line.cells) or heads_in(line.text) or ["date"]
        self.begun = len(self.found)
        named = [cell for cell in line.line.cells if _NAMES_CHANGED.match(cell)]
        if named:
            self.change = change_headed(named[0])

    def _group(self, line: AmendmentLine, at: int) -> None:
        if self.row_below(at, "details"):
            self._row(line, at)
        else:
            self.close(at_heading=True)
            self.points, self.begun = True, len(self.found)

    def _furniture(self, line: AmendmentLine, at: int) -> None:
        self.close()

    _foot = _group

    def ends(self, line: AmendmentLine, at: int) -> bool:
        """Whether the page's foot begins here: there is no heading below, and it is not a chapter's name."""
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return at > self.last_heading and line.form == "plain" and not (below and is_sentence(below))

    # --- rows

    def _row(self, line: AmendmentLine, at: int) -> None:
        by_lines = self.by_lines(line)
        if line.form == "plain" and len(line.text) < 60 and (match := DATED.fullmatch(line.text)):
            self.head(iso_date(match[2])[:7], change_of([match[1] or match[3]]))
            return
        line = self.unlabelled(line)
        if self.dated_row(line):
            return
        listed = line.form != "plain" or ORDINAL.match(line.text)
        if not (self.edition or self.change or by_lines or (self.announced and listed)):
            return
        if NO_CHANGE.fullmatch(line.text) and len(self.found) == self.begun and not self.pending:
            return
        if by_lines:
            self.pending.append(line)
        elif self.is_beside(line, at) or self.is_closing(line, at):
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

    def unlabelled(self, line: AmendmentLine) -> AmendmentLine:
        """The row without the date or label before its name. Its date is its edition."""
        if line.form == "cells":
            return line
        text, month = date_around(line.text, "before" if self.edition and not self.dated else "any")
        if self.year and (match := MONTH_BEFORE.match(line.text)):
            text, month = line.text[match.end() :], iso_date(f"{match[1]} {self.year}")[:7]
        if "date" in self.columns and not month and (match := _LAST_DATE.search(text)):
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
        """Whether a sentence below the last row speaks to the reader of the page."""
        last = at + 1 == len(self.lines) or self.lines[at + 1].kind != "row"
        return last and line.apart and not self.pending and line.form == "plain" and bool(_CLOSES.match(line.text))

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
        if len(columns) != len(cells) or "name" not in columns:
            columns = self.guessed.get(len(cells)) or ["name", *["details"] * (len(cells) - 1)]
        row = told(cells, columns, self.year)
        self.edition = row.month or self.edition
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
        if not (line.line.marker and self.pending):
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


#: "Young Carers This is a new chapter. 01-03-2024"
_LAST_DATE = re.compile(rf"(?<=\S)\s+({DAY})$")
#: "New Chapters" as the heading of a column.
_NAMES_CHANGED = re.compile(rf"{CHANGED}\b.*\b{DOCUMENT}$", re.I)
#: "If you have any questions, please email the policy team."
_CLOSES = re.compile(
    r"(?:If you|For (?:more|further|any)|To (?:suggest|report|request|receive|comment)|Please (?:contact|e-?mail|tell|send|let|replace|destroy)"
    r"|(?:Any )?(?:[Qq]uestions|[Qq]ueries|[Cc]omments|[Ff]eedback)|Have (?:you|we)|Thank|(?:Kind |Best )?[Rr]egards)\b"
)
#: "The following changes were made." "A short one this month."
_INTRODUCES = re.compile(
    r"\b(?:following|below|here (?:is|are)|this (?:month|quarter|year|time|edition|update|release|bulletin|issue))\b",
    re.I,
)
_HEADINGS = ("edition", "date", "month", "year", "change", "header", "archive")
