"""The data dictionary of a small table, and the tables of pairs of chapters."""

from procman.reports.dictionary import _section, data_dictionary
from procman.reports.listings import POSSIBLE
from procman.tables import Column, Measure, Table


def test_a_table_in_the_data_dictionary():
    columns = (
        Column("kind", "str", "its kind", "chapter", allowed=("chapter", "section")),
        Column("date", "str", "its date", "2024-06", optional=True),
        Column("note", "str", "a note; missing for most", "", optional=True),
    )
    assert _section(Measure("made_up", "What it is.", columns, "Of all.", "It is small.")) == [
        "### `made_up`", "", "What it is.", "", "*Based on:* Of all. *Limits:* It is small.", "",
        "| column | type | meaning | example |", "|---|---|---|---|",
        "| `kind` | str | its kind (chapter, section) | chapter |",
        "| `date` | str | its date; may be missing | 2024-06 |",
        "| `note` | str | a note; missing for most |  |", "",
    ]  # fmt: skip
    assert _section(Table("plain", "Plain.", ()))[3:] == [
        "",
        "| column | type | meaning | example |",
        "|---|---|---|---|",
        "",
    ]
    every = data_dictionary()
    assert [f"### `{name}`" in every.splitlines() for name in ("entries", "gaps", "possible matches")] == [
        True,
        True,
        False,
    ]


def test_a_possible_match_may_have_no_section_and_no_other_near_title():
    left_out = {"left_section", "right_section", "left_others", "right_others"}
    held = {"str": "similar"}
    row = [None if column.name in left_out else held.get(column.dtype, 1) for column in POSSIBLE.columns]
    table = POSSIBLE.check(POSSIBLE.frame([row]))
    assert table[[*left_out]].isna().all(axis=None)
