"""Gaps weighted by how many others list a topic, and novelty: how far each manual is from what the others list.

Takes the chapters with their topics, as `procman.topics` gives them, one edition for each council.

>>> import pandas as pd
>>> chapters = pd.DataFrame({
...     "council": ["A", "B", "B", "C", "C"], "topic": ["consent", "consent", "records", "records", "visits"],
...     "topic_title": ["Consent", "Consent", "Records", "Records", "Visits"]})
>>> novelty(chapters)[["council", "gaps", "weighted_gaps", "weighted_share", "novelty"]].round(2).values.tolist()
[['A', 2, 1.5, 0.75, 0.5], ['B', 1, 0.5, 0.33, 0.5], ['C', 1, 1.0, 0.67, 0.75]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.measures.counting import each_topic
from procman.tables import NOT_THERE, Measure, columns

if TYPE_CHECKING:
    import pandas as pd

NOVELTY = Measure(
    "gaps and novelty",
    "One row per council: what its contents page lacks of what others list, weighted by how many do, and how rare its own "
    "topics are among the others.",
    columns(
        *("council", "topics", "gaps", "weighted_gaps", "weighted_share?", "novelty?", "of"),
        topics="topics of the council",
        of="other councils compared",
    ),
    "Weighted share: the topics of the other councils, each counted as the part of them that list it. Novelty: the council's "
    "own topics.",
    "A topic of a large part of the others weighs more, which does not make it more important. Novel titles can be old topics "
    f"under a name of one's own. {NOT_THERE}",
)


def novelty(chapters: pd.DataFrame) -> pd.DataFrame:
    """Weigh each council's gaps and the rarity of its own topics (columns of `NOVELTY`).

    A gap weighs as much as the part of the other councils that list it. Novelty is the mean, over the council's topics, of the
    part of the others that do not. With one council there is nothing to weigh.
    """
    import pandas as pd

    spread = each_topic(chapters)
    has = pd.crosstab(spread["council"], spread["topic"]).gt(0).loc[spread["council"].unique()]
    of = len(has) - 1
    # For each council and topic, the part of the others that list it.
    listed = has.astype("int64").rsub(has.sum(), axis="columns") / (of or float("nan"))
    weighted, everything = listed.where(~has).sum(axis=1), listed.sum(axis=1)
    table = pd.DataFrame({
        "topics": has.sum(axis=1),
        "gaps": (~has).sum(axis=1),
        "weighted_gaps": weighted,
        "weighted_share": weighted / everything.where(everything > 0),
        "novelty": (1 - listed).where(has).mean(axis=1),
    })  # fmt: skip
    return NOVELTY.frame(table.assign(of=of).rename_axis("council").reset_index())
