"""A person's decisions on matches: record them in the comparison's file, and undo them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from procman.errors import TableError
from procman.library.decisions import record_decisions, withdraw_decisions
from procman.panels.message import HERE
from procman.reports.comparison import Comparison


class Titled(NamedTuple):
    """A chapter as a decision names it. Without a council, it means the title in every council."""

    council: str
    title: str


class Decider:
    """Records decisions, and undoes those that were made here.

    Parameters
    ----------
    comparison
        The comparison, which has the file of decisions.

    Attributes
    ----------
    decided
        The rows of the file that each decision made here has added, oldest first.

    Examples
    --------
    >>> import tempfile
    >>> from procman import open_library
    >>> decider = Decider(Comparison(open_library("data/manuals"), decisions=tempfile.mkdtemp() + "/decisions.csv"))
    >>> decider.decide("accepted", Titled("Oxfordshire", "Bullying"), [Titled("Milton Keynes", "Peer Abuse")])
    >>> len(decider.comparison.decisions)
    1
    >>> decider.undo()
    >>> len(decider.comparison.decisions)
    0
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.decided: list[list[dict[str, str]]] = []

    def decide(self, verdict: str, own: Titled, others: Sequence[Titled], reason: str = "") -> None:
        """Say that a chapter and each of others are ("accepted"), or are not ("rejected"), the same procedure."""
        made = [
            {
                "date": date.today().isoformat(),
                "decision": verdict,
                "left_council": own.council,
                "left_title": own.title,
                "right_council": other.council,
                "right_title": other.title,
                "reason": reason,
            }
            for other in others
        ]
        table = record_decisions(made, self.comparison.decisions_file)
        self.decided.append(
            [{str(name): value for name, value in row.items()} for row in table.tail(len(made)).to_dict("records")]
        )

    def undo(self) -> None:
        """Undo the last decision made here. Raises ``TableError`` if there is none."""
        if not self.decided:
            raise TableError(HERE, "nothing was decided here yet")
        withdraw_decisions(
            self.decided.pop(), self.comparison.decisions_file
        )  # gone, also where the file has them no more
