"""The comparison as one page to read, print or send on: figures, tables, how to read them, where they come from."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procman.files import write_whole
from procman.measures import activity, coverage, duties, editions, structure
from procman.measures.counting import names
from procman.measures.declare import NOT_THERE, Measure
from procman.tables import MANUALS, Column, Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from procman.library.library import Library

#: Rows of a table on the page; the rest is in the workbook.
MOST_ROWS = 60
#: With more councils than this, the summary gives their number and not their names.
MOST_NAMED = 4
#: With more councils than this, not every one has a figure of its own.
MOST_FIGURES = 6

HOW_TO_READ = (
    "Everything here was read from the councils' published contents pages, not from the chapters themselves.",
    "A topic joins chapters that are taken for the same procedure, under whatever name. Matches rest on titles and places; "
    "look at the ones that matter to you.",
    "Not on the contents page is not 'no such policy': a council may keep it elsewhere, within another chapter, or under another "
    "name. This holds for every table below.",
    "'New' and 'Updated' are the publisher's words about one edition. No flag is not 'unchanged', and a chapter's text can "
    "change under the same title.",
    "Each table says what it is out of. A dash stands where a page prints nothing, or where there is nothing to count.",
)

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 Arial, Helvetica, "DejaVu Sans", sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 60rem;
  padding: 1rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { font-size: 1.4rem; margin-top: 2.5rem; border-top: 2px solid #12436d; padding-top: .6rem; }
h3 { font-size: 1.1rem; margin-top: 1.6rem; }
a { color: #12436d; } a:focus { outline: 3px solid #f46a25; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
figure { margin: 1rem 0 1.5rem; } figcaption { color: #595959; font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0 .3rem; }
caption { text-align: left; font-weight: bold; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #d9d9d9; unicode-bidi: isolate;
  overflow-wrap: break-word; min-width: 3.5rem; }
thead th { border-bottom: 2px solid #1a1a1a; } tbody th { font-weight: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.note { color: #595959; font-size: .9rem; margin: .2rem 0 1.2rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip { display: none; }
  figure, tr { break-inside: avoid; } h2, h3, caption { break-after: avoid; } thead { display: table-header-group; }
  .wide { overflow: visible; } }
"""


def write_report(
    library: Library, councils: Sequence[str] | None, out: str | Path, today: date | str | None = None
) -> Path:
    """Write the comparison of some councils of a library as one HTML page that needs nothing else.

    Parameters
    ----------
    library
        What `procman.open_library` returns.
    councils
        Whom to compare; None for all. Each council's newest edition is compared.
    out
        The file, ``.html``; it is written whole or not at all.
    today
        The day the page is made, which it then says, and to which it counts ages. By default no day is said and ages are counted to
        the newest date in the library, so that the same library gives the same page.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LibraryError
        The library has no manual of a council.
    ProcmanError
        The file cannot be written.
    """
    page = report_page(library, councils, today)
    write_whole(Path(out), page)
    return Path(out)


