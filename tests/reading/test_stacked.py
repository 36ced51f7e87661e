"""Records whose fields are on lines of their own: which line is the title, and which lines say something of it."""

from __future__ import annotations

import pytest

from procman.reading.fields import field_of
from procman.reading.line import Line
from procman.reading.stacked import _only_fields, _repeats, with_lines_below_read, with_one_cell_a_line_read

DATES = ["3 May 2024", "4 May 2024", "5 May 2024", "6 May 2024"]
READ = ["2024-05-03", "2024-05-04", "2024-05-05", "2024-05-06"]
TITLES = ["Fire", "Food", "Milk", "Eggs"]


def lines_of(words: list[str]) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(words, 1)]


def titles(words: list[str]) -> list[tuple[str, str]]:
    """The lines that may be titles, each with the date that another line says of it."""
    lines, others = with_lines_below_read(lines_of(words))
    return [(line.text, line.date) for n, line in enumerate(lines) if n not in others and line.text]


def cards(*parts: list[str], gap: bool = True) -> list[str]:
    """The lines of records, one part of each after the other, with a blank line between."""
    return [text for record in zip(*parts, strict=True) for text in (*record, *([""] if gap else []))]


def numbered(words: str, number: int = 4) -> list[str]:
    return [f"{words} {n}" for n in range(number)]


@pytest.mark.parametrize("number", [3, 4])
@pytest.mark.parametrize("between", [1, 2])
def test_the_first_line_of_each_of_several_records_is_its_title(number: int, between: int) -> None:
    words = [numbered(f"Words of line {n}", number) for n in range(between)]
    assert titles(cards(TITLES[:number], *words, DATES[:number])) == [*zip(TITLES[:number], READ, strict=False)]


def test_two_records_do_not_show_what_each_line_is() -> None:
    assert [title for title, _ in titles(cards(TITLES[:2], numbered("Words", 2), DATES[:2]))] == [
        "Fire",
        "Words 0",
        "3 May 2024",
        "Food",
        "Words 1",
        "4 May 2024",
    ]


def test_of_records_with_more_lines_the_one_above_the_date_is_the_title() -> None:
    words = [numbered(f"Words of line {n}") for n in range(3)]
    dated = [(title, date) for title, date in titles(cards(TITLES, *words, DATES)) if date]
    assert dated == [*zip(words[-1], READ, strict=True)]


@pytest.mark.parametrize("gap", [True, False])
def test_words_that_come_again_below_a_date_are_no_titles(gap: bool) -> None:
    kinds = ["Guidance", "Form", "Guidance", "Form"]
    for more in ([], [["View"] * 4]):
        assert titles(cards(TITLES, DATES, kinds, *more, gap=gap)) == [*zip(TITLES, READ, strict=True)]


def test_words_of_the_last_record_may_be_new() -> None:
    kinds = ["Guidance", "Form", "Guidance", "Form", "Map"]
    words = cards([*TITLES, "Bread"], [*DATES, "7 May 2024"], kinds, gap=False)
    assert titles(words) == [*zip([*TITLES, "Bread"], [*READ, "2024-05-07"], strict=True)]


def test_dates_above_titles_are_those_of_the_titles_below() -> None:
    kinds = ["Guidance", "Form", "Guidance", "Form"]
    assert titles(["Our list", "", *cards(DATES, kinds, TITLES)]) == [
        ("Our list", ""),
        *zip(TITLES, READ, strict=True),
    ]


@pytest.mark.parametrize(("beside", "left"), [(8, 4), (9, 8)])
def test_up_to_eight_lines_beside_a_date_are_taken(beside: int, left: int) -> None:
    words = [[f"Word {n}"] * 4 for n in range(beside)]
    assert len(titles(cards(TITLES, DATES, *words, gap=False))) == left


def test_a_line_of_fields_has_up_to_300_characters() -> None:
    fields = " | ".join(["12 May 2024"] * 4 + ["3 May 2024"] * 19)
    assert len(fields) == 300
    assert titles(cards(TITLES, [fields] * 4, gap=False)) == [(title, "2024-05-12") for title in TITLES]
    longer = fields.replace("12 May", "12  May", 1)
    assert len(titles(cards(TITLES, [longer] * 4, gap=False))) == 8


# --- below the heads of columns -------------------------------------------------------------------------------


def cells(words: list[str]) -> list[tuple[str, ...]]:
    return [line.cells for line in with_one_cell_a_line_read(lines_of(words))[0] if line.cells]


