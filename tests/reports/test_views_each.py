"""What each view depends on and needs: its settings do something where it says so, and nothing where it does not."""

import io
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.measures.counting import MANY
from procman.reports import views
from procman.reports.comparison import Comparison
from procman.reports.view import EACH_COUNCIL, NO_DATA, ONE_EDITION, PICKS, TOO_FEW, Each, View, chart
from procman.reports.views import activity, editions

PAGES = {
    ("Ayle", "2023-01"): "1. Care\n\n1.1 Private Fostering\n1.2 Complaints\n\n2. Staff\n\n2.1 Lone Working\n",
    ("Ayle", "2024-06"): "1. Care\n\n1.1 Private Fostering New\n1.2 Complaints and Representations Procedure\n\n2. Staff\n\n"
    "2.1 Lone Working Updated\n2.2 Visits\n",
    ("Beere", "2024-06"): "1. Care\n\n1.1 Fostering: Private Arrangements\n1.2 Complaints Procedure\n1.3 Life Story Books New\n",
    ("Carn", "2024-06"): "1. All\n\n1.1 Complaints Updated\n1.2 Life Story Work\n\n2. More\n\n2.1 Privately Fostered Children\n",
    ("Dene", "2024-06"): "1. All\n\n1.1 Complaints\n1.2 Privately Fostered Children\n1.3 Harbours\n",
}  # fmt: skip
#: The views for which the test's pages hold too little to tell.
UNTOLD = {"search", "possible_matches", "touched"}


def manual(council, page, edition="2024-06"):
    return read_manual(io.StringIO(page), council, edition=edition)


def compared(number=4):
    councils = sorted({council for council, _ in PAGES})[:number]
    return Comparison(
        [manual(council, page, edition) for (council, edition), page in PAGES.items() if council in councils]
    )


def there(number):
    """What a view looks at to tell whether there are enough councils."""
    return SimpleNamespace(present=[str(n) for n in range(number)])


def tables(view, comparison):
    if not view.possible(comparison):
        return []
    return [view.of(comparison, *subject) for subject in view.subjects(comparison)[:1]]


def same(some, others):
    return all(one.equals(other) for one, other in zip(some, others, strict=True))


def test_how_many_councils_a_view_and_its_chart_need():
    needs = {
        view.name: next(n for n in range(1, 9) if view.why_empty(there(n), "Ayle") == view.empty)
        for view in views.VIEWS
    }
    assert {name: number for name, number in needs.items() if number > 1} == {
        **dict.fromkeys(("coverage_by_section", "intersections", "shares", "novelty", "at_confidences", "likeness"), 2),
        **dict.fromkeys(("nearest", "explained"), 3), "clusters": 4,
        **dict.fromkeys(("gaps", "gaps_listed", "side_by_side", "sections_side_by_side", "order"), 2),
    }  # fmt: skip
    for view in views.VIEWS:
        if view.councils > 1:
            assert view.lacking(there(view.councils - 1)) == f"needs {view.councils} councils"
            words = ("two", "three", "four")[view.councils - 2]
            assert view.why_empty(there(view.councils - 1)).startswith(f"Choose at least {words} councils.")
    assert TOO_FEW[1] == views.view("sizes").why_empty(there(0))
    drawn = {view.name: next(n for n in range(1, 99) if view.chart_for(there(n))) for view in views.VIEWS if view.chart}
    assert {name: number for name, number in drawn.items() if number > 1} == {
        "topics": 7, "search": 20, "likeness": 5, "nearest": 3, "clusters": 4, "explained": 3
    }  # fmt: skip
    assert views.view("gaps").chart_for(there(9)) is None


def test_a_view_says_at_once_what_it_lacks_where_that_is_quick_to_tell():
    alone, two = Comparison([manual("Ayle", "1. Care\n\n1.1 Consent\n")]), compared(1)
    lacking = {view.name: view.lacking(alone) for view in views.VIEWS if view.councils == 1}
    without = ("flagged", "reviews", "ages", "amendments", "amendments_by_year", "amendments_listed", "manuals")
    assert {name for name, said in lacking.items() if said == NO_DATA} == {
        *without, "by_chapter", "each_change", "changes", "claims", "timeline", "claims_over_time"
    }  # fmt: skip
    assert {*lacking.values()} == {NO_DATA, ""}
    assert [name for name in ("by_chapter", "claims", "timeline", "flagged") if views.view(name).lacking(two)] == []
    assert views.view("gaps").lacking(two) == "needs 2 councils"
    assert views.view("gaps").lacking(compared(2)) == ""
    for name in ("amendments", "amendments_by_year", "amendments_listed"):  # of a library without any
        held = SimpleNamespace(
            present=["Ayle"],
            library=True,
            amendments=two.amendments,
            today=None,
            words="",
            keep=lambda key, make, by_score: make(),
        )
        assert views.view(name).lacking(held) == NO_DATA  # fmt: skip
    assert views.view("changes").why_empty(alone) == ONE_EDITION
    assert views.view("changes").why_empty(alone, "Ayle", "2023-01", "2024-06") == views.view("changes").empty
    assert views.view("timeline").why_empty(alone) == views.view("timeline").empty


