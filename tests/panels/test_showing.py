"""What a panel says of a view: headline, what the filters keep, why there is nothing; and what it draws anew, saves and hides."""

import io
from datetime import date

import pandas as pd
import pytest
from lxml import html

from procman import read_manual
from procman.errors import LibraryError
from procman.panels import ActivityPanel, AlignPanel, CoveragePanel, EditionsPanel, PeersPanel, StructurePanel

PAGES = {
    "Ayle": (
        "2023-01",
        "1. Care\n\n1.1 Private Fostering New\n1.2 Looked After Reviews\n1.3 Harbours\n\n2. Staff\n\n2.1 Supervision Updated\n",
    ),
    "Beere": ("2024-06", "1. Care\n\n1.1 Private Fostering\n1.2 Children in Care Reviews\n1.3 Coal Mining New\n"),
    "Coast": ("2024-06", "1. Care\n\n1.1 Private Fostering Arrangements\n1.2 Lighthouse Visits\n"),
}
ROWS = "; the numbers in a row still count all of its chapters."


@pytest.fixture
def make(tmp_path):
    def made(kind, *councils, **pages):
        read = [(council, *PAGES[council]) for council in councils or PAGES]
        manuals = [read_manual(io.StringIO(page), council, edition=edition) for council, edition, page in read]
        return kind(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path)

    return made


def words(fragment):
    return " ".join(html.fromstring(f"<div>{fragment}</div>").text_content().split())


def said(panel, view, topics="", statuses=(), sections=()):
    """What is said of a view: headline, the words before the chart's title, the note, and whether there is a table."""
    panel.listening = False  # until all is set
    panel.topics, panel.statuses, panel.sections = topics, [*statuses], [*sections]
    panel.listening, panel.view = True, view
    showing = panel._on_show
    assert panel._table.widget.layout.display == (None if showing.has_rows else "none")
    return showing.headline, showing.remark, showing.note, showing.has_rows


def test_a_view_that_counts_says_which_topic_and_which_rows(make):
    panel = make(CoveragePanel)
    whole = "Of Ayle's 4 chapters, 1 is on topics on all 3 contents pages, 1 on some, and 2 on its own alone"
    assert said(panel, "coverage_by_section") == (whole, "", "", True)
    assert said(panel, "coverage_by_section", " – ") == (whole, "", "", True)  # no word at all
    assert said(panel, "coverage_by_section", " foster ") == (
        "Of Ayle's 1 chapter, 1 is on topics on all 3 contents pages, 0 on some, and 0 on its own alone",
        "On the topic “foster”",
        "Only what is on the topic “foster” is counted.",
        True,
    )
    assert said(panel, "coverage_by_section", statuses=["New"]) == (
        whole,
        "In the 1 of 2 rows picked (flag New)",
        f"Picked: flag New. Table and chart show only the 1 of 2 rows about the 2 chapters picked{ROWS}",
        True,
    )
    assert said(panel, "coverage_by_section", "reviews", ["New", "no flag"], ["Care", "Staff"])[1:] == (
        "On the topic “reviews”",
        "Only what is on the topic “reviews” is counted.",
        True,
    )
    assert said(panel, "coverage_by_section", "reviews", ["New"], ["Staff"])[1:3] == (
        "On the topic “reviews”, in the 0 of 1 rows picked (flag New, section “Staff”)",
        "Only what is on the topic “reviews” is counted. Picked: flag New, section “Staff”. "
        f"Table and chart show only the 0 of 1 rows about the 0 chapters picked{ROWS}",
    )
    nothing = "On the topic “zzz”", "Nothing here is on the topic “zzz”."
    assert said(panel, "coverage_by_section", "zzz") == ("What each section of Ayle's manual shares", *nothing, True)
    assert said(panel, "shares", "zzz") == ("Chapters of each council that another has too", *nothing, True)
    assert said(panel, "shares", "foster")[0] == "Of Ayle's 1 chapter, Beere has 1 too, the most of 2 councils"
    assert said(panel, "gaps", "foster")[:3] == (
        "Missing from Ayle's contents page",
        "On the topic “foster”",
        "Nothing here is on the topic “foster”.",
    )
    assert said(panel, "gaps", "–")[0].startswith("2 topics that your neighbours list were not found on Ayle's page")
    assert said(panel, "gaps", statuses=["New"])[2].startswith("Picked: flag New. The table shows only the 1 of 2 rows")


