"""Pairs: two manuals side by side, every chapter of both, those that are the same procedure on one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from procman.measures.counting import fold, sections_of, text
from procman.measures.declare import NOT_THERE, OUTSIDE, Measure
from procman.tables import Column

if TYPE_CHECKING:
    import pandas as pd

_SIDES = [
    Column(
        f"{side}_{name}",
        dtype,
        f"{meaning}; missing where the other manual's chapter has no match",
        example,
        optional=True,
    )
    for side in ("left", "right")
    for name, dtype, meaning, example in (
        ("council", "str", f"council of the {side} manual", "Oxfordshire"),
        ("position", "Int64", f"position in the {side} manual", "12"),
        ("number", "str", "number as printed", "1.2.3"),
        ("title", "str", "the chapter's title", "Assessments"),
        ("section", "str", "section it stands in", "All Children"),
    )
]
SIDE_BY_SIDE = Measure(
    "side by side",
    "One row per matched pair of chapters and per unmatched one, in the order of the left manual; those only right are last.",
    (
        *_SIDES,
        Column("level", "str", "how the match was found; missing without one", "sector wording", optional=True),
        Column("score", "float64", "how sure it is, 0 to 1", "0.93", optional=True),
        Column(
            "same_section",
            "boolean",
            "whether their sections are counterparts; missing without a match",
            "True",
            optional=True,
        ),
    ),
    "Chapters of both manuals; one that matches several stands on several rows.",
    "Sections are counterparts when either holds most of what the other shares. " + NOT_THERE,
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
    if matches is None:
        from procman.matching.alignment import align

        matches = align(left, right)
    sides = []
    for entries in (left, right):
        chapters = entries.assign(section=[None if title == OUTSIDE else title for _, title in sections_of(entries)])
        chapters = chapters.loc[chapters["kind"] == "chapter", ["council", "position", "number", "title", "section"]]
        sides.append({row[1]: (text(row[0]), row[1], *map(text, row[2:])) for row in chapters.itertuples(index=False)})
    found = [
        (int(a), int(b), text(level), float(score))
        for a, b, level, score in zip(
            *(matches[name] for name in ("left_position", "right_position", "level", "score")), strict=True
        )
    ]
    homes = {(a, b): (sides[0][a][4] or OUTSIDE, sides[1][b][4] or OUTSIDE) for a, b, *_ in found}
    alike = counterparts(homes.values())
    rows = [(*sides[0][a], *sides[1][b], level, score, homes[a, b] in alike) for a, b, level, score in found]
    nothing = (None,) * 5
    met = [{pair[side] for pair in homes} for side in (0, 1)]
    rows += [(*row, *nothing, None, None, None) for place, row in sides[0].items() if place not in met[0]]
    rows.sort(key=lambda row: (row[1], row[6] or 0))
    rows += [(*nothing, *row, None, None, None) for place, row in sides[1].items() if place not in met[1]]
    return SIDE_BY_SIDE.frame(rows)


def counterparts(homes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which sections of two manuals answer to each other, from the sections of their shared chapters.

    Two do when either holds most of what the other shares; of equals the one of the same name, then the first.

    >>> sorted(counterparts([("Care", "In Care"), ("Care", "In Care"), ("Care", "Health"), ("Adoption", "Health")]))
    [('Adoption', 'Health'), ('Care', 'Health'), ('Care', 'In Care')]
    """
    counts = Counter(homes)
    best: dict[tuple[int, str], tuple[str, str]] = {}
    for pair in counts:
        rank = (counts[pair], fold(pair[0]) == fold(pair[1]))
        for side in (0, 1):
            rival = best.get((side, pair[side]))
            if rival is None or rank > (counts[rival], fold(rival[0]) == fold(rival[1])):
                best[side, pair[side]] = pair
    return set(best.values())
