"""Duties: which topics required by law or guidance are on each contents page.

The checklist is data, ``data/duties.csv``: what is expected, by what, since when, where such a text usually stands, and how titles
word it. It is not legal advice. Each row tells when it was checked, and whether its source was read.

How a title is read: a *wording* is a phrase. Its words stand in the title side by side and in this order, as whole words; plural
endings do not count, nor do little words ("of", "and") that the wording does not have, ``*`` stands for any ending, and ``+`` joins phrases that may stand apart.
The sector's names for looked after children and care leavers count as one name. A title with any of the words in ``unless`` is
about something else: other people, or another matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from procman.errors import TableError
from procman.files import DATA, read_rows, where_data_are
from procman.matching.chapters import slug
from procman.matching.titles import TERMS, singular, wordings
from procman.measures.counting import BETWEEN, cells, numbered, text, to_follow
from procman.tables import FIELDS, NOT_THERE, PLACES, STATES, Measure, Table, columns, need
from procman.words import edition_in_words, listed, plain

if TYPE_CHECKING:
    import pandas as pd

DUTIES = DATA / "duties.csv"
MANUALS, PARTNERS, WEBSITE = PLACES
#: A table of law that nobody has checked for so many days says so.
YEAR = 365
NOT_ADVICE = "A title does not show that the text meets the duty. Not legal advice."

DUTY_TOPIC = replace(FIELDS["topic"], meaning="what a chapter is expected on", example="Staying put")
CHECKLIST = Table(
    "duties",
    "One row per topic that an English council's manual would be expected to carry, as data/duties.csv has it.",
    columns(
        *(
            "duty",
            DUTY_TOPIC,
            "expectation",
            "basis",
            "force",
            "where",
            "since",
            "until?",
            "source",
            "wordings",
            "near?",
        ),
        *("unless?", "concepts?", "dating?", "evidence?", "remark?", "checked_on", "verified"),
    ),
)
AUDIT = Measure(
    "duties on the page",
    "One row per duty and manual: whether the contents page has a chapter on it, and which.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "council?", "edition?", "not_before?", "state", "expected", "chapters"),
        *("number?", "title?", "href?", "why"),
        chapters="chapters (or links) that bear out the state",
        number="their numbers, in page order",
        title="their titles, in page order",
        href="their links, in page order; - for a chapter without one",
        why="what the state rests on",
    ),
    "Duties in the checklist.",
    f"{NOT_THERE} {NOT_ADVICE}",
)
BY_DUTY = Measure(
    "duties by topic",
    "One row per duty: the manuals that have it, among those of which it was expected; the most often missing come first.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "present", "to_follow", "possible", "elsewhere", "not_found", "of", "share?"),
        elsewhere="manuals without it that link to the safeguarding partners' procedures",
        of="manuals of which it was expected, undated ones counted",
        share="present out of these; missing where there are none",
    ),
    "Manuals of which the duty was expected when they were issued; undated manuals are checked against every duty.",
    f"{NOT_THERE} {NOT_ADVICE}",
)
TOUCHED = Measure(
    "chapters that a duty touches",
    "One row per chapter to read again when a duty is new or changes, by council and in page order.",
    columns("council?", "edition?", "number?", "title?", "href?", "state", "why", why="why it may be touched"),
    "Chapters with a title or topic on or near the duty.",
    "Titles only: a chapter may deal with the duty in its text without a word in its title.",
)
PICKED_UP = Measure(
    "duties picked up",
    "One row per duty and council with dated editions: when the contents page first listed the duty.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "council?", "since", "first?", "last", "listed", "months?"),
        months="months from since to first, or to last where not yet listed",
    ),
    "Councils with an edition dated after the duty began.",
    "A listing lies between two editions, and the later one is counted. Where the first edition at hand lists the duty already, "
    "only that it came no later is known: no months are given.",
)
WAITING = Measure(
    "duties not yet picked up",
    "The share of contents pages that do not yet list a duty, by months since the duty began (Kaplan–Meier).",
    columns(
        replace(FIELDS["months"], dtype="float64", meaning="months since the duty began"),
        "share",
        "low?",
        "high?",
        "at_risk",
        share="estimated share not yet listing it after so many months",
    ),
    "Duties and councils whose listing was seen to come, or has not come yet.",
    "Those listed already in the first edition are left out, so quick councils are under-represented.",
)
EARLIEST = Measure(
    "earliest date of undated pages",
    "One row per undated manual: the earliest month that its own titles allow. An inference, not a printed date.",
    columns("council?", "not_before", "number?", "title", "why", title="title that tells", why="why it tells"),
    "Undated manuals with a title that can be dated.",
    "The page may be much later. A title may name a date to come.",
)


def read_duties(path: Path | str = DUTIES) -> pd.DataFrame:
    """Read the checklist (columns of `CHECKLIST`), in its order.

    Raises
    ------
    TableError
        The file cannot be read, lacks a column or a cell, holds a value that is not allowed, or names a duty twice.

    Examples
    --------
    >>> table = read_duties().set_index("duty")
    >>> table.loc["staying-put", ["since", "force", "verified"]].tolist()
    ['2014-05', 'duty to act', 'no']
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
    return CHECKLIST.check(CHECKLIST.frame(found.values()), str(path))


