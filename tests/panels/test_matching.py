"""Deciding on matches and adding a page: the two panels that write, each into a temporary folder."""

import io

import pandas as pd
import pytest

import procman as pm
from procman.errors import LibraryError, TableError
from procman.library.decisions import DecisionError, read_decisions, withdraw_decision
from procman.panels import AddPanel, AlignPanel
from procman.reports.html import escape
from tests.synthetic import write_library

PAGE = b"Northwick Children's Services Procedures Manual\n\nContents\n\nJune 2024\n\n1. All\n\n1.1 Consent New\n1.2 Private Fostering\n1.3 Harbour Swimming\n"


@pytest.fixture(scope="module")
def library(root):
    return pm.open_library(root / "data/manuals")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "decisions.csv"


@pytest.fixture
def panel(library, file):
    return AlignPanel(library, decisions=file)


def test_panel_shows_what_align_gives(panel, library, file):
    sides = [library.manual(council).entries for council in ("Milton Keynes", "Oxfordshire")]
    none = read_decisions(file)
    pd.testing.assert_frame_equal(panel.matches, pm.align(*sides, decisions=none))
    pd.testing.assert_frame_equal(panel.doubtful, pm.review(*sides, decisions=none))
    panel.confidence = 0.9
    pd.testing.assert_frame_equal(panel.matches, pm.align(*sides, 0.9, decisions=none))
    panel.view = "matches"
    assert len(panel.table) == len(panel.matches)


def test_another_confidence_does_not_align_again(panel, monkeypatch):
    monkeypatch.setattr("procman.matching.alignment.read_chapters", None)
    panel.confidence = 0.9
    assert panel.message == ""


def test_rejecting_and_undoing_by_click(panel, file):
    before, picture = len(panel.matches), panel._chart.svg
    panel.pair.value = tuple(panel.matches.iloc[0][["left_title", "right_title"]])
    left, right = panel.pair.value
    panel.reason.value = "=different subjects"
    panel.reject_button.click()
    assert panel.message == f"Rejected: “{left}” and “{right}”. Undo withdraws it."
    assert panel.reason.value == ""
    assert len(panel.matches) == before - 1
    assert panel._chart.svg != picture
    decision = read_decisions(file).iloc[-1]
    assert decision[["decision", "left_title", "reason"]].tolist() == ["rejected", left, "=different subjects"]
    assert decision["left_council"] == "Milton Keynes"
    panel.undo_button.click()
    assert panel.message == ""
    assert len(panel.matches) == before
    assert panel._chart.svg == picture
    assert read_decisions(file).empty
    assert panel.undo_button.disabled


def test_confirming_a_doubtful_pair_makes_it_a_match_and_topics_follow(panel):
    pair = panel.doubtful.query("not accepted").iloc[0]
    topics = panel.comparison.chapters
    panel.confirm(pair["left_title"], pair["right_title"], "the same")
    found = panel.matches.query("left_title == @pair.left_title and right_title == @pair.right_title")
    assert found["level"].tolist() == ["decision"]
    assert not panel.comparison.chapters["topic"].equals(topics["topic"])
    assert not (
        (panel.doubtful["left_title"] == pair["left_title"]) & (panel.doubtful["right_title"] == pair["right_title"])
    ).any()


def test_the_next_pair_is_chosen_after_a_decision(panel):
    first, second, *_ = [pair for _, pair in panel.pair.options]
    assert panel.pair.value == first
    panel.confirm(*first)
    assert panel.pair.value == second
    *_, before_last, last = [pair for _, pair in panel.pair.options]
    panel.pair.value = last
    panel.reject(*last)
    assert panel.pair.value == before_last


def test_each_pair_is_explained_by_itself_and_anew_when_all_is_shown_again(panel):
    tables = {"possible match": panel.doubtful, "matched": panel.matches}
    for label, (left, right) in panel.pair.options:
        panel.pair.value = (left, right)
        (table,) = (table for kind, table in tables.items() if f" ({kind}, " in label)
        row, *_ = table.query("left_title == @left and right_title == @right").itertuples()
        sides = (row.left_number, left), (row.right_number, right)
        councils = ("Milton Keynes", "Oxfordshire")
        for council, (number, title) in zip(councils, sides, strict=True):
            number = "" if pd.isna(number) else number
            assert f"<p>{council}: {escape(f'{number} {title}'.strip())}" in panel.why.value
        assert f"<p>{escape(row.why)} Score {row.score:.2f}." in panel.why.value
    panel.why.value = ""
    panel.refresh()
    assert escape(right) in panel.why.value


