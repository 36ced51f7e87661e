"""Structure: how each manual is divided, how deep and how evenly."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class StructurePanel(ComparisonPanel):
    """How manuals are divided, the levels of chapters, the sizes of sections, and the topics that others list in different sections.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = StructurePanel(open_library("data/manuals"))
    >>> panel.view = "depths"
    >>> panel.table[["council", "depth", "chapters"]].values.tolist()[0]
    ['Milton Keynes', 2, 14]
    """

    about = "structure"
    questions = ("structure",)
