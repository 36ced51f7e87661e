"""Find the best reading of a whole page: the labels of its rows with the most points in total, and the margin over the next best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

#: The points of an impossible label: more than all the clues of a page can outweigh.
NEVER = -100_000


class Choice(NamedTuple):
    """A row's label in the best reading, its second-best label, and the margin in points over the best reading with that label."""

    label: str
    second: str = ""
    margin: int = -NEVER


def best_path(
    own: Sequence[Mapping[str, int]], step: Callable[[int, str, str], int], kinds: Mapping[str, str]
) -> list[Choice]:
    """Choose one label for each row.

    Parameters
    ----------
    own
        For each row, the points of each label that it may have.
    step
        A function ``step(row, before, label)`` that gives the points for a row's label after the label of the previous row. Before the first
        row the label is ``""``.
    kinds
        The kind of each label. Labels of the same kind do not count as different readings. A label that is not among them is its own kind.

    Examples
    --------
    >>> rows = [{"heading": 2, "chapter": 0}, {"heading": 1, "chapter": 0}, {"chapter": 0}]
    >>> best_path(rows, lambda row, before, label: -3 if before == label == "heading" else 0, {})
    [Choice(label='heading', second='chapter', margin=1), Choice(label='chapter', second='heading', margin=1), Choice(label='chapter', second='', margin=100000)]
    """
    steps: list[dict[tuple[str, str], int]] = []
    ahead: list[dict[str, int]] = []
    before: Mapping[str, int] = {"": 0}
    for k, labels in enumerate(own):
        between = {(a, b): step(k, a, b) for a in before for b in labels}
        before = {b: labels[b] + max(before[a] + between[a, b] for a in before) for b in labels}
        steps.append(between)
        ahead.append(dict(before))
    choices: list[Choice] = []
    behind: dict[str, int] = {}
    chosen = ""
    for k in range(len(own) - 1, -1, -1):
        forward = ahead[k]
        if k + 1 < len(own):
            after, between = own[k + 1], steps[k + 1]
            behind_next = behind
            behind = {a: max(between[a, b] + after[b] + behind_next[b] for b in after) for a in forward}
            chosen = max(forward, key=lambda a: forward[a] + steps[k + 1][a, chosen])
        else:
            behind = dict.fromkeys(forward, 0)
            chosen = max(forward, key=lambda a: forward[a])
        others = [(forward[a] + behind[a], a) for a in forward if kinds.get(a, a) != kinds.get(chosen, chosen)]
        best = forward[chosen] + behind[chosen]
        points, second = max(others, default=(best + NEVER, ""))
        choices.append(Choice(chosen, second, best - points))
    return choices[::-1]
