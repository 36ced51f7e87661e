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
        about="The contents pages most like your council's, by the topics that they share.",
        measure=lambda c: peers.likeness(c.chapters),
        chart=chart("likeness_chart"),
        councils=2,
        drawn_from=5,
        report=None,
    ),
    View(
        name="nearest",
        question="peers",
        title="Manuals most like {council}'s",
        tab="Nearest manuals",
        says=likeness.says_nearest,
        table=peers.NEAREST,
        measure=likeness.nearest,
        each=Each.COUNCIL,
        councils=3,
        hidden=("council",),
        report=Shown(
            columns=("other", "likeness", "shared", "only_here", "only_there", "platform", "neighbour"),
            only=lambda table: table.head(likeness.MOST_IN_REPORT),
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
        table=peers.CLUSTERS,
        measure=likeness.clusters,
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
        table=peers.EXPLAINED,
        measure=likeness.explained,
        councils=3,
        filled="explained",
        empty=likeness.NO_PLATFORMS,
        sheet="Publishers",
    ),
)
