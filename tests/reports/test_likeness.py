"""Nearest manuals, clusters, and how much a common publisher explains: the same tables in panel, report and workbook."""

from __future__ import annotations

import html
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from procman import open_library
from procman.measures.peers.hosts import from_directory
from procman.panels import PeersPanel
from procman.reports import likeness, views
from procman.reports.comparison import Comparison
from procman.reports.likeness import NO_PLATFORMS
from procman.reports.report import _shown
from procman.reports.workbook import write_workbook

#: Each council's platform, and letters for the chapters that it lists.
HELD = {
    "Kent": ("kentcs.trixonline.co.uk", "abcdef"),
    "Medway": ("medwaycs.trixonline.co.uk", "abcdeg"),
    "Bexley": ("bexleycs.trixonline.co.uk", "abcdgh"),
    "Leeds": ("leedscs.proceduresonline.com", "ijklmn"),
    "York": ("yorkcs.proceduresonline.com", "ijklab"),
    "Northwick": ("", "xyz"),
}
TITLES = dict(
    zip(
        "abcdefghijklmnxyz",
        (
            *("Private Fostering", "Complaints", "Staying Put", "Leaving Care", "Adoption Panel", "Placement Planning"),
            *("Supervised Contact", "Education of Looked After Children", "Strategy Discussions", "Missing Children"),
            *("Pathway Plans", "Life Story Work", "Foster Carer Reviews", "Child Protection Conferences", "Harbours"),
            *("Lighthouses", "Ferries"),
        ),
        strict=True,
    )
)
NEAREST = """\
council,other,rank,likeness,shared,only_here,only_there,platform,neighbour
Kent,Medway,1,0.71,5,1,1,trixonline,
Kent,Bexley,2,0.5,4,2,2,trixonline,4
Kent,York,3,0.2,2,4,4,proceduresonline,
Kent,Leeds,4,0.0,0,6,6,proceduresonline,
Kent,Northwick,4,0.0,0,6,3,,
"""
CLUSTERS = """\
council,cluster,place,size,within,without,platform
Bexley,1,4,3,0.61,0.07,trixonline
Medway,1,5,3,0.71,0.07,trixonline
Kent,1,6,3,0.61,0.07,trixonline
Leeds,2,2,2,0.5,0.0,proceduresonline
York,2,3,2,0.5,0.15,proceduresonline
Northwick,3,1,1,,0.0,
"""
EXPLAINED = """\
platforms,pairs,mean,median,explained
the same,4,0.61,0.61,0.85
different,6,0.1,0.1,0.85
not known,5,0.0,0.0,
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alike") / "manuals"
    for council, (host, letters) in HELD.items():
        home = folder / council.lower() / "2024-06"
        home.mkdir(parents=True)
        rows = [f"1.{number} {TITLES[letter]}" for number, letter in enumerate(letters, 1)]
        (home / "contents.txt").write_text("\n".join(["1. All", "", *rows, ""]), encoding="utf-8")
        source = f'source = "https://{host}/contents"\n' if host else ""
        (home / "manual.toml").write_text(f'council = "{council}"\nedition = "2024-06"\n{source}', encoding="utf-8")
    return open_library(folder, cache=False)


@pytest.mark.parametrize(("name", "golden"), [("nearest", NEAREST), ("clusters", CLUSTERS), ("explained", EXPLAINED)])
def test_the_tables(library, name, golden):
    view, comparison = views.view(name), Comparison(library)
    table = view.table.check(view.of(comparison, *(("Kent",) if name == "nearest" else ())))
    assert table.round(2).to_csv(index=False) == golden


def test_a_panel_says_what_they_show_and_that_a_publisher_makes_manuals_alike(library):
    panel = PeersPanel(library)
    panel.focus = "Kent"
    said = {}
    for name in ("nearest", "clusters", "explained"):
        panel.view = name
        assert not panel.message
        assert panel.figure.table.equals(panel.table)
        said[name] = panel._headline.value
    assert (
        "Kent&#x27;s contents page is most like Medway&#x27;s: 71% of the topics on either are on both."
        in said["nearest"]
    )
    assert "Both are on trixonline, where manuals start from the same titles." in said["nearest"]
    assert (
        "Kent is in a cluster with Bexley and Medway: on average they share 61% of their topics, and 7% with the others."
        in said["clusters"]
    )
    assert "All of them are on trixonline" in said["clusters"]
    assert all("Manuals on one platform start from the same titles" in said[name] for name in ("nearest", "clusters"))
    assert (
        "share 61% of their topics on average (4 pairs), two on different ones 10% (6 pairs); 85% of the differences"
        in said["explained"]
    )
    assert "may not be the cause" in said["explained"]
    panel.view = "likeness"
    pairs = panel.table[["council", "other", "only_council", "only_other"]].to_numpy().tolist()
    assert pairs[:3] == [["Kent", "Medway", 1, 1], ["Kent", "Bexley", 2, 2], ["Kent", "York", 4, 4]]
    assert len(pairs) == 15
    assert all("Kent" not in pair for pair in pairs[5:])
    panel.focus, panel.view = "Northwick", "clusters"
    assert "Northwick is in a cluster of its own: on average it shares 0% of its topics with another council." in panel._headline.value  # fmt: skip


def test_report_and_workbook_show_them(library, tmp_path):
    four = library.of(["Kent", "Medway", "Leeds", "York"])
    comparison, said = Comparison(four), ""
    for name, *subject in (("nearest", "Kent"), ("clusters",), ("explained",)):
        said += "".join(_shown(views.view(name), comparison, tuple(subject)))
    for title in (
        "Manuals most like Kent&#x27;s",
        "Manuals that are alike, in clusters",
        "How far a common publisher explains likeness",
    ):
        assert f"<caption>{title}</caption>" in said
    assert "start from the same titles" in said
    assert said.count("<svg") == 2  # of the nearest there is a table only
    book = openpyxl.load_workbook(write_workbook(four, tmp_path / "comparison.xlsx"))
    rows = [row[:2] for row in book["Nearest"].iter_rows(values_only=True)]
    assert ("Kent", "Medway") in rows
    assert ("Leeds", "Kent") in rows
    assert {"Clusters", "Publishers"} <= {*book.sheetnames}


def test_without_data_they_say_what_would_fill_them(library, root):
    two = Comparison(library, ["Kent", "Leeds"])
    assert views.view("nearest").why_empty(two).startswith("Choose at least three councils. `python -m procman add`")
    panel = PeersPanel(open_library(root / "data/demonstration"))
    panel.view = "explained"
    assert NO_PLATFORMS in html.unescape(panel._headline.value)
    assert panel.table.empty
    few = PeersPanel(library, councils=["Kent", "Medway", "Leeds"])
    few.view = "explained"
    assert "These are too few pairs to tell whether the platform makes a difference." in few._headline.value


def test_what_is_said_of_few_pairs_of_one_platform_alone_and_of_none():
    def said(one, two, explained=0.5):
        rows = [("the same", one, 0.5, explained), ("different", two, 0.25, explained), ("not known", 9, 0.1, None)]
        return likeness.says_explained(None, pd.DataFrame(rows, columns=["platforms", "pairs", "mean", "explained"]))

    both = "Two manuals on one platform share 50% of their topics on average ({}), two on different ones 25% (3 pairs)"
    assert said(3, 3) == f"{both.format('3 pairs')}; 50% of the differences in likeness go with the platform"
    few = "These are too few pairs to tell whether the platform makes a difference"
    assert said(2, 3) == f"{both.format('2 pairs')}. {few}"
    assert said(3, 1).endswith(few)
    assert said(3, 3, None) == "How far a common publisher explains likeness"


def test_a_platform_is_named_only_where_all_are_on_it():
    hosts = {"Ayle": "trix", "Beere": "trix", "Carn": "other"}
    frame = pd.DataFrame({"council": [*hosts], "platform": [*hosts.values()]})

    def compared(focus):
        return SimpleNamespace(
            present=["Ayle", "Beere", "Carn", "Dene"], focus=focus, manuals=frame, keep=lambda *_: frame
        )

    def nearest(council, other):
        return likeness.says_nearest(
            compared("Ayle"), pd.DataFrame({"other": [other, "X"], "likeness": [0.5, 0.9]}), council
        )

    assert nearest("Ayle", "Beere").endswith("Both are on trix, where manuals start from the same titles")
    assert (
        nearest("Ayle", "Carn") == "Ayle's contents page is most like Carn's: 50% of the topics on either are on both"
    )
    assert "Both" not in nearest("Ayle", "Dene") + nearest("Dene", "Dene")

    def clusters(focus, *platforms, without=0.1):
        rows = [
            (name, 1 + (n > 1), platform, 0.4, without)
            for n, (name, platform) in enumerate(zip(["Ayle", "Beere", "Carn"], platforms, strict=True))
        ]
        table = pd.DataFrame(rows, columns=["council", "cluster", "platform", "within", "without"])
        return likeness.says_clusters(compared(focus), table)

    two = "{} is in a cluster with {}: on average they share 40% of their topics, and 10% with the others"
    assert clusters("Ayle", "trix", "trix", "trix") == (
        f"{two.format('Ayle', 'Beere')}. All of them are on trix, where manuals start from the same titles"
    )
    assert clusters("Beere", "trix", "other", "trix") == two.format("Beere", "Ayle")
    assert clusters("Beere", None, None, "trix") == two.format("Beere", "Ayle")
    assert clusters("Ayle", "a", "b", "c", without=float("nan")).endswith("40% of their topics")
    assert clusters("Carn", "a", "b", "c").startswith("Carn is in a cluster of its own: on average it shares 10%")


def test_your_councils_pairs_stand_first_the_most_alike_on_top():
    columns = ["council", "other", "likeness", "only_council", "only_other"]
    rows = [
        ("Ayle", "Beere", 0.9, 1, 2),
        ("Ayle", "Carn", 0.2, 3, 4),
        ("Beere", "Carn", 0.5, 5, 6),
        ("Dene", "Beere", 0.2, 7, 8),
    ]
    comparison = SimpleNamespace(present=["Ayle", "Beere", "Carn", "Dene"], focus="Carn")
    frame, _, hidden = likeness.own_first(comparison, pd.DataFrame(rows, columns=columns))
    assert frame.to_numpy().tolist() == [
        ["Carn", "Beere", 0.5, 6, 5], ["Carn", "Ayle", 0.2, 4, 3], ["Ayle", "Beere", 0.9, 1, 2], ["Dene", "Beere", 0.2, 7, 8]
    ]  # fmt: skip
    assert frame.index.tolist() == [0, 1, 2, 3]
    assert hidden == ()


@pytest.mark.parametrize(("councils", "number"), [(1, 1), (3, 1), (4, 2), (8, 4), (10, 4), (12, 4)])
def test_clusters_are_half_as_many_as_councils_up_to_four(councils, number, monkeypatch):
    monkeypatch.setattr(
        "procman.measures.peers.clusters", lambda chapters, clusters, hosts: (chapters, clusters, hosts)
    )
    comparison = SimpleNamespace(present=[*range(councils)], manuals=None, chapters="chapters", keep=lambda *_: "hosts")
    assert likeness.clusters(comparison) == ("chapters", number, "hosts")


def test_a_platform_is_known_from_the_library_else_from_the_directory(library):
    held = likeness.platforms(Comparison(library))
    assert held.set_index("council")["platform"]["Kent"] == "trixonline"
    assert held.set_index("council")["platform"].isna()["Northwick"]
    entries = Comparison(library.entries)
    assert entries.manuals.empty
    assert likeness.platforms(entries).equals(from_directory(entries.present))
