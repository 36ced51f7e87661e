"""How the details of a row go on."""

from __future__ import annotations

from tests.reading.amendment_pages import read

ROW = "April 2024/Updated Chapters/Pets"


def test_details_that_do_not_end_go_on_with_words_that_could_be_a_name() -> None:
    assert read(f"{ROW}/A link was added to the/Homes Guide") == [
        ("2024-04", "Updated", "Pets", "A link was added to the Homes Guide")
    ]
    assert [row[2] for row in read(f"{ROW}/A link was added./Homes Guide")] == ["Pets", "Homes Guide"]


def test_numbered_points_below_a_colon_are_part_of_the_row() -> None:
    points = "1. Homes and Gardens/2. Dogs and Cats"
    for details in ("This chapter was refreshed. It has:", "This chapter was refreshed./It has:"):
        assert read(f"{ROW}/{details}/{points}") == [
            ("2024-04", "Updated", "Pets", "This chapter was refreshed. It has: 1. Homes and Gardens 2. Dogs and Cats")
        ]
