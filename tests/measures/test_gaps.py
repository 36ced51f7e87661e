"""Gaps: what is missing, what only seems to be missing, and what is not a procedure."""

from __future__ import annotations

import pandas as pd
import pytest

import procman as pm
from procman.errors import TableError
from procman.measures import coverage
from procman.measures.duties import audit
from procman.measures.gaps import GAPS, INSIDE, LISTED, NOT_FOUND, POSSIBLE, about_the_manual, by_council, gaps, wide

MINE = [
    "Special Guardianship Orders: Assessment and Support",
    "Unaccompanied Children and Child Victims of Trafficking",
    "Consent",
]
AYLE = ["Trafficking", "Private Fostering", "Consent", "Amendments", "Local Contacts"]
BEERE = ["Private Fostering", "Staying Put", "Glossary", "How to use this manual"]


@pytest.fixture
def entries():
    pages = {"Northwick": MINE, "Ayle": AYLE, "Beere": BEERE}
    rows = [(council, f"1.{at}", title) for council, titles in pages.items() for at, title in enumerate(titles, 1)]
    return pd.DataFrame(rows, columns=["council", "number", "title"]).assign(edition=None, kind="chapter")


@pytest.fixture
def nothing_decided():
    return pm.read_decisions("nowhere/decisions.csv")


def test_each_missing_topic_has_a_tier_and_the_nearest_chapter(entries, nothing_decided):
    table = GAPS.check(gaps(entries, "Northwick", decisions=nothing_decided)).set_index("topic_title")
    assert table["tier"].to_dict() == {"Private fostering": NOT_FOUND, "Trafficking": INSIDE, "Staying put": NOT_FOUND}
    assert table["councils"].tolist() == [2, 1, 1]
    assert table["of"].unique().tolist() == [2]
    assert table.loc["Trafficking", ["nearest_number", "nearest_title"]].tolist() == ["1.2", MINE[1]]
    assert table.loc["Private fostering", ["which", "share"]].tolist() == ["Ayle; Beere", 1.0]


def test_chapters_about_the_manual_itself_are_left_out(entries, nothing_decided):
    said = gaps(entries, "Northwick", decisions=nothing_decided)["topic_title"].str.casefold().tolist()
    assert not {"amendments", "contact list", "local contacts", "glossary"} & set(said)
    titles = pd.Series(["Amendments", "Glossary", "Contact with Parents", "User Guide", None])
    assert about_the_manual(titles).tolist() == [True, True, False, True, False]


def test_a_decision_moves_a_topic_at_once(entries, tmp_path):
    file = tmp_path / "decisions.csv"
    accepted = pm.record_decision("accepted", MINE[1], "Trafficking", "part of it", path=file)
    assert "Trafficking" not in gaps(entries, "Northwick", decisions=accepted)["topic_title"].tolist()


def test_a_possible_match_is_called_that(nothing_decided):
    possible = pm.review(
        left := pd.DataFrame({"title": ["Harbour Swimming Trips"]}),
        right := pd.DataFrame({"title": ["Swimming in the Harbour"]}),
        confidence=1.0,
        decisions=nothing_decided,
    )
    assert len(possible) == 1
    both = pd.concat([left.assign(council="Northwick"), right.assign(council="Ayle")], ignore_index=True)
    (row,) = gaps(both, "Northwick", decisions=nothing_decided).to_dict("records")
    assert row["tier"] == POSSIBLE
    assert row["nearest_title"] == "Harbour Swimming Trips"
    assert row["nearest_score"] == pytest.approx(possible["score"].iloc[0])


