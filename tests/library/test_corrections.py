"""Corrections are applied last, kept with the page, never applied to another line, and can be undone."""

from __future__ import annotations

import random
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import procman as pm
from procman.__main__ import main
from procman.library import holdings
from procman.library.corrections import (
    COLUMNS,
    CorrectionError,
    line_of,
    read_corrections,
    record_correction,
    withdraw_correction,
)
from procman.library.library import add_manual
from procman.panels.manual import ManualPanel
from procman.reading.apply_corrections import Correction, _Page, words_of
from procman.reading.apply_corrections import correct as correct_contents
from procman.reading.contents import read_contents
from procman.reading.page import open_page
from procman.reading.text import lines_of
from procman.tables import KINDS, TABLES

DAY = date(2026, 1, 2)
PAGE = """1. All Children

1.1 Consent New
1.2 Recods
1.3 Visits

2. Care

2.1 Placements
and Moves
2.2 Leaving
"""


@pytest.fixture
def home(tmp_path) -> Path:
    home = tmp_path / "manuals/northwick/2024-06"
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    return home


def opened(home: Path, cache: bool | Path = False) -> pm.Manual:
    return pm.open_library(home.parents[1], cache=cache).manual("Northwick")


def correct(home: Path, line: int, field: str, value: str = "") -> None:
    words = (home / "contents.txt").read_text("utf-8").splitlines()[line - 1]
    record_correction(home / "corrections.csv", field, value, line=line, words=words, on=DAY)


def rows(manual: pm.Manual, *fields: str) -> list[tuple[object, ...]]:
    return list(manual.entries[list(fields)].astype(object).fillna("").itertuples(index=False, name=None))


def test_without_a_file_there_are_none(home):
    manual = opened(home)
    assert TABLES["corrections"].check(manual.corrections).empty
    assert read_corrections(home / "corrections.csv").empty


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1.2a"),
        ("title", "Records"),
        ("status", "Updated"),
        ("date", "2025-02"),
        ("note", "under review"),
        ("publisher", "NSPCC"),
        ("kind", "see_also"),
    ],
)
def test_each_field_of_an_entry(home, field, value):
    before = opened(home).entries
    correct(home, 4, field, value)
    manual = opened(home)
    after = TABLES["entries"].check(manual.entries)
    assert after[field].iloc[2] == value
    after.loc[2, field] = before[field].iloc[2]
    assert after.equals(before)
    assert TABLES["corrections"].check(manual.corrections).values.tolist() == [
        ["2026-01-02", 4, "1.2 Recods", field, value, True]
    ]


def test_an_empty_value_takes_a_flag_off(home):
    correct(home, 3, "status", "")
    assert opened(home).entries["status"].isna().all()


def test_a_line_that_is_no_entry(home):
    correct(home, 4, "not an entry")
    manual = opened(home)
    assert rows(manual, "number", "position", "parent")[2] == ("1.3", 3, 1)
    assert manual.lines["role"].iloc[3] == "note"
    assert "gap" in set(manual.notices["notice"])  # what is noticed is noticed of the corrected page


def test_what_stood_in_a_false_section_stands_in_the_one_before(home):
    correct(home, 7, "not an entry")
    assert rows(opened(home), "line", "section", "parent", "depth")[-1] == (11, "All Children", 1, 2)


def test_a_line_becomes_a_section_and_holds_what_follows(home):
    correct(home, 4, "kind", "section")
    correct(home, 4, "title", "Records")
    found = rows(opened(home), "line", "kind", "section", "parent", "depth")
    assert found[2:5] == [
        (4, "section", "Records", "", 1),
        (5, "chapter", "Records", 3, 2),
        (7, "section", "Care", "", 1),
    ]


def test_a_line_goes_on_with_the_entry_above(home):
    correct(home, 5, "join")
    manual = opened(home)
    assert manual.entries["title"].tolist()[2] == "Recods 1.3 Visits"
    assert manual.lines["role"].tolist()[4] == "continuation"


def test_what_stood_in_a_line_stands_in_the_entry_that_takes_it_in(home):
    (home / "contents.txt").write_text("1. All\n1.1 Consent\n1.2 Records\n1.2.1 Access\n1.3 Visits\n", encoding="utf-8")
    assert rows(opened(home), "number", "parent", "depth")[3] == ("1.2.1", 3, 3)
    correct(home, 3, "join")
    assert rows(opened(home), "number", "parent", "depth")[2] == ("1.2.1", 2, 3)


def test_a_line_that_is_part_of_an_entry_corrects_that_entry(home):
    assert opened(home).entries["title"].iloc[5] == "Placements and Moves"
    correct(home, 10, "title", "Placements")
    assert opened(home).entries["title"].iloc[5] == "Placements"
    correct(home, 10, "kind", "chapter")
    correct(home, 10, "title", "Moves")
    assert opened(home).entries["title"].tolist()[5:7] == ["Placements", "Moves"]


