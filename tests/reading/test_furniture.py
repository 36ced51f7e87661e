"""The list of page words: each with an example that it must know."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from procman.errors import ProcmanError
from procman.reading import furniture
from procman.reading.furniture import PAGE_WORDS, ROLES, page_words, role_of

ROWS = list(csv.DictReader(PAGE_WORDS.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_an_example_has_the_role_of_its_words(row: dict[str, str]) -> None:
    assert role_of(row["example"]) == row["role"]


def test_the_list_says_each_thing_once() -> None:
    words = [row["word"].casefold() for row in ROWS]
    assert len(words) == len(set(words))
    assert {row["role"] for row in ROWS} == set(ROLES)


@pytest.mark.parametrize(
    "title", ["Size Matters", "Copyright Law", "Page Layout", "Top Tips", "Views of the Child", "Cookery"]
)
def test_titles_are_no_page_words(title: str) -> None:
    assert role_of(title) == ""


def test_a_role_that_there_is_none_of_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page_words.csv"
    file.write_text("word,role,example\nback to top,furniture,Back to top\nhome,house,Home\n", "utf-8")
    monkeypatch.setattr(furniture, "PAGE_WORDS", file)
    page_words.cache_clear()
    try:
        with pytest.raises(ProcmanError, match="line 3: 'house' is not a role"):
            page_words()
    finally:
        page_words.cache_clear()
