"""A view: one table of a comparison, the chart that draws it, and which of its rows concern the chapters picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procman.matching.search import asked_for
from procman.measures.counting import each_topic, names, sections_of
from procman.measures.declare import OUTSIDE
from procman.panels.comparison import Comparison
from procman.tables import Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


#: The settings that pick chapters.
PICKS = frozenset({"sections", "topics", "statuses"})


@dataclass(frozen=True, slots=True)
class View:
    """One thing to look at in a panel.

    Attributes
    ----------
    name
        What the control calls it.
    declared
        The declaration of its table: column meanings, denominator and caveat.
    measure
        From the panel to the table.
    draw
        From a table to the chart; None where there is nothing to draw.
    rows
        What a row is about, which tells whether it concerns the chapters picked: one of `CONCERN`; "search" where
        the measure itself looks for the words; "" where it is about all chapters, so that none is left out.
    drawn
        From the panel and the table on show to the table that is drawn, where that is another one.
    draws_all
        Whether the chart shows all, whatever rows are picked.
    hidden
        Columns that are not shown: ids, and what is the same in every row.
    """

    name: str
    declared: Table
    measure: Callable[[Any], pd.DataFrame]
    draw: Callable[[pd.DataFrame], Axes] | None = None
    rows: str = ""
    hidden: tuple[str, ...] = ("topic", "position")
    drawn: Callable[[Any, pd.DataFrame], pd.DataFrame] = lambda panel, table: table
    draws_all: bool = False

    @property
    def obeys(self) -> frozenset[str]:
        """The settings that pick chapters and mean something here."""
        return frozenset({"topics"}) if self.rows in ("words", "search") else PICKS if self.rows else frozenset()

    def narrowed(self, table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
        """The rows that concern the chapters picked. What each row counts stays whole."""
        if self.rows not in CONCERN or not comparison.picks:
            return table
        return table[CONCERN[self.rows](table, comparison)].reset_index(drop=True)


def _by_topic(table: pd.DataFrame, comparison: Comparison) -> Any:
    return table["topic"].isin(set(each_topic(comparison.picked)["topic"]))


def _homes(table: pd.DataFrame, column: str, missing: Any) -> Iterator[tuple[str, Any]]:
    """Each row's council and what it has in a column."""
    return zip(names(table["council"]).tolist(), table[column].fillna(missing).tolist(), strict=True)


def _by_section(table: pd.DataFrame, comparison: Comparison) -> Any:
    picked = comparison.picked
    sections = [title for _, title in sections_of(picked, comparison.entries)]
    homes = set(zip(names(picked["council"]).tolist(), sections, strict=True))
    return [home in homes for home in _homes(table, "section", OUTSIDE)]


def _by_place(table: pd.DataFrame, comparison: Comparison) -> Any:
    """Rows of entries: picked chapters and the headings above them; a row without a position is of those in no section."""
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
    """Rows of two chapters, the left one of the first council, of which either is picked."""
    picked = comparison.picked
    owners = names(picked["council"])
    keep = [False] * len(table)
    for side, council in zip(("left", "right"), comparison.councils, strict=False):
        mine = set(picked.loc[owners == council, "position"])
        keep = [kept or place in mine for kept, place in zip(keep, table[f"{side}_position"], strict=True)]
    return keep


def _by_words(table: pd.DataFrame, comparison: Comparison) -> Any:
    """Rows whose own topic has the words: expectations, which are no chapters."""
    return asked_for(table["topic"], comparison.words)


CONCERN: dict[str, Callable[[Any, Comparison], Any]] = {
    "topic": _by_topic,
    "section": _by_section,
    "place": _by_place,
    "pair": _by_pair,
    "words": _by_words,
}
