"""Peers: whom to compare with, how alike manuals are, which are nearest, and which stand together.

Likeness is Jaccard's (1912): the topics that two contents pages share, out of those that either has; overlap is
Szymkiewicz and Simpson's: out of those of the manual that has fewer. Manuals on one publisher's platform
begin from the same titles, so that `explained` goes beside whatever is said of likeness.

Takes the chapters with their topics, as `procman.topics` gives them, one edition for each council (see
`procman.measures.editions.newest`).

>>> import pandas as pd
>>> chapters = pd.DataFrame({
...     "council": ["A", "A", "B", "B", "C"], "topic": ["consent", "records", "consent", "visits", "visits"],
...     "topic_title": ["Consent", "Records", "Consent", "Visits", "Visits"]})
>>> likeness(chapters)[["council", "other", "shared", "likeness"]].round(2).values.tolist()
[['A', 'B', 1, 0.33], ['A', 'C', 0, 0.0], ['B', 'C', 1, 0.5]]
>>> nearest(chapters, "B")[["council", "likeness"]].round(2).values.tolist()
[['C', 0.5], ['A', 0.33]]
>>> clusters(chapters, 2)[["council", "cluster"]].values.tolist()
[['B', 1], ['C', 1], ['A', 2]]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from procman.errors import TableError
from procman.library.directory import Council, addresses_of, directory, known_as, neighbours
from procman.measures.counting import BETWEEN, each_topic, names
from procman.tables import Field, Measure, columns, need

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

NEIGHBOURS, REGION, KIND, PLATFORM, ALIKE, ALL = (
    *("statistical neighbours", "same region", "same kind", "same platform", "most similar manuals"),
    "all",
)
#: How many councils count as most similar.
MOST = 10

SAME_WORDS = "Manuals on one platform begin from the same titles: there, likeness tells of the publisher as well as of the councils."
NO_TOPIC = "A topic that is not on the contents page may be covered elsewhere."

_LIKENESS = Field("likeness", "float64", "shared topics out of those that either has, 0 to 1; missing where neither has any", "0.42", optional=True)  # fmt: skip
_PLATFORM = Field("platform", "str", "publisher's platform that the page stands on", "trixonline", optional=True)
LIKENESS = Measure(
    "likeness of manuals",
    "One row per pair of councils: the topics they share.",
    columns(
        *("council", "other", "shared"),
        Field("only_council", "int64", "topics of the first alone", "49"),
        Field("only_other", "int64", "topics of the other alone", "44"),
        _LIKENESS,
        Field(
            "overlap",
            "float64",
            "shared topics out of those of the manual that has fewer, 0 to 1",
            "0.64",
            optional=True,
        ),
    ),
    "Likeness: topics that either of the two has. Overlap: topics of the one that has fewer, so that a short manual inside a "
    "long one has 1.",
    f"{SAME_WORDS} {NO_TOPIC}",
)
NEAREST = Measure(
    "nearest manuals",
    "One row per other council, the manual most like the council's own first.",
    columns(
        "council",
        Field("rank", "int64", "1 for the most similar; equal ones share a rank", "1"),
        _LIKENESS,
        "shared",
        Field("only_here", "int64", "topics that the council in question has and this one has not", "49"),
        Field("only_there", "int64", "topics that this council has and the one in question has not", "44"),
        _PLATFORM,
        Field(
            "neighbour",
            "Int64",
            "its rank among the statistical neighbours of the council in question",
            "3",
            optional=True,
        ),
    ),
    "Topics that either of the two has.",
    f"{SAME_WORDS} {NO_TOPIC}",
)
CLUSTERS = Measure(
    "clusters of manuals",
    "One row per council, those of the largest cluster first, like manuals beside each other.",
    columns(
        "council",
        Field("cluster", "int64", "number of its cluster, 1 for the largest", "1"),
        Field(
            "place",
            "int64",
            "its place when all manuals are put in a row so that like ones stand together, from 1",
            "3",
        ),
        Field("size", "int64", "councils in the cluster", "12"),
        Field(
            "within",
            "float64",
            "mean likeness to the others of its cluster; missing where it is alone",
            "0.6",
            optional=True,
        ),
        Field("without", "float64", "mean likeness to the councils of other clusters", "0.4", optional=True),
        _PLATFORM,
    ),
    "All councils compared; average linkage on 1 minus likeness.",
    f"Any number of clusters can be asked for; that they are found does not show that they are there. {SAME_WORDS}",
)
EXPLAINED = Measure(
    "likeness by platform",
    "How alike two manuals are on one platform, and on two.",
    columns(
        Field(
            "platforms", "str", "whether both stand on one platform", "the same", ("the same", "different", "not known")
        ),
        Field("pairs", "int64", "pairs of councils", "66"),
        Field("mean", "float64", "their mean likeness", "0.55", optional=True),
        Field("median", "float64", "their median likeness", "0.54", optional=True),
        Field(
            "explained",
            "float64",
            "share of the variance of likeness that goes with the same platform or not, 0 to 1; one number for the table",
            "0.3",
            optional=True,
        ),
    ),
    "Pairs of councils; pairs of which a platform is not known are left out of the explained share.",
    "A platform that goes with likeness need not be its cause: councils near each other often choose the same one.",
)
PLATFORMS = Measure(
    "platforms",
    "One row per council: the publisher's platform that its page stands on.",
    columns(
        "council",
        _PLATFORM,
        Field(
            "told_by",
            "str",
            "what says so: the page's own address, or the directory",
            "address",
            ("address", "directory"),
            optional=True,
        ),
    ),
    "Councils of the library.",
    "The directory knows where a page stood when it was seen last.",
)
PRESETS = Measure(
    "presets of peers",
    "One row per way to choose whom a council is compared with.",
    columns(
        Field("preset", "str", "how they are chosen, or the name of a list of one's own", "statistical neighbours"),
        Field("councils", "str", "those of them that are here, with '; ' between, the nearest first where there is an order", "Luton; Swindon", optional=True),
        Field("here", "int64", "how many are here", "2"),
        Field("of", "Int64", "how many there are; missing where that is what is here", "10", optional=True),
        Field("missing", "str", "those that are not here, with '; ' between", "Kent; Essex", optional=True),
    ),
    "Councils that the library holds.",
    "Statistical neighbours are alike in their population, not in their manuals.",
)  # fmt: skip


# --- likeness ----------------------------------------------------------------------------------------------------


def likeness(topics: pd.DataFrame) -> pd.DataFrame:
    """Tell for each pair of councils how alike their manuals are (columns of `LIKENESS`); empty with one council."""
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
    """Rank the other councils by how alike their manuals are to one council's (columns of `NEAREST`).

    Parameters
    ----------
    topics
        Chapters with topics, one edition for each council.
    council
        The council in question.
    platforms
        As `platforms` gives them; without, none is told.

    Raises
    ------
    TableError
        The table has no chapter of that council; the message names those it has.
    """
    councils, shared, sizes = _shared(topics)
    here = _place(councils, council)
    either = sizes[here] + sizes - shared[here]
    alike = shared[here] / either
    standing = dict(platforms[["council", "platform"]].dropna().to_numpy().tolist()) if platforms is not None else {}
    known = known_as(council)
    ranks = {each.neighbour: each.rank for each in (neighbours(known) if known else ())}
    others = sorted((place for place in range(len(councils)) if place != here), key=lambda place: -alike[place])
    rows = [
        (
            councils[place],
            1 + sum(alike[other] > alike[place] for other in others),
            alike[place],
            shared[here, place],
            sizes[here] - shared[here, place],
            sizes[place] - shared[here, place],
            standing.get(councils[place]),
            ranks.get(_short(councils[place])),
        )
        for place in others
    ]
    return NEAREST.frame(rows)


def clusters(topics: pd.DataFrame, number: int = 4, platforms: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put manuals that are alike together, in at most so many clusters (columns of `CLUSTERS`).

    Raises ``TableError`` for a number below 1.
    """
    if number < 1:
        raise TableError("clusters of manuals", f"{number} is no number of clusters")
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
    from scipy.spatial.distance import squareform

    councils, shared, sizes = _shared(topics)
    alike = shared / (sizes[:, None] + sizes[None] - shared)
    if len(councils) < 2:
        return CLUSTERS.frame([(name, 1, 1, 1, None, None, None) for name in councils])
    tree = linkage(squareform(1 - alike, checks=False), "average", optimal_ordering=True)
    found, order = fcluster(tree, min(number, len(councils)), "maxclust"), leaves_list(tree)
    place = np.empty(len(councils), dtype=int)
    place[order] = np.arange(1, len(councils) + 1)
    by_size = sorted(set(found.tolist()), key=lambda each: (-(found == each).sum(), place[found == each].min()))
    standing = dict(platforms[["council", "platform"]].dropna().to_numpy().tolist()) if platforms is not None else {}
    rows = []
    for cluster, label in enumerate(by_size, 1):
        inside = found == label
        for one in sorted(np.flatnonzero(inside), key=lambda each: place[each]):
            others = inside & (np.arange(len(councils)) != one)
            means = [alike[one, some].mean() if some.any() else None for some in (others, ~inside)]
            rows.append((councils[one], cluster, place[one], inside.sum(), *means, standing.get(councils[one])))
    return CLUSTERS.frame(rows)


