"""Controls by themselves, without a panel: what there is to choose, what is passed on, what is folded away."""

from types import SimpleNamespace

import pandas as pd
import pytest
from lxml import html

from procman.errors import TableError
from procman.files import MAX_BYTES
from procman.library.peer_lists import read_lists
from procman.measures import peers
from procman.measures.activity import FLAGS_BY_SECTION
from procman.panels.bringing import PageControls
from procman.panels.browser import Upload
from procman.panels.controls import CONTROLS, SettingControls
from procman.panels.export import ExportControls
from procman.panels.message import look_html, message_html, said_if_wrong
from procman.panels.name_chooser import Chooser
from procman.panels.outline import corrections_html, headline_html, notices_html, outline_html
from procman.panels.peers import KEEP, NOBODY, PeerChooser, how_chosen, keep_list, presets
from procman.panels.table import TableControls
from procman.reading.manual import read_manual
from procman.reports.comparison import Comparison
from procman.tables import CORRECTIONS, ENTRIES, NOTICE_TABLE, Column, Table

OPENED = {None: True, "none": False}


def seen(widget):
    return OPENED[widget.layout.display]


def submit(box, words):
    """As a person types words and presses Enter."""
    box.value = words
    box._handle_custom_msg({"event": "submit"}, [])


@pytest.fixture
def panel():
    """What controls ask of a panel."""
    comparison = SimpleNamespace(
        known=["Ayle", "Beere", "Coast"], section_titles=["Care", "Staff"], editions=["2024-06", "2023-01"]
    )
    return SimpleNamespace(
        **{"comparison": comparison, "councils": ["Ayle", "Beere"], "edition_names": ["2023-01", "2024-06"], "presets": {}},
        **{"focus": "Ayle", "left": "Ayle", "right": "Beere", "council": "Coast", "old": "2023-01", "new": "2024-06"},
        **{"peers": ["Beere"], "topics": "foster", "sections": [], "statuses": [], "edition": None, "confidence": 0.5},
        **{"view": "topics", "tabs": [("By section", "sections"), ("Topics", "topics")]},
    )  # fmt: skip


@pytest.fixture
def changes():
    return []


@pytest.fixture
def controls(changes):
    return SettingControls(tuple(CONTROLS), lambda name, value: changes.append((name, value)))


def test_each_setting_shows_what_there_is_and_passes_on_what_is_chosen(panel, controls, changes):
    controls.by_name["topics"].value = "pets"
    assert changes.pop() == ("topics", "pets")
    controls.show(panel, ("topics", "sections"))
    assert changes == []
    by_name = controls.by_name
    options = {
        name: [value for _, value in by_name[name].options] for name in ("focus", "left", "right", "council", "old")
    }
    assert options == {
        **{"focus": ["Ayle", "Beere"], "left": panel.comparison.known, "right": panel.comparison.known},
        **{"council": panel.comparison.known, "old": ["2023-01", "2024-06"]},
    }
    assert by_name["edition"].options == (
        *(("newest of each council", ""), ("as of June 2024", "2024-06"), ("as of January 2023", "2023-01")),
    )
    assert [label for label, _ in by_name["statuses"].options] == [
        "any, or none",
        "New",
        "Updated",
        "New or Updated",
        "no flag",
    ]
    values = {
        name: by_name[name].value
        for name in ("focus", "left", "right", "council", "new", "edition", "statuses", "topics", "confidence", "view")
    }
    assert values == {
        **{"focus": "Ayle", "left": "Ayle", "right": "Beere", "council": "Coast", "new": "2024-06", "edition": "", "statuses": ()},
        **{"topics": "foster", "confidence": 0.5, "view": "topics"},
    }  # fmt: skip
    assert {name for name, control in by_name.items() if getattr(control, "disabled", False)} == {"statuses"}
    assert by_name["peers"].chooser.chosen == ("Beere",)
    assert by_name["peers"].box.options == ("Coast",)
    assert [by_name[name].tooltip for name in ("focus", "council")] == ["Your council", None]
    assert (by_name["confidence"].min, by_name["confidence"].max) == (0.3, 1.0)
    for name, value in (
        ("focus", "Beere"),
        ("statuses", ("New", "Updated")),
        ("confidence", 0.75),
        ("topics", "pets"),
        ("view", "sections"),
    ):
        by_name[name].value = value
        assert changes.pop() == (name, value)
    assert changes == []
    submit(by_name["sections"].box, "staf")
    assert changes == [("sections", ("Staff",))]


