"""Time: what changed in each edition of each manual, what its flags claim, and which chapters are due for review.

`steps` compares each edition with the one before. `timeline`, `claimed` and `by_chapter` count its result. Undated editions are left
out.

>>> import io
>>> import pandas as pd
>>> from procman import read_manual
>>> old, new = ("1. All\\n\\n1.1 Consent\\n1.2 Complaints\\n", "1. All\\n\\n1.1 Consent\\n1.2 Records New\\n")
>>> entries = pd.concat([
...     read_manual(io.StringIO(page), "Northwick", edition=edition).entries
...     for page, edition in ((old, "2024-01"), (new, "2024-06"))])
>>> timeline(entries, steps(entries))[["edition", "chapters", "added", "removed", "new"]].fillna(-1).values.tolist()
[['2024-01', 2, -1, -1, 0], ['2024-06', 2, 1, 1, 1]]
>>> flagged(entries)[["edition", "title", "status"]].values.tolist()
[['2024-06', 'Records', 'New']]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.measures import activity, editions
from procman.measures.counting import names, sections_of
from procman.reading.dates import is_iso_date, iso_date
from procman.reading.patterns import ANY_DATE
from procman.tables import FIELDS, NO_FLAG, STATUSES, Field, Measure, columns, need

if TYPE_CHECKING:
    import pandas as pd

#: Shown if a table is empty.
ONE_EDITION = "Only one dated edition of each council is here: `python -m procman history COUNCIL` reads earlier ones from a web archive."
NO_FLAGS = "None of these pages marks chapters as new or updated. A page that does would fill this."
NO_REVIEWS = "None of these pages prints when a chapter is reviewed next. A page that does would fill this."

SEEN = "Seen on the contents page only: a chapter's text can change under an unchanged title."

_BEFORE = replace(FIELDS["edition"], name="old_edition", meaning="edition before it, ISO to the month")
_AFTER = replace(FIELDS["edition"], name="new_edition", meaning="edition with the change, ISO to the month")
_CHANGES = {change: change.replace(" ", "_") for change in editions.CHANGES}
BROUGHT = ("added", "removed", "renamed", "moved")
FLAGGED = Measure(
    "flagged chapters",
    "One row per chapter that a page marks as new or updated, in page order.",
    columns(
        *("council?", "edition?", "position", "number?", "title?", "section?", "subsection?", "status", "date?"),
        position="its position",
    ),
    "Chapters with a flag.",
    NO_FLAG,
)
STEPS = Measure(
    "changes over editions",
    "One row per chapter or heading and kind of change between one dated edition of a manual and the next.",
    columns("council?", _BEFORE, _AFTER, *editions.CHANGED.columns),
    editions.CHANGED.denominator,
    editions.CHANGED.caveat,
)
BY_CHAPTER = Measure(
    "changed chapters",
    "One row per chapter that changed from one edition to the next, with a mark for each kind of change.",
    columns(
        *("council?", _BEFORE, _AFTER),
        "what",
        *(Field(name, "bool", f"whether this was seen: {change}", "True") for change, name in _CHANGES.items()),
        *(f"{edition}_{name}?" for edition in ("old", "new") for name in editions.CELLS if name != "position"),
    ),
    "Chapters of both editions.",
    SEEN,
)
TIMELINE = Measure(
    "timeline",
    "One row per dated edition of each manual, oldest first: its chapters, changes and flags.",
    columns(
        *("council?", "edition", "before?", "chapters", *(f"{change}?" for change in BROUGHT), "new", "updated"),
        chapters="chapters on the page",
    ),
    "Chapters of the edition. Removed chapters are from the edition before.",
    f"{SEEN} {NO_FLAG}",
)
CLAIMED = Measure(
    "claimed and observed over editions",
    "The chapters of each dated edition except the oldest, by flag and by what comparing it with the edition before shows.",
    columns("council?", "edition", *editions.CLAIMS.columns),
    "Chapters of that edition with that flag. A chapter in several editions counts once in each.",
    editions.CLAIMS.caveat,
)
REVIEWS = Measure(
    "next reviews",
    "One row per chapter with a printed date of its next review, the longest overdue first.",
    columns(
        *("council?", "edition?", "position", "number?", "title?", "section?", "review", "months_past", "past"),
    ),
    "Chapters with a printed date of their next review.",
    "The chapter may have been reviewed without a change to the contents page.",
)
REVIEWS_BY_COUNCIL = Measure(
    "next reviews by council",
    "One row per manual that prints dates of next reviews: how many chapters are past that date.",
    columns(
        *("council?", "edition?", "chapters", "overdue", "share?", "longest"),
        chapters="chapters with a printed date of their next review",
        share="share of those with a date that are overdue",
    ),
    "Chapters with a printed date of their next review.",
    "Without a date, it is not known whether a chapter is up to date.",
)
BY_YEAR = Measure(
    "amendments by year",
    "One row per council and calendar year, from its first announced amendment to its last.",
    columns(
        *("council?", "year"),
        replace(FIELDS["editions"], dtype="int64", meaning="editions of that year that announce any", example="2"),
        *("amendments", "new", "updated"),
        new="of them, new chapters",
        updated="of them, updated chapters",
    ),
    "Announced amendments with a date. Each counts once.",
    activity.AMENDMENTS_BY_EDITION.caveat,
)


def flagged(entries: pd.DataFrame) -> pd.DataFrame:
    """List each chapter that a page marks as new or updated (columns of `FLAGGED`).

    Takes the entries of one or more manuals. Empty if no page has flags (see `NO_FLAGS`).
    """
    need(entries, "entries", "kind", "status", *(column.name for column in FLAGGED.columns))
    chapters = entries[(entries["kind"] == "chapter") & entries["status"].notna()]
    return _listed(FLAGGED, chapters.assign(section=_sections(chapters, entries)))


def steps(entries: pd.DataFrame) -> pd.DataFrame:
    """Compare each dated edition of each manual with the one before (columns of `STEPS`).

    Takes the entries of any number of editions. Empty if no council has two dated editions (see `ONE_EDITION`).
    """
    found = [
        editions.changes(before, after).assign(council=council, old_edition=old, new_edition=new)
        for council, old, before, new, after in _pairs(entries)
    ]
    fields = [field.name for field in STEPS.columns]
    return STEPS.frame({name: [value for table in found for value in table[name].tolist()] for name in fields})


def by_chapter(steps: pd.DataFrame, renumbered: bool = False) -> pd.DataFrame:
    """Put all changes of a chapter in one row (columns of `BY_CHAPTER`).

    Parameters
    ----------
    steps
        The result of `steps`, or of `procman.changes` with the columns ``council``, ``old_edition`` and ``new_edition`` added.
    renumbered
        Also keep chapters of which only the number changed. One chapter added at the top renumbers all below it.

    Examples
    --------
    >>> import io
    >>> import pandas as pd
    >>> from procman import read_manual
    >>> old, new = ("1. All\\n\\n1.1 Consent\\n1.2 Complaints\\n", "1. All\\n\\n1.1 Consent\\n1.2 Records New\\n")
    >>> entries = pd.concat([
    ...     read_manual(io.StringIO(page), "Northwick", edition=edition).entries
    ...     for page, edition in ((old, "2024-01"), (new, "2024-06"))])
    >>> by_chapter(steps(entries))[["old_title", "new_title", "added", "removed"]].fillna("-").values.tolist()
    [['-', 'Records', True, False], ['Complaints', '-', False, True]]
    >>> table = claimed(entries, steps(entries))
    >>> table.loc[table["chapters"] > 0, ["claimed", "observed", "chapters"]].values.tolist()
    [['New', 'added', 1], ['no flag', 'same title and place', 1]]
    """
    need(steps, "steps", *(column.name for column in STEPS.columns))
    shown = steps[(steps["kind"] == "chapter") & (renumbered | (steps["change"] != "renumbered"))]
    key = ["council", "old_edition", "new_edition", "old_position", "new_position"]
    rows = shown.drop_duplicates(key).set_index(key)
    what = shown.groupby(key, sort=False, dropna=False)["change"].agg(list).reindex(rows.index)
    marks = {name: [change in some for some in what] for change, name in _CHANGES.items()}
    return _listed(BY_CHAPTER, rows.reset_index().assign(what=[", ".join(some) for some in what], **marks))


def timeline(entries: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Count the chapters, changes and flags of each dated edition (columns of `TIMELINE`).

    Takes the entries of any number of editions, and the result of `steps`. ``chapters`` = the chapters of the edition before + ``added``
    - ``removed``.
    """
    import pandas as pd

    dated = _dated(entries)
    chapters = dated[dated["kind"] == "chapter"]
    flags = {status.lower(): chapters["status"] == status for status in STATUSES}
    by = [chapters["council"], chapters["edition"]]
    table = pd.DataFrame({"chapters": True, **flags}).groupby(by).sum().astype("int64")
    table = table.reindex(pd.MultiIndex.from_frame(_all_editions(dated)), fill_value=0)
    of_chapters = steps[steps["kind"] == "chapter"]
    counts = pd.crosstab([of_chapters["council"], of_chapters["new_edition"]], of_chapters["change"])
    brought = [*BROUGHT]
    counts = counts.reindex(index=table.index, columns=brought, fill_value=0).astype("Int64")
    table = table.join(counts).reset_index()
    table["before"] = table.groupby("council")["edition"].shift()
    table.loc[table["before"].isna(), brought] = pd.NA
    return _listed(TIMELINE, table)


