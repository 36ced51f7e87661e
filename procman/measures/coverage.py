"""Coverage: which topics are on which councils' contents pages, what is shared, and what one council's page lacks.

Every function takes the chapters with their topics, as `procman.topics` gives them, one edition for each council
(see `procman.measures.editions.newest`). A chapter that joins several procedures counts in each of its topics, and as
shared where any of them is.

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

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.matching.search import asked_for
from procman.measures.counting import (
    BETWEEN,
    cells,
    each_topic,
    fold,
    joined,
    names,
    sections_of,
    share,
    text,
    texts,
    topic_titles,
)
from procman.measures.declare import NOT_THERE, OUTSIDE, TOPIC, TOPIC_TITLE, UNTITLED, Measure
from procman.measures.editions import newest
from procman.tables import Column, need

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
        Column(
            "section",
            "str",
            f"the section's title; {UNTITLED!r} without one, {OUTSIDE!r} for what is in none",
            "Looked After Children",
        ),
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
#: The chapter's own cells that a search tells.
_CELLS = ("topic", "topic_title", "number", "title", "section", "subsection", "status", "date", "edition")


def presence(topics: pd.DataFrame) -> pd.DataFrame:
    """Say for each topic and council whether, and where, the council's contents page has it (columns of `PRESENCE`)."""
    need(topics, "topics", "number", "section")
    chapters = each_topic(topics)
    titles = topic_titles(chapters)
    places: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for topic, council, number, section in cells(chapters, "topic", "council", "number", "section"):
        places[topic, council].append((number, section))
    rows = list(product(titles, chapters["council"].unique()))
    found = [places.get(row, ()) for row in rows]
    return PRESENCE.frame(
        {
            "topic": [topic for topic, _ in rows],
            "topic_title": [titles[topic] for topic, _ in rows],
            "council": [council for _, council in rows],
            "chapters": [len(here) for here in found],
            "numbers": [joined(number for number, _ in here) if here else None for here in found],
            "sections": [joined(section for _, section in here) if here else None for here in found],
        }
    )


def by_topic(topics: pd.DataFrame) -> pd.DataFrame:
    """Count for each topic the councils that have it (columns of `BY_TOPIC`)."""
    chapters = each_topic(topics)
    counts, titles = _counts(chapters), topic_titles(chapters)
    which = _which(counts)
    of, number = counts.shape[1], (counts > 0).sum(axis=1)
    rows = zip(counts.index, number.tolist(), _reach(number, of), counts.sum(axis=1).tolist(), which, strict=True)
    return BY_TOPIC.frame(
        (topic, titles[topic], councils, of, share(councils, of), reach, several, having)
        for topic, councils, reach, several, having in sorted(rows, key=lambda row: -row[1])
    )


def reach(topics: pd.DataFrame) -> pd.DataFrame:
    """Count the topics, and their chapters, that all, some or one of the councils have (columns of `REACH`)."""
    chapters = each_topic(topics)
    of = chapters["council"].nunique()
    councils = chapters.groupby("topic")["council"].nunique()
    reaches, of_chapters = Counter(_reach(councils, of)), Counter(_reach(_widest(chapters), of))
    return REACH.frame(
        (name, reaches[name], share(reaches[name], len(councils)), of_chapters[name], of) for name in (ALL, SOME, ONE)
    )


def by_section(topics: pd.DataFrame, entries: pd.DataFrame | None = None) -> pd.DataFrame:
    """Split each section's chapters into those that all, some or no other councils have (columns of `BY_SECTION`).

    ``in_all + in_some + only_here == chapters`` in each row, and a council's rows add up to its chapters.

    Parameters
    ----------
    topics
        Chapters with topics.
    entries
        The entries they were made of, whose headings tell sections of one title apart; without, these are one row.
    """
    import numpy as np
    import pandas as pd

    need(topics, "topics", "section")
    chapters = each_topic(topics)
    councils = names(topics["council"])
    place, section = zip(*sections_of(topics, entries), strict=True) if len(topics) else ((), ())
    of = councils.nunique()
    reaches = pd.Series(_reach(_widest(chapters), of), dtype="str")
    parts = pd.DataFrame({name: reaches == name for name in (ALL, SOME, ONE)})
    counts = parts.groupby([councils.to_numpy(), np.array(place), np.array(section)], sort=False).sum()
    order = {council: place for place, council in enumerate(councils.unique())}
    rows = zip(counts.index, counts.to_numpy().tolist(), strict=True)
    return BY_SECTION.frame(
        (council, section, sum(numbers), *numbers, of)
        for (council, _, section), numbers in sorted(rows, key=lambda row: order[row[0][0]])
    )


