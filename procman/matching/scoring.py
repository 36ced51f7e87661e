"""Score how surely two titles are the same procedure, from four features that a person can check.

The score depends only on the two titles, not on other rows. Its weights are in ``data/pair_scores.toml``. ``python -m tests.benchmarks
fit`` fits them on labelled pairs, and the file says how.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from procman.errors import TableError
from procman.files import DATA, where_data_are
from procman.matching.concepts import Sector, TitleReading

PAIR_SCORES = DATA / "pair_scores.toml"
#: the factor for likeness to a chapter that a title may mean, but was not read as
MAYBE = 0.8
#: the most titles to compare one title with, for each chapter that it may mean, to limit time and memory
MOST = 100


class Features(NamedTuple):
    """The features that a pair of titles is scored by.

    - ``concept``, 0–1: how near both are to one known chapter. The less near of the two counts.
    - ``different``: 1 if both are known wordings of different chapters, or 0.
    - ``words``, 0–1: the words that the titles, or parts of them, share, by weight.
    - ``letters``, 0–1: how similar their letters are, in the sector's terms and in any order.
    """

    concept: float
    different: float
    words: float
    letters: float


@dataclass(frozen=True)
class Scorer:
    """The fitted score, with the lowest scores of an accepted pair and of a possible match."""

    weights: tuple[float, ...]
    intercept: float
    accepted: float
    possible: float

    def __call__(self, features: Sequence[float]) -> float:
        """Return the score of a pair: of pairs scored 0.9, nine in ten are right.

        >>> scorer()(Features(0.9, 0, 0.9, 0.9)) > scorer()(Features(0.4, 0, 0.9, 0.9))
        True
        """
        told = self.intercept + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return round(1 / (1 + math.exp(-told)), 6)


class Title:
    """A title prepared once for comparison with many others."""

    __slots__ = ("audience", "leads", "parts", "reading", "text")

    def __init__(self, reading: TitleReading, known: Sector) -> None:
        self.reading = reading
        self.leads = {concept: MAYBE * near for concept, near in reading.others if not concept.startswith("~")}
        self.leads |= dict.fromkeys(reading.concepts, reading.likeness)
        pieces = [{known.spelled(token) for token in part} for part in (reading.form.key, *reading.form.parts)]
        self.audience = pieces[0] & known.terms.audience
        self.text = " ".join(sorted(pieces[0]))
        self.parts = [{token: known.weight(token) for token in sorted(piece)} for piece in pieces]


def features(one: Title, two: Title) -> Features:
    """Return the features of a pair of titles.

    >>> from procman.matching.concepts import sector
    >>> one, two = (Title(r, sector()) for r in sector().read(["Children in Care Reviews", "Statutory Reviews for LAC"]))
    >>> [round(value, 1) for value in features(one, two)]
    [1.0, 0.0, 0.8, 0.8]
    """
    from rapidfuzz import fuzz

    words = max(_common(a, b) for a in one.parts for b in two.parts)
    concept = max((min(near, two.leads[name]) for name, near in one.leads.items() if name in two.leads), default=0.0)
    different = differ(one.reading, two.reading)
    if different:  # a known wording means its own chapter, and rarely another
        concept /= 2
    if not one.reading.concepts and not two.reading.concepts:
        # Each title may mean the other's chapter. Two shared words out of three are too little for that.
        concept = max(concept, MAYBE * words**2)
    return Features(
        concept,
        float(different),
        round(words, 6),
        round(fuzz.ratio(one.text, two.text) / 100, 6),
    )


def differ(one: TitleReading, two: TitleReading) -> bool:
    """Whether both titles are known wordings of different chapters."""
    known = one.known and two.known and one.concepts and two.concepts
    return bool(known and not set(one.concepts) & set(two.concepts))


def pair_score(one: Title, two: Title, score: Scorer | None = None) -> float:
    """Return how surely two titles are the same procedure, 0 to 1.

    Halves the score of titles that are read as different chapters, or are about different people ("Statement of Purpose", "Fostering
    Statement of Purpose").
    """
    found = (score or scorer())(features(one, two))
    return round(found / 2, 6) if apart(one, two) else found


def apart(one: Title, two: Title) -> bool:
    """Whether two titles are read as different chapters, or are not read as the same and are about different people."""
    ours, theirs = set(one.reading.concepts), set(two.reading.concepts)
    return not ours & theirs and (bool(ours and theirs) or one.audience != two.audience)


def _common(one: dict[str, float], two: dict[str, float]) -> float:
    both = sum(weight for token, weight in one.items() if token in two)
    return 2 * both / (sum(one.values()) + sum(two.values()))


def candidate_pairs(left: Iterable[Title], right: Iterable[Title]) -> Iterable[tuple[Title, Title]]:
    """Return the pairs to score: titles that may mean the same chapter, or unknown titles that share a telling word."""
    groups: dict[str, list[tuple[float, Title]]] = defaultdict(list)
    for title in right:
        for key, near in _keys(title):
            groups[key].append((near, title))
    nearest = {
        key: [title for _, title in sorted(group, key=lambda pair: (-pair[0], pair[1].reading.form.plain))[:MOST]]
        for key, group in groups.items()
    }
    for title in left:
        others = {id(other): other for key, _ in _keys(title) for other in nearest.get(key, ())}
        for other in others.values():
            yield title, other


def _keys(title: Title) -> Iterable[tuple[str, float]]:
    yield from title.leads.items()
    if not title.reading.concepts:
        yield from ((f"word {token}", weight) for token, weight in title.parts[0].items() if weight >= 0.5)


def read_scorer(path: Path | str = PAIR_SCORES) -> Scorer:
    """Read a fitted score. Raises `TableError` if the file cannot be read or is incomplete."""
    path = where_data_are(path)
    try:
        table: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        weights = tuple(float(table["weights"][name]) for name in Features._fields)
        return Scorer(weights, *(float(table[name]) for name in ("intercept", "accepted", "possible")))
    except (OSError, UnicodeError, KeyError, TypeError, ValueError) as error:
        raise TableError(path, f"the fitted score cannot be read: {error}") from error


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """Return the score in ``data/pair_scores.toml``, read once."""
    return read_scorer()


def confidence_or_default(confidence: float | None, threshold: float | None = None) -> float:
    """Return the confidence given under either name, or the default.

    >>> confidence_or_default(0.7), confidence_or_default(None, 0.6), confidence_or_default(None) == scorer().accepted
    (0.7, 0.6, True)
    """
    given = threshold if confidence is None else confidence
    return scorer().accepted if given is None else given
