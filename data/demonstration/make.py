"""Make the demonstration library: ``python data/demonstration/make.py``. The result is the same on every computer.

Makes three invented councils, each with several editions of a full manual, and their amendments pages. Between editions, chapters are
reworded, moved, split, added and withdrawn. As in real manuals, some of these changes are flagged and announced, and some flags show no
change. `chapters.csv` has the titles; nothing in it is a council's own.
"""

from __future__ import annotations

import csv
import html
import random
import re
import sys
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SEED = 2026
MARK = "Invented councils, for demonstration"
INVENTED = "This council is invented, and so is all that stands on this page: it shows what procman does with several editions."
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: What pages refer to below a heading.
SEE_ALSO = {
    "Child Protection": "Safeguarding Children Partnership Procedures",
    "Placements": "Placement Request Form",
    "Leaving Care": "Documents Library",
}
#: What an edition brings: how many chapters at least and at most.
WITHDRAWN, RENAMED, SPLIT, MOVED, ADDED, REFRESHED = (2, 3), (3, 5), (1, 1), (1, 2), (3, 5), (6, 9)
#: How often a change is flagged, and a flagged or unflagged one announced.
FLAGGED, ANNOUNCED, ANNOUNCED_ALONE = 0.8, 0.85, 0.3
#: Months from a chapter's date to its next review.
REVIEWED_AFTER = (12, 24, 36)
UPDATES = (
    "This chapter has been refreshed.",
    "This chapter has been updated throughout to reflect local practice.",
    "Links have been updated to the latest statutory guidance.",
    "Section 2, Roles and Responsibilities has been revised.",
)


@dataclass(frozen=True)
class Chapter:
    """A chapter in one edition; ``place`` is its number where numbers are kept, ``change`` what the page announces of it."""

    section: str
    subsection: str
    title: str
    later: str
    parts: tuple[str, ...]
    moves_to: str
    place: int = 0
    day: str = ""
    review: str = ""
    flag: str = ""
    change: str = ""


class Plan(NamedTuple):
    """A council: its name, editions, layout, and whether chapters keep their numbers when others are withdrawn."""

    name: str
    editions: tuple[str, ...]
    layout: str
    keeps_numbers: bool


PLANS = (
    Plan("Northwick", ("2024-04", "2024-10", "2025-04", "2025-10", "2026-04"), "text", False),
    Plan("Ayleshire", ("2024-06", "2025-01", "2025-06", "2026-01"), "list", True),
    Plan("Castlemoor", ("2023-11", "2024-11", "2025-11"), "dates", False),
)


def main(folder: Path = HERE) -> None:
    """Write the library."""
    for plan in PLANS:
        announced: list[tuple[str, list[Chapter]]] = []
        for edition, chapters in zip(plan.editions, editions_of(plan), strict=True):
            announced.insert(0, (edition, [chapter for chapter in chapters if chapter.change]))
            home = folder / f"{plan.name.lower()}-invented" / edition
            suffix = "txt" if plan.layout == "text" else "html"
            for name, text in (
                (f"contents.{suffix}", CONTENTS[plan.layout](plan, edition, numbered(plan, chapters))),
                (f"amendments.{suffix}", AMENDMENTS[plan.layout](plan, announced)),
                ("manual.toml", facts(plan, edition)),
            ):
                home.mkdir(parents=True, exist_ok=True)
                (home / name).write_bytes(text.encode())


def facts(plan: Plan, edition: str) -> str:
    """What ``manual.toml`` says."""
    return (
        f'council = "{plan.name} (invented)"\nedition = "{edition}"\ninvented = "{MARK}"\n'
        'source = "invented: made by data/demonstration/make.py"\nobtained = "made, not obtained: no council wrote it"\n'
    )


# --- the chapters of each edition --------------------------------------------------------------------------------


def rows_of_file() -> list[Chapter]:
    """The chapters of `chapters.csv`, undated."""
    with (HERE / "chapters.csv").open(encoding="utf-8", newline="") as stream:
        rows = [list(row.values()) for row in csv.DictReader(stream)]
    return [Chapter(*row[:4], tuple(filter(None, row[4].split("; "))), row[5]) for row in rows]


def home(chapter: Chapter) -> tuple[str, str]:
    """Where a chapter stands."""
    return chapter.section, chapter.subsection


#: The headings in the order of the page.
HOMES = list(dict.fromkeys(map(home, rows_of_file())))


def editions_of(plan: Plan) -> list[list[Chapter]]:
    """The chapters of each of a council's editions."""
    chance = random.Random(f"{SEED} {plan.name}")
    # A fifth of the chapters comes later or never; some have their later title from the start.
    spare = [chapter for chapter in rows_of_file() if chapter.subsection and chance.random() < 0.2]
    kept = []
    for chapter in rows_of_file():
        if chapter not in spare:
            if chapter.later and not chapter.parts and chance.random() < 0.25:
                chapter = replace(chapter, title=chapter.later, later="")
            first = dated(chapter, months_before(plan.editions[0], chance.randint(3, 40)), chance)
            kept.append(replace(first, place=free(kept, home(chapter))))
    editions = []
    for number, edition in enumerate(plan.editions):
        kept = [replace(chapter, flag="", change="") for chapter in kept]
        if number:
            change(kept, spare, edition, chance)
        refresh(kept, edition, chance)
        kept.sort(key=lambda each: (HOMES.index(home(each)), each.place))
        editions.append(kept)
    return editions


