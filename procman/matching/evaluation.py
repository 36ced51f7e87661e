"""Compare matches with a labelled truth: how many are right, which are wrong, and whether the scores are calibrated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procman.tables import LEVELS
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

End = tuple[str, str]  # number ("" where none) and plain title


@dataclass(frozen=True)
class Evaluation:
    """The result of comparing matches with a truth.

    ``precision``, ``recall``, ``f1`` and ``reworded_recall`` (recall for pairs whose titles differ) are 0 to 1, or NaN if there is nothing to
    count. ``errors`` lists each wrong pair and each missed pair.
    """

    right: int
    wrong: int
    missed: int
    reworded_right: int
    reworded: int
    errors: pd.DataFrame

    @property
    def precision(self) -> float:
        """Of the pairs found, the share that is right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the true pairs, the share that is found."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def reworded_recall(self) -> float:
        """Of the true pairs whose titles differ, the share that is found."""
        return _share(self.reworded_right, self.reworded)

    def __add__(self, other: Evaluation) -> Evaluation:
        """Return both evaluations counted as one."""
        import pandas as pd

        return Evaluation(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.reworded_right + other.reworded_right,
            self.reworded + other.reworded,
            pd.concat([self.errors, other.errors], ignore_index=True),
        )


def evaluate(matches: pd.DataFrame, truth: pd.DataFrame) -> Evaluation:
    """Compare matches with a labelled truth.

    Parameters
    ----------
    matches
        The result of `procman.align`.
    truth
        ``left_number, left_title, right_number, right_title, grade``. Matches should find the ``same`` pairs. ``related`` pairs do not count.
        Any other match is wrong. A number such as ``L67`` means that the chapter has none. Chapters are compared by number if both have
        one, or else by title.

    Examples
    --------
    >>> import pandas as pd
    >>> truth = pd.DataFrame({"left_number": ["1"], "left_title": ["A"], "right_number": ["2"], "right_title": ["B"],
    ...                       "grade": ["same"]})
    >>> result = evaluate(truth, truth)
    >>> result.f1, result.reworded_recall
    (1.0, 1.0)
    """
    import pandas as pd

    same = [pair for pair, grade in _pairs(truth) if grade == "same"]
    related = [pair for pair, grade in _pairs(truth) if grade == "related"]
    found = list(dict.fromkeys(pair for pair, _ in _pairs(matches)))
    right = [pair for pair in same if any(_equal(pair, match) for match in found)]
    missed = [pair for pair in same if pair not in right]
    wrong = [match for match in found if not any(_equal(match, pair) for pair in same + related)]
    reworded = [pair for pair in same if pair[0][1] != pair[1][1]]
    rows = [(kind, *left, *other) for kind, pairs in (("wrong", wrong), ("missed", missed)) for left, other in pairs]
    errors = pd.DataFrame(
        rows, columns=["error", "left_number", "left_title", "right_number", "right_title"], dtype="str"
    )
    reworded_right = sum(pair in right for pair in reworded)
    return Evaluation(len(right), len(wrong), len(missed), reworded_right, len(reworded), errors)


def calibration(matches: pd.DataFrame, truth: pd.DataFrame, steps: int = 10) -> pd.DataFrame:
    """Count how often matches with each score are right: score_from, score_to, pairs, right, share. Related pairs are left out.

    The scores are calibrated if ``share`` is between ``score_from`` and ``score_to``.

    >>> import pandas as pd
    >>> truth = pd.DataFrame({"left_number": ["1"], "left_title": ["A"], "right_number": ["2"], "right_title": ["B"],
    ...                       "grade": ["same"]})
    >>> table = calibration(truth.assign(score=0.95), truth)
    >>> table.loc[table["pairs"] > 0, ["pairs", "right", "share"]].values.tolist()
    [[1.0, 1.0, 1.0]]
    """
    import pandas as pd

    same = [pair for pair, grade in _pairs(truth) if grade == "same"]
    related = [pair for pair, grade in _pairs(truth) if grade == "related"]
    counts = [[0, 0] for _ in range(steps)]
    for (pair, _), score in zip(_pairs(matches), matches["score"].tolist(), strict=True):
        hit = any(_equal(pair, true) for true in same)
        if hit or not any(_equal(pair, true) for true in related):
            step = counts[min(int(score * steps), steps - 1)]
            step[0] += 1
            step[1] += hit
    rows = [(at / steps, (at + 1) / steps, n, right, _share(right, n)) for at, (n, right) in enumerate(counts) if n]
    return pd.DataFrame(rows, columns=["score_from", "score_to", "pairs", "right", "share"])


