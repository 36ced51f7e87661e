"""Structure adds up, on the seeds and on every known page."""

from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library, read_manual
from procman.matching.topics import topics
from procman.measures import TABLES, activity, coverage, editions, pairs, structure
from procman.measures.pairs import counterparts

sections = st.sampled_from(["Care", "CARE", "Adoption", "Health"])
homes = st.lists(st.dictionaries(st.sampled_from("ABCD"), sections, min_size=1), min_size=1, max_size=12)
sizes_lists = st.lists(st.integers(0, 60), max_size=12)


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


def known_pages(root):
    return sorted(page for page in (root / "tests/pages").glob("*.txt"))


def test_sections_and_depths_add_up_on_every_known_page(root):
    pages = known_pages(root)
    assert len(pages) > 20
    entries = pd.concat([read_manual(page, page.stem).entries for page in pages], ignore_index=True)
    by_page = entries.groupby("council", sort=False)
    chapters = entries[entries["kind"] == "chapter"].groupby("council", sort=False)

    def sums(table, column):
        return table.groupby("council")[column].sum().reindex(by_page.groups, fill_value=0).tolist()

    def each(series):
        return series.reindex(by_page.groups, fill_value=0).tolist()

    sizes = TABLES["sizes"].check(structure.sizes(entries))
    sections, subsections = (sizes[sizes["level"] == level] for level in ("section", "subsection"))
    assert sums(sections, "chapters") == each(chapters.size())
    assert sums(sections, "see_also") == each(by_page["kind"].agg(lambda kinds: (kinds == "see_also").sum()))
    assert all(inside <= of for inside, of in zip(sums(subsections, "chapters"), each(chapters.size()), strict=True))
    assert sums(TABLES["depths"].check(structure.depths(entries)), "chapters") == each(chapters.size())
    table = TABLES["structure"].check(structure.outline(entries)).set_index("council").reindex(by_page.groups)
    assert table["chapters"].tolist() == each(chapters.size())
    assert table["unnumbered"].tolist() == each(chapters["number"].agg(lambda numbers: numbers.isna().sum()))
    assert table["levels"].tolist() == each(chapters["depth"].max())


def test_the_seeds_by_hand(library):
    table = structure.outline(library.entries).set_index("council")
    oxfordshire = table.loc["Oxfordshire"]
    assert oxfordshire[["sections", "subsections", "chapters", "see_also", "unnumbered", "outside"]].tolist() == [
        6, 25, 129, 12, 5, 1,
    ]  # fmt: skip
    # Sections of 25, 7, 13, 44, 35 and 4 chapters.
    assert (oxfordshire["section_median"], oxfordshire["section_smallest"], oxfordshire["section_largest"]) == (
        19,
        4,
        44,
    )
    assert oxfordshire["evenness"] == pytest.approx(0.8596, abs=1e-4)


def test_a_subsection_counts_for_its_section_and_a_repeated_title_for_itself():
    page = "1. Care\n\n1.1\n\nHealth\n\n1.1.1 Records\n1.1.2 Consent\n\n2. Care\n\n2.1 Panels\n"
    sizes = structure.sizes(read_manual(page.encode(), "Northwick").entries)
    assert sizes[["title", "chapters"]].values.tolist() == [["Care", 2], ["Health", 2], ["Care", 1]]


def test_unnamed_pages_put_together_are_counted_whole():
    page = read_manual(b"1. Care\n\n1.1 Consent\n1.2 Complaints\n").entries
    sizes = structure.sizes(pd.concat([page, page], ignore_index=True))
    assert sizes["chapters"].sum() == 4


UNTITLED_AND_REPEATED = """Register of Contacts
1.

1.1 Consent
1.2 Complaints

2. Care

2.1 Health
2.1.1 Records
2.1.2 Visits

3. Care

3.1 Panels
3.1.1 Panels of the Care
3.1.2 Chairs
"""


