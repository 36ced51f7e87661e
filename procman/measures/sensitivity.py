"""Sensitivity: the same comparison at three confidences, side by side.

A result that changes little from one confidence to the next does not hang on where the line was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from procman.matching.scoring import scorer
from procman.measures.coverage import ALL, ONE, SOME, reach
from procman.tables import NOT_THERE, Measure, columns

if TYPE_CHECKING:
    import pandas as pd

#: Besides the one from which matches are accepted: the lowest that a panel offers, and one at which nearly the same words count.
LOW, HIGH = 0.3, 0.95

AT_CONFIDENCES = Measure(
    "results by confidence",
    "One row per confidence: how many topics, and chapters, all, some or only one of the councils have.",
    columns(
        *("confidence", "topics", "in_all", "in_some", "only_here", "chapters", "shared_chapters", "share?", "of"),
        topics="topics told apart; a higher confidence tells more apart",
        in_all="topics that every council compared has",
        in_some="topics that some have, two or more, but not all",
        only_here="topics that only one has",
        chapters="chapters of all councils",
        shared_chapters="of these, those on a topic that two councils or more have",
        share="shared chapters out of all",
    ),
    "All topics, and all chapters, of the councils compared.",
    f"It shows how much hangs on the confidence, not which is right. {NOT_THERE}",
)


def at_confidences(
    entries: pd.DataFrame,
    confidences: Sequence[float] | None = None,
    decisions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare at several confidences (columns of `AT_CONFIDENCES`); one edition for each council.

    Parameters
    ----------
    entries
        Entries of the manuals to compare.
    confidences
        By default a low one, that from which matches are accepted, and a high one.
    decisions
        As for `procman.topics`. What a person decided holds at every confidence.

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
