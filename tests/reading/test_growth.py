"""The work of reading grows no faster than a page's length, whatever kinds of lines are repeated."""

from __future__ import annotations

from itertools import combinations

import pytest

from procman.reading.contents import Contents, read_contents
from procman.reading.text import lines_of
from tests.work import calls

#: One of each kind that is read in a way of its own; every two of them alternate, which is why there are no more.
KINDS = """\

1. All Children
1.1 Consent
1.1.1
A. Fostering
(a) Visits
Section 1: Core
PART A: GUIDANCE
Appendix 1: Forms
  - Short Breaks
• Short Breaks
    Missing Children
Missing Children
Missing Children:
and the
Records and
Updated
NEW: Family Hubs
May 2024
(see Library)
- to follow
See also: Consent and Records
and Panels
Please see the Fostering Manual
Quick Links:
Home > Children > Manual
Northwick Council Children's Services Procedures Manual
Amendments: what is new
This manual is for all who work with children, and it is changed twice a year.
Aims .......... 2
17
Carers' Guide     ii
| 1.1.1 | Consent | New |
|---|---|---|
Consent   Owner   May 2024
[Consent](consent.html)
# Core
Consent*
> 1.1 Consent
B
CAPTION: Core
News: chapters have been added.
Consent (Northwick Safeguarding Board)
1.1 Consent 1.2 Records""".split("\n")


def read(*kinds: str, times: int) -> Contents:
    return read_contents(lines_of("\n".join(["1. All Children", "1.1 Consent", *kinds * times]), html=False))


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    for kind in KINDS:
        read(kind, times=1)


def test_no_two_kinds_of_lines_that_alternate_cost_more_the_longer_the_page() -> None:
    """Three times as many lines take at most three times the calls: what is done once for a page leaves room for a little more.

    Where the first lines of a page have fewer readings, they take a little less. Then further lines take at most what those before them took.
    """
    dear = []
    for pair in combinations(KINDS, 2):
        few, many = (calls(lambda pair=pair, times=times: read(*pair, times=times)) for times in (4, 12))
        if many > 3 * few:
            some = calls(lambda pair=pair: read(*pair, times=8))
            dear += [pair] if many - some > some - few else []
    assert dear == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_line_costs_more_the_longer_the_page_nor_joins_an_entry_for_ever(kind: str) -> None:
    assert calls(lambda: read(kind, times=60)) <= 3 * calls(lambda: read(kind, times=20))
    entries = read(kind, times=400).entries
    assert max([len(entry.title) + len(entry.note) for entry in entries]) < 1200
