"""The comparison as one web page to read, print or send: figures, tables, how to read them, and their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from procman.files import write_whole
from procman.measures import activity, coverage, duties
from procman.measures.counting import names
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.html import escape, list_html, page_html, table_html
from procman.reports.questions import QUESTIONS, Question
from procman.reports.view import Each, View
from procman.words import are, count, edition_in_words, listed

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library

#: With more councils than this, sentences give their number instead of their names.
MOST_NAMED = 4
#: With more councils than this, only some have figures of their own.
MOST_FIGURES = 6
#: With more councils than this, the report does not compare pairs.
MOST_PAIRED = 3
#: With more councils than this, tables leave out the names of the councils in a row, because the list is too long to help.
MOST_LISTED = 9

HOW_TO_READ = (
    "Everything here was read from the councils' published contents pages, not from the chapters themselves.",
    "A topic joins chapters matched as the same procedure, even under different names. Matches are based on titles and places. "
    "Check the ones that matter to you.",
    "A topic missing from a contents page may be covered elsewhere, inside another chapter, or under another name. This holds "
    "for every table below.",
    "'New' and 'Updated' are the publisher's words about one edition. A chapter with no flag may still have changed, and a "
    "chapter's text can change under the same title.",
    "Each table says what it is based on. A dash means that the page prints nothing, or that there is nothing to count.",
)


def write_report(
    library: Library, councils: Sequence[str] | None, out: str | Path, today: date | str | None = None
) -> Path:
    """Write a comparison of councils as one HTML file.

    Parameters
    ----------
    library
        The result of `procman.open_library`.
    councils
        The councils to compare, or None for all. Uses each council's newest edition.
    out
        The ``.html`` file. It is written in one step.
    today
        The date to print on the page and to count ages to. By default the page has no date and ages are counted to the newest date in the
        library, so that the same library always gives the same page.

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
    comparison = Comparison(library.of(councils))
    comparison.today = today
    parts = [("In short", _summary(comparison)), ("How to read this", [list_html(HOW_TO_READ)])]
    for question in QUESTIONS:
        shown = [view for view in views.views_of(question.name) if view.report]
        if shown:
            parts.append((question.heading, [*_part(question, shown, comparison)]))
    who = comparison.present
    named = listed(who) if len(who) <= MOST_NAMED else f"{len(who)} councils compared"
    return page_html(f"Children's services procedures: {named}", parts, mark=comparison.mark)


# --- the parts: each question with its views -------------------------------------------------------------------------


def _part(question: Question, shown: Sequence[View], comparison: Comparison) -> Iterator[str]:
    """The views of one question. Those of each council, pair or edition are together under its name."""
    if question.limit:
        yield f"<p>{escape(question.limit)}</p>"
    said: set[str] = set()
    listing = comparison.listing
    silent = [council for council in comparison.present if council not in listing]
    for each, group in groupby(shown, key=lambda view: view.each):
        together = [view for view in group if view.possible(comparison)]
        subjects = together[0].subjects(comparison) if together else []
        missing = [view for view in together if len(comparison.present) < view.councils or not subjects]
        notes = [view.why_empty(comparison) for view in missing]
        notes += (
            [f"The page of {council} lists no chapter, so none is counted here." for council in silent]
            if each is Each.COUNCIL
            else []
        )
        if each is Each.PAIR and len(comparison.present) > MOST_PAIRED:
            subjects, notes = [], [f"Two manuals are set side by side in a report on up to {MOST_PAIRED} councils."]
        for subject in subjects:
            content = [line for view in together if view not in missing for line in _shown(view, comparison, subject)]
            yield from [f"<h3>{escape(_heading(each, subject))}</h3>"] if subject and content else []
            yield from content
        for note in dict.fromkeys(notes):
            if note not in said:  # say a note that applies to several views once
                said.add(note)
                yield f"<p>{escape(note)}</p>"
    if question.name == "manuals":
        yield from _left_out(comparison)


def _heading(each: Each, subject: tuple[str, ...]) -> str:
    if each is Each.PAIR:
        return f"{subject[0]} (left) and {subject[1]} (right)"
    if each is Each.EDITIONS:
        return f"{subject[0]}, {subject[1]} to {subject[2]}"
    return subject[0]


