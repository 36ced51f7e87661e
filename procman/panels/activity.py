"""Update activity: flags, printed dates and announced amendments, all as publishers claim them."""

from __future__ import annotations

from procman.figures.activity import flags_chart
from procman.figures.ages import ages_chart
from procman.figures.amendments import amendments_chart
from procman.measures import activity
from procman.panels.panel import ComparisonPanel
from procman.reports.view import View
from procman.words import listed

BEFORE_ANY = "1990-01"  # no manual is on the web so early


class ActivityPanel(ComparisonPanel):
    """What contents pages flag as New or Updated, how old their dated chapters are, and what amendments pages announce.

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

    def words(self) -> str:
        """How many chapters each council flags, out of how many."""
        table = self.comparison.keep("flags", lambda: activity.flags(self.comparison.entries))
        said = [
            f"{row.council} flags {row.new + row.updated} of {row.chapters} chapters ({row.new} New, {row.updated} Updated)"
            if row.new + row.updated
            else f"{row.council} flags none of its {row.chapters} chapters"
            for row in table.itertuples()
        ]
        return listed(said, most=3)

    @property
    def latest(self) -> str:
        """The newest month that the manuals and amendments compared know of: ages are counted to it, never to the clock."""
        entries, amendments = self.comparison.entries, self.comparison.amendments
        columns = (entries["edition"], entries["date"], amendments["edition"])
        return max((month for column in columns for month in column.dropna().str.slice(0, 7)), default=BEFORE_ANY)


ActivityPanel.views = (
    View(
        "Flags of the council in focus",
        activity.FLAGS_BY_SECTION,
        lambda panel: activity.flags_by_section(panel.comparison.entries_of(panel.focus)),
        flags_chart,
        "section",
        ("council", "edition"),
    ),
    View("Flags by council", activity.FLAGS, lambda panel: activity.flags(panel.comparison.entries)),
    View(
        "Flags by topic",
        activity.FLAGS_BY_TOPIC,
        lambda panel: activity.flags_by_topic(panel.comparison.chapters),
        rows="topic",
    ),
    View(
        "Ages of chapters",
        activity.AGES,
        lambda panel: activity.ages(panel.comparison.entries, panel.latest),
        ages_chart,
        "place",
    ),
    View(
        "Announced amendments",
        activity.AMENDMENTS_BY_EDITION,
        lambda panel: activity.amendments_by_edition(panel.comparison.amendments),
        amendments_chart,
    ),
    View(
        "Topics that most claim to have changed",
        activity.BUSIEST,
        lambda panel: activity.busiest(
            panel.comparison.chapters, panel.comparison.amendments, BEFORE_ANY, panel.latest
        ),
        rows="topic",
    ),
)
