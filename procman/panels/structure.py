"""Structure: how manuals are divided, how deep and how evenly."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class StructurePanel(ComparisonPanel):
    """How manuals are divided, how deep chapters stand, how large sections are, and which topics are in other sections elsewhere.

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
