"""How a sheet is laid out: its paper, widths, heights and formats, from a small table of known words."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from procman.reports.sheets import LINE, WIDEST, Sheet, workbook_bytes
from procman.tables import Column, Measure

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
