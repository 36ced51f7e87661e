"""Coverage: which councils' contents pages have each topic, and a person's decisions on missing topics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.matching.search import has_words
from procman.measures.counting import each_topic, fold, names, text
from procman.measures.gaps import by_council
from procman.panels.deciding import Decider, Titled
from procman.panels.message import HERE
from procman.panels.panel import ComparisonPanel
from procman.panels.table import Asked
from procman.words import listed

if TYPE_CHECKING:
    import pandas as pd

#: The answers a person can give on a missing topic. The first three are about its nearest chapter.
NEAR = SAME, NOT_THE_SAME, SKIP = "Same", "Not the same", "Skip"
WE_HAVE = "We have it"


class CoveragePanel(ComparisonPanel):
    """The topics that others list and your council does not, and the topics that all, some or one of the councils have.

    For each missing topic, a person can say which of your council's chapters is on it, or whether the possible match is.

    Has the parameters and attributes of `ComparisonPanel`.

    Attributes
    ----------
    decider
        The decisions made here. `undo` undoes the last.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = CoveragePanel(open_library("data/manuals"))
    >>> panel.view = "coverage_matrix"
    >>> panel.topics = "private fostering"
    >>> panel.table[["topic_title", "council", "numbers"]].values.tolist()
    [['Private fostering', 'Milton Keynes', '3.2'], ['Private fostering', 'Oxfordshire', '3.5.2']]
    """

    about = "coverage"
    questions = ("gaps", "coverage")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._skipped: dict[str, None] = {}
        super().__init__(*arguments, **named)

    # --- state ---------------------------------------------------------------------------------------------------

    def same(self, topic: str) -> None:
        """Say that your council's nearest chapter is on a missing topic, which is then no longer missing."""
        whole, row = self._missing(topic)
        self._accept(self._nearest(row), row, len(whole))

    def we_have(self, topic: str, chapter: str) -> None:
        """Say which of your council's chapters is on a missing topic, which is then no longer missing. The titles can differ.

        Give one of `own_chapters`, or words that only one of them has. Raises ``TableError`` if this is not possible.
        """
        whole, row = self._missing(topic)
        self._accept(Titled(str(self.focus), self._own(chapter)), row, len(whole))

    def not_the_same(self, topic: str) -> None:
        """Say that your council's nearest chapter is not on a missing topic. This applies to all councils that list the topic."""
        _, row = self._missing(topic)
        others = {title: Titled("", title) for _, title in self._listing(row)}
        self._record("rejected", self._nearest(row), [*others.values()])

    def skip(self, topic: str) -> None:
        """Leave a topic undecided, and put it last."""
        self._skipped[topic] = None
        self.refresh()
        titles = self.table.set_index("topic")["topic_title"]
        self._say(f"“{titles.get(topic, topic)}” is not decided. It now comes last.")

    def undo(self) -> None:
        """Undo the last decision made here. Raises ``TableError`` if there is none."""
        self.decider.undo()
        self.refresh()

    @property
    def own_chapters(self) -> dict[str, str]:
        """Your council's chapters: a mapping from number and title to title."""
        chapters = self.comparison.chapters
        mine = chapters[names(chapters["council"]) == self.focus]
        return {
            " ".join(filter(None, map(text, cells))): cells[1]
            for cells in zip(mine["number"], mine["title"], strict=True)
        }

    def _own(self, said: str) -> str:
        """The title of the chapter that the words mean."""
        mine, wanted = self.own_chapters, fold(said).split()
        exact = [label for label in mine if fold(label).split() == wanted or fold(mine[label]).split() == wanted]
        found = {mine[label] for label in exact or mine if wanted and has_words(label, wanted)}
        if not wanted:
            raise TableError(HERE, f"say which chapter of {self.focus}'s it is")
        if not found:
            raise TableError(HERE, f"no chapter of {self.focus}'s has “{said.strip()}”")
        if len(found) > 1:
            raise TableError(HERE, f"{len(found)} chapters of {self.focus}'s have “{said.strip()}”: choose one of them")
        return found.pop()

    def _missing(self, topic: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """All missing topics, and the row of one of them."""
        if self._view.doubts:
            whole = self._gaps()
            row = whole[whole["topic"] == topic]
            if len(row):
                return whole, row
        raise TableError(HERE, "there is nothing left to decide on this topic")

    def _nearest(self, row: pd.DataFrame) -> Titled:
        title = row[self._view.doubts].iloc[0]
        if title not in self.own_chapters.values():  # nothing, or a heading
            raise TableError(HERE, "this topic has no possible match: say which chapter is on it")
        return Titled(str(self.focus), title)

    def _gaps(self) -> pd.DataFrame:
        return self._view.of(self.comparison, *self._subject())

    def _listing(self, row: pd.DataFrame) -> list[Titled]:
        """The others' chapters on the topic of a row. Those on only this topic come first."""
        rows = by_council(row, self.comparison.chapters)
        joint = self.comparison.chapters.dropna(subset="also_topic")
        both = set(zip(names(joint["council"]), joint["title"], strict=True))
        found = dict.fromkeys(Titled(*each) for each in zip(rows["council"], rows["title"], strict=True))
        return sorted(found, key=lambda each: each in both)

    def _accept(self, own: Titled, row: pd.DataFrame, gaps: int) -> None:
        """Accept a chapter as one on the topic of a row.

        First accept it with one of the other councils' chapters on the topic. If the gap stays open, because the chapter already has
        matches, accept it with all their titles, then also with the titles of its own matches, which it then keeps. If the gap still
        stays open, record nothing and raise ``TableError``.
        """
        others = self._listing(row)
        titles = list(dict.fromkeys(Titled("", title) for _, title in others))
        for joined in (others[:1], titles, list(dict.fromkeys([*titles, *self._matched(own)]))):
            self.decider.decide("accepted", own, joined)
            left = self._gaps()
            if len(left) < gaps and row["topic"].iloc[0] not in set(left["topic"]):
                self._follow("accepted", own, others[:1])
                return
            self.decider.undo()
        raise TableError(HERE, f"“{own.title}” is matched already: decide on its pairs under “Align chapters”")

    def _record(self, verdict: str, own: Titled, others: list[Titled]) -> None:
        self.decider.decide(verdict, own, others)
        self._follow(verdict, own, others)

    def _follow(self, verdict: str, own: Titled, others: list[Titled]) -> None:
        """Show the results of a decision, and say so."""
        self.refresh()
        said = "the same as" if verdict == "accepted" else "not the same as"
        self._say(f"“{own.title}” is {said} {listed([f'“{other.title}”' for other in others])}. You can undo this.")

    def _matched(self, own: Titled) -> list[Titled]:
        """The titles of other councils on the topics of your chapter."""
        rows = each_topic(self.comparison.chapters)
        mine = rows[(rows["council"] == own.council) & (rows["title"] == own.title)]
        found = rows[rows["topic"].isin(mine["topic"]) & (rows["council"] != own.council)]
        return [Titled("", title) for title in found["title"].drop_duplicates()]

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self, folder: Path) -> None:
        super()._make_widgets(folder)
        self.decider = Decider(self.comparison)
        self.undo_button = widgets.Button(description="Undo", tooltip="Undo the last decision made here")
        self.undo_button.on_click(lambda _: self._by_hand(self.undo))
        self._table.controls.children = (*self._table.controls.children, self.undo_button)
        self._table.rows.chooses = WE_HAVE

    def _show_table(self, table: pd.DataFrame, there: bool) -> None:
        """Show the table, with skipped topics last."""
        if self._view.doubts and self._skipped:
            skipped = table["topic"].isin(self._skipped)
            table = table.loc[[*table.index[~skipped], *table.index[skipped]]].reset_index(drop=True)
        self.undo_button.layout.display = None if self.decider.decided else "none"
        own = self._view.doubts and there
        self._table.rows.names = list(self.own_chapters) if own else []
        super()._show_table(table, there)

    def _asks(self, table: pd.DataFrame) -> list[Asked]:
        """The buttons of each missing topic: to name a chapter on it, and to decide on its possible match."""
        if not self._view.doubts or table.empty:
            return []
        rows = zip(table["topic"], table["topic_title"], table[self._view.doubts], strict=True)
        mine = set(self.own_chapters.values())  # the nearest entry may be a heading, which is not a procedure
        return [
            Asked(topic, f"{title} / {near}", (*NEAR, WE_HAVE)) if near in mine else Asked(topic, title, (WE_HAVE,))
            for topic, title, near in rows
        ]

    def _decided(self, decision: str, topic: str, said: str) -> None:
        acts = {SAME: self.same, NOT_THE_SAME: self.not_the_same, SKIP: self.skip}
        if act := acts.get(decision):
            self._by_hand(lambda: act(topic))
        elif decision == WE_HAVE:
            self._by_hand(lambda: self.we_have(topic, said))
            if self._wrong:
                self._table.rows.refuse(self.message)
