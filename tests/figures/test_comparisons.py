"""The comparison figures draw their tables: marks, lengths and words are read back from the artists."""

import re

import pytest
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from procman import figures, open_library
from procman.errors import TableError
from procman.figures.alike import SHADES
from procman.figures.inline import inline_svg
from procman.matching.topics import topics
from procman.measures import activity, coverage, duties, editions, pairs, peers, structure
from procman.measures.activity import AGES, AMENDMENTS_BY_EDITION
from procman.measures.counting import BANDS
from procman.measures.coverage import BY_SECTION, BY_TOPIC, INTERSECTIONS, PRESENCE
from procman.measures.duties import AUDIT, STATES
from procman.measures.editions import TALLY
from procman.measures.timeline import TIMELINE
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
        "likeness_chart": peers.likeness(chapters),
        "nearest_chart": peers.nearest(chapters, councils[0]),
        "clusters_chart": peers.clusters(chapters),
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


def test_likenesses_of_many_councils_are_a_square_that_the_tree_orders(many):
    table = peers.likeness(topics(editions.newest(many.entries)))
    axes = figures.likeness_chart(table, focus="Shire 007")
    said = axes.figure.cells
    assert sorted(said.columns) == sorted({*table["council"], *table["other"]})
    words = {
        frozenset((row, column)): said.words[ord(state) - ord("0")]
        for row, states in zip(said.rows, said.states, strict=True)
        for column, state in zip(said.columns, states, strict=True)
    }
    assert words.pop(frozenset(["Shire 007"])) == "itself"
    for council, other, likeness in table[["council", "other", "likeness"]].itertuples(index=False):
        assert words[frozenset((council, other))] == f"{likeness * 100:.0f}% alike"
    first, second = said.columns.index("Shire 007"), said.columns.index(said.columns[0])
    assert axes.images[0].get_array()[first, first] == len(SHADES)
    assert axes.images[0].get_array()[first, second] == axes.images[0].get_array()[second, first]
    (tree,) = axes.collections
    assert len(tree.get_segments()) == len(said.columns) - 1


def test_sections_of_many_councils_are_drawn_in_bands_of_shares(many):
    table = coverage.by_section(topics(many.entries))
    mine = table[table["council"] == "Shire 007"]
    chart = figures.coverage_chart(mine).figure
    bars = {bars.get_label(): sum(bar.get_width() for bar in bars) for bars in chart.axes[0].containers}
    assert bars == {f"by {name}": mine[column].sum() for _, name, column in BANDS}
    assert f"{mine['by_most'].sum()} are on topics that at least 90% of the 30 councils list" in chart.title


def test_few_councils_topics_are_listed_with_their_numbers_in_blocks_for_each_set(library):
    table = coverage.presence(topics(library.entries))
    axes = figures.matrix_chart(table)
    heads = {text.get_text() for text in axes.texts if text.get_weight() == "bold"}
    assert heads == {"Only Milton Keynes: 35", "Only Oxfordshire: 41", "Both: 87"}
    numbers = {text.get_text() for text in axes.texts}
    assert {"1.1.1", "1.2.2 · 1.1.2"} <= numbers  # alone, and on both pages
    assert "87 of 163 topics" in axes.figure.title


def test_the_matrix_of_many_councils_is_whole_sorted_and_marks_the_council_in_question(many):
    table = coverage.presence(topics(many.entries))
    axes = figures.matrix_chart(table, focus="Shire 007")
    cells = axes.images[0].get_array()
    assert cells.shape == (table["topic"].nunique(), table["council"].nunique())
    assert cells.sum() == (table["chapters"] > 0).sum()
    rows = cells.sum(axis=1)
    assert list(rows) == sorted(rows, reverse=True)
    said = axes.figure.cells
    assert ["".join("10"[int(state)] for state in row) for row in said.states] == [
        "".join(str(int(here)) for here in row) for row in cells
    ]
    assert 'id="a-cells"' in inline_svg(axes.figure, "a")
    bold = [text.get_text() for text in axes.texts if text.get_weight() == "bold"]
    assert [words.strip("▼ ") for words in bold] == ["Shire 007"]
    edge = axes.collections[0].get_segments()[0][0][0] if len(axes.collections) else axes.lines[0].get_xdata()[0]
    column = round(edge / (axes.get_xlim()[1] / cells.shape[1]))
    assert cells[:, column].sum() == (table.loc[table["council"] == "Shire 007", "chapters"] > 0).sum()


