"""Similar manuals: the contents pages most like your council's, and how much a common publisher explains."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class PeersPanel(ComparisonPanel):
    """How similar councils' manuals are, by the topics that they list.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = PeersPanel(open_library("data/manuals"))
    >>> panel.view = "likeness"
    >>> len(panel.table)
    1
    """

    about = "similar manuals"
    questions = ("peers",)
