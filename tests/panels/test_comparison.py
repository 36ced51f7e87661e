"""The callbacks of comparison panels, without kernel or browser: what a control does, shows and writes."""

import io
import re
import shutil
from datetime import date

import pandas as pd
import pytest
from lxml import html

import procman as pm
from procman.errors import LibraryError, TableError
from procman.library.library import add_manual
from procman.library.peer_lists import read_lists, save_list
from procman.measures import coverage, duties, structure
from procman.measures.peers import nearest
from procman.panels import ActivityPanel, CoveragePanel, DutiesPanel, EditionsPanel, StructurePanel
from procman.panels.controls import FLAGS
from procman.panels.name_chooser import MOST_CHIPS, Chooser
from procman.panels.table import PAGE, Asked, TableControls
from procman.reports.comparison import Comparison
from procman.reports.council_report import council_page
from procman.reports.html import table_html
from procman.tables import Column, Table
from tests.synthetic import write_library

PANELS = (CoveragePanel, StructurePanel, ActivityPanel, DutiesPanel)
OLD = "1. <b>All</b> Children\n\n1.1 Consent\n1.2 Records <script>x</script>\n\n2. Care\n\n2.1 Contact\n"
NEW = "1. <b>All</b> Children\n\n1.1 Consent New\n\n2. Care\n\n2.1 Contact\n2.2 Staying Put\n"


@pytest.fixture(scope="module")
def library(root):
    return pm.open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    return pm.open_library(write_library(tmp_path_factory.mktemp("synthetic") / "manuals", 4, 2), cache=False)


@pytest.fixture
def make(tmp_path):
    """make(CoveragePanel, manuals) gives a panel whose decisions and exports are thrown away."""

    def made(kind, manuals, **more):
        return kind(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path / "exports", **more)

    return made


def words(fragment):
    """What a fragment of HTML says."""
    return " ".join(html.fromstring(f"<div>{fragment}</div>").text_content().split())


def control(panel, name):
    return panel._settings.by_name[name]


@pytest.mark.parametrize("kind", PANELS)
def test_every_view_shows_its_table_and_chart(make, several, kind):
    panel = make(kind, several)
    for view in panel.views:
        panel.topics = "care" if view.rows == "search" else ""
        panel.view_choice.value = view.name
        assert panel.message == ""
        assert panel.view == view.name
        panel._table._declared.check(panel.table, view.name)
        assert panel._table.widget.layout.display == (None if len(panel.table) else "none")
        if view.chart_for(panel.comparison) and len(panel.table):
            picture = html.fromstring(panel._chart.svg)
            assert picture.get("aria-label") == panel.figure.words
        else:
            assert panel._chart.svg == ""
        assert words(panel._headline.value).count("Compared: ") == 1


@pytest.mark.parametrize("kind", PANELS)
def test_every_control_changes_what_is_shown_and_never_fails(make, several, kind):
    panel = make(kind, several)
    controls = panel._settings.by_name
    changes = {
        "edition": lambda: setattr(controls["edition"], "value", several.manuals["edition"].min()),
        "focus": lambda: setattr(controls["focus"], "value", panel.councils[2]),
        "sections": lambda: setattr(controls["sections"].box, "value", panel.comparison.section_titles[1]),
        "topics": lambda: setattr(controls["topics"], "value", "child"),
        "statuses": lambda: setattr(controls["statuses"], "value", ("New",)),
        "confidence": lambda: setattr(controls["confidence"], "value", 0.9),
        "peers": lambda: controls["peers"].chooser.remove(panel.peers[-1]),
    }
    for name in (name for name in changes if name in panel.settings):
        before = panel.selection
        changes[name]()
        assert panel.selection != before, name
        assert panel.message == "", name
    assert len(panel.councils) == 3