def explained(topics: pd.DataFrame, platforms: pd.DataFrame) -> pd.DataFrame:
    """Tell how alike manuals on one platform are, and on two, and how much of likeness goes with that (columns of `EXPLAINED`)."""
    pairs = likeness(topics)
    standing = dict(platforms[["council", "platform"]].dropna().to_numpy().tolist())
    one, other = (pairs[side].map(standing) for side in ("council", "other"))
    kind = (one == other).map({True: "the same", False: "different"}).where(one.notna() & other.notna(), "not known")
    told = pairs[kind != "not known"]["likeness"]
    spread = ((told - told.mean()) ** 2).sum()
    groups = told.groupby(kind)
    between = (groups.size() * (groups.mean() - told.mean()) ** 2).sum()
    part = between / spread if groups.ngroups == 2 and spread else None
    rows = [
        (each, len(some), some.mean(), some.median(), part)
        for each in ("the same", "different", "not known")
        for some in (pairs["likeness"][kind == each],)
    ]
    return EXPLAINED.frame(rows)


def _shared(topics: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The councils, the number of topics that each two share, and how many each has."""
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


# --- platforms and presets ---------------------------------------------------------------------------------------

#: Platforms by the end of a host.
_HOSTS = {"trixonline.co.uk": "trixonline", "proceduresonline.com": "proceduresonline"}
_ARCHIVED = re.compile(r"https?://.{1,500}?/\d{14}(?:[a-z]{2}_)?/(https?://.*)")


def platforms(manuals: pd.DataFrame) -> pd.DataFrame:
    """Tell the platform that each council's page stands on (columns of `PLATFORMS`).

    Takes a library's ``manuals``: the newest edition's source tells, or else the directory.

    Examples
    --------
    >>> import pandas as pd
    >>> held = pd.DataFrame({"council": ["Kent", "Northwick"], "edition": "2024-06", "source": [None, "https://northwickcs.trixonline.co.uk/contents"]})
    >>> platforms(held)[["platform", "told_by"]].values.tolist()
    [['proceduresonline', 'directory'], ['trixonline', 'address']]
    """
    need(manuals, "manuals", "council", "edition", "source")
    newest = manuals.assign(council=names(manuals["council"])).sort_values(
        "edition", kind="stable", na_position="first"
    )
    last = (
        newest.groupby("council", sort=False)["source"].last().reindex(list(dict.fromkeys(names(manuals["council"]))))
    )
    rows = []
    for council, source in last.items():
        own, known = _platform_of(source), known_as(str(council))
        places = addresses_of(known) if known and not own else []
        platform = own or (places[0].platform if places else "")
        rows.append((council, platform, "address" if own else "directory" if platform else ""))
    return PLATFORMS.frame(rows)


def _platform_of(source: Any) -> str:
    """The platform of an address, or of the page that an archive's address shows; empty for what is no address of one."""
    archived = _ARCHIVED.match(source) if isinstance(source, str) else None
    address = archived[1] if archived else source
    host = f".{urlsplit(address).hostname or ''}" if isinstance(address, str) and "://" in address else ""
    return next((platform for end, platform in _HOSTS.items() if host.endswith(f".{end}")), "")


def presets(
    topics: pd.DataFrame,
    council: str,
    platforms: pd.DataFrame | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """The ways to choose whom a council is compared with, and whom each gives of those here (columns of `PRESETS`).

    Parameters
    ----------
    topics
        Chapters with topics: whom it has is here.
    council
        The council in question; it is no peer of its own.
    platforms
        As `platforms` gives them, for the preset of the same platform.
    lists
        Lists of one's own by name, as `procman.library.peer_lists.read_lists` gives them.

    Raises
    ------
    TableError
        The table has no chapter of that council.
    """
    alike = nearest(topics, council, platforms)["council"].tolist()
    rows = _known_presets(council, alike, platforms, lists)
    place = sum(name in (NEIGHBOURS, REGION, KIND) for name, *_ in rows)
    rows.insert(place, _preset(ALIKE, alike[:MOST], {_short(name): name for name in alike}, whole=False))
    return PRESETS.frame(rows)


def known_presets(
    council: str,
    here: Iterable[str],
    platforms: pd.DataFrame | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """As `presets`, of the councils named, without the most similar manuals: no topic need be known.

    >>> known_presets("Milton Keynes", ["Oxfordshire"])[["preset", "here", "of"]].values.tolist()
    [['statistical neighbours', 0, 10], ['same region', 1, 18], ['same kind', 0, 62], ['all', 1, <NA>]]
    """
    others = [name for name in here if name != council]
    return PRESETS.frame(_known_presets(council, others, platforms, lists))


def _known_presets(
    council: str,
    others: list[str],
    platforms: pd.DataFrame | None,
    lists: Mapping[str, Sequence[str]] | None,
) -> list[tuple[Any, ...]]:
    here = {_short(name): name for name in others}
    known, rows = known_as(council), []
    if known:
        every = [each for each in directory().values() if each != known]
        rows = [
            _preset(NEIGHBOURS, [each.neighbour for each in neighbours(known)], here),
            _preset(REGION, _named(each for each in every if each.region == known.region), here),
            _preset(KIND, _named(each for each in every if each.kind == known.kind), here),
        ]
    if platforms is not None:
        standing = dict(platforms[["council", "platform"]].dropna().to_numpy().tolist())
        same = [name for name in others if council in standing and standing.get(name) == standing[council]]
        rows.append(_preset(PLATFORM, same, here, whole=False))
    rows += [_preset(name, [each for each in some if each != council], here) for name, some in (lists or {}).items()]
    return [*rows, _preset(ALL, sorted(others), here, whole=False)]


def _preset(name: str, councils: Sequence[str], here: Mapping[str, str], whole: bool = True) -> tuple[Any, ...]:
    """A preset's row; ``whole`` says that the councils are all there are, not all that are here."""
    found = [here[_short(each)] for each in councils if _short(each) in here]
    missing = [each for each in councils if _short(each) not in here]
    return name, BETWEEN.join(found), len(found), len(councils) if whole else None, BETWEEN.join(missing)


def _named(councils: Iterable[Council]) -> list[str]:
    return [each.council for each in councils]


def _short(name: str) -> str:
    """The directory's name for a council that a library calls so."""
    known = known_as(name)
    return known.council if known else name
