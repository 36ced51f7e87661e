"""The chart of flags draws its table: bars, labels and words are read back from the artists."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from procman import open_library
from procman.errors import TableError
from procman.figures import Chart, flags_chart
from procman.figures.activity import FLAGS, MOST_ROWS
from procman.measures.activity import FLAGS_BY_SECTION, OUTSIDE, flags_by_section


@pytest.fixture(scope="module")
def tables(root):
    table = flags_by_section(open_library(root / "data/manuals").entries)
    return {council: rows.reset_index(drop=True) for council, rows in table.groupby("council")}


def of(*rows, council="Northwick", edition="2024-06"):
    """A table of rows (number, section, chapters, new, updated)."""
    return FLAGS_BY_SECTION.frame(
        [(council, edition, number, name, n, new, up, n - new - up) for number, name, n, new, up in rows]
    )


def bars(axes):
    """The bars' lengths by flag, and where each begins."""
    lengths = {each.get_label(): [bar.get_width() for bar in each] for each in axes.containers}
    starts = {each.get_label(): [bar.get_x() for bar in each] for each in axes.containers}
    return lengths, starts


def labels(axes):
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


@pytest.mark.parametrize(
    ("council", "new", "updated", "chapters"), [("Milton Keynes", 6, 6, 124), ("Oxfordshire", 4, 22, 129)]
)
def test_bars_are_the_table_and_add_up(tables, council, new, updated, chapters):
    table = tables[council]
    axes = flags_chart(table)
    lengths, starts = bars(axes)
    for column, name, _ in FLAGS:
        assert lengths[name] == table[column].tolist()
    assert starts["New"] == [0] * len(table)
    assert starts["Updated"] == lengths["New"]
    assert starts["No flag"] == (table["new"] + table["updated"]).tolist()
    assert sum(lengths["New"]) == new
    assert sum(lengths["Updated"]) == updated
    assert sum(map(sum, lengths.values())) == chapters


def test_words_say_what_bars_say(tables):
    axes = flags_chart(tables["Oxfordshire"])
    chart = axes.figure
    assert isinstance(chart, Chart)
    assert chart.title == "Oxfordshire flags 26 of 129 chapters: 4 New, 22 Updated"
    assert labels(axes)[0] == "1 All Children"
    assert labels(axes)[-2:] == ["6 Contacts, List of Agency Decision Makers and Appendices", OUTSIDE]
    ends = [text.get_text() for text in axes.texts]
    assert ends[:3] == ["25: 1 New, 5 Updated", "7: 1 New, 2 Updated", "13: 1 Updated"]
    words = [text.get_text() for text in chart.texts]
    assert any("July 2017" in text for text in words)
    assert any("No flag does not mean unchanged" in text.replace("\n", " ") for text in words)
    assert [text.get_text() for text in chart.legends[0].texts] == ["New", "Updated", "No flag"]


def test_alternative_text_is_what_is_found_in_two_sentences(tables):
    alt = flags_chart(tables["Oxfordshire"]).figure.alt
    assert alt == (
        "Bars for 7 sections. Oxfordshire flags 26 of 129 chapters: 4 New, 22 Updated. "
        "Most are in Looked After Children: 8."
    )


def test_no_flag_at_all_is_said():
    axes = flags_chart(of(("1", "All Children", 3, 0, 0), council=None, edition=None))
    assert axes.figure.title == "This manual flags none of its 3 chapters"
    assert [text.get_text() for text in axes.figure.legends[0].texts] == ["No flag"]
    assert any("edition not printed" in text.get_text() for text in axes.figure.texts)


def test_section_without_chapters_has_its_row():
    axes = flags_chart(of(("1", "Empty", 0, 0, 0)))
    assert [text.get_text() for text in axes.texts] == ["0"]
    assert axes.get_xlim() == (0, 1)
    assert axes.figure.picture("png")


def overlaps(boxes):
    return [(a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :] if a.padded(-1).overlaps(b.padded(-1))]


