"""The report for one council: what it says, and that untrusted text stays text."""

import io
import re
from datetime import date

import pytest
from lxml import etree

import procman
from procman.errors import LibraryError
from procman.measures.gaps import NOT_FOUND
from procman.reports.comparison import Comparison
from procman.reports.council_report import MOST, council_page, write_council_report


def parsed(page):
    return etree.fromstring(page.removeprefix("<!DOCTYPE html>\n").encode())


def table_under(tree, caption):
    """The rows of the table with this caption, the heading first."""
    (table,) = (each for each in tree.iter("table") if each.findtext("caption") == caption)
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


@pytest.fixture(scope="module")
def comparison(root):
    comparison = Comparison(procman.open_library(root / "data/manuals"))
    comparison.today = date(2026, 11, 25)
    return comparison


@pytest.fixture(scope="module")
def tree(comparison):
    return parsed(council_page(comparison, "Milton Keynes"))


def test_the_gaps_stand_by_tier_and_what_is_expected_comes_first(comparison, tree):
    missing = procman.gaps(comparison.entries, "Milton Keynes")
    sure = missing[missing["tier"] == NOT_FOUND]
    head, *rows = table_under(tree, "Not found on Milton Keynes's page")
    assert head == ["Topic title", "Oxfordshire", "Expected"]
    assert sorted(row[0] for row in rows) == sorted(sure["topic_title"])
    expected = [row[2] != "–" for row in rows]
    assert sum(expected) == sure["expected"].notna().sum() > 0
    assert expected == sorted(expected, reverse=True)
    assert ["Staying put finance", "4.8.6 Staying Put Post 18 Years Financial Policy", "–"] in rows


def test_the_summary_says_the_numbers_of_the_tables(comparison, tree):
    (first,) = tree.xpath("//section[@id='part-1']")
    said = " ".join("".join(first.itertext()).split())
    assert "Made on 25 November 2026. The contents page of Milton Keynes (undated) beside Oxfordshire." in said
    lacking = table_under(tree, "Expected topics without a matching chapter")
    states = [row[2] for row in lacking[1:]]
    for state, words in (("possible match", "found a possible match"), ("not found", "found none")):
        (number,) = re.findall(rf"(\d+) {words}", said)
        assert int(number) >= states.count(state)
    flagged = table_under(tree, "Chapters flagged New or Updated")
    assert "Milton Keynes flags 12 of 124 chapters" in said
    assert len(flagged) == 1 + 12
    assert "one edition of Milton Keynes's manual" in "".join(tree.itertext())


def test_long_tables_are_cut_and_say_where_the_rest_is():
    many = "1. All\n\n" + "".join(f"1.{n} Visits to Lighthouse {n * 7919}\n" for n in range(1, 100))
    sides = [
        procman.read_manual(io.StringIO("1. All\n\n1.1 Consent\n1.2 Records\n"), "Northwick"),
        procman.read_manual(io.StringIO(many), "Ayle"),
    ]
    tree = parsed(council_page(Comparison(sides), "Northwick"))
    assert len(table_under(tree, "Not found on Northwick's page")) == 1 + MOST[NOT_FOUND]
    assert f"{99 - MOST[NOT_FOUND]} more rows are in the workbook." in "".join(tree.itertext())


def test_strangers_words_stay_words_and_one_council_alone_is_no_error():
    page = "1. All\n\n1.1 <script>alert(1)</script> Consent New\n1.2 Records \u202e&\n"
    alone = council_page(Comparison([procman.read_manual(io.StringIO(page), "<b>Ayle</b>")]), "<b>Ayle</b>")
    tree = parsed(alone)
    assert not list(tree.iter("script", "b"))
    assert "No other council is compared." in "".join(tree.itertext())
    assert "\u202e" not in alone


def test_writing(comparison, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert write_council_report(comparison, "Milton Keynes").name == "procman-milton-keynes-2026-11-25.html"
    assert [each.name for each in tmp_path.iterdir()] == ["procman-milton-keynes-2026-11-25.html"]
    with pytest.raises(LibraryError, match="no manual of 'Atlantis'"):
        write_council_report(comparison, "Atlantis")
