"""Update activity that manuals claim: the flags New and Updated, printed dates, announced amendments.

A flag is the publisher's claim about one edition. No flag is not "unchanged": many pages flag nothing at all. What
comparing two editions shows is kept apart, in `procman.measures.editions`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.measures.counting import cells, each_topic, manuals_of, names, sections_of, share, text, topic_titles
from procman.measures.declare import COUNCIL, EDITION, NO_FLAG, OUTSIDE, TOPIC, TOPIC_TITLE, UNTITLED, Measure
from procman.tables import STATUSES, Column

if TYPE_CHECKING:
    import pandas as pd

FLAGS_BY_SECTION = Measure(
    "flags by section",
    "One row per section of each manual, in page order: its chapters by the flag printed beside them.",
    (
        COUNCIL,
        EDITION,
        Column("section_number", "str", "the section's number as printed", "4", optional=True),
        Column(
            "section",
            "str",
            f"the section's title; {UNTITLED!r} without one, {OUTSIDE!r} for what is in none",
            "Looked After Children",
        ),
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
        Column("amendments", "int64", "announced amendments, with chapters that were removed", "14"),
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
#: Where there is nothing to list. Pages often have a chapter "Amendments": what is missing is its text, not its announcements.
NO_AMENDMENTS = "The library holds no amendments page of these councils."
BUSIEST = Measure(
    "busiest topics",
    "One row per topic that a council claims to have changed in a period, those of most councils first.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("councils", "int64", "councils with a dated edition that have the topic", "12"),
        Column("changed", "int64", "councils that claim a change in the period, in any of the three ways", "7"),
        Column("announced", "int64", "councils with an announced amendment of the period", "4"),
        Column("flagged", "int64", "councils that flag it in an edition of the period", "5"),
        Column("dated", "int64", "councils that print a date of the period beside it", "0"),
        Column("share", "float64", "changed out of those that have the topic", "0.58"),
    ),
    "Councils that have the topic in an edition with a date; others are left out, for their flags fall in no known period.",
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
    manual_of, manuals = manuals_of(entries)
    headings: list[list[tuple[int, str | None, str | None]]] = [[] for _ in manuals]
    # By the heading's place and not by its title, which a manual may use twice; 0 is outside any.
    held: dict[tuple[int, int], list[str]] = defaultdict(list)
    columns = (entries[name].tolist() for name in ("kind", "position", "number", "title", "status"))
    for manual, (home, _), kind, position, number, title, status in zip(
        manual_of.tolist(), sections_of(entries), *columns, strict=True
    ):
        if kind == "section":
            headings[manual].append((position, text(number), text(title) or UNTITLED))
        elif kind == "chapter":
            held[manual, home].append(status)
    rows: list[tuple[object, ...]] = []
    for manual, key in enumerate(manuals):
        outside = [(0, None, OUTSIDE)] if (manual, 0) in held else []
        for place, number, title in headings[manual] + outside:
            here = held.get((manual, place), [])
            new, updated = here.count("New"), here.count("Updated")
            rows.append((*key, number, title, len(here), new, updated, len(here) - new - updated))
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
    import pandas as pd

    number, manuals = manuals_of(entries)
    chapters = entries["kind"] == "chapter"
    parts = {"of": chapters, **{status: chapters & (entries["status"] == status) for status in STATUSES}}
    counts = pd.DataFrame(parts).groupby(number.to_numpy()).sum().to_numpy().tolist()
    return FLAGS.frame(
        (*manual, of, new, updated, of - new - updated, share(new + updated, of) if new + updated else None)
        for manual, (of, new, updated) in zip(manuals, counts, strict=True)
    )


def flags_by_topic(topics: pd.DataFrame) -> pd.DataFrame:
    """Count for each topic the councils that flag it (columns of `FLAGS_BY_TOPIC`); empty where no page has flags."""
    import pandas as pd

    spread = each_topic(topics)
    flagging = spread[spread["council"].isin(spread.loc[spread["status"].notna(), "council"])]
    titles = topic_titles(flagging)
    claims = pd.DataFrame({status: flagging["status"] == status for status in STATUSES})
    by_council = claims.groupby([flagging["topic"], flagging["council"]], sort=False).any()
    by_council["Updated"] &= ~by_council["New"]
    counts = by_council.groupby(level="topic", sort=False).sum().assign(of=by_council.groupby(level="topic").size())
    rows = [
        (topic, titles[topic], of, new, updated, share(new + updated, of))
        for topic, new, updated, of in counts.itertuples()
        if new + updated
    ]
    # Among topics that as many flag, those of more councils first: one that a single council has is at once 100 %.
    return FLAGS_BY_TOPIC.frame(sorted(rows, key=lambda row: (-row[3] - row[4], -row[2])))


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
    columns: dict[str, list[Any]] = {column.name: chapters[column.name].tolist() for column in AGES.columns[:-1]}
    then = [_month(printed) for printed in columns["date"]]
    return AGES.frame({**columns, "months": [None if month is None else now - month for month in then]})


def ages_by_council(ages: pd.DataFrame, older_than: int = 36) -> pd.DataFrame:
    """Sum up `ages` for each manual, with the share older than so many months (columns of `AGES_BY_COUNCIL`)."""
    number, manuals = manuals_of(ages)
    months = ages["months"].groupby(number)
    older = (ages["months"] > older_than).fillna(False).groupby(number).sum()
    columns = (months.size(), months.count(), months.median().astype("float64"), older)
    return AGES_BY_COUNCIL.frame(
        (*manual, chapters, dated, chapters - dated, middle, old, share(old, dated), older_than)
        for manual, chapters, dated, middle, old in zip(manuals, *(column.tolist() for column in columns), strict=True)
    )


def amendments_by_edition(amendments: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments by the edition that brought them (columns of `AMENDMENTS_BY_EDITION`).

    Each council's rows in order of time. Takes a library's ``amendments``. Empty where no page announces any.
    """
    import pandas as pd

    once = _once(amendments)
    changes = pd.DataFrame({"all": True} | {change: once["change"] == change for change in STATUSES}, index=once.index)
    counts = changes.groupby([once["council"], once["edition"]], dropna=False, sort=False).agg("sum")
    rows = [
        (text(council), text(edition), *numbers)
        for (council, edition), numbers in zip(counts.index, counts.to_numpy().tolist(), strict=True)
    ]
    order = {council: place for place, council in enumerate(dict.fromkeys(row[0] for row in rows))}
    return AMENDMENTS_BY_EDITION.frame(sorted(rows, key=lambda row: (order[row[0]], row[1] or "")))