def test_a_line_that_was_not_read_as_an_entry_becomes_one(home):
    (home / "contents.txt").write_text(PAGE + "\nThis page is kept by the safeguarding team.\n", encoding="utf-8")
    assert opened(home).lines["role"].iloc[-1] == "note"
    correct(home, 13, "title", "Team")
    assert opened(home).corrections["applied"].tolist() == [False]
    correct(home, 13, "kind", "chapter")
    correct(home, 13, "title", "Team")
    manual = opened(home)
    assert rows(manual, "line", "kind", "title", "section")[-1] == (13, "chapter", "Team", "Care")
    assert manual.corrections["applied"].tolist() == [False, True, True]


def test_council_and_edition_of_the_page(home):
    record_correction(home / "corrections.csv", "council", "Southwick")
    record_correction(home / "corrections.csv", "edition", "2023-11")
    manual = pm.open_library(home.parents[1], cache=False).manual("Southwick")
    assert (manual.edition, set(manual.entries["edition"])) == ("2023-11", {"2023-11"})


def test_the_later_of_two_holds_until_it_is_undone(home):
    correct(home, 4, "title", "Files")
    correct(home, 4, "title", "Records")
    assert opened(home).entries["title"].iloc[2] == "Records"
    last = read_corrections(home / "corrections.csv").iloc[-1].to_dict()
    withdraw_correction(last, home / "corrections.csv")
    assert opened(home).entries["title"].iloc[2] == "Files"
    with pytest.raises(CorrectionError, match="the file does not have this"):
        withdraw_correction(last, home / "corrections.csv")


def test_a_line_that_changed_is_not_corrected_and_is_reported(home):
    correct(home, 4, "title", "Records")
    (home / "contents.txt").write_text(PAGE.replace("1.2 Recods", "1.2 Reviews"), encoding="utf-8")
    manual = opened(home)
    assert manual.entries["title"].iloc[2] == "Reviews"
    assert manual.corrections["applied"].tolist() == [False]
    TABLES["notices"].check(manual.notices)
    assert manual.notices[["line", "notice", "detail"]].values.tolist() == [
        [
            4,
            "correction not applied",
            "the words of the line have changed since its title was corrected; they were '1.2 Recods'",
        ]
    ]


def test_a_line_that_moved_is_corrected_where_it_is_now(home):
    correct(home, 4, "title", "Records")
    (home / "contents.txt").write_text("\n\n" + PAGE, encoding="utf-8")
    assert rows(opened(home), "line", "title")[2] == (6, "Records")


def test_words_that_two_lines_share_are_told_apart_by_the_line_alone(home):
    (home / "contents.txt").write_text(PAGE + "2.3 Leaving\n2.3 Leaving\n", encoding="utf-8")
    correct(home, 13, "title", "Left")
    assert opened(home).entries["title"].tolist()[-2:] == ["Leaving", "Left"]
    (home / "contents.txt").write_text("\n\n\n" + PAGE + "2.3 Leaving\n2.3 Leaving\n", encoding="utf-8")
    assert opened(home).corrections["applied"].tolist() == [False]


def test_kept_when_the_page_is_replaced(home, tmp_path):
    correct(home, 4, "title", "Records")
    page = tmp_path / "new.txt"
    page.write_text(PAGE + "2.3 Money\n", encoding="utf-8")
    add_manual(page, "Northwick", folder=home.parents[1], edition="2024-06", replace=True)
    titles = opened(home).entries["title"].tolist()
    assert (titles[2], titles[-1]) == ("Records", "Money")


