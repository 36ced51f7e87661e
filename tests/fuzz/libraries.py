"""Hostile libraries, and what must be true of all outputs made from them: every file parses, and no file is half-written."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from procman.errors import ProcmanError
from procman.library.library import Library, open_library

#: Marks that mean something to some program; by code, so that an editor shows and keeps them.
MARKS = (
    *("\x00", "\x07", "\x0b", "\x1b[31m", "\x7f", "\x85", "\ufffe", "\uffff", "\ufdd0", "\ufeff", "\u200b", "\u202e", "\u2028", "\n", "\r\n", "\t", "\xad"),
    *("=1+1", "＝1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "$x^2$", "$$note$$", "[a](https://example.org)", "\\frac{1}{2}", "%s", "{0}", "{council}", "{{7*7}}"),
    *("<b>", "</td>", "<script>alert(1)</script>", "]]>", "&amp;", "&", '"', "'", "-->", "</style>", "javascript:alert(1)", "# ", "|", "---", "`"),
    *("é", "e\N{COMBINING ACUTE ACCENT}", "Ｋent", "ﬁ", "İ", "ß", "ẞ", "א", "ع", "🙂", "\U0001f468\u200d\U0001f467", "\U0010ffff", "\ue000", "１２", "²"),
    *("/", "\\", "..", ":", "*", "?", "~", ".", " "),
)  # fmt: skip
#: Names of councils, near one another: by case, by Unicode form, by width, by what a disk or a spreadsheet takes for the same.
NAMES = (
    *("Kent", "KENT", "kent", "Ｋｅｎｔ", "Kent ", "Kent\u200b", "Ke nt", "Ke\u0301nt", "K\xe9nt", "Kent.", "St Helens", "St. Helens"),
    *("CON", "nul", "COM1", "lpt9.txt", "aux", "History", "Notes", "Cover", "Matrix", "council", "topic_title", "chapters", "first", "index", "0", "1", "nan", "None"),
    *("=1+1", "'Kent", "Kent'", "[Kent]", "a/b", "..", "a" * 300, "Kent " * 60, "Ärö" * 40, "<b>Kent</b>", "🙂"),
)  # fmt: skip
TITLES = (
    *("Consent", "Records", "Private Fostering", "Children Missing from Care", "Initial Child Protection Conferences", "NA", "None", "null", "nan", "1.1", "2024", "New", "Updated"),
    *("Allegations", "Allegations ", "ALLEGATIONS", "Private fostering", "Privаte Fostering", "a" * 700, "word " * 200, "W" * 90),
)  # fmt: skip

_odd = st.lists(st.sampled_from(MARKS), min_size=1, max_size=3).map("".join)
_any = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_name = st.one_of(st.sampled_from(NAMES), st.tuples(st.sampled_from(NAMES[:8]), _odd).map("".join), _any)
_title = st.one_of(
    st.sampled_from(TITLES), st.tuples(st.sampled_from(TITLES[:5]), st.one_of(_odd, _any)).map(" ".join), _odd, _any
)


class Held(NamedTuple):
    """One manual: what its folders are called, the council's name in its file, and its pages."""

    folder: str
    edition: str
    council: str
    page: str
    amendments: str


@st.composite
def _pages(draw: st.DrawFn) -> str:
    lines = [draw(_title) if draw(st.booleans()) else "Procedures Manual", ""]
    flags = st.sampled_from(("", "", "", " New", " Updated", " Updated February 12, 2025", " (DfE)"))
    for section in range(1, draw(st.integers(1, 3)) + 1):
        lines += [f"{section}. {draw(st.one_of(st.just(''), _title))}".rstrip(" "), ""]
        if draw(st.booleans()):
            lines += [f"{section}.1 {draw(_title)}", ""]
        for chapter in range(1, draw(st.sampled_from((0, 1, 3, 6))) + 1):
            lines.append(f"{section}.1.{chapter} {draw(_title)}{draw(flags)}")
    return "\n".join(lines) + "\n"


_amendments = st.one_of(
    st.just(""),
    st.tuples(_title, _any).map(lambda of: f"February 2025\nUpdated Chapters\nChapter Name Details\n{of[0]} {of[1]}\n"),
)
_editions = st.sampled_from(("undated", "2017-07", "2024-06", "2025-01", "0000-00", "9999-12"))
libraries = st.lists(
    st.builds(Held, st.sampled_from("abcde"), _editions, _name, _pages(), _amendments),
    min_size=1,
    max_size=6,
    unique_by=lambda held: (held.folder, held.edition),
)


def write(manuals: list[Held], folder: Path) -> Path:
    """The library as a folder."""
    for held in manuals:
        home = folder / held.folder / held.edition
        home.mkdir(parents=True)
        (home / "contents.txt").write_text(held.page, "utf-8", newline="")
        escaped = json.dumps(held.council, ensure_ascii=True) if held.council.isascii() else _toml(held.council)
        (home / "manual.toml").write_text(f"council = {escaped}\nsource = {escaped}\n", "utf-8", newline="")
        if held.amendments:
            (home / "amendments.txt").write_text(held.amendments, "utf-8", newline="")
    return folder


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(each):08x}" for each in text) + '"'


