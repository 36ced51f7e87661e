"""Which rows of a table are about the chapters picked: by topic, section, place on the page, pair and words."""

import io

import pandas as pd
import pytest

from procman import read_manual
from procman.reports.comparison import Comparison
from procman.reports.picking import CONCERN
from procman.tables import OUTSIDE

AYLE = "1. Care\n\n1.1 Homes\n\n1.1.1 Consent\n\n1.1.2 Visits New\n\n1.2 Foster\n\n1.2.1 Panels\n\n2. Staff\n\n2.1 Lone Working\n"
BEERE = "1. Care\n\n1.1 Consent\n\n1.2 Harbours\n\n2. Staff\n\n2.1 Visits\n"


@pytest.fixture(scope="module")
def comparison():
    pages = (("Ayle", AYLE), ("Beere", BEERE))
    return Comparison([read_manual(io.StringIO(page), council, edition="2024-06") for council, page in pages])


def kept(name, frame, comparison, **picks):
    keep = [*CONCERN[name](frame, comparison.of(**picks))]
    assert len(keep) == len(frame)
    return frame[keep].index.tolist()


def test_rows_of_topics_and_of_sections_are_those_of_the_chapters_picked(comparison):
    topics = comparison.chapters.set_index("title")["topic"]
    rows = pd.DataFrame({"topic": [topics["Harbours"], topics["Panels"], topics["Lone Working"]]})
    assert kept("topic", rows, comparison, sections=("Care",)) == [0, 1]
    assert kept("topic", rows, comparison, words="lone") == [2]
    sections = pd.DataFrame(
        {"council": ["Ayle", "Ayle", "Beere", "Beere"], "section": ["Care", "Staff", "Care", "Staff"]}
    )
    assert kept("section", sections, comparison, words="visits") == [0, 3]
    assert kept("section", sections, comparison, statuses=("New",)) == [0]
    inside = comparison.entries["title"] != "Visits"
    alone = Comparison(
        comparison.entries.assign(**{name: comparison.entries[name].where(inside) for name in ("section", "parent")})
    )
    rows = pd.DataFrame({"council": ["Ayle", "Ayle", "Beere"], "section": ["Care", None, OUTSIDE]})
    assert kept("section", rows, alone, statuses=("New",)) == [1]


def test_rows_of_a_page_are_the_chapters_picked_and_the_headings_above_them(comparison):
    entries = comparison.entries
    assert kept("place", entries, comparison, words="panels") == [0, 4, 5]  # Care, Foster, Panels
    assert kept("place", entries, comparison, words="visits") == [0, 1, 3, 11, 12]
    assert kept("place", entries, comparison, statuses=("New",)) == [0, 1, 3]
    none = pd.DataFrame({"council": ["Ayle", "Beere"], "position": [None, None]})  # for the chapters of no section
    assert kept("place", none, comparison, words="visits") == []
    outside = Comparison(entries.assign(section=entries["section"].where(entries["title"] != "Visits")))
    assert kept("place", none, outside, statuses=("New",)) == [0]


def test_rows_of_pairs_hold_a_chapter_picked_on_either_side(comparison):
    pairs = pd.DataFrame({"left_position": [3, 4, None, 5, 2], "right_position": [2, 5, 3, None, None]})
    assert kept("pair", pairs, comparison, words="consent") == [0]
    assert kept("pair", pairs, comparison, words="harbours") == [2]
    assert kept("pair", pairs, comparison, statuses=("New",)) == [1]
    assert kept("pair", pairs, comparison, sections=("Staff",)) == [
        1
    ]  # on the right; the left one's fifth line is a heading


def test_rows_of_duties_have_the_words(comparison):
    rows = pd.DataFrame({"topic": ["Private fostering", "Adoption"]})
    assert kept("words", rows, comparison, words="foster") == [0]
