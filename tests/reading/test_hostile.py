"""Hostile pages: their content is always treated as text, and no input takes too long."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
import re
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

import procman as pm
from procman.errors import ProcmanError
from procman.matching.titles import Form
from procman.reading.amendments import amendment_rows
from procman.reading.manual import read_page
from procman.reading.markup import html_lines
from procman.reading.page import Page, open_page
from tests.work import TooLongError, at_most

MILLION = 1_000_000

# --- what a page contains is text -----------------------------------------------------------------------------

MARKUP = (
    "<script>alert(1)</script> Consent",
    "<img src=x onerror=alert(1)> Records",
    '"><svg onload=alert(1)> Visits',
    "' onmouseover='alert(1) Panels",
    "</style></title><iframe src=javascript:alert(1)> Courts",
    "{{7*7}} ${7*7} <b>Neglect</b> &lt;i&gt;",
)
FORMULAS = (
    '=HYPERLINK("http://example.org/?"&A1,"Consent")',
    "=cmd|' /C calc'!A0",
    "+1+1 Records",
    "-2+3 Visits",
    "@SUM(A1:A9) Panels",
    "=1+1 Courts",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> pm.Library:
    """Two councils whose names, titles, links and remarks are attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    for place, (name, extra) in {
        "one": ("<script>alert(2)</script>", MARKUP[:1]),
        "two": ('=HYPERLINK("http://example.org","../../x")', FORMULAS[:1]),
    }.items():
        titles = [*MARKUP, *FORMULAS, *extra]
        rows = "".join(
            f'<li>1.1.{n} <a href="javascript:alert({n})">{html_text(title)}</a> Updated - <!-- x -->under review</li>'
            for n, title in enumerate(titles, 1)
        )
        page = f"<h2>1. {html_text(MARKUP[0])}</h2><h3>1.1 {html_text(FORMULAS[0])}</h3><ul>{rows}</ul>"
        home = folder / place / "2024-06"
        home.mkdir(parents=True)
        (home / "contents.html").write_text(f"<!DOCTYPE html><html><body>{page}</body></html>", encoding="utf-8")
        (home / "manual.toml").write_text(f"council = '''{name}'''\nsource = 'javascript:alert(3)'\n", encoding="utf-8")
    library = pm.open_library(folder, cache=False)
    assert set(MARKUP) <= set(library.entries["title"])
    return library


def html_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def assert_inert(page: str) -> None:
    """No script, handler or script address in it that is more than text; the style sheet is the page's own."""
    tree = html.document_fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("script", "iframe", "object", "embed", "base", "form"), html.tostring(element)
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (element.tag, name)
            assert not re.match(r"\s*(?:javascript|vbscript|data:text)", value, re.I), (element.tag, name, value)


def test_links_that_are_scripts_are_no_links(hostile):
    assert hostile.entries["href"].isna().all()


def test_a_report_shows_attacks_as_text(hostile):
    from procman.reports.report import report_page

    page = report_page(hostile)
    assert_inert(page)
    text = html.document_fromstring(page).text_content()
    assert "<script>alert(2)</script>" in text
    assert "onerror=alert(1)" in text


def below(widget: Any) -> Iterator[Any]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


def test_panels_show_attacks_as_text(hostile):
    import ipywidgets

    from procman.panels.manual import ManualPanel

    panel = ManualPanel(hostile)
    panel.council = "<script>alert(2)</script>"
    shown = [widget.value for widget in below(panel.widget) if isinstance(widget, ipywidgets.HTML)]
    assert any("alert(1)" in value for value in shown)
    for value in shown:
        assert_inert(f"<div>{value}</div>")


@contextmanager
def any_figures(folder: Path) -> Iterator[Path]:
    before = set(folder.parent.rglob("*"))
    yield folder
    assert all(folder in path.parents or path == folder for path in set(folder.parent.rglob("*")) - before)


def test_figures_stay_in_their_folder_and_hold_no_script(hostile, tmp_path):
    from procman.reports.gallery import write_figures

    with any_figures(tmp_path / "figures") as folder:
        files = write_figures(hostile, out=folder, formats=["svg"])
    assert any(file.suffix == ".svg" for file in files)
    for file in files:
        if file.suffix == ".svg":
            for element in etree.parse(file).iter(etree.Element):
                assert etree.QName(element).localname not in ("script", "foreignObject")
                assert not any(etree.QName(name).localname.startswith("on") for name in element.attrib)
        if file.suffix == ".csv":
            assert_no_formulas(list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))))


def assert_no_formulas(rows: list[list[str]]) -> None:
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell), cell


