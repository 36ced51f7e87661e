"""A folder of manuals: what is found, kept and refused."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import sys
import warnings
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, nullcontext
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pytest

import procman as pm
from procman.errors import LibraryError, ProcmanError
from procman.library import cache, holdings
from procman.library import library as room
from procman.library.decisions import DECISIONS, record_decision
from procman.reports.workbook import write_workbook
from procman.tables import TABLES
from tests import synthetic

PAGE = "1. All Children\n1.1 Consent New\n1.2 Records\n"


@pytest.fixture
def folder(root, tmp_path):
    shutil.copytree(root / "data/manuals", tmp_path / "manuals")
    return tmp_path / "manuals"


def test_both_seeds(root):
    library = pm.open_library(root / "data/manuals")
    manuals = TABLES["manuals"].check(library.manuals).set_index("council")
    assert manuals["gss_code"].to_dict() == {"Milton Keynes": "E06000042", "Oxfordshire": "E10000025"}
    assert manuals.loc[
        "Oxfordshire", ["sections", "subsections", "chapters", "see_also", "new", "updated", "unread"]
    ].tolist() == [6, 25, 129, 12, 4, 22, 0]
    assert manuals.loc[
        "Milton Keynes", ["sections", "subsections", "chapters", "see_also", "new", "updated", "unread"]
    ].tolist() == [7, 21, 124, 12, 6, 6, 0]
    assert len(TABLES["entries"].check(library.entries)) == 164 + 172
    assert TABLES["library amendments"].check(library.amendments).empty


def test_a_new_folder_shows_up(folder):
    home = folder / "northwick" / "2024-06"
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    (home / "amendments.txt").write_text(
        "June 2024\nUpdated Chapters\nConsent\nThis chapter has been refreshed.\n", encoding="utf-8"
    )
    library = pm.open_library(folder)
    assert library.manuals["council"].tolist() == ["Milton Keynes", "Northwick", "Oxfordshire"]
    amendments = TABLES["library amendments"].check(library.amendments)
    assert amendments[["council", "manual_edition", "chapter", "position"]].values.tolist() == [
        ["Northwick", "2024-06", "Consent", 2]
    ]


def test_add_keeps_the_page_untouched(folder):
    content = "1. A\r\n1.1 Children’s Consent\r\n".encode("cp1252")
    home = room.add_manual(content, "Bournemouth, Christchurch & Poole", folder=folder, edition="2024-06")
    assert home == folder / "bournemouth-christchurch-poole" / "2024-06"
    assert (home / "contents.txt").read_bytes() == content
    manual = pm.open_library(folder).manual("Bournemouth, Christchurch & Poole")
    assert manual.edition == "2024-06"
    assert manual.entries["title"].tolist() == ["A", "Children’s Consent"]


def test_a_second_edition_stands_beside_the_first(folder):
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    room.add_manual(io.StringIO(PAGE + "1.3 Complaints\n"), "Northwick", folder=folder, edition="2024-12")
    library = pm.open_library(folder)
    assert len(library.manual("Northwick").entries) == 4
    assert len(library.manual("Northwick", "2024-06").entries) == 3


def test_nothing_is_overwritten_unless_asked(folder):
    home = room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    (home / "amendments.txt").write_text("kept", encoding="utf-8")
    (home / "manual.toml").write_text(
        (home / "manual.toml").read_text(encoding="utf-8") + 'gss_code = "E1"\n', encoding="utf-8"
    )
    other = io.StringIO(PAGE.replace("Consent", "Capacity"))
    with pytest.raises(LibraryError, match="already has"):
        room.add_manual(other, "Northwick", folder=folder, edition="2024-06")
    assert "Consent" in (home / "contents.txt").read_text(encoding="utf-8")
    other.seek(0)
    room.add_manual(other, "Northwick", folder=folder, edition="2024-06", replace=True)
    assert "Capacity" in (home / "contents.txt").read_text(encoding="utf-8")
    assert (home / "amendments.txt").read_text(encoding="utf-8") == "kept"
    assert room.read_facts(home / "manual.toml")["gss_code"] == "E1"


def test_a_replaced_text_page_does_not_stay_beside_its_html(folder):
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    home = room.add_manual(
        b"<h2>1. A</h2><ul><li>1.1 T</li></ul>", "Northwick", folder=folder, edition="2024-06", replace=True
    )
    assert sorted(path.name for path in home.iterdir()) == ["contents.html", "manual.toml"]


@pytest.mark.parametrize("council", ["Oxfordshire", "Northwick"])
def test_a_failed_write_leaves_no_trace(folder, monkeypatch, council):
    def fail(_):
        raise OSError("disk full")

    before = sorted(folder.rglob("*"))
    monkeypatch.setattr("procman.files.os.fsync", fail)
    with pytest.raises(LibraryError, match=r"/2024-06: cannot be written \(disk full\)$"):
        room.add_manual(io.StringIO(PAGE), council, folder=folder, edition="2024-06")
    assert sorted(folder.rglob("*")) == before


def test_what_else_stands_in_an_edition_is_kept_when_it_is_replaced(folder):
    home = room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    (home / "chapters").mkdir()
    (home / "chapters" / "consent.pdf").write_bytes(b"%PDF")
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06", replace=True)
    assert (home / "chapters" / "consent.pdf").read_bytes() == b"%PDF"


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make links")
def test_an_edition_that_is_a_link_is_replaced_and_what_it_leads_to_is_left(folder, tmp_path):
    shared = room.add_manual(io.StringIO(PAGE), "Elsewhere", folder=tmp_path / "shared", edition="2024-06")
    before = {path.name: path.read_bytes() for path in shared.iterdir()}
    home = folder / "northwick" / "2024-06"
    home.parent.mkdir()
    home.symlink_to(shared)
    for title in ("Moves", "Panels"):
        page = io.StringIO(f"1. Care\n1.1 {title}\n")
        room.add_manual(page, "Northwick", folder=folder, edition="2024-06", replace=True)
        assert pm.open_library(folder, cache=False).manual("Northwick").entries["title"].tolist() == ["Care", title]
    assert [path.name for path in home.parent.iterdir()] == ["2024-06"]
    assert {path.name: path.read_bytes() for path in shared.iterdir()} == before


def test_half_a_character_in_a_name_is_marked_as_lost(folder):
    home = room.add_manual(io.StringIO(PAGE), "North\udcffwick", folder=folder)
    assert room.read_facts(home / "manual.toml")["council"] == "North\ufffdwick"


def test_facts_that_nest_without_end_cost_no_other_manual(folder):
    (folder / "oxfordshire/2017-07/manual.toml").write_text(f"a = {'[' * 50_000}", encoding="utf-8")
    with pytest.warns(UserWarning, match="not valid TOML"):
        assert len(pm.open_library(folder, cache=False).holdings) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_no_pipe_in_a_library_is_waited_for(tmp_path):
    for name in ("manual.toml", "amendments.txt", "corrections.csv", "contents.txt"):
        home = tmp_path / name.partition(".")[0] / "2024-06"
        home.mkdir(parents=True)
        (home / "contents.txt").write_text(PAGE, encoding="utf-8")
        (home / name).unlink(missing_ok=True)
        os.mkfifo(home / name)
    with pytest.warns(UserWarning, match="left out"):
        library = pm.open_library(tmp_path, cache=False)
    assert [manual.council for manual in library] == ["Amendments", "Manual"]
    assert [reason.partition(" (")[0] for _, reason in library.problems] == [
        "the folder holds no contents.txt or contents.html",
        "cannot be read",
    ]


def test_facts_without_end_are_refused_before_they_are_read(folder):
    file = folder / "oxfordshire/2017-07/manual.toml"
    file.write_text(file.read_text("utf-8") + "# " + "x" * 100_000, encoding="utf-8")
    with pytest.warns(UserWarning, match="larger than 100 kB"):
        assert len(pm.open_library(folder, cache=False).holdings) == 1


@pytest.mark.parametrize(
    ("council", "edition", "reason"),
    [
        ("../..", None, "no letter or digit"),
        ("", None, "no letter or digit"),
        ("Northwick", "../2024", "not a month"),
        ("Northwick", "2024-13", "not a month"),
        ("Northwick", "2024-00", "not a month"),
        ("Northwick", "06-2024", "not a month"),
        ("Northwick", "July 2017", "not a month"),
        ("Northwick", "2024", "not a month"),
    ],
)
def test_names_that_are_no_names(folder, council, edition, reason):
    with pytest.raises(ProcmanError, match=reason):
        room.add_manual(io.StringIO(PAGE), council, folder=folder, edition=edition)


@pytest.mark.parametrize("council", ["../../etc/passwd", "C:\\Windows", "a/b", "~root", "NUL", "Ynys Môn"])
def test_council_names_stay_inside_the_library(folder, council):
    home = room.add_manual(io.StringIO(PAGE), council, folder=folder)
    assert home.parent.parent == folder
    assert os.path.realpath(home).startswith(os.path.realpath(folder))
    assert pm.open_library(folder).manual(council).council == council


def test_toml_survives_any_council_name(folder):
    name = 'Quote " back\\slash \x7f newline\n tab\t é'
    room.add_manual(io.StringIO(PAGE), name, folder=folder)
    assert 'Quote " back\\slash newline tab é' in pm.open_library(folder).manuals["council"].tolist()


def test_one_bad_page_does_not_stop_the_rest(folder):
    home = folder / "badshire" / "undated"
    home.mkdir(parents=True)
    (home / "contents.txt").write_bytes(b"%PDF-1.4")
    with pytest.warns(UserWarning, match="left out: .*badshire"):
        library = pm.open_library(folder)
    assert len(library.manuals) == 2
    assert library.problems[0][0].endswith("badshire/undated")
    assert "a PDF" in library.problems[0][1]


def test_a_page_is_found_whatever_its_suffix_and_one_of_no_use_is_named(folder):
    mht = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>1. A<p>1.1 B\n--x--\n"
    pages = {
        "capitals": ("contents.HTML", b"<p>1. A<p>1.1 B"),
        "archive": ("Contents.mht", mht),
        "pdf": ("contents.pdf", b"%PDF"),
    }
    for council, (name, content) in pages.items():
        (folder / council / "2024-06").mkdir(parents=True)
        (folder / council / "2024-06" / name).write_bytes(content)
    with pytest.warns(UserWarning, match="left out: .*pdf"):
        library = pm.open_library(folder)
    assert library.manuals["council"].tolist() == ["Archive", "Capitals", "Milton Keynes", "Oxfordshire"]
    assert [len(library.manual(council).entries) for council in ("Archive", "Capitals")] == [2, 2]
    assert [(Path(source).parent.name, reason) for source, reason in library.problems] == [
        ("pdf", "the folder holds no contents.txt or contents.html, and contents.pdf is neither")
    ]


def test_a_page_in_capitals_does_not_stay_beside_the_one_that_replaces_it(folder):
    home = room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    (home / "contents.txt").rename(home / "contents.TXT")
    (home / "contents.pdf").write_bytes(b"%PDF")
    room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06", replace=True)
    assert sorted(path.name for path in home.iterdir()) == ["contents.pdf", "contents.txt", "manual.toml"]
    assert len(pm.open_library(folder).manuals) == 3  # what stands beside a page is no trouble


@pytest.mark.parametrize(("text", "reason"), [("council = ", "not valid TOML"), ("council = 3", "must be text")])
def test_a_broken_manual_toml_is_named(folder, text, reason):
    (folder / "oxfordshire/2017-07/manual.toml").write_text(text, encoding="utf-8")
    with pytest.warns(UserWarning, match=reason):
        library = pm.open_library(folder)
    assert library.problems[0][0].endswith("manual.toml")


def test_no_folder_no_manuals_no_such_council(tmp_path, root):
    with pytest.raises(LibraryError, match="no such folder"):
        pm.open_library(tmp_path / "none")
    with pytest.raises(LibraryError, match="no manual here"):
        pm.open_library(tmp_path)
    with pytest.raises(LibraryError, match=r"councils here: Milton Keynes, Oxfordshire$"):
        pm.open_library(root / "data/manuals").manual("Atlantis")
    with pytest.raises(LibraryError, match=r"Oxfordshire\. Did you mean Oxfordshire\?$"):
        pm.open_library(root / "data/manuals").manual("Oxfordshir")


# --- many pages: executors and the cache ----------------------------------------------------------------------


@pytest.fixture
def many(tmp_path):
    return synthetic.write_library(tmp_path / "many", councils=5, editions=8)


def read_folders(monkeypatch) -> list[str]:
    """The folders that are read, rather than found in the cache, from now on."""
    seen: list[str] = []
    real = holdings.read

    def read(files):
        seen.append(files.folder)
        return real(files)

    monkeypatch.setattr(holdings, "read", read)
    return seen


def test_workers_read_the_same_in_the_same_order(many):
    here = pm.open_library(many, cache=False)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        there = pm.open_library(many, executor=executor, cache=False)
    assert here.entries.equals(there.entries)
    assert here.manuals.equals(there.manuals)
    assert TABLES["entries"].check(there.entries)["council"].nunique() == 5
    folders = [holding.folder for holding in there.holdings]
    assert folders == sorted(folders)
    assert there.holdings[7].manual.lines.equals(here.holdings[7].manual.lines)


@pytest.mark.parametrize("workers", [0, 2])
def test_bad_pages_among_many_are_listed_in_order(many, workers, monkeypatch):
    (many / "shire-001/2006-01/contents.txt").write_bytes(b"%PDF-1.4")
    (many / "shire-003/2007-01/contents.txt").write_text("", encoding="utf-8")
    (many / "shire-004/2008-01/manual.toml").write_text("council =", encoding="utf-8")
    with ThreadPoolExecutor(2) if workers else nullcontext() as executor, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = pm.open_library(many, executor=executor, cache=False)
    assert len(library.holdings) == 37
    assert [Path(source).relative_to(many).as_posix() for source, _ in library.problems] == [
        "shire-001/2006-01",
        "shire-003/2007-01",
        "shire-004/2008-01/manual.toml",
    ]


def test_a_fault_of_procman_on_one_page_does_not_cost_the_others(many, monkeypatch):
    def fail(files):
        if files.folder == "shire-002/2006-01":
            raise IndexError("list index out of range")
        return real(files)

    real = holdings.read
    monkeypatch.setattr(holdings, "read", fail)
    with pytest.warns(UserWarning, match="please report this"):
        library = pm.open_library(many, cache=False)
    assert len(library.holdings) == 39
    assert library.problems[0][1] == "something went wrong, please report this (IndexError: list index out of range)"


def test_a_worker_that_dies_is_reported_with_its_pages(many):
    class Dying(ThreadPoolExecutor):
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenExecutor("a process ended"))
            return future

    with Dying() as executor, pytest.raises(LibraryError, match=r"a worker died .*shire-001"):
        pm.open_library(many, executor=executor, cache=False)


def test_a_pool_that_takes_no_work_is_one_clear_error(many):
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(LibraryError, match="the executor takes no work"):
        pm.open_library(many, executor=executor, cache=False)


def test_a_council_that_is_removed_while_the_library_opens_is_left_out(many, monkeypatch):
    def gone(root: Path) -> list[Path]:
        homes = holdings.homes_of(root)
        shutil.rmtree(homes[0].parent)
        return homes

    monkeypatch.setattr(room, "homes_of", gone)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        there = pm.open_library(many, cache=False)
    assert (len(there.holdings), len(there.problems), len(said)) == (32, 8, 8)
    assert all("no such file" in reason for _, reason in there.problems), there.problems


def test_an_interrupt_cancels_what_is_waiting(many, monkeypatch):
    futures = []

    class Stopped(ThreadPoolExecutor):
        def submit(self, *_):
            future = Future()
            if not futures:
                future.set_exception(KeyboardInterrupt())
            futures.append(future)
            return future

    monkeypatch.setattr(holdings, "BATCH", 4)
    with Stopped() as executor, pytest.raises(KeyboardInterrupt):
        pm.open_library(many, executor=executor, cache=False)
    assert len(futures) == 10
    assert all(future.cancelled() for future in futures[1:])


def test_opened_again_only_what_changed_is_read(many, tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    first = pm.open_library(many, cache=kept)
    seen = read_folders(monkeypatch)
    again = pm.open_library(many, cache=kept)
    assert seen == []
    assert again.entries.equals(first.entries)
    assert again.manuals.equals(first.manuals)
    assert again.holdings[0].manual.notices.equals(first.holdings[0].manual.notices)
    page = many / "shire-002/2007-01/contents.txt"
    page.write_text(page.read_text(encoding="utf-8") + "\n9. Another Section\n", encoding="utf-8")
    (many / "shire-003/2006-07/manual.toml").write_text('council = "Third Shire"\n', encoding="utf-8")
    (many / "shire-004/2006-07/amendments.txt").write_text(
        "June 2024\nUpdated Chapters\nConsent\nThis chapter has been refreshed.\n", encoding="utf-8"
    )
    changed = pm.open_library(many, cache=kept)
    assert seen == ["shire-002/2007-01", "shire-003/2006-07", "shire-004/2006-07"]
    assert changed.manual("Third Shire").edition == "2006-07"
    assert len(changed.amendments) == 1


def test_another_reader_reads_anew(many, tmp_path, monkeypatch):
    pm.open_library(many, cache=tmp_path / "kept")
    seen = read_folders(monkeypatch)
    monkeypatch.setattr(holdings, "reader_version", lambda: b"another")
    pm.open_library(many, cache=tmp_path / "kept")
    assert len(seen) == 40


def damage_rows(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "UPDATE readings SET reading = substr(reading, 1, 50) WHERE folder < CAST('shire-002' AS BLOB)"
        )
        database.execute("UPDATE readings SET reading = 'text' WHERE CAST(folder AS TEXT) LIKE 'shire-002%'")
        database.execute("UPDATE readings SET seal = NULL WHERE CAST(folder AS TEXT) LIKE 'shire-003%'")
        database.execute("UPDATE readings SET root = x'ff00fe' WHERE CAST(folder AS TEXT) LIKE 'shire-004%'")


def put_another_programs(file):
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE readings (page TEXT)")


@pytest.mark.parametrize(
    "damage",
    [
        put_another_programs,
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b"no database at all" * 100),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 100_000),
        lambda file: file.write_bytes(b""),
        damage_rows,
    ],
    ids=["another program's", "deleted", "nonsense", "cut off", "overwritten", "emptied", "damaged rows"],
)
def test_a_broken_cache_is_an_empty_one(many, tmp_path, damage):
    kept = tmp_path / "kept"
    first = pm.open_library(many, cache=kept)
    damage(kept / "readings-2.sqlite")
    for _ in range(2):
        assert pm.open_library(many, cache=kept).entries.equals(first.entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holdings, "read", lambda files: pytest.fail(f"{files.name} is read again"))
        assert pm.open_library(many, cache=kept).entries.equals(first.entries)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the names of files are text")
def test_a_folder_whose_name_is_no_text_is_read(folder, tmp_path):
    home = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9/2024-06"))
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    for _ in range(2):
        assert len(pm.open_library(folder, cache=tmp_path / "kept").holdings) == 3


def test_a_cache_that_cannot_be_written_is_done_without(many, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert len(pm.open_library(many, cache=tmp_path / "file").holdings) == 40
    kept = tmp_path / "kept"
    pm.open_library(many, cache=kept)
    with closing(sqlite3.connect(kept / "readings-2.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cache.sqlite3, "connect", partial(sqlite3.connect, timeout=0))
            assert len(pm.open_library(many, cache=kept).holdings) == 40


def test_the_cache_forgets_manuals_and_libraries_that_are_gone(many, tmp_path):
    kept = tmp_path / "kept"
    pm.open_library(many, cache=kept)
    shutil.rmtree(many / "shire-001")
    pm.open_library(many, cache=kept)
    with closing(sqlite3.connect(kept / "readings-2.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM readings").fetchone() == (32,)
        many.rename(tmp_path / "moved")
        pm.open_library(tmp_path / "moved", cache=kept)
        assert database.execute("SELECT count(*), count(DISTINCT root) FROM readings").fetchone() == (32, 1)


def test_lines_of_a_page_that_changed_meanwhile_are_refused(many):
    library = pm.open_library(many, cache=False)
    (many / "shire-001/2006-01/contents.txt").write_text(PAGE, encoding="utf-8")
    with pytest.raises(LibraryError, match="have changed since"):
        library.holdings[0].manual.lines  # noqa: B018
    assert len(library.holdings[1].manual.lines) > 100


@pytest.mark.parametrize("left", [".adding-x1", ".replaced-2024-06"])
def test_what_a_dead_writer_left_is_mended(folder, left):
    home = room.add_manual(io.StringIO(PAGE), "Northwick", folder=folder, edition="2024-06")
    shutil.copytree(home, home.parent / left)
    if left.startswith(".replaced"):
        shutil.rmtree(home)  # as after a death between the two renames
    library = pm.open_library(folder)
    assert library.manual("Northwick").edition == "2024-06"
    assert [path.name for path in home.parent.iterdir()] == ["2024-06"]


@pytest.mark.parametrize("edition", ["06-2024", "2024", "0000-01", "２０２４-06"])
def test_a_manual_whose_facts_or_folder_name_no_month_is_a_problem(folder, edition):
    home = folder / "northwick" / edition
    home.mkdir(parents=True)
    (home / "contents.txt").write_text(PAGE, encoding="utf-8")
    (home / "manual.toml").write_text(f'edition = "{edition}"\n', encoding="utf-8")
    with pytest.warns(UserWarning, match="not a month such as 2024-06"):
        library = pm.open_library(folder, cache=False)
    assert [reason for _, reason in library.problems] == [f"edition {edition!r} is not a month such as 2024-06"]


def test_decisions_stand_beside_the_folder_and_beat_the_score_in_all_that_is_written(folder):
    """What a person decided on other manuals than procman's own holds in workbook, report and figures."""
    from procman.reports.comparison import Comparison
    from procman.reports.report import report_page
    from procman.reports.views import view

    def outputs():
        comparison = Comparison(library)
        written = folder.parent / "comparison.xlsx"
        write_workbook(library, written)
        (cover,) = [
            cell.value for cell in openpyxl.load_workbook(written)["Cover"]["A"] if "confidence" in str(cell.value)
        ]
        pairs = view("side_by_side").of(comparison, *comparison.councils)
        return pairs, view("coverage_matrix").of(comparison)["topic"].nunique(), report_page(library), cover

    library = pm.open_library(folder, cache=False)
    assert library.decisions.empty
    pairs, topics, page, cover = outputs()
    councils = {"left_council": "Milton Keynes", "right_council": "Oxfordshire"}
    record_decision("rejected", *["Private Fostering"] * 2, "a test", **councils, path=library.decisions_file)
    assert library.decisions["reason"].tolist() == ["a test"]
    apart, more, other_page, other_cover = outputs()
    assert len(apart) == len(pairs) + 1
    assert more == topics + 1
    assert other_page != page
    assert ("no pairs decided" in cover, "1 pair decided" in other_cover) == (True, True)


def test_procmans_own_manuals_have_procmans_own_decisions(root):
    assert pm.open_library(root / "data/manuals").decisions_file == DECISIONS
