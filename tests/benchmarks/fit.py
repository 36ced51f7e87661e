"""Fit the score of pairs from the labelled pairs: ``python -m tests.benchmarks fit [--write]``.

Each council's pairs are scored by weights fitted without that council (and without those compared with it). These scores give the
figures, the two levels of confidence and how often pairs of each score are right; the weights that are kept are fitted on all.
The two manuals' own pairs are left out: the wordings know their titles.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

import procman
from procman.files import DATA, write_whole
from procman.matching.chapters import rows, titles_topics
from procman.matching.concepts import sector
from procman.matching.evaluation import variant_cases
from procman.matching.scoring import PAIR_SCORES, Features, Scorer, Title, apart, candidate_pairs, features, scorer
from procman.words import plain
from tests.benchmarks.result import Result

TRUTH = DATA / "truth"
#: the share of the accepted pairs that must be right, and the score from which a pair is worth a person's look
PRECISION, POSSIBLE = 0.97, 0.1
#: a penalty on the weights (scikit-learn's C), as there are few labelled pairs
PENALTY = 0.3
#: bodies that nobody looked at while the wordings were mended
UNSEEN = (
    "Community Foster Care", "Devon", "Norfolk", "Northumberland", "Nottingham City", "Sandwell", "Slough",
    "South Gloucestershire",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Two tables of chapter titles to compare, with the grade of each labelled pair."""

    group: str
    councils: tuple[str, str]
    left: list[str]
    right: list[str]
    grades: dict[tuple[str, str], str]

    @property
    def unseen(self) -> bool:
        return self.group in UNSEEN


def between_councils() -> Iterator[Case]:
    """The pairs of councils, both unseen by the wordings; councils that are compared with one another are one group."""
    labels = pd.read_csv(TRUTH / "between-councils.csv", dtype="str", keep_default_na=False)
    chapters = pd.read_csv(TRUTH / "between-councils-chapters.csv", dtype="str", keep_default_na=False)
    group: dict[str, str] = {}
    for _ in range(len(labels)):
        for left, right in {*zip(labels["left_council"], labels["right_council"], strict=True)}:
            group[left] = group[right] = min(group.get(left, left), group.get(right, right))
    for (left, right), pairs in labels.groupby(["left_council", "right_council"], sort=True):
        sides = [chapters.loc[chapters["council"] == council, "title"].tolist() for council in (left, right)]
        named = zip(pairs["left_title"].map(plain), pairs["right_title"].map(plain), strict=True)
        yield Case(group[left], (left, right), *sides, dict(zip(named, pairs["grade"], strict=True)))


def manuals() -> dict[str, pd.DataFrame]:
    """The chapters of the two manuals."""
    pages = {
        name: next(p for p in sorted((DATA / "manuals").rglob("contents.txt")) if name.replace("_", "-") in str(p))
        for name in ("milton_keynes", "oxfordshire")
    }
    return {name: rows(procman.read_manual(page).entries) for name, page in pages.items()}


def other_councils() -> list[Case]:
    """Other councils' titles against the two manuals. The wordings know these titles, as they do most titles of a new council."""
    tables = manuals()
    variants = pd.read_csv(TRUTH / "variants.csv", dtype="str")
    cases = []
    for council, manual, titles, truth in variant_cases(variants):
        table = tables[manual]
        by_number = dict(zip(table["number"].fillna("L" + table["line"].astype(str)), table["title"], strict=True))
        ends = zip(truth["left_title"], truth["right_number"].map(by_number), strict=True)
        grades = dict(zip([(plain(a), plain(b)) for a, b in ends], truth["grade"], strict=True))
        cases.append(
            Case(f"variants {council}", (council, manual), titles["title"].tolist(), table["title"].tolist(), grades)
        )
    return cases


@dataclass
class Pairs:
    """Pairs of titles with their features; related pairs are left out, as they are neither right nor wrong."""

    case: np.ndarray
    group: np.ndarray
    identical: np.ndarray
    right: np.ndarray
    topic: np.ndarray
    halved: np.ndarray
    features: np.ndarray

    def taken(self, scores: np.ndarray, confidence: float) -> np.ndarray:
        """Which pairs `procman.align` accepts: those of one topic, and those that score enough."""
        return self.topic | (scores >= confidence)


def pairs(cases: list[Case]) -> Pairs:
    """The pairs of each case that are scored at all, and those that should be."""
    table = []
    for at, case in enumerate(cases):
        sides = [
            {plain(title): Title(reading, sector()) for title, reading in zip(names, sector().read(names), strict=True)}
            for names in (case.left, case.right)
        ]
        sure = {
            plain(t): topics
            for t, topics in zip(case.left + case.right, titles_topics(case.left + case.right), strict=True)
        }
        worth = {
            (a.reading.form.plain, b.reading.form.plain) for a, b in candidate_pairs(*(side.values() for side in sides))
        }
        for left, right in sorted(worth | {ends for ends, grade in case.grades.items() if grade == "same"}):
            grade = case.grades.get((left, right), "no")
            if grade != "related":
                one, two = sides[0][left], sides[1][right]
                topic = bool(set(sure[left]) & set(sure[right]))
                table.append(
                    (at, case.group, left == right, grade == "same", topic, apart(one, two), *features(one, two))
                )
    columns = list(zip(*table, strict=True))
    return Pairs(*map(np.array, columns[:6]), np.array(columns[6:], dtype=float).T)


