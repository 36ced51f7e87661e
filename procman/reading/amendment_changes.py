"""Tell from words whether a chapter is new, updated or removed: headings, labels before or behind a name, details."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.dates import iso_date

NEW, UPDATED, REMOVED = "New", "Updated", "Removed"

_NEW_WORDS = "new|added|additions?|introduced"
_UPDATED_WORDS = "updated|amended|revised|changed|refreshed|reviewed|rewritten|renamed|replaced"
_REMOVED_WORDS = "removed|removals?|deleted|deletions?|withdrawn|withdrawal|retired|discontinued|archived|taken out|no longer (?:in (?:use|force)|needed|required|available|used)"
CHANGED = rf"(?:{_NEW_WORDS}|{_UPDATED_WORDS}|{_REMOVED_WORDS})"

#: What a page may call its chapters.
DOCUMENT = (
    r"(?:chapter|page|procedure|policy|policie|guidance|guide|protocol|document|briefing|toolkit|pathway|strategy|framework"
    r"|agreement|statement|handbook|manual|flowchart|factsheet|leaflet|tool)s?"
)
_THING = rf"(?:{DOCUMENT}|policies|features|contents?|sections|resources|forms|templates|standards|appendices)"
#: Words that headings have beside those.
_SMALL = (
    r"the|that|which|have|has|been|are|is|were|was|now|this|in|from|to|our|your|and|or|with|what|what's|we|following|these|existing|of|since|time|month"
    r"|quarter|year|edition|update|version|release|issue|bulletin|last|also|minor|major|significant|substantial|brand|newly|recently|some|other|all|changes|updates|amendments|revisions|a|an|section"
    r"|chapter name details|\d{1,2}"
)
#: "Updated Chapters", "New and Updated Procedures", "Chapters Removed:", "Procedures that are no longer in use", "What has been removed",
#: "Minor changes to existing chapters", "The following policies have been changed. Managers must …"; but not "This chapter is new".
CHANGE = re.compile(
    rf"(?=.*\b(?:{CHANGED}|(?:changes|updates|amendments|revisions) to|with (?:\w+ )?(?:changes|updates|amendments|revisions))\b)(?!this |it |the following (?:have|has|were|was|are)|(?!what\b).*\b(?:has|is|was)\b)"
    rf"(?!section \d)(?:(?:{CHANGED}|{_THING}|{_SMALL})(?![\w'])[\s/,&:()–-]*+)++"
    rf"|(?:and )?we(?: have|[’']ve) (?:also )?(?:published|issued|written|{CHANGED}) (?:the following|these) (?:new )?{_THING}:?"
    rf"|(?:and )?(?:the following|these) (?:\d+ |new )?{_THING}(?:(?: and|/|&) {_THING})? (?:have|has|are|is|were|was) (?:now )?(?:been )?{CHANGED}\b.{{0,150}}",
    re.I,
)


def change_headed(heading: str) -> str:
    """The change that a heading gives to its rows. Empty if it gives two.

    >>> change_headed("New Chapters and Features"), change_headed("Procedures that have been withdrawn"), change_headed("New/Updated")
    ('New', 'Removed', '')
    """
    return change_of(re.findall(rf"\b(?:{CHANGED})\b", heading.partition(". ")[0], re.I) or ["updated"])


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


_BEFORE = re.compile(
    rf"(?:({CHANGED})(?: {DOCUMENT})?(?:\s*:\s+|\s+[-–—*]\s+)|[(\[*] ?({CHANGED})(?: {DOCUMENT})? ?[)\]*]:?\s+)(?=\S)",
    re.I,
)
_BEHIND = re.compile(
    rf" ?(?:[(\[](?:v(?:ersion|er\.?)? ?[\d.]+|\d+(?:\.\d+)+|({p.DAY_DATE}))[)\]]|[(\[](?:(?:now|has been|was) )?({CHANGED})(?: {DOCUMENT})?(?:[\s,:–-]+(?:in |on )?({p.DAY_DATE}|{p.MONTH_DATE}))?[)\]]"
    r"|\s[-–—]?\s?v\d+(?:\.\d+)*|\s[-–—]?\s?((?-i:NEW|New|UPDATED|Updated|AMENDED|REVISED|REMOVED|DELETED|WITHDRAWN))!?)$",
    re.I,
)


def label_before(text: str) -> Label:
    """Take a label from the front of a row.

    >>> label_before("Removed: Virtual Visits"), label_before("New Ways of Working"), label_before("[NEW] Safe Sleep")[:2]
    (Label(text='Virtual Visits', change='Removed', month=''), Label(text='New Ways of Working', change='', month=''), ('Safe Sleep', 'New'))
    """
    match = _BEFORE.match(text)
    return Label(text[match.end() :], _change(match[1] or match[2])) if match else Label(text)


def label_behind(name: str) -> Label:
    """Take a label from the end of a name.

    >>> label_behind("Young Carers (new, March 2022)"), label_behind("Bullying - UPDATED")[:2]
    (Label(text='Young Carers', change='New', month='2022-03'), ('Bullying', 'Updated'))
    """
    match = _BEHIND.search(name)
    if not match or not match.start():
        return Label(name)
    day, bracketed, month, plain = match.groups()
    change = bracketed or plain
    return Label(name[: match.start()], _change(change) if change else "", iso_date(day or month or "")[:7])


_PART = r"(?:section|link|paragraph|sentence|reference|information|words?|wording|appendix|template|form|heading|note|row|list)s?"
#: "This chapter has been added", "New procedure.", "new pathway with the trust", "added to the manual".
_ADDED = re.compile(
    r"\b(?:added|put|introduced) (?:in)?to the (?:\w+ )?(?:manual|handbook|procedures)\b"
    rf"|\bthis (?:\w+ )?(?:{DOCUMENT}) (?:(?:is|was) (?:brand )?new|(?:was|has been) (?:newly )?(?:added|introduced)(?=\.| (?:in|on) {p.MONTH}|$))"
    rf"|\bthis is an? (?:\w+ )?new\b|\b(?:this|is a|was a) new (?:\w+ )?{DOCUMENT}\b"
    rf"|^(?:an? |this is an? |we have added an? )?new (?!.*\b{_PART}\b)(?:[\w-]+ ){{0,2}}{DOCUMENT}\b(?![^.]* (?:for|in|of|to) (?:section|this)\b)"
    rf"|\b(?:chapter|procedure|policy|protocol) is new\b|^(?:new|first (?:issue|edition|version))\.?$",
    re.I,
)
_NOT_ADDED = re.compile(rf"\b{_PART}\b[^.]{{0,80}}\b(?:added|put|introduced) (?:in)?to the\b", re.I)
#: "This chapter has been removed.", "Deleted.", "Withdrawn as all files are electronic.", "No longer in use."
_TAKEN_OUT = re.compile(
    rf"\b(?:this|the) (?:[A-Z]\S*,? |and |of )*{DOCUMENT},? (?:[A-Z“\"‘'][^.]{{0,80}} )?(?:has been|was|is|is being|has now been) "
    r"(?:now )?(?:removed|withdrawn|deleted|retired|discontinued|archived|taken out|no longer (?:needed|required|in use|available))\b"
    rf"|^(?:(?:{DOCUMENT} )?(?:has been |was |now )?(?:removed|withdrawn|deleted|archived|retired|discontinued)"
    rf"|no longer (?:in use|in force|needed|required|used|applies))\b(?: from (?:the )?(?:\w+ )?(?:manual|handbook|procedures|website|site))?(?=\s*(?:[.;,:(–-]|$|\b(?:as|because|since|following|and|in|on|after|by)\b))"
    r"|\bremoved from the (?:manual|handbook|procedures)\b"
    rf"|^(?:we have |we've )?(?:now )?(?:removed|withdrawn|deleted|retired|archived|taken out) (?:the )?(?:{DOCUMENT} )?[‘“'\"](?-i:[A-Z])",
    re.I,
)


def change_said(details: str, name: str = "") -> str:
    """The change that the details of this chapter give.

    >>> [change_said(said) for said in ("New pathway.", "New form added.", "Deleted.", "Removed reference to the board.")]
    ['New', 'Updated', 'Removed', 'Updated']
    >>> change_said("'Hotel Visits' has been withdrawn.", "Hotel Visits"), change_said("We have taken out 'Hotel Visits'.")
    ('Removed', 'Removed')
    """
    if name and (match := re.match(rf"[‘“'\"]?{re.escape(name)}[’”'\"]?(?!\w)", details)):
        details = f"This chapter{details[match.end() :]}"
    if _ADDED.search(details) and not _NOT_ADDED.search(details):
        return NEW
    return REMOVED if _TAKEN_OUT.search(details) else UPDATED
