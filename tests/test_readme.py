"""The examples in the READMEs work, and the files and commands they name exist."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = [ROOT / name for name in ("README.md", "notebooks/README.md", "procman/README.md", "data/README.md")]
each_readme = pytest.mark.parametrize("readme", READMES, ids=[file.parent.name for file in READMES])


def test_the_examples_give_what_they_say(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(
        str(ROOT / "procman/README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 5
    assert failed == 0


@each_readme
def test_every_linked_file_is_there(readme):
    links = re.findall(r"\]\((?!http)([^)#]+)\)", readme.read_text(encoding="utf-8"))
    assert [link for link in links if not (readme.parent / link).exists()] == []


def test_the_readme_leads_to_the_others():
    text = READMES[0].read_text(encoding="utf-8")
    assert [file for file in READMES[1:] if f"({file.relative_to(ROOT).as_posix()})" not in text] == []


@each_readme
def test_every_make_target_it_names_is_there(readme):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)\b", readme.read_text(encoding="utf-8"), re.M)) <= targets


@each_readme
def test_every_command_it_names_is_there(readme, capsys):
    from procman.__main__ import main

    for command in set(re.findall(r"python -m procman ([a-z]+)", readme.read_text(encoding="utf-8"))):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0, command
    capsys.readouterr()
