"""Tables that are only listed: pairs of chapters, and all chapters with their topics. What measures count is declared with them."""

from __future__ import annotations

from procman.measures import coverage
from procman.tables import ENTRIES, MATCHES, NOT_THERE, TOPICS, Column, Measure

_RESTS_ON = "A match rests on titles and places, not on what the chapters say."

MATCHED = Measure(
    name="matches",
    meaning="One row per pair of chapters that are taken for the same procedure.",
    columns=MATCHES.columns,
    denominator="Pairs of chapters of the two manuals.",
    caveat=_RESTS_ON,
)
POSSIBLE = Measure(
    name="possible matches",
    meaning="One row per pair that a person should look at, first those whose answer changes most.",
    columns=(
        *MATCHES.columns,
        Column("accepted", "bool", "whether it counts as a match at this confidence", "True"),
        Column("gaps", "int64", "chapters that have a match only with this pair, or would have their first", "2"),
        *(
            Column(f"{side}_section", "str", f"title of the section in the {side} manual", "Fostering", optional=True)
            for side in ("left", "right")
        ),
        *(
            Column(
                f"{side}_others", "str", f"the nearest other titles for the {side} chapter", "Sleepovers", optional=True
            )
            for side in ("left", "right")
        ),
    ),
    denominator="Pairs of chapters of the two manuals that nobody has decided on.",
    caveat=f"{_RESTS_ON} {NOT_THERE}",
)
CHAPTERS = Measure(
    name="chapters",
    meaning="One row per chapter of each council's newest edition, with its topic.",
    columns=(
        *coverage.SEARCH.picked("council", "edition", "number", "title", "section", "subsection", "status", "date"),
        *ENTRIES.picked("note"),
        *TOPICS.picked("topic_title", "also_topic"),
        *ENTRIES.picked("href"),
    ),
    denominator="All chapters of the councils compared; cross references are not chapters.",
    caveat="A topic joins chapters that are taken for the same procedure; the match rests on titles and places, not on texts.",
)
