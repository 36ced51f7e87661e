"""How long a person waits: for "Run All" in each notebook, for the dashboard and its first answer, and for the new picture after
changing a control, with 2, 30 and 152 councils, in JupyterLab (the coverage panel) and Voila (the dashboard).

Measured in a real Chromium, in the page: from the change of the control until the panel has said its last and the picture
is drawn. The goal is a median of at most 150 ms with two councils and 300 ms with 30 synthetic ones.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import nbformat
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import synthetic
from tests.benchmarks.result import Result
from tests.browser import servers

TURNS = 20
NOTEBOOK = "9_dashboard"  # the one that `make dashboard` serves
CELLS = {
    "JupyterLab": """from procman import open_library
from procman.panels import CoveragePanel
panel = CoveragePanel(open_library("../data/manuals"))
panel""",
    "Voila": """from procman.panels import Dashboard
Dashboard("../data/manuals")""",
}
#: What a person changes, and to what, in turn; the last is not what is on show when its turn comes. ("Topic" is typed: the
#: panel answers each letter.) The first view is that of the gaps; the last on show is the largest picture: all topics by council.
CHANGES = {
    "your council (gaps)": ("select[Compare]", [0, 1]),
    "topic (gaps)": ("input[Topic]", ["foster", "adoption", "health", "records", "court"]),
    "view": ("radio[Show]", ["Missing topics", "By section"]),
    "your council (sections)": ("select[Compare]", [1, 0]),
    "topic (sections)": ("input[Topic]", ["foster", "adoption", "health", "records", "court"]),
    "largest picture": ("radio[Show]", ["By section", "Topic by topic"]),
    "confidence": ("range[Confidence]", [round(0.40 + 0.01 * turn, 2) for turn in range(TURNS)]),
}
#: Milliseconds from a change to the last word and the picture.
WAIT = """async (panel, [kind, label, value]) => {
  const control = kind === 'radio' ? [...panel.querySelectorAll('.procman-view input')].find(each => each.labels[0].innerText === value) : [...panel.querySelectorAll(kind === 'select' ? 'select' : `input[type=${kind === 'range' ? 'range' : 'text'}]`)]
    .find(each => each.labels?.[0]?.innerText.trim() === label || each.closest('.jupyter-widgets').innerText.trim().startsWith(label));
  const message = panel.querySelector('.procman-message'), start = performance.now();
  let spoken = false;
  const answered = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`${label}: no answer in a minute`)), 60000);
    new MutationObserver((_, watch) => {
    const says = message.innerText.trim() !== '';
    if (spoken && !says) { watch.disconnect(); done(); }
    spoken ||= says;
  }).observe(message, { attributes: true, childList: true, characterData: true, subtree: true });
  });
  if (kind === 'radio') control.checked = true; else if (kind === 'select') control.selectedIndex = value; else control.value = value;
  for (const event of ['input', 'change']) control.dispatchEvent(new Event(event, { bubbles: true }));
  await answered;
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def folder_of(scratch: Path, councils: int, server: str) -> Path:
    """A project's folder with that many councils and one notebook."""
    folder = scratch / server / str(councils)
    if councils == 2:
        shutil.copytree(servers.ROOT / "data", folder / "data")
    else:
        synthetic.write_library(folder / "data/manuals", councils, 1)
    shutil.copy(servers.ROOT / "voila.json", folder)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(metadata=kernel, cells=[nbformat.v4.new_code_cell(CELLS[server])])
    (folder / "notebooks").mkdir()
    nbformat.write(notebook, folder / "notebooks" / f"{NOTEBOOK}.ipynb")
    return folder


