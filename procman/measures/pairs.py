"""Pairs: two manuals side by side, every chapter of both, those that are the same procedure on one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from procman.measures.counting import placed
from procman.tables import NOT_THERE, OUTSIDE, Measure, columns
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
