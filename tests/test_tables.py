"""Declarations of tables: what they check, and that the data dictionary agrees."""

from __future__ import annotations

import subprocess
import sys

import pytest

import procman as pm
from procman.errors import TableError
from procman.reading.page import CONTENTS_SUFFIXES
from procman.reports.dictionary import data_dictionary
from procman.tables import TABLES, columns


@pytest.fixture
def entries(root):
    return pm.read_manual(root / "data/manuals/oxfordshire/2017-07").entries


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda t: t.drop(columns="title"), "no column 'title'"),
        (lambda t: t.assign(position=t["position"].astype(str)), "position is str, not int64"),
        (lambda t: t.assign(kind="heading"), "kind holds 'heading'"),
        (lambda t: t.assign(status="new"), "status holds 'new'"),
        (lambda t: t.assign(kind=t["kind"].where(t["position"] > 1)), "kind has missing cells"),
    ],
)
def test_a_broken_table_is_refused(entries, spoil, reason):
    with pytest.raises(TableError, match=reason):
        TABLES["entries"].check(spoil(entries), "here")


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_keeps_its_columns_and_types(name):
    assert TABLES[name].check(TABLES[name].frame([])).empty


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_meaning_and_example(name):
    for column in TABLES[name].columns:
        assert column.meaning
        assert column.example
        assert not column.allowed or column.example in column.allowed


def test_a_table_takes_headings_from_its_fields():
    assert [field.heading for field in columns("see_also?", "left_title?")] == ["Cross references", "Left title"]


def test_aligned_tables_keep_their_declarations(root):
    library = pm.open_library(root / "data/manuals")
    left, right = library.manual("Milton Keynes").entries, library.manual("Oxfordshire").entries
    TABLES["matches"].check(pm.align(left, right))
    TABLES["chapters with topics"].check(pm.topics(library.entries))
    TABLES["decisions"].check(pm.read_decisions())


def test_data_readme_lists_what_stands_beside_it(root):
    listed = (root / "data/README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert [path.name for path in (root / "data").glob("*.csv") if f"| `{path.name}` |" not in listed] == []
    (pages,) = [line for line in listed.splitlines() if "/contents." in line]
    assert [suffix for suffix in CONTENTS_SUFFIXES if suffix not in pages] == []


def test_data_readme_holds_the_dictionary(root):
    assert data_dictionary() in (root / "data/README.md").read_text(encoding="utf-8"), (
        "run: python -m procman dictionary --write data/README.md"
    )


def test_importing_procman_loads_nothing_heavy():
    code = "import sys, procman; print(sorted(m for m in ('pandas', 'numpy', 'matplotlib', 'lxml', 'sklearn', 'httpx', 'ipywidgets') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", pm.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(pm, name).__doc__


def test_no_module_takes_a_public_name(root):
    modules = {path.stem for path in (root / "procman").iterdir()}
    assert not modules & set(pm.__all__)


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="No procman attribute dance"):
        pm.dance  # noqa: B018
