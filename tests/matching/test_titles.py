"""Titles in comparable form, and the wordings file itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procman.errors import TableError
from procman.matching.titles import CHAPTERS, TERMS, Wording, Wordings, read_wordings, singular, wordings
from procman.words import plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LAC Reviews", "Looked After Children Review"),
        ("Children in Care Reviews", "Cared for Children's Reviews"),
        ("Placements with Connected Persons", "Placement with Kinship Carers"),
        ("SGO Support", "Support for Special Guardians"),
        ("Whistle-blowing", "Whistleblowing Policy and Procedure"),
        ("Inter-Country Adoption", "Intercountry adoptions"),
        ("UASC", "Unaccompanied Asylum Seeking Children (Norfolk Safeguarding Children Partnership)"),
        ("Levels of Need (October 2013)", "MKSCB Levels of Need – v2"),
        ("Letter Before Proceedings (LBP)", "Letter before proceedings"),
    ],
)
def test_wordings_of_one_thing_have_one_key(one: str, other: str) -> None:
    assert wordings().form(one).key == wordings().form(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contact with Parents and Siblings", "Contacts and Referrals"),
        ("Contacts and Referrals", "Local Contacts"),
        ("Foster Carer Records", "Recording by Foster Carers"),
        ("Holidays in the UK", "Holidays Outside the UK"),
        ("Kinship Care", "Kinship Carers"),
        ("Support (ADHD)", "Support"),
    ],
)
def test_look_alikes_keep_apart(one: str, other: str) -> None:
    assert wordings().form(one).key != wordings().form(other).key


def test_a_title_of_stock_words_only_is_still_itself() -> None:
    assert wordings().form("Policies and Procedures").key == ("policies and procedures",)


@given(st.text(max_size=200))
def test_any_text_has_a_form(title: str) -> None:
    form = wordings().form(title)
    assert form.key
    assert set(form.tokens) >= set().union(*form.parts) if len(form.parts) == 1 else True


@given(st.text(max_size=200))
def test_plain_is_settled(title: str) -> None:
    assert plain(plain(title)) == plain(title)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_singular_never_empties_a_word(word: str) -> None:
    assert singular(word)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        *(("dogs", "dog"), ("gas", "gas"), ("pies", "pie"), ("flies", "fly"), ("matches", "match"), ("dishes", "dish"), ("boxes", "box")),
        *(("glasses", "glass"), ("glass", "glass"), ("status", "status"), ("crisis", "crisis"), ("wives", "wife"), ("series", "series")),
    ],
)  # fmt: skip
def test_a_plural_ending_goes(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_a_title_has_twenty_parts_each_of_its_own_words() -> None:
    form = wordings().form("Support (ADHD) including Kites: Policy; LAC")
    assert form.parts == (("support",), ("adhd",), ("kite",), ("looked after child",))
    assert form.words == ("support", "adhd", "kite", "lac")
    names = [f"harbour{letter}" for letter in "abcdefghijklmnopqrtuvwxyz"]
    assert wordings().form("; ".join(names)).parts == tuple((name,) for name in names[:20])
    assert wordings().form("Letter Before Proceedings (LBP)").parts == (("letter", "before", "proceeding"),)


def test_a_term_beats_a_stock_phrase_and_a_longer_phrase_a_shorter() -> None:
    rows = [
        ("", "harbour rota", "stock phrase"),
        ("Quay", "harbour rota", "renaming"),
        ("Pier", "harbour", "variant"),
        ("Mole", "harbour", "variant"),
    ]
    rows += [("", "city of kites", "hosting body"), ("", "local team", "weak word")]
    known = Wordings.of(Wording(*row, "made up") for row in rows)
    assert known.tokens("Harbour Rotas of the Harbour, City of Kites Local Team; Quay Mole") == (
        *("Quay", "of", "the", "Pier", "local team", "Quay", "Mole"),
    )
    assert known.bare("City of Kites Harbour") == ("city", "of", "kite", "harbour")
    assert (known.weak, known.distinct, known.audience) == (frozenset({"local team"}), frozenset(), frozenset())


def test_other_scripts_are_kept() -> None:
    assert wordings().form("儿童保护 程序").key == ("儿童保护", "程序")


def test_every_row_has_a_source_and_is_there_once() -> None:
    rows = wordings().rows
    assert all(row.source for row in rows)
    assert len(rows) == len(set(rows))
    assert {row.kind for row in rows} >= {"abbreviation", "renaming", "local name", "stock phrase", "hosting body"}


def test_an_abbreviation_or_renaming_has_one_concept() -> None:
    meaning: dict[str, set[str]] = {}
    for row in wordings().rows:
        if row.kind in TERMS:
            meaning.setdefault(plain(row.wording), set()).add(row.concept)
    assert {wording: concepts for wording, concepts in meaning.items() if len(concepts) > 1} == {}


def test_a_look_alike_is_not_also_a_chapter_title() -> None:
    by_kind = {kind: {plain(r.wording) for r in wordings().rows if r.kind == kind} for kind in CHAPTERS}
    assert by_kind["look-alike"] & (by_kind["chapter title"] | by_kind["local name"]) == set()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("concept,wording\n", 1),
        ("concept,wording,kind,source\na,b,chapter title,s\na,b,guess,s\n", 3),
        ("concept,wording,kind,source\n,b,renaming,s\n", 2),
        ("concept,wording,kind,source\n,b,chapter title,s\n", 2),
        ("concept,wording,kind,source\na,,renaming,s\n", 2),
        ("concept,wording,kind,source\na,b,renaming,s\na,b,renaming,s,t\n", 3),
        ("concept,wording,kind,source\na,Children’s,renaming,s\n", 2),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "wordings.csv"
    path.write_text(text, encoding="cp1252")
    with pytest.raises(TableError) as caught:
        read_wordings(path)
    assert caught.value.line == line


def test_without_the_data_beside_it_procman_says_so(tmp_path: Path, root: Path) -> None:
    shutil.copytree(root / "procman", tmp_path / "procman", ignore=shutil.ignore_patterns("__pycache__"))
    for work in (
        "import pandas as pd, procman; titles = pd.DataFrame({'title': ['Consent']}); procman.align(titles, titles)",
        "from procman.measures.duties import read_duties; read_duties()",
    ):
        run = subprocess.run([sys.executable, "-c", work], cwd=tmp_path, capture_output=True, text=True)
        assert run.stderr.splitlines()[-1].startswith("procman.errors.ProcmanError: ")
        assert "data files are missing: install procman again" in run.stderr


def test_a_file_that_a_spreadsheet_saved_is_read_and_one_that_is_gone_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wordings.csv"
    path.write_bytes(b"\xef\xbb\xbfconcept;wording;kind;source\r\nRecord;file;renaming\r\n;;;\r\n")
    assert read_wordings(path).rows == (Wording("Record", "file", "renaming", ""),)
    with pytest.raises(TableError, match=r"none\.csv: cannot be read"):
        read_wordings(tmp_path / "none.csv")
