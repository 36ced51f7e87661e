"""The map of equal tiles: every authority has its own tile near its true place."""

from __future__ import annotations

import pandas as pd
import pytest

from data import place_tiles


@pytest.fixture(scope="module")
def tiles(root):
    return pd.read_csv(root / "data/tiles.csv").set_index("council")


def test_each_authority_has_a_tile_of_its_own(tiles):
    assert len(tiles) == 153
    assert tiles["gss_code"].is_unique
    assert not tiles.duplicated(["column", "row"]).any()


def test_the_tiles_are_where_the_script_places_them(root):
    assert place_tiles.table() == (root / "data/tiles.csv").read_text(encoding="utf-8")


def test_neighbours_are_where_one_looks_for_them(tiles):
    def far(one: str, other: str) -> int:
        return int((tiles.loc[one, ["column", "row"]] - tiles.loc[other, ["column", "row"]]).abs().max())

    assert tiles["row"].idxmin() in ("Northumberland", "Newcastle upon Tyne", "North Tyneside")
    assert tiles["row"].idxmax() == "Isles of Scilly"
    pairs = [
        ("Camden", "Islington"),
        ("Leeds", "York"),
        ("Derby", "Derbyshire"),
        ("Cornwall", "Plymouth"),
        ("Kent", "Medway"),
    ]
    assert [pair for pair in pairs if far(*pair) > 2] == []
