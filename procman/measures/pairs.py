"""Pairs: two manuals side by side with matching chapters in one row, and whether manuals list shared topics in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.measures.counting import BETWEEN, each_topic, placed
from procman.tables import NOT_THERE, OUTSIDE, Field, Measure, columns, need
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

#: The section if the left manual has none that corresponds.
NO_SECTION = "(no section corresponds)"
_CHAPTER = ("council", "position", "number", "title", "section")
SIDE_BY_SIDE = Measure(
    "side by side",
    "One row per matched pair of chapters and per unmatched chapter, in the order of the left manual. Chapters only in the right manual come last.",
    columns(
        *(f"{side}_{name}?" for side in ("left", "right") for name in _CHAPTER),
        *("level?", "score?", "same_section?"),
        level="how the match was found; missing without a match",
        same_section="whether their sections correspond; missing without a match",
    ),
    "Chapters of both manuals. A chapter with several matches has several rows.",
    "Two sections correspond when either holds most of what the other shares. " + NOT_THERE,
)

SECTIONS = Measure(
    "sections side by side",
    "One row per section of the left manual, in its order, and one for the right manual's sections that correspond to none.",
    columns(
        *("left_council?", "right_council?", "left_section", "right_section?"),
        Field("only_left", "int64", "chapters of the left section without a match", "5"),
        Field("both", "int64", "chapters of the left section with a match", "12"),
        Field("only_right", "int64", "chapters without a match in the right sections that correspond to it", "7"),
        right_section="sections of the right manual that correspond to it, with semicolons between",
    ),
    "Chapters of both manuals.",
    "A right section that corresponds to several left ones counts with that which it shares most with. " + NOT_THERE,
)
ORDER = Measure(
    "order of shared topics",
    "One row per other council: whether it lists the shared topics in the same order.",
    columns(
        *("council", "other", "shared", "tau?"),
        council="your council",
    ),
    "Pairs of topics that both councils have. Only a council's first chapter on a topic counts.",
    "If two manuals have their sections in a different order, tau is low even if the order within each section is the same. With few "
    f"shared topics, tau says little. {NOT_THERE}",
)


def side_by_side(left: pd.DataFrame, right: pd.DataFrame, matches: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put the chapters of two manuals side by side, with matching chapters in one row (columns of `SIDE_BY_SIDE`).

    Parameters
    ----------
    left, right
        The ``entries`` of two manuals.
    matches
        The result of ``procman.align(left, right)``, which is the default.

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


def by_section(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each section, the chapters that only one manual lists and those that both list (columns of `SECTIONS`).

    Parameters
    ----------
    table
        The result of `side_by_side`.

    Examples
    --------
    >>> rows = [("Ayle", 2, "1.1", "Consent", "All", "Beere", 5, "2.1", "Consent", "Rights", "identical", 1.0, True),
    ...         ("Ayle", 3, "1.2", "Records", "All", None, None, None, None, None, None, None, None),
    ...         (None, None, None, None, None, "Beere", 6, "2.2", "Visits", "Rights", None, None, None)]
    >>> counts = by_section(SIDE_BY_SIDE.frame(rows))
    >>> counts[["left_section", "right_section", "only_left", "both", "only_right"]].values.tolist()
    [['All', 'Rights', 1, 1, 1]]
    """
    councils = [
        table[f"{side}_council"].dropna().iloc[0] if table[f"{side}_council"].notna().any() else None
        for side in ("left", "right")
    ]
    homes = table.assign(**{f"{side}_section": table[f"{side}_section"].fillna(OUTSIDE) for side in ("left", "right")})
    joined = homes[homes["level"].notna()]
    # Each right section belongs with the left section that it shares most with, if they correspond.
    shared = Counter(zip(joined["left_section"], joined["right_section"], strict=True))
    alike = joined[joined["same_section"].astype(bool)]
    pairs = sorted(set(zip(alike["left_section"], alike["right_section"], strict=True)), key=lambda pair: -shared[pair])
    home: dict[str, str] = {}
    for left, right in pairs:
        home.setdefault(right, left)
    alone = homes[homes["level"].isna()]
    right = alone.loc[alone["right_position"].notna(), "right_section"]
    theirs, elsewhere = Counter(right.map(home).dropna()), [name for name in dict.fromkeys(right) if name not in home]
    mine = homes[homes["left_position"].notna()].drop_duplicates("left_position")
    rows = [
        (
            *councils,
            section,
            BETWEEN.join(name for name, own in home.items() if own == section) or None,
            int(part["level"].isna().sum()),
            int(part["level"].notna().sum()),
            theirs[section],
        )
        for section, part in mine.groupby("left_section", sort=False)
    ]
    if elsewhere:
        rows.append((*councils, NO_SECTION, BETWEEN.join(elsewhere), 0, 0, int(right.isin(elsewhere).sum())))
    return SECTIONS.frame(rows)


def order(chapters: pd.DataFrame, council: str) -> pd.DataFrame:
    """Find whether other councils list the topics that they share with a council in the same order (columns of `ORDER`).

    Kendall's tau is the share of pairs of shared topics in the same order, minus the share of pairs in the opposite order. 1 is the same
    order and -1 is the reverse. It is missing with fewer than two shared topics.

    Source: M. G. Kendall (1938), A new measure of rank correlation, Biometrika 30, 81–93. SciPy calculates it.

    Parameters
    ----------
    chapters
        Chapters with topics, one edition per council.
    council
        Your council.

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
    # A chapter that joins two topics would be a tie. The topic that its title names first comes first.
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
    """Find which sections of two manuals correspond, from the pair of sections of each shared chapter.

    Two sections correspond if either has most of the chapters that the other shares. In a tie, the section with the same name wins, then
    the first.

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
