"""Measure the time to read one page, compared with the least work possible, and how many entries are right.

The page is a real one, as text and as mark-up. HTML is measured against lxml's bare parse and BeautifulSoup's tree, text
against splitting its lines with one compiled pattern; goals: at most 5 and 10 times.
"""

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

from procman.reading.contents import read_contents
from procman.reading.page import open_page
from procman.reading.text import lines_of
from tests.benchmarks.result import Result, in_turn, milliseconds, ratio
from tests.compare_pages import expected, pages, rows, table
from tests.layouts import Row, html_tables

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data/manuals/milton-keynes/undated/contents.txt"
RUNS = 40
PATTERN = re.compile(r"^\s*([\d.]*)\s*(.*?)\s*(New|Updated)?\s*$")


def tree(page: str) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(page, "lxml")


def parse(page: str) -> object:
    from lxml import html

    return html.document_fromstring(page.encode())


def beside(what: str, goals: dict[str, str], tasks: dict[str, Callable[[], object]], score: str) -> list[Result]:
    """The first of the tasks, procman's, beside each of the others."""
    taken = in_turn(tasks, RUNS)
    ours = taken.pop("procman")
    return [
        Result(what, milliseconds(ours), name, milliseconds(theirs), ratio(ours, theirs), score, goals[name])
        for name, theirs in taken.items()
    ]


def speed(score: str) -> list[Result]:
    text = open_page(SEED).text
    entries = read_contents(lines_of(text, html=False)).entries
    fields = ("kind", "title", "number", "status", "date", "note", "publisher")
    page = html_tables([Row(**{name: getattr(entry, name) for name in fields}) for entry in entries])
    as_text = {
        "procman": lambda: read_contents(lines_of(text, html=False)),
        "one pattern a line (floor)": lambda: [PATTERN.match(line) for line in text.splitlines()],
    }
    as_html = {
        "procman": lambda: read_contents(lines_of(page, html=True)),
        "lxml's bare parse (floor)": lambda: parse(page),
        "BeautifulSoup's tree": lambda: tree(page),
    }
    text_goals = {"one pattern a line (floor)": "at most 10 ×"}
    html_goals = {"lxml's bare parse (floor)": "at most 5 ×", "BeautifulSoup's tree": "less than 1 ×"}
    of = f"of {len(entries)} entries"
    return [
        *beside(f"one page, text → entries ({of})", text_goals, as_text, score),
        *beside(f"one page, HTML → entries ({of})", html_goals, as_html, score),
    ]


def accuracy() -> str:
    """Entries right in every column of the golden tables, for each layout; how many in all."""
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
    return f"{right.total():,} of {wanted.total():,} entries of the goldens right"


def main() -> list[Result]:
    return speed(accuracy())


if __name__ == "__main__":
    main()
