"""Likeness: how similar manuals are, which are nearest to one, and which form clusters.

Likeness is Jaccard's index (1912): the topics that two contents pages share, out of those that either has. Overlap is the coefficient of
Szymkiewicz and Simpson: the shared topics, out of those of the smaller manual. Manuals on one publisher's platform start from the same
titles, so show `explained` beside any likeness.

Takes chapters with topics from `procman.topics`, one edition per council (see `procman.measures.editions.newest`).

>>> import pandas as pd
>>> chapters = pd.DataFrame({
...     "council": ["A", "A", "B", "B", "C"], "topic": ["consent", "records", "consent", "visits", "visits"],
...     "topic_title": ["Consent", "Records", "Consent", "Visits", "Visits"]})
>>> likeness(chapters)[["council", "other", "shared", "likeness"]].round(2).values.tolist()
[['A', 'B', 1, 0.33], ['A', 'C', 0, 0.0], ['B', 'C', 1, 0.5]]
>>> nearest(chapters, "B")[["other", "likeness"]].round(2).values.tolist()
[['C', 0.5], ['A', 0.33]]
>>> clusters(chapters, 2)[["council", "cluster"]].values.tolist()
[['B', 1], ['C', 1], ['A', 2]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.errors import TableError
from procman.library.directory import known_as, neighbours, short_name
from procman.measures.counting import each_topic
from procman.measures.peers.hosts import standing
from procman.tables import Measure, columns

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SAME_WORDS = "Manuals on one platform start from the same titles, so their likeness reflects the publisher as well as the councils."
NO_TOPIC = "A topic missing here may be covered elsewhere."

LIKENESS = Measure(
    "likeness of manuals",
    "One row per pair of councils: the topics they share.",
    columns(
        *("council", "other", "shared", "only_council", "only_other", "likeness?", "overlap?"),
    ),
    "Likeness: topics that either manual has. Overlap: topics of the smaller manual, so a short manual inside a long one has 1.",
    f"{SAME_WORDS} {NO_TOPIC}",
)
NEAREST = Measure(
    "nearest manuals",
    "One row per other council, the most similar manual first.",
    columns(
        *("council", "other", "rank", "likeness?", "shared", "only_here", "only_there", "platform?", "neighbour?"),
        rank="1 for the most similar; equal values share a rank",
        only_here="topics that only your council has",
        council="your council",
        platform="publisher's platform that hosts the other council's page",
        neighbour="rank of the other council among your statistical neighbours",
    ),
    "Topics that either council has.",
    f"{SAME_WORDS} {NO_TOPIC}",
)
CLUSTERS = Measure(
    "clusters of manuals",
    "One row per council, the largest cluster first, with similar manuals next to each other.",
    columns(*("council", "cluster", "place", "size", "within?", "without?", "platform?")),
    "All councils compared. The two most alike are joined first, then those most like them on average.",
    f"This finds as many clusters as you ask for, even if the manuals form no clusters. {SAME_WORDS}",
)
EXPLAINED = Measure(
    "likeness by platform",
    "How similar two manuals are on the same platform, and on different platforms.",
    columns(
        *("platforms", "pairs", "mean?", "median?", "explained?"),
        median="their median likeness",
    ),
    "Pairs of councils. The explained share leaves out pairs whose platform is not known.",
    "The platform may not be the cause of likeness: councils near each other often choose the same one.",
)


def likeness(topics: pd.DataFrame) -> pd.DataFrame:
    """Measure how similar the manuals of each pair of councils are (columns of `LIKENESS`). Empty with one council."""
    councils, shared, sizes = _shared(topics)
    rows = []
    for one, council in enumerate(councils):
        for other in range(one + 1, len(councils)):
            both = int(shared[one, other])
            either = int(sizes[one] + sizes[other]) - both
            alike, within = both / either, both / min(sizes[one], sizes[other])
            rows.append((council, councils[other], both, sizes[one] - both, sizes[other] - both, alike, within))
    return LIKENESS.frame(rows)


def nearest(topics: pd.DataFrame, council: str, platforms: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rank the other councils by how similar their manuals are to your council's (columns of `NEAREST`).

    Parameters
    ----------
    topics
        Chapters with topics, one edition per council.
    council
        Your council.
    platforms
        The result of `platforms`. Without it, the platforms are missing.

    Raises
    ------
    TableError
        The table has no chapter of that council. The message lists the councils it has.
    """
    councils, shared, sizes = _shared(topics)
    here = _place(councils, council)
    either = sizes[here] + sizes - shared[here]
    alike = shared[here] / either
    hosts, known = standing(platforms), known_as(council)
    ranks = {each.neighbour: each.rank for each in (neighbours(known) if known else ())}
    others = sorted((place for place in range(len(councils)) if place != here), key=lambda place: -alike[place])
    rows = [
        (
            council,
            councils[place],
            1 + sum(alike[other] > alike[place] for other in others),
            alike[place],
            shared[here, place],
            sizes[here] - shared[here, place],
            sizes[place] - shared[here, place],
            hosts.get(councils[place]),
            ranks.get(short_name(councils[place])),
        )
        for place in others
    ]
    return NEAREST.frame(rows)


