"""Figures: each draws the table of one measure.

matplotlib loads when a figure is first asked for.

>>> from procman import figures
>>> figures.flags_chart.__name__
'flags_chart'
"""

from procman.lazy import homes

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
}
__getattr__, __dir__, __all__ = homes(__name__, _HOMES)