def test_records_with_a_cell_a_line_are_rows_under_the_heads_above() -> None:
    owners = ["Ann", "Ben", "Cid", "Dot"]
    for heads, parts in (
        (("Name", "Modified", "Owner"), (TITLES, DATES, owners)),
        (("Modified", "Name", "Owner"), (DATES, TITLES, owners)),
    ):
        words = [*heads, *cards(*parts, gap=False)]
        assert cells(words) == [heads, *zip(*parts, strict=True)]
        found, others = with_one_cell_a_line_read(lines_of(words))
        assert [line.line for n, line in enumerate(found) if n not in others] == [
            n * 3 + heads.index("Name") + 1 for n in range(5)
        ]
        assert cells(words[:-1])[-1] == [*zip(*parts, strict=True)][-1][:-1]


@pytest.mark.parametrize("heads", [("Modified", "Owner"), ("Name", "Owner")])
def test_without_a_title_or_a_date_there_are_no_records(heads: tuple[str, str]) -> None:
    assert cells([*heads, *cards(DATES, TITLES, gap=False)]) == []


@pytest.mark.parametrize(("words", "again"), [("a a b c", True), ("a a b c d", False), ("", True), ("a", False)])
def test_words_of_which_half_come_again(words: str, again: bool) -> None:
    assert _repeats(words.split()) is again


@pytest.mark.parametrize(
    ("text", "alone"), [("v12.34", False), ("version 2", True), ("Updated", False), ("3 May 2024", True)]
)
def test_a_line_with_nothing_but_fields_is_long_enough_to_tell(text: str, alone: bool) -> None:
    field = field_of(text)
    assert field
    assert (_only_fields([text], [field]) is not None) is alone


@pytest.mark.parametrize(("above", "read"), [(1, True), (39, True), (40, False)])
def test_the_heads_of_columns_are_among_the_first_forty_lines(above: int, read: bool) -> None:
    owners = ["Ann", "Ben", "Cid", "Dot"]
    words = [
        *(f"Line {n}" for n in range(above)),
        "Modified",
        "Name",
        "Owner",
        *cards(DATES, TITLES, owners, gap=False),
    ]
    assert cells(words) == ([("Modified", "Name", "Owner"), *zip(DATES, TITLES, owners, strict=True)] if read else [])
    if read:
        found, others = with_one_cell_a_line_read(lines_of(words))
        kept = [line.line for n, line in enumerate(found) if n not in others and n >= above]
        assert kept == [above + 2 + 3 * n for n in range(5)]


def test_words_set_aside_are_no_heads_of_columns() -> None:
    words = [*("Name", "Modified"), *cards(TITLES, DATES, gap=False)]
    lines = lines_of(words)
    assert len([line for line in with_one_cell_a_line_read(lines)[0] if line.cells]) == 5
    for line in lines[:2]:
        line.ignored = True
    assert not [line for line in with_one_cell_a_line_read(lines)[0] if line.cells]


def test_a_record_that_lacks_a_cell_and_a_line_between_two_move_the_next() -> None:
    heads = ["Name", "Modified", "Owner"]
    rows = [
        ("Fire", "3 May 2024", "Ann"),
        ("Food", "4 May 2024"),
        ("Milk", "5 May 2024", "Cid"),
        ("Eggs", "6 May 2024", "Dot"),
    ]
    words = [*heads, *(cell for row in rows for cell in row)]
    assert cells(words)[1:] == rows
    assert cells([*words[:6], "Page 2", *words[6:]])[1:] == rows


def test_the_title_of_a_date_is_no_sentence_and_no_field() -> None:
    said = ["How to keep fires out of each home and garden.", "What to do with milk that has been left in the sun."]
    words = ["Fire", said[0], DATES[0], "Food", DATES[1], "Milk", said[1], DATES[2], "Eggs", DATES[3]]
    assert [(title, date) for title, date in titles(words) if date] == [*zip(TITLES, READ, strict=True)]
    words = ["Fire", "Updated", DATES[0], "Food", DATES[1], "Milk", "PDF, 12KB", DATES[2], "Eggs", DATES[3]]
    assert [(title, date) for title, date in titles(words) if date] == [*zip(TITLES, READ, strict=True)]


def test_words_beside_dates_are_fields_where_most_come_again_apart_from_titles() -> None:
    kinds = ["Guidance", "Form", "Guidance", "Form"]
    lines = [f"{date} · {kind} · Schools" for date, kind in zip(DATES, kinds, strict=True)]
    assert titles(cards(TITLES, lines, gap=False)) == [*zip(TITLES, READ, strict=True)]
    different = [
        f"{date} · {kind} · {kind}s" for date, kind in zip(DATES, ["Map", "Form", "List", "Note"], strict=True)
    ]
    assert len(titles(cards(TITLES, different, gap=False))) == 8
    assert [date for _, date in titles(lines)] == [""] * 4  # one below the other: the rows of a table
