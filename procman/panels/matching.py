"""Alignment: which chapters of two manuals are the same procedure, and a person's decisions on the uncertain matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.panels.deciding import Decider, Titled
from procman.panels.message import HERE, LABELLED
from procman.panels.panel import ComparisonPanel
from procman.reports import views
from procman.reports.html import escape
from procman.reports.view import View
from procman.words import count

if TYPE_CHECKING:
    import pandas as pd


class AlignPanel(ComparisonPanel):
    """The matched chapters of two councils, and a person's decisions on uncertain matches: confirm, reject, undo.

    Has the parameters and attributes of `ComparisonPanel`. There are two ``councils``: ``left`` (your council) and ``right``.

    Attributes
    ----------
    matches, doubtful
        The pairs accepted at this confidence, and the uncertain pairs for a person to check.
    decider
        The decisions made here. `undo` undoes the last.

    Examples
    --------
    >>> import tempfile
    >>> from procman import open_library
    >>> panel = AlignPanel(open_library("data/manuals"), decisions=tempfile.mkdtemp() + "/decisions.csv")
    >>> before = len(panel.matches)
    >>> first = panel.matches.iloc[0]
    >>> panel.reject(first["left_title"], first["right_title"], "An example.")
    >>> len(panel.matches) < before
    True
    >>> panel.undo()
    >>> len(panel.matches) == before
    True
    """

    about = "alignment"
    questions = ("alignment",)
    settings = ("left", "right", "edition", "sections", "topics", "statuses", "confidence")

    def _views(self) -> tuple[View, ...]:
        return (*super()._views(), views.view("coverage_by_section"))

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def left(self) -> str | None:
        """The first council: yours."""
        return self.chosen.focus or next(iter(self.chosen.councils), None)

    @left.setter
    def left(self, council: str) -> None:
        if council == self.right:
            self.chosen.put("right", self.left)
        self.chosen.put("focus", council)

    @property
    def right(self) -> str | None:
        """The second council."""
        others = [self.chosen.right, *self.chosen.councils, *self.comparison.known]
        return next((name for name in others if name and name != self.left), None)

    @right.setter
    def right(self, council: str) -> None:
        if council == self.left:
            self.chosen.put("focus", self.right)
        self.chosen.put("right", council)

    @property
    def councils(self) -> list[str]:  # type: ignore[override]  # two of them
        """The two councils."""
        return [council for council in (self.left, self.right) if council]

    @councils.setter
    def councils(self, councils: Sequence[str]) -> None:
        self.left, self.right = self.chosen.comparison.checked(councils)[:2]

    @property
    def matches(self) -> pd.DataFrame:
        """The pairs accepted at this confidence, as from `procman.align`."""
        return self.comparison.matches(str(self.left), str(self.right))

    @property
    def doubtful(self) -> pd.DataFrame:
        """The uncertain pairs for a person to check, as from `procman.review`."""
        return self.comparison.possible(str(self.left), str(self.right))

    def confirm(self, left_title: str, right_title: str, reason: str = "") -> None:
        """Say that two chapters are the same procedure, whatever the score."""
        self._decide("accepted", left_title, right_title, reason)

    def reject(self, left_title: str, right_title: str, reason: str = "") -> None:
        """Say that two chapters are not the same procedure, whatever the score."""
        self._decide("rejected", left_title, right_title, reason)

    def skip(self) -> None:
        """Go to the next pair, or from the last to the first."""
        if self.pair.options:
            self.pair.index = ((-1 if self.pair.index is None else self.pair.index) + 1) % len(self.pair.options)

    def undo(self) -> None:
        """Undo the last decision made here. Raises ``TableError`` if there is none."""
        self.decider.undo()
        self.refresh()

    # --- widgets -------------------------------------------------------------------------------------------------

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        self.decider = Decider(self.comparison)
        self.pair = widgets.Select(description="Pair to decide on", rows=6, style=LABELLED)
        self.why = widgets.HTML()
        self.reason = widgets.Text(description="Reason", placeholder="why, in a few words", style=LABELLED)
        self.confirm_button = widgets.Button(description="Same", tooltip="These two are the same procedure")
        self.reject_button = widgets.Button(description="Not the same", tooltip="These two are not the same procedure")
        self.skip_button = widgets.Button(description="Skip", tooltip="Leave this pair and go to the next")
        self.undo_button = widgets.Button(description="Undo", tooltip="Undo the last decision made here")
        buttons = widgets.Box(
            [self.reason, self.confirm_button, self.reject_button, self.skip_button, self.undo_button]
        )
        box = widgets.VBox([self.pair, self.why, buttons])
        box.add_class("procman-deciding")
        buttons.add_class("procman-controls")
        self.pair.observe(lambda _: self._explain(), "value")
        self.confirm_button.on_click(lambda _: self._clicked(self.confirm))
        self.reject_button.on_click(lambda _: self._clicked(self.reject))
        self.skip_button.on_click(lambda _: self.skip())
        self.undo_button.on_click(lambda _: self._by_hand(self.undo))
        return [settings, box]

    def _clicked(self, decide: Any) -> None:
        def act() -> None:
            if self.pair.value is None:
                raise TableError(HERE, "choose a pair first")
            decide(*self.pair.value, self.reason.value)
            self.reason.value = ""

        self._by_hand(act)

    def _decide(self, verdict: str, left_title: str, right_title: str, reason: str) -> None:
        left, right = Titled(self.left or "", left_title), Titled(self.right or "", right_title)
        self.decider.decide(verdict, left, [right], reason)
        place = self.pair.index
        self.refresh()
        if place is not None and self.pair.options:
            self.pair.index = min(place, len(self.pair.options) - 1)  # the next one
        self._say(f"{verdict.capitalize()}: “{left_title}” and “{right_title}”. Undo withdraws it.")

    def _show(self) -> None:
        self.undo_button.disabled = not self.decider.decided
        if len(self.comparison.present) != 2:
            raise TableError(HERE, "choose two councils that have an edition so early")
        super()._show()
        kept = self.pair.value
        listed = [*_choices(self.doubtful, "possible match"), *_choices(self.matches, "matched")]
        options = list({pair: (label, pair) for label, pair in reversed(listed)}.values())[::-1]
        if tuple(options) != tuple(self.pair.options):
            self.pair.options = options
            self.pair.value = kept if kept in dict(options).values() else next(iter(dict(options).values()), None)
        self._explain()

    def _explain(self) -> None:
        """Show the sections of the two chapters, and why they match."""
        self.why.value = ""
        for table in (self.doubtful, self.matches) if self.pair.value else ():
            both = (table["left_title"] == self.pair.value[0]) & (table["right_title"] == self.pair.value[1])
            for row in table[both].fillna("").itertuples():
                lines = [f"{row.why} Score {row.score:.2f}.", *_changes(row)]
                sides = [_side(row, side, council) for side, council in (("left", self.left), ("right", self.right))]
                self.why.value = "".join(f"<p>{escape(line)}</p>" for line in (*sides, " ".join(lines)))
                return

    def _nothing(self) -> None:
        super()._nothing()
        self.pair.options = []


def _side(row: Any, side: str, council: str | None) -> str:
    """One chapter of a pair: its number, title and section, and the nearest other titles."""
    of = lambda name: str(getattr(row, f"{side}_{name}", "") or "")  # noqa: E731
    section, others = of("section"), of("others")
    said = f"{council}: {' '.join(filter(None, (of('number'), of('title'))))}"
    said += f", in {section}." if section else "."
    return said + (f" Nearest others: {others}." if others else "")


def _changes(row: Any) -> list[str]:
    """The gaps that an answer would open or close."""
    gaps = getattr(row, "gaps", 0)
    if not gaps:
        return []
    return [f"“Not the same” opens {count(gaps, 'gap')}." if row.accepted else f"“Same” closes {count(gaps, 'gap')}."]


def _choices(table: pd.DataFrame, kind: str) -> list[tuple[str, tuple[str, str]]]:
    return [
        (f"{row.left_title} — {row.right_title} ({kind}, {row.score:.2f})", (row.left_title, row.right_title))
        for row in table.itertuples()
    ]
