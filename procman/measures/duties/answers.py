"""The answers: whether each contents page has a chapter on each duty, and the totals by duty and by council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from procman.measures.counting import MANUAL, cells, numbered, text
from procman.measures.duties.checklist import DUTY_TOPIC, NOT_ADVICE, read_duties
from procman.measures.duties.dating import not_before
from procman.measures.duties.evidence import best, links_to_partners
from procman.tables import FIELDS, NOT_THERE, PLACES, STATES, Measure, columns
from procman.words import listed

if TYPE_CHECKING:
    import pandas as pd

MANUALS, PARTNERS, WEBSITE = PLACES
_ELSEWHERE = replace(FIELDS["elsewhere"], heading="With the partners")
AUDIT = Measure(
    "duties on the page",
    "One row per duty and manual: whether the contents page has a chapter on it, and which one.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "council?", "edition?", "not_before?", "state", "expected", "chapters"),
        *("number?", "title?", "href?", "why"),
        state="what was found on the contents page; elsewhere: not found here, but the page links to the partners' procedures",
        chapters="number of chapters (or links) behind the state",
        number="their numbers, in page order",
        title="their titles, in page order",
        href="their links, in page order; - for a chapter without a link",
        why="reason for the state",
    ),
    "Each topic of the checklist on each page. A check is a topic that was expected of a page when it was issued (of an undated page, "
    "every topic). Rows that say “not yet” or “no longer” are no checks, and are not counted.",
    f"{NOT_THERE} {NOT_ADVICE}",
)
BY_DUTY = Measure(
    "duties by topic",
    "One row per duty: how many of the manuals expected to have it do, the most often missing first.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "present", "to_follow", "possible", _ELSEWHERE, "not_found", "of", "share?"),
        elsewhere="manuals without it that link to the safeguarding partners' procedures",
        of="manuals expected to have it, including undated ones",
        share="share of these with a chapter on it; missing if there are none",
    ),
    "Manuals issued while the duty applied. Undated manuals are checked against every duty.",
    f"{NOT_THERE} {NOT_ADVICE}",
)
BY_COUNCIL = Measure(
    "duties by council",
    "One row per manual: how many of the duties expected of it are on its contents page.",
    columns(
        *("council?", "edition?", "present", "to_follow", "possible", _ELSEWHERE, "not_found", "of", "share?"),
        present="duties with a chapter",
        to_follow="duties with a chapter marked 'to follow'",
        possible="duties with only a possible match",
        elsewhere="duties not found, but the page links to the safeguarding partners' procedures",
        not_found="duties not found",
        of="duties expected of it; every duty for an undated manual",
        share="share of these with a chapter; missing if there are none",
    ),
    "Duties that applied when the manual was issued. Undated manuals are checked against every duty.",
    f"{NOT_THERE} {NOT_ADVICE}",
)


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
        Their chapters from ``procman.topics``, to find chapters under names that the checklist does not have.
    checklist
        The duties to look for, by default `read_duties`.
    dates
        The months of undated pages, ISO, if you know them: ``{"Northwick": "2019-03"}``.

    Returns
    -------
    DataFrame
        One row per duty and manual. *Present*: a chapter's title has one of the duty's phrases, or means the same as a chapter known to
        be on it. *To follow*: only a chapter that the page marks "to follow". *Possible match*: a similar phrase, a heading, a cross
        reference, or a chapter that matching links to the duty. *Elsewhere*: not found here, but such texts are usually in the
        safeguarding partners' procedures, and the page links to them.

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
    table = checklist.merge(pages, how="cross")
    table["expected"] = [_expected(*row) for row in cells(table, "month", "since", "until")]
    found = table.merge(best(entries, topics, checklist), on=["duty", "manual"], how="left")
    links = table.merge(links_to_partners(entries), on="manual", how="left")
    links["state"] = "elsewhere"
    links["why"] = "the page links to the safeguarding partners' procedures"
    linked = found["state"].isna() & (found["where"] == PARTNERS) & links["chapters"].notna()
    told = ["state", "why", "chapters", "number", "title", "href"]
    found[told] = found[told].mask(linked, links[told])
    found["chapters"] = found["chapters"].fillna(0).astype("int64")
    found["why"] = found["why"].fillna(found["where"].map(_NOT_FOUND))
    return AUDIT.frame(found.fillna({"state": "not found"}))


def by_duty(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the manuals that have each duty, out of those expected to have it (columns of `BY_DUTY`).

    In each row ``present + to_follow + possible + elsewhere + not_found == of``.

    >>> rows = [("consent", "Consent", "yes", council, "2017-07", None, state, "yes", 0, None, None, None, "words")
    ...         for council, state in (("Ayle", "present"), ("Beere", "not found"))]
    >>> by_duty(AUDIT.frame(rows))[["topic", "present", "not_found", "of", "share"]].values.tolist()
    [['Consent', 1, 1, 2, 0.5]]
    """
    counts = _counts(audit, "duty", "topic", "verified")
    counts["none"] = counts["of"] == 0
    counts = counts.sort_values(
        ["none", "share", "not_found"], ascending=[True, True, False], kind="stable"
    ).reset_index()
    return BY_DUTY.frame(counts)


