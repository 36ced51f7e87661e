"""Peers: which manuals are similar."""

from __future__ import annotations

from procman.measures import peers
from procman.reports import headlines, likeness
from procman.reports.view import Each, Shown, View, chart

VIEWS = (
    View(
        name="likeness",
        question="peers",
        title="How alike the contents pages are",
        tab="Likeness",
        says=headlines.alike,
        table=peers.LIKENESS,
        about="How many of the topics on either of two contents pages are on both, for each two councils.",
        measure=lambda c: peers.likeness(c.chapters),
        chart=chart("likeness_chart"),
        councils=2,
        drawn_from=5,
        spread=likeness.own_first,
        report=None,
    ),
    View(
        name="nearest",
        question="peers",
        title="Manuals most like {council}'s",
        tab="Nearest manuals",
        says=likeness.says_nearest,
        about="The contents pages most like your council's, by the topics that they share.",
        table=peers.NEAREST,
        measure=likeness.nearest,
        chart=chart("nearest_chart"),
        each=Each.COUNCIL,
        councils=3,
        drawn_from=3,
        hidden=("council",),
        report=Shown(
            columns=("other", "likeness", "shared", "only_here", "only_there", "platform", "neighbour"),
            only=lambda table: table.head(likeness.MOST_IN_REPORT),
            chart=False,
        ),
        sheet="Nearest",
        workbook=Shown(most=None, only=lambda table: table.head(likeness.MOST)),
    ),
    View(
        name="clusters",
        question="peers",
        title="Manuals that are alike, in clusters",
        tab="Clusters",
        says=likeness.says_clusters,
        about="Councils whose contents pages are most alike, put into a few clusters.",
        table=peers.CLUSTERS,
        measure=likeness.clusters,
        chart=chart("clusters_chart"),
        drawn_from=4,
        councils=4,
        hidden=("place",),
        report=Shown(columns=("council", "cluster", "size", "within", "without", "platform")),
        sheet="Clusters",
    ),
    View(
        name="explained",
        question="peers",
        title="How far a common publisher explains likeness",
        tab="Publishers",
        says=likeness.says_explained,
        about="How alike two manuals are on one publisher's platform, and on two.",
        table=peers.EXPLAINED,
        measure=likeness.explained,
        chart=chart("explained_chart"),
        drawn_from=3,
        councils=3,
        filled="explained",
        empty=likeness.NO_PLATFORMS,
        sheet="Publishers",
    ),
)