def change(kept: list[Chapter], spare: list[Chapter], edition: str, chance: random.Random) -> None:
    """Make the next edition of the chapters: some withdrawn, split, reworded, moved and added, those from ``spare``."""

    def some(number: tuple[int, int], of: list[Chapter]) -> list[Chapter]:
        return chance.sample(of, min(len(of), chance.randint(*number)))

    def put(old: Chapter | None, new: Chapter, flag: str, words: str) -> None:
        """Put a changed chapter in the old one's place; it is not always flagged, nor always announced."""
        flag = flag if chance.random() < FLAGGED else ""
        announced = chance.random() < (ANNOUNCED if flag else ANNOUNCED_ALONE)
        if old:
            kept.remove(old)
        kept.append(dated(replace(new, flag=flag, change=words if announced else ""), edition, chance))

    for chapter in some(WITHDRAWN, [each for each in kept if each.subsection]):
        kept.remove(chapter)
    old = list(kept)  # what was there before, of which each chapter changes once
    for chapter in some(SPLIT, [each for each in old if each.parts]):
        old.remove(chapter)
        first, second = (replace(chapter, title=part, later="", parts=()) for part in chapter.parts)
        put(chapter, first, "Updated", f"This chapter has been split: see also {second.title}.")
        put(None, replace(second, place=free(kept, home(second))), "New", "This chapter was added to the manual.")
    for chapter in some(RENAMED, [each for each in old if each.later and not each.parts]):
        old.remove(chapter)
        put(
            chapter,
            replace(chapter, title=chapter.later, later=""),
            "Updated",
            f"This chapter was formerly called {chapter.title}.",
        )
    for chapter in some(MOVED, [each for each in old if each.moves_to]):
        section, subsection = there = next(each for each in HOMES if each[1] == chapter.moves_to)
        moved = replace(chapter, section=section, subsection=subsection, moves_to="", place=free(kept, there))
        put(chapter, moved, "Updated", f"This chapter has been moved to {subsection}.")
    for chapter in some(ADDED, spare):
        spare.remove(chapter)
        put(None, replace(chapter, place=free(kept, home(chapter))), "New", "This chapter was added to the manual.")


def refresh(kept: list[Chapter], edition: str, chance: random.Random) -> None:
    """Flag some chapters Updated of which a contents page shows no change."""
    for chapter in chance.sample([each for each in kept if not each.flag], chance.randint(*REFRESHED)):
        words = chance.choice(UPDATES) if chance.random() < ANNOUNCED else ""
        kept[kept.index(chapter)] = dated(replace(chapter, flag="Updated", change=words), edition, chance)


def free(kept: list[Chapter], where: tuple[str, str]) -> int:
    """The lowest number that is free under a heading: that of a chapter withdrawn, or the next."""
    taken = {chapter.place for chapter in kept if home(chapter) == where}
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def dated(chapter: Chapter, month: str, chance: random.Random) -> Chapter:
    """The chapter with a day of a month, and the month of its next review."""
    day = f"{month}-{chance.randint(1, 28):02}"
    return replace(chapter, day=day, review=months_before(month, -chance.choice(REVIEWED_AFTER)))


def months_before(month: str, months: int) -> str:
    """The month so many months before another.

    >>> months_before("2024-04", 5), months_before("2024-04", -24)
    ('2023-11', '2026-04')
    """
    year, number = map(int, month.split("-"))
    year, number = divmod(year * 12 + number - 1 - months, 12)
    return f"{year}-{number + 1:02}"


class Row(NamedTuple):
    """A line of a contents page: a heading has no chapter, a cross reference no number either."""

    level: int
    number: str
    title: str
    chapter: Chapter | None = None


def numbered(plan: Plan, chapters: list[Chapter]) -> list[Row]:
    """The page's headings and chapters with their numbers."""
    rows = []
    for i, (section, mine) in enumerate(groupby(chapters, key=lambda each: each.section), 1):
        rows.append(Row(1, f"{i}", section))
        for j, (subsection, some) in enumerate(groupby(mine, key=lambda each: each.subsection), 1):
            if subsection:
                rows.append(Row(2, f"{i}.{j}", subsection))
            for place, chapter in enumerate(some, 1):
                number = f"{chapter.place if plan.keeps_numbers else place}"
                rows.append(Row(3, f"{i}.{j}.{number}" if subsection else f"{i}.{number}", chapter.title, chapter))
            if subsection in SEE_ALSO:
                rows.append(Row(3, "", f"See also {SEE_ALSO[subsection]}"))
    return rows


