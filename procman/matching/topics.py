"""Find the topic of each chapter of any number of manuals."""

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
    """Find the topic of each chapter of any number of manuals.

    Parameters
    ----------
    entries
        An entries table. ``title`` is required, and ``council`` tells manuals apart.
    confidence, decisions, threshold
        As for `procman.align`.

    Returns
    -------
    DataFrame
        The chapter rows, in their order, and the columns

        - ``topic``: an id that depends only on the chapter's title, so it does not change when you add manuals;
        - ``topic_title``: the sector's name for the topic, or its most common title;
        - ``also_topic``: the other ids, separated by spaces, if the chapter joins several procedures;
        - ``local``: whether only one council in the table has the topic.

    A topic is a chapter that the sector knows. A row has the topic if its title is surely a wording of it. A possible match never joins
    two topics. Two rows that share a topic (including ``also_topic``) are always matched by `procman.align` at the same confidence. The
    reverse is not true: `align` also compares the two titles, and can accept a pair in which one title alone says too little for a
    topic. That is one in seven of the pairs accepted between unseen councils.

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