def test_state_is_set_from_code_and_wrong_state_is_refused(make, library):
    panel = make(CoveragePanel, library)
    panel.councils = ["Oxfordshire", "Milton Keynes", "Oxfordshire"]
    assert panel.councils == ["Oxfordshire", "Milton Keynes"]
    assert panel.focus == "Oxfordshire"
    panel.focus, panel.confidence, panel.edition = "Milton Keynes", 0.8, "2017-07"
    assert panel.selection == {
        "view": "gaps",
        "focus": "Milton Keynes",
        "peers": ["Oxfordshire"],
        "edition": "2017-07",
        "sections": [],
        "topics": "",
        "statuses": [],
        "confidence": 0.8,
    }
    assert control(panel, "confidence").value == 0.8
    with pytest.raises(LibraryError, match="no manual of 'Atlantis'; councils: Milton Keynes, Oxfordshire"):
        panel.councils = ["Atlantis"]
    for name, value in [
        ("edition", "1999-01"),
        ("focus", "Atlantis"),
        ("sections", ["No such"]),
        ("statuses", ["Old"]),
        ("confidence", 7),
        ("view", "Nothing"),
    ]:
        with pytest.raises(TableError):
            setattr(panel, name, value)
        panel.set(name, value)  # as a control does
        assert panel.message[0].isupper()
        assert "panel:" not in panel.message
        assert 'role="alert"' in panel._message.value
    assert len(panel.councils) == 2


def test_panel_shows_what_the_measures_give(make, library):
    topics = pm.topics(library.entries)
    panel = make(CoveragePanel, library)
    missing = pm.gaps(library.entries, "Milton Keynes")
    pd.testing.assert_frame_equal(panel.table[missing.columns], missing)
    panel.view = "coverage_matrix"
    pd.testing.assert_frame_equal(panel.table, coverage.presence(topics))
    panel.view = "coverage_by_section"
    mine = coverage.by_section(topics).query("council == 'Milton Keynes'").reset_index(drop=True)
    pd.testing.assert_frame_equal(panel.table, mine)
    expected = make(DutiesPanel, library)
    pd.testing.assert_frame_equal(expected.table, duties.audit(library.entries, topics))


def test_gaps_have_a_column_for_each_of_few_neighbours(make, library, tmp_path):
    panel = make(CoveragePanel, library)
    row = panel.table.set_index("topic_title").loc["Early help assessment"]
    assert row["Oxfordshire"] == "1.1.1 Early Help Assessment"
    heads = html.fromstring(panel._table.rows.html).xpath("//th[@scope='col']/text()")
    assert heads[:3] == ["Topic title", "Oxfordshire", "On your page"]
    assert "which" in panel.table
    many = make(CoveragePanel, pm.open_library(write_library(tmp_path / "many", 6, 1), cache=False))
    assert re.search(r"; \d+ of them (is|are) on more than half of the 5 pages\.", words(many._headline.value))
    heads = html.fromstring(many._table.rows.html).xpath("//th[@scope='col']/text()")
    assert heads[:4] == ["Topic title", "Councils", "Out of", "Share"]


def test_each_view_has_a_headline_about_your_council(make, library):
    panel = make(CoveragePanel, library)
    panel.focus = "Oxfordshire"
    missing = pm.gaps(library.entries, "Oxfordshire")["tier"].value_counts()
    said = words(panel._headline.value)
    assert said.startswith(
        f"{missing['not found']} topics that Milton Keynes lists were not found on Oxfordshire's page."
    )
    assert f"{missing['perhaps inside']} may stand inside another chapter." in said
    heard = set()
    for kind in PANELS:
        panel = make(kind, library, councils=["Milton Keynes", "Oxfordshire"])
        for view in panel.views:
            panel.topics = "care" if view.rows == "search" else ""
            panel.view = view.name
            heard.add(words(html.fromstring(f"<div>{panel._headline.value}</div>").xpath("//h3")[0].text_content()))
    numbers = dict(coverage.reach(pm.topics(library.entries))[["reach", "topics"]].values.tolist())
    one, other = (len(pm.topics(library.entries).query("council == @name")) for name in panel.councils)
    assert (one, other) == (124, 129)
    assert {
        f"{numbers['all']} topics are on both contents pages, 35 on Milton Keynes's alone and 41 on Oxfordshire's alone.",
        "Of Milton Keynes's 124 chapters, Oxfordshire has 89 too.",
        "The largest of Milton Keynes's 7 sections, Looked After Children, has 44 of 124 chapters.",
        "Milton Keynes flags 12 of 124 chapters: 6 New, 6 Updated.",
    } <= heard
    alone = make(CoveragePanel, library, councils=["Oxfordshire"])
    assert "Choose a council to compare Oxfordshire with." in words(alone._headline.value)


