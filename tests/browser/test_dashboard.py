"""The dashboard in a real Voila: what a person does and sees, without code."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from procman.panels.dashboard import ASKED, START
from tests.browser.accessible import BEYOND, settled, violations, walk

SCREENSHOTS = Path(__file__).parent / "screenshots"
# Controls whose form does not show, and lists whose arrow is a picture, which forced colours would leave as it is.
WITHOUT_EDGE = """part => [...part.querySelectorAll('button, select, .procman-choices label')]
  .filter(each => each.checkVisibility())
  .filter(each => parseFloat(getComputedStyle(each).borderTopWidth) === 0 || getComputedStyle(each).backgroundImage !== 'none')
  .map(each => each.outerHTML)"""
PAGE = b"Northwick Procedures\n\nContents\n\nJune 2024\n\n1. All\n\n1.1 Consent New\n1.2 Private Fostering\n1.3 Harbour Swimming\n"


@pytest.fixture
def dashboard(page, voila):
    page.goto(voila, wait_until="commit")
    expect(page.locator("#loading_text")).to_have_text("Reading the manuals …", timeout=60_000)
    dashboard = page.locator(".procman-dashboard")
    expect(dashboard.get_by_role("heading", name="What there is")).to_be_visible(timeout=60_000)
    expect(page.locator("#loading_text")).to_have_count(0)
    return dashboard


def ask(dashboard, name):
    """Choose a question, and wait until its page is there."""
    dashboard.locator(".procman-questions").get_by_label(name, exact=True).check()
    return answer(dashboard, name)


def answer(dashboard, name, said=""):
    """The panel of a question that was just chosen, and what the page says of it."""
    asks = next(question.asks for question in ASKED if question.title == name)
    expect(dashboard.locator(".procman-question h2").first).to_have_text(asks, timeout=30_000)
    message = dashboard.locator("> .procman-message")
    (expect(message).to_contain_text if said else expect(message).to_have_text)(said, timeout=30_000)
    panel = dashboard.locator(".procman-place > .procman-panel")
    expect(panel).to_have_count(1, timeout=30_000)
    return panel


def test_start_page_and_the_answer(dashboard, page):
    expect(page).to_have_title("Compare procedures manuals")
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_contain_text("Compare procedures manuals")
    expect(dashboard.get_by_role("heading", level=2).first).to_have_text("What do our neighbours list that we do not?")
    expect(dashboard.get_by_role("heading", name="What there is: 2 manuals of 2 councils")).to_be_visible()
    manuals = dashboard.locator("tbody tr")
    expect(manuals).to_have_text([re.compile("Milton Keynes.*124"), re.compile("Oxfordshire.*129")])
    expect(page.locator(".jp-Editor, .highlight, .jp-InputPrompt:visible")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(re.compile("from procman|Traceback|make dashboard"))
    page.set_viewport_size({"width": 1366, "height": 768})
    page.screenshot(path=SCREENSHOTS / "dashboard-start.png")

    # The answer is one choice away, and on the first screen.
    dashboard.get_by_label("Your council", exact=True).select_option("Oxfordshire")
    panel = answer(dashboard, "Gaps and coverage")
    headline, rows = panel.locator(".procman-headline h3"), panel.locator(".procman-table tbody tr")
    expect(headline).to_contain_text("topics that Milton Keynes lists were not found on Oxfordshire's page.")
    assert page.evaluate("scrollY") == 0
    expect(dashboard.get_by_role("radio", name="Gaps and coverage")).to_be_focused()
    assert rows.nth(3).evaluate("row => row.getBoundingClientRect().bottom") < 768
    page.screenshot(path=SCREENSHOTS / "dashboard-answer.png")

    # A decision in a row moves its topic; the focus goes on to what is to be decided next.
    said, decide = panel.locator(".procman-message"), panel.get_by_role("button", name=re.compile("^Not the same: "))
    decide.first.press("Enter")
    expect(said).to_contain_text("is not the same as", timeout=30_000)
    assert page.evaluate("document.activeElement.closest('.procman-table') !== null")
    panel.get_by_role("button", name="Undo").press("Enter")
    expect(panel.get_by_role("button", name="Undo")).to_be_hidden(timeout=30_000)

    # A match that was missed is put right in the row, by keys alone; what is chosen wrongly is said beside the box.
    opener = panel.get_by_role("button", name="We have it: Confidentiality", exact=True)
    opener.press("Enter")
    box = panel.get_by_label("Which of your chapters is on “Confidentiality”?")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("harbour")
    page.keyboard.press("Enter")
    expect(box).to_have_accessible_description("No chapter of Oxfordshire's has “harbour”.", timeout=30_000)
    page.screenshot(path=SCREENSHOTS / "dashboard-we-have-it.png")
    assert violations(page, "body") == []
    box.fill("Private Fostering")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("is the same as “Confidentiality Policy”", timeout=30_000)
    expect(opener).to_have_count(0)
    expect(panel.get_by_role("button", name="We have it: Consultation", exact=True)).to_be_focused()
    panel.get_by_role("button", name="Undo").press("Enter")
    expect(opener).to_have_count(1, timeout=30_000)

    # A link opens the same view: the same choices, and no more.
    panel.get_by_role("radio", name="By section").check()
    picture = panel.locator(".procman-chart svg")
    expect(picture).to_have_attribute("aria-label", re.compile("Oxfordshire: .* of 129 chapters"), timeout=30_000)
    expect(page).to_have_url(re.compile("#question=gaps&view=coverage_by_section&council=Oxfordshire$"))
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(picture).to_have_attribute("aria-label", re.compile("Oxfordshire: .* of 129 chapters"), timeout=60_000)
    expect(panel.get_by_role("radio", name="By section")).to_be_checked()
    page.evaluate("location.hash = 'question=duties&council=Kent'")
    panel = answer(dashboard, "What is expected", said="No manual of 'Kent'")

    # Arrow keys go from question to question, and what was chosen stays.
    panel.get_by_label("Compare", exact=True).select_option("Oxfordshire")
    dashboard.get_by_role("radiogroup", name="Question").get_by_label("What is expected").focus()
    page.keyboard.press("ArrowLeft")
    answer(dashboard, "Add your council")
    page.keyboard.press("ArrowLeft")
    panel = answer(dashboard, "Editions")
    expect(panel.get_by_label("Council", exact=True).locator("option:checked")).to_have_text("Oxfordshire")


def test_every_question_is_accessible(dashboard, page):
    found = {START: violations(page, "body")}
    for question in ASKED:
        panel = ask(dashboard, question.title)
        expect(panel.get_by_role("alert")).to_have_count(0)
        if question.title == "Read a manual":
            panel.get_by_role("button", name="Correct how a line was read").click()
            panel.get_by_role("button", name=re.compile("^Put right: ")).first.click()
            expect(panel.get_by_label("Title", exact=True)).to_be_visible()
        if question.title == "Add your council":
            expect(panel.get_by_role("combobox", name="Compare")).to_have_count(0)  # none is yours yet
            panel.get_by_role("button", name="Paste text").click()
            panel.get_by_label("Text of a contents page").fill(PAGE.decode())
            panel.get_by_role("button", name="Read the text").click()
            expect(panel.locator(".procman-message")).to_contain_text("Read pasted text: 3 chapters.", timeout=30_000)
        page.screenshot(path=SCREENSHOTS / f"dashboard-{question.panel}.png")
        found[question.title] = violations(page, "body")
        if question.title in ("Gaps and coverage", "Add your council"):
            for fold in ("Filters", "Advanced"):
                panel.get_by_role("button", name=fold).click()
            expect(panel.get_by_role("slider")).to_be_visible()
            controls, reached, plain = walk(dashboard)
            assert len(controls) > 16
            assert reached == controls
            assert not plain
            # Where a person has colours of her own, edges say what colours said.
            page.emulate_media(forced_colors="active")
            page.screenshot(path=SCREENSHOTS / f"dashboard-{question.panel}-forced.png")
            assert settled(dashboard, WITHOUT_EDGE) == []
            page.emulate_media(forced_colors="none")
        page.set_viewport_size({"width": 640, "height": 1600})  # as a window of 1280 at 200%
        found[question.title] += settled(dashboard, BEYOND)
        page.screenshot(path=SCREENSHOTS / f"dashboard-{question.panel}-640.png")
        page.set_viewport_size({"width": 1280, "height": 1600})
    assert not {name: each for name, each in found.items() if each}


def test_large_upload_is_compared_at_once(dashboard, page):
    panel = ask(dashboard, "Add your council")
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Upload a page").click()
    content = PAGE + b" " * (11 << 20)
    chooser.value.set_files({"name": "northwick.txt", "mimeType": "text/plain", "buffer": content})
    expect(panel.locator(".procman-message")).to_contain_text("Read northwick.txt: 3 chapters.", timeout=60_000)
    expect(panel.locator(".procman-headline")).to_contain_text("Northwick (June 2024)")
