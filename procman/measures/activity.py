"""Update activity that manuals claim: the flags New and Updated, printed dates, announced amendments.

A flag is the publisher's claim about one edition. No flag is not "unchanged": many pages flag nothing at all. What
comparing two editions shows is kept apart, in `procman.measures.editions`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.measures.declare import COUNCIL, EDITION, NO_FLAG, OUTSIDE, TOPIC, TOPIC_TITLE, UNTITLED, Measure
from procman.measures.rows import by_manual, each_topic, names, share, text
from procman.tables import CHANGES, Column

if TYPE_CHECKING:
    import pandas as pd

FLAGS_BY_SECTION = Measure(
    "flags by section",
    "One row per section of each manual, in page order: its chapters by the flag printed beside them.",
    (
        COUNCIL,
        EDITION,
        Column("section_number", "str", "the section's number as printed", "4", optional=True),
        Column("section", "str", f"the section's title; {OUTSIDE!r} where there is none", "Looked After Children"),
        Column("chapters", "int64", "chapters in the section, cross references not counted", "44"),
        Column("new", "int64", "chapters flagged New", "2"),
        Column("updated", "int64", "chapters flagged Updated", "6"),
        Column("unflagged", "int64", "chapters without a flag, which does not mean unchanged", "36"),
    ),
    "Chapters of the section.",
    NO_FLAG,
)
FLAGS = Measure(
    "flags",
    "One row per manual: its chapters by the flag printed beside them.",
    (
        COUNCIL,
        EDITION,
        Column("chapters", "int64", "chapters, cross references not counted", "129"),
        Column("new", "int64", "chapters flagged New", "4"),
        Column("updated", "int64", "chapters flagged Updated", "22"),
        Column("unflagged", "int64", "chapters without a flag", "103"),
        Column(
            "flagged_share",
            "float64",
            "flagged out of all; missing where the page flags nothing, as many never do",
            "0.2",
            optional=True,
        ),
    ),
    "Chapters of the manual.",
    NO_FLAG,
)
FLAGS_BY_TOPIC = Measure(
    "flags by topic",
    "One row per topic that any council flags, those flagged by most first.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("councils", "int64", "councils that have the topic and use flags at all", "9"),
        Column("new", "int64", "councils that flag a chapter on it New", "1"),
        Column("updated", "int64", "councils that flag a chapter on it Updated, and none New", "3"),
        Column("share", "float64", "flagging councils out of those that have it and use flags", "0.44"),
    ),
    "Councils that have the topic and whose page flags anything.",
    NO_FLAG + " Editions of different months are counted together.",
)
AGES = Measure(
    "ages",
    "One row per chapter with the date printed for it and the months since.",
    (
        COUNCIL,
        EDITION,
        Column("position", "int64", "its position", "12"),
        Column("number", "str", "its number as printed", "1.2.3", optional=True),
        Column("title", "str", "its title", "Assessments", optional=True),
        Column("section", "str", "title of its section", "All Children", optional=True),
        Column("date", "str", "the date printed for it", "2025-02-12", optional=True),
        Column(
            "months",
            "Int64",
            "months from then to the given day, by calendar month; below zero for a later date",
            "21",
            optional=True,
        ),
    ),
    "All chapters; those without a printed date have no age.",
    "The printed date is the publisher's last announced update, not the day when the text was last checked.",
)
AGES_BY_COUNCIL = Measure(
    "ages by council",
    "One row per manual: how old its dated chapters are.",
    (
        COUNCIL,
        EDITION,
        Column("chapters", "int64", "chapters", "129"),
        Column("dated", "int64", "chapters with a printed date", "120"),
        Column("undated", "int64", "chapters without", "9"),
        Column("median_months", "float64", "median age of the dated chapters, in months", "26", optional=True),
        Column("older", "int64", "dated chapters older than the chosen age", "40"),
        Column(
            "older_share", "float64", "out of the dated chapters; missing where none is dated", "0.33", optional=True
        ),
        Column("older_than", "int64", "the chosen age in months", "36"),
    ),
    "Chapters with a printed date.",
    "Chapters without a printed date are of unknown age, not new.",
)
AMENDMENTS_BY_EDITION = Measure(
    "amendments by edition",
    "One row per council and edition: the amendments it announced; one that two pages announce is counted once.",
    (
        COUNCIL,
        Column(
            "edition",
            "str",
            "edition that brought the changes; missing where the page does not say",
            "2024-04",
            optional=True,
        ),
        Column("amendments", "int64", "announced amendments", "14"),
        Column("new", "int64", "of them, new chapters", "2"),
        Column("updated", "int64", "of them, updated chapters", "12"),
    ),
    "Announced amendments on the pages in the library.",
    "Claimed by the publisher. No announcement is not 'no change', and pages seldom reach back to the first edition.",
)
AMENDMENTS_BY_TOPIC = Measure(
    "amendments by topic",
    "One row per topic with announced amendments, those of most councils first; last, those tied to no chapter.",
    (
        Column(
            "topic",
            "str",
            "the topic's id; missing for amendments that could be tied to no chapter",
            "private-fostering",
            optional=True,
        ),
        TOPIC_TITLE,
        Column("councils", "int64", "councils that announced an amendment to it", "3"),
        Column("amendments", "int64", "announced amendments", "8"),
        Column("new", "int64", "of them, announced as new", "1"),
        Column("updated", "int64", "of them, announced as updated", "7"),
        Column("first", "str", "earliest edition that brought one", "2019-02", optional=True),
        Column("last", "str", "latest edition that brought one", "2024-04", optional=True),
    ),
    "Announced amendments on the pages in the library.",
    "An amendment is tied to a chapter by its name; without one, or with one that is not on the contents page, it is "
    "counted in the last row.",
)
BUSIEST = Measure(
    "busiest topics",
    "One row per topic that a council claims to have changed in a period, those of most councils first.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("councils", "int64", "councils that have the topic", "12"),
        Column("changed", "int64", "councils that claim a change in the period, in any of the three ways", "7"),
        Column("announced", "int64", "councils with an announced amendment of the period", "4"),
        Column("flagged", "int64", "councils that flag it in an edition of the period", "5"),
        Column("dated", "int64", "councils that print a date of the period beside it", "0"),
        Column("share", "float64", "changed out of those that have the topic", "0.58"),
    ),
    "Councils that have the topic.",
    "Claimed by the publishers. " + NO_FLAG,
)


def flags_by_section(entries: pd.DataFrame) -> pd.DataFrame:
    """Count each section's chapters by flag.

    Parameters
    ----------
    entries
        Entries of one or more manuals (see `procman.tables`).

    Returns
    -------
    DataFrame
        The columns of `FLAGS_BY_SECTION`; ``chapters`` = ``new`` + ``updated`` + ``unflagged`` in each row, and the
        rows of a manual add up to its chapters. A section without chapters keeps its row, with zeros.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick")
    >>> flags_by_section(manual.entries)[["section", "chapters", "new", "updated", "unflagged"]].values.tolist()
    [['All Children', 2, 1, 0, 1]]
    """
    rows: list[tuple[object, ...]] = []
    for key, manual in by_manual(entries):
        headings = manual[manual["kind"] == "section"]
        # By the heading's place and not by its title, which a manual may use twice; -1 is outside any.
        home = manual["position"].where(manual["kind"] == "section").ffill().where(manual["section"].notna()).fillna(-1)
        chapters = manual["kind"] == "chapter"
        places = [(row.position, text(row.number), text(row.title)) for row in headings.itertuples()]
        outside = [(-1, None, OUTSIDE)] if (chapters & (home == -1)).any() else []
        for place, number, title in places + outside:
            status = manual.loc[chapters & (home == place), "status"]
            new, updated = int((status == "New").sum()), int((status == "Updated").sum())
            unflagged = len(status) - new - updated
            rows.append((*key, number, title or UNTITLED, len(status), new, updated, unflagged))
    return FLAGS_BY_SECTION.frame(rows)


def flags(entries: pd.DataFrame) -> pd.DataFrame:
    """Count each manual's chapters by flag (columns of `FLAGS`); ``chapters`` = ``new`` + ``updated`` + ``unflagged``.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick")
    >>> flags(manual.entries)[["chapters", "new", "updated", "unflagged", "flagged_share"]].values.tolist()
    [[2.0, 1.0, 0.0, 1.0, 0.5]]
    """
    rows = []
    for key, manual in by_manual(entries):
        status = manual.loc[manual["kind"] == "chapter", "status"]
        new, updated = int((status == "New").sum()), int((status == "Updated").sum())
        flagged = share(new + updated, len(status)) if new + updated else None
        rows.append((*key, len(status), new, updated, len(status) - new - updated, flagged))
    return FLAGS.frame(rows)


def flags_by_topic(topics: pd.DataFrame) -> pd.DataFrame:
    """Count for each topic the councils that flag it (columns of `FLAGS_BY_TOPIC`); empty where no page has flags."""
    spread = each_topic(topics)
    flagging = spread.loc[spread["status"].notna(), "council"].unique()
    rows = []
    for topic, chapters in spread[spread["council"].isin(flagging)].groupby("topic", sort=False):
        status = chapters.groupby("council")["status"].agg(set)
        new = sum("New" in seen for seen in status)
        updated = sum("Updated" in seen and "New" not in seen for seen in status)
        if new + updated:
            rows.append(
                (
                    topic,
                    text(chapters["topic_title"].iloc[0]),
                    len(status),
                    new,
                    updated,
                    share(new + updated, len(status)),
                )
            )
    return FLAGS_BY_TOPIC.frame(sorted(rows, key=lambda row: (-row[3] - row[4], -row[5])))


def ages(entries: pd.DataFrame, today: date | str) -> pd.DataFrame:
    """Tell each chapter's age in months on a given day (columns of `AGES`).

    Parameters
    ----------
    entries
        Entries of one or more manuals.
    today
        The day to count to, as a date or as ISO text ("2026-11" or "2026-11-21"); never taken from the clock, so
        that the same call gives the same table tomorrow. Months are counted by the calendar: most pages print no day.

    Raises
    ------
    TableError
        ``today`` is no date.

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2], "kind": "chapter", "number": None,
    ...                      "title": ["Consent", "Records"], "section": None, "date": ["2025-02", None]})
    >>> ages(page, "2026-03-01")["months"].tolist()
    [13, <NA>]
    """
    now = _month(today.isoformat() if isinstance(today, date) else today)
    if now is None:
        raise TableError("ages", f"{today!r} is not a date like 2026-11-21")
    chapters = entries[entries["kind"] == "chapter"]
    columns: dict[str, Any] = {column.name: chapters[column.name] for column in AGES.columns[:-1]}
    then = [_month(printed) for printed in chapters["date"]]
    return AGES.frame({**columns, "months": [None if month is None else now - month for month in then]})


def ages_by_council(ages: pd.DataFrame, older_than: int = 36) -> pd.DataFrame:
    """Sum up `ages` for each manual, with the share older than so many months (columns of `AGES_BY_COUNCIL`)."""
    rows = []
    for key, chapters in by_manual(ages):
        months = chapters["months"].dropna()
        older = int((months > older_than).sum())
        middle = float(months.median()) if len(months) else None
        undated = len(chapters) - len(months)
        rows.append((*key, len(chapters), len(months), undated, middle, older, share(older, len(months)), older_than))
    return AGES_BY_COUNCIL.frame(rows)


def amendments_by_edition(amendments: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments by the edition that brought them (columns of `AMENDMENTS_BY_EDITION`).

    Each council's rows in order of time. Takes a library's ``amendments``. Empty where no page announces any.
    """
    rows = []
    for (council, edition), brought in _once(amendments).groupby(["council", "edition"], dropna=False, sort=False):
        kinds = [int((brought["change"] == change).sum()) for change in CHANGES]
        rows.append((text(council), text(edition), len(brought), *kinds))
    order = list(dict.fromkeys(row[0] for row in rows))
    return AMENDMENTS_BY_EDITION.frame(sorted(rows, key=lambda row: (order.index(row[0]), row[1] or "")))