def check(manuals: list[Held], folder: Path) -> int:
    """Make all that there is from the library; the number of things made. Nothing but a ProcmanError may stop one."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "left out: ", UserWarning)
        try:
            library = open_library(write(manuals, folder / "manuals"), cache=False)
        except ProcmanError:
            return 0
    made = 0
    for make in (figures, workbook, reports, panels, tables):
        with suppress(ProcmanError):
            make(library, folder / make.__name__)
            made += 1
    assert not [*folder.rglob("*.part")], "a file is half-written"
    for file in (path for path in folder.rglob("*") if path.is_file() and "manuals" not in path.parts):
        parsed(file.name, file.read_bytes())
    return made


def figures(library: Library, out: Path) -> None:
    from procman.reports.gallery import write_figures

    files = write_figures(library, out=out, formats=["svg"])
    assert sorted(files) == sorted(path for path in out.iterdir())


def workbook(library: Library, out: Path) -> None:
    from procman.reports.workbook import write_workbook

    write_workbook(library, out / "comparison.xlsx")


def reports(library: Library, out: Path) -> None:
    from procman.reports.comparison import Comparison
    from procman.reports.council_report import write_council_report
    from procman.reports.report import write_report

    write_report(library, None, out / "report.html")
    comparison = Comparison(library)
    for place, council in enumerate(comparison.present[:2]):
        write_council_report(comparison, council, out / f"council-{place}.html")


def tables(library: Library, out: Path) -> None:
    """A table that nobody's reader made: titles, notes and councils as they may stand in any DataFrame, or not at all."""
    from procman.reports.comparison import Comparison
    from procman.reports.council_report import write_council_report
    from procman.reports.workbook import write_workbook

    entries = library.entries
    odd = [*MARKS, *TITLES, *NAMES, None]
    raw = [odd[place % len(odd)] for place in range(len(odd) // 2, len(odd) // 2 + len(entries))]
    entries = entries.assign(
        **{name: pd.array(raw, dtype="str") for name in ("title", "note", "href")},
        council=entries["council"].map(lambda name: f"{name}\x07\ufffe\n"),
    )
    comparison = Comparison(entries)
    write_workbook(comparison, out / "table.xlsx")
    write_council_report(comparison, comparison.listing[-1], out / "table.html")


def panels(library: Library, out: Path) -> None:
    import ipywidgets

    from procman import panels

    shown = panels.ManualPanel(library)
    for value in _html_of(shown.widget, ipywidgets.HTML):
        fragment(value)
    for kind in ("Activity", "Align", "Coverage", "Duties", "Editions", "Structure"):
        panel = getattr(panels, f"{kind}Panel")(library, decisions=out / "decisions.csv", folder=out)
        for view in panel.views:
            panel.view = view.name
            for value in _html_of(panel.widget, ipywidgets.HTML):
                fragment(value)
    for ending in ("png", "svg", "csv"):
        with suppress(ProcmanError):
            panel.save(ending)


def _html_of(widget: object, kind: type) -> Iterator[str]:
    if isinstance(widget, kind):
        yield widget.value
    for child in getattr(widget, "children", ()):
        yield from _html_of(child, kind)


def parsed(name: str, content: bytes) -> None:
    """Parse a file as strictly as its kind can be; an error in it is an error here."""
    if name.endswith((".svg", ".xml", ".rels")):
        etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    elif name.endswith(".html"):
        text = content.decode()
        assert text.startswith("<!DOCTYPE html>\n")
        parsed("page.xml", text.removeprefix("<!DOCTYPE html>\n").encode())
    elif name.endswith(".xlsx"):
        import openpyxl

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            for part in archive.namelist():
                parsed(part if part.endswith(".rels") else f"{part}.xml", archive.read(part))
        openpyxl.load_workbook(io.BytesIO(content))
    elif name.endswith(".csv"):
        rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)]
        assert {len(row) for row in rows} == {len(rows[0])}
    elif name.endswith((".txt", ".md")):
        content.decode()
    else:
        assert name.endswith(".png"), name


def fragment(value: str) -> None:
    """A piece of a page, as strictly; but HTML may say "open" alone, and ends a picture by itself."""
    closed = re.sub(r"(<(?:img|br)\b[^>]*?)/?>", r"\1/>", re.sub(r"(<details\b[^>]*) open>", r"\1>", value))
    parsed("fragment.xml", f"<div>{closed}</div>".encode())


def look_for(seconds: int) -> None:
    """Make libraries until the time is up; the first that breaks something is shown as small as it can be."""
    end, tried, made = time.monotonic() + seconds, 0, 0

    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(libraries)
    def some(manuals: list[Held]) -> None:
        nonlocal tried, made
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("error")
            made += check(manuals, Path(folder))
            tried += 1

    while time.monotonic() < end:
        some()
    print(f"{tried:,} libraries in {seconds} s, {made:,} things made of them, all can be opened")
