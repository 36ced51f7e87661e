"""Topics of many manuals agree with alignment, are stable, and are never chains of titles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import procman
from procman.files import DATA
from procman.library.decisions import COLUMNS, in_force, record_decision
from procman.matching.alignment import align
from procman.matching.chapters import SURE, moves, read_chapters, titles_topics
from procman.matching.concepts import sector
from procman.matching.topics import topics

NONE = pd.DataFrame(columns=list(COLUMNS), dtype="str")
TITLES = st.lists(st.one_of(st.sampled_from(sorted(sector().names)), st.text(max_size=40)), max_size=10)
CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def manual(council: str, *names: str) -> pd.DataFrame:
    return pd.DataFrame({"council": council, "title": pd.Series(names, dtype="str")})


def ids(table: pd.DataFrame) -> list[set[str]]:
    also = table["also_topic"].fillna("").str.split()
    return [{topic, *more} for topic, more in zip(table["topic"], also, strict=True)]


def shared(left: pd.DataFrame, right: pd.DataFrame) -> set[tuple[int, int]]:
    return {(i, j) for i, a in enumerate(ids(left)) for j, b in enumerate(ids(right)) if a & b}


@pytest.fixture(scope="module")
def seeds() -> pd.DataFrame:
    pages = [path for path in sorted((DATA / "manuals").rglob("contents.*")) if path.suffix == ".txt"]
    return pd.concat([procman.read_manual(page).entries for page in pages[:2]], ignore_index=True)


def test_rows_are_the_chapters_in_their_order(seeds: pd.DataFrame) -> None:
    table = topics(seeds, decisions=NONE)
    chapters = seeds[seeds["kind"] == "chapter"]
    assert table["title"].tolist() == chapters["title"].tolist()
    assert [*seeds.columns, "topic", "topic_title", "also_topic", "local"] == list(table.columns)
    assert table["topic"].notna().all()
    assert table["topic_title"].notna().all()


def test_chapters_of_one_topic_match_on_the_manuals(seeds: pd.DataFrame) -> None:
    left, right = (part.reset_index(drop=True) for _, part in seeds.groupby("council"))
    matches = align(left, right, decisions=NONE)
    found = set(zip(matches["left_position"], matches["right_position"], strict=True))
    one, two = topics(left, decisions=NONE), topics(right, decisions=NONE)
    positions = {(one["position"].iloc[i], two["position"].iloc[j]) for i, j in shared(one, two)}
    assert positions <= found


@CALM
@given(TITLES, TITLES, st.sampled_from([0.2, 0.5, 0.8, 0.99]))
def test_chapters_of_one_topic_match(left: list[str], right: list[str], confidence: float) -> None:
    """The reverse is not promised: two titles side by side may say what one alone does not."""
    one, two = manual("A", *left), manual("B", *right)
    matches = align(one, two, confidence, decisions=NONE)
    together = topics(pd.concat([one, two], ignore_index=True), confidence, decisions=NONE)
    # Blank titles are no chapters: compare by position among those that are.
    a, b = together[together["council"] == "A"], together[together["council"] == "B"]
    rows = {(int(a.index[i]) + 1, int(b.index[j]) + 1 - len(left)) for i, j in shared(a, b)}
    assert rows <= set(zip(matches["left_position"], matches["right_position"], strict=True))


def test_a_possible_match_joins_no_topics() -> None:
    left, right = manual("A", "Kitchen Garden Rules"), manual("B", "Kitchen Gardens Rulebook")
    assert len(align(left, right, 0.2, decisions=NONE)) == 1
    assert topics(pd.concat([left, right]), 0.2, decisions=NONE)["topic"].nunique() == 2


def test_topics_are_no_chains() -> None:
    """Titles each like the next, the first and the last unlike, are one topic only where each is a wording of it."""
    names = [
        "Transfer of Cases", "Transfer of Cases and Records", "Transfer and Retention of Records", "Retention of Records",
        "Retention of Records and Access", "Access to Records",
    ]  # fmt: skip
    table = topics(manual("A", *names), decisions=NONE)
    assert table["topic"].iloc[0] != table["topic"].iloc[-1]
    for topic, group in table.groupby("topic"):
        assert topic.startswith("title:") or all(
            topic in ids for ids in map(set, titles_topics(group["title"].tolist()))
        )


@CALM
@given(TITLES, TITLES, TITLES)
def test_ids_stay_when_a_manual_is_added(one: list[str], two: list[str], three: list[str]) -> None:
    before = pd.concat([manual("B", *one), manual("C", *two)], ignore_index=True)
    after = pd.concat([before, manual("A", *three)], ignore_index=True)
    kept = topics(after, decisions=NONE)
    assert topics(before, decisions=NONE)["topic"].tolist() == kept.loc[kept["council"] != "A", "topic"].tolist()


@CALM
@given(TITLES, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(names: list[str], random: object) -> None:
    table = manual("A", *names)
    order = list(range(len(names)))
    random.shuffle(order)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(
        topics(table, decisions=NONE), topics(table.iloc[order], decisions=NONE).sort_index(), check_dtype=False
    )


def test_a_chapter_of_one_council_is_local() -> None:
    table = topics(
        pd.concat([manual("A", "Staying Put", "Harbour Swimming"), manual("B", "Staying Put Policy")]), decisions=NONE
    )
    assert table["local"].tolist() == [False, True, False]
    assert table["topic_title"].tolist() == ["Staying put", "Harbour Swimming", "Staying put"]


def test_a_topic_without_a_name_has_its_commonest_title() -> None:
    titles = ["The Harbour Swimming Policy", "Harbour Swimming", "Swimming, Harbour", "Swimming, Harbour"]
    table = topics(manual("A", *titles), decisions=NONE)
    assert table["topic"].unique().tolist() == ["title:harbour-swimming"]
    assert table["topic_title"].unique().tolist() == ["Swimming, Harbour"]


def test_two_chapters_of_a_council_share_a_topic_only_if_one_procedure(seeds: pd.DataFrame) -> None:
    table = topics(seeds, decisions=NONE)
    twice = table.groupby(["council", "topic"])["title"].agg(list)
    listed = {tuple(names) for names in twice if len(names) > 1}
    known = [
        "Staying Put", "Exemptions and Extensions", "Early Permanence", "Child Protection Conferences",
    ]  # fmt: skip
    assert all(any(word in " ".join(names) for word in known) for names in listed), listed


def test_a_joint_chapter_has_both_topics() -> None:
    table = topics(manual("A", "Fostering and Adoption Panel", "Fostering Panel", "Adoption Panel"), decisions=NONE)
    joint, fostering, adoption = ids(table)
    assert joint == fostering | adoption
    assert not fostering & adoption


def test_decisions_beat_the_score(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    record_decision("accepted", "Harbour Swimming", "Overnight Stays", "One chapter here", path=path)
    decisions = record_decision("rejected", "Staying Put", "Staying Put Policy", "Policy is for staff", path=path)
    left, right = (
        manual("A", "Harbour Swimming", "Staying Put"),
        manual("B", "Sleepovers", "Overnight Stays", "Staying Put Policy"),
    )
    table = topics(pd.concat([left, right]), decisions=decisions).set_index("title")["topic"]
    assert table["Harbour Swimming"] == table["Overnight Stays"] == table["Sleepovers"]
    assert table["Staying Put"] != table["Staying Put Policy"]
    matches = align(left, right, decisions=decisions).set_index("right_title")
    assert matches.loc["Overnight Stays", "level"] == "decision"
    assert "One chapter here" in matches.loc["Overnight Stays", "why"]
    assert "Staying Put Policy" not in matches.index


@CALM
@given(TITLES, TITLES, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=6))
def test_chapters_of_one_topic_match_whatever_was_decided(
    left: list[str], right: list[str], said: list[tuple[int, int, bool]]
) -> None:
    rows = [
        ("2026-01-01", "accepted" if yes else "rejected", "", left[a], "", right[b], "why")
        for a, b, yes in said
        if a < len(left) and b < len(right) and left[a].strip() and right[b].strip()
    ]
    decisions = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    one, two = manual("A", *left), manual("B", *right)
    matches = align(one, two, decisions=decisions)
    a, b = topics(one, decisions=decisions), topics(two, decisions=decisions)
    found = {(int(a.index[i]) + 1, int(b.index[j]) + 1) for i, j in shared(a, b)}
    assert found <= set(zip(matches["left_position"], matches["right_position"], strict=True))


@pytest.mark.parametrize("entries", [manual("A"), pd.DataFrame({"title": pd.Series([], dtype="str")})])
def test_nothing_in_nothing_out(entries: pd.DataFrame) -> None:
    assert topics(entries, decisions=NONE).empty


def test_chapters_are_rows_of_that_kind_with_a_title_each_as_it_stands() -> None:
    entries = pd.DataFrame({
        "kind": ["chapter", "chapter", "section", None, "chapter", "chapter"],
        "title": ["Consent", " ", "Staying Put", "Staying Put", "Pets", None],
        "number": ["1.1", "1.2", None, None, None, "1.3"],
        "council": ["A", "A", "A", "A", None, "A"],
        "publisher": [None, None, None, None, "Harbour Board", None],
        "section": ["Care", None, None, None, "Homes", None],
    })  # fmt: skip
    consent, pets = read_chapters(entries)
    assert (consent.position, consent.number, consent.title, consent.council, consent.section) == (
        1,
        "1.1",
        "Consent",
        "A",
        "Care",
    )
    assert (pets.position, pets.number, pets.council, pets.section, pets.edition, pets.href) == (
        5,
        None,
        "",
        "Homes",
        "",
        "",
    )
    assert (consent.named, consent.own) == (("capacity-and-consent",), "title:consent")
    assert pets.own == "title:board-harbour-pet"
    assert read_chapters(entries.assign(position=range(9, 3, -1)))[1].position == 5
    table = topics(entries, decisions=NONE)
    assert table.index.tolist() == [0, 4]
    assert list(table.columns) == [*entries.columns, "topic", "topic_title", "also_topic", "local"]


def test_a_title_says_its_topic_where_it_is_near_enough_and_sure_enough() -> None:
    (chapter,) = read_chapters(pd.DataFrame({"title": ["Pets"]}))
    for likeness, score, confidence, sure in (
        *((SURE, 0.6, 0.6, True), (SURE - 0.001, 0.6, 0.6, False), (SURE, 0.6, 0.601, False), (1.0, 0.9, 0.6, True)),
    ):
        read = replace(chapter, reading=replace(chapter.reading, likeness=likeness), score=score)
        assert read.topics(confidence) == (chapter.named if sure else ("title:pet",))
    assert replace(chapter, named=()).topics(0) == ("title:pet",)
    assert titles_topics(["Pets", "Reviewing Plans", "Fostering and Adoption Panel"])[2] == (
        "adoption-panel",
        "fostering-panel",
    )


@pytest.mark.parametrize(
    ("decisions", "moved"),
    [
        # Accepted: both are of the topic of the one that is read more surely, of equals the first council's.
        (["+ ,Kite Club|,Overnight Stays"], {",kite club": "overnight", ",overnight stays": "overnight"}),
        (["+ A,Overnight Stays|B,Kite Club"], {"A,overnight stays": "overnight", "B,kite club": "overnight"}),
        (["+ B,Consent|A,Overnight Stays"], {"A,overnight stays": "overnight", "B,consent": "overnight"}),
        (["+ B,Kite Club|A,Bee Keeping"], {"A,bee keeping": "title:bee-keeping", "B,kite club": "title:bee-keeping"}),
        (
            ["+ A,Kite Club|B,Bee Keeping", "+ B,Bee Keeping|C,Overnight Stays"],
            {"A,kite club": "overnight", "B,bee keeping": "overnight", "C,overnight stays": "overnight"},
        ),
        # Rejected: the one that is read less surely, or the last, goes to a topic of its own.
        (
            ["- A,Pets and Animals at Home|B,Pets"],
            {"A,pets and animals at home": "title:home-pet"},
        ),
        (["- A,Staying Put|B,Staying Put"], {"B,staying put": "title:put-staying"}),
        (["- A,Kite Club|B,Kite Club"], {"B,kite club": "title:club-kite--b"}),
        (["- ,Kite Club|,Club, Kites"], {",kite club": "title:club-kite--apart"}),
        (["- A,Staying Put|B,Overnight Stays"], {}),  # no topic in common
        # Both: what was accepted keeps the two together.
        (
            ["+ A,Kite Club|B,Overnight Stays", "+ B,Overnight Stays|C,Bee Keeping", "- A,Kite Club|C,Bee Keeping"],
            {"A,kite club": "overnight", "B,overnight stays": "overnight", "C,bee keeping": "overnight"},
        ),
    ],
)
def test_where_a_decision_puts_a_chapter(decisions: list[str], moved: dict[str, str]) -> None:
    topic = {"overnight": "social-visits-and-overnight-stays", "consent": "capacity-and-consent"}
    rows = [
        (f"2026-01-{day:02}", {"+": "accepted", "-": "rejected"}[said[0]], *(cell for side in said[2:].split("|") for cell in side.split(",", 1)), "why")
        for day, said in enumerate(decisions, 1)
    ]  # fmt: skip
    found = moves(in_force(pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")), 0.7)
    assert {f"{side.council},{side.title}": topics for side, topics in found.items()} == {
        side: (topic.get(name, name),) for side, name in moved.items()
    }
