"""Updates that manuals announce: the flags New and Updated, printed dates, and announced amendments.

A flag is what the publisher says about one edition. A chapter with no flag may still have changed, and many pages have no flags.
`procman.measures.editions` compares two editions instead.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.measures.counting import MANUAL, each_topic, names, numbered, placed
from procman.tables import NO_FLAG, OUTSIDE, UNTITLED, Measure, columns

if TYPE_CHECKING:
    import pandas as pd

FLAGS_BY_SECTION = Measure(
    "flags by section",
    "One row per section of each manual, in page order: its chapters by flag.",
    columns(
        *("council?", "edition?", "section_number?", "section", "chapters", "new", "updated", "unflagged"),
        section_number="the section's number as printed",
        section=f"the section's title; {UNTITLED!r} without one, {OUTSIDE!r} for chapters in none",
    ),
    "Chapters of the section.",
    NO_FLAG,
)
FLAGS = Measure(
    "flags",
    "One row per manual: its chapters by flag.",
    columns("council?", "edition?", "chapters", "new", "updated", "unflagged", "flagged_share?"),
    "Chapters of the manual.",
    NO_FLAG,
)
FLAGS_BY_TOPIC = Measure(
    "flags by topic",
    "One row per topic that any council flags, starting with the topics that most councils flag.",
    columns(
        *("topic", "topic_title?", "councils", "new", "updated", "share"),
        councils="councils that have the topic and use flags",
        new="councils that flag a chapter on it New",
        updated="councils that flag a chapter on it Updated, but none New",
        share="councils that flag it, out of those that have it and use flags",
    ),
    "Councils that have the topic and use flags.",
    NO_FLAG + " Editions of different months are counted together.",
)
AGES = Measure(
    "ages",
    "One row per chapter: its printed date and the months since.",
    columns("council?", "edition?", "position", "number?", "title?", "section?", "date?", "months?"),
    "All chapters; those without a printed date have no age.",
    "The printed date is the publisher's last announced update, not the day when the text was last checked.",
)
AGES_BY_COUNCIL = Measure(
    "ages by council",
    "One row per manual: how old its dated chapters are.",
    columns(
        *(
            "council?",
            "edition?",
            "chapters",
            "dated",
            "undated",
            "median_months?",
            "older",
            "older_share?",
            "older_than",
        ),
    ),
    "Chapters with a printed date.",
    "The age of a chapter without a printed date is not known.",
)
AMENDMENTS_BY_EDITION = Measure(
    "amendments by edition",
    "One row per council and edition: the amendments it announced. An amendment that two pages announce counts once.",
    columns(
        *("council?", "edition?", "amendments", "new", "updated"),
        edition="edition with the changes; missing if the page does not say",
        amendments="announced amendments, including removed chapters",
        new="of them, new chapters",
        updated="of them, updated chapters",
    ),
    "Announced amendments on the pages in the library.",
    "As the publisher announces them. What is not announced may still have changed, and pages seldom reach back to the first "
    "edition.",
)
#: Shown if there is nothing to list. The contents page may have a chapter "Amendments": the library lacks the page it links to.
NO_AMENDMENTS = "The library holds no amendments page of these councils. `python -m procman add COUNCIL` fetches it with the contents page."
BUSIEST = Measure(
    "busiest topics",
    "One row per topic that a council says it changed in a period, starting with the topics that most councils changed.",
    columns(
        *("topic", "topic_title?", "councils", "changed", "announced", "flagged", "dated", "share"),
        councils="councils with a dated edition that have the topic",
        dated="councils that print a date in the period beside it",
        share="councils that changed it, out of those that have it",
    ),
    "Councils that have the topic in a dated edition. Undated editions are left out, because the period of their flags is not known.",
    "As the publishers say. " + NO_FLAG,
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
        The columns of `FLAGS_BY_SECTION`. In each row ``chapters`` = ``new`` + ``updated`` + ``unflagged``. The rows of a manual add up
        to its chapters. A section without chapters has a row of zeros.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick")
    >>> flags_by_section(manual.entries)[["section", "chapters", "new", "updated", "unflagged"]].values.tolist()
    [['All Children', 2, 1, 0, 1]]
    """
    import pandas as pd

    rows = placed(numbered(entries))
    chapters = rows[rows["kind"] == "chapter"]
    # Group by the heading's position, because a manual can use a title twice. 0 is outside any section.
    counts = (
        _flagged(chapters)
        .groupby(["manual", "home"])
        .agg(chapters=("kind", "size"), new=("new", "sum"), updated=("updated", "sum"), unflagged=("unflagged", "sum"))
    )
    headings = rows[rows["kind"] == "section"]
    headings = headings.assign(section_number=headings["number"], section=headings["title"].fillna(UNTITLED))
    outside = chapters[chapters["home"] == 0].drop_duplicates("manual").assign(section_number=None, section=OUTSIDE)
    table = pd.concat([headings, outside]).sort_values("manual", kind="stable").join(counts, on=["manual", "home"])
    return FLAGS_BY_SECTION.frame(table.fillna(dict.fromkeys(counts.columns, 0)))


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
    chapter = entries["kind"] == "chapter"
    rows = _flagged(entries).assign(chapters=chapter)
    rows = rows.assign(**rows[["new", "updated", "unflagged"]].mul(chapter, axis=0))  # ignore flags on headings
    table = (
        rows.groupby(MANUAL, dropna=False, sort=False)[["chapters", "new", "updated", "unflagged"]].sum().reset_index()
    )
    flagged = table["new"] + table["updated"]
    return FLAGS.frame(table.assign(flagged_share=(flagged / table["chapters"]).where(flagged > 0)))


