"""Turn a title into a form that can be compared: plain text, then words, with one term for the sector's many wordings.

The sector's wordings are in ``data/wordings.csv`` (concept, wording, kind, source). This module applies the kinds for words inside a
title. `procman.matching.concepts` uses the kinds for a whole title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from procman.errors import TableError
from procman.files import DATA, read_rows, where_data_are
from procman.words import plain

WORDINGS = DATA / "wordings.csv"

#: kinds that stand for a concept inside a title: "LAC reviews" → "looked after child" + "review"
TERMS = frozenset({"abbreviation", "renaming", "variant"})
#: kinds left out of every comparison: "policy", "Oxfordshire County Council"
IGNORED = frozenset({"stock phrase", "hosting body"})
#: kinds that say what a word tells: little ("team"), which look-alike is meant ("review"), who it is about ("adoption")
WEIGHTS = frozenset({"weak word", "distinction", "audience"})
#: kinds for a whole chapter title. A look-alike is near a concept but does not mean it
CHAPTERS = frozenset({"chapter title", "local name", "look-alike"})
KINDS = TERMS | IGNORED | WEIGHTS | CHAPTERS

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# "October 2013", "2015", "v2", "version 1.3": an edition, not a subject.
EDITION = re.compile(rf"\b(?:(?:{MONTHS})\s+)?(?:19|20)\d\d\b|\bv(?:ersion)?\s?\d+(?:\s\d+)*\b")
# "mkscb", "oscp", "lscb": the initials of a hosting body.
HOST = re.compile(r"^[a-z]{0,5}(?:scb|scp|scpb|lscb|lscp)$")
# "(FEHA)", "(PWP)": initials in brackets after the words they stand for.
INITIALS = re.compile(r"\(([A-Z]{2,7})s?\)")
LONGEST = 300  # the most characters of a title to compare, because longer text is not a title and takes too long
PARTS = 20  # the most parts of a title to compare, for the same reason
# The places where a title is split into parts: brackets, colon, slash, spaced dash, "including …".
PART = re.compile(
    r"[()\[\]:;/|]|\s[-–—]+\s|[–—]|,?\s\b(?:including|includes|incorporating|excluding|formerly|also known as)\b", re.I
)
SINGULAR = {"children": "child", "people": "people", "wives": "wife", "lives": "life", "series": "series"}


@dataclass(frozen=True)
class Wording:
    """One row of ``data/wordings.csv``."""

    concept: str
    wording: str
    kind: str
    source: str


class Form(NamedTuple):
    """A title ready to compare: its first 300 characters and 20 parts.

    ``plain`` is the whole text. ``words`` are its content words. ``tokens`` are these words with the sector's terms. ``parts`` are the tokens
    of each part.
    """

    plain: str
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The content tokens, sorted and without repeats. Titles with equal keys differ only in order or stock words."""
        return tuple(sorted(set(self.tokens))) or (self.plain,)


def singular(word: str) -> str:
    """Return an English word without its plural ending. This is a simple rule, and the wordings have the exceptions.

    >>> [singular(word) for word in ("children", "policies", "reviews", "process", "homes")]
    ['child', 'policy', 'review', 'process', 'home']
    """
    if word in SINGULAR:
        return SINGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


def words(title: str) -> list[str]:
    """Return the words of a title in the singular, without dates and initials of hosting bodies.

    >>> words("MKSCB Levels of Need (October 2013)"), words("Letter Before Proceedings (LBP)")
    (['level', 'of', 'need'], ['letter', 'before', 'proceeding'])
    """
    text = EDITION.sub(" ", plain(INITIALS.sub(_unexplained, title)))
    return [singular(word) for word in text.split() if not HOST.match(word)]


def shortened(title: str) -> str:
    """Return the part of a title that is compared, with single spaces.

    >>> shortened("Staying   Put"), len(shortened("x" * 5000))
    ('Staying Put', 300)
    """
    return " ".join(title.split())[:LONGEST]


def _unexplained(found: re.Match[str]) -> str:
    """Return initials in brackets, or nothing if they are the initials of the words before them."""
    before = iter(plain(found.string[: found.start()]).split())
    explained = all(any(word.startswith(letter) for word in before) for letter in found[1].casefold())
    return " " if explained else found[0]


