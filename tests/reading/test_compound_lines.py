"""Lines that hold more than one row, and signs that make a line a heading."""

from __future__ import annotations

import pytest

from procman.reading.compound_lines import divided, with_buttons_linked, with_folds_read
from procman.reading.line import Line
from procman.reading.text import lines_of


def texts(page: str) -> list[str]:
    return [line.text for line in divided(lines_of(page, html=False)) if line.text]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("1. Care1.1 Visits\n1.2 Plans\n", ["1. Care", "1.1 Visits", "1.2 Plans"]),
        ("1. Care – 1.0.1 Visits\n1.0.2 Plans\n", ["1. Care", "1.0.1 Visits", "1.0.2 Plans"]),
        ("1.1 Visits 1.2 Plans\n1.3 Fire\n", ["1.1 Visits", "1.2 Plans", "1.3 Fire"]),
        ("1.1 Visits 1.2 Plans\n1.2.1 Fire\n", ["1.1 Visits", "1.2 Plans", "1.2.1 Fire"]),
        ("1. Care and 1.1 Visits\nPlans\n", ["1. Care and 1.1 Visits", "Plans"]),
        ("1.1 Visits (see 1.3 Plans)\n1.2 Fire\n", ["1.1 Visits (see 1.3 Plans)", "1.2 Fire"]),
        ("1.1 Visits costing £1.20 each\n1.3 Fire\n", ["1.1 Visits costing £1.20 each", "1.3 Fire"]),
        ("1. Care1.1 Visits\nPlans\n" + "\n" * 9 + "1.2 Fire\n", ["1. Care", "1.1 Visits", "Plans", "1.2 Fire"]),
        ("1. Care1.1 Visits\nPlans\n" + "\n" * 10 + "1.2 Fire\n", ["1. Care1.1 Visits", "Plans", "1.2 Fire"]),
    ],
)
def test_a_line_is_divided_where_its_numbers_go_on(page: str, rows: list[str]) -> None:
    assert texts(page) == rows


def test_the_parts_of_a_line_have_nothing_that_holds_for_the_whole() -> None:
    whole = Line(1, "1. Care1.1 Visits", heading=2, strong=True, after="x", cells=("a", "b"))
    for line in divided([whole, Line(2, "1.2 Plans")])[:2]:
        assert (line.heading, line.strong, line.after, line.cells) == (0, False, "", ())


def heads(page: str) -> list[str]:
    return [line.text for line in with_folds_read(lines_of(page, html=False)) if line.heading]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("- Health\nDiets\n\n- Court\nOrders\n\n- Care\nVisits\n", ["Health", "Court", "Care"]),
        ("- Health\nDiets\n\n- Court\nOrders\n", []),
        ("\n- Approval\n\n- Payments\n\n- Training\n", []),
        ("- Health\nDiets\n- Court\nOrders\n\n- Care\nVisits\n", []),
        ("+ Health\nDiets\n+ Court\nOrders\n+ Care\nVisits\n", ["Health", "Court", "Care"]),
        ("+ Health\n+ Court\n+ Care\nVisits\n", ["Health", "Court", "Care"]),
    ],
)
def test_signs_of_folds_are_told_from_bullets(page: str, expected: list[str]) -> None:
    assert heads(page) == expected


def buttons(*words: int) -> list[str]:
    """The links of headings with so many lines of words between each and its button."""
    lines = []
    for number, count in enumerate(words):
        lines.append(Line(1, f"Chapter {number}", heading=6))
        lines += [Line(1, "How to see it.")] * count
        lines.append(Line(1, "Read more", href=f"{number}"))
    return [line.href for line in with_buttons_linked(lines) if line.heading]


def test_a_heading_has_the_link_of_its_button() -> None:
    assert buttons(0, 1, 2) == ["0", "1", "2"]
    assert buttons(0, 1) == ["", ""]
    assert buttons(0, 1, 3) == ["0", "1", "2"]
    assert buttons(0, 1, 2, 4) == ["0", "1", "2", ""]
