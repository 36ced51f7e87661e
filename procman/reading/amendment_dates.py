"""Put each month of an amendments page above its rows: months told by what is around them, and those that a page prints below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.amendment_lines import DATED, AmendmentLine


def with_dates_above(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines, with the month of each row above it.

    >>> from procman.reading.amendment_lines import amendment_lines
    >>> from procman.reading.page import Page
    >>> page = "Pets\\nIt moved.\\nUpdated 1 April 2024\\n\\nDogs\\nIt moved.\\nUpdated 2 May 2024\\n"
    >>> [line.text for line in with_dates_above(amendment_lines(Page("page", page, False)))][:4]
    ['1 April 2024', 'Pets', 'It moved.', '2 May 2024']
    """
    dated = any(line.kind in ("edition", "date", "month", "year") for line in lines)
    found = [*lines] if dated else _with_other_editions(lines)
    return _with_dates_of_cards(found) if any(line.line.tag for line in found) else _with_dates_of_blocks(found)


def _with_other_editions(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines with headings that can be months, if there are several and no others: "Updated: March 2024", "MAR '24", "03/2024"."""
    months = {}
    for i, line in enumerate(lines):
        match = (
            _MAY_BE_EDITION.fullmatch(line.text) if line.kind in ("row", "furniture") and line.form == "plain" else None
        )
        if match:
            months[i] = match[1] or match[3] or re.sub(r"[ '’-]+", "-", match[2])
    if len({*months.values()}) < _FEWEST_EDITIONS:
        return [*lines]
    return [line._replace(kind="edition", text=months[i]) if i in months else line for i, line in enumerate(lines)]


_MAY_BE_EDITION = re.compile(rf"{p.DATE_LINE.pattern}|({p.MONTH}[ '’-]{{1,2}}\d\d)|(\d\d/20\d\d)", re.I)
_FEWEST_EDITIONS = 2


def _with_dates_of_cards(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines of an HTML page, with each date above its card, if cards have a heading, words and their date last."""
    dates = [i for i, line in enumerate(lines) if line.kind in ("edition", "date") and not line.line.heading]
    cards = [[line for line in lines[i + 1 : j] if line.kind != "furniture"] for i, j in pairwise(dates)]
    heads = [[line.line.heading for line in card if line.line.heading] for card in cards]
    if not cards or min(map(len, cards)) < _FEWEST_LINES or any(len(levels) != 1 for levels in heads):
        return [*lines]
    level = heads[0][0]
    places = [i for i, line in enumerate(lines) if line.line.heading == level]
    above = [bisect_left(places, date) for date in dates]  # how many of the headings
    if not above[0] or above[-1] < len(places) or len({*above}) < len(above):
        return [*lines]
    found: list[AmendmentLine] = [*lines]
    for begin, date in zip((places[n - 1] for n in above), dates, strict=True):
        ribbon = lines[begin - 1].kind == "change" and not lines[begin - 1].line.heading
        found.insert(begin - ribbon, found.pop(date))
    return found


def _with_dates_of_blocks(lines: Sequence[AmendmentLine]) -> list[AmendmentLine]:
    """The lines of a text, with each date above its row, if several blocks of lines end with one and none begins so."""
    begins = [i for i, line in enumerate(lines) if not i or line.gap]
    blocks = [lines[begin:end] for begin, end in pairwise([*begins, len(lines)])]
    ended = [_is_date(block[-1]) and len(block) >= _FEWEST_LINES for block in blocks]
    if sum(ended) < _FEWEST_EDITIONS or any(_is_date(block[0]) or block[0].kind == "header" for block in blocks):
        return [*lines]
    found: list[AmendmentLine] = []
    for block, dated in zip(blocks, ended, strict=True):
        kind = "row" if dated and block[-1].kind == "furniture" else block[-1].kind
        found += [block[-1]._replace(kind=kind, apart=True), *block[:-1]] if dated else block
    return found


def _is_date(line: AmendmentLine) -> bool:
    return line.kind in ("edition", "date") or (line.form == "plain" and bool(DATED.fullmatch(line.text)))


#: The fewest lines of a card: its name, and words.
_FEWEST_LINES = 2
