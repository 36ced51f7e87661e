"""The dashboard in a real Voila: what a person sees who should see no code."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from procman.panels.dashboard import ASKED, START
from tests.browser.accessible import BEYOND, settled, violations, walk

SCREENSHOTS = Path(__file__).parent / "screenshots"
PAGE = b"Northwick Procedures\n\nContents\n\nJune 2024\n\n1. All\n\n1.1 Consent New\n1.2 Private Fostering\n1.3 Harbour Swimming\n"


@pytest.fixture
def dashboard(page, voila):
    page.goto(voila)
    dashboard = page.locator(".procman-dashboard")
    expect(dashboard.get_by_role("heading", name="What there is")).to_be_visible(timeout=60_000)
    return dashboard


def ask(dashboard, name):
    """Choose a question, and wait until its page is there."""
    dashboard.locator(".procman-questions").get_by_label(name, exact=True).check()
    return answer(dashboard, name)


def answer(dashboard, name):
    """The panel of a question that was just chosen."""
    expect(dashboard.locator(".procman-question h2").first).to_have_text(name, timeout=30_000)
    expect(dashboard.locator("> .procman-message")).to_have_text("", timeout=30_000)
    panel = dashboard.locator(".procman-place > .procman-panel")
    expect(panel).to_have_count(1)
    return panel


def test_start_page_and_a_question(dashboard, page):
    expect(page.get_by_role("heading", level=1)).to_contain_text("procedures manuals compared")
    expect(dashboard.get_by_role("heading", level=2).first).to_have_text("What there is: 2 manuals of 2 councils")
    manuals = dashboard.locator("tbody tr")
    expect(manuals).to_have_text([re.compile("Milton Keynes.*124"), re.compile("Oxfordshire.*129")])
    expect(dashboard.get_by_role("listitem").filter(has_text="Which chapters of two councils")).to_be_visible()
    expect(page.locator(".jp-Editor, .highlight, .jp-InputPrompt:visible")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(re.compile("from procman|Traceback|make dashboard"))
    page.screenshot(path=SCREENSHOTS / "dashboard-start.png")

    # The keyboard chooses a question.
    dashboard.get_by_label(START, exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(answer(dashboard, "Read a manual").locator(".procman-outline")).to_contain_text("Confidentiality")

    # A control changes table and picture.
    panel = ask(dashboard, "Coverage")
    picture, rows = panel.locator(".procman-chart img"), panel.locator(".procman-table tbody tr")
    expect(rows.first).to_contain_text("All Children")
    before, first = picture.get_attribute("src"), rows.all_inner_texts()
    panel.get_by_label("Your council").select_option("Oxfordshire")
    expect(picture).to_have_attribute("alt", re.compile("Oxfordshire: .* of 129 chapters"), timeout=30_000)
    assert picture.get_attribute("src") != before
    assert picture.evaluate("image => image.naturalWidth") > 300
    assert rows.all_inner_texts() != first

    # What was chosen is still so after another question.
    ask(dashboard, "Structure")
    panel = ask(dashboard, "Coverage")
    expect(panel.get_by_label("Your council").locator("option:checked")).to_have_text("Oxfordshire")


def test_every_question_is_accessible(dashboard, page):
    found = {START: violations(page, "body")}
    for question in ASKED:
        panel = ask(dashboard, question.title)
        expect(panel.get_by_role("alert")).to_have_count(0)
        page.screenshot(path=SCREENSHOTS / f"dashboard-{question.panel}.png")
        found[question.title] = violations(page, "body")
        if question.title in ("Coverage", "Add your council"):
            controls, reached, plain = walk(dashboard)
            assert len(controls) > 20
            assert reached == controls
            assert not plain
        page.set_viewport_size({"width": 640, "height": 1600})  # as a window of 1280 at 200 %
        found[question.title] += settled(dashboard, BEYOND)
        page.screenshot(path=SCREENSHOTS / f"dashboard-{question.panel}-640.png")
        page.set_viewport_size({"width": 1280, "height": 1600})
    assert not {name: each for name, each in found.items() if each}


def test_large_upload_is_compared_at_once(dashboard, page):
    panel = ask(dashboard, "Add your council")
    panel.get_by_label("Its council").fill("Northwick")
    panel.get_by_label("Its council").press("Tab")
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Upload a page").click()
    content = PAGE + b" " * (11 << 20)
    chooser.value.set_files({"name": "northwick.txt", "mimeType": "text/plain", "buffer": content})
    expect(panel.locator(".procman-message")).to_contain_text("Read northwick.txt: 3 chapters.", timeout=60_000)
    expect(panel.locator(".procman-headline")).to_contain_text("Northwick (June 2024)")
