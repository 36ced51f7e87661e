"""A row of an amendments page: the chapter, and the details of its change."""

from __future__ import annotations

from typing import NamedTuple

from procman.reading.amendment_changes import change_said
from procman.reading.amendment_lines import AmendmentLine, without_date
from procman.reading.name_or_details import unended


class AmendmentRow(NamedTuple):
    """One announced amendment. ``split`` says how chapter and details were told apart."""

    edition: str
    change: str
    chapter: str
    details: str
    line: int
    split: str


class OpenRow:
    """A row that may continue on the lines below."""

    def __init__(self, edition: str, change: str, name: str, details: str, first: AmendmentLine, by: str) -> None:
        self.edition, self.change, self.name, self.by = edition, change, name, by
        self.line, self.form, self.indent, self.tag = first.line.line, first.form, first.line.indent, first.line.tag
        self.details = [details] if details else []
        self.goes_on = True
        self.list_apart = False
        self.list = details.endswith(":")  # the points below are part of it

    @property
    def unended(self) -> bool:
        """Whether the details are incomplete."""
        return bool(self.details) and unended(self.details[-1])

    def go_on(self, words: str) -> None:
        self.details.append(words)
        self.list = self.list or words.endswith(":")

    def go_on_with_point(self, words: str, apart: bool) -> None:
        """Add a point of a list. If there is a gap before the list, the list is not part of the row, and the row keeps only the sentence."""
        self.list_apart = self.list_apart or apart
        if not self.list_apart:
            self.go_on(words)

    def done(self) -> AmendmentRow:
        details = without_date(" ".join(self.details), self.edition)
        change = self.change or change_said(details, self.name)
        return AmendmentRow(self.edition, change, self.name, details, self.line, self.by)
