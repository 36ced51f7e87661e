"""Coverage: which councils' contents pages have each topic, which topics are shared, and which are missing from one council's page.

Every function takes chapters with topics from `procman.topics`, one edition per council (see `procman.measures.editions.newest`).
Functions with the parameter ``on`` count only the chapters on those topics.

A chapter that joins several procedures counts for each of its topics, and as shared if any of them is shared. Totals over topics
(`reach`, `intersections`) count it once, for the topic that most councils have. A chapter marked "to follow" counts like any other.
Only the duties treat it differently, because they ask whether there is a text.

>>> import pandas as pd
>>> chapters = pd.DataFrame({
...     "council": ["A", "A", "B"], "number": ["1.1", "1.2", "2.1"], "section": ["All"] * 3,
...     "topic": ["consent", "records", "consent"], "topic_title": ["Consent", "Records", "Consent"]})
>>> presence(chapters)[["topic_title", "council", "chapters"]].values.tolist()
[['Consent', 'A', 1], ['Consent', 'B', 1], ['Records', 'A', 1], ['Records', 'B', 0]]
>>> by_topic(chapters)[["topic_title", "councils", "of", "reach"]].values.tolist()
[['Consent', 2, 2, 'all'], ['Records', 1, 2, 'one']]
>>> reach(chapters)[["reach", "topics", "chapters"]].values.tolist()
[['all', 1, 2], ['some', 0, 0], ['one', 1, 1]]
>>> by_section(chapters)[["council", "section", "in_all", "only_here"]].values.tolist()
[['A', 'All', 1, 1], ['B', 'All', 1, 0]]
>>> shares(chapters)[["council", "other", "share"]].values.tolist()
[['A', 'B', 0.5], ['B', 'A', 1.0]]
>>> gaps(chapters, "B")[["topic_title", "councils", "of"]].values.tolist()
[['Records', 1, 1]]
>>> intersections(chapters)[["councils", "topics"]].values.tolist()
[['A; B', 1], ['A', 1]]
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.matching.search import asked_for
from procman.measures.counting import BANDS, BETWEEN, band, each_topic, joined, names, placed
from procman.measures.editions import newest
from procman.tables import NOT_THERE, OUTSIDE, UNTITLED, Field, Measure, columns, need
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

ALL, SOME, ONE = "all", "some", "one"

PRESENCE = Measure(
    "coverage",
    "One row per topic and council: the number of the council's chapters on the topic.",
    columns(
        *("topic", "topic_title?", "council", "chapters", "numbers?"),
        Field("sections", "str", "titles of their sections", "Looked After Children", optional=True),
        chapters="the council's chapters on the topic; 0 if its contents page has none",
    ),
    "Every topic of every council compared.",
    NOT_THERE,
)
BY_TOPIC = Measure(
    "topics",
    "One row per topic, starting with the topics that most councils have.",
    columns(
        *("topic", "topic_title?", "councils", "of", "share", "reach", "chapters", "which"),
        share="councils with it, out of those compared",
        chapters="chapters on it in all councils",
    ),
    "Councils compared.",
    NOT_THERE,
)
REACH = Measure(
    "reach",
    "The number of topics and chapters that all, some or only one of the councils have. The three rows add up to everything.",
    columns(
        *("reach", "topics", "share?", "chapters", "of"),
        topics="topics with this reach",
        share="share of all topics",
        chapters="chapters on these topics in all councils",
    ),
    "All topics of the councils compared.",
    "With only one council, all topics are 'one'. " + NOT_THERE,
)
BY_SECTION = Measure(
    "coverage by section",
    "One row per section of each manual, in page order: its chapters by the number of councils that have their topic.",
    columns(
        *("council", "section", "chapters", "in_all", "in_some", "only_here"),
        *(column for _, _, column in BANDS),
        "of",
        section=f"the section's title; {UNTITLED!r} without one, {OUTSIDE!r} for chapters in none",
        chapters="chapters in the section",
    ),
    "Chapters of the section.",
    "'Only here' means that no chapter of the others was matched with it. " + NOT_THERE,
)
SHARES = Measure(
    "shared chapters",
    "One row per ordered pair of councils: how many of the first council's chapters the other also has.",
    columns(
        *("council", "other", "chapters", "also_there", "share?"),
        chapters="chapters of the first council",
        share="chapters that the other also has, out of the first council's chapters",
    ),
    "Chapters of the first council, so the share depends on which comes first.",
    NOT_THERE,
)
GAPS = Measure(
    "gaps",
    "One row per topic missing from the council's contents page, starting with the topics that most other councils have.",
    columns(
        *("topic", "topic_title?", "councils", "of", "share", "which"),
        councils="other councils with a chapter on it",
        of="other councils compared",
        share="other councils with it, out of those compared",
    ),
    "The other councils compared.",
    NOT_THERE,
)
INTERSECTIONS = Measure(
    "intersections",
    "One row per exact combination of councils that share topics. Each topic counts in one row.",
    columns(
        Field("councils", "str", "the only councils that have these topics", "Milton Keynes; Oxfordshire"),
        *("members", "topics", "share", "chapters"),
        topics="topics that only these councils have",
        share="share of all topics",
        chapters="chapters on these topics; a joint chapter counts once, for the topic that most councils have",
    ),
    "All topics of the councils compared.",
    NOT_THERE,
)
SEARCH = Measure(
    "search",
    "One row per chapter found in each council's newest edition, and one row for each council without any.",
    columns(
        *("council", "found_by", "topic?", "topic_title?", "number?", "title?", "section?", "subsection?", "status?"),
        *("date?", "edition?", "seen_since?"),
        topic="the topic's id; missing if not found",
        edition="the edition searched",
    ),
    "Chapters of each council's newest edition.",
    NOT_THERE,
)


def presence(chapters: pd.DataFrame) -> pd.DataFrame:
    """Find whether, and where, each council's contents page has each topic (columns of `PRESENCE`)."""
    import pandas as pd

    need(chapters, "topics", "number", "section")
    rows = each_topic(chapters)
    held = rows.groupby(["topic", "council"], sort=False)
    places = held.agg(
        topic_title=("topic_title", "first"),
        chapters=("topic", "size"),
        numbers=("number", "first"),
        sections=("section", "first"),
    )
    several = rows[held["topic"].transform("size") > 1].groupby(["topic", "council"], sort=False)
    places.update(several.agg(numbers=("number", joined), sections=("section", joined)))
    everywhere = pd.MultiIndex.from_product(
        [rows["topic"].unique(), rows["council"].unique()], names=["topic", "council"]
    )
    table = places.reindex(everywhere).reset_index()
    return PRESENCE.frame(
        table.assign(
            chapters=table["chapters"].fillna(0).astype("int64"),
            topic_title=table["topic"].map(_titles(rows)),
        )
    )


