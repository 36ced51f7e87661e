"""Alignment: pair the chapters of two manuals, score the pairs, and accept those that are the same procedure."""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from procman.library import decisions as decided
from procman.matching.chapters import Chapter, moves, read_chapters, topic_ids
from procman.matching.concepts import Sector, TitleReading, sector
from procman.matching.scoring import Scorer, Title, candidate_pairs, confidence_or_default, differ, pair_score, scorer
from procman.matching.titles import words
from procman.tables import MATCHES
from procman.words import listed

if TYPE_CHECKING:
    import pandas as pd

MATCH_COLUMNS = [column.name for column in MATCHES.columns]
IDENTICAL, WORDING = 1.0, 0.98
#: the factor by which a shared file name reduces the doubt about a pair
LINKED = 0.5
#: how many of the nearest other titles to show beside a pair, and how many pairs of one title to ask a person about
OTHERS, ASKED = 3, 20
#: the most chapters with the same title in one manual to pair, so that a page that repeats a line does not make millions of pairs
REPEATS = 100


class Pair(NamedTuple):
    """Two chapters and why they match."""

    left: Chapter
    right: Chapter
    level: str
    score: float
    why: str


def align(
    left: pd.DataFrame,
    right: pd.DataFrame,
    confidence: float | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    threshold: float | None = None,
) -> pd.DataFrame:
    """Match the chapters of two manuals: one row per pair of chapters that are the same procedure.

    Parameters
    ----------
    left, right
        Entries tables. Only ``title`` is required. ``section``, ``href``, ``number``, ``position``, ``publisher`` and ``council`` are used
        if present. If there is a ``kind``, only chapters are used.
    confidence
        The lowest score of an accepted pair, 0 to 1. The default is in ``data/pair_scores.toml``: with it, at least 97 of 100 accepted
        pairs of unseen councils were right. ``threshold`` is another name for it.
    decisions
        A person's decisions, which overrule the score. By default those in ``data/decisions.csv``.

    Returns
    -------
    DataFrame
        ``left_position, left_number, left_title, right_position, right_number, right_title, level, score, why``, by position. ``level``
        is one of `procman.tables.LEVELS`. Of pairs scored 0.9, nine in ten are right. A score depends only on the two titles. A chapter
        that the other council splits or lists twice has several rows. Pairs with a lower score are possible matches: see `review`.

    Examples
    --------
    >>> import pandas as pd
    >>> left = pd.DataFrame({"title": ["Placement with Kinship Carers", "Later Life Letters"]})
    >>> right = pd.DataFrame({"title": ["Letterbox Service", "Placements with Connected Persons"]})
    >>> align(left, right)[["left_title", "right_title", "level"]].values.tolist()
    [['Placement with Kinship Carers', 'Placements with Connected Persons', 'sector wording']]
    """
    return Alignment(left, right, decisions).matches(confidence_or_default(confidence, threshold))


def review(
    left: pd.DataFrame,
    right: pd.DataFrame,
    confidence: float | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    threshold: float | None = None,
) -> pd.DataFrame:
    """List the uncertain pairs for a person to check, starting with those whose answer would change most.

    These are the possible matches and the uncertain accepted ones, each pair of titles once. An answer changes most if it closes a gap
    (the first match of a chapter) or opens one (the only match of a chapter). Pairs that a person has decided are left out, and so are
    pairs whose chapters both already have a sure match.

    Returns
    -------
    DataFrame
        The columns of `align`, and:

        - ``accepted``: whether the pair counts as a match at this confidence;
        - ``gaps``: the number of chapters for which this pair is, or would be, the only match;
        - ``left_section, right_section``: the sections of the two chapters;
        - ``left_others, right_others``: for each chapter, the nearest other titles of the other manual, best first.

    Examples
    --------
    >>> import pandas as pd
    >>> left, right = pd.DataFrame({"title": ["Kinship Care"]}), pd.DataFrame({"title": ["Kinship Carers' Allowances"]})
    >>> review(left, right).shape[1]
    15
    """
    return Alignment(left, right, decisions).review(confidence_or_default(confidence, threshold))