def test_a_council_without_a_chapter_has_no_table_by_topic_but_is_a_manual():
    comparison = Comparison([manual("Ayle", "1. Care\n\n1.1 Consent\n"), manual("Beere", "1. Care\n\n1.1 Visits\n")])
    entries = comparison.entries
    comparison = Comparison(entries[(entries["council"] == "Ayle") | (entries["kind"] != "chapter")])
    assert views.view("gaps").subjects(comparison) == [("Ayle",)]
    assert views.view("outline").subjects(comparison) == [("Ayle",), ("Beere",)]
    assert views.view("gaps").titled() == f"Missing from {EACH_COUNCIL}'s contents page"


def test_rows_about_other_chapters_are_left_out_and_the_rest_counted_from_nought():
    comparison = compared()
    view = views.view("topics")
    whole = view.of(comparison)
    few = view.narrowed(whole, comparison.of(words="life"))
    assert few["topic_title"].tolist() == ["Life story books"]
    assert few.index.tolist() == [0]
    assert view.narrowed(whole, comparison) is whole
    assert view.on_topic(whole, comparison.of(words="life", sections=("Staff",)))["topic_title"].tolist() == [
        "Life story books"
    ]
    assert views.view("novelty").narrowed(whole, comparison.of(words="life")) is whole
    search = views.view("search")
    assert search.of(comparison.of(words="life"))["found_by"].ne("not found").sum() == 2
    assert search.of(comparison.of(words="harbours"))["found_by"].ne("not found").sum() == 1
    changed = views.view("each_change")
    rows = changed.of(comparison, "Ayle", "2023-01", "2024-06")
    assert len(changed.of(comparison.of(sections=("Care",)), "Ayle", "2023-01", "2024-06")) < len(rows)


def test_what_each_section_shares_is_by_three_groups_of_few_councils_and_by_bands_of_many():
    view, comparison = views.view("coverage_by_section"), compared()
    table = view.of(comparison, "Carn")
    assert table["council"].eq("Carn").all()
    assert table.index.tolist() == [0, 1]
    few = SimpleNamespace(present=[*range(MANY - 1)])
    many = SimpleNamespace(present=[*range(MANY)])
    numbers = {"in_all", "in_some", "only_here", "by_most", "by_half", "by_some", "by_few"} & {*table.columns}
    for councils, shown in ((few, {"in_all", "in_some", "only_here"}), (many, numbers - {"in_all", "in_some"})):
        frame, declared, hidden = view.on_screen(councils, table, "Carn")
        assert frame is table
        assert declared is view.table
        assert numbers - {*hidden} == shown
        assert {"council", "of"} <= {*hidden}


def test_gaps_have_a_column_for_each_of_up_to_four_others():
    view, comparison = views.view("gaps"), compared()
    table = view.of(comparison, "Dene")
    frame, declared, hidden = view.on_screen(comparison, table, "Dene")
    declared.check(frame)
    first = [*table.columns[:5]]
    assert [*frame.columns] == [*first, "Ayle", "Beere", "Carn", *table.columns[5:]]
    assert hidden == ("topic", "councils", "of", "share", "nearest_score", "which")
    row = frame.set_index("topic_title").loc["Life story books"]
    assert row[["Beere", "Carn"]].tolist() == ["1.3 Life Story Books", "1.2 Life Story Work"]
    assert pd.isna(row["Ayle"])
    for others in ("ABCDE", "", ["tier"]):
        few = SimpleNamespace(present=["Dene", *others], chapters=comparison.chapters)
        frame, declared, hidden = view.on_screen(few, table, "Dene")
        assert frame is table
        assert (declared, hidden) == (view.table, ("topic", "nearest_score", "which"))
    four, _, _ = view.on_screen(SimpleNamespace(present=[*"ABCD", "Dene"], chapters=comparison.chapters), table, "Dene")
    assert [*four.columns][5:9] == [*"ABCD"]
    listed = views.view("gaps_listed").of(comparison, "Dene")
    assert listed[listed["topic_title"] == "Life story books"]["council"].tolist() == ["Beere", "Carn"]


