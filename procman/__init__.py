"""procman reads councils' children's services procedures manuals and compares them.

Names load when first used, so that importing procman costs next to nothing.
"""

from importlib import import_module
from typing import Any

# No module is named like a public name: importing it would put the module in the name's place.
_HOMES = {
    "read_manual": "manual",
    "Manual": "manual",
    "read_amendments": "amendments",
    "open_library": "library",
    "Library": "library",
    "align": "alignment",
    "Alignment": "alignment",
    "review": "alignment",
    "topics": "grouping",
    "read_decisions": "decisions",
    "record_decision": "decisions",
    "withdraw_decision": "decisions",
    "conflicts": "decisions",
    "evaluate": "evaluation",
    "calibration": "evaluation",
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
