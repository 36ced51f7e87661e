"""How an amendments page as a whole prints its rows."""

from __future__ import annotations

import pytest

from procman.reading.amendment_lines import AmendmentLine
from procman.reading.amendment_style import (
    announced_month,
    names_are_points,
    names_set_apart,
    page_mark,
    set_apart,
    set_in_blocks,
    set_in_pairs,
)
from procman.reading.line import Line

NAME, DETAILS, BOTH = "Pets in Foster Homes", "A link was added.", "Pets in Foster Homes: a link was added."
NONE: frozenset[str] = frozenset()


def lines(page: str) -> list[AmendmentLine]:
    """The lines of a page, divided by slashes: "*" a point, "#" a heading, "=" a month, "!" a kind of change, "|" cells, "_" set in.

    A line without words is a gap above the next.
    """
    found, apart = [], False
    for text in (text.strip() for text in page.split("/")):
        if not text:
            apart = True
            continue
        words = text.lstrip("*#=!_ ")
        kind = "edition" if "=" in text[:2] else "change" if "!" in text[:2] else "row"
        cells = words.split("|") if "|" in words else []
        line = Line(
            len(found),
            words,
            marker="•" * ("*" in text[:2]),
            heading=3 * ("#" in text[:2]),
            indent=2 * ("_" in text[:2]),
            cells=tuple(cells),
        )
        found.append(AmendmentLine(line, words, cells, kind, apart))
        apart = False
    return found


@pytest.mark.parametrize(
    ("page", "month"),
    [
        ("Changes made in April 2024./A/B", "2024-04"),
        ("A/Changes made in April 2024./Updates on May 2024.", "2024-04"),
        ("Changes made in April 2024./=May 2024/A", ""),
        ("*Changes made in April 2024.", ""),
        ("x" * 260 + " changes made in April 2024.", "2024-04"),
        ("x" * 280 + " changes made in April 2024.", ""),
        ("A/B", ""),
    ],
)
def test_a_sentence_can_say_the_month_of_all_changes(page: str, month: str) -> None:
    assert announced_month(lines(page)) == month


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("=May 2024/Pets - links/Beds - new form/Law - removed", "-"),
        ("Pets: links/Beds: form/Law: x/Homes: y/=May 2024/Pets - links/Beds - new form/Law - removed", "-"),
        ("Pets - links|A/Beds - new form|B/Law - removed|C/=May 2024/A|B", ""),
        ("Pets - links/Beds - new form/Law - removed", "-"),
        (DETAILS, ""),
    ],
)
def test_the_mark_between_name_and_details_is_that_of_most_rows_below_the_first_month(page: str, mark: str) -> None:
    assert page_mark(lines(page)) == mark


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        (f"{NAME}/{DETAILS}", True),
        (f"{NAME}/{DETAILS}/{BOTH}", False),
        (f"{NAME}/{DETAILS}/{NAME}/{DETAILS}/{BOTH}", True),
        (f"{DETAILS}/{NAME}", False),
        (f"{NAME}/=May 2024/{DETAILS}", False),
        (f"{NAME}/A|B/{DETAILS}", False),
        (f"A|B/{NAME}/{DETAILS}", True),
        (f"{DETAILS}/{DETAILS}", False),
        ("", False),
    ],
)
def test_most_names_stand_on_lines_of_their_own(page: str, blocks: bool) -> None:
    assert set_in_blocks(lines(page), NONE) is blocks


PAIR, PAIRS = f"{NAME}/{DETAILS}", f"{NAME}/{DETAILS}//{NAME}/{DETAILS}//{NAME}/{DETAILS}"


@pytest.mark.parametrize(
    ("page", "pairs"),
    [
        (PAIRS, True),
        (f"{PAIR}//{PAIR}", False),
        (f"{PAIRS}//{PAIR}//{NAME}/{DETAILS}/{DETAILS}", True),
        (f"{PAIRS}//{NAME}/{DETAILS}/{DETAILS}", False),
        (f"{PAIRS}//{NAME}", True),
        (f"{PAIRS}//{DETAILS}/{NAME}", False),
        (f"{NAME}/Beds//{NAME}/Beds//{PAIR}", True),
        (f"{NAME}/Beds//{NAME}/Beds//{NAME}/Beds//{PAIR}", False),
        (f"{NAME}/!New//{NAME}/!New//{NAME}/!New", True),
        (f"{NAME}/*{DETAILS}//{NAME}/*{DETAILS}//{NAME}/*{DETAILS}", False),
        (PAIRS.replace("//", "/=May 2024/"), True),
        (PAIRS.replace("//", "//!New//"), True),
        ("", False),
    ],
)
def test_each_name_has_its_details_on_the_next_line_and_a_gap_below(page: str, pairs: bool) -> None:
    assert set_in_pairs(lines(page)) is pairs


