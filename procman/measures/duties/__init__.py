"""Duties: which topics required by law or guidance are on each contents page.

The checklist is ``data/duties.csv``. Each row says what is expected, the law or guidance behind it, since when it applies, where such a
text usually is, and how titles word it. Each row also says when it was checked, and whether its source was read. It is not legal advice.

The files: `checklist` (the table), `phrases` (how a title is read), `evidence` (what a page has on each duty), `answers` (present,
possible or not found), `uptake` (chapters that a new duty affects, and when councils list it), `dating` (pages without a date).
"""

from procman.measures.duties.answers import AUDIT, BY_COUNCIL, BY_DUTY, asked, audit, by_council, by_duty, summary
from procman.measures.duties.checklist import CHECKLIST, DUTIES, read_duties, stale
from procman.measures.duties.dating import EARLIEST, not_before, note
from procman.measures.duties.uptake import PICKED_UP, TOUCHED, WAITING, meant, newest, picked_up, touched, waiting
from procman.tables import STATES

__all__ = [
    "AUDIT",
    "BY_COUNCIL",
    "BY_DUTY",
    "CHECKLIST",
    "DUTIES",
    "EARLIEST",
    "PICKED_UP",
    "STATES",
    "TOUCHED",
    "WAITING",
    "asked",
    "audit",
    "by_council",
    "by_duty",
    "meant",
    "newest",
    "not_before",
    "note",
    "picked_up",
    "read_duties",
    "stale",
    "summary",
    "touched",
    "waiting",
]