def test_of_more_than_twelve_councils_yours_and_those_with_most_editions_are_in_the_timeline():
    names = [f"Shire {n:02}" for n in range(1, 14)]
    page = "1. All\n\n1.1 Consent\n{}"
    more = dict.fromkeys(names[:11], "1.2 Visits\n")  # larger than the last two
    manuals = [
        manual(name, page.format(more.get(name, "") if edition == "2024-06" else ""), edition)
        for name in names for edition in ("2024-01", "2024-06")
    ]  # fmt: skip
    thirteen = Comparison(manuals)
    thirteen.focus = names[12]
    table = editions._timeline_drawn(thirteen)
    drawn = table[table["before"].notna()]
    assert drawn["council"].tolist() == [*names[:11], names[12]]
    assert drawn["added"].tolist() == [1] * 11 + [0]
    assert len(table) == 26
    twelve = editions._timeline_drawn(Comparison(manuals[:24]))
    assert twelve["before"].notna().sum() == 12


def test_ages_are_to_the_day_given_else_the_newest_month_else_a_month_before_any():
    until = activity._until
    assert until(SimpleNamespace(today="2026-01-01", latest="2024-06")) == "2026-01-01"
    assert until(SimpleNamespace(today=None, latest="2024-06")) == "2024-06"
    assert until(SimpleNamespace(today=None, latest=None)) == activity.BEFORE_ANY


@pytest.mark.parametrize(
    ("name", "where", "frame", "kept"),
    [
        ("places", "report", pd.DataFrame({"elsewhere": [0, 1, 2], "other_depth": [1, 0, 0]}), [1, 2]),
        ("places", "workbook", pd.DataFrame({"elsewhere": [0, 1, 0, 1], "other_depth": [1, 0, 0, 1]}), [0, 1, 3]),
        ("each_change", "report", pd.DataFrame({"kind": ["chapter", "section", "chapter", "chapter"],
                                                "change": ["moved", "added", "renumbered", "removed"]}), [0, 3]),
        ("reviews", "report", pd.DataFrame({"past": [True, False]}), [0]),
        ("duties", "report", pd.DataFrame({"state": ["present", "not found", "not found", "possible match"],
                                           "expected": ["yes", "yes", "no", "undated"]}), [1, 3]),
        ("ages", "workbook", pd.DataFrame({"date": [None, "2024-01"]}), [1]),
        ("nearest", "report", pd.DataFrame({"rank": range(1, 13)}), [*range(5)]),
        ("nearest", "workbook", pd.DataFrame({"rank": range(1, 13)}), [*range(10)]),
    ],
)  # fmt: skip
def test_of_some_tables_an_output_shows_some_rows(name, where, frame, kept):
    assert getattr(views.view(name), where).only(frame).index.tolist() == kept


def test_the_chapters_that_a_duty_touches_are_of_the_words_or_of_the_newest_duty():
    pages = {
        "Ayle": "1. Care\n\n1.1 Kinship Care\n1.2 Supported Accommodation\n1.3 Consent\n",
        "Beere": PAGES["Beere", "2024-06"],
    }
    comparison, view = Comparison([manual(council, page) for council, page in pages.items()]), views.view("touched")
    assert view.of(comparison.of(words="kinship"))["title"].tolist() == ["Kinship Care"]
    assert view.of(comparison)["title"].tolist() == ["Supported Accommodation"]
    assert view.of(comparison.of(words="-"))["title"].tolist() == ["Supported Accommodation"]
    none = view.of(comparison.of(words="parking"))
    assert (len(none), none.columns.tolist()) == (0, view.of(comparison).columns.tolist())