def amendments_by_topic(amendments: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments by topic (columns of `AMENDMENTS_BY_TOPIC`); they add up to all announced.

    Takes a library's ``amendments`` and the topics of the same manuals.
    """
    brought = _with_topic(_once(amendments), topics)
    titles = dict(cells(topics, "topic", "topic_title"))
    by_topic: dict[str | None, list[tuple[str, Any, str]]] = defaultdict(list)
    for topic, *announced in cells(
        brought.assign(council=names(brought["council"])), "topic", "council", "edition", "change"
    ):
        by_topic[text(topic)].append(tuple(announced))
    rows: list[tuple[Any, ...]] = []
    for topic, some in by_topic.items():
        councils, editions, kinds = zip(*some, strict=True)
        dated = [edition for edition in editions if isinstance(edition, str)]
        span = (min(dated, default=None), max(dated, default=None))
        number = (len(set(councils)), len(some), *map(kinds.count, STATUSES))
        rows.append((topic, text(titles.get(topic)), *number, *span))
    return AMENDMENTS_BY_TOPIC.frame(sorted(rows, key=lambda row: (row[0] is None, -row[2], -row[3])))


def busiest(topics: pd.DataFrame, amendments: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Rank the topics by the councils that claim to have changed them in a period (columns of `BUSIEST`).

    Parameters
    ----------
    topics
        Chapters with topics, as ``procman.topics`` gives them; any number of editions. Editions without a date are left out.
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
        months = [_month(value) for value in printed.tolist()]
        inside = [month is not None and first <= month <= last for month in months]
        return pd.Series(inside, index=printed.index, dtype=bool)

    # A flag on an undated page falls in no known period: such a council can neither count as changed nor as unchanged.
    mine = each_topic(topics[topics["edition"].notna()])
    brought = _with_topic(_once(amendments), topics).dropna(subset="topic")
    brought = brought.assign(council=names(brought["council"]))
    ways = [
        set(cells(rows, "topic", "council"))
        for rows in (
            brought[within(brought["edition"])],
            mine[mine["status"].notna() & within(mine["edition"])],
            mine[within(mine["date"])],
        )
    ]
    have = set(cells(mine, "topic", "council"))
    ways = [claims & have for claims in ways]
    having, changed, *by_way = (Counter(topic for topic, _ in claims) for claims in (have, set.union(*ways), *ways))
    rows = [
        (
            topic,
            title,
            having[topic],
            changed[topic],
            *(claims[topic] for claims in by_way),
            share(changed[topic], having[topic]),
        )
        for topic, title in topic_titles(mine).items()
        if changed[topic]
    ]
    return BUSIEST.frame(sorted(rows, key=lambda row: (-row[3], -row[2])))


@lru_cache(maxsize=4096)
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
    import pandas as pd

    def places(table: pd.DataFrame, edition: str) -> Iterator[tuple[Any, ...]]:
        filled = table.assign(council=names(table["council"]), edition=table[edition].fillna(""))
        return cells(filled, "council", "edition", "position")

    known = dict(zip(places(topics, "edition"), topics["topic"].tolist(), strict=True))
    tied = places(amendments, "manual_edition")
    return amendments.assign(topic=pd.array([known.get(place) for place in tied], dtype="str"))
