"""Every chart accepts other words, another size, given axes, and a council to mark."""

import inspect
import io

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from procman import figures, open_library
from procman.figures.save import save_chart
from procman.measures.coverage import BY_SECTION
from tests.figures.test_comparisons import drawn, words_of

CHARTS = [name for name in figures.__all__ if name.endswith("_chart") and name != "save_chart"]
WISHES = ("title", "subtitle", "note", "width", "height", "ax", "focus")
SECTIONS = BY_SECTION.frame(
    [
        ("Ayle", "All Children", 9, 5, 0, 4, 5, 4, 0, 0, 2),
        ("Ayle", "Adoption and Permanence", 3, 3, 0, 0, 3, 0, 0, 0, 2),
    ]
)


@pytest.fixture(scope="module")
def tables(root):
    return {name: table for name, (_, table) in drawn(open_library(root / "data/manuals")).items()}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_that_it_takes_them(name):
    chart = getattr(figures, name)
    assert set(WISHES) <= {*inspect.signature(chart).parameters}
    assert ", ".join(WISHES) in chart.__doc__


def fits(axes):
    wide, tall = axes.figure.bbox.width, axes.figure.bbox.height
    words = words_of(axes)
    for text, box in words:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= wide + 1, text
        assert box.y1 <= tall + 1, text
    return words


@pytest.mark.parametrize("width", [3.5, 11.0])
def test_words_are_wrapped_to_the_width_and_none_is_clipped(tables, width):
    for name, table in tables.items():
        axes = getattr(figures, name)(table, width=width, title="Words of my own", note="")
        assert axes.figure.get_figwidth() == width, name
        assert "Words of my own" in [text for text, _ in fits(axes)], name
        assert axes.figure.title == "Words of my own"
        assert axes.figure.alt != "Words of my own"  # what is found is still said


def test_a_height_is_kept_and_letters_get_smaller():
    whole = figures.coverage_chart(SECTIONS)
    low = figures.coverage_chart(SECTIONS, height=whole.figure.get_figheight() - 0.3)
    assert low.figure.get_figheight() == pytest.approx(whole.figure.get_figheight() - 0.3)
    assert low.get_yticklabels()[0].get_fontsize() < whole.get_yticklabels()[0].get_fontsize()
    fits(low)
    with pytest.raises(ValueError, match="the words alone take"):
        figures.coverage_chart(SECTIONS, height=1.0)


def test_in_given_axes_a_chart_has_no_frame_and_stays_in_its_place(tables):
    page = Figure(figsize=(9, 4))
    left, right = page.subplots(1, 2)
    place = right.get_position()
    assert figures.coverage_chart(SECTIONS, ax=right) is right
    assert not page.texts
    assert figures.Chart.of(right).alt.startswith("Bars for 2 sections. Ayle: 8 of 12 chapters")
    assert figures.Chart.of(right).table is SECTIONS
    figures.coverage_chart(SECTIONS, ax=left, title="A")
    assert [text.get_text() for text in page.texts] == ["A"]
    renderer = FigureCanvasAgg(page).get_renderer()
    page.draw(renderer)
    box = right.get_tightbbox(renderer)
    assert box.x0 >= place.x0 * page.bbox.width - 1
    assert box.x1 <= place.x1 * page.bbox.width + 1
    with pytest.raises(ValueError, match="save that one"):
        figures.Chart.of(right).picture()
    with pytest.raises(ValueError, match="one or the other"):
        figures.coverage_chart(SECTIONS, ax=left, width=5)
    with pytest.raises(TypeError, match="not in a Chart"):
        figures.Chart.of(Figure().subplots())
    for name, table in tables.items():
        ax = Figure(figsize=(7, 9)).subplots()
        assert getattr(figures, name)(table, ax=ax) is ax, name


def test_a_wish_ends_with_its_chart():
    with pytest.raises(ValueError, match=r"2\.4 inches"):
        figures.coverage_chart(SECTIONS, width=1, title="A")
    assert figures.coverage_chart(SECTIONS).figure.title.startswith("Ayle: 8 of 12")


def test_a_picture_for_print_has_the_dots_that_are_asked_for(tmp_path):
    chart = figures.coverage_chart(SECTIONS, width=7).figure
    written = save_chart(chart, tmp_path, "x", ("svg", "png", "pdf"), dpi=300)
    assert [path.suffix for path in written] == [".svg", ".png", ".pdf", ".csv", ".txt"]
    assert Image.open(io.BytesIO((tmp_path / "x.png").read_bytes())).width == 2100
