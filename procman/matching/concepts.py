"""Which of the sector's chapters a title means: the nearest known wording, how near it is, and what else it could be.

A title is read on its own, never against the other tables at hand. So a match cannot depend on the order of rows or on
a third council, and chapters that share a concept form groups without chains.
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

#: how much a token counts that stands aside from the part compared: in brackets, after a dash
ASIDE = 0.35
#: rating of a likeness found in one part of a title, against the same likeness in the whole
PART = 0.96
#: what one token tells: a weak word, a word that tells look-alikes apart (times its rarity), a word no wording has
WEAK, DISTINCT, UNKNOWN = 0.3, 1.2, 0.8
#: the parts of a rating: likeness to the nearest wording, words the concept's wordings know, words they expect
NEAREST, COVERED, EXPECTED = 0.6, 0.3, 0.1
#: a lead over the next concept counts half, up to this
LEAD = 0.3
#: a rating below this is not kept among the other concepts
LEAST = 0.3
#: other chapters that a title may mean are kept, so many
NEXT = 5
#: rating of a likeness between titles that name different audiences
OTHER = 0.8
#: likeness of a title that joins two known wordings, and what a single word must tell to stand for a chapter there
JOINED, HALF = 0.87, 1.2
# Where a title may join two chapters. A colon or dash more often narrows the one chapter.
JOIN = re.compile(r"(?<=\s)and(?=\s)|[&/,;+]", re.I)
# A title that lists in brackets what it is about.
LISTED = re.compile(r"([^()]+)\(([^()]*,[^()]*)\)\s*")
SAME = 1e-5  # ratings nearer than this are equal
CLOSE = 0.025  # a concept that leads the next by less is not chosen: what is like both is left for review
BATCH = 500  # titles rated at once: bounds memory
JOINS = 20  # places tried in one title: no chapter joins so many, and each costs a reading of the whole


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What one title was read as.

    ``concepts`` are the chapters it means: one, several for a joint chapter, none where nothing is near or two are
    equally near. ``likeness`` (0–1) is how near the known ``wording`` is; ``others`` are the next concepts, best first.
    """

    form: Form
    concepts: tuple[str, ...]
    likeness: float
    wording: str
    others: tuple[tuple[str, float], ...]

    @property
    def known(self) -> bool:
        """True where the title says the same as a known wording, order and stock words aside."""
        return self.likeness == 1


class Sector:
    """The known chapter wordings as one matrix, to read titles against.

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
                # A look-alike is a concept of its own without a name: what it catches is nothing that is listed.
                meant[spelled].add(f"~{row.wording}" if row.kind == "look-alike" else row.concept)
                names.setdefault(spelled, row.wording)
        # By concept, then alphabet, so that neither the file's order nor a row given twice matters. A wording listed under
        # two concepts is a joint chapter and stands under both.
        pairs = sorted((concept, spelled) for spelled, concepts in meant.items() for concept in concepts)
        self.names = [names[spelled] for _, spelled in pairs]
        self.forms = [terms.form(name) for name in self.names]
        # A wording of weak words alone ("Staff Meetings") says as little about other titles as a local name.
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
        """Set out the wordings as a matrix, and for each concept the words its wordings know and expect."""
        import numpy as np

        self.matrix = self._matrix([dict.fromkeys(form.key, 1.0) for form in self.forms]).toarray()
        weights = np.array([self.weights[token] for token in self.vocabulary], dtype=np.float32)
        self.sizes = self.matrix @ weights
        # Laid out as a product with a sparse matrix wants them; each product would copy them else.
        self.weighted = np.ascontiguousarray((self.matrix * weights).T)
        # A local name stands for its chapter as it is; its words are everyone's and say nothing about other titles.
        telling = ~np.array(self.local)
        counts = np.add.reduceat(telling.astype(np.float32), self.starts).clip(1)
        share = np.add.reduceat(self.matrix * telling[:, None], self.starts, axis=0) / counts[:, None]
        self.covered = np.ascontiguousarray(((share > 0) * weights).T)
        told = (share * weights).sum(axis=1, keepdims=True)
        self.expected = np.ascontiguousarray((share * weights / np.where(told > 0, told, 1)).T)

    def _weight(self, token: str, concepts: int) -> float:
        """A token that few concepts use tells more than one that many use."""
        if token in self.terms.weak:
            return WEAK
        rarity = 0.4 + math.log(len(self.concepts) / concepts) / math.log(len(self.concepts) + 1)
        return rarity * (DISTINCT if token in self.terms.distinct else 1.0)

    def weight(self, token: str) -> float:
        """Return how much a token tells, known to the wordings or not."""
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
        # Single precision halves the memory and the time; the ratings need three digits.
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
        """Read titles, each on its own and each once."""
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
        """Return what one half of a title means where it is a known wording that can stand for a chapter, else nothing."""
        key = tuple(sorted(words))
        meant = self.exact.get(key, set())
        strong = [token for token in key if token not in self.terms.weak]
        # "Fostering", "Reviews", "Training" alone narrow the other half.
        alone = len(strong) == 1 and strong[0] in self.terms.distinct | self.terms.audience
        # One common word ("Consultation, …") is too little; a term of several ("short break") will do.
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
        # What is shared counts in full, wherever it stands; what is not shared counts little where it stands aside.
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
        """Return the columns of the words that name whom a chapter is about: the wordings' distinctions."""
        columns = [at for token, at in self.vocabulary.items() if token in self.terms.audience]
        return matrix[:, columns]

    def _decide(self, form: Form, rating: Any, nearest: Any) -> TitleReading:
        """Choose the best rated concept, or none where nothing is near or two are equally near."""
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
        """Return the concepts of wordings that are equally near: none where they differ."""
        meant = {self.joint[plain(self.names[at])] for at in exemplars}
        return meant.pop() if len(meant) == 1 else ()

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
