"""Duties: which topics required by law or guidance are on each contents page.

The checklist is data, ``data/duties.csv``: what is expected, by what, since when, where such a text usually stands, and how titles
word it. It is not legal advice. Each row tells when it was checked, and whether its source was read.

Each concern has a file: `checklist` (the table), `phrases` (how a title is read), `evidence` (what a page offers), `answers`
(present, possible, not found), `uptake` (what a new duty touches; who has picked it up), `dating` (pages without a date).
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
