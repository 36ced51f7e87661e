"""Update activity: flags, printed dates and announced amendments, as publishers print them."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class ActivityPanel(ComparisonPanel):
    """Which chapters contents pages mark as New or Updated, how old dated chapters are, and what amendments pages announce.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = ActivityPanel(open_library("data/manuals"))
    >>> panel.focus = "Oxfordshire"
    >>> panel.statuses = ["New"]
    >>> panel.table[["section", "chapters", "new"]].values.tolist()[0]
    ['All Children', 25, 1]
    """

    about = "update activity"
    questions = ("activity",)
