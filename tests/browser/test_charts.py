"""Charts in a page, without Jupyter: what they say when pointed at, how they fill their place, and what axe finds."""

import json
import re
from pathlib import Path

import mistune
import pytest
from playwright.sync_api import expect

from procman import figures
from procman.measures.coverage import PRESENCE
from procman.panels.message import CSS
from procman.panels.picture import Picture
from tests.browser.accessible import violations

COUNCILS = [f"Shire {place:03}" for place in range(60)]
TOPICS = [f"<b>Topic</b> {place:03}" for place in range(80)]
SCREENSHOTS = Path(__file__).parent / "screenshots"
PAGE = """<html lang="en"><title>Chart</title><style>{css}</style><main class="procman-panel">
<div class="procman-chart" style="width: 800px"></div></main><script type="module">{js}
const said = {said};
window.model = {{ get: (name) => said[name], set: (name, value) => (said[name] = value), save_changes() {{}}, on() {{}}, off() {{}} }};
render({{ model, el: document.querySelector(".procman-chart") }});
</script></html>"""


def has(topic, council):
    return (topic * 7 + council * 3) % 5 < 2


@pytest.fixture
def matrix(page):
    """A matrix with more cells than can have a name each, in a page."""
    rows = [
        (f"t{topic}", title, council, int(has(topic, place)), None, None)
        for topic, title in enumerate(TOPICS)
        for place, council in enumerate(COUNCILS)
    ]
    picture = Picture(width=768)
    picture.show(figures.matrix_chart(PRESENCE.frame(rows), width=picture.inches, focus=COUNCILS[7]).figure)
    said = json.dumps({"svg": picture.svg, "cells": picture.cells, "width": picture.width}).replace("</", r"<\/")
    script = picture._esm if isinstance(picture._esm, str) else str(picture._esm)
    page.set_content(PAGE.format(css=CSS.read_text("utf-8"), js=script.split("export default")[0], said=said))
    expect(page.locator(".procman-chart svg")).to_be_visible()
    return page, picture.cells


def test_each_cell_of_a_large_matrix_says_what_it_is(matrix):
    page, cells = matrix
    box = page.locator('.procman-chart [id$="-cells"]').bounding_box()
    for row, column in ((0, 0), (41, 33), (79, 59)):
        across = box["x"] + box["width"] * (column + 0.5) / len(COUNCILS)
        page.mouse.move(across, box["y"] + box["height"] * (row + 0.5) / len(TOPICS))
        topic, council = cells["rows"][row], cells["columns"][column]
        here = has(TOPICS.index(topic), COUNCILS.index(council))
        words = "on the contents page" if here else "not on it"
        expect(page.locator("rect.procman-cell title")).to_have_text(f"{council}: {topic}, {words}")
    expect(page.locator(".procman-chart b")).to_have_count(0)  # a title is words, not markup
    page.mouse.move(box["x"] - 20, box["y"])
    expect(page.locator("rect.procman-cell")).to_have_count(0)


def test_a_chart_asks_for_the_width_of_its_place(matrix):
    page, _ = matrix
    page.locator(".procman-chart").evaluate("each => { each.style.width = '500px'; }")
    page.wait_for_function("model.get('width') === 480")
    page.locator(".procman-chart").evaluate("each => { each.style.display = 'none'; }")
    page.wait_for_timeout(300)
    assert page.evaluate("model.get('width')") == 480  # out of sight it keeps what it had


def test_axe_finds_nothing_and_letters_are_seen_in_forced_colours(matrix):
    page, _ = matrix
    assert violations(page, "main") == []
    ink = "getComputedStyle(document.querySelector('.procman-chart text')).fill"
    light = page.evaluate(ink)
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        assert page.evaluate(ink) == light  # as the ground, which is drawn too
        ground = page.locator(".procman-chart svg").evaluate("each => getComputedStyle(each).filter")
        assert ground == ("none" if scheme == "light" else "invert(1) hue-rotate(180deg)")
        page.screenshot(path=SCREENSHOTS / f"chart-forced-{scheme}.png")


def test_the_galleries_are_accessible(page, root):
    for gallery in (root / "figures/README.md", root / "figures/demonstration/README.md"):
        said = mistune.html(gallery.read_text("utf-8"))
        page.set_content(f"<html lang='en'><title>Figures</title><main>{said}</main></html>")
        assert violations(page, "html") == []
        pictures = page.locator("img")
        assert pictures.count() > 3
        for place in range(pictures.count()):
            assert len(re.split(r"(?<=\.) (?=[A-Z])", pictures.nth(place).get_attribute("alt"))) <= 4
