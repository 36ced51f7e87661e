"""Editions: what changed from one edition to the next, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.measures import editions, timeline
from procman.reports import headlines
from procman.reports.comparison import Comparison
from procman.reports.view import CHART_ONLY, Each, Shown, View, chart

if TYPE_CHECKING:
    import pandas as pd


#: With more councils than this, only some have a line.
MOST_LINES = 12

#: A mark for each kind of change. In panels, one column says them in words.
_MARKS = tuple(change.replace(" ", "_") for change in editions.CHANGES)

_SAME = "Nothing changed on the contents page."


def _tally(c: Comparison, council: str, old: str, new: str) -> pd.DataFrame:
    before, after = c.entries_of(council, old), c.entries_of(council, new)
    return editions.tally(before, after, c.picked_changes(council, old, new))


def _claims(c: Comparison, council: str, old: str, new: str) -> pd.DataFrame:
    return editions.claims(c.entries_of(council, new), c.changes(council, old, new))


def _steps(c: Comparison) -> pd.DataFrame:
    return c.keep("steps", lambda: timeline.steps(c.every_edition))


def _timeline_drawn(c: Comparison) -> pd.DataFrame:
    """The timeline, with changes only for the councils drawn, because comparing every edition of many councils takes minutes."""
    rows = c.every_edition
    sizes = rows.groupby("council", sort=False).agg(editions=("edition", "nunique"), entries=("edition", "size"))
    if len(sizes) <= MOST_LINES:
        return timeline.timeline(rows, _steps(c))
    mine = headlines.own(c)
    ranked = sizes.assign(mine=sizes.index == mine).sort_values(["mine", "editions", "entries"], ascending=False)
    compared = ranked.index[:MOST_LINES]
    table = timeline.timeline(rows, timeline.steps(rows[rows["council"].isin(compared)]))
    table.loc[~table["council"].isin(compared), ["before", *timeline.BROUGHT]] = None
    return table


def _by_chapter(c: Comparison, council: str, old: str, new: str) -> pd.DataFrame:
    changes = c.picked_changes(council, old, new).assign(council=council, old_edition=old, new_edition=new)
    return timeline.by_chapter(changes)


VIEWS = (
    View(
        name="by_chapter",
        question="editions",
        title="Chapters that changed",
        tab="Chapter by chapter",
        says=headlines.changed,
        table=timeline.BY_CHAPTER,
        measure=_by_chapter,
        chart=chart("changes_chart"),
        each=Each.EDITIONS,
        empty=_SAME,
        rows="changes",
        hidden=(
            *("council", "old_edition", "new_edition", "old_subsection", "new_subsection"),
            *_MARKS,
        ),
        drawn=_tally,
        gallery=False,
        report=None,
    ),
    View(
        name="each_change",
        question="editions",
        title="Each change",
        tab="Each change",
        says=headlines.changes,
        table=editions.CHANGED,
        measure=lambda c, council, old, new: c.picked_changes(council, old, new),
        chart=chart("changes_chart"),
        each=Each.EDITIONS,
        empty=_SAME,
        rows="changes",
        hidden=("old_position", "new_position", "old_subsection", "new_subsection"),
        drawn=_tally,
        gallery=False,
        report=Shown(
            columns=("change", "old_number", "old_title", "new_number", "new_title"),
            # Renumbered and flagged chapters are counted in the chart: too many to list.
            only=lambda table: table[(table["kind"] == "chapter") & table["change"].isin(editions.CHANGES[:4])],
            chart=False,
            title="Chapters added, removed, renamed and moved",
        ),
    ),
    View(
        name="changes",
        question="editions",
        title="Changes by section",
        tab="By section",
        says=headlines.changes,
        about="Chapters added, removed, renamed, moved, renumbered and flagged differently from one edition of a council's "
        "manual to the next, seen by comparing them.",
        table=editions.TALLY,
        measure=_tally,
        chart=chart("changes_chart"),
        each=Each.EDITIONS,
        empty=_SAME,
        rows="changes",
        report=CHART_ONLY,
    ),
    View(
        name="claims",
        question="editions",
        title="Flags compared with actual changes",
        tab="Flags and changes",
        says=headlines.claims,
        table=editions.CLAIMS,
        measure=_claims,
        each=Each.EDITIONS,
        empty=_SAME,
    ),
    View(
        name="timeline",
        question="editions",
        title="Editions over time",
        tab="Over time",
        says=headlines.over_time,
        matched=False,
        about="Each dated edition of each manual: its chapters, and those added and removed since the edition before. "
        f"Of more than {MOST_LINES} councils yours and those with most editions are drawn.",
        table=timeline.TIMELINE,
        measure=lambda c: timeline.timeline(c.every_edition, _steps(c)),
        chart=chart("timeline_chart"),
        drawn=_timeline_drawn,
        empty=timeline.ONE_EDITION,
        editions=True,
        filled="before",
        sheet="Timeline",
    ),
    View(
        name="claims_over_time",
        question="editions",
        title="Flags compared with actual changes, over all editions",
        tab="Flags over time",
        says=headlines.claimed,
        matched=False,
        table=timeline.CLAIMED,
        measure=lambda c: timeline.claimed(c.every_edition, _steps(c)),
        empty=timeline.ONE_EDITION,
        editions=True,
        report=None,
        sheet="Flags over time",
    ),
)
