"""The directory: its facts, and the many forms of a council's name."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import procman as pm
from procman.errors import ProcmanError, TableError
from procman.library import directory as room
from procman.tables import COUNCILS

ALL = room.directory()
REGIONS = {"North East": 12, "North West": 24, "Yorkshire and The Humber": 15, "East Midlands": 10, "West Midlands": 14, "East of England": 11, "London": 33, "South East": 19, "South West": 15}  # fmt: skip
KINDS = {"county": 21, "unitary": 63, "metropolitan district": 36, "London borough": 33}


# --- the shipped facts -------------------------------------------------------------------------------------------


def test_all_authorities_are_there_each_with_a_code_of_its_own():
    assert len(ALL) == 153
    codes = [council.gss_code for council in ALL.values()]
    assert len({*codes}) == 153
    assert [code for code in codes if not re.fullmatch(r"E(?:06|08|09|10)\d{6}", code)] == []
    assert Counter(council.region for council in ALL.values()) == REGIONS
    assert Counter(council.kind for council in ALL.values()) == KINDS


def test_codes_and_kinds_agree():
    kinds = {"E06": "unitary", "E08": "metropolitan district", "E09": "London borough", "E10": "county"}
    assert [council for council in ALL.values() if kinds[council.gss_code[:3]] != council.kind] == []


def test_no_two_councils_share_a_name():
    names = Counter(name for council in ALL.values() for name in {room._folded(name) for name in council.names})
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("council", ALL.values(), ids=lambda council: council.council)
def test_each_council_has_ten_neighbours_and_is_none_of_them(council):
    found = room.neighbours(council)
    assert [each.rank for each in found] == [*range(1, 11)]
    assert len({each.neighbour for each in found} - {council.council}) == 10
    assert {each.neighbour for each in found} <= ALL.keys()
    assert {each.closeness for each in found} <= {"extremely close", "very close", "close", "somewhat close", "not close"}  # fmt: skip


def test_every_address_is_well_formed_and_stands_once():
    places = [place for found in room._addresses().values() for place in found]
    assert {place.council for place in places} <= ALL.keys()
    assert [place for place in places if not re.fullmatch(r"https?://[a-z0-9.-]+(?:/[\w./-]*)?", place.address)] == []
    assert {place.page for place in places} == {"contents", "amendments"}
    assert {place.body for place in places} == {"children's services", "safeguarding partnership"}
    assert [place.seen for place in places if not re.fullmatch(r"(?:(?:before )?\d{4}(?:-\d\d)?(?: or later)?)?", place.seen)] == []  # fmt: skip
    assert max(Counter((place.council, place.address) for place in places).values()) == 1
    assert [place for place in places if place.inferred and place.seen] == []


def test_platforms_are_told_from_the_host():
    hosts = {"trixonline": "trixonline.co.uk", "proceduresonline": "proceduresonline.com"}
    places = [place for found in room._addresses().values() for place in found if place.platform in hosts]
    wrong = [place for place in places if not f".{urlsplit(place.address).hostname}".endswith(f".{hosts[place.platform]}")]  # fmt: skip
    assert wrong == []


def test_the_newest_platform_is_tried_first():
    order = ["trixonline", "proceduresonline", "own site", "other"]
    for council in ALL.values():
        for page in (room.CONTENTS, room.AMENDMENTS):
            platforms = [order.index(place.platform) for place in room.addresses_of(council, page)]
            assert platforms == sorted(platforms), council.council


def test_how_many_addresses_are_known():
    known = {council.council: room.addresses_of(council) for council in ALL.values()}
    assert sum(map(bool, known.values())) == 118
    assert sum(any(not place.inferred for place in places) for places in known.values()) == 70
    assert sum(bool(room.addresses_of(council, room.AMENDMENTS)) for council in ALL.values()) == 84


def test_a_data_file_with_other_columns_is_named(tmp_path, monkeypatch):
    (tmp_path / "neighbours.csv").write_text("council,neighbour\nKent,Essex\n")
    monkeypatch.setattr(room, "DATA", tmp_path)
    with pytest.raises(TableError, match=r"neighbours\.csv, line 1: the columns must be council, rank"):
        [*room._rows("neighbours.csv", "council", "rank", "neighbour", "closeness")]


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("council", ALL.values(), ids=lambda council: council.council)
def test_each_council_is_known_by_its_code_and_names_in_any_form(council):
    for name in (council.gss_code, *council.names):
        for form in (name, name.upper(), f"  {name.lower()} ", name.replace(" and ", " & "), name.replace("-", " ")):
            assert room.find_council(form) is council


@pytest.mark.parametrize(
    ("name", "council"),
    [
        ("Bristol, City of", "Bristol"),
        ("City of Bristol Council", "Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("St. Helens", "St Helens"),
        ("Saint Helens MBC", "St Helens"),
        ("Saint Helens", "St Helens"),
        ("Kingston-upon-Hull", "Hull"),
        ("County Durham", "Durham"),
        ("The London Borough of Camden", "Camden"),
        ("City of London", "City of London"),
        ("Newcastle", "Newcastle upon Tyne"),
        ("Bournemouth Borough Council", "Bournemouth, Christchurch and Poole"),
        ("Dorset County Council", "Dorset"),
        ("E08000016", "Barnsley"),
        ("E10000023", "North Yorkshire"),
        ("Derby", "Derby"),
        ("Derbyshire", "Derbyshire"),
    ],
)
def test_names_as_people_write_them(name, council):
    assert room.find_council(name).council == council


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Knt", "Knt: no council in the directory has this name. Did you mean Kent?"),
        ("North Yorks", "Did you mean North Yorkshire"),
        ("Kingston", "Did you mean Hull or Kingston upon Thames"),
        ("Leicestr", "Did you mean Leicester or Leicestershire"),
        ("Northwick", "Northwick: no council in the directory has this name$"),
        ("", r"^\(no name\): no council"),
        ("Cumbria", "it is now Cumberland and Westmorland and Furness: choose one"),
        ("E10000021", "it is now North Northamptonshire and West Northamptonshire: choose one"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_one_clear_error(name, message):
    with pytest.raises(ProcmanError, match=message) as caught:
        room.find_council(name)
    assert "\n" not in str(caught.value)
    assert room.known_as(name) is None


@given(st.text())
def test_any_text_is_a_council_or_a_clear_error(name):
    with suppress(ProcmanError):
        assert room.find_council(name).council in ALL


def test_a_pages_own_name_finds_its_code(root):
    for folder, code in (("milton-keynes/undated", "E06000042"), ("oxfordshire/2017-07", "E10000025")):
        assert room.known_as(pm.read_manual(root / "data/manuals" / folder).council).gss_code == code


def test_councils_are_chosen_in_every_way_each_once():
    chosen = room.choose(["Kent", "kent county council"], neighbours_of="Kent", region="South East")
    names = [council.council for council in chosen]
    assert names[:2] == ["Kent", room.neighbours(ALL["Kent"])[0].neighbour]
    assert len(names) == len({*names})
    assert {council.council for council in ALL.values() if council.region == "South East"} <= {*names}
    assert room.choose(everyone=True) == [*ALL.values()]
    assert room.choose(region="yorkshire & the humber")[0].council == "Hull"


def test_an_unknown_region_is_named():
    with pytest.raises(
        ProcmanError, match="Middle: there is no such region; the regions are East Midlands, East of England"
    ):
        room.choose(region="Middle")


# --- the table ---------------------------------------------------------------------------------------------------


def test_the_table_tells_what_the_library_holds(root, tmp_path):
    table = COUNCILS.check(pm.councils(root / "data/manuals"))
    assert len(table) == 153
    assert table.set_index("council")["editions"].dropna().to_dict() == {"Milton Keynes": "undated", "Oxfordshire": "2017-07"}  # fmt: skip
    assert table.set_index("council").loc["Kent", "addresses"].split()[0].startswith("https://kentchildcare.")
    assert COUNCILS.check(pm.councils(tmp_path / "none"))["editions"].isna().all()


def test_councils_under_other_names_and_unknown_ones_are_held_too(tmp_path):
    for folder, facts in (
        ("kent/2024-06", 'council = "Kent County Council"\n'),
        ("kent/2023-06", 'council = "Kent"\n'),
        ("northwick/undated", ""),
        ("broken/undated", "council = ???"),
    ):
        home = tmp_path / folder
        home.mkdir(parents=True)
        (home / "contents.txt").write_text("1. A\n1.1 Consent\n")
        (home / "manual.toml").write_text(facts)
    table = COUNCILS.check(pm.councils(tmp_path))
    assert len(table) == 155
    assert table.set_index("council").loc["Kent", "editions"] == "2023-06; 2024-06"
    assert table["council"].tolist()[153:] == ["broken", "northwick"]


def test_a_page_kept_under_a_councils_name_gets_its_code(tmp_path):
    from procman.library.library import add_manual

    add_manual(b"1. A\n1.1 Consent\n1.2 Records\n", "Kent County Council", folder=tmp_path)
    assert pm.open_library(tmp_path).manuals["gss_code"].tolist() == ["E10000016"]


def test_the_map_has_a_tile_for_each_council(root):
    lines = (root / "data/tiles.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(line.split(",")[0] for line in lines) == sorted(council.gss_code for council in ALL.values())
