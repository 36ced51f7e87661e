"""The list of views: every output uses it, and its entries are consistent."""

import re
from dataclasses import replace

import openpyxl
import pytest

from procman import open_library
from procman.panels import CoveragePanel
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.gallery import write_figures
from procman.reports.picking import CONCERN
from procman.reports.questions import QUESTIONS
from procman.reports.report import report_page
from procman.reports.view import Each
from procman.reports.workbook import write_workbook
from tests.synthetic import write_library


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


def test_a_view_put_in_the_list_is_in_gallery_report_workbook_and_panel(library, tmp_path, monkeypatch):
    own = views.View(
        name="my_view",
        question="coverage",
        title="A view of my own",
        about="What I wanted to see.",
        table=views.view("flags_by_section").table,
        measure=lambda c: views.view("flags_by_section").measure(c, "Oxfordshire"),
        chart=views.view("flags_by_section").chart,
        sheet="Mine",
    )
    monkeypatch.setattr(views, "VIEWS", (*views.VIEWS, own))

    assert tmp_path / "my_view.svg" in write_figures(library, out=tmp_path, formats=["svg"], only=["my_view"])
    assert "## A view of my own\n\nWhat I wanted to see.\n" in (tmp_path / "README.md").read_text("utf-8")

    part = report_page(library).partition("What the councils share</h2>")[2].partition("</section>")[0]
    assert "<caption>A view of my own</caption>" in part
    assert 'role="img" aria-label="' in part

    sheet = openpyxl.load_workbook(write_workbook(library, tmp_path / "comparison.xlsx"))["Mine"]
    assert sheet["A1"].value.startswith("A view of my own")
    assert "Looked After Children" in [row[3] for row in sheet.iter_rows(values_only=True)]

    panel = CoveragePanel(library, folder=tmp_path)
    panel.view = "A view of my own"
    assert panel.view == "my_view"
    assert panel.table["chapters"].sum() == 129
    assert panel.figure is not None


def test_names_and_sheets_are_there_once_and_lasting_names_are_plain():
    names = [view.name for view in views.VIEWS]
    sheets = [view.sheet for view in views.VIEWS if view.sheet]
    assert len(set(names)) == len(names) > 25
    assert len(set(sheets)) == len(sheets) > 15
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
    assert all(len(sheet) <= 31 for sheet in sheets)
    assert set(views.FORMER_TITLES.values()) <= set(names)


@pytest.mark.parametrize("view", views.VIEWS, ids=lambda view: view.name)
def test_what_a_view_says_of_itself_holds(view, several):
    assert view.question in {question.name for question in QUESTIONS}
    columns = {column.name for column in view.table.columns}
    told = [*(view.report.columns if view.report else ()), *view.workbook.columns, *filter(None, [view.filled])]
    assert set(told) <= columns
    assert view.rows in {"", "search", "changes", *CONCERN}
    assert "{council}" not in view.title or view.each in (Each.COUNCIL, Each.MANUAL)
    assert view.panel or view.sheet  # it is somewhere
    assert not view.panel or 0 < len(view.tab) <= 20 or view.name == "manuals"
    if view.rows == "search":
        several = several.of(words="care")
    for subject in view.subjects(several)[:2]:
        table = view.table.check(view.of(several, *subject), view.name)
        assert view.of(several, *subject) is table  # kept
        assert view.narrowed(table, several) is table  # nothing is picked


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    folder = write_library(tmp_path_factory.mktemp("synthetic") / "manuals", 3, 2)
    return Comparison(open_library(folder, cache=False))


def test_a_view_is_made_for_each_of_what_it_says(several):
    found = {each: replace(views.view("flags"), each=each).subjects(several) for each in Each}
    assert found[Each.WHOLE] == [()]
    assert found[Each.COUNCIL] == found[Each.MANUAL] == [("Shire 001",), ("Shire 002",), ("Shire 003",)]
    assert found[Each.PAIR] == [
        ("Shire 001", "Shire 002"),
        ("Shire 001", "Shire 003"),
        ("Shire 002", "Shire 003"),
    ]
    assert found[Each.EDITIONS][0] == ("Shire 001", "2006-01", "2006-07")


def test_an_empty_view_says_what_would_fill_it(several, library):
    alone = Comparison(library, ["Oxfordshire"])
    assert views.view("gaps").why_empty(alone) == "Choose at least two councils."
    assert views.view("gaps").why_empty(several, "Shire 001").startswith("No topic is missing")
    assert views.view("claims").why_empty(alone).startswith("This needs two dated editions")
    assert views.view("ages").nothing(views.view("ages").of(alone))
    assert not views.view("flags").nothing(views.view("flags").of(alone))


def test_the_notebooks_and_readmes_name_views_that_are_there(root):
    """Each ``view = "…"`` in them is a view's short name or its title."""
    known = {view.name for view in views.VIEWS} | {view.title for view in views.VIEWS}
    texts = {path: path.read_text("utf-8") for path in [*root.glob("notebooks/*.ipynb"), *root.glob("**/README.md")]}
    named = {name for text in texts.values() for name in re.findall(r'\.view = \\?"([^"\\]+)', text)}
    assert named
    assert named <= known
    gallery = texts[root / "figures/README.md"]
    headings = [view.titled() for view in views.VIEWS if view.chart and view.gallery and view.drawn_from == 1]
    assert re.findall(r"^## (.*)$", gallery, re.M) == headings


def test_one_comparison_keeps_what_it_worked_out(library, monkeypatch):
    comparison = Comparison(library)
    topics = comparison.chapters
    monkeypatch.setattr("procman.matching.topics.topics", None)
    assert comparison.of(focus="Oxfordshire").chapters is topics
    assert comparison.of(words="care").chapters is topics
    with pytest.raises(TypeError):
        _ = comparison.of(confidence=0.9).chapters


def test_an_entries_table_a_library_and_its_manuals_compare_the_same(library):
    one, two, three = Comparison(library), Comparison(library.entries), Comparison(list(library))
    for name in ("coverage_matrix", "structure", "duties"):
        table = views.view(name).of(one)
        assert table.equals(views.view(name).of(two))
        assert table.equals(views.view(name).of(three))
    assert views.view("notices").possible(one)
    assert not views.view("notices").possible(two)  # a table does not say what was odd on the page
