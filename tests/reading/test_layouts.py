"""Properties of the reader: it reads back what any layout prints, raises only ProcmanError, and gives every line a role."""

from __future__ import annotations

from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from procman.errors import ProcmanError
from procman.reading.contents import Entry, read_contents
from procman.reading.manual import read_manual
from procman.reading.text import lines_of
from procman.tables import ENTRIES, LINES, NOTICE_TABLE
from tests.layouts import LAYOUTS, NBSP, Layout

RUN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TEXTS = [layout for layout in LAYOUTS if not layout.html]
NAMES = {"ids": lambda layout: layout.name}

#: Scraps of pages, so that nonsense made of them comes near to sense.
SCRAPS = st.sampled_from(
    (
        f"1;.;1.1;1.1.1; ;\n;\t;{NBSP};See also: ;and ;New;Updated;May 7, 2024;|;- ;• ;(;);Quick Links:;PART A: ;Caption: "
        ";under review;Title;a;8;#;*;\u200f;\x00;\r\n;:"
    ).split(";")
)
TAGS = st.sampled_from(
    (
        "<p>;</p>;<table>;<tr>;<td>;</td>;</tr>;</table>;<ul>;<li>;</li>;</ul>;<h2>;</h2>;<a href='#x'>;<a href=y>;</a>;<b>;</b>"
        ";<br>;<nav>;</nav>;<button>;<img alt=New>;&nbsp;<;&"
    ).split(";")
)
PAGES = st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=60).map("".join))
MARK_UP = st.lists(st.one_of(SCRAPS, TAGS), max_size=60).map("".join)


def facts(entries: list[Entry]) -> list[tuple[str, ...]]:
    return [(e.kind, e.number, e.title, e.status, e.date, e.note, e.publisher) for e in entries]


def read(page: str, html: bool = False) -> list[tuple[str, ...]]:
    return facts(read_contents(lines_of(page, html)).entries)


@pytest.mark.parametrize("layout", LAYOUTS, **NAMES)
def test_what_a_layout_prints_reads_back(layout: Layout) -> None:
    @RUN
    @given(layout.manuals())
    def check(rows):
        # One chapter alone leaves nothing to hold the lines around the list against.
        assume(len(rows) > 2)
        page = layout.print(rows)
        assert read(page, layout.html) == [row.facts for row in rows]

    check()


@pytest.mark.parametrize("layout", LAYOUTS, **NAMES)
def test_every_entry_stands_in_the_heading_above_it(layout: Layout) -> None:
    @settings(RUN, max_examples=20)
    @given(layout.manuals())
    def check(rows):
        section = subsection = 0
        for position, entry in enumerate(read_contents(lines_of(layout.print(rows), layout.html)).entries, 1):
            if entry.kind == "section":
                section, subsection, parent = position, 0, 0
            elif entry.kind == "subsection":
                subsection, parent = position, section
            else:
                parent = subsection or section
            assert entry.parent == parent

    check()


@pytest.mark.parametrize("layout", TEXTS, **NAMES)
def test_blanks_and_line_ends_tell_nothing(layout: Layout) -> None:
    @settings(RUN, max_examples=20)
    @given(layout.manuals(), st.sampled_from(["\r\n", "\r", "\n"]), st.sampled_from(["", " ", f" {NBSP} ", "\u200e"]))
    def check(rows, end, trailing):
        page = layout.print(rows)
        other = page.replace(NBSP, " ").replace("\n", trailing + end) + end
        assert read(other) == read(page)

    check()


@RUN
@given(PAGES)
def test_any_text_is_accounted_for(page: str) -> None:
    lines = lines_of(page, html=False)
    contents = read_contents(lines)
    assert len(contents.roles) == len(lines)
    for line, role in zip(lines, contents.roles, strict=True):
        assert role == "blank" if not line.text else role in LINES.columns[2].allowed
    assert sum(role == "entry" for role in contents.roles) == len(contents.entries)


@RUN
@given(MARK_UP)
def test_any_mark_up_is_accounted_for(page: str) -> None:
    with suppress(ProcmanError):
        lines = lines_of(page, html=True)
        contents = read_contents(lines)
        assert all(role in LINES.columns[2].allowed for role in contents.roles)
        assert sum(role == "entry" for role in contents.roles) == len(contents.entries)


@RUN
@given(st.one_of(PAGES, MARK_UP))
def test_reading_raises_nothing_but_procmans_own_error(page: str) -> None:
    with suppress(ProcmanError):
        manual = read_manual(StringIO(page))
        ENTRIES.check(manual.entries)
        LINES.check(manual.lines)
        NOTICE_TABLE.check(manual.notices)


@RUN
@given(st.binary(max_size=200))
def test_bytes_raise_nothing_but_procmans_own_error(content: bytes) -> None:
    with suppress(ProcmanError):
        read_manual(content)
