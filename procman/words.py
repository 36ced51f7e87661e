"""Text for people: plain titles, counts with their nouns, lists, dates and sentences."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHE = re.compile(r"['‘’`´ʼ＇]s?\b|['‘’`´ʼ＇]")
BREAK = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=1 << 15)  # councils share most of their titles
def plain(title: object) -> str:
    """The title in lower case, without punctuation and with single spaces, to compare titles by their words.

    >>> plain("Children’s  Services – Policies, Values & Principles"), plain(None)
    ('children services policies values and principles', '')
    """
    if not isinstance(title, str):
        return ""
    text = unicodedata.normalize("NFKC", title).casefold().replace("&", " and ")
    return " ".join(BREAK.sub(" ", APOSTROPHE.sub("", text)).split())


def sentence(text: object) -> str:
    """The text with one full stop or question mark at the end.

    >>> sentence("page.txt: the file is empty"), sentence("Done."), sentence("Did you mean Kent?")
    ('page.txt: the file is empty.', 'Done.', 'Did you mean Kent?')
    """
    said = str(text).rstrip(".")
    return said if said.endswith("?") else f"{said}."


def count(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun.

    >>> count(1, "section"), count(2, "match", "matches"), count(1200, "chapter")
    ('1 section', '2 matches', '1,200 chapters')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def are(number: int) -> str:
    """The verb that goes with a number.

    >>> are(1), are(2)
    ('is', 'are')
    """
    return "is" if number == 1 else "are"


def listed(names: list[str], most: int = 4) -> str:
    """A list of names as part of a sentence. Names after the first ``most`` are counted.

    >>> listed(["A", "B"]), listed(["A", "B", "C", "D"], most=2), listed([])
    ('A and B', 'A, B and 2 more', 'none')
    """
    shown = names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]])) or "none"


def edition_in_words(edition: object) -> str:
    """An edition, or another ISO date, in words.

    >>> edition_in_words("2017-07"), edition_in_words("2025-02-12"), edition_in_words(None)
    ('July 2017', '12 February 2025', 'edition not printed')
    """
    if not isinstance(edition, str):
        return "edition not printed"
    year, *rest = edition.split("-")
    month = [_MONTHS[int(part) - 1] for part in rest[:1]]
    day = [str(int(part)) for part in rest[1:]]
    return " ".join([*day, *month, year])


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
