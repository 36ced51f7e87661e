"""The comparison as a spreadsheet: cover, contents, notes, and one table per sheet, as government good practice recommends."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from procman.errors import ProcmanError
from procman.files import write_whole
from procman.library.decisions import in_force
from procman.matching.scoring import confidence_or_default
from procman.measures import gaps
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.headlines import own
from procman.reports.sheets import Sheet, link, sheet_name, workbook_bytes
from procman.reports.view import Each, View
from procman.tables import MANUALS, Column, Table
from procman.words import count

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library

#: The blank columns of the first sheet, to fill in by hand.
TO_FILL = {"action": "what to do about it", "owner": "who does it", "due": "by when"}
EXAMPLE = Column("example", "str", "a link to another council's chapter on the topic", "")
#: Columns of ids, which join sheets. The column after each has the words for people.
IDS = ("topic", "duty")


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
        The result of `procman.open_library`, its ``entries``, or a comparison. Uses each council's newest edition.
    out
        The ``.xlsx`` file. It is written in one step.
    confidence, decisions
        As for `procman.align`, but a library uses its own decisions. The first sheet lists both.
    threshold
        An older name for ``confidence``.

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
    comparison = source.of() if isinstance(source, Comparison) else Comparison(source, decisions=decisions)
    if confidence is not None or threshold is not None:
        comparison.confidence = confidence_or_default(confidence, threshold)
    if not comparison.listing:
        raise ProcmanError("workbook", "there is no chapter to compare")
    write_whole(
        Path(out),
        workbook_bytes([*_sheets(comparison)], [*_provenance(comparison)], _settings(comparison), comparison.mark),
    )
    return Path(out)


def _sheets(comparison: Comparison) -> Iterator[Sheet]:
    """Your council's gaps first, then a sheet for each view that has one, in the order of views."""
    council = own(comparison)
    if len(comparison.present) > 1 and council in comparison.listing:
        yield _own_gaps(comparison, council)
    for view in views.VIEWS:
        subjects = view.subjects(comparison)
        if not view.sheet or not view.possible(comparison) or (view.each is Each.PAIR and len(subjects) != 1):
            continue
        yield _sheet(view, comparison, subjects)


def _own_gaps(comparison: Comparison, council: str) -> Sheet:
    """The council's gaps, each with a link to another council's chapter, and columns to plan what to do."""
    view = views.view("gaps")
    table = view.of(comparison, council)
    frame, declared, hidden = view.on_screen(comparison, table, council)
    columns = [column for column in declared.columns if column.name not in hidden]
    listed = gaps.by_council(table, comparison.chapters).fillna({"number": ""})
    links = {
        row.topic: found
        for row in listed.iloc[::-1].itertuples()
        if (found := link(f"{row.council}: {row.number} {row.title}".replace("  ", " "), row.href))
    }
    frame = frame.assign(**dict.fromkeys(TO_FILL), example=table["topic"].map(links))
    if links:
        place = [column.name for column in columns].index("expected")
        columns.insert(place + 1, EXAMPLE)
    columns += [Column(name, "str", meaning, "") for name, meaning in TO_FILL.items()]
    declared = replace(declared, columns=tuple(columns))
    heads = {name: name for name in comparison.present if name in frame}
    name = sheet_name(f"{council}: gaps")
    return Sheet(
        name, view.titled(council), declared, frame, view.why_empty(comparison, council), heads, tuple(TO_FILL)
    )


def _sheet(view: View, comparison: Comparison, subjects: Sequence[tuple[str, ...]]) -> Sheet:
    import pandas as pd

    shown = view.workbook
    table = _with_council(view) if view.each is Each.COUNCIL else view.table
    frames = []
    for subject in subjects:
        frame = view.of(comparison, *subject)
        frame = view.table.frame([]) if view.nothing(frame) else shown.only(frame)
        frames.append(frame.assign(council=subject[0]) if view.each is Each.COUNCIL else frame)
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
    """The declaration with the row's council after the title, because a screen reader starts a row with the first column."""
    if any(column.name == "council" for column in view.table.columns):
        return view.table
    council = replace(MANUALS.picked("council")[0], meaning="council that the row is about")
    identity, title, *others = view.table.columns
    return replace(view.table, columns=(identity, title, council, *others))


def _across(view: View, frame: pd.DataFrame, title: str) -> Sheet:
    """A wide table of the numbers of chapters, with a column for each council."""
    rows, across = view.table.columns[0].name, view.workbook.across
    order = frame.drop_duplicates(rows)
    values = list(dict.fromkeys(frame[across]))
    wide = frame.pivot(index=rows, columns=across, values="chapters").loc[order[rows], values].reset_index(drop=True)
    # A council can have the name of a column, so it is used only as a heading.
    heads = {f"{across} {place}": value for place, value in enumerate(values, 1)}
    wide.columns = [*heads]
    label = view.table.columns[1]
    wide.insert(0, label.name, order[label.name].to_numpy())
    columns = [label, *(Column(name, "int64", f"chapters of {head} on the topic", "1") for name, head in heads.items())]
    table = replace(view.table, columns=tuple(columns), meaning="Chapters on each topic, by council.")
    return Sheet(view.sheet, title, table, wide, heads=heads, blank=True)


def _provenance(comparison: Comparison) -> Iterator[str]:
    """A line for each manual: its council, edition and source."""
    listed = comparison.manuals.astype(object).where(comparison.manuals.notna(), None)
    facts = {(row.council, row.edition): row for row in listed.itertuples()}
    for manual in comparison.chosen:
        row = facts.get((manual.council, manual.edition))
        source = f": {row.source or 'source not given'}" if row else ""
        obtained = f" ({row.obtained})" if row and row.obtained else ""
        yield f"{manual.council}, {manual.edition or 'undated'}{source}{obtained}"


def _settings(comparison: Comparison) -> str:
    """The matching settings in a sentence."""
    number = len(in_force(comparison.decisions))
    by_hand = f"{count(number, 'pair') if number else 'no pairs'} decided by a person"
    return f"Chapters are matched by their titles, from a confidence of {comparison.confidence:.2f}, with {by_hand}."
