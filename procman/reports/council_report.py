"""A report for one council on at most six printed pages: the topics that other councils list and it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from procman.files import folder_name, write_whole
from procman.measures import duties, editions, gaps
from procman.reports import headlines, views
from procman.reports.comparison import Comparison, edition_of
from procman.reports.html import escape, list_html, page_html, table_html
from procman.tables import Field, Table
from procman.words import count, edition_in_words, listed, sentence

if TYPE_CHECKING:
    import pandas as pd

#: The most rows of each table, so that the report fits on six A4 pages. The workbook has all rows.
MOST = {gaps.NOT_FOUND: 45, gaps.POSSIBLE: 20, gaps.INSIDE: 15, "expected": 25, "flags": 20, "changes": 20}
#: With more other councils than this, they do not get a column each.
MOST_COLUMNS = 2
#: With more councils than this, the first sentence gives their number instead of their names.
MOST_NAMED = 10
TIERS = {
    gaps.NOT_FOUND: "Not found",
    gaps.POSSIBLE: "Possible match with a chapter of your own",
    gaps.INSIDE: "Perhaps inside another chapter",
}
MEANING = {
    gaps.NOT_FOUND: "{council} has no similar chapter. Topics required by law or guidance come first.",
    gaps.POSSIBLE: "{council} has a chapter that may be on the topic. Decide in the dashboard whether it is the same.",
    gaps.INSIDE: "{council} has a title with all the distinctive words of the topic.",
}
NOTES = (
    "Only contents pages were read. They list chapters, but do not show what the chapters say.",
    "A topic missing here may be covered elsewhere, inside another chapter, or under another name.",
    "Chapters are matched by their titles and places. Single matches may be wrong: check those that matter to you.",
    "New and Updated are the publisher's words about one edition. A chapter with no flag may still have changed.",
    "A title does not show that the text meets a duty. “Not verified” means that nobody has read the source for that row.",
    "Chapters about the manual itself, such as amendments, local contacts and glossaries, are left out.",
)
STYLE = """
@page { size: A4; margin: 16mm 15mm; }
table { width: 100%; }
.procman-scroll td, .procman-scroll th { min-width: 0; }
@media print { body { font-size: 9pt; line-height: 1.35; } h1 { font-size: 15pt; margin: 0; } h2 { font-size: 12pt; margin: 5mm 0 1mm; padding-top: 1mm; }
  h3 { font-size: 10pt; margin: 3mm 0 0; } p { margin: 1mm 0; } ul { margin: 1mm 0; padding-left: 5mm; } table { font-size: 8.5pt; }
  th, td { padding: .6mm 2mm .6mm 0; } caption { position: absolute; clip-path: inset(50%); } }
