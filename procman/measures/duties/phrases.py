"""Search titles for the phrases that mean a duty, and for the words that rule a title out.

A *wording* is a phrase. A title has it if its whole words are next to each other in the same order. Plural endings do not matter, nor do
little words ("of", "and") that the wording does not have. ``*`` stands for any ending. ``+`` joins phrases that can be apart. The
sector's names for looked after children, and for care leavers, count as the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from procman.matching.titles import TERMS, singular
from procman.matching.titles import wordings as sector_wordings
from procman.measures.counting import text
from procman.words import plain

#: The number of first letters used to look up wordings, so that each title is tried with few of them.
START = 3
#: Words about other people or matters, by their name in ``unless``.
OTHERS = {
    "{adults}": "adult; older people; older person; elderly; dementia; care act; section 42",
    "{staff}": "staff; employee; workforce; personnel; human resource; colleague",
    "{carers}": "carer; foster*; adopt*; kinship; connected person; guardian; guardianship",
    "{school}": "school*; pupil; college; nursery",
    "{money}": "financ*; allowance; payment; fee; fund*; budget; charg*; debt",
    "{housing}": "tenan*; landlord; rent",
}
LITTLE = frozenset("a an and are as at be by for from in is may of on or our the their to who with your".split())
BETWEEN_WORDS = rf" (?:(?:{'|'.join(sorted(LITTLE))}) )*"
#: The people for whom the sector has several names, which count as the same.
PEOPLE = ("looked after child", "previously looked after child", "care leaver")


class Phrases(NamedTuple):
    """A wording from the checklist, and its phrases. A title must have all of them."""

    printed: str
    phrases: tuple[re.Pattern[str], ...]
    start: str  # the first letters of a word that every title with this wording has

    def found(self, readings: Iterable[str]) -> bool:
        """Whether one of a title's readings has all the phrases."""
        return any(all(phrase.search(reading) for phrase in self.phrases) for reading in readings)


@lru_cache(maxsize=4096)
def wordings(cell: str | None) -> list[Phrases]:
    """The wordings of one cell.

    >>> [wording.printed for wording in wordings("child need plan*; health + looked after child")]
    ['child need plan*', 'health + looked after child']
    """
    made = []
    for printed in parts(cell):
        phrases = [[_word(word) for word in phrase.split()] for phrase in printed.split("+")]
        patterns = tuple(re.compile(f" {BETWEEN_WORDS.join(words)} ") for words in phrases)
        made.append(Phrases(printed, patterns, phrases[0][0].removesuffix(r"\w*")[:START]))
    return made


def parts(cell: str | None) -> list[str]:
    """The parts between semicolons, with each name of `OTHERS` replaced by its words."""
    for name, words in OTHERS.items():
        cell = (cell or "").replace(name, words)
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _word(word: str) -> str:
    """A word as a pattern: in the singular, with ``*`` for any ending."""
    return rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(singular(words_of(word)))


@lru_cache(maxsize=1 << 15)
def readings(title: str | None) -> tuple[str, ...]:
    """A title's words in the singular, between spaces: as printed, and with the standard name for the people it is about.

    >>> readings("Reviews for Cared for Children")
    (' review for cared for child ', ' review for looked after child ')
    """
    words = words_of(title).replace("young adult", "young people").split()
    named, at = [], 0
    people = _people()
    while at < len(words):
        length, name = next(
            (
                (len(phrase), name)
                for phrase, name in people.get(words[at], ())
                if tuple(words[at : at + len(phrase)]) == phrase
            ),
            (1, words[at]),
        )
        named += name.split()
        at += length
    return tuple(f" {' '.join(singular(word) for word in one)} " for one in (words, named))


@lru_cache(maxsize=1)
def _people() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The sector's names for `PEOPLE`, by their first word, longest first."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in sector_wordings().rows:
        if row.kind in TERMS and row.concept in PEOPLE:
            words = tuple(words_of(row.wording).split())
            names[words[0]].append((words, row.concept))
    return {word: sorted(several, key=lambda one: (-len(one[0]), one)) for word, several in names.items()}


def words_of(title: object) -> str:
    """A title's words in plain form, to compare titles. Empty for a missing title."""
    return plain(text(title) or "")