def test_a_topic_counts_what_matches(make, library):
    panel = make(CoveragePanel, library)
    panel.topics = "private foster"
    panel.view = "coverage_matrix"
    assert panel.table["chapters"].tolist() == [1, 1]
    panel.view = "coverage_by_section"
    assert panel.table[["section", "chapters", "in_all"]].values.tolist() == [["Prevention and Family Support", 1, 1]]
    assert "Only what is on the topic “private foster” is counted." in words(panel._headline.value)
    assert 'aria-label="On the topic “private foster”: ' in panel._chart.svg
    assert ">On the topic “private foster”: ".encode() in panel.save("svg").read_bytes()
    panel.view = "intersections"
    assert panel.table[["members", "topics"]].values.tolist() == [[2, 1]]
    panel.view = "shares"
    assert panel.table[["chapters", "also_there"]].values.tolist() == [[1, 1], [1, 1]]
    for kind, view in ((StructurePanel, "sizes"), (StructurePanel, "depths"), (ActivityPanel, "flags")):
        counted = make(kind, library)
        counted.topics, counted.view = "private foster", view
        assert set(counted.table["chapters"]) == {1}
        counted.topics = "foster"
        many = counted.comparison.asked.groupby("council").size()
        of_sections = counted.table.query("level == 'section'") if view == "sizes" else counted.table
        assert (of_sections.groupby("council")["chapters"].sum() == many).all()
    panel.topics = ""
    assert "On the topic" not in panel._chart.svg
    panel.topics = "no such words"
    for view in (view for view in panel.views if "topics" in view.obeys):
        panel.view = view.name
        assert panel.message == ""
        assert view.rows == "search" or "Nothing here is on the topic “no such words”." in words(panel._headline.value)


def test_whom_a_topic_is_shared_with_is_told_by_all(make, several):
    """Of three councils two have a chapter on it: then not all have."""
    panel = make(CoveragePanel, several)
    topics = coverage.by_topic(pm.topics(panel.comparison.entries))
    title = topics[topics["councils"] == 2]["topic_title"].iloc[0]
    panel.topics, panel.view = title, "topics"
    assert (panel.table["of"] == 4).all()
    expected = panel.table.groupby("councils").size().to_dict()
    panel.view = "intersections"
    assert panel.table.groupby("members")["topics"].sum().to_dict() == expected


def test_picking_sections_and_flags_leaves_rows_out(make, library):
    panel = make(CoveragePanel, library)
    panel.view = "coverage_by_section"
    whole = panel.table.set_index("section")["chapters"]
    panel.statuses = ["New"]
    assert 0 < len(panel.table) < len(whole)
    assert (panel.table.set_index("section")["chapters"] == whole[panel.table["section"]]).all()
    assert "Table and chart show only" in words(panel._headline.value)
    assert f'aria-label="In the {len(panel.table)} of {len(whole)} rows picked (flag New): ' in panel._chart.svg
    panel.topics = "foster"
    assert 'aria-label="On the topic “foster”, in the ' in panel._chart.svg
    panel.topics, panel.statuses = "", []
    panel.view = "intersections"  # of all topics, so no section leaves anything out, and the controls say so
    assert not control(panel, "topics").disabled
    assert control(panel, "sections").box.disabled
    assert control(panel, "sections").all_button.disabled
    panel.view = "coverage_matrix"  # and can be chosen again
    assert not control(panel, "sections").box.disabled
    panel.sections = ["Looked After Children"]
    panel.view = "intersections"
    assert control(panel, "sections").chips.disabled


