"""Activity: flags, dates and amendments."""

from __future__ import annotations

from typing import Any

from procman.measures import activity, timeline
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.view import CHART_ONLY, Each, Shown, View, chart
from procman.tables import LIBRARY_AMENDMENTS

#: If nothing has a date, count ages to a month before any manual was on the web. Then no chapter has an age.
BEFORE_ANY = "1990-01"


def _until(c: Comparison) -> Any:
    return c.today or c.latest or BEFORE_ANY


VIEWS = (
    View(
        name="flags_by_section",
        question="activity",
        title="New and updated chapters by section of {council}'s manual",
        tab="By section",
        says=headlines.flags,
        matched=False,
        about="How many chapters each section of a manual has, and how many of them its contents page flags. The flags are "
        "the publisher's own. A chapter with no flag may still have changed.",
        table=activity.FLAGS_BY_SECTION,
        counts=True,
        measure=lambda c, *manual: activity.flags_by_section(c.asked_entries(*manual)),
        chart=chart("flags_chart"),
        each=Each.MANUAL,
        rows="section",
        hidden=("council", "edition"),
        report=CHART_ONLY,
        sheet="Flags",
    ),
    View(
        name="flags",
        question="activity",
        title="Flags by council",
        tab="By council",
        says=headlines.flags,
        matched=False,
        table=activity.FLAGS,
        counts=True,
        measure=lambda c: activity.flags(c.asked_entries()),
    ),
    View(
        name="flags_by_topic",
        question="activity",
        title="Flags by topic",
        tab="By topic",
        says=headlines.flagged_topics,
        table=activity.FLAGS_BY_TOPIC,
        measure=lambda c: activity.flags_by_topic(c.chapters),
        rows="topic",
        empty="No page here flags a chapter as new or updated.",
        report=Shown(columns=("topic_title", "councils", "new", "updated", "share"), most=15),
    ),
    View(
        name="flagged",
        question="activity",
        title="Chapters marked as new or updated",
        tab="Each flagged chapter",
        says=headlines.flagged,
        matched=False,
        table=timeline.FLAGGED,
        measure=lambda c: timeline.flagged(c.entries),
        rows="place",
        empty=timeline.NO_FLAGS,
        report=None,
        sheet="Flagged chapters",
    ),
    View(
        name="reviews",
        question="activity",
        title="Chapters by the date of their next review",
        tab="Next reviews",
        says=headlines.reviews,
        matched=False,
        table=timeline.REVIEWS,
        measure=lambda c: timeline.reviews(c.entries, str(_until(c))),
        rows="place",
        empty=timeline.NO_REVIEWS,
        report=Shown(
            columns=("council", "number", "title", "review", "months_past"),
            only=lambda table: table[table["past"]],
            title="Chapters past their date of review",
        ),
        sheet="Next reviews",
    ),
    View(
        name="ages",
        question="activity",
        title="Ages of chapters",
        tab="Ages",
        says=headlines.ages,
        matched=False,
        about="Years since the date printed beside a chapter, counted to the newest date in the library.",
        table=activity.AGES,
        measure=lambda c: activity.ages(c.entries, _until(c)),
        chart=chart("ages_chart"),
        filled="date",
        empty="No contents page here prints dates beside its chapters, so their age is not known.",
        rows="place",
        report=CHART_ONLY,
        sheet="Dates",
        workbook=Shown(
            columns=("council", "edition", "position", "number", "title", "section", "date"),
            only=lambda table: table[table["date"].notna()],
            most=None,
            title="Chapters with a printed date",
        ),
    ),
    View(
        name="amendments",
        question="activity",
        title="Announced amendments",
        tab="Amendments",
        says=headlines.amendments,
        matched=False,
        about="The amendments that each manual's amendments page announces, by edition.",
        table=activity.AMENDMENTS_BY_EDITION,
        measure=lambda c: activity.amendments_by_edition(c.amendments),
        chart=chart("amendments_chart"),
        needs="library",
        empty=activity.NO_AMENDMENTS,
        report=CHART_ONLY,
        sheet="Amendments",
    ),
    View(
        name="amendments_by_year",
        question="activity",
        title="Announced amendments by year",
        tab="Amendments by year",
        says=headlines.amendments,
        matched=False,
        table=timeline.BY_YEAR,
        measure=lambda c: timeline.amendments_by_year(c.amendments),
        needs="library",
        empty=activity.NO_AMENDMENTS,
        report=None,
        sheet="Amendments by year",
    ),
    View(
        name="amendments_listed",
        question="activity",
        title="Each announced amendment",
        tab="Each amendment",
        says=headlines.amendments,
        matched=False,
        table=LIBRARY_AMENDMENTS,
        measure=lambda c: c.amendments,
        needs="library",
        empty=activity.NO_AMENDMENTS,
        report=None,
        sheet="Amendments listed",
    ),
    View(
        name="busiest",
        question="activity",
        title="Topics that most councils mark as changed",
        tab="Most often changed",
        says=headlines.busiest,
        table=activity.BUSIEST,
        measure=lambda c: activity.busiest(c.chapters, c.amendments, BEFORE_ANY, _until(c)),
        rows="topic",
        report=None,
    ),
)
