"""Decisions in the rows of missing topics: each moves its topic at once, and can be undone."""

from __future__ import annotations

import pandas as pd
import pytest

import procman as pm
from procman.errors import TableError
from procman.files import write_whole
from procman.library import decisions as decisions_file
from procman.panels import CoveragePanel
from procman.panels.deciding import Titled
from procman.reading.manual import read_manual

NORTHWICK = b"1. All\n\n1.1 Allegations Against Staff, Carers and Volunteers\n1.2 Bullying\n"
AYLE = b"1. All\n\n1.1 Allegations Against Foster Carers\n1.2 Private Fostering\n1.3 Bullying\n"
BOURNE = b"1. All\n\n1.1 Allegations against foster carers\n1.2 Private Fostering\n1.3 Bullying\n"


@pytest.fixture
def panel(tmp_path):
    pages = {"Northwick": NORTHWICK, "Ayle": AYLE, "Bourne": BOURNE}
    manuals = [read_manual(page, council) for council, page in pages.items()]
    return CoveragePanel(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path / "exports")


def tiers(panel) -> dict[str, str]:
    return dict(zip(panel.table["topic_title"], panel.table["tier"], strict=True))


def asked(panel) -> list[str]:
    """The topics to which a chapter comes near, on which there are buttons to say whether it is."""
    return [each["row"] for each in panel._table.rows.asked if "Same" in each["buttons"]]


def press(panel, decision: str, topic: str, name: str = "") -> None:
    panel._table.rows._handle_custom_msg({"decide": decision, "on": topic, "name": name}, [])


def test_every_missing_topic_can_be_claimed_and_those_that_a_chapter_comes_near_decided_on(panel):
    rows = panel.table
    near = rows[rows["nearest_title"].notna()]
    assert near["nearest_title"].tolist() == ["Allegations Against Staff, Carers and Volunteers"]
    assert asked(panel) == near["topic"].tolist()
    assert tiers(panel)["Private fostering"] == "not found"
    assert {each["about"]: each["buttons"] for each in panel._table.rows.asked} == {
        "Allegations against foster carers / Allegations Against Staff, Carers and Volunteers": (
            *("Same", "Not the same", "Skip", "We have it"),
        ),
        "Private fostering": ("We have it",),
    }
    assert panel._table.rows.names == ["1.1 Allegations Against Staff, Carers and Volunteers", "1.2 Bullying"]
    panel.view = "coverage_by_section"
    assert panel._table.rows.asked == panel._table.rows.names == []


@pytest.mark.parametrize("said", ["1.2 Bullying", "bullying", "BULL"])
def test_a_missed_match_is_put_right_on_any_row_and_undone(panel, said):
    before = tiers(panel)
    topic = panel.table.set_index("topic_title").loc["Private fostering", "topic"]
    press(panel, "We have it", topic, said)
    assert list(tiers(panel)) == ["Allegations against foster carers"]
    assert panel.message == "“Bullying” is the same as “Private Fostering”. You can undo this."
    decisions = pm.read_decisions(panel.comparison.decisions_file)
    assert set(decisions["decision"]) == {"accepted"}
    assert set(decisions["left_title"]) == {"Bullying"}
    assert {"Private Fostering", "Bullying"} <= set(decisions["right_title"])  # which it is matched with, and stays so
    panel.view = "coverage_matrix"
    assert set(panel.table["council"]) == {"Northwick", "Ayle", "Bourne"}
    panel.view = "gaps"
    panel.undo_button.click()
    assert tiers(panel) == before
    assert pm.read_decisions(panel.comparison.decisions_file).empty


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Say which chapter of Northwick's it is"),
        ("records", "No chapter of Northwick's has “records”"),
        ("1", "2 chapters of Northwick's have “1”: choose one of them"),
    ],
)
def test_words_that_name_no_chapter_are_refused_beside_the_box(panel, said, why, monkeypatch):
    refused = []
    monkeypatch.setattr(panel._table.rows, "send", refused.append)
    topic = panel.table.set_index("topic_title").loc["Private fostering", "topic"]
    press(panel, "We have it", topic, said)
    assert why in panel.message
    assert refused == [{"refused": panel.message}]
    assert len(tiers(panel)) == 2
    assert pm.read_decisions(panel.comparison.decisions_file).empty


def test_a_decision_is_written_once_however_many_titles_it_is_on(panel, monkeypatch):
    written = []
    monkeypatch.setattr(
        decisions_file, "write_whole", lambda path, text: written.append(text) or write_whole(path, text)
    )
    panel.decider.decide("rejected", Titled("Northwick", "Bullying"), [Titled("", "Consent"), Titled("", "Records")])
    assert len(pm.read_decisions(panel.comparison.decisions_file)) == 2
    assert len(written) == 1
    panel.decider.undo()
    assert len(written) == 2
    assert pm.read_decisions(panel.comparison.decisions_file).empty


