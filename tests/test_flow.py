"""Data flows one way: no module imports from a folder that comes after it, at once or when used."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

#: The rooms in the order of the flow: each imports only from those before it. The files beside them are for every room to use;
#: the package's own public names ("procman") stand behind the last room that they are from.
ROOMS = "reading library matching measures figures reports panels commands".split()
ORDER = ["errors", "words", "files", "tables", *ROOMS[:4], "procman", *ROOMS[4:], "__main__"]


@pytest.fixture(scope="module")
def imports(root):
    """For each module the modules that it imports, for type checkers alone left out."""
    files = {_name(file.relative_to(root)): file for file in (root / "procman").rglob("*.py")}
    found = {module: _imported(file, files) for module, file in files.items()}
    stub = ast.parse((root / "procman/__init__.pyi").read_text("utf-8"))
    found["procman"] |= {f"procman.{node.module}" for node in ast.walk(stub) if isinstance(node, ast.ImportFrom)}
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
    place = {room: at for at, room in enumerate(ORDER)}
    assert {_room(module) for module in imports} == place.keys()
    assert [
        f"{module} imports {other}"
        for module, others in imports.items()
        for other in sorted(others)
        if place[_room(other)] > place[_room(module)]
    ] == []


def test_the_rooms_are_the_folders(root):
    assert {*ROOMS} == {file.parent.name for file in (root / "procman").glob("*/__init__.py")}


def test_the_readme_draws_the_folders_in_that_order(root):
    """A box for each folder, with the first line of its docstring; put what this expects into procman/README.md."""
    lines = []
    for room in ROOMS:
        first = (
            ast.get_docstring(ast.parse((root / f"procman/{room}/__init__.py").read_text("utf-8"))) or ""
        ).splitlines()[0]
        lines.append(f'  {room}["<b>{room}</b><br>{first.partition(": ")[2]}"]')
    picture = "\n".join([*lines, f"  {' --> '.join(ROOMS)}"])
    assert picture in (root / "procman/README.md").read_text(encoding="utf-8"), picture
