"""A person's own lists are kept by name, never overwritten silently, and can be read however a spreadsheet saves them."""

from __future__ import annotations

import pytest

import procman as pm
from procman.errors import ProcmanError
from procman.library.peer_lists import read_lists, remove_list, save_list


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "peers.csv"


def test_lists_are_kept_and_taken_out(file):
    assert read_lists(file) == {}
    save_list("coast", ["Kent", "Essex", "Kent"], file)
    assert save_list(" the  north ", ["=Leeds"], file) == {"coast": ["Kent", "Essex"], "the north": ["=Leeds"]}
    assert read_lists(file) == {"coast": ["Kent", "Essex"], "the north": ["=Leeds"]}
    assert file.read_text() == "list,council\ncoast,Kent\ncoast,Essex\nthe north,'=Leeds\n"
    assert remove_list("coast", file) == {"the north": ["=Leeds"]}
    with pytest.raises(ProcmanError, match="there is no list called 'coast'"):
        remove_list("coast", file)


def test_a_list_is_replaced_only_when_asked(file):
    save_list("coast", ["Kent"], file)
    with pytest.raises(ProcmanError, match="there is already a list called 'coast'"):
        save_list("coast", ["Essex"], file)
    assert read_lists(file) == {"coast": ["Kent"]}
    assert save_list("coast", ["Essex"], file, replace=True) == {"coast": ["Essex"]}


@pytest.mark.parametrize(
    ("name", "councils"), [("", ["Kent"]), ("x", []), ("x", [" "]), ("x" * 101, ["Kent"]), ("x", ["K"] * 501)]
)
def test_what_is_no_list_is_refused(file, name, councils):
    with pytest.raises(ProcmanError, match="must have 1 to"):
        save_list(name, councils, file)
    assert not file.exists()


def test_a_file_that_a_spreadsheet_saved_is_read(file):
    file.parent.mkdir()
    file.write_text("\ufefflist;council\r\n\r\ncoast;Kent\r\n;;\r\ncoast;Essex\r\n", encoding="utf-8")
    assert read_lists(file) == {"coast": ["Kent", "Essex"]}


@pytest.mark.parametrize(
    ("text", "message"), [("a,b\n", "line 1: the columns must be"), ("list,council\ncoast\n", "line 2: a row needs")]
)
def test_a_file_that_is_no_table_of_lists_is_named(file, text, message):
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(ProcmanError, match=message):
        read_lists(file)


def test_they_stand_beside_the_folder_of_manuals(root):
    assert pm.open_library(root / "data/manuals").peers_file == root / "data/peers.csv"
