"""What a contents page calls itself: the manual's name, and the council's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.details import iso_date
from procman.reading.furniture import is_around_list
from procman.reading.line import Line


class Names(NamedTuple):
    """What a page says above its list."""

    title: str = ""
    council: str = ""
    edition: str = ""


#: No page, section or edition has a longer name.
_LONGEST_NAME = 300


def names_above(lines: Sequence[Line], roles: list[str], start: int) -> Names:
    """Read title, council and edition from the lines above the list, giving them their roles."""
    title = own = council = edition = ""
    trails: list[str] = []

    def call(text: str) -> None:
        """Take the page's name; what only says where the page stands ("Home > Children > Manual") is put by."""
        nonlocal title, own
        parts = parts_of_trail(text)
        if len(parts) > 1 or is_trail(text):
            trails.extend(parts)
        elif not title:
            title, own = title_and_council(text)

    for i in range(start):
        if roles[i] not in ("furniture", "title") or lines[i].ignored:
            continue
        text = lines[i].text.rstrip("| ")
        if len(text) > _LONGEST_NAME:
            continue
        if not edition and (match := p.EDITION_LINE.search(text)):
            roles[i], edition = "edition", iso_date(match[1] or match[2])[:7]
            name = text[: match.start(2) if match[2] else 0].strip(" ,:–-(")
            if p.MANUAL_TITLE.search(name) and not p.VERSION.search(name):
                call(name)
        elif p.MANUAL_TITLE.search(text):
            roles[i] = "title"
            if not is_around_list(text):
                call(text)
        elif named := council_of(text):
            roles[i], council = "title", council or named
        else:
            trails += parts if len(parts := parts_of_trail(text)) > 1 else []
    # One part of a trail serves where no line of its own names manual or council.
    if not title:
        named_parts = [part for part in trails if p.MANUAL_TITLE.search(part)]
        title, own = title_and_council(named_parts[0]) if named_parts else ("", "")
    return Names(title, own or council or next(filter(None, map(council_of, trails)), ""), edition)


def parts_of_trail(text: str) -> list[str]:
    """The parts of a trail or of a joined name, without the site's own words; the whole text where nothing divides it.

    >>> parts_of_trail("Home > Children and families > Children's Services Procedures Manual")
    ['Children and families', "Children's Services Procedures Manual"]
    """
    parts = [part.strip() for part in p.TRAIL_MARK.split(text)]
    return [part for part in parts if part and not is_around_list(part)] if len(parts) > 1 else parts


def is_trail(text: str) -> bool:
    """Whether a line says where the page stands: "Home / Social care / Procedures".

    >>> is_trail("Home / Social care / Procedures"), is_trail("Children / Young People")
    (True, False)
    """
    first = p.TRAIL_MARK.split(text, maxsplit=1)
    return len(first) > 1 and is_around_list(first[0])


def council_of(text: str) -> str:
    """The council that a line names and nothing else, as it is called for short; empty for any other line.

    >>> council_of("Wessex County Council"), council_of("London Borough of Northwick"), council_of("City of Wold Council")
    ('Wessex', 'Northwick', 'Wold')
    >>> council_of("Visit the council"), council_of("Wessex Youth Council")
    ('', '')
    """
    match = p.COUNCIL.fullmatch(text)
    return (match[1] or match[2]).strip() if match else ""


def title_and_council(text: str) -> tuple[str, str]:
    """A manual's name without its council's, and the council's: glued or not, and whatever the council is in full.

    >>> title_and_council("OxfordshireChildren's Services Procedures Manual")
    ("Children's Services Procedures Manual", 'Oxfordshire')
    >>> title_and_council("Wessex County Council Children's Services Procedures Manual")[1]
    'Wessex'
    """
    text = re.sub(r"\s*[:|–-]?\s*(?:full )?contents(?: list)?\s*[:|]?$", "", text, flags=re.I).strip()
    if match := p.MANUAL_SUBJECT.search(text):
        council = text[: match.start()].strip(" -–:")
        if council and (text[match.start() - 1] in " -–:" or text[match.start() - 1].islower()):
            title = text[len(council) :].strip(" -–:") if council[-1:].isalnum() else text
            council = p.BEFORE_NAME.sub("", council)
            return title, council_of(council) or council
    return text, ""


def names_in_head(page: str) -> tuple[str, str]:
    """Manual and council as a page's mark-up names them above its body: the title that a browser shows, the site's name.

    >>> names_in_head("<title>Contents | Wessex County Council Children&#39;s Services Procedures Manual</title>")
    ("Children's Services Procedures Manual", 'Wessex')
    >>> names_in_head("<title>Contents</title><meta property='og:site_name' content='Wessex Council'>")
    ('', 'Wessex')
    """
    manual = council = ""
    for pattern in (p.HEAD_TITLE, p.SITE_NAME):
        match = pattern.search(page, 0, _HEAD)
        for part in parts_of_trail(" ".join(unescape(match[match.lastindex or 0]).split())) if match else ():
            words = [word for word in part.split(" - ") if not is_around_list(word.strip())]
            name = " - ".join(words)
            if p.MANUAL_TITLE.search(name):
                title, own = title_and_council(name)
                manual, council = manual or title, council or own
            else:
                council = council or next(filter(None, map(council_of, words)), "")
    return manual, council


#: Where a page's head ends at the latest.
_HEAD = 50_000
