"""Evaluation: counts that can be done by hand."""

from __future__ import annotations

import math

import pandas as pd

from procman.files import DATA
from procman.matching.evaluation import calibration, evaluate, reliability, variant_cases


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


def test_each_step_of_the_score_that_has_pairs_is_a_row() -> None:
    labels = truth(("1", "A", "1", "A", "same"), ("2", "B", "2", "B", "same"), ("3", "C", "3", "C", "related"))
    pairs = [("1", "1", 1.0), ("2", "2", 0.5), ("3", "3", 0.5), ("1", "2", 0.5), ("2", "1", 0.74)]
    matches = truth(*((left, "", right, "", "") for left, right, _ in pairs)).assign(score=[row[2] for row in pairs])
    table = calibration(matches, labels, steps=4)
    assert list(table.columns) == ["score_from", "score_to", "pairs", "right", "share"]
    assert table.values.tolist() == [[0.5, 0.75, 3, 1, 1 / 3], [0.75, 1.0, 1, 1, 1.0]]


def test_reliability_is_by_level_and_from_the_surest_down() -> None:
    rows = [
        *(("similar", 0.8, True), ("similar", 0.89, False), ("similar", 0.1, False), ("similar", 1.0, True)),
        *(
            ("similar", 0.9, True),
            ("identical", 1.0, True),
            (None, float("nan"), False),
            ("sector wording", 0.95, True),
        ),
    ]
    table = reliability(pd.DataFrame(rows, columns=["level", "score", "right"]))
    assert table.round(3).values.tolist() == [
        ["identical", 0.9, 1, 1.0, 1.0],
        ["sector wording", 0.9, 1, 0.95, 1.0],
        ["similar", 0.9, 2, 0.95, 1.0],
        ["similar", 0.8, 2, 0.845, 0.5],
        ["similar", 0.1, 1, 0.1, 0.0],
    ]


def test_a_pair_is_compared_by_number_where_both_have_one_else_by_title_and_counts_once() -> None:
    labels = truth(
        ("1", "Pets", "7", "Animals", "same"), (None, "Contact", "8", "Family Time", "same"), ("L3", "Beds", "9", "Cots", "related")
    )  # fmt: skip
    matches = truth(
        ("1", "Dogs", "7", "Cats", ""),  # the same numbers
        ("1", "Pets", "7", "Animals", ""),  # again: each pair found is right for the one that is true
        ("4", "contact", "8", "", ""),
        ("9", "Beds", None, "Cots", ""),
        ("1", "Pets", "8", "Animals", ""),
        ("1", "Pets", "8", "Animals", ""),  # wrong twice, counted once
        ("5", "", "6", "", ""),
    )  # fmt: skip
    result = evaluate(matches, labels)
    assert (result.right, result.wrong, result.missed, result.reworded, result.reworded_right) == (2, 2, 0, 2, 2)
    assert result.errors.values.tolist() == [["wrong", "1", "pets", "8", "animals"], ["wrong", "5", "", "6", ""]]
    both = result + result
    assert (both.right, both.wrong, both.missed, both.reworded, both.reworded_right) == (4, 4, 0, 4, 4)


def test_a_council_is_a_case_for_each_of_the_two_manuals() -> None:
    rows = [
        ("South", "Pets", "1.1", "same", None, None),
        ("North", "Beds", None, None, "2", "related"),
        ("North", "Cots", "3", "same", "4", "same"),
    ]
    names = [
        "council",
        "title",
        *(f"{m}_{part}" for m in ("milton_keynes", "oxfordshire") for part in ("number", "grade")),
    ]
    cases = variant_cases(pd.DataFrame(rows, columns=names))
    assert [(council, manual, *left["title"], *labels.fillna("-").values.tolist()) for council, manual, left, labels in cases] == [
        ("North", "milton_keynes", "Beds", "Cots", ["-", "Cots", "3", "", "same"]),
        ("North", "oxfordshire", "Beds", "Cots", ["-", "Beds", "2", "", "related"], ["-", "Cots", "4", "", "same"]),
        ("South", "milton_keynes", "Pets", ["-", "Pets", "1.1", "", "same"]),
        ("South", "oxfordshire", "Pets"),
    ]  # fmt: skip


def test_variants_become_cases() -> None:
    variants = pd.read_csv(DATA / "truth" / "variants.csv", dtype="str")
    cases = list(variant_cases(variants))
    assert len(cases) == 2 * variants["council"].nunique()
    assert sum(len(left) for _, _, left, _ in cases) == 2 * len(variants)
    assert sum((labels["grade"] == "same").sum() for *_, labels in cases) == 102
