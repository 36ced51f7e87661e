"""Explain how a line was read: its clues with their points, and the second-best reading."""

from __future__ import annotations

from collections.abc import Sequence

from procman.reading import clues
from procman.reading.contents import Contents
from procman.reading.evidence import Evidence
from procman.reading.path import NEVER, Choice


def explain(contents: Contents, line: int) -> str:
    """Explain how a line of a page was read.

    Parameters
    ----------
    contents
        The reading of the page.
    line
        The line of the source, from 1.

    Returns
    -------
    str
        The kind of the line, the clues for it and for the second-best reading, each with points, and the difference between the two.

    Examples
    --------
    >>> from procman.reading.contents import read_contents
    >>> from procman.reading.text import lines_of
    >>> page = "1. All\\n\\nCore Duties\\n\\n1.1 Consent\\n1.2 Records\\n1.3 Visits\\n"
    >>> print(explain(read_contents(lines_of(page, html=False)), 3))
    'Core Duties' is read as heading.
    heading:
      -2 no number
      -7 the numbers run on behind it
      +2 set apart by blanks
      +9 set apart by blanks, where numbered rows are not
    chapter:
    The whole page has 2 points more with the first of these than with the second.
    """
    page = contents.page
    if page is None:
        return f"Line {line}: the page has no rows."
    places = [k for k, row in enumerate(page.rows) if line in [page.lines[i].line for i in row.lines]]
    if not places:
        return f"Line {line} is no row: it is blank, or was set aside before the rows were read."
    return "\n\n".join(_explain(page, k, contents.choices) for k in places)


def _explain(page: Evidence, k: int, choices: Sequence[Choice]) -> str:
    """Explain how a row was read."""
    row, choice = page.rows[k], choices[k]
    if row.number:
        said = [f"{row.number}, '{row.title}', is read as {choice.label}."]
        said += [f"  {clue.points:+} heading: {clue.words}" for clue in clues.NUMBERED if clue.test(page, k)]
        return "\n".join([*said, "  More than 0 points make a heading, others a chapter."])
    said = [f"'{row.opener}{row.title}' is read as {choice.label}."]
    for label in filter(None, (choice.label, choice.second)):
        said.append(f"{label}:")
        said += [
            f"  {clue.points:+} {clue.words}"
            for clue in (*clues.CLUES, *clues.LATE_CLUES)
            if clue.label == label and clue.test(page, k)
        ]
        before = choices[k - 1].label if k else ""
        if points := clues.step_points(page, k, before, label):
            behind = f"behind the {before} above" if before else "as the first row"
            said.append(f"  {points:+} {behind}" if points > NEVER else f"  never {behind}")
    far = "1 point" if choice.margin == 1 else f"{choice.margin} points"
    return "\n".join(
        [*said, f"The whole page has {far} more with the first of these than with the second." if choice.second else ""]
    ).strip()
