"""Why a line was read as it was: its clues with their points, beside the second-best reading."""

from __future__ import annotations

from procman.reading import clues
from procman.reading.contents import Contents


def explain(contents: Contents, line: int) -> str:
    """Say why a line of a page was read as it was.

    Parameters
    ----------
    contents
        The page, read.
    line
        The 1-based source line.

    Returns
    -------
    str
        What the line is; the clues for that and for the second-best reading, each with its points; how far apart the two are.

    Examples
    --------
    >>> from procman.reading.contents import read_contents
    >>> from procman.reading.text import lines_of
    >>> page = "1. All\\n\\nCore Duties\\n\\n1.1 Consent\\n1.2 Records\\n1.3 Visits\\n"
    >>> print(explain(read_contents(lines_of(page, html=False)), 3))
    Line 3 is read as heading: 'Core Duties'.
    heading:
      -2 no number
      -4 the numbers run on behind it
      +2 set apart by blanks
      +6 set apart by blanks, where numbered rows are not
    chapter:
    The page as a whole has 2 points more so than with the second.
    """
    page = contents.page
    if page is None:
        return f"Line {line} is not on the page."
    at = next((k for k, row in enumerate(page.rows) if line in [page.lines[i].line for i in row.lines]), None)
    if at is None:
        return f"Line {line} is no row: it was set aside before the rows were read."
    row, choice = page.rows[at], contents.choices[at]
    if row.number:
        found = [clue for clue in clues.NUMBERED if clue.test(page, at)]
        said = [f"Line {line} is a {choice.label}: number {row.number}, '{row.title}'."]
        said += [f"  {clue.points:+} heading: {clue.words}" for clue in found]
        return "\n".join(said)
    said = [f"Line {line} is read as {choice.label}: '{row.opener}{row.title}'."]
    for label in filter(None, (choice.label, choice.second)):
        said.append(f"{label}:")
        said += [f"  {c.points:+} {c.words}" for c in clues.CLUES if c.label == label and c.test(page, at)]
        before = contents.choices[at - 1].label if at else ""
        if points := clues.step(page, at, before, label):
            said.append(f"  {points:+} behind {before or 'nothing'}" if points > -1000 else f"  never behind {before}")
    said.append(f"The page as a whole has {choice.margin} points more so than with the second.")
    return "\n".join(said)
