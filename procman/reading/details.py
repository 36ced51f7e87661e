"""The details after a title in its row: flag, date, note, publisher."""

from __future__ import annotations

from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.dates import iso_date


class Details(NamedTuple):
    """The parts of a row's words. Empty if the page does not print them."""

    title: str
    status: str = ""
    date: str = ""
    note: str = ""
    publisher: str = ""


def flag_of(text: str) -> tuple[str, str] | None:
    """The status and date of words that are only a flag, or None.

    >>> flag_of("NEW"), flag_of("– Updated"), flag_of("Updated February 2017"), flag_of("Up to date")
    (('New', ''), ('Updated', ''), ('Updated', '2017-02'), None)
    """
    match = p.ONLY_FLAG.fullmatch(text)
    if not match:
        return None
    return "New" if match[1].lower() in ("new", "added") else "Updated", iso_date(match[2] or "")


def is_publisher(words: str, title: str = "") -> bool:
    """Whether words in brackets name a publisher and are not part of the title.

    >>> is_publisher("Oxfordshire Safeguarding Children's Board Procedures Manual"), is_publisher("DfE")
    (True, True)
    >>> is_publisher("Section 47"), is_publisher("LSCB", title="The Local Safeguarding Children Board")
    (False, False)
    """
    if (
        all(word in p.BODIES for word in words.replace(",", " and ").replace("&", "and").split(" and "))
        or words in p.BODIES
        or p.BOARD_INITIALS.search(words)
    ):
        return not _spells(words, title)
    last = title.rpartition(" ")[2]
    return bool(p.PUBLISHER.search(words)) and not (last.isupper() and _spells(last, words))


def _spells(initials: str, title: str) -> bool:
    """Whether the initials are those of words in the title: "Local Safeguarding Children Board (LSCB)"."""
    wanted = [letter.lower() for letter in initials if letter.isalpha()]
    found = iter([word[0].lower() for word in title.replace("-", " ").split() if word[0].isalnum()])
    return all(letter in found for letter in wanted)


def take_apart(text: str, linked_to: str = "") -> Details:
    """Split a row's words into title, flag, date, note and publisher, working from the end.

    Parameters
    ----------
    text
        The row without its number.
    linked_to
        The words after the title's link, if there is one. Brackets and flags there are not part of the title.

    Examples
    --------
    >>> take_apart("Making an AssessmentUpdatedOctober 2, 2025")
    Details(title='Making an Assessment', status='Updated', date='2025-10-02', note='', publisher='')
    >>> take_apart("Local Protocols for Assessment - to follow").note
    'to follow'
    >>> take_apart("Child Protection Enquiries (Section 47)").title
    'Child Protection Enquiries (Section 47)'
    >>> take_apart("Assessment (DfE) Updated")
    Details(title='Assessment', status='Updated', date='', note='', publisher='DfE')
    """
    row = Details(text.strip().rstrip(_ARROWS))
    if len(text) > _LONGEST:
        return row
    row = _without_first(row)
    if match := p.FILE_ENDING.search(row.title):
        row = row._replace(title=row.title[: match.start()])
    linked_to = p.EMPHASIS.sub(r"\1", linked_to)
    if (flag := flag_of(linked_to)) and row.title.endswith(linked_to) and row.title != linked_to:
        row = row._replace(title=row.title.removesuffix(linked_to).rstrip(), status=flag[0], date=flag[1])
    elif linked_to and p.FILE_HINT.fullmatch(linked_to) and row.title.endswith(f" {linked_to}"):
        row = row._replace(title=row.title.removesuffix(linked_to).rstrip(" -–—,"), note=linked_to.strip("()[]"))
    while (shorter := _without_last(row, linked_to)) is not row:
        row = shorter
    return row


def _without_first(row: Details) -> Details:
    """The row without emphasis, a page number, and a flag before its title: "*NEW* Family Hubs ...... 12"."""
    text = row.title
    if "*" in text:
        match = p.LEADING_FLAG.match(text)
        text = text if match else p.EMPHASIS.sub(r"\1", text)
    if text[-1:].isdigit() and (match := p.PAGE_NUMBER.search(text)):
        text = text[: match.start()]
    if match := p.LEADING_FLAG.match(text):
        return Details(text[match.end() :], "New" if "new" in match[0].lower() else "Updated")
    return row._replace(title=text)


#: What sites put behind a link that leads away.
_ARROWS = " ↗→⧉»›"
#: No row is longer; a longer one is not worth the search.
_LONGEST = 2000


#: No flag and no date at a row's end is longer, which saves a search of the whole title: " – *Updated*!", " September. 12th, 2025",
#: " (last reviewed on: September 12th, 2025)".
_LONGEST_FLAG, _LONGEST_DATE, _LONGEST_DATED = 20, 30, 60
#: " (date of next review date: 12th September 2025)"
_LONGEST_REVIEW = 60
#: The last characters of "New", "UPDATED", "Updated on", "*New*", "New!".
_FLAG_ENDS = frozenset("wWdDn*!:")


