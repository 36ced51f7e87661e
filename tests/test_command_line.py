"""The commands as a person types them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from procman.__main__ import main

PAGE = "1. All Children\n1.1 Consent New\n1.1 Records\n\nMystery words here\n\n1.3 Visits\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_add_shows_what_it_understood(page, tmp_path, capsys):
    assert (
        main(["add", str(page), "--council", "Northwick", "--edition", "2024-06", "--library", str(tmp_path / "lib")])
        == 0
    )
    out = capsys.readouterr().out
    assert "Northwick, 2024-06: 1 sections, 0 subsections, 4 chapters" in out
    assert "line    2    1.1      Consent  [New]" in out
    assert "duplicate number: 1.1 is also on line 2" in out
    assert (tmp_path / "lib/northwick/2024-06/contents.txt").read_text(encoding="utf-8") == PAGE


def test_adding_twice_is_refused(page, tmp_path, capsys):
    arguments = ["add", str(page), "--council", "Northwick", "--library", str(tmp_path / "lib")]
    assert main(arguments) == 0
    assert main(arguments) == 1
    assert "--replace" in capsys.readouterr().err
    assert main([*arguments, "--replace"]) == 0


def test_check_reads_the_whole_library(root, capsys):
    assert main(["check", "--library", str(root / "data/manuals")]) == 0
    out = capsys.readouterr().out
    assert "Milton Keynes, undated: 7 sections, 21 subsections, 124 chapters, 12 cross references" in out
    assert "Oxfordshire, 2017-07: 6 sections, 25 subsections, 129 chapters, 12 cross references" in out


def test_check_says_what_it_could_not_read(tmp_path, capsys):
    home = tmp_path / "badshire/undated"
    home.mkdir(parents=True)
    (home / "contents.txt").write_bytes(b"%PDF-1.4")
    assert main(["check", "--library", str(tmp_path)]) == 1
    assert "a PDF" in capsys.readouterr().err


def test_trouble_is_one_line_and_exit_code_1(tmp_path, capsys):
    assert main(["add", str(tmp_path / "none.txt"), "--council", "X"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["add"], ["add", "x", "y", "--council", "A"], ["dance"], ["check", "--loudly"]])
def test_what_is_not_understood_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["add"], ["check"]])
def test_help_has_examples(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    assert "python -m procman" in capsys.readouterr().out


def test_what_a_terminal_cannot_show_stops_nothing(root, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("1. All Children\n1.1 Ŵy\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "procman", "add", str(page), "--council", "X", "--library", str(tmp_path)],
        cwd=root, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert "1.1      \\u0174y" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes pipes in its own way")
def test_a_reader_that_has_read_enough_stops_nothing(root):
    command = [sys.executable, "-m", "procman", "dictionary"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()  # as head does
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_module_runs(root):
    done = subprocess.run(
        [sys.executable, "-m", "procman", "check"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "Oxfordshire" in done.stdout
