"""Decisions: a person says whether two chapters are the same procedure, when and why. ``decisions.csv`` keeps them.

A decision overrules the score. The file is a log. If it has two decisions on the same chapters, the later one applies, the earlier
one stays in the file, and `conflicts` reports both. If a title looks like a formula, the file has an apostrophe before it, which
procman removes.
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
#: The most characters in a cell. A spreadsheet allows at most 32,767.
LONGEST = 2_000


class DecisionError(ProcmanError):
    """The decisions file cannot be read, or a decision cannot be recorded."""


class Side(NamedTuple):
    """One side of a decision: the title in plain form, and the council (``""`` for every council)."""

    council: str
    title: str


class Decision(NamedTuple):
    """One decision that applies."""

    left: Side
    right: Side
    accepted: bool
    date: str
    reason: str


def read_decisions(path: Path | str | None = None) -> pd.DataFrame:
    """Read the decisions: date, decision, left_council, left_title, right_council, right_title, reason. Every column is text.

    If there is no file, the table is empty. You can edit and save the file in a spreadsheet. Raises `DecisionError`, which names the
    line that cannot be read.

    >>> read_decisions("data/manuals/decisions.csv").empty
    True
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
            raise DecisionError(path, "a decision must be accepted or rejected, and needs two titles", line)
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

    procman locks the file, reads it again and replaces it in one step. So two people can make decisions at once.

    Raises
    ------
    DecisionError
        The decision is not accepted or rejected, a title is empty, or a text has more than 2,000 characters.
    ProcmanError
        The file cannot be written, or another program locks it for ten seconds.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = record_decision("rejected", "Consent", "Consent to Treatment", "not the same", path=f"{folder}/decisions.csv")
    >>> table[["left_title", "right_title", "decision"]].values.tolist()
    [['Consent', 'Consent to Treatment', 'rejected']]
    """
    day = (on or date.today()).isoformat()
    values = (day, decision, left_council, left_title, right_council, right_title, reason)
    return record_decisions([dict(zip(COLUMNS, values, strict=True))], path)


def record_decisions(decisions: Sequence[Mapping[str, str]], path: Path | str | None = None) -> pd.DataFrame:
    """Add several decisions, each with the file's columns, in one step. If one is refused, none is added. See `record_decision`."""
    import pandas as pd

    path = DECISIONS if path is None else Path(path)
    rows = [_checked(decision, path) for decision in decisions]
    with suppress(OSError):  # locking then raises a clear error
        path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        table = pd.concat([read_decisions(path), pd.DataFrame(rows, dtype="str")], ignore_index=True)
        _replace(path, table)
    return table


def _checked(decision: Mapping[str, str], path: Path) -> dict[str, str]:
    """A decision as the file keeps it, with single spaces. Raises `DecisionError` if it could not be read again."""
    if decision["decision"] not in VERDICTS:
        raise DecisionError(path, f"a decision must be accepted or rejected, not {decision['decision']!r}")
    if not plain(decision["left_title"]) or not plain(decision["right_title"]):
        raise DecisionError(path, "a decision needs two titles")
    row = {name: " ".join(decision[name].split()) for name in COLUMNS}
    for name, value in row.items():
        if len(value) > LONGEST:
            raise DecisionError(path, f"the {name.replace('_', ' ')} is longer than {LONGEST:,} characters: shorten it")
    return row


def withdraw_decision(decision: Mapping[str, str], path: Path | str | None = None) -> pd.DataFrame:
    """Remove the last decision that equals the given row from the file. Return the decisions that are left.

    An earlier decision on the same two chapters then applies again. Raises `DecisionError` if the file has no such decision.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = f"{folder}/decisions.csv"
    ...     table = record_decision("rejected", "Consent", "Consent to Treatment", "not the same", path=path)
    ...     len(table), len(withdraw_decision(table.iloc[-1], path))
    (1, 0)
    """
    return withdraw_decisions([decision], path)


def withdraw_decisions(decisions: Sequence[Mapping[str, str]], path: Path | str | None = None) -> pd.DataFrame:
    """Remove several decisions from the file in one step, ignoring those that it does not have. See `withdraw_decision`."""
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
            raise DecisionError(path, "the file does not have this decision")
        table = table.loc[[*left]].reset_index(drop=True)
        _replace(path, table)
    return table


def in_force(decisions: pd.DataFrame) -> list[Decision]:
    """The last decision on each pair. The sides are in alphabetical order, because left and right make no difference."""
    last: dict[tuple[Side, Side], Decision] = {}
    for row in decisions.fillna("").to_dict("records"):
        left, right = sorted(Side(row[f"{s}_council"], plain(row[f"{s}_title"])) for s in ("left", "right"))
        # A later decision on the same pair replaces the earlier one, and moves it to the end.
        last.pop((left, right), None)
        last[left, right] = Decision(left, right, row["decision"] == "accepted", row["date"], row["reason"])
    return sorted(last.values())


def sides(council: str, title: str) -> tuple[Side, Side]:
    """The two ways that a decision can name a chapter: for its own council, then for every council."""
    words = plain(title)
    return Side(council, words), Side("", words)


def by_pair(force: Sequence[Decision]) -> dict[frozenset[Side], Decision]:
    """The decisions that apply, by their two sides."""
    return {frozenset((each.left, each.right)): each for each in force}


def decision_on(
    decided: Mapping[frozenset[Side], Decision], left: Sequence[Side], right: Sequence[Side]
) -> Decision | None:
    """The decision on two chapters. A decision for their own councils overrules one for every council.

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
    """List the decisions that contradict others: left_title, right_title, problem.

    A pair is listed if it was decided both ways, or if it was rejected but a chain of accepted pairs joins its two chapters.

    >>> import pandas as pd
    >>> accepted, rejected = (
    ...     {"date": "2026-01-05", "decision": decision, "left_council": "", "left_title": "Consent",
    ...      "right_council": "", "right_title": "Consent to Treatment", "reason": ""} for decision in ("accepted", "rejected"))
    >>> conflicts(pd.DataFrame([accepted, rejected]))["problem"].tolist()
    ['decided both ways; the later one applies']
    """
    import pandas as pd

    verdicts: dict[tuple[Side, Side], set[str]] = {}
    for row in decisions.fillna("").to_dict("records"):
        left, right = sorted(Side(row[f"{s}_council"], plain(row[f"{s}_title"])) for s in ("left", "right"))
        verdicts.setdefault((left, right), set()).add(row["decision"])
    found = [
        (*pair, "decided both ways; the later one applies") for pair, seen in sorted(verdicts.items()) if len(seen) > 1
    ]
    force = in_force(decisions)
    group = groups(force)
    found += [
        (d.left, d.right, "rejected, but accepted pairs join the two")
        for d in force
        if not d.accepted and group.get(d.left, d.left) == group.get(d.right, d.right)
    ]
    rows = [(left.title, right.title, problem) for left, right, problem in found]
    return pd.DataFrame(rows, columns=["left_title", "right_title", "problem"], dtype="str")


def groups(force: Sequence[Decision]) -> dict[Side, Side]:
    """For each chapter in an accepted pair, the first of all the chapters that accepted pairs join to it."""
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
    # If the file could not be read again, nobody could record another decision.
    if sum(1 for _ in rows_in(text, path, DecisionError)) != len(table) + 1:
        raise DecisionError(path, "the decisions cannot be saved in a form that procman can read again")
    write_whole(path, text)
