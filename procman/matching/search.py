"""Search titles for a person's words, reading titles in the same way as for topics and matches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from procman.matching.chapters import titles_topics
from procman.matching.titles import wordings
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd


def has_words(title: object, wanted: Sequence[str]) -> bool:
    """Whether each wanted word starts a word of the title.

    >>> has_words("Private Fostering", ["foster"]), has_words("Private Fostering", ["host"])
    (True, False)
    """
    words = _folded(title).split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def finder(words: str) -> Callable[[object], bool]:
    """Return a function that tells whether a title fits the words.

    A title fits if each word starts one of its words, if it has the terms that the words stand for in the sector ("LAC", "s47"), or if
    `procman.topics` gives the title and the words the same topic.

    >>> asked = finder("LAC review")
    >>> asked("Children in Care Reviews"), asked("Review of Complaints")
    (True, False)
    >>> finder("LADO")("Allegations against Staff"), finder("LADO")("Allegations against Foster Carers")
    (True, False)
    """
    wanted, meant = plain(words).split(), frozenset(wordings().tokens(words))
    topics = _topics(words)
    return lambda title: (
        has_words(title, wanted) or (bool(meant) and meant <= _meaning(title)) or bool(topics & _topics(_text(title)))
    )


def asked_for(titles: pd.Series, words: str) -> pd.Series:
    """Whether each title fits the words (see `finder`). Equal titles are checked once."""
    asked = finder(words)
    return titles.isin([title for title in titles.dropna().unique() if asked(title)])


@lru_cache(32_768)
def _meaning(title: object) -> frozenset[str]:
    """What a title is about, in the sector's terms."""
    return frozenset(wordings().tokens(_text(title)))


@lru_cache(32_768)
def _topics(title: str) -> frozenset[str]:
    return frozenset(titles_topics([title])[0]) if title else frozenset()


def _text(title: object) -> str:
    return title if isinstance(title, str) else ""


def _folded(title: object) -> str:
    return plain(_text(title))