def drawn_duties(axes):
    """How many of each state are marked; of many councils, the percentages of each state."""
    if axes.lines:
        return {line.get_label(): len(line.get_xdata()) for line in axes.lines}
    return {bars.get_label(): [bar.get_width() for bar in bars] for bars in axes.containers}


def test_expected_topics_have_a_mark_in_each_cell_and_what_is_everywhere_is_counted(library):
    entries = editions.newest(library.entries)
    table = duties.audit(entries, topics(entries))
    axes = figures.duties_chart(table)
    same = table["state"].eq("present") & table.index.isin(duties.asked(table).index)
    everywhere = table["duty"].isin([duty for duty, own in same.groupby(table["duty"]) if own.all()])
    assert sum(drawn_duties(axes).values()) == (~everywhere).sum()
    note = " ".join(" ".join(text.get_text() for text in axes.figure.texts).split())
    assert f"Not drawn: {table.loc[everywhere, 'duty'].nunique()} topics with a chapter on every page." in note
    # Each state has a shape of its own: no colour is needed.
    assert len({line.get_marker() for line in axes.lines}) == len(axes.lines)


def test_expected_topics_of_many_councils_are_bars_of_all_from_which_they_are_expected(many):
    entries = editions.newest(many.entries)
    table = duties.audit(entries, topics(entries))
    axes = figures.duties_chart(table, focus="Shire 007")
    parts = drawn_duties(axes)
    assert all(sum(row) == pytest.approx(100) for row in zip(*parts.values(), strict=True))
    missing = parts["not found"]
    assert missing == sorted(missing, reverse=True)
    assert any("; here too" in text.get_text().replace("\n", " ") for text in axes.texts)
    assert len({bars.patches[0].get_hatch() or bars.patches[0].get_facecolor() for bars in axes.containers}) == len(
        parts
    )


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
    assert axes.figure.title == "2 of 10 checks found a matching chapter; 2 found none"
    drawn = {line.get_label(): marks(axes, line.get_label()) for line in axes.lines}
    assert drawn == {
        "to follow": 2, "possible": 2, "elsewhere": 2,
        "not found": 2, "not expected": 10,
    }  # fmt: skip
    assert "Not drawn: 2 topics with a chapter on every page." in " ".join(axes.figure.texts[-1].get_text().split())


def test_the_bars_add_up(charts):
    axes, table = charts["coverage_chart"]
    assert sum(bar.get_width() for bar in axes.patches) == table["chapters"].sum()
    axes, table = charts["depth_chart"]
    bars = len(axes.get_yticks())
    assert bars == min(24, len(table[["council", "edition"]].drop_duplicates()))
    assert sum(bar.get_width() for bar in axes.patches) == pytest.approx(100 * bars)
    axes, table = charts["outline_chart"]
    sections = table[table["level"] == "section"]
    assert sum(bar.get_width() for bar in axes.patches) == sections["chapters"].sum()
    axes, table = charts["intersections_chart"]
    assert sum(bar.get_width() for bar in axes.patches) == table["topics"].sum()


def test_the_dots_beside_the_bars_are_the_councils():
    rows = [("Ayle; Beere; Cole", 3, 9, 0.5, 30), ("Ayle; Cole", 2, 5, 0.3, 10), ("Beere", 1, 4, 0.2, 4)]
    axes = figures.intersections_chart(INTERSECTIONS.frame(rows), focus="Beere")
    joined = [len(line.get_xdata()) for line in axes.lines if line.get_label() == "councils"]
    assert joined == [3, 2, 1]
    lengths = [bar.get_width() for bar in axes.patches]
    assert [length / lengths[0] * 9 for length in lengths] == pytest.approx([9, 5, 4])
    assert [text.get_text() for text in axes.texts if text.get_weight() == "bold"] == ["Beere"]