def test_skipping_begins_with_the_first_pair_where_none_is_chosen(panel):
    panel.pair.index = None
    panel.skip()
    assert panel.pair.index == 0


def test_without_two_councils_nothing_is_shown(file):
    pages = {"Northwick": "2024-01", "Southwick": "2024-06"}
    page = "1. All\n\n1.1 Consent\n1.2 Records\n"
    manuals = [pm.read_manual(io.StringIO(page), council, edition=edition) for council, edition in pages.items()]
    panel = AlignPanel(manuals, decisions=file)
    assert panel.figure is not None
    panel.edition = "2024-01"
    assert panel.message == "Choose two councils that have an edition so early."
    assert (panel.figure, panel._headline.value, panel.pair.options) == (None, "", ())
    assert panel._table.widget.layout.display == "none"
    assert panel.export.buttons["png"].disabled


def test_decisions_of_another_hand_are_seen(panel, file):
    before = len(panel.matches)
    first = panel.matches.iloc[0]
    pm.record_decision(
        "rejected",
        first["left_title"],
        first["right_title"],
        "",
        left_council="Milton Keynes",
        right_council="Oxfordshire",
        path=file,
    )
    panel.refresh()
    assert len(panel.matches) == before - 1
    assert panel.undo_button.disabled  # it was not decided here


def test_the_chart_of_all_has_no_remark_and_that_of_a_part_has(panel):
    panel.topics = "foster"
    assert panel.figure.remark == ""
    assert "The table shows only the" in panel._headline.value
    panel.view = "coverage_by_section"
    assert panel.figure.title.startswith("On the topic “foster”: ")
    panel.topics, panel.sections = (
        "",
        ["Contacts, List of Agency Decision Makers and Appendices"],
    )  # the other council's
    assert panel.figure is None


def test_a_decision_that_another_took_back_can_be_undone_no_more(panel, file):
    first = panel.matches.iloc[0]
    panel.reject(first["left_title"], first["right_title"])
    withdraw_decision(panel.decider.decided[-1][0], file)
    panel.undo_button.click()
    assert "does not have this decision" in panel.message
    assert panel.decider.decided == []


def test_undoing_nothing_and_deciding_on_nothing(panel):
    with pytest.raises(TableError, match="nothing was decided here yet"):
        panel.undo()
    panel.pair.index = None
    panel.confirm_button.click()
    assert panel.message == "Choose a pair first."


def test_withdrawing_leaves_the_others(file):
    for reason in ("one", "two", "one"):
        table = pm.record_decision("accepted", "A", "B", reason, path=file)
    assert withdraw_decision(table.iloc[0], file)["reason"].tolist() == ["one", "two"]
    with pytest.raises(DecisionError, match="does not have this decision"):
        withdraw_decision({**table.iloc[0], "reason": "three"}, file)


def test_two_councils_stay_two(tmp_path, file):
    several = pm.open_library(write_library(tmp_path / "manuals", 3, 1), cache=False)
    panel = AlignPanel(several, decisions=file)
    first, second, third = panel.comparison.known
    assert panel.councils == [first, second]
    panel.right = third
    assert panel.councils == [first, third]
    panel._settings.by_name["left"].value = third
    assert panel.councils == [third, first]
    assert panel.message == ""
    panel.councils = [second, first]
    assert (panel.left, panel.right) == (second, first)
    panel = AlignPanel([several.manual(first)], decisions=file)
    assert panel.message == "Choose two councils that have an edition so early."
    assert panel.table.empty
    assert panel.pair.options == ()


def test_decisions_are_kept_beside_the_library(tmp_path):
    library = pm.open_library(write_library(tmp_path / "manuals", 2, 1), cache=False)
    assert AlignPanel(library).comparison.decisions_file == tmp_path / "decisions.csv"


# --- a page of one's own -----------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path, file):
    library = pm.open_library(write_library(tmp_path / "manuals", 2, 1), cache=False)
    return AddPanel(library, decisions=file, folder=tmp_path)


def upload(panel, content, name="northwick.txt"):
    """As the browser sends it: in two pieces."""
    half = len(content) // 2
    for start, piece in ((0, content[:half]), (half, content[half:])) if half else ((0, content),):
        about = {"name": name, "size": len(content), "start": start}
        panel.pages.upload._handle_custom_msg(about, [memoryview(piece)])


