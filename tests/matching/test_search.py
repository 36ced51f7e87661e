"""Search words are read in the same way as titles."""

from __future__ import annotations

import pandas as pd
import pytest

from procman.matching.search import asked_for, finder


@pytest.mark.parametrize(
    ("words", "found", "not_found"),
    [
        ("LAC review", "Children in Care Reviews", "Foster Carer Reviews"),
        ("LADO", "Managing Allegations against Staff and Volunteers", "Allegations against Foster Carers"),
        ("kinship care", "Family and Friends Care Policy", "Placements in Residential Care"),
        ("s47", "Child Protection Enquiries", "Media Enquiries"),
        ("family time", "Contact with Parents and Siblings", "Local Contacts"),
        ("foster", "Private Fostering", "Adoption Panel"),
        ("LAC", "Looked After Children", "Children"),  # the whole title
        ("policy", "Policy Statements", "Complaints"),  # a word that stands for nothing
    ],
)
def test_words_find_titles_that_say_the_same(words: str, found: str, not_found: str) -> None:
    asked = finder(words)
    assert asked(found)
    assert not asked(not_found)
    assert not asked(None)


def test_titles_asked_for_are_marked_each() -> None:
    titles = pd.Series(["LAC Reviews", None, "Fire Drills", "Children in Care Reviews", "LAC Reviews"], dtype="str")
    assert asked_for(titles, "children in care review").tolist() == [True, False, False, True, True]
