"""Update activity as manuals announce it: flags, printed dates, amendments. Without announcements, a share is missing, not zero."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library
from procman.errors import TableError
from procman.measures import TABLES, activity
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS


def manual(rows, council="Ayle", edition="2024-01"):
    """Entries of one section with (title, status, date) chapters."""
    head = (council, edition, 1, 1, "section", "1", "Care", "Care", None, 1, None, *[None] * 5)
    chapters = [
        (council, edition, n, n, "chapter", f"1.{n}", title, "Care", None, 2, 1, status, printed, None, None, None)
        for n, (title, status, printed) in enumerate(rows, 2)
    ]
    return ENTRIES.frame([head, *chapters])


def with_topics(entries):
    chapters = entries[entries["kind"] == "chapter"].reset_index(drop=True)
    topic = chapters["title"].str.lower()
    return chapters.assign(
        topic=topic, topic_title=chapters["title"], also_topic=pd.array([None] * len(chapters), "str")
    )


def amendments(rows):
    """(council, manual_edition, edition, change, chapter, details, position)"""
    return LIBRARY_AMENDMENTS.frame([(a, b, c, d, e, f, 1, "page", g) for a, b, c, d, e, f, g in rows])


STATUS = st.sampled_from(["New", "Updated", None])
MONTH = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat()[:7]) | st.none()


@settings(max_examples=60, deadline=None)
@given(st.lists(STATUS, max_size=20))
def test_flags_add_up(flags):
    entries = manual([(f"c{n}", flag, None) for n, flag in enumerate(flags)])
    for table in (activity.flags(entries), activity.flags_by_section(entries)):
        assert (table[["new", "updated", "unflagged"]].sum(axis=1) == table["chapters"]).all()
        assert table["chapters"].sum() == len(flags)
    share = TABLES["flags"].check(activity.flags(entries))["flagged_share"].iloc[0]
    flagged = sum(flag is not None for flag in flags)
    assert share == pytest.approx(flagged / len(flags)) if flagged else share != share


def test_a_page_that_flags_nothing_does_not_count_among_those_that_do():
    entries = pd.concat([
        manual([("Consent", "New", None), ("Records", None, None)], "Ayle"),
        manual([("Consent", "Updated", None)], "Beere"),
        manual([("Consent", None, None)], "Ceeford"),
    ])  # fmt: skip
    table = TABLES["flags by topic"].check(activity.flags_by_topic(with_topics(entries)))
    assert table[["topic", "councils", "new", "updated", "share"]].values.tolist() == [["consent", 2, 1, 1, 1.0]]


@settings(max_examples=60, deadline=None)
@given(st.lists(MONTH, max_size=15), st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.integers(0, 120))
def test_ages_count_months_and_leave_undated_chapters_unknown(months, today, limit):
    ages = TABLES["ages"].check(
        activity.ages(manual([(f"c{n}", None, month) for n, month in enumerate(months)]), today)
    )
    expected = [
        pd.NA if month is None else (today.year - int(month[:4])) * 12 + today.month - int(month[5:])
        for month in months
    ]
    assert ages["months"].tolist() == expected
    sums = TABLES["ages by council"].check(activity.ages_by_council(ages, limit))
    if months:
        row = sums.iloc[0]
        assert row["dated"] + row["undated"] == row["chapters"] == len(months)
        assert row["older"] == sum(
            month is not None and age > limit for month, age in zip(months, expected, strict=True)
        )
        assert pd.isna(row["older_share"]) == (row["dated"] == 0) == pd.isna(row["median_months"])


@pytest.mark.parametrize("today", ["yesterday", "2026", "2026-13"])
def test_ages_need_a_real_day(today):
    with pytest.raises(TableError, match="is not a date like"):
        activity.ages(manual([]), today)


def test_an_amendment_that_later_editions_repeat_is_counted_once():
    table = amendments([
        ("Ayle", "2023-04", "2023-04", "Updated", "Consent", "Refreshed.", None),
        ("Ayle", "2024-04", "2023-04", "Updated", "Consent", "Refreshed.", 2),
        ("Ayle", "2024-04", "2024-04", "New", "Records", None, 3),
        ("Ayle", "2024-04", None, "Updated", None, "Links changed.", None),
    ])  # fmt: skip
    by_edition = TABLES["amendments by edition"].check(activity.amendments_by_edition(table))
    assert by_edition["amendments"].sum() == 3
    assert (by_edition["new"] + by_edition["updated"] == by_edition["amendments"]).all()


def test_a_removed_chapter_counts_as_an_amendment_and_neither_as_new_nor_as_updated():
    table = amendments([("Ayle", "2024-04", "2024-04", "Removed", "Records", None, None)])
    by_edition = TABLES["amendments by edition"].check(activity.amendments_by_edition(table))
    assert by_edition[["amendments", "new", "updated"]].values.tolist() == [[1, 0, 0]]


def test_the_busiest_topics_keep_the_three_claims_apart():
    entries = pd.concat([
        manual([("Consent", "Updated", "2024-03"), ("Records", None, "2019-01")], "Ayle", "2024-04"),
        manual([("Consent", "New", None), ("Records", "New", None)], "Beere", "2015-01"),
        manual([("Consent", None, "2024-02-12")], "Ceeford", "2024-03"),
    ])  # fmt: skip
    brought = amendments([("Ayle", "2024-04", "2024-02", "Updated", "Consent", None, 2)])
    table = TABLES["busiest topics"].check(activity.busiest(with_topics(entries), brought, "2024-01", "2024-12"))
    assert table[["topic", "councils", "changed", "announced", "flagged", "dated"]].values.tolist() == [
        ["consent", 3, 2, 1, 1, 2]
    ]
    with pytest.raises(TableError, match="not a period"):
        activity.busiest(with_topics(entries), brought, "2024-12", "2024-01")


def test_a_council_without_an_edition_is_neither_changed_nor_counted():
    entries = pd.concat([
        manual([("Consent", "Updated", None)], "Ayle", "2024-04"),
        manual([("Consent", "New", None)], "Beere", "2024-05"),
        manual([("Consent", "New", "2024-05-01")], "Ceeford", None),
    ])  # fmt: skip
    brought = amendments([("Ceeford", None, "2024-02", "Updated", "Consent", None, 2)])
    table = activity.busiest(with_topics(entries), brought, "2024-01", "2024-12")
    assert table[["councils", "changed", "share"]].values.tolist() == [[2, 2, 1.0]]
    assert table[["announced", "dated"]].values.tolist() == [[0, 0]]
    assert "dated edition" in activity.BUSIEST.denominator


def test_topics_that_as_many_claim_come_in_the_order_of_who_has_them():
    entries = pd.concat([
        manual([("Alone", "New", None), ("Consent", "Updated", None), ("Records", "New", None)], "Ayle"),
        manual([("Consent", None, None), ("Records", "New", None)], "Beere"),
    ])  # fmt: skip
    by_topic = activity.flags_by_topic(with_topics(entries))
    assert by_topic["topic"].tolist() == ["records", "consent", "alone"]
    busiest = activity.busiest(with_topics(entries), amendments([]), "2024-01", "2024-12")
    assert busiest["topic"].tolist() == ["records", "consent", "alone"]


def test_the_seeds_claim_no_date_and_no_amendment(root):
    library = open_library(root / "data/manuals")
    assert activity.amendments_by_edition(library.amendments).empty
    sums = activity.ages_by_council(activity.ages(library.entries, "2026-11"))
    assert sums["dated"].tolist() == [0, 0]
    assert sums[["median_months", "older_share"]].isna().all(axis=None)
    assert activity.flags(library.entries)[["new", "updated"]].values.tolist() == [[6, 6], [4, 22]]
