"""Find the names on a contents page: the manual's and the council's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.dates import iso_date
from procman.reading.furniture import is_around_list, role_of
from procman.reading.line import Line, like_a_sentence, squeeze


class Names(NamedTuple):
    """The names above the list of a page."""

    title: str = ""
    council: str = ""
    edition: str = ""


#: The longest name of a page, section or edition.
LONGEST_NAME = 300


class _Name(NamedTuple):
    """A line that may name the manual, and how well it does so."""

    points: int
    title: str
    council: str


def _name(text: str, line: Line) -> _Name | None:
    """The name in a line, or None if it does not name a manual.

    A line with council and manual is better than only "Procedures Manual", and both are better than a line about policies.
    """
    if not (p.MANUAL_TITLE.search(text) or p.NAMES_POLICIES.search(text)):
        return None
    if (
        like_a_sentence(text)
        or p.PART.match(text)
        or ((match := p.LAST_BRACKET.search(text)) and p.LINK_HINT.match(match[1]))
    ):
        return None  # words about the manual, a part of it, or a link to another
    title, council = title_and_council(text)
    plain = p.BARE_NAME.fullmatch(title) is not None
    points = (
        3 * bool(p.MANUAL_TITLE.search(text)) + 3 * bool(council) - (2 + (title != text)) * plain + (line.heading == 1)
    )
    return _Name(points, title, council)


def names_above(lines: Sequence[Line], roles: list[str], start: int, otherwise: str = "") -> Names:
    """Read title, council and edition from the lines above the list, and set the roles of these lines.

    ``otherwise`` is the title if no line names the manual.
    """
    names: list[_Name] = []
    trails: list[str] = []
    council = edition = ""
    for i in range(start):
        text = lines[i].text.rstrip("| ")
        if roles[i] not in ("furniture", "title", "note") or lines[i].ignored or len(text) > LONGEST_NAME:
            continue
        words = text.replace("|", " ").split()
        around = sum(map(is_around_list, [*words, *map(" ".join, pairwise(words))]))  # "Home", "About us"
        if around > 2 - text.startswith("Home "):
            continue  # a menu on one line
        if named := council_of(text.strip("()")) or body_of(text):
            roles[i], council = "title", council or named
            continue
        if role_of(text) and not p.EDITION_LINE.search(text):
            roles[i] = "title" if p.MANUAL_TITLE.search(text) else roles[i]
            continue
        if not edition and (match := p.EDITION_LINE.search(text)):
            roles[i], edition = "edition", iso_date(match[1] or match[2] or match[3])[:7]
            text = p.OPEN_BRACKET.sub("", text[: match.start(2) if match[2] else 0]).strip(" ,:–-")
            if p.VERSION.search(text) or p.PROSE.match(text):
                continue
        parts = parts_of_trail(text)
        if len(parts) > 1 or is_trail(text):
            trails += parts
            roles[i] = "title" if p.MANUAL_TITLE.search(text) else roles[i]
        elif name := _name(text, lines[i]):
            roles[i] = roles[i] if roles[i] == "edition" else "title"
            names.append(name)
    # If no line names the manual or council, use one part of a breadcrumb trail.
    names = names or [name for part in trails if p.MANUAL_TITLE.search(part) and (name := _name(part, Line(0, part)))]
    best = max(names, key=lambda name: name.points, default=_Name(0, otherwise, ""))
    council = best.council or council or next(filter(None, map(council_of, trails)), "")
    for i in range(start):
        if not council and roles[i] in ("furniture", "note") and (council := _of_service(lines[i].text)):
            roles[i] = "title"
    return Names(best.title, council, edition)


def council_below(lines: Sequence[Line], start: int) -> str:
    """The council that the foot of a page names, below the list."""
    return next(filter(None, (body_of(line.text) for line in lines[start:] if len(line.text) <= LONGEST_NAME)), "")


def edition_below(lines: Sequence[Line], roles: Sequence[str]) -> str:
    """The edition that the foot of a page or of a printed page names: "Version 4.2 June 2019"."""
    for line, role in zip(lines, roles, strict=True):
        if (
            role in ("furniture", "note")
            and p.EDITION.search(line.text)
            and (match := p.EDITION_LINE.search(line.text))
        ):
            return iso_date(match[1] or match[2] or match[3])[:7]
    return ""


def parts_of_trail(text: str) -> list[str]:
    """The parts of a breadcrumb trail or of a joined name, without the site's own words. The whole text if it has no parts.

    >>> parts_of_trail("Home > Children and families > Children's Services Procedures Manual")
    ['Children and families', "Children's Services Procedures Manual"]
    """
    parts = [part.strip() for part in p.TRAIL_MARK.split(text)]
    return [part for part in parts if part and not is_around_list(part)] if len(parts) > 1 else parts


def is_trail(text: str) -> bool:
    """Whether a line is a breadcrumb trail: "Home / Social care / Procedures".

    >>> is_trail("Home / Social care / Procedures"), is_trail("Children / Young People")
    (True, False)
    """
    first, *others = p.TRAIL_MARK.split(text)
    return bool(others) and is_around_list(first)


def council_of(text: str) -> str:
    """The short name of the council in a line that has only a council's name. Empty for any other line.

    >>> council_of("Wessex County Council"), council_of("London Borough of Northwick"), council_of("City of Wold Council")
    ('Wessex', 'Northwick', 'Wold')
    >>> council_of("Visit the council"), council_of("Wessex Youth Council")
    ('', '')
    """
    match = p.COUNCIL.fullmatch(_without_capitals(p.LOGO.sub("", text).rstrip("]")))
    return (match[1] or match[2]).strip() if match else ""


def body_of(text: str) -> str:
    """The council or area whose body a line names: a council's services, or a safeguarding partnership. Empty for any other line.

    >>> body_of("Wold City Council Children and Families Services"), body_of("Wessex Safeguarding Children Partnership")
    ('Wold', 'Wessex')
    >>> body_of("© Copyright 2025 Wold Borough Council"), body_of("Wold County Council, County Hall, Castle Street")
    ('Wold', 'Wold')
    >>> body_of("St. Wolds Council © 2024. All rights reserved.")
    'St. Wolds'
    """
    text = p.BEHIND_NAME.split(p.COPYRIGHT.sub("", text))[0].strip(" .")
    match = p.BODY_OF_PLACE.fullmatch(_without_capitals(text))
    return match[1] if match else council_of(text)


def title_and_council(text: str) -> tuple[str, str]:
    """Split a manual's name into the name without the council, and the council's short name. There may be no space between.

    >>> title_and_council("OxfordshireChildren's Services Procedures Manual")
    ("Children's Services Procedures Manual", 'Oxfordshire')
    >>> title_and_council("Wessex County Council Children's Services Procedures Manual")[1]
    'Wessex'
    >>> title_and_council("Fostering Handbook – Wold Borough Council")
    ('Fostering Handbook', 'Wold')
    >>> title_and_council("BATH AND WOLD CHILDREN'S SERVICES MANUAL")
    ("CHILDREN'S SERVICES MANUAL", 'Bath and Wold')
    """
    text = re.sub(r"\s*[:|–-]?\s*(?:full |table of )?contents(?: list| page)?\s*[:|]?$", "", text, flags=re.I).strip()
    words = _without_capitals(text)
    if (match := p.COUNCIL_FIRST.match(words)) and (council := council_of(match[1])):
        return text[match.end() :].strip(" –:-"), council
    if match := p.MANUAL_SUBJECT.search(words):
        council = text[: match.start()].strip(" -–:")
        if (
            council
            and not p.NO_PLACE.fullmatch(council)
            and (text[match.start() - 1] in " -–:" or text[match.start() - 1].islower())
        ):
            title = text[len(council) :].strip(" -–:") if council[-1:].isalnum() else text
            council = p.BEFORE_NAME.sub("", words[: len(council)])
            return title, council_of(council) or council
    if (match := p.BEFORE_COUNCIL.match(text)) and (council := council_of(text[match.end() :])):
        return text[: match.end()].strip(" –:-"), council
    return text, ""


def _without_capitals(name: str) -> str:
    """A name in capitals in usual spelling: "BATH AND NORTH EAST SOMERSET" becomes Bath and North East Somerset."""
    if not (name.isupper() and name.isascii()):
        return name
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in name.lower().split(" "))


_SMALL_WORDS = frozenset("and of on upon the in with".split())


def names_in_head(page: str) -> tuple[str, str]:
    """The manual and council in an HTML page's head: from the title that a browser shows and the site's name.

    >>> names_in_head("<title>Contents | Wessex County Council Children&#39;s Services Procedures Manual</title>")
    ("Children's Services Procedures Manual", 'Wessex')
    >>> names_in_head("<title>Contents</title><meta property='og:site_name' content='Wessex Council'>")
    ('', 'Wessex')
    >>> names_in_head("<title>Procedures – Wessex Safeguarding Partnership</title>")[1], names_in_head("<title>Wold Children's Services</title>")[1]
    ('Wessex', 'Wold')
    """
    manual = council = ""
    for pattern in (p.HEAD_TITLE, p.SITE_NAME):
        match = pattern.search(page, 0, _HEAD)
        for part in parts_of_trail(" ".join(unescape(match[match.lastindex or 0]).split())) if match else ():
            words = [word for word in p.DASH.split(part) if not is_around_list(word)]
            name = " - ".join(words)
            if p.MANUAL_TITLE.search(name):
                title, own = title_and_council(name)
                manual, council = manual or title, council or own
            else:
                council = council or next(filter(None, map(_owner, words)), "")
    return manual, council


def _owner(text: str) -> str:
    """The council or area whose body or service a text names."""
    return body_of(text) or _of_service(text)


def _of_service(text: str) -> str:
    """The council whose service a text names alone. Empty for any other text."""
    return title_and_council(text)[1] if p.SERVICE.fullmatch(_without_capitals(text)) else ""


#: The longest head of a page in characters.
_HEAD = 50_000


def shown_name(council: str) -> str:
    """A council's name as given, but on one line, with normal accents, and without invisible characters or ones that files cannot hold.

    Raises ``ValueError`` if it is too long.

    >>> shown_name("North\\nwick\\x00 ")
    'North wick'
    """
    name = unicodedata.normalize("NFC", squeeze(council))
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the council's name has {len(name):,} characters: more than {LONGEST_NAME}")
    return name
