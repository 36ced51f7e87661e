"""Duties: which expected topics are on each contents page."""

from __future__ import annotations

from procman.measures import duties
from procman.panels.panel import ComparisonPanel
from procman.reports import views
from procman.words import listed


class DutiesPanel(ComparisonPanel):
    """Which topics required by law or statutory guidance are on each contents page.

    Parameters and attributes are those of `ComparisonPanel`; ``topics`` looks in the names of what is expected.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = DutiesPanel(open_library("data/manuals"))
    >>> panel.topics = "staying put"
    >>> panel.table[["council", "state"]].values.tolist()
    [['Milton Keynes', 'present'], ['Oxfordshire', 'present']]
    """

    about = "what is expected"
    questions = ("duties",)
    settings = ("councils", "edition", "topics", "confidence")

    def words(self) -> str:
        """How many of the expected topics were found on each page."""
        audit = views.view("duties").of(self.comparison)
        said = [
            f"{council}: {duties.summary(rows)}" for council, rows in audit.groupby("council", sort=False, dropna=False)
        ]
        return listed(said, most=3)
