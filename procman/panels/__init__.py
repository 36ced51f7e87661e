"""Panels: controls, words and pictures over measures and figures, for notebooks; ipywidgets loads when one is made."""

from importlib import import_module
from typing import Any

_HOMES = {
    "ActivityPanel": "activity",
    "AddPanel": "adding",
    "AlignPanel": "matching",
    "CoveragePanel": "coverage",
    "Dashboard": "dashboard",
    "DutiesPanel": "duties",
    "EditionsPanel": "editions",
    "ManualPanel": "manual",
    "StructurePanel": "structure",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'procman.panels' has no attribute {name!r}")
    return getattr(import_module(f"procman.panels.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
