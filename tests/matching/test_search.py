"""What words ask for is read as titles are."""

from __future__ import annotations

import pytest

from procman.matching.search import finder


@pytest.mark.parametrize(
    ("words", "found", "not_found"),
    [
        ("LAC review", "Children in Care Reviews", "Foster Carer Reviews"),
        ("LADO", "Managing Allegations against Staff and Volunteers", "Allegations against Foster Carers"),
        ("kinship care", "Family and Friends Care Policy", "Placements in Residential Care"),
        ("s47", "Child Protection Enquiries", "Media Enquiries"),
        ("family time", "Contact with Parents and Siblings", "Local Contacts"),
        ("foster", "Private Fostering", "Adoption Panel"),
    ],
)
def test_words_find_titles_that_say_the_same(words: str, found: str, not_found: str) -> None:
    asked = finder(words)
    assert asked(found)
    assert not asked(not_found)
    assert not asked(None)
