"""Compare `align` and `topics` with what a user might choose instead: RapidFuzz, and sparse_dot_topn where it is installed.

sparse_dot_topn is no dependency: pip install sparse_dot_topn. string_grouper 0.8 asks for pandas below 3, and so does not install;
recordlinkage does not work with pandas 3 either. The others have the threshold that is best for them on the very truth they are
measured against; procman has its own, but its wordings were drawn up with these two manuals at hand, so that its score here says
little: the benchmark `align` measures it on others. Memory of `align` is what
is allocated while it runs, of `topics` what the process has at most, imports counted.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

import procman as pm
from tests import synthetic
from tests.benchmarks.result import Result, in_turn, milliseconds, ratio

RUNS = 20
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


def peak(call: Callable[[], object]) -> str:
    """What is allocated while it runs, at most."""
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return f"{most:.1f} MiB"


def two_manuals() -> list[Result]:
    library = pm.open_library(synthetic.ROOT / "data/manuals", cache=False)
    tables = [library.manual(name).entries for name in ("Milton Keynes", "Oxfordshire")]
    left, right = (
        table[(table["kind"] == "chapter") & table["title"].notna()].reset_index(drop=True) for table in tables
    )
    labels = pd.read_csv(synthetic.ROOT / "data/truth/milton-keynes--oxfordshire.csv", dtype="str")
    ours = lambda: pm.align(left, right)  # noqa: E731
    own_score = pm.evaluate(ours(), labels).f1
    results = []
    for name, how in {
        "RapidFuzz token_set_ratio": with_rapidfuzz,
        "sparse_dot_topn, character 3-grams": with_sparse_dot_topn,
    }.items():
        theirs = lambda how=how: how(left, right)  # noqa: E731
        what = f"align, {len(left)} × {len(right)} chapters"
        try:
            taken = in_turn({"ours": ours, "theirs": theirs}, RUNS)
        except ImportError as error:
            results.append(Result(what, "", name, f"left out: {error}"))
            continue
        scored = theirs()
        best = max(pm.evaluate(scored[scored["score"] >= low], labels).f1 for low in set(scored["score"]))
        told = [f"{milliseconds(taken[who])}, {peak(call)}" for who, call in (("ours", ours), ("theirs", theirs))]
        times = ratio(taken["ours"], taken["theirs"])
        results.append(Result(what, told[0], name, told[1], times, f"F1 {own_score:.3f} beside {best:.3f}"))
    return results


GROWTH = """
import resource, sys, time
import pandas as pd
entries = pd.read_json(sys.stdin, orient="split", dtype=False)
from tests.benchmarks.matchers import GROUPINGS
group = GROUPINGS[sys.argv[1]]
group(entries.head(100))  # not counted: loads what loads when used
start = time.perf_counter()
group(entries)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def many_councils() -> list[Result]:
    """The councils are mixed from the seeds' titles, so there is no truth of topics to score."""
    spans: dict[tuple[str, int], list[float]] = {}
    told: dict[tuple[str, int], str] = {}
    sizes = {councils: made_up(councils) for councils in (38, 76, 152)}
    for councils, entries in sizes.items():
        page = entries.to_json(orient="split")
        for _ in range(3):
            for name in GROUPINGS:  # in turn, each in a process of its own
                command = [sys.executable, "-c", GROWTH, name]
                done = subprocess.run(
                    command, input=page, stdout=subprocess.PIPE, text=True, check=True, cwd=synthetic.ROOT
                )
                seconds, most = map(float, done.stdout.split())
                spans.setdefault((name, councils), []).append(seconds)
                told[name, councils] = f"{np.median(spans[name, councils]):.2f} s, {most:.0f} MiB in all"
    ours, theirs = GROUPINGS
    growth = {name: np.log(np.median(spans[name, 152]) / np.median(spans[name, 38])) / np.log(4) for name in GROUPINGS}
    score = f"growth n^{growth[ours]:.2f} beside n^{growth[theirs]:.2f}"
    return [
        Result(
            f"topics, {councils} councils, {len(entries):,} chapters",
            told[ours, councils],
            theirs,
            told[theirs, councils],
            ratio(spans[ours, councils], spans[theirs, councils]),
            *((score, "at most 20 s, 1024 MiB, n^1.3") if councils == 152 else ()),
        )
        for councils, entries in sizes.items()
    ]


def neighbours(entries: pd.DataFrame) -> object:
    from sparse_dot_topn import sp_matmul_topn

    found = vectors(entries["title"])
    return sp_matmul_topn(found, found.T.tocsr(), top_n=50, threshold=0.7)


def neighbours_with_scipy(entries: pd.DataFrame) -> object:
    """All titles times all, as scikit-learn and SciPy have it; for where sparse_dot_topn is not installed."""
    found = vectors(entries["title"])
    return (found @ found.T).tocsr() > 0.7


GROUPINGS: dict[str, Callable[[pd.DataFrame], object]] = {
    "procman.topics": pm.topics,
    **(
        {"sparse_dot_topn, 50 nearest": neighbours}
        if find_spec("sparse_dot_topn")
        else {"SciPy, all times all": neighbours_with_scipy}
    ),
}


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


def main() -> list[Result]:
    return [*two_manuals(), *many_councils()]


if __name__ == "__main__":
    main()