def flags_by_topic(chapters: pd.DataFrame) -> pd.DataFrame:
    """Count the councils that flag each topic (columns of `FLAGS_BY_TOPIC`). Empty if no page has flags.

    Examples
    --------
    >>> import pandas as pd
    >>> chapters = pd.DataFrame({"council": ["A", "B"], "status": ["New", None], "topic": "consent", "topic_title": "Consent"})
    >>> flags_by_topic(chapters)[["topic_title", "councils", "new", "updated"]].values.tolist()
    [['Consent', 1, 1, 0]]
    """
    rows = each_topic(chapters)
    flagging = rows[rows["status"].notna().groupby(rows["council"]).transform("any")]
    councils = (
        _flagged(flagging)
        .groupby(["topic", "council"], sort=False)
        .agg(topic_title=("topic_title", "first"), new=("new", "any"), updated=("updated", "any"))
    )
    councils["updated"] &= ~councils["new"]
    table = councils.groupby("topic", sort=False).agg(
        topic_title=("topic_title", "first"), councils=("new", "size"), new=("new", "sum"), updated=("updated", "sum")
    )
    table = table.reset_index().assign(flagged=table["new"].to_numpy() + table["updated"].to_numpy())
    table["share"] = table["flagged"] / table["councils"]
    # If equally many councils flag two topics, the one that more councils have comes first: a topic of one council is 100 % at once.
    table = table.sort_values(["flagged", "councils"], ascending=False, kind="stable")
    return FLAGS_BY_TOPIC.frame(table[table["flagged"] > 0])


def ages(entries: pd.DataFrame, today: date | str) -> pd.DataFrame:
    """Find each chapter's age in months on a given day (columns of `AGES`).

    Parameters
    ----------
    entries
        Entries of one or more manuals.
    today
        The day to count to, as a date or ISO text ("2026-11" or "2026-11-21"). You must give it, so that the same call always gives the
        same table. Counts calendar months, because most pages print no day.

    Raises
    ------
    TableError
        ``today`` is not a date.

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2], "kind": "chapter", "number": None,
    ...                      "title": ["Consent", "Records"], "section": None, "date": ["2025-02", None]})
    >>> ages(page, "2026-03-01")["months"].tolist()
    [13, <NA>]
    """
    import pandas as pd

    day = today.isoformat() if isinstance(today, date) else today
    now = _months(pd.Series([day])).iloc[0]
    if pd.isna(now):
        raise TableError("ages", f"{today!r} is not a date like 2026-11-21")
    chapters = entries[entries["kind"] == "chapter"]
    return AGES.frame(chapters.assign(months=now - _months(chapters["date"])))


def ages_by_council(ages: pd.DataFrame, older_than: int = 36) -> pd.DataFrame:
    """Summarise `ages` for each manual, with the share older than a number of months (columns of `AGES_BY_COUNCIL`).

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2], "kind": "chapter", "number": None,
    ...                      "title": ["Consent", "Records"], "section": None, "date": ["2020-02", None]})
    >>> ages_by_council(ages(page, "2026-03-01"))[["dated", "undated", "older", "older_share"]].values.tolist()
    [[1.0, 1.0, 1.0, 1.0]]
    """
    older = (ages["months"] > older_than).fillna(False).astype(bool)
    table = (
        ages.assign(older=older)
        .groupby(MANUAL, dropna=False, sort=False)
        .agg(
            chapters=("months", "size"),
            dated=("months", "count"),
            median_months=("months", "median"),
            older=("older", "sum"),
        )
    )
    table = table.reset_index().astype({"median_months": "float64"})
    table["undated"] = table["chapters"] - table["dated"]
    table["older_share"] = table["older"] / table["dated"]
    return AGES_BY_COUNCIL.frame(table.assign(older_than=older_than))


