"""Gaps: the topics that others list and a council's contents page does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from procman.measures import gaps
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.view import Each, Shown, View
from procman.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd


#: With more councils than this, they do not get a column each.
MOST_COLUMNS = 4


def _gaps(c: Comparison, council: str) -> pd.DataFrame:
    made = lambda: gaps.gaps(c.entries, council, chapters=c.chapters, decisions=c.decisions)  # noqa: E731
    return c.keep(("gaps", council), made, by_score=True)


def _gaps_spread(c: Comparison, table: pd.DataFrame, council: str) -> tuple[pd.DataFrame, Table, tuple[str, ...]]:
    """With few other councils, a column for each council's chapters. Otherwise, the number of councils."""
    others = [other for other in c.present if other != council]
    if not 0 < len(others) <= MOST_COLUMNS or {*others} & {*table.columns}:
        return table, gaps.GAPS, ("topic", "nearest_score", "which")
    wide = gaps.wide(table, c.chapters).reindex(columns=[*table.columns, *others])
    first, rest = list(table.columns[:5]), list(table.columns[5:])
    mine = {column.name: column for column in gaps.GAPS.columns}
    own = {
        name: Column(name, "str", f"number and title of {name}'s chapters on the topic", "", optional=True)
        for name in others
    }
    columns = tuple({**mine, **own}[name] for name in (*first, *others, *rest))
    declared = replace(gaps.GAPS, columns=columns)
    return (
        wide[[column.name for column in columns]],
        declared,
        ("topic", "councils", "of", "share", "nearest_score", "which"),
    )


def _gaps_listed(c: Comparison, council: str) -> pd.DataFrame:
    return gaps.by_council(_gaps(c, council), c.chapters)


VIEWS = (
    View(
        name="gaps",
        question="gaps",
        title="Missing from {council}'s contents page",
        tab="Missing topics",
        says=headlines.gaps,
        table=gaps.GAPS,
        measure=_gaps,
        each=Each.COUNCIL,
        councils=2,
        empty="No topic is missing: this page has all that the others list.",
        spread=_gaps_spread,
        doubts="nearest_title",
        rows="topic",
        report=Shown(columns=("topic_title", "councils", "of", "tier", "nearest_number", "nearest_title", "which")),
        sheet="Gaps",
    ),
    View(
        name="gaps_listed",
        question="gaps",
        title="What the others call the topics missing from {council}'s page",
        tab="The others' chapters",
        says=headlines.listed_gaps,
        table=gaps.LISTED,
        measure=_gaps_listed,
        each=Each.COUNCIL,
        councils=2,
        empty="No topic is missing: this page has all that the others list.",
        rows="topic",
        hidden=("topic", "href"),
        report=None,
    ),
)
