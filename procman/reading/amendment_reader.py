"""Walk through the lines of an amendments page and collect its rows."""

from __future__ import annotations

from collections.abc import Sequence

from procman.reading.amendment_changes import change_headed, change_of, label_before
from procman.reading.amendment_columns import NAMES_CHANGED, columns_of, heads_in
from procman.reading.amendment_lines import (
    DATED,
    EDITION,
    NEXT_UPDATE,
    YEAR,
    AmendmentLine,
)
from procman.reading.amendment_row_reader import RowReader
from procman.reading.amendment_rows import AmendmentRow
from procman.reading.amendment_style import set_apart
from procman.reading.dates import iso_date
from procman.reading.name_or_details import details_points, is_sentence, name_points


class AmendmentReader(RowReader):
    """The rows of a whole page, and the month of the next update."""

    def __init__(self, lines: Sequence[AmendmentLine], known: frozenset[str]) -> None:
        super().__init__(lines, known)
        self.next_update = ""
        self.last_heading = max((at for at, line in enumerate(lines) if line.kind in _HEADINGS), default=-1)
        for at, line in enumerate(lines):
            if line.kind == "foot" and self.ends(line, at):
                break
            if self.dates_name(line, at) or self.dates_rows(line):
                continue
            if line.kind == "change" and self.is_details(line):
                self.details(line.text, line)
            else:
                getattr(self, f"_{line.kind}")(line, at)
        self.close(at_heading=True)

    @property
    def rows(self) -> list[AmendmentRow]:
        return [row.done() for row in self.found]

    def head(self, edition: str, change: str) -> None:
        self.close(at_heading=True)
        self.edition, self.change, self.points, self.begun = edition, change, True, len(self.found)
        self.dated = self.beside = False

    def _edition(self, line: AmendmentLine, at: int) -> None:
        match = EDITION.fullmatch(line.text)
        month = iso_date(match[1] if match else line.text)[:7]
        if not (line.line.cells or (self.columns and len(self.found) == self.begun)):
            self.columns = []
        self.head(month, "")
        self.headed = False

    def _month(self, line: AmendmentLine, at: int) -> None:
        if self.year and "date" not in self.columns:
            self.head(self.in_year(line.text), "")
            self.headed = False

    _date = _edition

    def dates_name(self, line: AmendmentLine, at: int) -> bool:
        """Whether the line is the date of the name above, and details follow: "12 March 2024", "Updated: 1 March 2024"."""
        match = DATED.fullmatch(line.text) if line.form != "cells" else None
        above = self.lines[at - 1] if at else None
        if not match or not above or above.kind != "row" or above.form != "plain" or line.gap:
            return False
        name = label_before(above.text)
        if self.taken(name.text)[0] != "name" or not self.row_below(at, "details"):
            return False
        self.pending = [each for each in self.pending if each.line is not above.line]
        self.close()
        self.pending = [above._replace(text=name.text, change=change_of([match[1] or match[3]]) or name.change)]
        self.edition, self.dated = iso_date(match[2])[:7], True
        return True

    def dates_rows(self, line: AmendmentLine) -> bool:
        """Whether the line is the date of what is below, perhaps with its change: "12 Mar 2024 Updated"."""
        match = DATED.fullmatch(line.text) if line.kind == "row" and line.form == "plain" else None
        if match:
            self.head(iso_date(match[2])[:7], change_of([match[1] or match[3]]))
        return bool(match)

    def _year(self, line: AmendmentLine, at: int) -> None:
        self.close()
        match = YEAR.fullmatch(line.text)
        self.year = (match[1] or match[2]) if match else ""
        self.april = bool(match and match[2])
        if line.text != self.year:
            self._archive(line, at)

    def _archive(self, line: AmendmentLine, at: int) -> None:
        self.close()
        self.edition = self.change = ""
        self.headed = False

    def _next(self, line: AmendmentLine, at: int) -> None:
        self._archive(line, at)
        match = NEXT_UPDATE.search(line.text)
        self.next_update = iso_date(match[1])[:7] if match else ""

    def _change(self, line: AmendmentLine, at: int) -> None:
        titles = ("what", "changes", "updates", "amendments", "revisions")
        if not self.edition and (at < self.first_edition or line.text.lower().startswith(titles)):
            return  # the page's title
        if self.headed:
            self.close()  # a name alone above another heading of its month is a row
        self.head(self.edition, change_headed(line.text))
        self.headed = True

    def is_details(self, line: AmendmentLine) -> bool:
        """Whether "New chapter" or "Withdrawn" says it of the name above, not of the rows below."""
        below_name = (self.in_pairs and not line.apart) or (self.in_bold and not set_apart(line))
        if self.pending and below_name:
            return True
        below = bool(line.line.marker) or (bool(self.pending) and (not line.apart or line.text[-1] == "."))
        return below and line.text[-1] not in "s:"

    def _header(self, line: AmendmentLine, at: int) -> None:
        self.close()
        self.headed, self.points = True, True
        self.columns = columns_of(line.line.cells) or heads_in(line.text) or ["date"]
        self.begun = len(self.found)
        named = [cell for cell in line.line.cells if NAMES_CHANGED.fullmatch(cell)]
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

    def _foot(self, line: AmendmentLine, at: int) -> None:
        if self.pending and not line.apart:
            self._row(line, at)
        else:
            self._group(line, at)

    def ends(self, line: AmendmentLine, at: int) -> bool:
        """Whether the page's foot begins here: there is no heading below, and it is not a chapter's name."""
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        told = bool(below) and is_sentence(below) and details_points(below) > name_points(below)
        begun = at > self.last_heading and bool(self.found or self.pending)
        return begun and line.form == "plain" and not told


_HEADINGS = ("edition", "date", "month", "year", "change", "header", "archive")
