"""`align` and `topics` beside what a user would pick instead: RapidFuzz, and sparse_dot_topn where it is installed.

sparse_dot_topn is no dependency: pip install sparse_dot_topn. string_grouper 0.8 asks for pandas below 3, and so does not install;
recordlinkage does not work with pandas 3 either. The others have the threshold that is best for them on the very truth they are
measured against; procman has its own, but its wordings were drawn up with these two manuals at hand, so that its score here says
little: the benchmark `align` measures it on others. Memory is what is allocated while it runs, beside what the process holds already.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

import procman as pm
from tests import synthetic

Scored = pd.DataFrame  # left_number, left_title, right_number, right_title, score


def vectors(titles: Iterable[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3)).fit_transform(titles)


def best_of(scored: Iterable[tuple[int, int, float]], left: pd.DataFrame, right: pd.DataFrame) -> Scored:
    """The pairs that are best for each other."""
    rows = list(scored)
    top_left, top_right = {}, {}
    for i, j, score in rows:
        top_left[i] = max(score, top_left.get(i, 0.0))
        top_right[j] = max(score, top_right.get(j, 0.0))
    chosen = [(i, j, s) for i, j, s in rows if s == top_left[i] == top_right[j]]
    sides = [table.iloc[[pair[at] for pair in chosen]].reset_index(drop=True) for at, table in enumerate((left, right))]
    found = [side[["number", "title"]].add_prefix(name) for side, name in zip(sides, ("left_", "right_"), strict=True)]
    return pd.concat(found, axis=1).assign(score=[s for *_, s in chosen])


def with_sparse_dot_topn(left: pd.DataFrame, right: pd.DataFrame) -> Scored:
    from sparse_dot_topn import sp_matmul_topn

    found = vectors([*left["title"], *right["title"]])
    matrix = sp_matmul_topn(found[: len(left)], found[len(left) :].T.tocsr(), top_n=5, threshold=0.1).tocoo()
    return best_of(zip(matrix.row, matrix.col, matrix.data, strict=True), left, right)


def with_rapidfuzz(left: pd.DataFrame, right: pd.DataFrame) -> Scored:
    from rapidfuzz import fuzz, process, utils

    scores = process.cdist(left["title"], right["title"], scorer=fuzz.token_set_ratio, processor=utils.default_process)
    pairs = np.argwhere(scores > 10)
    return best_of(((i, j, scores[i, j]) for i, j in pairs), left, right)


def measured(call: Callable[[], object], runs: int = 3) -> tuple[object, float, float, float]:
    """Result, median seconds and their spread, MiB at the peak."""
    call()  # not counted: loads what loads when used
    spans = []
    for _ in range(runs):
        start = time.perf_counter()
        result = call()
        spans.append(time.perf_counter() - start)
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return result, float(np.median(spans)), max(spans) - min(spans), peak


def two_manuals() -> None:
    library = pm.open_library(synthetic.ROOT / "data/manuals", cache=False)
    tables = [library.manual(name).entries for name in ("Milton Keynes", "Oxfordshire")]
    left, right = (
        table[(table["kind"] == "chapter") & table["title"].notna()].reset_index(drop=True) for table in tables
    )
    labels = pd.read_csv(synthetic.ROOT / "data/truth/milton-keynes--oxfordshire.csv", dtype="str")
    print(f"{len(left)} × {len(right)} chapters, {len(labels)} labelled pairs")
    print(f"{'':<34}{'F1':>7}{'threshold':>11}{'ms':>9}{'± spread':>10}{'MiB':>7}")
    for name, how in {
        "procman.align": pm.align,
        "RapidFuzz token_set_ratio": with_rapidfuzz,
        "sparse_dot_topn, character 3-grams": with_sparse_dot_topn,
    }.items():
        try:
            scored, seconds, spread, peak = measured(lambda how=how: how(left, right))
        except Exception as error:  # not installed, or broken on this pandas: that is a result too
            print(f"{name:<34} left out: {type(error).__name__}: {str(error)[:90]}")
            continue
        thresholds = [0.0] if how is pm.align else sorted(set(scored["score"]))
        score, threshold = max((pm.evaluate(scored[scored["score"] >= low], labels).f1, low) for low in thresholds)
        shown = "its own" if how is pm.align else f"{threshold:.2f}"
        print(f"{name:<34}{score:>7.3f}{shown:>11}{1000 * seconds:>9.1f}{1000 * spread:>10.1f}{peak:>7.1f}", flush=True)


def many_councils() -> None:
    """Processor time alone: the councils are mixed from the seeds' titles, so there is no truth of topics to score."""
    print(f"\n{'councils':>8}{'chapters':>10}  {'':<34}{'CPU s':>7}{'growth':>8}")
    before: dict[str, tuple[int, float]] = {}
    for councils in (38, 76, 152):
        entries = made_up(councils)
        for name, call in {
            "procman.topics": lambda entries=entries: pm.topics(entries),
            "sparse_dot_topn, top 50": lambda entries=entries: neighbours(entries["title"].tolist()),
        }.items():
            try:
                start = time.process_time()
                call()
                seconds = time.process_time() - start
            except ImportError as error:
                print(f"{'':<20}{name:<34} left out: {error}")
                continue
            rows, earlier = before.get(name, (0, 0.0))
            growth = f"n^{np.log(seconds / earlier) / np.log(len(entries) / rows):.2f}" if rows else ""
            before[name] = len(entries), seconds
            print(f"{councils:>8}{len(entries):>10,}  {name:<34}{seconds:>7.2f}{growth:>8}", flush=True)


def neighbours(titles: list[str]) -> object:
    from sparse_dot_topn import sp_matmul_topn

    found = vectors(titles)
    return sp_matmul_topn(found, found.T.tocsr(), top_n=50, threshold=0.7)


def made_up(councils: int) -> pd.DataFrame:
    """Chapters of synthetic councils, each title worded a little differently here and there."""
    rows = []
    for council in range(councils):
        own = random.Random(f"wording {council} of {councils}")
        for i, section in enumerate(synthetic.sections(council, 0), 1):
            for j, subsection in enumerate(section.subsections, 1):
                for k, (title, _) in enumerate(subsection.chapters, 1):
                    words = title.split()
                    if own.random() < 0.2 and len(words) > 2:
                        words.pop(own.randrange(len(words)))
                    name = synthetic.council_name(council)
                    rows.append(
                        (
                            name,
                            None,
                            len(rows) + 1,
                            "chapter",
                            f"{i}.{j}.{k}",
                            " ".join(words),
                            section.title,
                            subsection.title,
                        )
                    )
    columns = ["council", "edition", "position", "kind", "number", "title", "section", "subsection"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({name: "str" for name in columns if name != "position"})


def main() -> None:
    two_manuals()
    many_councils()


if __name__ == "__main__":
    main()
