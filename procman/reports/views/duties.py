"""Duties: the topics required by law or guidance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.measures import duties
from procman.measures.counting import fold
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.view import Shown, View, chart

if TYPE_CHECKING:
    import pandas as pd


def _audit(c: Comparison) -> pd.DataFrame:
    return c.keep("audit", lambda: duties.audit(c.entries, c.chapters), by_score=True)


def _touched(c: Comparison) -> pd.DataFrame:
    """The chapters on the duties that have the words in their names, or without words, on the newest duty."""
    asked = c.words if fold(c.words) else duties.newest()
    if not duties.meant(asked):
        return duties.TOUCHED.frame([])
    return duties.touched(asked, c.chapters)


def _picked_up(c: Comparison) -> pd.DataFrame:
    return c.keep("picked up", lambda: duties.picked_up(c.every_edition))


VIEWS = (
    View(
        name="duties",
        question="duties",
        title="Expected topics by council",
        tab="Topic by topic",
        says=headlines.expected,
        about="Which topics required by law or guidance are on each contents page.",
        table=duties.AUDIT,
        measure=_audit,
        chart=chart("duties_chart"),
        rows="words",
        hidden=("duty",),
        empty="Every expected topic is on every contents page.",
        report=Shown(
            columns=("topic", "verified", "council", "state", "number", "title", "why"),
            only=lambda table: duties.asked(table[table["state"] != "present"]),
            most=120,
            title="Expected topics without a matching chapter",
        ),
        sheet="Duties by council",
    ),
    View(
        name="duties_by_topic",
        question="duties",
        title="Expected topics most often missing",
        tab="Most often missing",
        says=headlines.often_missing,
        table=duties.BY_DUTY,
        measure=lambda c: duties.by_duty(_audit(c)),
        rows="words",
        hidden=("duty",),
        report=None,
        sheet="Duties",
    ),
    View(
        name="expected_by_council",
        question="duties",
        title="Share of expected topics by council",
        tab="Council by council",
        says=headlines.expected_share,
        about="How many of the topics required by law or guidance are on each contents page; of 20 councils and more on a map.",
        table=duties.BY_COUNCIL,
        measure=lambda c: duties.by_council(_audit(c)),
        chart=chart("expected_chart"),
        report=None,
    ),
    View(
        name="touched",
        question="duties",
        title="Chapters that a new duty touches",
        tab="New duty",
        says=headlines.touched,
        about="The chapters to read again when a duty is new or changes; without words, for the newest duty.",
        table=duties.TOUCHED,
        measure=_touched,
        rows="search",
        empty="No chapter is on or near a duty with these words.",
        report=None,
    ),
    View(
        name="picked_up",
        question="duties",
        title="Who has picked up each duty, and when",
        tab="Picked up",
        says=headlines.picked_up,
        matched=False,
        table=duties.PICKED_UP,
        measure=_picked_up,
        empty="This needs a contents page dated after a duty began.",
        rows="words",
        hidden=("duty",),
        report=None,
    ),
    View(
        name="checklist",
        question="duties",
        title="Where each expectation comes from",
        tab="Where from",
        says=headlines.checklist,
        matched=False,
        table=duties.CHECKLIST,
        measure=lambda c: duties.read_duties(),
        rows="words",
        hidden=("duty",),
        report=Shown(
            columns=("topic", "expectation", "basis", "force", "since", "until", "verified", "remark"), most=None
        ),
        sheet="Expectations",
    ),
)