def test_an_uploaded_page_is_shown_compared_and_kept(own, tmp_path):
    assert own._keeping.layout.display == "none"
    upload(own, PAGE)
    assert (own.council_box.value, own.edition_box.value) == ("Northwick", "2024-06")
    assert own.message == "Read northwick.txt: 3 chapters."
    assert own.councils == ["Northwick", "Shire 001", "Shire 002"]
    assert own.focus == "Northwick"
    assert own.view == "gaps"
    own.view = "coverage_by_section"
    assert own.table["chapters"].tolist() == [3]
    assert "Harbour Swimming" in own._understood.value
    own.keep_button.click()
    home = tmp_path / "manuals/northwick/2024-06"
    assert own.message == f"Kept in {home.as_posix()}."
    assert (home / "contents.txt").read_bytes() == PAGE
    assert (own.keep_button.description, own.keep_button.disabled, own.brought) == ("Kept", True, None)
    upload(own, PAGE)
    assert own.brought[1:] == ("northwick.txt", "Northwick", "2024-06")
    assert own.replace_box.layout.display == "none"
    own.keep_button.click()
    assert "already has" in own.message
    assert own.replace_box.layout.display is None
    own.replace_box.value = True
    own.keep_button.click()
    assert own.message.startswith("Kept in")
    assert len(pm.open_library(tmp_path / "manuals", cache=False).manuals) == 3


def test_a_page_that_is_none_leaves_the_rest(own):
    upload(own, PAGE)
    table = own.table
    upload(own, b"%PDF-1.7 nothing", "bad.pdf")
    assert "this is a PDF" in own.message
    pd.testing.assert_frame_equal(own.table, table)
    own.pages.read_button.click()
    assert own.message == "Give a council's name, or an address that begins with https://."
    own.pages.text_button.click()
    assert own.message == "Paste the text of a contents page first."


def test_a_page_read_again_under_another_name_replaces_the_first(own):
    own.read(io.BytesIO(b"1. All\n\n1.1 Consent\n1.2 Records\n"), "mine.txt")
    assert own.councils[0] == "(council not named)"
    own.keep_button.click()
    assert own.message == "The page names no council: say whose it is first."
    own.council_box.value = "Northwick"
    assert own.councils == ["Northwick", "Shire 001", "Shire 002"]
    assert own.manual.council == "Northwick"
    own.council_box.value = "Shire 001"  # whose own editions the page now stands for
    assert own.councils == ["Shire 001", "Shire 002"]
    assert len(own.comparison.manuals_of("Shire 001")) == 1
    own.council_box.value = "Northwick"
    assert own.councils == ["Northwick", "Shire 002", "Shire 001"] or set(own.councils) >= {"Northwick", "Shire 002"}


def test_nothing_to_keep(own):
    with pytest.raises(pm.ProcmanError, match="read a page first"):
        own.keep()
    lone = AddPanel([])
    assert lone.message == ""
    lone.read(PAGE)
    with pytest.raises(LibraryError, match="no library to keep it in"):
        lone.keep()


@pytest.mark.parametrize("edition", ["2024-13", "2024", "spring"])
def test_an_edition_that_is_no_month_is_refused_in_a_sentence(own, edition):
    upload(own, PAGE)
    own.edition_box.value = edition
    assert own.message == f"northwick.txt: edition {edition!r} is not a month such as 2024-06."
    assert own.manual.edition == "2024-06"


@pytest.mark.parametrize("written", ["March 2024", "03-2024"])
def test_an_edition_may_be_written_as_people_do(own, written):
    upload(own, PAGE.replace(b"June 2024", b""))
    own.edition_box.value = written
    assert own.manual.edition == "2024-03"
    assert own.edition_box.value == "2024-03"


def test_what_is_wrong_with_decisions_is_not_said_over(own, file):
    file.write_text("no,such,columns\n")
    upload(own, PAGE)
    assert "decisions.csv" in own.message


def test_an_upload_begun_again_is_read_once_and_one_that_fails_is_told(own):
    def piece(start, content, **more):
        about = {"name": "northwick.txt", "size": len(PAGE), "start": start}
        own.pages.upload._handle_custom_msg({**about, **more}, [memoryview(content)] if content else [])

    piece(0, PAGE[:20])
    piece(0, PAGE[:20])  # again, from another view of the same cell
    piece(20, PAGE[20:50])
    piece(20, PAGE[20:50])
    assert own.manual is None
    assert own.message == "Receiving northwick.txt …"
    piece(50, PAGE[50:])
    assert own.message == "Read northwick.txt: 3 chapters."
    piece(0, PAGE[:20])
    piece(0, b"", failed="it was moved")
    assert own.message == "northwick.txt: the browser cannot read it (it was moved)."
    piece(0, PAGE)
    assert own.message == "Read northwick.txt: 3 chapters."
