"""List the entries that a change of the reader adds or loses, for every page in tests/pages.

python -m tests.compare_pages              show what differs from the golden tables
python -m tests.compare_pages --write      write the golden tables as read now: look at the difference first
python -m tests.compare_pages NAME ...     only pages whose names begin like this
"""

import csv
import io
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import procman as pm

PAGES = Path(__file__).parent / "pages"
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


def golden(page: Path) -> Path:
    return page.with_suffix(".csv")


def table(page: Path) -> str:
    """What is read from a page, as the golden table says it."""
    if page.parent.name == "amendments":
        frame = pm.read_amendments(page, titles(page))[AMENDMENT_COLUMNS]
    else:
        frame = pm.read_manual(page).entries[ENTRY_COLUMNS]
    return frame.to_csv(index=False, lineterminator="\n")


def expected(page: Path) -> str:
    """The golden table; empty where it is missing."""
    return golden(page).read_text("utf-8") if golden(page).is_file() else ""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def differences(page: Path) -> Iterator[str]:
    """Rows lost (-) and gained (+)."""
    name = page.relative_to(PAGES).as_posix()
    before, after = expected(page).splitlines(), table(page).splitlines()
    return unified_diff(before, after, f"{name}: golden", f"{name}: read now", n=0, lineterm="")


def main(arguments: list[str]) -> int:
    write, names = "--write" in arguments, tuple(name for name in arguments if not name.startswith("-"))
    changed = 0
    for page in pages():
        lines = list(differences(page)) if page.name.startswith(names or "") else []
        changed += bool(lines)
        print("\n".join(lines), end="\n" if lines else "")
        if lines and write:
            golden(page).write_text(table(page), "utf-8")
    print(f"{changed} pages differ" + (", and their golden tables now say so" if write and changed else ""))
    return int(bool(changed) and not write)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
