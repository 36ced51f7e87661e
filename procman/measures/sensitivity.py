"""Sensitivity: the same comparison at three confidences.

If a result changes little between confidences, it does not depend much on the one you set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from procman.matching.scoring import scorer
from procman.measures.coverage import ALL, ONE, SOME, reach
from procman.tables import NOT_THERE, Measure, columns

if TYPE_CHECKING:
    import pandas as pd

#: The lowest confidence that panels offer, the default, and one at which only almost identical titles match.
LOW, HIGH = 0.3, 0.95

AT_CONFIDENCES = Measure(
    "results by confidence",
    "One row per confidence: the number of topics and chapters that all, some or only one of the councils have.",
    columns(
        *("confidence", "topics", "in_all", "in_some", "only_here", "chapters", "shared_chapters", "share?", "of"),
        topics="number of topics; a higher confidence gives more",
        in_all="topics that every council compared has",
        in_some="topics that two or more councils have, but not all",
        only_here="topics that only one council has",
        chapters="chapters of all councils",
        shared_chapters="chapters on a topic that two or more councils have",
        share="share of chapters that are shared",
    ),
    "All topics and chapters of the councils compared.",
    f"It shows how much depends on the confidence, not which confidence is right. {NOT_THERE}",
)


def at_confidences(
    entries: pd.DataFrame,
    confidences: Sequence[float] | None = None,
    decisions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare councils at several confidences (columns of `AT_CONFIDENCES`). Give one edition per council.

    Parameters
    ----------
    entries
        Entries of the manuals to compare.
    confidences
        By default a low one, the usual one and a high one.
    decisions
        As for `procman.topics`. A person's decisions apply at every confidence.

    Examples
    --------
    >>> import pandas as pd
    >>> entries = pd.DataFrame({"council": ["A", "B"], "title": ["Private Fostering", "Private Fostering"]})
    >>> at_confidences(entries, [0.5])[["confidence", "in_all", "share"]].values.tolist()
    [[0.5, 1.0, 1.0]]
    """
    import pandas as pd

    from procman.matching.topics import topics

    chosen = (LOW, scorer().accepted, HIGH) if confidences is None else confidences
    found = []
    for confidence in chosen:
        table = reach(topics(entries, confidence, decisions)).set_index("reach")
        own, chapters = table["topics"], table["chapters"]
        shared = int(chapters[ALL] + chapters[SOME])
        found.append({
            "confidence": confidence,
            "topics": own.sum(),
            "in_all": own[ALL],
            "in_some": own[SOME],
            "only_here": own[ONE],
            "chapters": chapters.sum(),
            "shared_chapters": shared,
            "share": shared / chapters.sum() if chapters.sum() else None,
            "of": table["of"].iloc[0],
        })  # fmt: skip
    return AT_CONFIDENCES.frame(pd.DataFrame(found))
