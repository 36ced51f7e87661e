"""Measures calculated again in another way: with plain loops over titles and topics, without tables."""

from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library, topics
from procman.errors import TableError
from procman.measures import TABLES, novelty, pairs, peers, sensitivity, structure
from procman.words import plain

lists = st.dictionaries(
    st.sampled_from("ABCDE"), st.lists(st.sampled_from("pqrstuvw"), min_size=1, max_size=9), min_size=1
)
sizes = st.lists(st.integers(0, 60), max_size=12)


def chapters_of(have):
    """A table of chapters: council to topics, in page order."""
    rows = [(council, at, topic, topic) for council, listed in have.items() for at, topic in enumerate(listed, 1)]
    return pd.DataFrame(rows, columns=["council", "position", "topic", "topic_title"])


@pytest.fixture(scope="module")
def seeds(root):
    """The entries, the chapters, and {council: its topics in page order}, by a loop."""
    entries = open_library(root / "data/manuals").entries
    chapters = topics(entries)
    have = {}
    for row in chapters.itertuples():
        also = row.also_topic.split() if isinstance(row.also_topic, str) else []
        have.setdefault(row.council, []).extend([row.topic, *also])
    return SimpleNamespace(entries=entries, chapters=chapters, have=have)


def check_likeness(chapters, have):
    for row in TABLES["likeness of manuals"].check(peers.likeness(chapters)).itertuples():
        one, other = set(have[row.council]), set(have[row.other])
        both = [topic for topic in one if topic in other]
        assert row.likeness == pytest.approx(len(both) / len(one | other))
        assert row.overlap == pytest.approx(len(both) / min(len(one), len(other)))


def check_order(chapters, have):
    for council in have:
        table = TABLES["order of shared topics"].check(pairs.order(chapters, council))
        assert sorted(table["other"]) == sorted(set(have) - {council})
        for row in table.itertuples():
            one, other = have[council], have[row.other]
            both = [topic for topic in dict.fromkeys(one) if topic in other]
            assert row.shared == len(both)
            signs = [
                1 if (one.index(p) < one.index(q)) == (other.index(p) < other.index(q)) else -1
                for p, q in combinations(both, 2)
            ]
            assert row.tau == pytest.approx(sum(signs) / len(signs)) if signs else pd.isna(row.tau)


def check_novelty(chapters, have):
    for row in TABLES["gaps and novelty"].check(novelty.novelty(chapters)).itertuples():
        mine, others = set(have[row.council]), [set(have[other]) for other in have if other != row.council]
        everything = set().union(*others)
        weight = {topic: sum(topic in other for other in others) / len(others) for topic in everything}
        assert (row.topics, row.gaps, row.of) == (len(mine), len(everything - mine), len(others))
        if not others:
            assert pd.isna(row.novelty)
            assert pd.isna(row.weighted_share)
            continue
        weighted = sum(weight[topic] for topic in everything if topic not in mine)
        assert row.weighted_gaps == pytest.approx(weighted)
        assert row.weighted_share == pytest.approx(weighted / sum(weight.values()))
        assert row.novelty == pytest.approx(sum(1 - weight.get(topic, 0) for topic in mine) / len(mine))


@settings(max_examples=60, deadline=None)
@given(lists)
def test_likeness_order_and_novelty_by_loops(have):
    for check in (check_likeness, check_order, check_novelty):
        check(chapters_of(have), have)


def test_likeness_order_and_novelty_of_the_seeds_by_loops(seeds):
    for check in (check_likeness, check_order, check_novelty):
        check(seeds.chapters, seeds.have)


def test_the_order_of_a_stranger_is_refused(seeds):
    with pytest.raises(TableError, match="no chapters of 'Deeside'"):
        pairs.order(seeds.chapters, "Deeside")


@settings(max_examples=100, deadline=None)
@given(sizes)
def test_concentration_is_half_the_mean_difference_out_of_the_mean(counts):
    held = [count for count in counts if count]
    found = structure.concentration(counts)
    if len(held) < 2:
        assert pd.isna(found)
        return
    differences = [abs(one - other) for one in held for other in held]
    mean = sum(held) / len(held)
    assert found == pytest.approx(sum(differences) / len(differences) / (2 * mean))
    assert found + 1e-12 >= 0
    assert found <= 1 - 1 / len(held) + 1e-12


def test_concentration_and_distinct_titles_of_the_seeds_from_the_text(seeds):
    table = structure.outline(seeds.entries).set_index("council")
    # Sections of 25, 7, 13, 44, 35 and 4 chapters, as counted on the page; one chapter stands outside.
    counts = [4, 7, 13, 25, 35, 44]
    by_hand = sum(abs(one - other) for one, other in combinations(counts, 2)) / (len(counts) * sum(counts))
    assert table.loc["Oxfordshire", "concentration"] == pytest.approx(by_hand)
    for council, row in table.iterrows():
        titles = [
            plain(entry.title)
            for entry in seeds.entries.itertuples()
            if entry.council == council and entry.kind == "chapter"
        ]
        assert row["chapters"] == len(titles)
        assert row["distinct_titles"] == len(set(titles))
    # "Child Protection Conferences" stands there twice.
    assert table.loc["Oxfordshire", "distinct_titles"] < table.loc["Oxfordshire", "chapters"]


def test_results_at_three_confidences_by_loops(seeds):
    table = TABLES["results by confidence"].check(sensitivity.at_confidences(seeds.entries))
    assert len(table) == 3
    for row in table.itertuples():
        has, shared = {}, 0
        chapters = list(topics(seeds.entries, row.confidence).itertuples())
        own = [
            [chapter.topic, *(chapter.also_topic.split() if isinstance(chapter.also_topic, str) else [])]
            for chapter in chapters
        ]
        for chapter, several in zip(chapters, own, strict=True):
            for topic in several:
                has.setdefault(topic, set()).add(chapter.council)
        shared = sum(any(len(has[topic]) > 1 for topic in several) for several in own)
        assert (row.topics, row.in_all, row.only_here) == (
            len(has), sum(len(some) == 2 for some in has.values()), sum(len(some) == 1 for some in has.values()),
        )  # fmt: skip
        assert (row.chapters, row.shared_chapters) == (len(chapters), shared)
        assert row.share == pytest.approx(shared / len(chapters))


def test_no_chapter_has_no_result_at_any_confidence(seeds):
    table = sensitivity.at_confidences(seeds.entries[:0], [0.5])
    assert table["chapters"].tolist() == [0]
    assert table["share"].isna().all()
