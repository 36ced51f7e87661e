"""Correcting a page in its panel: a correction is saved beside the page, shown at once, can be undone, and is refused if not possible."""

from __future__ import annotations

import pytest

import procman as pm
from procman.library.corrections import read_corrections
from procman.panels import ManualPanel

PAGE = "1. All <b>Children</b>\n\n1.1 Consent New\n1.2 Recods\n1.3 Visits\nand Moves\n\n2. Care\n\n2.1 Leaving\n"


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "manuals/northwick/2024-06"
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    return home


@pytest.fixture
def panel(home):
    panel = ManualPanel(pm.open_library(home.parents[1], cache=False))
    panel.correcting.fold.unfolded = True
    return panel


def press(panel, text: str) -> None:
    """Press the button in the row of the line that has this text."""
    lines = panel.correcting.lines
    (row,) = lines.index[lines["text"] == text]
    panel.correcting.table.rows._handle_custom_msg({"decide": "Put right", "on": str(row)}, [])


def titles(panel) -> list[str]:
    return panel.manual.entries["title"].tolist()


def test_a_line_is_corrected_shown_at_once_and_taken_back(panel, home):
    before = titles(panel)
    press(panel, "1.2 Recods")
    assert panel.correcting.form.layout.display is None
    assert panel.correcting.fields["title"].value == "Recods"
    assert panel.correcting.undo.layout.display == "none"  # there is nothing to undo
    panel.correcting.fields["title"].value = "Records"
    panel.correcting.fields["status"].value = "Updated"
    panel.correcting.save.click()
    assert panel.message == "Line 4 is corrected. You can undo this."
    assert "Records" in titles(panel)
    assert "2 corrections of this page by a person" in panel._notices.value
    kept = read_corrections(home / "corrections.csv")
    assert kept[["line", "words", "field", "value"]].values.tolist() == [
        ["4", "1.2 Recods", "title", "Records"],
        ["4", "1.2 Recods", "status", "Updated"],
    ]
    assert panel.correcting.fields["title"].value == "Records"
    for _ in kept.index:
        assert panel.correcting.undo.layout.display is None
        panel.correcting.undo.click()
    assert titles(panel) == before
    assert panel.correcting.undo.layout.display == "none"
    assert sorted(file.name for file in home.iterdir()) == ["contents.txt"]
    panel.correcting.undo.click()
    assert "there is no correction of line 4" in panel.message


def test_a_line_can_be_no_entry_or_go_on_with_the_one_above(panel):
    press(panel, "1.3 Visits")
    panel.correcting.fields["kind"].value = ""
    panel.correcting.save.click()
    assert "Visits" not in " ".join(titles(panel))
    panel.correcting.undo.click()
    press(panel, "1.3 Visits")
    panel.correcting.join.click()
    assert "Line 5 is corrected" in panel.message
    assert len(titles(panel)) == 5


def test_what_cannot_be_applied_is_said_and_nothing_is_kept(panel, home):
    press(panel, "1.2 Recods")
    panel.correcting.save.click()
    assert panel.message == "Nothing was changed."
    for field, value, why in (
        ("date", "June", "'June' is not a date"),
        ("number", "banana", "'banana' is no number such as 1.2.3, 1.2a, A1 or Section 4."),
    ):
        panel.correcting.choose(panel.correcting._row)
        panel.correcting.fields["title"].value = "Records"
        panel.correcting.fields[field].value = value
        panel.correcting.save.click()
        assert why in panel.message
        assert [file.name for file in home.iterdir()] == ["contents.txt"]
    assert "Recods" in titles(panel)


def test_strangers_text_is_escaped_and_junk_is_ignored(panel):
    press(panel, "1. All <b>Children</b>")
    assert "&lt;b&gt;" in panel.correcting.chosen.value
    assert "<b>" not in panel.correcting.chosen.value
    for row in ("-1", "9999", "x", ""):
        panel.correcting.table.rows._handle_custom_msg({"decide": "Put right", "on": row}, [])
    panel.correcting.save.click()
    assert panel.message == "Choose a line first."


def test_lines_are_read_and_shown_once_they_are_unfolded_and_another_manual_begins_anew(home):
    panel = ManualPanel(pm.open_library(home.parents[1], cache=False))
    correcting = panel.correcting

    def shown():
        return [part.layout.display is None for part in (correcting.widget, correcting.body, correcting.form)]

    assert shown() == [True, False, False]
    assert correcting.table.table.empty
    correcting.fold.unfolded = True
    assert shown() == [True, True, False]
    assert correcting.table.table["text"].tolist() == correcting.lines["text"].tolist()
    assert "1.2 Recods" in correcting.lines["text"].tolist()
    assert not {"date", "note", "publisher"} & set(correcting.table.rows.columns)
    assert [control.description for control in correcting.fields.values()][:4] == ["Kind", "Number", "Title", "Flag"]
    press(panel, "1.2 Recods")
    assert shown() == [True, True, True]
    panel.read(b"1. All\n\n1.1 Consent\n1.2 Records\n", "mine.txt")
    assert shown() == [False, False, False]
    panel.council = "Northwick"
    assert shown() == [True, True, False]
    correcting.fold.unfolded = False
    assert shown() == [True, False, False]


def test_only_a_page_that_a_library_keeps_can_be_corrected_and_by_no_visitor(panel, home, monkeypatch):
    assert panel.correcting.widget.layout.display is None
    panel.read(b"1. All\n\n1.1 Consent\n1.2 Records\n", "mine.txt")
    assert panel.correcting.widget.layout.display == "none"
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    visitor = ManualPanel(pm.open_library(home.parents[1], cache=False))
    assert visitor.correcting.widget.layout.display == "none"
    assert ManualPanel().correcting.widget.layout.display == "none"
