"""The comparison figures draw their tables: marks, lengths and words are read back from the artists."""

import re

import pytest
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from procman import figures, open_library
from procman.errors import TableError
from procman.figures.inline import inline_svg
from procman.matching.topics import topics
from procman.measures import activity, coverage, duties, editions, pairs, structure
from procman.measures.activity import AGES, AMENDMENTS_BY_EDITION
from procman.measures.coverage import BY_SECTION, INTERSECTIONS, PRESENCE
from procman.measures.duties import AUDIT, STATES
from procman.measures.editions import TALLY
from tests import synthetic

LONG = "Complaints, Allegations or Serious Concerns about Standards of Care in Relation to Foster Carers " * 3


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Thirty councils, two editions each of the first."""
    folder = synthetic.write_library(tmp_path_factory.mktemp("many"), 30, 1)
    path = folder / "shire-001" / synthetic.edition_name(1) / "contents.txt"
    path.parent.mkdir()
    path.write_text(synthetic.text_page(0, 1), encoding="utf-8")
    return open_library(folder, cache=False)


def drawn(library):
    """Every comparison figure of a library with its table."""
    entries = editions.newest(library.entries)
    chapters = topics(entries)
    councils = list(dict.fromkeys(chapters["council"]))
    left, right = (entries[entries["council"] == council] for council in councils[:2])
    by_section = coverage.by_section(chapters)
    sizes = structure.sizes(entries)
    tables = {
        "coverage_chart": by_section[by_section["council"] == councils[0]],
        "matrix_chart": coverage.presence(chapters),
        "intersections_chart": coverage.intersections(chapters),
        "side_by_side_chart": pairs.side_by_side(left, right),
        "outline_chart": sizes[sizes["council"] == councils[0]],
        "sizes_chart": sizes,
        "depth_chart": structure.depths(entries),
        "ages_chart": activity.ages(entries, "2026-11"),
        "amendments_chart": activity.amendments_by_edition(library.amendments),
        "duties_chart": duties.audit(entries, chapters),
        "changes_chart": editions.tally(left, right, editions.changes(left, right)),
    }
    return {name: (getattr(figures, name)(table), table) for name, table in tables.items()}


@pytest.fixture(scope="module", params=["two", "thirty"])
def charts(request, library, many):
    return drawn(library if request.param == "two" else many)


def words_of(axes):
    """Every word of a figure that is seen, with its box in pixels."""
    chart = axes.figure
    canvas = FigureCanvasAgg(chart)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [*chart.texts]
    for each in chart.axes:
        texts += each.texts
        if each.axison:
            seen = sorted(each.get_xlim())
            ticks = zip(each.get_xticks(), each.get_xticklabels(), strict=True)
            texts += [label for place, label in ticks if seen[0] <= place <= seen[1]]
            texts += [*each.get_yticklabels(), each.xaxis.label]
    texts += [text for legend in chart.legends for text in legend.get_texts()]
    return [
        (text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text() and text.get_visible()
    ]


def test_no_word_is_clipped_and_none_overlaps_another(charts):
    for name, (axes, _) in charts.items():
        wide, tall = axes.figure.bbox.width, axes.figure.bbox.height
        words = words_of(axes)
        for text, box in words:
            assert box.x0 >= -1, (name, text)
            assert box.y0 >= -1, (name, text)
            assert box.x1 <= wide + 1, (name, text)
            assert box.y1 <= tall + 1, (name, text)
        boxes = [(text, box.shrunk(0.96, 0.9)) for text, box in words]
        for place, (text, box) in enumerate(boxes):
            for other, there in boxes[place + 1 :]:
                overlap = min(box.x1, there.x1) - max(box.x0, there.x0), min(box.y1, there.y1) - max(box.y0, there.y0)
                assert min(overlap) < 3, (name, text, other)


def test_every_figure_knows_its_table_and_says_it_in_words(charts):
    for name, (axes, table) in charts.items():
        chart = figures.Chart.of(axes)
        assert chart.table is table, name
        assert chart.title in chart.alt, name
        assert len(chart.alt) > len(chart.title), name


def marks(axes, label):
    line = next(line for line in axes.lines if line.get_label() == label)
    return len(line.get_xdata())


def test_the_grids_have_a_mark_in_each_cell(charts):
    axes, table = charts["matrix_chart"]
    rows = min(60, table["topic"].nunique())
    here, absent = marks(axes, "on the contents page"), marks(axes, "not on the contents page")
    assert here + absent == rows * table["council"].nunique()
    if rows == table["topic"].nunique():
        assert here == (table["chapters"] > 0).sum()
    axes, table = charts["duties_chart"]
    labels = [line.get_label() for line in axes.lines]
    assert sum(marks(axes, label) for label in labels) == len(table)
    asked = table[table["expected"].isin(["yes", "undated"])]
    assert marks(axes, "present") == (asked["state"] == "present").sum()
    # Each state has a shape of its own: no colour is needed.
    assert len({line.get_marker() for line in axes.lines}) == len(axes.lines)


def test_what_was_not_expected_is_drawn_as_that_and_the_marks_add_up_to_the_title():
    rows = [
        (
            f"{state}-{expected}",
            f"{state}, {expected}",
            "yes",
            "Ayle",
            "2017-07",
            None,
            state,
            expected,
            0,
            None,
            None,
            None,
            "words",
        )
        for state in STATES
        for expected in ("yes", "undated", "not yet", "no longer")
    ]
    axes = figures.duties_chart(AUDIT.frame(rows))
    assert axes.figure.title == (
        "2 of 10 checks found a matching chapter; 2 found a possible match, 2 a chapter to follow, "
        "2 a link to the partners' procedures and 2 found none"
    )
    drawn = {line.get_label(): marks(axes, line.get_label()) for line in axes.lines}
    assert drawn == {
        "present": 2, "to follow": 2, "possible": 2, "elsewhere": 2,
        "not found": 2, "not expected": 10,
    }  # fmt: skip


def test_marks_agree_with_the_title(charts):
    axes, _ = charts["duties_chart"]
    labels = {line.get_label() for line in axes.lines}
    shown = {
        "present": r"(\d+) of",
        "possible": r"(\d+) found a possible",
        "to follow": r"(\d+) a chapter to follow",
        "elsewhere": r"(\d+) a link",
        "not found": r"(\d+) found none",
    }
    for label, number in shown.items():
        said = re.search(number, axes.figure.title)
        assert (marks(axes, label) if label in labels else 0) == (int(said[1]) if said else 0)


def test_the_bars_add_up(charts):
    axes, table = charts["coverage_chart"]
    assert sum(bar.get_width() for bar in axes.patches) == table["chapters"].sum()
    axes, table = charts["depth_chart"]
    assert sum(bar.get_width() for bar in axes.patches) == table["chapters"].sum()
    axes, table = charts["outline_chart"]
    assert sum(bar.get_width() for bar in axes.patches) == table["chapters"].sum()
    axes, table = charts["intersections_chart"]
    assert sorted(bar.get_width() for bar in axes.patches) == sorted(table["topics"].iloc[:30])


def test_the_dots_beside_the_bars_are_the_councils(library):
    table = coverage.intersections(topics(library.entries))
    axes = figures.intersections_chart(table)
    dots = next(each for each in axes.figure.axes if each.get_label() == "councils")
    joined = [len(line.get_xdata()) for line in dots.lines if line.get_linestyle() == "-"]
    assert joined == table["members"].tolist()


def test_a_line_joins_each_match_and_each_other_chapter_has_a_stroke(charts):
    axes, table = charts["side_by_side_chart"]
    joined = table["level"].notna()
    lines = [line.get_label() for line in axes.lines]
    assert lines.count("straight") + lines.count("crossing") == joined.sum()
    assert lines.count("crossing") == (~table.loc[joined, "same_section"].astype(bool)).sum()
    strokes = {each.get_label(): len(each.get_segments()) for each in axes.collections}
    assert strokes["no match left"] == table.loc[~joined, "left_position"].notna().sum()
    assert strokes["no match right"] == table.loc[~joined, "right_position"].notna().sum()


def test_each_section_is_a_dot(charts):
    axes, table = charts["sizes_chart"]
    dots = sum(len(line.get_xdata()) for line in axes.lines if line.get_marker() == "o")
    assert dots == ((table["level"] == "section") & table["position"].notna()).sum()


def test_changes_say_their_numbers(charts):
    axes, table = charts["changes_chart"]
    numbers = sorted(int(text.get_text()) for text in axes.texts if text.get_text().isdigit())
    assert numbers == sorted(table["chapters"])
    assert len([patch for patch in axes.patches if isinstance(patch, Rectangle)]) == len(table)


def test_ages_mark_the_median_and_what_is_older():
    dates = {"2023-03": 12, "2022-03-09": 24, "2019-03": 60}
    rows = [("Ayle", None, n, None, "c", "s", printed, months) for n, (printed, months) in enumerate(dates.items())]
    axes = figures.ages_chart(AGES.frame([*rows, ("Ayle", None, 9, None, "c", "s", None, None)]))
    assert axes.figure.title == "1 of 3 dated chapters is more than 3 years old, as of March 2024"
    assert axes.get_xlabel().startswith("Years from the printed date to March 2024 (")
    assert "to March 2024" in axes.figure.texts[1].get_text().replace("\n", " ")
    medians = [line.get_xdata()[0] for line in axes.lines if line.get_linewidth() == 3]
    assert medians == [2.0]
    assert [text.get_text() for text in axes.texts] == ["median 2.0 years; 1 of 3 older, 1 undated"]


def test_amendments_are_bars_from_a_floor():
    table = AMENDMENTS_BY_EDITION.frame(
        [("Ayle", "2023-04", 4, 1, 3), ("Ayle", "2024-04", 8, 0, 8), ("Ayle", None, 2, 0, 2)]
    )
    axes = figures.amendments_chart(table)
    tall = [-bar.get_height() for bars in axes.containers for bar in bars]
    assert sum(tall) / max(tall) == pytest.approx(12 / 8)
    assert "2 amendments without a date left out" in " ".join(text.get_text() for text in axes.figure.texts).replace(
        "\n", " "
    )


@pytest.mark.parametrize(
    ("draw", "table", "words"),
    [
        (
            "ages_chart",
            AGES.frame([("A", None, 1, None, "c", None, None, None)]),
            "None of 1 chapter has a printed date",
        ),
        ("amendments_chart", AMENDMENTS_BY_EDITION.frame([]), "The library holds no amendments page of these councils"),
        ("changes_chart", TALLY.frame([]), "No chapter was added"),
        ("coverage_chart", BY_SECTION.frame([("A", "s", 3, 0, 0, 3, 1)]), "A is the only council here"),
        ("depth_chart", structure.DEPTHS.frame([]), "No manual has a chapter"),
        ("duties_chart", AUDIT.frame([]), "No duty to look for"),
        ("intersections_chart", INTERSECTIONS.frame([("A", 1, 3, 1.0, 3)]), "fewer than two councils"),
        ("matrix_chart", PRESENCE.frame([]), "No topic to compare"),
        ("sizes_chart", structure.SIZES.frame([]), "No manual has a section"),
        ("side_by_side_chart", pairs.SIDE_BY_SIDE.frame([]), "Neither manual has a chapter"),
    ],
)
def test_nothing_to_draw_is_said_so(draw, table, words):
    chart = figures.Chart.of(getattr(figures, draw)(table))
    assert words in chart.title
    assert chart.picture("svg")


COUNCILS = [f"Shire {number:03}" for number in range(70)]


@pytest.mark.parametrize(
    ("draw", "table", "said"),
    [
        (
            "ages_chart",
            AGES.frame([(name, None, 1, None, "c", None, "2020-01", 70) for name in COUNCILS]),
            "Of 70 manuals 60 are drawn; the table has all.",
        ),
        (
            "amendments_chart",
            AMENDMENTS_BY_EDITION.frame([(name, "2023-04", 2, 1, 1) for name in COUNCILS]),
            "Of 70 councils 40 are drawn; the table has all.",
        ),
        (
            "changes_chart",
            TALLY.frame([(name, "added", 1, 2) for name in COUNCILS]),
            "Of 70 sections 60 are drawn; the table has all.",
        ),
        (
            "coverage_chart",
            BY_SECTION.frame([("Ayle", name, 3, 1, 0, 2, 2) for name in COUNCILS]),
            "Of 70 sections 60 are drawn; the table has all.",
        ),
        (
            "depth_chart",
            structure.DEPTHS.frame([(name, None, 2, 4, 1.0) for name in COUNCILS]),
            "Of 70 manuals 60 are drawn; the table has all.",
        ),
        (
            "outline_chart",
            structure.SIZES.frame([("Ayle", None, "section", 1, "1", name, 1, 0, 0.1) for name in COUNCILS]),
            "Of 70 headings 60 are drawn; the table has all.",
        ),
        (
            "sizes_chart",
            structure.SIZES.frame([(name, None, "section", 1, "1", "All", 9, 0, 1.0) for name in COUNCILS]),
            "Of 70 manuals 60 are drawn; the table has all.",
        ),
    ],
)
def test_rows_that_are_not_drawn_are_counted_in_the_note(draw, table, said):
    def note(table):
        chart = figures.Chart.of(getattr(figures, draw)(table))
        return " ".join(" ".join(text.get_text() for text in chart.texts).split())

    assert said in note(table)
    assert "are drawn" not in note(table[:40])


@pytest.mark.parametrize("draw", ["coverage_chart", "outline_chart"])
def test_a_figure_of_one_manual_refuses_two(library, draw):
    measure = {"coverage_chart": lambda e: coverage.by_section(topics(e)), "outline_chart": structure.sizes}[draw]
    with pytest.raises(TableError, match="give the rows of one"):
        getattr(figures, draw)(measure(library.entries))


def test_long_titles_and_marks_of_mathematics_fit():
    rows = [("t", f"{LONG}$x$", "Ayle", 1, "1", "s"), ("t", LONG, f"{LONG}", 0, None, None)]
    axes = figures.matrix_chart(PRESENCE.frame(rows))
    assert all(box.x1 <= axes.figure.bbox.width for _, box in words_of(axes))
    table = BY_SECTION.frame([(LONG, LONG, 3, 1, 0, 2, 2)])
    axes = figures.coverage_chart(table)
    assert all(box.x0 >= -1 and box.x1 <= axes.figure.bbox.width + 1 for _, box in words_of(axes))


def test_words_that_look_like_marks_of_a_picture_stay_as_they_are():
    words = 'Consent id="x" href="#y" url(#z)'
    axes = figures.coverage_chart(BY_SECTION.frame([(words, words, 3, 1, 0, 2, 2)]))
    svg = etree.fromstring(inline_svg(axes.figure, "one"))
    text = " ".join(" ".join(svg.itertext()).split())
    assert words in text
    assert "one-" not in text
    assert svg.get("aria-labelledby") == "one-title"


def test_two_pictures_on_a_page_share_no_name(charts):

    seen = set()
    for name, (axes, _) in charts.items():
        svg = inline_svg(axes.figure, name)
        names = set(re.findall(r'\sid="([^"]+)"', svg))
        assert names
        assert not names & seen
        seen |= names
        used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg))
        assert {one or other for one, other in used} <= names, name
        assert "<style" not in svg
