"""Text for people."""

from procman.words import edition_in_words


def test_edition_in_words():
    assert edition_in_words("2024") == "2024"
    assert edition_in_words(float("nan")) == "edition not printed"