def test_the_long_and_the_wide_form_name_every_council_s_chapters(entries, nothing_decided):
    chapters = pm.topics(entries, decisions=nothing_decided)
    missing = gaps(entries, "Northwick", decisions=nothing_decided, chapters=chapters)
    rows = LISTED.check(by_council(missing, chapters))
    assert rows.loc[rows["topic_title"] == "Private fostering", ["council", "number"]].values.tolist() == [
        ["Ayle", "1.2"],
        ["Beere", "1.1"],
    ]
    across = wide(missing, chapters).set_index("topic_title")
    assert across.loc["Private fostering", ["Ayle", "Beere"]].tolist() == [
        "1.2 Private Fostering",
        "1.1 Private Fostering",
    ]
    assert pd.isna(across.loc["Staying put", "Ayle"])


def test_every_topic_of_the_others_is_mine_or_a_gap_or_about_the_manual(root):
    entries = pm.open_library(root / "data/manuals").entries
    chapters = pm.topics(entries)
    for council in ("Milton Keynes", "Oxfordshire"):
        missing = gaps(entries, council, chapters=chapters)
        simply = coverage.gaps(chapters, council)
        assert set(missing["topic"]) == set(simply.loc[~about_the_manual(simply["topic_title"]), "topic"])


def test_a_council_that_is_not_there_is_named(entries):
    with pytest.raises(TableError, match="no chapters of 'Atlantis'; councils here: Northwick, Ayle, Beere"):
        gaps(entries, "Atlantis")


def test_with_one_council_there_is_nothing_to_miss(entries):
    assert gaps(entries[entries["council"] == "Northwick"], "Northwick").empty


def test_a_gap_says_what_law_or_guidance_expects_and_the_page_does_not_show(entries, nothing_decided):
    table = gaps(entries, "Northwick", decisions=nothing_decided).set_index("topic_title")
    assert table.loc["Private fostering", "expected"] == "statutory guidance: Private fostering"
    assert table.loc["Staying put", "expected"] == "duty to act: Staying put (not verified)"
    assert pd.isna(table.loc["Trafficking", "expected"])  # a chapter of its own has it in its title
    mine = pd.DataFrame(
        {"council": ["Northwick"], "number": ["1.9"], "title": ["Staying Put Finance"], "kind": ["chapter"]}
    )
    with_it = gaps(pd.concat([entries, mine], ignore_index=True), "Northwick", decisions=nothing_decided)
    assert "duty to act: Staying put (not verified)" not in with_it["expected"].tolist()


def test_what_may_be_on_an_expected_topic_is_a_possible_match_and_so_for_both_tables(entries, nothing_decided):
    mine = pd.DataFrame(
        {"council": ["Northwick"], "number": ["1.8"], "title": ["Post 18 Support"], "kind": ["chapter"]}
    )
    whole = pd.concat([entries, mine], ignore_index=True).assign(edition=None, position=range(1, len(entries) + 2))
    whole = whole.assign(note=None, href=None, publisher=None)
    row = gaps(whole, "Northwick", decisions=nothing_decided).set_index("topic_title").loc["Staying put"]
    duty = audit(whole).query("council == 'Northwick' and topic == 'Staying put'").iloc[0]
    assert (row["tier"], duty["state"]) == (POSSIBLE, "possible match")
    assert row["nearest_title"] == duty["title"] == "Post 18 Support"
    assert row["nearest_why"] == "For “Staying put”: a chapter's title has 'post 18', which is near."
    assert pd.isna(row["nearest_score"])
    said = {"date": "2026-01-05", "decision": "rejected", "left_council": "Northwick", "left_title": "Post 18 Support"}
    said |= {"right_council": "", "right_title": "Staying Put", "reason": ""}
    after = gaps(whole, "Northwick", decisions=pd.DataFrame([said])).set_index("topic_title")
    assert after.loc["Staying put", "tier"] == NOT_FOUND  # a person said so
    heading = whole.assign(kind=whole["kind"].mask(whole["title"] == "Post 18 Support", "section"))
    assert (
        gaps(heading, "Northwick", decisions=nothing_decided).set_index("topic_title").loc["Staying put", "tier"]
        == NOT_FOUND
    )
