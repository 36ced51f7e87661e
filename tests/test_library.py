"""A folder of manuals: what is found, what is kept, what is refused."""

from __future__ import annotations

import io
import os
import shutil

import pytest

import procman as pm
from procman import library as room
from procman.errors import LibraryError
from procman.tables import TABLES

PAGE = "1. All Children\n1.1 Consent New\n1.2 Records\n"


@pytest.fixture
def folder(root, tmp_path):
    shutil.copytree(root / "data/manuals", tmp_path / "manuals")
    return tmp_path / "manuals"


def test_both_seeds(root):
    library = pm.open_library(root / "data/manuals")
    manuals = TABLES["manuals"].check(library.manuals).set_index("council")
    assert manuals["gss_code"].to_dict() == {"Milton Keynes": "E06000042", "Oxfordshire": "E10000025"}
    assert manuals.loc[
        "Oxfordshire", ["sections", "subsections", "chapters", "see_also", "new", "updated", "unread"]
    ].tolist() == [6, 25, 129, 12, 4, 22, 0]
    assert manuals.loc[
        "Milton Keynes", ["sections", "subsections", "chapters", "see_also", "new", "updated", "unread"]
    ].tolist() == [7, 21, 124, 12, 6, 6, 0]
    assert len(TABLES["entries"].check(library.entries)) == 164 + 172
    assert TABLES["library amendments"].check(library.amendments).empty


def test_a_new_folder_shows_up(folder):
    home = folder / "northwick" / "2024-06"
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    (home / "amendments.txt").write_text(
        "June 2024\nUpdated Chapters\nConsent\nThis chapter has been refreshed.\n", encoding="utf-8"
    )
    library = pm.open_library(folder)
    assert library.manuals["council"].tolist() == ["Milton Keynes", "Northwick", "Oxfordshire"]
    amendments = TABLES["library amendments"].check(library.amendments)
    assert amendments[["council", "manual_edition", "chapter", "position"]].values.tolist() == [
        ["Northwick", "2024-06", "Consent", 2]
    ]


def test_add_keeps_the_page_untouched(folder):
    content = "1. A\r\n1.1 Children’s Consent\r\n".encode("cp1252")
    home = room.add_manual(content, "Bournemouth, Christchurch & Poole", folder=folder, edition="2024-06")
    assert home == folder / "bournemouth-christchurch-poole" / "2024-06"
    assert (home / "contents.txt").read_bytes() == content
    manual = pm.open_library(folder).manual("Bournemouth, Christchurch & Poole")
    assert manual.edition == "2024-06"
    assert manual.entries["title"].tolist() == ["A", "Children’s Consent"]


def test_a_second_edition_stands_beside_the_first(folder):
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    room.add_manual(io.StringIO(PAGE + "1.3 Complaints\n"), "Northwick", folder=folder, edition="2024-12")
    library = pm.open_library(folder)
    assert len(library.manual("Northwick").entries) == 4
    assert len(library.manual("Northwick", "2024-06").entries) == 3


def test_nothing_is_overwritten_unless_asked(folder):
    home = room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    (home / "amendments.txt").write_text("kept", encoding="utf-8")
    (home / "manual.toml").write_text(
        (home / "manual.toml").read_text(encoding="utf-8") + 'gss_code = "E1"\n', encoding="utf-8"
    )
    other = io.StringIO(PAGE.replace("Consent", "Capacity"))
    with pytest.raises(LibraryError, match="there already"):
        room.add_manual(other, "Northwick", folder=folder, edition="2024-06")
    assert "Consent" in (home / "contents.txt").read_text(encoding="utf-8")
    other.seek(0)
    room.add_manual(other, "Northwick", folder=folder, edition="2024-06", replace=True)
    assert "Capacity" in (home / "contents.txt").read_text(encoding="utf-8")
    assert (home / "amendments.txt").read_text(encoding="utf-8") == "kept"
    assert room.read_facts(home / "manual.toml")["gss_code"] == "E1"


def test_a_replaced_text_page_does_not_stay_beside_its_html(folder):
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    home = room.add_manual(
        b"<h2>1. A</h2><ul><li>1.1 T</li></ul>", "Northwick", folder=folder, edition="2024-06", replace=True
    )
    assert sorted(path.name for path in home.iterdir()) == ["contents.html", "manual.toml"]


def test_a_failed_write_leaves_no_trace(folder, monkeypatch):
    def fail(path, content):
        raise OSError("disk full")

    before = sorted(folder.rglob("*"))
    monkeypatch.setattr(room, "write_whole", fail)
    with pytest.raises(OSError, match="disk full"):
        room.add_manual(io.StringIO(PAGE), "Oxfordshire", folder=folder, edition="2024-06")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("council", "edition", "reason"),
    [
        ("../..", None, "leaves nothing"),
        ("", None, "leaves nothing"),
        ("Northwick", "../2024", "not a year or a month"),
        ("Northwick", "2024-13", "not a year"),
    ],
)
def test_names_that_are_no_names(folder, council, edition, reason):
    with pytest.raises(LibraryError, match=reason):
        room.add_manual(io.StringIO(PAGE), council, folder=folder, edition=edition)


@pytest.mark.parametrize("council", ["../../etc/passwd", "C:\\Windows", "a/b", "~root", "NUL", "Ynys Môn"])
def test_council_names_stay_inside_the_library(folder, council):
    home = room.add_manual(io.StringIO(PAGE), council, folder=folder)
    assert home.parent.parent == folder
    assert os.path.realpath(home).startswith(os.path.realpath(folder))
    assert pm.open_library(folder).manual(council).council == council


def test_toml_survives_any_council_name(folder):
    name = 'Quote " back\\slash \x7f newline\n tab\t é'
    room.add_manual(io.StringIO(PAGE), name, folder=folder)
    assert name.strip() in pm.open_library(folder).manuals["council"].tolist()


def test_one_bad_page_does_not_stop_the_rest(folder):
    home = folder / "badshire" / "undated"
    home.mkdir(parents=True)
    (home / "contents.txt").write_bytes(b"%PDF-1.4")
    with pytest.warns(UserWarning, match="left out: .*badshire"):
        library = pm.open_library(folder)
    assert len(library.manuals) == 2
    assert library.problems[0][0].endswith("badshire/undated")
    assert "a PDF" in library.problems[0][1]


@pytest.mark.parametrize(("text", "reason"), [("council = ", "not valid TOML"), ("council = 3", "must be text")])
def test_a_broken_manual_toml_is_named(folder, text, reason):
    (folder / "oxfordshire/2017-07/manual.toml").write_text(text, encoding="utf-8")
    with pytest.warns(UserWarning, match=reason):
        library = pm.open_library(folder)
    assert library.problems[0][0].endswith("manual.toml")


def test_no_folder_no_manuals_no_such_council(tmp_path, root):
    with pytest.raises(LibraryError, match="no such folder"):
        pm.open_library(tmp_path / "none")
    with pytest.raises(LibraryError, match="no manual here"):
        pm.open_library(tmp_path)
    with pytest.raises(LibraryError, match="councils here: Milton Keynes, Oxfordshire"):
        pm.open_library(root / "data/manuals").manual("Atlantis")