def report_page(library: Library, councils: Sequence[str] | None = None, today: date | str | None = None) -> str:
    """The page as text; see `write_report`."""
    from procman.reports.catalogue import latest_date, topics_of

    library = library.of(councils)
    made, today = today, today or latest_date(library)
    entries = editions.newest(library.entries)
    chapters = topics_of(library)
    parts = [
        ("What was compared", _compared(library, entries)),
        ("What the councils share", _shared(entries, chapters)),
        ("On others' contents pages, not on this one", _gaps(chapters)),
        ("Chapter by chapter", _side_by_side(library, entries)),
        ("How the manuals are built", _structure(library, entries, chapters)),
        ("What is claimed to be new or updated", _activity(library, entries, chapters, today)),
        ("What changed between editions", _changes(library)),
        ("What is expected of every manual", _duties(entries, chapters)),
    ]
    who = list(dict.fromkeys(names(entries["council"])))
    title = f"Children's services procedures: {_listed(who)}"
    contents, body = [], []
    first = [("In short", _summary(library, entries, chapters, made, today)), ("How to read this", _reading())]
    for number, (heading, content) in enumerate([*first, *parts], 1):
        contents.append(f'<li><a href="#part-{number}">{escape(heading)}</a></li>')
        body.append(f'<section id="part-{number}" aria-labelledby="heading-{number}">')
        body += [f'<h2 id="heading-{number}">{escape(heading)}</h2>', *content, "</section>"]
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        '<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />',
        '<meta name="generator" content="procman" />',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style></head>",
        '<body><a class="skip" href="#main">Skip to the comparison</a>',
        f"<header><h1>{escape(title)}</h1></header>",
        f'<nav aria-label="Contents"><ol>{"".join(contents)}</ol></nav>',
        '<main id="main">',
        *body,
        "</main>",
        "<footer><p>Made by procman from published contents pages. No council has checked or approved this page; it is no "
        "legal advice.</p></footer>",
        "</body></html>",
        "",
    ])  # fmt: skip


def _summary(
    library: Library, entries: pd.DataFrame, chapters: pd.DataFrame, made: date | str | None, today: date | str | None
) -> Iterator[str]:
    """The main numbers in a few sentences, each with what it does not say."""
    from procman.figures.bars import counted
    from procman.words import edition_in_words

    manuals = activity.flags(entries)
    number = len(manuals)
    pages = [
        f"{council} ({counted(of, 'chapter')}, {edition_in_words(_or_none(edition))})"
        for council, edition, of in zip(names(manuals["council"]), manuals["edition"], manuals["chapters"], strict=True)
    ]
    said = [
        f"This page compares the contents pages of {_listed(pages) if number <= MOST_NAMED else f'{number} councils'}"
    ]
    said[0] += ". They list chapters; what the chapters say was not read."
    if number > 1:
        shared = coverage.reach(chapters).set_index("reach")["topics"]
        every, alone, of = int(shared["all"]), int(shared["one"]), int(shared.sum())
        said.append(
            f"{every:,} of {counted(of, 'topic')} {'is' if every == 1 else 'are'} on {'both' if number == 2 else 'all'} contents "
            f"pages and {alone:,} on one alone. Chapters were matched by titles and places, so single matches may be wrong."
        )
    flagged, all_chapters = int(manuals[["new", "updated"]].to_numpy().sum()), int(manuals["chapters"].sum())
    said.append(
        f"{flagged:,} of {counted(all_chapters, 'chapter')} {'is' if flagged == 1 else 'are'} flagged New or Updated. The flags are the "
        "publisher's; a chapter without one may have changed too."
    )
    ages = activity.ages_by_council(activity.ages(entries, today)) if today else None
    if ages is not None and (dated := int(ages["dated"].sum())):
        older = int(ages["older"].sum())
        said.append(
            f"{older:,} of {counted(dated, 'dated chapter')} {'was' if older == 1 else 'were'} last announced as updated more than three "
            f"years before {_month_in_words(today)}. {counted(all_chapters - dated, 'chapter')} without a date may be of any age."
        )
    else:
        said.append("No chapter has a printed date, so that the age of none is known.")
    if not len(library.amendments):
        said.append(activity.NO_AMENDMENTS)
    said.append(
        f"{duties.summary(duties.audit(entries, chapters))}. A title does not show that the text meets the duty, nor its lack "
        "that there is no policy."
    )
    said += filter(None, [duties.note(entries), duties.stale(duties.read_duties())])
    if made:
        yield f"<p>Made on {escape(edition_in_words(str(made)))}.</p>"
    yield "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in said) + "</ul>"


def _reading() -> Iterator[str]:
    yield "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in HOW_TO_READ) + "</ul>"


