"""Measure how well the wordings work and how fast chapters are aligned: ``python -m tests.benchmarks align [--quick]``, quick without 2.

held_out.py measures how well chapters of unseen councils are aligned, compared with general matchers.

1. The two manuals and the other councils' titles against their labelled truth. The wordings know these titles: no evidence.
2. The wordings themselves, each eighth held back: how often a title that is read surely is read rightly.
3. Times of `align`, and of another confidence; those beside others, and of `topics`, are in matchers.py.
"""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

import procman
from procman.files import DATA
from procman.matching.alignment import Alignment, align
from procman.matching.chapters import SURE
from procman.matching.concepts import Sector
from procman.matching.evaluation import Evaluation, evaluate, variant_cases
from procman.matching.titles import CHAPTERS, Wordings, wordings
from tests.benchmarks.fit import manuals
from tests.benchmarks.held_out import NONE
from tests.benchmarks.result import Result

PARTS = 8


def line(name: str, result: Evaluation) -> None:
    print(
        f"{name:<58} F1 {result.f1:.3f}  precision {result.precision:.3f}  recall {result.recall:.3f}"
        f"  reworded {result.reworded_recall:.3f}"
    )


def total(results: Iterable[Evaluation]) -> Evaluation:
    first, *rest = results
    return sum(rest, first)


def without(keys: set[tuple[str, ...]]) -> Sector:
    """The sector as if no wording with one of these keys had been known."""
    known = wordings()
    return Sector(Wordings.of(r for r in known.rows if r.kind not in CHAPTERS or known.form(r.wording).key not in keys))


def hold_back() -> None:
    """Read each wording with its own eighth of the wordings left out: is the concept right?"""
    known = wordings()
    keys = {r.wording: known.form(r.wording).key for r in known.rows if r.kind in CHAPTERS}
    read: dict[bool, list[bool]] = defaultdict(list)
    could = 0
    for part in range(PARTS):
        held = {key for key in keys.values() if zlib.crc32(repr(key).encode()) % PARTS == part}
        fresh = without(held)
        meant: dict[str, set[str]] = defaultdict(set)
        for row in known.rows:
            if row.kind in CHAPTERS and keys[row.wording] in held:
                meant[row.wording] |= set() if row.kind == "look-alike" else {row.concept}
        for concepts, reading in zip(meant.values(), fresh.read(meant), strict=True):
            could += bool(concepts & set(fresh.concepts))
            if reading.concepts:
                read[reading.likeness >= SURE].append(bool(concepts & set(reading.concepts)))
    print(
        f"wordings held back in {PARTS} parts: of those read surely {np.mean(read[True]):.3f} are right, of the others "
        f"{np.mean(read[False]):.3f}; {sum(read[True]) / could:.3f} of those that can be found are read surely and rightly"
    )


def times(tables: dict[str, pd.DataFrame]) -> None:
    left, right = tables.values()
    cold = subprocess.run(
        [sys.executable, "-c", COLD], capture_output=True, text=True, check=True, cwd=Path(procman.__file__).parents[1]
    )
    print(f"align, cold (new process, imports and wordings read): {cold.stdout.strip()} s")
    alignment = Alignment(left, right, NONE)
    for name, call in (
        ("align, warm", lambda: align(left, right, decisions=NONE)),
        ("another confidence", lambda: alignment.matches(0.6)),
        ("review", alignment.review),
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
    line(
        "the two manuals (their titles are known: no evidence)",
        evaluate(align(*tables.values(), decisions=NONE), truth),
    )
    cases = variant_cases(pd.read_csv(DATA / "truth" / "variants.csv", dtype="str"))
    found = total(evaluate(align(titles, tables[m], decisions=NONE), labels) for _, m, titles, labels in cases)
    line("other councils' titles (known too: no evidence)", found)
    if "--quick" not in sys.argv:
        hold_back()
    times(tables)
    return []


if __name__ == "__main__":
    main()