def reliability(pairs: pd.DataFrame) -> pd.DataFrame:
    """Count how often scored pairs are right, for each level and step of the score.

    Parameters
    ----------
    pairs
        ``level, score, right`` and ``accepted`` of pairs scored by a model that has not seen their councils, as in
        ``data/held_out/pairs.csv``. Other columns are ignored. A pair that was not scored has no level.

    Returns
    -------
    DataFrame
        ``level, score_from, pairs, mean_score, share_right``. The scores are calibrated if the last two are similar.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"level": ["similar"] * 4, "score": [0.82, 0.84, 0.88, 0.86], "right": [True, True, True, False]})
    >>> reliability(pairs).round(2).values.tolist()
    [['similar', 0.8, 4, 0.85, 0.75]]
    """
    import pandas as pd

    scored = pairs[pairs["level"].notna()]
    step = (scored["score"].clip(upper=0.999) * 10 // 1 / 10).rename("score_from")
    grouped = scored.groupby(["level", step])
    table = grouped.agg(
        pairs=("right", "size"), mean_score=("score", "mean"), share_right=("right", "mean")
    ).reset_index()
    order = pd.Categorical(table["level"], LEVELS, ordered=True)
    return table.iloc[
        pd.DataFrame({"level": order, "from": -table["score_from"]}).sort_values(["level", "from"]).index
    ].reset_index(drop=True)


def variant_cases(variants: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame, pd.DataFrame]]:
    """For each council in ``data/truth/variants.csv`` and each of the two manuals, yield council, manual, titles and truth.

    The titles are a table for the left side of `procman.align`. The manual's own entries go on the right.
    """
    import pandas as pd

    for council, rows in variants.groupby("council", sort=True):
        for manual in ("milton_keynes", "oxfordshire"):
            titles = pd.DataFrame({"title": rows["title"].tolist()})
            marked = rows[rows[f"{manual}_grade"].notna()]
            truth = pd.DataFrame(
                {
                    "left_number": None,
                    "left_title": marked["title"].tolist(),
                    "right_number": marked[f"{manual}_number"].tolist(),
                    "right_title": "",
                    "grade": marked[f"{manual}_grade"].tolist(),
                }
            )
            yield str(council), manual, titles, truth


def _pairs(table: pd.DataFrame) -> Iterator[tuple[tuple[End, End], str]]:
    grades = table["grade"].tolist() if "grade" in table.columns else [""] * len(table)
    sides = [
        [(_number(number), plain(str(title))) for number, title in zip(numbers, titles, strict=True)]
        for numbers, titles in (
            (table[f"{side}_number"].tolist(), table[f"{side}_title"].tolist()) for side in ("left", "right")
        )
    ]
    for left, right, grade in zip(*sides, grades, strict=True):
        yield (left, right), grade


def _number(number: object) -> str:
    """Return a chapter's printed number, or ``""``: ``L67`` and a missing value are none."""
    text = "" if number is None or number != number else str(number)
    return "" if re.fullmatch(r"L\d+", text) else text


def _equal(one: tuple[End, End], two: tuple[End, End]) -> bool:
    return all(a[0] == b[0] if a[0] and b[0] else bool(a[1]) and a[1] == b[1] for a, b in zip(one, two, strict=True))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