def by_topic(chapters: pd.DataFrame) -> pd.DataFrame:
    """Count the councils that have each topic (columns of `BY_TOPIC`)."""
    return BY_TOPIC.frame(_by_topic(each_topic(chapters)))


def _by_topic(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per topic, from the rows of `each_topic`."""
    councils = rows.groupby(["topic", "council"]).size().reset_index(name="chapters")
    councils = _as_they_come(councils, rows["council"])
    of = rows["council"].nunique()
    counts = councils.groupby("topic").agg(
        councils=("council", "size"), chapters=("chapters", "sum"), which=("council", BETWEEN.join)
    )
    table = rows.drop_duplicates("topic")[["topic", "topic_title"]].join(counts, on="topic")
    table = table.assign(of=of, share=table["councils"] / of, reach=_reach(table["councils"], of))
    return table.sort_values("councils", ascending=False, kind="stable")


def reach(chapters: pd.DataFrame, on: Collection[str] | None = None) -> pd.DataFrame:
    """Count the topics, and their chapters, that all, some or one of the councils have (columns of `REACH`)."""
    import pandas as pd

    rows = each_topic(chapters)
    of = rows["council"].nunique()
    has, widest = rows.groupby("topic")["council"].nunique(), _widest(rows)
    if on is not None:
        has, widest = has[has.index.isin(on)], widest[_about(rows, on)]
    topics, of_chapters = (_reach(councils, of).value_counts() for councils in (has, widest))
    table = pd.DataFrame({"topics": topics, "chapters": of_chapters}, index=[ALL, SOME, ONE]).fillna(0)
    table = table.assign(share=table["topics"] / table["topics"].sum(), of=of)
    return REACH.frame(table.rename_axis("reach").reset_index())


def by_section(
    chapters: pd.DataFrame, entries: pd.DataFrame | None = None, on: Collection[str] | None = None
) -> pd.DataFrame:
    """Split each section's chapters into those that all, some or no other councils have, and into bands (columns of `BY_SECTION`).

    In each row ``in_all + in_some + only_here == by_most + by_many + by_some + by_few == chapters``. A council's rows add up to its
    chapters.

    Parameters
    ----------
    chapters
        Chapters with topics.
    entries
        The entries of the same manuals. Their headings tell apart sections with the same title, which otherwise share a row.
    on
        Count only the chapters on these topics.
    """
    need(chapters, "topics", "section")
    councils = names(chapters["council"])
    of = councils.nunique()
    spread = each_topic(chapters)
    widest = _widest(spread)
    reach, bands = _reach(widest, of).to_numpy(), (widest / of).map(band).to_numpy()
    parts = {"in_all": reach == ALL, "in_some": reach == SOME, "only_here": reach == ONE}
    parts |= {column: bands == name for _, name, column in BANDS}
    rows = placed(chapters, entries).assign(council=councils, **parts)
    if on is not None:
        rows = rows[_about(spread, on).to_numpy()]
    counts = rows.groupby(["council", "home", "section"], sort=False).agg(
        chapters=("council", "size"), **{part: (part, "sum") for part in parts}
    )
    table = counts.reset_index().assign(of=of)
    return BY_SECTION.frame(_as_they_come(table, councils))


def shares(chapters: pd.DataFrame, on: Collection[str] | None = None) -> pd.DataFrame:
    """For each two councils, the share of the first council's chapters that the other also has (columns of `SHARES`).

    Empty with one council.
    """
    import pandas as pd

    rows = each_topic(chapters)
    has = pd.crosstab(rows["topic"], rows["council"])[rows["council"].unique()] > 0
    # For each chapter, the councils that have any of its topics.
    there = has.loc[rows["topic"]].set_axis(rows.index).groupby(level=0).any()
    council = rows["council"].groupby(level=0).first()
    if on is not None:
        there, council = (each[_about(rows, on)] for each in (there, council))
    also = there.groupby(council).sum().reindex(has.columns, fill_value=0)
    table = also.rename_axis(index="council", columns="other").stack().reset_index(name="also_there")
    table["chapters"] = table["council"].map(council.value_counts()).fillna(0).astype("int64")
    table["share"] = table["also_there"] / table["chapters"].where(table["chapters"] > 0)
    return SHARES.frame(table[table["council"] != table["other"]])


def gaps(chapters: pd.DataFrame, council: str) -> pd.DataFrame:
    """Rank the topics missing from a council's contents page by how many other councils have them (columns of `GAPS`).

    Empty with one council, or if nothing is missing.

    Raises
    ------
    TableError
        The table has no chapter of that council. The message lists the councils it has.
    """
    rows = each_topic(chapters)
    own = rows["council"] == council
    if not own.any():
        here = ", ".join(rows["council"].unique()) or "none"
        raise TableError("topics", f"no chapters of {council!r}; councils here: {here}")
    others = _by_topic(rows[~own])
    return GAPS.frame(others[~others["topic"].isin(rows.loc[own, "topic"])])


def intersections(chapters: pd.DataFrame, on: Collection[str] | None = None) -> pd.DataFrame:
    """Count the topics that each exact combination of councils shares, largest first (columns of `INTERSECTIONS`)."""
    rows = each_topic(chapters)
    topics = _by_topic(rows)
    if on is not None:
        rows, topics = (table[table["topic"].isin(on)] for table in (rows, topics))
    sums = topics.groupby("which", sort=False).agg(members=("councils", "first"), topics=("topic", "size"))
    # A joint chapter counts once, for the topic that most councils have. As in `reach`, the rows add up to the chapters.
    rows = rows.assign(**{name: rows["topic"].map(topics.set_index("topic")[name]) for name in ("councils", "which")})
    once = rows.sort_values("councils", ascending=False, kind="stable")
    once = once[~once.index.duplicated()]
    sums["chapters"] = once["which"].value_counts().reindex(sums.index, fill_value=0)
    table = sums.assign(share=sums["topics"] / len(topics)).reset_index(names="councils")
    return INTERSECTIONS.frame(table.sort_values(["topics", "members"], ascending=False, kind="stable"))


def search(chapters: pd.DataFrame, words: str) -> pd.DataFrame:
    """Find which councils have a chapter on something, where, and since when (columns of `SEARCH`).

    Parameters
    ----------
    chapters
        Chapters with topics, of any number of editions. Searches the newest edition. The others show since when a topic is listed.
    words
        Words to look for. Each must start a word of the title ("foster" finds "Fostering"), or the title must mean the same in the
        sector's wordings ("LAC", "s47"). Also finds chapters on the same topic under another title, and marks them.

    Raises
    ------
    TableError
        ``words`` has no word.

    Examples
    --------
    >>> import pandas as pd
    >>> chapters = pd.DataFrame({
    ...     "council": ["A", "B", "C"], "edition": ["2017-07", None, None], "topic": ["fostering", "fostering", "consent"],
    ...     "title": ["Private Fostering", "Children Staying with Others", "Consent"], "number": ["1.1", "1.2", "1"],
    ...     "topic_title": ["Private Fostering", "Private Fostering", "Consent"]})
    >>> search(chapters, "private fostering")[["council", "found_by", "number"]].fillna("").values.tolist()
    [['A', 'title', '1.1'], ['B', 'topic', '1.2'], ['C', 'not found', '']]
    """
    import pandas as pd

    if not plain(words):
        raise TableError("search", "give a word to search for")
    need(chapters, "topics", "council", "edition", "topic", "topic_title", "title")
    chapters = chapters.assign(council=names(chapters["council"]))
    mine = newest(chapters).reset_index(drop=True)
    rows = each_topic(mine)
    by_title, by_topic = asked_for(mine["title"], words), asked_for(rows["topic_title"], words)
    meant = {*mine.loc[by_title, "topic"], *rows.loc[by_topic, "topic"]}
    found = mine.assign(found_by=by_title.map({True: "title", False: "topic"}))
    found = found[mine.index.isin(rows.index[rows["topic"].isin(meant)])]
    since = each_topic(chapters).sort_values("edition").drop_duplicates(["council", "topic"])
    since = since[["council", "topic", "edition"]].rename(columns={"edition": "seen_since"})
    found = _as_they_come(found.merge(since, how="left", on=["council", "topic"]), mine["council"])
    others = mine.drop_duplicates("council")[["council", "edition"]].assign(found_by="not found")
    table = pd.concat([found, others[~others["council"].isin(found["council"])]])
    return SEARCH.frame(table.reindex(columns=[column.name for column in SEARCH.columns]))


def _as_they_come(rows: pd.DataFrame, councils: pd.Series) -> pd.DataFrame:
    """The rows sorted by council, with councils in their first order."""
    order = {council: place for place, council in enumerate(councils.unique())}
    return rows.sort_values("council", key=lambda council: council.map(order), kind="stable")


def _titles(rows: pd.DataFrame) -> pd.Series:
    """Each topic's title by its id."""
    return rows.drop_duplicates("topic").set_index("topic")["topic_title"]


def _reach(councils: pd.Series, of: int) -> pd.Series:
    """The reach of each topic or chapter, from the number of councils that have it."""
    return councils.map(lambda number: ONE if number == 1 else ALL if number == of else SOME).astype("str")


def _about(rows: pd.DataFrame, on: Collection[str]) -> pd.Series:
    """Whether each chapter, in order, is on one of these topics."""
    return rows["topic"].isin(on).groupby(level=0).any()


def _widest(rows: pd.DataFrame) -> pd.Series:
    """For each chapter, in order, the number of councils that have its most common topic."""
    return rows.groupby("topic")["council"].transform("nunique").groupby(level=0).max()
