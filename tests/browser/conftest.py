"""A real JupyterLab, a real Voila and a real Chromium.

A test of a notebook asks for the fixtures `lab`, `page` and `run_all`, one of the dashboard for `voila` and `page`:

    def test_panel(page, run_all):
        run_all(page, "1_read_a_manual")
        page.get_by_label("Council").select_option("Oxfordshire")
        expect(page.locator(".procman-outline")).to_contain_text("129 chapters")

After each test the page must have had no error in its console, and its screenshot is in tests/browser/screenshots.
"""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect, sync_playwright

from notebooks.refresh import clear

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCREENSHOTS = HERE / "screenshots"
RUN_SECONDS = 120  # one notebook, all cells
# Chromium would look for its maker's hosts at every start; as root it has no sandbox.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Voila asks for this style sheet of icons, which procman's panels have no use for.
ICONS = re.compile(r"https://cdn\.jsdelivr\.net/npm/@fortawesome/fontawesome-free@[^/]+/css/[\w.-]+\.css")
LAB_SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',  # every cell is in the page, not only those in view
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',  # no question, no request
}


def chromium_path(playwright: Playwright) -> str | None:
    """The installed Chromium or Chrome, else the one that `playwright install chromium` left."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, names)), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            message = "NO BROWSER TEST RAN: Chromium is not installed (see README.md)"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that serves a copy of the project's notebooks and data."""

    url: str
    folder: Path

    def address(self, notebook: str) -> str:
        """Where notebooks/<notebook>.ipynb opens, alone and as if for the first time."""
        return f"{self.url}/lab/workspaces/auto-{notebook}/tree/notebooks/{notebook}.ipynb?reset"

    def end_kernels(self) -> None:
        """End what earlier tests left running."""
        with urllib.request.urlopen(f"{self.url}/api/sessions") as answer:
            sessions = json.load(answer)
        for session in sessions:
            ending = urllib.request.Request(f"{self.url}/api/sessions/{session['id']}", method="DELETE")
            urllib.request.urlopen(ending).close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_up(url: str, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"no server started at {url}")


def copy_project(folder: Path) -> None:
    """What a server needs of the project: a copy, since it saves what is run, uploaded and decided."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    for name in ("jupyter_server_config.json", "voila.json"):
        shutil.copy(ROOT / name, folder)
    # Without outputs, so that none is taken for a new one.
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        clear(notebook)
        nbformat.write(notebook, path)


@contextmanager
def serving(command: list[str], folder: Path, own: Path, up: str) -> Iterator[None]:
    """A server in the project's copy, with nothing of the person who runs the tests: no settings, extensions, start-up file."""
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "IPYTHONDIR": str(own / "ipython"),
    }
    log = own / "server.log"
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output) as server,
    ):
        try:
            try:
                wait_until_up(up, server)
            except RuntimeError as error:
                pytest.fail(f"{error}\n{log.read_text()}")
            yield
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder, own = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("jupyter")
    copy_project(folder)
    for extension, setting in LAB_SETTINGS.items():
        path = own / "settings" / "@jupyterlab" / f"{extension}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(setting)
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"),
        "--LabApp.extension_manager=readonly",
        "--ServerApp.disable_check_xsrf=True",  # so that a test may end a kernel
    ]
    url = f"http://127.0.0.1:{port}"
    with serving(command, folder, own, f"{url}/api/status"):
        yield Lab(url, folder)


@pytest.fixture(scope="session")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard, served by the command that `make dashboard` gives."""
    folder, own = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("jupyter")
    copy_project(folder)
    port = free_port()
    arguments = f"ARGS=--no-browser --Voila.ip=127.0.0.1 --port={port} --Voila.port_retries=0"
    make = ["make", "--no-print-directory", "-n", "dashboard", arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(make, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    program, *options = shlex.split(said.splitlines()[-1])  # after what brings the environment up to date
    command = [sys.executable, "-m", Path(program).name, *options]
    url = f"http://127.0.0.1:{port}"
    with serving(command, folder, own, f"{url}/voila/static/"):
        yield url


def only_loopback(route: Route) -> None:
    if re.match(r"https?://127\.0\.0\.1[:/]", route.request.url):
        route.continue_()
    else:
        route.abort()  # which is an error in the page's console


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page that reaches this machine alone; its test fails on any error in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600}, reduced_motion="reduce")
    context.route("**/*", only_loopback)
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and not ICONS.fullmatch(message.location["url"])
            else None
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

    def run(page: Page, notebook: str) -> None:
        lab.end_kernels()
        page.goto(lab.address(notebook))
        # The status bar names the kernel only once it answers; the notebook's own indicator is idle before that.
        expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator('[data-command="runmenu:run-all"]').click()
        # An empty cell never gets a number, and after an error (which JupyterLab 4.6 shows as stderr) no other cell does.
        page.wait_for_function(
            """() => document.querySelector('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]') ||
                [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].every(cell =>
                    /\\[\\d+\\]/.test(cell.querySelector('.jp-InputPrompt').textContent) ||
                    !cell.querySelector('.cm-content').textContent.trim())""",
            timeout=RUN_SECONDS * 1000,
        )
        expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()

    return run
