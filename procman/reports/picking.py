"""Filter the rows of a table to those about the chapters chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from procman.matching.search import asked_for
from procman.measures.counting import each_topic, names, sections_of
from procman.reports.comparison import Comparison
from procman.tables import OUTSIDE

if TYPE_CHECKING:
    import pandas as pd


def _by_topic(table: pd.DataFrame, comparison: Comparison) -> Any:
    return table["topic"].isin(set(each_topic(comparison.picked)["topic"]))


def _homes(table: pd.DataFrame, column: str, missing: Any) -> Iterator[tuple[str, Any]]:
    """Each row's council and its value in a column."""
    return zip(names(table["council"]).tolist(), table[column].fillna(missing).tolist(), strict=True)


def _by_section(table: pd.DataFrame, comparison: Comparison) -> Any:
    picked = comparison.picked
    sections = [title for _, title in sections_of(picked, comparison.entries)]
    homes = set(zip(names(picked["council"]).tolist(), sections, strict=True))
    return [home in homes for home in _homes(table, "section", OUTSIDE)]


def _by_place(table: pd.DataFrame, comparison: Comparison) -> Any:
    """Rows of entries: chosen chapters and the headings above them. A row without a position is for chapters in no section."""
    headed, picked = comparison.entries.dropna(subset="parent"), comparison.picked
    parents = dict(zip(_homes(headed, "position", 0), headed["parent"].tolist(), strict=True))
    places: set[tuple[str, int]] = set()
    for place in _homes(picked, "position", 0):
        while place not in places:
            places.add(place)
            if place in parents:
                place = (place[0], parents[place])
    places |= {(council, 0) for council in names(picked.loc[picked["section"].isna(), "council"])}
    return [place in places for place in _homes(table, "position", 0)]


def _by_pair(table: pd.DataFrame, comparison: Comparison) -> Any:
    """Rows of two chapters, either of which is chosen. The left one belongs to the first council."""
    picked = comparison.picked
    owners = names(picked["council"])
    keep = [False] * len(table)
    for side, council in zip(("left", "right"), comparison.councils, strict=False):
        mine = set(picked.loc[owners == council, "position"])
        keep = [kept or place in mine for kept, place in zip(keep, table[f"{side}_position"], strict=True)]
    return keep


def _by_words(table: pd.DataFrame, comparison: Comparison) -> Any:
    """Rows of duties, which are not chapters: those whose topic has the words."""
    return asked_for(table["topic"], comparison.words)


CONCERN: dict[str, Callable[[Any, Comparison], Any]] = {
    "topic": _by_topic,
    "section": _by_section,
    "place": _by_place,
    "pair": _by_pair,
    "words": _by_words,
}