LONG = "Safeguarding Children and Young People who are Looked After in Residential and Family Based Placements " * 3


@pytest.mark.parametrize(
    "table",
    [
        of(("1", "A", 1, 1, 0)),
        of(*[(str(n), LONG, n * 7, n, n) for n in range(1, 31)], council=LONG),
        of(("1", "$x_1$ & <b>bold</b>", 3, 0, 1), ("1.10.100.1000", "W" * 200, 12345, 99, 999), council="$\\alpha$"),
        of(*[(None, "Sección – “plant” 家", 1, 0, 0)] * 2),
    ],
    ids=["one bar", "long titles", "marks", "letters"],
)
def test_no_words_overlap_or_leave_the_page(table):
    axes = flags_chart(table)
    chart = axes.figure
    renderer = FigureCanvasAgg(chart).get_renderer()
    chart.draw(renderer)
    texts = [*chart.texts, *axes.texts, *axes.get_yticklabels(), axes.xaxis.label, *chart.legends]
    boxes = [text.get_window_extent(renderer) for text in texts if not hasattr(text, "get_text") or text.get_text()]
    assert not overlaps(boxes)
    for box in boxes:
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= chart.bbox.x1
        assert box.y1 <= chart.bbox.y1


def test_too_many_sections_share_a_last_bar():
    table = of(*[(str(n), f"Section {n}", 4, 1, 1) for n in range(1, 501)])
    axes = flags_chart(table)
    assert len(labels(axes)) == MOST_ROWS
    assert labels(axes)[-1] == "(441 more sections)"
    assert sum(map(sum, bars(axes)[0].values())) == 2000


def test_one_manual_at_a_time(tables):
    with pytest.raises(TableError, match="holds 2 manuals"):
        flags_chart(pd.concat(tables.values()))
    with pytest.raises(TableError, match="holds 0 manuals"):
        flags_chart(FLAGS_BY_SECTION.frame([]))
    with pytest.raises(TableError, match="no column 'new'"):
        flags_chart(tables["Oxfordshire"].drop(columns="new"))


def test_the_table_is_left_alone(tables):
    before = tables["Oxfordshire"].copy()
    flags_chart(tables["Oxfordshire"])
    pd.testing.assert_frame_equal(tables["Oxfordshire"], before)


def test_in_a_notebook_the_picture_has_its_alternative_text(tables):
    chart = flags_chart(tables["Milton Keynes"]).figure
    shown = chart._repr_mimebundle_()
    assert shown["text/plain"] == chart.alt
    assert f'alt="{chart.alt}"' in shown["text/html"]
    assert 'src="data:image/svg+xml;base64,' in shown["text/html"]


def test_titles_of_strangers_are_escaped():
    chart = flags_chart(of(("1", '"><script>alert(1)</script>', 1, 0, 0))).figure
    assert "<script" not in chart.as_html()
    assert '"><' not in chart.as_html().removesuffix(">")
    assert b"<script" not in chart.picture("svg")


def test_pictures_are_the_same_each_time(tables):
    for format in ("svg", "png", "pdf"):
        assert flags_chart(tables["Oxfordshire"]).figure.picture(format) == flags_chart(
            tables["Oxfordshire"]
        ).figure.picture(format)
    with pytest.raises(ValueError, match="svg, png, pdf"):
        flags_chart(tables["Oxfordshire"]).figure.picture("gif")


def test_svg_is_well_formed_and_named(tables):
    from lxml import etree

    chart = flags_chart(tables["Oxfordshire"]).figure
    svg = etree.fromstring(chart.picture("svg"))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert svg.get("role") == "img"
    assert svg.xpath("string(s:title)", namespaces=space) == chart.title
    assert svg.xpath("string(s:desc)", namespaces=space) == chart.alt
    assert "25: 1 New, 5 Updated" in svg.xpath("//s:text/text()", namespaces=space)
