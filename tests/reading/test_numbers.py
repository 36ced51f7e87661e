"""Numbers in front of titles: how they are read, and the cost of a step from one to the next."""

from __future__ import annotations

import pytest

from procman.reading.line import Line
from procman.reading.numbers import (
    BACK,
    CUT,
    CUT_ALL,
    GAP,
    LETTER,
    NEXT,
    candidates,
    number_of,
    numbers_of,
    settle,
    spell,
    step,
)


def numbers(page: str) -> list[str]:
    """The numbers of a page whose lines are divided by slashes."""
    return [number.text for _, number in numbers_of((i, Line(i, text)) for i, text in enumerate(page.split("/")))]


def settled(page: str) -> list[tuple[str, str]]:
    lines = [(i, Line(i, text)) for i, text in enumerate(page.split("/"))]
    return [(number.text, number.rest) for number in settle(numbers_of(lines)).values()]


def test_letters_count_up_to_z() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert numbers("/".join(f"{letter} Title" for letter in letters)) == [*letters]
    assert numbers("A Forms/B Addresses") == ["A", "B"]
    assert numbers("A Forms/Addresses") == []
    assert numbers("A Forms/C Addresses") == []


def test_a_letter_with_a_number_counts_where_several_do() -> None:
    assert numbers("A1.1 Aims/A1.2 Law/A1.3 Staff") == ["A1.1", "A1.2", "A1.3"]
    assert numbers("A1.1 Aims/A1.2 Law") == []
    assert numbers("A1 Aims/A2 Law") == ["A1", "A2"]
    assert numbers("A2 Milk/C1 Application") == []


def test_levels_are_spelled_as_printed() -> None:
    assert spell((ord("A") * LETTER,)) == "A"
    assert spell((ord("A") * LETTER + 1, 2)) == "A1.2"
    assert spell((ord("Z") * LETTER, 0)) == "Z.0"
    assert spell((0, 1)) == "0.1"


@pytest.mark.parametrize(
    ("later", "cost"),
    [
        ((1, 2, 1), NEXT),
        ((1, 3), NEXT),
        ((2,), NEXT),
        ((2, 1), NEXT),
        ((1, 2), BACK),
        ((1,), BACK),
        ((1, 1), BACK),
        ((1, 4), GAP + 1),
        ((1, 5), GAP + 2),
        ((1, 6), GAP + 3),
        ((1, 9), GAP + 3),
        ((3, 2), GAP + 2),
        ((1, 2, 2), GAP + 1),
    ],
)
def test_a_step_costs_more_for_what_is_missing_up_to_three(later: tuple[int, ...], cost: int) -> None:
    assert step(later, (1, 2)) == cost
    assert NEXT < 0 < GAP + 3 < BACK


def test_a_number_may_end_before_the_figures_do() -> None:
    number = number_of(Line(1, "1.3.48 Rules"))
    assert number
    assert [(cost, n and n.text, n and n.levels, n and n.rest) for cost, n in candidates(number)] == [
        (0, "1.3.48", (1, 3, 48), " Rules"),
        (CUT, "1.3.4", (1, 3, 4), "8 Rules"),
        (CUT_ALL, "1.3", (1, 3), "48 Rules"),
    ]
    assert settled("1.3.3 Visits/1.3.48 Golden Rules/1.3.5 Leaving")[1] == ("1.3.4", "8 Golden Rules")
    assert settled("1.3 Visits/1.416 Plus/1.5 Leaving")[1] == ("1.4", "16 Plus")
    assert settled("1.7 Visits/1.8 Plans/1.9 Law/1.10 Leaving")[3] == ("1.10", "Leaving")


def test_the_number_of_several_readings_that_cost_the_same_is_the_longest() -> None:
    assert settled("1.1 Visits/1.2 Plans/2.13 Golden Rules")[2] == ("2.1", "3 Golden Rules")
    assert settled("1.1 Visits/5.13 Golden Rules")[1] == ("5.13", "Golden Rules")
