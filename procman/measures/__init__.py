"""Measures: count and compare chapters. Each result says what it is based on, and its limits.

`TABLES` declares the table that each measure returns. Call a measure through its module: ``coverage.gaps(chapters, "Oxfordshire")``.
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

#: Each measure's table by name, in the order of the data dictionary.
TABLES: dict[str, Measure] = {
    table.name: table
    for module in (coverage, gaps, novelty, sensitivity, peers, pairs, structure, activity, editions, timeline, duties)
    for table in vars(module).values()
    if isinstance(table, Measure)
}