def test_of_many_councils_shares_are_drawn_and_what_the_council_in_question_lacks():
    councils = [f"Shire {number:03}" for number in range(20)]
    rows = [
        ("; ".join(councils), 20, 5, 0.1, 100),
        ("; ".join(councils[1:]), 19, 3, 0.1, 57),
        (councils[3], 1, 9, 0.5, 9),
    ]
    axes = figures.intersections_chart(INTERSECTIONS.frame(rows), focus=councils[0])
    parts = {bars.get_label(): [bar.get_width() for bar in bars] for bars in axes.containers}
    assert parts == {"on Shire 000’s page": [5, 0, 0, 0], "not on it": [3, 0, 0, 9]}
    by_topic = BY_TOPIC.frame(
        [
            (f"t{number}", f"Topic {number}", members, 20, members / 20, "some", members, names)
            for number, (names, members) in enumerate((row[0], row[1]) for row in rows for _ in range(row[2]))
        ]
    )
    axes = figures.share_chart(by_topic, focus=councils[0])
    assert "8 are listed by at least 90% of the 20 councils; Shire 000 lists 5 of 8" in axes.figure.title
    words = [text.get_text() for text in axes.texts]
    assert "Strokes: 12 topics not on Shire 000’s contents page" in words
    assert words[words.index("The most common of these:") + 1 :][:4] == ["19 of 19", "Topic 5", "19 of 19", "Topic 6"]
    note = " ".join(axes.figure.texts[-1].get_text().split())
    assert "Of 12 topics not on Shire 000’s page those 10 are named that most others list" in note


def test_a_line_joins_each_match_and_each_other_chapter_has_a_stroke(charts):
    axes, table = charts["side_by_side_chart"]
    joined = table["level"].notna()
    lines = [line.get_label() for line in axes.lines]
    assert lines.count("straight") + lines.count("crossing") == joined.sum()
    assert lines.count("crossing") == (~table.loc[joined, "same_section"].astype(bool)).sum()
    assert lines.count("no match left") == table.loc[~joined, "left_position"].notna().sum()
    assert lines.count("no match right") == table.loc[~joined, "right_position"].notna().sum()


def test_parts_of_a_picture_say_what_they_are_to_who_points_at_them(library):
    table = pairs.side_by_side(*(library.entries[library.entries["council"] == name] for name in library.councils))
    said = figures.side_by_side_chart(table).figure.picture("svg").decode()
    tips = re.findall(r'<g id="tip\d+"><title>([^<]+)</title>', said)
    assert len(tips) == len(table)
    assert sum(tip.endswith(": no match") for tip in tips) == table["level"].isna().sum()
    bars = figures.coverage_chart(BY_SECTION.frame([("Ayle", "<All>", 9, 5, 0, 4, 5, 4, 0, 0, 2)])).figure
    svg = etree.fromstring(bars.picture("svg"))
    titles = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1:] == ["<All>: in both, 5 of 9 chapters", "<All>: only in Ayle, 4 of 9 chapters"]
    assert 'id="a-tip0"><title>' in inline_svg(bars, "a")