def test_headings_above_picked_chapters_stay(make, library):
    panel = make(StructurePanel, library, councils=["Oxfordshire"])
    panel.topics = "adoption"
    entries = library.manual("Oxfordshire").entries.set_index("position")
    assert set(panel.table["title"]) <= set(structure.sizes(library.entries)["title"])
    chapter = panel.comparison.picked.iloc[-1]
    assert entries.loc[chapter["parent"], "title"] in set(panel.table["title"])


def test_another_confidence_reads_no_chapter_again(make, library, monkeypatch):
    from procman.matching.concepts import Sector, sector

    read, really_read = [], Sector._read
    monkeypatch.setattr(sector(), "known", {})  # what other tests read
    monkeypatch.setattr(Sector, "_read", lambda self, forms: read.extend(forms) or really_read(self, forms))
    panel = make(CoveragePanel, library)
    assert len(read) > 100
    read.clear()
    panel.confidence = 0.91
    assert panel.message == ""
    assert read == []


def test_searching_needs_words(make, library):
    panel = make(CoveragePanel, library)
    panel.view = "search"
    assert panel.message == "Type into Topic: a word of a title, or what the sector calls it (LAC, s47)."
    control(panel, "topics").value = "private fostering"
    assert panel.message == ""
    assert set(panel.table["council"]) == {"Milton Keynes", "Oxfordshire"}


def test_without_manuals_or_councils_the_panel_says_so(make, library):
    assert make(CoveragePanel, []).message == "There is no manual yet."
    panel = make(CoveragePanel, library)
    panel.councils = []
    assert panel.message == "Choose a council first."
    assert panel.table.empty
    assert panel.figure is None
    panel.councils = ["Oxfordshire"]
    assert panel.message == ""


def test_comparing_as_of_a_month(several):
    comparison = Comparison(several)
    first, last = sorted(several.manuals["edition"].unique())
    assert {manual.edition for manual in comparison.chosen} == {last}
    comparison.edition = first
    assert {manual.edition for manual in comparison.chosen} == {first}


def test_table_sorts_filters_and_escapes(make):
    shown = TableControls()
    titles = ["<b>Bold</b>", "consent", "Records"]
    table = pd.DataFrame({"title": titles, "share": [0.5, float("nan"), 1.0], "topic": ["x", "y", "z"]})
    columns = (
        Column("title", "str", 'a "title"', ""),
        Column("share", "float64", "", ""),
        Column("topic", "str", "", ""),
    )
    declared = Table("things", "", columns)
    shown.show(table, declared, ("topic",))
    assert shown.rows.columns == ["title", "share"]
    shown.sort_by = "title"
    assert shown.table["title"].tolist() == ["<b>Bold</b>", "consent", "Records"]
    shown.descending, shown.sort_by = True, "share"
    assert shown.table["title"].tolist() == ["Records", "<b>Bold</b>", "consent"]
    shown.find.value = "CONS"
    assert shown.table["title"].tolist() == ["consent"]
    assert "1 row of 3" in words(shown.rows.html)
    page = table_html(table, declared, "Things")
    assert "&lt;b&gt;Bold" in page
    assert "<b>" not in page
    assert html.fromstring(page).xpath("//th/@title")[0] == 'a "title"'
    assert "50%" in page
    assert "–" in page
    shown.find.value = ""
    shown.show(pd.DataFrame({"title": [f"a{place}" for place in range(PAGE + 2)]}), declared)
    assert f"52 rows, 1 to {PAGE} here" in words(shown.rows.html)
    shown.sort_by = "title"
    shown.rows.page = 1
    assert "52 rows, 51 to 52 here" in words(shown.rows.html)
    assert shown.rows.pages == 2
    shown.rows.page = 7  # more than there are
    assert shown.rows.page == 1
    shown.find.value = "a51"
    assert (shown.rows.page, shown.rows.pages, len(shown.table)) == (0, 1, 1)


