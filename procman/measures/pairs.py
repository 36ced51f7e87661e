"""Pairs: two manuals side by side, every chapter of both, those that are the same procedure on one row; and whether
manuals list what they share in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.measures.counting import each_topic, placed
from procman.tables import NOT_THERE, OUTSIDE, Measure, columns, need
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

_CHAPTER = ("council", "position", "number", "title", "section")
SIDE_BY_SIDE = Measure(
    "side by side",
    "One row per matched pair of chapters and per unmatched one, in the order of the left manual; those only right are last.",
    columns(
        *(f"{side}_{name}?" for side in ("left", "right") for name in _CHAPTER),
        *("level?", "score?", "same_section?"),
        level="how the match was found; missing without one",
        same_section="whether their sections correspond; missing without a match",
    ),
    "Chapters of both manuals; one that matches several stands on several rows.",
    "Two sections correspond when either holds most of what the other shares. " + NOT_THERE,
)

ORDER = Measure(
    "order of shared topics",
    "One row per other council: whether it lists the topics that both have in the same order.",
    columns(
        *("council", "other", "shared", "tau?"),
        council="the council in question",
    ),
    "Pairs of topics that both councils have; a council's first chapter on a topic stands for all.",
    "A manual that is cut into sections in another order has a low tau though each section is in the same order. With few "
    f"shared topics it says little. {NOT_THERE}",
)


def side_by_side(left: pd.DataFrame, right: pd.DataFrame, matches: pd.DataFrame | None = None) -> pd.DataFrame:
    """Join two manuals' chapters through their alignment (columns of `SIDE_BY_SIDE`).

    Parameters
    ----------
    left, right
        The ``entries`` of two manuals.
    matches
        What ``procman.align(left, right)`` gives; by default that is called.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> read = lambda text: read_manual(io.StringIO(text), "Northwick").entries
    >>> left = read("1. All Children\\n\\n1.1 Private Fostering\\n1.2 Harbour Swimming\\n")
    >>> right = read("1. Everyone\\n\\n1.1 Private Fostering\\n")
    >>> side_by_side(left, right)[["left_title", "right_title"]].fillna("-").values.tolist()
    [['Private Fostering', 'Private Fostering'], ['Harbour Swimming', '-']]
    """
    import pandas as pd

    if matches is None:
        from procman.matching.alignment import align

        matches = align(left, right)
    sides = {"left": _chapters(left).add_prefix("left_"), "right": _chapters(right).add_prefix("right_")}
    pairs = matches[["left_position", "right_position", "level", "score"]]
    pairs = pairs.merge(sides["left"], on="left_position").merge(sides["right"], on="right_position")
    homes = list(zip(pairs["left_section"].fillna(OUTSIDE), pairs["right_section"].fillna(OUTSIDE), strict=True))
    alike = counterparts(homes)
    pairs = pairs.assign(same_section=[home in alike for home in homes])
    alone = {
        side: chapters[~chapters[f"{side}_position"].isin(pairs[f"{side}_position"])]
        for side, chapters in sides.items()
    }
    in_order = pd.concat([pairs, alone["left"]]).sort_values(["left_position", "right_position"], kind="stable")
    return SIDE_BY_SIDE.frame(pd.concat([in_order, alone["right"]]))


def order(chapters: pd.DataFrame, council: str) -> pd.DataFrame:
    """Tell whether the others list what they share with a council in the same order (columns of `ORDER`).

    Kendall's tau: of the pairs of shared topics, the part that both list in the same order less the part that they list in
    opposite orders. 1: the same order; -1: the reverse; missing with fewer than two shared topics.

    Source: M. G. Kendall (1938), A new measure of rank correlation, Biometrika 30, 81–93; SciPy works it out.

    Parameters
    ----------
    chapters
        Chapters with topics, one edition for each council.
    council
        The council in question.

    Raises
    ------
    TableError
        The table has no chapter of that council.

    Examples
    --------
    >>> import pandas as pd
    >>> chapters = pd.DataFrame({
    ...     "council": ["A"] * 3 + ["B"] * 3, "position": [1, 2, 3] * 2, "topic": ["p", "q", "r", "p", "r", "q"],
    ...     "topic_title": ["p", "q", "r", "p", "r", "q"]})
    >>> order(chapters, "A")[["other", "shared", "tau"]].round(2).values.tolist()
    [['B', 3, 0.33]]
    """
    from scipy.stats import kendalltau

    need(chapters, "topics", "position")
    spread = each_topic(chapters)
    # A chapter that joins two topics would be a tie: the one that its title names first stands before the other.
    spread = spread.assign(place=range(len(spread))).sort_values(["position", "place"], kind="stable")
    first = spread.drop_duplicates(["council", "topic"])
    places = first.assign(place=range(len(first))).pivot(index="topic", columns="council", values="place")
    if council not in places:
        raise TableError("topics", f"no chapters of {council!r}")
    found = []
    for other in spread["council"].drop_duplicates()[lambda names: names != council].sort_index():
        both = places[[council, other]].dropna()
        tau = kendalltau(both[council], both[other]).statistic if len(both) > 1 else None
        found.append((council, other, len(both), tau))
    return ORDER.frame(found)


def _chapters(entries: pd.DataFrame) -> pd.DataFrame:
    rows = placed(entries)
    rows["section"] = rows["section"].mask(rows["section"] == OUTSIDE)
    return rows.loc[rows["kind"] == "chapter", list(_CHAPTER)]


def counterparts(homes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which sections of two manuals correspond, from the sections of each chapter that both have.

    Two do when either holds most of what the other shares; of equals the one of the same name, then the first.

    >>> sorted(counterparts([("Care", "In Care"), ("Care", "In Care"), ("Care", "Health"), ("Adoption", "Health")]))
    [('Adoption', 'Health'), ('Care', 'Health'), ('Care', 'In Care')]
    """
    chapters = Counter(homes)
    same_name = {pair: plain(pair[0]) == plain(pair[1]) for pair in chapters}
    best: dict[tuple[str, str], tuple[str, str]] = {}
    for left, right in sorted(chapters, key=lambda pair: (chapters[pair], same_name[pair]), reverse=True):
        best.setdefault(("left", left), (left, right))
        best.setdefault(("right", right), (left, right))
    return set(best.values())