def _compared(library: Library, entries: pd.DataFrame) -> Iterator[str]:
    columns = ("council", "edition", "chapters", "new", "updated", "dated", "unread", "source", "obtained")
    yield table_html(library.manuals, MANUALS, "The manuals and where their contents pages come from", columns)
    newest = entries[["council", "edition"]].drop_duplicates()
    if len(newest) < len(library.manuals):
        yield "<p>Councils are compared by their newest edition; the older ones serve to see what changed.</p>"
    for source, reason in [(problem[0], problem[1]) for problem in library.problems]:
        yield f"<p>Left out: {escape(source)}, {escape(reason)}.</p>"


def _shared(entries: pd.DataFrame, chapters: pd.DataFrame) -> Iterator[str]:
    from procman.figures import coverage_chart, intersections_chart

    councils = list(dict.fromkeys(names(chapters["council"])))
    yield table_html(coverage.reach(chapters), coverage.REACH, "How many topics the councils share")
    if len(councils) < 2:
        yield "<p>There is one council here, so nothing to share.</p>"
        return
    yield table_html(coverage.shares(chapters), coverage.SHARES, "Chapters of each council that another has too")
    yield figure_html(intersections_chart, coverage.intersections(chapters), "intersections")
    sections = coverage.by_section(chapters, entries)
    for place, council in enumerate(councils[:MOST_FIGURES]):
        yield figure_html(coverage_chart, sections[sections["council"] == council], f"coverage-{place}")
    if len(councils) > MOST_FIGURES:
        yield f"<p>Sections are drawn for the first {MOST_FIGURES} councils; the workbook has all.</p>"


def _gaps(chapters: pd.DataFrame) -> Iterator[str]:
    named = chapters.assign(council=names(chapters["council"]))
    for council in dict.fromkeys(named["council"]):
        yield f"<h3>{escape(council)}</h3>"
        columns: tuple[str, ...] = ("topic_title", "councils", "of", "which")
        empty = "There are none, or there is no other council."
        missing = coverage.gaps(named, council)
        if len(missing) and missing["of"].iloc[0] > 8:  # a list of most councils helps nobody
            columns = columns[:3]
        yield table_html(
            missing, coverage.GAPS, f"Topics on others' contents pages, not on that of {council}", columns, empty
        )


def _side_by_side(library: Library, entries: pd.DataFrame) -> Iterator[str]:
    from procman.figures import side_by_side_chart
    from procman.measures.pairs import SIDE_BY_SIDE, side_by_side
    from procman.reports.catalogue import matches_of

    manuals = [rows for _, rows in entries.groupby(names(entries["council"]), sort=False)]
    if not 2 <= len(manuals) <= 3:
        yield "<p>Two manuals are set side by side in a report on two or three councils.</p>"
        return
    for place, (left, right) in enumerate(combinations(manuals, 2)):
        table = side_by_side(left, right, matches_of(library, left, right))
        yield figure_html(side_by_side_chart, table, f"pair-{place}")
        columns = ("left_number", "left_title", "right_number", "right_title", "level")
        title = f"{names(left['council']).iloc[0]} (left) and {names(right['council']).iloc[0]} (right)"
        yield table_html(table, SIDE_BY_SIDE, f"Every chapter of {title}", columns, most=len(table))


def _structure(library: Library, entries: pd.DataFrame, chapters: pd.DataFrame) -> Iterator[str]:
    from procman.figures import depth_chart, sizes_chart

    columns = ("council", "edition", "sections", "subsections", "chapters", "see_also", "levels", "unnumbered",
               "section_median", "section_largest", "evenness")  # fmt: skip
    yield table_html(structure.outline(entries), structure.OUTLINE, "Levels, sizes and evenness", columns)
    yield figure_html(sizes_chart, structure.sizes(entries), "sizes")
    yield figure_html(depth_chart, structure.depths(entries), "depths")
    places = structure.places(chapters)
    places_columns = ("topic_title", "council", "section", "depth", "others", "elsewhere")
    elsewhere = places[places["elsewhere"] > 0]
    empty = "No shared topic stands in sections that do not answer to each other."
    yield table_html(
        elsewhere, structure.PLACES, "Topics that councils keep in different sections", places_columns, empty
    )
    yield table_html(
        structure.faults(library), structure.FAULTS, "Numbering and other things to know", None, "Nothing was noticed."
    )


