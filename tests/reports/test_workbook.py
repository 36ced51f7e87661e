"""The workbook, opened again: one table per sheet, typed cells, correct notes, and no title that runs as a formula."""

import datetime
import io
import re
import zipfile
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.errors import ProcmanError
from procman.library.decisions import record_decision
from procman.matching.scoring import scorer
from procman.matching.topics import topics
from procman.measures import coverage
from procman.measures.gaps import gaps
from procman.reports import workbook
from procman.reports.comparison import Comparison
from procman.reports.sheets import MISSING, safe_text
from procman.reports.views import view
from procman.reports.workbook import write_workbook

HOSTILE = (
    '=HYPERLINK("https://example.org","x")', "+1+1", "-2", "@SUM(A1)", "{=1}", "[a](https://example.org) [b](c)",
    "$$note$$", "…", "ŵŷ", "https://example.org/x", "<b>&amp;</b>", "A" * 40_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def path(library, tmp_path_factory):
    return write_workbook(library, tmp_path_factory.mktemp("workbook") / "comparison.xlsx")


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def table_of(sheet):
    """The sheet's one table as a DataFrame."""
    (table,) = sheet.tables.values()
    head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return pd.DataFrame(rows, columns=head)


def test_cover_contents_notes_then_one_table_a_sheet(book):
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert all(len(sheet.tables) == 1 for sheet in book.worksheets[1:])
    listed = table_of(book["Contents"])["Sheet name"].tolist()
    assert listed == book.sheetnames[3:]
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names))


def test_each_title_refers_to_the_note_that_says_what_it_is_out_of(book):
    notes = table_of(book["Notes"]).set_index("Note number")["What it says"]
    for sheet in book.worksheets[3:-1]:
        number = int(re.search(r"\[note (\d+)\]$", sheet["A1"].value)[1])
        assert notes[number]
    assert "may be covered elsewhere" in notes[int(re.search(r"\d+", book["Gaps"]["A1"].value[-4:])[0])]


def test_confidence_and_decisions_hold_and_are_named(book, library, tmp_path):
    def said(book):
        return [cell.value for cell in book["Cover"]["A"] if "confidence" in str(cell.value)]

    assert said(book) == [
        f"Chapters are matched by their titles, from a confidence of {scorer().accepted:.2f}, with no pairs decided by a person."
    ]
    councils = {"left_council": "Milton Keynes", "right_council": "Oxfordshire"}
    decisions = record_decision("rejected", *["Private Fostering"] * 2, "a test", **councils, path=tmp_path / "d.csv")
    own = openpyxl.load_workbook(write_workbook(library, tmp_path / "own.xlsx", 0.9, decisions))
    assert said(own) == [
        "Chapters are matched by their titles, from a confidence of 0.90, with 1 pair decided by a person."
    ]
    both = table_of(own["Side by side"])
    assert "Private Fostering" not in set(both.loc[both["Right title"] != MISSING, "Left title"])
    topics = pd.DataFrame(table_of(own["Topics"]))
    assert len(topics) > len(table_of(book["Topics"]))


def test_a_cell_is_blank_only_where_it_says_so(book):
    for sheet in book.worksheets[1:]:
        empty = table_of(sheet).isna()
        said = sheet["A3"].value or ""
        if "for you to fill in" in said:
            assert set(empty.columns[empty.any()]) == {"Action", "Owner", "Due"}
        elif "A blank cell: none on the contents page." in said:
            assert sheet.title == "Matrix"
        else:
            assert not empty.any(axis=None), sheet.title


def test_it_opens_on_what_your_council_lacks_with_room_to_plan(book, library, tmp_path):
    assert book.active.title == "Milton Keynes gaps"
    table = table_of(book.active)
    missing = gaps(library.entries, "Milton Keynes")
    assert table["Topic title"].tolist() == missing["topic_title"].tolist()
    assert table["Expected"].eq(missing["expected"].fillna(MISSING)).all()
    assert table["Oxfordshire"].str.contains("Child Protection Conferences").any()
    comparison = Comparison(library).of(focus="Oxfordshire")
    other = openpyxl.load_workbook(write_workbook(comparison, tmp_path / "own.xlsx"))
    assert other.active.title == "Oxfordshire gaps"
    for sheet in other.worksheets[3:]:
        (table,) = sheet.tables.values()
        assert table.autoFilter.ref == table.ref


