"""Duties: which of the topics required by law or guidance are on each contents page.

The checklist is data, ``data/duties.csv``: what is expected, from where, since when, and the wordings to look for. A wording is found
where a title has all its words, in any order and number; a word with ``*`` is the beginning of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.files import DATA, read_rows, where_data_are
from procman.matching.titles import singular
from procman.measures.counting import MANUAL, cells, numbered, text
from procman.tables import FIELDS, NOT_THERE, Measure, Table, columns
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

DUTIES = DATA / "duties.csv"
STATES = ("present", "doubtful", "not found")

DUTY_TOPIC = replace(FIELDS["topic"], meaning="what a chapter is expected on", example="Staying put")
CHECKLIST = Table(
    "duties",
    "One row per topic that an English council's manual would be expected to carry, as data/duties.csv has it.",
    columns("duty", DUTY_TOPIC, "expectation", "basis", "since", "until?", "source", "wordings", "near?"),
)
AUDIT = Measure(
    "duties on the page",
    "One row per duty and manual: whether the contents page has a chapter on it.",
    columns(
        *("duty", DUTY_TOPIC, "council?", "edition?", "state", "expected", "chapters", "number?", "title?", "why"),
        chapters="chapters that bear out the state",
        number="number of the first of them",
        title="its title",
        why="what the state rests on",
    ),
    "Duties in the checklist.",
    NOT_THERE + " Nor does a chapter's title show that its text meets the duty. Not legal advice.",
)
BY_DUTY = Measure(
    "duties by topic",
    "One row per duty: the manuals that have it, among those of which it was expected; the most often missing come first.",
    columns(
        *("duty", DUTY_TOPIC, "present", "doubtful", "not_found", "of", "share?"),
        of="manuals of which it was expected, undated ones counted",
        share="present out of these; missing where there are none",
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
    entries: pd.DataFrame, chapters: pd.DataFrame | None = None, checklist: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Look for each duty on each contents page (columns of `AUDIT`).

    Parameters
    ----------
    entries
        Entries of one or more manuals.
    chapters
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
    import numpy as np

    checklist = read_duties() if checklist is None else checklist
    rows = numbered(entries).assign(topic_title=_topic_titles(entries, chapters))
    manuals = rows.drop_duplicates("manual")[["manual", *MANUAL]].astype({"edition": "str"})
    table = checklist[["duty", "topic", "since", "until"]].merge(manuals, how="cross")
    table["expected"] = np.select(
        [
            table["edition"].isna(),
            table["edition"] < table["since"],
            table["until"].notna() & (table["edition"] > table["until"]),
        ],
        ["undated", "not yet", "no longer"],
        "yes",
    )
    table = table.merge(_found(rows, checklist), how="left", on=["duty", "manual"])
    return AUDIT.frame(table.fillna({"state": "not found", "chapters": 0, "why": "no title has any of the wordings"}))


def by_duty(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the manuals that have each duty, among those of which it was expected (columns of `BY_DUTY`).

    ``present + doubtful + not_found == of`` in each row.
    """
    asked = audit["expected"].isin(["yes", "undated"])
    states = {state.replace(" ", "_"): asked & (audit["state"] == state) for state in STATES}
    table = audit.assign(of=asked, **states).groupby(["duty", "topic"], sort=False)[[*states, "of"]].sum().reset_index()
    table["share"] = table["present"] / table["of"]
    # What no manual was expected to have comes last; of equals, what more were expected to have comes first.
    return BY_DUTY.frame(table.sort_values(["share", "not_found"], ascending=[True, False], kind="stable"))


#: What a page can offer, the best first: the state that it bears out, and why.
_OFFERS = (
    ("present", "a chapter's title has"),
    ("present", "a chapter under another name is on"),
    ("doubtful", "a chapter to follow has"),
    ("doubtful", "only a heading or a cross reference has"),
    ("doubtful", "a chapter's title has the near wording"),
)
_TITLE, _TOPIC, _TO_FOLLOW, _HEADING, _NEAR = range(len(_OFFERS))