def test_what_is_set_from_code_is_shown_though_no_option_has_it(panel, controls):
    panel.statuses, panel.confidence, panel.focus, panel.edition = ["Updated", "no flag"], 0.1, "Elsewhere", "2024-06"
    panel.tabs = panel.tabs[:1]
    controls.show(panel, ("topics", "sections", "statuses", "edition"), matched=False)
    by_name = controls.by_name
    assert (by_name["statuses"].label, by_name["statuses"].value) == ("Updated or no flag", ("Updated", "no flag"))
    assert (by_name["confidence"].min, by_name["confidence"].value) == (0.1, 0.1)
    assert by_name["focus"].value is None
    assert by_name["edition"].value == "2024-06"
    assert not seen(by_name["view"])
    assert not any(getattr(control, "disabled", False) for control in by_name.values())


def test_filters_and_what_few_need_are_folded_away_and_say_how_many_are_in_use(panel, controls):
    lone = SettingControls(("view", "old"), print)
    assert [seen(each) for folded in (controls.filters, lone.filters) for each in (folded.fold, folded.box)] == [
        True,
        *[False] * 3,
    ]
    controls.show(panel, ())
    filters, advanced = controls.filters, controls.advanced
    assert (filters.fold.description, advanced.fold.description) == ("Filters (1 filter in use)", "Advanced")
    assert [seen(each) for each in (filters.fold, filters.box, advanced.fold, advanced.box)] == [
        True,
        False,
        True,
        False,
    ]
    filters.fold.unfolded = advanced.fold.unfolded = True
    assert [seen(each) for each in (filters.box, advanced.box)] == [True, True]
    panel.topics, panel.sections, panel.statuses = "", ["Care"], ["New"]
    controls.show(panel, (), matched=False)
    assert filters.fold.description == "Filters (2 filters in use)"
    assert [seen(each) for each in (filters.box, advanced.fold, advanced.box)] == [True, False, False]
    panel.sections = panel.statuses = []
    controls.show(panel, ())
    assert filters.fold.description == "Filters"
    lone.show(panel, ())
    assert not seen(lone.filters.fold)
    assert not seen(lone.advanced.fold)
    assert [control.description for control in lone.widget.children] == ["From edition", "Show"]
    assert len(controls.filters.box.children) == 4
    assert len(controls.advanced.box.children) == 2


def test_peers_are_chosen_by_preset_taken_away_or_kept(monkeypatch):
    chosen, kept = [], []
    chooser = PeerChooser(lambda names: chosen.append(list(names)))
    chooser.on_keep = kept.append
    known = ["Beere", "Coast", "Dale"]
    given = {"near": (("Beere", "Dale"), "2 of 5 here"), "alike": (lambda: ["Coast"], "1")}
    chooser.show(known, ["Dale", "Beere"], given)
    assert chosen == []
    assert [label for label, _ in chooser.preset.options] == [
        "choose peers",
        "near (2 of 5 here)",
        "alike (1)",
        NOBODY,
        KEEP,
    ]
    assert (chooser.preset.value, seen(chooser.name)) == ("near", False)
    chooser.show(known, ["Dale"], given)
    assert chooser.preset.value == ""
    chooser.preset.value = "alike"
    chooser.preset.value = "near"
    chooser.preset.value = NOBODY
    assert chosen == [["Coast"], ["Beere", "Dale"], []]
    chooser.show(known, [], given)
    assert chooser.preset.value == ""
    chooser.preset.value = KEEP
    assert seen(chooser.name)
    submit(chooser.name, " my list ")
    assert (kept, chooser.name.value, len(chosen)) == (["my list"], "", 3)
    chooser.show(known, [], given)
    assert not seen(chooser.name)
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    chooser.show(known, [], given)
    assert chooser.preset.options[-1] == (NOBODY, NOBODY)


