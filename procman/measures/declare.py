"""What later measures, reports and panels look for here stands in `procman.tables`."""

from procman.tables import NO_FLAG, NOT_THERE, OUTSIDE, UNTITLED, Measure, columns

COUNCIL, EDITION, TOPIC, TOPIC_TITLE = columns("council?", "edition?", "topic", "topic_title?")

__all__ = ["COUNCIL", "EDITION", "NOT_THERE", "NO_FLAG", "OUTSIDE", "TOPIC", "TOPIC_TITLE", "UNTITLED", "Measure"]
