"""Editions: what changed from one edition of a council's manual to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.panels.message import HERE
from procman.panels.panel import ComparisonPanel
from procman.reports.comparison import edition_of
from procman.words import edition_in_words

if TYPE_CHECKING:
    import pandas as pd


class EditionsPanel(ComparisonPanel):
    """What changed between two editions of a council's manual, and how that agrees with the newer edition's flags.

    Has the parameters and attributes of `ComparisonPanel`. ``council`` is the manual's council. ``old`` and ``new`` are the editions
    ("2017-07", or "undated").

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> old = read_manual(io.StringIO("1. All\\n\\n1.1 Consent\\n1.2 Records\\n"), "Northwick", edition="2023-01")
    >>> new = read_manual(io.StringIO("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n"), "Northwick", edition="2024-01")
    >>> panel = EditionsPanel([old, new])
    >>> panel.view = "each_change"
    >>> panel.table[["change", "old_title", "new_title"]].fillna("").values.tolist()
    [['added', '', 'Visits'], ['removed', 'Records', '']]
    """

    about = "changes between editions"
    questions = ("editions",)
    settings = ("council", "old", "new", "sections", "topics", "statuses")

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def council(self) -> str | None:
        """The council whose editions are compared. By default your council, or the first with several editions."""
        known = self.comparison.known
        several = (council for council in known if len(self.comparison.manuals_of(council)) > 1)
        return self.chosen.focus or next(several, next(iter(known), None))

    @council.setter
    def council(self, council: str | None) -> None:
        self.chosen.put("focus", council)

    @property
    def councils(self) -> list[str]:  # type: ignore[override]  # one alone
        """The one council."""
        return [self.council] if self.council else []

    @property
    def edition_names(self) -> list[str]:
        """The council's editions, oldest first."""
        return [edition_of(manual) for manual in self.comparison.manuals_of(self.council)] if self.council else []

    @property
    def old(self) -> str:
        """The edition that is compared with ``new``. Empty if the council has only one."""
        return self._edition("old", -2)

    @old.setter
    def old(self, edition: str) -> None:
        self.chosen.put("old", self._known(edition))

    @property
    def new(self) -> str:
        """The edition whose changes are shown."""
        return self._edition("new", -1)

    @new.setter
    def new(self, edition: str) -> None:
        self.chosen.put("new", self._known(edition))

    @property
    def changes(self) -> pd.DataFrame:
        """All changes, as from `procman.changes`."""
        return self.comparison.changes(str(self.council), self.old, self.new)

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.council and len(self.edition_names) < 2:
            self._nothing()
            self._say(
                f"This needs two editions, and the library has one of {self.council}. Add another edition (“Add your council”) to "
                "see what changed."
            )
            return
        if self.council and self.old == self.new:
            raise TableError("editions", "choose two different editions")
        super()._show()

    def _compared(self) -> list[str]:
        return [f"{self.council} ({_named(self.old)})", f"{self.council} ({_named(self.new)})"]

    def _edition(self, name: str, place: int) -> str:
        """The edition chosen, or by default one of the newest two."""
        chosen, names = getattr(self.chosen, name), self.edition_names
        return chosen if chosen in names else names[place] if len(names) > 1 else ""

    def _known(self, edition: str) -> Any:
        if edition not in self.edition_names:
            raise TableError(HERE, f"no edition {edition!r}; editions: {', '.join(self.edition_names) or 'none'}")
        return edition


def _named(edition: str) -> str:
    return edition_in_words(None if edition == "undated" else edition)
