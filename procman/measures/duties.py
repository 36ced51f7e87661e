"""Duties: which of the topics that law or statutory guidance leads one to expect are on each contents page.

The checklist is data, ``data/duties.csv``: what is expected, from where, since when, and the wordings to look for. A wording is found
where a title has all its words, in any order and number; a word with ``*`` is the beginning of one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import TableError
from procman.measures.declare import COUNCIL, EDITION, NOT_THERE, Measure
from procman.measures.rows import by_manual, fold, share, text
from procman.tables import Column, Table
from procman.titles import DATA, singular

if TYPE_CHECKING:
    import pandas as pd

DUTIES = DATA / "duties.csv"
STATES = ("present", "doubtful", "not found")
EXPECTED = ("yes", "not yet", "no longer", "undated")

DUTY = Column("duty", "str", "the duty's id", "staying-put")
DUTY_TOPIC = Column("topic", "str", "what a chapter is expected on", "Staying put")
CHECKLIST = Table(
    "duties",
    "One row per topic that an English council's manual would be expected to carry, as data/duties.csv has it.",
    (
        DUTY,
        DUTY_TOPIC,
        Column("expectation", "str", "what is expected, in our words", "Support young people who stay after 18"),
        Column("basis", "str", "statute or guidance with its section", "Children Act 1989 s.23CZA"),
        Column("since", "str", "when the expectation began, ISO to the month", "2014-05"),
        Column("until", "str", "when it ended; missing where it stands", "2017-02", optional=True),
        Column("source", "str", "where to check it", "https://www.legislation.gov.uk/ukpga/1989/41/section/23CZA"),
        Column("wordings", "str", "words of titles that mean it, separated by semicolons", "staying put"),
        Column("near", "str", "words of titles that may mean it", "post 18; supported lodgings", optional=True),
    ),
)
AUDIT = Measure(
    "duties on the page",
    "One row per duty and manual: whether the contents page has a chapter on it.",
    (
        DUTY,
        DUTY_TOPIC,
        COUNCIL,
        EDITION,
        Column("state", "str", "present, doubtful, or not found on the contents page", "present", STATES),
        Column("expected", "str", "whether it was expected in the month of the edition", "yes", EXPECTED),
        Column("chapters", "int64", "chapters that bear out the state", "2"),
        Column("number", "str", "number of the first of them", "4.8.3", optional=True),
        Column("title", "str", "its title", "Staying Put", optional=True),
        Column("why", "str", "what the state rests on", "a chapter's title has 'staying put'"),
    ),
    "Duties in the checklist.",
    NOT_THERE + " Nor does a chapter's title show that its text meets the duty. Not legal advice.",
)
BY_DUTY = Measure(
    "duties by topic",
    "One row per duty: the manuals that have it, among those of which it was expected; those found least come first.",
    (
        DUTY,
        DUTY_TOPIC,
        Column("present", "int64", "manuals with a chapter on it", "9"),
        Column("doubtful", "int64", "manuals with something near it", "2"),
        Column("not_found", "int64", "manuals in which it was not found", "1"),
        Column("of", "int64", "manuals of which it was expected, undated ones counted", "12"),
        Column("share", "float64", "present out of these; missing where there are none", "0.75", optional=True),
    ),
    "Manuals of which the duty was expected when they were issued; undated manuals are counted.",
    NOT_THERE,
)


class Finding(NamedTuple):
    """What a duty's words found on a page."""

    state: str
    chapters: list[dict[str, Any]]
    why: str


def read_duties(path: Path | str = DUTIES) -> pd.DataFrame:
    """The checklist (columns of `CHECKLIST`).

    Raises
    ------
    TableError
        The file is missing, lacks a column, or names a duty twice.

    Examples
    --------
    >>> table = read_duties().set_index("duty")
    >>> table.loc["staying-put", "since"]
    '2014-05'
    """
    names = [column.name for column in CHECKLIST.columns]
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise TableError(path, f"the file cannot be opened ({error.strerror})") from None
    if rows and (missing := [name for name in names if name not in rows[0]]):
        raise TableError(path, f"no column {missing[0]!r}")
    seen: set[str] = set()
    for row in rows:
        if row["duty"] in seen:
            raise TableError(path, f"{row['duty']!r} stands there twice")
        seen.add(row["duty"])
    return CHECKLIST.check(CHECKLIST.frame([[row[name] for name in names] for row in rows]), str(path))


