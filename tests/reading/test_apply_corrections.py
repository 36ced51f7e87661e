"""How a correction changes the entry, the entries around it and the roles of lines."""

from __future__ import annotations

from procman.reading.apply_corrections import Correction, correct
from procman.reading.contents import Contents, read_contents
from procman.reading.text import lines_of

PAGE = "1. All\n1.1 Consent Updated\n1.2 Records\nWith a Form\n\n1.3 Visits New\n2. Homes\n2.1 Rules\n"


def corrected(*corrections: tuple[int, str, str]) -> Contents:
    """The contents of the page after corrections: of a line, its field, to a value."""
    lines = lines_of(PAGE, html=False)
    words = PAGE.splitlines()
    says = [Correction("2026-01-02", line, words[line - 1], field, value) for line, field, value in corrections]
    contents, applied, _ = correct(lines, read_contents(lines), says)
    assert all(applied)
    return contents


def test_the_levels_of_a_number_follow_it() -> None:
    numbered = corrected((2, "number", "4.1.2"), (3, "number", ""), (6, "number", "12"))
    assert [numbered.entries[place].levels for place in (1, 2, 4)] == [(4, 1, 2), (), (12,)]
    untouched = corrected((2, "title", "Assent"))
    assert untouched.entries[1].levels == (1, 1)


def test_a_line_joined_to_another_leaves_it_its_own_fields_and_adds_those_it_lacks() -> None:
    joined = corrected((3, "join", ""))
    assert (joined.entries[1].title, joined.entries[1].status) == ("Consent 1.2 Records", "Updated")
    joined = corrected(*((line, "join", "") for line in (3, 4, 6)))
    assert joined.entries[1].status == "Updated"
    joined = corrected((2, "status", ""), *((line, "join", "") for line in (3, 4, 6)))
    assert joined.entries[1].status == "New"


def test_a_subsection_is_in_its_section_and_holds_what_follows_up_to_the_next_heading() -> None:
    headed = corrected((3, "kind", "subsection"))
    assert [(entry.title, entry.depth, entry.parent, entry.section, entry.subsection) for entry in headed.entries] == [
        ("All", 1, 0, "All", ""),
        ("Consent", 2, 1, "All", ""),
        ("Records", 2, 1, "All", "Records"),
        ("With a Form", 3, 3, "All", "Records"),
        ("Visits", 3, 3, "All", "Records"),
        ("Homes", 1, 0, "Homes", ""),
        ("Rules", 2, 6, "Homes", ""),
    ]


def test_what_is_no_entry_has_all_its_lines_as_notes() -> None:
    page = "1. All\n1.1 Consent to photographs,\nsound and\n\nfilms\n1.2 Records\n"
    lines = lines_of(page, html=False)
    says = [
        Correction("2026-01-02", 5, "films", "join", ""),
        Correction("2026-01-02", 2, "1.1 Consent to photographs,", "not an entry", ""),
    ]
    joined, _, _ = correct(lines, read_contents(lines), says[:1])
    assert joined.roles == ["entry", "entry", "continuation", "blank", "continuation", "entry"]
    removed, _, _ = correct(lines, read_contents(lines), says)
    assert removed.roles == ["entry", "note", "note", "blank", "note", "entry"]