def test_a_table_keeps_what_is_asked_in_its_rows_when_sorted():
    shown = TableControls()
    declared = Table("things", "", (Column("title", "str", "", ""),))
    asked = [Asked("2", "two", ("Same",)), Asked("1", "one", ("Same", "Skip"))]
    shown.show(pd.DataFrame({"title": ["b", "a"]}), declared, asked=asked)
    assert [each["row"] for each in shown.rows.asked] == ["2", "1"]
    shown.sort_by = "title"
    assert shown.rows.asked == [{"row": "1", "about": "one", "buttons": ("Same", "Skip")}, asked[0]._asdict()]
    shown.show(pd.DataFrame({"title": ["b"]}), declared)
    assert shown.rows.asked == []


def test_chooser_searches_adds_and_takes_out():
    seen = []
    chooser = Chooser("council", seen.append)
    names = [f"Council {n}" for n in range(20)] + ["North Yorkshire"]
    chooser.offer(names, [])
    assert chooser.chips.rest == "no council chosen"
    chooser.box.value = "york"
    assert seen == []
    chooser.box._handle_custom_msg({"event": "submit"}, [])
    assert seen == [("North Yorkshire",)]
    assert chooser.box.value == ""
    assert "North Yorkshire" not in chooser.box.options
    chooser.chips._handle_custom_msg({"remove": "North Yorkshire"}, [])
    assert seen[-1] == ()
    chooser.offer(names, names)
    assert chooser.chips.names == names[:MOST_CHIPS]
    assert chooser.chips.rest == f"and {21 - MOST_CHIPS} more"


def test_presets_choose_peers(make, root, tmp_path):
    shutil.copytree(root / "data/manuals", tmp_path / "manuals")
    for name in ("Bedford", "Kent", "Leeds"):
        (tmp_path / "page.txt").write_text(NEW)
        add_manual(tmp_path / "page.txt", name, edition="2024-06", folder=tmp_path / "manuals")
    save_list("mine", ["Kent", "Leeds", "Devon"], tmp_path / "peers.csv")
    panel = make(CoveragePanel, pm.open_library(tmp_path / "manuals"))
    panel.focus = "Milton Keynes"
    preset = control(panel, "peers").preset
    assert [label for label, _ in preset.options] == [
        "choose peers", "statistical neighbours (3 of 10 have a manual here)", "same region (2 of 18 have a manual here)", "same kind (1 of 62 have a manual here)",
        "same platform (2)", "mine (2 of 3 have a manual here)", "all (4)", "clear", "keep as a list …",
    ]  # fmt: skip
    assert preset.value == "all"
    for name, peers in (
        ("statistical neighbours", ["Bedford", "Kent", "Leeds"]),
        ("same region", ["Kent", "Oxfordshire"]),
        ("mine", ["Kent", "Leeds"]),
        ("clear", []),
    ):
        preset.value = name
        assert panel.message == ("" if peers else panel.message)
        assert panel.peers == peers
        assert panel.focus == "Milton Keynes"
        assert preset.value == (name if peers else "")


def test_peers_are_kept_as_a_list(make, root, tmp_path):
    shutil.copytree(root / "data/manuals", tmp_path / "manuals")
    panel = make(CoveragePanel, pm.open_library(tmp_path / "manuals"))
    peers = control(panel, "peers")
    assert peers.name.layout.display == "none"
    peers.preset.value = "keep as a list …"
    assert peers.name.layout.display is None
    peers.name.value = " coast "
    peers.name._handle_custom_msg({"event": "submit"}, [])
    assert panel.message == "Kept as the list “coast”."
    assert read_lists(tmp_path / "peers.csv") == {"coast": ["Oxfordshire"]}
    assert ("coast (1)", "coast") in peers.preset.options
    assert (peers.name.value, peers.name.layout.display) == ("", "none")
    for name, said in (
        ("coast", "there is already a list called 'coast'"),
        ("all", "cannot be called 'all'"),
        ("", "1 to 100"),
    ):
        peers.on_keep(name)
        assert said in panel.message
    alone = make(CoveragePanel, list(pm.open_library(tmp_path / "manuals")))
    control(alone, "peers").on_keep("x")
    assert alone.message == "There is no library to keep a list beside."