@pytest.mark.parametrize(
    ("page", "points"),
    [
        (f"*{NAME}/{DETAILS}/*{NAME}/{DETAILS}", True),
        (f"*{NAME}/{DETAILS}/{DETAILS}", False),
        (f"*{NAME}/{DETAILS}/*{NAME}/{DETAILS}/*{NAME}/*{NAME}/{DETAILS}", True),
        (f"*{NAME}/{DETAILS}/*{NAME}/{DETAILS}/*{NAME}/*{NAME}/*{NAME}", False),
        (f"*{NAME}/!New/*{NAME}/!New", True),
        (f"{NAME}/{DETAILS}/{NAME}/{DETAILS}", False),
        (f"*{NAME}/#{DETAILS}/*{NAME}/#{DETAILS}", False),
        (f"*{NAME}/a|b/*{NAME}/a|b", False),
        (f"*{NAME}/_rabbits/*{NAME}/_rabbits", True),
        (f"*{NAME}/rabbits/*{NAME}/rabbits", False),
        (f"*{DETAILS}/{DETAILS}/*{DETAILS}/{DETAILS}", False),
    ],
)
def test_names_are_points_with_details_below(page: str, points: bool) -> None:
    assert names_are_points(lines(page)) is points


ONE = f"#{NAME}/{DETAILS}"


@pytest.mark.parametrize(
    ("page", "apart"),
    [
        (f"{ONE}/{ONE}/{ONE}", True),
        (f"{ONE}/{ONE}", False),
        (f"{ONE}/{ONE}/{ONE}/{ONE}/#{NAME}/#{NAME}", True),
        (f"{ONE}/{ONE}/{ONE}/#{NAME}/#{NAME}", False),
        (f"#Contents/{DETAILS}/{ONE}/=May 2024/{ONE}", False),
        (f"=May 2024/{ONE}/*{DETAILS}/{ONE}/{ONE}", True),
        (f"=May 2024/{ONE}/!New/{ONE}/{ONE}", True),
        (f"{NAME}/{DETAILS}/{NAME}/{DETAILS}/{NAME}/{DETAILS}", False),
    ],
)
def test_names_are_headings_and_nothing_else_is(page: str, apart: bool) -> None:
    assert names_set_apart(lines(page)) is apart


def test_a_heading_bold_words_and_a_term_are_set_apart() -> None:
    set_so = ({"heading": 2}, {"strong": True}, {"tag": "dt"}, {"tag": "dd"}, {})
    found = [set_apart(AmendmentLine(Line(1, "A", **how), "A", [], "row", False)) for how in set_so]  # type: ignore[arg-type]
    assert found == [True, True, True, False, False]


def test_three_rows_show_a_page_s_mark_also_without_a_heading() -> None:
    rows = ["Pets – form updated", "Visits – new chapter", "Moving On – links changed"]
    assert page_mark(lines("/".join(rows))) == "–"
    assert page_mark(lines("/".join(rows[:2]))) == ""
    assert page_mark(lines(f"{rows[0]}/=April 2024/" + "/".join(rows[1:]))) == ""


def test_the_cells_of_a_table_below_a_point_are_not_what_is_said_of_it() -> None:
    assert names_are_points(lines(f"*{NAME}/{DETAILS}/*{NAME}/{DETAILS}"))
    assert not names_are_points(lines(f"*{NAME}/{DETAILS}|May/*{NAME}/{DETAILS}|May"))


def test_tables_are_no_blocks_of_names_and_details() -> None:
    assert set_in_blocks(lines(f"{NAME}/{DETAILS}"), NONE)
    assert not set_in_blocks(lines(f"{NAME}/{DETAILS}|May"), NONE)
    assert not set_in_blocks(lines(f"{NAME}|May/{DETAILS}"), NONE)
