"""Tell from words whether a chapter is new, updated or removed: headings, labels before or behind a name, details."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.details import iso_date

NEW, UPDATED, REMOVED = "New", "Updated", "Removed"

_NEW_WORDS = "new|added|additions|introduced"
_UPDATED_WORDS = "updated|amended|revised|changed|refreshed|reviewed|rewritten|renamed|replaced"
_REMOVED_WORDS = "removed|removals|deleted|deletions|withdrawn|retired|discontinued|archived|taken out|no longer in use"
CHANGED = rf"(?:{_NEW_WORDS}|{_UPDATED_WORDS}|{_REMOVED_WORDS})"
_CHANGES = rf"({CHANGED})(?:(?: ?[/,&] ?| and | or )({CHANGED}))*"

#: What a page may call its chapters.
DOCUMENT = (
    r"(?:chapter|page|procedure|policy|policie|guidance|guide|protocol|document|briefing|toolkit|pathway|strategy|framework"
    r"|agreement|statement|handbook|manual|flowchart|factsheet|leaflet|tool)s?"
)
_THING = rf"(?:{DOCUMENT}|features|contents?|sections|resources|forms|templates|standards)"
_BEEN = r"(?:have (?:now )?been|has (?:now )?been|are|is|were|was|have|has)"
#: "Updated Chapters", "New Chapters and Features", "New and Updated Procedures", "Updated/Amended Chapters", "Chapters Removed:",
#: "Procedures that are new", "What has been removed", "The following policies have been changed. Managers must …"
CHANGE = re.compile(
    rf"(?:the )?{_CHANGES}(?: {_THING}(?:(?: and|,|/|&)? ?{_THING})*| {DOCUMENT}(?=:))?:?(?: chapter name details)?"
    rf"|{_THING}(?:(?: and|/|&) {_THING})? (?:(?:that|which) )?(?:{_BEEN} )?{_CHANGES}(?: (?:this|in this) (?:time|month|edition|update))?:?"
    rf"|(?:what (?:is|has been|was|we have)|what's|we have) {_CHANGES}:?"
    rf"|(?:the following|these) (?:\d+ |new )?{_THING}(?:(?: and|/|&) {_THING})? {_BEEN} {_CHANGES}\b.{{0,150}}",
    re.I,
)


def change_of(words: Iterable[str | None]) -> str:
    """The change that a heading's words give to its rows. Empty if they give two.

    >>> change_of(["New"]), change_of(["amended", None, "Revised"]), change_of(["new", "updated"])
    ('New', 'Updated', '')
    """
    said = {_change(word) for word in words if word}
    return said.pop() if len(said) == 1 else ""


def _change(word: str) -> str:
    if re.fullmatch(_NEW_WORDS, word, re.I):
        return NEW
    return REMOVED if re.fullmatch(_REMOVED_WORDS, word, re.I) else UPDATED


class Label(NamedTuple):
    """A name without its label, and the change and the month that the label gives. Empty if there is none."""

    text: str
    change: str = ""
    month: str = ""


_BEFORE = re.compile(rf"({CHANGED})(?: {DOCUMENT})?(?:\s*:\s+|\s+[-–—]\s+)(?=\S)", re.I)
_BEHIND = re.compile(
    rf"\s*(?:[(\[](?:(?:now|has been|was) )?({CHANGED})(?: {DOCUMENT})?(?:[\s,:–-]+(?:in |on )?({p.DAY_DATE}|{p.MONTH_DATE}))?[)\]]"
    r"|\s[-–—]?\s?(NEW|UPDATED|AMENDED|REVISED|REMOVED|DELETED|WITHDRAWN)!?)$",
    re.I,
)


def label_before(text: str) -> Label:
    """Take a label from the front of a row.

    >>> label_before("Removed: Virtual Visits"), label_before("New Ways of Working")
    (Label(text='Virtual Visits', change='Removed', month=''), Label(text='New Ways of Working', change='', month=''))
    """
    match = _BEFORE.match(text)
    return Label(text[match.end() :], _change(match[1])) if match else Label(text)


def label_behind(name: str) -> Label:
    """Take a label from the end of a name.

    >>> label_behind("Young Carers (new, March 2022)"), label_behind("Bullying - UPDATED")[:2]
    (Label(text='Young Carers', change='New', month='2022-03'), ('Bullying', 'Updated'))
    """
    match = _BEHIND.search(name)
    if not match or not match.start() or not (match[1] or match[3].isupper()):
        return Label(name)
    return Label(name[: match.start()], _change(match[1] or match[3]), iso_date(match[2] or "")[:7])


_PART = r"(?:section|link|paragraph|sentence|reference|information|words?|wording|appendix|template|form|heading|note|row|list)s?"
#: "This chapter has been added", "New procedure.", "new pathway with the trust", "added to the manual".
_ADDED = re.compile(
    r"\b(?:added|put|introduced) (?:in)?to the (?:\w+ )?(?:manual|procedures)\b"
    rf"|\bthis (?:\w+ )?(?:{DOCUMENT}) (?:(?:is|was) (?:brand )?new|(?:was|has been) (?:newly )?(?:added|introduced)(?=\.| (?:in|on) {p.MONTH}|$))"
    rf"|\bthis is an? (?:\w+ )?new\b|\b(?:this|is a|was a) new (?:\w+ )?{DOCUMENT}\b"
    rf"|^(?:an? |this is an? |we have added an? )?new (?!.*\b{_PART}\b)(?:[\w-]+ ){{0,2}}{DOCUMENT}\b(?![^.]* (?:for|in|of|to) (?:section|this)\b)"
    rf"|\b(?:chapter|procedure|policy|protocol) is new\b|^new\.?$",
    re.I,
)
_NOT_ADDED = re.compile(rf"\b{_PART}\b[^.]{{0,80}}\b(?:added|put|introduced) (?:in)?to the\b", re.I)
#: "This chapter has been removed.", "Deleted.", "Withdrawn as all files are electronic.", "No longer in use."
_TAKEN_OUT = re.compile(
    rf"\b(?:this|the) (?:[A-Z]\S*,? |and |of )*{DOCUMENT},? (?:[A-Z“\"‘'][^.]{{0,80}} )?(?:has been|was|is|is being|has now been) "
    r"(?:now )?(?:removed|withdrawn|deleted|retired|discontinued|archived|taken out|no longer (?:needed|required|in use|available))\b"
    rf"|^(?:(?:{DOCUMENT} )?(?:has been |was |now )?(?:removed|withdrawn|deleted|archived|retired|discontinued)"
    rf"|no longer (?:in use|needed|required|used|applies))\b(?: from the (?:\w+ )?(?:manual|procedures|website|site))?(?=\s*(?:[.;,:–-]|$|\b(?:as|because|since|following|and|in|on|after|by)\b))"
    r"|\bremoved from the (?:manual|procedures)\b",
    re.I,
)


def change_said(details: str) -> str:
    """The change that the details give.

    >>> [change_said(said) for said in ("New pathway.", "New form added.", "Deleted.", "Removed reference to the board.")]
    ['New', 'Updated', 'Removed', 'Updated']
    """
    if _ADDED.search(details) and not _NOT_ADDED.search(details):
        return NEW
    return REMOVED if _TAKEN_OUT.search(details) else UPDATED
