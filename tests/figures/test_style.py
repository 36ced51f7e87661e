"""The style changes no settings outside its block, and any text fits."""

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from procman.figures import style

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
LONG = (
    "Contacts, List of Agency Decision Makers and Appendices for Children and Young People in Particular Circumstances"
)


def test_look_leaves_matplotlib_as_it_was():
    before = dict(mpl.rcParams)
    with style.look():
        assert mpl.rcParams["svg.hashsalt"] == "procman"
        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"][0] == style.BLUE  # the Analysis Function's palette
    assert dict(mpl.rcParams) == before


def test_palette_is_the_analysis_functions():
    from afcharts.af_colours import get_af_colours

    own = [style.BLUE, style.TURQUOISE, style.PINK, style.ORANGE, style.GREY, style.PURPLE]
    assert own == get_af_colours("categorical", number_of_colours=6)


def test_fills_differ_without_colour():
    fills = [style.NEW, style.UPDATED, style.UNFLAGGED]
    greys = [mpl.colors.to_rgb(fill.colour) @ LUMINANCE for fill in fills]
    seen = {(fill.hatch, round(grey, 1)) for fill, grey in zip(fills, greys, strict=True)}
    assert len(seen) == 3


def test_figures_need_no_pyplot():
    code = "import sys, procman.reports.gallery; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_figures_loads_no_matplotlib():
    code = "import sys, procman.figures; sys.exit('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("text", ["All Children", LONG, "Ŵŷ – ’ “Q” ½", "WWWWWWWW", "illilli"])
@pytest.mark.parametrize("bold", [False, True])
def test_width_is_what_matplotlib_draws(text, bold):
    with style.look():
        figure = Figure(dpi=400)  # fine enough for whole pixels not to matter
        drawn = figure.text(0, 0, text, size=20, weight="bold" if bold else "normal")
        inches = drawn.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width / 400
    assert inches == pytest.approx(style.width(text, 20, bold), rel=0.02, abs=0.05)


@pytest.mark.parametrize("inches", [0.5, 1, 2.5, 4])
@pytest.mark.parametrize("text", [LONG, "Antidisestablishmentarianism" * 5, "a", "", " \t\n", "家" * 50])
def test_wrapped_words_fit(text, inches):
    lines = style.wrap(text, inches, lines=3).split("\n")
    assert len(lines) <= 3
    assert max(map(style.width, lines)) <= inches


def test_wrap_loses_no_word_that_there_is_room_for():
    assert style.wrap(LONG, 3, lines=9).split() == LONG.split()
    assert style.wrap(LONG, 3, lines=2).endswith("…")
    assert style.wrap(LONG, 99) == LONG


def test_drawable_keeps_letters_and_drops_what_cannot_be_drawn():
    assert style.drawable("Plant mewn gofal – “Ŵyl”") == "Plant mewn gofal – “Ŵyl”"
    assert style.drawable("a\u0000b\u202ec\ud800d\n\te") == "a bcd e"
    assert style.drawable("家族") == "□□"
