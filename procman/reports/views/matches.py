"""Matches: two manuals side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from procman.measures import pairs
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.listings import MATCHED, POSSIBLE
from procman.reports.view import Each, Shown, View, chart

if TYPE_CHECKING:
    import pandas as pd


_BOTH_SIDES = ("left_council", "right_council", "left_position", "right_position")


def _side_by_side(c: Comparison, left: str, right: str) -> pd.DataFrame:
    return pairs.side_by_side(c.entries_of(left), c.entries_of(right), c.matches(left, right))


_MATCHES = View(
    name="matches",
    question="alignment",
    title="Matches",
    tab="Matches",
    says=headlines.matches,
    table=MATCHED,
    measure=lambda c, left, right: c.matches(left, right),
    chart=chart("side_by_side_chart"),
    each=Each.PAIR,
    rows="pair",
    hidden=_BOTH_SIDES,
    drawn=_side_by_side,
    draws_all=True,
    gallery=False,
    report=None,
)

VIEWS = (
    View(
        name="side_by_side",
        question="alignment",
        title="Two manuals side by side",
        tab="Side by side",
        says=headlines.matched,
        about="Each chapter of two manuals, joined with the one that is the same procedure; for up to 4 councils.",
        table=pairs.SIDE_BY_SIDE,
        measure=_side_by_side,
        chart=chart("side_by_side_chart"),
        each=Each.PAIR,
        councils=2,
        rows="pair",
        hidden=_BOTH_SIDES,
        draws_all=True,
        report=Shown(columns=("left_number", "left_title", "right_number", "right_title", "level"), most=None),
        sheet="Side by side",
    ),
    _MATCHES,
    replace(
        _MATCHES,
        name="possible_matches",
        title="Possible matches",
        tab="Possible matches",
        says=headlines.possible,
        table=POSSIBLE,
        measure=lambda c, left, right: c.possible(left, right),
    ),
    View(
        name="sections_side_by_side",
        question="alignment",
        title="Sections of two manuals",
        tab="Section by section",
        says=headlines.by_sections,
        about="What only the first lists, what both do and what only the second does, by section; for up to 4 councils.",
        table=pairs.SECTIONS,
        measure=lambda c, left, right: pairs.by_section(_side_by_side(c, left, right)),
        chart=chart("sections_chart"),
        each=Each.PAIR,
        councils=2,
        hidden=("left_council", "right_council"),
        report=None,
    ),
)
