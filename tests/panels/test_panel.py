"""The callbacks of panels, without kernel or browser: what a control does and shows."""

import io
import re
import warnings

import pandas as pd
import pytest
from lxml import html

from procman import open_library, read_manual
from procman.errors import LibraryError
from procman.measures.activity import flags_by_section
from procman.panels import AddPanel, AlignPanel, Dashboard, ManualPanel
from procman.panels.controls import CONTROLS
from procman.panels.outline import MOST_NOTICES, headline_html, notices_html, outline_html
from procman.panels.selection import Selection
from procman.reports.comparison import Comparison
from procman.tables import NOTICE_TABLE

PAGE = b"""Northwick Children's Services Procedures Manual

Contents

June 2024

1. All Children

1.1 Consent New
1.2 Complaints
1.3 Records Updated
"""


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture
def panel(library):
    return ManualPanel(library)


def words(fragment):
    """What a fragment of HTML says."""
    return " ".join(html.fromstring(f"<div>{fragment}</div>").text_content().split())


def shown(panel):
    return words(panel._headline.value), words(panel._outline.value), panel._chart.svg, words(panel._notices.value)


def upload(panel, content, name="northwick.txt"):
    """As the browser sends it: in two pieces."""
    half = len(content) // 2
    for start, piece in ((0, content[:half]), (half, content[half:])) if half else ((0, content),):
        about = {"name": name, "size": len(content), "start": start}
        panel.upload._handle_custom_msg(about, [memoryview(piece)])


def test_choosing_shows_another_manual(panel, library):
    assert panel.council == "Milton Keynes"
    before = shown(panel)
    panel.choice.value = "Oxfordshire, July 2017"
    after = shown(panel)
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert panel.selection == {"council": "Oxfordshire", "edition": "2017-07"}
    assert after[0] == (
        "Oxfordshire, July 2017 129 chapters in 6 sections and 25 subsections, with 12 cross references. The contents page "
        "flags 4 as New and 22 as Updated. 103 have no flag. A chapter with no flag may still have changed."
    ).replace("July 2017 ", "July 2017")
    pd.testing.assert_frame_equal(panel.table, flags_by_section(library.manual("Oxfordshire").entries))


def test_what_is_drawn_is_the_table_on_show(panel):
    panel.council = "Oxfordshire"
    bars = [sum(bar.get_width() for bar in bars) for bars in panel.figure.axes[0].containers]
    assert bars == panel.table[["new", "updated", "unflagged"]].sum().tolist() == [4, 22, 103]
    picture = html.fromstring(panel._chart.svg)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == panel.figure.alt
    assert "Oxfordshire flags 26 of 129 chapters" in picture.get("aria-label")
    tips = [tip.text for tip in picture.iter("title")]
    assert "4 Looked After Children: New, 2 of 44 chapters" in tips


def test_state_is_set_from_code(panel):
    panel.council = "Oxfordshire"
    assert panel.choice.value == "Oxfordshire, July 2017"
    panel.council = "Milton Keynes"
    panel.edition = None
    assert panel.selection == {"council": "Milton Keynes", "edition": None}
    with pytest.raises(LibraryError, match="no manual of 'Atlantis'; councils: Milton Keynes, Oxfordshire"):
        panel.council = "Atlantis"
    with pytest.raises(LibraryError, match="no manual of 'Milton Keynes', 1999-01"):
        panel.edition = "1999-01"
    assert panel.council == "Milton Keynes"


def test_every_entry_is_in_the_outline_once_and_in_order(panel, library):
    for manual in library:
        tree = html.fromstring(outline_html(manual.entries, "Outline"))
        items = [
            " ".join(item.text_content().split())
            for item in tree.xpath("//li//span[starts-with(@class, 'procman-') and (parent::li or parent::summary)]")
        ]
        assert len(items) == len(manual.entries)
        for item, row in zip(items, manual.entries[["title", "kind", "number"]].fillna("").itertuples(), strict=True):
            assert row.title in item
            assert row.kind == "see_also" or item.startswith(row.number)
            assert item.startswith("See also: ") == (row.kind == "see_also")
        assert tree.xpath("count(//span[@class='procman-new'])") == (manual.entries["status"] == "New").sum()
        assert tree.xpath("count(//span[@class='procman-updated'])") == (manual.entries["status"] == "Updated").sum()


def test_outline_nests_as_deep_as_the_manual(library):
    for manual in library:
        tree = html.fromstring(outline_html(manual.entries, "Outline"))
        depths = [len(item.xpath("ancestor-or-self::li")) for item in tree.xpath("//li")]
        assert depths == manual.entries["depth"].tolist()