def test_most_similar_manuals_are_found_when_asked_for(make, tmp_path):
    library = pm.open_library(write_library(tmp_path / "many/manuals", 13, 1), cache=False)
    panel = make(CoveragePanel, library)
    control(panel, "peers").preset.value = "most similar manuals"
    alike = nearest(pm.topics(library.entries), "Shire 001")["other"].tolist()
    assert sorted(panel.peers) == sorted(alike[:10])


def test_confidence_is_there_only_where_it_does_something(make, library):
    panel = make(StructurePanel, library)
    advanced = panel._settings.advanced
    assert (panel.view, advanced.fold.layout.display, advanced.box.layout.display) == ("outline", "none", "none")
    panel.view = "places"
    assert (advanced.fold.layout.display, advanced.box.layout.display) == (None, "none")
    advanced.fold.unfolded = True
    assert advanced.box.layout.display is None
    panel.view = "depths"
    assert advanced.box.layout.display == "none"
    filters = panel._settings.filters
    assert filters.fold.description == "Filters"
    panel.topics, panel.statuses = "care", ["New"]
    assert filters.fold.description == "Filters (2 filters in use)"


def test_export_writes_what_is_on_show(make, library, tmp_path):
    panel = make(CoveragePanel, library)
    panel.view = "coverage_by_section"
    panel.export.buttons["csv"].click()
    path = tmp_path / "exports/coverage-by-section-milton-keynes.csv"
    said = f"Written to {path.as_posix()}. It has the 7 rows of the table above, as filtered and sorted."
    assert panel.export.message == said
    assert pd.read_csv(path)["section"].tolist() == panel.table["section"].tolist()
    link = html.fromstring(panel.export._said.value).xpath("//a")[0]
    assert link.get("download") == path.name
    assert link.get("href").startswith("data:text/csv;base64,")
    assert panel.save("png").read_bytes() == panel.figure.picture("png")
    assert b"<svg" in panel.save("svg").read_bytes()
    panel.topics = "foster"  # which leaves nothing out of what follows
    day = date.today()
    panel.export.buttons["xlsx"].click()
    workbook = tmp_path / f"exports/procman-milton-keynes-{day}.xlsx"
    assert len(pd.read_excel(workbook, sheet_name="Chapters", header=None)) > 250
    assert panel.export.buttons["html"].description == "Report for Milton Keynes"
    panel.export.buttons["html"].click()
    report = (tmp_path / f"exports/procman-milton-keynes-{day}.html").read_text("utf-8")
    whole = Comparison(library).of(focus="Milton Keynes", today=day, chosen_as="all other councils in the library")
    assert report == council_page(whole, "Milton Keynes")
    panel.topics = ""
    panel.view = "topics"
    with pytest.raises(TableError, match="there is no chart to save"):
        panel.save("png")
    (tmp_path / "exports").rename(tmp_path / "elsewhere")
    (tmp_path / "exports").write_text("in the way")
    panel.export.buttons["csv"].click()
    assert "cannot be written" in panel.export.message


