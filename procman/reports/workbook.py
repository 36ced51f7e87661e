"""The comparison as a workbook for spreadsheets: cover, contents, notes, and one table a sheet, in the Good Practice style."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import ProcmanError
from procman.files import neutral, unused, write_whole
from procman.library.decisions import in_force, read_decisions
from procman.matching.scoring import confidence_or_default
from procman.measures import activity, coverage, duties, editions, pairs, structure
from procman.measures.counting import names
from procman.measures.declare import Measure
from procman.tables import LIBRARY_AMENDMENTS, MANUALS, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library

MISSING = "[x]"
LONGEST = 32_000  # characters; a spreadsheet cell holds 32,767
WIDEST = 48  # characters of a column; longer text wraps
LINE = 15.75  # points of a line
READING = (
    "Each sheet holds one table. The notes say what each table is out of, and what it does not say.",
    f"{MISSING} stands where the contents page prints nothing, or where there is nothing to count.",
    "Not on the contents page is not 'no such policy'; no flag is not 'unchanged'.",
)

CHAPTERS = Measure(
    "chapters",
    "One row per chapter of each council's newest edition, with its topic.",
    (
        *coverage.SEARCH.picked("council", "edition", "number", "title", "section", "subsection", "status", "date"),
        Column("note", "str", "remark printed beside the title", "under review", optional=True),
        Column("topic_title", "str", "the topic's name", "Private fostering", optional=True),
        Column("also_topic", "str", "ids of other topics it joins", "fostering-panel", optional=True),
        Column("href", "str", "address the title links to", "https://example.org/chapter.html", optional=True),
    ),
    "All chapters of the councils compared; cross references are not chapters.",
    "A topic joins chapters that are taken for the same procedure; the match rests on titles and places, not on texts.",
)


class Sheet(NamedTuple):
    """One sheet: its name, its title, the declaration of its table, the table, and what it says if that is empty.

    ``heads`` are the headings of columns that are not named in our words.
    """

    name: str
    title: str
    table: Table
    frame: pd.DataFrame
    empty: str = "There is nothing to list."
    heads: Mapping[str, str] = MappingProxyType({})


def write_workbook(
    source: Library | pd.DataFrame,
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
        What `procman.open_library` returns, or its ``entries``; each council's newest edition is compared.
    out
        The file, ``.xlsx``; it is written whole or not at all.
    confidence, decisions, threshold
        As for `procman.align`, but that a library brings its own decisions; the first sheet names them.

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
    import pandas as pd

    library = None if isinstance(source, pd.DataFrame) else source
    entries = source if isinstance(source, pd.DataFrame) else source.entries
    if not (entries["kind"] == "chapter").any():
        raise ProcmanError("workbook", "there is no chapter to compare")
    if decisions is None:
        decisions = read_decisions() if library is None else library.decisions
    confidence = confidence_or_default(confidence, threshold)
    settings = _settings(confidence, decisions)
    content = _workbook(list(_sheets(entries, library, confidence, decisions)), _provenance(entries, library), settings)
    write_whole(Path(out), content)
    return Path(out)


def _sheets(
    everything: pd.DataFrame, library: Library | None, confidence: float, decisions: pd.DataFrame
) -> Iterator[Sheet]:
    """The sheets in their order."""
    from procman.matching.alignment import align
    from procman.matching.topics import topics

    entries = editions.newest(everything)
    chapters = topics(entries, confidence, decisions)
    councils = list(dict.fromkeys(names(chapters["council"])))
    if library is not None:
        yield Sheet("Manuals", "Manuals compared", MANUALS, library.manuals)
    yield Sheet("Reach", "How many topics the councils share", coverage.REACH, coverage.reach(chapters))
    topic_table = _id_last(coverage.BY_TOPIC)
    yield Sheet("Topics", "Topics, those of most councils first", topic_table, coverage.by_topic(chapters))
    yield _matrix(chapters)
    yield Sheet(
        "Shared",
        "Chapters of each council that another has too",
        coverage.SHARES,
        coverage.shares(chapters),
        "It takes two councils to share.",
    )
    yield Sheet("Sections", "What each section shares", coverage.BY_SECTION, coverage.by_section(chapters, entries))
    yield _gaps(chapters, councils)
    if len(councils) == 2:
        left, right = (entries[names(entries["council"]) == council] for council in councils)
        both = pairs.side_by_side(left, right, align(left, right, confidence, decisions))
        yield Sheet("Side by side", "Both manuals, chapter by chapter", pairs.SIDE_BY_SIDE, both)
    yield Sheet("Structure", "How each manual is built", structure.OUTLINE, structure.outline(entries))
    yield Sheet("Headings", "Sections and subsections with what they hold", structure.SIZES, structure.sizes(entries))
    places = structure.places(chapters)
    moved = places[(places["elsewhere"] > 0) | (places["other_depth"] > 0)].reset_index(drop=True)
    yield Sheet(
        "Places",
        "Topics that councils keep in different places",
        _id_last(structure.PLACES),
        moved,
        "All shared topics stand in sections that answer to each other.",
    )
    yield Sheet(
        "Flags",
        "Chapters flagged New and Updated, by section",
        activity.FLAGS_BY_SECTION,
        activity.flags_by_section(entries),
    )
    dated = activity.ages(entries, "2000-01")
    dated = dated[dated["date"].notna()].reset_index(drop=True)
    yield Sheet(
        "Dates",
        "Chapters with a printed date",
        _without(activity.AGES, "months"),
        dated,
        "No manual here prints dates beside chapters.",
    )
    if library is not None:
        announced = activity.amendments_by_edition(library.amendments)
        nothing = activity.NO_AMENDMENTS
        yield Sheet("Amendments", "Announced amendments by edition", activity.AMENDMENTS_BY_EDITION, announced, nothing)
        yield Sheet("Amendments listed", "Announced amendments", LIBRARY_AMENDMENTS, library.amendments, nothing)
        yield Sheet(
            "Faults",
            "What readers of the contents pages should know",
            structure.FAULTS,
            structure.faults(library),
            "Nothing was noticed.",
        )
    audit = duties.audit(entries, chapters)
    yield Sheet("Duties", "Expected topics, those found least first", _id_last(duties.BY_DUTY), duties.by_duty(audit))
    yield Sheet("Duties by council", "Expected topics on each contents page", _id_last(duties.AUDIT), audit)
    checklist = _id_last(duties.CHECKLIST)
    yield Sheet("Expectations", "Where each expectation comes from", checklist, duties.read_duties())
    yield Sheet("Chapters", "All chapters with their topics", CHAPTERS, chapters)


def _matrix(chapters: pd.DataFrame) -> Sheet:
    """Topics by council as a wide table: the number of chapters in each cell."""
    long = coverage.presence(chapters)
    wide = long.pivot(index="topic", columns="council", values="chapters")
    order = long.drop_duplicates("topic")
    councils = list(dict.fromkeys(long["council"]))
    wide = wide.loc[order["topic"], councils].reset_index(drop=True)
    # A council's name may be any word, a column's too: it only heads its column.
    heads = {f"council {place}": name for place, name in enumerate(councils, 1)}
    wide.columns = [*heads]
    wide.insert(0, "topic_title", order["topic_title"].to_numpy())
    columns = [
        *coverage.PRESENCE.picked("topic_title"),
        *(Column(column, "int64", f"chapters of {name} on the topic", "1") for column, name in heads.items()),
    ]
    title = "Chapters on each topic, by council"
    table = Measure(
        "matrix",
        title,
        tuple(columns),
        coverage.PRESENCE.denominator,
        "0: not on the contents page. " + coverage.PRESENCE.caveat,
    )
    return Sheet("Matrix", title, table, wide, heads=heads)


def _gaps(chapters: pd.DataFrame, councils: list[str]) -> Sheet:
    import pandas as pd

    named = chapters.assign(council=names(chapters["council"]))
    each = [coverage.gaps(named, council).assign(council=council) for council in councils]
    council = Column("council", "str", "the council whose contents page has it not", "Oxfordshire")
    table = Measure(
        "gaps",
        coverage.GAPS.meaning,
        # The title first: who reads a row out, or looks one up, goes by it.
        (coverage.GAPS.columns[1], council, *coverage.GAPS.columns[2:], coverage.GAPS.columns[0]),
        coverage.GAPS.denominator,
        coverage.GAPS.caveat,
    )
    title = "Topics on others' contents pages, not on the council's own"
    return Sheet(
        "Gaps", title, table, pd.concat(each, ignore_index=True), "There are none, or there is no other council."
    )


def _without(table: Measure, name: str) -> Measure:
    columns = tuple(column for column in table.columns if column.name != name)
    return Measure(table.name, table.meaning, columns, table.denominator, table.caveat)


def _id_last(table: Table) -> Table:
    """A declaration whose first column is an id for joining sheets, with that column behind those that people read."""
    identity, *read = table.columns
    return replace(table, columns=(*read, identity))


def _provenance(entries: pd.DataFrame, library: Library | None) -> list[str]:
    """A line for each manual: whose, which edition, where from."""
    if library is None:
        manuals = entries[["council", "edition"]].drop_duplicates()
        return [
            f"{council}, {edition}"
            for council, edition in zip(names(manuals["council"]), manuals["edition"].fillna("undated"), strict=True)
        ]
    lines = []
    for row in library.manuals.fillna(
        {"edition": "undated", "source": "source not given", "obtained": ""}
    ).itertuples():
        lines.append(f"{row.council}, {row.edition}: {row.source}{f' ({row.obtained})' if row.obtained else ''}")
    return lines


def _settings(confidence: float, decisions: pd.DataFrame) -> str:
    """What a match rests on here, in a sentence."""
    number = len(in_force(decisions))
    by_hand = f"{number or 'no'} pair{'' if number == 1 else 's'} decided by a person"
    return f"Chapters are matched by their titles, from a confidence of {confidence:.2f}, with {by_hand}."


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
        notes.append((key, _note(sheet.table)))
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


def _note(table: Table) -> str:
    if isinstance(table, Measure):
        return f"Out of: {table.denominator} Caveat: {table.caveat}"
    return table.meaning


def _shown(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.table.columns if column.name in sheet.frame.columns]


def _heading(name: str) -> str:
    """A column's heading as people read it.

    >>> _heading("older_share")
    'Older share'
    """
    return safe_text(name[:1].upper() + name[1:].replace("_", " "))


def _headings(sheet: Sheet) -> dict[str, str]:
    """The heading of each column, all different, as a spreadsheet's table wants them; a council keeps its name."""
    taken: set[str] = set()
    given = {name: unused(safe_text(head), taken, "{} ({})") for name, head in sheet.heads.items()}
    return {
        column.name: given.get(column.name) or unused(_heading(column.name), taken, "{} ({})")
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
        if _is_month(column):
            typed = pd.to_datetime(values.astype("str").str.slice(0, 7), format="%Y-%m", errors="coerce").astype(object)
        elif column.dtype == "str":
            typed = values.astype(object).map(safe_text, na_action="ignore")
        elif column.dtype in ("boolean", "bool"):
            typed = values.astype(object).map({True: "yes", False: "no"})
        else:
            typed = values.astype(object)
        cells[headings[column.name]] = typed.where(values.notna() & typed.notna(), MISSING)
    return pd.DataFrame(cells, dtype=object).reset_index(drop=True)


def _is_month(column: Column) -> bool:
    return column.name in ("edition", "manual_edition", "seen_since", "since", "until", "first", "last")


def _formats(sheet: Sheet) -> list[dict[str, Any]]:
    """Shares as per cent, months as months; words a little away from the numbers before them."""
    if sheet.frame.empty:
        return []
    headings = _headings(sheet)
    words = [headings[column.name] for column in _shown(sheet) if column.dtype == "str" and not _is_month(column)]
    layout = [([*headings.values()], {"valign": "top"}), (words, {"indent": 1})]
    kinds = {
        "0%": [column for column in _shown(sheet) if column.name.endswith("share")],
        "mmm yyyy": [column for column in _shown(sheet) if _is_month(column)],
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
