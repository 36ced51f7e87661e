"""Duties: which of the topics that law or guidance leads one to expect are on each contents page.

The checklist is data, ``data/duties.csv``: what is expected, from where, since when, and the wordings to look for. A wording is found
where a title has all its words, in any order and number; a word with ``*`` is the beginning of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import TableError
from procman.files import DATA, read_rows, where_data_are
from procman.matching.titles import singular
from procman.measures.counting import cells, fold, manuals_of, share, text, texts
from procman.measures.declare import COUNCIL, EDITION, NOT_THERE, Measure
from procman.tables import Column, Table

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


def read_duties(path: Path | str = DUTIES) -> pd.DataFrame:
    """The checklist (columns of `CHECKLIST`).

    Raises
    ------
    TableError
        The file cannot be read, lacks a column or a cell, or names a duty twice.

    Examples
    --------
    >>> table = read_duties().set_index("duty")
    >>> table.loc["staying-put", "since"]
    '2014-05'
    """
    path = where_data_are(path)
    lines = read_rows(path)
    _, header = next(lines, (1, []))
    for column in CHECKLIST.columns:
        if column.name not in header:
            raise TableError(path, f"no column {column.name!r}", line=1)
    found: dict[str, list[str]] = {}
    for line, values in lines:
        row = dict(zip(header, values, strict=True))
        for column in CHECKLIST.columns:
            if not (row[column.name] or column.optional):
                raise TableError(path, f"the row has no {column.name!r}", line)
        if row["duty"] in found:
            raise TableError(path, f"{row['duty']!r} stands there twice", line)
        found[row["duty"]] = [row[column.name] for column in CHECKLIST.columns]
    return CHECKLIST.frame(found.values())


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
    number, manuals = manuals_of(entries)
    found = _found(entries.assign(manual=number), _topic_titles(entries, topics), checklist)
    nothing = ("not found", 0, None, None, "no title has any of the wordings")
    rows = []
    for place, (duty, topic, since, until) in enumerate(cells(checklist, "duty", "topic", "since", "until")):
        for manual, (council, edition) in enumerate(manuals):
            state, *finding = found.get((place, manual), nothing)
            rows.append((duty, topic, council, edition, state, _expected(edition, since, text(until)), *finding))
    return AUDIT.frame(rows)


def by_duty(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the manuals that have each duty, among those of which it was expected (columns of `BY_DUTY`).

    ``present + doubtful + not_found == of`` in each row.
    """
    import pandas as pd

    asked = audit["expected"].isin(["yes", "undated"])
    states = pd.DataFrame({state: asked & (audit["state"] == state) for state in STATES})
    counts = states.groupby([audit["duty"], audit["topic"]], sort=False).sum()
    rows = [
        (*duty, *number, sum(number), share(number[0], sum(number)))
        for duty, number in zip(counts.index, counts.to_numpy().tolist(), strict=True)
    ]
    return BY_DUTY.frame(sorted(rows, key=lambda row: (row[5] == 0, row[6], -row[4])))


#: What a page can offer, the best first, and the state that it bears out.
_WAYS = (
    ("present", "a chapter's title has"),
    ("present", "a chapter under another name is on"),
    ("doubtful", "a chapter to follow has"),
    ("doubtful", "only a heading or a cross reference has"),
    ("doubtful", "a chapter's title has the near wording"),
)
_TITLE, _TOPIC, _TO_FOLLOW, _HEADING, _NEAR = range(len(_WAYS))


class Wording(NamedTuple):
    """A wording as the checklist has it: whose it is, its place there, and its words to compare."""

    duty: int
    near: bool
    place: int
    printed: str
    words: tuple[str, ...]


def _found(
    entries: pd.DataFrame, topics: list[str | None], checklist: pd.DataFrame
) -> dict[tuple[int, int], tuple[str, int, str | None, str | None, str]]:
    """The best that each manual's page offers for each duty: state, chapters, number and title of the first, and why."""
    titles = texts(entries["title"])
    had = _had({*titles, *topics}, checklist)
    best: dict[tuple[int, int], tuple[int, Wording, list[tuple[Any, str | None]]]] = {}
    for title, topic, manual, kind, number, note in zip(
        titles, topics, *(entries[name].tolist() for name in ("manual", "kind", "number", "note")), strict=True
    ):
        chapter = kind == "chapter"
        ready = chapter and " to follow " not in f" {fold(note)} "
        as_titled = _TITLE if ready else _TO_FOLLOW if chapter else _HEADING
        offers = [
            (_NEAR if wording.near else as_titled, wording) for wording in had[title] if chapter or not wording.near
        ]
        offers += [(_TOPIC, wording) for wording in had[topic] if ready and not wording.near]
        for way, wording in offers:
            key = wording.duty, manual
            if key not in best or (way, wording.place) < (best[key][0], best[key][1].place):
                best[key] = way, wording, [(number, title)]
            elif (way, wording) == best[key][:2]:
                best[key][2].append((number, title))
    return {
        key: (_WAYS[way][0], len(chapters), *chapters[0], f"{_WAYS[way][1]} '{wording.printed}'")
        for key, (way, wording, chapters) in best.items()
    }


def _had(titles: Iterable[str | None], checklist: pd.DataFrame) -> dict[str | None, list[Wording]]:
    """For each title the wordings that it has."""
    by_word: dict[str, list[Wording]] = defaultdict(list)
    for duty, cell in enumerate(cells(checklist, "wordings", "near")):
        for near, wordings in enumerate(cell):
            for place, (printed, words) in enumerate(_wordings(wordings)):
                # Looked up by a whole word, so that few wordings are tried on a title.
                whole = next((word for word in words if not word.endswith("*")), "*")
                by_word[whole].append(Wording(duty, bool(near), place, printed, words))
    return {
        title: [wording for word in (*words, "*") for wording in by_word.get(word, ()) if _has(words, wording.words)]
        for title in titles
        for words in (_words(title),)
    }


def _has(words: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return all(
        any(word.startswith(part[:-1]) for word in words) if part.endswith("*") else part in words for part in wanted
    )


@lru_cache(maxsize=4096)
def _wordings(cell: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The wordings of one cell, each with its words: singular, a trailing ``*`` kept.

    >>> _wordings("child need plans; advoca*")
    [('child need plans', ('child', 'need', 'plan')), ('advoca*', ('advoca*',))]
    """
    parts = [part.strip() for part in (text(cell) or "").split(";") if part.strip()]
    return [(part, tuple(word if word.endswith("*") else singular(word) for word in part.split())) for part in parts]


def _words(title: str | None) -> frozenset[str]:
    return frozenset(singular(word) for word in fold(title).split())


def _topic_titles(entries: pd.DataFrame, topics: pd.DataFrame | None) -> list[str | None]:
    """For each entry its topic's title, where it is a chapter among the topics."""
    if topics is None:
        return [None] * len(entries)
    keys = [
        list(zip(texts(table["council"]), texts(table["edition"]), table["position"].tolist(), strict=True))
        for table in (topics, entries)
    ]
    titles = dict(zip(keys[0], texts(topics["topic_title"]), strict=True))
    return [titles.get(key) for key in keys[1]]


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
