"""Tell what the words of a line on an amendments page are: a chapter's name, the details of its change, or both."""

from __future__ import annotations

from bisect import bisect

from procman.reading.line import Line
from procman.reading.name_or_details import (
    GOES_ON,
    IN_BLOCKS,
    KNOWN,
    SET_APART,
    UNENDED,
    Split,
    details_points,
    folded,
    name_points,
    split,
    unended,
    without_number,
)

#: The most characters of a name on several lines.
_LONGEST_NAME = 400


class Wording:
    """Known titles, and the mark that the page puts between names and details."""

    def __init__(self, known: frozenset[str], mark: str) -> None:
        self.known, self.ordered, self.mark = known, sorted(known), mark

    def taken(
        self, text: str, line: Line | None = None, below_name: bool = False, below_details: bool = False
    ) -> tuple[str, Split | None]:
        """The best reading of a text: "details", "name" or "split", with the split.

        >>> Wording(frozenset(), "").taken("Pets in Foster Homes")[0], Wording(frozenset(), "").taken("A link was added.")[0]
        ('name', 'details')
        """
        parts = split(text, self.known, _link_end(line) if line else 0, self.mark)
        text = without_number(text)
        name, details = name_points(text, self.known), details_points(text)
        if unended(text):
            name -= UNENDED  # it may end on the next line
        if self.begins_title(text):
            name = KNOWN
        if line:
            name += SET_APART if line.heading or line.strong or line.tag == "dt" else 0
            details += SET_APART if line.tag == "dd" else 0
            details += GOES_ON if below_details else 0
            details += IN_BLOCKS if below_name else 0
        points = {"details": details, "split": parts.points if parts else min(details, name) - 1, "name": name}
        return max(points, key=points.__getitem__), parts

    def goes_on(self, above: str, text: str, apart: bool) -> bool:
        """Whether a line continues the name on the line above."""
        joined = f"{above} {text}"
        if len(joined) > _LONGEST_NAME:
            return False
        parts = split(joined, self.known)
        return (
            (text[0].islower() and not apart)
            or unended(above)
            or folded(joined) in self.known
            or self.begins_title(joined)
            or bool(parts and len(parts.name) > len(above) and folded(parts.name) in self.known)
        )

    def begins_title(self, text: str) -> bool:
        """Whether a longer known title begins with these words."""
        begin = folded(text) if len(text) <= _LONGEST_NAME else ""
        place = bisect(self.ordered, begin)
        title = self.ordered[place] if place < len(self.ordered) else ""
        return bool(begin) and title.startswith(begin) and not title[len(begin)].isalnum()


def _link_end(line: Line) -> int:
    """The end of the words of the line's first link. 0 if it is at the line's end, or there is no link."""
    return len(line.text) - len(line.after) if line.href and line.after and line.text.endswith(line.after) else 0
