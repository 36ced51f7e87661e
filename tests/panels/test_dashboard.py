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
