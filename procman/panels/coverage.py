"""Coverage: which topics are on whose contents page."""

from __future__ import annotations

from procman.panels.panel import ComparisonPanel


class CoveragePanel(ComparisonPanel):
    """What the others list that your council does not, and which topics all, some or one of the councils have.

    Parameters and attributes are those of `ComparisonPanel`.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = CoveragePanel(open_library("data/manuals"))
    >>> panel.view = "coverage_matrix"
    >>> panel.topics = "private fostering"
    >>> panel.table[["topic_title", "council", "numbers"]].values.tolist()
    [['Private fostering', 'Milton Keynes', '3.2'], ['Private fostering', 'Oxfordshire', '3.5.2']]
    """

    about = "coverage"
    questions = ("gaps", "coverage")
