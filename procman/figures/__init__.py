"""Figures: each takes one measure's table and returns its Axes; matplotlib loads when a figure is first asked for.

>>> from procman import figures
>>> figures.flags_chart.__name__
'flags_chart'
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Chart": "chart",
    "ages_chart": "ages",
    "amendments_chart": "amendments",
    "changes_chart": "changes",
    "coverage_chart": "coverage",
    "depth_chart": "structure",
    "duties_chart": "grid",
    "flags_chart": "activity",
    "intersections_chart": "sets",
    "matrix_chart": "grid",
    "outline_chart": "structure",
    "side_by_side_chart": "pairs",
    "sizes_chart": "structure",
    "save_chart": "save",
    "write_figures": "gallery",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'procman.figures' has no attribute {name!r}")
    return getattr(import_module(f"procman.figures.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