def test_a_view_that_no_filter_applies_to_says_nothing_of_them(make):
    panel = make(CoveragePanel)
    assert said(panel, "novelty", "zzz", ["New"], ["Staff"])[1:] == ("", "", True)
    assert said(panel, "novelty", "zzz")[0].startswith("Ayle does not list 2 topics of the others")
    assert said(panel, "intersections", statuses=["New"])[1:] == ("", "", True)
    found = "3 of 3 councils have a chapter on “foster”; Ayle has 1 chapter"
    assert said(panel, "search", "foster", ["New"]) == (found, "", "", True)


def test_a_view_without_data_says_what_would_fill_it(make):
    panel = make(ActivityPanel)
    ages = "No contents page here prints dates beside its chapters, so their age is not known. A page that prints them would fill this."
    assert said(panel, "ages") == ("Ayle prints no dates beside its 4 chapters", "", ages, False)
    assert said(panel, "ages", "foster")[1:] == ("On the topic “foster”", ages, True)
    assert said(panel, "reviews", statuses=["New"])[1] == ""
    assert said(panel, "reviews", statuses=["New"])[2].startswith(
        "None of these pages prints when a chapter is reviewed next"
    )
    assert said(panel, "reviews", "foster")[1:3] == ("On the topic “foster”", "Nothing here is on the topic “foster”.")
    panel = make(StructurePanel)
    assert said(panel, "notices", "foster") == (
        "Possible problems on the pages",
        "",
        "Every line was read, and no problem was found in numbers and titles.",
        False,
    )


def test_too_few_councils_are_told_once(make):
    panel = make(CoveragePanel, "Ayle")
    assert said(panel, "gaps") == ("Choose a council to compare Ayle with", "", "", False)
    assert said(make(CoveragePanel, "Ayle", "Beere"), "gaps")[0].startswith("1 topic that Beere lists was not found")
    fewer = said(make(PeersPanel), "clusters")[0]
    assert fewer.startswith("Choose at least four councils. ")
    assert said(make(PeersPanel, "Ayle"), "clusters")[0] == fewer


def test_a_chart_of_all_is_drawn_whatever_is_picked(make):
    panel = make(AlignPanel)
    assert said(panel, "side_by_side", "foster", ["New"]) == (
        "1 of Ayle's 1 and 1 of Beere's 1 chapters have a match",
        "",
        f"Picked: topic “foster”, flag New. The table shows only the 1 of 5 rows about the 1 chapter picked{ROWS}",
        True,
    )
    assert said(panel, "matches", "foster")[2].startswith(
        "Picked: topic “foster”. The table shows only the 1 of 2 rows"
    )
    pd.testing.assert_frame_equal(panel.figure.table, panel._view.drawn_of(panel.comparison, "Ayle", "Beere"))
    assert not panel.figure.table.equals(panel.table)
    assert said(panel, "matches", "zzz")[:2] == ("Matches", "")
    assert panel._on_show.drawn is panel._on_show.table
    panel.view = "side_by_side"
    panel.topics = ""
    assert panel._on_show.drawn is panel._on_show.table


def test_changes_are_told_between_the_two_editions(tmp_path):
    pages = {"2023-01": "1. All\n\n1.1 Consent\n1.2 Records\n", "2024-02": "1. All\n\n1.1 Consent New\n1.2 Pets\n"}
    manuals = [read_manual(io.StringIO(page), "Ayle", edition=edition) for edition, page in pages.items()]
    panel = EditionsPanel(manuals, folder=tmp_path)
    assert said(panel, "each_change")[1:] == ("", "", True)
    assert said(panel, "each_change", "consent")[1:3] == (
        "In the 1 of 3 changes picked (topic “consent”)",
        "Picked: topic “consent”. Table and chart show only the 1 of 3 changes between the two editions.",
    )
    assert said(panel, "each_change", "zzz")[1:] == (
        "In the 0 of 3 changes picked (topic “zzz”)",
        "Picked: topic “zzz”. Table and chart show only the 0 of 3 changes between the two editions.",
        True,
    )
    panel.chosen.put("confidence", 0.9)  # which has no control here
    assert panel.comparison.confidence == 0.5


