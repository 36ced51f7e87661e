"""The dashboard without kernel or browser: what a question shows, and what follows from one to the next."""

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
    said = dashboard._words.value
    assert "2 manuals of 2 councils" in said
    assert '<th scope="row">Oxfordshire</th><td class="procman-date">2017-07</td>' in said
    assert all(question.asks in said.replace("&#x27;", "'") for question in ASKED)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.name)
def test_each_question_has_its_panel(dashboard, question):
    dashboard.choice.value = question.title
    assert dashboard.question == question.title
    assert dashboard.message == ""
    assert type(dashboard.panel).__name__ == question.panel
    assert dashboard._place.children == (dashboard.panel.widget,)


def test_a_panel_stays_as_it_was_set(dashboard):
    dashboard.question = "Coverage"
    panel = dashboard.panel
    panel.focus = "Oxfordshire"
    dashboard.question = START
    dashboard.question = "Coverage"
    assert dashboard.panel is panel
    assert panel.focus == "Oxfordshire"


def test_a_decision_on_one_page_is_followed_on_another(dashboard, folder):
    dashboard.question = "Coverage"
    coverage, headline = dashboard.panel, dashboard.panel.words()
    dashboard.question = "Align chapters"
    pair = dashboard.panel.matches.iloc[0]
    dashboard.panel.reject(pair["left_title"], pair["right_title"], "other subjects")
    assert (folder.parent / "decisions.csv").is_file()
    dashboard.question = "Coverage"
    assert dashboard.panel is coverage
    assert coverage.words() != headline


def test_a_council_kept_in_the_library_is_on_every_page(dashboard, folder, tmp_path):
    dashboard.question = "Coverage"
    (tmp_path / "page.txt").write_text(PAGE)
    add_manual(tmp_path / "page.txt", "Northwick", edition="2024-06", folder=folder)
    dashboard.question = START
    assert "3 manuals of 3 councils" in dashboard._words.value
    dashboard.question = "Coverage"
    assert "Northwick" in dashboard.panel.councils


def test_strangers_text_is_escaped(dashboard, folder, tmp_path):
    (tmp_path / "page.txt").write_text(PAGE)
    add_manual(tmp_path / "page.txt", "<b>North</b>", edition="2024-06", folder=folder)
    dashboard.question = "Read a manual"
    dashboard.question = START
    assert "&lt;b&gt;North" in dashboard._words.value
    assert "<b>North" not in dashboard._words.value


def test_what_is_wrong_is_a_sentence(dashboard, folder, tmp_path, monkeypatch):
    nowhere = Dashboard(tmp_path / "nowhere")
    assert nowhere.message == f"{(tmp_path / 'nowhere').as_posix()}: there is no such folder."
    assert 'role="alert"' in nowhere._message.value

    with pytest.raises(TableError, match="no question 'Costs'; questions: Start, Read a manual"):
        dashboard.question = "Costs"

    monkeypatch.setattr("procman.panels.coverage.CoveragePanel.words", None)
    dashboard.question = "Coverage"
    assert dashboard.message.startswith("Something went wrong. Please report this (TypeError")
    dashboard.question = "Structure"
    assert dashboard.message == ""

    (folder / "oxfordshire/2017-07/contents.txt").write_bytes(b"%PDF-1.7")
    dashboard.question = START
    assert "could not be read" in dashboard._words.value
