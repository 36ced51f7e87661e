"""How long `import procman` takes against `import pandas` alone; the goal is at most 1.2 times."""

import subprocess
import sys
from statistics import median
from time import perf_counter

RUNS = 15


def seconds(statement: str) -> float:
    """The time of one statement in a fresh Python, without the time that Python itself takes to start."""
    program = f"from time import perf_counter as now; t = now(); {statement}; print(now() - t)"
    return float(subprocess.check_output([sys.executable, "-c", program]))


def main() -> None:
    statements = ["import pandas", "import procman"]
    started = perf_counter()
    for statement in statements:
        seconds(statement)  # not counted: writes byte code, warms the disk's cache
    times = {statement: [] for statement in statements}
    for _ in range(RUNS):  # in turn, so that both meet the same machine
        for statement in statements:
            times[statement].append(seconds(statement))
    for statement in statements:
        print(f"{statement}: median {1000 * median(times[statement]):.0f} ms of {RUNS}")
    ratio = median(times["import procman"]) / median(times["import pandas"])
    print(f"ratio {ratio:.2f} (goal: at most 1.2), measured in {perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