def test_how_peers_were_chosen_is_told_by_all_by_preset_by_list_or_by_name():
    near = "2 of 9 have a manual here"
    given = {
        **{"mine": (("Beere", "Dale"), "2"), peers.REGION: (("Dale", "Coast"), near), "alike": (lambda: ["Dale"], "1")},
        **{"theirs": (("Beere", "Coast", "Dale"), "3"), peers.ALL: (("Beere", "Coast", "Dale"), "3")},
    }
    told = {
        ("Dale", "Beere"): "the list “mine”",
        ("Coast", "Dale"): f"councils of its region ({near})",
        ("Beere", "Coast", "Dale"): "all other councils in the library",
        ("Dale",): "councils named one by one",
        (): "councils named one by one",
    }
    assert {names: how_chosen(given, names) for names in told} == told
    del given[peers.ALL]
    assert how_chosen(given, ["Beere", "Coast", "Dale"]) == "the list “theirs”"


def test_presets_are_those_that_give_anybody_here(tmp_path, monkeypatch):
    home = SimpleNamespace(folder=tmp_path / "manuals")
    here = ["Luton", "Bedford", "Central Bedfordshire", "Kent", "Leeds"]
    manuals = [read_manual(b"1. All\n\n1.1 Consent\n", name) for name in here]
    given = presets(Comparison(manuals), "Luton")
    region, kind = (["Bedford", "Central Bedfordshire"], "2 of 10 have a manual here"), "2 of 62 have a manual here"
    assert given == {peers.REGION: region, peers.KIND: (region[0], kind), peers.ALL: (sorted(here[1:]), "4")}
    for more in ("Essex", "Devon", "Dorset", "Surrey", "Suffolk", "Norfolk"):
        manuals.append(read_manual(b"1. All\n\n1.1 Consent\n", more))
    assert peers.ALIKE not in presets(Comparison(manuals), "Luton")  # eleven: all of the others are ten
    manuals.append(read_manual(b"1. All\n\n1.1 Consent\n", "Kirklees"))
    find, said = presets(Comparison(manuals), "Luton")[peers.ALIKE]
    assert (len(find()), said) == (10, "10")

    with pytest.raises(TableError, match="there is no library to keep a list beside"):
        keep_list(Comparison(manuals), "mine", ["Kent"])
    kept = SimpleNamespace(library=home)
    with pytest.raises(TableError, match="a list cannot be called 'same region'"):
        keep_list(kept, peers.REGION, ["Kent"])
    keep_list(kept, "mine", ["Kent", "Leeds"])
    assert read_lists(tmp_path / "peers.csv") == {"mine": ["Kent", "Leeds"]}
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    with pytest.raises(TableError, match="nothing is kept here"):
        keep_list(kept, "other", ["Kent"])


def test_names_are_added_taken_out_and_taken_back_all():
    passed_on = []
    chooser = Chooser("section", passed_on.append, "Add one", "all sections")
    names = [f"Care {number}" for number in range(5)]
    chooser.offer(names, [])
    assert (chooser.box.description, chooser.all_button.description, chooser.chips.rest) == (
        "Add one",
        "All sections",
        "all sections",
    )
    assert (chooser.box.disabled, chooser.all_button.disabled, seen(chooser.all_button)) == (False, True, False)
    submit(chooser.box, "puffin")
    assert chooser._said.value == message_html("No section here has “puffin” in its name.", wrong=True)
    submit(chooser.box, " ")
    assert passed_on == []
    chooser.box.value = "Care 1"
    assert passed_on == [("Care 1",)]
    assert (chooser.all_button.disabled, seen(chooser.all_button), chooser._said.value) == (False, True, "")
    chooser.offer(names, names[:4])
    assert chooser.chips.rest == ""
    chooser.remove("Care 2")
    assert passed_on[-1] == chooser.chosen == ("Care 0", "Care 1", "Care 3")
    chooser.offer(names, names)
    assert (chooser.chips.names, chooser.chips.rest) == (names[:4], "and 1 more")
    assert (chooser.box.disabled, chooser.box.placeholder) == (True, "every section is chosen")
    chooser.all_button.click()
    assert passed_on[-1] == ()
    chooser.offer(names, names[:1], disabled=True)
    assert (chooser.box.disabled, chooser.all_button.disabled, chooser.chips.disabled) == (True, True, True)
    lone = Chooser("council", print)
    assert (lone.box.description, len(lone.widget.children), len(chooser.widget.children)) == ("Add a council", 3, 4)


