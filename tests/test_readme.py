"""The README's examples are run, and what it names is there."""

from __future__ import annotations

import doctest
import re


def test_the_examples_give_what_they_say(root, monkeypatch):
    monkeypatch.chdir(root)
    failed, tried = doctest.testfile(
        str(root / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 5
    assert failed == 0


def test_every_linked_file_is_there(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def test_every_make_target_it_names_is_there(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"`?make ([a-z]+)\b", text)) <= targets


def test_every_command_it_names_is_there(root, capsys):
    import pytest

    from procman.__main__ import main

    text = (root / "README.md").read_text(encoding="utf-8")
    for command in set(re.findall(r"python -m procman ([a-z]+)", text)):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0, command
    capsys.readouterr()
