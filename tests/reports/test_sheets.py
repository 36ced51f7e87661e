"""How a sheet is laid out: its paper, widths, heights and formats, from a small table of known words."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pandas as pd
import pytest

from procman.reports.sheets import LINE, WIDEST, Sheet, link, safe_text, sheet_name, workbook_bytes
from procman.tables import Column, Measure, Table

COLUMNS = (
    Column("title", "str", "a title", ""),
    Column("edition", "str", "its edition", ""),
    Column("share", "float64", "a share", ""),
    Column("score", "float64", "a score", ""),
    Column("chapters", "int64", "chapters", ""),
)
LONG = "x" * 100


@pytest.fixture(scope="module")
def book():
    frame = pd.DataFrame(
        [("Consent", "2024-06", 0.25, 0.5, 3), (LONG, None, 0.5, 1.0, 0)], columns=[column.name for column in COLUMNS]
    )
    table = Measure("made_up", "What the table is.", COLUMNS, "Of two rows.")
    sheets = [Sheet("Rows", "Rows", table, frame), Sheet("None", "None", table, frame.iloc[:0], "There is none.")]
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets, ["Ayle, June 2024"], "How matched.", "Invented")))


def test_every_sheet_is_printed_a_page_wide_on_a4_on_its_side(book):
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", None, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_columns_are_as_wide_as_their_words_up_to_a_width_that_wraps(book):
    widths = {column: round(each.width, 1) for column, each in book["Rows"].column_dimensions.items()}
    assert widths["A"] == pytest.approx(WIDEST, abs=1)
    assert widths["C"] == pytest.approx(9, abs=1)
    assert book["Cover"].column_dimensions["A"].width == pytest.approx(100, abs=1)
    assert book["Notes"].column_dimensions["B"].width < WIDEST


def test_rows_are_as_tall_as_their_words(book):
    sheet = book["Rows"]
    (first,) = [cell.row for cell in sheet["A"] if cell.value == "Consent"]
    assert sheet.row_dimensions[first].height == pytest.approx(LINE, abs=0.5)
    assert sheet.row_dimensions[first + 1].height == pytest.approx(3 * LINE, abs=0.5)  # 110 characters' room, 48 a line


def test_numbers_have_their_formats_and_words_stand_a_little_apart(book):
    sheet = book["Rows"]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == "Consent"]
    assert [cell.number_format for cell in row] == ["General", "mmm yyyy", "0%", "0.00", "General"]
    assert [int(cell.alignment.indent) for cell in row] == [1, 0, 0, 0, 0]
    assert {cell.alignment.vertical for cell in row} == {"top"}


def test_the_mark_stands_on_every_table_and_the_words_of_an_empty_one(book):
    for name in ("Rows", "None"):
        assert "Invented" in [cell.value for cell in book[name]["A"]]
    assert "There is none." in [cell.value for cell in book["None"]["A"]]
    assert [cell.value for cell in book["Rows"]["A"]][-1] == LONG


def dumped(sheets, provenance=(), mark=""):
    """Each sheet's cells, row by row, without empty ones at the end of a row."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets, [*provenance], "How matched.", mark)))
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    return book, rows


