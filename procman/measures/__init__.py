"""Measures: from tables to tables, each saying what it counts, out of what, and what that does not tell.

`TABLES` declares what each returns; functions go by their module: ``coverage.gaps(chapters, "Oxfordshire")``.
"""

from procman.measures import (
    activity,
    coverage,
    duties,
    editions,
    gaps,
    novelty,
    pairs,
    peers,
    sensitivity,
    structure,
    timeline,
)
from procman.tables import Measure

#: Every measure's table by name, in the order of the data dictionary.
TABLES: dict[str, Measure] = {
    table.name: table
    for module in (coverage, gaps, novelty, sensitivity, peers, pairs, structure, activity, editions, timeline, duties)
    for table in vars(module).values()
    if isinstance(table, Measure)
}
