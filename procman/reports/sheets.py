"""Write tables as the sheets of a workbook, with headings, typed cells, widths, notes and a cover. Untrusted text never runs or links."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.files import neutral, unused
from procman.reports.html import based_on, text_alone
from procman.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd

MISSING = "[x]"
LONGEST_NAME = 31  # characters of a sheet's name
LONGEST_LINK = 2_000  # characters of an address; a spreadsheet takes 2,079
LONGEST = 32_000  # characters; a spreadsheet cell has at most 32,767
WIDEST = 48  # characters of a column; longer text wraps
LINE = 15.75  # points of a line
READING = (
    "Each sheet holds one table. The notes say what each table is based on, and its limits.",
    f"{MISSING} means that the contents page prints nothing, or that there is nothing to count.",
    "A topic missing here may be covered elsewhere. A chapter with no flag may still have changed.",
)
#: Columns of months, written as dates so that a spreadsheet can sort and count them.
MONTHS = ("edition", "manual_edition", "seen_since", "since", "until", "first", "last")


class Sheet(NamedTuple):
    """One sheet: its name, title, declaration, table, and what to say if the table is empty.

    ``heads`` are headings that come from untrusted text, such as councils' names. ``fill`` are blank columns to fill in by hand. ``blank``
    also leaves a 0 blank, so that other numbers stand out.
    """

    name: str
    title: str
    table: Table
    frame: pd.DataFrame
    empty: str = ""
    heads: Mapping[str, str] = MappingProxyType({})
    fill: tuple[str, ...] = ()
    blank: bool = False


def sheet_name(name: str) -> str:
    """A valid name for a sheet: at most 31 characters, without reserved marks.

    >>> sheet_name("Bournemouth, Christchurch and Poole: gaps"), sheet_name("'A/B': gaps")
    ('Bournemouth, Christchurch… gaps', 'A B gaps')
    """
    head, _, tail = re.sub(r"[\[\]:*?/\\']+", " ", text_alone(name)).strip().rpartition(" ")
    head = " ".join(head.split())
    room = LONGEST_NAME - len(tail) - 1
    return f"{head if len(head) <= room else head[: room - 1].rstrip() + '…'} {tail}"


def workbook_bytes(sheets: list[Sheet], provenance: list[str], settings: str, mark: str = "") -> bytes:
    """The workbook: its sheets, and a cover that lists the manuals and the settings.

    ``mark`` goes on the cover and on each sheet (see `procman.Library.mark`).
    """
    with warnings.catch_warnings():
        # gptables 2.0 leaves a file open when it loads, and uses pandas features that pandas 3.1 deprecates.
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        # gptables asks for a reason for blank cells: the sheet's instructions give it.
        warnings.filterwarnings("ignore", "\\s*Empty or null cell found", UserWarning)
        return _written(sheets, provenance, settings, [mark] if mark else [])


def _written(sheets: list[Sheet], provenance: list[str], settings: str, marked: list[str]) -> bytes:
    import gptables
    import pandas as pd

    notes, columns = [], []
    tables = {}
    for sheet in sheets:
        key = re.sub("[^a-z0-9]+", "_", sheet.name.lower())
        notes.append((key, based_on(sheet.table, known="") or sheet.table.meaning))
        tables[sheet.name] = gptables.GPTable(
            table=_cells(sheet),
            table_name=f"table_{key}",
            title=f"{safe_text(sheet.title)} $${key}$$",
            subtitles=[*marked, sheet.table.meaning],
            instructions=_instructions(sheet),
            index_columns={},
            additional_formatting=_formats(sheet),
        )
        headings = _headings(sheet)
        columns += [(sheet.name, headings[column.name], column.meaning) for column in _shown(sheet)]
    tables["Columns"] = gptables.GPTable(
        table=pd.DataFrame(columns, columns=["Sheet", "Column", "Meaning"]).map(safe_text),
        table_name="table_columns",
        title="What each column means",
        instructions="This worksheet contains one table.",
        index_columns={},
    )
    newest = "Manuals compared, each council's newest edition:"
    about = ["About these data", settings, newest, *map(safe_text, provenance)]
    contact = ["Made by procman from councils' published contents pages. No council has checked or approved it."]
    cover = gptables.Cover(
        title="Comparison of children's services procedures manuals",
        intro=[*marked, *READING],
        about=about[1:],
        contact=contact,
    )
    file = io.BytesIO()
    # Text from a contents page must never run as a formula or open as a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = gptables.produce_workbook(
        file,
        tables,
        cover=cover,
        notes_table=pd.DataFrame(notes, columns=["Note", "What it says"]),
        auto_width=False,
        workbook_options=options,
    )
    book.set_properties({"title": "Comparison of children's services procedures manuals", "author": "procman"})
    laid_out = {name: table.table for name, table in tables.items()}
    laid_out["Contents"] = pd.DataFrame([(name, table.title) for name, table in tables.items()])
    laid_out["Notes"] = pd.DataFrame([("Note number", said) for _, said in notes])
    laid_out["Cover"] = pd.DataFrame(["Introductory information", *marked, *READING, *about, "Contact", *contact])
    for worksheet in book.worksheets():
        widest = WIDEST if worksheet.name in tables else 100
        _lay_out(worksheet, laid_out[worksheet.name], widest, freeze=worksheet.name != "Cover")
        for table in worksheet.tables if worksheet.name in tables else ():
            table["autofilter"] = table["a_range"]  # gptables has no option for it
    if opens := next((sheet.name for sheet in sheets if sheet.fill), None):
        book.get_worksheet_by_name(opens).activate()
    book.close()
    return file.getvalue()


def _lay_out(worksheet: Any, table: pd.DataFrame, widest: int, freeze: bool) -> None:
    """Set the column widths and row heights to fit the text, and print in landscape, one page wide.

    Heights are set because some programs do not work them out.
    """
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    lengths = table.astype(str).apply(lambda cells: cells.str.len())
    widths = [min(widest, max(9, len(str(name)) + 1, longest * 1.1 + 2)) for name, longest in lengths.max().items()]
    for place, width in enumerate(widths):
        worksheet.set_column(place, place, width)
    first = worksheet.dim_rowmax - len(table)
    if freeze:
        worksheet.freeze_panes(first + 1, 0)  # keep the headings in view, but no column, because a window can be narrow
    lines = (lengths * 1.1 / widths).max(axis=1).apply(ceil)
    for place, number in enumerate(lines, first + 1):
        worksheet.set_row(place, LINE * max(1, number))


def _shown(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.table.columns if column.name in sheet.frame.columns]


def _headings(sheet: Sheet) -> dict[str, str]:
    """The heading of each column. A spreadsheet's table needs unique headings. A council keeps its name."""
    taken: set[str] = set()
    given = {name: unused(safe_text(head), taken, "{} ({})") for name, head in sheet.heads.items()}
    return {
        column.name: given.get(column.name) or unused(safe_text(column.heading), taken, "{} ({})")
        for column in _shown(sheet)
    }


