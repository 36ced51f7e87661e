"""Alignment: which chapters of two manuals are the same procedure, with a person's word on the doubtful ones."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.figures.coverage import coverage_chart
from procman.figures.pairs import side_by_side_chart
from procman.library.decisions import record_decision, withdraw_decision
from procman.measures import coverage, pairs
from procman.measures.declare import NOT_THERE, Measure
from procman.panels.message import LABELLED
from procman.panels.panel import ComparisonPanel
from procman.panels.view import View
from procman.tables import Column
from procman.words import count

if TYPE_CHECKING:
    import pandas as pd

_SIDES = [
    Column(f"{side}_{name}", dtype, f"{meaning} in the {side} manual", example, optional=name == "number")
    for side in ("left", "right")
    for name, dtype, meaning, example in (
        ("position", "int64", "the chapter's position", "12"),
        ("number", "str", "its number", "1.2.3"),
        ("title", "str", "its title", "Assessments"),
    )
]
_SURE = (
    Column("level", "str", "how the match was found", "sector wording"),
    Column("score", "float64", "how sure it is, 0 to 1", "0.93"),
    Column("why", "str", "what it rests on", "The titles are the same."),
)
MATCHES = Measure(
    "matches",
    "One row per pair of chapters that are taken for the same procedure.",
    (*_SIDES, *_SURE),
    "Pairs of chapters of the two manuals.",
    "A match rests on titles and places, not on what the chapters say.",
)
DOUBTFUL = Measure(
    "possible matches",
    "One row per pair worth a person's look, first those whose answer changes most.",
    (
        *_SIDES,
        *_SURE,
        Column("accepted", "bool", "whether it counts as a match at this confidence", "True"),
        Column("gaps", "int64", "chapters that have a match only with this pair, or would have their first", "2"),
        *(
            Column(f"{side}_section", "str", f"title of the section in the {side} manual", "Fostering", optional=True)
            for side in ("left", "right")
        ),
        *(
            Column(
                f"{side}_others", "str", f"the nearest other titles for the {side} chapter", "Sleepovers", optional=True
            )
            for side in ("left", "right")
        ),
    ),
    "Pairs of chapters of the two manuals that nobody has decided on.",
    "A match rests on titles and places, not on what the chapters say. " + NOT_THERE,
)


class AlignPanel(ComparisonPanel):
    """Two councils' chapters matched, and a person's word on doubtful pairs: confirm, reject, undo; all else follows.

    Parameters and attributes are those of `ComparisonPanel`; of ``councils`` there are two, ``left`` and ``right``.

    Attributes
    ----------
    matches, doubtful
        The pairs believed at this confidence; the pairs worth a person's look.
    decided
        The decisions made here, oldest first; `undo` takes back the last.

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
    settings = ("left", "right", "edition", "sections", "topics", "statuses", "confidence")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.decided: list[dict[str, str]] = []
        super().__init__(*arguments, **named)
        if len(self.councils) > 2:
            self.councils = self.councils[:2]

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def left(self) -> str | None:
        """The first council."""
        return next(iter(self.councils), None)

    @left.setter
    def left(self, council: str) -> None:
        self.councils = [council, self._other(council, self.right, self.left)]

    @property
    def right(self) -> str | None:
        """The second council."""
        return self.councils[1] if len(self.councils) > 1 else None

    @right.setter
    def right(self, council: str) -> None:
        self.councils = [self._other(council, self.left, self.right), council]

    @property
    def matches(self) -> pd.DataFrame:
        """The pairs believed at this confidence, as `procman.align` gives them."""
        return self.comparison.keep("matches", lambda: self._alignment().matches(self.confidence), by_score=True)

    @property
    def doubtful(self) -> pd.DataFrame:
        """The pairs worth a person's look, as `procman.review` gives them."""
        return self.comparison.keep("doubtful", lambda: self._alignment().review(self.confidence), by_score=True)

    def confirm(self, left_title: str, right_title: str, reason: str = "") -> None:
        """Say that two chapters are the same procedure, whatever the score."""
        self._decide("accepted", left_title, right_title, reason)

    def reject(self, left_title: str, right_title: str, reason: str = "") -> None:
        """Say that two chapters are not the same procedure, whatever the score."""
        self._decide("rejected", left_title, right_title, reason)

    def skip(self) -> None:
        """Go to the next pair; after the last comes the first."""
        if self.pair.options:
            self.pair.index = ((-1 if self.pair.index is None else self.pair.index) + 1) % len(self.pair.options)

    def undo(self) -> None:
        """Take back the last decision made here; ``TableError`` if there is none."""
        if not self.decided:
            raise TableError("panel", "nothing was decided here yet")
        last = self.decided.pop()  # gone, also where the file has it no more
        withdraw_decision(last, self.comparison.decisions_file)
        self.refresh()

    def words(self) -> str:
        """How many chapters of either manual have a match."""
        said = []
        for side, council in (("left", self.left), ("right", self.right)):
            entries = self.comparison.entries_of(str(council))
            met, of = self.matches[f"{side}_position"].nunique(), int((entries["kind"] == "chapter").sum())
            said.append(f"{met} of {council}'s {of}")
        doubtful = count(len(self.doubtful), "pair")
        return f"{' and '.join(said)} chapters have a match; {doubtful} to check"

    # --- widgets -------------------------------------------------------------------------------------------------

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        self.pair = widgets.Select(description="Pair to decide on", rows=6, style=LABELLED)
        self.why = widgets.HTML()
        self.reason = widgets.Text(description="Reason", placeholder="why, in a few words", style=LABELLED)
        self.confirm_button = widgets.Button(description="Same", tooltip="These two are the same procedure")
        self.reject_button = widgets.Button(description="Not the same", tooltip="These two are not the same procedure")
        self.skip_button = widgets.Button(description="Skip", tooltip="Leave this pair and go to the next")
        self.undo_button = widgets.Button(description="Undo", tooltip="Take back the last decision made here")
        buttons = widgets.Box(
            [self.reason, self.confirm_button, self.reject_button, self.skip_button, self.undo_button]
        )
        box = widgets.VBox([self.pair, self.why, buttons])
        for widget, name in (
            (box, "deciding"),
            (buttons, "controls"),
            (self.pair, "pair"),
            (self.why, "why"),
            (self.reason, "reason"),
            (self.confirm_button, "confirm"),
            (self.reject_button, "reject"),
            (self.skip_button, "skip"),
            (self.undo_button, "undo"),
        ):
            widget.add_class(f"procman-{name}")
        self.pair.observe(lambda _: self._explain(), "value")
        self.confirm_button.on_click(lambda _: self._clicked(self.confirm))
        self.reject_button.on_click(lambda _: self._clicked(self.reject))
        self.skip_button.on_click(lambda _: self.skip())
        self.undo_button.on_click(lambda _: self._by_hand(self.undo))
        return [settings, box]

    def _clicked(self, decide: Any) -> None:
        def act() -> None:
            if self.pair.value is None:
                raise TableError("panel", "choose a pair first")
            decide(*self.pair.value, self.reason.value)
            self.reason.value = ""

        self._by_hand(act)

    def _decide(self, verdict: str, left_title: str, right_title: str, reason: str) -> None:
        table = record_decision(
            verdict,
            left_title,
            right_title,
            reason,
            left_council=self.left or "",
            right_council=self.right or "",
            path=self.comparison.decisions_file,
        )
        self.decided.append({str(name): value for name, value in table.iloc[-1].items()})
        place = self.pair.index
        self.refresh()
        if place is not None and self.pair.options:
            self.pair.index = min(place, len(self.pair.options) - 1)  # the next one
        self._say(f"{verdict.capitalize()}: “{left_title}” and “{right_title}”. Undo takes it back.")

    def _show(self) -> None:
        self.undo_button.disabled = not self.decided
        if len(self.comparison.chosen) != 2:
            raise TableError("panel", "choose two councils that have an edition so early")
        super()._show()
        kept = self.pair.value
        listed = [*_choices(self.doubtful, "possible match"), *_choices(self.matches, "matched")]
        options = list({pair: (label, pair) for label, pair in reversed(listed)}.values())[::-1]
        if tuple(options) != tuple(self.pair.options):
            self.pair.options = options
            self.pair.value = kept if kept in dict(options).values() else next(iter(dict(options).values()), None)
        self._explain()

    def _explain(self) -> None:
        """Say where the two chapters stand and what joins them."""
        self.why.value = ""
        for table in (self.doubtful, self.matches) if self.pair.value else ():
            both = (table["left_title"] == self.pair.value[0]) & (table["right_title"] == self.pair.value[1])
            for row in table[both].head(1).fillna("").itertuples():
                lines = [f"{row.why} Score {row.score:.2f}.", *_changes(row)]
                sides = [_side(row, side, council) for side, council in (("left", self.left), ("right", self.right))]
                self.why.value = "".join(f"<p>{escape(line)}</p>" for line in (*sides, " ".join(lines)))
                return

    def _nothing(self) -> None:
        super()._nothing()
        self.pair.options = []

    def _other(self, council: str, other: str | None, instead: str | None) -> str:
        """Who stands beside a council: as before, or, if it is that one itself, whom it replaces."""
        known = [other, instead, *self.comparison.known]
        return next((name for name in known if name and name != council), council)

    def _alignment(self) -> Any:
        return self.comparison.alignment(str(self.left), str(self.right))


