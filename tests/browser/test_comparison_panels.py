"""The panels of notebooks 2 to 8 in a real JupyterLab: what a person does and sees."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import settled
from tests.browser.test_panel import CONTRAST

OUTSIDE = """panel => [...panel.querySelectorAll('*')]
  .filter(each => !each.parentElement.closest('.procman-scroll') && each.tagName !== 'OPTION')
  .filter(each => each.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1)
  .map(each => each.className)"""

SCREENSHOTS = Path(__file__).parent / "screenshots"
PAGE = b"Northwick Children's Services Procedures Manual\n\nContents\n\nJune 2024\n\n1. All\n\n1.1 Consent New\n1.2 Private Fostering\n1.3 Harbour <b>Swimming</b>\n"


@pytest.fixture
def open_panel(page, run_all):
    """open_panel(notebook) runs it and gives its panel."""

    def opened(notebook):
        run_all(page, notebook)
        panel = page.locator(".procman-panel")
        expect(panel).to_have_count(1)
        panel.scroll_into_view_if_needed()
        return panel

    return opened


def picture(panel):
    return panel.locator(".procman-chart svg")


def changes(panel, act, what=".procman-table"):
    """Do something, and wait until the table (or what is named) is another one and nothing is said to be wrong."""
    before = panel.locator(what).inner_html()
    act()
    panel.page.wait_for_function(
        "([each, before]) => each.innerHTML !== before", arg=[panel.locator(what).element_handle(), before]
    )
    expect(panel.get_by_role("alert")).to_have_count(0)
    expect(panel.locator(".procman-message .procman-note progress")).to_have_count(0)


def test_coverage(open_panel, page, lab):
    panel = open_panel("3_coverage")
    headline, rows = panel.locator(".procman-headline"), panel.locator(".procman-table tbody tr")
    views = panel.get_by_role("radiogroup", name="Show")
    expect(views.get_by_label("Missing topics")).to_be_checked()
    expect(headline).to_contain_text("topics that Oxfordshire lists were not found on Milton Keynes's page.")
    changes(panel, lambda: views.get_by_label("Topic by topic").check(), ".procman-chart")
    filters = panel.get_by_role("button", name="Filters")
    expect(filters).to_have_attribute("aria-expanded", "false")
    filters.click()
    topic = panel.get_by_label("Topic", exact=True)
    expect(topic).to_have_value("")  # the notebook's own cells leave the panel alone
    changes(panel, lambda: topic.fill("private foster"))
    expect(filters).to_have_text("Filters (1 filter in use)")
    expect(rows).to_have_count(2)
    expect(picture(panel)).to_have_attribute("aria-label", re.compile("Lists of 1 topic by which of 2 councils"))
    changes(panel, lambda: topic.fill(""), ".procman-chart")

    # Arrow keys go from view to view.
    views.get_by_label("Topic by topic").focus()
    changes(panel, lambda: page.keyboard.press("ArrowLeft"), ".procman-chart")
    expect(views.get_by_label("By section")).to_be_checked()
    changes(panel, lambda: panel.get_by_label("Compare", exact=True).select_option("Oxfordshire"), ".procman-chart")
    expect(picture(panel)).to_have_attribute("aria-label", re.compile("Oxfordshire: .* of 129 chapters"))
    by_chapters = panel.get_by_role("columnheader", name="Chapters", exact=True)
    changes(panel, lambda: by_chapters.get_by_role("button").press("Enter"))
    expect(rows.first).to_contain_text("Looked After Children")
    expect(by_chapters).to_have_attribute("aria-sort", "descending")
    expect(by_chapters.get_by_role("button")).to_be_focused()
    changes(panel, lambda: by_chapters.get_by_role("button").press("Enter"))
    expect(rows.first).to_contain_text("outside any section")
    changes(panel, lambda: panel.get_by_label("Find in table").fill("adoption"))
    expect(rows).to_have_count(1)
    changes(panel, lambda: panel.get_by_label("Find in table").fill(""))

    # The keyboard alone chooses councils, sections and the confidence.
    panel.get_by_role("button", name="Advanced").press("Enter")
    slider = panel.get_by_role("slider")
    slider.focus()
    changes(panel, lambda: [page.keyboard.press("End"), page.keyboard.press("Tab")], ".procman-chart")
    panel.get_by_label("Add a section").focus()
    changes(panel, lambda: [page.keyboard.type("looked aft"), page.keyboard.press("Enter")])
    expect(panel.locator(".procman-table tbody tr")).to_have_count(1)
    changes(panel, lambda: panel.get_by_role("button", name="Remove Looked After Children").press("Enter"))
    expect(panel.get_by_label("Add a section")).to_be_focused()
    changes(panel, lambda: panel.get_by_role("button", name="Remove Milton Keynes").press("Enter"), ".procman-headline")
    expect(headline).to_contain_text("Choose a council to compare Oxfordshire with.")
    expect(panel.get_by_label("Add a council")).to_be_focused()
    changes(panel, lambda: [page.keyboard.type("milt"), page.keyboard.press("Enter")], ".procman-headline")
    changes(panel, lambda: panel.get_by_label("Peers").select_option("clear"), ".procman-headline")
    changes(
        panel,
        lambda: panel.get_by_label("Peers").select_option("same region (1 of 18 have a manual here)"),
        ".procman-headline",
    )

    folder = lab.folder / "notebooks/exports"
    for button, suffix in (
        ("Report for Oxfordshire", "html"),
        ("Chart as PNG", "png"),
        ("Chart as SVG", "svg"),
        ("Table as CSV", "csv"),
        ("Workbook", "xlsx"),
    ):
        panel.get_by_role("button", name=button).click()
        expect(panel.locator(".procman-saved")).to_contain_text(
            re.compile(rf"Written to exports/[\w-]+\.{suffix}"), timeout=30_000
        )
        with page.expect_download() as download:
            panel.get_by_role("link", name="Download").click()
        assert Path(download.value.path()).read_bytes() == (folder / download.value.suggested_filename).read_bytes()


def test_deciding_on_matches(open_panel, page, lab):
    panel = open_panel("2_align_chapters")
    decisions = lab.folder / "data/decisions.csv"
    before = decisions.read_bytes()
    headline = panel.locator(".procman-headline h3")
    said = headline.inner_text()
    panel.get_by_role("radio", name="Side by side").check()
    expect(panel.locator(".procman-table caption")).to_contain_text("row")
    matched = panel.get_by_label("Pair to decide on").locator("option", has_text="(matched").first
    panel.get_by_label("Pair to decide on").select_option(matched.inner_text())
    panel.get_by_label("Reason").fill("not the same")
    changes(panel, lambda: panel.get_by_role("button", name="Not the same").click(), ".procman-chart")
    expect(panel.locator(".procman-message")).to_contain_text("Rejected: ")
    expect(headline).not_to_have_text(said)
    assert b"rejected" in decisions.read_bytes()
    page.screenshot(path=SCREENSHOTS / "deciding.png")
    changes(panel, lambda: panel.get_by_role("button", name="Undo").click(), ".procman-chart")
    expect(headline).to_have_text(said)
    assert decisions.read_bytes() == before

    changes(panel, lambda: panel.get_by_label("with", exact=True).select_option("Milton Keynes"), ".procman-chart")
    expect(headline).to_contain_text("Oxfordshire's 129")
    _themes_and_widths(panel, page, "align")


def test_bringing_a_council(open_panel, page, lab):
    panel = open_panel("7_add_your_council")
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Upload a page").click()
    upload = {"name": "northwick.txt", "mimeType": "text/plain", "buffer": PAGE}
    changes(panel, lambda: chooser.value.set_files(upload), ".procman-outline")
    expect(panel.locator(".procman-message")).to_have_text("Read northwick.txt: 3 chapters.")
    panel.locator("summary", has_text="The outline").click()
    expect(panel.locator(".procman-outline")).to_contain_text("Harbour <b>Swimming</b>")  # as words, not as markup
    expect(panel.locator(".procman-headline")).to_contain_text("not found on Northwick's page")
    kept = lab.folder / "data/manuals/northwick"
    try:
        panel.get_by_role("button", name="Keep in the library").click()
        expect(panel.locator(".procman-message")).to_contain_text("Kept in ../data/manuals/northwick/2024-06")
        assert (kept / "2024-06/contents.txt").read_bytes() == PAGE
    finally:
        shutil.rmtree(kept, ignore_errors=True)
    panel.get_by_label("Council, address or file").fill("nowhere.html")
    panel.get_by_role("button", name="Read", exact=True).click()
    expect(panel.get_by_role("alert")).to_have_text("nowhere.html: there is no such file.")
    _themes_and_widths(panel, page, "add")


def test_structure(open_panel):
    panel = open_panel("4_structure_depth")
    panel.get_by_role("button", name="Filters").click()
    changes(panel, lambda: panel.get_by_label("Topic", exact=True).fill("adoption"), ".procman-chart")
    expect(picture(panel)).to_have_attribute("aria-label", re.compile("^On the topic “adoption”: "))
    changes(panel, lambda: panel.get_by_label("Topic", exact=True).fill(""), ".procman-chart")
    expect(panel.locator(".procman-table")).to_contain_text("Looked After Children")
    changes(panel, lambda: panel.get_by_label("Depth", exact=True).check(), ".procman-chart")
    expect(panel.get_by_label("Topic", exact=True)).to_be_enabled()
    expect(panel.get_by_label("Add a section")).to_be_disabled()


def test_activity(open_panel):
    panel = open_panel("5_update_activity")
    panel.get_by_role("button", name="Filters").click()
    changes(panel, lambda: panel.get_by_label("Flag", exact=True).select_option("Updated"), ".procman-chart")
    changes(panel, lambda: panel.get_by_label("By topic").check())
    expect(picture(panel)).to_have_count(0)


def test_editions(open_panel):
    panel = open_panel("6_editions")
    panel.get_by_role("button", name="Filters").click()
    changes(panel, lambda: panel.get_by_label("Flag", exact=True).select_option("New"), ".procman-chart")
    expect(panel.locator(".procman-headline")).to_contain_text("Ayleshire (invented), June 2025 to January 2026")
    panel.get_by_label("Council", exact=True).select_option("Castlemoor (invented)")
    expect(panel.locator(".procman-headline")).to_contain_text("Castlemoor (invented), November 2024 to November 2025")
    panel.get_by_label("Over time", exact=True).check()
    expect(panel.locator(".procman-headline")).to_contain_text("chapters added and")


def test_duties(open_panel):
    panel = open_panel("8_what_is_expected")
    panel.get_by_role("button", name="Filters").click()
    changes(panel, lambda: panel.get_by_label("Topic", exact=True).fill("staying put"), ".procman-chart")
    expect(panel.locator(".procman-table tbody tr")).to_have_count(2)


def _themes_and_widths(panel, page, name):
    """In either theme letters stand out from what is behind them, and in a narrow window nothing stands outside the panel."""
    for theme, background in (("JupyterLab Dark", "#111"), ("JupyterLab Light", "white")):
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
        page.wait_for_function(
            f"getComputedStyle(document.body).getPropertyValue('--jp-layout-color0') === '{background}'"
        )
        panel.scroll_into_view_if_needed()
        page.screenshot(path=SCREENSHOTS / f"{name}-{theme.split()[1].lower()}.png")
        assert settled(panel, CONTRAST) == []
    page.keyboard.press("Control+b")  # hides the side bar
    for width in (640, 480):
        page.set_viewport_size({"width": width, "height": 1600})
        panel.scroll_into_view_if_needed()
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
        assert settled(panel, OUTSIDE) == []


def test_keys_at_a_control_stay_in_the_panel(open_panel, page):
    panel = open_panel("3_coverage")
    cells = page.locator(".jp-Notebook .jp-Cell")
    there = cells.count()
    panel.get_by_label("Compare", exact=True).focus()
    for key in "ddba":  # elsewhere "d d" deletes the cell, "b" and "a" add one
        page.keyboard.press(key)
    expect(cells).to_have_count(there)

    panel.get_by_role("button", name="Advanced").click()
    slider = panel.get_by_role("slider", name="Confidence")
    expect(slider).to_have_value("0.5")
    slider.focus()
    changes(panel, lambda: page.keyboard.press("End"))
    expect(panel.locator(".procman-slider output")).to_have_text("1.00")