def waits(page: Page) -> Iterator[tuple[str, list[float]]]:
    """For each control the milliseconds of its changes, shortest first."""
    panel = page.locator(".procman-panel")
    expect(panel.locator(".procman-headline h3")).to_be_visible(timeout=120_000)
    panel.scroll_into_view_if_needed()
    for name, (where, values) in CHANGES.items():
        kind, label = where.rstrip("]").split("[")
        panel.evaluate(WAIT, [kind, label, values[-1]])  # the first takes longer: what is loaded when used
        taken = [panel.evaluate(WAIT, [kind, label, values[turn % len(values)]]) for turn in range(TURNS)]
        if name == "largest picture":  # and back, which is not counted
            taken = [panel.evaluate(WAIT, [kind, label, values[turn % 2]]) for turn in range(TURNS)][1::2] + taken[1::2]
        yield name, sorted(taken)
        if kind == "input":
            panel.evaluate(WAIT, [kind, label, ""])  # all topics again


def opened(page: Page, url: str, councils: int) -> Iterator[Result]:
    """The seconds to the dashboard's start page, and from there to the first answer, which takes one choice."""
    start = perf_counter()
    page.goto(url)
    choice = page.get_by_label("Your council", exact=True)
    expect(choice.locator("option")).to_have_count(councils + 1, timeout=120_000)
    there = perf_counter()
    choice.select_option(index=1)
    expect(page.locator(".procman-headline h3")).to_be_visible(timeout=120_000)
    told = f"{there - start:.1f} s to the start page, {perf_counter() - there:.1f} s from choosing a council"
    print(f"Voila, {councils} councils, dashboard: {told}", flush=True)
    yield Result(f"first answer, {councils} councils, Voila", told)


def measured(server: str, councils: int, page: Page) -> Iterator[Result]:
    goal = {2: "median at most 150 ms", 30: "median at most 300 ms"}.get(councils, "")
    for name, taken in waits(page):
        told = f"median {median(taken):.0f} ms, 95th percentile {taken[18]:.0f} ms"
        print(f"{server}, {councils} councils, {name}: {told}", flush=True)
        yield Result(f"new picture after {name}, {councils} councils, {server}", told, goal=goal)


def run_all(browser: Browser, scratch: Path) -> Iterator[Result]:
    """The seconds that "Run All Cells" takes in each notebook, imports counted, the start of the kernel not."""
    folder = servers.copy_project(scratch / "project")
    with servers.serving_lab(folder, scratch / "project-settings") as lab:
        for path in sorted((folder / "notebooks").glob("*.ipynb")):
            taken = []
            for _ in range(3):
                page = new_page(browser)
                servers.open_notebook(lab, page, path.stem)
                start = perf_counter()
                servers.run_cells(page)
                taken.append(perf_counter() - start)
                page.context.close()
            told = f"{median(taken):.1f} s ({min(taken):.1f} to {max(taken):.1f})"
            print(f"{path.stem}: {told}", flush=True)
            yield Result(f"Run All, {path.stem}, JupyterLab", told)


def new_page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 1600}, reduced_motion="reduce")
    context.route("**/*", servers.only_loopback)
    return context.new_page()


def main() -> list[Result]:
    results: list[Result] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        path = servers.chromium_path(playwright)
        if path is None:
            raise SystemExit("Chromium is not installed (see procman/README.md): nothing was measured")
        browser = playwright.chromium.launch(executable_path=path, args=servers.CHROMIUM_ARGUMENTS)
        results += run_all(browser, Path(scratch))
        for councils in (2, 30, 152):
            folder = folder_of(Path(scratch), councils, "JupyterLab")
            with servers.serving_lab(folder, Path(tempfile.mkdtemp(dir=scratch))) as lab:
                page = new_page(browser)
                servers.run_all(lab, page, NOTEBOOK)
                results += measured("JupyterLab", councils, page)
                page.context.close()
            folder = folder_of(Path(scratch), councils, "Voila")
            with servers.serving_voila(folder, Path(tempfile.mkdtemp(dir=scratch))) as url:
                page = new_page(browser)
                results += opened(page, url, councils)
                results += measured("Voila", councils, page)
                page.context.close()
        browser.close()
    return results


if __name__ == "__main__":
    main()
