"""List what a change of the reader adds or loses, for every page in tests/pages: its entries, its names, and what its lines are.

python -m tests.compare_pages              show what differs from the golden tables
python -m tests.compare_pages --write      write the golden tables as read now: look at the difference first
python -m tests.compare_pages NAME ...     only pages whose names begin like this
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import pandas as pd

import procman as pm

PAGES = Path(__file__).parent / "pages"
#: For each contents page what is read of it besides entries: whose manual it is, the number of notices, and of lines of each role.
HEADS = PAGES / "heads.csv"
HEAD_COLUMNS = "page council title edition notices lines".split()
ENTRY_COLUMNS = "kind number title section subsection depth parent status date note publisher".split()
AMENDMENT_COLUMNS = "edition change chapter details split".split()


def pages() -> list[Path]:
    """Every page; a text and a mark-up page of one name share a golden table, for they hold the same entries."""
    return sorted(
        page for page in PAGES.rglob("*") if page.suffix in (".txt", ".html") and ".titles" not in page.suffixes
    )


def titles(page: Path) -> list[str] | None:
    """The titles that an amendments page is read with; None where there is no file of them beside it."""
    file = page.with_suffix(".titles.txt")
    return file.read_text("utf-8").splitlines() if file.is_file() else None


def place(page: Path) -> str:
    """Where a page is in tests/pages."""
    return page.relative_to(PAGES).as_posix()


def golden(page: Path) -> Path:
    return page.with_suffix(".csv")


def read(page: Path) -> tuple[str, dict[str, str]]:
    """What is read from a page, as its golden table and its row of heads.csv say it. A page of amendments has no such row."""
    if page.parent.name == "amendments":
        return _table(pm.read_amendments(page, titles(page))[AMENDMENT_COLUMNS]), {}
    manual = pm.read_manual(page)
    names = [place(page), *(name or "" for name in (manual.council, manual.title, manual.edition))]
    said = [_counted(column) for column in (manual.notices["notice"], manual.lines["role"])]
    return _table(manual.entries[ENTRY_COLUMNS]), dict(zip(HEAD_COLUMNS, names + said, strict=True))


def table(page: Path) -> str:
    """What is read from a page, as its golden table says it."""
    return read(page)[0]


def _table(frame: pd.DataFrame) -> str:
    return frame.to_csv(index=False, lineterminator="\n")


def _counted(values: Iterable[str]) -> str:
    return "; ".join(f"{number} {value}" for value, number in sorted(Counter(values).items()))


def expected(page: Path) -> str:
    """The golden table; empty where it is missing."""
    return golden(page).read_text("utf-8") if golden(page).is_file() else ""


def heads() -> dict[str, dict[str, str]]:
    """The rows of heads.csv by page."""
    return {row["page"]: row for row in rows(HEADS.read_text("utf-8"))} if HEADS.is_file() else {}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def main(arguments: list[str]) -> int:
    write, names = "--write" in arguments, tuple(name for name in arguments if not name.startswith("-"))
    changed, kept = 0, heads()
    for page in pages():
        if not page.name.startswith(names or ""):
            continue
        now, head = read(page)
        name = place(page)
        before = [*kept.get(name, {}).values(), *expected(page).splitlines()]
        after = [*head.values(), *now.splitlines()]
        if lines := [*unified_diff(before, after, f"{name}: golden", f"{name}: read now", n=0, lineterm="")]:
            changed += 1
            print("\n".join(lines))
            if write:
                golden(page).write_text(now, "utf-8")
                kept |= {name: head} if head else {}
    if write and changed:
        there = [place(page) for page in pages()]
        HEADS.write_text(
            _table(pd.DataFrame([kept[name] for name in there if name in kept], columns=HEAD_COLUMNS)), "utf-8"
        )
    print(f"{changed} pages differ" + (", and their golden tables now say so" if write and changed else ""))
    return int(bool(changed) and not write)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
