"""The parts of the mutation tests: what is changed, and which tests run for a line."""

from __future__ import annotations

import subprocess
import sys

from tests import mutants

MODULE = '''"""Counts."""
from __future__ import annotations

LIMIT: int = 3


@dataclass(frozen=True)
class Count:
    number: int


@lru_cache(maxsize=1)
def few(values: list[int] | None) -> bool:
    """Few of them."""
    return bool(values) and len(sorted(zip(values, strict=True), key=abs)) < LIMIT
'''


def test_each_change_is_made_alone_and_declarations_are_left(tmp_path, monkeypatch):
    (tmp_path / "procman").mkdir()
    file = tmp_path / "procman/counts.py"
    file.write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    made = [(mutant.line, mutant.now) for mutant in mutants.mutants(file)]
    assert made == [
        (4, "4"),
        (15, "return None"),
        (15, "bool(values) or len(sorted(zip(values, strict=True), key=abs)) < LIMIT"),
        (15, "len(sorted(zip(values, strict=True), key=abs)) <= LIMIT"),
        (15, "sorted(zip(values, strict=True))"),
    ]
    assert len({mutant.text for mutant in mutants.mutants(file)}) == len(made)


def test_a_line_is_given_the_file_of_its_test(root):
    assert (
        mutants._file_of("tests.library.test_decisions.test_two_writers_lose_nothing", root)
        == "tests/library/test_decisions.py"
    )
    assert mutants._file_of("procman.files.unused", root) == ""


def test_the_points_of_a_clue_become_none(tmp_path, monkeypatch):
    (tmp_path / "procman").mkdir()
    file = tmp_path / "procman/clues.py"
    file.write_text('CLUES = (Clue("heading", -9, "a sentence", None), 4)', encoding="utf-8")
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    assert [mutant.text for mutant in mutants.mutants(file)] == [
        "CLUES = (Clue('heading', -9, 'a sentence', None), 5)",
        "CLUES = (Clue('heading', -0, 'a sentence', None), 4)",
    ]
    assert len(list(mutants.mutants(file, most=1))) == 1


def test_procman_is_loaded_with_a_change(root):
    path = root / "procman/reading/path.py"
    code = f"""
import sys
from pathlib import Path
from tests import mutants
(change,) = (each for each in mutants.mutants(Path({str(path)!r})) if each.was == "100000")
mutants.load_changed(change)
from procman.reading import clues, path
print(path.NEVER, clues.NEVER, path.__file__)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.split() == ["-100001", "-100001", str(path)]