# --- the pages ---------------------------------------------------------------------------------------------------


def in_words(month: str) -> str:
    """A month, or a day, as pages print it.

    >>> in_words("2024-04"), in_words("2024-04-09")
    ('April 2024', '9 April 2024')
    """
    year, number, *day = month.split("-")
    return " ".join([*(str(int(each)) for each in day), MONTHS[int(number) - 1], year])


def text_contents(plan: Plan, edition: str, rows: list[Row]) -> str:
    """A page as it is when its text is copied from a browser."""
    sections = [row for row in rows if row.level == 1]
    lines = [
        *("Skip to main content", f"{plan.name} Council Logo", "", "Top of page", ""),
        *(f"{plan.name} (invented) Children's Services Procedures Manual", "", "Contents", "", in_words(edition), ""),
        *(INVENTED, "", "Quick Links:", ""),
        "This contents list is sub divided into the following sections, each Section contains relevant Chapters/Procedures: (Click on the title to jump to the Section you require):",
        *("", *(f"  {row.number}. {row.title}" for row in sections)),
    ]
    for row in rows:
        if row.level == 1:
            lines += ["", f"{row.number}. {row.title}", ""]
        elif row.level == 2:
            lines += ["", row.number, "", row.title, "", " "]
        elif row.chapter:
            lines.append(f"{row.number} {row.title} {row.chapter.flag or ' '}")
        else:
            lines.append(f"  {row.title}  ")
    return "\n".join(lines) + "\n"


def page(plan: Plan, title: str, body: list[str]) -> str:
    """A web page."""
    name = f"{plan.name} (invented) Children's Services Procedures Manual"
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | {html.escape(name)}</title></head>\n<body>'
    top = f"<main>\n<h1>{html.escape(name)}</h1>\n<p>{title}</p>"
    return "\n".join([head, top, *body, f"</main>\n<footer><p>{INVENTED}</p></footer>\n</body></html>"]) + "\n"


def web_contents(plan: Plan, edition: str, rows: list[Row]) -> str:
    """A page of headings, and a list of links below each, with or without a date beside each chapter."""
    body, in_list = [f"<p>{in_words(edition)}</p>"], False
    for row in rows:
        if in_list != (row.level == 3):
            in_list = not in_list
            body.append("<ul>" if in_list else "</ul>")
        if row.level < 3:
            body.append(f"<h{row.level + 1}>{row.number} {html.escape(row.title)}</h{row.level + 1}>")
        elif not row.chapter:
            body.append(f"<li>{html.escape(row.title)}</li>")
        else:
            name = re.sub(r"[^a-z]+", "_", row.title.lower()).strip("_")
            cells = [row.number, f'<a href="chapters/{name}.html">{html.escape(row.title)}</a>']
            cells += [f"<em>{row.chapter.flag}</em>"] if row.chapter.flag else []
            if plan.layout == "dates":
                cells.append(
                    f"<span>Next review: {in_words(row.chapter.review)}</span> <span>{in_words(row.chapter.day)}</span>"
                )
            body.append(f"<li>{' '.join(cells)}</li>")
    return page(plan, "Contents", [*body, "</ul>"])


def text_amendments(plan: Plan, announced: list[tuple[str, list[Chapter]]]) -> str:
    """An amendments page in blocks, as it is when its text is copied."""
    lines = [f"{plan.name} (invented) Children's Services Procedures Manual", "", "Amendments", "", INVENTED]
    for edition, chapters in announced:
        lines += ["", in_words(edition)]
        for flag, heading in (("Updated", "Updated Chapters"), ("New", "New Chapters")):
            if some := [chapter for chapter in chapters if (chapter.flag or "Updated") == flag]:
                lines += ["", heading, "Chapter Name Details"]
                lines += [line for chapter in some for line in ("", chapter.title, "", chapter.change)]
    return "\n".join(lines) + "\n"


def web_amendments(plan: Plan, announced: list[tuple[str, list[Chapter]]]) -> str:
    """An amendments page with a heading for each edition and chapter."""
    body = []
    for edition, chapters in announced:
        body.append(f"<h2>{in_words(edition)}</h2>")
        body += [f"<h3>{html.escape(each.title)}</h3>\n<p>{html.escape(each.change)}</p>" for each in chapters]
    return page(plan, "Amendments", body)


def table_amendments(plan: Plan, announced: list[tuple[str, list[Chapter]]]) -> str:
    """An amendments page as one table, each row with its date."""
    body = ["<table>\n<tr><th>Date</th><th>Chapter</th><th>Details</th></tr>"]
    for edition, chapters in announced:
        for each in chapters:
            cells = (in_words(edition), each.title, each.change)
            body.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    return page(plan, "Amendments", [*body, "</table>"])


CONTENTS = {"text": text_contents, "list": web_contents, "dates": web_contents}
AMENDMENTS = {"text": text_amendments, "list": web_amendments, "dates": table_amendments}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
