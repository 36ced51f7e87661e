"""Decisions are recorded in one step and never lost, and contradictions are reported."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from procman import files as writing
from procman.errors import ProcmanError
from procman.library.decisions import COLUMNS, DecisionError, conflicts, in_force, read_decisions, record_decision

DAY = date(2026, 1, 2)


def table(*rows: tuple[str, str, str]) -> pd.DataFrame:
    values = [("2026-01-02", verdict, "", left, "", right, "because") for verdict, left, right in rows]
    return pd.DataFrame(values, columns=list(COLUMNS), dtype="str")


def test_the_file_in_the_repository_can_be_read() -> None:
    assert list(read_decisions().columns) == list(COLUMNS)


def test_recorded_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    record_decision("accepted", '=Staying, "Put"', "@Home", "-so\nit is", left_council="Ayshire", on=DAY, path=path)
    assert read_decisions(path).values.tolist() == [
        ["2026-01-02", "accepted", "Ayshire", '=Staying, "Put"', "", "@Home", "-so it is"]
    ]
    text = path.read_text(encoding="utf-8")
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in text.splitlines() for cell in line.split(","))
    assert [file.name for file in tmp_path.iterdir()] == ["decisions.csv"]


@pytest.mark.parametrize("field", ["left_title", "reason", "right_council"])
def test_what_is_too_long_is_refused_and_nothing_is_written(tmp_path: Path, field: str) -> None:
    path = tmp_path / "decisions.csv"
    said = {"left_title": "Staying Put", "right_title": "Staying put policy", "reason": "the same"}
    record_decision("accepted", **{**said, field: "x" * 2_000}, on=DAY, path=path)
    before = path.read_bytes()
    with pytest.raises(DecisionError, match=r"longer than 2,000 characters"):
        record_decision("accepted", **{**said, field: "x" * 2_001}, on=DAY, path=path)
    assert path.read_bytes() == before
    assert len(read_decisions(path)) == 1


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: record_decision("accepted", f"Title {at}", "Other", "r", path=path), range(20)))
    assert sorted(read_decisions(path)["left_title"]) == sorted(f"Title {at}" for at in range(20))


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "decisions.csv"
    record_decision("accepted", "A", "B", "r", path=path)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(ProcmanError, match=r"decisions\.csv: cannot be written \(disk full\)"):
        record_decision("rejected", "C", "D", "r", path=path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["decisions.csv"]


RECORD = """
import sys
from procman.library.decisions import record_decision
for number in range(10):
    record_decision("accepted", f"Title {sys.argv[2]}{number}", "Other", "r", path=sys.argv[1])
"""


def test_two_processes_lose_nothing(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "decisions.csv"
    writers = [subprocess.Popen([sys.executable, "-c", RECORD, str(path), name], cwd=root) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert sorted(read_decisions(path)["left_title"]) == [f"Title {name}{n}" for name in "ab" for n in range(10)]


def test_a_held_lock_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    path = tmp_path / "decisions.csv"
    with writing.locked(path), pytest.raises(ProcmanError, match=r"decisions\.csv: another program has been writing"):
        record_decision("accepted", "A", "B", "r", path=path)


DIE = """
import os, signal, sys
from procman.library import decisions
decisions.write_whole = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
decisions.record_decision("accepted", "A", "B", "r", path=sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    path = tmp_path / "decisions.csv"
    assert subprocess.run([sys.executable, "-c", DIE, str(path)], cwd=root).returncode == -signal.SIGKILL
    assert len(record_decision("accepted", "C", "D", "r", path=path)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["decisions.csv"]


HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEAD}\r\n02/01/2026,accepted,,Consent,,Capacity,the same\r\n",
        f"{HEAD};;\n02/01/2026,accepted,,Consent,,Capacity,the same\n".replace(",", ";"),
        f'{HEAD}\r\n02/01/2026,accepted,,Consent,,Capacity,"the\r\nsame"\r\n',
        f"{HEAD},,\n02/01/2026,accepted,,Consent,,Capacity,the same,,\n,,,,,,,,\n\n",
    ],
    ids=["mark and CRLF", "semicolons", "line break in quotes", "empty cells and rows"],
)
def test_a_file_that_a_spreadsheet_saved_is_read_and_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8", newline="")
    read = read_decisions(path)
    assert read.values.tolist() == [["02/01/2026", "accepted", "", "Consent", "", "Capacity", "the same"]]
    record_decision("rejected", "A", "B", "r", path=path)
    assert read_decisions(path)[:1].equals(read)


@pytest.mark.parametrize(
    ("verdict", "left", "right"), [("maybe", "A", "B"), ("accepted", "", "B"), ("accepted", "A", "?")]
)
def test_what_is_not_a_decision_is_refused(tmp_path: Path, verdict: str, left: str, right: str) -> None:
    with pytest.raises(DecisionError):
        record_decision(verdict, left, right, "r", path=tmp_path / "decisions.csv")
    assert not (tmp_path / "decisions.csv").exists()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a,b\n", 1, "the columns must be"),
        (f"{HEAD}\n2026-01-01,perhaps,,A,,B,r\n", 2, "accepted or rejected"),
        (f"{HEAD}\n2026-01-01,accepted,,A,,B,r\n2026-01-01,accepted\n", 3, "needs two titles"),
        (f"{HEAD}\n2026-01-01,accepted,,A,,B,r,by whom\n", 2, "8 cells for 7 columns"),
        (f"{HEAD}\n2026-01-01,accepted,,Children’s,,B,r\n", 2, "CSV UTF-8"),
        (f"{HEAD}\n2026-01-01,accepted,,A,,B,{'r' * 200_000}\n", 2, "not a CSV file"),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="cp1252")
    before = path.read_bytes()
    for work in (lambda: read_decisions(path), lambda: record_decision("accepted", "A", "B", "r", path=path)):
        with pytest.raises(DecisionError, match=reason) as caught:
            work()
        assert caught.value.line == line
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="not a file"):
        read_decisions(tmp_path)


def test_the_last_word_holds_and_the_change_is_reported() -> None:
    said = table(("accepted", "A one", "B two"), ("rejected", "B Two", "A One"))
    assert [decision.accepted for decision in in_force(said)] == [False]
    assert conflicts(said)["problem"].tolist() == ["decided both ways; the later one applies"]


def test_a_rejection_inside_a_chain_of_acceptances_is_reported() -> None:
    said = table(("accepted", "A", "B"), ("accepted", "B", "C"), ("rejected", "A", "C"))
    assert conflicts(said)[["left_title", "right_title"]].values.tolist() == [["a", "c"]]


def test_no_conflicts_in_plain_decisions() -> None:
    assert conflicts(table(("accepted", "A", "B"), ("rejected", "A", "C"))).empty
