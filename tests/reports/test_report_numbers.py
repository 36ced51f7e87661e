"""What the report says about small made-up manuals: which councils it names, what it counts and leaves out, and where lists end."""

import io
import re
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.measures import activity
from procman.reports import report, views
from procman.reports.comparison import Comparison
from procman.reports.view import Each

NAMES = ("Ayle", "Beere", "Coast", "Deane", "Exe", "Fal", "Gale", "Hythe", "Isle", "Jura")
SHARED, ALONE = "Private Fostering", ("Harbour Swimming", "Coal Mining", "Lighthouse Visits", "Kite Flying")


def entries(council, *titles, edition=None):
    rows = "".join(f"1.{n} {title}\n" for n, title in enumerate(titles, 1))
    return read_manual(io.StringIO(f"1. Care\n\n{rows}"), council, edition=edition).entries


def comparison(number, **more):
    """Councils that share one chapter; the first four have one that nobody else has."""
    alone = [*ALONE, *[None] * len(NAMES)]
    tables = [entries(name, SHARED, *filter(None, [alone[n]]), **more) for n, name in enumerate(NAMES[:number])]
    return Comparison(pd.concat(tables, ignore_index=True))


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", "\n".join(html)).split())


def heads(html):
    return [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<th scope=\"col\"[^>]*>.*?</th>", "\n".join(html))]


def rows(html):
    return len(re.findall(r'<th scope="row"', "\n".join(html)))


def test_pages_are_named_up_to_four():
    four, five = (report._pages(activity.flags(comparison(number, edition="2024-06").entries)) for number in (4, 5))
    assert four.startswith(
        "This page compares the contents pages of Ayle (2 chapters, June 2024), Beere (2 chapters, June 2024), "
        "Coast (2 chapters, June 2024) and Deane (2 chapters, June 2024). They list chapters;"
    )
    assert five.startswith("This page compares the contents pages of 5 councils. They list chapters;")
    one = report._pages(activity.flags(entries("Ayle", "Consent")))
    assert "Ayle (1 chapter, edition not printed)." in one


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "1 of 3 topics is on both contents pages and 2 on one alone."),
        (3, "1 of 4 topics is on all contents pages and 3 on one alone."),
    ],
)
def test_shared_topics_are_counted(number, said):
    (sentence,) = report._shared(comparison(number))
    assert sentence.startswith(said)
    assert "matched by titles and places" in sentence


def test_nothing_is_shared_by_one():
    assert [*report._shared(comparison(1))] == []


def test_flags_are_counted_of_all_chapters():
    one = report._flagged(activity.flags(entries("Ayle", "Consent New", "Records", "Visits")))
    assert one.startswith("1 of 3 chapters is flagged New or Updated. The flags are the publisher's;")
    two = report._flagged(activity.flags(entries("Ayle", "Consent New", "Records Updated", "Visits")))
    assert two.startswith("2 of 3 chapters are flagged New or Updated.")


def test_ages_are_counted_to_today_else_to_the_newest_month_in_the_library():
    table = entries("Ayle", "Consent", "Records", "Visits", "Panels", edition="2024-03")
    dates = ["2020-01", "2021-06", "2024-01", None]
    table.loc[table["kind"] == "chapter", "date"] = pd.array(dates, dtype="str")
    compared = Comparison(table)
    assert report._aged(compared, 4) == (
        "1 of 3 dated chapters was last announced as updated more than three years before March 2024. "
        "1 chapter without a date may be of any age."
    )
    compared.today = date(2024, 8, 1)
    assert report._aged(compared, 4).startswith(
        "2 of 3 dated chapters were last announced as updated more than three years before August 2024. 1 chapter without"
    )
    undated = Comparison(entries("Ayle", "Consent", edition="2024-03"))
    undated.today = "2024-08-01"
    for of in (undated, Comparison(entries("Ayle", "Consent"))):
        assert report._aged(of, 1) == "No chapter has a printed date, so the age of none is known."


def test_the_summary_says_the_day_first_and_the_duties_last():
    compared = comparison(2)
    said = [*report._summary(compared)]
    assert len(said) == 1
    sentences = re.findall(r"<li>(.*?)</li>", said[0])
    assert [sentence.split()[0] for sentence in sentences[:2]] == ["This", "1"]
    assert activity.NO_AMENDMENTS in sentences
    assert "each topic required by law or guidance is checked for each council." in sentences[-1]
    assert "A title does not show that the text meets the duty" in sentences[-1]
    compared.today = "2026-11-25"
    assert next(report._summary(compared)) == "<p>Made on 25 November 2026.</p>"


@pytest.fixture
def library(tmp_path):
    """Two editions of one council, one of another, and a page that cannot be read."""
    pages = {"ayle/2023-01": "Consent", "ayle/2024-06": "Records", "beere/2024-03": SHARED}
    for place, title in pages.items():
        home = tmp_path / "manuals" / place
        home.mkdir(parents=True)
        (home / "contents.txt").write_text(f"1. Care\n\n1.1 {title}\n1.2 Visits\n", "utf-8")
        (home / "manual.toml").write_text(f'council = "{place.partition("/")[0].title()}"\n', "utf-8")
    bad = tmp_path / "manuals/coast/<2024-06>"
    bad.mkdir(parents=True)
    (bad / "contents.txt").write_text("", "utf-8")
    with pytest.warns(UserWarning, match="left out"):
        return open_library(tmp_path / "manuals", cache=False)