def test_how_long_a_table_of_the_report_may_be_and_what_it_leaves_to_other_outputs():
    most = {view.name: view.report.most for view in views.VIEWS if view.report and view.report.table}
    assert {name: number for name, number in most.items() if number != 60} == {
        "side_by_side": None, "flags_by_topic": 15, "duties": 120, "checklist": None
    }  # fmt: skip
    assert all(view.workbook.most is None for view in views.VIEWS)  # the workbook has all
    tables_only = [view.name for view in views.VIEWS if view.report and view.chart and not view.report.chart]
    assert tables_only == ["nearest", "each_change"]
    charts_only = {view.name for view in views.VIEWS if view.report and not view.report.table}
    assert charts_only == {
        "coverage_by_section",
        "intersections",
        "sizes",
        "depths",
        "flags_by_section",
        "ages",
        "amendments",
        "changes",
    }
    assert [view.name for view in views.VIEWS if view.draws_all] == ["side_by_side", "matches", "possible_matches"]
    assert [view.name for view in views.VIEWS if not view.panel] == ["reach", "chapters"]
    assert [view.name for view in views.views_of("manuals", "chapters")] == ["manuals", "chapters"]
    assert {view.each for view in views.views_of("editions")} == {Each.EDITIONS, Each.WHOLE}


def test_what_holds_of_a_view_of_which_little_is_said(monkeypatch):
    frame = views.view("flags").table.frame([])
    view = View("x", "coverage", "Of {council}", views.view("flags").table, lambda comparison, *subject: frame)
    assert (view.matched, view.panel, view.gallery) == (True, True, True)
    assert (view.counts, view.quick, view.draws_all, view.editions) == (False, False, False, False)
    assert (view.councils, view.drawn_from, view.report.most, view.report.chart, view.report.table) == (
        1,
        1,
        60,
        True,
        True,
    )
    assert (view.titled("Ayle"), view.titled()) == ("Of Ayle", "Of each council")
    assert view.on_screen(None, frame) == (frame, view.table, ("topic", "position"))
    assert view.possible(there(1))
    assert view.obeys == frozenset()
    assert replace(view, counts=True).obeys == frozenset({"topics"})
    assert replace(view, rows="search").obeys == frozenset({"topics"})
    monkeypatch.setattr("procman.figures.flags_chart", lambda table, **asked: (table, asked))
    assert chart("flags_chart")(frame, focus="Ayle") == (frame, {"focus": "Ayle"})


def test_a_chart_may_draw_another_table_than_the_one_shown():
    comparison, between = compared(1), ("Ayle", "2023-01", "2024-06")
    view = views.view("each_change")
    assert view.drawn_of(comparison, *between).equals(views.view("changes").of(comparison, *between))
    assert [*view.of(comparison, *between).columns] != [*view.drawn_of(comparison, *between).columns]
    sizes = views.view("sizes")
    assert sizes.drawn_of(comparison) is sizes.of(comparison)


def test_confidence_and_words_change_the_views_that_say_so(tmp_path):
    """All share what is kept, so that a table kept for other settings would be noticed, too."""
    for (council, edition), page in PAGES.items():
        home = tmp_path / council.lower() / edition
        home.mkdir(parents=True)
        (home / "contents.txt").write_text(page, encoding="utf-8")
    comparison = Comparison(open_library(tmp_path, cache=False), ["Ayle", "Beere", "Carn"])
    sure, about = comparison.of(confidence=1.0), comparison.of(words="complaints")
    told = [view for view in views.VIEWS if view.name not in UNTOLD and view.possible(comparison)]
    changed = [view.name for view in told if not same(tables(view, comparison), tables(view, sure))]
    assert changed == [view.name for view in told if view.matched]
    assert not {"manuals", "amendments", "at_confidences", "sizes", "timeline", "checklist"} & {*changed}
    counted = [view.name for view in told if not same(tables(view, comparison), tables(view, about))]
    assert counted == [view.name for view in told if view.counts or view.rows == "changes"]
    assert {"reach", "coverage_by_section", "shares", "outline", "sizes", "depths", "flags_by_section", "flags"} <= {
        *counted
    }
    for view in told:
        assert view.on_topic(tables(view, comparison)[0], about).shape[0] <= len(tables(view, comparison)[0])
        assert (
            view.obeys == PICKS
            if view.rows in ("topic", "section", "place", "pair", "changes")
            else not view.obeys & {"sections"}
        )
    assert [view.name for view in views.VIEWS if not view.obeys] == [
        *("manuals", "novelty", "at_confidences", "likeness", "nearest", "clusters", "explained", "sections_side_by_side", "structure", "order"),
        *("notices", "amendments", "amendments_by_year", "amendments_listed", "claims", "timeline", "claims_over_time", "expected_by_council"),
        "chapters",
    ]  # fmt: skip
