"""Weighted gaps and novelty: how much each manual differs from what other councils list.

Takes chapters with topics from `procman.topics`, one edition per council.

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
    "One row per council: the topics missing from its contents page, weighted by how many others list them, and how rare its own "
    "topics are.",
    columns(
        *("council", "topics", "gaps", "weighted_gaps", "weighted_share?", "novelty?", "of"),
        topics="topics of the council",
        of="other councils compared",
    ),
    "Weighted share: the topics of the other councils, each weighted by the share of them that list it. Novelty: the council's "
    "own topics.",
    "A topic that most others list weighs more, but is not more important. A novel title can be a common topic under the council's "
    f"own name. {NOT_THERE}",
)


def novelty(chapters: pd.DataFrame) -> pd.DataFrame:
    """Weight each council's gaps, and measure how rare its own topics are (columns of `NOVELTY`).

    The weight of a gap is the share of other councils that list it. For each of the council's topics, take the share of other councils
    that do not list it: novelty is the mean of these shares. Both are missing with one council.
    """
    import pandas as pd

    spread = each_topic(chapters)
    has = pd.crosstab(spread["council"], spread["topic"]).gt(0).loc[spread["council"].unique()]
    of = len(has) - 1
    # For each council and topic, the share of the other councils that list it.
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