@dataclass
class Alignment:
    """Two manuals with all pairs scored once, so that you can try several confidences quickly.

    Examples
    --------
    >>> import pandas as pd
    >>> both = Alignment(pd.DataFrame({"title": ["Later Life Letters"]}), pd.DataFrame({"title": ["Later Life Letter"]}))
    >>> both.matches(0.9)[["left_title", "right_title"]].values.tolist()
    [['Later Life Letters', 'Later Life Letter']]
    """

    left: pd.DataFrame
    right: pd.DataFrame
    decisions: pd.DataFrame | None = None
    known: Sector | None = None
    score: Scorer = field(default_factory=scorer)

    def __post_init__(self) -> None:
        table = decided.read_decisions() if self.decisions is None else self.decisions
        self._force = decided.in_force(table)
        self.known = self.known or sector()
        self._left, self._right = read_chapters(self.left, self.known), read_chapters(self.right, self.known)
        self._on = decided.by_pair(self._force)

    def matches(self, confidence: float | None = None) -> pd.DataFrame:
        """Return the accepted pairs, as `align` does."""
        return _table(sorted(self._matched(confidence_or_default(confidence)), key=_order))

    def candidates(self) -> pd.DataFrame:
        """Return every possible match, accepted or not, in the columns of `align`, surest first. Rejected pairs are left out."""
        return _table(sorted(self._possible(), key=lambda pair: (-pair.score, _order(pair))))

    def review(self, confidence: float | None = None) -> pd.DataFrame:
        """Return the uncertain pairs, as `review` does."""
        import pandas as pd

        confidence = confidence_or_default(confidence)
        accepted = {_ends(pair): pair for pair in self._matched(confidence, once=True)}
        partners: dict[int, int] = defaultdict(int)
        settled: set[int] = set()
        for ends, pair in accepted.items():
            for end in ends:
                partners[end] += 1
                settled |= {end} if pair.level != "similar" else set()
        asked: list[tuple[float, Pair, int]] = []
        for pair in self._possible(once=True):
            ends = _ends(pair)
            if self._decision(pair.left, pair.right) or pair.level != "similar" or settled.issuperset(ends):
                continue
            gaps = sum(partners[end] == (ends in accepted) for end in ends)
            change = 1 - pair.score if ends in accepted else pair.score
            asked.append((change * (gaps + 0.1), pair, gaps))
        asked.sort(key=lambda row: (-row[0], _order(row[1])))
        pairs = [pair for _, pair, _ in asked]
        table = _table(pairs)
        table["accepted"] = pd.array([_ends(pair) in accepted for pair in pairs], dtype="bool")
        table["gaps"] = pd.array([gaps for *_, gaps in asked], dtype="int64")
        for side in ("left", "right"):
            table[f"{side}_section"] = pd.array([getattr(pair, side).section or None for pair in pairs], dtype="str")
        others = [self._others(pair) for pair in pairs]
        for at, side in enumerate(("left", "right")):
            table[f"{side}_others"] = pd.array([both[at] or None for both in others], dtype="str")
        return table

    def _matched(self, confidence: float, once: bool = False) -> Iterator[Pair]:
        """The pairs that share a topic or score enough. If a decision moved a chapter, only its topic counts."""
        left, right = (_first_of_each(side, 1 if once else REPEATS) for side in (self._left, self._right))
        ours, theirs = (topic_ids(side, confidence, self._force) for side in (left, right))
        moved = moves(self._force, confidence) if self._force else {}
        by_topic: dict[str, list[int]] = defaultdict(list)
        by_title: dict[int, list[int]] = defaultdict(list)
        for at, (chapter, topics) in enumerate(zip(right, theirs, strict=True)):
            for topic in topics:
                by_topic[topic].append(at)
            if not any(side in moved for side in chapter.sides()):
                by_title[id(chapter.reading)].append(at)
        for chapter, topics in zip(left, ours, strict=True):
            found = {at for topic in topics for at in by_topic.get(topic, ())}
            if not any(side in moved for side in chapter.sides()):
                for other, score in self._scores.get(id(chapter.reading), ()):
                    if score >= confidence:
                        found.update(by_title.get(other, ()))
            for at in islice(sorted(found), ASKED if once else None):
                yield self._joined(chapter, right[at], bool(set(topics) & set(theirs[at])))

    @cached_property
    def _scores(self) -> dict[int, list[tuple[int, float]]]:
        """For each left title, the right titles that may match it, with their scores."""
        assert self.known is not None
        sides = [
            [Title(reading, self.known) for reading in {id(c.reading): c.reading for c in chapters}.values()]
            for chapters in (self._left, self._right)
        ]
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for left, right in candidate_pairs(*sides):
            found[id(left.reading)].append((id(right.reading), pair_score(left, right, self.score)))
        return found

    def _possible(self, once: bool = False) -> Iterator[Pair]:
        """Every possible match that was not rejected. A shared file name raises the score, because publishers use it for many councils."""
        for pair in self._matched(scorer().possible * LINKED, once):
            score, why, file = pair.score, pair.why, _file(pair.left)
            if pair.level == "similar" and file and file == _file(pair.right):
                score, why = round(1 - LINKED * (1 - score), 6), f"{why} Both link to a file named {file}."
            decision = self._decision(pair.left, pair.right)
            if score >= scorer().possible and not (decision and not decision.accepted):
                yield pair._replace(score=score, why=why)

    def _decision(self, left: Chapter, right: Chapter) -> decided.Decision | None:
        """The decision that applies to two chapters."""
        return decided.decision_on(self._on, left.sides(), right.sides()) if self._on else None

    def _joined(self, left: Chapter, right: Chapter, together: bool) -> Pair:
        """The pair, how it was found and why. Two chapters on one topic score at least as much as the less sure of them on the topic."""
        one, two = left.reading, right.reading
        decision = self._decision(left, right)
        if decision is not None and decision.accepted:
            return Pair(left, right, "decision", IDENTICAL, f"Accepted on {decision.date}: {decision.reason}")
        if one.form.plain == two.form.plain:
            return Pair(left, right, "identical", IDENTICAL, "The titles are the same.")
        apart = differ(one, two)
        if sorted(one.form.words) == sorted(two.form.words) and not apart:
            why = "The same words, except for order, small words and words like “policy”."
            return Pair(left, right, "wording", WORDING, why)
        alone = next((score for other, score in self._scores.get(id(one), ()) if other == id(two)), 0.0)
        score = max(alone, min(left.score, right.score) if together else 0.0)
        shared = sorted(set(one.concepts) & set(two.concepts))
        if (one.form.key == two.form.key and not apart) or (shared and one.known and two.known):
            name = f"“{shared[0]}”" if shared else "one procedure"
            return Pair(left, right, "sector wording", score or WORDING, f"Both are wordings of {name}.")
        return Pair(left, right, "similar", score, _why(left, right, shared))

    def _others(self, pair: Pair) -> tuple[str, str]:
        """The nearest other titles of the other manual for each of the two."""
        ends = [id(pair.left.reading), id(pair.right.reading)]
        near = [[title for other, title in self._nearest.get(end, ()) if other not in ends] for end in ends]
        return "; ".join(near[0][:OTHERS]), "; ".join(near[1][:OTHERS])

    @cached_property
    def _nearest(self) -> dict[int, list[tuple[int, str]]]:
        """For each title, the nearest titles of the other manual, surest first."""
        titles = {id(chapter.reading): chapter.title for chapter in (*self._left, *self._right)}
        found: dict[int, list[tuple[float, str, int]]] = defaultdict(list)
        for end, others in self._scores.items():
            for other, score in others:
                found[end].append((-score, titles[other], other))
                found[other].append((-score, titles[end], end))
        return {
            end: [(other, title) for _, title, other in sorted(set(near))[: OTHERS + 1]] for end, near in found.items()
        }