def test_words_of_strangers_are_escaped():
    page = b'1. <script>alert(1)</script> "All" & <i>\n\n1.1 <img src=x onerror=alert(1)> New\n1.3 <b>bold</b>\n'
    panel = ManualPanel()
    upload(panel, page, "<u>name</u>.txt")
    said = "".join([panel._headline.value, panel._outline.value, panel._notices.value, panel._message.value])
    assert "&lt;" in said
    assert not re.search(r"<(script|img|i|b|u)\b", said)
    picture = html.fromstring(panel._chart.svg)
    assert {each.tag for each in picture.iter()} <= {
        "svg",
        "g",
        "defs",
        "path",
        "use",
        "text",
        "title",
        "pattern",
        "rect",
        "clippath",
    }
    assert not [name for each in picture.iter() for name in each.attrib if name.startswith("on")]
    assert '1 <script>alert(1)</script> "All" & <i>: New, 1 of 2 chapters' in [
        tip.text for tip in picture.iter("title")
    ]


def test_only_web_addresses_become_links():
    manual = read_manual(
        b"<html><body><h2>1. All</h2><ul><li><a href='https://example.org/a?b=1&c=\"'>1.1 Consent</a></li>"
        b"<li><a href='javascript:alert(1)'>1.2 Complaints</a></li><li><a href='file:///etc'>1.3 Records</a></li></ul></body></html>"
    )
    links = html.fromstring(outline_html(manual.entries, "Outline")).xpath("//a")
    assert [link.text for link in links] == ["Consent"]
    assert links[0].get("rel") == "noopener noreferrer"


def test_an_uploaded_page_is_shown_and_stays_to_choose(panel):
    upload(panel, PAGE)
    assert panel.message == "Read northwick.txt: 3 chapters."
    assert panel.council == "Northwick"
    assert panel.edition == "2024-06"
    assert panel.table[["chapters", "new", "updated"]].values.tolist() == [[3, 1, 1]]
    assert panel.choice.options == (
        "Milton Keynes, edition not printed",
        "Oxfordshire, July 2017",
        "Northwick, June 2024 (from northwick.txt)",
    )
    panel.choice.value = panel.choice.options[0]
    assert panel.message == ""
    panel.council = "Northwick"
    assert panel.choice.value == panel.choice.options[2]
    upload(panel, PAGE)
    assert len(panel.choice.options) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "northwick.txt: the file is empty."),
        (b"%PDF-1.7", "northwick.txt: this is a PDF"),
        (b"Good morning", "northwick.txt: no contents page"),
    ],
)
def test_a_page_that_is_none_gives_a_sentence_and_leaves_the_rest(panel, content, sentence):
    before = shown(panel)
    upload(panel, content)
    assert panel.message.startswith(sentence)
    assert panel.message.endswith(".")
    assert "\n" not in panel.message
    assert 'role="alert"' in panel._message.value
    assert shown(panel) == before
    assert panel.council == "Milton Keynes"


def test_a_path_is_read_by_button_and_by_enter(panel, tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE)
    panel.source.value = f'  "{path}" '  # as copied from a file manager
    panel.read_button.click()
    assert panel.message == f"Read {path}: 3 chapters."

    panel.source.value = str(tmp_path / "none.txt")
    panel.source._handle_custom_msg({"event": "submit"}, [])
    assert panel.message == f"{tmp_path / 'none.txt'}: there is no such file."
    assert panel.council == "Northwick"

    panel.source.value = " "
    panel.read_button.click()
    assert panel.message.startswith("Give a council's name")


def test_without_a_library_the_panel_asks_for_a_page():
    panel = ManualPanel()
    assert panel.selection == {"council": None, "edition": None}
    assert panel.table.empty
    assert panel.figure is None
    assert "upload a page" in words(panel._headline.value)
    assert panel._repr_mimebundle_()["text/plain"] == "Panel: no manual yet. Run this cell to use it."
    upload(panel, PAGE)
    assert panel.council == "Northwick"


def test_a_page_that_names_no_council_goes_by_its_file():
    panel = ManualPanel()
    upload(panel, b"1. All Children\n\n1.1 Consent\n1.2 Complaints\n", "mine.txt")
    assert panel.selection == {"council": None, "edition": None}
    assert panel.choice.value == "Manual, edition not printed (from mine.txt)"
    assert words(panel._headline.value).startswith("mine.txt, edition not printed")
    assert "none of them. A chapter with no flag may still have changed." in words(panel._headline.value)


def test_newest_edition_comes_first_and_the_last_read_before_its_equal(tmp_path):
    for edition in ("2023-09", "2024-06", "2022-12"):
        folder = tmp_path / "northwick" / edition
        folder.mkdir(parents=True)
        (folder / "contents.txt").write_bytes(PAGE.replace(b"June 2024", b""))
    panel = ManualPanel(open_library(tmp_path))
    panel.council = "Northwick"
    assert panel.edition == "2024-06"
    panel.edition = "2023-09"
    assert panel.choice.value == "Northwick, September 2023"
    upload(panel, PAGE)
    upload(panel, PAGE.replace(b"June 2024", b"June 2019"), "old.txt")
    assert panel.edition == "2019-06"
    panel.council = "Northwick"
    assert panel.choice.value.endswith("(from northwick.txt)")


