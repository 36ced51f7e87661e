"""Measure the time of figures, workbook and report, for the two seed manuals and for 30 synthetic councils.

Each is measured in its own Python process, including imports and reading the library, because a person waits for these too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests import synthetic
from tests.benchmarks.result import Result

RUNS = 3
OUTPUTS = {
    "read only": "library.entries",
    "figures": "from procman.reports.gallery import write_figures; write_figures(library, out=OUT / 'figures')",
    "workbook": "from procman.reports.workbook import write_workbook; write_workbook(library, OUT / 'comparison.xlsx')",
    "report": "from procman.reports.report import write_report; write_report(library, None, OUT / 'report.html')",
}
PROGRAM = """
from pathlib import Path
from procman import open_library
OUT = Path({out!r})
library = open_library({folder!r}, cache=False)
{output}
"""


def seconds(output: str, folder: Path, out: str) -> float:
    """The time of one output of one library."""
    program = PROGRAM.format(out=out, folder=str(folder), output=output)
    environment = {**os.environ, "PYTHONPATH": str(synthetic.ROOT)}
    started = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    return perf_counter() - started


def main() -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        many = synthetic.write_library(Path(scratch) / "manuals", 30, 1)
        for name, folder in (("2 seed manuals", synthetic.ROOT / "data/manuals"), ("30 synthetic councils", many)):
            for label, output in OUTPUTS.items():
                times = sorted(seconds(output, folder, scratch) for _ in range(RUNS))
                told = f"{times[RUNS // 2]:.1f} s ({times[0]:.1f} to {times[-1]:.1f})"
                print(f"{label}, {name}: {told}", flush=True)
                results.append(Result(f"{label}, {name}", told))
    return results


if __name__ == "__main__":
    main()
