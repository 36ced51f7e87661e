"""The panel and outputs of the first notebook, used with a keyboard, a screen reader or large text."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import BEYOND, settled, violations, walk


def test_axe_finds_what_is_wrong(page):
    page.set_content("<html lang='en'><title>x</title><main><input><p style='color: #ccc'>pale</p></main>")
    assert [each.split(":")[0] for each in violations(page, "main")] == ["color-contrast", "label"]
    page.set_content(
        "<main style='width: 9000px'><button style='outline: none'>one</button><input style='outline: 3px solid'><p tabindex='-1'></main>"
    )
    controls, reached, plain = walk(page.locator("main"))
    assert (controls, reached, plain) == (["BUTTON one", "INPUT"], ["BUTTON one", "INPUT"], ["BUTTON one"])
    page.locator("p").focus()
    page.locator("p").evaluate("each => { each.tabIndex = 0; each.onfocus = () => each.blur(); }")
    assert walk(page.locator("main"))[1] != ["BUTTON one", "INPUT", "P"]  # one that the focus does not stay on
    assert page.locator("body").evaluate(BEYOND) == ["MAIN ", "P "]


@pytest.fixture
def panel(page, run_all):
    run_all(page, "1_read_a_manual")
    panel = page.locator(".procman-panel")
    expect(panel).to_have_count(1)
    return panel


def test_first_notebook_is_accessible(panel, page):
    assert violations(page, ".procman-panel") == []
    # pandas leaves the heads of its index and of levels empty.
    assert {each for each in violations(page, ".jp-OutputArea-output") if not each.endswith("<th></th>")} == set()

    controls, reached, plain = walk(panel)
    assert len(controls) > 8
    assert reached == controls
    assert not plain

    page.keyboard.press("Control+b")  # hides the side bar
    page.set_viewport_size({"width": 640, "height": 1600})  # as a window of 1280 at 200%
    assert settled(panel, BEYOND) == []
