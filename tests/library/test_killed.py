"""If a writer is killed at any step, the file is the old or the new one, never half."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCENARIOS = ["add", "replace", "decisions", "corrections", "cache", "figures", "documents"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_is_left_is_old_or_new(scenario, root):
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", scenario], cwd=root, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[0]) > 10  # else no step was seen, and nothing was killed