@dataclass(frozen=True)
class Wordings:
    """The sector's wordings, ready to apply to titles.

    ``phrases`` has, by first word, each phrase (longest first) and its token. The token of an ignored phrase is ``""``.
    """

    rows: tuple[Wording, ...]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(repr=False)
    weak: frozenset[str]
    distinct: frozenset[str]
    audience: frozenset[str]

    @classmethod
    def of(cls, rows: Iterable[Wording]) -> Wordings:
        """Index the rows. If two rows have the same phrase, a term wins over an ignored phrase, then the earlier row wins."""
        rows = tuple(rows)
        meaning: dict[tuple[str, ...], str] = {}
        for row in sorted(rows, key=lambda row: row.kind in IGNORED):
            if row.kind in TERMS or row.kind in IGNORED or row.kind == "weak word":
                phrase = tuple(words(row.wording))
                # A weak word stays as it is. Listing it here keeps "local authority" as one token.
                token = row.concept if row.kind in TERMS else "" if row.kind in IGNORED else " ".join(phrase)
                if phrase:
                    meaning.setdefault(phrase, token)
        # A term's name is also one of its wordings.
        for row in rows:
            if row.kind in TERMS:
                meaning.setdefault(tuple(words(row.concept)), row.concept)
        phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase in sorted(meaning, key=lambda phrase: (-len(phrase), phrase)):
            phrases.setdefault(phrase[0], []).append((phrase, meaning[phrase]))
        named = {kind: frozenset(r.wording for r in rows if r.kind == kind) for kind in WEIGHTS}
        return cls(rows, phrases, named["weak word"], named["distinction"], named["audience"])

    def tokens(self, title: str) -> tuple[str, ...]:
        """Return the content of a title in order, with terms in place of wordings and without ignored phrases.

        >>> wordings().tokens("LAC Review Policy")
        ('looked after child', 'review')
        """
        return tuple(token for token in self._replace(words(title)) if token)

    def form(self, title: str) -> Form:
        """Return the comparable form of a title.

        >>> wordings().form("Staying Put (Financial Policy)").parts
        (('staying', 'put'), ('finance',))
        """
        compared = INITIALS.sub(_unexplained, shortened(title))
        parts = tuple(tokens for part in PART.split(compared, PARTS)[:PARTS] if (tokens := self.tokens(part)))
        return Form(plain(title), self.bare(compared), self.tokens(compared), parts)

    def bare(self, title: str) -> tuple[str, ...]:
        """Return a title's own words in order, without ignored ones.

        >>> wordings().bare("The LAC Review Policy")
        ('lac', 'review')
        """
        return tuple(word for word in words(title) if ((word,), "") not in self.phrases.get(word, ()))

    def _replace(self, sequence: Sequence[str]) -> Iterable[str]:
        at = 0
        while at < len(sequence):
            for phrase, token in self.phrases.get(sequence[at], ()):
                if tuple(sequence[at : at + len(phrase)]) == phrase:
                    yield token
                    at += len(phrase)
                    break
            else:
                yield sequence[at]
                at += 1


def read_wordings(path: Path | str = WORDINGS) -> Wordings:
    """Read a wordings file: columns concept, wording, kind, source.

    Raises `TableError`, which names the line, if the file cannot be read, a column is missing or a kind is unknown.
    """
    path = where_data_are(path)
    lines = read_rows(path)
    if next(lines, (1, []))[1] != ["concept", "wording", "kind", "source"]:
        raise TableError(path, "the columns must be concept, wording, kind, source", line=1)
    rows = []
    for line, cells in lines:
        row = Wording(*cells)
        if row.kind not in KINDS or not row.wording:
            raise TableError(path, f"kind {row.kind!r} is not one of {', '.join(sorted(KINDS))}", line)
        if (row.kind in TERMS or row.kind in CHAPTERS) and not row.concept:
            raise TableError(path, f"{row.wording!r} has no concept", line)
        rows.append(row)
    return Wordings.of(rows)


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """Return the wordings in ``data/wordings.csv``, read once."""
    return read_wordings()
