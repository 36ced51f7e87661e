"""Structure adds up, on the seeds and on every known page."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library, read_manual
from procman.measures import TABLES, structure
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
    for page in pages:
        entries = read_manual(page, "Northwick").entries
        chapters = (entries["kind"] == "chapter").sum()
        sizes = TABLES["sizes"].check(structure.sizes(entries))
        assert sizes.loc[sizes["level"] == "section", "chapters"].sum() == chapters, page
        assert sizes.loc[sizes["level"] == "section", "see_also"].sum() == (entries["kind"] == "see_also").sum(), page
        assert sizes.loc[sizes["level"] == "subsection", "chapters"].sum() <= chapters, page
        assert TABLES["depths"].check(structure.depths(entries))["chapters"].sum() == chapters, page
        row = TABLES["structure"].check(structure.outline(entries)).iloc[0]
        assert row["chapters"] == chapters
        assert row["unnumbered"] == entries.loc[entries["kind"] == "chapter", "number"].isna().sum(), page
        assert row["levels"] == entries.loc[entries["kind"] == "chapter", "depth"].max(), page


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
    from procman.grouping import topics

    places = TABLES["places"].check(structure.places(topics(library.entries)))
    assert (places["elsewhere"] <= places["others"]).all()
    for _, rows in places.groupby("topic"):
        assert rows["elsewhere"].sum() % 2 == 0
        assert rows["other_depth"].sum() % 2 == 0
    private = places[places["topic_title"] == "Private fostering"]
    assert private["section"].tolist() == ["Prevention and Family Support", "Children in Particular Circumstances"]


def test_faults_say_whose_they_are(library):
    faults = TABLES["faults"].check(structure.faults(library))
    assert len(faults) == sum(len(manual.notices) for manual in library)
    assert set(faults["council"]) <= {"Milton Keynes", "Oxfordshire"}


@settings(max_examples=100, deadline=None)
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
    for row in table.itertuples():
        home = homes[int(row.topic[1:])]
        others = [council for council in home if council != row.council]
        elsewhere = 0
        for other in others:
            shared = [(each[row.council], each[other]) for each in homes if {row.council, other} <= each.keys()]
            elsewhere += (row.section, home[other]) not in counterparts(shared)
        assert (row.others, row.elsewhere) == (len(others), elsewhere)
        assert row.other_depth == sum(len(home[other]) != row.depth for other in others)