def test_a_file_is_linked_up_to_a_size_and_a_chart_or_a_report_only_where_there_is_one(tmp_path, monkeypatch):
    content = {"csv": b"x" * 999_999, "xlsx": b"x" * 1_000_000, "png": b"\x89PNG"}
    meanwhile = []

    def written(kind):
        meanwhile.append(export.message)
        return content[kind]

    export = ExportControls(written, lambda kind: f"my {kind}", tmp_path, lambda kind: f"About {kind}.")
    assert export.widget.children[0]._dom_classes == ("procman-controls",)
    linked = {}
    for kind, size in content.items():
        export.buttons[kind].click()
        assert export.message == f"Written to {tmp_path.as_posix()}/my {kind}.{kind}. About {kind}."
        assert (tmp_path / f"my {kind}.{kind}").read_bytes() == size
        linked[kind] = f'download="my {kind}.{kind}" href="data:' in export._said.value
    assert linked == {"csv": True, "xlsx": False, "png": True}
    assert 'role="status"' in export._said.value
    assert meanwhile == ["Writing …"] * 3
    assert 'href="data:image/png;base64,iVBORw==">Download my png.png</a></p>' in export._said.value
    export.offer_chart(False)
    export.offer_report(None)
    assert [kind for kind, button in export.buttons.items() if button.disabled] == ["html", "png", "svg"]
    assert export.buttons["html"].description == "Report"
    export.offer_chart(True)
    export.offer_report("Ayle")
    assert not any(button.disabled for button in export.buttons.values())
    assert export.buttons["html"].description == "Report for Ayle"
    monkeypatch.setenv("PROCMAN_ACCESS", "team")
    for file in tmp_path.iterdir():
        file.unlink()
    export.buttons["xlsx"].click()
    assert export.message == "Ready to download. About xlsx."
    assert 'download="my xlsx.xlsx"' in export._said.value
    assert list(tmp_path.iterdir()) == []

    def refuse(kind):
        raise TableError("chart", "there is none")

    failing = ExportControls(refuse, str, tmp_path)
    failing.buttons["svg"].click()
    assert failing.message == "chart: there is none."
    assert 'role="alert"' in failing._said.value


def test_what_is_said_has_a_role_and_a_bar_where_it_goes_on():
    assert message_html("") == ""
    assert message_html("Read.") == '<p class="procman-note" role="status">Read.</p>'
    assert message_html("Read …", progress=0) == (
        '<p class="procman-note" role="status">Read … <progress value="0.00" aria-label="Read …"></progress></p>'
    )


def test_what_goes_wrong_is_said_and_nothing_else_is():
    said = []
    for act in (lambda: None, lambda: 1 / 0, lambda: keep_list(SimpleNamespace(library=None), "mine", [])):
        said_if_wrong(act, lambda text, **more: said.append((text, more)))
    assert said == [
        ("Something went wrong. Please report this (ZeroDivisionError: division by zero).", {"wrong": True}),
        ("There is no library to keep a list beside.", {"wrong": True}),
    ]
    assert look_html().startswith("<style>")
    assert ".procman-error" in look_html()


