"""The command line of the benchmarks. Their measurements are not tested."""

from __future__ import annotations

import subprocess
import sys


def test_an_option_is_no_benchmark_and_a_stranger_is_told_which_there_are(root):
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "nonsense"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert run.stderr.startswith("no benchmark is called nonsense; there are align, ")
