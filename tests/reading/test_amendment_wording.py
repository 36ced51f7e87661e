"""What the words of a line on an amendments page are: a name, the details of a change, or both."""

from __future__ import annotations

import pytest

from procman.reading.amendment_wording import Wording, _link_end
from procman.reading.line import Line
from procman.reading.name_or_details import folded

UNKNOWN = Wording(frozenset(), "")
KNOWN = Wording(frozenset(map(folded, ["Pets in Foster Homes and Visits", "Young Carers"])), "")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Harbour Swimming", "name"),
        ("A link was added.", "details"),
        ("New links", "details"),
        ("Rabbits: new form", "split"),
        ("Rabbits and", "name"),
    ],
)
def test_words_alone_tell_what_they_are(text: str, what: str) -> None:
    assert UNKNOWN.taken(text)[0] == what


@pytest.mark.parametrize("how", [{"heading": 2}, {"strong": True}, {"tag": "dt"}])
def test_words_set_apart_are_sooner_a_name(how: dict[str, object]) -> None:
    text = "Notification form replaced"
    assert UNKNOWN.taken(text, Line(1, text))[0] == "details"
    assert UNKNOWN.taken(text, Line(1, text, **how))[0] == "name"  # type: ignore[arg-type]


def test_words_below_a_name_or_other_details_are_sooner_details() -> None:
    text = "Links to rabbits"
    line = Line(1, text)
    assert [UNKNOWN.taken(text, line, *below)[0] for below in ((), (True,), (False, True))] == [
        "name",
        "details",
        "name",
    ]
    covers = Line(1, "Covers rabbits", tag="dd")
    assert UNKNOWN.taken(covers.text, Line(1, covers.text))[0] == "name"
    assert UNKNOWN.taken(covers.text, covers)[0] == "details"
    assert UNKNOWN.taken(covers.text, Line(1, covers.text), False, True)[0] == "name"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Pets in Foster Homes", True),
        ("pets in", True),
        ("Pets in F", False),
        ("Rabbits", False),
        ("Zebras", False),
        ("Young Carers", False),
        ("", False),
    ],
)
def test_a_longer_known_title_begins_with_these_words(text: str, begins: bool) -> None:
    assert KNOWN.begins_title(text) is begins


def test_a_title_begins_with_at_most_400_characters() -> None:
    for number, begins in ((399, True), (400, True), (401, False)):
        title = "x" * number
        assert Wording(frozenset([folded(f"{title} visits")]), "").begins_title(title) is begins


@pytest.mark.parametrize(
    ("above", "text", "apart", "unknown", "known"),
    [
        ("Pets", "foster homes", False, True, True),
        ("Pets", "foster homes", True, False, False),
        ("Pets", "Foster Homes", False, False, False),
        ("Pets in", "foster homes", True, True, True),
        ("Pets in Foster", "Homes", True, False, True),
        ("Young", "Carers", True, False, True),
        ("Young", "Carers: a link was added.", True, False, True),
        ("Young Carers", "Covers: rabbits.", True, False, False),
        ("x" * 200, "y" * 199, False, True, True),
        ("x" * 200, "y" * 200, False, False, False),
    ],
)
def test_a_line_goes_on_with_the_name_above(above: str, text: str, apart: bool, unknown: bool, known: bool) -> None:
    assert (UNKNOWN.goes_on(above, text, apart), KNOWN.goes_on(above, text, apart)) == (unknown, known)


@pytest.mark.parametrize(
    ("href", "after", "end"), [("a", ": new", 4), ("", ": new", 0), ("a", "", 0), ("a", "news", 0)]
)
def test_the_words_of_a_link_end_before_those_behind_it(href: str, after: str, end: int) -> None:
    assert _link_end(Line(1, "Pets: new", href=href, after=after)) == end


def test_a_link_with_words_behind_it_is_a_name_with_details() -> None:
    line = Line(1, "Rabbits New seats", href="a", after="New seats")
    what, parts = UNKNOWN.taken(line.text, line)
    assert (what, parts and (parts.name, parts.details)) == ("split", ("Rabbits", "New seats"))
