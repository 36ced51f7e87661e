"""Properties of the reader: what any layout prints reads back; nothing but ProcmanError; every line accounted for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from procman.contents import Entry, read_contents
from procman.lines import lines_of
from tests.layouts import LAYOUTS, Layout

RUN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def facts(entries: list[Entry]) -> list[tuple[str, ...]]:
    return [(e.kind, e.number, e.title, e.status, e.date, e.note, e.publisher) for e in entries]


def read(page: str, html: bool) -> list[tuple[str, ...]]:
    return facts(read_contents(lines_of(page, html)).entries)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_a_layout_prints_reads_back(layout: Layout) -> None:
    @RUN
    @given(layout.manuals())
    def check(rows):
        assert read(layout.print(rows), layout.html) == [row.facts for row in rows]

    check()
