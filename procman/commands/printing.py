"""What several commands print about a manual: its counts and its notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procman.reading.manual import Manual


def print_notices(manual: Manual) -> None:
    notices = manual.notices
    if notices.empty:
        print("  no notices")
    for row in notices.itertuples():
        print(f"  line {row.line:>4}  {row.notice}: {row.detail}")


def in_words(number: dict[str, int]) -> str:
    names = {
        "sections": "sections",
        "subsections": "subsections",
        "chapters": "chapters",
        "see_also": "cross references",
        "new": "New",
        "updated": "Updated",
        "dated": "dated",
    }
    return ", ".join(f"{number[key]} {name}" for key, name in names.items())
