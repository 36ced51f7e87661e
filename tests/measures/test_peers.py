"""Peers: likeness is Jaccard's, each council is in one cluster, and presets give the councils here and those missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import procman as pm
from procman.errors import ProcmanError, TableError
from procman.library.directory import directory, neighbours
from procman.measures import peers
from procman.measures.editions import newest
from procman.measures.peers import CLUSTERS, EXPLAINED, LIKENESS, NEAREST, PLATFORMS, PRESETS


def chapters(**have):
    """A topics table: council to topics."""
    rows = [(council.replace("_", " "), topic, topic) for council, topics in have.items() for topic in topics]
    return pd.DataFrame(rows, columns=["council", "topic", "topic_title"], dtype="str")


def standing(**platforms):
    rows = [(council.replace("_", " "), platform, "address") for council, platform in platforms.items()]
    return PLATFORMS.frame(rows)


sets = st.dictionaries(st.sampled_from("ABCDEF"), st.sets(st.sampled_from("pqrstuv"), min_size=1), min_size=1)


@settings(max_examples=60, deadline=None)
@given(sets)
def test_likeness_is_what_is_shared_out_of_what_either_has(have):
    table = LIKENESS.check(peers.likeness(chapters(**have)))
    assert len(table) == len(have) * (len(have) - 1) // 2
    for row in table.itertuples():
        one, other = have[row.council], have[row.other]
        assert row.shared == len(one & other)
        assert row.only_council == len(one - other)
        assert row.only_other == len(other - one)
        assert row.likeness == pytest.approx(len(one & other) / len(one | other))


@settings(max_examples=60, deadline=None)
@given(sets, st.integers(1, 8))
def test_clusters_hold_each_council_once_the_largest_first(have, number):
    table = CLUSTERS.check(peers.clusters(chapters(**have), number))
    assert sorted(table["council"]) == sorted(have)
    assert sorted(table["place"]) == [*range(1, len(have) + 1)]
    sizes = table.groupby("cluster").size()
    assert sizes.index.tolist() == [*range(1, len(sizes) + 1)]
    assert len(sizes) <= number
    assert sizes.is_monotonic_decreasing
    assert (table["size"] == table["cluster"].map(sizes)).all()


def test_nearest_ranks_the_others_with_their_neighbourhood_and_platform():
    table = peers.nearest(
        chapters(Milton_Keynes="abc", Bedford="abd", Kent="abc", Northwick="x"),
        "Milton Keynes",
        standing(Kent="trixonline", Bedford="proceduresonline"),
    )
    NEAREST.check(table)
    assert table["other"].tolist() == ["Kent", "Bedford", "Northwick"]
    assert set(table["council"]) == {"Milton Keynes"}
    assert table["likeness"].tolist() == [1.0, 0.5, 0.0]
    assert table[["only_here", "only_there"]].values.tolist() == [[0, 0], [1, 1], [3, 1]]
    assert table["platform"].fillna("-").tolist() == ["trixonline", "proceduresonline", "-"]
    assert table["neighbour"].fillna(0).tolist() == [8, 1, 0]


def test_equally_near_ones_share_a_rank():
    table = peers.nearest(chapters(A="ab", B="ac", C="bc", D="ab"), "A")
    assert table[["other", "rank"]].values.tolist() == [["D", 1], ["B", 2], ["C", 2]]


def test_a_chapter_of_several_topics_counts_in_each():
    table = chapters(A="pq", B="r").assign(also_topic=["s", None, "p"])
    assert peers.likeness(table)[["shared", "only_council", "only_other"]].values.tolist() == [[1, 2, 1]]


@pytest.mark.parametrize("measure", [peers.nearest, peers.presets])
def test_a_council_that_is_not_here_is_named(measure):
    with pytest.raises(TableError, match="no chapters of 'Kent'; councils here: A, B"):
        measure(chapters(A="a", B="b"), "Kent")


def test_clusters_find_what_stands_together_and_say_how_alike_it_is():
    have = chapters(A="abcd", P="wxyz", B="abce", Q="wxyv", C="abcf")
    table = peers.clusters(have, 2, standing(A="trixonline"))
    assert table.groupby("cluster")["council"].apply(set).tolist() == [{"A", "B", "C"}, {"P", "Q"}]
    assert table["within"].round(3).tolist() == [0.6] * 5
    assert table["without"].tolist() == [0.0] * 5
    assert table.set_index("council")["platform"].dropna().to_dict() == {"A": "trixonline"}
    with pytest.raises(TableError, match="the number of clusters must be at least 1, not 0"):
        peers.clusters(have, 0)


def test_what_the_platform_explains_is_the_share_of_the_variance():
    have = chapters(A="abcd", B="abce", P="abwx", Q="wxyz", N="ab")
    where = standing(A="one", B="one", P="two", Q="two")
    table = EXPLAINED.check(peers.explained(have, where))
    assert table[["platforms", "pairs"]].values.tolist() == [["the same", 2], ["different", 4], ["not known", 4]]
    same, other = [3 / 5, 2 / 6], [2 / 6, 0, 2 / 6, 0]
    assert table["mean"].iloc[:2].tolist() == pytest.approx([np.mean(same), np.mean(other)])
    whole = np.array([*same, *other])
    groups = np.array([np.mean(same)] * 2 + [np.mean(other)] * 4)
    part = ((groups - whole.mean()) ** 2).sum() / ((whole - whole.mean()) ** 2).sum()
    assert table["explained"].iloc[:2].tolist() == pytest.approx([part] * 2)
    assert table["explained"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("where", [standing(), standing(A="one", B="one"), standing(A="one", B="two")])
def test_where_there_is_only_one_kind_of_pair_nothing_is_explained(where):
    table = peers.explained(chapters(A="ab", B="bc", C="cd"), where)
    assert table["explained"].isna().all()
    assert table["pairs"].sum() == 3


def test_platforms_are_told_by_the_newest_address_or_the_directory():
    manuals = pd.DataFrame(
        [
            ("Kent", "2020-01", "https://kentchildcare.proceduresonline.com/contents.html"),
            ("Kent", "2024-01", "https://web.archive.org/web/20240101000000/https://kentcs.trixonline.co.uk/contents"),
            ("Bristol", None, "copied as text"),
            ("Northwick", None, "https://eviltrixonline.co.uk/"),
        ],
        columns=["council", "edition", "source"],
    )
    table = PLATFORMS.check(peers.platforms(manuals))
    assert table.fillna("-").values.tolist() == [
        ["Kent", "trixonline", "address"],
        ["Bristol", "trixonline", "directory"],
        ["Northwick", "-", "-"],
    ]


def test_presets_say_who_is_here_and_who_is_not():
    kent = [each.neighbour for each in neighbours(directory()["Kent"])]
    have = {"Kent": "abc", kent[2]: "ab", kent[0]: "x", "Medway_Council": "abcd", "Northwick": "q"}
    where = standing(Kent="one", Northwick="one")
    table = PRESETS.check(
        peers.presets(chapters(**have), "Kent", where, {"mine": ["Northwick", "Kent", "Leeds"], "all": ["Leeds"]})
    ).set_index("preset")
    first = table.iloc[0]
    assert (table.index[0], first["councils"], first["here"], first["of"]) == (
        "statistical neighbours",
        f"{kent[0]}; {kent[2]}",
        2,
        10,
    )
    assert first["missing"].split("; ") == [kent[1], *kent[3:]]
    assert "Medway Council" in table.loc["same region", "councils"]
    assert table.loc["same region", "of"] == 18
    assert table.loc["same kind", "of"] == 20
    assert table.loc["most similar manuals", "councils"].split("; ")[:2] == ["Medway Council", kent[2]]
    assert table.loc["same platform", "councils"] == "Northwick"
    assert table.loc["mine", ["councils", "missing", "of"]].tolist() == ["Northwick", "Leeds", 2]
    assert table["here"].tolist()[-2:] == [0, 4]  # a list called "all", and all


def test_a_council_that_the_directory_does_not_know_has_no_neighbours():
    table = peers.presets(chapters(Northwick="ab", Ayle="bc"), "Northwick")
    assert table["preset"].tolist() == ["most similar manuals", "all"]


def test_on_the_demonstration_library(root):
    library = pm.open_library(root / "data/demonstration")
    topics = pm.topics(newest(library.entries))
    assert peers.likeness(topics)["likeness"].between(0.4, 0.95).all()
    assert peers.platforms(library.manuals)["platform"].isna().all()


HERE = ["Milton Keynes", "Bedford", "Medway Council", "Kent", "Northwick"]


@pytest.mark.parametrize(
    ("whom", "councils"),
    [
        ("Statistical neighbours", ["Bedford", "Kent"]),
        (["same region"], ["Medway Council", "Kent"]),
        ("same kind", ["Medway Council", "Bedford"]),
        ("same platform", ["Bedford", "Kent"]),
        ("most similar manuals", ["Kent", "Bedford", "Medway Council", "Northwick"]),
        ("all", ["Bedford", "Kent", "Medway Council", "Northwick"]),
        ("coast", ["Medway Council", "Kent"]),
        (["NORTHWICK", "Medway", "same region", "kent county council"], ["Northwick", "Medway Council", "Kent"]),
        ("E10000016", ["Kent"]),
    ],
)
def test_a_choice_means_these_councils_each_once(whom, councils):
    have = chapters(Milton_Keynes="abc", Bedford="abd", Medway_Council="ax", Kent="abc", Northwick="y")
    lists = {"coast": ["Medway", "Kent", "Torbay"]}
    found = peers.chosen(whom, "Milton Keynes", HERE, chapters=lambda: have, lists=lists)
    assert sorted(found.councils) == sorted(councils)
    assert found.councils[0] == councils[0]
    assert ("Torbay" in found.missing) == (whom in ("coast", "same kind"))


@pytest.mark.parametrize(
    ("whom", "own", "message"),
    [
        ("Nortwick", None, "Nortwick: no council has this name, here or in the directory. Did you mean Northwick"),
        ("same regoin", "Kent", "same regoin: .* Did you mean same region?"),
        ("coats", "Kent", "coats: .* Did you mean coast?"),
        ("Torbay", "Kent", 'Torbay: its manual is not here; to fetch it: python -m procman add "Torbay"'),
        ("Cheshire", "Kent", "Cheshire: it is now Cheshire East and Cheshire West and Chester: choose one"),
        ("same region", None, "same region: first say which council is yours"),
        ("same region", "Northwick", "same region: Northwick is not in the directory of councils"),
        ("statistical neighbours", "Kent", "statistical neighbours: none of these 10 councils is here"),
        ("same platform", "Northwick", "same platform: no council here fits"),
        ("", "Kent", r"\(no name\): no council"),
    ],
)
def test_whom_a_choice_cannot_mean_is_one_clear_line(whom, own, message):
    with pytest.raises(ProcmanError, match=message) as error:
        peers.chosen([whom], own, ["Kent", "Northwick"], lists={"coast": ["Torbay"]})
    assert "\n" not in str(error.value)


def test_gaps_are_counted_among_the_peers_alone(root):
    entries = pd.DataFrame(
        [("Kent", "Consent"), ("Medway", "Private Fostering"), ("Leeds", "Private Fostering"), ("Leeds", "Complaints")],
        columns=["council", "title"],
    )
    counted = ["topic_title", "councils", "of", "which"]
    assert len(pm.gaps(entries, "Kent")) == 2
    table = pm.gaps(entries, "Kent", peers="same region")
    assert table[counted].values.tolist() == [["Private fostering", 1, 1, "Medway"]]
    assert pm.gaps(entries, "Kent", peers=["Leeds", "medway"])["of"].tolist() == [2, 2]
    with pytest.raises(ProcmanError, match="Did you mean Leeds"):
        pm.gaps(entries, "Kent", peers=["Leedds"])
