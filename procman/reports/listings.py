"""Tables of pairs of chapters, and of all chapters with their topics. Other tables are declared with their measures."""

from __future__ import annotations

from procman.measures import coverage
from procman.tables import ENTRIES, MATCHES, NOT_THERE, TOPICS, Column, Measure

_RESTS_ON = "A match is based on titles and places, not on what the chapters say."

MATCHED = Measure(
    name="matches",
    meaning="One row per pair of chapters matched as the same procedure.",
    columns=MATCHES.columns,
    denominator="Pairs of chapters of the two manuals.",
    caveat=_RESTS_ON,
)
POSSIBLE = Measure(
    name="possible matches",
    meaning="One row per pair that a person should check, starting with those whose answer changes most.",
    columns=(
        *MATCHES.columns,
        Column("accepted", "bool", "whether it counts as a match at this confidence", "True"),
        Column("gaps", "int64", "chapters for which this pair is, or would be, the only match", "2"),
        *(
            Column(f"{side}_section", "str", f"title of the section in the {side} manual", "Fostering", optional=True)
            for side in ("left", "right")
        ),
        *(
            Column(f"{side}_others", "str", f"nearest other titles for the {side} chapter", "Sleepovers", optional=True)
            for side in ("left", "right")
        ),
    ),
    denominator="Pairs of chapters of the two manuals without a decision.",
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
    denominator="All chapters of the councils compared. Cross references are not chapters.",
    caveat="A topic joins chapters matched as the same procedure. Matches are based on titles and places, not on the chapters' text.",
)
