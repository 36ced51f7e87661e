"""Measure `procman.align` and general matchers on councils left out, and how often pairs of each score are right.

Each pair of councils is aligned as `procman.align` does it, but with a score fitted without them. The general matchers have the
threshold that is best for them on the two manuals, carried over. ``python -m tests.benchmarks fit --write`` keeps what is found in
``data/held_out``.

A small sentence model (all-MiniLM-L6-v2) was tried as a fifth feature and left out again: F1 did not rise (0.941 with it, 0.945
without, on the same pairs when it was tried), and what it needs takes 5.9 GB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from procman.files import DATA
from procman.library.decisions import COLUMNS
from procman.matching.alignment import Alignment
from procman.matching.evaluation import evaluate, reliability
from procman.words import plain
from tests.benchmarks import fit
from tests.benchmarks.result import Result

NONE = pd.DataFrame(columns=list(COLUMNS), dtype="str")
FOLDER = DATA / "held_out"
Scorer = Callable[[list[str], list[str]], np.ndarray]


def pairs(found: fit.Fit) -> pd.DataFrame:
    """Every pair between councils that is a possible match or should be one, scored without its councils."""
    tables = []
    for case in fit.between_councils():
        left, right = (pd.DataFrame({"title": titles}) for titles in (case.left, case.right))
        alignment = Alignment(left, right, NONE, score=found.without(case.group))
        ends = ["left_title", "right_title"]
        table = alignment.candidates()[[*ends, "level", "score"]].drop_duplicates(ends)
        accepted = {*alignment.matches()[ends].itertuples(index=False, name=None)}
        table["accepted"] = [both in accepted for both in table[ends].itertuples(index=False, name=None)]
        named = [(plain(a), plain(b)) for a, b in table[ends].itertuples(index=False, name=None)]
        table["grade"] = [case.grades.get(both, "no") for both in named]
        sides = [{plain(title): title for title in titles} for titles in (case.left, case.right)]
        missed = [both for both, grade in case.grades.items() if grade == "same" and both not in named]
        rows = [(sides[0][a], sides[1][b], None, None, False, "same") for a, b in missed]
        table = pd.concat(
            [table, pd.DataFrame(rows, columns=table.columns).astype(table.dtypes.to_dict())], ignore_index=True
        )
        tables.append(
            table.assign(left_council=case.councils[0], right_council=case.councils[1], looked_at=not case.unseen)
        )
    whole = pd.concat(tables, ignore_index=True)
    whole = whole[whole["grade"] != "related"]
    whole["right"] = whole.pop("grade") == "same"
    whole["reworded"] = whole["left_title"].map(plain) != whole["right_title"].map(plain)
    first = ["left_council", "left_title", "right_council", "right_title"]
    return whole[first + [name for name in whole.columns if name not in first]].reset_index(drop=True)


def figures(table: pd.DataFrame) -> dict[str, float]:
    return fit.figures(*(table[name].to_numpy() for name in ("right", "accepted", "reworded")))


def tokens_scorer(name: str) -> Scorer:
    from rapidfuzz import fuzz, process, utils

    return lambda left, right: process.cdist(left, right, scorer=getattr(fuzz, name), processor=utils.default_process)


def tfidf_scorer(**how: object) -> Scorer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def score(left: list[str], right: list[str]) -> np.ndarray:
        vectors = TfidfVectorizer(sublinear_tf=True, **how).fit(left + right)
        return 100 * (vectors.transform(left) @ vectors.transform(right).T).toarray()

    return score


MATCHERS = {
    **{f"RapidFuzz {name}": tokens_scorer(name) for name in ("token_sort_ratio", "token_set_ratio", "WRatio")},
    "TF-IDF words 1–2": tfidf_scorer(ngram_range=(1, 2)),
    "TF-IDF characters 3–5": tfidf_scorer(analyzer="char_wb", ngram_range=(3, 5)),
}


def mutual(scores: np.ndarray, left: pd.DataFrame, right: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The pairs that are best for each other and reach the threshold."""
    best = (scores >= scores.max(1, keepdims=True)) & (scores >= scores.max(0, keepdims=True)) & (scores >= threshold)
    ends = np.argwhere(best)
    sides = [table.iloc[ends[:, at]].reset_index(drop=True) for at, table in enumerate((left, right))]
    return pd.concat(
        [s[["number", "title"]].add_prefix(p) for s, p in zip(sides, ("left_", "right_"), strict=True)], axis=1
    )


def others() -> Iterator[tuple[str, dict[str, float]]]:
    """Each general matcher between councils, at the threshold that is best for it on the two manuals."""
    ours, theirs = fit.manuals().values()
    labels = pd.read_csv(DATA / "truth" / "milton-keynes--oxfordshire.csv", dtype="str")
    for name, scorer in MATCHERS.items():
        scores = scorer(ours["title"].tolist(), theirs["title"].tolist())
        best = max(range(30, 101, 2), key=lambda level: evaluate(mutual(scores, ours, theirs, level), labels).f1)
        total = None
        for case in fit.between_councils():
            left, right = (pd.DataFrame({"number": None, "title": titles}) for titles in (case.left, case.right))
            rows = [(None, a, None, b, grade) for (a, b), grade in case.grades.items()]
            truth = pd.DataFrame(rows, columns=["left_number", "left_title", "right_number", "right_title", "grade"])
            found = evaluate(mutual(scorer(case.left, case.right), left, right, best), truth)
            total = found if total is None else total + found
        assert total is not None
        yield name, {what: getattr(total, what) for what in ("f1", "precision", "recall", "reworded_recall")}


def measured() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pairs, and the figures of procman and the general matchers."""
    table = pairs(fit.fit())
    rows = {
        "procman": figures(table),
        "procman, councils whose titles nobody looked at": figures(table[~table["looked_at"]]),
        **dict(others()),
    }
    return table, pd.DataFrame(rows).T.rename_axis("matcher").round(4).reset_index()


def main() -> list[Result]:
    table, beside = measured()
    print(beside.round(3).to_string(index=False))
    print(reliability(table).round(3).to_string(index=False))
    error = reliability(table).eval("abs(mean_score - share_right) * pairs").groupby(reliability(table)["level"]).sum()
    print((error / reliability(table).groupby("level")["pairs"].sum()).round(3).rename("calibration error").to_string())
    best = beside.iloc[2:].sort_values("f1").iloc[-1]
    return [
        Result(
            "align, 12 pairs of councils, each left out",
            f"F1 {beside['f1'][0]:.3f}",
            f"{best['matcher']}, threshold carried over",
            f"F1 {best['f1']:.3f}",
            score=f"precision {beside['precision'][0]:.3f}; theirs {best['precision']:.3f}",
            goal="F1 0.92, precision 0.97",
        )
    ]


if __name__ == "__main__":
    main()
