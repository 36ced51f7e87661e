"""The committed figures are up to date, and figures are written in one step, repeatably and safely."""

import io
import re
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import pandas as pd
import pytest
from PIL import Image, ImageChops

from procman import open_library
from procman.errors import LibraryError, ProcmanError
from procman.figures import flags_chart, save_chart
from procman.figures.save import as_csv, write
from procman.measures.activity import FLAGS_BY_SECTION
from procman.reports import gallery, views
from procman.reports.gallery import write_figures
from procman.reports.view import Each, View
from procman.reports.views import VIEWS
from tests import synthetic

STALE = "run make figures"
DRAWN = [view for view in VIEWS if view.chart and view.gallery]


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def fresh(library, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    write_figures(library, out=folder)
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def locked_matplotlib(root):
    """Whether matplotlib is the one of the lock: another draws other bytes, though the same picture."""
    lock = (root / "locks/environment.txt").read_text()
    return f"matplotlib=={matplotlib.__version__} " in lock


def test_committed_figures_are_fresh(root, fresh):
    committed, drawn = contents(root / "figures"), contents(fresh)
    assert sorted(committed) == sorted(drawn), STALE
    for name, content in drawn.items():
        if name.endswith((".csv", ".txt", ".md")):
            assert committed[name] == content, f"{STALE}: {name}"
        elif name.endswith(".svg"):
            words = [re.findall(r"<text[^>]*>([^<]*)", each.decode()) for each in (committed[name], content)]
            assert words[0] == words[1], f"{STALE}: {name}"
            assert committed[name] == content or not locked_matplotlib(root), f"{STALE}: {name}"
        elif locked_matplotlib(root):
            # By pixels: two builds of the compressor may pack the same picture differently.
            pictures = [Image.open(io.BytesIO(each)).convert("RGB") for each in (committed[name], content)]
            assert ImageChops.difference(*pictures).getbbox() is None, f"{STALE}: {name}"


def test_the_time_figures_are_those_of_the_demonstration_library(root, tmp_path):
    makefile = (root / "Makefile").read_text("utf-8")
    names = re.search(r"^TIME := (.*)$", makefile, re.M)[1].split()
    write_figures(open_library(root / "data/demonstration"), out=tmp_path, formats=["svg"], only=names)
    committed = contents(root / "figures/demonstration")
    assert {name: content for name, content in committed.items() if name.endswith((".csv", ".txt"))} == {
        name: content for name, content in contents(tmp_path).items() if name.endswith((".csv", ".txt"))
    }, STALE
    assert "invented" in (root / "figures/demonstration/README.md").read_text("utf-8")
    assert "(invented)" in committed["timeline.svg"].decode()


def test_many_councils_give_a_folder_that_someone_can_use(tmp_path):
    library = open_library(synthetic.write_library(tmp_path / "manuals", 6, 2), cache=False)
    written = write_figures(library, out=tmp_path / "out", focus="Shire 003")
    assert len(written) <= 120
    assert {"coverage_matrix.svg", "likeness.svg", "expected_by_council.svg"} <= {path.name for path in written}
    own = [path.name for path in written if re.search(r"shire-\d", path.name)]
    assert own
    assert all("shire-003" in name for name in own)
    with pytest.raises(ValueError, match="no figure 'nothing'"):
        write_figures(library, out=tmp_path / "none", only=["nothing"])
    assert not (tmp_path / "none").exists()


def test_what_has_no_data_is_not_drawn_but_said(fresh):
    page = (fresh / "README.md").read_text("utf-8")
    assert page.count("Not drawn: ") == 4
    assert not list(fresh.glob("timeline*"))
    assert not list(fresh.glob("amendments*"))


def test_a_second_run_changes_no_byte(library, fresh, tmp_path):
    written = write_figures(library, out=tmp_path)
    assert contents(tmp_path) == contents(fresh)
    assert sorted(path.name for path in written) == sorted(contents(fresh))
    assert all(path.is_file() for path in written)


def test_each_picture_has_its_table_and_words(library, fresh):
    names = {path.stem for path in fresh.glob("*.svg")}
    assert len(names) > 10
    for name in names:
        assert {path.suffix for path in fresh.glob(f"{name}.*")} == {".svg", ".png", ".csv", ".txt"}
        assert 50 < len((fresh / f"{name}.txt").read_text("utf-8")) < 400


def test_the_table_beside_the_picture_is_the_measure(fresh):
    table = pd.read_csv(fresh / "flags_by_section-oxfordshire.csv")
    assert list(table) == [column.name for column in FLAGS_BY_SECTION.columns]
    assert table[["chapters", "new", "updated", "unflagged"]].sum().tolist() == [129, 4, 22, 103]


def test_gallery_shows_every_picture_with_its_alternative_text(fresh):
    page = (fresh / "README.md").read_text("utf-8")
    for view in DRAWN:
        more = f"{view.titled()} (from {view.drawn_from} councils)"
        assert (f"## {view.titled()}\n\n{view.about}\n" if view.drawn_from == 1 else more) in page
        assert view.about
    for path in fresh.glob("*.txt"):
        assert f'<img src="{path.stem}.svg" alt="{path.read_text("utf-8").strip()}"' in page.replace("&#x27;", "'")
    for name in re.findall(r"\]\(([^)]+)\)", page):
        assert (fresh / name).is_file()


def test_councils_and_formats_are_chosen(library, tmp_path):
    written = write_figures(library, ["Oxfordshire"], tmp_path, ["pdf"])
    assert {path.suffix for path in written} == {".pdf", ".csv", ".txt", ".md"}
    assert "Milton Keynes" not in (tmp_path / "README.md").read_text("utf-8")
    assert "<img" not in (tmp_path / "README.md").read_text("utf-8")
    assert (tmp_path / "flags_by_section-oxfordshire.pdf").read_bytes().startswith(b"%PDF")


def test_councils_of_nearly_one_name_have_pictures_of_their_own(tmp_path):
    for folder, council in (("one", "St Helens"), ("two", "St. Helens")):
        home = tmp_path / "manuals" / folder / "undated"
        home.mkdir(parents=True)
        (home / "contents.txt").write_text("1. All Children\n\n1.1 Consent\n1.2 Records\n")
        (home / "manual.toml").write_text(f'council = "{council}"\n')
    written = write_figures(open_library(tmp_path / "manuals", cache=False), None, tmp_path / "out", ["svg"])
    assert len(set(written)) == len(written)
    for council, name in (("St Helens", "st-helens"), ("St. Helens", "st-helens-2")):
        table = pd.read_csv(tmp_path / "out" / f"coverage_by_section-{name}.csv")
        assert set(table["council"]) == {council}
    page = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert page.count("coverage_by_section-st-helens.csv") == page.count("coverage_by_section-st-helens-2.csv") == 1


def test_wrong_choices_write_nothing(library, tmp_path):
    folder = tmp_path / "out"
    with pytest.raises(LibraryError, match=r"Atlantis.*Milton Keynes, Oxfordshire"):
        write_figures(library, ["Atlantis"], folder)
    with pytest.raises(LibraryError, match="no council"):
        write_figures(library, [], folder)
    for formats in (["gif"], []):
        with pytest.raises(ValueError, match="svg, png, pdf"):
            write_figures(library, out=folder, formats=formats)
    assert not folder.exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    write(path, b"old")
    with pytest.raises(ProcmanError, match=r"a\.csv/b\.csv: cannot be written"):
        write(path / "b.csv", b"new")
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(ProcmanError, match="No space left"):
        write(path, b"new")
    assert contents(tmp_path) == {"a.csv": b"old"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell):
    table = pd.DataFrame({cell: [cell, "fine", None], "number": [-1, 2, 3]})
    read = pd.read_csv(io.StringIO(as_csv(table)))
    assert read.columns[0].startswith("'")
    assert read.iloc[0, 0].startswith("'")
    assert read["number"].tolist() == [-1, 2, 3]


def test_saved_table_opens_in_a_spreadsheet(tmp_path):
    table = FLAGS_BY_SECTION.frame([("Ynys Môn", None, "1", "Children’s – “Ŵ”", 1, 0, 0, 1)])
    save_chart(flags_chart(table).figure, tmp_path, "x", ["svg"])
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfcouncil,")  # the mark of UTF-8
    assert pd.read_csv(tmp_path / "x.csv")["section"].tolist() == ["Children’s – “Ŵ”"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".svg", ".txt"]


def test_the_page_of_the_figures_from_made_up_views(tmp_path, monkeypatch):
    """Drawing is left out: what is drawn of whom, under which name, marked for whom, and what the page says."""
    table = views.view("flags").table
    drawn, remarks = [], []

    def draw(frame, focus):
        drawn.append((frame["council"].tolist(), focus))
        return "axes"

    def rows(comparison, *subject):
        none = subject and subject[0] == "Beere"
        return table.frame(
            [] if none else [(subject[0] if subject else "all", "2024-06", 1, 0, 0, 1, 1.0)[: len(table.columns)]]
        )

    @contextmanager
    def remarked(remark):
        remarks.append(remark)
        yield

    def made(name, each=Each.WHOLE, chart=draw, **more):
        title = "Of {council}" if each is Each.COUNCIL else name.title()
        return View(
            name=name,
            question="activity",
            title=title,
            about=f"About {name}.",
            table=table,
            measure=rows,
            chart=chart,
            each=each,
            **more,
        )

    own = (made("whole"), made("council", Each.COUNCIL), made("pair", Each.PAIR), made("steps", Each.EDITIONS), made("many", drawn_from=6),
           made("most", drawn_from=7), made("left", gallery=False), made("no_chart", chart=None))  # fmt: skip
    monkeypatch.setattr(views, "VIEWS", own)
    monkeypatch.setattr(gallery, "remarked", remarked)
    monkeypatch.setattr(gallery.Chart, "of", lambda axes: SimpleNamespace(words='Of "it" & more'))
    monkeypatch.setattr(
        gallery, "save_chart", lambda chart, out, name, formats: [Path(out) / f"{name}.{each}" for each in formats]
    )
    pages = (
        ("Ayle", ("2022-01", "2023-01", "2024-01")),
        ("Beere", ("2024-01",)),
        ("Carn", ("2024-01",)),
        ("Dene", ("2024-01",)),
        ("Exe", ("2024-01",)),
    )
    for council, editions in pages:
        for edition in editions:
            home = tmp_path / "manuals" / council.lower() / edition
            home.mkdir(parents=True)
            (home / "contents.txt").write_text("1. All\n\n1.1 Consent\n", "utf-8")
    library = open_library(tmp_path / "manuals", cache=False)
    written = write_figures(library, ["Ayle", "Beere", "Carn", "Dene"], tmp_path, ["png", "svg"])
    names = [path.name for path in written]
    councils = ("ayle", "carn", "dene")
    pairs = ("ayle-beere", "ayle-carn", "ayle-dene", "carn-dene")
    assert names == [f"{name}.{ending}" for name in (
        "whole", *(f"council-{one}" for one in councils), *(f"pair-{two}" for two in pairs), "steps-ayle-2023-01-2024-01"
    ) for ending in ("png", "svg")] + ["README.md"]  # fmt: skip
    assert {focus for _, focus in drawn} == {None}  # of four, no council is marked unless chosen
    assert remarks[-1] == "Ayle, January 2023 to January 2024"
    assert {*remarks[:-1]} == {""}
    page = (tmp_path / "README.md").read_text("utf-8")
    lines = page.splitlines()
    assert lines[:6] == [
        "# Figures", "",
        "Written by `make figures`; do not edit. Beside each picture stand the table it draws (`.csv`) and its",
        "alternative text (`.txt`).", "", "## Whole",
    ]  # fmt: skip
    assert lines[6:13] == [
        "", "About whole.", "", '<img src="whole.svg" alt="Of &quot;it&quot; &amp; more" width="900">', "",
        "[png](whole.png) · [svg](whole.svg) · [csv](whole.csv) · [txt](whole.txt)", "",
    ]  # fmt: skip
    assert "## Of each council\n\nAbout council.\n" in page
    assert page.count("## ") == 4
    assert "Not drawn" not in page
    assert "\nOf more councils there are also: Many (from 6 councils); Most (from 7 councils).\n\n**Which chart" in page
    assert page.endswith(gallery.WHICH)

    drawn.clear()
    names = [path.name for path in write_figures(library, None, tmp_path, ["pdf"])]
    assert names == [
        "whole.pdf",
        "council-ayle.pdf",
        "steps-ayle-2023-01-2024-01.pdf",
        "README.md",
    ]  # of five, the first one's alone
    assert {focus for _, focus in drawn} == {"Ayle"}
    assert "## Pair\n\nAbout pair.\n\nNot drawn: There is nothing to list.\n" in (tmp_path / "README.md").read_text(
        "utf-8"
    )
    assert "<img" not in (tmp_path / "README.md").read_text("utf-8")
    drawn.clear()
    names = [
        path.name for path in write_figures(library, None, tmp_path, ["svg"], focus="Carn", only=["council", "whole"])
    ]
    assert names == ["council-carn.svg", "whole.svg", "README.md"]
    assert {focus for _, focus in drawn} == {"Carn"}
    drawn.clear()
    write_figures(library, ["Carn", "Dene"], tmp_path, ["svg"], focus="Dene", only=["whole"])
    assert drawn == [(["all"], "Dene")]
    for wrong in ("left", "no_chart", "nothing"):
        with pytest.raises(
            ValueError, match=f"there is no figure '{wrong}'; figures: whole, council, pair, steps, many, most"
        ):
            write_figures(library, out=tmp_path, only=[wrong])
