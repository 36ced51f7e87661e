"""The names on a page: trails, feet, and how long a name may be."""

from __future__ import annotations

import pytest

from procman.reading.line import Line
from procman.reading.naming import (
    council_below,
    council_of,
    edition_below,
    is_trail,
    names_above,
    names_in_head,
    parts_of_trail,
    shown_name,
    title_and_council,
)


@pytest.mark.parametrize(
    ("text", "title", "council"),
    [
        ("Fostering Handbook Northwick Council", "Fostering Handbook", "Northwick"),
        ("Procedures – Northwick County Council", "Procedures", "Northwick"),
        ("Procedures Manual - Northwick", "Procedures Manual - Northwick", ""),
        ("View Northwick Safeguarding Children Procedures", "Safeguarding Children Procedures", "Northwick"),
        ("Team Policies", "Team Policies", ""),
        ("Social Services Procedures", "Social Services Procedures", ""),
        ("Practice Hub - Policies and Procedures", "Practice Hub - Policies and Procedures", ""),
        ("Teamford Policies", "Policies", "Teamford"),
        ("Northwick Council Childcare Manual", "Childcare Manual", "Northwick"),
        ("Northwick Council children's procedures", "children's procedures", "Northwick"),
        ("Northwick Council – Practice Guide", "Practice Guide", "Northwick"),
        ("Emergency Duty Service Manual", "Emergency Duty Service Manual", ""),
        ("Disabled Children's Service: Guidance", "Disabled Children's Service: Guidance", ""),
        ("Fostering handbook for staff - Redmire County Council", "Fostering handbook for staff", "Redmire"),
    ],
)
def test_a_manuals_name_and_its_council_are_told_apart(text: str, title: str, council: str) -> None:
    assert title_and_council(text) == (title, council)


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Crest of Northwick Council", "Northwick"),
        ("Northwick Council logo", "Northwick"),
        ("Fostering Handbook Northwick Council", ""),
    ],
)
def test_a_picture_of_a_council_has_its_name(text: str, council: str) -> None:
    assert council_of(text) == council


@pytest.mark.parametrize(
    ("foot", "council"),
    [
        ("© Copyright Northwick Council", "Northwick"),
        ("Copyright (c) 2001-2004 Northwick Council", "Northwick"),
        ("Northwick Council © 2024. All rights reserved.", "Northwick"),
        ("Northwick Council. Webmaster: w@example.org", "Northwick"),
        ("St. Helens Council 2024", "St. Helens"),
        ("Northwick Safeguarding Partnership", "Northwick"),
        ("Northwick Council, ".ljust(300, "x"), "Northwick"),
        ("Northwick Council, ".ljust(301, "x"), ""),
    ],
)
def test_the_foot_of_a_page_names_its_council(foot: str, council: str) -> None:
    assert council_below([Line(1, "1.1 Consent"), Line(2, foot)], 1) == council


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("<title>Procedures manual - Northwick Council</title>", ("Procedures manual", "Northwick")),
        ("<title>Contents | Northwick Children's Services</title>", ("", "Northwick")),
        ("<title>Home - Northwick Council</title>", ("", "Northwick")),
        ("<title>Consent</title>", ("", "")),
    ],
)
def test_a_browsers_title_names_manual_and_council(head: str, names: tuple[str, str]) -> None:
    assert names_in_head(head) == names


def test_an_edition_at_the_foot_is_a_month() -> None:
    foot = [Line(1, "Version 4.2, 12 June 2019"), Line(2, "Version 5, May 2020")]
    assert edition_below(foot, ["furniture", "furniture"]) == "2019-06"
    assert edition_below(foot, ["entry", "note"]) == "2020-05"
    assert edition_below(foot, ["entry", "entry"]) == ""


def test_a_trail_has_parts_without_the_sites_own_words() -> None:
    assert parts_of_trail("Home > Policies") == ["Policies"]
    assert parts_of_trail("Home") == ["Home"]
    assert [is_trail(text) for text in ("Home > A", "Home > A > B", "A > Home", "Home")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Home Northwick Policies", True),
        ("Home Contact us Northwick Policies", False),
        ("Contact us Northwick Policies", True),
        ("Contact us Search Cookies Northwick Policies", False),
    ],
)
def test_a_menu_on_one_line_names_no_manual(line: str, named: bool) -> None:
    assert bool(names_above([Line(1, line)], ["furniture"], 1).title) is named


def test_a_council_has_up_to_300_characters() -> None:
    assert shown_name("x" * 300) == "x" * 300
    with pytest.raises(ValueError, match="301 characters"):
        shown_name("x" * 301)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ([(0, "Fostering Policies"), (0, "Procedures Manual")], "Procedures Manual"),  # a manual, though without a name
        ([(0, "Procedures Manual"), (0, "Fostering Manual")], "Fostering Manual"),
        ([(2, "Fostering Manual"), (1, "Adoption Manual")], "Adoption Manual"),  # the page's headline
        ([(0, "Fostering Manual"), (0, "Adoption Manual")], "Fostering Manual"),  # the first of equals
        ([(0, "Fostering Manual"), (0, "Northwick Council Adoption Manual")], "Adoption Manual"),
    ],
)
def test_the_line_that_names_the_manual_best_is_its_title(above: list[tuple[int, str]], title: str) -> None:
    lines = [Line(n, text, heading=level) for n, (level, text) in enumerate(above)]
    assert names_above(lines, ["note"] * len(lines), len(lines)).title == title
