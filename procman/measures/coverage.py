"""Coverage: which topics are on which councils' contents pages, what is shared, and what one council's page lacks.

Every function takes the chapters with their topics, as `procman.topics` gives them, one edition for each council
(see `procman.measures.editions.newest`). A chapter that joins several procedures counts in each of its topics, and as
shared where any of them is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.measures.declare import NOT_THERE, OUTSIDE, TOPIC, TOPIC_TITLE, Measure
from procman.measures.editions import newest
from procman.measures.rows import BETWEEN, each_topic, fold, joined, names, share, text
from procman.tables import Column

if TYPE_CHECKING:
    import pandas as pd

ALL, SOME, ONE = "all", "some", "one"
FOUND = ("title", "topic", "not found")

_COUNCIL = Column("council", "str", "council whose manual it is", "Oxfordshire")
_OF = Column("of", "int64", "councils compared", "12")

PRESENCE = Measure(
    "coverage",
    "One row per topic and council, with the council's chapters on the topic; zero where its contents page has none.",
    (
        TOPIC,
        TOPIC_TITLE,
        _COUNCIL,
        Column("chapters", "int64", "the council's chapters on the topic; 0: not on its contents page", "1"),
        Column("numbers", "str", "their numbers as printed", "3.5.2", optional=True),
        Column("sections", "str", "titles of the sections they stand in", "Looked After Children", optional=True),
    ),
    "Every topic of every council compared.",
    NOT_THERE,
)
BY_TOPIC = Measure(
    "topics",
    "One row per topic, those of most councils first.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("councils", "int64", "councils with a chapter on it", "9"),
        _OF,
        Column("share", "float64", "councils with it out of those compared", "0.75"),
        Column("reach", "str", "whether all, some or one of the councils have it", "some", (ALL, SOME, ONE)),
        Column("chapters", "int64", "chapters on it, of all councils", "11"),
        Column("which", "str", "the councils that have it", "Milton Keynes; Oxfordshire"),
    ),
    "Councils compared.",
    NOT_THERE,
)
REACH = Measure(
    "reach",
    "How many topics, and chapters, all, some or only one of the councils have; the three rows add up to everything.",
    (
        Column("reach", "str", "all councils, some (two or more, not all), or one alone", "all", (ALL, SOME, ONE)),
        Column("topics", "int64", "topics of this reach", "84"),
        Column("share", "float64", "out of all topics", "0.5", optional=True),
        Column("chapters", "int64", "chapters on these topics, of all councils", "175"),
        _OF,
    ),
    "All topics of the councils compared.",
    "With one council there is nothing to share: all its topics are 'one'. " + NOT_THERE,
)
BY_SECTION = Measure(
    "coverage by section",
    "One row per section of each manual, in page order: its chapters by how many councils have their topic.",
    (
        _COUNCIL,
        Column("section", "str", f"the section's title; {OUTSIDE!r} where there is none", "Looked After Children"),
        Column("chapters", "int64", "chapters in the section", "44"),
        Column("in_all", "int64", "chapters on topics that every council compared has", "30"),
        Column("in_some", "int64", "chapters on topics that some other council has, not every one", "5"),
        Column("only_here", "int64", "chapters on topics that no other council has", "9"),
        _OF,
    ),
    "Chapters of the section.",
    "'Only here' means that no chapter of the others was matched with it. " + NOT_THERE,
)
SHARES = Measure(
    "shared chapters",
    "One row per ordered pair of councils: how many of the first one's chapters the other has too.",
    (
        _COUNCIL,
        Column("other", "str", "the council it is compared with", "Milton Keynes"),
        Column("chapters", "int64", "chapters of the first", "129"),
        Column("also_there", "int64", "those on a topic that the other has", "94"),
        Column("share", "float64", "also there, out of the first one's chapters", "0.73", optional=True),
    ),
    "Chapters of the first council; so the share differs by direction.",
    NOT_THERE,
)
GAPS = Measure(
    "gaps",
    "One row per topic that the council's contents page has not and others have; those of most councils first.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("councils", "int64", "other councils with a chapter on it", "9"),
        Column("of", "int64", "other councils compared", "11"),
        Column("share", "float64", "other councils with it, out of those compared", "0.82"),
        Column("which", "str", "the councils that have it", "Milton Keynes; Northwick"),
    ),
    "The other councils compared.",
    NOT_THERE,
)
INTERSECTIONS = Measure(
    "intersections",
    "One row per exact combination of councils that share topics; each topic is counted in one row only.",
    (
        Column(
            "councils", "str", "the councils that have these topics, and no others do", "Milton Keynes; Oxfordshire"
        ),
        Column("members", "int64", "how many councils that is", "2"),
        Column("topics", "int64", "topics that just these councils have", "84"),
        Column("share", "float64", "out of all topics", "0.5"),
        Column("chapters", "int64", "chapters on these topics", "175"),
    ),
    "All topics of the councils compared.",
    NOT_THERE,
)
SEARCH = Measure(
    "search",
    "One row per chapter found, in each council's newest edition, and one for each council where none was.",
    (
        _COUNCIL,
        Column(
            "found_by", "str", "words in the title; in the same topic as such a title; or not found", "title", FOUND
        ),
        Column("topic", "str", "the topic's id; missing where not found", "private-fostering", optional=True),
        TOPIC_TITLE,
        Column("number", "str", "number as printed", "3.5.2", optional=True),
        Column("title", "str", "the chapter's title", "Private Fostering", optional=True),
        Column("section", "str", "title of the section it stands in", "Looked After Children", optional=True),
        Column("subsection", "str", "title of the subsection it stands in", "Family and Friends Care", optional=True),
        Column("status", "str", "flag printed beside it", "Updated", ("New", "Updated"), optional=True),
        Column("date", "str", "date printed for it", "2025-02", optional=True),
        Column("edition", "str", "the edition that was searched", "2017-07", optional=True),
        Column(
            "seen_since",
            "str",
            "earliest edition given that has the topic; it may be older than that",
            "2017-07",
            optional=True,
        ),
    ),
    "Chapters of each council's newest edition.",
    NOT_THERE,
)


def presence(topics: pd.DataFrame) -> pd.DataFrame:
    """Say for each topic and council whether, and where, the council's contents page has it (columns of `PRESENCE`).

    Examples
    --------
    >>> import pandas as pd
    >>> chapters = pd.DataFrame({
    ...     "council": ["A", "A", "B"], "number": ["1.1", "1.2", "2.1"], "section": ["All"] * 3,
    ...     "topic": ["consent", "records", "consent"], "topic_title": ["Consent", "Records", "Consent"]})
    >>> presence(chapters)[["topic_title", "council", "chapters"]].values.tolist()
    [['Consent', 'A', 1], ['Consent', 'B', 1], ['Records', 'A', 1], ['Records', 'B', 0]]
    """
    chapters = each_topic(topics)
    cells = dict(iter(chapters.groupby(["topic", "council"], sort=False)))
    councils = chapters["council"].unique()
    rows: list[tuple[object, ...]] = []
    for topic, title in _titles(chapters).items():
        for council in councils:
            cell = cells.get((topic, council))
            places = (None, None) if cell is None else (joined(cell["number"]), joined(cell["section"]))
            rows.append((topic, title, council, 0 if cell is None else len(cell), *places))
    return PRESENCE.frame(rows)


def by_topic(topics: pd.DataFrame) -> pd.DataFrame:
    """Count for each topic the councils that have it (columns of `BY_TOPIC`).

    Examples
    --------
    >>> import pandas as pd
    >>> titles = ["Consent", "Records", "Consent"]
    >>> topics = ["consent", "records", "consent"]
    >>> chapters = pd.DataFrame({"council": ["A", "A", "B"], "topic": topics, "topic_title": titles})
    >>> by_topic(chapters)[["topic_title", "councils", "of", "reach"]].values.tolist()
    [['Consent', 2, 2, 'all'], ['Records', 1, 2, 'one']]
    """
    chapters = each_topic(topics)
    counts, titles = _counts(chapters), _titles(chapters)
    of = counts.shape[1]
    rows = []
    for topic, row in counts.iterrows():
        having = row[row > 0]
        rows.append(
            (
                topic,
                titles[topic],
                len(having),
                of,
                share(len(having), of),
                _reach(len(having), of),
                having.sum(),
                joined(having.index),
            )
        )
    rows.sort(key=lambda row: -row[2])
    return BY_TOPIC.frame(rows)


def reach(topics: pd.DataFrame) -> pd.DataFrame:
    """Count the topics, and their chapters, that all, some or one of the councils have (columns of `REACH`).

    Examples
    --------
    >>> import pandas as pd
    >>> titles = ["Consent", "Records", "Consent"]
    >>> topics = ["consent", "records", "consent"]
    >>> chapters = pd.DataFrame({"council": ["A", "A", "B"], "topic": topics, "topic_title": titles})
    >>> reach(chapters)[["reach", "topics", "chapters"]].values.tolist()
    [['all', 1, 2], ['some', 0, 0], ['one', 1, 1]]
    """
    table, chapters = by_topic(topics)["reach"], _reach_of_chapters(topics)
    of = names(topics["council"]).nunique()
    rows = []
    for name in (ALL, SOME, ONE):
        number = (table == name).sum()
        rows.append((name, number, share(number, len(table)), (chapters == name).sum(), of))
    return REACH.frame(rows)


def by_section(topics: pd.DataFrame) -> pd.DataFrame:
    """Split each section's chapters into those that all, some or no other councils have (columns of `BY_SECTION`).

    ``in_all + in_some + only_here == chapters`` in each row, and a council's rows add up to its chapters.
    """
    reaches, councils = _reach_of_chapters(topics), names(topics["council"])
    rows = []
    for (council, section), mine in reaches.groupby([councils, topics["section"].fillna(OUTSIDE)], sort=False):
        number = [(mine == name).sum() for name in (ALL, SOME, ONE)]
        rows.append((council, section, len(mine), *number, councils.nunique()))
    order = {council: place for place, council in enumerate(councils.unique())}
    return BY_SECTION.frame(sorted(rows, key=lambda row: order[row[0]]))


def shares(topics: pd.DataFrame) -> pd.DataFrame:
    """For each two councils, the share of the first one's chapters that the other has too (columns of `SHARES`).

    Empty with one council.
    """
    chapters = each_topic(topics)
    having = chapters.groupby("council", sort=False)["topic"].agg(set)
    rows = []
    for council, mine in chapters.groupby("council", sort=False):
        number = mine.index.nunique()
        for other in having.index.drop(council):
            also = mine.index[mine["topic"].isin(having[other])].nunique()
            rows.append((council, other, number, also, share(also, number)))
    return SHARES.frame(rows)


def gaps(topics: pd.DataFrame, council: str) -> pd.DataFrame:
    """Rank the topics that others have and the council's contents page has not (columns of `GAPS`).

    Empty with one council, and where nothing is missing.

    Raises
    ------
    TableError
        The table has no chapter of that council; the message names those it has.

    Examples
    --------
    >>> import pandas as pd
    >>> titles = ["Consent", "Records", "Consent"]
    >>> topics = ["consent", "records", "consent"]
    >>> chapters = pd.DataFrame({"council": ["A", "A", "B"], "topic": topics, "topic_title": titles})
    >>> gaps(chapters, "B")[["topic_title", "councils", "of"]].values.tolist()
    [['Records', 1, 1]]
    """
    chapters = each_topic(topics)
    counts, titles = _counts(chapters), _titles(chapters)
    if council not in counts.columns:
        raise TableError("topics", f"no chapters of {council!r}; councils here: {', '.join(counts.columns) or 'none'}")
    missing = counts[counts[council] == 0]
    others = counts.shape[1] - 1
    rows = []
    for topic, row in missing.iterrows():
        having = row[row > 0]
        rows.append((topic, titles[topic], len(having), others, share(len(having), others), joined(having.index)))
    return GAPS.frame(sorted(rows, key=lambda row: -row[2]))


def intersections(topics: pd.DataFrame) -> pd.DataFrame:
    """Count the topics of each exact combination of councils, the largest first (columns of `INTERSECTIONS`)."""
    table = by_topic(topics)
    rows = []
    for which, these in table.groupby("which", sort=False):
        rows.append(
            (which, len(str(which).split(BETWEEN)), len(these), share(len(these), len(table)), these["chapters"].sum())
        )
    return INTERSECTIONS.frame(sorted(rows, key=lambda row: (-row[2], -row[1])))


def search(topics: pd.DataFrame, words: str) -> pd.DataFrame:
    """Who has a chapter on something, where, since when (columns of `SEARCH`).

    Parameters
    ----------
    topics
        Chapters with topics; here any number of editions, of which the newest is searched and the others date it.
    words
        Each must begin a word of the title: "foster" finds "Fostering". Chapters of the same topic under another
        title are found too, and say so.

    Raises
    ------
    TableError
        There is no word to look for.

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
    wanted = fold(words).split()
    if not wanted:
        raise TableError("search", "no word to look for")
    mine = newest(topics).reset_index(drop=True)
    hits = mine["title"].map(lambda title: _has(title, wanted)).astype(bool)
    spread = each_topic(mine)
    named = spread["topic_title"].map(lambda title: _has(title, wanted)).astype(bool)
    meant = {*mine.loc[hits, "topic"], *spread.loc[named, "topic"]}
    found = mine.index.isin(spread.index[spread["topic"].isin(meant)])
    since = topics.groupby([names(topics["council"]), topics["topic"]])["edition"].min()
    cells = ("topic", "topic_title", "number", "title", "section", "subsection", "status", "date", "edition")
    rows = []
    for council, chapters in mine.groupby(names(mine["council"]), sort=False):
        here = chapters[found[chapters.index]]
        for index, chapter in here.iterrows():
            found_by = "title" if hits[index] else "topic"
            values = [text(chapter.get(cell)) for cell in cells]
            rows.append((council, found_by, *values, text(since[council, chapter["topic"]])))
        if here.empty:
            rows.append((council, "not found", *[None] * 8, text(chapters["edition"].iloc[0]), None))
    return SEARCH.frame(sorted(rows, key=lambda row: row[1] == "not found"))


def _has(title: object, wanted: list[str]) -> bool:
    """Whether each wanted word begins a word of the title."""
    words = fold(title).split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _counts(chapters: pd.DataFrame) -> pd.DataFrame:
    """Chapters by topic (rows) and council (columns), both in the order of their first coming."""
    counts = chapters.groupby(["topic", "council"], sort=False).size().unstack(fill_value=0)
    return counts.reindex(index=chapters["topic"].unique(), columns=chapters["council"].unique())


def _titles(chapters: pd.DataFrame) -> dict[str, str | None]:
    first = chapters.drop_duplicates("topic")
    return {topic: text(title) for topic, title in zip(first["topic"], first["topic_title"], strict=True)}


def _reach(councils: int, of: int) -> str:
    if councils == 1:
        return ONE
    return ALL if councils == of else SOME


def _reach_of_chapters(topics: pd.DataFrame) -> pd.Series:
    """The widest reach of each chapter's topics, in the order of the chapters."""
    table = by_topic(topics)
    councils = each_topic(topics)["topic"].map(dict(zip(table["topic"], table["councils"], strict=True)))
    of = names(topics["council"]).nunique()
    widest = councils.groupby(level=0).max()
    return widest.map(lambda number: _reach(number, of)).set_axis(topics.index)
