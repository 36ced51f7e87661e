"""How alike the manuals of a comparison are: the tables of these views, and what each says of your council.

Manuals on one publisher's platform begin from the same titles. Each headline says so where it matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.measures import peers
from procman.measures.peers.hosts import from_directory, standing
from procman.reports.comparison import Comparison
from procman.reports.headlines import own
from procman.tables import Table
from procman.words import count, listed

if TYPE_CHECKING:
    import pandas as pd

#: So many nearest manuals are on a council's sheet, and in a report, which has a table for each council.
MOST, MOST_IN_REPORT = 10, 5
#: Clusters that are looked for.
CLUSTERS = 4
#: Of fewer pairs of a kind, what goes with a platform may be chance, and the headline does not say it.
FEW_PAIRS = 3
#: What would fill the table on platforms.
NO_PLATFORMS = (
    "Not known here. This needs two manuals on one publisher's platform and one on another: `python -m procman add COUNCIL` "
    "fetches a page and keeps where it stands."
)


def platforms(comparison: Comparison) -> pd.DataFrame:
    """The platform that each council's page stands on: by its address in the library, else by the directory."""
    held = comparison.manuals
    return comparison.keep(
        "platforms", lambda: from_directory(comparison.present) if held.empty else peers.platforms(held)
    )


def nearest(comparison: Comparison, council: str) -> pd.DataFrame:
    """The other manuals, the most like one council's first."""
    return peers.nearest(comparison.chapters, council, platforms(comparison))


def clusters(comparison: Comparison) -> pd.DataFrame:
    """The manuals in clusters: four, or fewer where councils are few, so that not each stands alone."""
    number = max(1, min(CLUSTERS, len(comparison.present) // 2))
    return peers.clusters(comparison.chapters, number, platforms(comparison))


def explained(comparison: Comparison) -> pd.DataFrame:
    """How much of likeness goes with a common platform."""
    return peers.explained(comparison.chapters, platforms(comparison))


def own_first(comparison: Comparison, table: pd.DataFrame) -> tuple[pd.DataFrame, Table, tuple[str, ...]]:
    """The pairs of your council first, the most alike on top, with your council before the other."""
    import pandas as pd

    council = own(comparison)
    turned = {"council": "other", "other": "council", "only_council": "only_other", "only_other": "only_council"}
    mine = pd.concat(
        [
            table[table["council"] == council],
            table[table["other"] == council].rename(columns=turned)[table.columns],
        ]
    )
    rest = table[(table["council"] != council) & (table["other"] != council)]
    ranked = mine.sort_values("likeness", ascending=False, kind="stable")
    return pd.concat([ranked, rest], ignore_index=True), peers.LIKENESS, ()


def says_nearest(comparison: Comparison, table: pd.DataFrame, council: str) -> str:
    """Whose manual is most like the council's, and whether both have one publisher."""
    first, hosts = table.iloc[0], standing(platforms(comparison))
    said = f"{council}'s contents page is most like {first['other']}'s: {first['likeness']:.0%} of the topics on either are on both"
    same = council in hosts and hosts[council] == hosts.get(first["other"])
    return f"{said}. Both stand on {hosts[council]}, where manuals begin from the same titles" if same else said


def says_clusters(comparison: Comparison, table: pd.DataFrame) -> str:
    """With whom your council stands, and how alike they are."""
    council = own(comparison)
    mine = table.set_index("council").loc[council]
    beside = table[(table["cluster"] == mine["cluster"]) & (table["council"] != council)]
    if beside.empty:
        return f"{council} stands alone: on average it shares {mine['without']:.0%} of its topics with another"
    said = f"{council} stands with {listed(beside['council'].tolist())}: on average they share {mine['within']:.0%} of their topics"
    said += "" if mine["without"] != mine["without"] else f", and {mine['without']:.0%} with the others"
    hosts = set(table.loc[table["cluster"] == mine["cluster"], "platform"])
    one = len(hosts) == 1 and isinstance(mine["platform"], str)
    return f"{said}. All of them stand on {mine['platform']}, where manuals begin from the same titles" if one else said


def says_explained(comparison: Comparison, table: pd.DataFrame) -> str:
    """How alike manuals of one publisher are, and of several."""
    rows = table.set_index("platforms")
    if rows["explained"].isna().all():
        return "How far a common publisher explains likeness"
    (one, alike), (two, unlike) = rows.loc[["the same", "different"], ["pairs", "mean"]].to_numpy().tolist()
    said = f"Two manuals on one platform share {alike:.0%} of their topics on average ({count(int(one), 'pair')})"
    said += f", two on different ones {unlike:.0%} ({count(int(two), 'pair')})"
    if min(one, two) < FEW_PAIRS:
        return f"{said}. These are too few pairs to tell whether the platform makes a difference"
    return f"{said}; {rows['explained'].iloc[0]:.0%} of the differences in likeness go with the platform"
