"""The list of views, one file for each question. The gallery, report, workbook and panels all use this list.

To add a view, write its measure and chart, and add a `View` to the file of its question, in the order you want.
"""

from __future__ import annotations

from procman.reports.listings import CHAPTERS
from procman.reports.view import Shown, View
from procman.reports.views import activity, coverage, duties, editions, gaps, matches, peers, structure
from procman.tables import MANUALS

_MANUALS = View(
    name="manuals",
    question="manuals",
    title="The manuals and where their contents pages come from",
    matched=False,
    table=MANUALS,
    measure=lambda c: c.manuals,
    needs="library",
    report=Shown(columns=("council", "edition", "chapters", "new", "updated", "dated", "unread", "source", "obtained")),
    sheet="Manuals",
)
_CHAPTERS = View(
    name="chapters",
    question="chapters",
    title="All chapters with their topics",
    table=CHAPTERS,
    measure=lambda c: c.chapters,
    panel=False,
    report=None,
    sheet="Chapters",
)

VIEWS: tuple[View, ...] = (
    _MANUALS,
    *coverage.VIEWS,
    *peers.VIEWS,
    *gaps.VIEWS,
    *matches.VIEWS,
    *structure.VIEWS,
    *activity.VIEWS,
    *editions.VIEWS,
    *duties.VIEWS,
    _CHAPTERS,
)

#: Titles of views in earlier versions, which still work in panels.
FORMER_TITLES = {
    "Sections of the council in focus": "coverage_by_section",
    "What each section shares": "coverage_by_section",
    "Topics shared by whom": "intersections",
    "Topics": "topics",
    "Not on the page of the council in focus": "gaps",
    "Shared, council by council": "shares",
    "Who has a chapter on the topic": "search",
    "Both manuals side by side": "side_by_side",
    "Doubtful pairs": "possible_matches",
    "Outline of the council in focus": "outline",
    "Where topics stand": "places",
    "What looks odd on the pages": "notices",
    "Flags of the council in focus": "flags_by_section",
    "Topics that most claim to have changed": "busiest",
    "Flags and what comparing shows": "claims",
    "Found least": "duties_by_topic",
    "The checklist": "checklist",
}


def views_of(*questions: str) -> tuple[View, ...]:
    """The views of these questions, in the order of the questions."""
    return tuple(each for question in questions for each in VIEWS if each.question == question)


def view(name: str) -> View:
    """The view of that name; ``KeyError`` if there is none."""
    return {each.name: each for each in VIEWS}[name]
