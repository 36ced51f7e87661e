"""Decisions: recorded at once or not at all, never lost, contradictions reported."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procman import decisions
from procman.decisions import (
    COLUMNS,
    DecisionError,
    conflicts,
    in_force,
    neutral,
    read_decisions,
    record_decision,
    restored,
)

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


@given(st.text(max_size=30))
def test_neutral_is_undone(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


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

    monkeypatch.setattr(decisions.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        record_decision("rejected", "C", "D", "r", path=path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["decisions.csv"]


def test_a_held_lock_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "PATIENCE", 0.05)
    (tmp_path / "decisions.csv.lock").touch()
    with pytest.raises(DecisionError, match=r"decisions\.csv\.lock"):
        record_decision("accepted", "A", "B", "r", path=tmp_path / "decisions.csv")


@pytest.mark.parametrize(
    ("verdict", "left", "right"), [("maybe", "A", "B"), ("accepted", "", "B"), ("accepted", "A", "?")]
)
def test_what_is_not_a_decision_is_refused(tmp_path: Path, verdict: str, left: str, right: str) -> None:
    with pytest.raises(DecisionError):
        record_decision(verdict, left, right, "r", path=tmp_path / "decisions.csv")
    assert not (tmp_path / "decisions.csv").exists()


@pytest.mark.parametrize(("text", "line"), [("a,b\n", 1), (",".join(COLUMNS) + "\n2026-01-01,perhaps,,A,,B,r\n", 2)])
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError) as caught:
        read_decisions(path)
    assert caught.value.line == line


def test_the_last_word_holds_and_the_change_is_reported() -> None:
    said = table(("accepted", "A one", "B two"), ("rejected", "B Two", "A One"))
    assert [decision.accepted for decision in in_force(said)] == [False]
    assert conflicts(said)["problem"].tolist() == ["decided both ways; the later holds"]


def test_a_rejection_inside_a_chain_of_acceptances_is_reported() -> None:
    said = table(("accepted", "A", "B"), ("accepted", "B", "C"), ("rejected", "A", "C"))
    assert conflicts(said)[["left_title", "right_title"]].values.tolist() == [["a", "c"]]


def test_no_conflicts_in_plain_decisions() -> None:
    assert conflicts(table(("accepted", "A", "B"), ("rejected", "A", "C"))).empty