def test_a_workbook_holds_no_formula(hostile, tmp_path):
    from procman.reports.workbook import write_workbook

    write_workbook(hostile, tmp_path / "comparison.xlsx")
    with zipfile.ZipFile(tmp_path / "comparison.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", archive.read("xl/sharedStrings.xml").decode())
        links = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert sheets
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    assert not any("javascript:" in link for link in links)
    assert any("HYPERLINK" in text for text in texts)
    assert_no_formulas([texts])


# --- no input takes for ever ----------------------------------------------------------------------------------


#: Words in a bracket, at most 300 characters by the pattern that finds it; all that these patterns ever see.
IN_A_BRACKET = {"PUBLISHER", "TITLE_BRACKET", "LINK_HINT"}
#: The foot of a printed page, at most 200 characters. Headings of amendments pages, and names that authors give to parts of a page: never longer than 200 characters.
SHORT = {"PAGE_FOOT", "EDITION", "YEAR", "_MONTH", "_ARCHIVE", "CHANGE", "HEADER", "_MONTH_LAST", "_AWAY_NAME"}
RUNS = "a|A |1|1.| |(|(a) |- |New|January 2020 |a, |<|[a](".split("|")


def used_patterns() -> dict[str, tuple[re.Pattern[str], set[str]]]:
    """Every pattern of procman with the ways it is used, found in the modules and in their source."""
    found: dict[str, tuple[re.Pattern[str], set[str]]] = {}
    uses: dict[str, set[str]] = {}
    for module in pkgutil.walk_packages(pm.__path__, "procman."):
        if module.name.endswith("__main__"):
            continue
        room = importlib.import_module(module.name)
        source = Path(str(room.__file__)).read_text(encoding="utf-8")
        for name, how in re.findall(r"\b([A-Z_]{3,})\.(match|fullmatch|search|finditer|sub|split)\(", source):
            uses.setdefault(name, set()).add("search" if how in ("finditer", "sub", "split") else how)
        for name, value in vars(room).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(f"{name} {value.pattern[:40]}", (value, uses.setdefault(name, set())))
    return found


def test_patterns_are_found():
    assert len(used_patterns()) > 50


#: Characters on which a linear pattern takes a tenth of a second at most, and the quickest that is not linear more than four.
LONG = 100_000