def test_a_table_goes_page_by_page_sorted_and_searched_in_the_columns_on_show():
    declared = Table(
        "places",
        "",
        tuple(Column(name, kind, "", "") for name, kind in (("title", "str"), ("share", "float64"), ("topic", "str"))),
    )
    table = pd.DataFrame({
        "title": [f"{'aB'[number % 2]}{number:03}" for number in range(100)] + [None],
        "share": [number % 3 for number in range(100)] + [float("nan")],
        "topic": "hidden", "other": "undeclared",
    })  # fmt: skip
    shown = TableControls()
    shown.show(table, declared, ("topic",), "All of them")
    caption = lambda: html.fromstring(shown.rows.html).xpath("string(//caption)")  # noqa: E731
    assert (caption(), shown.rows.pages, shown.rows.columns) == (
        "All of them: 101 rows, 1 to 50 here",
        3,
        ["title", "share"],
    )
    shown.rows.page = 2
    assert (caption(), len(html.fromstring(shown.rows.html).xpath("//tbody/tr"))) == (
        "All of them: 101 rows, 101 to 101 here",
        1,
    )
    shown.show(table.head(100), declared, ("topic",))
    assert (caption(), shown.rows.page, shown.rows.pages) == ("places: 100 rows, 51 to 100 here", 1, 2)
    shown.show(table[["title"]].head(50), declared)
    assert (caption(), shown.rows.page, shown.rows.pages) == ("places: 50 rows", 0, 1)
    shown.show(table, declared, ("topic",))
    shown.sort_by = "title"
    assert shown.table["title"].iloc[[0, 1, 49, 50, -1]].fillna("-").tolist() == ["a000", "a002", "a098", "B001", "-"]
    shown.descending = True
    assert shown.table["title"].iloc[[0, -1]].fillna("-").tolist() == ["B099", "-"]
    shown.sort_by = "share"
    assert shown.table["title"].iloc[[0, 1]].tolist() == ["a002", "B005"]  # equals as they stood
    shown.sort_by = "topic"  # not on show
    assert shown.table.index.tolist() == list(range(101))
    for words, rows in (("A00", 5), ("a00 2", 2), ("hidden", 0), ("undeclared", 0), ("none", 0), ("", 101)):
        shown.find.value = words
        assert len(shown.table) == rows, words
    assert list(shown.table.columns) == list(table.columns)
    shown.show(FLAGS_BY_SECTION.frame([]), FLAGS_BY_SECTION)
    assert "procman-caveat" not in shown.rows.html  # the panel says it above
    shown.show(table, declared, ("topic",))
    shown.rows.page = 1
    shown.find.value = "b0"
    assert (caption(), shown.rows.page) == ("places: 50 rows of 101", 0)


def test_an_upload_is_put_together_and_cut_off_behind_what_is_taken():
    files, said = [], []
    upload = Upload(lambda *file: files.append(file), lambda text, **more: said.append((text, more)), most=10)

    def piece(name, size, start, content):
        upload._handle_custom_msg({"name": name, "size": size, "start": start}, [memoryview(content)])

    piece("a.txt", 6, 0, b"abc")
    assert said == [("Receiving a.txt …", {"progress": 0.5})]
    piece("a.txt", 6, 2, b"cde")  # another sending's
    piece("a.txt", 6, 3, b"def")
    assert files == [("a.txt", b"abcdef")]
    piece("b.txt", 10, 0, b"a")
    piece("b.txt", 10, 1, b"123456789")
    assert files[-1] == ("b.txt", b"a123456789")
    piece("c.txt", 11, 0, b"0123456789x")
    assert files[-1] == ("c.txt", b"0123456789")
    for number in range(5):
        piece(f"{number}.txt", 2, 0, b"1")
    piece("0.txt", 2, 1, b"2")
    assert len(files) == 3  # its first piece was forgotten
    piece("1.txt", 2, 1, b"2")
    assert files[-1] == ("1.txt", b"12")


def test_an_outline_nests_folds_sections_and_says_what_is_beside_a_title():
    rows = [
        {"kind": "section", "number": "1", "title": "Care", "depth": 1},
        {"kind": "chapter", "number": "1.1", "title": "Consent", "depth": 2, "status": "New", "date": "2024-06", "note": "local", "publisher": "Ayle"},
        {"kind": "chapter", "number": None, "title": None, "depth": 3, "href": "https://example.org/?a&b"},
        {"kind": "chapter", "number": "1.2", "title": "Beds", "depth": 2, "status": "Updated"},
        {"kind": "see_also", "number": "9", "title": "Pets", "depth": 2, "href": "javascript:x"},
        {"kind": "section", "number": None, "title": "Staff", "depth": 1},
        {"kind": "chapter", "number": None, "title": "Rotas", "depth": 2},
    ]  # fmt: skip
    entries = pd.DataFrame(rows, columns=[column.name for column in ENTRIES.columns])
    link = '<a href="https://example.org/?a&amp;b" target="_blank" rel="noopener noreferrer">(no title)</a>'
    said = " <em>(June 2024; local; hosted by Ayle)</em>"
    assert outline_html(entries, "Of “Ayle”") == (
        '<div class="procman-scroll" role="region" tabindex="0" aria-label="Of “Ayle”"><ul>'
        '<li><details open><summary><span class="procman-section"><span>1</span> Care</span></summary><ul>'
        f'<li><span class="procman-chapter"><span>1.1</span> Consent <span class="procman-new">New</span>{said}</span><ul>'
        f'<li><span class="procman-chapter">{link}</span></li></ul></li>'
        '<li><span class="procman-chapter"><span>1.2</span> Beds <span class="procman-updated">Updated</span></span></li>'
        '<li><span class="procman-see_also">See also: Pets</span></li></ul></details></li>'
        '<li><details open><summary><span class="procman-section">Staff</span></summary><ul>'
        '<li><span class="procman-chapter">Rotas</span></li></ul></details></li></ul></div>'
    )