def test_a_manual_is_said_drawn_and_shared_as_it_is_chosen(library):
    chosen = Selection(Comparison(library))
    panel, told = ManualPanel(library, chosen), []
    panel._message.observe(lambda change: told.append(change["new"]), "value")
    assert chosen.focus is None
    panel.read(
        io.StringIO("Oxfordshire Procedures Manual\n\nContents\n\nJune 2024\n\n1. All\n\n1.1 Consent\n"), "own.txt"
    )
    assert [words(each) for each in told] == ["Reading …", "Read buffer: 1 chapter."]
    assert "alert" not in told[-1]
    assert (panel.council, chosen.focus) == ("Oxfordshire", None)  # which a page read does not choose
    panel.choice.value = "Milton Keynes, edition not printed"
    assert (chosen.focus, panel.message) == ("Milton Keynes", "")
    chosen.put("focus", "Oxfordshire")
    panel.refresh()
    assert panel.edition == "2024-06"
    assert ManualPanel(library, chosen).choice.value == "Oxfordshire, July 2017"
    panel.read(io.StringIO("1. All\n\n1.1 Consent\n"), "mine.txt")
    assert panel._repr_mimebundle_()["text/plain"] == "Panel: a manual, edition not printed. Run this cell to use it."
    panel.choice.value = "Oxfordshire, July 2017"
    panel.choice.value = "Manual, edition not printed (from mine.txt)"
    assert chosen.focus == "Oxfordshire"  # a page without a council is nobody's
    drawn = panel.figure
    panel._chart.width = 768
    assert (panel.figure is drawn, panel.figure.get_figwidth()) == (False, 8)
    with pytest.raises(
        LibraryError, match=r"councils: Manual, edition not printed \(from mine.txt\), Milton Keynes, Oxf"
    ):
        panel.council = "Atlantis"
    empty = ManualPanel()
    with pytest.raises(LibraryError, match="no manual of 'Kent'; councils: none"):
        empty.council = "Kent"
    empty._chart.width = 480
    assert (empty.message, empty.figure, empty.correcting.widget.layout.display) == ("", None, "none")


def test_every_control_has_a_label(panel):
    assert all(control.description for control in (panel.choice, panel.upload, panel.source, panel.read_button))


def parts(widget):
    """A widget and all that stands in it."""
    return [widget, *(part for child in getattr(widget, "children", ()) for part in parts(child))]


def test_every_class_is_of_a_style_sheet_and_every_one_of_a_sheet_is_on_something(root, tmp_path):
    """What neither sheets nor scripts nor tests in a browser name would do nothing; what is missing would look like nothing."""
    text = "1. All\n\n1.1 Consent\n1.2 Private Fostering\n"
    manuals = [read_manual(io.StringIO(text), council) for council in ("Ayle", "Beere")]
    panels = [kind(manuals, folder=tmp_path) for kind in (AlignPanel, AddPanel)]
    shown = [
        ManualPanel().widget,
        Dashboard(tmp_path).widget,
        Dashboard(root / "data/manuals")._start,
        *(panel.widget for panel in panels),
    ]
    there = [part for widget in shown for part in parts(widget)]
    classes = {name for part in there for name in part._dom_classes}
    home = root / "procman"

    def named(*files):
        return {name for file in files for name in re.findall("procman-[a-z]+", file.read_text("utf-8"))}

    styled, scripted = named(*home.rglob("*.css")), named(*home.rglob("*.js"))
    written = named(*(home / "reports").glob("*.py"), home / "panels/message.py", home / "panels/outline.py")
    written |= {f"procman-{kind}" for kind in ("section", "subsection", "new", "updated")}  # an entry's kind and flag
    assert styled - classes - scripted - written == set()
    settings = {f"procman-{name}" for name in CONTROLS}
    driven = {"procman-message", "procman-headline"}  # by tests in a browser
    assert classes - settings - driven - styled == set()


def test_notices_are_a_table_with_headers_or_a_sentence(library):
    assert "no problem was found" in notices_html(NOTICE_TABLE.frame([]))
    table = html.fromstring(notices_html(library.manual("Milton Keynes").notices))
    assert table.xpath("//th[@scope='col']/text()") == ["Line", "Notice", "Number", "What it is"]
    assert table.xpath("count(//tbody/tr)") == len(library.manual("Milton Keynes").notices)
    many = NOTICE_TABLE.frame([(line, "gap", "1", "<b>") for line in range(1, MOST_NOTICES + 51)])
    assert words(notices_html(many)).endswith("… and 50 more.")
    assert "<b>" not in notices_html(many)


def test_headline_counts_one_in_the_singular():
    manual = read_manual(b"1. All Children\n\n1.1 Consent\n", "Northwick")
    assert "1 chapter in 1 section." in words(headline_html(manual))


def test_panel_gives_no_warning(library):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ManualPanel(library).council = "Oxfordshire"