def _side(row: Any, side: str, council: str | None) -> str:
    """One chapter of a pair: its number and title, its section, and what else it may match."""
    of = lambda name: str(getattr(row, f"{side}_{name}", "") or "")  # noqa: E731
    section, others = of("section"), of("others")
    said = f"{council}: {' '.join(filter(None, (of('number'), of('title'))))}"
    said += f", in {section}." if section else "."
    return said + (f" Nearest others: {others}." if others else "")


def _changes(row: Any) -> list[str]:
    """What an answer changes."""
    gaps = getattr(row, "gaps", 0)
    if not gaps:
        return []
    return [
        f"“Not the same” opens {count(gaps, 'gap')}." if row.accepted else f"“The same” closes {count(gaps, 'gap')}."
    ]


def _choices(table: pd.DataFrame, kind: str) -> list[tuple[str, tuple[str, str]]]:
    return [
        (f"{row.left_title} — {row.right_title} ({kind}, {row.score:.2f})", (row.left_title, row.right_title))
        for row in table.itertuples()
    ]


def _side_by_side(panel: Any) -> pd.DataFrame:
    sides = [panel.comparison.entries_of(council) for council in panel.councils]
    return pairs.side_by_side(sides[0], sides[1], panel.matches)


def _joined(panel: Any, _: Any) -> pd.DataFrame:
    """Both manuals whole, whatever rows are on show: a line between two chapters says something only among all."""
    return panel.measured(AlignPanel.views[0])


_HIDDEN = ("left_council", "right_council", "left_position", "right_position")
AlignPanel.views = (
    View(
        "Both manuals side by side",
        pairs.SIDE_BY_SIDE,
        _side_by_side,
        side_by_side_chart,
        "pair",
        _HIDDEN,
        _joined,
        True,
    ),
    View("Matches", MATCHES, lambda panel: panel.matches, side_by_side_chart, "pair", _HIDDEN, _joined, True),
    View(
        "Possible matches", DOUBTFUL, lambda panel: panel.doubtful, side_by_side_chart, "pair", _HIDDEN, _joined, True
    ),
    View(
        "What each section shares",
        coverage.BY_SECTION,
        lambda panel: coverage.by_section(panel.comparison.chapters, panel.comparison.entries),
        coverage_chart,
        "section",
        ("of",),
        lambda panel, table: table[table["council"] == panel.left],
    ),
)