def clusters(topics: pd.DataFrame, number: int = 4, platforms: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put similar manuals together in at most ``number`` clusters (columns of `CLUSTERS`).

    Raises ``TableError`` if the number is below 1.
    """
    if number < 1:
        raise TableError("clusters of manuals", f"the number of clusters must be at least 1, not {number}")
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, leaves_list

    councils, shared, sizes = _shared(topics)
    alike = shared / (sizes[:, None] + sizes[None] - shared)
    if len(councils) < 2:
        return CLUSTERS.frame([(name, 1, 1, 1, None, None, None) for name in councils])
    tree = tree_of(alike)
    found, order = fcluster(tree, min(number, len(councils)), "maxclust"), leaves_list(tree)
    place = np.empty(len(councils), dtype=int)
    place[order] = np.arange(1, len(councils) + 1)
    by_size = sorted(set(found.tolist()), key=lambda each: (-(found == each).sum(), place[found == each].min()))
    hosts = standing(platforms)
    rows = []
    for cluster, label in enumerate(by_size, 1):
        inside = found == label
        for one in sorted(np.flatnonzero(inside), key=lambda each: place[each]):
            others = inside & (np.arange(len(councils)) != one)
            means = [alike[one, some].mean() if some.any() else None for some in (others, ~inside)]
            rows.append((councils[one], cluster, place[one], inside.sum(), *means, hosts.get(councils[one])))
    return CLUSTERS.frame(rows)


def tree_of(alike: np.ndarray) -> np.ndarray:
    """The tree that joins manuals at their mean likeness (average linkage), as from `scipy.cluster.hierarchy.linkage`: its third column has 1 minus the likeness.

    Takes the likeness of each pair, from 0 to 1, as a square. Similar manuals are next to each other in the order of the leaves.

    >>> import numpy as np
    >>> alike = np.array([[1.0, 0.2, 0.8], [0.2, 1.0, 0.4], [0.8, 0.4, 1.0]])
    >>> tree_of(alike)[:, 2].round(2).tolist()
    [0.2, 0.7]
    """
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    return linkage(squareform(1 - alike, checks=False), "average", optimal_ordering=True)


def explained(topics: pd.DataFrame, platforms: pd.DataFrame) -> pd.DataFrame:
    """Compare the likeness of manuals on the same platform and on different platforms (columns of `EXPLAINED`)."""
    pairs = likeness(topics)
    hosts = standing(platforms)
    one, other = (pairs[side].map(hosts) for side in ("council", "other"))
    kind = (one == other).map({True: "the same", False: "different"}).where(one.notna() & other.notna(), "not known")
    told = pairs[kind != "not known"]["likeness"]
    spread = ((told - told.mean()) ** 2).sum()
    groups = told.groupby(kind)
    between = (groups.size() * (groups.mean() - told.mean()) ** 2).sum()
    part = between / spread if groups.ngroups == 2 and spread else None
    rows = [
        (each, len(some), some.mean(), some.median(), part if each != "not known" else None)
        for each in ("the same", "different", "not known")
        for some in (pairs["likeness"][kind == each],)
    ]
    return EXPLAINED.frame(rows)


def _shared(topics: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The councils, the number of topics that each two share, and the number that each has."""
    import pandas as pd

    spread = each_topic(topics)
    has = pd.crosstab(spread["council"], spread["topic"]).clip(upper=1)
    has = has.loc[list(dict.fromkeys(spread["council"]))]
    counts = has.to_numpy()
    return has.index.tolist(), counts @ counts.T, counts.sum(axis=1)


def _place(councils: list[str], council: str) -> int:
    if council not in councils:
        raise TableError("topics", f"no chapters of {council!r}; councils here: {', '.join(councils) or 'none'}")
    return councils.index(council)
