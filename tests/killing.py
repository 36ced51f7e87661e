"""Kill a writer before and after each thing it does to the disk: python -m tests.killing SCENARIO

A scenario prepares a folder, writes to it, and gives the state that a reader then sees. The write is repeated in a child process that
kills itself one step later each time. Afterwards the state must be the old one or the new one, and writing again must work.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any, NamedTuple

import procman as pm
from procman import files as writing
from procman.library import corrections, decisions, holdings, library
from procman.library.cache import ReadingCache
from tests import synthetic

STEPS = frozenset(
    "open write flush close fsync replace rename unlink remove mkdir rmdir chmod scandir execute executemany".split()
)
FILES = (io.BufferedWriter, io.FileIO, io.TextIOWrapper)


class Scenario(NamedTuple):
    """What is written: ``state`` may be a dict, whose values are then old or new each by itself."""

    prepare: Callable[[Path], None]
    act: Callable[[Path], object]
    state: Callable[[Path], Any]


def kill_at(step: int, act: Callable[[], object]) -> int | None:
    """Do it in a child that dies at the given step; return how it ended: a signal's number negative, 0, or an error's."""
    child = os.fork()
    if child == 0:
        count = 0

        def watch(frame: FrameType, event: str, function: Any) -> None:
            nonlocal count
            if event in ("c_call", "c_return") and getattr(function, "__name__", "") in STEPS:
                holder = getattr(function, "__self__", None)
                if isinstance(holder, str | bytes | list | set | dict):
                    return  # "replace" and "remove" of values, which are in memory
                if (
                    function.__name__ in ("write", "flush", "close")
                    and not isinstance(holder, FILES)
                    and holder is not os
                ):
                    return
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        failed = 1
        try:
            sys.setprofile(watch)
            act()
            sys.setprofile(None)
            failed = 0
        finally:
            os._exit(failed)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(scenario: Scenario) -> int:
    """Kill at every step; return how many there were."""
    with tempfile.TemporaryDirectory() as name:
        start, folder = Path(name) / "start", Path(name) / "folder"
        start.mkdir()
        scenario.prepare(start)

        def fresh() -> Path:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(start, folder)
            return folder

        old = scenario.state(fresh())
        scenario.act(fresh())
        new = scenario.state(folder)
        step = 0
        while True:
            step += 1
            fresh()
            ended = kill_at(step, lambda: scenario.act(folder))
            left = scenario.state(folder)
            assert whole(left, old, new), f"killed at step {step}: {left}"
            if ended == 0:
                return step
            assert ended == -signal.SIGKILL, f"step {step} ended with {ended}"
            if left != new:
                scenario.act(folder)
                assert scenario.state(folder) == new, f"acting again after step {step}"


def whole(left: Any, old: Any, new: Any) -> bool:
    """Whether the state is the old one or the new one; file by file where it is a dict of files."""
    if isinstance(left, dict):
        return all(left.get(name) in (old.get(name), new.get(name)) for name in {*left, *old, *new})
    return left in (old, new)


# --- scenarios ------------------------------------------------------------------------------------------------

OLD, NEW = (
    "1. All Children\n1.1 Consent\n",
    b"<h2>1. All Children</h2><ul><li>1.1 Capacity</li><li>1.2 Records</li></ul>",
)


def add_old(folder: Path) -> None:
    library.add_manual(io.StringIO(OLD), "Northwick", folder=folder, edition="2024-06")
    (folder / "northwick/2024-06/amendments.txt").write_text("kept", encoding="utf-8")


def shelf(folder: Path) -> Any:
    """What is in the library, to a reader and in its folders."""
    found = pm.open_library(folder, cache=False)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [found.entries.to_csv(), found.manuals.to_csv(), found.problems, files]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def charts() -> Iterator[Callable[[Path], object]]:
    """The files of a figure, whose picture is made up: only its writing is of interest here."""
    from procman.figures.save import save_chart
    from procman.measures.activity import FLAGS_BY_SECTION

    for number in (9, 8):
        table = FLAGS_BY_SECTION.frame([("Northwick", "2024-06", "1", "All Children", number, 1, 2, number - 3)])
        chart: Any = SimpleNamespace(
            picture=lambda suffix, dpi=None, n=number: bytes([n]) * 9000, table=table, words=f"{number} chapters"
        )
        yield lambda folder, chart=chart: save_chart(chart, folder, "flags")


def documents() -> Iterator[Callable[[Path], object]]:
    """The workbook and the report, whose contents are made beforehand: only their writing is of interest here."""
    from procman.reports import report, workbook

    shelf = pm.open_library(synthetic.ROOT / "data/manuals", cache=False)
    made: list[tuple[str, Any]] = []
    for room, write in (
        (workbook, workbook.write_workbook),
        (report, lambda shelf, out: report.write_report(shelf, None, out)),
    ):
        room.write_whole = lambda path, content: made.append((path.name, content))
        write(shelf, Path("comparison.xlsx" if room is workbook else "comparison.html"))
    for part in (slice(0, 1000), slice(None)):
        yield lambda folder, part=part: [writing.write_whole(folder / name, content[part]) for name, content in made]


def decide(folder: Path) -> object:
    return decisions.record_decision("accepted", "Consent", "Capacity", "the same", path=folder / "decisions.csv")


def first_decision(folder: Path) -> None:
    decisions.record_decision("rejected", "Visits", "Panels", "differ", path=folder / "decisions.csv")


def correct(folder: Path, title: str = "Records") -> None:
    corrections.record_correction(folder / "corrections.csv", "title", title, line=4, words="1.2 Recods")


def keep(folder: Path) -> object:
    root, holdings.BATCH = folder / "manuals", 1
    cache = ReadingCache(folder, str(root))
    try:
        return list(holdings.read_holdings(root, sorted(root.glob("*/*")), cache))
    finally:
        cache.close()


def reopened(folder: Path) -> Any:
    return pm.open_library(folder / "manuals", cache=folder).entries.to_csv()


def scenario(name: str) -> Scenario:
    if name in ("figures", "documents"):
        before, after = charts() if name == "figures" else documents()
        return Scenario(before, after, files)
    return {
        "add": Scenario(
            add_old, lambda folder: library.add_manual(io.StringIO(OLD), "Southwick", folder=folder), shelf
        ),
        "replace": Scenario(
            add_old,
            lambda folder: library.add_manual(NEW, "Northwick", folder=folder, edition="2024-06", replace=True),
            shelf,
        ),
        "decisions": Scenario(
            first_decision, decide, lambda folder: decisions.read_decisions(folder / "decisions.csv").to_csv()
        ),
        "corrections": Scenario(
            lambda folder: correct(folder, "Files"),
            correct,
            lambda folder: corrections.read_corrections(folder / "corrections.csv").to_csv(),
        ),
        "cache": Scenario(lambda folder: synthetic.write_library(folder / "manuals", 1, 2) and None, keep, reopened),
    }[name]


if __name__ == "__main__":
    print(run(scenario(sys.argv[1])), "steps")
