"""Panels: what a person clicks, in notebooks and on the dashboard.

ipywidgets loads when the first panel is made.
"""

from procman.lazy import homes

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
__getattr__, __dir__, __all__ = homes(__name__, _HOMES)