def claimed(entries: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Compare the flags of each dated edition, except the oldest, with what actually changed (columns of `CLAIMED`)."""
    import pandas as pd

    found = []
    for council, _, _, new, after in _pairs(entries):
        mine = steps[(steps["council"] == council) & (steps["new_edition"] == new)]
        found.append(editions.claims(after, mine).assign(council=council, edition=new))
    return _listed(CLAIMED, pd.concat(found)) if found else CLAIMED.frame([])


def reviews(entries: pd.DataFrame, today: date | str) -> pd.DataFrame:
    """List the chapters with a printed date of their next review, and how long ago that was (columns of `REVIEWS`).

    Parameters
    ----------
    entries
        Entries of one or more manuals.
    today
        The day to count to, as a date or ISO text. You must give it. If a page prints only a month, the review is past once the month is
        over.

    Raises
    ------
    TableError
        ``today`` is not a date.

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2], "kind": "chapter", "number": None, "parent": 0,
    ...                      "title": ["Consent", "Records"], "section": None, "note": ["Next review: June 2025", "to follow"]})
    >>> reviews(page, "2025-08-01")[["title", "review", "months_past", "past"]].values.tolist()
    [['Consent', '2025-06', 2, True]]
    """
    now = today.isoformat() if isinstance(today, date) else today
    if not is_iso_date(now):
        raise TableError("next reviews", f"{today!r} is not a date like 2026-11-21")
    chapters = entries[entries["kind"] == "chapter"]
    review = chapters["note"].map(_review, na_action="ignore").astype("str")
    chapters = chapters.assign(review=review)[review.notna() & (review != "")]
    due = chapters["review"]
    # A month or year is past once it is over. ISO text cut to the same length compares by time.
    past = [printed < now[: len(printed)] for printed in due]
    months = [_months(now) - _months(printed if len(printed) > 4 else f"{printed}-12") for printed in due]
    table = chapters.assign(section=_sections(chapters, entries), months_past=months, past=past)
    return _listed(REVIEWS, table.sort_values("review", kind="stable"))


def reviews_by_council(reviews: pd.DataFrame) -> pd.DataFrame:
    """Summarise `reviews` for each manual (columns of `REVIEWS_BY_COUNCIL`).

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2], "kind": "chapter", "number": None, "parent": 0,
    ...                      "title": ["Consent", "Records"], "section": None, "note": ["Next review: June 2025", "to follow"]})
    >>> reviews_by_council(reviews(page, "2025-08-01"))[["overdue", "chapters", "longest"]].values.tolist()
    [[1, 1, 2]]
    """
    by = reviews.groupby(["council", "edition"], dropna=False, sort=False)
    table = by.agg(chapters=("past", "size"), overdue=("past", "sum"), longest=("months_past", "max")).reset_index()
    return _listed(REVIEWS_BY_COUNCIL, table.assign(share=table["overdue"] / table["chapters"]))


def amendments_by_year(amendments: pd.DataFrame) -> pd.DataFrame:
    """Count the announced amendments of each council by calendar year, including years without any (columns of `BY_YEAR`).

    Takes a library's ``amendments``. Amendments without a date are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> announced = pd.DataFrame({"council": "A", "edition": ["2024-01", "2024-06"], "change": ["New", "Updated"],
    ...     "chapter": ["Consent", "Visits"], "details": "", "position": None, "manual_edition": "2024-06", "split": "page"})
    >>> amendments_by_year(announced)[["council", "year", "amendments"]].values.tolist()
    [['A', 2024, 2]]
    """
    table = activity.amendments_by_edition(amendments).dropna(subset="edition")
    table = table.assign(council=names(table["council"]), year=table["edition"].str[:4].astype("int64"))
    sums = table.groupby(["council", "year"])[["amendments", "new", "updated"]].sum()
    sums["editions"] = table.groupby(["council", "year"])["edition"].nunique()
    every = [
        (council, year)
        for council, years in table.groupby("council", sort=False)["year"]
        for year in range(years.min(), years.max() + 1)
    ]
    return _listed(BY_YEAR, sums.reindex(every, fill_value=0).rename_axis(["council", "year"]).reset_index())


# --- parts -------------------------------------------------------------------------------------------------------


def _listed(table: Measure, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the table's columns."""
    return table.frame({column.name: rows[column.name].tolist() for column in table.columns})


