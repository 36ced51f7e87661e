"""What a panel says about a view: how many rows the filters keep, which filters, and why it may be empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from procman.measures.counting import fold
from procman.reports.comparison import Comparison
from procman.reports.view import TOO_FEW, View
from procman.words import count, listed

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Showing:
    """A view of a comparison for one council, pair or editions: the rows that the filters keep, and all rows."""

    view: View
    comparison: Comparison
    subject: tuple[str, ...]
    table: pd.DataFrame
    whole: pd.DataFrame

    @property
    def drawn(self) -> pd.DataFrame:
        """The table that the chart draws."""
        own = self.view.drawn and len(self.table)
        return self.view.drawn_of(self.comparison, *self.subject) if own else self.table

    @property
    def headline(self) -> str:
        """What the view says of your council, in a sentence; where councils are too few, that; its title where there is nothing to say."""
        if self._too_few:
            return self._too_few
        table = self.view.on_topic(self.whole, self.comparison)
        says = None if table.empty or self._none_fits else self.view.says
        return says(self.comparison, table, *self.subject) if says else self.view.titled(*self.subject)

    @property
    def _too_few(self) -> str:
        """Which councils to choose. Empty if there are enough."""
        present, needed = self.comparison.present, self.view.councils
        if len(present) >= needed:
            return ""
        return f"Choose a council to compare {present[0]} with" if needed == 2 else TOO_FEW[needed]

    @property
    def _none_fits(self) -> bool:
        """Whether the view counts topics, and none fits the words."""
        return self.view.counts and self.comparison.asked_topics == frozenset()

    @property
    def _words(self) -> str:
        """The words that topics must fit. Signs alone are no words."""
        return self.comparison.words.strip() if fold(self.comparison.words) else ""

    @property
    def part(self) -> str:
        """How many rows the filters keep. Empty if they keep all."""
        picked, of, what = len(self.table), 0 if self.view.nothing(self.whole) else len(self.whole), "rows"
        if self.view.rows == "changes":
            all_changes = self.comparison.changes(*self.subject)
            picked, of, what = len(self.comparison.picked_changes(*self.subject)), len(all_changes), "changes"
        return f"the {picked:,} of {of:,} {what}" if picked < of else ""

    @property
    def topic(self) -> str:
        """The only topic that is counted, in words. Empty if all topics are counted, or if the words filter rows."""
        other_ways = self.view.draws_all or self.view.rows in ("changes", "search")
        asked = self._words and "topics" in self.view.obeys and not other_ways
        return f"the topic “{self._words}”" if asked else ""

    @property
    def remark(self) -> str:
        """Words before the chart's title, if the chart shows only a part."""
        picked = f"in {self.part} picked ({self._picks()})" if self.part and not self.view.draws_all else ""
        said = ", ".join(filter(None, (f"on {self.topic}" if self.topic else "", picked)))
        return ". ".join(filter(None, (self.comparison.mark, said[:1].upper() + said[1:])))

    @property
    def note(self) -> str:
        """A sentence on what is left out, or on why there is nothing; empty where all is shown."""
        counted = f"Only what is on {self.topic} is counted." if self.topic else ""
        if self.part:
            both = self.view.chart and not self.view.draws_all
            shown = "Table and chart show" if both else "The table shows"
            return f"{counted} Picked: {self._picks()}. {shown} only {self.part} {self._why_these()}.".strip()
        if self.topic and (self.whole.empty or self._none_fits):
            return f"Nothing here is on {self.topic}."
        if self.view.nothing(self.whole) and not self._too_few:
            return self.view.why_empty(self.comparison, *self.subject)
        return counted

    @property
    def has_rows(self) -> bool:
        """Whether there is a table to show, even if the filters keep no row."""
        return bool(self.part or self.topic) or not self.view.nothing(self.whole)

    def _picks(self) -> str:
        """The filters that apply to this view."""
        chosen = self.comparison
        said = {
            "topics": f"topic “{self._words}”" if self._words and not self.topic else "",
            "statuses": f"flag {' or '.join(chosen.statuses)}" if chosen.statuses else "",
            "sections": f"section {listed([f'“{title}”' for title in chosen.sections])}" if chosen.sections else "",
        }
        return ", ".join(words for name, words in said.items() if words and name in self.view.obeys)

    def _why_these(self) -> str:
        """What the rows kept have in common."""
        if self.view.rows == "changes":
            return "between the two editions"
        picked = count(len(self.comparison.picked), "chapter")
        return f"about the {picked} picked; the numbers in a row still count all of its chapters"
