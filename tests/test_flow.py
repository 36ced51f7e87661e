"""Data flows one way: no module imports, at once or when used, what comes after it."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from itertools import pairwise

import pytest

import procman

#: Modules and packages in the order of the flow: each imports only those before it. What every room needs comes first; the
#: package's own public names ("procman") stand behind the last room that they are from.
ROOMS = """
    errors limits lazy files spreadsheets tables
    reading library matching
    measures procman
    figures reports panels
    __main__
""".split()
#: The README's picture has tables where they are filled; they are declared first, for whoever makes rows (amendments) to know them.
DECLARED_FIRST = "tables"


@pytest.fixture(scope="module")
def imports(root):
    """For each module the modules that it imports, for type checkers alone left out."""
    files = {_name(file.relative_to(root)): file for file in (root / "procman").rglob("*.py")}
    found = {module: _imported(file, files) for module, file in files.items()}
    found["procman"] |= {f"procman.{home}" for home in procman._HOMES.values()}
    return found


def _name(file):
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


def _imported(file, modules):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: a relative import, which is not followed here"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= inside if inside <= modules.keys() else {node.module, *inside}
    return names & modules.keys()


def _room(module):
    return module.split(".")[1] if "." in module else module


def test_no_imports_go_round(imports):
    assert len(imports) > 70
    assert [*TopologicalSorter(imports).static_order()]  # CycleError names the modules


def test_every_room_imports_only_those_before_it(imports):
    place = {room: at for at, room in enumerate(ROOMS)}
    assert {_room(module) for module in imports} == place.keys()
    assert [
        f"{module} imports {other}"
        for module, others in imports.items()
        for other in sorted(others)
        if place[_room(other)] > place[_room(module)]
    ] == []


def test_the_readme_draws_the_rooms_in_that_order(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    picture = re.search(r"```mermaid\n(.+?)```", text, re.S)[1]
    boxes = re.findall(r'"(<b>.+?)(?:<br>.*?)?"', picture)  # "<b>pages</b>, fetch<br>file, address, upload"
    drawn = [set(re.findall(r"\w+", box)) & {*ROOMS} - {DECLARED_FIRST} for box in boxes]
    places = [sorted(map(ROOMS.index, box)) for box in drawn if box]  # there is no room for the notebooks
    assert len(places) == 9
    assert all(earlier[-1] < later[0] for earlier, later in pairwise(places)), drawn
