"""What a comparison compares: the newest editions up to a month, what passes the filters, and what it keeps."""

import io

import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.errors import LibraryError
from procman.library.decisions import DECISIONS, read_decisions, record_decision
from procman.reports import comparison as module
from procman.reports.comparison import KEPT, NO_FLAG, Comparison, PartOfTable, council_name, edition_of
from procman.tables import ENTRIES

PAGES = (
    ("Ayle", "2023-01", "1. Care\n\n1.1 Consent\n1.2 Visits New\n\n2. Staff\n\n2.1 Lone Working\n"),
    ("Ayle", None, "1. Care\n\n1.1 Consent\n"),
    ("Ayle", "2024-06", "1. Care\n\n1.1 Consent\n1.2 Panels Updated\n\n2. Staff\n\n2.1 Lone Working New\n2.2 Harbours\n"),
    ("Beere", "2024-03", "1. Care\n\n1.1 Consent\n\n2. Own\n\n2.1 Private Fostering\n"),
    ("Carn", None, "1. Care\n\n1.1 Consent\n"),
)  # fmt: skip


def manual(council, edition, page):
    return read_manual(io.StringIO(page), council, edition=edition)


@pytest.fixture
def compared():
    return Comparison([manual(*each) for each in PAGES])


def editions(comparison):
    return [(each.council, each.edition) for each in comparison.chosen]


def test_the_newest_editions_are_compared_up_to_a_month(compared):
    assert editions(compared) == [("Ayle", "2024-06"), ("Beere", "2024-03"), ("Carn", None)]
    assert editions(compared.of(edition="2024-03")) == [("Ayle", "2023-01"), ("Beere", "2024-03"), ("Carn", None)]
    early = compared.of(edition="2022-12")
    assert editions(early) == [("Ayle", None), ("Carn", None)]
    assert early.present == ["Ayle", "Carn"]
    assert early.entries["council"].unique().tolist() == early.present  # not those kept for another month
    assert compared.of(edition="2023-01", councils=("Carn", "Ayle")).present == ["Carn", "Ayle"]
    assert compared.editions == ["2024-06", "2024-03", "2023-01"]
    assert compared.of(councils=("Beere",)).editions == ["2024-03"]
    assert [each.edition for each in compared.manuals_of("Ayle")] == [None, "2023-01", "2024-06"]
    assert [*compared.consecutive()] == [("Ayle", "2023-01", "2024-06")]
    assert [*compared.pairs()] == [("Ayle", "Beere"), ("Ayle", "Carn"), ("Beere", "Carn")]
    assert compared.known == compared.present == compared.listing
    assert compared.section_titles == ["Care", "Staff", "Own"]
    assert len(compared.every_edition) == sum(len(each.entries) for each in compared.source.manuals)
    assert compared.every_edition.index.is_unique
    assert compared.entries.index.tolist() == [*range(len(compared.entries))]
    assert compared.of(councils=()).entries.equals(ENTRIES.frame([]))
    twice = Comparison([manual("Ayle", "2024-06", PAGES[0][2]), manual("Ayle", "2024-06", PAGES[1][2])])
    assert len(twice.chosen) == 2


def test_entries_are_of_the_edition_compared_or_of_the_one_given(compared):
    def titles(*which):
        entries = compared.entries_of(*which)
        return entries.loc[entries["kind"] == "chapter", "title"].tolist()

    assert titles("Ayle") == ["Consent", "Panels", "Lone Working", "Harbours"]
    assert titles("Ayle", "2023-01") == ["Consent", "Visits", "Lone Working"]
    assert titles("Ayle", "undated") == ["Consent"]
    assert titles("Ayle", "1999-01") == []


