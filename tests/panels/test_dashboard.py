"""The dashboard without kernel or browser: what each question shows, and which settings carry over."""

import shutil

import pytest

from procman.errors import TableError
from procman.library.library import add_manual
from procman.panels import Dashboard
from procman.panels.dashboard import ASKED, START

PAGE = "1. All Children\n\n1.1 Consent New\n1.2 Private Fostering\n1.3 Harbour Swimming\n"


@pytest.fixture
def folder(root, tmp_path):
    shutil.copytree(root / "data/manuals", tmp_path / "manuals")
    return tmp_path / "manuals"


@pytest.fixture
def dashboard(folder, tmp_path):
    return Dashboard(folder, exports=tmp_path / "exports")


def test_start_page_lists_manuals_and_questions(dashboard):
    assert dashboard.question == START
    assert dashboard.panel is None
    said = dashboard._there.value
    assert "2 manuals of 2 councils" in said
    assert '<th scope="row">Oxfordshire</th><td class="procman-date">2017-07</td>' in said
    assert f"<h2>{ASKED[0].asks}</h2>" in dashboard._words.value
    assert ASKED[0].asks == "What do our neighbours list that we do not?"


def test_start_page_leads_to_the_answer_and_to_every_question(dashboard):
    dashboard.council.value = "Oxfordshire"
    assert (dashboard.question, dashboard.panel.view, dashboard.panel.focus) == (
        "Gaps and coverage",
        "gaps",
        "Oxfordshire",
    )
    for question in ASKED:
        dashboard.question = START
        dashboard.question_buttons[question.name].click()
        assert (dashboard.question, dashboard.message) == (question.title, "")
    dashboard.question = START
    assert dashboard.council.value == ""
    dashboard.bring_button.click()
    assert dashboard.question == "Add your council"


def test_the_first_answer_is_ready_once_the_page_is_there(folder, tmp_path, monkeypatch):
    dashboard = Dashboard(folder, exports=tmp_path)
    dashboard._address._handle_custom_msg({"asked": ""}, [])
    assert (dashboard.question, dashboard.panel, dashboard.message) == (START, None, "")
    monkeypatch.setattr("procman.matching.topics.topics", None)  # which would be needed
    dashboard.council.value = "Oxfordshire"
    assert (dashboard.message, dashboard.panel.message) == ("", "")
    assert dashboard.panel.focus == "Oxfordshire"
    broken = Dashboard(folder, exports=tmp_path)
    broken._address._handle_custom_msg({"asked": ""}, [])
    assert broken.message == ""
    broken.question = "Gaps and coverage"
    assert broken.message.startswith("Something went wrong")


def test_a_link_opens_the_same_view(dashboard, folder, tmp_path):
    (tmp_path / "page.txt").write_text(PAGE)
    add_manual(tmp_path / "page.txt", "North & East; Wick", edition="2024-06", folder=folder)
    dashboard.question = "Gaps and coverage"
    panel = dashboard.panel
    panel.focus, panel.peers, panel.topics, panel.view = (
        "Oxfordshire",
        ["North & East; Wick"],
        "foster",
        "coverage_matrix",
    )
    panel.statuses, panel.confidence = ["New", "Updated"], 0.7
    link = dashboard.address
    assert link.startswith("question=gaps&view=coverage_matrix&")
    assert "with=North%20%26%20East%3B%20Wick" in link
    other = Dashboard(folder, exports=tmp_path)
    other.follow(link)
    assert other.message == ""
    assert other.choice.value == other.question == "Gaps and coverage"
    assert other.panel.selection == panel.selection
    assert other.address == link
    # What is not in the link is as it begins; what is not there is told, and the rest is shown.
    other.follow("question=duties&council=Kent&with=Oxfordshire&confidence=high&view=nothing")
    assert other.question == "What is expected"
    assert (other.panel.topics, other.panel.confidence, other.panel.councils) == ("", 0.5, ["Oxfordshire"])
    assert "No manual of 'Kent'" in other.message
    assert "'high' cannot be chosen for confidence" in other.message
    other.follow("what-there-is")  # a heading, say
    assert other.question == "What is expected"
    other.follow("council=Oxfordshire&question=")
    assert other.question == START


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.name)
def test_each_question_has_its_panel(dashboard, question):
    dashboard.choice.value = question.title
    assert dashboard.question == question.title
    assert dashboard.message == ""
    assert type(dashboard.panel).__name__ == question.panel
    assert dashboard._place.children == (dashboard.panel.widget,)


