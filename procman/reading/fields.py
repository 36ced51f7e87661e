"""The fields of a record, by their look: a date, a flag, a remark, a file's type and size, a version, a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.dates import DAY, MONTH, iso_date
from procman.reading.details import flag_of
from procman.reading.furniture import DATE_HEAD, NOTE_HEAD, NUMBER_HEAD, OTHER_HEAD, head_of
from procman.reading.line import Line

#: What a field can say of a title. NOTHING is said by an owner, a version or the date of the next review.
REFERENCE, STATUS, DATE, NOTE, NOTHING = "reference", "status", "date", "note", "nothing"


class Field(NamedTuple):
    """What a field says: one of the words above, and its value."""

    says: str
    value: str = ""
    date: str = ""


#: "14/05/2025 16:42", "3-Nov-24", "Sept 2024", "Nov-24".
_DATE = re.compile(
    rf"({DAY}|{MONTH}|\d{{1,2}} {p.MONTH} \d\d)(?:,? (?:at )?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?)?", re.I
)
#: "Yesterday at 16:42", "4 days ago", "Tuesday at 09:10", "March 4": when a file was changed, told from today.
_SINCE = re.compile(
    rf"(?:(?:yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: at \d{{1,2}}[:.]\d\d(?: ?[ap]m)?)?|just now"
    rf"|(?:about |over )?(?:an?|a few|\d+) (?:second|minute|hour|day|week|month|year)s? ago|{p.MONTH} \d{{1,2}})",
    re.I,
)
#: "v2.1", "Version 3", "Issue 4", "3.0", "n/a", "Live", "41 views", "hard copy", "10p per sheet"
_VERSION = re.compile(
    r"(?:(?:version|issue|ver|rev|v)\.? ?)?\d{1,3}(?:\.\d{1,2}){0,2}(?: ?draft)?|n/?a|none|yes|no|y|n|live|current|final|in (?:use|date)|published|approved|active"
    r"|\d[\d,]* (?:views?|downloads?|hits|reads|likes?|comments?)"
    r"|free(?: of charge)?|no charge|web ?site|hard ?copy(?: only)?|electronic(?: copy)?|inspection only|(?:by|on) request"
    r"|\d{1,2}p (?:per|a) (?:sheet|page|copy)",
    re.I,
)
#: "TBC", "under review", "Awaiting sign-off", "Draft"
_REMARK = re.compile(rf"{p.NOTE}|tb[cad]|(?:overdue|awaiting|in progress|due)\b.*", re.I)
#: "CS024a", "SGC-01", "POL/014", "HR_3.2": a reference of letters and digits.
CODE = re.compile(
    r"(?!(?:PART|SECTION|CHAPTER|ANNEX|FORM|COVID)\d)[A-Z]{2,6}(?:[-/_.]?[A-Z]{1,6})?[-/_.]?\d{1,5}(?:[-/.]\d{1,4})*[a-z]?"
)
#: The same, or counted by a word or letter: "CH 04a", "Policy 21a", "2a", "2/10"; by any word if a mark follows: "Tool 2:", "No. 3 –".
REFERENCE_WORDS = re.compile(
    rf"(?:{CODE.pattern}|(?!(?:PART|FORM|UNIT|STEP|BOOK|KEY)\b)[A-Z]{{2,4}} \d{{1,3}}[a-z]?|\d{{1,2}}[a-z]|\d{{1,2}}/\d{{1,2}}"
    r"|(?:Policy|Procedure|Protocol|Document|Guidance|Tool|Template|Factsheet|Leaflet|No\.?) \d{1,3}[a-z]?)[\s:–—|-]*"
    r"|(?!(?:Annex|Appendix|Chapter|Form|Part|Section|Volume)\b)[A-Z][a-z]{1,11}\.? \d{1,3}[a-z]?\s?[:–—|-]\s*"
)


@lru_cache(maxsize=10_000)
def field_of(text: str) -> Field | None:
    """What a cell or line says of the title beside it, by its look. None if it looks like words of a title.

    >>> [field_of(text)[:2] for text in ("14 May 2025", "Last reviewed: March 2024", "- to follow", "v2.1", "Updated")]
    [('date', '2025-05-14'), ('date', '2024-03'), ('note', 'to follow'), ('nothing', ''), ('status', 'Updated')]
    >>> field_of("Missing children") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    if p.ONLY_MARKS.fullmatch(text) or _SINCE.fullmatch(text):
        return Field(NOTHING)
    if (match := _DATE.fullmatch(text)) and (date := iso_date(match[1])):
        return Field(DATE, date)
    if _VERSION.fullmatch(text):
        return Field(NOTHING)
    if p.FILE_HINT.fullmatch(text):
        return Field(NOTE, text.strip("()[]"))
    if ":" in text and (field := labelled(text)):
        return field
    if flag := flag_of(_FLAG_IN_BRACKETS.sub(r"\1 ", text)):
        return Field(STATUS, *flag)
    if _REMARK.fullmatch(words := text.strip("()[] -–—")):
        return Field(NOTE, words)
    if CODE.fullmatch(text):
        return Field(REFERENCE, text)
    first, comma, others = text.partition(", ")
    if comma and _VERSION.fullmatch(first):
        return field_of(others)
    return labelled(text)


#: "(New) February 12, 2025"
_FLAG_IN_BRACKETS = re.compile(r"^\(([A-Za-z]+)\) ?(?=.)")
#: No field is longer.
_LONGEST = 120


def labelled(text: str) -> Field | None:
    """What a field with its label says: "Last reviewed: March 2024", "Reviewed May 2024", "Owner: Fostering"."""
    label, colon, value = (part.strip() for part in text.partition(":"))
    if not colon:
        match = _LABEL_DATE.fullmatch(text)
        if not match:
            return None
        label, value = match[1].strip(), match[2]
    role = head_of(label.removesuffix(" due")) if len(label.split()) < _LONGEST_LABEL else ""
    if role == OTHER_HEAD:
        return Field(NOTHING)
    own = field_of(value) if value else Field(NOTHING)
    if role == DATE_HEAD:
        return own if own and own.says in (DATE, NOTE, NOTHING) else None
    if role == NOTE_HEAD:
        return own or Field(NOTE, value)
    return Field(REFERENCE, value) if role == NUMBER_HEAD else None


_LONGEST_LABEL = 5
#: "Reviewed March 2024", "Next review due 14/05/2026"
_LABEL_DATE = re.compile(rf"([A-Za-z][a-z ]{{2,30}}?)(?: on| in)? ({DAY}|{p.MONTH_DATE}|(?:19|20)\d\d)", re.I)


def telling(line: Line, text: str, fields: Sequence[Field]) -> Line:
    """The line with another text and what the fields say. Of several dates, the last one counts."""
    if not fields and text == line.text:
        return line
    said = {says: [field.value for field in fields if field.says == says] for says in (REFERENCE, STATUS, DATE, NOTE)}
    dates = said[DATE] + [field.date for field in fields if field.date]
    notes = [line.note, *said[NOTE]]
    files = all(p.FILE_HINT.fullmatch(note) for note in notes if note)
    return replace(
        line,
        text=text,
        after="" if text != line.text else line.after,
        reference=line.reference or next(iter(said[REFERENCE]), ""),
        status=line.status or next(iter(said[STATUS]), ""),
        date=max([line.date, *dates]),
        note=(" " if files else "; ").join(filter(None, notes)),
    )
