"""Each notebook in a real JupyterLab: Run All from a clean start, as a person would.

`run_all` fails on an error, a warning or a broken picture. The tests of panels run the notebooks that have one; here are the others.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

HERE = Path(__file__)
RUN_ELSEWHERE = "".join((HERE.parent / f"test_{name}.py").read_text("utf-8") for name in ("panel", "comparison_panels"))
NOTEBOOKS = sorted(path.stem for path in (HERE.parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", [each for each in NOTEBOOKS if f'"{each}"' not in RUN_ELSEWHERE])
def test_run_all(page, run_all, notebook):
    run_all(page, notebook)
    expect(page.locator(".jp-OutputArea-output").first).to_be_visible()