def _activity(
    library: Library, entries: pd.DataFrame, chapters: pd.DataFrame, today: date | str | None
) -> Iterator[str]:
    from procman.figures import ages_chart, amendments_chart, flags_chart

    yield "<p>These are the publishers' own claims. What comparing two editions shows stands in the next part.</p>"
    yield table_html(activity.flags(entries), activity.FLAGS, "Chapters flagged New and Updated")
    manuals = [rows for _, rows in entries.groupby(names(entries["council"]), sort=False)]
    for place, rows in enumerate(manuals[:MOST_FIGURES]):
        yield figure_html(flags_chart, activity.flags_by_section(rows), f"flags-{place}")
    empty = "No page here flags a chapter."
    yield table_html(
        activity.flags_by_topic(chapters),
        activity.FLAGS_BY_TOPIC,
        "Topics flagged by most councils",
        ("topic_title", "councils", "new", "updated", "share"),
        empty,
        15,
    )
    if today and entries["date"].notna().any():
        yield figure_html(ages_chart, activity.ages(entries, today), "ages")
    else:
        yield "<p>No contents page here prints dates beside its chapters, so their age is not known.</p>"
    yield figure_html(amendments_chart, activity.amendments_by_edition(library.amendments), "amendments")


def _changes(library: Library) -> Iterator[str]:
    from procman.figures import changes_chart
    from procman.reports.catalogue import consecutive, matches_of

    place = -1
    for place, (council, before, after) in enumerate(consecutive(library)):
        old, new = before["edition"].iloc[0], after["edition"].iloc[0]
        changed = editions.changes(before, after, matches_of(library, before, after))
        yield f"<h3>{escape(council)}, {escape(old)} to {escape(new)}</h3>"
        yield figure_html(changes_chart, editions.tally(before, after, changed), f"changes-{place}")
        columns = ("change", "old_number", "old_title", "new_number", "new_title")
        told = changed[(changed["kind"] == "chapter") & ~changed["change"].isin(["renumbered", "re-flagged"])]
        yield table_html(told, editions.CHANGED, "Chapters added, removed, renamed and moved", columns, "None.")
        yield table_html(editions.claims(after, changed), editions.CLAIMS, "What is flagged, and what comparing shows")
    if place < 0:
        yield "<p>No council here has two dated editions to compare.</p>"


def _duties(entries: pd.DataFrame, chapters: pd.DataFrame) -> Iterator[str]:
    from procman.figures import duties_chart

    audit = duties.audit(entries, chapters)
    yield figure_html(duties_chart, audit, "duties")
    wanted = duties.asked(audit)
    open_ones = wanted[wanted["state"] != "present"]
    columns = ("topic", "verified", "council", "state", "number", "title", "why")
    caption = "Expected topics without a matching chapter"
    yield table_html(open_ones, duties.AUDIT, caption, columns, "Every expected topic is on every contents page.", 120)
    asked = duties.read_duties()
    ended = ("until",) if asked["until"].notna().any() else ()
    reasons = ("topic", "expectation", "basis", "force", "since", *ended, "verified", "remark")
    yield table_html(asked, duties.CHECKLIST, "Where each expectation comes from", reasons, most=len(asked))


def figure_html(draw: Callable[[pd.DataFrame], Axes], table: pd.DataFrame, name: str) -> str:
    """A figure with its picture inline; its title and description are read aloud."""
    from procman.figures.chart import Chart
    from procman.figures.inline import inline_svg

    return f"<figure>{inline_svg(Chart.of(draw(table)), name)}</figure>"