def test_editions(make):
    old, new = (
        pm.read_manual(io.StringIO(page), "N & <i>S</i>", edition=year)
        for page, year in ((OLD, "2023-01"), (NEW, "2024-02"))
    )
    panel = make(EditionsPanel, [old, new])
    assert (panel.old, panel.new) == ("2023-01", "2024-02")
    assert panel.view == "by_chapter"
    panel.view = "each_change"
    pd.testing.assert_frame_equal(panel.table, pm.changes(old.entries, new.entries))
    assert "N & <i>S</i> (January 2023) and N & <i>S</i> (February 2024)" in words(panel._headline.value)
    said = "".join([panel._headline.value, panel._table.rows.html, panel._message.value])
    assert not re.search(r"<(script|i|b)\b", said)
    assert panel.figure.table["chapters"].sum() == len(panel.table.query("kind == 'chapter'"))
    control(panel, "statuses").value = FLAGS["New"]
    assert panel.table["change"].tolist() == ["flag changed"]
    part = f"the 1 of {len(panel.changes)} changes"
    assert f"Picked: flag New. Table and chart show only {part} between the two" in words(panel._headline.value)
    assert panel.figure.remark == f"In {part} picked (flag New)"
    control(panel, "statuses").value = FLAGS["no flag"]
    assert "Records" in " ".join(panel.table["old_title"].dropna())  # removed, without a flag
    panel.statuses, panel.sections = [], ["Care"]
    assert set(panel.table["new_section"].dropna()) == {"Care"}
    panel.view = "claims"
    assert panel.table["chapters"].sum() == 3
    control(panel, "old").value = "2024-02"
    assert panel.message == "editions: choose two different editions."
    assert panel.table.empty
    panel.old = "2023-01"
    assert panel.message == ""


def test_the_newest_two_editions_of_a_council_with_several_are_compared_unless_others_are_chosen(make):
    dates = {"Ayle": ["2023-01"], "Beere": ["2024-06", "2022-03", "2023-09"], "Coast": ["2023-01", None]}
    page = "1. All\n\n1.1 Consent\n1.2 Pets\n"
    panel = make(
        EditionsPanel, [pm.read_manual(io.StringIO(page), name, edition=each) for name in dates for each in dates[name]]
    )
    assert (panel.council, panel.councils, panel.edition_names) == (
        "Beere",
        ["Beere"],
        ["2022-03", "2023-09", "2024-06"],
    )
    assert (panel.old, panel.new, panel.message) == ("2023-09", "2024-06", "")
    panel.old = "2022-03"
    assert (panel.old, panel.new) == ("2022-03", "2024-06")
    assert "Beere (March 2022) and Beere (June 2024)" in words(panel._headline.value)
    with pytest.raises(TableError, match="no edition '2021-01'; editions: 2022-03, 2023-09, 2024-06"):
        panel.new = "2021-01"
    panel.council = "Coast"  # the other's editions are chosen no more
    assert {panel.old, panel.new} == {"undated", "2023-01"}
    assert "Coast (edition not printed)" in words(panel._headline.value)
    panel.council = "Ayle"
    assert (panel.old, panel.new, panel.edition_names) == ("", "", ["2023-01"])
    assert panel.table.empty
    assert panel._headline.value == ""
    fewer = [manual for manual in panel.comparison.source.manuals if manual.council != "Beere"]
    assert make(EditionsPanel, fewer).council == "Coast"
    none = make(EditionsPanel, [])
    assert (none.council, none.councils, none.edition_names, none.message) == (None, [], [], "There is no manual yet.")


def test_a_council_that_is_not_here_is_told(make, library):
    panel = make(CoveragePanel, library, councils=["Oxfordshire"])
    chooser = control(panel, "peers").chooser
    for name in ("Kent", "Atlantis"):
        chooser.box.value = name
        chooser.box._handle_custom_msg({"event": "submit"}, [])
    assert (
        chooser._said.value == '<p class="procman-error" role="alert">No council here has “Atlantis” in its name.</p>'
    )
    chooser.box.value = "milton"
    chooser.box._handle_custom_msg({"event": "submit"}, [])
    assert chooser.chips.names == ["Milton Keynes"]
    assert panel.councils == ["Milton Keynes", "Oxfordshire"]
    assert panel.focus == "Oxfordshire"