def amendments_by_edition(amendments: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments by edition (columns of `AMENDMENTS_BY_EDITION`), each council's editions in order of time.

    Takes a library's ``amendments``. Empty if no page announces any.

    Examples
    --------
    >>> import pandas as pd
    >>> announced = pd.DataFrame({"council": "A", "edition": ["2024-01", "2024-01", "2024-06"], "change": ["New", "Updated", "Updated"],
    ...     "chapter": ["Consent", "Records", "Visits"], "details": "", "position": None, "manual_edition": "2024-06", "split": "page"})
    >>> amendments_by_edition(announced)[["edition", "amendments", "new", "updated"]].values.tolist()
    [['2024-01', 2, 1, 1], ['2024-06', 1, 0, 1]]
    """
    once = _once(amendments)
    once = once.assign(new=once["change"] == "New", updated=once["change"] == "Updated")
    table = once.groupby(["council", "edition"], dropna=False, sort=False).agg(
        amendments=("change", "size"), new=("new", "sum"), updated=("updated", "sum")
    )
    table = table.reset_index()
    table["place"] = table.groupby("council", dropna=False, sort=False).ngroup()
    return AMENDMENTS_BY_EDITION.frame(table.sort_values(["place", "edition"], na_position="first", kind="stable"))


def busiest(chapters: pd.DataFrame, amendments: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Rank topics by the number of councils that say they changed them in a period (columns of `BUSIEST`).

    Parameters
    ----------
    chapters
        Chapters with topics from ``procman.topics``, of any number of editions. Undated editions are left out.
    amendments
        A library's ``amendments``.
    since, until
        First and last month of the period, ISO ("2024-01", "2024-12").

    Raises
    ------
    TableError
        ``since`` and ``until`` are not two months in order.

    Examples
    --------
    >>> import pandas as pd
    >>> chapters = pd.DataFrame({"council": ["A", "B"], "edition": ["2024-02", "2024-03"], "position": 1, "status": ["Updated", None],
    ...                          "date": None, "topic": "consent", "topic_title": "Consent", "also_topic": None})
    >>> none = pd.DataFrame(columns=["council", "edition", "change", "chapter", "details", "position", "manual_edition", "split"])
    >>> busiest(chapters, none, "2024-01", "2024-12")[["topic_title", "councils", "changed"]].values.tolist()
    [['Consent', 2, 1]]
    """
    import pandas as pd

    first, last = _months(pd.Series([since, until], dtype="str"))
    if pd.isna(first) or pd.isna(last) or first > last:
        raise TableError("busiest topics", f"{since!r} to {until!r} is not a period like 2024-01 to 2024-12")

    def within(printed: pd.Series) -> pd.Series:
        return _months(printed).between(first, last).fillna(False).astype(bool)

    # The period of a flag on an undated page is not known, so its council counts neither as changed nor as unchanged.
    rows = each_topic(chapters.dropna(subset="edition"))
    councils = rows.assign(
        flagged=rows["status"].notna() & within(rows["edition"]), dated=within(rows["date"])
    ).groupby(["topic", "council"], sort=False)
    councils = councils.agg(topic_title=("topic_title", "first"), flagged=("flagged", "any"), dated=("dated", "any"))
    brought = _with_topic(_once(amendments), chapters)
    brought = brought.loc[within(brought["edition"]), ["topic", "council"]].drop_duplicates()
    councils = councils.reset_index().merge(brought, how="left", indicator="announced")
    councils["announced"] = councils["announced"] == "both"
    councils["changed"] = councils[["announced", "flagged", "dated"]].any(axis=1)
    counts = {way: (way, "sum") for way in ("changed", "announced", "flagged", "dated")}
    table = councils.groupby("topic", sort=False).agg(
        topic_title=("topic_title", "first"), councils=("council", "size"), **counts
    )
    table = table.reset_index().assign(share=(table["changed"] / table["councils"]).to_numpy())
    table = table.sort_values(["changed", "councils"], ascending=False, kind="stable")
    return BUSIEST.frame(table[table["changed"] > 0])


def _flagged(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a column for each flag, and one for no flag."""
    status = rows["status"]
    return rows.assign(new=status == "New", updated=status == "Updated", unflagged=status.isna())


def _months(printed: pd.Series) -> pd.Series:
    """Printed months as numbers, counted from year 0. Missing if a cell has no month.

    >>> import pandas as pd
    >>> _months(pd.Series(["2025-02-12", "2025", None])).tolist()
    [24301, <NA>, <NA>]
    """
    parts = printed.astype("str").str.extract(r"^(\d{4})-(0[1-9]|1[0-2])\b").astype("float64").astype("Int64")
    return parts[0] * 12 + parts[1] - 1


def _once(amendments: pd.DataFrame) -> pd.DataFrame:
    """Each announcement once, because later editions of a manual repeat older announcements.

    Keeps the newest announcement that is tied to a chapter, or if none is, the newest.
    """
    ranked = amendments.assign(tied=amendments["position"].notna())
    ranked = ranked.sort_values(["tied", "manual_edition"], ascending=False, kind="stable")
    return ranked.drop_duplicates(["council", "edition", "change", "chapter", "details"]).sort_index()


def _with_topic(amendments: pd.DataFrame, chapters: pd.DataFrame) -> pd.DataFrame:
    """The amendments tied to a chapter, with the chapter's topic."""
    place = ["council", "manual_edition", "position"]
    known = chapters.rename(columns={"edition": "manual_edition"}).assign(council=names(chapters["council"]))
    known = known[[*place, "topic"]].drop_duplicates(place, keep="last")
    return amendments.assign(council=names(amendments["council"])).merge(known, on=place)
