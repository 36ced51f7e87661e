"""Structure: how manuals are divided, how deep and how evenly."""

from __future__ import annotations

from typing import Any

from procman.figures.structure import depth_chart, outline_chart, sizes_chart
from procman.measures import structure
from procman.panels.panel import ComparisonPanel
from procman.reports.view import View
from procman.words import count, listed


class StructurePanel(ComparisonPanel):
    """How manuals are divided, how deep chapters stand, how large sections are, and what stands elsewhere in other manuals.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = StructurePanel(open_library("data/manuals"))
    >>> panel.view = "Depth of chapters"
    >>> panel.table[["council", "depth", "chapters"]].values.tolist()[0]
    ['Milton Keynes', 2, 14]
    """

    about = "structure"

    def words(self) -> str:
        """Chapters, sections and levels of each manual."""
        table = self.comparison.keep("outline", lambda: structure.outline(self.comparison.entries))
        said = [
            f"{row.council}: {count(row.chapters, 'chapter')} in {count(row.sections, 'section')} on {count(row.levels, 'level')}"
            for row in table.itertuples()
        ]
        return listed(said, most=3)


def _sizes(panel: Any) -> Any:
    return panel.comparison.keep("sizes", lambda: structure.sizes(panel.comparison.entries))


def _sizes_in_focus(panel: Any) -> Any:
    return structure.sizes(panel.comparison.entries_of(panel.focus))


StructurePanel.views = (
    View(
        "Outline of the council in focus",
        structure.SIZES,
        _sizes_in_focus,
        outline_chart,
        "place",
        ("council", "edition", "position"),
    ),
    View("Sizes of sections", structure.SIZES, _sizes, sizes_chart, "place"),
    View(
        "Depth of chapters",
        structure.DEPTHS,
        lambda panel: structure.depths(panel.comparison.entries),
        depth_chart,
    ),
    View("Manuals in numbers", structure.OUTLINE, lambda panel: structure.outline(panel.comparison.entries)),
    View(
        "Where topics stand",
        structure.PLACES,
        lambda panel: structure.places(panel.comparison.chapters),
        rows="topic",
    ),
    View("What looks odd on the pages", structure.FAULTS, lambda panel: structure.faults(panel.comparison.chosen)),
)
