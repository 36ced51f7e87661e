"""The chart in a panel: what the page is told of it, and what it tells."""

from procman.panels.picture import Picture


def test_the_page_is_told_the_chart_and_tells_its_width():
    assert {"svg", "cells", "width"} <= {*Picture.class_traits(sync=True)}
    picture = Picture()
    assert (picture.svg, picture.cells, picture.width) == ("", {}, 0)


def test_a_place_is_drawn_to_its_width_and_one_of_unknown_width_to_the_usual_one():
    assert [Picture(width=width).inches for width in (0, 1, 96, 960)] == [9.0, 2.4, 2.4, 10.0]
