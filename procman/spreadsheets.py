"""Text that a spreadsheet shows as it is: a cell that it would run as a formula gets an apostrophe in front."""

from __future__ import annotations

import re

# OWASP's list, in half and full width, and behind blanks, which some programs drop. An apostrophe that may already stand
# before such a cell counts with it, so that what was put in front can be told from what was there.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """Return text that a spreadsheet will not run as a formula; `restored` undoes it.

    >>> neutral("=SUM(A1)"), neutral(" ＠Home"), neutral("'Staying Put' Policy")
    ("'=SUM(A1)", "' ＠Home", "'Staying Put' Policy")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `neutral` was given.

    >>> restored(neutral("=SUM(A1)")), restored(neutral("'=SUM(A1)")), restored("'Staying Put' Policy")
    ('=SUM(A1)', "'=SUM(A1)", "'Staying Put' Policy")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
