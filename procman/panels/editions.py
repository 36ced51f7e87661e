"""Editions: what changed from one edition of a council's manual to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.figures.changes import changes_chart
from procman.matching.alignment import align
from procman.matching.search import asked_for
from procman.measures import editions
from procman.measures.counting import fold
from procman.panels.comparison import NO_FLAG
from procman.panels.panel import ComparisonPanel
from procman.panels.view import View
from procman.words import count, edition_in_words, listed

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual


class EditionsPanel(ComparisonPanel):
    """What comparing two editions of a council's manual shows, and how that agrees with what the newer one's flags claim.

    Parameters and attributes are those of `ComparisonPanel`; ``council`` is whose manual, ``old`` and ``new`` are the editions
    ("2017-07", or "undated").

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> old = read_manual(io.StringIO("1. All\\n\\n1.1 Consent\\n1.2 Records\\n"), "Northwick", edition="2023-01")
    >>> new = read_manual(io.StringIO("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n"), "Northwick", edition="2024-01")
    >>> EditionsPanel([old, new]).table[["change", "old_title", "new_title"]].fillna("").values.tolist()
    [['added', '', 'Visits'], ['removed', 'Records', '']]
    """

    about = "changes between editions"
    settings = ("council", "old", "new", "sections", "topics", "statuses")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._old = self._new = ""
        super().__init__(*arguments, **named)
        several = [council for council in self.comparison.known if len(self.comparison.manuals_of(council)) > 1]
        self.council = next(iter([*several, *self.comparison.known]), None)

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def council(self) -> str | None:
        """Whose editions are compared; setting it compares its newest two."""
        return next(iter(self.councils), None)

    @council.setter
    def council(self, council: str | None) -> None:
        self.comparison.sections = ()
        self.comparison.choose([council] if council else [])
        names = self.edition_names
        self._old, self._new = names[-2:] if len(names) > 1 else ("", "")
        self.refresh()

    @property
    def edition_names(self) -> list[str]:
        """The council's editions, oldest first."""
        return [manual.edition or "undated" for manual in self._manuals()]

    @property
    def old(self) -> str:
        """The edition that is compared with ``new``; empty where the council has but one."""
        return self._old

    @old.setter
    def old(self, edition: str) -> None:
        self._old = self._known(edition)
        self.refresh()

    @property
    def new(self) -> str:
        """The edition whose changes are shown."""
        return self._new

    @new.setter
    def new(self, edition: str) -> None:
        self._new = self._known(edition)
        self.refresh()

    @property
    def pair(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The entries of the two editions; ``TableError`` where there are not two."""
        manuals = {manual.edition or "undated": manual for manual in self._manuals()}
        if self._old not in manuals or self._new not in manuals:
            raise TableError(
                "editions", f"it takes two editions; the library has {count(len(manuals), 'edition')} of {self.council}"
            )
        if self._old == self._new:
            raise TableError("editions", "choose two different editions")
        return manuals[self._old].entries, manuals[self._new].entries

    @property
    def changes(self) -> pd.DataFrame:
        """All that changed, as `procman.changes` gives it."""
        old, new = self.pair

        def changed() -> pd.DataFrame:
            return editions.changes(old, new, align(old, new, decisions=self.comparison.decisions))

        return self.comparison.keep(("changes", self._old, self._new), changed, by_score=True)

    def words(self) -> str:
        """How many chapters changed, in which ways."""
        chapters = self.changes[self.changes["kind"] == "chapter"]
        found = chapters["change"].value_counts()
        said = [f"{found[change]} {change}" for change in editions.CHANGES if change in found]
        between = f"{self.council}, {_named(self._old)} to {_named(self._new)}"
        return f"{between}: " + (
            f"chapters {listed(said, most=6)}" if said else "no chapter changed on the contents page"
        )

    # --- showing -------------------------------------------------------------------------------------------------

    def picked_changes(self) -> pd.DataFrame:
        """The changes that sections, words and flags pick, on either side."""
        table, comparison = self.changes, self.comparison
        keep = [True] * len(table)
        if comparison.sections:
            keep = [
                k and bool({a, b} & set(comparison.sections))
                for k, a, b in zip(keep, table["old_section"], table["new_section"], strict=True)
            ]
        if comparison.statuses:
            here = table["new_title"].notna()  # of a chapter that was removed, the flag that it had
            flags = table["new_status"].where(here, table["old_status"]).fillna(NO_FLAG)
            keep = [k and flag in comparison.statuses for k, flag in zip(keep, flags, strict=True)]
        if fold(comparison.words):
            titles = table["old_title"].fillna("") + " " + table["new_title"].fillna("")
            keep = [k and found for k, found in zip(keep, asked_for(titles, comparison.words), strict=True)]
        return table[keep].reset_index(drop=True)

    def _show(self) -> None:
        if self.council and len(self.edition_names) < 2:
            self._nothing()
            self._say(
                f"It takes two editions, and the library has one of {self.council}. Once another is kept (“Add your council”), "
                "what changed is shown here."
            )
            return
        _ = self.pair
        super()._show()

    def _depends_on(self) -> tuple[Any, ...]:
        return (self._old, self._new, self.comparison.sections, self.topics, self.comparison.statuses)

    def _part(self, table: pd.DataFrame, whole: pd.DataFrame) -> str:
        picked, of = len(self.picked_changes()), len(self.changes)
        return f"the {picked} of {of} changes" if self._view.rows and picked < of else ""

    def _why_these(self) -> str:
        return "between the two editions"

    def _compared(self) -> list[str]:
        return [f"{self.council} ({_named(self._old)})", f"{self.council} ({_named(self._new)})"]

    def _manuals(self) -> list[Manual]:
        return self.comparison.manuals_of(self.council) if self.council else []

    def _known(self, edition: str) -> str:
        if edition not in self.edition_names:
            raise TableError("panel", f"no edition {edition!r}; editions: {', '.join(self.edition_names) or 'none'}")
        return edition


def _named(edition: str) -> str:
    return edition_in_words(None if edition == "undated" else edition)


def _tally(panel: Any) -> pd.DataFrame:
    old, new = panel.pair
    return editions.tally(old, new, panel.picked_changes())


EditionsPanel.views = (
    View(
        "Each change",
        editions.CHANGED,
        lambda panel: panel.picked_changes(),
        changes_chart,
        "changes",
        ("old_position", "new_position", "old_subsection", "new_subsection"),
        lambda panel, _: _tally(panel),
    ),
    View("Changes by section", editions.TALLY, _tally, changes_chart, "changes"),
    View(
        "Flags and what comparing shows",
        editions.CLAIMS,
        lambda panel: editions.claims(panel.pair[1], panel.changes),
    ),
)
