"""Evaluation: counts that can be done by hand."""

from __future__ import annotations

import math

import pandas as pd

from procman.files import DATA
from procman.matching.evaluation import calibration, evaluate, variant_cases


def truth(*rows: tuple[str | None, str, str | None, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_number", "left_title", "right_number", "right_title", "grade"])


TRUTH = truth(
    ("1.1", "Staying Put", "4.1", "Staying Put", "same"),
    ("1.2", "Contact", "4.2", "Family Time", "same"),
    ("1.3", "Assessing Need", "4.3", "Early Help", "related"),
    ("1.4", "Pets", "L70", "Animals", "same"),
)


def test_right_wrong_missed_and_related() -> None:
    matches = truth(
        ("1.1", "Staying Put", "4.1", "Staying Put", ""),
        ("1.3", "Assessing Need", "4.3", "Early Help", ""),
        ("1.2", "Contact", "4.9", "Local Contacts", ""),
        ("1.4", "Pets", None, "animals", ""),
    ).drop(columns="grade")
    result = evaluate(matches, TRUTH)
    assert (result.right, result.wrong, result.missed) == (2, 1, 1)
    assert (result.precision, result.recall, result.f1) == (2 / 3, 2 / 3, 2 / 3)
    assert result.reworded_recall == 1 / 2
    assert result.errors[["error", "left_number", "right_number"]].values.tolist() == [
        ["wrong", "1.2", "4.9"],
        ["missed", "1.2", "4.2"],
    ]


def test_a_number_under_the_letter_l_is_a_number() -> None:
    labels = truth(("L1.2", "Records", "4.1", "Files", "same"))
    assert evaluate(truth(("L1.2", "Case Records", "4.1", "Files", "")), labels).right == 1


def test_evaluations_add_up() -> None:
    nothing = TRUTH.head(0)
    total = evaluate(TRUTH, TRUTH) + evaluate(nothing, TRUTH)
    assert (total.precision, total.recall) == (1.0, 0.5)
    assert len(total.errors) == 3


def test_nothing_to_count_is_not_a_number() -> None:
    assert math.isnan(evaluate(TRUTH.head(0), TRUTH.head(0)).f1)


def test_calibration_counts_by_score() -> None:
    matches = TRUTH.drop(columns="grade").assign(score=[1.0, 0.55, 0.5, 0.58])
    matches.loc[3, ["right_number", "right_title"]] = ["4.8", "Other"]
    table = calibration(matches, TRUTH)
    assert table[["score_from", "pairs", "right"]].values.tolist() == [[0.5, 2, 1], [0.9, 1, 1]]


def test_variants_become_cases() -> None:
    variants = pd.read_csv(DATA / "truth" / "variants.csv", dtype="str")
    cases = list(variant_cases(variants))
    assert len(cases) == 2 * variants["council"].nunique()
    assert sum(len(left) for _, _, left, _ in cases) == 2 * len(variants)
    assert sum((labels["grade"] == "same").sum() for *_, labels in cases) == 102
