"""procman works as an installed package from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

PROGRAM = """
import io, procman as pm
page = "1. All Children\\n\\n1.1 LAC Reviews\\n1.2 Staying Put\\n"
left, right = (pm.read_manual(io.StringIO(text), name).entries for name, text in
               (("Northwick", page), ("Ayle", page.replace("LAC", "Children in Care"))))
print(pm.align(left, right)["left_title"].tolist())
pm.record_decision("accepted", "LAC Reviews", "Staying Put", "for a test")
print(pm.__spec__.origin)
"""


@pytest.fixture(scope="module")
def installed(root, tmp_path_factory):
    """The package as a wheel has it, unpacked in a folder of its own."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(out / "site")
    return out / "site"


def test_the_wheel_holds_the_word_lists_and_no_manuals(installed, root):
    held = {path.name for path in (installed / "procman/data").iterdir()}
    beside = {path.name for path in (root / "data").iterdir() if path.suffix in (".csv", ".toml")}
    assert held == beside - {"decisions.csv", "peers.csv"}
    assert {"wordings.csv", "duties.csv"} <= held


def test_it_works_from_another_folder(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    said = subprocess.check_output(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment, text=True, encoding="utf-8"
    )
    assert said.splitlines()[0] == "['LAC Reviews', 'Staying Put']"
    assert str(installed) in said
    # A decision stands where the person works, not inside the package.
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")] == ["data/decisions.csv"]