def test_the_cache_notices_a_change_of_the_file(home, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    assert opened(home, cache).entries["title"].iloc[2] == "Recods"
    correct(home, 4, "title", "Records")
    assert opened(home, cache).entries["title"].iloc[2] == "Records"
    monkeypatch.setattr(holdings, "read", lambda files: pytest.fail("it was read again"))
    manual = opened(home, cache)
    assert manual.entries["title"].iloc[2] == "Records"
    assert manual.corrections["value"].tolist() == ["Records"]
    monkeypatch.undo()
    (home / "corrections.csv").unlink()
    assert opened(home, cache).entries["title"].iloc[2] == "Recods"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("cut", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_spreadsheets_save_it(home, mark, cut, end):
    table = [
        COLUMNS,
        ("2026-01-02", "4", "1.2 Recods", "title", "Records"),
        ("", "", "", "edition", "2023-11"),
        ("",) * 5,
    ]
    text = mark + "".join(cut.join(row) + end for row in table)
    (home / "corrections.csv").write_text(text, encoding="utf-8", newline="")
    manual = opened(home)
    assert (manual.entries["title"].iloc[2], manual.edition) == ("Records", "2023-11")
    assert TABLES["corrections"].check(manual.corrections)["applied"].all()


def test_formulas_are_kept_as_text(home):
    (home / "contents.txt").write_text(PAGE + "=cmd() Money\n", encoding="utf-8")
    correct(home, 12, "kind", "chapter")
    correct(home, 12, "title", "@Home")
    cells = [c for row in (home / "corrections.csv").read_text("utf-8").splitlines() for c in row.split(",")]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    manual = opened(home)
    assert manual.entries["title"].iloc[-1] == "@Home"
    assert manual.corrections["words"].tolist() == ["=cmd() Money"] * 2


@pytest.mark.parametrize(
    ("field", "value", "line", "words", "reason"),
    [
        ("titel", "Records", 4, "1.2 Recods", "the field must be one of"),
        ("kind", "part", 4, "1.2 Recods", "the kind must be one of"),
        ("status", "Old", 4, "1.2 Recods", "the status must be New or Updated"),
        ("date", "12/02/2025", 4, "1.2 Recods", "not a date such as"),
        ("date", "2025-02-30", 4, "1.2 Recods", "not a date such as"),
        ("edition", "2025-02-03", None, "", "not a month"),
        ("council", "", None, "", "needs a name"),
        ("council", "Ayle", 4, "1.2 Recods", "leave line and words empty"),
        ("title", "Records", None, "", "needs the line number and the line's words"),
        ("join", "yes", 4, "1.2 Recods", "takes no value"),
        ("title", "x" * 2_001, 4, "1.2 Recods", "longer than 2,000 characters"),
    ],
)
def test_what_cannot_be_applied_is_refused(home, field, value, line, words, reason):
    path = home / "corrections.csv"
    with pytest.raises(CorrectionError, match=reason):
        record_correction(path, field, value, line=line, words=words)
    assert not path.exists()
    path.write_text(f"{','.join(COLUMNS)}\n,{line or ''},{words},{field},{value}\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=f"line 2: .*{reason}"):
        read_corrections(path)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert len(pm.open_library(home.parents[1], cache=False).problems) == 1
    assert "corrections.csv, line 2" in str(said[0].message)


def test_a_long_line_is_known_by_its_first_2000_characters(home):
    (home / "contents.txt").write_text(PAGE + "2.3 " + "x" * 3_000 + "\n", encoding="utf-8")
    correct(home, 12, "title", "Money")
    assert opened(home).entries["title"].iloc[-1] == "Money"
    assert len(read_corrections(home / "corrections.csv")["words"].iloc[0]) == 2_000


def test_several_writers_lose_nothing(home):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: correct(home, 4, "title", f"Title {at}"), range(20)))
    assert sorted(read_corrections(home / "corrections.csv")["value"]) == sorted(f"Title {at}" for at in range(20))


def test_a_correction_while_the_page_is_replaced_is_not_lost(home, tmp_path):
    page = tmp_path / "new.txt"
    page.write_text(PAGE, encoding="utf-8")

    def work(at: int) -> None:
        if at % 2:
            add_manual(page, "Northwick", folder=home.parents[1], edition="2024-06", replace=True)
        else:
            record_correction(home / "corrections.csv", "title", f"Title {at}", line=4, words="1.2 Recods")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(20)))
    assert len(read_corrections(home / "corrections.csv")) == 10


def test_lines_of_one_number_are_told_apart_by_words(home):
    (home / "contents.txt").unlink()
    items = "".join(f"<li>{text}</li>" for text in ["1.1 Consent", "1.2 Recods", "1.3 Visits", "1.4 Money"])
    (home / "contents.html").write_text(f"<h2>1. All Children</h2><ul>{items}</ul>", encoding="utf-8")
    manual = opened(home)
    with pytest.raises(CorrectionError, match="give some words"):
        line_of(manual, 1)
    line, words = line_of(manual, 1, "recods")
    record_correction(home / "corrections.csv", "title", "Records", line=line, words=words)
    assert opened(home).entries["title"].tolist() == ["All Children", "Consent", "Records", "Visits", "Money"]


def test_without_a_change_every_entry_keeps_its_place(root):
    pages = [*(root / "tests/pages").glob("*.*ml"), *(root / "tests/pages").glob("*.txt")]
    assert len(pages) > 100
    for path in pages:
        page = open_page(path)
        lines = lines_of(page.text, page.html, page.name)
        contents = read_contents(lines)
        assert _Page(lines, contents).placed() == contents.entries, path