def test_a_manual_added_replaces_its_edition_and_what_was_kept(compared):
    assert "Ferries" not in compared.chapters["title"].tolist()
    compared.add(manual("Ayle", "2024-06", "1. Care\n\n1.1 Ferries\n"))
    assert len(compared.source.manuals) == len(PAGES)
    assert sorted(compared.chapters["title"]) == ["Consent", "Consent", "Ferries", "Private Fostering"]
    compared.add(manual("Dene", "2024-06", "1. Care\n\n1.1 Ferries\n"))
    assert compared.known[-1] == "Dene"
    assert len(compared.source.manuals) == len(PAGES) + 1


def test_councils_are_checked_and_each_is_taken_once(compared):
    assert compared.checked(["Carn", "Ayle", "Carn"]) == ("Carn", "Ayle")
    with pytest.raises(LibraryError, match="no manual of 'X'; councils: Ayle, Beere, Carn"):
        Comparison([manual(*each) for each in PAGES], ["X"])
    with pytest.raises(LibraryError, match="councils: none"):
        Comparison([]).checked(["X"])
    assert Comparison([manual(*each) for each in PAGES], ["Beere"]).present == ["Beere"]


def test_the_newest_month_is_of_editions_dates_and_amendments(compared):
    assert compared.latest == "2024-06"
    assert compared.of(councils=("Carn",)).latest is None
    table = compared.entries
    dated = table.assign(date=pd.Series(["2025-01-31", "2030", *[None] * (len(table) - 2)], dtype="str"))
    assert Comparison(dated).latest == "2025-01"


def test_changes_pass_the_filters_on_either_side(compared):
    def picked(**picks):
        table = compared.of(**picks).picked_changes("Ayle", "2023-01", "2024-06")
        assert table.index.tolist() == [*range(len(table))]
        return sorted(zip(table["change"], table["new_title"].fillna(table["old_title"]), strict=True))

    every = picked()
    assert {("removed", "Visits"), ("added", "Panels"), ("added", "Harbours"), ("flag changed", "Lone Working")} <= {
        *every
    }
    assert picked(sections=("Staff",)) == [("added", "Harbours"), ("flag changed", "Lone Working")]
    assert picked(statuses=("New",)) == [("flag changed", "Lone Working"), ("removed", "Visits")]
    assert picked(statuses=(NO_FLAG,)) == [("added", "Harbours")]
    assert picked(words="visit") == [("removed", "Visits")]
    assert picked(words="panel", sections=("Staff",)) == []
    assert picked(words=" ") == every


def test_words_ask_for_topics_and_their_chapters(compared):
    assert compared.asked_topics is None
    assert compared.asked is compared.chapters
    assert compared.asked_entries() is compared.entries
    assert not compared.picks
    about = compared.of(words="consent")
    assert about.picks
    assert len(about.asked_topics) == 1
    assert about.asked["council"].tolist() == ["Ayle", "Beere", "Carn"]
    entries = about.asked_entries("Ayle")
    assert entries["title"].tolist() == ["Care", "Consent", "Staff"]  # headings stay
    assert about.asked_entries("Ayle", "undated")["title"].tolist() == [
        "Care"
    ]  # chapters are asked for in the editions compared
    assert compared.of(words="private").asked_topics == {"private-fostering"}
    assert compared.of(words="zzz").asked.empty
    assert compared.of(sections=("Care",)).picked["title"].tolist() == ["Consent", "Panels", "Consent", "Consent"]
    assert compared.of(statuses=(NO_FLAG,), councils=("Ayle",)).picked["title"].tolist() == ["Consent", "Harbours"]
    assert compared.of(statuses=("New", "Updated")).picked["title"].tolist() == ["Panels", "Lone Working"]
    assert compared.of(sections=("Own",)).picks
    assert compared.of(statuses=("New",)).picks


def test_a_joint_chapters_title_counts_for_no_single_topic():
    comparison = Comparison([
        manual("Ayle", "2024-06", "1. All\n\n1.1 Fostering Panel and Adoption Panel\n1.2 Visits\n"),
        manual("Beere", "2024-06", "1. All\n\n1.1 Fostering Panel\n1.2 Adoption Panel\n"),
    ])  # fmt: skip
    assert comparison.chapters["also_topic"].notna().sum() == 1
    asked = comparison.of(words="adoption").asked_topics
    assert asked == {comparison.chapters.set_index("title").loc["Adoption Panel", "topic"]}


