"""A real JupyterLab, a real Voila and a real Chromium, for the tests here and the benchmark of the panels."""

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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Page, Playwright, Route, expect

from notebooks.refresh import clear

ROOT = Path(__file__).parents[2]
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
LAB_SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',  # every cell is in the page, not only those in view
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',  # no question, no request
}


def chromium_path(playwright: Playwright) -> str | None:
    """The installed Chromium or Chrome, else the one that `playwright install chromium` left."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, names)), own if Path(own).exists() else None)


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


def copy_project(folder: Path) -> Path:
    """What a server needs of the project, in a folder: a copy, since it saves what is run, uploaded and decided."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    shutil.copy(ROOT / "voila.json", folder)
    # Without outputs, so that none is taken for a new one.
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        clear(notebook)
        nbformat.write(notebook, path)
    return folder


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
                raise RuntimeError(f"{error}\n{log.read_text()}") from None
            yield
        finally:
            server.terminate()


@contextmanager
def serving_lab(folder: Path, own: Path) -> Iterator[Lab]:
    """A JupyterLab whose root is a folder that has a folder ``notebooks``."""
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


@contextmanager
def serving_voila(folder: Path, own: Path) -> Iterator[str]:
    """The address of the dashboard, served by the command that `make dashboard` gives."""
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


def run_all(lab: Lab, page: Page, notebook: str) -> None:
    """Open a notebook by its name without .ipynb, run all cells, and wait for the last."""
    open_notebook(lab, page, notebook)
    run_cells(page)


def open_notebook(lab: Lab, page: Page, notebook: str) -> None:
    """Open a notebook with a kernel of its own, the only one."""
    lab.end_kernels()
    page.goto(lab.address(notebook))
    # The status bar names the kernel only once it answers; the notebook's own indicator is idle before that.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)


def run_cells(page: Page) -> None:
    """Choose "Run All Cells", wait for the last, and see that none failed, warned or shows a broken picture."""
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
    expect(page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]')).to_have_count(0)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-OutputArea-output img')].every(each => each.complete)"
    )
    broken = "images => images.filter(image => !image.naturalWidth).length"
    assert page.locator(".jp-OutputArea-output img").evaluate_all(broken) == 0
