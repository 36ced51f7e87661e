"""Chapters of any number of manuals → the topic each belongs to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from procman.library import decisions as decided
from procman.matching.chapters import read_chapters, rows, slug, topic_ids
from procman.matching.concepts import most_common, sector
from procman.matching.scoring import confidence_or_default

if TYPE_CHECKING:
    import pandas as pd


def topics(
    entries: pd.DataFrame,
    confidence: float | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    threshold: float | None = None,
) -> pd.DataFrame:
    """Return the chapter rows of any number of manuals, each with its topic.

    Parameters
    ----------
    entries
        An entries table; ``title`` is needed, ``council`` tells the manuals apart.
    confidence, decisions, threshold
        As for `procman.align`.

    Returns
    -------
    DataFrame
        The chapter rows, in their order, and the columns

        - ``topic``: an id that depends on the chapter's title alone, so it stays when manuals are added;
        - ``topic_title``: the sector's name for it, or the commonest title where it has none;
        - ``also_topic``: for a chapter that joins several procedures, the other ids, separated by spaces; else missing;
        - ``local``: True where only one council in the table has the topic.

    A topic is a chapter that the sector knows. A row belongs to it where its title is surely a wording of it: a possible match
    never joins two topics, and no topic is a chain of titles each like the next. So two rows that share a topic (``also_topic``
    counted) are always matched by `procman.align` at the same confidence. The reverse does not hold: `align` also looks at two
    titles side by side, and may accept a pair of which one title alone says too little for a topic. Of the pairs accepted between
    councils never seen, that is one in seven.

    Examples
    --------
    >>> import pandas as pd
    >>> entries = pd.DataFrame({
    ...     "council": ["Ayshire", "Beeshire", "Beeshire"],
    ...     "title": ["Looked After Reviews", "Children in Care Reviews", "Harbour Swimming"],
    ... })
    >>> topics(entries)[["topic", "local"]].values.tolist()
    [['looked-after-reviews', False], ['looked-after-reviews', False], ['title:harbour-swimming', True]]
    """
    if decisions is None:
        decisions = decided.read_decisions()
    chapters = read_chapters(entries)
    ids = topic_ids(chapters, confidence_or_default(confidence, threshold), decided.in_force(decisions))
    titles: dict[str, list[str]] = defaultdict(list)
    councils: dict[str, set[str]] = defaultdict(set)
    for chapter, own in zip(chapters, ids, strict=True):
        titles[own[0]].append(chapter.title)
        for topic in own:
            councils[topic].add(chapter.council)
    names = {slug(concept): concept for concept in sector().concepts}
    names |= {topic: most_common(seen) for topic, seen in titles.items() if topic not in names}
    import pandas as pd

    table = rows(entries).copy()
    if "position" not in entries.columns:
        table = table.drop(columns="position")
    table["topic"] = pd.array([own[0] for own in ids], dtype="str")
    table["topic_title"] = pd.array([names[own[0]] for own in ids], dtype="str")
    table["also_topic"] = pd.array([" ".join(own[1:]) or None for own in ids], dtype="str")
    table["local"] = pd.array([len(councils[own[0]]) == 1 for own in ids], dtype="bool")
    return table
