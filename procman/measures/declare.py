"""How a measure's table is declared: its columns, what it is out of, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass

from procman.tables import Column, Table

#: The row for chapters that stand outside any section, so that the parts add up to the whole.
OUTSIDE = "(outside any section)"
#: A heading of which the page prints only the number.
UNTITLED = "(untitled)"

NOT_THERE = "Not on the contents page is not 'no such policy': the council may keep it elsewhere or under another name."
NO_FLAG = "A flag is the publisher's claim about one edition; no flag is not 'unchanged'."


@dataclass(frozen=True, slots=True)
class Measure(Table):
    """A table that measures something: what it is out of, and the caveat that goes wherever it is shown."""

    denominator: str = ""
    caveat: str = ""


COUNCIL = Column("council", "str", "council whose manual it is", "Oxfordshire", optional=True)
EDITION = Column(
    "edition", "str", "edition of the manual, ISO to the month; missing where undated", "2017-07", optional=True
)
TOPIC = Column("topic", "str", "the topic's id, shared by aligned chapters of any council", "private-fostering")
TOPIC_TITLE = Column("topic_title", "str", "a title that stands for the topic", "Private Fostering", optional=True)
