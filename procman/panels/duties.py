"""Duties: which expected topics are on each contents page."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class DutiesPanel(ComparisonPanel):
    """Which topics required by law or statutory guidance are on each contents page.

    Has the parameters and attributes of `ComparisonPanel`. ``topics`` searches the names of duties.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = DutiesPanel(open_library("data/manuals"))
    >>> panel.topics = "staying put"
    >>> panel.table[["council", "state"]].values.tolist()
    [['Milton Keynes', 'present'], ['Oxfordshire', 'present']]
    """

    about = "what is expected"
    questions = ("duties",)
    settings = ("focus", "peers", "edition", "topics", "confidence")