def _first_of_each(chapters: list[Chapter], most: int) -> list[Chapter]:
    """The chapters, with at most ``most`` of those with the same title."""
    seen: Counter[tuple[str, int]] = Counter()
    first = []
    for chapter in chapters:
        title = chapter.council, id(chapter.reading)
        seen[title] += 1
        if seen[title] <= most:
            first.append(chapter)
    return first


def _why(left: Chapter, right: Chapter, shared: list[str]) -> str:
    """Why two titles are alike, in a sentence that a person can check against the titles."""
    if shared:
        near = [f"“{c.title}” is like “{c.reading.wording}”" for c in (left, right) if not c.reading.known]
        return f"Both read as “{shared[0]}”: {' and '.join(near)}."
    may = [concept for concept in _may(left.reading) if concept in _may(right.reading)]
    if may:
        return f"Each may be “{may[0]}”."
    common = [word for word in left.reading.form.key if word in right.reading.form.key]
    said = [_as_printed(word, left.title, right.title) for word in common]
    return f"The titles have {listed(said)} in common; neither is a known wording."


def _as_printed(word: str, *titles: str) -> str:
    """A word that titles are compared by, as each of them prints it; as it is compared where none has it in one word.

    >>> _as_printed("proceeding", "Care Proceedings", "Proceedings in Court"), _as_printed("visit", "Visits", "A visit")
    ('“Proceedings”', '“Visits” / “visit”')
    """
    found = [next((each for each in title.split() if words(each) == [word]), word) for title in titles]
    printed = {each.casefold(): f"“{each.strip(string.punctuation)}”" for each in reversed(found)}
    return " / ".join(reversed(printed.values()))


def _may(reading: TitleReading) -> list[str]:
    return [*reading.concepts, *(concept for concept, _ in reading.others)]


def _file(chapter: Chapter) -> str:
    return PurePosixPath(chapter.href.split("#")[0]).name


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