def test_an_untitled_section_and_two_of_one_title_are_the_same_sections_everywhere():
    entries = read_manual(UNTITLED_AND_REPEATED.encode(), "Northwick").entries
    expected = [["(untitled)", 2], ["Care", 2], ["Care", 2]]
    sizes = structure.sizes(entries)
    assert sizes.loc[sizes["level"] == "section", ["title", "chapters"]].values.tolist() == expected
    assert activity.flags_by_section(entries)[["section", "chapters"]].values.tolist() == expected
    chapters = topics(entries)
    assert coverage.by_section(chapters, entries)[["section", "chapters"]].values.tolist() == expected
    assert coverage.by_section(chapters)[["section", "chapters"]].values.tolist() == [["(untitled)", 2], ["Care", 4]]
    assert structure.places(chapters)["section"].tolist()[:2] == ["(untitled)"] * 2
    pair = pairs.side_by_side(entries, entries)
    assert pair["left_section"].dropna().drop_duplicates().tolist() == ["(untitled)", "Care"]
    fewer = entries[entries["position"] != 2]
    changed = editions.changes(fewer, entries)
    told = editions.tally(fewer, entries, changed)
    assert told.values.tolist() == [["(untitled)", "added", 1, 2]]


def test_what_stands_in_no_section_is_outside_everywhere():
    entries = read_manual(b"1. Care\n\n1.1 Consent\n1.2 Complaints\n", "Northwick").entries
    entries = pd.concat([entries.iloc[1:].assign(section=None, parent=None), entries.iloc[:1]])
    entries["parent"] = entries["parent"].astype("Int64")
    outside = [["(outside any section)", 2]]
    sizes = structure.sizes(entries)
    assert sizes.loc[sizes["chapters"] > 0, ["title", "chapters"]].values.tolist() == outside
    flags = activity.flags_by_section(entries)
    assert flags.loc[flags["chapters"] > 0, ["section", "chapters"]].values.tolist() == outside
    assert coverage.by_section(topics(entries), entries)[["section", "chapters"]].values.tolist() == outside
    assert coverage.by_section(topics(entries))[["section", "chapters"]].values.tolist() == outside


@settings(max_examples=60, deadline=None)
@given(sizes_lists, st.integers(2, 9))
def test_evenness_is_a_share_that_knows_no_order_and_no_scale(sizes, times):
    value = structure.evenness(sizes)
    if sum(size > 0 for size in sizes) < 2:
        assert value != value
        return
    assert 0 < value <= 1
    assert structure.evenness(sizes[::-1]) == pytest.approx(value)
    assert structure.evenness([size * times for size in sizes]) == pytest.approx(value)
    assert structure.evenness([*sizes, 0]) == pytest.approx(value)
    assert (value == pytest.approx(1)) == (len({size for size in sizes if size}) == 1)


def test_places_see_each_difference_from_both_sides(library):
    places = TABLES["places"].check(structure.places(topics(library.entries)))
    assert (places["elsewhere"] <= places["others"]).all()
    for _, rows in places.groupby("topic"):
        assert rows["elsewhere"].sum() % 2 == 0
        assert rows["other_depth"].sum() % 2 == 0
    private = places[places["topic_title"] == "Private fostering"]
    assert private["section"].tolist() == ["Prevention and Family Support", "Children in Particular Circumstances"]


def test_notices_say_whose_they_are(library):
    notices = TABLES["notices by manual"].check(structure.notices(library))
    assert len(notices) == sum(len(manual.notices) for manual in library)
    assert set(notices["council"]) <= {"Milton Keynes", "Oxfordshire"}


@settings(max_examples=60, deadline=None)
@given(homes)
def test_places_are_what_counterparts_says_of_each_two_councils(homes):
    rows = [
        (council, f"t{topic}", section, len(section))
        for topic, home in enumerate(homes)
        for council, section in home.items()
    ]
    chapters = pd.DataFrame(rows, columns=["council", "topic", "section", "depth"])
    chapters = chapters.assign(topic_title=chapters["topic"], number=None, title="x", subsection=None)
    table = TABLES["places"].check(structure.places(chapters))
    assert len(table) == len(rows)
    correspond = {
        (one, other): counterparts((each[one], each[other]) for each in homes if {one, other} <= each.keys())
        for one, other in permutations({council for council, *_ in rows}, 2)
    }
    for row in table.itertuples():
        home = homes[int(row.topic[1:])]
        others = [council for council in home if council != row.council]
        elsewhere = sum((row.section, home[other]) not in correspond[row.council, other] for other in others)
        assert (row.others, row.elsewhere) == (len(others), elsewhere)
        assert row.other_depth == sum(len(home[other]) != row.depth for other in others)
