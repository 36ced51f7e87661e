"""Duties: which expected topics are on each contents page."""

from __future__ import annotations

from typing import Any

from procman.figures.grid import duties_chart
from procman.measures import duties
from procman.panels.panel import ComparisonPanel
from procman.panels.view import View
from procman.words import listed


class DutiesPanel(ComparisonPanel):
    """Which topics that law or statutory guidance leads one to expect are on each contents page.

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
    settings = ("councils", "edition", "topics", "confidence")

    def words(self) -> str:
        """How many of the expected topics were found on each page."""
        said = [
            f"{council}: {duties.summary(rows)}"
            for council, rows in audited(self).groupby("council", sort=False, dropna=False)
        ]
        return listed(said, most=3)


def audited(panel: Any) -> Any:
    """The audit of the manuals compared."""
    comparison = panel.comparison
    return comparison.keep("audit", lambda: duties.audit(comparison.entries, comparison.chapters), by_score=True)


DutiesPanel.views = (
    View(
        "Expected topics by council",
        duties.AUDIT,
        audited,
        duties_chart,
        "words",
        ("duty",),
    ),
    View("Found least", duties.BY_DUTY, lambda panel: duties.by_duty(audited(panel)), rows="words", hidden=("duty",)),
    View("The checklist", duties.CHECKLIST, lambda panel: duties.read_duties(), rows="words", hidden=("duty",)),
)