def test_each_section_is_a_piece_of_its_manuals_bar(charts):
    axes, table = charts["sizes_chart"]
    sections = table[table["level"] == "section"]
    drawn = {label.get_text().replace("\n", " ") for label in axes.get_yticklabels()}
    mine = sections[sections["council"].isin(drawn)]
    assert len(drawn) == min(24, sections["council"].nunique())
    assert len(axes.patches) == (mine["chapters"] > 0).sum()
    assert sum(bar.get_width() for bar in axes.patches) == mine["chapters"].sum()


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
    assert [text.get_text().replace("\n", " ") for text in axes.texts] == ["median 2.0 years; 1 of 3 older, 1 undated"]


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
        ("coverage_chart", BY_SECTION.frame([("A", "s", 3, 0, 0, 3, 3, 0, 0, 0, 1)]), "A is the only council here"),
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
            "Of 70 manuals 60 are drawn, those with most old chapters; the table has all.",
        ),
        (
            "amendments_chart",
            AMENDMENTS_BY_EDITION.frame([(name, "2023-04", 2, 1, 1) for name in COUNCILS]),
            "Of 70 councils 40 are drawn, those with most amendments; the table has all.",
        ),
        (
            "changes_chart",
            TALLY.frame([(name, "added", 1, 2) for name in COUNCILS]),
            "Of 70 sections 60 are drawn, those with most changes; the table has all.",
        ),
        (
            "coverage_chart",
            BY_SECTION.frame([("Ayle", name, 3, 1, 0, 2, 1, 2, 0, 0, 2) for name in COUNCILS]),
            "Of 70 sections 60 are drawn, those with most chapters; the table has all.",
        ),
        (
            "depth_chart",
            structure.DEPTHS.frame([(name, None, 2, 4, 1.0) for name in COUNCILS]),
            "Of 70 manuals 24 are drawn, those with most chapters; the table has all.",
        ),
        (
            "outline_chart",
            structure.SIZES.frame([("Ayle", None, "section", 1, "1", name, 1, 0, 0.1) for name in COUNCILS]),
            "Of 70 sections 60 are drawn, the largest; the table has all.",
        ),
        (
            "sizes_chart",
            structure.SIZES.frame([(name, None, "section", 1, "1", "All", 9, 0, 1.0) for name in COUNCILS]),
            "Of 70 manuals 24 are drawn, those with most chapters; the table has all.",
        ),
        (
            "timeline_chart",
            TIMELINE.frame(
                [
                    (name, edition, before, 9, *[None if before is None else 1] * 4, 0, 0)
                    for name in COUNCILS
                    for edition, before in (("2024-01", None), ("2025-01", "2024-01"))
                ]
            ),
            "Of 70 councils 12 are drawn, those with most editions; the table has all.",
        ),
    ],
)
def test_rows_that_are_not_drawn_are_counted_in_the_note(draw, table, said):
    def note(table):
        chart = figures.Chart.of(getattr(figures, draw)(table))
        return " ".join(" ".join(text.get_text() for text in chart.texts).split())

    assert said in note(table)
    assert "are drawn" not in note(table[:20])


@pytest.mark.parametrize("draw", ["coverage_chart", "outline_chart"])
def test_a_figure_of_one_manual_refuses_two(library, draw):
    measure = {"coverage_chart": lambda e: coverage.by_section(topics(e)), "outline_chart": structure.sizes}[draw]
    with pytest.raises(TableError, match="give the rows of one"):
        getattr(figures, draw)(measure(library.entries))


def test_long_titles_and_marks_of_mathematics_fit():
    rows = [("t", f"{LONG}$x$", "Ayle", 1, "1", "s"), ("t", LONG, f"{LONG}", 0, None, None)]
    axes = figures.matrix_chart(PRESENCE.frame(rows))
    assert all(box.x1 <= axes.figure.bbox.width for _, box in words_of(axes))
    table = BY_SECTION.frame([(LONG, LONG, 3, 1, 0, 2, 1, 2, 0, 0, 2)])
    axes = figures.coverage_chart(table)
    assert all(box.x0 >= -1 and box.x1 <= axes.figure.bbox.width + 1 for _, box in words_of(axes))


def test_words_that_look_like_marks_of_a_picture_stay_as_they_are():
    words = 'Consent id="x" href="#y" url(#z)'
    axes = figures.coverage_chart(BY_SECTION.frame([(words, words, 3, 1, 0, 2, 1, 2, 0, 0, 2)]))
    svg = etree.fromstring(inline_svg(axes.figure, "one"))
    text = " ".join(" ".join(svg.itertext()).split())
    assert words in text
    assert "one-" not in text
    assert words in svg.get("aria-label")


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
