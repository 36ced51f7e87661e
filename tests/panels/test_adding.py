"""A page of one's own, without a library on disk: what is said, shown, hidden, and kept when it is read again."""

import io

import pytest
from lxml import html

from procman import open_library, read_manual
from procman.errors import LibraryError
from procman.panels import AddPanel
from procman.panels.adding import CORRECT_LATER, ON_YOUR_OWN, WAITING

AYLE = "1. All\n\n1.1 Consent\n1.2 Records\n"
BEERE = "1. All\n\n1.1 Consent\n1.2 Private Fostering\n"
MINE = "1. All\n\n1.1 Consent New\n1.2 Harbour Swimming\n\n2. Staff\n"


@pytest.fixture
def library(tmp_path):
    for council, page in (("Ayle", AYLE), ("Beere", BEERE)):
        home = tmp_path / "manuals" / council.lower() / "2024-01"
        home.mkdir(parents=True)
        (home / "contents.txt").write_text(page)
        (home / "manual.toml").write_text(f'council = "{council}"\n')
    return open_library(tmp_path / "manuals", cache=False)


@pytest.fixture
def panel(library, tmp_path):
    return AddPanel(library, folder=tmp_path)


def page(text, name="mine.txt"):
    source = io.StringIO(text)
    source.name = name
    return source


def answer(panel):
    """Whether the parts that need a page are shown."""
    parts = panel._settings.widget, panel._shown.widget, panel._headline, panel._settings.folds, panel.columns
    (shown,) = {each.layout.display for each in (*parts, panel.export.widget, panel._keeping)}
    return shown is None


def test_a_page_is_read_once_said_and_shown(panel):
    told = []
    panel._message.observe(lambda change: told.append(change["new"]), "value")
    assert (answer(panel), panel._understood.value, panel.brought, panel.message) == (False, WAITING, None, "")
    panel.council_box.value = "Too early"  # which nothing is read for
    assert (panel.manual, panel.message) == (None, "")
    panel.read(page(MINE, "folder/mine.txt"))
    assert answer(panel)
    said = [html.fromstring(each) for each in told if each]
    assert [each.text for each in said if each.text.startswith("Read")] == [
        "Reading the page … ",
        "Read mine.txt: 2 chapters. It names no council: say whose it is.",
    ]
    assert said[0].xpath("string(//progress/@value)") == "0.20"
    assert CORRECT_LATER in panel._understood.value
    assert (panel.council_box.value, panel.edition_box.value, panel.keep_button.disabled) == ("", "", False)
    assert not panel.council_box.continuous_update
    assert not panel.edition_box.continuous_update
    assert panel.comparison.known == ["Ayle", "Beere", "(council not named)"]


def test_a_page_put_right_keeps_the_councils_chosen_and_its_own_facts(panel):
    panel.read(page("Coast Procedures Manual\n\nContents\n\nJune 2024\n\n" + MINE), "their.txt")
    assert panel.message == "Read their.txt: 2 chapters."
    assert (panel.focus, panel.edition_box.value, panel.peers) == ("Coast", "2024-06", ["Ayle", "Beere"])
    panel.peers = ["Beere"]
    panel.council_box.value = " Dale "
    assert (panel.manual.council, panel.manual.edition, panel.councils) == ("Dale", "2024-06", ["Dale", "Beere"])
    assert panel.comparison.known == ["Ayle", "Beere", "Dale"]
    panel.council_box.value = ""  # as the page says
    assert (panel.manual.council, panel.councils) == ("Coast", ["Coast", "Beere"])
    panel.edition_box.value = "March 2023"
    assert (panel.manual.council, panel.edition_box.value) == ("Coast", "2023-03")
    source, *facts = panel.brought
    assert (source.read() if hasattr(source, "read") else source, facts)[1] == ["mine.txt", "Coast", "2023-03"]
    # The same council's page, read again with other chapters: shown at once, though no setting changes.
    panel.read(page("1. All\n\n1.1 Consent\n1.2 Records\n1.3 Pets\n"), council="Coast")
    assert panel.message == "Read mine.txt: 3 chapters."
    panel.view = "coverage_by_section"
    assert panel.table["chapters"].tolist() == [3]
    panel.read(page("1. All\n\n1.1 Consent\n"), council="Coast")
    assert panel.table["chapters"].tolist() == [1]


def test_a_manual_that_was_read_already_is_taken_as_it_is(panel):
    manual = read_manual(page(MINE), "Elsewhere", edition="2020-02")
    panel.read(page(MINE), manual=manual)
    assert (panel.manual is manual, panel.focus, panel.edition_box.value) == (True, "Elsewhere", "2020-02")


def test_what_is_kept_is_replaced_only_when_a_person_says_so(panel, tmp_path):
    panel.read(page(MINE), council="Coast", edition="2024-06")
    assert panel.keep() == tmp_path / "manuals/coast/2024-06"
    with pytest.raises(LibraryError, match="already has"):
        panel.keep()
    assert panel.replace_box.layout.display == "none"
    panel.keep_button.click()
    assert (panel.replace_box.layout.display, panel.keep_button.disabled) == (None, False)
    panel.replace_box.value = True
    panel.keep_button.click()
    assert (panel.keep_button.disabled, panel.keep_button.description, panel.brought) == (True, "Kept", None)
    panel.read(page(AYLE), edition="2024-06")
    assert (panel.replace_box.value, panel.replace_box.layout.display) == (False, "none")
    assert (panel.keep_button.disabled, panel.keep_button.description) == (False, "Keep in the library")
    panel.keep_button.click()
    assert panel.message == "The page names no council: say whose it is first."
    assert panel.replace_box.layout.display == "none"
    lone = AddPanel([], folder=tmp_path)
    lone.read(page(MINE), council="Coast")
    assert lone.keep_button.disabled


def test_a_visitor_is_told_that_nothing_is_kept(library, tmp_path, monkeypatch):
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    panel = AddPanel(library, folder=tmp_path)
    assert panel._understood.value == WAITING + ON_YOUR_OWN
    panel.read(page(MINE), council="Coast")
    assert CORRECT_LATER not in panel._understood.value
    assert panel._keeping.children == (panel.council_box, panel.edition_box)
    with pytest.raises(LibraryError, match="nothing is kept here"):
        panel.keep()
