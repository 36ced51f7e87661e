"""Contents pages: every page in tests/pages, the two councils' own in full, and each oddity that has a rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from procman.reading.contents import Contents, read_contents
from procman.reading.manual import Manual, read_manual, read_page
from procman.reading.page import Page
from procman.reading.text import lines_of
from procman.tables import ENTRIES, LINES
from tests import compare_pages
from tests.compare_pages import PAGES, expected, golden, pages, rows

CONTENTS = [page for page in pages() if page.parent == PAGES]
HEADS = compare_pages.heads()


def read(text: str, html: bool = False) -> Contents:
    return read_contents(lines_of(text, html))


def facts(text: str, html: bool = False) -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.number, entry.title) for entry in read(text, html).entries]


# --- every page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", CONTENTS, ids=lambda page: page.name)
def test_page_reads_as_its_golden_table(page: Path) -> None:
    assert golden(page).is_file(), (
        f"no golden table: look at what is read, then python -m tests.compare_pages --write {page.stem}"
    )
    now, head = compare_pages.read(page)
    assert rows(now) == rows(expected(page))
    assert head == HEADS[page.name]


def read_lower(text: str, above: str = "", lines: int = 0) -> tuple[object, ...]:
    """All that is read of a page below other words, its lines numbered without these."""
    reading, its_lines = read_page(Page("page", above + text, html=False))
    columns = {**reading.columns, "line": [line - lines for line in reading.columns["line"]]}
    notices = [(line and line - lines, notice, number) for line, notice, number, _ in reading.notices]
    return reading._replace(columns=columns, notices=notices), [
        (n - lines, *each) for n, *each in its_lines().rows[lines:]
    ]


def test_blank_lines_above_a_page_change_nothing_but_the_numbers_of_its_lines() -> None:
    texts = {page.name: page.read_text("utf-8") for page in CONTENTS if page.suffix == ".txt"}
    assert [name for name, text in texts.items() if read_lower(text, "\n \n\n", 3) != read_lower(text)] == []


def test_no_golden_table_without_its_page() -> None:
    assert set(PAGES.rglob("*.csv")) == {golden(page) for page in pages()} | {compare_pages.HEADS}
    assert HEADS.keys() == {page.name for page in CONTENTS}


@pytest.mark.parametrize("page", CONTENTS, ids=lambda page: page.name)
def test_page_is_accounted_for(page: Path) -> None:
    manual = read_manual(page)
    ENTRIES.check(manual.entries)
    LINES.check(manual.lines)
    assert manual.unread.empty
    text = page.read_text("utf-8")
    # Editors count the usual line ends, and the unusual ones only where there are no others.
    source = text.removesuffix("\n").split("\n") if "\n" in text.strip() else text.splitlines()
    assert manual.entries["line"].is_monotonic_increasing
    assert manual.entries["line"].between(1, len(source)).all()
    if page.suffix == ".txt":
        # A line has no role exactly where it is blank, and each entry is on the line that it names.
        assert manual.lines["line"].tolist() == list(range(1, len(source) + 1))
        assert ((manual.lines["role"] == "blank") == (manual.lines["text"] == "")).all()
        for line, number, title in zip(*(manual.entries[name] for name in ("line", "number", "title")), strict=True):
            words = number if isinstance(number, str) else title
            assert words.split(" ")[0] in source[line - 1]
            assert words in " ".join(" ".join(source[line - 1 : line + 1]).split())  # a title may end on the next line


# --- the two councils -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def milton_keynes(root: Path) -> Manual:
    return read_manual(root / "data/manuals/milton-keynes/undated/contents.txt")


@pytest.fixture(scope="module")
def oxfordshire(root: Path) -> Manual:
    return read_manual(root / "data/manuals/oxfordshire/2017-07/contents.txt")


def test_milton_keynes_in_numbers(milton_keynes: Manual) -> None:
    entries = milton_keynes.entries
    assert entries["kind"].value_counts().to_dict() == {"chapter": 124, "subsection": 21, "see_also": 12, "section": 7}
    assert entries["status"].value_counts().to_dict() == {"New": 6, "Updated": 6}
    assert entries["date"].isna().all()
    assert milton_keynes.edition is None
    assert (milton_keynes.council, milton_keynes.title) == ("Milton Keynes", "Children's Services Procedure Manual")
    assert milton_keynes.unread.empty


def test_oxfordshire_in_numbers(oxfordshire: Manual) -> None:
    entries = oxfordshire.entries
    assert entries["kind"].value_counts().to_dict() == {"chapter": 129, "subsection": 25, "see_also": 12, "section": 6}
    assert entries["status"].value_counts().to_dict() == {"Updated": 22, "New": 4}
    assert entries["date"].isna().all()
    assert (oxfordshire.edition, oxfordshire.council) == ("2017-07", "Oxfordshire")
    assert oxfordshire.unread.empty


def test_oxfordshire_chapters_without_a_number(oxfordshire: Manual) -> None:
    chapters = oxfordshire.entries.query("kind == 'chapter' and number.isna()")
    linked, *listed = chapters.to_dict("records")
    assert (linked["position"], linked["title"]) == (1, "Children’s Services Policies, Values and Principles")
    assert pd.isna(linked["parent"])
    assert linked["depth"] == 1
    heading = oxfordshire.entries.query("number == '1.4'").iloc[0]
    assert [row["parent"] for row in listed] == [heading["position"]] * 4
    assert [row["title"] for row in listed] == [
        "Child Protection Conferences",
        "Child Protection Plan - Lead Social Worker Role",
        "Child Protection Conferences",
        "Children Cared for by Relatives and Friends Outside the Looked After System",
    ]


def test_notes_and_publishers_of_both(milton_keynes: Manual, oxfordshire: Manual) -> None:
    def told(manual: Manual, column: str) -> dict[str, str]:
        named = manual.entries.dropna(subset=column)
        return dict(zip(named["title"], named[column], strict=True))

    assert told(milton_keynes, "note") == {"Local Protocols for Assessment": "to follow"}
    assert told(milton_keynes, "publisher") == {}
    assert told(oxfordshire, "note") == {"Allocation of Work and Transfer between Teams": "under review"}
    hosted = oxfordshire.entries.dropna(subset="publisher")
    assert set(hosted["publisher"]) == {"Oxfordshire Safeguarding Children's Board Procedures Manual"}
    assert hosted["number"].fillna("").tolist() == ["1.2.6", "", "", "", "3.3.1"]
    assert set(hosted["subsection"]) == {
        "Children's Social Care - Assessment and Planning",
        "Child Protection and Family Support",
        "Children who go Missing",
    }


@pytest.mark.parametrize("words", ["(October 2013)", "(Section 47)", "(Criteria)"])
def test_a_title_keeps_its_own_brackets(oxfordshire: Manual, words: str) -> None:
    assert oxfordshire.entries["title"].str.contains(words, regex=False).any()


def test_a_cross_reference_keeps_its_brackets(milton_keynes: Manual) -> None:
    references = milton_keynes.entries.query("kind == 'see_also'")["title"]
    assert "Information for Foster Carers about Hepatitis B (HBV)" in set(references)


@pytest.mark.parametrize("council", ["milton_keynes", "oxfordshire"])
def test_titles_carry_nothing_else(council: str, request: pytest.FixtureRequest) -> None:
    titles = request.getfixturevalue(council).entries["title"]
    assert titles.notna().all()
    assert not titles.str.contains(
        r"^(?:[\d.]+\s|see also)|\b(?:New|Updated|to follow|under review)$|\s\s|Board Procedures Manual", case=False
    ).any()


def test_chapters_named_alike_are_both_kept(milton_keynes: Manual, oxfordshire: Manual) -> None:
    twice = milton_keynes.entries.query("title == 'Exemptions and Extensions/Variations to Foster Carer Approval'")
    assert twice["number"].tolist() == ["6.1.3", "6.1.14"]
    assert (oxfordshire.entries["title"] == "Child Protection Conferences").sum() == 2


@pytest.mark.parametrize("council", ["milton_keynes", "oxfordshire"])
def test_a_cross_reference_stands_where_it_is_printed(council: str, request: pytest.FixtureRequest) -> None:
    entries = request.getfixturevalue(council).entries.set_index("position", drop=False)
    heading = None
    before_a_chapter = 0
    for row in entries.to_dict("records"):
        if row["kind"] in ("section", "subsection"):
            heading, chapters = row, 0
        elif row["kind"] == "see_also":
            assert (row["parent"], row["depth"]) == (heading["position"], heading["depth"] + 1)
            before_a_chapter += not chapters
        else:
            chapters = heading and chapters + 1
    assert before_a_chapter


def test_parents_and_depths_of_numbered_chapters(milton_keynes: Manual, oxfordshire: Manual) -> None:
    for manual in (milton_keynes, oxfordshire):
        entries = manual.entries
        number = dict(zip(entries["position"], entries["number"], strict=True))
        below = entries.dropna(subset=["number", "parent"])
        assert len(below) > 140
        for own, parent, depth in zip(below["number"], below["parent"], below["depth"], strict=True):
            assert own.rpartition(".")[0] == number[parent]
            assert depth == own.count(".") + 1


def test_quick_links_of_both(milton_keynes: Manual, oxfordshire: Manual) -> None:
    for manual, many in ((milton_keynes, 7), (oxfordshire, 6)):
        roles = Counter(manual.lines["role"])
        assert (roles["quick link"], roles["title"] > 0, roles["unread"]) == (many, True, 0)


# --- rules ----------------------------------------------------------------------------------------------------


def test_page_name_council_and_edition() -> None:
    contents = read("OxfordshireChildren's Services Procedures Manual\n\nVersion 3 - June 2016\n\n1. A\n1.1 B\n")
    assert (contents.council, contents.title, contents.edition) == (
        "Oxfordshire",
        "Children's Services Procedures Manual",
        "2016-06",
    )


@pytest.mark.parametrize(
    ("lines", "council"),
    [
        (
            "Home > Children > Children's Services Procedures Manual\n\nWessex Children's Services Procedures Manual",
            "Wessex",
        ),
        ("Home » Children » Wessex Children's Services Procedures Manual", "Wessex"),
        ("Home / Wessex County Council / Procedures Manual", "Wessex"),
        ("Wessex County Council\nChildren's Services Procedures Manual", "Wessex"),
        ("Wessex County Council Children's Services Procedures Manual", "Wessex"),
        ("Welcome to the Wessex Children's Services Procedures Manual", "Wessex"),
        ("London Borough of Northwick & Wold\nContents", "Northwick & Wold"),
        ("Royal Borough of Northwick Council\nContents", "Northwick"),
        ("City of Wold Council\nContents", "Wold"),
        ("Isle of Wold Council\nContents", "Isle of Wold"),
        ("Wold Metropolitan Borough Council\nContents", "Wold"),
        ("Bath and East Wold Council logo\nContents", "Bath and East Wold"),
        ("NORTHWICK COUNCIL\nContents", "Northwick"),
        ("Wold City Council Children and Young People’s Services\nSocial Work Handbook", "Wold"),
        ("WOLD SAFEGUARDING CHILDREN PARTNERSHIP\nProcedures Manual", "Wold"),
        ("Wessex Council\nNorthwick Safeguarding Board Procedures Manual", "Northwick"),
        ("Home > Children and families > Procedures Manual", ""),
        ("Wessex Youth Council\nContact Wessex Council\nContents", ""),
        ("Wessex Children’s Services\nContents", "Wessex"),
        ("Bath and East Wold Children and Families Services", "Bath and East Wold"),
        ("NORTHWICK SAFEGUARDING CHILDREN PARTNERSHIP\nMULTI-AGENCY PROCEDURES", "Northwick"),
        ("Northwick Local Safeguarding Children Board\nChild Protection Procedures", "Northwick"),
        ("Northwick LSCB Procedures", "Northwick"),
        ("[Logo: Northwick Council]\nProcedures", "Northwick"),
        ("NORTHWICK COUNTY COUNCIL\nContents", "Northwick"),
        ("Wold City Council Children and Young People's Services\nPractice Handbook", "Wold"),
        ("Home  About us  Procedures  Learning  News  Contact\n\nWold Safeguarding Children Partnership", "Wold"),
        ("Regional Adoption Agency Procedures Manual", ""),
        ("Contents - Wold Children's Services Procedures Manual", "Wold"),
        ("Integrated Children's Services\nContents", ""),
        ("Fostering Service\nContents", ""),
        ("Wold City Safeguarding Children Board\nSafeguarding Children Procedures", "Wold"),
        ("Wold Council intranet\nA to Z of procedures", "Wold"),
        ("Register of Children's Social Care Policies", ""),
        ("School Policies", ""),
        ("Home About Us Our Rooms Policies Careers\nOur Policies", ""),
    ],
)
def test_councils_are_named_alike_and_never_by_a_trail(lines: str, council: str) -> None:
    assert read(f"{lines}\n\n1. A\n1.1 B\n").council == council
    assert facts(f"{lines}\n\nHealth\n  - B\n  - C\n\nCourt\n  - D\n") == [
        ("section", "", "Health"),
        ("chapter", "", "B"),
        ("chapter", "", "C"),
        ("section", "", "Court"),
        ("chapter", "", "D"),
    ]


@pytest.mark.parametrize(
    "foot",
    ["© 2025 Wold Borough Council", "Copyright Wold Council 2020", "Wold County Council, County Hall, Castle Street"],
)
def test_the_foot_of_a_page_names_the_council_where_its_top_does_not(foot: str) -> None:
    assert read(f"Procedures Manual\n\n1. A\n1.1 B\n\n{foot}\n").council == "Wold"
    assert read(f"Wessex Council\nProcedures Manual\n\n1. A\n1.1 B\n\n{foot}\n").council == "Wessex"


def test_an_edition_in_a_joined_line_is_read_and_names_nobody() -> None:
    contents = read("Home | Procedures Manual | March 2020\n1. A\n1.1 B\n")
    assert (contents.council, contents.edition) == ("", "2020-03")


FOOT = """Was this page helpful? Yes / No
Give feedback on this page
Report a problem
Follow us on Facebook
Share this page
Facebook
X
LinkedIn (opens in a new tab)
Sign up for our newsletter
Cookie settings
Accessibility statement
Privacy notice"""


@pytest.mark.parametrize("mark", ["", "  ", "- "])
def test_the_foot_of_a_page_has_no_chapters(mark: str) -> None:
    page = "1. A\n1.1 Consent\n1.2 Records\n\n"
    assert facts(page + "\n".join(mark + line for line in FOOT.splitlines())) == facts(page)
    lists = "<h2>Health</h2><ul><li>Consent</li><li>Records</li></ul><h2>Court</h2><ul><li>Orders</li></ul>"
    items = "".join(f"<li>{line}</li>" for line in FOOT.splitlines())
    assert facts(f"{lists}<h2>Follow us</h2><ul>{items}</ul>", html=True) == facts(lists, html=True)


@pytest.mark.parametrize("above", ["Privacy notice", "X", "Terms and conditions"])
def test_the_foot_begins_above_its_first_certain_line_where_chapters_have_numbers(above: str) -> None:
    assert facts(f"1. A\n1.1 Consent\n\n  {above}\n  Facebook\n  YouTube\n")[1:] == [("chapter", "1.1", "Consent")]


def test_a_chapter_with_the_words_of_a_foot_stays_one() -> None:
    page = "1. A\n1.1 Privacy Notices\n1.2 Privacy Notice\n1.3 Accessibility Statement\n1.4\n\nPrivacy Policy\n\nFacebook\n"
    assert [number for _, number, _ in facts(page)] == ["1", "1.1", "1.2", "1.3", "1.4"]
    assert [title for _, _, title in facts(page)][3:] == ["Accessibility Statement", "Privacy Policy"]
    assert facts("1. A\n\n1.1\n\nPrivacy Policy\n\n1.2\n\nFacebook\n")[1:] == [
        ("chapter", "1.1", "Privacy Policy"),
        ("chapter", "1.2", "Facebook"),
    ]
    assert facts("A\n  - Consent\n  - Privacy Notice\n")[-1] == ("chapter", "", "Privacy Notice")
    assert facts("A\n  - Consent\n  - Privacy Notice\n  - Facebook\n")[-1] == ("chapter", "", "Privacy Notice")


@pytest.mark.parametrize(
    ("line", "edition"),
    [
        ("July 2017", "2017-07"),
        ("Second Working Manual, March 2012", "2012-03"),
        ("Manual Version: 2 (29/04/2008)", "2008-04"),
        ("Revised April 2024", "2024-04"),
        ("As at 31 March 2025", "2025-03"),
        ("Last Updated: July 2017", ""),
    ],
)
def test_edition(line: str, edition: str) -> None:
    assert read(f"Contents\n{line}\n1. A\n1.1 B\n").edition == edition


@pytest.mark.parametrize(
    "title",
    ["PROCEDURES MANUAL", "Residential Services Policy Index", "Neglect and exploitation toolkits", "Our Policies"],
)
def test_a_page_is_called_by_its_list(title: str) -> None:
    suffix = " - CONTENTS PAGE" if title.isupper() else ""
    assert read(f"Home About Us Our Rooms Policies Careers\n{title}{suffix}\n\n1. A\n1.1 B\n").title == title


def test_a_subsection_without_a_heading_is_not_the_one_before() -> None:
    contents = read("1. A\n\n1.1\n\nB\n\n1.1.1 C\n\n\n1.2.1 D\n1.2.2 E\n")
    assert [(entry.number, entry.parent) for entry in contents.entries] == [
        ("1", 0),
        ("1.1", 1),
        ("1.1.1", 2),
        ("1.2.1", 1),
        ("1.2.2", 1),
    ]


def test_a_chapter_of_a_chapter() -> None:
    contents = read("1. A\n1.1 B\n1.1.1 C\n1.1.1.1 D\n1.1.1.2 E\n1.1.2 F\n")
    assert [entry.parent for entry in contents.entries] == [0, 1, 2, 3, 3, 2]


def test_flags_in_capitals_and_months() -> None:
    entries = read("1. A\n1.1Core GroupsNEW\n1.2ReferralsUpdated February 2017\n1.3AbuseSeptember 2016\n").entries
    assert [(e.title, e.status, e.date) for e in entries[1:]] == [
        ("Core Groups", "New", ""),
        ("Referrals", "Updated", "2017-02"),
        ("Abuse", "", "2016-09"),
    ]


def test_links_are_kept_and_the_title_is_what_is_linked() -> None:
    page = "<h2>1. A</h2><table><tr><td>1.1</td><td><a href='b.html'>B</a> (Unheard-of Body)</td></tr></table>"
    (_, chapter) = read(page, html=True).entries
    assert (chapter.title, chapter.publisher, chapter.href) == ("B", "Unheard-of Body", "b.html")


def test_a_list_that_the_page_calls_navigation_is_read_all_the_same() -> None:
    page = "<nav><h2>1. A</h2><ul><li><a href='b'>1.1 B</a></li></ul></nav>"
    assert facts(page, html=True) == [("section", "1", "A"), ("chapter", "1.1", "B")]


def test_minified_mark_up_on_one_line() -> None:
    page = "<h2>PART A: All</h2><h2>PART A1: First</h2><table><tr><td>1.</td><td>B</td></tr></table>"
    contents = read(page, html=True)
    assert [(e.kind, e.number, e.title) for e in contents.entries] == [
        ("section", "PART A1", "First"),
        ("chapter", "1", "B"),
    ]
    assert contents.title == "PART A: All"


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n \n"])
def test_a_title_follows_its_number(blank: str) -> None:
    assert facts(f"1. A\n\n1.1{blank}B\n1.1.1{blank}C\n1.1.2 D") == [
        ("section", "1", "A"),
        ("subsection", "1.1", "B"),
        ("chapter", "1.1.1", "C"),
        ("chapter", "1.1.2", "D"),
    ]


# --- lettered numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("html", [False, True], ids=["text", "html"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "A1 Core|A1.1 Consent|A1.2 Records|A1.3 C1 Application|B1 Adoption|B1.1 Matching",
            "A1=Core A1.1=Consent A1.2=Records A1.3=C1_Application B1=Adoption B1.1=Matching",
        ),
        ("A. Core|A.1 Consent|A.2 Records|B. Care|B.1 Panels", "A=Core A.1=Consent A.2=Records B=Care B.1=Panels"),
        ("A1. Core|A1.1. Consent|A1.2. Records|A1.2.1 Files", "A1=Core A1.1=Consent A1.2=Records A1.2.1=Files"),
        (
            "A1 Core|A1.1 Consent|A1.2 Records|A1.2a Urgent Records|A1.2(b) Paper|A1.3 Visits",
            "A1=Core A1.1=Consent A1.2=Records A1.2a=Urgent_Records A1.2(b)=Paper A1.3=Visits",
        ),
        ("A. Core|A.1 Consent|A.2 eSafety|A.3eRecords|A.4 Files", "A=Core A.1=Consent A.2=eSafety A.3=eRecords A.4=Files"),
        ("1. Core|1.1 Consent|1.1a Paper|1.1(b) Files|1.2 Panels", "1=Core 1.1=Consent 1.1a=Paper 1.1(b)=Files 1.2=Panels"),
    ],
)  # fmt: skip
def test_lettered_numbers_are_read(lines: str, expected: str, html: bool) -> None:
    page = "".join(f"<li>{line}</li>" for line in lines.split("|")) if html else lines.replace("|", "\n")
    assert " ".join(f"{number}={title.replace(' ', '_')}" for _, number, title in facts(page, html)) == expected
    manual = read_manual(page.encode(), "Northwick")
    assert manual.notices.empty
    assert (manual.lines["role"] == "entry").sum() == len(manual.entries)


@pytest.mark.parametrize(
    "title",
    ["A2 Milk", "C1 Application", "C1.1 Form", "A.1 of the Framework", "A Child's Voice", "Section 47 Enquiries",
     "G4S Contract", "16+ Team", "B. Carers"],
)  # fmt: skip
def test_a_title_keeps_its_letter_where_numbers_have_none(title: str) -> None:
    found = facts(f"1. Court\n1.1 Consent\n{title}\n1.2 {title}\n1.3 Records\n")
    assert [title for _, _, title in found] == ["Court", "Consent", title, title, "Records"]


def test_a_title_keeps_its_letter_among_lettered_numbers() -> None:
    found = facts("A1 Core\nA1.1 Consent\nA1.2 Records\nA2 Milk\nG4S Contract\nA1.3 Visits\n")
    assert [(number, title) for _, number, title in found] == [
        ("A1", "Core"), ("A1.1", "Consent"), ("A1.2", "Records"), ("", "A2 Milk"), ("", "G4S Contract"), ("A1.3", "Visits"),
    ]  # fmt: skip


def test_lettered_numbers_have_notices_of_their_own() -> None:
    page = "Quick Links:\nA1 Core\nB1 Care\n\nA1 Core\nA1.1 Consent\nA1.4 Records\nB1 Care\nB1.1 Panels\nB1.1 Fees\n"
    notices = read_manual(page.encode(), "Northwick").notices
    assert notices["detail"].tolist() == ["after A1.1 come no A1.2 and A1.3", "B1.1 is also on line 9"]


# --- titles that come again are no Quick Links ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (  # one title in all sections
            "1. Care\nSee also: Visits\n1.1 Care\nSee also: Care\n2. Care\n2.1 Care\n2.1.1 Care\nSee also: Care\n"
            "3. Care\nSee also: Care\n3.1 Care\nSee also: Care\n4. Care\nSee also: Care\n",
            ["1", "", "1.1", "", "2", "2.1", "2.1.1", "", "3", "", "3.1", "", "4", ""],
        ),
        (  # numbers on lines of their own
            "Quick Links:\n1. Care\n1.1 |\nCare |\n| 1.1.1 | Care - to follow | ||\n1.2 |\nCare Plans |\n| 1.2.1 | Care | ||\n"
            "2. Care\n2.1 |\nCare - to follow |\n",
            ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1"],
        ),
        (  # a cross reference among them
            "1. Care\n1.1 Care\n1.1.1 Care Plans\nSee also: Visits\n1.2 Care\n1.2.1 Care\nSee also: Visits\n2. Care Plans\n3. Care\n"
            "See also: Visits\n",
            ["1", "1.1", "1.1.1", "", "1.2", "1.2.1", "", "2", "3", ""],
        ),
    ],
)
def test_titles_that_come_again_are_no_quick_links(page: str, numbers: list[str]) -> None:
    assert [number for _, number, _ in facts(page)] == numbers


def test_one_button_gives_its_heading_no_address() -> None:
    def addresses(*buttons: str) -> list[str]:
        cards = [f"<h3>{head}</h3><p>What to do about it.</p>" for head in ("Neglect", "Fire", "Court", "Sleep")]
        for n, button in enumerate(buttons):
            cards[n] += f"<p><a href='{button}'>Read more</a></p>"
        return [entry.href for entry in read("<h1>Guides</h1>" + "".join(cards), html=True).entries]

    assert addresses("a", "b", "c") == ["a", "b", "c", ""]
    assert addresses("a") == ["", "", "", ""]