def hangs(pattern: re.Pattern[str], way: str, text: str) -> bool:
    """Whether matching takes more than a second of the processor's time, whatever else the machine does."""
    try:
        with at_most(1):
            getattr(pattern, way)(text)
    except TooLongError:
        return True
    return False


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an alarm")
def test_every_pattern_is_linear():
    slow = []
    for name, (pattern, ways) in used_patterns().items():
        size = 300 if name.split()[0] in IN_A_BRACKET | SHORT else LONG
        for run in RUNS:
            text = run * (size // len(run)) + "\x01"
            slow += [(name, way, run) for way in ways or {"search", "match", "fullmatch"} if hangs(pattern, way, text)]
    assert slow == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an alarm")
@pytest.mark.parametrize("pattern", [r"\s+$", r"(?s) .*b", r" [^c]*b"])
def test_a_pattern_that_is_not_linear_is_found(pattern):
    assert hangs(re.compile(pattern), "search", " " * LONG + "\x01")


@pytest.mark.parametrize("markup", [False, True], ids=["text", "html"])
@pytest.mark.parametrize(
    "front", ["1. A\n1.1 B\n1.1.1 ", "April 2020\nUpdated Chapters\n"], ids=["contents", "amendments"]
)
def test_a_line_of_a_million_characters_is_read(markup, front):
    for run in RUNS:
        text = f"{front}{run * (MILLION // len(run))}\n1.1.2 Title\n"
        if markup:
            text = "<ul><li>" + text.replace("\n", "</li><li>") + "</li></ul>"
        for read in (read_page, amendment_rows):
            try:
                with at_most(60):
                    read(Page("page", text, markup))
            except ProcmanError:
                pass


@pytest.mark.parametrize("markup", [False, True], ids=["text", "html"])
def test_a_hundred_thousand_entries_are_read(markup):
    rows = [f"{1 + n // 10_000}.{1 + n // 100 % 100}.{1 + n % 100} Chapter {n}" for n in range(100_000)]
    text = "".join(f"<li>{row}</li>" for row in rows) if markup else "\n".join(rows)
    with at_most(120):
        reading, _ = read_page(Page("page", text, markup))
    assert reading.columns["title"] == [f"Chapter {n}" for n in range(100_000)]


@pytest.mark.parametrize(
    "number",
    ["9" * 5000, "1." * 5000, "1.1." + "9" * 5000, "1.1.999999999", "0.0.0", "1.1.1" * 1000, "１.１.１", "1.²"],
)
def test_numbers_beyond_any_manual(number):
    page = f"1. All Children\n1.1 Consent\n1.1.1 Records\n{number} Visits\n1.1.2 Panels\n"
    for markup in (False, True):
        text = "".join(f"<p>{line}</p>" for line in page.splitlines()) if markup else page
        reading, lines = read_page(Page("page", text, markup))
        assert "Panels" in reading.columns["title"]
        assert any("Visits" in text for _, text, _ in lines().rows)
        assert len(reading.notices) < 20


@pytest.mark.parametrize("markup", [False, True], ids=["text", "html"])
@pytest.mark.parametrize("mark", "\u202e\u2066\u061c\u200b\u2064\ufeff\ufffe\U000e0041")
def test_marks_that_show_nothing_are_no_part_of_a_title(mark, markup):
    page = f"1. {mark}All Children\n{mark}1.1 Con{mark}sent\n1.2 Records{mark}\n"
    text = "".join(f"<p>{line}</p>" for line in page.splitlines()) if markup else page
    reading, _ = read_page(open_page(io.StringIO(text)))
    assert reading.columns["title"] == ["All Children", "Consent", "Records"]


@pytest.mark.parametrize("markup", [False, True], ids=["text", "html"])
def test_half_a_character_is_marked_as_lost(markup):
    text = "<p>1. A</p><p>1.1 Con\ud800sent</p>" if markup else "1. A\n1.1 Con\ud800sent\n"
    reading, _ = read_page(open_page(io.StringIO(text)))
    assert re.fullmatch(r"Con[?\ufffd]+sent", reading.columns["title"][1])


@pytest.mark.parametrize(
    "date", ["99/99/9999", "31/02/2020", "0/0/0000", "2020-13-45", "February 31, 2020", "1/1/" + "9" * 5000]
)
def test_dates_that_no_calendar_has(date):
    reading, _ = read_page(Page("page", f"1. A\n1.1 Consent {date}\n1.2 Records Updated {date}\n", False))
    assert len(reading.columns["title"]) == 3


def test_deep_mark_up_is_refused_or_read():
    for depth in (200, 5000, 100_000):
        page = "<div>" * depth + "<h2>1. A</h2><ul><li>1.1 Consent</li></ul>" + "</div>" * depth
        try:
            reading, _ = read_page(Page("page", page, True))
        except ProcmanError as error:
            assert "levels deep" in str(error) or "cannot be read" in str(error)  # noqa: PT017
        else:
            assert "Consent" in reading.columns["title"]


MANY = [f"a{n}" for n in range(100_000)]


@pytest.mark.parametrize(
    "attributes",
    {
        "bare": " ".join(MANY),
        "one a line": "\n".join(MANY),
        "each hiding an end": " ".join(f"{name}='<>'" for name in MANY),
        "a few hiding an end": " ".join(f'{name}=b=" c{name}=">"' if name.endswith("99") else name for name in MANY),
    }.items(),
    ids=lambda item: item[0],
)
def test_a_tag_crowded_with_attributes_is_refused_with_its_line(attributes):
    for front in ("", "<div>" * 300, "<!-->", "<script>a < b</script>"):
        page = f"{front}<p>1.1 Consent</p>\n<p {attributes[1]}>1.2 Records</p>"
        with at_most(10), pytest.raises(ProcmanError, match="attributes") as raised:
            read_page(Page("crowded", page, True))
        assert str(raised.value).startswith(f"crowded, line {page[: page.index('>1.2')].count(chr(10)) + 1}: ")


def test_a_tag_may_have_a_thousand_attributes():
    """So few that their work, which grows with the square of them, stays small beside the page's."""
    page = "<li>1.1.1 Consent</li><li a0 {}>1.1.2 Records</li>"
    assert html_lines(page.format(" ".join(MANY[1:1000])), "page")[1].text == "1.1.2 Records"
    with pytest.raises(ProcmanError, match="more than 1000 attributes"):
        html_lines(page.format(" ".join(MANY[1:1001])), "page")


def test_long_scripts_comments_and_values_are_no_crowded_tags():
    words = " ".join(MANY)
    for page in (
        f"<script>i <n {words}</script>",
        f"<!-- <p {words} -->",
        f"<p>Words: {words}</p>",
        f'<p title="{words}">1.1 Consent</p>',
        "<a title='1 > 0'></a>" * 100,
        f"<p {' '.join(MANY[:1000])}>",
    ):
        reading, _ = read_page(
            Page("page", f"<ul><li>1.1.1 Consent</li></ul>{page}<ul><li>1.1.2 Records</li></ul>", True)
        )
        assert {"Consent", "Records"} <= set(reading.columns["title"])


def test_a_title_that_is_compared_is_bounded_too():
    from procman.matching.titles import wordings

    with at_most(60):
        assert isinstance(wordings().form("a (" * 3000), Form)