def test_what_was_worked_out_is_kept_for_its_settings_and_the_oldest_goes_first(compared):
    made = []

    def make(name):
        return lambda: made.append(name) or name

    assert compared.keep("a", make("a")) == compared.keep("a", make("b")) == "a"
    assert compared.of(edition="2024-03").keep("a", make("c")) == "c"
    assert compared.of(councils=("Ayle",)).keep("a", make("d")) == "d"
    assert compared.of(confidence=0.9).keep("a", make("e")) == "a"
    assert compared.keep("a", make("f"), by_score=True) == "f"
    assert compared.of(confidence=0.9).keep("a", make("g"), by_score=True) == "g"
    for number in range(KEPT - 2):
        compared.keep(number, make("x"))
        compared.keep("a", make("never"))  # asked for again and again, it stays
    assert len(compared.source.kept) == KEPT == 100
    assert "never" not in made
    assert compared.of(edition="2024-03").keep("a", make("again")) == "again"


def test_decisions_are_read_again_after_they_change(tmp_path):
    manuals = [
        manual("Ayle", "2024-06", "1. All\n\n1.1 Consent\n"),
        manual("Beere", "2024-06", "1. All\n\n1.1 Consent\n"),
    ]
    file = tmp_path / "decisions.csv"
    comparison = Comparison(manuals, decisions=file)
    assert comparison.decisions.empty
    assert len(comparison.matches("Ayle", "Beere")) == 1
    assert comparison.chapters["topic"].nunique() == 1
    councils = {"left_council": "Ayle", "right_council": "Beere"}
    decided = record_decision("rejected", "Consent", "Consent", "a test", **councils, path=file)
    assert len(comparison.decisions) == 1
    assert comparison.matches("Ayle", "Beere").empty
    assert comparison.decisions is comparison.decisions
    given = Comparison(manuals, decisions=decided)
    assert given.decisions is decided
    assert given.decisions_file == Comparison(manuals).decisions_file == DECISIONS
    assert given.matches("Ayle", "Beere").empty
    assert len(given.of(confidence=0.1).matches("Ayle", "Beere")) == 0
    assert Comparison(manuals, decisions=str(file)).decisions_file == file
    assert read_decisions(file).equals(comparison.decisions)


def test_a_library_knows_its_manuals_and_a_table_only_its_entries(tmp_path, compared):
    for council in ("ayle", "beere"):
        home = tmp_path / "manuals" / council / "2024-06"
        home.mkdir(parents=True)
        (home / "contents.txt").write_text("1. All\n\n1.1 Consent\n", "utf-8")
    library = open_library(tmp_path / "manuals", cache=False)
    one = Comparison(library, [library.manuals["council"][1]])
    assert one.manuals["council"].tolist() == [library.manuals["council"][1]]
    assert one.manuals.index.tolist() == [0]
    assert one.library is library
    assert one.decisions_file == library.decisions_file
    assert len(one.pages) == 1
    table = Comparison(library.entries)
    assert (table.library, table.pages, table.mark) == (None, [], "")
    assert table.manuals.empty
    assert table.amendments.empty
    assert table.known == Comparison(library).known
    parts = module._parts(pd.concat([manual.entries for manual in compared.source.manuals]))
    assert [(part.council, part.edition, len(part.entries)) for part in parts] == [
        (each.council, each.edition, len(each.entries)) for each in compared.source.manuals
    ]
    assert all(part.entries.index[0] == 0 for part in parts)
    nameless = PartOfTable(None, None, table.entries)
    assert (council_name(nameless), edition_of(nameless)) == ("(council not named)", "undated")
