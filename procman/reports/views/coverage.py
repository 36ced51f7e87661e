"""Coverage: which councils' contents pages have each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.measures import coverage, novelty, sensitivity
from procman.measures.counting import BANDS, MANY
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.view import CHART_ONLY, Each, Shown, View, chart
from procman.tables import Table

if TYPE_CHECKING:
    import pandas as pd


def _sections_of(c: Comparison, council: str) -> pd.DataFrame:
    made = lambda: coverage.by_section(c.chapters, c.entries, c.asked_topics)  # noqa: E731
    table = c.keep(("sections", c.words), made, by_score=True)
    return table[table["council"] == council].reset_index(drop=True)


def _sections_spread(c: Comparison, table: pd.DataFrame, council: str) -> tuple[pd.DataFrame, Table, tuple[str, ...]]:
    """Of few councils what all and some have; of many, bands of shares."""
    bands = {column for _, _, column in BANDS}
    shown = bands | {"only_here"} if len(c.present) >= MANY else {"in_all", "in_some", "only_here"}
    rest = (bands | {"in_all", "in_some"}) - shown
    return table, coverage.BY_SECTION, ("council", "of", *rest)


VIEWS = (
    View(
        name="reach",
        question="coverage",
        title="How many topics the councils share",
        table=coverage.REACH,
        counts=True,
        measure=lambda c: coverage.reach(c.chapters, c.asked_topics),
        panel=False,  # its headline says this already
        sheet="Reach",
    ),
    View(
        name="coverage_by_section",
        question="coverage",
        title="What each section of {council}'s manual shares",
        tab="By section",
        says=headlines.by_section,
        about="For each council, how many of a section's chapters are on a topic that the others' contents pages have too.",
        table=coverage.BY_SECTION,
        counts=True,
        measure=_sections_of,
        chart=chart("coverage_chart"),
        each=Each.COUNCIL,
        councils=2,
        rows="section",
        hidden=("council", "of"),
        spread=_sections_spread,
        report=CHART_ONLY,
        sheet="Sections",
    ),
    View(
        name="coverage_matrix",
        question="coverage",
        title="Topics by council",
        tab="Topic by topic",
        says=headlines.matrix,
        about="Which council's contents page has which topic; first those that some have and others have not.",
        table=coverage.PRESENCE,
        measure=lambda c: coverage.presence(c.chapters),
        chart=chart("matrix_chart"),
        rows="topic",
        report=None,
        sheet="Matrix",
        workbook=Shown(most=None, across="council"),
    ),
    View(
        name="intersections",
        question="coverage",
        title="Which councils share topics",
        tab="Combinations",
        says=headlines.combinations,
        about="How many topics each exact combination of councils has in common.",
        table=coverage.INTERSECTIONS,
        counts=True,
        measure=lambda c: coverage.intersections(c.chapters, c.asked_topics),
        chart=chart("intersections_chart"),
        councils=2,
        report=CHART_ONLY,
    ),
    View(
        name="topics",
        question="coverage",
        title="Topics, those of most councils first",
        tab="Topics",
        says=headlines.topics,
        table=coverage.BY_TOPIC,
        about="How many councils list each topic, from the most common to the rarest, and what your council does not list.",
        measure=lambda c: coverage.by_topic(c.chapters),
        chart=chart("share_chart"),
        drawn_from=7,
        rows="topic",
        report=None,
        sheet="Topics",
    ),
    View(
        name="shares",
        question="coverage",
        title="Chapters of each council that another has too",
        tab="Council by council",
        says=headlines.shares,
        table=coverage.SHARES,
        counts=True,
        measure=lambda c: coverage.shares(c.chapters, c.asked_topics),
        councils=2,
        sheet="Shared",
    ),
    View(
        name="novelty",
        question="coverage",
        title="Missing topics, common ones counting more, and how rare each council's topics are",
        tab="Common and rare",
        says=headlines.novelty,
        table=novelty.NOVELTY,
        measure=lambda c: novelty.novelty(c.chapters),
        councils=2,
        report=None,
    ),
    View(
        name="at_confidences",
        question="coverage",
        title="Results at three confidences",
        tab="Three confidences",
        says=headlines.at_confidences,
        matched=False,
        table=sensitivity.AT_CONFIDENCES,
        measure=lambda c: sensitivity.at_confidences(c.entries, decisions=c.decisions),
        councils=2,
        report=None,
        sheet="Confidences",
    ),
    View(
        name="search",
        question="coverage",
        title="Who has a chapter on a topic",
        tab="Search",
        says=headlines.found,
        table=coverage.SEARCH,
        measure=lambda c: coverage.search(c.chapters, c.words),
        chart=chart("who_has_chart"),
        drawn_from=20,
        gallery=False,  # it needs words to search for
        rows="search",
        report=None,
    ),
)