def audit(
    entries: pd.DataFrame, topics: pd.DataFrame | None = None, checklist: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Look for each duty on each contents page (columns of `AUDIT`).

    Parameters
    ----------
    entries
        Entries of one or more manuals.
    topics
        Their chapters as ``procman.topics`` gives them, to find a chapter under another name than the checklist has.
    checklist
        What to look for; by default `read_duties`.

    Returns
    -------
    DataFrame
        A row for each duty and manual. *Present*: a chapter's title, or its topic's, has the duty's words. *Doubtful*: only a
        near wording has, or a heading, a cross reference, or a chapter that is yet to follow.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Whistle Blowing\\n1.2 Private Fostering - to follow\\n"
    >>> table = audit(read_manual(io.StringIO(page), "Northwick").entries).set_index("duty")
    >>> table.loc[["whistleblowing", "private-fostering", "staying-put"], "state"].tolist()
    ['present', 'doubtful', 'not found']
    """
    checklist = read_duties() if checklist is None else checklist
    other_names = _other_names(topics)
    rows = []
    for manual, page in by_manual(entries):
        lines = page[["position", "kind", "number", "title", "note"]].to_dict("records")
        for line in lines:
            line["words"] = _words(line["title"])
            line["topic"] = other_names.get((*manual, line["position"]))
        on_page = frozenset().union(*(line["words"] | (line["topic"] or frozenset()) for line in lines))
        for duty in checklist.itertuples():
            wordings, near = (
                [w for w in _wordings(cell) if _has(on_page, w.words)] for cell in (duty.wordings, duty.near)
            )
            finding = _look_for(wordings, near, lines)
            first = finding.chapters[0] if finding.chapters else {}
            rows.append((
                duty.duty, duty.topic, *manual, finding.state, _expected(manual[1], duty.since, text(duty.until)),
                len(finding.chapters), text(first.get("number")), text(first.get("title")), finding.why,
            ))  # fmt: skip
    order = {duty: place for place, duty in enumerate(checklist["duty"])}
    return AUDIT.frame(sorted(rows, key=lambda row: order[row[0]]))


def by_duty(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the manuals that have each duty, among those of which it was expected (columns of `BY_DUTY`).

    ``present + doubtful + not_found == of`` in each row.
    """
    rows = []
    for (duty, topic), manuals in audit.groupby(["duty", "topic"], sort=False):
        asked = manuals.loc[manuals["expected"].isin(["yes", "undated"]), "state"]
        number = [int((asked == state).sum()) for state in STATES]
        rows.append((duty, topic, *number, len(asked), share(number[0], len(asked))))
    return BY_DUTY.frame(sorted(rows, key=lambda row: (row[5] == 0, row[6], -row[4])))


class Wording(NamedTuple):
    """A wording as the checklist has it, and its words to compare."""

    printed: str
    words: tuple[str, ...]


def _look_for(wordings: list[Wording], near: list[Wording], lines: list[dict[str, Any]]) -> Finding:
    """The best that a page offers, from a chapter of that title down to a near wording."""
    chapters = [line for line in lines if line["kind"] == "chapter"]
    ready = [line for line in chapters if "follow" not in fold(line["note"])]
    ways = (
        ("present", ready, "words", wordings, "a chapter's title has"),
        ("present", ready, "topic", wordings, "a chapter under another name is on"),
        ("doubtful", chapters, "words", wordings, "a chapter to follow has"),
        ("doubtful", lines, "words", wordings, "only a heading or a cross reference has"),
        ("doubtful", chapters, "words", near, "a chapter's title has the near wording"),
    )
    for state, some, cell, phrases, why in ways:
        for wording in phrases:
            if found := [line for line in some if line[cell] and _has(line[cell], wording.words)]:
                return Finding(state, found, f"{why} '{wording.printed}'")
    return Finding("not found", [], "no title has any of the wordings")


def _has(words: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return all(
        any(word.startswith(part[:-1]) for word in words) if part.endswith("*") else part in words for part in wanted
    )


@lru_cache(maxsize=4096)
def _wordings(cell: Any) -> list[Wording]:
    """The wordings of one cell; their words singular, a trailing ``*`` kept.

    >>> [wording.words for wording in _wordings("child need plans; advoca*")]
    [('child', 'need', 'plan'), ('advoca*',)]
    """
    parts = [part.strip() for part in (text(cell) or "").split(";") if part.strip()]
    return [
        Wording(part, tuple(word if word.endswith("*") else singular(word) for word in part.split())) for part in parts
    ]


def _words(title: Any) -> frozenset[str]:
    return frozenset(singular(word) for word in fold(title).split())


def _other_names(topics: pd.DataFrame | None) -> dict[tuple[str | None, str | None, int], frozenset[str]]:
    """For each chapter the words of its topic's title."""
    if topics is None:
        return {}

    def cells() -> Iterator[tuple[tuple[str | None, str | None, int], frozenset[str]]]:
        for manual, chapters in by_manual(topics):
            for position, title in zip(chapters["position"], chapters["topic_title"], strict=True):
                yield (*manual, position), _words(title)

    return dict(cells())


def _expected(edition: str | None, since: str, until: str | None) -> str:
    """Whether an expectation stood in the month of the edition.

    >>> _expected("2017-07", "2018-04", None), _expected("2017-07", "2009-06", "2017-02"), _expected(None, "2009-06", None)
    ('not yet', 'no longer', 'undated')
    """
    if edition is None:
        return "undated"
    if edition < since:
        return "not yet"
    return "no longer" if until and edition > until else "yes"
