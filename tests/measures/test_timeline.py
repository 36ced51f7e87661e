"""Time: editions add up from one to the next, every change has a row, and past reviews are counted correctly."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest

import procman as pm
from procman.errors import TableError
from procman.measures import activity, editions, timeline
from procman.measures.counting import UNNAMED
from procman.measures.timeline import (
    BY_CHAPTER,
    BY_YEAR,
    CLAIMED,
    FLAGGED,
    REVIEWS,
    REVIEWS_BY_COUNCIL,
    STEPS,
    TIMELINE,
)
from procman.tables import LIBRARY_AMENDMENTS, OUTSIDE


def read(text, council="Northwick", edition=None):
    return pm.read_manual(io.StringIO(text), council, edition=edition).entries


OLD = "1. All Children\n\n1.1 Consent New\n1.2 Records\n1.3 Complaints\n\n2. Care\n\n2.1 Visits\n"
NEW = "1. All Children\n\n1.1 Welcome New\n1.2 Consent\n1.3 Complaints and Compliments Updated\n\n2. Care\n\n2.1 Visits\n2.2 Family Time\n"


@pytest.fixture
def entries():
    return pd.concat(
        [read(NEW, edition="2024-06"), read(OLD, edition="2024-01"), read(OLD, "Ayle"), read(OLD, "Beere", "2023-01")]
    )


@pytest.fixture(scope="module")
def library(root):
    return pm.open_library(root / "data/demonstration")


@pytest.fixture(scope="module")
def changed(library):
    return STEPS.check(timeline.steps(library.entries))


# --- steps -------------------------------------------------------------------------------------------------------


def test_each_dated_edition_is_compared_with_the_one_before(entries):
    steps = STEPS.check(timeline.steps(entries))
    assert set(map(tuple, steps[["council", "old_edition", "new_edition"]].to_numpy())) == {
        ("Northwick", "2024-01", "2024-06")
    }
    alone = editions.changes(read(OLD), read(NEW))
    pd.testing.assert_frame_equal(steps[alone.columns], alone)


def test_the_timeline_says_what_each_edition_has_and_brought(entries):
    table = TIMELINE.check(timeline.timeline(entries, timeline.steps(entries)))
    assert table.astype(object).fillna("-").values.tolist() == [
        ["Beere", "2023-01", "-", 4, "-", "-", "-", "-", 1, 0],
        ["Northwick", "2024-01", "-", 4, "-", "-", "-", "-", 1, 0],
        ["Northwick", "2024-06", "2024-01", 5, 2, 1, 1, 0, 1, 1],
    ]


def test_editions_add_up(library, changed):
    table = timeline.timeline(library.entries, changed)
    assert len(table) == 12
    before = table.groupby("council")["chapters"].shift()
    later = table.dropna(subset="before")
    assert (later["chapters"] == before[later.index] + later["added"] - later["removed"]).all()
    flags = activity.flags(library.entries).set_index(["council", "edition"])[["new", "updated"]]
    assert table.set_index(["council", "edition"])[["new", "updated"]].to_dict() == flags.to_dict()


def test_an_edition_without_chapters_is_there(entries):
    headings = entries[(entries["edition"] != "2024-06") | (entries["kind"] != "chapter")]
    table = timeline.timeline(headings, timeline.steps(headings))
    assert table[["edition", "chapters"]].values.tolist() == [["2023-01", 4], ["2024-01", 4], ["2024-06", 0]]
    assert table["removed"].tolist()[2] == 4


# --- one row per chapter -----------------------------------------------------------------------------------------


def test_what_changed_of_a_chapter_is_in_one_row(entries):
    table = BY_CHAPTER.check(timeline.by_chapter(timeline.steps(entries)))
    rows = table[["what", "old_title", "new_title"]].fillna("-").values.tolist()
    flag = editions.CHANGES[-1]
    assert sorted(rows) == sorted(
        [
            ["added", "-", "Welcome"],
            ["added", "-", "Family Time"],
            ["removed", "Records", "-"],
            [f"renamed, {flag}", "Complaints", "Complaints and Compliments"],
            [flag, "Consent", "Consent"],
        ]
    )
    assert table.loc[table["renamed"], "new_title"].tolist() == ["Complaints and Compliments"]


def test_chapters_of_which_only_the_number_changed_are_shown_when_asked(entries):
    steps = timeline.steps(entries)
    assert not timeline.by_chapter(steps)["renumbered"].any()
    shown = timeline.by_chapter(steps, renumbered=True)
    assert shown.loc[shown["renumbered"], "new_title"].tolist() == ["Consent"]
    assert shown.loc[shown["renumbered"], "what"].tolist() == [f"renumbered, {editions.CHANGES[-1]}"]


def test_every_change_of_a_chapter_has_its_mark(changed):
    table = timeline.by_chapter(changed, renumbered=True)
    of_chapters = changed[changed["kind"] == "chapter"]
    for change, column in zip(editions.CHANGES, BY_CHAPTER.columns[4:], strict=False):
        assert table[column.name].sum() == (of_chapters["change"] == change).sum() > 0
    places = of_chapters[["council", "new_edition", "old_position", "new_position"]].drop_duplicates()
    assert len(table) == len(places)
    assert not (table["added"] & table["removed"]).any()


# --- claims and flags --------------------------------------------------------------------------------------------


def test_claims_of_each_edition_add_up_to_its_chapters(library, changed):
    table = CLAIMED.check(timeline.claimed(library.entries, changed))
    sums = table.groupby(["council", "edition"])["chapters"].sum()
    sizes = library.manuals.set_index(["council", "edition"])["chapters"]
    assert len(sums) == 9
    assert sums.to_dict() == sizes[sums.index].to_dict()
    added = table[table["observed"] == "added"].groupby(["council", "edition"])["chapters"].sum()
    brought = (
        timeline.timeline(library.entries, changed).dropna(subset="before").set_index(["council", "edition"])["added"]
    )
    assert added.to_dict() == brought.to_dict()


def test_flagged_chapters_are_listed_with_their_section_and_date(library):
    table = FLAGGED.check(timeline.flagged(library.entries))
    assert len(table) == library.manuals[["new", "updated"]].to_numpy().sum()
    page = "1.1 Consent New - 1 May 2024\n1.2 Records\n\n2. Care\n\n2.1 Visits Updated\n"
    table = timeline.flagged(read("Contents\n\n" + page))
    assert table[["title", "section", "status"]].values.tolist()[-1] == ["Visits", "Care", "Updated"]
    assert table["date"].tolist()[0] == "2024-05-01"
    assert table["section"].tolist()[0] in (OUTSIDE, "(untitled)")


# --- reviews -----------------------------------------------------------------------------------------------------


def reviewed(*notes):
    rows = [
        ("Northwick", "2024-06", n, "chapter", f"1.{n}", f"Chapter {n}", "All", 0, note)
        for n, note in enumerate(notes, 1)
    ]
    return pd.DataFrame(
        rows, columns=["council", "edition", "position", "kind", "number", "title", "section", "parent", "note"]
    )


@pytest.mark.parametrize(
    ("note", "review", "months", "past"),
    [
        ("Next review: June 2025", "2025-06", 5, True),
        ("next review date 01/02/2026", "2026-02-01", -3, False),
        ("Review due November 2025", "2025-11", 0, False),
        ("Review date: 2025-11-09", "2025-11-09", 0, True),
        ("Review date: 2025-11-10", "2025-11-10", 0, False),
        ("Next review 2024", "2024", 11, True),
        ("Next review 2025", "2025", -1, False),
    ],
)
def test_a_printed_review_is_past_when_its_day_month_or_year_is_over(note, review, months, past):
    table = REVIEWS.check(timeline.reviews(reviewed(note), date(2025, 11, 10)))
    assert table[["review", "months_past", "past"]].values.tolist() == [[review, months, past]]


@pytest.mark.parametrize(
    "note",
    ["Last reviewed March 2024", "under review", "to follow", None, "Next review: 31 June 2025", "Review due soon"],
)
def test_other_notes_are_no_review_to_come(note):
    assert REVIEWS.check(timeline.reviews(reviewed(note), "2026-01")).empty


def test_the_longest_overdue_comes_first_and_councils_are_summed_up():
    table = timeline.reviews(
        reviewed("Next review: June 2025", "Next review: May 2024", "Next review: May 2027"), "2025-07-31"
    )
    assert table["title"].tolist() == ["Chapter 2", "Chapter 1", "Chapter 3"]
    sums = REVIEWS_BY_COUNCIL.check(timeline.reviews_by_council(table))
    assert sums.values.tolist() == [["Northwick", "2024-06", 3, 2, pytest.approx(2 / 3), 14]]


def test_the_council_with_the_longest_overdue_review_comes_first():
    both = pd.concat([reviewed("Next review: June 2025").assign(council="Ayle"), reviewed("Next review: May 2024")])
    sums = timeline.reviews_by_council(timeline.reviews(both, "2025-07-31"))
    assert sums["council"].tolist() == ["Northwick", "Ayle"]


def test_reviews_of_the_demonstration_library(library):
    table = timeline.reviews(library.entries, "2026-01-01")
    assert set(table["council"]) == {"Castlemoor (invented)"}
    assert len(table) == library.manuals.query("council == 'Castlemoor (invented)'")["chapters"].sum()
    assert 0.2 < timeline.reviews_by_council(table).iloc[0]["share"] < 1


@pytest.mark.parametrize("today", ["soon", "2025", "2025-13", "2025-02-30", ""])
def test_what_is_no_day_is_named(today):
    with pytest.raises(TableError, match="is not a date like"):
        timeline.reviews(reviewed("Next review: June 2025"), today)


# --- amendments --------------------------------------------------------------------------------------------------


def test_amendments_are_counted_by_year_with_empty_years():
    rows = [
        ("A", "2024-06", "2022-03", "New", "Consent", "", 1, "page", None),
        ("A", "2024-06", "2024-01", "Updated", "Consent", "x", 2, "page", None),
        ("A", "2024-06", "2024-06", "Updated", "Consent", "y", 3, "page", None),
        ("A", "2024-06", None, "Updated", "Records", "z", 4, "page", None),
    ]
    table = BY_YEAR.check(timeline.amendments_by_year(LIBRARY_AMENDMENTS.frame(rows)))
    assert table.values.tolist() == [["A", 2022, 1, 1, 1, 0], ["A", 2023, 0, 0, 0, 0], ["A", 2024, 2, 2, 0, 2]]


def test_amendments_by_year_add_up(library):
    table = timeline.amendments_by_year(library.amendments)
    assert table["amendments"].sum() == activity.amendments_by_edition(library.amendments)["amendments"].sum()
    assert table.groupby("council")["editions"].sum().tolist() == [4, 3, 5]


# --- little or nothing -------------------------------------------------------------------------------------------


def test_where_there_is_nothing_tables_keep_their_columns():
    undated = read(OLD)
    steps = STEPS.check(timeline.steps(undated))
    for table, found in (
        (STEPS, steps),
        (BY_CHAPTER, timeline.by_chapter(steps)),
        (TIMELINE, timeline.timeline(undated, steps)),
        (CLAIMED, timeline.claimed(undated, steps)),
        (FLAGGED, timeline.flagged(undated[:0])),
        (REVIEWS, timeline.reviews(undated, "2025-01")),
        (REVIEWS_BY_COUNCIL, timeline.reviews_by_council(timeline.reviews(undated, "2025-01"))),
        (BY_YEAR, timeline.amendments_by_year(LIBRARY_AMENDMENTS.frame([]))),
    ):
        assert table.check(found).empty, table.name


def test_a_council_without_a_name_has_its_timeline():
    entries = pd.concat([read(OLD, edition="2024-01"), read(NEW, edition="2024-06")]).assign(council=None)
    table = timeline.timeline(entries, timeline.steps(entries))
    assert table["council"].tolist() == [UNNAMED] * 2
    assert table["added"].tolist()[1] == 2


@pytest.mark.parametrize("measure", [timeline.steps, timeline.flagged, timeline.by_chapter])
def test_a_table_that_lacks_a_column_is_named(measure):
    with pytest.raises(TableError, match="there is no column"):
        measure(pd.DataFrame({"title": ["Consent"]}))
