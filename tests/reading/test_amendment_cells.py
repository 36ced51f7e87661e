"""Rows of an amendments page whose cells are on lines of their own, over several lines, or over several rows."""

from __future__ import annotations

import pytest

from procman.reading.amendment_cells import with_cells_joined, with_rows_joined, with_spans_filled
from procman.reading.amendment_lines import AmendmentLine, amendment_lines
from procman.reading.page import Page


def lines(page: str) -> list[AmendmentLine]:
    """The lines of a page divided by slashes, or of an HTML page if it begins with a tag."""
    html = page.startswith("<")
    return amendment_lines(Page("page", page if html else page.replace("/", "\n"), html))


def rows(page: str) -> list[tuple[str, ...]]:
    return [line.line.cells for line in with_rows_joined(lines(page)) if line.columns]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("Chapter/Details/Pets/It moved./Dogs/It went.", [("Pets", "It moved."), ("Dogs", "It went.")]),
        ("Chapter/Details/Pets/It moved.", []),  # one row alone is read as a name and its details
        ("Chapter/Details/Pets/It moved./Dogs/Local Contacts", [("Pets", "It moved."), ("Dogs", "Local Contacts")]),
        ("Chapter/Details/Pets/Local Advice/Dogs/Local Contacts", []),
        ("Chapter/Details/Pets/It moved./Dogs/Local Contacts/Cats/Local Maps", []),  # half are details at least
        ("Chapter/Details/Pets/It moved./It went./Dogs", []),
        ("Chapter/Details/Pets/It moved./Dogs", []),
        ("Chapter/Details//Pets/It moved.//Dogs/It went.", [("Pets", "It moved."), ("Dogs", "It went.")]),
        ("Chapter/Details/Pets//It moved./Dogs/It went.", []),  # gaps at other places
        (
            "Chapter/Type/Details/Pets/New/It moved./Dogs/Removed/It went.",
            [("Pets", "New", "It moved."), ("Dogs", "Removed", "It went.")],
        ),
        ("Chapter/Type/Details/Pets/New/It moved./Dogs/Cats/It went.", []),
        (
            "No./Chapter/Details/1/Pets/It moved./It went./2/Dogs/It came./Signed/",
            [("1", "Pets", "It moved. It went."), ("2", "Dogs", "It came. Signed")],
        ),
        ("No./Chapter/Details/1/Pets/It moved.//Signed", [("1", "Pets", "It moved.")]),
        ("No./Chapter/Details/Pets/1/It moved.", []),
        ("No./Chapter/Details/1/Pets/2/Dogs/It came.", []),
    ],
)
def test_cells_on_lines_of_their_own(page: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(page) == expected


def test_a_row_of_cells_is_on_the_line_of_its_name() -> None:
    found = [
        line for line in with_rows_joined(lines("No./Chapter/Details/1/Pets/It moved./2/Dogs/It came.")) if line.columns
    ]
    assert [(line.line.line, line.kind, line.columns) for line in found] == [
        (5, "row", ("number", "name", "details")),
        (8, "row", ("number", "name", "details")),
    ]


def joined(page: str) -> list[tuple[str, ...]]:
    return [line.line.cells for line in with_cells_joined(lines(page)) if line.line.cells]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("May 2024   Pets   It moved/           to the      manual", [("May 2024", "Pets to the", "It moved manual")]),
        ("May 2024   Pets   It moved/to the   manual", [("May 2024", "Pets", "It moved"), ("to the", "manual")]),
        ("May 2024   Pets   It moved/           to the manual", [("May 2024", "Pets", "It moved to the manual")]),
        ("Pets   It moved/to the manual", [("Pets", "It moved to the manual")]),
        ("Pets   It moved.//A link was added.", [("Pets", "It moved.")]),
        ("Pets   It moved./Dogs and Cats", [("Pets", "It moved.")]),
    ],
)
def test_a_cell_goes_on_below(page: str, expected: list[tuple[str, ...]]) -> None:
    assert joined(page) == expected


def test_a_cell_over_several_rows_is_that_of_each() -> None:
    heads, first = (
        "<tr><th>Date</th><th>Chapter</th><th>Details</th></tr>",
        "<tr><td>May 2024</td><td>Pets</td><td>It moved.</td></tr>",
    )
    page = f"<table>{heads}{first}<tr><td>Dogs</td><td>It went.</td></tr><tr><td>Note</td></tr></table>"
    assert [line.line.cells for line in with_spans_filled(lines(page))][1:] == [
        ("May 2024", "Pets", "It moved."),
        ("May 2024", "Dogs", "It went."),
        ("Note",),
    ]
