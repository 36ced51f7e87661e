"""Coverage: which topics are on whose contents page."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel
from procman.reports import views
from procman.words import count, listed


class CoveragePanel(ComparisonPanel):
    """Which topics all, some or one of the councils have, section by section, and what is missing from one council's page.

    Parameters and attributes are those of `ComparisonPanel`.

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
    questions = ("coverage", "gaps")

    def words(self) -> str:
        """How many topics all, some and one of the councils have."""
        table = views.view("reach").of(self.comparison)
        topics, of = dict(zip(table["reach"], table["topics"].tolist(), strict=True)), len(self.comparison.present)
        if of == 1:
            return (
                f"{count(topics['one'], 'topic')} on the contents page of {listed(self.councils)}, compared with none"
            )
        every = "both contents pages" if of == 2 else f"all {of} contents pages"
        some = f", {topics['some']} on some" if of > 2 else ""
        return (
            f"Of {count(sum(topics.values()), 'topic')}: {topics['all']} on {every}{some}, {topics['one']} on one alone"
        )