def test_charts_can_be_saved_only_where_one_is_drawn(make, library):
    panel = make(CoveragePanel, library)
    panel.view = "coverage_by_section"
    assert not panel.export.buttons["png"].disabled
    panel.view = "topics"
    assert panel.export.buttons["svg"].disabled


def test_editions_follow_a_persons_decisions(make, tmp_path):
    pages = (
        ("1. All\n\n1.1 Consent\n1.2 Contact\n", "2023-01"),
        ("1. All\n\n1.1 Consent\n1.2 Family Time\n", "2024-02"),
    )
    old, new = (pm.read_manual(io.StringIO(page), "Northwick", edition=edition) for page, edition in pages)
    panel = make(EditionsPanel, [old, new])
    panel.view = "each_change"
    assert panel.table["change"].tolist() == ["renamed"]
    councils = {"left_council": "Northwick", "right_council": "Northwick"}
    pm.record_decision("rejected", "Contact", "Family Time", "a test", **councils, path=tmp_path / "decisions.csv")
    panel.refresh()
    assert sorted(panel.table["change"]) == ["added", "removed"]


def test_duties_on_a_topic(make, library):
    panel = make(DutiesPanel, library)
    panel.topics = "care"
    mine = panel.table.query("council == 'Milton Keynes'")
    said = words(panel._headline.value)
    assert said.startswith(f"Milton Keynes: {duties.summary(mine)}.")
    assert "Only what is on the topic “care” is counted." in said
    assert panel.figure.title.startswith("On the topic “care”: ")


def test_editions_of_a_council_with_one(make, library):
    panel = make(EditionsPanel, library)
    assert panel.message.startswith("This needs two editions, and the library has one of Milton Keynes.")
    assert 'role="status"' in panel._message.value
    assert panel.table.empty
    control(panel, "council").value = "Oxfordshire"
    assert "of Oxfordshire" in panel.message


def test_a_fault_becomes_a_sentence_and_the_panel_stays_usable(make, library, monkeypatch):
    panel = make(CoveragePanel, library)
    with monkeypatch.context() as patch:
        patch.setattr(Comparison, "chapters", property(lambda self: 1 / 0))
        panel.set("topics", "foster")
        assert panel.message == "Something went wrong. Please report this (ZeroDivisionError: division by zero)."
        assert 'role="alert"' in panel._message.value
    panel.set("topics", "")
    assert panel.message == ""


@pytest.mark.parametrize("kind", [*PANELS, EditionsPanel])
def test_every_control_has_a_label_and_the_panel_says_itself_in_words(make, library, kind):
    panel = make(kind, library)
    for each in panel._settings.by_name.values():
        assert getattr(each, "box", each).description
    for each in (panel.view_choice, panel._table.find, *panel.export.buttons.values()):
        assert each.description
    assert panel._repr_mimebundle_()["text/plain"].startswith(f"Panel: {kind.about} of ")


def test_views_without_data_say_so_and_stand_last(make, library):
    tabs = dict(make(ActivityPanel, library).tabs)
    empty = [name for name in tabs if name.endswith(" (no data yet)")]
    assert list(tabs)[-len(empty) :] == empty
    assert {"Ages (no data yet)", "Next reviews (no data yet)", "Amendments (no data yet)"} <= set(empty)
    assert "Each flagged chapter" in tabs
    panel = make(EditionsPanel, library)
    assert {name.rpartition(" (")[2] for name in dict(panel.tabs)} == {"no data yet)"}


def test_with_nobody_to_compare_with_the_headline_says_whom_to_choose(make, library):
    panel = make(CoveragePanel, library)
    panel.peers = []
    assert panel.view == "gaps"
    assert f"<h3>Choose a council to compare {panel.focus} with.</h3>" in panel._headline.value
    assert ("Missing topics (needs 2 councils)", "gaps") in panel.tabs
    assert "Choose at least two" not in panel._headline.value  # it is said once
