"""Each notebook in a real JupyterLab: Run All from a clean start, as a person would."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_run_all(page, run_all, notebook):
    run_all(page, notebook)
    expect(page.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)
    expect(page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).to_have_count(0)
    expect(page.locator(".jp-OutputArea-output").first).to_be_visible()
    broken = "images => images.filter(image => !image.complete || !image.naturalWidth).length"
    assert page.locator(".jp-OutputArea-output img").evaluate_all(broken) == 0