def _without_last(row: Details, linked_to: str) -> Details:
    """The row with its last detail split from the title, or the same row if there is none."""
    text = row.title
    last = text[-1:]
    # Check this before dates, because the date of the next review is not the chapter's own date.
    if not row.note and "review" in text[-_LONGEST_REVIEW:].lower():
        match = p.REVIEW_NOTE.search(text, max(0, len(text) - _LONGEST_REVIEW))
        if match and match.start() and not p.NOT_A_FLAG.search(text[: match.start()]):
            return row._replace(title=text[: match.start()].rstrip(" -–—"), note=match[1])
    if last.isdigit() or last in (")", "]"):
        match = None if row.date else p.DATED.search(text, len(text) - _LONGEST_DATED)
        if match and match.start() and (date := iso_date(match[1])):
            return row._replace(title=text[: match.start()], date=date)
    if last.isdigit() and (taken := _without_date(row)) is not row:
        return taken
    if last in (")", "]") and (match := p.LAST_BRACKET.search(text)):
        taken = _without_bracket(row, text[: match.start()].rstrip(), match[1].strip(), linked_to.endswith(match[0]))
        if taken is not row:
            return taken
    if last in ("w", "b") and (match := p.TRAILING_LINK_HINT.search(text, max(0, len(text) - _LONGEST_DATED))):
        return row._replace(title=text[: match.start()])
    if (
        not row.note
        and last in ("b", "B", "s")
        and (match := p.TRAILING_FILE.search(text, max(0, len(text) - _LONGEST_FLAG)))
    ):
        return row._replace(title=text[: match.start()].rstrip(" -–—,"), note=match[1])
    if not row.status and (flagged := _trailing_flag(text)):
        return row._replace(title=flagged[0], status=flagged[1])
    if not row.publisher and "ed by " in text and (match := p.DASH_HOSTED.search(text)) and match.start():
        return row._replace(title=text[: match.start()], publisher=match[1])
    if not row.note and p.NOTE_HINT.search(text):
        match = p.DASH_NOTE.search(text) or p.PLAIN_NOTE.search(text)
        if match and text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            return row  # the dash is inside brackets
        if match and match.start() and not (match[0] == " to follow" and p.NOT_TO_FOLLOW.search(text[: match.start()])):
            return row._replace(title=text[: match.start()].rstrip(" -–—"), note=match[1].strip())
    return row


def _without_date(row: Details) -> Details:
    text = row.title
    if row.date:
        return row
    if match := p.NEXT_DATE.search(text, len(text) - 2 * _LONGEST_DATE):
        text = text[: match.end(match.lastindex or 0)]
    tail = len(text) - _LONGEST_DATE
    if match := p.TRAILING_DAY_DATE.search(text, tail) or p.GLUED_MONTH_DATE.search(text, tail):
        date = iso_date(match[1])
        return row._replace(title=text[: match.start()].rstrip(" -–—"), date=date) if date and match.start() else row
    # A month alone is a date only behind a flag: "Updated February 2017".
    match = None if row.status else p.TRAILING_FLAG_DATE.search(text, tail)
    if match:
        front = text[: match.start()]
        flagged, date = _trailing_flag(front, dated=True) or _bracketed_flag(front), iso_date(match[1])
        if flagged and date:
            return row._replace(title=flagged[0], status=flagged[1], date=date)
    return row


def _without_bracket(row: Details, front: str, inner: str, outside_link: bool) -> Details:
    if not row.status and (flag := flag_of(inner)):
        return row._replace(title=front, status=flag[0], date=row.date or flag[1])
    if p.LINK_HINT.fullmatch(inner):
        return row._replace(title=front)
    if not front:
        return row
    if not row.note and (p.NOTE_WORDS.match(inner) or p.ACCESS_NOTE.fullmatch(inner)):
        return row._replace(title=front, note=inner)
    if p.FILE_HINT.fullmatch(inner) and p.FILE_HINT.fullmatch(row.note):
        return row._replace(title=front, note=f"{inner} {row.note}")
    if not row.publisher and (host := p.HOSTED.match(inner)):
        return row._replace(title=front, publisher=inner[host.end() :])
    named = outside_link and p.NAMED_BODY.fullmatch(inner) and not p.TITLE_BRACKET.match(inner)
    if not row.publisher and (named or is_publisher(inner, front)):
        return row._replace(title=front, publisher=inner)
    if not row.note and outside_link and not p.TITLE_BRACKET.match(inner):
        return row._replace(title=front, note=inner)
    return row


def _trailing_flag(text: str, dated: bool = False) -> tuple[str, str] | None:
    """A title and the flag behind it. Before a date, a flag may have small letters: "Bullying updated March 2020"."""
    match = p.TRAILING_FLAG.search(text, len(text) - _LONGEST_FLAG) if text[-1:] in _FLAG_ENDS else None
    match = match or (p.SMALL_FLAG.search(text, len(text) - _LONGEST_FLAG) if dated else None)
    if not match:
        return None
    front = text[: match.start()].rstrip(" -–—:")
    if not front or p.NOT_A_FLAG.search(front):
        return None
    return front, "New" if "new" in match[0].lower() else "Updated"


def _bracketed_flag(text: str) -> tuple[str, str] | None:
    match = p.LAST_BRACKET.search(text)
    flag = flag_of(match[1]) if match else None
    return (text[: match.start()].rstrip(), flag[0]) if match and flag else None
