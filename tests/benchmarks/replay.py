"""A local replay of 152 councils, each with a page of its own and 20 captures in an archive, through `add --all` and `history --all`.

The library that the captures make is then opened, and opened again.

Pauses between requests are left out, so that what is measured is procman's own work; what they would add is told beside it. Each row is
measured in a Python of its own; the server is another.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from tests import synthetic
from tests.benchmarks.result import Result
from tests.local_web import Answer, LocalArchive, Site, local_sessions, running

COUNCILS, CAPTURES = 152, 20
HEAD = "council,page,address,platform,body,seen,inferred"


def run(task: str, address: str, folder: str, day: date) -> tuple[float, float, dict[str, int]]:
    """Seconds, MiB at the peak, and what became of how many pages."""
    from procman.library import archives, directory, fetch_by_name, history, library
    from procman.reading import fetch

    started = time.perf_counter()
    if task == "open":
        opened = library.open_library(Path(folder) / "history")
        outcomes = {"manuals": len(opened.holdings), "rows": len(opened.entries)}
        return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, outcomes
    fetch.PAUSE = 0.0
    archives._session = local_sessions(address)
    directory.DATA = Path(folder) / f"{task} data"
    council = [each for each in directory.directory().values() if directory.addresses_of(each)]
    started = time.perf_counter()
    if task == "add":
        rows = [*fetch_by_name.get_manuals(council, Path(folder) / "added", today=day)]
    else:
        rows = [*history.read_history(council, archives.open_archive(), Path(folder) / "history", today=day)]
    return (
        time.perf_counter() - started,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        dict(Counter(row.outcome for row in rows)),
    )


def page(name: str, n: int, edition: int) -> bytes:
    """A council's synthetic page under its real name, without a date."""
    return synthetic.html_page(n, edition).replace(synthetic.council_name(n), name).encode()


def serve(site: Site, folder: Path) -> None:
    """Give each council a page, an amendments page that is not there, and its captures; write the addresses."""
    from procman.library.directory import directory

    archive, here = LocalArchive(site), Path(__file__).parents[2] / "data"
    lines: dict[str, list[str]] = {"add": [HEAD], "history": [HEAD]}
    for n, name in enumerate([*directory()][:COUNCILS]):
        other = "other,children's services,,"
        lines["add"] += [
            f'"{name}",{each},{site.address}/{n}/{each}.html,{other}' for each in ("contents", "amendments")
        ]
        lines["history"].append(f'"{name}",contents,https://council{n}.example/contents.html,{other}')
        site.pages[f"/{n}/contents.html"] = Answer(page(name, n, CAPTURES))
        for edition in range(CAPTURES):
            stamp = f"{synthetic.edition_name(edition).replace('-', '')}15120000"
            archive.keep(f"https://council{n}.example/contents.html", stamp, page(name, n, edition))
    for task, rows in lines.items():
        data = folder / f"{task} data"
        data.mkdir()
        (data / "addresses.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        for csv in ("councils.csv", "neighbours.csv"):
            (data / csv).write_bytes((here / csv).read_bytes())


def main() -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name, running(Site()) as site:
        folder = Path(name)
        serve(site, folder)
        print(f"{'':<34}{'requests':>9}{'seconds':>9}{'ms/page':>9}{'MiB':>6}  outcomes")
        for label, task, day in (
            ("add --all", "add", date(2026, 11, 1)),
            ("add --all, again that day", "add", date(2026, 11, 1)),
            ("add --all, another day", "add", date(2026, 11, 2)),
            ("history --all", "history", date(2026, 11, 1)),
            ("history --all, again", "history", date(2026, 11, 1)),
            ("that library opened", "open", date(2026, 11, 1)),
            ("that library opened again", "open", date(2026, 11, 1)),
        ):
            site.asked.clear()
            with ProcessPoolExecutor(1, get_context("spawn")) as python:
                seconds, size, outcomes = python.submit(run, task, site.address, name, day).result()
            pages = outcomes.get("manuals") or sum(outcomes.values())
            asked = len(site.asked)
            print(f"{label:<34}{asked:>9}{seconds:>9.1f}{1000 * seconds / pages:>9.1f}{size:>6.0f}  {outcomes}")
            told = f"{asked} requests, {seconds:.1f} s, {1000 * seconds / pages:.0f} ms a page, {size:.0f} MiB"
            # Two lists in five seconds and eight captures a second: what the Internet Archive asks for.
            waiting = f"{COUNCILS / 0.4 + (asked - COUNCILS) / 8:.0f} s" if task == "history" else ""
            results.append(
                Result(f"{label}: {pages} pages", told, "waiting as the archive asks" if waiting else "", waiting)
            )
    return results
