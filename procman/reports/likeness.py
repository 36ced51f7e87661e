"""How similar the manuals of a comparison are: the tables and headlines of these views.

Manuals on one publisher's platform start from the same titles. Headlines say so where it matters.
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

#: The number of nearest manuals on a council's sheet and in the report, which has a table for each council.
MOST, MOST_IN_REPORT = 10, 5
#: The number of clusters to look for.
CLUSTERS = 4
#: With fewer pairs of a kind, the difference may be chance, and the headline does not give it.
FEW_PAIRS = 3
#: Shown if the table on platforms is empty.
NO_PLATFORMS = (
    "Not known here. This needs two manuals on one publisher's platform and one on another: `python -m procman add COUNCIL` "
    "fetches a page and keeps its address."
)


def platforms(comparison: Comparison) -> pd.DataFrame:
    """The platform that hosts each council's page, from its address in the library, or from the directory."""
    held = comparison.manuals
    return comparison.keep(
        "platforms", lambda: from_directory(comparison.present) if held.empty else peers.platforms(held)
    )


def nearest(comparison: Comparison, council: str) -> pd.DataFrame:
    """The other manuals, the most similar to your council's first."""
    return peers.nearest(comparison.chapters, council, platforms(comparison))


def clusters(comparison: Comparison) -> pd.DataFrame:
    """The manuals in four clusters, or fewer if there are few councils."""
    number = max(1, min(CLUSTERS, len(comparison.present) // 2))
    return peers.clusters(comparison.chapters, number, platforms(comparison))


def explained(comparison: Comparison) -> pd.DataFrame:
    """How much a common platform explains likeness."""
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
    """Which manual is most like your council's, and whether both are on the same platform."""
    first, hosts = table.iloc[0], standing(platforms(comparison))
    said = f"{council}'s contents page is most like {first['other']}'s: {first['likeness']:.0%} of the topics on either are on both"
    same = council in hosts and hosts[council] == hosts.get(first["other"])
    return f"{said}. Both are on {hosts[council]}, where manuals start from the same titles" if same else said


def says_clusters(comparison: Comparison, table: pd.DataFrame) -> str:
    """Which councils are in your council's cluster, and how similar they are."""
    council = own(comparison)
    mine = table.set_index("council").loc[council]
    beside = table[(table["cluster"] == mine["cluster"]) & (table["council"] != council)]
    if beside.empty:
        return f"{council} is in a cluster of its own: on average it shares {mine['without']:.0%} of its topics with another council"
    said = f"{council} is in a cluster with {listed(beside['council'].tolist())}: on average they share {mine['within']:.0%} of their topics"
    said += "" if mine["without"] != mine["without"] else f", and {mine['without']:.0%} with the others"
    hosts = set(table.loc[table["cluster"] == mine["cluster"], "platform"])
    one = len(hosts) == 1 and isinstance(mine["platform"], str)
    return f"{said}. All of them are on {mine['platform']}, where manuals start from the same titles" if one else said


def says_explained(comparison: Comparison, table: pd.DataFrame) -> str:
    """How similar manuals on the same platform are, and on different platforms."""
    rows = table.set_index("platforms")
    if rows["explained"].isna().all():
        return "How far a common publisher explains likeness"
    (one, alike), (two, unlike) = rows.loc[["the same", "different"], ["pairs", "mean"]].to_numpy().tolist()
    said = f"Two manuals on one platform share {alike:.0%} of their topics on average ({count(int(one), 'pair')})"
    said += f", two on different ones {unlike:.0%} ({count(int(two), 'pair')})"
    if min(one, two) < FEW_PAIRS:
        return f"{said}. These are too few pairs to tell whether the platform makes a difference"
    return f"{said}; {rows['explained'].iloc[0]:.0%} of the differences in likeness go with the platform"
