"""Which of the sector's chapters a title means: the nearest known wording, how near it is, and what else it could be.

A title is read on its own, never against the other tables at hand. So a match cannot depend on the order of rows or on a third
council, and chapters that share a concept form groups without chains.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from procman.titles import Form, Wordings, wordings

#: how much a token counts when it stands outside the part that is compared: in brackets, after a dash, in the section's name
ASIDE = 0.35
#: two concepts nearer to each other than this cannot be told apart from the title
MARGIN = 0.03
#: rating of a likeness found in one part of a title, or with the section's help, against the same likeness in the whole
PART, PLACE = 0.96, 0.9
WEAK, DISTINCT, UNKNOWN = 0.3, 1.4, 1.1
LEAST = 0.3  # a likeness below this is not kept


@dataclass(frozen=True, slots=True)
class Reading:
    """What one title was read as.

    ``concepts`` are the chapters it means: one, several for a joint chapter, none where nothing is near or two are equally near.
    ``likeness`` (0–1) is how near the known ``wording`` is; ``others`` are the next concepts, best first.
    """

    form: Form
    concepts: tuple[str, ...]
    likeness: float
    wording: str
    others: tuple[tuple[str, float], ...]

    @property
    def known(self) -> bool:
        """True where the title says the same as a known wording, order and stock words aside."""
        return self.likeness > 0.999


class Sector:
    """The known chapter wordings as one matrix, to read titles against.

    Examples
    --------
    >>> sector().read([("Children in Care Reviews", "")])[0].concepts
    ('Looked after reviews',)
    """

    def __init__(self, terms: Wordings) -> None:
        from scipy import sparse

        self.terms = terms
        forms: dict[tuple[str, ...], Form] = {}
        concepts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        names: dict[tuple[str, ...], str] = {}
        for row in terms.rows:
            if row.kind not in ("chapter title", "local name", "look-alike"):
                continue
            form = terms.form(row.wording)
            spelled = (form.plain,)
            if row.kind == "look-alike":
                concepts.setdefault(spelled, set())
            else:
                concepts[spelled].add(row.concept)
            forms[spelled], names[spelled] = form, row.wording
        # One exemplar per spelling, in alphabetical order so that the file's order of rows does not matter.
        order = sorted(forms)
        self.names = [names[spelled] for spelled in order]
        self.forms = [forms[spelled] for spelled in order]
        self.concepts = [tuple(sorted(concepts[spelled])) for spelled in order]
        spread: dict[str, set[str]] = defaultdict(set)
        for form, meant in zip(self.forms, self.concepts, strict=True):
            for token in form.key:
                spread[token].update(meant or (form.plain,))
        self.vocabulary = {token: at for at, token in enumerate(sorted(spread))}
        total = len({concept for meant in self.concepts for concept in meant}) + 1
        self.weights = {token: self._weight(token, len(spread[token]), total) for token in spread}
        self.matrix = self._matrix([set(form.key) for form in self.forms], sparse)
        self.sizes = self._sizes([set(form.key) for form in self.forms])
        self.known: dict[tuple[str, str], Reading] = {}
        self.spelling: dict[str, str] = {}

    def _weight(self, token: str, concepts: int, total: int) -> float:
        """A token that few concepts use tells more than one that many use."""
        if token in self.terms.weak:
            return WEAK
        rarity = 0.4 + math.log(total / max(concepts, 1)) / math.log(total)
        return rarity * (DISTINCT if token in self.terms.distinct else 1.0)

    def weight(self, token: str) -> float:
        """Return how much a token tells, known to the wordings or not."""
        return self.weights.get(token, WEAK if token in self.terms.weak else UNKNOWN)

    def _sizes(self, sets: Sequence[set[str]]) -> Any:
        import numpy as np

        return np.array([sum(self.weight(token) for token in sorted(tokens)) for tokens in sets])

    def _matrix(self, sets: Sequence[set[str]], sparse: Any, weighted: bool = True) -> Any:
        rows, columns, values = [], [], []
        for row, tokens in enumerate(sets):
            for token in sorted(tokens):
                if token in self.vocabulary:
                    rows.append(row)
                    columns.append(self.vocabulary[token])
                    values.append(self.weights[token] if weighted else 1.0)
        return sparse.csr_array((values, (rows, columns)), shape=(len(sets), len(self.vocabulary)))

    def spelled(self, token: str) -> str:
        """Return the known token that an unknown long one misspells, or the token itself."""
        if token in self.vocabulary or len(token) < 6 or not token.isalpha():
            return token
        if token not in self.spelling:
            from rapidfuzz import fuzz, process

            near = process.extractOne(token, [t for t in self.vocabulary if len(t) >= 6], scorer=fuzz.ratio, score_cutoff=88)
            self.spelling[token] = near[0] if near else token
        return self.spelling[token]

    def read(self, titles: Iterable[tuple[str, str]]) -> list[Reading]:
        """Read titles, each with the words of its place (section and subsection, or ``""``); a title is read once and kept."""
        titles = list(titles)
        fresh = sorted({title for title in titles if title not in self.known})
        for start in range(0, len(fresh), 1000):
            batch = fresh[start : start + 1000]
            first = self._read([(self.terms.form(title), ()) for title, _ in batch])
            # The place is asked only where the title alone does not decide.
            unsure = [
                (at, tokens)
                for at, (_, place) in enumerate(batch)
                if place and not first[at].known and (tokens := self.terms.tokens(place))
            ]
            placed = self._read([(first[at].form, tokens) for at, tokens in unsure])
            for (at, _), reading in zip(unsure, placed, strict=True):
                if reading.concepts and reading.likeness > first[at].likeness:
                    first[at] = reading
            self.known.update(zip(batch, first, strict=True))
        return [self.known[title] for title in titles]

    def _read(self, forms: Sequence[tuple[Form, tuple[str, ...]]]) -> list[Reading]:
        import numpy as np
        from scipy import sparse

        cores: list[set[str]] = []
        asides: list[set[str]] = []
        owners: list[int] = []
        rates: list[float] = []
        for owner, (form, place) in enumerate(forms):
            whole = {self.spelled(token) for token in form.key}
            views = [(whole, PLACE if place else 1.0)]
            if len(form.parts) > 1 and not place:
                views += [({self.spelled(token) for token in part}, PART) for part in form.parts]
            for core, rate in views:
                cores.append(core)
                asides.append((whole | {self.spelled(token) for token in place}) - core)
                owners.append(owner)
                rates.append(rate)
        if not cores:
            return []
        inside = self._matrix(cores, sparse, weighted=False) @ self.matrix.T
        beside = self._matrix(asides, sparse, weighted=False) @ self.matrix.T
        sizes = self._sizes(cores) + ASIDE * self._sizes(asides)
        found: list[dict[int, float]] = [{} for _ in forms]
        shared = (inside + beside).tocsr()
        beside = beside.tocsr()
        for view, (owner, rate) in enumerate(zip(owners, rates, strict=True)):
            span = slice(shared.indptr[view], shared.indptr[view + 1])
            at, common = shared.indices[span], shared.data[span]
            extra = np.zeros(len(self.names))
            lead = slice(beside.indptr[view], beside.indptr[view + 1])
            extra[beside.indices[lead]] = beside.data[lead]
            # What is shared from outside the part counts in full; what is not shared there counts little.
            likeness = rate * 2 * common / (sizes[view] + (1 - ASIDE) * extra[at] + self.sizes[at])
            keep = likeness >= LEAST
            best = found[owner]
            for exemplar, value in zip(at[keep].tolist(), likeness[keep].tolist(), strict=True):
                if value > best.get(exemplar, 0.0):
                    best[exemplar] = value
        return [self._decide(form, best) for (form, _), best in zip(forms, found, strict=True)]

    def _decide(self, form: Form, found: dict[int, float]) -> Reading:
        """Choose the nearest exemplar's concepts, or none where another concept is as near."""
        if not found:
            return Reading(form, (), 0.0, "", ())
        top = max(found.values())
        near = [at for at, value in found.items() if value > top - 1e-9]
        if len({self.concepts[at] for at in near}) > 1:
            near = self._spelled_alike(form, near)
        best = min(near)
        meant = self.concepts[best] if len({self.concepts[at] for at in near}) == 1 else ()
        by_concept: dict[str, float] = {}
        for at, value in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            for concept in self.concepts[at] or (f"~{self.names[at]}",):
                by_concept.setdefault(concept, value)
        others = tuple((concept, value) for concept, value in by_concept.items() if concept not in meant)[:3]
        # A known wording is not in doubt; anything less must stand clear of the next concept.
        if top < 0.999 and others and others[0][1] > top - MARGIN:
            meant = ()
        return Reading(form, meant, min(top, 1.0), self.names[best], others)

    def _spelled_alike(self, form: Form, near: list[int]) -> list[int]:
        """Of wordings equal but for stock words, those whose own stock words are nearest to the title's."""
        from rapidfuzz import fuzz

        scores = {at: fuzz.token_sort_ratio(form.plain, self.forms[at].plain) for at in near}
        return [at for at in near if scores[at] == max(scores.values())]


def most_common(values: Iterable[str]) -> str:
    """Return the value seen most often; of equals the shortest, then the first in the alphabet.

    >>> most_common(["Staying Put Policy", "Staying Put", "Staying Put"])
    'Staying Put'
    """
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], len(value), value))


@lru_cache(maxsize=1)
def sector() -> Sector:
    """Return the sector built from ``data/wordings.csv``, made once."""
    return Sector(wordings())
