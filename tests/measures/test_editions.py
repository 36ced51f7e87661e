"""What changed between two editions: each chapter counts once for each kind of change, and is not matched by its number."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procman import open_library, read_manual
from procman.errors import TableError
from procman.measures import TABLES
from procman.measures.editions import CHANGES, changes, claims, newest, tally
from tests import synthetic

NO_MATCHES = pd.DataFrame({"left_position": [], "right_position": [], "score": []})
WORDS = [
    f"{first} {second}" for first in ("Alder", "Birch", "Cedar", "Dogwood") for second in ("Reviews", "Visits", "Plans")
]


def entries(sections):
    """Entries of {section: [chapter, …]}, numbered anew; a chapter ends in its flag if it has one."""
    lines = []
    for n, (section, chapters) in enumerate(sections.items(), 1):
        lines += [f"{n}. {section}", "", *(f"{n}.{m} {chapter}" for m, chapter in enumerate(chapters, 1)), ""]
    return read_manual("\n".join(lines).encode(), "Northwick").entries


def kinds(old, new, matches=NO_MATCHES):
    """{change: [titles]} of chapters; titles of the new edition, for removed ones of the old."""
    table = TABLES["changes"].check(changes(entries(old), entries(new), matches))
    table = table[table["kind"] == "chapter"]
    titles = table["new_title"].fillna(table["old_title"])
    return {
        change: titles[table["change"] == change].tolist() for change in CHANGES if (table["change"] == change).any()
    }


def test_two_equal_editions_show_no_change(root):
    for manual in open_library(root / "data/manuals"):
        assert changes(manual.entries, manual.entries).empty


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_added_removed_and_kept_add_up(data):
    old = data.draw(st.lists(st.sampled_from(WORDS), unique=True, min_size=2))
    new = data.draw(st.lists(st.sampled_from(WORDS), unique=True, min_size=2))
    where = data.draw(st.integers(0, len(new)))
    before = {"Care": old, "Adoption": ["Panels"]}
    after = {"Care": new[:where], "Adoption": ["Panels", *new[where:]]}
    found = kinds(before, after)
    assert set(found.get("added", [])) == set(new) - set(old)
    assert set(found.get("removed", [])) == set(old) - set(new)
    assert set(found.get("moved", [])) == set(new[where:]) & set(old)
    assert "renamed" not in found
    for titles in found.values():
        assert len(titles) == len(set(titles))


def test_a_chapter_put_in_on_top_renumbers_the_rest_and_changes_nothing_else():
    found = kinds({"Care": ["Consent", "Records"]}, {"Care": ["Visits", "Consent", "Records"]})
    assert found == {"added": ["Visits"], "renumbered": ["Consent", "Records"]}


def test_a_renamed_section_is_one_change_and_moves_nothing():
    old = entries({"Looked After Children": ["Consent", "Records", "Visits"], "Adoption": ["Panels"]})
    new = entries({"Children in Care": ["Consent", "Records", "Visits"], "Adoption": ["Panels"]})
    table = changes(old, new, NO_MATCHES)
    assert table[["change", "kind", "old_title", "new_title"]].values.tolist() == [
        ["renamed", "section", "Looked After Children", "Children in Care"]
    ]


def test_a_rename_goes_through_the_alignment_and_through_no_number():
    old, new = {"Care": ["Consent", "Records"]}, {"Care": ["Permission", "Records"]}
    matches = pd.DataFrame({"left_position": [2], "right_position": [2], "score": [0.9]})
    assert kinds(old, new, matches) == {"renamed": ["Permission"]}
    assert kinds(old, new) == {"added": ["Permission"], "removed": ["Consent"]}


def test_of_several_partners_the_likeliest_counts():
    old, new = {"Care": ["Consent"]}, {"Care": ["Consent Policy", "Consent"]}
    matches = pd.DataFrame({"left_position": [2, 2], "right_position": [2, 3], "score": [0.99, 0.9]})
    assert kinds(old, new, matches) == {"added": ["Consent Policy"], "renumbered": ["Consent"]}


def test_flags_that_come_and_go():
    found = kinds({"Care": ["Consent New", "Records", "Visits"]}, {"Care": ["Consent", "Records Updated", "Visits"]})
    assert found == {"flag changed": ["Consent", "Records"]}


def test_marks_and_case_are_no_rename():
    assert kinds({"Care": ["Children’s Views – Consent"]}, {"Care": ["Children's views: consent"]}) == {}


@pytest.mark.parametrize("council", range(3))
def test_synthetic_editions_change_as_they_were_made(council):
    """From one edition to the next two chapters are exchanged in their places; the flags say so."""
    old, new = (read_manual(synthetic.text_page(council, n).encode(), "Shire").entries for n in (3, 4))
    table = changes(old, new)
    of_chapters = table[table["kind"] == "chapter"]
    titles = [set(each.loc[each["kind"] == "chapter", "title"]) for each in (old, new)]
    gone, come = titles[0] - titles[1], titles[1] - titles[0]
    assert len(come) == len(gone) <= 2
    assert set(of_chapters.loc[of_chapters["change"].isin(["added", "renamed"]), "new_title"]) == come
    assert set(of_chapters.loc[of_chapters["change"].isin(["removed", "renamed"]), "old_title"]) == gone
    assert not of_chapters["change"].isin(["renumbered"]).any()
    crossed = TABLES["claimed and observed"].check(claims(new, table))
    assert crossed["chapters"].sum() == (new["kind"] == "chapter").sum()
    sums = TABLES["changes by section"].check(tally(old, new, table))
    assert sums["chapters"].sum() == len(of_chapters)
    assert (sums["chapters"] <= sums["of"]).all()


def test_the_newest_edition_of_each_council():
    rows = pd.DataFrame({
        "council": ["A", "A", "A", None, "B", "B"],
        "edition": ["2017-07", "2018-01", "2018-01", None, None, "2001-01"],
    })  # fmt: skip
    assert newest(rows).index.tolist() == [1, 2, 3, 5]


def test_a_column_that_is_missing_is_named_with_its_table():
    page = entries({"Care": ["Consent"]})
    with pytest.raises(TableError, match="old: there is no column 'kind'"):
        changes(page[["title"]], page)
    with pytest.raises(TableError, match="new: there is no column 'status'"):
        changes(page, page.drop(columns="status"))
    with pytest.raises(TableError, match="matches: there is no column 'score'"):
        changes(page, page, NO_MATCHES.drop(columns="score"))
    with pytest.raises(TableError, match="table: there is no column 'edition'"):
        newest(page.drop(columns="edition"))
