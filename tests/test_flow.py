"""Data flows one way: no module imports, at once or when used, one that imports it."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter


def test_no_imports_go_round(root):
    graph = {}
    for file in (root / "procman").rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("procman"):
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
        module = ".".join(file.relative_to(root).with_suffix("").parts)
        graph[module] = names
    assert len(graph) > 70
    known = {module: names & set(graph) for module, names in graph.items()}
    assert [*TopologicalSorter(known).static_order()]  # CycleError names the modules
