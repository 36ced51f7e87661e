"""Invented manuals are marked wherever they are shown, in the words of the library's files. Real ones are not."""

from __future__ import annotations

import openpyxl
import pytest

import procman.panels
from procman import open_library
from procman.panels import CoveragePanel, Dashboard, EditionsPanel, ManualPanel
from procman.reports.comparison import Comparison
from procman.reports.council_report import council_page
from procman.reports.gallery import write_figures
from procman.reports.report import report_page
from procman.reports.workbook import write_workbook

MARK = "Made-up councils, to try things <with>"
SHOWN = "Made-up councils, to try things &lt;with&gt;"
PANELS = sorted({*procman.panels.__all__} - {"Dashboard", "ManualPanel"})


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Two invented councils with two editions each, and a real one."""
    folder = tmp_path_factory.mktemp("marked") / "manuals"
    for council, edition, last in (
        *(("Ayle", "2024-01", "Records"), ("Ayle", "2024-06", "Visits New"), ("Beere", "2024-01", "Harbours")),
        *(("Beere", "2024-06", "Ferries"), ("Kent", "2024-06", "Lighthouses")),
    ):
        home = folder / council.lower() / edition
        home.mkdir(parents=True)
        page = f"1. All\n\n1.1 Consent\n1.2 Private Fostering\n1.3 {last}\n"
        (home / "contents.txt").write_text(page, encoding="utf-8")
        invented = "" if council == "Kent" else f'invented = "{MARK}"\n'
        (home / "manual.toml").write_text(f'council = "{council}"\nedition = "{edition}"\n{invented}', encoding="utf-8")
    return open_library(folder, cache=False)


@pytest.fixture(scope="module")
def invented(library):
    return library.of(["Ayle", "Beere"])


def test_the_words_are_those_of_the_library(library, invented, root):
    assert library.mark() == invented.mark() == Comparison(invented).mark == MARK
    assert library.mark(["Kent"]) == Comparison(library, ["Kent"]).mark == ""
    assert Comparison(invented.entries).mark == ""  # a table does not know
    assert open_library(root / "data/demonstration").mark() == "Invented councils, for demonstration"
    assert open_library(root / "data/manuals").mark() == ""


def test_every_view_of_a_panel_is_marked(invented):
    panel = EditionsPanel(invented)
    for _, view in panel.view_titles:
        panel.view = view
        assert panel._headline.value.startswith(f'<p class="procman-mark">{SHOWN}</p>'), view
        assert panel.figure is None or panel.figure.words.startswith(MARK), view
    panel = CoveragePanel(invented)
    panel.view = "coverage_by_section"
    panel.topics = "consent"
    assert panel.figure.title.startswith(f"{MARK}. On the topic “consent”: ")


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_says_and_draws_as_those_do(name):
    panel = getattr(procman.panels, name)
    assert panel._headline_html is EditionsPanel._headline_html
    assert panel._draw is EditionsPanel._draw


def test_a_manual_and_the_start_page_are_marked(library, invented):
    panel = ManualPanel(library)
    panel.council = "Ayle"
    assert SHOWN in panel._headline.value
    assert panel.figure.title.startswith(MARK)
    panel.council = "Kent"
    assert SHOWN not in panel._headline.value
    assert not panel.figure.remark
    assert SHOWN in Dashboard(invented.folder)._words.value


def test_reports_are_marked(library, invented):
    text = report_page(invented.of(["Ayle"]))
    assert f'</h1><p class="procman-mark">{SHOWN}</p></header>' in text
    assert text.count("<figure>") == text.count(f'aria-label="{SHOWN}') > 3
    assert f"<h1>Procedures manual of Ayle: what others list</h1><p class=\"procman-mark\">{SHOWN}" in council_page(Comparison(invented), "Ayle")  # fmt: skip
    assert "procman-mark\">" not in council_page(Comparison(library, ["Kent"]), "Kent")  # fmt: skip


def test_the_workbook_is_marked_on_its_cover_and_every_sheet(library, invented, tmp_path):
    book = openpyxl.load_workbook(write_workbook(invented, tmp_path / "invented.xlsx"))
    own = [name for name in book.sheetnames if name not in ("Contents", "Notes", "Columns")]
    assert len(own) > 10
    assert [name for name in own if MARK not in [row[0].value for row in book[name].iter_rows(max_row=6)]] == []
    book = openpyxl.load_workbook(write_workbook(library.of(["Kent"]), tmp_path / "real.xlsx"))
    assert not [name for name in book.sheetnames if MARK in [row[0].value for row in book[name].iter_rows()]]


def test_figures_are_marked_in_the_picture_and_in_its_words(library, invented, tmp_path):
    write_figures(invented, out=tmp_path, formats=["svg"], only=["sizes", "changes"])
    pages = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir() if not file.name.endswith(".csv")}
    assert len(pages) == 7
    assert [name for name, text in pages.items() if "Made-up councils, to try things" not in text] == []
    assert pages["changes-ayle-2024-01-2024-06.txt"].startswith(f"{MARK}. Ayle, January 2024 to June 2024: ")
