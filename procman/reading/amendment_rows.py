"""A row of an amendments page: the chapter, and the details of its change."""

from __future__ import annotations

import re
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.name_or_details import unended


class AmendmentRow(NamedTuple):
    """One announced amendment. ``split`` says how chapter and details were told apart."""

    edition: str
    change: str
    chapter: str
    details: str
    line: int
    split: str


#: "was added to the manual" means New.
_ADDED = re.compile(
    r"\b(?:added|put|introduced) (?:in)?to the (?:\w+ )?(?:manual|procedures)\b"
    rf"|\bthis (?:\w+ )?(?:chapter|procedure|policy|page|guidance|protocol|document) (?:(?:is|was) (?:brand )?new|(?:was|has been) (?:newly )?(?:added|introduced)(?=\.| (?:in|on) {p.MONTH}|$))"
    r"|\bthis is an? (?:\w+ )?new\b|\b(?:(?:this|is a|was a) new|^new) (?:chapter|procedure|policy|page)\b",
    re.I,
)
_NOT_ADDED = re.compile(
    r"\b(?:link|section|sentence|paragraph|reference|information|words?)\b[^.]{0,80}\b(?:added|put|introduced) (?:in)?to the\b",
    re.I,
)
#: "This chapter has been removed." means Removed.
_TAKEN_OUT = re.compile(
    r"\b(?:this|the) (?:chapter|procedure|policy|page|guidance|protocol|document) (?:has been|was|is|is being|has now been) "
    r"(?:now )?(?:removed|withdrawn|deleted|retired|discontinued|archived|no longer (?:needed|required|in use|available))\b"
    r"|^(?:chapter |procedure |policy )?(?:removed|withdrawn|deleted)(?: from the (?:\w+ )?(?:manual|procedures))?\.?$"
    r"|\bremoved from the (?:manual|procedures)\b",
    re.I,
)


def _change_said(details: str) -> str:
    """The change that the details give."""
    if _ADDED.search(details) and not _NOT_ADDED.search(details):
        return "New"
    return "Removed" if _TAKEN_OUT.search(details) else "Updated"


class OpenRow:
    """A row that may continue on the lines below."""

    def __init__(self, edition: str, change: str, name: str, details: str, line: int, by: str) -> None:
        self.edition, self.change, self.name, self.line, self.by = edition, change, name, line, by
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
        details = " ".join(self.details)
        return AmendmentRow(self.edition, self.change or _change_said(details), self.name, details, self.line, self.by)
