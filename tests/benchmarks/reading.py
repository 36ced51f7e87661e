"""How long reading one page takes, against the least that could be done with it; and how many entries are right.

The page is a real one, as text and as mark-up. HTML is measured against lxml's bare parse and BeautifulSoup's tree, text
against splitting its lines with one compiled pattern; goals: at most 5 and 10 times.
"""

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from time import perf_counter

from procman.contents import read_contents
from procman.lines import lines_of
from procman.pages import open_page
from tests.compare_pages import expected, pages, rows, table
from tests.layouts import Row, html_tables

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data/manuals/milton-keynes/undated/contents.txt"
RUNS = 40
PATTERN = re.compile(r"^\s*([\d.]*)\s*(.*?)\s*(New|Updated)?\s*$")


def times(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each task, run in turn so that all meet the same machine."""
    for task in tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(RUNS):
        for name, task in tasks.items():
            start = perf_counter()
            task()
            taken[name].append(perf_counter() - start)
    return {name: median(values) for name, values in taken.items()}


def tree(page: str) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(page, "lxml")


def parse(page: str) -> object:
    from lxml import html

    return html.document_fromstring(page.encode())


def show(title: str, taken: dict[str, float], goal: str) -> None:
    ours = taken["procman"]
    print(f"{title}: procman {1000 * ours:.2f} ms")
    for name, seconds in taken.items():
        if name != "procman":
            print(f"  {name}: {1000 * seconds:.2f} ms, {ours / seconds:.1f} times as long")
    print(f"  goal: {goal}")


def speed() -> None:
    text = open_page(SEED).text
    entries = read_contents(lines_of(text, html=False)).entries
    fields = ("kind", "title", "number", "status", "date", "note", "publisher")
    page = html_tables([Row(**{name: getattr(entry, name) for name in fields}) for entry in entries])
    show(
        f"text of {len(entries)} entries",
        times(
            {
                "procman": lambda: read_contents(lines_of(text, html=False)),
                "one pattern a line": lambda: [PATTERN.match(line) for line in text.splitlines()],
            }
        ),
        "at most 10 times one pattern a line",
    )
    show(
        f"HTML of {len(entries)} entries",
        times(
            {
                "procman": lambda: read_contents(lines_of(page, html=True)),
                "lxml's parse": lambda: parse(page),
                "BeautifulSoup's tree": lambda: tree(page),
            }
        ),
        "at most 5 times lxml's parse",
    )


def accuracy() -> None:
    """Entries right in every column of the golden tables, for each layout."""
    right: Counter[tuple[str, str]] = Counter()
    wanted: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    many: Counter[tuple[str, str]] = Counter()
    for page in pages():
        family = (
            "amendments" if page.parent.name == "amendments" else re.split(r"-(?!level|number|depth)", page.stem)[0]
        )
        key = family, page.suffix[1:]
        want, got = ([tuple(row.values()) for row in rows(text)] for text in (expected(page), table(page)))
        blocks = SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
        right[key] += sum(block.size for block in blocks)
        wanted[key] += len(want)
        whole[key] += want == got
        many[key] += 1
    print(f"{'layout':<14}{'form':<6}{'entries':>8}{'right':>8}{'pages':>7}{'whole':>7}")
    for key in sorted(wanted):
        print(f"{key[0]:<14}{key[1]:<6}{wanted[key]:>8}{right[key]:>8}{many[key]:>7}{whole[key]:>7}")
    print(f"{'all':<20}{wanted.total():>8}{right.total():>8}{many.total():>7}{whole.total():>7}")


def main() -> None:
    speed()
    accuracy()


if __name__ == "__main__":
    main()
