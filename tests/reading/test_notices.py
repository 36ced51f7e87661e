"""The notices of a contents page."""

from __future__ import annotations

import pytest

from procman.reading.contents import read_contents
from procman.reading.manual import read_manual
from procman.reading.notices import notices_of
from procman.reading.text import lines_of
from procman.tables import NOTICE_TABLE


def notices(text: str, html: bool = False) -> list[tuple[int, str, str, str]]:
    lines = lines_of(text, html)
    return notices_of(lines, read_contents(lines))


def test_a_sound_page_has_none() -> None:
    page = "Quick Links:\n  1. A\n  2. B\n\n1. A\n\n1.1\n\nC\n\n1.1.1 D\n1.1.2 E\n\n2. B\n2.1 F\n"
    assert notices(page) == []


@pytest.mark.parametrize(
    ("rows", "notice"),
    [
        (["1.1 B", "1.2 C", "1.2 D"], (4, "duplicate number", "1.2", "1.2 is also on line 3")),
        (["1.1 B", "1.3 C"], (3, "gap", "1.3", "after 1.1 come no 1.2")),
        (["1.1 B", "1.5 C"], (3, "gap", "1.5", "after 1.1 come no 1.2, 1.3 and 1.4")),
        (["1.1 B", "1.9 C"], (3, "gap", "1.9", "after 1.1 come no 1.2, 1.3, 1.4 and 4 more")),
        (["1.2 B"], (2, "gap", "1.2", "the numbers begin at 1.2: no 1.1")),
        (["1.1 B", "1.2 C", "1.4 D", "1.3 E"], (5, "restart", "1.3", "1.3 comes after 1.4")),
        (["1.1 B", "1.2", "1.3 C"], (3, "empty title", "1.2", "1.2 has no title")),
        (["1.1 B", "1.2 b."], (3, "duplicate title", "1.2", "'b.' is also on line 2")),
    ],
)
def test_faults_of_a_list(rows: list[str], notice: tuple[int, str, str, str]) -> None:
    assert notice in notices("\n".join(["1. A", *rows]))


@pytest.mark.parametrize(
    ("letters", "gap"),
    [
        ("ABC", []),
        ("AC", ["after A come no B"]),
        ("AF", ["after A come no B, C, D and 1 more"]),
        ("BC", ["the numbers begin at B: no A"]),
    ],
)
def test_letters_alone_are_counted(letters: str, gap: list[str]) -> None:
    page = "".join(f"{letter}. Part {letter}\n{letter}.1 X{letter}\n{letter}.2 Y{letter}\n" for letter in letters)
    assert [detail for *_, detail in notices(page)] == gap


def test_parts_number_their_chapters_afresh() -> None:
    assert notices("PART A1: X\n1. B\n2. C\n\nPART A2: Y\n1. D\n2. E\n") == []


def numbered(chapters: int, *others: str) -> str:
    return "\n".join(["1. A", *(f"1.{n} Chapter {n}" for n in range(1, chapters + 1)), *others])


def test_chapters_without_a_number_where_nearly_all_have_one() -> None:
    assert notices(numbered(9, "Useful Links")) == [
        (11, "no number", "", "1 chapter has no number where 9 have one: 'Useful Links' (line 11)")
    ]
    assert notices(numbered(36, "Books", "Cars", "Dogs", "Eggs")) == [
        (
            38,
            "no number",
            "",
            "4 chapters have no number where 36 have one: 'Books' (line 38), 'Cars' (line 39), 'Dogs' (line 40) and 1 more",
        )
    ]


@pytest.mark.parametrize(
    ("page", "doubted"), [(numbered(9), 0), (numbered(8, "Useful Links"), 1), (numbered(10, "Books", "Cars"), 2)]
)
def test_each_is_doubted_where_the_page_is_short_or_leaves_out_many_numbers(page: str, doubted: int) -> None:
    assert [notice for _, notice, _, _ in notices(page)] == ["could be read otherwise"] * doubted


def test_quick_links_that_disagree() -> None:
    page = "Quick Links:\n  1. A\n  2. Old\n\n1. A\n1.1 B\n\n2. New Name\n2.1 C\n"
    assert notices(page) == [
        (3, "quick link", "2", "Quick Links name 'Old', no heading does"),
        (8, "quick link", "2", "the heading 'New Name' is not among the Quick Links"),
    ]


def test_notices_keep_their_declaration(root) -> None:
    for contents in sorted((root / "data/manuals").rglob("contents.txt")):
        NOTICE_TABLE.check(read_manual(contents).notices)


def test_oxfordshire_repeats_a_title(root) -> None:
    found = read_manual(root / "data/manuals/oxfordshire/2017-07").notices
    assert found["notice"].tolist() == ["no number", "duplicate title"]
    assert (
        found["detail"]
        .iloc[0]
        .startswith("5 chapters have no number where 124 have one: 'Children’s Services Policies")
    )
