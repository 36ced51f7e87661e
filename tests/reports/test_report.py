"""The report is one complete, valid page: it can be parsed strictly, its parts are labelled, and untrusted text is escaped."""

import itertools
import re
from datetime import date

import pytest
from lxml import etree

from procman import open_library
from procman.errors import LibraryError, ProcmanError
from procman.reports.comparison import Comparison
from procman.reports.report import _summary, report_page, write_report
from tests import synthetic

#: Elements that HTML closes by itself; the page closes them all, so that it can be read as XML too.
SVG = "{http://www.w3.org/2000/svg}"


def parsed(page):
    """The page as a tree; an error in it is an error here."""
    assert page.startswith("<!DOCTYPE html>\n")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(page.removeprefix("<!DOCTYPE html>\n").encode(), parser)


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def page(library):
    return report_page(library)


@pytest.fixture(scope="module")
def tree(page):
    return parsed(page)


def test_the_page_says_its_language_and_title(tree):
    assert tree.get("lang") == "en-GB"
    assert (
        tree.findtext(".//head/title")
        == tree.findtext(".//h1")
        == "Children's services procedures: Milton Keynes and Oxfordshire"
    )
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1


def test_headings_step_down_one_at_a_time(tree):
    levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_every_name_is_there_once_and_every_link_arrives(tree):
    names = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(names) == len(set(names))
    for each in tree.iter():
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert set((each.get(attribute) or "").split()) <= set(names)
    links = [each.get("href") for each in tree.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(names)


def test_nothing_is_fetched(page, tree):
    assert not list(tree.iter("script", "link", "iframe", "img", "object"))
    assert "@import" not in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert not re.findall(r"url\((?!#)", page)


def test_every_table_has_a_caption_and_headings(tree):
    tables = list(tree.iter("table"))
    assert len(tables) > 10
    for table in tables:
        assert table.findtext("caption")
        heads = table.findall("thead/tr/th")
        assert all(head.get("scope") == "col" for head in heads)
        for row in table.findall("tbody/tr"):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(heads) - 1)
            assert row[0].get("scope") == "row"


def test_every_picture_has_alternative_text(tree):
    pictures = list(tree.iter(f"{SVG}svg"))
    assert len(pictures) == len(list(tree.iter("figure"))) >= 8
    for picture in pictures:
        assert picture.get("role") == "img"
        assert len(picture.get("aria-label")) > 40


def test_the_page_holds_the_numbers_and_where_they_come_from(tree):
    text = " ".join(tree.itertext())
    for words in (
        "124",
        "129",
        "2017-07",
        "published online for the council by tri.x",
        "may be covered elsewhere",
        "Private Fostering",
    ):
        assert words in text


def test_the_main_numbers_stand_first_each_with_its_limit(tree, library):
    first = tree.find(".//main/section")
    assert first.findtext("h2") == "In short"
    said = [" ".join(each.itertext()) for each in first.iter("li")]
    assert said[0] == (
        "This page compares the contents pages of Milton Keynes (124 chapters, edition not printed) and Oxfordshire (129 "
        "chapters, July 2017). They list chapters; what the chapters say was not read."
    )
    topics_said = next(sentence for sentence in said if "topics" in sentence)
    assert topics_said.startswith("87 of 163 topics are on both contents pages and 76 on one alone. ")
    assert "matched by titles" in topics_said
    assert "38 of 253 chapters are flagged New or Updated. The flags are the publisher's;" in " ".join(said)
    assert any(each.startswith("The library holds no amendments page of these councils.") for each in said)
    pictures = [picture.get("aria-label") for picture in tree.iter(f"{SVG}svg")]
    present, of = re.search(r"(\d+) of (\d+) (?:expectations|checks)", " ".join(pictures)).groups()
    assert said[-1].startswith(f"{present} of {of} checks on 2 pages found a matching chapter")
    assert "no policy" in said[-1]