def by_council(audit: pd.DataFrame) -> pd.DataFrame:
    """Count the duties that each manual has, out of those expected of it (columns of `BY_COUNCIL`).

    In each row ``present + to_follow + possible + elsewhere + not_found == of``.

    >>> rows = [("consent", "Consent", "yes", "Ayle", "2017-07", None, state, "yes", 0, None, None, None, "words")
    ...         for state in ("present", "not found")]
    >>> by_council(AUDIT.frame(rows))[["council", "present", "not_found", "of", "share"]].values.tolist()
    [['Ayle', 1, 1, 2, 0.5]]
    """
    return BY_COUNCIL.frame(_counts(audit, "council", "edition").reset_index())


def _counts(audit: pd.DataFrame, *by: str) -> pd.DataFrame:
    """The number of checks with each state, and the total."""
    import pandas as pd

    expected = audit["expected"].isin(["yes", "undated"])
    names = dict(zip(STATES, ("present", "to_follow", "possible", "elsewhere", "not_found"), strict=True))
    states = pd.DataFrame({name: expected & (audit["state"] == state) for state, name in names.items()})
    counts = states.groupby([audit[name] for name in by], sort=False, dropna=False).sum()
    counts["of"] = counts.sum(axis=1)
    counts["share"] = counts["present"] / counts["of"].where(counts["of"] > 0)
    return counts


def asked(audit: pd.DataFrame) -> pd.DataFrame:
    """The rows in which the duty was expected, including undated manuals."""
    return audit[audit["expected"].isin(["yes", "undated"])]


def summary(audit: pd.DataFrame) -> str:
    """The results in one sentence. The numbers add up to the number of checks. With several pages, it says how many.

    >>> summary(AUDIT.frame([]))
    '0 of 0 checks found a matching chapter'
    """
    checks = asked(audit)
    states, pages = checks["state"].value_counts(), len(checks.drop_duplicates(MANUAL))
    number = {state: int(states.get(state, 0)) for state in STATES}
    others = [f"{number[state]:,} {found}" for state, found in _FOUND.items() if number[state]]
    where = f" on {pages} pages" if pages > 1 else ""
    said = f"{number['present']:,} of {states.sum():,} checks{where} found a matching chapter"
    return f"{said}; {listed(others, most=4)}" if others else said


_FOUND = {
    "possible match": "found a possible match",
    "to follow": "a chapter to follow",
    "elsewhere": "a link to the partners' procedures",
    "not found": "found none",
}


_NOT_FOUND = {
    MANUALS: "no title has any of the phrases",
    PARTNERS: "no title has any of the phrases; it often stands in the safeguarding partners' procedures",
    WEBSITE: "no title has any of the phrases; it often stands on the council's website",
}


def _expected(month: object, since: str, until: object) -> str:
    """Whether an expectation applied in a month.

    >>> _expected("2017-07", "2018-04", None), _expected("2017-07", "2009-06", "2017-02"), _expected(None, "2009-06", None)
    ('not yet', 'no longer', 'undated')
    """
    month, ended = text(month), text(until)
    if month is None:
        return "undated"
    if month < since:
        return "not yet"
    return "no longer" if ended and month > ended else "yes"