def test_a_gap_links_to_a_chapter_where_the_address_is_of_the_web(tmp_path):
    page = "<h2>1. All</h2><ul><li><a href='{}'>1.1 Private Fostering</a></li><li>1.2 Staying Put</li></ul>"
    sides = [
        read_manual(io.StringIO("1. All\n\n1.1 Consent\n1.2 Records\n"), "Northwick"),
        read_manual(io.StringIO(page.format("https://example.org/pf.html")), "Ayle [x]: y"),
        read_manual(io.StringIO(page.format("javascript:alert(1)")), "Beere"),
    ]
    sheet = openpyxl.load_workbook(write_workbook(Comparison(sides), tmp_path / "w.xlsx")).active
    linked = {cell.value: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert linked == {"Ayle [x]: y: 1.1 Private Fostering": "https://example.org/pf.html"}


def test_the_tables_are_the_measures(book, library):
    chapters = topics(library.entries)
    assert len(table_of(book["Chapters"])) == len(chapters) == 253
    sections = table_of(book["Sections"])
    assert sections["Chapters"].sum() == 253
    assert sections[["In all", "In some", "Only here"]].sum(axis=1).tolist() == sections["Chapters"].tolist()
    matrix = table_of(book["Matrix"])
    assert matrix[["Milton Keynes", "Oxfordshire"]].sum().sum() == coverage.presence(chapters)["chapters"].sum()


def test_numbers_months_and_shares_are_typed(book):
    share = next(cell for cell in book["Shared"]["E"] if isinstance(cell.value, float))
    assert share.number_format == "0%"
    manuals = book["Manuals"]
    edition = next(cell for cell in manuals["B"] if isinstance(cell.value, datetime.datetime))
    assert (edition.value, edition.number_format) == (datetime.datetime(2017, 7, 1), "mmm yyyy")
    assert MISSING in [cell.value for cell in manuals["B"]]
    numbers = table_of(book["Chapters"])["Number"]
    assert all(isinstance(number, str) for number in numbers)  # 1.10 is not 1.1


def test_readable_titles_come_first_and_ids_last(book):
    for name in ("Topics", "Gaps", "Places", "Duties", "Duties by council", "Expectations"):
        table, identity = table_of(book[name]), "Topic" if name in ("Topics", "Gaps", "Places") else "Duty"
        assert table.columns[0] == ("Topic title" if identity == "Topic" else "Topic"), name
        assert table.columns[-1] == identity, name
        assert book[name].column_dimensions["A"].width > 20, name


def test_headings_stay_in_sight_while_one_scrolls(book):
    assert book["Cover"].freeze_panes is None
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        first = int(re.match(r"[A-Z]+(\d+)", table.ref)[1])
        assert sheet.freeze_panes == f"A{first + 1}", sheet.title
        # What stays is a few lines, or little would be left to scroll where letters are large.
        assert first <= 6


def test_no_amendments_page_is_not_no_amendments(book):
    for name in ("Amendments", "Amendments listed"):
        (note,) = table_of(book[name])["Note"]
        assert note.startswith("The library holds no amendments page of these councils.")


def test_every_column_is_explained(book):
    explained = set(table_of(book["Columns"])[["Sheet", "Column"]].itertuples(index=False, name=None))
    for sheet in book.worksheets[3:-1]:
        heads = list(table_of(sheet).columns)
        assert heads == ["Note"] or {(sheet.title, head) for head in heads} <= explained


def test_councils_head_their_columns_by_their_own_names(tmp_path):
    names = ["mid_Ayle", "mid Ayle", "Mid ayle", "Topic title", "first", "Great share", "=1+1"]
    page = b"1. Care\n\n1.1 Consent\n1.2 Records\n"
    entries = pd.concat([read_manual(page, name).entries for name in names], ignore_index=True)
    book = openpyxl.load_workbook(write_workbook(entries, tmp_path / "names.xlsx"))
    heads = ["mid_Ayle", "mid Ayle", "Mid ayle (2)", "Topic title", "first", "Great share", "'=1+1"]
    matrix = table_of(book["Matrix"])
    assert list(matrix.columns) == ["Topic title (2)", *heads]
    assert matrix[heads].values.tolist() == [[1] * 7] * 2
    assert {cell.number_format for row in book["Matrix"].iter_rows() for cell in row if cell.value == 1} == {"General"}
    explained = table_of(book["Columns"])
    said = explained.loc[explained["Sheet"] == "Matrix"].set_index("Column")["Meaning"]
    assert [said[head] for head in heads[:3]] == [f"chapters of {name} on the topic" for name in names[:3]]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    page = "1. Care\n\n" + "".join(f"1.{n} Chapter {n}\n" for n in range(1, len(HOSTILE) + 1))
    entries = read_manual(page.encode(), "=cmd|'/c calc'!A1").entries
    title = entries["title"].where(entries["kind"] != "chapter").fillna(dict(zip(range(1, 99), HOSTILE, strict=False)))
    section = entries["section"].where(entries["kind"] == "section", "=1+1")
    return write_workbook(entries.assign(title=title, section=section), tmp_path_factory.mktemp("bad") / "bad.xlsx")


def test_no_title_runs_or_links(hostile):
    with zipfile.ZipFile(hostile) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
        links = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
        assert "example.org" not in links
    book = openpyxl.load_workbook(hostile)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in cells)
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
    titles = table_of(book["Chapters"])["Title"].tolist()
    assert titles == [safe_text(title) for title in HOSTILE]


