"""The report for one council: what it says, and that untrusted text stays text."""

import io
import re
from datetime import date

import pytest
from lxml import etree

import procman
from procman.errors import LibraryError
from procman.measures.gaps import GAPS, INSIDE, NOT_FOUND, POSSIBLE
from procman.reports import council_report
from procman.reports.comparison import Comparison
from procman.reports.council_report import council_page, file_name, write_council_report


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
    assert len(table_under(tree, "Not found on Northwick's page")) == 1 + 45
    assert "54 more rows are in the workbook." in "".join(tree.itertext())


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


def manual(council, *titles, edition="2024-06"):
    rows = "".join(f"1.{n} {title}\n" for n, title in enumerate(titles, 1))
    return procman.read_manual(io.StringIO(f"1. All\n\n{rows}"), council, edition=edition)


def lines(*html):
    return [
        re.sub(r"<[^>]+>", "", line) for part in html for line in part.splitlines() if not line.startswith("<thead")
    ]


def heads(html):
    return [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<th scope=\"col\".*?</th>", html)]


@pytest.fixture(scope="module")
def made_up():
    """A council with three editions and flags, a council with two, and one more."""
    many = [f"Lighthouse {number}" for number in range(1, 31)]
    return Comparison([
        manual("Ayle", "Consent", edition="2022-01"), manual("Ayle", "Consent", "Records", edition="2023-01"),
        manual("Ayle", "Consent", *(f"{title} New" for title in many), "Ferries"),
        manual("Beere", "Consent", edition="2023-02"), manual("Beere", "Consent", "Private Fostering", "Harbours New"),
        manual("Carn", "Consent", "Harbours"),
    ])  # fmt: skip


def test_flags_and_changes_are_those_of_the_council_and_its_newest_editions(made_up):
    flagged = "".join(council_report._flags(made_up, "Ayle"))
    assert flagged.count('<th scope="row"') == 20
    assert "10 more rows are in the workbook." in flagged
    assert "Harbours" not in flagged
    assert "Based on" not in flagged  # the report says it once
    (none,) = council_report._flags(made_up, "Carn")
    assert none == "<p>Carn flags none of its 2 chapters.</p>"
    said, changed = council_report._changes(made_up, "Ayle")
    assert said == "<p>From January 2023 to June 2024: 32 chapters added, removed, renamed or moved.</p>"
    assert changed.count('<th scope="row"') == 20
    assert heads(changed) == ["Change", "Old number", "Old title", "New number", "New title"]
    said, changed = council_report._changes(made_up, "Beere")
    assert said == "<p>From February 2023 to June 2024: 2 chapters added, removed, renamed or moved.</p>"
    assert "more row" not in changed
    (one,) = council_report._changes(made_up, "Carn")
    assert one.startswith("<p>There is one edition of Carn")
    same = Comparison([manual("Ayle", "Consent", edition=edition) for edition in ("2022-01", "2023-01")])
    assert [*council_report._changes(same, "Ayle")] == [
        "<p>From January 2022 to January 2023: 0 chapters added, removed, renamed or moved.</p>"
    ]
    renumbered = Comparison(
        [manual("Ayle", *titles, edition=f"202{n}-01") for n, titles in enumerate((("Consent", "Visits"), ("Visits",)))]
    )
    said, changed = council_report._changes(renumbered, "Ayle")  # fmt: skip
    assert "1 chapter added, removed" in said
    assert changed.count('<th scope="row"') == 1


def test_the_first_sentence_names_up_to_ten_others_and_how_they_were_chosen(made_up):
    none = GAPS.frame([])

    def first(comparison, others):
        return re.sub(r"<[^>]+>", "", next(council_report._in_short(comparison, "Ayle", others, none)))

    assert first(made_up, ["Beere", "Carn"]) == "The contents page of Ayle (June 2024) beside Beere and Carn."
    chosen = made_up.of(chosen_as="its statistical neighbours", today="2026-11-25")
    assert first(chosen, ["Carn"]) == (
        "Made on 25 November 2026. The contents page of Ayle (June 2024) beside Carn. Compared with its statistical neighbours."
    )
    assert first(chosen, []) == "Made on 25 November 2026. The contents page of Ayle (June 2024)."
    assert first(made_up, [*"BCDEFGHIJK"]).endswith("beside B, C, D, E, F, G, H, I, J and K.")
    assert first(made_up, [*"BCDEFGHIJKL"]).endswith("beside 11 other councils.")


