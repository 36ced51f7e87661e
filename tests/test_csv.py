"""CSV for spreadsheets never has a formula, and reads back unchanged."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from procman.figures.save import as_csv
from procman.files import neutral, restored
from procman.library.decisions import read_decisions, record_decision
from procman.reports.sheets import safe_text

STARTS = "=+-@＝＋－＠"
titles = st.text(st.one_of(st.sampled_from(f"{STARTS}' \t\r\n\xa0;,\"a"), st.characters(codec="utf-8")), max_size=12)


def runs(cell: str) -> bool:
    return cell.lstrip().startswith(tuple(STARTS)) or cell.startswith(("\t", "\r", "\n"))


@given(titles)
@example("'=1+1")
@example("''=1+1")
@example(" ＝1+1")
def test_neutral_is_undone(text):
    assert not runs(neutral(text))
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("title", ["Consent", "'Staying Put' Policy", "16+ Team", "Section 47 Enquiries", "’=’", ""])
def test_a_title_that_is_no_formula_is_left_alone(title):
    assert neutral(title) == restored(title) == title


@given(titles, titles)
def test_no_cell_of_a_table_is_a_formula(name, title):
    written = as_csv(pd.DataFrame({name: [title, "fine"], "change": [-1, 2]}))
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) == 3
    assert not any(runs(cell) for row in rows for cell in row if cell != "-1")
    assert not runs(safe_text(title))


@given(st.lists(titles.filter(lambda title: any(letter.isalpha() for letter in title)), min_size=2, max_size=4))
def test_decisions_are_read_back_as_written(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("decisions") / "decisions.csv"
    written = record_decision("accepted", words[0], words[1], words[-1], left_council=words[-1], path=path)
    assert read_decisions(path).equals(written)
    with path.open(encoding="utf-8", newline="") as file:
        assert not any(runs(cell) for row in csv.reader(file) for cell in row)