def test_what_is_left_out_is_said(library):
    older, left_out = report._left_out(Comparison(library))
    assert (
        older
        == "<p>Councils are compared by their newest edition. Older editions are used only to show what changed.</p>"
    )
    assert left_out.startswith("<p>Left out: ")
    assert "/coast/&lt;2024-06&gt;" in left_out
    assert [*report._left_out(comparison(2))] == []


def test_the_report_compares_newest_editions_and_names_whom(library):
    page = report.report_page(library)
    assert "<title>Children&#x27;s services procedures: Ayle and Beere</title>" in page
    assert "Ayle (2 chapters, June 2024) and Beere (2 chapters, March 2024)" in page
    assert page.count("Councils are compared by their newest edition.") == page.count("<p>Left out: ") == 1
    parts = re.findall(r'<h2 id="heading-\d+">(.*?)</h2>', page)
    assert parts[:2] == ["In short", "How to read this"]
    place = page.index("Councils are compared by their newest")
    before = [part for part in parts if page.index(f">{part}</h2>") < place]
    assert before[-1] == "What was compared"
    assert "<h3>Ayle, 2023-01 to 2024-06</h3>" in page
    assert "<h3>Ayle (left) and Beere (right)</h3>" in page


def question(name):
    return next(each for each in report.QUESTIONS if each.name == name)


def part(name, compared, *kinds):
    shown = [view for view in views.VIEWS if view.question == name and view.report and view.each in kinds]
    assert shown
    return [*report._part(question(name), shown, compared)]


def pair_question():
    return next(view.question for view in views.VIEWS if view.report and view.each is Each.PAIR)


def test_two_manuals_stand_side_by_side_in_a_report_on_three_at_most():
    three, four = (part(pair_question(), comparison(number), Each.PAIR) for number in (3, 4))
    assert re.findall(r"<h3>(.*?)</h3>", "".join(three)) == [
        f"{left} (left) and {right} (right)"
        for left, right in (("Ayle", "Beere"), ("Ayle", "Coast"), ("Beere", "Coast"))
    ]
    assert re.findall(r"<h3>", "".join(four)) == []
    assert four.count("<p>Two manuals are set side by side in a report on up to 3 councils.</p>") == 1


def test_what_holds_for_several_views_is_said_once_and_the_limit_first():
    lines = part("gaps", comparison(1), Each.COUNCIL)
    assert lines[0] == f"<p>{question('gaps').limit}</p>"
    assert lines[1:] == ["<p>Choose at least two councils.</p>"]
    assert not re.search("<h3>", "".join(lines))


def test_each_council_is_headed_by_its_name_and_those_without_a_chapter_are_told():
    tables = [entries("Ayle", SHARED, ALONE[0]), entries("Beere", SHARED), entries("Coast", "Consent")]
    tables[2] = tables[2][tables[2]["kind"] != "chapter"]
    lines = part("gaps", Comparison(pd.concat(tables, ignore_index=True)), Each.COUNCIL)
    assert re.findall(r"<h3>(.*?)</h3>", "".join(lines)) == ["Ayle", "Beere"]
    assert lines[-1] == "<p>The page of Coast lists no chapter, so none is counted here.</p>"


def test_figures_of_their_own_have_the_first_six():
    compared = comparison(8)
    view = next(
        v for v in views.VIEWS if v.report and v.report.chart and v.chart and v.each in (Each.COUNCIL, Each.MANUAL)
    )
    shown = ["".join(report._shown(view, compared, (name,))) for name in NAMES[:8]]
    assert [page.count("<svg") for page in shown] == [1] * 6 + [0] * 2
    assert [page.count("Figures are drawn for the first 6 councils") for page in shown] == [0] * 6 + [1, 0]


def test_a_table_leaves_out_columns_without_a_cell_but_the_edition_and_of_many_councils_who():
    nine, ten = (heads(report._shown(views.view("gaps"), comparison(number), ("Ayle",))) for number in (9, 10))
    who = views.view("gaps").table.picked("which")[0].heading
    assert who in nine
    assert [head for head in nine if head != who] == ten
    assert not [head for head in nine if head.startswith("Nearest")]  # no chapter comes near
    undated = heads(report._shown(views.view("flags"), comparison(2), ()))
    assert "Edition" in undated


def test_rows_stand_in_the_measures_order_and_end_where_the_view_says():
    compared = comparison(4)
    view = views.view("gaps")
    html = [*report._shown(view, compared, ("Ayle",))]
    table = view.of(compared, "Ayle")
    assert rows(html) == len(table) == 3
    places = ["".join(html).index(title) for title in table["topic_title"]]
    assert all(one < other for one, other in pairwise(places))


def test_of_some_tables_only_what_is_worth_a_line_is_shown():
    compared = comparison(2)
    filtered = []
    for view in (view for view in views.VIEWS if view.report and view.report.table and view.each is Each.WHOLE):
        table = view.of(compared)
        only = view.report.only(table)
        if len(only) < len(table) and view.possible(compared):
            filtered.append(view.name)
            assert rows(report._shown(view, compared, ())) == min(len(only), view.report.most or len(only)), view.name
    assert "duties" in filtered