def shares(topics: pd.DataFrame) -> pd.DataFrame:
    """For each two councils, the share of the first one's chapters that the other has too (columns of `SHARES`).

    Empty with one council.
    """
    import numpy as np

    chapters = each_topic(topics)
    has = _counts(chapters) > 0
    councils = has.columns
    there = has.loc[chapters["topic"]].set_axis(chapters.index).groupby(level=0).any()
    own = chapters.groupby(level=0)["council"].first().to_numpy()
    also = there.groupby(own, sort=False).sum().reindex(councils).to_numpy()
    number = np.diag(also)
    rows = product(range(len(councils)), repeat=2)
    return SHARES.frame(
        (councils[a], councils[b], number[a], also[a, b], share(also[a, b], number[a])) for a, b in rows if a != b
    )


def gaps(topics: pd.DataFrame, council: str) -> pd.DataFrame:
    """Rank the topics that others have and the council's contents page has not (columns of `GAPS`).

    Empty with one council, and where nothing is missing.

    Raises
    ------
    TableError
        The table has no chapter of that council; the message names those it has.
    """
    chapters = each_topic(topics)
    counts, titles = _counts(chapters), topic_titles(chapters)
    if council not in counts.columns:
        raise TableError("topics", f"no chapters of {council!r}; councils here: {', '.join(counts.columns) or 'none'}")
    missing = counts[counts[council] == 0]
    others, number = counts.shape[1] - 1, (missing > 0).sum(axis=1).tolist()
    rows = zip(missing.index, number, _which(missing), strict=True)
    return GAPS.frame(
        (topic, titles[topic], councils, others, share(councils, others), which)
        for topic, councils, which in sorted(rows, key=lambda row: -row[1])
    )


def intersections(topics: pd.DataFrame) -> pd.DataFrame:
    """Count the topics of each exact combination of councils, the largest first (columns of `INTERSECTIONS`)."""
    table = by_topic(topics)
    sums = table.groupby("which", sort=False)["chapters"].agg(["size", "sum"])
    rows = [
        (which, len(str(which).split(BETWEEN)), number, share(number, len(table)), chapters)
        for which, number, chapters in sums.itertuples()
    ]
    return INTERSECTIONS.frame(sorted(rows, key=lambda row: (-row[2], -row[1])))


def search(topics: pd.DataFrame, words: str) -> pd.DataFrame:
    """Who has a chapter on something, where, since when (columns of `SEARCH`).

    Parameters
    ----------
    topics
        Chapters with topics; here any number of editions, of which the newest is searched and the others date it.
    words
        Each must begin a word of the title ("foster" finds "Fostering"), or the title says the same in the sector's wordings
        ("LAC", "s47"). Chapters of the same topic under another title are found too, and say so.

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
    if not fold(words):
        raise TableError("search", "no word to look for")
    need(topics, "topics", "council", "edition", "topic", "topic_title", "title")
    mine = newest(topics).reset_index(drop=True)
    mine = mine.assign(council=names(mine["council"]))
    spread = each_topic(mine)
    by_title, by_topic = asked_for(mine["title"], words), asked_for(spread["topic_title"], words)
    meant = {*mine.loc[by_title, "topic"], *spread.loc[by_topic, "topic"]}
    found = mine.index.isin(spread.index[spread["topic"].isin(meant)])
    here = mine[found].reindex(columns=["council", *_CELLS])

    since: dict[tuple[str, str], str] = {}
    for council, topic, edition in cells(each_topic(topics), "council", "topic", "edition"):
        if isinstance(edition, str):
            since[council, topic] = min(edition, since.get((council, topic), edition))
    editions = dict(cells(mine.drop_duplicates("council"), "council", "edition"))
    rows: list[tuple[str | None, ...]] = [
        (council, "title" if hit else "topic", *values, text(since.get((council, values[0]))))
        for council, hit, *values in zip(
            here["council"].tolist(), by_title[found].tolist(), *(texts(here[cell]) for cell in _CELLS), strict=True
        )
    ]
    order = {council: place for place, council in enumerate(editions)}
    rows.sort(key=lambda row: order[row[0]])
    without = editions.keys() - {row[0] for row in rows}
    rows += [
        (council, "not found", *[None] * 8, text(editions[council]), None) for council in order if council in without
    ]
    return SEARCH.frame(rows)


def _counts(chapters: pd.DataFrame) -> pd.DataFrame:
    """Chapters by topic (rows) and council (columns), both in the order of their first coming."""
    counts = chapters.groupby(["topic", "council"], sort=False).size().unstack(fill_value=0)
    return counts.reindex(index=chapters["topic"].unique(), columns=chapters["council"].unique())


def _which(counts: pd.DataFrame) -> list[str]:
    """For each topic the councils that have it, in one cell."""
    councils = counts.columns.to_numpy(dtype=object)
    return [joined(councils[having]) for having in counts.to_numpy() > 0]


def _reach(councils: pd.Series, of: int) -> list[str]:
    """The reach of each topic or chapter from the number of councils that have it."""
    return [ONE if number == 1 else ALL if number == of else SOME for number in councils.tolist()]


def _widest(chapters: pd.DataFrame) -> pd.Series:
    """For each chapter, in order, how many councils have that of its topics that most have."""
    return chapters.groupby("topic")["council"].transform("nunique").groupby(level=0).max()
