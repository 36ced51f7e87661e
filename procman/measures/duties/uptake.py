"""A new or changed duty: which chapters it affects, and when each council's contents page first listed it."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.measures.counting import cells, numbered
from procman.measures.duties.answers import audit
from procman.measures.duties.checklist import DUTY_TOPIC, read_duties
from procman.measures.duties.dating import months_between
from procman.measures.duties.evidence import WAYS, findings
from procman.measures.duties.phrases import parts, readings
from procman.tables import FIELDS, Measure, columns, need

if TYPE_CHECKING:
    import pandas as pd

TOUCHED = Measure(
    "chapters that a duty touches",
    "One row per chapter to read again when a duty is new or changes, by council and in page order.",
    columns("council?", "edition?", "number?", "title?", "href?", "state", "why", why="why it may be affected"),
    "Chapters with a title or topic on or near the duty.",
    "Based on titles only: a chapter's text may cover the duty without a word in its title.",
)
PICKED_UP = Measure(
    "duties picked up",
    "One row per duty and council with dated editions: when the contents page first listed the duty.",
    columns(
        *("duty", DUTY_TOPIC, "verified", "council?", "since", "first?", "last", "listed", "months?", "state"),
        months="months from since to first, or to last if not yet listed",
        state="what was found in the latest edition",
    ),
    "Councils with an edition dated after the duty began.",
    "The duty was listed between two editions; the later one counts. If the first edition already lists the duty, the number of "
    "months is not known and is missing. Only a chapter counts, not a possible match or a link to the partners' procedures: "
    "see the state.",
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
        share="estimated share that does not yet list it after this many months",
    ),
    "Duties and councils whose first listing is known or has not come yet. If the page links to the partners' procedures for the duty, "
    "it does not count.",
    "Duties already listed in the first edition are left out, so quick councils are under-represented.",
)


def touched(duty: str, chapters: pd.DataFrame, checklist: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the chapters to read again when a duty is new or changes (columns of `TOUCHED`).

    Parameters
    ----------
    duty
        The duty's id, or a phrase to look for: "kinship".
    chapters
        Chapters with topics from ``procman.topics``.

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
    # A chapter about other people may be affected too, but is only ever a possible match.
    wider = findings(chapters, chapters, rows.assign(unless=None)).assign(state="possible match", rank=len(WAYS))
    found = pd.concat([findings(chapters, chapters, rows), wider])
    found = found.sort_values(["manual", "row", "rank"], kind="stable").drop_duplicates(["manual", "row"])
    found = found.sort_values(["council", "edition", "row"], kind="stable")
    return TOUCHED.frame(found)


def newest(checklist: pd.DataFrame | None = None) -> str:
    """The id of the newest duty.

    >>> newest()
    'supported-accommodation'
    """
    checklist = read_duties() if checklist is None else checklist
    return str(checklist.sort_values("since", kind="stable")["duty"].iloc[-1])


def meant(duty: str, checklist: pd.DataFrame | None = None) -> list[str]:
    """The topics of the duties that an id or phrase means. Empty if there are none.

    >>> meant("staying-put"), meant("parking")
    (['Staying put'], [])
    """
    checklist = read_duties() if checklist is None else checklist
    return [str(topic) for topic in checklist.loc[_meant(checklist, duty), "topic"]]


def picked_up(
    entries: pd.DataFrame, topics: pd.DataFrame | None = None, checklist: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find when each council's contents page first listed each duty (columns of `PICKED_UP`). Takes any number of editions.

    Examples
    --------
    >>> import io
    >>> import pandas as pd
    >>> from procman import read_manual
    >>> pages = {"2014-01": "1. All\\n\\n1.1 Consent\\n1.2 Visits\\n", "2015-01": "1. All\\n\\n1.1 Consent\\n1.2 Staying Put\\n"}
    >>> entries = pd.concat([read_manual(io.StringIO(page), "Northwick", edition=edition).entries for edition, page in pages.items()])
    >>> table = picked_up(entries).set_index("duty")
    >>> table.loc["staying-put", ["since", "first", "listed"]].tolist()
    ['2014-05', '2015-01', 'yes']
    >>> waiting(picked_up(entries).query("duty == 'staying-put'"))[["months", "share"]].values.tolist()[-1]
    [8.0, 0.0]
    """
    need(entries, "entries", "council", "edition")
    table = audit(entries[entries["edition"].notna()], topics, checklist)
    checklist = read_duties() if checklist is None else checklist
    table = table.merge(checklist[["duty", "since"]], on="duty")
    table = table[table["edition"] >= table["since"]].sort_values("edition", kind="stable")
    keys = ["duty", "topic", "verified", "council", "since"]
    editions = table.groupby(keys, sort=False, dropna=False).agg(
        start=("edition", "first"), last=("edition", "last"), state=("state", "last")
    )
    first = table[table["state"] == "present"].groupby(keys, sort=False, dropna=False)["edition"].first()
    rows = editions.assign(first=first).reset_index()
    # An edition from before the duty began shows that any listing came later.
    before = entries.groupby("council", dropna=False)["edition"].min().reindex(rows["council"]).to_numpy()
    seen = rows["first"].notna() & ((rows["first"] > rows["start"]) | (before < rows["since"]))
    rows["listed"] = rows["first"].notna().map({True: "already", False: "not yet"}).mask(seen, "yes")
    until = rows["first"].fillna(rows["last"])
    months = [months_between(since, end) for since, end in zip(rows["since"], until, strict=True)]
    rows["months"] = rows["listed"].ne("already").where(lambda shown: shown).mul(months).astype("float64")
    rows = rows.sort_values(["duty", "council"], kind="stable")
    return PICKED_UP.frame(rows)


def waiting(picked: pd.DataFrame) -> pd.DataFrame:
    """Estimate the share of pages that do not yet list a duty, by months since it began (columns of `WAITING`).

    Takes the result of `picked_up`, or its rows for some duties or councils. Pages that do not list the duty yet count as censored at
    their latest edition. Source: Kaplan and Meier (1958), with SciPy's ``ecdf`` and its Greenwood interval.
    """
    import pandas as pd

    # A duty that the partners' procedures cover is not expected to be listed here.
    timed = picked[picked["months"].notna() & (picked["state"] != "elsewhere")]
    if not (timed["listed"] == "yes").any():
        return WAITING.frame([])
    from scipy.stats import CensoredData, ecdf

    curve = ecdf(CensoredData.right_censored(timed["months"].to_numpy(), (timed["listed"] == "not yet").to_numpy())).sf
    with warnings.catch_warnings():
        # With nobody left, the interval is not defined and is missing.
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


def _meant(checklist: pd.DataFrame, duty: str) -> list[bool]:
    """Which duties an id means: the duty with this id, or if none, those with its words in a phrase or topic."""
    own = [name == duty for name in checklist["duty"]]
    if any(own):
        return own
    words = readings(duty.replace("-", " "))[0].strip()
    return [
        words in readings(f"{topic}")[0] or words in parts(phrases)
        for topic, phrases in cells(checklist, "topic", "wordings")
    ]
