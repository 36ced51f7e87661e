"""The comparison as a workbook for spreadsheets: cover, contents, notes, and one table a sheet, in the Good Practice style."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import ProcmanError
from procman.files import neutral, unused, write_whole
from procman.library.decisions import in_force
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.html import based_on
from procman.reports.view import Each, View
from procman.tables import MANUALS, Column, Table
from procman.words import count, heading

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library

MISSING = "[x]"
LONGEST = 32_000  # characters; a spreadsheet cell holds 32,767
WIDEST = 48  # characters of a column; longer text wraps
LINE = 15.75  # points of a line
READING = (
    "Each sheet holds one table. The notes say what each table is based on, and its limits.",
    f"{MISSING} stands where the contents page prints nothing, or where there is nothing to count.",
    "A topic missing here may be covered elsewhere. A chapter with no flag may still have changed.",
)
#: Ids join sheets; people read the column after them.
IDS = ("topic", "duty")
#: Months, which a spreadsheet can sort and count as such.
MONTHS = ("edition", "manual_edition", "seen_since", "since", "until", "first", "last")


class Sheet(NamedTuple):
    """One sheet: its name, its title, the declaration of its table, the table, and what it says if that is empty.

    ``heads`` are the headings of columns that are not named in our words.
    """

    name: str
    title: str
    table: Table
    frame: pd.DataFrame
    empty: str = ""
    heads: Mapping[str, str] = MappingProxyType({})


def write_workbook(
    source: Library | pd.DataFrame | Comparison,
    out: str | Path,
    confidence: float | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    threshold: float | None = None,
) -> Path:
    """Write the comparison of a library, or of an entries table, as an Excel workbook.

    Parameters
    ----------
    source
        What `procman.open_library` returns, or its ``entries``, or a comparison of manuals; each council's newest edition is
        compared.
    out
        The file, ``.xlsx``; it is written whole or not at all.
    confidence, decisions
        As for `procman.align`, but that a library brings its own decisions; the first sheet names them.
    threshold
        An older name of ``confidence``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ProcmanError
        There is no chapter to compare, or the file cannot be written.

    Examples
    --------
    >>> import io, tempfile
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n"), "Northwick")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(manual.entries, Path(folder) / "comparison.xlsx").name
    'comparison.xlsx'
    """
    if threshold is not None:
        warnings.warn("write_workbook(threshold=) is now confidence=", DeprecationWarning, stacklevel=2)
        confidence = threshold
    comparison = source.of() if isinstance(source, Comparison) else Comparison(source, decisions=decisions)
    if confidence is not None:
        comparison.confidence = confidence
    if not (comparison.entries["kind"] == "chapter").any():
        raise ProcmanError("workbook", "there is no chapter to compare")
    write_whole(Path(out), _workbook([*_sheets(comparison)], [*_provenance(comparison)], _settings(comparison)))
    return Path(out)


def _sheets(comparison: Comparison) -> Iterator[Sheet]:
    """A sheet for each view that has one, in their order."""
    for view in views.VIEWS:
        subjects = view.subjects(comparison)
        if not view.sheet or not view.possible(comparison) or (view.each is Each.PAIR and len(subjects) != 1):
            continue
        yield _sheet(view, comparison, subjects)


def _sheet(view: View, comparison: Comparison, subjects: Sequence[tuple[str, ...]]) -> Sheet:
    import pandas as pd

    shown = view.workbook
    table = _with_council(view) if view.each is Each.COUNCIL else view.table
    names = {column.name for column in table.columns}
    frames = []
    for subject in subjects:
        frame = view.of(comparison, *subject)
        frame = view.table.frame([]) if view.nothing(frame) else shown.only(frame)
        frames.append(frame.assign(council=subject[0]) if view.each is Each.COUNCIL and "council" in names else frame)
    frame = pd.concat(frames, ignore_index=True) if frames else table.frame([])
    if shown.columns:
        table = replace(table, columns=table.picked(*shown.columns))
    title, empty = shown.title or view.titled(), view.why_empty(comparison)
    if shown.across and len(frame):
        return _across(view, frame, title)
    if table.columns[0].name in IDS:
        table = replace(table, columns=(*table.columns[1:], table.columns[0]))
    return Sheet(view.sheet, title, table, frame, empty)


def _with_council(view: View) -> Table:
    """The declaration with the council that each row is about, behind the title: who reads a row out goes by that."""
    if any(column.name == "council" for column in view.table.columns):
        return view.table
    place = 2 if view.table.columns[0].name in IDS else 1
    council = replace(MANUALS.picked("council")[0], meaning="the council that the row is about", optional=False)
    columns = view.table.columns
    return replace(view.table, columns=(*columns[:place], council, *columns[place:]))


def _across(view: View, frame: pd.DataFrame, title: str) -> Sheet:
    """A long table of chapters as a wide one, with a column for each council: the number of chapters in each cell."""
    rows, across = view.table.columns[0].name, view.workbook.across
    order = frame.drop_duplicates(rows)
    values = list(dict.fromkeys(frame[across]))
    wide = frame.pivot(index=rows, columns=across, values="chapters").loc[order[rows], values].reset_index(drop=True)
    # A council's name may be any word, a column's too: it only heads its column.
    heads = {f"{across} {place}": value for place, value in enumerate(values, 1)}
    wide.columns = [*heads]
    label = view.table.columns[1]
    wide.insert(0, label.name, order[label.name].to_numpy())
    columns = [label, *(Column(name, "int64", f"chapters of {head} on the topic", "1") for name, head in heads.items())]
    table = replace(
        view.table, columns=tuple(columns), meaning="Chapters on each topic, by council; 0: not on the page."
    )
    return Sheet(view.sheet, title, table, wide, heads=heads)


def _provenance(comparison: Comparison) -> Iterator[str]:
    """A line for each manual: whose, which edition, where from."""
    listed = comparison.manuals.astype(object).where(comparison.manuals.notna(), None)
    facts = {(row.council, row.edition): row for row in listed.itertuples()}
    for manual in comparison.chosen:
        row = facts.get((manual.council, manual.edition))
        source = f": {row.source or 'source not given'}" if row else ""
        obtained = f" ({row.obtained})" if row and row.obtained else ""
        yield f"{manual.council}, {manual.edition or 'undated'}{source}{obtained}"


def _settings(comparison: Comparison) -> str:
    """What a match rests on here, in a sentence."""
    number = len(in_force(comparison.decisions))
    by_hand = f"{count(number, 'pair') if number else 'no pairs'} decided by a person"
    return f"Chapters are matched by their titles, from a confidence of {comparison.confidence:.2f}, with {by_hand}."


def _workbook(sheets: list[Sheet], provenance: list[str], settings: str) -> bytes:
    """The workbook's bytes."""
    with warnings.catch_warnings():
        # gptables 2.0 leaves a file open as it loads, and uses words of pandas that pandas 3.1 wants to drop.
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return _written(sheets, provenance, settings)


