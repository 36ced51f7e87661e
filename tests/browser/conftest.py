"""A real JupyterLab, a real Voila and a real Chromium (see servers.py), as fixtures.

A test of a notebook asks for the fixtures `lab`, `page` and `run_all`, one of the dashboard for `voila` and `page`:

    def test_panel(page, run_all):
        run_all(page, "1_read_a_manual")
        page.get_by_label("Council", exact=True).select_option("Oxfordshire")
        expect(page.locator(".procman-outline")).to_contain_text("129 chapters")

After each test the page must have had no error in its console, and its screenshot is in tests/browser/screenshots.
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import servers
from tests.browser.servers import Lab

SCREENSHOTS = Path(__file__).parent / "screenshots"
# Voila would ask for a style sheet of icons from elsewhere, which procman has no use for; voila.json lets the browser ask nobody else.
BLOCKED = re.compile(
    r"Loading the stylesheet 'https://cdn\.jsdelivr\.net/[^']+' violates .* The action has been blocked\.", re.S
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = servers.chromium_path(playwright)
        if path is None:
            message = "NO BROWSER TEST RAN: Chromium is not installed (see procman/README.md)"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        browser = playwright.chromium.launch(executable_path=path, args=servers.CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = servers.copy_project(tmp_path_factory.mktemp("project"))
    with servers.serving_lab(folder, tmp_path_factory.mktemp("jupyter")) as lab:
        yield lab


@pytest.fixture(scope="session")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = servers.copy_project(tmp_path_factory.mktemp("project"))
    with servers.serving_voila(folder, tmp_path_factory.mktemp("jupyter")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page that reaches this machine alone; its test fails on any error in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600}, reduced_motion="reduce")
    context.route("**/*", servers.only_loopback)
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" and not BLOCKED.fullmatch(message.text) else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / (re.sub(r"\W+", "-", request.node.name).strip("-") + ".png"))
    context.close()
    assert not errors


@pytest.fixture
def run_all(lab: Lab) -> Callable[[Page, str], None]:
    """run_all(page, notebook) opens a notebook by its name without .ipynb, runs all cells, and waits for the last."""
    return partial(servers.run_all, lab)
