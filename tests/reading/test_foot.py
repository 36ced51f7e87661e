"""What a page has below its list: the last blocks that have few titles."""

from __future__ import annotations

import pytest

from procman.reading.foot import foot_of
from procman.reading.line import Line
from procman.reading.rows import Row


def foot(page: str, lone: bool = False, cells: tuple[str, ...] = ()) -> list[str]:
    """The rows below the list. A line that ends in "." is aside, one in brackets is no row, and "=" is a row with these cells."""
    texts = [text.strip() for text in page.split("/")]
    lines = [Line(i, text, cells=cells if text.startswith("=") else ()) for i, text in enumerate(texts)]
    rows = [Row(line, [i], title=line.text) for i, line in enumerate(lines) if line.text and line.text[0] != "("]
    begin = foot_of(rows, lines, set(), lambda k: rows[k].title.endswith("."), lone)
    return [row.title for row in rows[begin:]]


LIST = "Fire / Food / Milk / Eggs / Bread / Tea / "


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("/ Write to us. / We reply.", ["Write to us.", "We reply."]),
        ("/ Write to us. / Team", ["Write to us.", "Team"]),
        ("/ Write to us. / Team / Office", ["Write to us.", "Team", "Office"]),
        ("/ Write to us. / Team / Office / Desk", []),
        ("/ Write to us. / / Team / Office / Desk", []),
        ("/ Team / Office / Desk / / Write to us.", ["Write to us."]),
        ("/ We reply. / / Write to us.", ["We reply.", "Write to us."]),
        ("/ Team", []),
        ("/ Write to us. / Appendix 2 Forms", []),
        ("/ Appendix 2 Forms / / Write to us.", ["Write to us."]),
        ("(Cookies) / Write to us.", ["Write to us."]),
        ("(Cookies) / Write to us. / (Cookies)", []),
        ("Write to us.", []),
        ("/ Team / (Cookies) / Write to us. / We reply.", ["Team", "Write to us.", "We reply."]),
    ],
)
def test_the_last_blocks_with_few_titles_are_below_the_list(below: str, expected: list[str]) -> None:
    assert foot(LIST + below) == expected


def test_a_title_alone_is_below_a_list_only_where_it_may_be() -> None:
    assert foot(LIST + "/ Team", lone=True) == ["Team"]
    assert foot(LIST + "/ Team / Office", lone=True) == []


def test_at_most_half_of_the_rows_are_below_the_list() -> None:
    assert foot("Fire / Food / / We reply. / Write to us.") == ["We reply.", "Write to us."]
    assert foot("Fire / / We reply. / Write to us.") == []


def test_a_menu_is_no_title() -> None:
    assert foot(LIST + "/ =A B C", cells=("A", "B", "C")) == ["=A B C"]
    assert foot(LIST + "/ =A B", cells=("A", "B")) == []
    assert foot(LIST + "/ =A B", cells=("A", "B", "C")) == []


@pytest.mark.parametrize("told", [{"number": "1"}, {"note": "local"}, {"set_in": True}, {"heading": 2}])
def test_a_row_that_is_surely_of_the_list_ends_what_is_below_it(told: dict[str, object]) -> None:
    lines = [Line(i, text) for i, text in enumerate(["Fire", "Food", "Milk", "", "We reply.", "", "Ask us."])]
    rows = [Row(line, [i], title=line.text) for i, line in enumerate(lines) if line.text]
    aside = lambda k: rows[k].title.endswith(".")  # noqa: E731
    assert foot_of(rows, lines, set(), aside, False) == 3
    assert foot_of(rows, lines, {3}, aside, False) == 4
    for name, value in told.items():
        setattr(rows[3], name, value)
    assert foot_of(rows, lines, set(), aside, False) == 4
