"""Decisions: a person says whether two chapters are the same, when and why. They stand in ``decisions.csv``.

A decision beats the score. The file is a log: if two chapters were decided on twice, the later decision is in force, the earlier
one stays in the file, and `conflicts` reports it. A title that a spreadsheet would run as a formula is kept with an apostrophe in
front, and read without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from procman.errors import ProcmanError
from procman.files import OWN, csv_text, locked, read_rows, restored, rows_in, write_whole
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

DECISIONS = OWN / "decisions.csv"
COLUMNS = ("date", "decision", "left_council", "left_title", "right_council", "right_title", "reason")
VERDICTS = ("accepted", "rejected")
#: Characters of a cell. No title or reason needs more, and a spreadsheet takes no more than 32,767.
LONGEST = 2_000


class DecisionError(ProcmanError):
    """The decisions file cannot be read, or a decision cannot be recorded."""


class Side(NamedTuple):
    """One side of a decision: the title in plain form, and the council (``""`` for every council)."""

    council: str
    title: str


class Decision(NamedTuple):
    """One decision in force."""

    left: Side
    right: Side
    accepted: bool
    date: str
    reason: str


def read_decisions(path: Path | str | None = None) -> pd.DataFrame:
    """Read the decisions, all text: date, decision, left_council, left_title, right_council, right_title, reason.

    A missing file gives an empty table. A file that a spreadsheet saved is read too. Raises `DecisionError`, which names the line
    that cannot be read.
    """
    import pandas as pd

    path = DECISIONS if path is None else Path(path)
    rows = read_rows(path, DecisionError) if path.exists() else iter(())
    if next(rows, (1, list(COLUMNS)))[1] != list(COLUMNS):
        raise DecisionError(path, f"the columns must be {', '.join(COLUMNS)}", line=1)
    found = []
    for line, cells in rows:
        row = dict(zip(COLUMNS, map(restored, cells), strict=True))
        if row["decision"] not in VERDICTS or not row["left_title"] or not row["right_title"]:
            raise DecisionError(path, "a decision is accepted or rejected, and names two titles", line)
        found.append(row)
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def record_decision(
    decision: str,
    left_title: str,
    right_title: str,
    reason: str,
    *,
    left_council: str = "",
    right_council: str = "",
    on: date | None = None,
    path: Path | str | None = None,
) -> pd.DataFrame:
    """Add a decision to the file and return all decisions.

    The file is locked, read again and replaced in one step, so that two people who decide at once lose nothing. Raises `DecisionError` for
    a verdict other than accepted or rejected, an empty title or a text of more than 2,000 characters, and `ProcmanError` for a file that cannot be written or
    that another writer holds for ten seconds.
    """
    day = (on or date.today()).isoformat()
    values = (day, decision, left_council, left_title, right_council, right_title, reason)
    return record_decisions([dict(zip(COLUMNS, values, strict=True))], path)


def record_decisions(decisions: Sequence[Mapping[str, str]], path: Path | str | None = None) -> pd.DataFrame:
    """Add several decisions, each with the columns of the file, in one step: all or none. Return and errors are those of `record_decision`."""
    import pandas as pd

    path = DECISIONS if path is None else Path(path)
    rows = [_checked(decision, path) for decision in decisions]
    with suppress(OSError):  # then the lock says what is wrong
        path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        table = pd.concat([read_decisions(path), pd.DataFrame(rows, dtype="str")], ignore_index=True)
        _replace(path, table)
    return table


def _checked(decision: Mapping[str, str], path: Path) -> dict[str, str]:
    """A decision as it is written: blanks folded, and nothing that could not be read again."""
    if decision["decision"] not in VERDICTS:
        raise DecisionError(path, f"a decision is accepted or rejected, not {decision['decision']!r}")
    if not plain(decision["left_title"]) or not plain(decision["right_title"]):
        raise DecisionError(path, "a decision names two titles")
    row = {name: " ".join(decision[name].split()) for name in COLUMNS}
    for name, value in row.items():
        if len(value) > LONGEST:
            raise DecisionError(path, f"the {name.replace('_', ' ')} is longer than {LONGEST:,} characters: shorten it")
    return row


def withdraw_decision(decision: Mapping[str, str], path: Path | str | None = None) -> pd.DataFrame:
    """Take the last of the decisions that equal the given row out of the file, and return those left.

    An earlier decision on the same two chapters is then in force again. Raises `DecisionError` if the file has no such
    decision.
    """
    return withdraw_decisions([decision], path)


def withdraw_decisions(decisions: Sequence[Mapping[str, str]], path: Path | str | None = None) -> pd.DataFrame:
    """Take several decisions out of the file in one step, those of them that are there; errors are those of `withdraw_decision`."""
    path = DECISIONS if path is None else Path(path)
    with locked(path):
        table = read_decisions(path)
        rows = table.to_dict("records")
        left = dict(enumerate(rows))
        for decision in decisions:
            wanted = {name: decision[name] for name in COLUMNS}
            same = [place for place, row in left.items() if row == wanted]
            if same:
                del left[same[-1]]
        if len(left) == len(rows):
            raise DecisionError(path, "the decision is not there any more")
        table = table.loc[[*left]].reset_index(drop=True)
        _replace(path, table)
    return table


def in_force(decisions: pd.DataFrame) -> list[Decision]:
    """Return the last decision on each pair, sides in alphabetical order: which side was left does not matter."""
    last: dict[tuple[Side, Side], Decision] = {}
    for row in decisions.fillna("").to_dict("records"):
        left, right = sorted(Side(row[f"{s}_council"], plain(row[f"{s}_title"])) for s in ("left", "right"))
        # A pair decided again keeps its last word, in its last place.
        last.pop((left, right), None)
        last[left, right] = Decision(left, right, row["decision"] == "accepted", row["date"], row["reason"])
    return sorted(last.values())


def sides(council: str, title: str) -> tuple[Side, Side]:
    """How a decision may name a chapter, the nearer first: as its council's, or as every council's."""
    words = plain(title)
    return Side(council, words), Side("", words)


def by_pair(force: Sequence[Decision]) -> dict[frozenset[Side], Decision]:
    """The decisions in force by the two sides they are on."""
    return {frozenset((each.left, each.right)): each for each in force}


def decision_on(
    decided: Mapping[frozenset[Side], Decision], left: Sequence[Side], right: Sequence[Side]
) -> Decision | None:
    """The decision on two chapters; one on their own councils goes before one on every council's.

    >>> left, right = sides("Ayle", "Consent"), sides("Beere", "Visits")
    >>> said = Decision(right[1], left[0], False, "2026-01-05", "")
    >>> decision_on(by_pair([said]), left, right) is said, decision_on({}, left, right)
    (True, None)
    """
    if not decided:
        return None
    pairs = map(frozenset, product(left, right))
    return next((decided[pair] for pair in pairs if pair in decided), None)


def conflicts(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that contradict others: left_title, right_title, problem.

    A pair decided both ways, or rejected while a chain of accepted pairs makes its two chapters one.
    """
    import pandas as pd

    verdicts: dict[tuple[Side, Side], set[str]] = {}
    for row in decisions.fillna("").to_dict("records"):
        left, right = sorted(Side(row[f"{s}_council"], plain(row[f"{s}_title"])) for s in ("left", "right"))
        verdicts.setdefault((left, right), set()).add(row["decision"])
    found = [(*pair, "decided both ways; the later holds") for pair, seen in sorted(verdicts.items()) if len(seen) > 1]
    force = in_force(decisions)
    group = groups(force)
    found += [
        (d.left, d.right, "rejected, though accepted pairs join the two")
        for d in force
        if not d.accepted and group.get(d.left, d.left) == group.get(d.right, d.right)
    ]
    rows = [(left.title, right.title, problem) for left, right, problem in found]
    return pd.DataFrame(rows, columns=["left_title", "right_title", "problem"], dtype="str")


def groups(force: Sequence[Decision]) -> dict[Side, Side]:
    """Return, for each chapter in an accepted pair, the first chapter of those that accepted pairs join it to."""
    root: dict[Side, Side] = {}

    def find(chapter: Side) -> Side:
        while root.setdefault(chapter, chapter) != chapter:
            chapter = root[chapter]
        return chapter

    for decision in force:
        if decision.accepted:
            first, second = sorted((find(decision.left), find(decision.right)))
            root[second] = first
    return {chapter: find(chapter) for chapter in list(root)}


def _replace(path: Path, table: pd.DataFrame) -> None:
    text = csv_text(COLUMNS, table.itertuples(index=False))
    # What could not be read again would lock everyone out of the file.
    if sum(1 for _ in rows_in(text, path, DecisionError)) != len(table) + 1:
        raise DecisionError(path, "the decisions could not be written so that they can be read again")
    write_whole(path, text)
