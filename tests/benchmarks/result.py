"""The results of a benchmark as rows of one table: procman compared with an alternative, or with the least work possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple


class Result(NamedTuple):
    """One row; cells are text, empty where there is nothing to say."""

    what: str
    procman: str
    beside: str = ""
    theirs: str = ""
    ratio: str = ""
    score: str = ""
    goal: str = ""


def in_turn(tasks: dict[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """The seconds of each task, run in turn so that all meet the same machine; a first run of each is not counted."""
    for task in tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(runs):
        for name, task in tasks.items():
            start = perf_counter()
            task()
            taken[name].append(perf_counter() - start)
    return taken


def milliseconds(seconds: Iterable[float]) -> str:
    """The median.

    >>> milliseconds([0.0101, 0.009, 0.3])
    '10.1 ms'
    """
    return f"{1000 * median(seconds):.1f} ms"


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> str:
    """How many times as long as theirs ours take, run by run: the median, and between which the middle half lie.

    >>> ratio([2, 4, 6, 8], [1, 2, 2, 1])
    '2.5 × (2 to 6.8)'
    """
    each = [one / other for one, other in zip(ours, theirs, strict=True)]
    low, middle, high = quantiles(each, n=4)
    return f"{middle:.2g} × ({low:.2g} to {high:.2g})"


def as_table(results: Iterable[Result]) -> str:
    """The results as a table in Markdown.

    >>> print(as_table([Result("import", "4 ms", goal="at most 1.2 ×")]))
    | what | procman | beside | theirs | ratio | score | goal |
    |---|---|---|---|---|---|---|
    | import | 4 ms |  |  |  |  | at most 1.2 × |
    """
    lines = [Result._fields, ["---"] * len(Result._fields), *results]
    return "\n".join(f"|{'|'.join(line)}|" if line[0] == "---" else f"| {' | '.join(line)} |" for line in lines)