def test_the_panel_counts_them_and_says_what_they_are(home):
    correct(home, 4, "title", "<b>Records")
    correct(home, 5, "note", "")
    correct(home, 7, "not an entry")
    (home / "contents.txt").write_text(PAGE.replace("Visits", "Reviews"), encoding="utf-8")
    shown = ManualPanel(pm.open_library(home.parents[1], cache=False))._notices.value
    assert "<summary>3 corrections of this page by a person</summary>" in shown
    assert "<li>2026-01-02, line 4, title: &lt;b&gt;Records</li>" in shown
    assert "<li>2026-01-02, line 5, note: none (not applied: see below)</li>" in shown
    assert "<li>2026-01-02, line 7, not an entry</li>" in shown
    (home / "corrections.csv").unlink()
    assert "correction" not in ManualPanel(pm.open_library(home.parents[1], cache=False))._notices.value


def test_a_section_that_was_joined_and_is_one_again_stands_at_the_top():
    lines = lines_of(PAGE, html=False)
    (care,) = (line for line in lines if line.text == "2. Care")
    said = [Correction("2026-01-02", care.line, care.text, *each) for each in (("join", ""), ("kind", "section"))]
    contents, applied, _ = correct_contents(lines, read_contents(lines), said)
    assert applied == [True, True]
    (again,) = (entry for entry in contents.entries if entry.line == care.line)
    assert (again.kind, again.depth, again.parent, again.section) == ("section", 1, 0, "Care")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_corrected_every_entry_has_a_place_and_a_line(root, seed):
    rng = random.Random(seed)
    for path in sorted((root / "tests/pages").glob("*.txt"))[seed::5]:
        lines = lines_of(path.read_text("utf-8"), html=False)
        said = []
        for line in rng.choices([line for line in lines if line.text], k=8):
            field = rng.choice(["kind", "not an entry", "join", "title"])
            value = {"kind": rng.choice(KINDS), "title": "Records"}.get(field, "")
            said.append(Correction("2026-01-02", line.line, words_of(line.text), field, value))
        contents, applied, notices = correct_contents(lines, read_contents(lines), said)
        assert contents.roles.count("entry") == len(contents.entries)
        assert len(notices) == applied.count(False)
        for position, entry in enumerate(contents.entries, 1):
            above = contents.entries[entry.parent - 1] if entry.parent else None
            assert 0 <= entry.parent < position
            assert entry.depth == (above.depth + 1 if above else 1)
            assert entry.kind != "section" or not above


def command(home: Path, *arguments: str) -> int:
    return main(["correct", "Northwick", "--library", str(home.parents[1]), *arguments])


def test_the_command_shows_the_entry_before_and_after(home, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    assert command(home, "--line", "4", "--title", "Records") == 0
    assert capsys.readouterr().out.splitlines() == [
        "before: line 4: kind 'chapter', number '1.2', title 'Recods'",
        "after:  line 4: kind 'chapter', number '1.2', title 'Records'",
    ]
    assert command(home, "--line", "4", "--not-an-entry") == 0
    assert "after:  line 4: not an entry (note)" in capsys.readouterr().out
    assert command(home, "--line", "4", "--undo") == 0
    assert "after:  line 4: kind 'chapter', number '1.2', title 'Records'" in capsys.readouterr().out
    assert command(home) == 0
    assert capsys.readouterr().out == "Northwick, 2024-06: 1 correction\n  line    4  title: Records\n"
    assert command(home, "--page-edition", "2023-11") == 0
    assert "after:  Northwick, 2023-11" in capsys.readouterr().out


def test_the_command_keeps_no_correction_that_cannot_be_applied(home, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("PROCMAN_CACHE", str(tmp_path / "cache"))
    record_correction(
        home / "corrections.csv", "title", "Money", line=11, words="2.2 Costs"
    )  # the words are others now
    assert command(home, "--line", "1", "--join") == 1
    assert "no entry above" in capsys.readouterr().err
    assert read_corrections(home / "corrections.csv")["words"].tolist() == ["2.2 Costs"]
    assert command(home, "--line", "4", "--undo") == 1
    assert "there is no correction of line 4" in capsys.readouterr().err
    assert command(home, "--line", "2", "--title", "X") == 1
    assert "the page has nothing on this line" in capsys.readouterr().err


def test_the_command_knows_a_council_by_any_of_its_names_and_says_what_may_be_meant(home, capsys):
    library = ["--library", str(home.parents[1])]
    assert main(["correct", "northwick", *library]) == 0
    assert capsys.readouterr().out.startswith("Northwick, 2024-06: 0 corrections")
    assert main(["correct", "Nortwick", *library]) == 1
    assert (
        "Nortwick: no council has this name, here or in the directory. Did you mean Northwick"
        in capsys.readouterr().err
    )