def amendments_by_topic(amendments: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments by topic (columns of `AMENDMENTS_BY_TOPIC`); they add up to all announced.

    Takes a library's ``amendments`` and the topics of the same manuals.
    """
    brought = _with_topic(_once(amendments), topics)
    titles = dict(zip(topics["topic"], topics["topic_title"], strict=True))
    rows = []
    tied = [(topic, some) for topic, some in brought.groupby("topic", sort=False)]
    untied = brought[brought["topic"].isna()]
    for topic, some in tied + ([(None, untied)] if len(untied) else []):
        kinds = [int((some["change"] == change).sum()) for change in CHANGES]
        editions = some["edition"].dropna()
        span = (editions.min(), editions.max()) if len(editions) else (None, None)
        rows.append((topic, text(titles.get(topic)), names(some["council"]).nunique(), len(some), *kinds, *span))
    return AMENDMENTS_BY_TOPIC.frame(sorted(rows, key=lambda row: (row[0] is None, -row[2], -row[3])))


def busiest(topics: pd.DataFrame, amendments: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Rank the topics by the councils that claim to have changed them in a period (columns of `BUSIEST`).

    Parameters
    ----------
    topics
        Chapters with topics, as ``procman.topics`` gives them; any number of editions.
    amendments
        A library's ``amendments``.
    since, until
        First and last month of the period, ISO ("2024-01", "2024-12").

    Raises
    ------
    TableError
        The period is no period.
    """
    first, last = _month(since), _month(until)
    if first is None or last is None or first > last:
        raise TableError("busiest topics", f"{since!r} to {until!r} is not a period like 2024-01 to 2024-12")

    import pandas as pd

    def within(printed: pd.Series) -> pd.Series:
        months = [_month(value) for value in printed]
        return pd.Series(
            [month is not None and first <= month <= last for month in months], index=printed.index, dtype=bool
        )

    mine = each_topic(topics)
    brought = _with_topic(_once(amendments), topics)
    brought = brought.assign(council=names(brought["council"]))
    claims = {
        "announced": brought[within(brought["edition"])],
        "flagged": mine[mine["status"].notna() & within(mine["edition"])],
        "dated": mine[within(mine["date"])],
    }
    sets = {
        way: rows.dropna(subset="topic").groupby("topic")["council"].agg(set).to_dict() for way, rows in claims.items()
    }
    having = mine.groupby("topic")["council"].nunique()
    titles = mine.drop_duplicates("topic").set_index("topic")["topic_title"]
    rows = []
    for topic in titles.index:
        ways = [sets[way].get(topic, set()) for way in ("announced", "flagged", "dated")]
        if changed := len(set().union(*ways)):
            rows.append(
                (topic, text(titles[topic]), having[topic], changed, *map(len, ways), share(changed, having[topic]))
            )
    return BUSIEST.frame(sorted(rows, key=lambda row: (-row[3], -row[7])))


def _month(printed: Any) -> int | None:
    """The number of a printed month, counted from year 0; None where it tells no month."""
    match = re.match(r"(\d{4})-(0[1-9]|1[0-2])\b", printed) if isinstance(printed, str) else None
    return int(match[1]) * 12 + int(match[2]) - 1 if match else None


def _once(amendments: pd.DataFrame) -> pd.DataFrame:
    """Each announcement once: later editions of a manual repeat the older announcements."""
    newest_first = amendments.sort_values("manual_edition", ascending=False, kind="stable", na_position="last")
    tied_first = newest_first.sort_values("position", kind="stable", key=lambda position: position.isna())
    kept = tied_first.drop_duplicates(["council", "edition", "change", "chapter", "details"])
    return kept.sort_index()


def _with_topic(amendments: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """The amendments with the topic of the chapter each is tied to."""
    key = [names(topics["council"]), topics["edition"].fillna(""), topics["position"]]
    known = dict(zip(zip(*key, strict=True), topics["topic"], strict=True))
    tied = zip(
        names(amendments["council"]),
        amendments["manual_edition"].fillna(""),
        amendments["position"].fillna(-1),
        strict=True,
    )
    import pandas as pd

    return amendments.assign(topic=pd.array([known.get(place) for place in tied], dtype="str"))
