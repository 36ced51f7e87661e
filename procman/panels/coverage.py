"""Coverage: which topics are on whose contents page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procman.figures.coverage import coverage_chart
from procman.figures.grid import matrix_chart
from procman.figures.sets import intersections_chart
from procman.measures import coverage
from procman.panels.panel import ComparisonPanel
from procman.reports.view import View
from procman.words import count, listed

if TYPE_CHECKING:
    import pandas as pd


class CoveragePanel(ComparisonPanel):
    """Which topics all, some or one of the councils have, section by section, and what one council's page lacks.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = CoveragePanel(open_library("data/manuals"))
    >>> panel.view = "Topics by council"
    >>> panel.topics = "private fostering"
    >>> panel.table[["topic_title", "council", "numbers"]].values.tolist()
    [['Private fostering', 'Milton Keynes', '3.2'], ['Private fostering', 'Oxfordshire', '3.5.2']]
    """

    about = "coverage"

    def words(self) -> str:
        """How many topics all, some and one of the councils have."""
        table = self.comparison.keep("reach", lambda: coverage.reach(self.comparison.chapters), by_score=True)
        topics, of = dict(zip(table["reach"], table["topics"], strict=True)), len(self.comparison.chosen)
        if of == 1:
            return (
                f"{count(topics['one'], 'topic')} on the contents page of {listed(self.councils)}, compared with none"
            )
        every = "both contents pages" if of == 2 else f"all {of} contents pages"
        some = f", {topics['some']} on some" if of > 2 else ""
        return (
            f"Of {count(sum(topics.values()), 'topic')}: {topics['all']} on {every}{some}, {topics['one']} on one alone"
        )


def _by_section(panel: Any) -> pd.DataFrame:
    table = panel.comparison.keep(
        "sections", lambda: coverage.by_section(panel.comparison.chapters, panel.comparison.entries), by_score=True
    )
    return table[table["council"] == panel.focus].reset_index(drop=True)


CoveragePanel.views = (
    View(
        "Sections of the council in focus",
        coverage.BY_SECTION,
        _by_section,
        coverage_chart,
        "section",
        ("council", "of"),
    ),
    View(
        "Topics by council",
        coverage.PRESENCE,
        lambda panel: coverage.presence(panel.comparison.chapters),
        matrix_chart,
        "topic",
    ),
    View(
        "Topics shared by whom",
        coverage.INTERSECTIONS,
        lambda panel: coverage.intersections(panel.comparison.chapters),
        intersections_chart,
    ),
    View("Topics", coverage.BY_TOPIC, lambda panel: coverage.by_topic(panel.comparison.chapters), rows="topic"),
    View(
        "Not on the page of the council in focus",
        coverage.GAPS,
        lambda panel: coverage.gaps(panel.comparison.chapters, panel.focus),
        rows="topic",
    ),
    View("Shared, council by council", coverage.SHARES, lambda panel: coverage.shares(panel.comparison.chapters)),
    View(
        "Who has a chapter on the topic",
        coverage.SEARCH,
        lambda panel: coverage.search(panel.comparison.chapters, panel.topics),
        rows="search",
    ),
)
