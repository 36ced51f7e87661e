"""Coverage: which topics are on whose contents page, and a person's decisions on those that may be covered after all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.measures.counting import each_topic
from procman.measures.gaps import by_council
from procman.panels.deciding import Decider, Titled
from procman.panels.panel import ComparisonPanel
from procman.words import listed

if TYPE_CHECKING:
    import pandas as pd


class CoveragePanel(ComparisonPanel):
    """What the others list that your council does not, and which topics all, some or one of the councils have.

    In the rows of missing topics that a chapter of your council comes near, a person says whether the two are the same.

    Parameters and attributes are those of `ComparisonPanel`.

    Attributes
    ----------
    decider
        The decisions made here; `undo` takes back the last.

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
        """Say that your council's nearest chapter is on a missing topic: it is missing no more."""
        self._decide("accepted", topic)

    def not_the_same(self, topic: str) -> None:
        """Say that your council's nearest chapter is not on a missing topic, whoever lists it."""
        self._decide("rejected", topic)

    def skip(self, topic: str) -> None:
        """Leave a topic undecided, and put it last."""
        self._skipped[topic] = None
        self.refresh()
        titles = self.table.set_index("topic")["topic_title"]
        self._say(f"“{titles.get(topic, topic)}” is left undecided. It stands last now.")

    def undo(self) -> None:
        """Undo the last decision made here; ``TableError`` if there is none."""
        self.decider.undo()
        self.refresh()

    def _decide(self, verdict: str, topic: str) -> None:
        whole = self._view.of(self.comparison, *self._subject())
        row = whole[whole["topic"] == topic] if self._view.doubts else whole[:0]
        if row.empty or row[self._view.doubts].isna().all():
            raise TableError("panel", "there is nothing to decide on this topic any more")
        own = Titled(str(self.focus), row[self._view.doubts].iloc[0])
        rows = by_council(row, self.comparison.chapters)
        if verdict == "accepted":  # one is enough: the others' chapters are one topic already
            others = [Titled(*each) for each in rows[["council", "title"]].head(1).itertuples(index=False)]
            self._accept(own, others, len(whole))
        else:
            others = [Titled("", title) for title in rows["title"].drop_duplicates()]
            self.decider.decide(verdict, own, others)
        self.refresh()
        said = "the same as" if verdict == "accepted" else "not the same as"
        self._say(f"“{own.title}” is {said} {listed([f'“{other.title}”' for other in others])}. Undo takes that back.")

    def _accept(self, own: Titled, others: list[Titled], gaps: int) -> None:
        """Accept a pair. A chapter that is matched already keeps its match: it is accepted with that, too.

        Raises ``TableError``, and takes all back, where the gaps would still be no fewer.
        """
        self.decider.decide("accepted", own, others)
        if self._gaps() < gaps:
            return
        self.decider.undo()
        self.decider.decide("accepted", own, [*others, *self._matched(own)])
        if self._gaps() >= gaps:
            self.decider.undo()
            raise TableError("panel", f"“{own.title}” is matched already: decide on its pairs under “Align chapters”")

    def _gaps(self) -> int:
        return len(self._view.of(self.comparison, *self._subject()))

    def _matched(self, own: Titled) -> list[Titled]:
        """The other councils' chapters on the topics of a chapter of one's own, each title once."""
        rows = each_topic(self.comparison.chapters)
        mine = rows[(rows["council"] == own.council) & (rows["title"] == own.title)]
        found = rows[rows["topic"].isin(mine["topic"]) & (rows["council"] != own.council)]
        return [Titled(*each) for each in found.drop_duplicates("title")[["council", "title"]].itertuples(index=False)]

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self, folder: Path) -> None:
        super()._make_widgets(folder)
        self.decider = Decider(self.comparison)
        self.undo_button = widgets.Button(description="Undo", tooltip="Undo the last decision made here")
        self.undo_button.on_click(lambda _: self._by_hand(self.undo))
        self._table.controls.children = (*self._table.controls.children, self.undo_button)

    def _show_table(self, table: pd.DataFrame, there: bool) -> None:
        """Show the table, what was skipped last."""
        if self._view.doubts and self._skipped:
            skipped = table["topic"].isin(self._skipped)
            table = table.loc[[*table.index[~skipped], *table.index[skipped]]].reset_index(drop=True)
        self.undo_button.layout.display = None if self.decider.decided else "none"
        super()._show_table(table, there)

    def _decided(self, decision: str, topic: str) -> None:
        act = {"Same": self.same, "Not the same": self.not_the_same, "Skip": self.skip}.get(decision)
        if act:
            self._by_hand(lambda: act(topic))