def test_one_undated_manual_gives_an_honest_workbook(tmp_path):
    entries = read_manual(b"1. Care\n\n1.1 Consent\n1.2 Records\n", "Northwick").entries
    book = openpyxl.load_workbook(write_workbook(entries, tmp_path / "one.xlsx"))
    assert "Side by side" not in book.sheetnames
    assert table_of(book["Shared"])["Note"].tolist() == ["Choose at least two councils."]
    assert table_of(book["Dates"])["Note"].tolist() == [view("ages").empty]


def test_nothing_to_compare_and_nowhere_to_write(library, tmp_path):
    with pytest.raises(ProcmanError, match="no chapter to compare"):
        write_workbook(library.entries.iloc[:0], tmp_path / "none.xlsx")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(ProcmanError, match="cannot be written"):
        write_workbook(library.manual("Oxfordshire").entries, tmp_path / "file" / "x.xlsx")


def test_the_file_is_a_workbook(path):
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))


def page(council, *titles, edition="2024-06"):
    rows = "".join(f"<li><a href='https://example.org/{n}'>{title}</a></li>" for n, title in enumerate(titles, 1))
    return read_manual(io.StringIO(f"<h2>1. All</h2><ul>{rows}</ul>"), council, edition=edition)


@pytest.fixture(scope="module")
def small():
    """Three councils; two list what Ayle does not, and one of them prints no number beside it."""
    return Comparison([
        page("Ayle", "1.1 Private Fostering", "1.2 Complaints"),
        page("Beere", "1.1 Private Fostering", "Life Story Work", "1.3 Harbours"),
        page("Carn", "1.1 Life Story Books", "1.2 Life Story Work", "1.3 Private Fostering"),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def sheets(small):
    return {sheet.name: sheet for sheet in workbook._sheets(small)}


def columns(sheet):
    return [column.name for column in sheet.table.columns]


def test_your_gaps_come_first_with_a_link_to_the_first_chapter_and_room_to_plan(small, sheets):
    first = sheets["Ayle gaps"]
    assert columns(first) == [
        *(
            "topic_title",
            "Beere",
            "Carn",
            "tier",
            "nearest_number",
            "nearest_title",
            "nearest_why",
            "expected",
            "example",
        ),
        *("action", "owner", "due"),
    ]
    assert (first.title, first.heads) == ("Missing from Ayle's contents page", {"Beere": "Beere", "Carn": "Carn"})
    assert (first.fill, first.blank) == (("action", "owner", "due"), False)
    assert first.empty == "No topic is missing: this page has all that the others list."
    rows = first.frame.set_index("topic_title")
    assert rows["example"].to_dict() == {
        "Life story books": {"Beere: Life Story Work": "https://example.org/2"},
        "Harbours": {"Beere: 1.3 Harbours": "https://example.org/3"},
    }
    assert rows["action"].isna().all()
    text = Comparison([read_manual(io.StringIO(f"1. All\n\n1.1 {title}\n"), title) for title in ("Consent", "Visits")])
    assert "example" not in columns(next(workbook._sheets(text)))  # no page gives an address
    assert next(workbook._sheets(small.of(focus="Carn"))).name == "Carn gaps"


def test_a_sheet_for_each_view_that_has_one_and_what_it_needs(small, sheets):
    assert [*sheets] == [
        *(
            "Ayle gaps",
            "Reach",
            "Sections",
            "Matrix",
            "Topics",
            "Shared",
            "Confidences",
            "Nearest",
            "Clusters",
            "Publishers",
        ),
        *("Gaps", "Headings", "Structure", "Places", "Notices", "Flags", "Flagged chapters", "Next reviews", "Dates"),
        *("Timeline", "Flags over time", "Duties by council", "Duties", "Expectations", "Chapters"),
    ]
    two = [sheet.name for sheet in workbook._sheets(small.of(councils=("Ayle", "Beere")))]
    assert [name for name in two if name not in sheets] == ["Side by side"]  # of one pair only
    one = [sheet.name for sheet in workbook._sheets(small.of(councils=("Ayle",)))]
    assert one[0] == "Reach"
    entries = small.entries
    silent = Comparison(entries[(entries["council"] != "Ayle") | (entries["kind"] != "chapter")])
    assert next(workbook._sheets(silent)).name == "Reach"  # Ayle lists no chapter


def test_a_sheet_of_every_council_says_whose_row_it_is_and_ids_come_last(sheets):
    gaps = sheets["Gaps"]
    assert columns(gaps)[:3] == ["topic_title", "council", "councils"]
    assert columns(gaps)[-2:] == ["which", "topic"]
    assert gaps.frame["council"].tolist() == ["Ayle"] * 2 + ["Beere"] * 1 + ["Carn"] * 2
    assert gaps.frame.index.tolist() == [*range(5)]
    assert gaps.table.picked("council")[0].meaning == "council that the row is about"
    assert gaps.title == "Missing from each council's contents page"
    assert columns(sheets["Sections"])[:2] == ["council", "section"]
    assert sheets["Sections"].frame["council"].tolist() == ["Ayle", "Beere", "Carn"]
    assert columns(sheets["Duties"])[-1] == "duty"
    assert columns(sheets["Dates"]) == ["council", "edition", "position", "number", "title", "section", "date"]
    assert sheets["Dates"].title == "Chapters with a printed date"
    assert sheets["Dates"].frame.empty
    assert sheets["Publishers"].frame.empty  # nothing is known of any platform
    assert sheets["Reach"].frame["topics"].tolist() == [1, 1, 2]
    assert sheets["Clusters"].empty.startswith("Choose at least four councils.")


def test_the_matrix_has_a_column_for_each_council(sheets):
    matrix = sheets["Matrix"]
    assert matrix.frame.set_index("topic_title").T.to_dict("list") == {
        "Life story books": [0, 1, 2], "Private fostering": [1, 1, 1],
        "Complaints and representations": [1, 0, 0], "Harbours": [0, 1, 0],
    }  # fmt: skip
    assert matrix.heads == {"council 1": "Ayle", "council 2": "Beere", "council 3": "Carn"}
    assert columns(matrix) == ["topic_title", *matrix.heads]
    assert [column.meaning for column in matrix.table.columns[1:]] == [
        f"chapters of {name} on the topic" for name in matrix.heads.values()
    ]
    assert (matrix.blank, matrix.table.meaning) == (True, "Chapters on each topic, by council.")


def test_the_cover_names_each_manual_with_its_source_and_the_settings(small):
    facts = [
        ("Ayle", "2024-06", "https://a.org", "2024-07-01"),
        ("Ayle", "2020-01", "old", None),
        ("Beere", None, None, None),
    ]
    manuals = pd.DataFrame(facts, columns=["council", "edition", "source", "obtained"])
    chosen = [SimpleNamespace(council=council, edition=edition) for council, edition in
              (("Ayle", "2024-06"), ("Beere", None), ("Carn", "2024-01"))]  # fmt: skip
    assert [*workbook._provenance(SimpleNamespace(manuals=manuals, chosen=chosen))] == [
        "Ayle, 2024-06: https://a.org (2024-07-01)", "Beere, undated: source not given", "Carn, 2024-01"
    ]  # fmt: skip
    assert workbook._settings(small).endswith("from a confidence of 0.50, with no pairs decided by a person.")


def test_an_older_name_of_the_confidence_warns_where_it_is_used(small, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(
        workbook, "workbook_bytes", lambda sheets, cover, settings, mark: made.append(settings) or b"book"
    )
    with pytest.warns(DeprecationWarning, match="is now confidence=") as told:
        written = write_workbook(small, tmp_path / "old.xlsx", threshold=0.9)
    assert [each.filename for each in told] == [__file__]
    assert written.read_bytes() == b"book"
    write_workbook(small, tmp_path / "new.xlsx", 0.8)
    write_workbook(small.entries, str(tmp_path / "same.xlsx"))
    assert [re.search(r"0\.\d+", settings)[0] for settings in made] == ["0.90", "0.80", "0.50"]
    assert small.confidence == 0.5  # the comparison given stays as it is