def _written(sheets: list[Sheet], provenance: list[str], settings: str) -> bytes:
    import gptables
    import pandas as pd

    notes, columns = [], []
    tables = {}
    for sheet in sheets:
        key = sheet.name.lower().replace(" ", "_")
        notes.append((key, based_on(sheet.table, known="") or sheet.table.meaning))
        tables[sheet.name] = gptables.GPTable(
            table=_cells(sheet),
            table_name=f"table_{key}",
            title=f"{sheet.title} $${key}$$",
            subtitles=[sheet.table.meaning],
            instructions=f"This worksheet contains one table. {MISSING}: nothing printed, or nothing to count.",
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
        intro=[*READING],
        about=about[1:],
        contact=contact,
    )
    file = io.BytesIO()
    # Text stays text: nothing that a contents page prints is run as a formula or opened as a link.
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
    laid_out["Cover"] = pd.DataFrame(["Introductory information", *READING, *about, "Contact", *contact])
    for worksheet in book.worksheets():
        widest = WIDEST if worksheet.name in tables else 100
        _lay_out(worksheet, laid_out[worksheet.name], widest, freeze=worksheet.name != "Cover")
    book.close()
    return file.getvalue()


def _lay_out(worksheet: Any, table: pd.DataFrame, widest: int, freeze: bool) -> None:
    """Columns as wide as their words, up to a width that wraps; rows as tall; landscape and one page wide on paper.

    Heights are set because not every program that opens the file works them out.
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
        worksheet.freeze_panes(first + 1, 0)  # the headings stay in sight; no column does, for a narrow window
    lines = (lengths * 1.1 / widths).max(axis=1).apply(ceil)
    for place, number in enumerate(lines, first + 1):
        worksheet.set_row(place, LINE * max(1, number))


def _shown(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.table.columns if column.name in sheet.frame.columns]


def _headings(sheet: Sheet) -> dict[str, str]:
    """The heading of each column, all different, as a spreadsheet's table wants them; a council keeps its name."""
    taken: set[str] = set()
    given = {name: unused(safe_text(head), taken, "{} ({})") for name, head in sheet.heads.items()}
    return {
        column.name: given.get(column.name) or unused(safe_text(heading(column.name)), taken, "{} ({})")
        for column in _shown(sheet)
    }


def _cells(sheet: Sheet) -> pd.DataFrame:
    """The table with headings to read, typed months, and nothing missing, for gptables."""
    import pandas as pd

    if sheet.frame.empty:
        return pd.DataFrame({"Note": [sheet.empty]})
    cells, headings = {}, _headings(sheet)
    for column in _shown(sheet):
        values = sheet.frame[column.name]
        if column.name in MONTHS:
            typed = pd.to_datetime(values.astype("str").str.slice(0, 7), format="%Y-%m", errors="coerce").astype(object)
        elif column.dtype == "str":
            typed = values.astype(object).map(safe_text, na_action="ignore")
        elif column.dtype in ("boolean", "bool"):
            typed = values.astype(object).map({True: "yes", False: "no"})
        else:
            typed = values.astype(object)
        cells[headings[column.name]] = typed.where(values.notna() & typed.notna(), MISSING)
    return pd.DataFrame(cells, dtype=object).reset_index(drop=True)


def _formats(sheet: Sheet) -> list[dict[str, Any]]:
    """Shares as per cent, months as months; words a little away from the numbers before them."""
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
    """A stranger's text that neither a spreadsheet nor gptables takes for anything else.

    >>> safe_text("=1+1"), safe_text("[a](b)"), safe_text("$$note$$"), safe_text("…")
    ("'=1+1", '[a] (b)', '$ $note$ $', '… (as printed)')
    """
    text = " ".join(str(cell).split())[:LONGEST].replace("](", "] (")
    text = re.sub(r"\$(?=\$)", "$ ", text)
    if not re.search(r"[A-Za-z0-9]", text):
        text = f"{text} (as printed)".strip()
    return neutral(text)