def test_the_page_says_when_it_was_made(library, tree):
    assert "Made on" not in " ".join(tree.itertext())  # nobody said when: the page is the same tomorrow
    made = " ".join(parsed(report_page(library, today=date(2026, 11, 22))).itertext())
    assert "Made on 22 November 2026." in made


def test_old_chapters_are_counted_to_the_day(tmp_path):
    folder = tmp_path / "ayle" / "2024-03"
    folder.mkdir(parents=True)
    (folder / "contents.txt").write_text("1. Care\n\n1.1 Consent\n1.2 Records\n1.3 Visits\n", "utf-8")
    (folder / "manual.toml").write_text('council = "Ayle"\n', "utf-8")
    library = open_library(tmp_path, cache=False)
    dates = library.entries["title"].map({"Consent": "2020-01", "Records": "2024-01"})
    comparison = Comparison(library.entries.assign(date=dates.astype("str")))
    said = " ".join(_summary(comparison))
    assert "1 of 2 dated chapters was last announced as updated more than three years before March 2024." in said
    assert "1 chapter without a date may be of any age." in said
    assert "topics are on" not in said  # there is nobody to share with


def test_a_missing_edition_is_said_in_words(tree):
    row = next(row for row in tree.iter("tr") if row.findtext("th") == "Milton Keynes")
    assert row.findtext("td") == "not printed"


def test_the_caveat_on_what_is_not_listed_stands_once_and_in_figures_only(tree):
    assert (
        " ".join(tree.find(".//main").itertext()).count("is not 'no such policy'")
        <= 1 + len(list(tree.iter("figure"))) * 2
    )
    outside = " ".join(" ".join(note.itertext()) for note in tree.iter("p"))
    assert "no such policy" not in outside


def test_no_id_is_read_and_nobody_lacks(tree):
    headings = [heading.text for heading in tree.iter("h2")]
    assert "Missing from one contents page" in headings
    assert not any("lacks" in heading for heading in headings)
    for table in tree.iter("table"):
        for cell in table.iter("th", "td"):
            assert not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+){2,}", cell.text or ""), cell.text


def test_the_same_library_gives_the_same_page(library, page):
    assert report_page(library) == page


def test_strangers_words_stay_words(tmp_path):
    bad = '<script>alert("1")</script> & "quoted" \u202egnorts\u202c \x0b]]> {{x}} $x$'
    for council in ("<b>Ayle</b>", "Beere & 'Sons'"):
        folder = tmp_path / re.sub(r"\W", "", council) / "2020-01"
        folder.mkdir(parents=True)
        (folder / "contents.txt").write_text(
            f"1. All {bad}\n\n1.1 Consent {bad}\n1.2 Records of {council}\n1.3 Visits\n", "utf-8"
        )
        (folder / "manual.toml").write_text(f'council = "{council}"\nsource = "<i>there</i>"\n', "utf-8")
    page = report_page(open_library(tmp_path, cache=False))
    tree = parsed(page)
    assert not list(tree.iter("script", "b", "i"))
    assert "<b>Ayle</b>" in "".join(tree.itertext())
    assert not re.search("[\u202a-\u202e\x0b]", page)


def test_one_council_and_two_editions(library, tmp_path):
    one = " ".join(parsed(report_page(library, ["Oxfordshire"])).itertext())
    assert one.count("Choose at least two councils.") == 3  # what is shared, missing, and side by side
    assert one.count("This needs two dated editions of a council.") == 1
    two = open_library(synthetic.write_library(tmp_path, 1, 2), cache=False)
    text = " ".join(parsed(report_page(two)).itertext())
    assert "Shire 001, 2006-01 to 2006-07" in text
    assert "chapters added" in text


def test_writing(library, tmp_path):
    path = write_report(library, ["Milton Keynes", "Oxfordshire"], tmp_path / "report.html")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(LibraryError, match="no manual of 'Atlantis'"):
        write_report(library, ["Atlantis"], tmp_path / "none.html")
    with pytest.raises(ProcmanError, match="cannot be written"):
        write_report(library, None, path / "below.html")