def test_gaps_of_each_tier_have_a_length_and_up_to_two_others_a_column(made_up):
    one = {"topic": "title:x", "topic_title": "X", "councils": 1, "of": 2, "share": 0.5, "which": "Beere"}
    rows = [
        {**one, "tier": tier, "nearest_number": "1.9", "nearest_title": "Near", "expected": "law" if n == 29 else None, "topic_title": f"T{n}"}
        for tier in (NOT_FOUND, POSSIBLE, INSIDE) for n in range(30)
    ]  # fmt: skip
    missing = GAPS.frame([]).reindex(range(90)).assign(**{key: [row[key] for row in rows] for key in rows[0]})
    html = [*council_report._gaps(made_up, "Ayle", ["Beere", "Carn", "Dene"], missing)]
    titles = [line for line in html if line.startswith("<h3>")]
    assert titles == [
        f"<h3>{name}: 30 topics</h3>"
        for name in ("Not found", "Possible match with a chapter of your own", "Perhaps inside another chapter")
    ]
    tables = [line for line in html if "<table>" in line]
    assert [table.count('<th scope="row"') for table in tables] == [30, 20, 15]
    assert [heads(table) for table in tables] == [
        ["Topic title", "Councils", "Out of", "Expected"],
        *[["Topic title", "Councils", "Out of", "Nearest number", "Nearest chapter of your own"]] * 2,
    ]
    assert re.findall(r'<th scope="row">(.*?)</th>', tables[0])[:3] == [
        "T29",
        "T0",
        "T1",
    ]  # what is expected comes first
    real = procman.gaps(made_up.entries, "Carn", chapters=made_up.chapters)
    (table,) = (line for line in council_report._gaps(made_up, "Carn", ["Ayle", "Beere"], real) if "<table>" in line)
    assert heads(table)[:3] == ["Topic title", "Ayle", "Beere"]
    assert "1.2 Private Fostering" in table
    empty = missing.iloc[:0]
    assert [*council_report._gaps(made_up, "Ayle", [], empty)] == ["<p>No other council is compared.</p>"]
    assert [*council_report._gaps(made_up, "Ayle", ["Beere"], empty)] == [
        "<p>No topic is missing: this page has all that the others list.</p>"
    ]
    short = " ".join(lines(*council_report._in_short(made_up, "Ayle", ["Beere"], missing)))
    assert "Law or guidance today requires 3 topics of these." in short
    assert "30 topics that your neighbours list were not found on Ayle&#x27;s page" in short
    assert "No other council is compared." not in short
    assert "No other council is compared." in " ".join(lines(*council_report._in_short(made_up, "Ayle", [], empty)))
    assert "Law or guidance" not in " ".join(lines(*council_report._in_short(made_up, "Ayle", ["Beere"], empty)))


def test_what_is_expected_is_counted_on_this_page_alone(made_up):
    first, *_, table = council_report._expected(made_up, "Beere")
    there, of, lacking = map(
        int, re.search(r"on (\d+) of (\d+) topics .* The table has the other (\d+)\.", first).groups()
    )
    assert there == 1
    assert of - there == lacking > 25
    assert table.count('<th scope="row"') == 25
    assert f"{lacking - 25} more rows are in the workbook." in table
    assert "Private fostering" not in table
    assert heads(table) == ["Topic", "Verified", "State", "Number", "Title"]


def test_the_file_is_named_by_the_day_given_else_the_newest_month(made_up, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert write_council_report(made_up, "Carn").name == "procman-carn-2024-06.html"
    assert write_council_report(made_up.of(today="2026-11-25"), "Carn", "own.html").name == "own.html"
    assert {path.name for path in tmp_path.iterdir()} == {"procman-carn-2024-06.html", "own.html"}
    assert file_name("Carn", None) == "procman-carn.html"
