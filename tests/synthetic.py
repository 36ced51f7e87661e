"""Synthetic manuals and libraries, mixed from the titles of the two seed manuals. They are the same on every computer.

They show how procman scales. They say nothing about how well it reads or matches: no council wrote them.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COUNCILS, EDITIONS = 152, 40  # every council with children's services; twenty years, twice a year

Title, Flag = str, str


class Subsection(NamedTuple):
    """A heading, empty for chapters directly in their section, and its chapters."""

    title: str
    chapters: list[tuple[Title, Flag]]


class Section(NamedTuple):
    """A heading and its subsections."""

    title: str
    subsections: list[Subsection]


def council_name(n: int) -> str:
    """The name of the nth synthetic council, from 0."""
    return f"Shire {n + 1:03}"


def edition_name(n: int) -> str:
    """The nth edition, from 0: 2006-01, 2006-07, …"""
    return f"{2006 + n // 2}-{1 + 6 * (n % 2):02}"


@cache
def seed_titles() -> tuple[list[str], list[str], list[str]]:
    """The titles of all sections, subsections and chapters in the seed manuals, each once."""
    import procman as pm

    entries = pm.open_library(ROOT / "data/manuals", cache=False).entries.dropna(subset="title")
    kinds = {kind: list(dict.fromkeys(group["title"])) for kind, group in entries.groupby("kind")}
    return kinds["section"], kinds["subsection"], kinds["chapter"]


def sections(council: int, edition: int) -> list[Section]:
    """A manual: about 6 sections, 24 subsections and 135 chapters; from edition to edition a few chapters change."""
    own = random.Random(f"council {council}")
    heads, subheads, chapters = seed_titles()
    heads, subheads, chapters = (own.sample(titles, len(titles)) for titles in (heads, subheads, chapters))
    kept = chapters[: own.randint(125, 145)]
    spare = chapters[len(kept) :]
    flags = {}
    for n in range(edition + 1):
        change = random.Random(f"council {council}, edition {n}")
        flags = {change.choice(kept): "Updated" for _ in range(6)}
        for _ in range(2):
            place = change.randrange(len(kept))
            spare.append(kept[place])
            kept[place] = spare.pop(0)
            flags[kept[place]] = "New"
    number = own.randint(5, 7)
    size = len(kept) // 24 + 1
    groups = [kept[start : start + size] for start in range(0, len(kept), size)]
    made = [
        Subsection(title, [(chapter, flags.get(chapter, "")) for chapter in group])
        for title, group in zip(subheads, groups, strict=False)
    ]
    share = len(made) // number + 1
    parts = [made[start : start + share] for start in range(0, len(made), share)]
    return [Section(title, part) for title, part in zip(heads, parts, strict=False)]


def text_page(council: int, edition: int) -> str:
    """A manual as text copied from its page, as the seeds are."""
    made = sections(council, edition)
    lines = [f"{council_name(council)} Children's Services Procedures Manual", "", "Quick Links:", ""]
    lines += [f"  {i}. {section.title}" for i, section in enumerate(made, 1)]
    for i, section in enumerate(made, 1):
        lines += ["", f"{i}. {section.title}", ""]
        for j, subsection in enumerate(section.subsections, 1):
            lines += ["", f"{i}.{j}", "", subsection.title, ""]
            for k, (title, flag) in enumerate(subsection.chapters, 1):
                lines.append(f"{i}.{j}.{k} {title} {flag}".rstrip())
    return "\n".join(lines) + "\n"


def html_page(council: int, edition: int) -> str:
    """The same manual as a web page: headings, and a list of links below each."""
    body = [f"<h1>{council_name(council)} Children's Services Procedures Manual</h1>"]
    for i, section in enumerate(sections(council, edition), 1):
        body.append(f"<h2>{i}. {html.escape(section.title)}</h2>")
        for j, subsection in enumerate(section.subsections, 1):
            body.append(f"<h3>{i}.{j} {html.escape(subsection.title)}</h3>\n<ul>")
            for k, (title, flag) in enumerate(subsection.chapters, 1):
                link = f'<a href="chapters/c_{i}_{j}_{k}.html">{html.escape(title)}</a>'
                body.append(f"<li>{i}.{j}.{k} {link}{f' <b>{flag}</b>' if flag else ''}</li>")
            body.append("</ul>")
    return "<!DOCTYPE html>\n<html><body>\n" + "\n".join(body) + "\n</body></html>\n"


def write_library(folder: Path, councils: int = COUNCILS, editions: int = EDITIONS) -> Path:
    """Write a library of text pages; return its folder."""
    for path, page in pages(folder, councils, editions):
        path.parent.mkdir(parents=True)
        path.write_text(page, encoding="utf-8")
    return folder


def pages(folder: Path, councils: int, editions: int) -> Iterator[tuple[Path, str]]:
    """Each page of a library with its path."""
    for council in range(councils):
        for edition in range(editions):
            name = council_name(council).lower().replace(" ", "-")
            yield folder / name / edition_name(edition) / "contents.txt", text_page(council, edition)
