"""The one list of what can be shown. Gallery, report, workbook and panels each walk it.

To add a view: write its measure and its chart, and put a `View` in `VIEWS` where it should stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from procman.measures import (
    activity,
    coverage,
    duties,
    editions,
    gaps,
    novelty,
    pairs,
    peers,
    sensitivity,
    structure,
    timeline,
)
from procman.measures.counting import fold
from procman.reports import headlines, likeness
from procman.reports.comparison import Comparison
from procman.reports.listings import CHAPTERS, MATCHED, POSSIBLE
from procman.reports.view import Each, Shown, View
from procman.tables import LIBRARY_AMENDMENTS, MANUALS, Column, Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: With more councils than this, not each has a column of its own.
MOST_COLUMNS = 4
#: With more councils than this, not each has a line in time.
MOST_LINES = 12
#: Where nothing has a date, ages are counted to a month before any manual was on the web, and so are none.
BEFORE_ANY = "1990-01"

#: A mark for each kind of change; in panels the words say them all.
_MARKS = tuple(change.replace(" ", "_") for change in editions.CHANGES)
_SAME = "Nothing changed on the contents page."
_BOTH_SIDES = ("left_council", "right_council", "left_position", "right_position")
_CHART_ONLY = Shown(table=False)


def _chart(name: str) -> Callable[..., Axes]:
    """A chart of `procman.figures`, which loads when it is first drawn; it takes what a `procman.figures.wish.Wish` holds."""

    def draw(table: pd.DataFrame, **asked: Any) -> Axes:
        from procman import figures

        chart: Callable[..., Axes] = getattr(figures, name)
        return chart(table, **asked)

    return draw


def _sections_of(c: Comparison, council: str) -> pd.DataFrame:
    made = lambda: coverage.by_section(c.chapters, c.entries, c.asked_topics)  # noqa: E731
    table = c.keep(("sections", c.words), made, by_score=True)
    return table[table["council"] == council].reset_index(drop=True)


def _gaps(c: Comparison, council: str) -> pd.DataFrame:
    made = lambda: gaps.gaps(c.entries, council, chapters=c.chapters, decisions=c.decisions)  # noqa: E731
    return c.keep(("gaps", council), made, by_score=True)


def _gaps_spread(c: Comparison, table: pd.DataFrame, council: str) -> tuple[pd.DataFrame, Table, tuple[str, ...]]:
    """Where the others are few, a column for each with its chapters; else how many they are."""
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


def _side_by_side(c: Comparison, left: str, right: str) -> pd.DataFrame:
    return pairs.side_by_side(c.entries_of(left), c.entries_of(right), c.matches(left, right))


def _tally(c: Comparison, council: str, old: str, new: str) -> pd.DataFrame:
    before, after = c.entries_of(council, old), c.entries_of(council, new)
    return editions.tally(before, after, c.picked_changes(council, old, new))


def _claims(c: Comparison, council: str, old: str, new: str) -> pd.DataFrame:
    return editions.claims(c.entries_of(council, new), c.changes(council, old, new))


def _steps(c: Comparison) -> pd.DataFrame:
    return c.keep("steps", lambda: timeline.steps(c.every_edition))


def _timeline_drawn(c: Comparison) -> pd.DataFrame:
    """The timeline, with what editions brought only for so many councils: comparing all of many takes minutes, and is not read."""
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


def _audit(c: Comparison) -> pd.DataFrame:
    return c.keep("audit", lambda: duties.audit(c.entries, c.chapters), by_score=True)


def _touched(c: Comparison) -> pd.DataFrame:
    """The chapters on the duties whose names the words are in; without words, on the newest duty."""
    asked = c.words if fold(c.words) else duties.newest()
    if not duties.meant(asked):
        return duties.TOUCHED.frame([])
    return c.keep(("touched", asked), lambda: duties.touched(asked, c.chapters), by_score=True)


def _picked_up(c: Comparison) -> pd.DataFrame:
    return c.keep("picked up", lambda: duties.picked_up(c.every_edition))


def _until(c: Comparison) -> Any:
    return c.today or c.latest or BEFORE_ANY


VIEWS: tuple[View, ...] = (
    View(
        name="manuals",
        question="manuals",
        title="The manuals and where their contents pages come from",
        table=MANUALS,
        measure=lambda c: c.manuals,
        needs="library",
        report=Shown(
            columns=("council", "edition", "chapters", "new", "updated", "dated", "unread", "source", "obtained")
        ),
        sheet="Manuals",
    ),
    View(
        name="reach",
        question="coverage",
        title="How many topics the councils share",
        table=coverage.REACH,
        counts=True,
        measure=lambda c: coverage.reach(c.chapters, c.asked_topics),
        panel=False,  # its headline says it
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
        chart=_chart("coverage_chart"),
        each=Each.COUNCIL,
        councils=2,
        rows="section",
        hidden=("council", "of"),
        report=_CHART_ONLY,
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
        chart=_chart("matrix_chart"),
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
        chart=_chart("intersections_chart"),
        councils=2,
        report=_CHART_ONLY,
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
        chart=_chart("share_chart"),
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
        name="likeness",
        question="peers",
        title="How alike the contents pages are",
        tab="Likeness",
        says=headlines.alike,
        table=peers.LIKENESS,
        about="The contents pages most like your council's, by the topics that they share.",
        measure=lambda c: peers.likeness(c.chapters),
        chart=_chart("likeness_chart"),
        councils=2,
        drawn_from=5,
        report=None,
    ),
    View(
        name="nearest",
        question="peers",
        title="Manuals most like {council}'s",
        tab="Nearest manuals",
        says=likeness.says_nearest,
        table=peers.NEAREST,
        measure=likeness.nearest,
        each=Each.COUNCIL,
        councils=3,
        hidden=("council",),
        report=Shown(
            columns=("other", "likeness", "shared", "only_here", "only_there", "platform", "neighbour"),
            only=lambda table: table.head(likeness.MOST_IN_REPORT),
        ),
        sheet="Nearest",
        workbook=Shown(most=None, only=lambda table: table.head(likeness.MOST)),
    ),
    View(
        name="clusters",
        question="peers",
        title="Manuals that are alike, in clusters",
        tab="Clusters",
        says=likeness.says_clusters,
        table=peers.CLUSTERS,
        measure=likeness.clusters,
        councils=4,
        hidden=("place",),
        report=Shown(columns=("council", "cluster", "size", "within", "without", "platform")),
        sheet="Clusters",
    ),
    View(
        name="explained",
        question="peers",
        title="How far a common publisher explains likeness",
        tab="Publishers",
        says=likeness.says_explained,
        table=peers.EXPLAINED,
        measure=likeness.explained,
        councils=3,
        filled="explained",
        empty=likeness.NO_PLATFORMS,
        sheet="Publishers",
    ),
    View(
        name="novelty",
        question="coverage",
        title="Weighted gaps, and how rare each council's topics are",
        tab="Weighted gaps",
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
        table=sensitivity.AT_CONFIDENCES,
        measure=lambda c: c.keep(
            "at confidences",
            lambda: sensitivity.at_confidences(c.entries, decisions=c.decisions),
            by_score=True,
        ),
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
        chart=_chart("who_has_chart"),
        drawn_from=20,
        gallery=False,  # it needs words to look for
        rows="search",
        report=None,
    ),
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
        gallery=False,
        report=None,
    ),
    View(
        name="side_by_side",
        question="alignment",
        title="Two manuals side by side",
        tab="Side by side",
        says=headlines.matched,
        about="Each chapter of two manuals, joined with the one that is the same procedure; for up to 4 councils.",
        table=pairs.SIDE_BY_SIDE,
        measure=_side_by_side,
        chart=_chart("side_by_side_chart"),
        each=Each.PAIR,
        councils=2,
        rows="pair",
        hidden=_BOTH_SIDES,
        draws_all=True,
        report=Shown(columns=("left_number", "left_title", "right_number", "right_title", "level"), most=None),
        sheet="Side by side",
    ),
    View(
        name="matches",
        question="alignment",
        title="Matches",
        tab="Matches",
        says=headlines.matches,
        table=MATCHED,
        measure=lambda c, left, right: c.matches(left, right),
        chart=_chart("side_by_side_chart"),
        each=Each.PAIR,
        rows="pair",
        hidden=_BOTH_SIDES,
        drawn=_side_by_side,
        draws_all=True,
        gallery=False,
        report=None,
    ),
    View(
        name="possible_matches",
        question="alignment",
        title="Possible matches",
        tab="Possible matches",
        says=headlines.possible,
        table=POSSIBLE,
        measure=lambda c, left, right: c.possible(left, right),
        chart=_chart("side_by_side_chart"),
        each=Each.PAIR,
        rows="pair",
        hidden=_BOTH_SIDES,
        drawn=_side_by_side,
        draws_all=True,
        gallery=False,
        report=None,
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
        chart=_chart("sections_chart"),
        each=Each.PAIR,
        councils=2,
        hidden=("left_council", "right_council"),
        report=None,
    ),
    View(
        name="outline",
        question="structure",
        title="Outline of {council}'s manual",
        tab="Outline",
        says=headlines.largest,
        matched=False,
        about="The headings of a manual in page order, with the chapters they hold.",
        table=structure.SIZES,
        counts=True,
        measure=lambda c, *manual: structure.sizes(c.asked_entries(*manual)),
        chart=_chart("outline_chart"),
        each=Each.MANUAL,
        rows="place",
        hidden=("council", "edition", "position"),
        report=None,
    ),
    View(
        name="sizes",
        question="structure",
        title="Sizes of sections",
        tab="Sizes of sections",
        says=headlines.largest,
        matched=False,
        about="The number of chapters in each section of each manual.",
        table=structure.SIZES,
        counts=True,
        measure=lambda c: structure.sizes(c.asked_entries()),
        chart=_chart("sizes_chart"),
        rows="place",
        report=_CHART_ONLY,
        sheet="Headings",
    ),
    View(
        name="depths",
        question="structure",
        title="Depth of chapters",
        tab="Depth",
        says=headlines.depths,
        matched=False,
        about="The chapters of each manual by level: 1 at the top of the page, 2 under a section, 3 under a subsection.",
        table=structure.DEPTHS,
        counts=True,
        measure=lambda c: structure.depths(c.asked_entries()),
        chart=_chart("depth_chart"),
        report=_CHART_ONLY,
    ),
    View(
        name="structure",
        question="structure",
        title="Manuals in numbers",
        tab="In numbers",
        says=headlines.structure,
        matched=False,
        table=structure.OUTLINE,
        measure=lambda c: structure.outline(c.entries),
        report=Shown(
            columns=(
                *("council", "edition", "sections", "subsections", "chapters", "see_also", "levels", "unnumbered"),
                *("section_median", "section_largest", "evenness", "concentration"),
            )
        ),
        sheet="Structure",
    ),
    View(
        name="places",
        question="structure",
        title="Where councils list each topic",
        tab="Places",
        says=headlines.places,
        table=structure.PLACES,
        measure=lambda c: structure.places(c.chapters),
        rows="topic",
        empty="All topics that councils share are in sections that correspond.",
        report=Shown(
            columns=("topic_title", "council", "section", "depth", "others", "elsewhere"),
            only=lambda table: table[table["elsewhere"] > 0],
            title="Topics that councils list in different sections",
        ),
        sheet="Places",
        workbook=Shown(
            most=None,
            only=lambda table: table[(table["elsewhere"] > 0) | (table["other_depth"] > 0)],
            title="Topics that councils list in different places",
        ),
    ),
    View(
        name="order",
        question="structure",
        title="Whether others list what {council} shares in the same order",
        tab="Order",
        says=headlines.order,
        table=pairs.ORDER,
        measure=lambda c, council: pairs.order(c.chapters, council),
        each=Each.COUNCIL,
        councils=2,
        hidden=("council",),
        report=None,
    ),
    View(
        name="notices",
        question="structure",
        title="Possible problems on the pages",
        tab="Possible problems",
        says=headlines.notices,
        matched=False,
        table=structure.FAULTS,
        measure=lambda c: structure.faults(c.pages),
        needs="pages",
        empty="Every line was read, and no problem was found in numbers and titles.",
        sheet="Notices",
    ),
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
        chart=_chart("flags_chart"),
        each=Each.MANUAL,
        rows="section",
        hidden=("council", "edition"),
        report=_CHART_ONLY,
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
        chart=_chart("ages_chart"),
        filled="date",
        empty="No contents page here prints dates beside its chapters, so their age is not known.",
        rows="place",
        report=_CHART_ONLY,
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
        chart=_chart("amendments_chart"),
        needs="library",
        empty=activity.NO_AMENDMENTS,
        report=_CHART_ONLY,
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
    View(
        name="by_chapter",
        question="editions",
        title="Chapters that changed",
        tab="Chapter by chapter",
        says=headlines.changed,
        table=timeline.BY_CHAPTER,
        measure=_by_chapter,
        chart=_chart("changes_chart"),
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
        chart=_chart("changes_chart"),
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
        chart=_chart("changes_chart"),
        each=Each.EDITIONS,
        empty=_SAME,
        rows="changes",
        report=_CHART_ONLY,
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
        chart=_chart("timeline_chart"),
        drawn=_timeline_drawn,
        empty=timeline.ONE_EDITION,
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
        report=None,
        sheet="Flags over time",
    ),
    View(
        name="duties",
        question="duties",
        title="Expected topics by council",
        tab="Topic by topic",
        says=headlines.expected,
        about="Which topics required by law or guidance are on each contents page.",
        table=duties.AUDIT,
        measure=_audit,
        chart=_chart("duties_chart"),
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
        chart=_chart("expected_chart"),
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
        gallery=False,
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
        gallery=False,
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
    View(
        name="chapters",
        question="chapters",
        title="All chapters with their topics",
        table=CHAPTERS,
        measure=lambda c: c.chapters,
        panel=False,
        report=None,
        sheet="Chapters",
    ),
)


#: Titles of views in earlier versions, which go on choosing them in panels.
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
