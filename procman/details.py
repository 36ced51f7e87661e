"""What stands behind a title in its row: flag, date, note, publisher."""

from __future__ import annotations

from typing import NamedTuple

from procman import patterns as p


class Details(NamedTuple):
    """A row's words taken apart; empty where the page prints nothing."""

    title: str
    status: str = ""
    date: str = ""
    note: str = ""
    publisher: str = ""


def iso_date(text: str) -> str:
    """A printed date as ISO text, to the month where only the month is given; empty for an impossible one.

    >>> iso_date("February 12, 2025"), iso_date("Sept 2016"), iso_date("29/04/2008"), iso_date("31 June 2020")
    ('2025-02-12', '2016-09', '2008-04-29', '')
    """
    words = text.replace(",", " ").replace(".", " ").replace("/", " ").replace("-", " ").split()
    month = next((p.MONTH_NUMBERS[word.lower()] for word in words if word.lower() in p.MONTH_NUMBERS), 0)
    numbers = [int(digits) for word in words if (digits := word.rstrip("stndrh")).isdigit()]
    if month:
        year, day = numbers[-1], numbers[0] if len(numbers) > 1 else 0
    elif len(numbers) == 3:
        year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
    else:
        return ""
    if not day:
        return f"{year:04}-{month:02}"
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def flag_of(text: str) -> tuple[str, str] | None:
    """Status and date of words that are nothing but a flag, else None.

    >>> flag_of("NEW"), flag_of("– Updated"), flag_of("Updated February 2017"), flag_of("Update")
    (('New', ''), ('Updated', ''), ('Updated', '2017-02'), None)
    """
    match = p.ONLY_FLAG.fullmatch(text)
    if not match:
        return None
    return "New" if match[1].lower() == "new" else "Updated", iso_date(match[2] or "")


def is_publisher(words: str, title: str = "") -> bool:
    """Whether bracketed words name a body that publishes, rather than belong to the title.

    >>> is_publisher("Oxfordshire Safeguarding Children's Board Procedures Manual"), is_publisher("DfE")
    (True, True)
    >>> is_publisher("Section 47"), is_publisher("LSCB", title="The Local Safeguarding Children Board")
    (False, False)
    """
    if words in p.BODIES or p.BOARD_INITIALS.search(words):
        return not _spells(words, title)
    last = title.rpartition(" ")[2]
    return bool(p.PUBLISHER.search(words)) and not (last.isupper() and _spells(last, words))


def _spells(initials: str, title: str) -> bool:
    """Whether the initials stand for words of the title: "Local Safeguarding Children Board (LSCB)"."""
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
        The words behind the title's link, where the page has links: a bracket there is never part of the title.

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
    status = date = note = publisher = ""
    before = None
    while before != text:
        before = text
        text = text.rstrip()
        if not text:
            break
        last = text[-1]
        if last.isdigit():
            if not date and (match := p.TRAILING_DAY_DATE.search(text) or p.GLUED_MONTH_DATE.search(text)):
                found = iso_date(match[1])
                if found and match.start():
                    date, text = found, text[: match.start()]
            elif not date and not status and (match := p.TRAILING_MONTH_DATE.search(text)):
                # "Updated February 2017": the month is the flag's date only behind a flag.
                front = text[: match.start()]
                if (found := _trailing_flag(front)) and found[0]:
                    (text, status), date = found, iso_date(match[1])
        elif last in ")]" and (match := p.LAST_BRACKET.search(text)):
            inner, front = match[1].strip(), text[: match.start()].rstrip()
            if not status and (flag := flag_of(inner)):
                text, (status, dated) = front, flag
                date = date or dated
            elif p.LINK_HINT.fullmatch(inner):
                text = front
            elif not front:
                pass
            elif p.NOTE_WORDS.match(inner) and not note:
                note, text = inner, front
            elif not publisher and is_publisher(inner, front):
                publisher, text = inner, front
            elif not note and linked_to.rstrip().endswith(match[0]) and not p.TITLE_BRACKET.match(inner):
                note, text = inner, front
        if text == before and not status and (found := _trailing_flag(text)):
            text, status = found
        if text == before and not note:
            match = p.DASH_NOTE.search(text)
            if match is None and (match := p.PLAIN_NOTE.search(text)) and match[1].lower() == "to follow":
                match = None if p.NOT_TO_FOLLOW.search(text[: match.start()]) else match
            if match and match.start():
                note, text = match[1].strip(), text[: match.start()].rstrip(" -–—")
    return Details(text.strip().rstrip("|").rstrip(), status, date, note, publisher)


def _trailing_flag(text: str) -> tuple[str, str] | None:
    if text[-1:] not in "wWdD)]*!" or not (match := p.TRAILING_FLAG.search(text)):
        return None
    front = text[: match.start()].rstrip(" -–—")
    if not front or p.NOT_A_FLAG.search(front):
        return None
    return front, "New" if "new" in match[0].lower() else "Updated"