def _cells(sheet: Sheet) -> pd.DataFrame:
    """The table for gptables: with readable headings, months as dates, and no missing values."""
    import pandas as pd

    if sheet.frame.empty:
        return pd.DataFrame({"Note": [safe_text(sheet.empty)]})
    headings = _headings(sheet)
    cells: dict[str, Any] = {}
    for column in _shown(sheet):
        values = sheet.frame[column.name]
        if column.name in MONTHS:
            typed = pd.to_datetime(values.astype("str").str.slice(0, 7), format="%Y-%m", errors="coerce").astype(object)
        elif column.name in sheet.fill:
            cells[headings[column.name]] = None
            continue
        elif column.dtype == "str":
            typed = values.astype(object).map(
                lambda value, column=column: _text_or_link(column.said(value)), na_action="ignore"
            )
        elif column.dtype in ("boolean", "bool"):
            typed = values.astype(object).map({True: "yes", False: "no"})
        else:
            typed = values.astype(object)
        typed = typed.where(values.notna() & typed.notna(), MISSING)
        cells[headings[column.name]] = typed.where(typed != 0, None) if sheet.blank else typed
    return pd.DataFrame(cells, index=sheet.frame.index, dtype=object).reset_index(drop=True)


def _instructions(sheet: Sheet) -> str:
    said = [f"This worksheet contains one table. {MISSING}: nothing printed, or nothing to count."]
    if sheet.fill:
        said.append("The empty columns are for you to fill in.")
    if sheet.blank:
        said.append("A blank cell: none on the contents page.")
    return " ".join(said)


def link(text: str, address: object) -> dict[str, str] | None:
    """A cell with a link, or None if the address is not a web address.

    >>> link("1.2 Consent", "https://example.org/consent.html"), link("1.2 Consent", "javascript:alert(1)")
    ({'1.2 Consent': 'https://example.org/consent.html'}, None)
    """
    fits = isinstance(address, str) and len(address) <= LONGEST_LINK and re.fullmatch(r"https?://[^\s\"<>]+", address)
    return {safe_text(text)[:250]: str(address)} if fits else None


def _text_or_link(cell: Any) -> Any:
    return cell if isinstance(cell, dict) else safe_text(cell)


def _formats(sheet: Sheet) -> list[dict[str, Any]]:
    """The cell formats: per cent for shares, dates for months, and an indent for text after a number."""
    if sheet.frame.empty:
        return []
    headings = _headings(sheet)
    words = [headings[column.name] for column in _shown(sheet) if column.dtype == "str" and column.name not in MONTHS]
    layout = [([*headings.values()], {"valign": "top"}), (words, {"indent": 1})]
    kinds = {
        "0%": [column for column in _shown(sheet) if column.name.endswith("share")],
        "mmm yyyy": [column for column in _shown(sheet) if column.name in MONTHS],
        "0.00": [column for column in _shown(sheet) if column.dtype == "float64" and not column.name.endswith("share")],
    }
    layout += [([headings[column.name] for column in columns], {"num_format": form}) for form, columns in kinds.items()]
    return [{"column": {"columns": columns, "format": form}} for columns, form in layout if columns]


def safe_text(cell: Any) -> str:
    """Untrusted text made safe: neither a spreadsheet nor gptables treats it as a formula, link or note.

    >>> safe_text("=1+1"), safe_text("[a](b)"), safe_text("$$note$$"), safe_text("…")
    ("'=1+1", '[a] (b)', '$ $note$ $', '… (as printed)')
    """
    text = " ".join(text_alone(cell).split())[:LONGEST].replace("](", "] (")
    text = re.sub(r"\$(?=\$)", "$ ", text)
    if not re.search(r"[A-Za-z0-9]", text):
        text = f"{text} (as printed)".strip()
    return neutral(text)