def stale(checklist: pd.DataFrame, today: date | None = None) -> str | None:
    """Say so where nobody has checked the checklist for a year, else None.

    >>> stale(read_duties(), date(2027, 12, 1))
    'Nobody has checked these duties since 25 November 2026. The law may have changed.'
    """
    last = checklist["checked_on"].max()
    if ((today or date.today()) - date.fromisoformat(last)).days <= YEAR:
        return None
    return f"Nobody has checked these duties since {edition_in_words(last)}. The law may have changed."


def audit(
    entries: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    checklist: pd.DataFrame | None = None,
    dates: Mapping[str, str] | None = None,
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
    dates
        The month of a council's undated page, ISO, where you know it: ``{"Northwick": "2019-03"}``.

    Returns
    -------
    DataFrame
        A row for each duty and manual. *Present*: a chapter's title has one of the duty's phrases, or says the same as a
        chapter known to be on it. *To follow*: only a chapter that the page marks as yet to follow. *Possible match*: a near
        phrase, a heading, a cross reference, or a chapter that the matching takes for one on it. *Elsewhere*: not found here;
        such texts usually stand in the safeguarding partners' procedures, and the page links to them.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Whistle Blowing\\n1.2 Private Fostering - to follow\\n"
    >>> table = audit(read_manual(io.StringIO(page), "Northwick").entries).set_index("duty")
    >>> table.loc[["whistleblowing", "private-fostering", "staying-put"], "state"].tolist()
    ['present', 'to follow', 'not found']
    """

    checklist = read_duties() if checklist is None else checklist
    entries = numbered(entries)
    pages = entries.drop_duplicates("manual")[["manual", "council", "edition"]].astype(
        {"council": "str", "edition": "str"}
    )
    pages = pages.merge(not_before(entries, checklist)[["council", "not_before"]], on="council", how="left")
    pages["not_before"] = pages["not_before"].where(pages["edition"].isna())
    known = pages["council"].map(dates or {})
    pages["month"] = pages["edition"].fillna(known.astype("str"))
    pages = pages.merge(_linked(entries), on="manual", how="left")
    table = checklist.merge(pages, how="cross").merge(
        _best(entries, topics, checklist), on=["duty", "manual"], how="left"
    )
    linked = table["state"].isna() & (table["where"] == PARTNERS) & table["links"].notna()
    table["expected"] = [_expected(*row) for row in cells(table, "month", "since", "until")]
    table["state"] = table["state"].mask(linked, "elsewhere").fillna("not found")
    for column in ("chapters", "number", "title", "href"):
        table[column] = table[column].mask(
            linked, table[f"linked_{column}"] if column != "chapters" else table["links"]
        )
    table["chapters"] = table["chapters"].fillna(0).astype("int64")
    table["why"] = table["why"].mask(linked, "the page links to the safeguarding partners' procedures")
    table["why"] = table["why"].fillna(table["where"].map(_NOT_FOUND))
    return AUDIT.frame(table)


def by_duty(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the manuals that have each duty, among those of which it was expected (columns of `BY_DUTY`).

    ``present + to_follow + possible + elsewhere + not_found == of`` in each row.
    """
    import pandas as pd

    expected = audit["expected"].isin(["yes", "undated"])
    names = dict(zip(STATES, ("present", "to_follow", "possible", "elsewhere", "not_found"), strict=True))
    states = pd.DataFrame({name: expected & (audit["state"] == state) for state, name in names.items()})
    counts = states.groupby([audit[name] for name in ("duty", "topic", "verified")], sort=False).sum()
    counts["of"] = counts.sum(axis=1)
    counts["share"] = counts["present"] / counts["of"].where(counts["of"] > 0)
    counts["none"] = counts["of"] == 0
    counts = counts.sort_values(
        ["none", "share", "not_found"], ascending=[True, True, False], kind="stable"
    ).reset_index()
    return BY_DUTY.frame(counts)


def asked(audit: pd.DataFrame) -> pd.DataFrame:
    """The rows in which the duty was expected, undated manuals counted."""
    return audit[audit["expected"].isin(["yes", "undated"])]


def summary(audit: pd.DataFrame) -> str:
    """What the checks found, in one sentence; the numbers add up to the checks.

    >>> summary(AUDIT.frame([]))
    '0 of 0 checks found a matching chapter'
    """
    states = asked(audit)["state"].value_counts()
    number = {state: int(states.get(state, 0)) for state in STATES}
    others = [f"{number[state]:,} {found}" for state, found in _FOUND.items() if number[state]]
    said = f"{number['present']:,} of {states.sum():,} checks found a matching chapter"
    return f"{said}; {listed(others, most=4)}" if others else said


_FOUND = {
    "possible match": "found a possible match",
    "to follow": "a chapter to follow",
    "elsewhere": "a link to the partners' procedures",
    "not found": "found none",
}


def touched(duty: str, chapters: pd.DataFrame, checklist: pd.DataFrame | None = None) -> pd.DataFrame:
    """The chapters to read again when a duty is new or changes (columns of `TOUCHED`).

    Parameters
    ----------
    duty
        The duty's id, or a phrase to be looked for in the ids: "kinship".
    chapters
        Chapters with their topics, as ``procman.topics`` gives them.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual, topics
    >>> page = "1. All Children\\n\\n1.1 Kinship Care\\n1.2 Consent\\n1.3 Connected Persons\\n"
    >>> chapters = topics(read_manual(io.StringIO(page), "Northwick").entries)
    >>> touched("kinship-local-offer", chapters)["title"].tolist()
    ['Kinship Care', 'Connected Persons']
    """
    import pandas as pd

    checklist = read_duties() if checklist is None else checklist
    rows = checklist[_meant(checklist, duty)]
    if rows.empty:
        raise TableError("duties", f"there is no duty {duty!r}")
    chapters = numbered(chapters)
    # What is about other people may be touched all the same, but is never more than possible.
    wider = _findings(chapters, chapters, rows.assign(unless=None)).assign(state="possible match", rank=len(_WAYS))
    found = pd.concat([_findings(chapters, chapters, rows), wider])
    found = found.sort_values(["manual", "row", "rank"], kind="stable").drop_duplicates(["manual", "row"])
    pages = chapters.drop_duplicates("manual")[["manual", "council", "edition"]]
    found = found.merge(pages, on="manual").sort_values(["council", "edition", "row"], kind="stable")
    return TOUCHED.frame(found)


def picked_up(
    entries: pd.DataFrame, topics: pd.DataFrame | None = None, checklist: pd.DataFrame | None = None
) -> pd.DataFrame:
    """When each council's contents page first listed each duty, over the editions at hand (columns of `PICKED_UP`)."""
    need(entries, "entries", "council", "edition")
    table = audit(entries[entries["edition"].notna()], topics, checklist)
    checklist = read_duties() if checklist is None else checklist
    table = table.merge(checklist[["duty", "since"]], on="duty")
    table = table[table["edition"] >= table["since"]].sort_values("edition", kind="stable")
    keys = ["duty", "topic", "verified", "council", "since"]
    editions = table.groupby(keys, sort=False, dropna=False)["edition"].agg(start="first", last="last")
    first = table[table["state"] == "present"].groupby(keys, sort=False, dropna=False)["edition"].first()
    rows = editions.assign(first=first).reset_index()
    # An edition from before the duty began shows that the listing came later, if it did.
    before = entries.groupby("council", dropna=False)["edition"].min().reindex(rows["council"]).to_numpy()
    seen = rows["first"].notna() & ((rows["first"] > rows["start"]) | (before < rows["since"]))
    rows["listed"] = rows["first"].notna().map({True: "already", False: "not yet"}).mask(seen, "yes")
    until = rows["first"].fillna(rows["last"])
    months = [_months(since, end) for since, end in zip(rows["since"], until, strict=True)]
    rows["months"] = rows["listed"].ne("already").where(lambda shown: shown).mul(months).astype("float64")
    rows = rows.sort_values(["duty", "council"], kind="stable")
    return PICKED_UP.frame(rows)


def waiting(picked: pd.DataFrame) -> pd.DataFrame:
    """The share of pages that do not yet list a duty, by months since it began (columns of `WAITING`).

    Takes `picked_up`, or its rows for some duties or councils. Pages that do not list the duty yet count as censored at their
    latest edition (Kaplan and Meier, 1958; SciPy's ``ecdf`` and its Greenwood interval).
    """
    import pandas as pd

    timed = picked[picked["months"].notna()]
    if not (timed["listed"] == "yes").any():
        return WAITING.frame([])
    from scipy.stats import CensoredData, ecdf

    curve = ecdf(CensoredData.right_censored(timed["months"].to_numpy(), (timed["listed"] == "not yet").to_numpy())).sf
    import warnings

    with warnings.catch_warnings():
        # The interval is not defined where nobody is left; it is shown as missing.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = curve.confidence_interval()
    at = pd.Series(timed["months"].to_numpy())
    return WAITING.frame(
        {
            "months": curve.quantiles.tolist(),
            "share": curve.probabilities.tolist(),
            "low": interval.low.probabilities.tolist(),
            "high": interval.high.probabilities.tolist(),
            "at_risk": [int((at >= month).sum()) for month in curve.quantiles],
        }
    )


#: A month or year in a title; of a span of years ("2020-2025", "2020/21") the first.
_DATED = re.compile(r"\b(?:(?P<month>[a-z]+) )?(?P<year>(?:19|20)\d\d)\b(?:[ /–-]+(?:19|20)?\d\d\b)?")


def not_before(entries: pd.DataFrame, checklist: pd.DataFrame | None = None) -> pd.DataFrame:
    """The earliest month that each undated page's own titles allow (columns of `EARLIEST`).

    A title may print a month or year, and may use a name that a law created: no page had a chapter on the duty to refer
    before October 2018.

    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Homelessness and Duty to Refer\\n1.2 Working Together 2015\\n"
    >>> not_before(read_manual(io.StringIO(page), "Northwick").entries)[["not_before", "title"]].values.tolist()
    [['2018-10', 'Homelessness and Duty to Refer']]
    """

    checklist = read_duties() if checklist is None else checklist
    undated = entries[entries["edition"].isna()]
    rows = []
    for council, number, title in cells(undated, "council", "number", "title"):
        for month, why in _dated(title, checklist):
            rows.append((council, month, number, title, why))
    table = EARLIEST.frame(rows)
    table = table.sort_values("not_before", ascending=False, kind="stable").drop_duplicates("council").sort_index()
    return EARLIEST.frame(table)


def note(entries: pd.DataFrame) -> str | None:
    """Say once that the contents pages compared are undated or of different years, else None."""
    pages = numbered(entries).drop_duplicates("manual")
    dated = sorted((edition, str(council)) for council, edition in cells(pages, "council", "edition") if text(edition))
    undated = [str(council) for council in pages.loc[pages["edition"].isna(), "council"]]
    apart = dated and _months(dated[0][0], dated[-1][0]) >= 24
    if len(pages) < 2 or not (apart or undated):
        return None
    earliest = dict(cells(not_before(entries), "council", "not_before"))
    said = [f"{council} {edition_in_words(edition)}" for edition, council in dated]
    said += [
        f"{council} undated"
        + (f" (by its titles not before {edition_in_words(earliest[council])})" if council in earliest else "")
        for council in undated
    ]
    return f"The contents pages are not of the same time: {listed(said)}. A difference may be one of date."


def _plain(title: object) -> str:
    """A title's words for telling "the same words"; empty for a missing title."""
    return plain(text(title) or "")


def _months(start: str, end: str) -> int:
    """Whole months between two ISO months.

    >>> _months("2018-10", "2020-01")
    15
    """
    (year, month), (later, last) = (map(int, iso.split("-")[:2]) for iso in (start, end))
    return (later - year) * 12 + last - month


def _dated(title: object, checklist: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Each month that a title cannot be older than, with the reason."""
    plain = _plain(title)
    for found in _DATED.finditer(plain):
        month = _MONTHS.get(found["month"] or "", 1)
        yield f"{found['year']}-{month:02}", f"its title has '{found['year']}'"
    readings = _readings(text(title))
    for since, dating in cells(checklist, "since", "dating"):
        for wording in _wordings(text(dating)):
            if wording.found(readings):
                yield since, f"'{wording.printed}' began in {edition_in_words(since)}"


_MONTHS = {edition_in_words(f"2000-{month:02}").split()[0].lower(): month for month in range(1, 13)}

_NOT_FOUND = {
    MANUALS: "no title has any of the phrases",
    PARTNERS: "no title has any of the phrases; it often stands in the safeguarding partners' procedures",
    WEBSITE: "no title has any of the phrases; it often stands on the council's website",
}
#: What a page can offer, the best first: the state that it bears out, and what to say of it.
_WAYS = (
    ("present", "a chapter's title has '{}'"),
    ("present", "a chapter under another name is on '{}'"),
    ("to follow", "a chapter to follow is on '{}'"),
    ("possible match", "a chapter is taken for one on '{}'"),
    ("possible match", "only a heading or a cross reference has '{}'"),
    ("possible match", "a chapter's title has '{}', which is near"),
)
_TITLE, _KNOWN, _TO_FOLLOW, _TAKEN, _HEADING, _NEAR = range(len(_WAYS))


class Wording(NamedTuple):
    """A wording as the checklist has it, and the phrases of it, all of which a title must have."""

    printed: str
    phrases: tuple[re.Pattern[str], ...]
    start: str  # the first letters of a word that each title with it has

    def found(self, readings: Iterable[str]) -> bool:
        """Whether one of a title's readings has all phrases."""
        return any(all(phrase.search(reading) for phrase in self.phrases) for reading in readings)


def _best(entries: pd.DataFrame, topics: pd.DataFrame | None, checklist: pd.DataFrame) -> pd.DataFrame:
    """For each duty and manual the best state, and all that bears it out."""
    found = _findings(entries, topics, checklist)
    first = found.sort_values("rank", kind="stable").drop_duplicates(["duty", "manual"])[
        ["duty", "manual", "state", "why"]
    ]
    named = found.drop(columns="why").merge(first, on=["duty", "manual", "state"]).sort_values("row", kind="stable")
    named = named.drop_duplicates(["duty", "manual", "row"])
    groups = named.groupby(["duty", "manual", "state", "why"], sort=False)
    return groups.agg(
        chapters=("row", "size"), number=("number", _cell), title=("title", _cell), href=("href", _cell)
    ).reset_index()


def _linked(entries: pd.DataFrame) -> pd.DataFrame:
    """For each manual that links to the safeguarding partners' procedures: the links, or else the chapters they host."""
    rows = entries.assign(
        row=range(len(entries)),
        named=[bool(_PARTNERS.search(_plain(title))) for title in entries["title"]],
        hosted=[bool(_PARTNERS.search(_plain(publisher))) for publisher in entries["publisher"]],
    )
    rows = rows[rows["named"] | (rows["hosted"] & ~rows.groupby("manual")["named"].transform("any"))]
    return (
        rows.groupby("manual", sort=False)
        .agg(
            links=("row", "size"),
            linked_number=("number", _cell),
            linked_title=("title", _cell),
            linked_href=("href", _cell),
        )
        .reset_index()
    )


#: "Safeguarding Children Board Procedures", "LSCP procedures": where partners keep what they share.
_PARTNERS = re.compile(
    r"\bsafeguarding (?:child\w* )?(?:board|partner\w*) .*\b(?:procedure|manual)|\b\w{0,5}sc[bp] .*\bprocedure"
    r"|\bmulti agency (?:safeguarding|child protection) .*\bprocedure"
)


def _cell(values: pd.Series) -> str | None:
    """Values in one cell, in their order; nothing where all are missing."""
    shown = [text(value) for value in values]
    return BETWEEN.join(value or "-" for value in shown) if any(shown) else None


def _findings(entries: pd.DataFrame, topics: pd.DataFrame | None, checklist: pd.DataFrame) -> pd.DataFrame:
    """All that the pages offer for the duties: one row per duty, entry, and way in which it bears on the duty."""
    import pandas as pd

    titles = [text(title) for title in entries["title"]]
    had = _had(set(titles), checklist)
    by_concept: dict[str, list[int]] = defaultdict(list)
    for place, concepts in enumerate(map(text, checklist["concepts"])):
        for concept in _parts(concepts):
            by_concept[slug(concept)].append(place)
    rows = []
    details = cells(entries, "manual", "kind", "number", "href")
    for row, (title, own, coming, detail) in enumerate(
        zip(titles, _topics(entries, topics), to_follow(entries).tolist(), details, strict=True)
    ):
        manual, kind, number, href = detail
        chapter = kind == "chapter"
        offers = []
        for place, near, printed in had[title].phrases:
            way = _NEAR if near else _TITLE if chapter and not coming else _TO_FOLLOW if chapter else _HEADING
            if chapter or not near:
                offers.append((way, place, printed))
        if chapter:
            for topic in own:
                for place in by_concept.get(topic, ()):
                    if not had[title].ruled_out(place):
                        way = _KNOWN if _sure(title, topic) else _TAKEN
                        offers.append((_TO_FOLLOW if coming and way == _KNOWN else way, place, topic.replace("-", " ")))
        rows += [(place, manual, row, way, *_said(way, printed), number, title, href) for way, place, printed in offers]
    names = ["place", "manual", "row", "rank", "state", "why", "number", "title", "href"]
    table = pd.DataFrame(rows, columns=names).astype(
        {"place": "int64", "manual": "int64", "row": "int64", "rank": "int64"}
    )
    table["duty"] = checklist["duty"].to_numpy()[table["place"]]
    return table


def _said(way: int, printed: str) -> tuple[str, str]:
    state, why = _WAYS[way]
    return state, why.format(printed)


def _sure(title: str | None, topic: str) -> bool:
    """Whether a chapter says the same as a known wording of its topic, or has the topic by a person's decision."""
    from procman.matching.concepts import sector

    (reading,) = sector().read([title or ""])
    return reading.known or topic not in map(slug, reading.concepts)


class Had(NamedTuple):
    """What one title has: phrases of duties (their place, whether near, the phrase), and all it could be ruled out by."""

    phrases: list[tuple[int, bool, str]]
    readings: tuple[str, ...]
    unless: list[list[Wording]]

    def ruled_out(self, place: int) -> bool:
        """Whether the title is about something else than this duty."""
        return any(wording.found(self.readings[-1:]) for wording in self.unless[place])


def _had(titles: Iterable[str | None], checklist: pd.DataFrame) -> dict[str | None, Had]:
    """For each title the phrases that it has, of duties that it is not ruled out for."""
    by_start: dict[str, list[tuple[int, bool, Wording]]] = defaultdict(list)
    for place, cell in enumerate(cells(checklist, "wordings", "near")):
        for near, several in enumerate(cell):
            for wording in _wordings(text(several)):
                by_start[wording.start].append((place, bool(near), wording))
    unless = [_wordings(words) for words in map(text, checklist["unless"])]
    found = {}
    for title in titles:
        readings = _readings(title)
        had = Had([], readings, unless)
        starts = dict.fromkeys(word[:START] for reading in readings for word in reading.split())
        candidates = [candidate for start in starts for candidate in by_start.get(start, ())]
        for place, near, wording in sorted(candidates, key=lambda one: one[:2]):
            if wording.found(readings) and not had.ruled_out(place):
                had.phrases.append((place, near, wording.printed))
        found[title] = had
    return found


#: Letters of a word by which wordings are looked up, so that few are tried on a title.
START = 3
#: Words about other people or matters, by the name that ``unless`` has for them.
OTHERS = {
    "{adults}": "adult; older people; older person; elderly; dementia; care act; section 42",
    "{staff}": "staff; employee; workforce; personnel; human resource; colleague",
    "{carers}": "carer; foster*; adopt*; kinship; connected person; guardian; guardianship",
    "{school}": "school*; pupil; college; nursery",
    "{money}": "financ*; allowance; payment; fee; fund*; budget; charg*; debt",
    "{housing}": "tenan*; landlord; rent",
}
LITTLE = frozenset("a an and are as at be by for from in is may of on or our the their to who with your".split())
BETWEEN_WORDS = rf" (?:(?:{'|'.join(sorted(LITTLE))}) )*"
#: The sector's names for these count as one name.
PEOPLE = ("looked after child", "previously looked after child", "care leaver")


@lru_cache(maxsize=4096)
def _wordings(cell: str | None) -> list[Wording]:
    """The wordings of one cell.

    >>> [wording.printed for wording in _wordings("child need plan*; health + looked after child")]
    ['child need plan*', 'health + looked after child']
    """
    made = []
    for printed in _parts(cell):
        phrases = [[_word(word) for word in phrase.split()] for phrase in printed.split("+")]
        patterns = tuple(re.compile(f" {BETWEEN_WORDS.join(words)} ") for words in phrases)
        made.append(Wording(printed, patterns, phrases[0][0].removesuffix(r"\w*")[:START]))
    return made


def _parts(cell: str | None) -> list[str]:
    for name, words in OTHERS.items():
        cell = (cell or "").replace(name, words)
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _word(word: str) -> str:
    """A word as a pattern: singular, ``*`` for any ending."""
    return rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(singular(_plain(word)))


@lru_cache(maxsize=1 << 15)
def _readings(title: str | None) -> tuple[str, ...]:
    """A title's words in the singular, between spaces: as printed, and with one name for those whom it is about.

    >>> _readings("Reviews for Cared for Children")
    (' review for cared for child ', ' review for looked after child ')
    """
    words = _plain(title).replace("young adult", "young people").split()
    named, at = [], 0
    people = _people()
    while at < len(words):
        length, name = next(
            (
                (len(phrase), name)
                for phrase, name in people.get(words[at], ())
                if tuple(words[at : at + len(phrase)]) == phrase
            ),
            (1, words[at]),
        )
        named += name.split()
        at += length
    return tuple(f" {' '.join(singular(word) for word in one)} " for one in (words, named))


@lru_cache(maxsize=1)
def _people() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The sector's names for `PEOPLE`, by their first word, the longest first."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in wordings().rows:
        if row.kind in TERMS and row.concept in PEOPLE:
            words = tuple(_plain(row.wording).split())
            names[words[0]].append((words, row.concept))
    return {word: sorted(several, key=lambda one: (-len(one[0]), one)) for word, several in names.items()}


def _topics(entries: pd.DataFrame, topics: pd.DataFrame | None) -> list[list[str]]:
    """For each entry the ids of its topics, where it is a chapter among the topics."""
    if topics is None:
        return [[] for _ in range(len(entries))]
    keys = [
        list(zip(map(text, table["council"]), map(text, table["edition"]), table["position"].tolist(), strict=True))
        for table in (topics, entries)
    ]
    also = map(text, topics["also_topic"]) if "also_topic" in topics else [None] * len(topics)
    ids = {
        key: [own, *(more or "").split()]
        for key, own, more in zip(keys[0], map(text, topics["topic"]), also, strict=True)
        if own
    }
    return [ids.get(key, []) for key in keys[1]]


def _meant(checklist: pd.DataFrame, duty: str) -> list[bool]:
    """Which duties an id means: its own, else those with a phrase or topic that has the id's words."""
    own = [name == duty for name in checklist["duty"]]
    if any(own):
        return own
    words = _readings(duty.replace("-", " "))[0].strip()
    return [
        words in _readings(f"{topic}")[0] or words in _parts(phrases)
        for topic, phrases in cells(checklist, "topic", "wordings")
    ]


def _expected(month: object, since: str, until: object) -> str:
    """Whether an expectation stood in a month.

    >>> _expected("2017-07", "2018-04", None), _expected("2017-07", "2009-06", "2017-02"), _expected(None, "2009-06", None)
    ('not yet', 'no longer', 'undated')
    """
    month, ended = text(month), text(until)
    if month is None:
        return "undated"
    if month < since:
        return "not yet"
    return "no longer" if ended and month > ended else "yes"
