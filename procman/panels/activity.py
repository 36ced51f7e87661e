"""Update activity: flags, printed dates and announced amendments, all as publishers print them."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel
from procman.reports import views
from procman.words import count, listed


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

    def words(self) -> str:
        """How many chapters each council flags, out of how many."""
        said = [
            f"{row.council} flags {row.new + row.updated} of {count(row.chapters, 'chapter')} ({row.new} New, {row.updated} Updated)"
            if row.new + row.updated
            else f"{row.council} flags none of its {count(row.chapters, 'chapter')}"
            for row in views.view("flags").of(self.comparison).itertuples()
        ]
        return listed(said, most=3)