def table_html(
    frame: pd.DataFrame,
    table: Table,
    caption: str,
    columns: Sequence[str] | None = None,
    empty: str = "There is nothing to list.",
    most: int = MOST_ROWS,
) -> str:
    """A table with caption, column and row headings and, below, what it is out of; or a sentence if it is empty.

    >>> from procman.measures.coverage import REACH
    >>> print(table_html(REACH.frame([("all", 1, 0.5, 2, 2)]), REACH, "Shared <topics>", ("reach", "share")))
    ... # doctest: +ELLIPSIS
    <div class="wide"><table><caption>Shared &lt;topics&gt;</caption>
    <thead><tr><th scope="col">Reach</th><th scope="col" class="number">Share</th></tr></thead>
    <tbody>
    <tr><th scope="row">all</th><td class="number">50%</td></tr>
    </tbody></table></div>
    <p class="note">Out of: All topics of the councils compared. ...</p>
    """
    if frame.empty:
        return f"<p>{escape(caption)}: {escape(empty)}</p>"
    shown = [column for column in table.columns if column.name in (columns or frame.columns)]
    if columns:
        shown.sort(key=lambda column: columns.index(column.name))
    heads = "".join(f'<th scope="col"{_kind(column)}>{escape(_heading(column))}</th>' for column in shown)
    lines = [
        f'<div class="wide"><table><caption>{escape(caption)}</caption>',
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
    ]
    for row in frame[[column.name for column in shown]].head(most).itertuples(index=False):
        first, *others = (cell_text(value, column) for value, column in zip(row, shown, strict=True))
        cells = "".join(f"<td{_kind(column)}>{cell}</td>" for cell, column in zip(others, shown[1:], strict=True))
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    lines.append("</tbody></table></div>")
    more = len(frame) - most
    notes = [f"{more:,} more {'row is' if more == 1 else 'rows are'} in the workbook."] if more > 0 else []
    if isinstance(table, Measure):
        # How to read the page says this once, for all tables; each figure says it again, for it may be sent on alone.
        caveat = table.caveat.replace(NOT_THERE, "").strip()
        notes = [f"Out of: {table.denominator}", *([caveat] if caveat else []), *notes]
    return "\n".join([*lines, *([f'<p class="note">{escape(" ".join(notes))}</p>'] if notes else [])])


def cell_text(value: Any, column: Column) -> str:
    """One cell as HTML: shares as per cent, a dash for what is missing, words for a missing edition."""
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return "edition not printed" if column.name == "edition" else "–"
    if column.dtype == "float64":
        return f"{value:.0%}" if column.name.endswith("share") else f"{value:.2f}".rstrip("0").rstrip(".")
    return (
        f"{value:,}" if column.dtype.lower() == "int64" and column.name not in ("line", "position") else escape(value)
    )


def escape(value: object) -> str:
    """A stranger's text as HTML, without marks that do not belong in a page or that turn the reading direction.

    >>> escape("A <b> & \\u202ec\\x00")
    'A &lt;b&gt; &amp; c'
    """
    kept = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", "", str(value)
    )
    return html.escape(kept)


def _kind(column: Column) -> str:
    return ' class="number"' if column.dtype.lower() in ("int64", "float64") else ""


def _heading(column: Column) -> str:
    return column.name[:1].upper() + column.name[1:].replace("_", " ")


def _is(number: float) -> str:
    return "is" if number == 1 else "are"


def _or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _month_in_words(day: date | str | None) -> str:
    """The month of a day, as a sentence says it.

    >>> _month_in_words(date(2026, 11, 22)), _month_in_words("2024-03")
    ('November 2026', 'March 2024')
    """
    from procman.words import edition_in_words

    return edition_in_words(str(day)[:7])


def _listed(who: Sequence[str]) -> str:
    """Names as a sentence says them.

    >>> _listed(["Ayle"]), _listed(["Ayle", "Beere", "Ceeford"])
    ('Ayle', 'Ayle, Beere and Ceeford')
    """
    if len(who) > MOST_NAMED:
        return f"{len(who)} councils compared"
    return " and ".join([", ".join(who[:-1]), who[-1]] if len(who) > 1 else who)
