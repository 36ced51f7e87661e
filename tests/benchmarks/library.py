"""A library of 152 councils with 40 editions each, 6,080 synthetic pages, into one table of entries.

Each row is measured in a Python of its own. The floor reads each file and splits its lines with one compiled pattern.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import synthetic
from tests.benchmarks.result import Result

SMALL, FAST = "at most 60 s, 1024 MiB", "at least 1.7 times as fast"

FLOOR = """
import re
from pathlib import Path
split = re.compile(r"\\s*(?P<number>\\d+(?:\\.\\d+)*\\.?)?\\s*(?P<title>.*?)\\s*(?P<flag>New|Updated)?$")
rows = [
    split.match(line).groups()
    for page in sorted(Path(FOLDER).glob("*/*/contents.txt"))
    for line in page.read_text(encoding="utf-8").splitlines()
    if line.strip()
]
"""
PROCMAN = """
import procman
library = procman.open_library(FOLDER, executor=executor, cache=CACHE)
rows = library.entries
"""
PROGRAM = """
import json, resource, sys, time
from concurrent.futures import ProcessPoolExecutor
FOLDER, CACHE, workers = {folder!r}, {cache!r}, {workers}
if __name__ == "__main__":
    started = time.perf_counter()
    executor = ProcessPoolExecutor(workers) if workers else None
    {body}
    seconds = time.perf_counter() - started
    if executor:
        executor.shutdown()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([seconds, *(each.ru_utime + each.ru_stime for each in used), used[0].ru_maxrss / 1024, len(rows)]))
"""


def measured(body: str, folder: Path, cache: str | bool = False, workers: int = 0) -> list[float]:
    """Seconds, processor seconds here and in the workers, MiB at the peak, rows."""
    program = PROGRAM.format(
        folder=str(folder), cache=cache, workers=workers, body=body.strip().replace("\n", "\n    ")
    )
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(program)
        file.flush()
        done = subprocess.run([sys.executable, file.name], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def main(councils: int = synthetic.COUNCILS, editions: int = synthetic.EDITIONS) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "manuals", str(Path(name) / "cache")
        synthetic.write_library(folder, councils, editions)
        number = councils * editions
        changed = folder / "shire-001" / synthetic.edition_name(0) / "contents.txt"
        print(f"{'':<36}{'seconds':>8}{'pages/s':>9}{'speed':>7}{'CPU s':>7}{'+ workers':>10}{'MiB':>6}{'rows':>11}")
        floor = one = 0.0
        for label, body, kept, workers in (
            ("floor: read and split lines", FLOOR, False, 0),
            ("procman, 1 process", PROCMAN, False, 0),
            ("procman, 2 workers", PROCMAN, False, 2),
            ("procman, 1 process, keeping", PROCMAN, cache, 0),
            ("procman, opened again", PROCMAN, cache, 0),
            ("procman, again with 1 page changed", PROCMAN, cache, 0),
        ):
            if "changed" in label:
                changed.write_text(changed.read_text(encoding="utf-8") + "\n9. Another Section\n", encoding="utf-8")
            seconds, here, there, peak, rows = measured(body, folder, kept, workers)
            one = seconds if label == "procman, 1 process" else one
            floor = floor or seconds
            told = f"{seconds:.1f} s, {peak:.0f} MiB here"
            if workers:
                times = f"{one / seconds:.2f} times as fast"
                results.append(
                    Result(f"{number:,} pages, {label}", told, "1 process", f"{one:.1f} s", times, goal=FAST)
                )
            elif body == PROCMAN:
                beside = ("read and split lines (floor)", f"{floor:.1f} s", f"{seconds / floor:.1f} ×")
                results.append(Result(f"{number:,} pages, {label}", told, *beside, f"{rows:,} rows", SMALL))
            speed = f"{one / seconds:.2f}×" if one else ""
            print(
                f"{label:<36}{seconds:>8.1f}{number / seconds:>9.0f}{speed:>7}{here:>7.1f}{there:>10.1f}{peak:>6.0f}{rows:>11,}",
                flush=True,
            )
    return results


if __name__ == "__main__":
    main()
