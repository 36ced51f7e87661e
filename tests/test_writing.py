"""Writes that are whole or not at all."""

from __future__ import annotations

import pytest

from procman.writing import folder_name, write_whole


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    write_whole(path, "old")

    def fail(fd):
        raise OSError("disk full")

    monkeypatch.setattr("procman.writing.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", "..", "/", "???", "中文"])
def test_nothing_left_to_name_a_folder_by(name):
    assert folder_name(name) == ""
