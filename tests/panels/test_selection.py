"""Settings: a value that is not allowed is refused in one sentence, and panels can share settings."""

import pytest

from procman import open_library
from procman.errors import LibraryError, ProcmanError, TableError
from procman.panels import ActivityPanel, AlignPanel, CoveragePanel, EditionsPanel, StructurePanel
from procman.panels.controls import CONTROLS
from procman.panels.panel import COMPARED
from procman.panels.selection import Selection
from procman.reports.comparison import Comparison
from procman.reports.views import FORMER_TITLES
from tests.synthetic import write_library


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    return open_library(write_library(tmp_path_factory.mktemp("synthetic") / "manuals", 4, 2), cache=False)


@pytest.fixture
def chosen(several, tmp_path):
    return Selection(Comparison(several, decisions=tmp_path / "decisions.csv"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("councils", ["Atlantis"], "no manual of 'Atlantis'; councils: Shire 001, Shire 002"),
        ("focus", "Atlantis", "no manual of 'Atlantis'; councils: Shire 001, Shire 002"),
        ("right", "Atlantis", "no manual of 'Atlantis'"),
        ("edition", "1999-01", "no edition '1999-01'; editions: 2006-07, 2006-01"),
        ("sections", ["No such"], "no section 'No such' in these manuals"),
        ("statuses", ["Old"], "no flag 'Old'; flags: New, Updated, no flag"),
        ("confidence", 2, "a confidence is between 0 and 1, not 2.0"),
        ("confidence", "high", "'high' cannot be chosen for confidence"),
        ("topics", 7, "7 cannot be chosen for topics"),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_one_sentence(chosen, name, value, said):
    before = getattr(chosen, name)
    with pytest.raises((TableError, LibraryError), match=said) as error:
        chosen.put(name, value)
    assert isinstance(error.value, ProcmanError)
    assert getattr(chosen, name) == before


def test_your_council_joins_those_compared(chosen):
    chosen.put("councils", ["Shire 002", "Shire 003", "Shire 002"])
    assert chosen.councils == ["Shire 002", "Shire 003"]
    chosen.put("focus", "Shire 001")
    assert chosen.councils == ["Shire 001", "Shire 002", "Shire 003"]
    chosen.put("edition", "")
    assert chosen.edition is None


def test_sections_of_councils_that_are_compared_no_more_go(chosen, several):
    titles = {
        council: Comparison(several, [council]).section_titles for council in ("Shire 001", "Shire 002", "Shire 003")
    }
    own = next(title for title in titles["Shire 001"] if title not in titles["Shire 002"])
    shared = titles["Shire 002"][0]
    chosen.put("sections", [own, shared, own])
    assert chosen.sections == [own, shared]
    chosen.put("councils", ["Shire 002"])
    assert chosen.sections == [shared]


def test_panels_that_share_a_selection_follow_each_other(chosen, tmp_path):
    coverage, structure, align, editions = (
        kind(chosen=chosen, folder=tmp_path) for kind in (CoveragePanel, StructurePanel, AlignPanel, EditionsPanel)
    )
    coverage.focus = "Shire 003"
    assert structure.focus == align.left == editions.council == "Shire 003"
    assert structure._settings.by_name["focus"].value == "Shire 003"
    assert set(structure.table["council"]) == {"Shire 003"}
    editions.council = "Shire 002"
    assert coverage.focus == "Shire 002"
    assert (editions.old, editions.new) == ("2006-01", "2006-07")
    align.right = "Shire 004"
    assert align.councils == ["Shire 002", "Shire 004"]
    assert len(coverage.councils) == 4
    coverage.topics = "care"
    assert structure.topics == "care"
    assert structure._settings.by_name["topics"].value == "care"
    assert not {panel.message for panel in (coverage, structure, align, editions)} - {""}


def test_a_panel_out_of_sight_waits(chosen):
    coverage, activity = CoveragePanel(chosen=chosen), ActivityPanel(chosen=chosen)
    activity.listening = False
    before = activity.table
    coverage.focus = "Shire 004"
    assert activity.table is before
    activity.refresh()
    assert set(activity.table["council"]) == {"Shire 004"}


def test_what_has_no_control_in_a_panel_does_nothing_there(chosen):
    chosen.put("edition", "2006-01")
    assert {manual.edition for manual in CoveragePanel(chosen=chosen).comparison.chosen} == {"2006-01"}
    editions = EditionsPanel(chosen=chosen)
    assert editions.comparison.edition is None
    assert editions.message == ""


def test_panels_share_what_was_worked_out(chosen, monkeypatch):
    CoveragePanel(chosen=chosen)
    monkeypatch.setattr("procman.matching.topics.topics", None)
    assert ActivityPanel(chosen=chosen).message == ""


def test_a_library_opened_anew_keeps_what_was_chosen(several, chosen, tmp_path):
    chosen.put("focus", "Shire 002")
    chosen.put("confidence", 0.7)
    fewer = Selection(Comparison(several.of(["Shire 001", "Shire 003"])))
    fewer.follow(chosen)
    assert (fewer.councils, fewer.focus, fewer.confidence) == (["Shire 001", "Shire 003"], None, 0.7)
    chosen.put("councils", ["Shire 002", "Shire 001"])
    fewer.follow(chosen)
    assert fewer.councils == ["Shire 001"]
    more = Selection(Comparison(several))
    more.follow(Selection(Comparison(several.of(["Shire 001", "Shire 003"]))))  # all there were, so all there are
    assert len(more.councils) == 4


def test_an_address_has_what_was_chosen_and_gives_it_again(several, chosen):
    everyone = ["Shire 001", "Shire 002", "Shire 003", "Shire 004"]
    assert chosen.query() == {}
    chosen.put("focus", "Shire 002")
    assert chosen.query() == {"council": ["Shire 002"]}
    section = chosen.comparison.section_titles[0]
    chosen.put("old", "2006-01")
    for name, value in (
        *(
            ("councils", ["Shire 003", "Shire 002"]),
            ("right", "Shire 003"),
            ("edition", "2006-01"),
            ("statuses", ["Updated", "New"]),
        ),
        *(("topics", "foster"), ("confidence", 0.75)),
    ):
        chosen.put(name, value)
    said = {
        **{
            "council": ["Shire 002"],
            "other": ["Shire 003"],
            "edition": ["2006-01"],
            "from": ["2006-01"],
            "topic": ["foster"],
        },
        **{"flag": ["Updated", "New"], "confidence": ["0.75"], "with": ["Shire 003"]},
    }
    assert chosen.query() == said
    other = Selection(Comparison(several))
    other.put("sections", [section])
    assert other.ask(said) == []
    assert (other.query(), other.councils, other.sections) == (said, ["Shire 002", "Shire 003"], [])
    other.put("focus", "Shire 003")
    assert (other.old, other.new) == ("", "")  # its own editions
    other.put("old", "2006-07")
    other.put("right", "Shire 004")
    assert (other.old, other.councils) == ("2006-07", ["Shire 004", "Shire 002", "Shire 003"])
    assert other.ask(
        {
            "with": ["Atlantis", "Shire 004"],
            "council": ["Shire 001"],
            "flag": ["Old"],
            "edition": ["x"],
            "confidence": ["2"],
        }
    ) == [
        "The link names Atlantis, which has no manual here",
        "No edition 'x'; editions: 2006-07, 2006-01.",
        "No flag 'Old'; flags: New, Updated, no flag.",
        "A confidence is between 0 and 1, not 2.0.",
    ]
    assert (other.councils, other.focus, other.statuses, other.edition) == (
        ["Shire 001", "Shire 004"],
        "Shire 001",
        [],
        None,
    )
    assert other.confidence == other.comparison.confidence
    assert other.ask({"council": ["Kent"]}) == [
        "No manual of 'Kent'; councils: Shire 001, Shire 002, Shire 003, Shire 004."
    ]
    assert other.ask({"confidence": ["high"]}) == ["'high' cannot be chosen for confidence."]
    assert other.ask({}) == []
    assert (other.councils, other.query()) == (everyone, {})
    other.put("councils", everyone[:1])
    assert other.query() == {"council": ["Shire 001"], "with": [""]}
    assert other.ask({"with": [""]}) == []
    assert other.councils == []
    whole = Selection(Comparison(several)).query(whole=True)
    assert (whole["council"], whole["with"], whole["section"], whole["confidence"]) == (
        ["Shire 001"],
        everyone[1:],
        [],
        ["0.5"],
    )


def test_what_is_out_of_bounds_is_refused_and_bounds_are_not(chosen):
    for value in (0, 1):
        chosen.put("confidence", value)
    for value in (-0.01, 1.01):
        with pytest.raises(TableError, match="confidence is between 0 and 1"):
            chosen.put("confidence", value)
    assert chosen.confidence == 1
    chosen.put("statuses", ["New", "no flag", "New"])
    assert chosen.statuses == ["New", "no flag"]
    chosen.put("focus", None)
    chosen.put("sections", [])
    chosen.put("edition", None)
    assert (chosen.focus, chosen.sections, chosen.edition) == (None, [], None)


def test_every_setting_has_a_control_and_every_control_a_setting(chosen):
    kinds = (CoveragePanel, StructurePanel, ActivityPanel, AlignPanel, EditionsPanel)
    assert {"view", *(name for kind in kinds for name in kind.settings)} == CONTROLS.keys()
    assert COMPARED.keys() <= CONTROLS.keys()


def test_views_are_chosen_by_name_by_title_and_by_an_earlier_title(chosen):
    panel = CoveragePanel(chosen=chosen)
    for name in ("gaps", "Missing from Shire 001's contents page", "Not on the page of the council in focus"):
        panel.view = "topics"
        panel.view = name
        assert panel.view == panel.view_choice.value == "gaps"
    panel.focus = "Shire 002"
    assert ("Missing from Shire 002's contents page", "gaps") in panel.view_titles
    assert ("Missing topics", "gaps") in panel.view_choice.options
    assert panel.view_choice.value == "gaps"
    with pytest.raises(TableError, match="no view 'claims'; views: gaps, gaps_listed"):
        panel.view = "claims"
    assert "claims" in FORMER_TITLES.values()
