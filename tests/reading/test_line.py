"""Lines: cells joined as copied text shows them, and words that are a sentence."""

from __future__ import annotations

import pytest

from procman.reading.line import Line, join, like_a_sentence, squeeze


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["Consent", "February 2017"], "ConsentFebruary 2017"),
        (["1.1", "Consent", "New", "February 2017"], "1.1 Consent NewFebruary 2017"),
        (["Consent", "March 2016", "February 2017"], "ConsentMarch 2016 February 2017"),
        (["Consent", "3 May 2024"], "Consent 3 May 2024"),
        (["Consent", "2017"], "Consent 2017"),
        (["February 2017"], "February 2017"),
        (["February 2017", "March 2016"], "February 2017March 2016"),
        (["February 2017", "Consent"], "February 2017 Consent"),
        ([], ""),
    ],
)
def test_a_month_is_glued_to_the_title_before_it(cells: list[str], text: str) -> None:
    assert join(cells) == text


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Stop it.", 0),
        ("stop it now.", 1),
        ("Case law Notes and.", 1),
        ("Case Law Notes and.", 0),
        ("Case Law Notes", 0),
        ("We keep these here:", 1),
        ("We keep these:", 0),
        ("Case Law Notes Forms:", 0),
        ("Case Law Notes Forms Plans Visits!", 0),
        ("Case Law Notes Forms Plans Visits Reviews!", 2),
        ("x" * 400, 0),
        ("x" * 401, 2),
        ("", 0),
    ],
)
def test_how_surely_words_are_a_sentence(text: str, sure: int) -> None:
    assert like_a_sentence(text) == sure


def test_a_row_has_a_bullet_an_indent_or_the_mark_up_of_one() -> None:
    rows = [
        Line(1, "A", marker="-"),
        Line(1, "A", indent=1),
        *(Line(1, "A", tag=tag) for tag in ("tr", "li", "dt", "dd")),
    ]
    assert all(line.row for line in rows)
    assert not any(line.row for line in (Line(1, "A"), Line(1, "A", tag="p", heading=2)))


def test_white_space_of_any_kind_is_one_space() -> None:
    assert squeeze("\t1.1\u00a0\u2003 Title\u200b\u00ad ") == "1.1 Title"
