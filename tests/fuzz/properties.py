"""What must be true of any input: it gives a reading with a role for every line, or a ProcmanError."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

from procman.errors import ProcmanError
from procman.library.holdings import pack, unpack
from procman.reading.amendments import amendment_rows
from procman.reading.manual import read_page
from procman.reading.page import Page, decode_page
from procman.reading.text import lines_of
from procman.tables import CHANGES, KINDS, NOTICES, ROLES, SPLITS, STATUSES

#: What pages are made of; a byte each, so that a fuzzer finds structure sooner than by spelling it.
PIECES = (
    *"0123456789.",
    *("1.", "1.1", "1.1.1", "2.3.4", "1.10", "1.1a", "1.1A ", "99999", "1.1.1.1.1", "PART A: ", "Section 1 "),
    *("\n", "\n\n", " ", "   ", "\t", "\r", "|", " | ", "- ", "• ", "* ", "# ", "> ", "–", "—", ":", ";", ",", "(", ")", "[", "]"),
    *(" New", " NEW", " Updated", "Update", "(New)", "*New*", "NewFebruary 2017", "February 12, 2025", "12/02/2025", "2017-02-31"),
    *("July 2017", "April 2018", "Next Update: June 2020", "Chapter Name Details", "Updated Chapters", "New Chapters and Features"),
    *("See also ", "See: ", "and ", "to follow", "under review", "(Local Safeguarding Board Procedures)", "(DfE)", "(Section 47)"),
    *("Quick Links:", "Contents", "Procedures Manual", "Oxfordshire", "Children's Services", "Policy", "Assessments", "of", "a", "é", "’"),
    *("This chapter has been refreshed.", "was added to the manual.", "=1+1", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x00", "🙂", "|---|"),
    *("<html>", "<body>", "<p>", "</p>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<ul>", "</ul>", "<ol>", "</ol>"),
    *("<li>", "</li>", "<h1>", "<h2>", "</h2>", "<h3>", "<a href='c.html'>", "<a href='#x'>", "<a href='javascript:x()'>", "</a>"),
    *("<b>", "</b>", "<br>", "<div class='footer'>", "</div>", "<nav>", "</nav>", "<script>", "</script>", "<!--", "-->", "<![CDATA["),
    *("<span hidden>", "</span>", "&amp;", "&#0;", "&#xD800;", "&nbsp;", "<", ">", "<details><summary>", "</summary></details>", "<img alt='New'>"),
)  # fmt: skip


def page_of(data: bytes) -> Page | bytes:
    """A page from a fuzzer's bytes: the first chooses between raw bytes, and text or mark-up put together from pieces."""
    kind, rest = data[:1], data[1:]
    if kind < b"\x40":
        return rest
    text = "".join(PIECES[byte % len(PIECES)] for byte in rest)
    return Page(
        "fuzz", text, html=kind >= b"\xa0", address="https://example.org/m/contents.html" if kind[0] % 2 else ""
    )


def check(data: bytes) -> None:
    """Read the input in every way there is."""
    made = page_of(data)
    try:
        page = decode_page(made, "fuzz") if isinstance(made, bytes) else made
    except ProcmanError:
        return
    for read in (_lines, _contents, _amendments):
        _only_procman_errors(read, page)


def _only_procman_errors(read: Callable[[Page], None], page: Page) -> None:
    with suppress(ProcmanError):
        read(page)


def _lines(page: Page) -> None:
    lines = lines_of(page.text, page.html, page.name)
    # Two may share a source line: some marks end a line that editors count as one (see lines.py).
    assert page.html or all(line.line <= following.line for line, following in pairwise(lines))
    assert all(line.text == " ".join(line.text.split()) for line in lines)


def _contents(page: Page) -> None:
    reading, rows = read_page(page, "Northwick")
    columns = reading.columns
    assert set(columns["kind"]) <= set(KINDS)
    assert set(columns["status"]) <= {"", *STATUSES}
    for position, (parent, depth) in enumerate(zip(columns["parent"], columns["depth"], strict=True), 1):
        assert depth == (columns["depth"][parent - 1] + 1 if parent else 1)
        assert (parent or 0) < position
    assert all(re.fullmatch(r"(?:\d{4}-\d\d(?:-\d\d)?)?", date) for date in columns["date"])
    lines = rows().rows
    assert {role for _, _, role in lines} <= set(ROLES)
    assert all((role == "blank") == (not text) for _, text, role in lines)
    assert [line for line, _, role in lines if role == "entry"] == columns["line"]
    assert all(notice in NOTICES and detail for _, notice, _, detail in reading.notices)
    assert unpack(pack(reading, []))[0].columns == columns


def _amendments(page: Page) -> None:
    for row in amendment_rows(page, ["Assessments", "Policy of a"]):
        assert row.change in CHANGES
        assert row.split in SPLITS
        assert re.fullmatch(r"(?:\d{4}-\d\d)?", row.edition)
        assert row.chapter or row.details
