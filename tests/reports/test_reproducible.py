"""The same results on any machine: other hash seeds, time zones and locales, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PROGRAM = """
import hashlib, io, pathlib, sys
import procman as pm
from procman.reports.gallery import write_figures
from procman.reports.report import report_page
from tests import synthetic

DRAWN = ["coverage_matrix", "outline"]  # the report draws the others
out = pathlib.Path(sys.argv[1])
synthetic.write_library(out / "library", councils=2, editions=2)
library = pm.open_library("data/manuals", cache=False)
made = {
    "entries": library.entries.to_csv(),
    "synthetic": pm.open_library(out / "library", cache=False).entries.to_csv(),
    "matches": pm.align(library.manual("Milton Keynes").entries, library.manual("Oxfordshire").entries).to_csv(),
    "topics": pm.topics(library.entries).to_csv(),
    "report": report_page(library),
    **{file.name: file.read_bytes() for file in write_figures(library, out=out / "figures", only=DRAWN)},
}
for name, content in made.items():
    print(hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest(), name)
"""
MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "1"},
]


def test_results_do_not_depend_on_hash_seed_time_zone_or_locale(root, tmp_path):
    def digests(n: int) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / str(n))],
            cwd=root,
            env={**os.environ, **MACHINES[n]},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    with ThreadPoolExecutor() as executor:
        one, other = executor.map(digests, range(len(MACHINES)))
    assert len(one) > 8
    assert one == other
