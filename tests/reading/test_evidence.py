"""How the rows of a page compare with each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from procman.reading.contents import read_contents
from procman.reading.evidence import Evidence
from procman.reading.text import lines_of


def page(text: str) -> Evidence:
    """The rows of a page, which is HTML if it begins with a tag."""
    found = read_contents(lines_of(text, html=text.startswith("<"))).page
    assert found
    return found


def titles(text: str, clue: Callable[[Evidence, int], bool]) -> list[str]:
    """The titles of the rows for which a clue holds."""
    found = page(text)
    return [row.title for k, row in enumerate(found.rows) if clue(found, k)]


@pytest.mark.parametrize(
    ("text", "clue", "expected"),
    [
        (
            "1. All\n1.1 Consent\nFAMILY SUPPORT\n1.2 Records\nLADO\n1.3 Visits\nMATCHING CARE\nOTHER WORDS\n1.4 Fire\n",
            Evidence.shouts,
            ["FAMILY SUPPORT", "OTHER WORDS"],
        ),
        ("1. All\n1.1 Consent\nRecords\n1.3 Visits\nPlans\n1.4 Fire\n", Evidence.fills_gap, ["Records"]),
        ("1.1 Consent\nPlans\n1.3 Fire\n1.4 Meals\nPets\n1.5 Prayer\n", Evidence.fills_gap, ["Plans"]),
        ("Plans\n\n- Fire\n- Meals\n- Visits\n- Pets\n\nMore\n", Evidence.below_list, ["More"]),
        ("Plans\n\n- Fire\n- Meals\n- Visits\n- Pets\nMore\n", Evidence.below_list, []),
        ("Plans\n\n- Fire\n- Meals\n- Visits\n\nMore\n", Evidence.below_list, []),
        ("Plans\n\nFire\nMeals\nVisits\nPets\n\nMore\n", Evidence.below_list, []),
        (
            "1. All\n1.1 Consent\n\nAppendices\nForms\nMaps\n\nTools\n1.2 Records\n",
            Evidence.holds_tight_list,
            ["Consent", "Appendices"],
        ),
    ],
)
def test_clues(text: str, clue: Callable[[Evidence, int], bool], expected: list[str]) -> None:
    assert titles(text, clue) == expected


def test_the_headline_is_the_only_one_and_above_the_numbers() -> None:
    assert page("<h1>Our Manual</h1><p>1. All</p><p>1.1 Consent</p><p>1.2 Records</p>").headline == 0
    assert page("<h1>1. All</h1><p>1.1 Consent</p><p>1.2 Records</p>").headline == -1
    assert page("<h1>Our Manual</h1><h1>Rules</h1><p>1. All</p><p>1.1 Consent</p>").headline == -1
    assert page("<p>1. All</p><h1>Our Manual</h1><p>1.1 Consent</p>").headline == -1


def test_a_level_of_headings_that_are_mostly_links_is_one_of_chapters() -> None:
    plain, link = "<h{0}>A</h{0}>", "<h{0}><a href='x'>B</a></h{0}>"
    levels = plain * 2 + link, plain + link * 2, link, link * 2, plain * 2 + link * 2
    text = "".join(level.format(number) for number, level in enumerate(levels, 2))
    assert page(text).empty_levels == {3, 5}
    assert [k for k in range(4) if page(text).set_as_heading(k)] == [0, 1, 2]


def test_numbers_before_and_behind_a_row() -> None:
    found = page("1. All\nConsent\n1.1 Records\nVisits\n")
    assert found.before == [-1, 0, 0, 2]
    assert found.next_number == [2, 2, 4, 4]


def test_headings_are_compared_with_each_other_by_their_look() -> None:
    found = page("\nCare\n\n- Fire\n- Meals\n\nHealth\n\n- Diets\n- Sleep\n\nCourt\n\n- Orders\n- Costs\n")
    heads = [k for k, row in enumerate(found.rows) if not row.set_in]
    assert [found.rows[k].title for k in heads] == ["Care", "Health", "Court"]
    assert [found.looks_like_headings(k) for k in heads] == [False, True, True]  # no blank line is above the first
    assert [found.unlike_headings(k) for k in heads] == [True, False, False]
    assert sorted(found.headings) == heads
