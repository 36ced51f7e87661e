"""Chapters × chapters → candidates → scores → matches: the same procedure under another name in two manuals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from procman.library import decisions as decided
from procman.matching.chapters import THRESHOLD, Chapter, calibrated, read_chapters, topic_ids
from procman.tables import MATCHES

if TYPE_CHECKING:
    import pandas as pd

    from procman.matching.concepts import Sector

MATCH_COLUMNS = [column.name for column in MATCHES.columns]
IDENTICAL, WORDING = 1.0, 0.98
LIKE = 60  # per cent of alikeness in letters from which two unknown titles are worth a person's look
DOUBT = 0.3  # a candidate below this is not worth a person's look


class Pair(NamedTuple):
    """Two chapters and what joins them."""

    left: Chapter
    right: Chapter
    level: str
    score: float
    why: str


def align(
    left: pd.DataFrame,
    right: pd.DataFrame,
    threshold: float = THRESHOLD,
    decisions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per pair of chapters that are the same procedure in two manuals.

    Parameters
    ----------
    left, right
        Entries tables. Only ``title`` is needed; ``section``, ``subsection``, ``href``, ``number``, ``position``,
        ``publisher`` and ``council`` are used where present, and only the rows whose ``kind`` is chapter where there is
        a ``kind``.
    threshold
        The score from which a match is believed, 0–1.
    decisions
        A person's decisions, which beat the score; those in ``data/decisions.csv`` if not given.

    Returns
    -------
    DataFrame
        ``left_position, left_number, left_title, right_position, right_number, right_title, level, score, why``, by
        position. ``level`` is one of `procman.tables.LEVELS`; of the pairs scored 0.9, nine in ten are right. A chapter that one council
        splits or lists twice is in several rows. A chapter equally near to two procedures is in none: see `review`.

    Examples
    --------
    >>> import pandas as pd
    >>> left = pd.DataFrame({"title": ["Placement with Kinship Carers", "Later Life Letters"]})
    >>> right = pd.DataFrame({"title": ["Letterbox Service", "Placements with Connected Persons"]})
    >>> align(left, right)[["left_title", "right_title", "level"]].values.tolist()
    [['Placement with Kinship Carers', 'Placements with Connected Persons', 'sector wording']]
    """
    return Alignment(left, right, decisions).matches(threshold)