def test_every_cell_of_a_workbook_of_three_sheets():
    columns = (
        Column("title", "str", "a title", ""), Column("seen_since", "str", "since when", ""), Column("past", "boolean", "whether past", ""),
        Column("chapters", "int64", "chapters", ""), Column("example", "str", "a link", ""), Column("other", "str", "not in the frame", ""),
        Column("action", "str", "to fill in", ""),
    )  # fmt: skip
    frame = pd.DataFrame({
        "title": ["1.10", None, "=1+1"], "seen_since": ["2024-06-12", None, "undated"], "past": pd.array([True, False, None], dtype="boolean"),
        "chapters": [3, 0, 1], "example": [link("Ayle: 1.1 Consent", "https://a.org/x"), None, "https://b.org/y"], "hidden": 1, "action": "x",
    }, index=[7, 8, 9])  # fmt: skip
    table = Measure("made_up", "What the table is.", columns, "Of three rows.", "It is small.")
    heads = {"title": "mid_Ayle", "chapters": "MID_AYLE"}
    sheets = [
        Sheet("All Rows", "All rows", table, frame, fill=("action",)),
        Sheet("Blank", "Blank ones", Table("plain", "A plain table.", columns[:4]), frame, heads=heads, blank=True),
        Sheet("None", "None", table, frame.iloc[:0], "There is =none."),
    ]
    book, rows = dumped(sheets, ["Ayle, June 2024", "=Beere"])
    since = datetime.datetime(2024, 6, 1)
    top = rows["All Rows"]
    assert [row[0] for row in top[:3]] == [
        "All rows [note 1]", "What the table is.",
        "This worksheet contains one table. [x]: nothing printed, or nothing to count. The empty columns are for you to fill in.",
    ]  # fmt: skip
    assert top[-4:] == [
        ["Title", "Seen since", "Past", "Chapters", columns[4].heading, "Action"],
        ["1.10", since, "yes", 3, "Ayle: 1.1 Consent", None],
        ["[x]", "[x]", "no", 0, "[x]", None],
        ["'=1+1", "[x]", "[x]", 1, "https://b.org/y", None],
    ]
    (linked,) = [cell for row in book["All Rows"].iter_rows() for cell in row if cell.hyperlink]
    assert linked.hyperlink.target == "https://a.org/x"
    assert rows["Blank"][2][0].endswith("nothing to count. A blank cell: none on the contents page.")
    assert rows["Blank"][-4:] == [
        ["mid_Ayle", "Seen since", "Past", "MID_AYLE (2)"],
        ["1.10", since, "yes", 3], ["[x]", "[x]", "no", None], ["'=1+1", "[x]", "[x]", 1],
    ]  # fmt: skip
    assert rows["None"][-2:] == [["Note"], ["There is =none."]]
    based = "Based on: Of three rows. Limits: It is small."
    assert rows["Notes"][-3:] == [[1, based], [2, "A plain table."], [3, based]]
    explained = rows["Columns"][-(6 + 4 + 6) :]
    assert explained[:6] == [
        ["All Rows", heading, column.meaning]
        for heading, column in zip(top[-4], [each for each in columns if each.name != "other"], strict=True)
    ]
    assert explained[9] == ["Blank", "MID_AYLE (2)", "chapters"]
    cover = [row[0] for row in rows["Cover"] if row[0]]
    assert cover[0] == "Comparison of children's services procedures manuals"
    assert cover[-7:] == [
        "About these data", "How matched.", "Manuals compared, each council's newest edition:", "Ayle, June 2024", "'=Beere",
        "Contact", "Made by procman from councils' published contents pages. No council has checked or approved it.",
    ]  # fmt: skip
    assert [row[0] for row in rows["Contents"]][-4:] == ["All Rows", "Blank", "None", "Columns"]
    assert (book.properties.title, book.properties.creator) == (cover[0], "procman")
    assert book.active.title == "All Rows"
    for sheet in book.worksheets[3:]:
        (own,) = sheet.tables.values()
        assert own.autoFilter.ref == own.ref
    assert book["All Rows"].freeze_panes == f"A{len(top) - 2}"
    first = len(top) - 2
    formats = {cell.coordinate[0]: cell.number_format for cell in book["All Rows"][first]}
    assert formats["B"] == "mmm yyyy"
    assert dumped(sheets[1:])[0].active.title == "Cover"


def test_rows_and_columns_are_sized_by_their_longest_words():
    columns = (Column("title", "str", "", ""), Column("a_rather_long_name", "str", "", ""), Column("x", "str", "", ""))
    frame = pd.DataFrame(
        [["x" * 20, "y", "z"], ["x" * 44, "y", "z"], ["x" * 130, "y", "z"]],
        columns=["title", "a_rather_long_name", "x"],
    )
    book, rows = dumped([Sheet("Rows", "Rows", Table("plain", "Plain.", columns), frame)])
    sheet, last = book["Rows"], len(rows["Rows"])
    widths = {column: each.width for column, each in sheet.column_dimensions.items()}
    room = 0.7109375  # that the file adds
    assert widths == {"A": 48 + room, "B": len("A rather long name") + 1 + room, "C": 9 + room}
    assert [sheet.row_dimensions[last - 2 + n].height for n in range(3)] == [LINE, 2 * LINE, 3 * LINE]
    assert sheet.row_dimensions[last - 3].height is None
    narrow, _ = dumped([Sheet("Rows", "Rows", Table("plain", "Plain.", columns[:1]), frame[["title"]].iloc[:1])])
    assert narrow["Rows"].column_dimensions["A"].width == 20 * 1.1 + 2 + room


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ayle: gaps", "Ayle gaps"),
        (f"{'x' * 26}: gaps", f"{'x' * 26} gaps"),
        (f"{'x' * 27}: gaps", f"{'x' * 25}… gaps"),
        (f"{'x' * 24} yy: gaps", f"{'x' * 24}… gaps"),
    ],
)
def test_a_sheets_name_has_at_most_31_characters(name, short):
    assert sheet_name(name) == short
    assert len(short) <= 31


def test_a_link_is_an_address_of_the_web_that_a_spreadsheet_takes():
    longest = "https://a.org/" + "x" * (2_000 - 14)
    assert link("x" * 300, longest) == {"x" * 250: longest}
    assert link("x", f"{longest}x") is None
    assert link("=x", "http://a.org") == {"'=x": "http://a.org"}
    for address in (None, float("nan"), "ftp://a.org", "https://a b", "javascript:1"):
        assert link("x", address) is None


def test_safe_text_is_cut_and_never_a_formula_a_link_or_a_note():
    assert len(safe_text("x" * 40_000)) == 32_000
    assert safe_text("x" * 32_000) == "x" * 32_000
    assert safe_text(" a \n b\x00 ") == "a b"
    assert [safe_text(each) for each in ("$$$", "[a](b)", "–", "", "@x", 7)] == [
        "$ $ $ (as printed)", "[a] (b)", "– (as printed)", "(as printed)", "'@x", "7"
    ]  # fmt: skip