def _found(rows: pd.DataFrame, checklist: pd.DataFrame) -> pd.DataFrame:
    """The best that each manual's page offers for each duty: state, chapters, number and title of the first, and why."""
    import numpy as np
    import pandas as pd

    chapter = rows["kind"] == "chapter"
    to_follow = rows["note"].map(lambda note: " to follow " in f" {plain(note)} ")
    rows = rows.assign(row=range(len(rows)), chapter=chapter, ready=chapter & ~to_follow)
    titles = _with_wordings(pd.concat([rows["title"], rows["topic_title"]]).dropna().unique(), checklist)
    by_title = rows.merge(titles, on="title")
    by_title["offer"] = np.select(
        [by_title["near"], by_title["ready"], by_title["chapter"]], [_NEAR, _TITLE, _TO_FOLLOW], _HEADING
    )
    by_topic = rows[rows["ready"]].merge(
        titles[~titles["near"]].rename(columns={"title": "topic_title"}), on="topic_title"
    )
    offers = pd.concat([by_title[by_title["chapter"] | ~by_title["near"]], by_topic.assign(offer=_TOPIC)])
    # The first offer of the best kind and wording; the others of that wording are counted with it.
    alike = ["duty", "manual", "offer", "place"]
    offers = offers.sort_values(["offer", "place", "row"])
    offers["chapters"] = offers.groupby(alike)["row"].transform("size")
    best = offers.drop_duplicates(["duty", "manual"])
    state, why = ([_OFFERS[offer][part] for offer in best["offer"]] for part in (0, 1))
    best = best.assign(
        state=state, why=[f"{has} '{wording}'" for has, wording in zip(why, best["wording"], strict=True)]
    )
    return best[["duty", "manual", "state", "chapters", "number", "title", "why"]].astype(
        {"state": "str", "why": "str"}
    )


def _with_wordings(titles: Iterable[str], checklist: pd.DataFrame) -> pd.DataFrame:
    """A row for each title and each wording that it has: whose, whether only near, and its place in the checklist's cell."""
    import pandas as pd

    wordings = [
        {"duty": duty, "near": near, "place": place, "wording": wording, "words": _words(wording)}
        for duty, *cell in cells(checklist, "duty", "wordings", "near")
        for near, several in zip((False, True), cell, strict=True)
        for place, wording in enumerate(part.strip() for part in (text(several) or "").split(";") if part.strip())
    ]
    by_word = defaultdict(list)
    for wording in wordings:
        # Looked up by a whole word, so that few wordings are tried on a title.
        by_word[next((word for word in wording["words"] if not word.endswith("*")), "*")].append(wording)
    found = [
        {"title": title, **wording}
        for title in titles
        for words in (_words(plain(title)),)
        for word in dict.fromkeys([*words, "*"])
        for wording in by_word.get(word, ())
        if _has(words, wording["words"])
    ]
    return pd.DataFrame(found, columns=["title", "duty", "near", "place", "wording"]).astype({"near": bool})


@lru_cache(maxsize=4096)
def _words(title: str) -> tuple[str, ...]:
    """The title's words in the singular; a trailing ``*`` is kept.

    >>> _words("child need plans"), _words("advoca*")
    (('child', 'need', 'plan'), ('advoca*',))
    """
    return tuple(word if word.endswith("*") else singular(word) for word in title.split())


def _has(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether each word wanted is there, or begins one that is."""
    return all(
        any(word.startswith(part[:-1]) for word in words) if part.endswith("*") else part in words for part in wanted
    )


def _topic_titles(entries: pd.DataFrame, chapters: pd.DataFrame | None) -> Sequence[str | None]:
    """For each entry its topic's title, where it is a chapter among those with topics."""
    place = [*MANUAL, "position"]
    if chapters is None:
        return [None] * len(entries)
    titles = chapters[[*place, "topic_title"]].drop_duplicates(place, keep="last")
    return entries[place].merge(titles, how="left", on=place)["topic_title"].tolist()
