"""Figures of peers: the manuals nearest to one, clusters of manuals, and how much a common platform explains."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.figures.adjustable import adjustable
from procman.figures.bars import IN_ALL, IN_SOME, ONLY_HERE, Part, counted, cut_short, empty_chart, stacked_bars
from procman.figures.chart import Chart
from procman.figures.options import options
from procman.figures.style import BLUE, GREY, INK, ORANGE, PINK, PURPLE, TURQUOISE, Fill, drawable
from procman.measures.peers import CLUSTERS, EXPLAINED, NEAREST
from procman.words import listed

MOST = 15  # the most manuals to draw
NAMED = 6  # the most councils of a cluster to name
#: A fill for each platform, in their first order. The last two are for other platforms, and for platforms not known.
PLATFORMS = (
    Fill(BLUE, "", "white"),
    Fill(ORANGE, "////", INK),
    Fill(TURQUOISE, "xx", INK),
    Fill(PURPLE, "\\\\\\\\", INK),
    Fill(PINK, "", "white"),
)
OTHERS, NOT_KNOWN = Fill(GREY, "", "white"), Fill("white", "", INK)


@adjustable
def nearest_chart(table: pd.DataFrame) -> Axes:
    """Draw the manuals most like one council's, with the topics on both pages, only on its page, and only on the other page.

    Parameters
    ----------
    table
        The result of `procman.measures.peers.nearest`.

    Examples
    --------
    >>> rows = [("Ayle", "Cole", 1, 0.75, 9, 1, 2, "trixonline", None), ("Ayle", "Beere", 2, 0.15, 2, 8, 3, None, 4)]
    >>> axes = nearest_chart(NEAREST.frame(rows))
    >>> axes.figure.title
    'The contents page most like Ayle’s is Cole’s: 9 of 12 topics of either are on both'
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Cole', 'Beere*']
    """
    NEAREST.check(table, "nearest_chart")
    rows = table.dropna(subset="likeness")
    if rows.empty:
        return empty_chart("No other contents page has a topic to compare", NEAREST.caveat, table)
    drawn = rows.head(MOST)
    mine, first = drawable(rows["council"].iloc[0]), drawn.iloc[0]
    either = first["shared"] + first["only_here"] + first["only_there"]
    title = (
        f"The contents page most like {mine}’s is {drawable(first['other'])}’s: "
        f"{first['shared']} of {counted(either, 'topic')} of either are on both"
    )
    neighbours = drawn["neighbour"].notna()
    columns = (
        ("shared", "on both", IN_ALL),
        ("only_here", f"only on {mine}’s", ONLY_HERE),
        ("only_there", "only on the other’s", IN_SOME),
    )
    axes = stacked_bars(
        title,
        [f"{drawable(other)}{'*' if near else ''}" for other, near in zip(drawn["other"], neighbours, strict=True)],
        [Part(name, fill, list(drawn[column])) for column, name, fill in columns],
        [f"{like * 100:.0f}% alike" for like in drawn["likeness"]],
        subtitle=f"Topics on {mine}’s contents page and on another’s, the pages most alike first",
        note=NEAREST.caveat
        + (" * A statistical neighbour." if neighbours.any() else "")
        + cut_short(len(rows), len(drawn), "manual", "the most alike"),
        axis="Topics",
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"Bars of shared topics, the most alike first. {title}."
    return axes


@adjustable
def clusters_chart(table: pd.DataFrame) -> Axes:
    """Draw the number of councils in each cluster of manuals, by the platform that hosts their pages.

    Parameters
    ----------
    table
        The result of `procman.measures.peers.clusters`.

    Examples
    --------
    >>> rows = [("Ayle", 1, 1, 2, 0.7, 0.1, "trixonline"), ("Cole", 1, 2, 2, 0.7, 0.2, None), ("Beere", 2, 3, 1, None, 0.15, None)]
    >>> axes = clusters_chart(CLUSTERS.frame(rows), focus="Beere")
    >>> axes.figure.title
    'Beere stands alone; the largest of 2 clusters has 2 councils'
    >>> [label.get_text().replace("\\n", " ") for label in axes.get_yticklabels()], [text.get_text() for text in axes.texts]
    (['1: Ayle and Cole', '2: Beere'], ['70% alike, 15% with others', '15% with others'])
    """
    CLUSTERS.check(table, "clusters_chart")
    if table.empty:
        return empty_chart("No manual has a topic to compare", CLUSTERS.caveat, table)
    focus = options().focus
    clusters = table.groupby("cluster", sort=True)
    sizes, hosts = clusters.size(), table["platform"].value_counts()
    named = list(hosts.index[: len(PLATFORMS)])
    platform = (
        table["platform"].where(table["platform"].isin(named) | table["platform"].isna(), "others").fillna("not known")
    )
    counts = pd.crosstab(table["cluster"], platform)
    fills = {**dict(zip(named, PLATFORMS, strict=False)), "others": OTHERS, "not known": NOT_KNOWN}
    if not named:
        counts, fills = sizes.to_frame("councils"), {"councils": IN_ALL}
    own = table.loc[table["council"] == focus, "cluster"]
    title = f"The largest of {counted(len(sizes), 'cluster')} has {counted(sizes.max(), 'council')}"
    if len(own):
        beside = int(sizes[own.iloc[0]]) - 1
        where = f"stands with {counted(beside, 'other')}" if beside else "stands alone"
        title = f"{drawable(str(focus))} {where}; the{title[3:]}"
    axes = stacked_bars(
        title,
        [f"{cluster}: {_some(list(rows['council']), focus)}" for cluster, rows in clusters],
        [Part(name, fill, list(counts[name])) for name, fill in fills.items() if name in counts],
        [_alike(rows) for _, rows in clusters],
        subtitle="Councils whose contents pages are most alike" + (", by the pages’ platform" if named else ""),
        note=CLUSTERS.caveat,
        axis="Councils",
        bold=[bool((rows["council"] == focus).any()) for _, rows in clusters],
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"Bars for {counted(len(sizes), 'cluster')} of manuals. {title}."
    return axes


def _some(councils: list[str], focus: str | None) -> str:
    """The councils of a cluster, yours first, up to `NAMED`."""
    ranked = [drawable(name) for name in sorted(councils, key=lambda name: name != focus)]
    more = len(ranked) - NAMED
    return listed([*ranked[:NAMED], f"{more} more"], NAMED + 1) if more > 1 else listed(ranked, NAMED + 1)


def _alike(rows: pd.DataFrame) -> str:
    """How similar the manuals of a cluster are to each other and to other manuals."""
    within, without = rows["within"].mean(), rows["without"].mean()
    said = [] if within != within else [f"{within * 100:.0f}% alike"]
    return ", ".join([*said, *([] if without != without else [f"{without * 100:.0f}% with others"])])


@adjustable
def explained_chart(table: pd.DataFrame) -> Axes:
    """Draw the mean likeness of two manuals on the same platform, and on different platforms.

    Parameters
    ----------
    table
        The result of `procman.measures.peers.explained`.

    Examples
    --------
    >>> rows = [("the same", 4, 0.61, 0.6, 0.85), ("different", 6, 0.1, 0.1, 0.85), ("not known", 0, None, None, None)]
    >>> axes = explained_chart(EXPLAINED.frame(rows))
    >>> axes.figure.title
    'Two manuals on one platform share 61% of their topics, two on different ones 10%'
    >>> [text.get_text() for text in axes.texts]
    ['61%, of 4 pairs', '10%, of 6 pairs']
    """
    EXPLAINED.check(table, "explained_chart")
    drawn = table[table["pairs"] > 0]
    means = drawn.set_index("platforms")["mean"]
    if not {"the same", "different"} <= {*means.index}:
        return empty_chart("Not two manuals on one platform and one on another", EXPLAINED.caveat, table)
    title = (
        f"Two manuals on one platform share {means['the same'] * 100:.0f}% of their topics, "
        f"two on different ones {means['different'] * 100:.0f}%"
    )
    axes = stacked_bars(
        title,
        [
            {"the same": "the same platform", "different": "different platforms"}.get(each, each)
            for each in drawn["platforms"]
        ],
        [Part("topics on both, on average", IN_ALL, list(drawn["mean"] * 100))],
        [
            f"{mean * 100:.0f}%, of {counted(pairs, 'pair')}"
            for mean, pairs in drawn[["mean", "pairs"]].itertuples(index=False)
        ],
        subtitle="Topics on both of two contents pages, of those on either",
        note=EXPLAINED.caveat,
        axis="% of the topics on either",
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"A bar for each kind of pair. {title}."
    return axes