def test_a_panel_stays_as_it_was_set(dashboard):
    dashboard.question = "Gaps and coverage"
    panel = dashboard.panel
    panel.focus = "Oxfordshire"
    dashboard.question = START
    dashboard.question = "Gaps and coverage"
    assert dashboard.panel is panel
    assert panel.focus == "Oxfordshire"


def test_a_decision_on_one_page_is_followed_on_another(dashboard, folder):
    dashboard.question = "Gaps and coverage"
    coverage, headline = dashboard.panel, dashboard.panel._headline.value
    dashboard.question = "Align chapters"
    pair = dashboard.panel.matches.iloc[0]
    dashboard.panel.reject(pair["left_title"], pair["right_title"], "other subjects")
    assert (folder.parent / "decisions.csv").is_file()
    dashboard.question = "Gaps and coverage"
    assert dashboard.panel is coverage
    assert coverage._headline.value != headline


def test_a_council_kept_in_the_library_is_on_every_page(dashboard, folder, tmp_path):
    dashboard.question = "Gaps and coverage"
    (tmp_path / "page.txt").write_text(PAGE)
    add_manual(tmp_path / "page.txt", "Northwick", edition="2024-06", folder=folder)
    dashboard.question = START
    assert "3 manuals of 3 councils" in dashboard._there.value
    dashboard.question = "Gaps and coverage"
    assert "Northwick" in dashboard.panel.councils


def test_strangers_text_is_escaped(dashboard, folder, tmp_path):
    (tmp_path / "page.txt").write_text(PAGE)
    add_manual(tmp_path / "page.txt", "<b>North</b>", edition="2024-06", folder=folder)
    dashboard.question = "Read a manual"
    dashboard.question = START
    assert "&lt;b&gt;North" in dashboard._there.value
    assert "<b>North" not in dashboard._there.value


def test_what_is_wrong_is_a_sentence(dashboard, folder, tmp_path, monkeypatch):
    nowhere = Dashboard(tmp_path / "nowhere")
    assert nowhere.message == f"{(tmp_path / 'nowhere').as_posix()}: there is no such folder."
    assert 'role="alert"' in nowhere._message.value

    with pytest.raises(TableError, match="no question 'Costs'; questions: Start, Gaps and coverage"):
        dashboard.question = "Costs"

    monkeypatch.setattr("procman.panels.coverage.CoveragePanel._headline_html", None)
    dashboard.question = "Gaps and coverage"
    assert dashboard.message.startswith("Something went wrong. Please report this (TypeError")
    monkeypatch.undo()
    dashboard.question = "Structure"
    assert dashboard.message == ""

    (folder / "oxfordshire/2017-07/contents.txt").write_bytes(b"%PDF-1.7")
    dashboard.question = START
    assert "could not be read" in dashboard._there.value


def sent(widget, monkeypatch):
    """What is sent to the browser from now on."""
    messages = []
    monkeypatch.setattr(widget, "send", messages.append)
    return messages


