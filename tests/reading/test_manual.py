"""The public interface of one manual: its tables are as declared, and its errors are one sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import procman as pm
from procman.errors import PageError
from procman.reading.apply_corrections import Correction
from procman.reading.manual import EntryColumns, counts, read_page
from procman.reading.page import Page
from procman.tables import TABLES

SEEDS = ["milton-keynes/undated", "oxfordshire/2017-07"]


@pytest.fixture(scope="module", params=SEEDS)
def manual(request, root):
    return pm.read_manual(root / "data/manuals" / request.param)


def test_tables_keep_their_declarations(manual):
    TABLES["entries"].check(manual.entries)
    TABLES["lines"].check(manual.lines)
    TABLES["notices"].check(manual.notices)


def test_no_line_is_lost(manual):
    text = (Path(manual.source) / "contents.txt").read_text(encoding="utf-8")
    assert manual.lines["line"].tolist() == list(range(1, len(text.splitlines()) + 1))
    assert ((manual.lines["text"] == "") == (manual.lines["role"] == "blank")).all()
    assert manual.unread.empty
    assert (manual.lines["role"] == "entry").sum() == len(manual.entries)


def test_each_entry_stands_in_an_earlier_one(manual):
    entries = manual.entries.set_index("position")
    inner = entries[entries["parent"].notna()]
    parents = entries.loc[inner["parent"].astype(int)]
    assert (inner["parent"] < inner.index).all()
    assert (parents["depth"].to_numpy() + 1 == inner["depth"].to_numpy()).all()
    assert set(parents["kind"]) <= {"section", "subsection", "chapter"}


def test_council_and_edition_from_the_page_or_the_caller(root):
    path = root / "data/manuals/oxfordshire/2017-07/contents.txt"
    manual = pm.read_manual(path)
    assert (manual.council, manual.edition, manual.title) == (
        "Oxfordshire",
        "2017-07",
        "Children's Services Procedures Manual",
    )
    named = pm.read_manual(path, council="Oxon", edition="2018-01")
    assert set(named.entries["council"]) == {"Oxon"}
    assert set(named.entries["edition"]) == {"2018-01"}
    assert pm.read_manual(root / "data/manuals/milton-keynes/undated").edition is None

    foot = "1 Core\n\n1.1 Aims\n1.2 Law\n1.3 Staff\n\nVersion 4.2 June 2019\n"
    assert pm.read_manual(io.StringIO(foot)).edition == "2019-06"
    assert pm.read_manual(io.StringIO(foot.replace("Version 4.2", "Updated"))).edition is None


LIST = "<h1>{}</h1><h2>1. A</h2><ul><li>1.1 <a href='b'>T</a></li></ul>"
SITE = "<meta property='og:site_name' content='Wessex County Council'>"


@pytest.mark.parametrize(
    ("head", "heading", "named"),
    [
        (
            "<title>Contents | Wessex County Council Children's Services Procedures Manual</title>",
            "Procedures Manual",
            "Wessex",
        ),
        ("<title>Contents - Wessex Children&#39;s Services Procedures Manual</title>", "Contents", "Wessex"),
        ("<title>Procedures manual » Borough of Wold</title>", "Contents", "Wold"),
        ("<title>All chapters - Wessex Practice Manual</title>", "All chapters", "Wessex"),
        ("<title>Good Practice Handbook</title>", "Contents", None),
        (f"<title>Contents</title>{SITE}", "Procedures Manual", "Wessex"),
        (f"<title>Contents</title>{SITE}", "Northwick Children's Procedures Manual", "Northwick"),
        ("<title>Contents</title>", "Procedures Manual", None),
        ("", "Procedures Manual", None),
    ],
)
def test_a_page_s_head_names_the_council_where_its_body_does_not(head, heading, named):
    manual = pm.read_manual(f"<html><head>{head}</head><body>{LIST.format(heading)}</body></html>".encode())
    assert manual.council == named


def test_links_are_made_whole():
    page = "<h2>1. A</h2><ul><li>1.1 <a href='b/c.html'>T</a></li><li>1.2 <a href='javascript:x()'>U</a></li><li>1.3 <a href='#d'>V</a></li></ul>"
    manual = pm.read_manual(page.encode(), address="https://example.org/m/contents.html")
    assert manual.entries["href"].iloc[1] == "https://example.org/m/b/c.html"
    assert manual.entries["href"].iloc[2:].isna().all()


ERROR_PAGES = {
    "not found": "<html><title>404</title><h1>404 Not Found</h1><ul><li>Home</li><li>Contact</li></ul></html>",
    "access denied": "<html><h1>403 Forbidden</h1><p>Access denied</p></html>",
    "login form": "<html><h1>Sign in</h1><form><label>Password</label></form><ul><li>Help</li></ul></html>",
    "cookie notice": "<html><body><h2>We use cookies</h2><ul><li>Accept all cookies</li><li>Reject</li></ul></body></html>",
    "JavaScript": "<html><body><p>You need to enable JavaScript to run this app.</p></body></html>",
    "no words": "<html><body><script>render()</script></body></html>",
    "a letter": "Dear Parent\n\nShort breaks\n- Play scheme\n- Sitting service\n\nDirect payments\n- Rates\n\nYours sincerely\n\nHead of Service\n",
    "a news item": "Carers honoured\n\nMayor Lee said: “Our carers are the best.”\n\nWinners\nCarer of the year\nLong service\nNew carer\n\nFinalists\nKit\nLou\n",
    "a form to fill in": "Section 1: Child\nName:\nDate of birth:\nGender:\nSchool\n\nSection 2: Referrer\nAgency\nJob title\nYour worries\n\nSigned ......\n",
    "a form": "1. About you\nName*: ____\nAgency*: ____\nCase: ____\nSchool: ____\nGP: ____\n\n2. Consent\n3. Worries\n",
    "no list of chapters": "Dear all,\n\nplease find the minutes attached.\n\nBest wishes\n",
}


@pytest.mark.parametrize("seems", ERROR_PAGES)
def test_a_page_that_lists_no_chapters_is_refused_and_named(seems):
    with pytest.raises(PageError, match=seems) as caught:
        pm.read_manual(io.StringIO(ERROR_PAGES[seems]))
    assert str(caught.value).startswith("buffer: no contents page: ")


def test_a_contents_page_that_speaks_of_cookies_is_still_one():
    page = "We use cookies\n\n1. All\n" + "".join(f"1.{n} Chapter about logging in\n" for n in range(1, 5))
    assert len(pm.read_manual(io.StringIO(page)).entries) == 5


def guides(count: int) -> str:
    return "".join(f"- Guide {letter}\n" for letter in "ABCDEFGHIJKLMN"[:count])


@pytest.mark.parametrize(
    ("page", "chapters"),
    [
        ("1 Absence\n2 Bullying\n3 Fire\n", 3),
        ("1 Absence\n2 Bullying\n", 0),
        ("Forbidden\n\n1. All\n1.1 Visits\n1.2 Pets\n1.3 Dogs\n", 3),
        ("Forbidden\n\n1. All\n1.1 Visits\n1.2 Pets\n", 0),
        (f"Sign in\n\n{guides(12)}", 12),
        (f"Sign in\n\n{guides(11)}", 0),
        (f"Press release\n\n{guides(12)}", 0),
        (f"We use cookies\n\n{guides(4)}", 4),
        (f"We use cookies\n\n{guides(3)}", 0),
        (f"Press release\n\n1. Care\n\n{guides(12)}", 12),
        (f"Press release\n\n1. Care\n\n{guides(11)}", 0),
    ],
)
def test_a_page_that_seems_to_be_another_kind_needs_more_chapters(page, chapters):
    if chapters:
        assert pm.read_manual(io.StringIO(page)).reading.columns["kind"].count("chapter") == chapters
    else:
        with pytest.raises(PageError, match="no contents page: "):
            pm.read_manual(io.StringIO(page))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("Dear all,\n\nplease find the minutes attached.\n\nBest wishes\n", "it seems to be a page of sentences"),
        ("Absence\nFire\n", "no list of chapters was found: nothing numbered"),
    ],
)
def test_a_page_of_sentences_is_told_from_a_short_list(page, reason):
    with pytest.raises(PageError, match=f"no contents page: {reason}"):
        pm.read_manual(io.StringIO(page))


def test_an_archived_address_dates_the_page():
    page = "<h2>1. A</h2><ul><li>1.1 <a href='/c.html'>T</a></li></ul>"
    manual = pm.read_manual(
        page.encode(), address="https://web.archive.org/web/20190301120000/http://www.example.org/contents.html"
    )
    assert manual.edition == "2019-03"


def test_the_representation_says_what_it_is():
    page = "1. All\n1.1 Consent\n1.2 Visits\n"
    assert repr(pm.read_manual(io.StringIO(page))) == "<Manual buffer, undated: 3 entries, 2 chapters>"
    named = pm.read_manual(io.StringIO(page), "Northwick", edition="2024-06")
    assert repr(named) == "<Manual Northwick, 2024-06: 3 entries, 2 chapters>"


def test_unread_lines_have_the_columns_of_lines(manual):
    assert list(manual.unread.columns) == list(manual.lines.columns)


def test_entries_are_counted_by_kind_and_flag(manual):
    counted = counts(manual.reading)
    kinds, statuses = manual.entries["kind"], manual.entries["status"]
    assert counted == {
        "sections": (kinds == "section").sum(),
        "subsections": (kinds == "subsection").sum(),
        "chapters": (kinds == "chapter").sum(),
        "see_also": (kinds == "see_also").sum(),
        "new": (statuses == "New").sum(),
        "updated": (statuses == "Updated").sum(),
        "dated": manual.entries["date"].notna().sum(),
    }


def test_the_columns_of_a_reading_are_those_of_the_table(manual):
    columns = EntryColumns([manual.reading])
    assert list(columns) == list(manual.entries.columns)
    assert len(columns) == len(manual.entries.columns)


def test_each_correction_is_told_with_its_line_and_whether_it_was_applied():
    page = Page("page", "1. All\n1.1 Recods\n", False)
    says = [
        Correction("2026-01-02", 2, "1.1 Recods", "title", "Records"),
        Correction("2026-01-02", 1, "1. Some", "title", "All"),
        Correction("2026-01-02", 0, "", "council", "Northwick"),
    ]
    reading, _ = read_page(page, corrections=says)
    assert reading.corrections == [
        ("2026-01-02", 2, "1.1 Recods", "title", "Records", True),
        ("2026-01-02", 1, "1. Some", "title", "All", False),
        ("2026-01-02", None, "", "council", "Northwick", True),
    ]
    assert (reading.council, reading.columns["title"]) == ("Northwick", ["All", "Records"])


def test_a_link_that_is_no_address_is_kept_as_it_is():
    page = "<h2>1. A</h2><ul><li>1.1 <a href='http://[x'>T</a></li><li>1.2 <a href='b'>U</a></li></ul>"
    manual = pm.read_manual(page.encode(), address="https://example.org/m/")
    assert manual.entries["href"].tolist()[1:] == ["http://[x", "https://example.org/m/b"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [("A\x00B", "A B"), ("A\ufffeB", "AB"), ("A\ud800B", "A\ufffdB"), ("North\nwick", "North wick"), ("\u202eabc", "abc"), ("e\u0301", "\u00e9"), ("\x07", None)],
)  # fmt: skip
def test_a_given_name_is_cleaned_as_page_text_is(given, shown):
    assert pm.read_manual(io.StringIO("1. All\n1.1 Consent\n"), council=given).council == shown


def test_a_name_longer_than_any_is_refused():
    with pytest.raises(PageError, match="council's name has 5,000 characters"):
        pm.read_manual(io.StringIO("1. All\n1.1 Consent\n"), council="x" * 5000)