def test_a_panel_says_what_it_is_doing_and_draws_anew_only_what_is_new(make):
    panel, told = make(CoveragePanel), []
    panel._message.observe(lambda change: told.append(change["new"]), "value")
    panel.view = "coverage_by_section"
    assert [words(each) for each in told] == [
        "Matching chapters of Ayle, Beere and Coast …",
        "Counting: What each section of Ayle's manual shares …",
        "Drawing …",
        "",
    ]
    assert [html.fromstring(each).xpath("string(//progress/@value)") for each in told[:3]] == ["0.10", "0.40", "0.70"]
    drawn = panel.figure
    panel.refresh()
    assert (panel.message, panel.figure is drawn) == ("", True)
    panel._chart.width = 768
    assert (panel.figure is drawn, panel.figure.get_figwidth()) == (False, 8)
    drawn = panel.figure
    panel.topics = "foster"
    assert (panel.figure is drawn, panel.figure.remark) == (False, "On the topic “foster”")
    panel.view = "search"
    panel.topics = " "
    shown = panel._headline.value, panel._chart.svg, panel.figure, panel._table.widget.layout.display
    assert shown == ("", "", None, "none")
    assert (panel.table.empty, panel.message[:15], panel._settings.filters.fold.unfolded) == (
        True,
        "Type into Topic",
        True,
    )
    assert panel.export.buttons["png"].disabled
    panel._chart.width = 480  # nothing to draw again
    assert (panel.message[:15], panel._chart.svg) == ("Type into Topic", "")
    panel.view = "gaps"
    assert panel.message == ""


def test_an_error_takes_the_former_answer_away(make, tmp_path):
    panel = make(CoveragePanel)
    (tmp_path / "decisions.csv").write_text("no,such,columns\n")
    panel.refresh()
    assert "decisions.csv" in panel.message
    assert 'role="alert"' in panel._message.value
    assert (panel._headline.value, panel.figure, panel.table.empty) == ("", None, True)


def test_councils_without_an_edition_so_early_are_named(make):
    panel = make(CoveragePanel)
    assert "Without an edition" not in panel._headline.value
    panel.edition = "2023-01"
    assert "Compared: Ayle (January 2023). Without an edition so early: Beere and Coast." in words(
        panel._headline.value
    )


def test_peers_are_set_beside_your_council(make):
    panel = make(CoveragePanel)
    assert (panel.focus, panel.peers) == ("Ayle", ["Beere", "Coast"])
    with pytest.raises(LibraryError, match="no manual of 'Atlantis'"):
        panel.peers = ["Atlantis"]
    panel.councils = ["Coast", "Beere"]
    assert panel.focus == "Coast"
    panel.peers = ["Ayle"]
    assert (panel.focus, panel.councils) == ("Coast", ["Ayle", "Coast"])
    panel.councils.append("Beere")  # a copy
    assert panel.peers == ["Ayle"]
    panel.councils = []
    assert (panel.focus, panel.presets, panel.view_titles[0]) == (
        None,
        {},
        ("Missing from each council's contents page", "gaps"),
    )
    assert panel.export.buttons["html"].disabled
    panel.peers = ["Beere"]
    assert (panel.councils, panel.focus) == (["Beere"], "Beere")


def test_a_saved_file_is_named_and_described_by_its_kind(make):
    panel = make(CoveragePanel)
    panel.view = "coverage_by_section"
    day = date.today()
    assert {kind: (panel._file_name(kind), panel._about_file(kind)) for kind in ("html", "svg", "csv", "xlsx")} == {
        "html": (f"procman-ayle-{day}", "Open it in a browser to read or print it."),
        "svg": ("coverage-by-section-ayle", ""),
        "csv": ("coverage-by-section-ayle", "It has the 2 rows of the table above, as filtered and sorted."),
        "xlsx": (f"procman-ayle-{day}", "It has all chapters of the manuals compared, whatever is picked above."),
    }