def _sections(chapters: pd.DataFrame, entries: pd.DataFrame) -> list[str]:
    return [section for _, section in sections_of(chapters, entries)]


def _dated(entries: pd.DataFrame) -> pd.DataFrame:
    """The entries of dated editions. Missing council names are filled."""
    need(entries, "entries", "council", "edition", "kind", "status")
    return entries[entries["edition"].notna()].assign(council=lambda rows: names(rows["council"]))


def _all_editions(dated: pd.DataFrame) -> pd.DataFrame:
    """Each council's editions, oldest first."""
    return dated[["council", "edition"]].drop_duplicates().sort_values(["council", "edition"])


def _pairs(entries: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame, str, pd.DataFrame]]:
    """Each edition of a council with the one before it: council, older edition, its entries, newer edition, its entries."""
    for council, mine in _dated(entries).groupby("council"):
        parts = [(str(edition), rows) for edition, rows in mine.groupby("edition")]
        for (old, before), (new, after) in pairwise(parts):
            yield str(council), old, before, new, after


#: "Next review: June 2025", "Review date 01/02/2025", "review due on 2025", but not the date of the last review.
_NEXT = re.compile(r"(?:next review|review (?:date|due))", re.I)


def _review(note: Any) -> str:
    """The date of the next review in a note, ISO, or empty text.

    >>> _review("Review date: 01/02/2025"), _review("Last reviewed March 2024"), _review("next review 2026")
    ('2025-02-01', '', '2026')
    """
    if not isinstance(note, str) or not _NEXT.search(note):
        return ""
    if printed := ANY_DATE.search(note):
        return iso_date(printed[0])
    year = re.search(r"\b(?:19|20)\d\d\b", note)
    return year[0] if year else ""


def _months(printed: str) -> int:
    """The number of a month, counted from year 0."""
    year, month = printed.split("-")[:2]
    return int(year) * 12 + int(month) - 1