def review(
    left: pd.DataFrame,
    right: pd.DataFrame,
    threshold: float = THRESHOLD,
    decisions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the pairs worth a person's look, most useful first: the columns of `align` and ``believed``.

    Most useful are the pairs nearest to the threshold on either side; pairs a person has decided are left out.
    """
    return Alignment(left, right, decisions).review(threshold)


@dataclass
class Alignment:
    """Two manuals read once: `candidates` has every scored pair, `matches` decides; another threshold costs little."""

    left: pd.DataFrame
    right: pd.DataFrame
    decisions: pd.DataFrame | None = None
    known: Sector | None = None

    def __post_init__(self) -> None:
        table = decided.read_decisions() if self.decisions is None else self.decisions
        self._force = decided.in_force(table)
        self._left, self._right = read_chapters(self.left, self.known), read_chapters(self.right, self.known)
        self._on = {frozenset((d.left, d.right)): d for d in self._force}

    def matches(self, threshold: float = THRESHOLD) -> pd.DataFrame:
        """Return the believed pairs, as `align` does."""
        return _table(sorted(self._matched(threshold), key=_order))

    def candidates(self) -> pd.DataFrame:
        """Return every pair that was considered, believed or not, in the columns of `align`, surest first."""
        return _table(sorted(self._candidates, key=lambda pair: (-pair.score, _order(pair))))

    def review(self, threshold: float = THRESHOLD) -> pd.DataFrame:
        """Return the pairs worth a person's look, as `review` does."""
        import pandas as pd

        believed = {_ends(pair): pair for pair in self._matched(threshold)}
        pairs = [pair for pair in believed.values() if pair.level == "similar"]
        # Where both chapters have their match already, another is not worth asking for.
        settled = {end for pair in believed.values() if pair.level != "similar" for end in _ends(pair)}
        pairs += [
            pair
            for pair in self._candidates
            if _ends(pair) not in believed and pair.score >= DOUBT and not settled.issuperset(_ends(pair))
        ]
        pairs = [pair for pair in pairs if self._decision(pair.left, pair.right) is None]
        pairs.sort(key=lambda pair: (abs(pair.score - threshold), _order(pair)))
        table = _table(pairs)
        table["believed"] = pd.array([_ends(pair) in believed for pair in pairs], dtype="bool")
        return table

    def _matched(self, threshold: float) -> Iterator[Pair]:
        by_topic: dict[str, list[int]] = defaultdict(list)
        for at, topics in enumerate(topic_ids(self._right, threshold, self._force)):
            for topic in topics:
                by_topic[topic].append(at)
        for chapter, topics in zip(self._left, topic_ids(self._left, threshold, self._force), strict=True):
            for at in sorted({at for topic in topics for at in by_topic.get(topic, ())}):
                yield self._joined(chapter, self._right[at])

    def _decision(self, left: Chapter, right: Chapter) -> decided.Decision | None:
        """The decision in force on two chapters; one on their own councils goes before one on every council's."""
        if not self._on:
            return None
        sides = map(frozenset, product(left.sides(), right.sides()))
        return next((self._on[both] for both in sides if both in self._on), None)

    def _joined(self, left: Chapter, right: Chapter) -> Pair:
        one, two = left.reading, right.reading
        decision = self._decision(left, right)
        if decision is not None and decision.accepted:
            return Pair(left, right, "decision", IDENTICAL, f"Accepted on {decision.date}: {decision.reason}")
        if one.form.plain == two.form.plain:
            return Pair(left, right, "identical", IDENTICAL, "The titles are the same.")
        if sorted(one.form.words) == sorted(two.form.words):
            why = "The same words, but for order, small words and words like “policy”."
            return Pair(left, right, "wording", WORDING, why)
        shared = sorted(set(one.concepts) & set(two.concepts))
        name = f"“{shared[0]}”" if shared else "one procedure"
        if (one.known and two.known) or one.form.key == two.form.key:
            return Pair(left, right, "sector wording", min(left.score, right.score), f"Both are wordings of {name}.")
        near = " and ".join(f"“{c.title}” is like “{c.reading.wording}”" for c in (left, right) if not c.reading.known)
        return Pair(left, right, "similar", min(left.score, right.score), f"Both read as {name}: {near}.")

    @cached_property
    def _candidates(self) -> list[Pair]:
        """Every pair that shares a concept, however doubtful, and pairs of unknown titles that look alike."""
        pairs = {_ends(pair): pair for pair in self._matched(0.0)}
        by_concept: dict[str, list[tuple[Chapter, float]]] = defaultdict(list)
        for chapter in self._right:
            for concept, likeness in _leads(chapter):
                by_concept[concept].append((chapter, likeness))
        for left in self._left:
            for concept, likeness in _leads(left):
                for right, other in by_concept[concept]:
                    score = calibrated(min(likeness, other)) * 0.8
                    if not concept.startswith("~") and score >= DOUBT:
                        self._doubtful(pairs, left, right, score, f"Each may be “{concept}”.")
        for left, right, alike in self._alike():
            self._doubtful(pairs, left, right, alike * 0.6, "The titles look alike; neither is a known wording.")
        return list(pairs.values())

    @staticmethod
    def _doubtful(pairs: dict[tuple[int, int], Pair], left: Chapter, right: Chapter, score: float, why: str) -> None:
        file = PurePosixPath(left.href.split("#")[0]).name
        if file and file == PurePosixPath(right.href.split("#")[0]).name:
            # Publishers keep a chapter's file name from council to council.
            score, why = min(0.95, score + 0.25), f"{why} Both link to a file named {file}."
        kept = pairs.get((id(left), id(right)))
        if kept is None or kept.score < score:
            pairs[id(left), id(right)] = Pair(left, right, "similar", round(score, 6), why)

    def _alike(self) -> Iterator[tuple[Chapter, Chapter, float]]:
        from rapidfuzz import fuzz, process

        ours, theirs = ([c for c in side if not c.reading.concepts] for side in (self._left, self._right))
        texts = [[" ".join(c.reading.form.key) for c in side] for side in (ours, theirs)]
        if ours and theirs:
            table = process.cdist(*texts, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE)
            for row, column in zip(*table.nonzero(), strict=True):
                yield ours[row], theirs[column], float(table[row, column]) / 100


def _leads(chapter: Chapter) -> list[tuple[str, float]]:
    reading = chapter.reading
    return [*((concept, reading.likeness) for concept in reading.concepts), *reading.others]


def _ends(pair: Pair) -> tuple[int, int]:
    return id(pair.left), id(pair.right)


def _order(pair: Pair) -> tuple[int, int, str, str]:
    return pair.left.position, pair.right.position, pair.left.title, pair.right.title


def _table(pairs: list[Pair]) -> pd.DataFrame:
    import pandas as pd

    cells = [
        (p.left.position, p.left.number, p.left.title, p.right.position, p.right.number, p.right.title, *p[2:])
        for p in pairs
    ]
    columns = list(zip(*cells, strict=True)) if cells else [()] * len(MATCH_COLUMNS)
    kinds = {"left_position": "int64", "right_position": "int64", "score": "float64"}
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=kinds.get(name, "str"))
            for name, values in zip(MATCH_COLUMNS, columns, strict=True)
        }
    )
