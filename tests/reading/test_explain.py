"""Explain how a line was read, and which lines could be read otherwise."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest

from procman.errors import PageError
from procman.reading.clues import CLUES, LATE_CLUES, NUMBERED
from procman.reading.contents import Contents, read_contents
from procman.reading.explain import explain
from procman.reading.manual import Manual, read_manual
from procman.reading.text import lines_of

#: "Core Duties" stands between blanks above numbers that run on.
PAGE = "1. All\n\n1.1 Consent\n1.2 Records\n\nCore Duties\n\n1.3 Visits\n1.4 Plans\n\nTel: 01632 960001\n"


def read(page: str) -> Manual:
    return read_manual(StringIO(page))


def contents(page: str) -> Contents:
    return read_contents(lines_of(page, html=False))


def test_a_heading_is_explained_beside_what_it_may_be() -> None:
    said = read(PAGE).explain(6).splitlines()
    assert said[0] == "'Core Duties' is read as heading."
    assert "  +9 set apart by blanks, where numbered rows are not" in said
    assert "  -7 the numbers run on behind it" in said
    assert "chapter:" in said
    assert said[-1].startswith("The whole page has 2 points more with the first of these than with the second")


def test_a_number_is_explained_by_its_clues() -> None:
    said = read(PAGE).explain(1)
    assert "1, 'All', is read as section." in said
    assert "+20 heading: the next number stands under its own" in said


def test_the_points_that_are_told_are_those_that_decide() -> None:
    manual = read(PAGE)
    lines = manual.explain(6).splitlines()
    heading, chapter = lines.index("heading:"), lines.index("chapter:")
    told = sum(int(line.split()[0]) for line in lines[heading + 1 : chapter])
    assert told == -2 + 2 - 4 + 6


def test_points_for_what_a_row_stands_behind_are_told() -> None:
    said = explain(contents("Meals\nSchool\n"), 2)
    assert "preamble:\n  -2 above the list\n  never behind the chapter above" in said
    said = explain(contents("- 2.1 Sifting\nThe Board\nMore\n- 5.1 Set-up\n- 5.2 3 Rules\n"), 3)
    assert "  +3 looks like the other headings\n  -3 behind the heading above\nchapter:" in said
    assert "behind" not in explain(contents("Meals\n- 2.1 Sifting\n- 2.2 Rules\n"), 1)
    assert "  +34 words of a page's foot\n  -9 as the first row" in explain(contents("\nCookies\n"), 2)


def test_a_reading_without_rows_is_said_to_have_none() -> None:
    assert explain(replace(contents("1. All\n"), page=None), 3) == "Line 3: the page has no rows."


@pytest.mark.parametrize("line", [2, 11])
def test_a_line_that_is_no_row_is_said_to_be_none(line: int) -> None:
    assert f"Line {line} is no row" in read(PAGE).explain(line)


def test_several_rows_of_one_line_are_all_explained() -> None:
    said = read("1. Care1.1 Visits\n1.2 Plans\n").explain(1)
    assert said.count(" is read as ") == 2


@pytest.mark.parametrize("line", [0, 99])
def test_a_line_that_the_page_has_not_is_refused(line: int) -> None:
    with pytest.raises(PageError, match=f"line {line}: there is no such line"):
        read(PAGE).explain(line)


def test_clues_are_told_apart_by_their_words() -> None:
    for table in (NUMBERED, (*CLUES, *LATE_CLUES)):
        said = [(clue.label, clue.words) for clue in table]
        assert len(said) == len(set(said))
        assert all(isinstance(clue.points, int) and clue.points for clue in table)


# --- doubt ----------------------------------------------------------------------------------------------------


def notices(page: str) -> dict[str, str]:
    found = read(page).notices
    return dict(zip(found["notice"], found["detail"], strict=True))


def test_a_line_that_could_be_read_otherwise_is_named_with_both_readings() -> None:
    page = "1. A\n\nCare\n\n1.1.1 Aims\n1.1.2 Values\n\n\n\nTeam Manual\n\n1.2\n\nHelp\n\n1.2.1 Early Help\n1.2.2 Late Help\n"
    found = read(page).notices.query("notice == 'could be read otherwise'")
    assert found["line"].tolist() == [10]
    assert found["detail"].item().startswith("'Team Manual' is read as a ")
    assert "; it may be a " in found["detail"].item()


def test_a_plain_list_is_not_doubted() -> None:
    assert "could be read otherwise" not in notices("1. A\n\n1.1 Consent\n1.2 Records\n  Team Guide\n1.3 Visits\n")


def test_a_chapter_is_doubted_that_looks_like_no_other_and_has_no_mark_of_one() -> None:
    said = notices("1. A\n\n1.1 Consent\n1.2 Records\nTeam Guide\n1.3 Visits\n")["could be read otherwise"]
    assert said.startswith("'Team Guide' is read as a chapter; it may be a heading: nothing marks it as a chapter")


def test_a_line_that_a_person_has_corrected_is_not_doubted() -> None:
    from procman.reading.apply_corrections import Correction, correct
    from procman.reading.notices import notices_of

    page = "1. A\n\nCare\n\n1.1.1 Aims\n1.1.2 Values\n\n\n\nTeam Manual\n\n1.2\n\nHelp\n\n1.2.1 Early Help\n1.2.2 Late Help\n"
    lines = lines_of(page, html=False)
    found = read_contents(lines)
    kind = next(entry.kind for entry in found.entries if entry.title == "Team Manual")
    other = "subsection" if kind == "chapter" else "chapter"
    corrected, _, _ = correct(lines, found, [Correction("2026-01-01", 10, "Team Manual", "kind", other)])
    assert "could be read otherwise" not in [notice for _, notice, _, _ in notices_of(lines, corrected)]


# --- lists that are no manual's -------------------------------------------------------------------------------


def test_a_list_without_numbers_and_headings_is_read_and_said_to_lack_them() -> None:
    page = "Our policies\n\n  • Absence\n  • Bullying\n  • Complaints\n  • Fire\n"
    assert read(page).entries["title"].tolist() == ["Absence", "Bullying", "Complaints", "Fire"]
    assert "no numbers and no headings" in notices(page)["no headings"]


def test_sections_alone_are_read_and_said_to_lack_chapters() -> None:
    page = "Section 1: Start\n\nSection 2: Enquiries\n\nSection 3: Carers\n"
    assert read(page).entries["kind"].tolist() == ["section"] * 3
    assert notices(page)["no chapters"] == "the page lists sections and no chapter"


@pytest.mark.parametrize(
    ("page", "seems"),
    [
        (
            "Dear all,\n\nHere are the minutes of our meeting.\n\nPlease read them before we meet again.\n",
            "a page of sentences",
        ),
        ("Absence\nBullying\nFire\n", "fewer than four titles"),
        (
            "Northwick Council\nContact the fostering team\n\nTelephone\n01632 960 200 (option 2)\nMonday to Friday, 9am to 5pm\n\n"
            "Out of hours: 01632 960 201\n\nAddress\nFostering Team\nThird Floor, River House\nMill Lane\nNorthwick\nNW3 9ZZ\n",
            "fewer than four titles",
        ),
    ],
)
def test_a_page_without_a_list_is_refused_and_named(page: str, seems: str) -> None:
    with pytest.raises(PageError, match=seems):
        read(page)