"""


def write_council_report(comparison: Comparison, council: str, out: str | Path | None = None) -> Path:
    """Write the report for one council as one HTML file that prints on at most six pages.

    Parameters
    ----------
    comparison
        The councils to compare, with `today`, the confidence and the decisions.
    council
        The council that the report is for. It must be one of the councils compared.
    out
        The file. By default its name has the council and the date: ``procman-northwick-2026-11-25.html``.

    Raises
    ------
    LibraryError
        There is no manual of that council.
    ProcmanError
        The file cannot be written.
    """
    path = Path(out or file_name(council, comparison.today or comparison.latest))
    write_whole(path, council_page(comparison, council))
    return path


def file_name(council: str, day: date | str | None, ending: str = "html") -> str:
    """The default name of a council's file.

    >>> file_name("Milton Keynes", "2026-11-25"), file_name("Northwick", None, "xlsx")
    ('procman-milton-keynes-2026-11-25.html', 'procman-northwick.xlsx')
    """
    return "-".join(filter(None, ("procman", folder_name(council), str(day or "")))) + f".{ending}"


def council_page(comparison: Comparison, council: str) -> str:
    """The page as text; see `write_council_report`."""
    comparison.checked([council])
    comparison = comparison.of(focus=council)
    others = [other for other in comparison.present if other != council]
    missing = views.view("gaps").of(comparison, council)
    parts = [
        ("In short", _in_short(comparison, council, others, missing)),
        (f"What others list and {council} does not", _gaps(comparison, council, others, missing)),
        ("What law or guidance requires", _expected(comparison, council)),
        ("New and updated chapters", _flags(comparison, council)),
        ("What changed since the edition before", _changes(comparison, council)),
        ("How to read this", [list_html(NOTES)]),
    ]
    return page_html(f"Procedures manual of {council}: what others list", parts, STYLE, comparison.mark)


def _in_short(comparison: Comparison, council: str, others: Sequence[str], missing: pd.DataFrame) -> Iterator[str]:
    (mine,) = {edition_of(manual) for manual in comparison.manuals_of(council)[-1:]}
    made = f"Made on {edition_in_words(str(comparison.today))}. " if comparison.today else ""
    named = listed(list(others), MOST_NAMED) if len(others) <= MOST_NAMED else f"{len(others)} other councils"
    beside = f" beside {named}" if others else ""
    chosen = f" Compared with {sentence(comparison.chosen_as)}" if comparison.chosen_as and others else ""
    yield f"<p>{escape(made)}The contents page of {escape(council)} ({escape(edition_in_words(mine))}){escape(beside)}.{escape(chosen)}</p>"
    said = [headlines.gaps(comparison, missing, council)] if others else ["No other council is compared."]
    if expected := int(missing["expected"].notna().sum()):
        said.append(f"Law or guidance today requires {count(expected, 'topic')} of these")
    said += [
        headlines.expected(comparison, views.view("duties").of(comparison)),
        headlines.flags(comparison, views.view("flags").of(comparison), council),
        headlines.ages(comparison, views.view("ages").of(comparison)),
    ]
    yield list_html([sentence(each) for each in said])


def _gaps(comparison: Comparison, council: str, others: Sequence[str], missing: pd.DataFrame) -> Iterator[str]:
    if missing.empty:
        yield f"<p>{escape(views.view('gaps').empty if others else 'No other council is compared.')}</p>"
        return
    each = len(others) <= MOST_COLUMNS
    wide = gaps.wide(missing, comparison.chapters).reindex(columns=[*missing.columns, *others]) if each else missing
    declared = _with(gaps.GAPS, others if each else [])
    for tier, named in TIERS.items():
        rows = wide[wide["tier"] == tier]
        if rows.empty:
            continue
        rows = rows.assign(free=rows["expected"].isna()).sort_values("free", kind="stable")
        yield f"<h3>{escape(named)}: {count(len(rows), 'topic')}</h3>"
        yield f"<p>{escape(MEANING[tier].format(council=council))}</p>"
        columns = ["topic_title", *(others if each else ["councils", "of"])]
        columns += ["expected"] if tier == gaps.NOT_FOUND else ["nearest_number", "nearest_title"]
        yield _table(rows, declared, f"{named} on {council}'s page", columns, tier)


def _expected(comparison: Comparison, council: str) -> Iterator[str]:
    table = views.view("duties").of(comparison)
    mine = duties.asked(table[table["council"] == council])
    lacking = mine[mine["state"] != "present"]
    lacks = f"The table has the other {len(lacking)}." if len(lacking) else ""
    there = f"This page has a matching chapter on {len(mine) - len(lacking)} of {count(len(mine), 'topic')} expected when it was issued."
    notes = [
        f"{there} {lacks}".strip(),
        duties.note(comparison.entries_of(council)),
        duties.stale(duties.read_duties()),
    ]
    yield from (f"<p>{escape(note)}</p>" for note in notes if note)
    if lacking.empty:
        yield f"<p>{escape(views.view('duties').empty)}</p>"
        return
    yield _table(
        lacking,
        duties.AUDIT,
        "Expected topics without a matching chapter",
        ["topic", "verified", "state", "number", "title"],
        "expected",
    )


def _flags(comparison: Comparison, council: str) -> Iterator[str]:
    chapters = comparison.chapters
    mine = chapters[(chapters["council"] == council) & chapters["status"].notna()]
    if mine.empty:
        yield f"<p>{escape(sentence(headlines.flags(comparison, views.view('flags').of(comparison), council)))}</p>"
        return
    from procman.reports.listings import CHAPTERS

    yield _table(
        mine, CHAPTERS, "Chapters flagged New or Updated", ["number", "title", "section", "status", "date"], "flags"
    )


def _changes(comparison: Comparison, council: str) -> Iterator[str]:
    between = [subject for subject in comparison.consecutive() if subject[0] == council]
    if not between:
        yield f"<p>There is one edition of {escape(council)}'s manual here. Add another to see what changed.</p>"
        return
    _, old, new = between[-1]
    table = comparison.changes(*between[-1])
    table = table[(table["kind"] == "chapter") & table["change"].isin(editions.CHANGES[:4])]
    said = f"From {edition_in_words(old)} to {edition_in_words(new)}: {count(len(table), 'chapter')} added, removed, renamed or moved."
    yield f"<p>{escape(said)}</p>"
    if not table.empty:
        columns = ["change", "old_number", "old_title", "new_number", "new_title"]
        yield _table(table, editions.CHANGED, "Chapters added, removed, renamed and moved", columns, "changes")


def _table(rows: pd.DataFrame, table: Table, caption: str, columns: Iterable[str], kind: str) -> str:
    return table_html(rows, table, caption, [*columns], MOST[kind], note=False)


def _with(table: Table, councils: Iterable[str]) -> Table:
    """The declaration with a column for each council's chapters on the topic."""
    from dataclasses import replace

    own = (Field(name, "str", f"number and title of {name}'s chapters on the topic", "") for name in councils)
    return replace(table, columns=(*table.columns, *own))
