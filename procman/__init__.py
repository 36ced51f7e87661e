"""procman reads councils' children's services procedures manuals and compares them.

Names load when first used, so that importing procman costs next to nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "read_manual": "manual",
    "Manual": "manual",
    "read_amendments": "amendments",
    "open_library": "library",
    "Library": "library",
    "align": "align",
    "review": "align",
    "topics": "topics",
    "evaluate": "evaluate",
    "changes": "measures.editions",
    "ProcmanError": "errors",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'procman' has no attribute {name!r}")
    return getattr(import_module(f"procman.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
