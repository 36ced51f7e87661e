"""Find which of the sector's known chapters a title means: the nearest wording, how near it is, and the next best.

Each title is read on its own, not with the other rows of a table. So a match does not depend on the order of rows or on a third council,
and chapters group by concept, never in a chain of titles each like the next.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any

from procman.matching.titles import CHAPTERS, Form, Wordings, shortened, wordings
from procman.words import plain

#: the weight of a token outside the part compared, for example in brackets or after a dash
ASIDE = 0.35
#: the rating of a likeness in one part of a title, compared with the same likeness in the whole title
PART = 0.96
#: the weight of a token: a weak word, a word that tells look-alikes apart (times its rarity), a word in no wording
WEAK, DISTINCT, UNKNOWN = 0.3, 1.2, 0.8
#: the parts of a rating: likeness to the nearest wording, words the concept's wordings know, words they expect
NEAREST, COVERED, EXPECTED = 0.6, 0.3, 0.1
#: a lead over the next concept counts half, up to this
LEAD = 0.3
#: a rating below this is not kept among the other concepts
LEAST = 0.3
#: the number of other chapters to keep that a title may mean
NEXT = 5
#: the rating of a likeness between titles about different people
OTHER = 0.8
#: likeness of a title that joins two known wordings, and the weight that a single word needs to stand for a chapter there
JOINED, HALF = 0.87, 1.2
# The places where a title can join two chapters. A colon or dash more often narrows one chapter.
JOIN = re.compile(r"(?<=\s)and(?=\s)|[&/,;+]", re.I)
# A title with a list in brackets.
LISTED = re.compile(r"([^()]+)\(([^()]*,[^()]*)\)\s*")
SAME = 1e-5  # ratings nearer than this are equal
CLOSE = 0.025  # if the best concept leads by less, none is chosen and the title is left for review
BATCH = 500  # titles rated at once, to limit memory
JOINS = 20  # places tried in one title. No chapter joins as many, and each try reads the whole title again


@dataclass(frozen=True, slots=True)
class TitleReading:
    """How one title was read.

    ``concepts`` are the known chapters that it means: usually one, several for a joint chapter, and none if nothing is near or two are
    equally near. ``likeness`` (0–1) is how near the known ``wording`` is. ``others`` are the next concepts, best first.
    """

    form: Form
    concepts: tuple[str, ...]
    likeness: float
    wording: str
    others: tuple[tuple[str, float], ...]

    @property
    def known(self) -> bool:
        """Whether the title means the same as a known wording, apart from order and stock words."""
        return self.likeness == 1


class Sector:
    """The known wordings of chapters as one matrix, to compare titles with.

    Examples
    --------
    >>> sector().read(["Children in Care Reviews"])[0].concepts
    ('Looked after reviews',)
    """

    def __init__(self, terms: Wordings) -> None:
        self.terms = terms
        meant: dict[str, set[str]] = defaultdict(set)
        names: dict[str, str] = {}
        local = {plain(row.wording) for row in terms.rows if row.kind == "local name"}
        for row in terms.rows:
            if row.kind in CHAPTERS:
                spelled = plain(row.wording)
                # A look-alike is a concept without a name. A title nearest to it means no known chapter.
                meant[spelled].add(f"~{row.wording}" if row.kind == "look-alike" else row.concept)
                names.setdefault(spelled, row.wording)
        # Sort by concept, then by alphabet, so that the file's order and repeated rows make no difference. A wording listed under two
        # concepts is a joint chapter and belongs to both.
        pairs = sorted((concept, spelled) for spelled, concepts in meant.items() for concept in concepts)
        self.names = [names[spelled] for _, spelled in pairs]
        self.forms = [terms.form(name) for name in self.names]
        # A wording with only weak words ("Staff Meetings") says as little about other titles as a local name.
        alone = [spelled in local for _, spelled in pairs]
        self.local = [own or terms.weak.issuperset(form.key) for own, form in zip(alone, self.forms, strict=True)]
        self.concepts = sorted({concept for concept, _ in pairs})
        self.joint = {spelled: tuple(sorted(concepts)) for spelled, concepts in meant.items()}
        self.exact: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for (_, spelled), form in zip(pairs, self.forms, strict=True):
            self.exact[form.key].add(self.joint[spelled])
        owners = [concept for concept, _ in pairs]
        self.starts = [owners.index(concept) for concept in self.concepts]
        spread: dict[str, set[str]] = defaultdict(set)
        for form, concept in zip(self.forms, owners, strict=True):
            for token in form.key:
                spread[token].add(concept)
        self.vocabulary = {token: at for at, token in enumerate(sorted(spread))}
        self.weights = {token: self._weight(token, len(spread[token])) for token in spread}
        self.known: dict[str, TitleReading] = {}
        self.spelling: dict[str, str] = {}
        self._profile()

    def _profile(self) -> None:
        """Make the matrix of wordings, and for each concept the words that its wordings have and expect."""
        import numpy as np

        self.matrix = self._matrix([dict.fromkeys(form.key, 1.0) for form in self.forms]).toarray()
        weights = np.array([self.weights[token] for token in self.vocabulary], dtype=np.float32)
        self.sizes = self.matrix @ weights
        # The layout that a product with a sparse matrix needs. Otherwise each product would copy the matrix.
        self.weighted = np.ascontiguousarray((self.matrix * weights).T)
        # A local name means its chapter as a whole. Its words are common and say nothing about other titles.
        telling = ~np.array(self.local)
        counts = np.add.reduceat(telling.astype(np.float32), self.starts).clip(1)
        share = np.add.reduceat(self.matrix * telling[:, None], self.starts, axis=0) / counts[:, None]
        self.covered = np.ascontiguousarray(((share > 0) * weights).T)
        told = (share * weights).sum(axis=1, keepdims=True)
        self.expected = np.ascontiguousarray((share * weights / np.where(told > 0, told, 1)).T)

    def _weight(self, token: str, concepts: int) -> float:
        """The weight of a token. A token that few concepts use has more weight."""
        if token in self.terms.weak:
            return WEAK
        rarity = 0.4 + math.log(len(self.concepts) / concepts) / math.log(len(self.concepts) + 1)
        return rarity * (DISTINCT if token in self.terms.distinct else 1.0)

    def weight(self, token: str) -> float:
        """Return the weight of a token, whether or not the wordings have it."""
        return self.weights.get(token, WEAK if token in self.terms.weak else UNKNOWN)

    def _matrix(self, bags: Sequence[dict[str, float]]) -> Any:
        from scipy import sparse

        cells = [
            (row, self.vocabulary[token], value)
            for row, bag in enumerate(bags)
            for token, value in sorted(bag.items())
            if token in self.vocabulary
        ]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        shape = (len(bags), len(self.vocabulary))
        # Single precision halves the memory and the time. The ratings need only three digits.
        return sparse.csr_array((values, (rows, columns)), shape=shape, dtype="float32")

    def spelled(self, token: str) -> str:
        """Return the known token that an unknown long one misspells, or the token itself."""
        if token in self.vocabulary or len(token) < 6 or not token.isalpha():
            return token
        if token not in self.spelling:
            from rapidfuzz import fuzz, process

            long = [known for known in self.vocabulary if len(known) >= 6]
            near = process.extractOne(token, long, scorer=fuzz.ratio, score_cutoff=88)
            self.spelling[token] = near[0] if near else token
        return self.spelling[token]

    def read(self, titles: Iterable[str]) -> list[TitleReading]:
        """Read titles, each on its own. Equal titles are read once."""
        titles = list(titles)
        fresh = sorted({title for title in titles if title not in self.known})
        for start in range(0, len(fresh), BATCH):
            batch = fresh[start : start + BATCH]
            for title, alone in zip(batch, self._read([self.terms.form(title) for title in batch]), strict=True):
                self.known[title] = alone
                if alone.likeness < JOINED and (joined := self._joined(title)):
                    others = tuple(other for other in alone.others if other[0] not in joined[0])
                    self.known[title] = TitleReading(alone.form, joined[0], JOINED, joined[1], others)
        return [self.known[title] for title in titles]

    def _joined(self, title: str) -> tuple[tuple[str, ...], str] | None:
        """Return the concepts of a title that joins known wordings ("Staying Put and Pathway Plans"), and the wordings."""
        title = shortened(title)
        for split in islice(JOIN.finditer(title), JOINS):
            left, right = self.terms.tokens(title[: split.start()]), self.terms.tokens(title[split.end() :])
            # "Approval and Matching Panel" shares its last word: approval panel, matching panel.
            for first, second in ((left, right), (left + right[-1:], right)):
                one, two = set(first), set(second)
                # "Adoption Records and Retention": one audience for both halves, or an aspect of the other half.
                alike = one & self.terms.audience == two & self.terms.audience and one - two and two - one
                halves = self._half(one), self._half(two)
                if alike and all(halves) and not set(halves[0]) & set(halves[1]):
                    return tuple(sorted({*halves[0], *halves[1]})), " + ".join(
                        " ".join(sorted(half)) for half in (one, two)
                    )
        return self._listed(title)

    def _listed(self, title: str) -> tuple[tuple[str, ...], str] | None:
        """Return the concepts of a title that lists what it is about: "Placements (Children's Homes, Foster Care)"."""
        found = LISTED.fullmatch(title)
        if found is None or not (head := self.terms.tokens(found[1])[:1]):
            return None
        items = [{*head, *self.terms.tokens(item)} for item in islice(re.split(r",|\band\b", found[2]), JOINS)]
        named = [(self._half(item), " ".join(sorted(item))) for item in items]
        concepts = sorted({concept for half, _ in named for concept in half})
        return (tuple(concepts), " + ".join(name for half, name in named if half)) if len(concepts) > 1 else None

    def _half(self, words: set[str]) -> tuple[str, ...]:
        """Return the concepts of one half of a title if it is a known wording that can stand for a chapter, or nothing."""
        key = tuple(sorted(words))
        meant = self.exact.get(key, set())
        strong = [token for token in key if token not in self.terms.weak]
        # "Fostering", "Reviews", "Training" alone narrow the other half.
        alone = len(strong) == 1 and strong[0] in self.terms.distinct | self.terms.audience
        # One common word ("Consultation, …") is too little. A term of several words ("short break") is enough.
        telling = not alone and (len(" ".join(strong).split()) > 1 or sum(map(self.weight, strong)) >= HALF)
        concepts = next(iter(meant)) if telling and len(meant) == 1 else ()
        return () if any(concept.startswith("~") for concept in concepts) else concepts

    def _read(self, forms: Sequence[Form]) -> list[TitleReading]:
        """Rate each form, whole and in parts, against every wording, and decide."""
        import numpy as np

        bags: list[dict[str, float]] = []
        owners: list[int] = []
        rates: list[float] = []
        for owner, form in enumerate(forms):
            whole = sorted({self.spelled(token) for token in form.key})
            views = [(set(whole), 1.0)]
            if len(form.parts) > 1:
                views += [({self.spelled(token) for token in part}, PART) for part in form.parts]
            for core, rate in views:
                bags.append({token: 1.0 if token in core else ASIDE for token in whole})
                owners.append(owner)
                rates.append(rate)
        part = self._matrix(bags)
        full = self._matrix([dict.fromkeys(bag, 1.0) for bag in bags])
        size = np.array([[sum(value * self.weight(token) for token, value in sorted(bag.items()))] for bag in bags])
        size = size.astype(np.float32)
        common = full @ self.weighted
        # Shared words count in full anywhere. Words not shared count little if they are in brackets or after a dash.
        nearest = 2 * common / (size + (common - part @ self.weighted) + self.sizes)
        ours, theirs = self._audience(full.toarray()), self._audience(self.matrix)
        apart = ours.sum(axis=1)[:, None] + theirs.sum(axis=1) - 2 * (ours @ theirs.T)
        nearest = np.where(apart > 0, np.float32(OTHER) * nearest, nearest)
        nearest[:, self.local] = np.where(nearest[:, self.local] > 1 - SAME, 1.0, 0.0)
        best = np.maximum.reduceat(nearest, self.starts, axis=1)
        rating = NEAREST * best + COVERED * (part @ self.covered) / size + EXPECTED * (full @ self.expected)
        rating *= np.array(rates, dtype=np.float32)[:, None]
        ends = np.flatnonzero(np.diff([*owners, -1])) + 1
        spans = zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True)
        return [
            self._decide(form, rating[start:end], nearest[start:end])
            for form, (start, end) in zip(forms, spans, strict=True)
        ]

    def _audience(self, matrix: Any) -> Any:
        """Return the columns of the words that say who a chapter is about: the wordings' distinctions."""
        columns = [at for token, at in self.vocabulary.items() if token in self.terms.audience]
        return matrix[:, columns]

    def _decide(self, form: Form, rating: Any, nearest: Any) -> TitleReading:
        """Choose the best rated concept, or none if nothing is near or two are equally near."""
        import numpy as np

        like, rated = nearest.max(axis=0), rating.max(axis=0)
        ratings, best = rated.tolist(), np.argsort(-rated, kind="stable").tolist()
        equal = np.flatnonzero(nearest[0] > 1 - SAME)
        if len(equal):
            exemplar = self._spelled_alike(form, equal.tolist())
            meant, likeness = self._meant(exemplar), 1.0
        else:
            top = best[0]
            end = self.starts[top + 1] if top + 1 < len(self.starts) else len(self.names)
            exemplar = [self.starts[top] + int(np.argmax(like[self.starts[top] : end]))]
            meant = self._meant(exemplar)
            lead = ratings[top] - next((ratings[at] for at in best if self.concepts[at] not in meant), 0.0)
            likeness = (ratings[top] + min(lead, LEAD) / 2) / (1 + LEAD / 2)
            if ratings[top] < LEAST or lead < CLOSE:
                meant = ()
        named = () if any(concept.startswith("~") for concept in meant) else meant
        others = (
            (self.concepts[at], round(ratings[at], 6))
            for at in takewhile(lambda at: ratings[at] >= LEAST, best)
            if self.concepts[at] not in named and not self.concepts[at].startswith("~")
        )
        return TitleReading(form, named, round(likeness, 6), self.names[exemplar[0]], tuple(islice(others, NEXT)))

    def _meant(self, exemplars: Sequence[int]) -> tuple[str, ...]:
        """Return the concepts of wordings that are equally near, or none if they differ."""
        meant = {self.joint[plain(self.names[at])] for at in exemplars}
        return meant.pop() if len(meant) == 1 else ()

    def _spelled_alike(self, form: Form, near: list[int]) -> list[int]:
        """Of wordings that differ only in stock words, return those with stock words nearest to the title's."""
        from rapidfuzz import fuzz

        scores = {at: fuzz.token_sort_ratio(form.plain, self.forms[at].plain) for at in near}
        return [at for at in near if scores[at] == max(scores.values())]


def most_common(values: Iterable[str]) -> str:
    """Return the most frequent value. In a tie, return the shortest, then the first in the alphabet.

    >>> most_common(["Staying Put Policy", "Staying Put", "Staying Put"])
    'Staying Put'
    """
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], len(value), value))


@lru_cache(maxsize=1)
def sector() -> Sector:
    """Return the sector built from ``data/wordings.csv``, made once."""
    return Sector(wordings())