def test_corrections_say_what_is_put_right_what_was_emptied_and_what_could_not_be():
    said = [
        ("2026-01-02", 4, "1.2 Recods", "note", None, True),
        (None, None, None, "edition", "2024-06", False),
        ("", 5, "x", "not an entry", None, True),
    ]
    tree = html.fromstring(corrections_html(CORRECTIONS.frame(said)))
    assert tree.xpath("string(summary)") == "3 corrections of this page by a person"
    assert tree.xpath("ul/li/text()") == [
        *(
            "2026-01-02, line 4, note: none",
            "the page, edition: 2024-06 (not applied: see below)",
            "line 5, not an entry",
        ),
    ]


def test_a_headline_counts_chapters_and_flags_and_notices_are_listed_up_to_a_number():
    page = "1. All\n\n1.1 Consent{}\n1.2 Pets{}\n1.3 Beds\n"
    said = {
        (
            " New",
            " Updated",
        ): "3 chapters in 1 section. The contents page flags 1 as New and 1 as Updated. 1 have no flag",
        (" New", ""): "3 chapters in 1 section. The contents page flags 1 as New and 0 as Updated. 2 have no flag",
        ("", ""): "3 chapters in 1 section. The contents page flags none of them",
    }
    for flags, words in said.items():
        manual = read_manual(page.format(*flags).encode(), "A & B")
        assert (
            headline_html(manual)
            == f"<h3>A &amp; B, edition not printed</h3><p>{words}. A chapter with no flag may still have changed.</p>"
        )
    for number, more in ((200, ""), (201, "<p>… and 1 more.</p>")):
        listed = notices_html(NOTICE_TABLE.frame([(line, "gap", "1.1", None) for line in range(1, number + 1)]))
        assert listed.count("<tr><td>") == 200
        assert listed.endswith(f"</tbody></table>{more}")
        assert '<tr><td>7</td><th scope="row">gap</th><td>1.1</td><td></td></tr>' in listed
        assert f"<caption>{number} possible problems" in listed


def test_a_page_is_named_pasted_or_uploaded(monkeypatch):
    read, said = [], []

    def took(source, name, council=None):
        read.append((source if isinstance(source, str) else (source.name, source.read()), name, council))

    pages = PageControls(took, lambda text, **more: said.append((text, more)))
    assert not seen(pages.pasting)
    pages.paste.unfolded = True
    assert seen(pages.pasting)
    pages.paste.unfolded = False
    assert not seen(pages.pasting)
    pages.text.value = " "
    pages.text_button.click()
    assert said.pop() == ("Paste the text of a contents page first.", {"wrong": True})
    pages.text.value = "1. All"
    pages.text_button.click()
    assert read.pop() == (("pasted text", "1. All"), "pasted text", None)
    pages.upload._handle_custom_msg({"name": "a.txt", "size": 2, "start": 0}, [memoryview(b"1.")])
    assert read.pop() == (("a.txt", b"1."), "a.txt", None)
    pages.source.value = " 'HTTPS://example.org/page' "
    pages.source._handle_custom_msg({"event": "focus"}, [])
    assert read == []
    pages.source._handle_custom_msg({"event": "submit"}, [])
    pages.read_button.click()
    assert read == [("HTTPS://example.org/page", "", None)] * 2
    own = pages.source.description, pages.source.placeholder
    assert own == ("Council, address or file", "Kent, https://… or a path")
    assert pages.upload.most == MAX_BYTES + 1  # so that a page too large is told
    monkeypatch.setenv("PROCMAN_ACCESS", "team")
    others = PageControls(took, print)
    assert (others.source.description, others.source.placeholder) == ("Council or address", "Kent or https://…")
