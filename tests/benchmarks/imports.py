"""Compare the time of `import procman` with that of `import pandas`. The goal is at most 1.2 times."""

import subprocess
import sys

from tests.benchmarks.result import Result, milliseconds, ratio

RUNS = 15


def seconds(statement: str) -> float:
    """The time of one statement in a fresh Python, without the time that Python itself takes to start."""
    program = f"from time import perf_counter as now; t = now(); {statement}; print(now() - t)"
    return float(subprocess.check_output([sys.executable, "-c", program]))


def main() -> list[Result]:
    pandas, procman = statements = "import pandas", "import procman"
    for statement in statements:
        seconds(statement)  # not counted: writes byte code, warms the disk's cache
    # In turn, so that both meet the same machine.
    taken = [[seconds(statement) for statement in statements] for _ in range(RUNS)]
    theirs, ours = zip(*taken, strict=True)
    times = ratio(ours, theirs)
    return [Result(procman, milliseconds(ours), pandas, milliseconds(theirs), times, goal="at most 1.2 ×")]


if __name__ == "__main__":
    main()
