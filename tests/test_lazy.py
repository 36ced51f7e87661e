"""Names that load when first used are the same for Python, editors and type checkers, and quick to import."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module

import pytest

PACKAGES = ["procman", "procman.figures", "procman.panels"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_loads_and_is_told_to_editors(package, root):
    stub = root.joinpath(*package.split("."), "__init__.pyi").read_text(encoding="utf-8")
    told = {
        alias.asname: f"{package}.{node.module}"
        for node in ast.walk(ast.parse(stub))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == alias.asname  # else a stub keeps it to itself
    }
    module = import_module(package)
    assert sorted(told) == module.__all__ == dir(module)
    for name, home in told.items():
        assert getattr(module, name) is getattr(import_module(home), name)
    with pytest.raises(AttributeError, match=f"No {package} attribute nothing"):
        module.nothing  # noqa: B018


@pytest.mark.parametrize("package", PACKAGES)
def test_an_import_loads_nothing_else(package):
    program = f"import sys, {package}; print(*sorted(name for name in sys.modules if name.startswith('procman')))"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True).split()
    assert loaded == sorted({"procman", package})


def test_what_moved_is_found_at_its_old_place_with_a_warning():
    figures = import_module("procman.figures")
    with pytest.warns(DeprecationWarning, match=r"now in procman\.reports\.gallery"):
        assert figures.write_figures is import_module("procman.reports.gallery").write_figures
