"""The demonstration library is the same each time, every line of it is read, and it is clearly marked as invented."""

from __future__ import annotations

import doctest
import runpy
from itertools import pairwise

import pytest

import procman as pm
from procman.measures import editions

FOLDER = "data/demonstration"


@pytest.fixture(scope="module")
def library(root):
    return pm.open_library(root / FOLDER, cache=False)


@pytest.fixture(scope="module")
def steps(library):
    """What changed from each edition to the next."""
    found = []
    for _, mine in library.manuals.groupby("council"):
        manuals = [library.manual(row.council, row.edition).entries for row in mine.itertuples()]
        found += [editions.changes(old, new) for old, new in pairwise(manuals)]
    return [changed[changed["kind"] == "chapter"] for changed in found]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*/*") if path.is_file()}


def test_the_script_makes_the_same_bytes(root, tmp_path):
    runpy.run_path(str(root / FOLDER / "make.py"))["main"](tmp_path)
    made, there = files(tmp_path), files(root / FOLDER)
    assert made.keys() == there.keys()
    assert [name for name in made if made[name] != there[name]] == []


def test_it_is_of_full_size_and_read_without_a_rest(library):
    manuals = library.manuals
    assert manuals.groupby("council")["edition"].count().between(3, 5).all()
    assert manuals["chapters"].between(140, 200).all()
    assert manuals["unread"].tolist() == [0] * 12
    assert (manuals["see_also"] == 3).all()
    assert (manuals["new"] + manuals["updated"] > 5).all()
    assert library.problems == []
    assert not (library.manuals["edition"] == "undated").any()


def test_every_page_and_council_says_that_it_is_invented(root, library):
    assert library.manuals["council"].str.endswith("(invented)").all()
    for name, content in files(root / FOLDER).items():
        assert b"invented" in content, name
    assert {holding.facts["invented"] for holding in library.holdings} == {"Invented councils, for demonstration"}
    unknown = pm.councils(root / FOLDER)[153:]
    assert unknown["council"].tolist() == [*dict.fromkeys(library.manuals["council"])]
    assert unknown["gss_code"].isna().all()


def test_its_readme_says_what_is_there(root, library, monkeypatch):
    monkeypatch.chdir(root)
    assert doctest.testfile(str(root / FOLDER / "README.md"), module_relative=False).failed == 0
    sizes = library.manuals.groupby("council")["chapters"].agg(["min", "max"])
    text = (root / FOLDER / "README.md").read_text(encoding="utf-8")
    assert [
        f"{council}: {low} to {high}" for council, low, high in sizes.itertuples() if f"| {low} to {high} |" not in text
    ] == []


def test_dates_and_next_reviews_are_printed_and_read(library):
    dated = library.entries.query("council.str.startswith('Castlemoor') and kind == 'chapter'")
    assert dated["date"].str.fullmatch(r"20\d\d-\d\d-\d\d").all()
    assert dated["note"].str.fullmatch(r"Next review: \w+ 20\d\d").all()


def test_every_kind_of_change_is_there(steps):
    assert len(steps) == 9
    for changed in steps:
        kinds = set(changed["change"])
        assert kinds >= {"added", "removed", "renamed", "moved", "flag changed"}
        assert 3 <= (changed["change"] == "added").sum() <= 12


def test_numbers_are_used_again(library):
    mine = library.entries.query("council.str.startswith('Ayleshire') and kind == 'chapter'")
    first, last = (mine[mine["edition"] == edition].set_index("number")["title"] for edition in ("2024-06", "2026-01"))
    other = first.index.intersection(last.index)
    assert (first[other] != last[other]).sum() > 5


def test_amendments_reach_back_and_most_are_tied_to_a_chapter(library):
    amendments = library.amendments
    newest = amendments[
        amendments["manual_edition"] == amendments.groupby("council")["manual_edition"].transform("max")
    ]
    assert newest.groupby("council")["edition"].nunique().tolist() == [4, 3, 5]
    assert newest["position"].notna().mean() > 0.85
    assert set(newest["change"]) == {"New", "Updated"}
    assert (newest["split"] == "page").all()
