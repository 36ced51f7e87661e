"""Adding a page by a council's name, an address, a path or pasted text, and what a hosted panel refuses."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import procman as pm
from procman.errors import FetchError, ProcmanError
from procman.files import MAX_BYTES
from procman.library import fetch_by_name
from procman.library.directory import addresses_of, directory
from procman.library.library import add_manual
from procman.panels import AddPanel, CoveragePanel, Dashboard, ManualPanel
from procman.panels.access import Access, access, own_decisions
from procman.panels.bringing import PageControls
from procman.panels.browser import Chips, PageAddress, SortableTable, Upload
from procman.panels.export import ExportControls
from procman.panels.peers import keep_list
from procman.reading import manual
from procman.reading.contents import read_contents
from procman.reading.page import Page, decode_page
from procman.reports.comparison import Comparison
from tests.synthetic import write_library

TEXT = "1. All Children\n\n1.1 Consent\n1.2 Private Fostering\n1.3 Harbour Swimming\n"


class Bringing:
    """The controls, and what came of them."""

    def __init__(self) -> None:
        self.read, self.said = [], []
        self.controls = PageControls(
            lambda source, name, council=None, manual=None: self.read.append((source, name, council)),
            lambda text, wrong=False, progress=None: self.said.append(text),
        )

    def ask(self, words: str) -> str:
        """What is said, or the source that is read."""
        self.controls.source.value = words
        self.controls.read_button.click()
        return self.read.pop()[0] if self.read else self.said[-1]


@pytest.fixture
def bringing():
    return Bringing()


@pytest.fixture
def library(tmp_path):
    return pm.open_library(write_library(tmp_path / "manuals", 2, 1), cache=False)


def test_a_council_is_found_by_its_name(bringing, monkeypatch):
    opened = []

    def open_page(address: str) -> Page:
        opened.append(address)
        if len(opened) == 1:
            raise FetchError(address, "there is no such page (404)")
        return decode_page(TEXT.encode(), address, address=address)

    monkeypatch.setattr(fetch_by_name, "open_page", open_page)
    several = next(council for council in directory().values() if len(addresses_of(council)) > 1)
    page = bringing.ask(several.official_name.lower())
    assert isinstance(page, Page)
    assert page.address == opened[1] == addresses_of(several)[1].address
    assert bringing.said[-1] == f"Fetching {several.council}'s page …"


def test_a_page_found_by_name_is_read_once(library, monkeypatch):
    monkeypatch.setattr(
        fetch_by_name, "open_page", lambda address: decode_page(TEXT.encode(), address, address=address)
    )
    read = []
    monkeypatch.setattr(manual, "read_contents", lambda lines: read.append(lines) or read_contents(lines))
    panel = AddPanel(library)
    panel.pages.source.value = "Kent"
    panel.pages.read_button.click()
    assert (panel.manual.council, panel.focus) == ("Kent", "Kent")
    assert panel.message.startswith("Read ")
    assert len(read) == 1


def test_a_council_whose_pages_cannot_be_read_says_why_and_what_to_do(bringing, monkeypatch):
    def open_page(address: str) -> Page:
        raise FetchError(address, "there is no such page (404)")

    monkeypatch.setattr(fetch_by_name, "open_page", open_page)
    said = bringing.ask("Kent")
    assert said.startswith("Kent: its page could not be read: https://")
    assert "(there is no such page (404))" in said
    assert said.endswith("Save the page from a browser and upload it.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Give a council's name, or an address that begins with https://."),
        ("Northwick", "Northwick: no council in the directory has this name."),
        ("Bukinghamshire", "Did you mean Buckinghamshire or Hampshire or Nottinghamshire?"),
        ("Cheshire", "choose one"),
        ("Westminster", "no address of its contents page is known"),
    ],
)
def test_names_that_give_no_page(bringing, words, said):
    assert said in bringing.ask(words)


def test_the_key_return_reads_as_the_button_does(bringing):
    bringing.controls.source.value = "https://example.org/contents"
    for event, read in (("other", 0), ("submit", 1)):
        bringing.controls.source._handle_custom_msg({"event": event}, [])
        assert len(bringing.read) == read


def test_pasted_text_is_read_and_none_is_asked_for(bringing):
    assert bringing.controls.pasting.layout.display == "none"
    bringing.controls.text_button.click()
    assert bringing.said == ["Paste the text of a contents page first."]
    bringing.controls.text.value = TEXT
    bringing.controls.text_button.click()
    (source, name, _), *_ = bringing.read
    assert (source.getvalue(), source.name, name) == (TEXT, "pasted text", "pasted text")


def test_an_uploaded_page_is_read_by_its_name_up_to_the_largest(bringing):
    bringing.controls._uploaded("northwick.html", b"1. All")
    (source, name, _), *_ = bringing.read
    assert (source.getvalue(), source.name, name) == (b"1. All", "northwick.html", "northwick.html")
    assert bringing.controls.upload.most == MAX_BYTES + 1  # one more, so that a larger file says so


def test_what_the_boxes_ask_for(monkeypatch):
    def asked():
        source = Bringing().controls.source
        return source.description, source.placeholder

    assert asked() == ("Council, address or file", "Kent, https://… or a path")
    monkeypatch.setenv("PROCMAN_ACCESS", Access.TEAM)
    assert asked() == ("Council or address", "Kent or https://…")


def test_the_boxes_are_styled_as_the_sheet_names_them(bringing):
    controls = bringing.controls
    assert controls.named._dom_classes == ("procman-named",)
    assert controls.pasting._dom_classes == ("procman-pasting",)
    assert not controls.text.continuous_update
    assert controls.widgets == [controls.upload, controls.named, controls.paste, controls.pasting]


@pytest.mark.parametrize("path", ["pages/northwick.html", "northwick.txt", "~/northwick", ".\\northwick"])
def test_paths_are_read_on_ones_own_machine_only(bringing, monkeypatch, path):
    assert str(bringing.ask(path)).endswith("northwick" + path.rpartition("northwick")[2])
    for who in (Access.TEAM, Access.VISITORS):
        monkeypatch.setenv("PROCMAN_ACCESS", who)
        said = "Files of this server cannot be read: upload the page, or paste its text."
        assert bringing.ask(path) == said


def test_a_folder_of_the_server_is_no_path_for_others(bringing, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").mkdir()
    assert bringing.ask("secret") == "secret"
    monkeypatch.setenv("PROCMAN_ACCESS", "team")
    assert "no council in the directory has this name" in bringing.ask("secret")
    assert "file" not in Bringing().controls.source.description


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "10.0.0.1", "[::1]", "169.254.169.254"])
def test_addresses_in_the_servers_network_are_not_fetched_for_others(bringing, monkeypatch, host):
    address = f"http://{host}/contents.html"
    assert bringing.ask(address) == address  # left to the fetching, which allows it on one's own machine
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    assert bringing.ask(address) == "Addresses in this server's own network are not fetched."


def test_pasted_text_is_read_and_compared(library, tmp_path):
    panel = AddPanel(library, decisions=tmp_path / "decisions.csv")
    assert panel.pages.pasting.layout.display == "none"
    panel.pages.paste.unfolded = True
    assert panel.pages.pasting.layout.display is None
    panel.pages.text.value = TEXT
    panel.pages.text_button.click()
    assert panel.message == "Read pasted text: 3 chapters. It names no council: say whose it is."
    panel.council_box.value = "Northwick"
    assert (panel.focus, panel.manual.council) == ("Northwick", "Northwick")
    assert "not found" in set(panel.table["tier"])


def test_a_page_brought_is_in_every_question_before_it_is_kept(tmp_path):
    dashboard = Dashboard(write_library(tmp_path / "manuals", 2, 1), exports=tmp_path / "exports")
    dashboard.question = "Add your council"
    dashboard.panel.read(TEXT.encode(), "mine.txt", council="Northwick")
    dashboard.question = "Gaps and coverage"
    assert dashboard.panel.focus == "Northwick"
    assert "Northwick" in dashboard.panel.councils
    dashboard.question = "Read a manual"
    assert isinstance(dashboard.panel, ManualPanel)
    assert dashboard.panel.council == "Northwick"
    # Another council that is kept meanwhile takes nothing away.
    add_manual(TEXT.encode(), "Ayle", edition="2024-01", folder=dashboard.folder)
    dashboard.chosen.put("focus", "Shire 002")
    dashboard.question = "Gaps and coverage"
    assert {"Ayle", "Northwick"} <= set(dashboard.panel.comparison.known)
    assert dashboard.panel.focus == "Shire 002"
    dashboard.question = "Add your council"
    dashboard.panel.keep_button.click()
    assert dashboard.panel.message.startswith("Kept in")
    again = Dashboard(dashboard.folder, exports=tmp_path / "exports")
    again.follow("question=gaps&council=Northwick")
    assert again.panel.focus == "Northwick"


def test_visitors_keep_nothing_and_have_decisions_of_their_own(tmp_path, monkeypatch):
    folder = write_library(tmp_path / "manuals", 2, 1)
    shared = tmp_path / "decisions.csv"
    pm.record_decision("accepted", "A", "B", "shared", path=shared)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    one, other = (Dashboard(folder, exports=tmp_path / "exports") for _ in range(2))
    for dashboard in (one, other):
        dashboard.question = "Gaps and coverage"
    assert one.panel.comparison.decisions["reason"].tolist() == ["shared"]
    one.panel.decider.decide("accepted", *_a_decision())
    assert len(one.panel.comparison.decisions) == 2
    assert len(other.panel.comparison.decisions) == len(pm.read_decisions(shared)) == 1
    one.question = "Add your council"
    one.panel.read(TEXT.encode(), council="Northwick")
    assert one.panel.keep_button not in one.panel._keeping.children
    with pytest.raises(ProcmanError, match="nothing is kept here"):
        one.panel.keep()
    with pytest.raises(ProcmanError, match="nothing is kept here"):
        keep_list(one.panel.comparison, "mine", ["Ayle"])
    one.panel.export.buttons["csv"].click()
    assert "Ready to download." in one.panel.export.message
    one.question, other.question = "Gaps and coverage", "Gaps and coverage"
    assert "Northwick" not in other.panel.comparison.known
    after = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    assert after == before


def _a_decision():
    from procman.panels.deciding import Titled

    return Titled("Shire 001", "Consent"), [Titled("Shire 002", "Records")]


def test_a_team_shares_decisions_and_saves_no_export_on_the_server(tmp_path, monkeypatch, library):
    monkeypatch.setenv("PROCMAN_ACCESS", "team")
    assert own_decisions(tmp_path / "decisions.csv") == tmp_path / "decisions.csv"
    panel = CoveragePanel(library, decisions=tmp_path / "decisions.csv", folder=tmp_path / "exports")
    panel.export.buttons["html"].click()
    assert 'download="' in panel.export._said.value
    assert not (tmp_path / "exports").exists()


def test_files_are_saved_and_linked_on_ones_own_machine(tmp_path):
    export = ExportControls(lambda kind: b"a,b\n", lambda kind: "table", tmp_path / "exports")
    export.buttons["csv"].click()
    assert (tmp_path / "exports/table.csv").read_bytes() == b"a,b\n"
    assert 'download="table.csv"' in export._said.value


def test_who_a_panel_is_for_is_one_of_three(monkeypatch, library):
    assert access() is Access.OWN
    monkeypatch.setenv("PROCMAN_ACCESS", "everybody")
    with pytest.raises(ProcmanError, match="it must be own, team or visitors, not 'everybody'"):
        access()
    assert "PROCMAN_ACCESS" in CoveragePanel(library).message
    monkeypatch.setenv("PROCMAN_ACCESS", " Team ")
    assert access() is Access.TEAM
    assert Comparison(library).known


@given(st.recursive(st.none() | st.integers() | st.text() | st.booleans(), lambda part: st.lists(part) | st.dictionaries(
    st.sampled_from(["decide", "on", "remove", "asked", "name", "size", "start", "failed", "event"]) | st.text(), part)))  # fmt: skip
@settings(max_examples=60, deadline=None)
@example({"name": "a", "size": 1 << 60, "start": 0})
@example({"name": "a", "size": -1, "start": -1})
@example({"name": [], "size": None, "start": "0"})
def test_messages_that_no_browser_sends_break_nothing(content):
    files = []
    upload = Upload(lambda name, content: files.append(content), lambda text, **more: None, most=100)
    upload._piece(upload, content, [memoryview(b"x" * 200)])
    assert all(len(content) <= 100 for content in files)
    assert len(upload._come) <= 4
    for widget in (SortableTable(lambda *said: None), Chips(print), PageAddress(lambda asked: None)):
        for handler in widget._msg_callbacks.callbacks:
            handler(widget, content, [])


def test_unfinished_uploads_are_not_kept_for_ever():
    upload = Upload(lambda name, content: None, lambda text, **more: None, most=100)
    for number in range(20):
        upload._piece(upload, {"name": f"{number}.txt", "size": 100, "start": 0}, [memoryview(b"x" * 50)])
    assert sorted(upload._come) == ["16.txt", "17.txt", "18.txt", "19.txt"]


def test_no_council_is_yours_before_a_page_is_brought(library):
    panel = AddPanel(library)
    parts = [panel._settings.widget, panel._shown.widget, panel._headline, panel.columns, panel.export.widget]
    assert {part.layout.display for part in parts} == {"none"}
    panel.read(TEXT.encode(), "page.txt", "Northwick")
    assert {part.layout.display for part in parts} == {None}
    assert panel.focus == "Northwick"
    assert "found on Northwick" in panel._headline.value