def test_same_closes_the_gap_and_undo_opens_it_again(panel):
    before, (topic,) = tiers(panel), asked(panel)
    assert panel.undo_button.layout.display == "none"
    press(panel, "Same", topic)
    assert list(tiers(panel)) == ["Private fostering"]
    assert "is the same as" in panel.message
    own = Titled("Northwick", "Allegations Against Staff, Carers and Volunteers")
    titles = ["Allegations Against Foster Carers", "Allegations against foster carers"]
    assert [title for _, title in panel._matched(own)] == titles
    assert [title for _, title in panel._matched(Titled("Northwick", "Bullying"))] == ["Bullying"]
    decisions = pm.read_decisions(panel.comparison.decisions_file)
    assert decisions[["decision", "left_council", "left_title", "right_council"]].values.tolist() == [
        ["accepted", "Northwick", "Allegations Against Staff, Carers and Volunteers", "Ayle"]
    ]
    assert panel.undo_button.layout.display is None
    panel.undo_button.click()
    assert tiers(panel) == before
    assert pm.read_decisions(panel.comparison.decisions_file).empty


def test_not_the_same_makes_the_topic_missing_whoever_lists_it(panel):
    (topic,) = asked(panel)
    press(panel, "Not the same", topic)
    assert set(tiers(panel).values()) == {"not found"}
    assert asked(panel) == []
    decisions = pm.read_decisions(panel.comparison.decisions_file)
    assert decisions["decision"].unique().tolist() == ["rejected"]
    assert decisions["right_council"].unique().tolist() == [""]
    panel.undo()
    assert asked(panel) == [topic]


def test_what_is_skipped_stands_last(panel):
    (topic,) = asked(panel)
    assert panel._table.table["topic"].iloc[-1] != topic or len(panel.table) == 1
    press(panel, "Skip", topic)
    assert panel.message == "“Allegations against foster carers” is not decided. It now comes last."
    assert panel._table.table["topic"].iloc[-1] == topic
    assert "index" not in panel.table
    assert pm.read_decisions(panel.comparison.decisions_file).empty
    panel.view = "coverage_by_section"  # whose rows are no topics
    assert (panel.message, len(panel.table)) == ("", 1)


@pytest.mark.parametrize(
    ("decision", "topic"),
    [("Same", "no such topic"), ("None", "x"), ("__class__", "x"), ("Not the same", ""), ("We have it", "x")],
)
def test_messages_that_no_button_sends_change_nothing(panel, decision, topic):
    before = tiers(panel)
    press(panel, decision, topic)
    assert tiers(panel) == before
    assert pm.read_decisions(panel.comparison.decisions_file).empty


def test_a_topic_that_nothing_comes_near_cannot_be_decided_on(panel):
    topic = panel.table.set_index("topic_title").loc["Private fostering", "topic"]
    with pytest.raises(TableError, match="this topic has no possible match: say which chapter is on it"):
        panel.same(topic)
    panel.view = "coverage_by_section"
    with pytest.raises(TableError, match="nothing left to decide"):
        panel.same(topic)


def test_a_longer_title_that_was_rejected_is_not_found_inside_again():
    titles = ["Special Guardianship Orders: Assessment and Support", "Special Guardianship"]
    entries = pd.DataFrame({"council": ["Northwick", "Ayle"], "title": titles})
    assert pm.gaps(entries, "Northwick")["tier"].tolist() == ["perhaps inside"]
    decision = {
        "decision": "rejected", "left_council": "Ayle", "left_title": titles[1].lower(), "right_council": "Northwick",
        "right_title": titles[0], "date": "2026-01-05", "reason": "",
    }  # fmt: skip
    after = pm.gaps(entries, "Northwick", decisions=pd.DataFrame([decision]))
    assert after["tier"].tolist() == ["not found"]
    others = pd.DataFrame([{**decision, "left_council": "Bourne"}])
    assert pm.gaps(entries, "Northwick", decisions=others)["tier"].tolist() == ["perhaps inside"]


def test_same_never_takes_a_match_away(tmp_path):
    pages = {
        "Northwick": b"1. All\n\n1.1 Assessments\n1.2 Bullying\n",
        "Ayle": b"1. All\n\n1.1 Assessments\n1.2 Local Protocols for Assessment\n1.3 Bullying\n",
    }
    manuals = [read_manual(page, council) for council, page in pages.items()]
    panel = CoveragePanel(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path / "exports")
    assert list(tiers(panel)) == ["Local protocols for assessment"]
    (topic,) = asked(panel)
    press(panel, "Same", topic)
    assert "is the same as" in panel.message
    assert tiers(panel) == {}
    panel.undo()
    assert list(tiers(panel)) == ["Local protocols for assessment"]
    assert pm.read_decisions(panel.comparison.decisions_file).empty


def test_a_chapter_on_a_topic_alone_speaks_for_it_and_a_whole_title_for_itself(tmp_path):
    pages = {
        "Northwick": b"1. All\n\n1.1 Bullying\n1.2 Bullying Online\n1.3 Foster Homes Run by Friends\n",
        "Ayle": b"1. All\n\n1.1 Fostering and Adoption Panel\n",
        "Bourne": b"1. All\n\n1.1 Fostering Panel\n1.2 Adoption Panel\n",
    }
    manuals = [read_manual(page, council) for council, page in pages.items()]
    panel = CoveragePanel(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path / "exports")
    assert panel._own(" bullying ") == panel._own("1.1 Bullying") == "Bullying"
    topics = panel.table.set_index("topic_title")["topic"]
    panel.we_have(topics["Fostering panel"], "1.3")
    assert panel.message == "“Foster Homes Run by Friends” is the same as “Fostering Panel”. You can undo this."
    (row,) = pm.read_decisions(panel.comparison.decisions_file).itertuples()
    assert (row.left_title, row.right_council, row.right_title) == (
        "Foster Homes Run by Friends",
        "Bourne",
        "Fostering Panel",
    )
