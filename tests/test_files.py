"""Files are written in one step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from procman import files as writing
from procman.errors import ProcmanError
from procman.files import LONGEST_FOLDER, folder_name, locked, write_whole

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make links")


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    write_whole(path, "old")

    def fail(fd):
        raise OSError("disk full")

    monkeypatch.setattr("procman.files.os.fsync", fail)
    with pytest.raises(ProcmanError, match=r"table\.csv: cannot be written \(disk full\)"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_killed_writers_left_of_a_file_is_swept_a_day_later(tmp_path):
    old, new, others = (
        tmp_path / name for name in (".t[1].csv.0a1b2c3d.part", ".t[1].csv.ffffffff.part", ".u.csv.0a1b2c3d.part")
    )
    for part in (old, new, others):
        part.touch()
    for part in (old, others):
        os.utime(part, (0, 0))
    write_whole(tmp_path / "t[1].csv", "x")
    assert {path.name for path in tmp_path.iterdir()} == {"t[1].csv", new.name, others.name}


@pytest.mark.parametrize(
    ("name", "content"), [("file/below", "x"), ("", "x"), ("a" * 300, "x"), ("surrogate", "\ud800"), ("a\x00b", "x")]
)
def test_what_cannot_be_written_is_said_in_one_sentence(tmp_path, name, content):
    (tmp_path / "file").touch()
    with pytest.raises(ProcmanError, match="cannot be written"):
        write_whole(tmp_path / name, content)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_what_is_no_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")  # as /dev/stdout and /dev/null are
    with pytest.raises(ProcmanError, match="not a file"):
        write_whole(tmp_path / "pipe", "x")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_a_file_is_shared_as_the_umask_says_which_no_thread_sees_changed(tmp_path, monkeypatch):
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patch:
            patch.delattr(os, "umask")
            write_whole(tmp_path / "table.csv", "x")
        assert (tmp_path / "table.csv").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@needs_links
def test_a_link_is_followed(tmp_path):
    shared, link = tmp_path / "shared.csv", tmp_path / "link.csv"
    link.symlink_to(shared)
    for content in ("old", "new"):
        write_whole(link, content)
        assert shared.read_text() == content
    assert link.is_symlink()
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(ProcmanError, match="cannot be written"):
        write_whole(tmp_path / "round", "x")


HOLD = """
import sys, time
from pathlib import Path
from procman.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets readers in")
def test_a_lock_holds_until_its_process_is_killed(tmp_path, monkeypatch, root):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=root) as holder:
        try:
            assert holder.stdout.readline() == b"held\n"
            for shared in (False, True):
                with (
                    pytest.raises(ProcmanError, match="another program has been writing"),
                    locked(tmp_path, shared=shared),
                ):
                    pass
        finally:
            holder.kill()
    with locked(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_readers_share(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    with locked(tmp_path, shared=True), locked(tmp_path / "a file in it", shared=True):
        pass


def test_a_folder_that_is_gone_is_named(tmp_path):
    with pytest.raises(ProcmanError, match=r"gone: the folder cannot be opened"), locked(tmp_path / "gone" / "file"):
        pass


def test_a_lock_on_windows(tmp_path, monkeypatch):
    """Windows' part run with Linux's calls, which do not remove the file at its handle's end."""
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    monkeypatch.setattr(writing, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(os, "O_TEMPORARY", 0, raising=False)
    with locked(tmp_path):
        with pytest.raises(ProcmanError, match="another program"), locked(tmp_path):
            pass
        with locked(tmp_path, shared=True):
            pass
        (tmp_path / ".lock").unlink()
    with locked(tmp_path):
        pass


def test_a_folder_on_windows_that_is_gone_or_may_not_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    monkeypatch.setattr(writing, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(os, "O_TEMPORARY", 0, raising=False)
    with pytest.raises(ProcmanError, match=r"gone: the folder cannot be written"), locked(tmp_path / "gone" / "file"):
        pass
    really_open, refused = os.open, re.compile(r"\.lock.*")

    def refusing(path, *how):
        if refused.fullmatch(Path(path).name):
            raise PermissionError(13, "Permission denied")
        return really_open(path, *how)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(ProcmanError, match=r"cannot be written \(Permission denied\)"), locked(tmp_path):
        pass
    refused = re.compile(r"\.lock")  # it alone, while Windows removes it
    with pytest.raises(ProcmanError, match="another program"), locked(tmp_path):
        pass


@pytest.mark.parametrize("name", ["", "..", "/", "???", "中文"])
def test_nothing_left_to_name_a_folder_by(name):
    assert folder_name(name) == ""


def test_long_names_are_shortened_and_stay_apart():
    one, two = (folder_name(f"Council of {'very ' * 50}{end}") for end in ("north", "south"))
    assert one != two
    assert one == folder_name(f"Council of {'very ' * 50}north")
    assert len(one) == len(two) == LONGEST_FOLDER
    assert re.fullmatch(r"council-of-[a-z-]+-[0-9a-f]{8}", one)