def fitted(found: Pairs, where: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and intercept of a logistic regression on the pairs whose titles differ."""
    from sklearn.linear_model import LogisticRegression

    taken = where & ~found.identical
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(found.features[taken], found.right[taken])
    return model.coef_[0], float(model.intercept_[0])


def held_out(found: Pairs) -> np.ndarray:
    """What the regression says of each pair when fitted without its council."""
    said = np.ones(len(found.right))
    for group in np.unique(found.group):
        out = found.group == group
        weights, intercept = fitted(found, ~out)
        said[out] = 1 / (1 + np.exp(-(found.features[out] @ weights + intercept)))
    said[found.identical] = 1.0
    return said


def stretched(said: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and shift, in log odds, that make what was said on pairs left out right as often as it says.

    Weights that are held small, as few pairs were labelled, say too little: 0.3 where half of the pairs are right.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(odds(said)[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def odds(share: np.ndarray) -> np.ndarray:
    """Log odds."""
    return np.log(share / (1 - share))


def calibrated(found: Pairs, said: np.ndarray) -> np.ndarray:
    """The score of each pair, stretched without its council; 1 for identical titles."""
    scores = np.ones(len(said))
    for group in np.unique(found.group):
        rest, out = (found.group != group) & ~found.identical, (found.group == group) & ~found.identical
        slope, shift = stretched(said[rest], found.right[rest])
        scores[out] = 1 / (1 + np.exp(-(slope * odds(said[out]) + shift)))
    return np.where(found.halved, scores / 2, scores)


def figures(right: np.ndarray, taken: np.ndarray, reworded: np.ndarray) -> dict[str, float]:
    """F1, precision, recall and recall of reworded pairs."""
    hits = (right & taken).sum()
    return {
        "f1": 2 * hits / (right.sum() + taken.sum()),
        "precision": hits / taken.sum(),
        "recall": hits / right.sum(),
        "reworded_recall": (right & taken & reworded).sum() / (right & reworded).sum(),
    }


@dataclass(frozen=True)
class Fit:
    """What was fitted, and what each pair scores without its council."""

    found: Pairs
    between: np.ndarray
    unseen: np.ndarray
    said: np.ndarray
    scores: np.ndarray
    values: dict[str, object]

    def without(self, group: str) -> Scorer:
        """The score as it is fitted without a group of councils."""
        rest = self.found.group != group
        weights, intercept = fitted(self.found, rest)
        taught = rest & ~self.found.identical
        slope, shift = stretched(self.said[taught], self.found.right[taught])
        levels = [float(self.values[name]) for name in ("accepted", "possible")]  # type: ignore[arg-type]
        return Scorer(tuple(slope * weights), slope * intercept + shift, *levels)


def fit() -> Fit:
    """Fit anew. Levels of confidence and figures rest on the pairs between councils alone."""
    cases = list(between_councils())
    found = pairs([*cases, *other_councils()])
    between = np.isin(found.group, [case.group for case in cases])
    unseen = np.isin(found.group, [case.group for case in cases if case.unseen])
    said = held_out(found)
    scores = calibrated(found, said)
    different = ~found.identical
    accepted = min(
        level for level in np.arange(0.5, 1, 0.05).round(2)
        if found.right[between & found.taken(scores, level)].mean() >= PRECISION
    )  # fmt: skip
    taken = found.taken(scores, accepted)
    weights, intercept = fitted(found, said >= 0)
    slope, shift = stretched(said[different], found.right[different])
    measured = {
        "all_councils": figures(found.right[between], taken[between], ~found.identical[between]),
        "never_looked_at": figures(found.right[unseen], taken[unseen], ~found.identical[unseen]),
    }
    values = {
        "accepted": accepted, "possible": POSSIBLE, "intercept": slope * intercept + shift,
        "weights": dict(zip(Features._fields, slope * weights, strict=True)), "held_out": measured,
    }  # fmt: skip
    return Fit(found, between, unseen, said, scores, values)


def written(values: dict[str, object]) -> str:
    """The data file: what was fitted, how, and on what."""
    lines = [HEAD]
    for name, value in values.items():
        if isinstance(value, dict):
            lines.append(f"\n[{name}]")
            lines += [f"{key} = {_toml(part)}" for key, part in value.items()]
        else:
            lines.append(f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f"{float(value):.4f}"  # type: ignore[arg-type]


HEAD = """\
# How surely two chapters are one procedure: a logistic regression over four features of the two titles (procman/matching/scoring.py).
# Written by `python -m tests.benchmarks fit --write`; not edited by hand.
#
# Fitted on the labelled pairs in data/truth whose titles differ: 12 pairs of councils and 30 councils' titles against the two manuals.
# Each council's pairs were scored by weights fitted without it. From these scores come `accepted` (the lowest confidence from 0.5 at which at
# least 97 % of the pairs between councils are right) and `held_out`, and the weights are stretched so that of pairs scored 0.9 nine in
# ten are right. `never_looked_at` are councils whose titles nobody looked at while the wordings were mended."""


def main() -> list[Result]:
    text = written(fit().values)
    print(text)
    if "--write" in sys.argv:
        from tests.benchmarks import held_out

        write_whole(PAIR_SCORES, text)
        scorer.cache_clear()
        for name, table in zip(("pairs", "figures"), held_out.measured(), strict=True):
            write_whole(held_out.FOLDER / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
    return []


if __name__ == "__main__":
    main()