def test_one_page_is_shown_at_a_time_once_and_the_others_wait(dashboard, tmp_path, monkeypatch):
    told, focused = [], sent(dashboard._address, monkeypatch)
    dashboard._message.observe(lambda change: told.append(change["new"]), "value")
    dashboard.question_buttons["gaps"].click()
    assert focused == [{"focus": ".procman-questions input:checked"}]
    assert 'role="status">Opening …</p>' in told[0]
    gaps = dashboard.panel
    assert (gaps.listening, gaps.export.folder, dashboard.address) == (
        True,
        tmp_path / "exports",
        "question=gaps&view=gaps",
    )
    gaps.view_choice.value = "coverage_by_section"
    assert dashboard.address == "question=gaps&view=coverage_by_section"
    dashboard.question = "Structure"
    assert (gaps.listening, dashboard.panel.listening) == (False, True)
    shown = []
    gaps._message.observe(lambda change: shown.append(change["new"]), "value")
    dashboard.panel.focus = "Oxfordshire"
    assert shown == []
    dashboard.question = "Gaps and coverage"
    assert (dashboard.panel is gaps, gaps.listening, sum("Counting" in each for each in shown)) == (True, True, 1)
    assert gaps._headline.value.count("Oxfordshire") > 0
    assert dashboard.address == "question=gaps&view=coverage_by_section&council=Oxfordshire"
    shown.clear()
    dashboard.follow(
        "question=gaps&view=coverage_by_section&council=Milton%20Keynes&topic=foster&flag=New&flag=Updated&with="
    )
    assert sum("Counting" in each for each in shown) == 2  # as it was left, then the view of the link
    assert (gaps.focus, gaps.peers, gaps.topics, gaps.statuses) == ("Milton Keynes", [], "foster", ["New", "Updated"])
    dashboard.choice.value = "Structure"  # by hand, after a link
    assert dashboard.question == "Structure"
    shown.clear()
    dashboard._address._handle_custom_msg({"asked": "question=gaps"}, [])  # as a page opens: it is the one to listen
    assert (dashboard.panel is gaps, gaps.listening) == (True, True)
    assert sum("Counting" in each for each in shown) == 1
    dashboard.follow("question=structure&flag=Old")
    assert 'role="alert"' in dashboard._message.value
    said = dashboard.message
    dashboard.follow(dashboard.address)  # which is the page on show
    assert dashboard.message == said == "No flag 'Old'; flags: New, Updated, no flag."
    dashboard.follow("topic=adoption")
    assert (dashboard.question, dashboard.chosen.topics) == (START, "adoption")


def test_the_first_answer_waits_out_of_sight_and_a_page_without_a_library_says_what_it_is(dashboard, tmp_path):
    dashboard._address._handle_custom_msg({"asked": ""}, [])
    assert [(name, panel.listening) for name, panel in dashboard._panels.items()] == [("CoveragePanel", False)]
    assert dashboard._repr_mimebundle_()["text/plain"] == (
        f"Dashboard: {len(ASKED)} questions about Milton Keynes and Oxfordshire. Run this cell to use it."
    )
    assert "could not be read" not in dashboard._there.value
    assert f"<p>{ASKED[0].limit}</p>" in dashboard._words.value
    nowhere = Dashboard(tmp_path / "nowhere")
    nowhere.follow("question=gaps")
    nowhere._address._handle_custom_msg({"asked": "question=gaps"}, [])
    nowhere.council.options = ["Kent"]
    nowhere.council.value = "Kent"
    assert (nowhere.question, nowhere.panel, nowhere.address) == (START, None, "")
    assert nowhere.message.endswith("there is no such folder.")
    assert nowhere._repr_mimebundle_()["text/plain"].startswith(f"Dashboard: {len(ASKED)} questions about")


def test_a_library_that_changes_keeps_what_was_chosen_and_the_page_brought(dashboard, folder, tmp_path):
    dashboard.question = "Add your council"
    dashboard.panel.read(PAGE.encode(), "mine.txt", council="Northwick")
    dashboard.panel.peers = ["Oxfordshire"]
    dashboard.chosen.put("topics", "foster")
    (tmp_path / "page.txt").write_text(PAGE.replace("Harbour Swimming", "Pets"))
    add_manual(tmp_path / "page.txt", "Ayle", edition="2024-06", folder=folder)
    dashboard.question = "Gaps and coverage"
    assert (dashboard.panel.focus, dashboard.panel.peers, dashboard.panel.topics) == (
        "Northwick",
        ["Oxfordshire"],
        "foster",
    )
    assert set(dashboard.panel.comparison.known) == {"Milton Keynes", "Oxfordshire", "Ayle", "Northwick"}
    dashboard.panel.confidence = 0.7
    assert "confidence=0.7" in dashboard.address
    home = folder / "northwick/2020-01"
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE)  # which names no council
    assert Dashboard(folder, decisions=tmp_path / "own.csv")._decisions == tmp_path / "own.csv"