def _shown(view: View, comparison: Comparison, subject: tuple[str, ...]) -> Iterator[str]:
    """A view's chart and table in the report."""
    shown, whole = view.report, view.of(comparison, *subject)
    assert shown
    caption = shown.title or view.titled(*subject)
    table = whole if view.nothing(whole) else shown.only(whole)
    if view.nothing(whole) or (table.empty and not (view.chart_for(comparison) and shown.chart)):
        yield f"<p>{escape(caption)}: {escape(view.why_empty(comparison, *subject))}</p>"
        return
    if view.chart_for(comparison) and shown.chart:
        place = view.subjects(comparison).index(subject)
        if view.each in (Each.COUNCIL, Each.MANUAL) and place >= MOST_FIGURES:
            if place == MOST_FIGURES:
                yield f"<p>Figures are drawn for the first {MOST_FIGURES} councils; the workbook has all.</p>"
        else:
            yield _figure(view, comparison, subject, f"{view.name}-{place}")
    if shown.table and table.empty:
        yield f"<p>{escape(caption)}: {escape(view.why_empty(comparison, *subject))}</p>"
    elif shown.table:
        columns = shown.columns or tuple(column.name for column in view.table.columns if column.name not in view.hidden)
        columns = tuple(name for name in columns if name == "edition" or table[name].notna().any())
        if len(comparison.present) > MOST_LISTED:
            columns = tuple(name for name in columns if name != "which")
        yield table_html(table, view.table, caption, columns, shown.most)


def _figure(view: View, comparison: Comparison, subject: tuple[str, ...], name: str) -> str:
    """A figure with its picture inline. Screen readers read its title and description."""
    from procman.figures.chart import Chart, remarked
    from procman.figures.inline import inline_svg

    assert view.chart
    with remarked(comparison.mark):
        chart = Chart.of(view.chart(view.drawn_of(comparison, *subject), focus=comparison.focus))
    return f"<figure>{inline_svg(chart, name)}</figure>"


def _left_out(comparison: Comparison) -> Iterator[str]:
    """What the report leaves out, and why."""
    if len(comparison.chosen) < len(comparison.source.manuals):
        yield "<p>Councils are compared by their newest edition. Older editions are used only to show what changed.</p>"
    for source, reason in comparison.library.problems if comparison.library else ():
        yield f"<p>Left out: {escape(source)}, {escape(reason)}.</p>"


# --- in short --------------------------------------------------------------------------------------------------------


def _summary(comparison: Comparison) -> Iterator[str]:
    """The main numbers in a few sentences, each with its limits."""
    if comparison.today:
        yield f"<p>Made on {escape(edition_in_words(str(comparison.today)))}.</p>"
    flags = activity.flags(comparison.entries)
    sentences = [_pages(flags), *_shared(comparison), _flagged(flags), _aged(comparison, int(flags["chapters"].sum()))]
    if comparison.amendments.empty:
        sentences.append(activity.NO_AMENDMENTS)
    yield list_html([*sentences, _expected(comparison)])


def _pages(flags: pd.DataFrame) -> str:
    who = zip(names(flags["council"]), flags["edition"], flags["chapters"].tolist(), strict=True)
    pages = [f"{council} ({count(of, 'chapter')}, {edition_in_words(edition)})" for council, edition, of in who]
    named = listed(pages) if len(pages) <= MOST_NAMED else f"{len(pages)} councils"
    return f"This page compares the contents pages of {named}. They list chapters; what the chapters say was not read."


def _shared(comparison: Comparison) -> Iterator[str]:
    number = len(comparison.present)
    if number > 1:
        topics = coverage.reach(comparison.chapters).set_index("reach")["topics"]
        every, alone, of = int(topics["all"]), int(topics["one"]), int(topics.sum())
        yield (
            f"{every:,} of {count(of, 'topic')} {are(every)} on {'both' if number == 2 else 'all'} contents pages and {alone:,} "
            "on one alone. Chapters were matched by titles and places, so single matches may be wrong."
        )


def _flagged(flags: pd.DataFrame) -> str:
    flagged, of = int(flags[["new", "updated"]].to_numpy().sum()), int(flags["chapters"].sum())
    return (
        f"{flagged:,} of {count(of, 'chapter')} {are(flagged)} flagged New or Updated. The flags are the publisher's; a chapter "
        "without one may have changed too."
    )


def _aged(comparison: Comparison, chapters: int) -> str:
    until = comparison.today or comparison.latest
    ages = activity.ages_by_council(activity.ages(comparison.entries, until)) if until else None
    if ages is None or not (dated := int(ages["dated"].sum())):
        return "No chapter has a printed date, so the age of none is known."
    older = int(ages["older"].sum())
    return (
        f"{older:,} of {count(dated, 'dated chapter')} {'was' if older == 1 else 'were'} last announced as updated more than three "
        f"years before {edition_in_words(str(until)[:7])}. {count(chapters - dated, 'chapter')} without a date may be of any age."
    )


def _expected(comparison: Comparison) -> str:
    said = [
        f"{duties.summary(views.view('duties').of(comparison))}: each topic required by law or guidance is checked for each council.",
        "A title does not show that the text meets the duty, and a missing title does not show that there is no policy.",
        duties.note(comparison.entries),
        duties.stale(duties.read_duties()),
    ]
    return " ".join(filter(None, said))
