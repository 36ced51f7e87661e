"""Coverage adds up: sections to chapters, reaches and combinations to topics, gaps and own topics to all."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library, read_manual
from procman.errors import TableError
from procman.matching.topics import topics as find_topics
from procman.measures import TABLES, activity, coverage, duties, pairs, structure
from procman.measures.counting import BANDS, UNNAMED
from procman.measures.editions import newest
from procman.tables import OUTSIDE

COLUMNS = ("council", "edition", "number", "title", "section", "subsection", "status", "date", "topic", "also_topic")
COUNCILS, TOPICS = ("Ayle", "Beere", "Ceeford", None), tuple("pqrst")


def chapters(rows):
    """A topics table of (council, topic, also, section)."""
    cells = [
        (council, "2024-01", f"1.{n}", topic.upper(), section, None, None, None, topic, " ".join(also) or None)
        for n, (council, topic, also, section) in enumerate(rows, 1)
    ]
    frame = pd.DataFrame(cells, columns=COLUMNS).astype("str")
    return frame.assign(topic_title=frame["topic"].str.upper(), position=range(1, len(frame) + 1))


tables = st.lists(
    st.tuples(
        st.sampled_from(COUNCILS),
        st.sampled_from(TOPICS),
        st.lists(st.sampled_from(TOPICS), max_size=2, unique=True),
        st.sampled_from(["Care", "Adoption", None]),
    ).map(lambda row: (row[0], row[1], [topic for topic in row[2] if topic != row[1]], row[3])),
    min_size=1,
    max_size=25,
)


def topic_sets(rows):
    """What each council has, worked out apart from the code that is tested."""
    sets = {}
    for council, topic, also, _ in rows:
        sets.setdefault(council or UNNAMED, set()).update([topic, *also])
    return sets


@settings(max_examples=30, deadline=None)
@given(tables)
def test_the_parts_of_coverage_add_up_to_the_whole(rows):
    table, sets = chapters(rows), topic_sets(rows)
    everything = set().union(*sets.values())

    sections = coverage.by_section(table)
    assert (sections[["in_all", "in_some", "only_here"]].sum(axis=1) == sections["chapters"]).all()
    bands = [column for *_, column in BANDS]
    assert (sections[bands].sum(axis=1) == sections["chapters"]).all()
    shares = {topic: sum(topic in own for own in sets.values()) / len(sets) for topic in everything}
    common = [max(shares[topic] for topic in (first, *also)) >= 0.9 for _, first, also, _ in rows]
    assert sections["by_most"].sum() == sum(common)
    assert sections["chapters"].sum() == len(rows)
    assert (sections["section"] == OUTSIDE).any() == any(section is None for *_, section in rows)

    reach = coverage.reach(table)
    assert reach["topics"].sum() == len(everything)
    assert reach["chapters"].sum() == len(rows)
    assert reach["share"].sum() == pytest.approx(1)

    sums = sections[["in_all", "in_some", "only_here"]].sum().tolist()
    assert sums == reach["chapters"].tolist()

    combinations = coverage.intersections(table)
    assert combinations["topics"].sum() == len(everything)
    for which, members, number in combinations[["councils", "members", "topics"]].itertuples(index=False):
        councils = set(which.split("; "))
        assert members == len(councils)
        assert number == sum({name for name, own in sets.items() if topic in own} == councils for topic in everything)

    by_topic = coverage.by_topic(table).set_index("topic")
    assert set(by_topic.index) == everything
    assert all(by_topic.loc[topic, "councils"] == sum(topic in own for own in sets.values()) for topic in everything)
    presence = coverage.presence(table)
    assert len(presence) == len(everything) * len(sets)
    assert {(row.council, row.topic) for row in presence.itertuples() if row.chapters} == {
        (council, topic) for council, own in sets.items() for topic in own
    }


@settings(max_examples=30, deadline=None)
@given(tables)
def test_gaps_and_shares_are_what_the_sets_say(rows):
    table, sets = chapters(rows), topic_sets(rows)
    everything = set().union(*sets.values())
    for council, own in sets.items():
        gaps = coverage.gaps(table.assign(council=table["council"].fillna(UNNAMED)), council)
        assert set(gaps["topic"]) == everything - own
        assert gaps["councils"].is_monotonic_decreasing
        assert (gaps["of"] == len(sets) - 1).all()
    shares = coverage.shares(table)
    assert len(shares) == len(sets) * (len(sets) - 1)
    for council, other, number, also in shares[["council", "other", "chapters", "also_there"]].itertuples(index=False):
        mine = [{topic, *more} for name, topic, more, _ in rows if (name or UNNAMED) == council]
        assert number == len(mine)
        assert also == sum(bool(own & sets[other]) for own in mine)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_every_table_keeps_its_declaration(rows):
    table = chapters(rows)
    for name, frame in {
        "coverage": coverage.presence(table),
        "topics": coverage.by_topic(table),
        "reach": coverage.reach(table),
        "coverage by section": coverage.by_section(table),
        "shared chapters": coverage.shares(table),
        "intersections": coverage.intersections(table),
        "search": coverage.search(table, "p"),
    }.items():
        TABLES[name].check(frame)


def test_one_council_shares_nothing_and_lacks_nothing():
    table = chapters([("Ayle", "p", [], "Care"), ("Ayle", "q", [], "Care")])
    assert coverage.reach(table)["topics"].tolist() == [0, 0, 2]
    assert coverage.shares(table).empty
    assert coverage.gaps(table, "Ayle").empty


def test_no_chapter_gives_empty_tables():
    table = chapters([("Ayle", "p", [], "Care")]).iloc[:0]
    measures = (coverage.presence, coverage.by_topic, coverage.by_section, coverage.shares, coverage.intersections)
    assert all(measure(table).empty for measure in measures)
    assert coverage.reach(table)["topics"].tolist() == [0, 0, 0]
    assert coverage.reach(table)["share"].isna().all()


def test_gaps_of_a_stranger_name_the_councils_there_are():
    with pytest.raises(TableError, match="'Deeside'; councils here: Ayle, Beere"):
        coverage.gaps(chapters([("Ayle", "p", [], None), ("Beere", "p", [], None)]), "Deeside")


@pytest.mark.parametrize(
    ("words", "found"),
    [("priv fost", ["title", "not found"]), ("PRIVATE", ["title", "not found"]), ("zebra", ["not found"] * 2)],
)
def test_search_takes_beginnings_of_words_and_says_who_has_none(words, found):
    table = chapters([("Ayle", "p", [], "Care"), ("Beere", "q", [], "Care")])
    table["title"] = table["topic_title"] = ["Private Fostering", "Consent"]
    assert coverage.search(table, words)["found_by"].tolist() == found


def test_search_reads_the_newest_edition_and_dates_by_the_older_ones():
    table = chapters([("Ayle", "p", [], "Care"), ("Ayle", "p", [], "Care"), ("Beere", "q", [], "Care")])
    table["edition"] = ["2016-01", "2018-07", None]
    row = coverage.search(table, "p").iloc[0]
    assert (row["edition"], row["seen_since"]) == ("2018-07", "2016-01")
    with pytest.raises(TableError, match="give a word"):
        coverage.search(table, " ?! ")


def test_a_topic_that_an_older_edition_had_in_a_joint_chapter_is_seen_since_then():
    table = chapters([("Ayle", "p", ["q"], "Care"), ("Ayle", "q", [], "Care")])
    table["edition"] = ["2016-01", "2018-07"]
    row = coverage.search(table, "q").iloc[0]
    assert (row["edition"], row["seen_since"]) == ("2018-07", "2016-01")


@pytest.fixture(scope="module")
def entries(root):
    return newest(open_library(root / "data/manuals").entries)


def test_the_seeds_share_most_of_their_chapters(entries):
    sections = coverage.by_section(find_topics(entries))
    total = sections.groupby("council")[["chapters", "in_all", "only_here"]].sum()
    assert total["chapters"].to_dict() == {"Milton Keynes": 124, "Oxfordshire": 129}
    # 64 titles are the same word for word: no reading of the two can find fewer.
    assert (total["in_all"] >= 64).all()
    assert (total["in_all"] + total["only_here"] == total["chapters"]).all()


def test_side_by_side_has_every_chapter_of_both(entries):
    left, right = (entries[entries["council"] == council] for council in ("Milton Keynes", "Oxfordshire"))
    table = TABLES["side by side"].check(pairs.side_by_side(left, right))
    for side, manual in (("left", left), ("right", right)):
        assert set(table[f"{side}_position"].dropna()) == set(manual.loc[manual["kind"] == "chapter", "position"])
    matched = table["level"].notna()
    assert table.loc[matched, ["left_title", "right_title", "same_section"]].notna().all(axis=None)
    assert (table.loc[~matched, "left_position"].isna() ^ table.loc[~matched, "right_position"].isna()).all()


def test_side_by_side_without_a_match_keeps_both_lists(entries):
    left, right = (entries[entries["council"] == council] for council in ("Milton Keynes", "Oxfordshire"))
    none = pd.DataFrame(columns=["left_position", "right_position", "level", "score"])
    assert len(pairs.side_by_side(left, right, none)) == 124 + 129


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("s47", "Child Protection Enquiries (Section 47)"),
        ("PLO", "Care and Supervision Proceedings and the Public Law Outline"),
        ("kinship", "Family and Friends Care Policy"),
        ("LAC reviews", "Children in Care Reviews"),
    ],
)
def test_search_understands_what_the_sector_calls_it(words, title):
    entries = pd.DataFrame({"council": ["A", "A"], "edition": [None, None], "title": [title, "Harbour Swimming"]})
    found = coverage.search(find_topics(entries.assign(number="1")), words)
    assert found["title"].tolist() == [title]


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        ("presence", "council"),
        ("presence", "number"),
        ("by_topic", "topic"),
        ("by_section", "section"),
        ("reach", "topic_title"),
    ],
)
def test_a_column_that_is_missing_is_named(entries, measure, column):
    with pytest.raises(TableError, match=f"topics: there is no column '{column}'"):
        getattr(coverage, measure)(find_topics(entries).drop(columns=column))


def test_a_search_names_the_column_that_is_missing(entries):
    with pytest.raises(TableError, match="topics: there is no column 'edition'"):
        coverage.search(find_topics(entries).drop(columns="edition"), "foster")


def test_a_joint_chapter_is_counted_once_in_reach_and_in_intersections(root):
    entries = open_library(root / "data/manuals").entries
    chapters = find_topics(entries)
    assert chapters["also_topic"].notna().any()
    number = (entries["kind"] == "chapter").sum()
    assert coverage.reach(chapters)["chapters"].sum() == number
    assert coverage.intersections(chapters)["chapters"].sum() == number


def test_a_chapter_to_follow_is_on_the_page_and_only_the_duties_set_it_apart():
    """One answer everywhere: listed. Whether there is a text is for the duties to say."""
    here = read_manual(b"1. Care\n\n1.1 Staying Put - to follow\n1.2 Consent\n", "Ayle").entries
    there = read_manual(b"1. Care\n\n1.1 Staying Put\n", "Beere").entries
    entries = pd.concat([here, there], ignore_index=True)
    table = find_topics(entries)
    assert coverage.gaps(table, "Ayle").empty
    assert coverage.reach(table).set_index("reach")["topics"].to_dict() == {"all": 1, "some": 0, "one": 1}
    assert structure.sizes(entries)["chapters"].tolist() == [2, 1]
    states = duties.audit(entries, table).set_index(["council", "duty"])["state"]
    assert states["Ayle", "staying-put"] == "to follow"
    assert states["Beere", "staying-put"] == "present"


def test_a_chapter_outside_any_section_has_one_name_everywhere(entries):
    page = entries[entries["council"] == "Oxfordshire"]
    assert page[page["section"].isna()]["title"].tolist() == ["Children’s Services Policies, Values and Principles"]
    table = find_topics(page)
    found = [
        coverage.by_section(table, page)["section"],
        structure.sizes(page)["title"],
        structure.places(table)["section"],
        activity.flags_by_section(page)["section"],
    ]
    assert [names.tolist().count(OUTSIDE) for names in found] == [1, 1, 1, 1]
    assert structure.outline(page)["outside"].tolist() == [1]
