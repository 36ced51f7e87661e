"""What a contents page calls itself: the manual's name, and the council's."""

from __future__ import annotations

import re
from html import unescape

from procman.reading import patterns as p


def parts_of_trail(text: str) -> list[str]:
    """The parts of a trail or of a joined name, without the site's own words; the whole text where nothing divides it.

    >>> parts_of_trail("Home > Children and families > Children's Services Procedures Manual")
    ['Children and families', "Children's Services Procedures Manual"]
    """
    parts = [part.strip() for part in p.TRAIL_MARK.split(text)]
    return [part for part in parts if part and not p.SITE_WORDS.fullmatch(part)] if len(parts) > 1 else parts


def is_trail(text: str) -> bool:
    """Whether a line says where the page stands: "Home / Social care / Procedures".

    >>> is_trail("Home / Social care / Procedures"), is_trail("Children / Young People")
    (True, False)
    """
    first = p.TRAIL_MARK.split(text, maxsplit=1)
    return len(first) > 1 and bool(p.SITE_WORDS.fullmatch(first[0]))


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
            words = [word for word in part.split(" - ") if not p.SITE_WORDS.fullmatch(word.strip())]
            name = " - ".join(words)
            if p.MANUAL_TITLE.search(name):
                title, own = title_and_council(name)
                manual, council = manual or title, council or own
            else:
                council = council or next(filter(None, map(council_of, words)), "")
    return manual, council


#: Where a page's head ends at the latest.
_HEAD = 50_000
