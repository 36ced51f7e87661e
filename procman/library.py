"""A folder of manuals, ``<council>/<edition>/contents.txt`` with a ``manual.toml`` beside it, as tables."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procman.amendments import AmendmentRow, amendment_rows
from procman.errors import LibraryError, ProcmanError
from procman.manual import Manual, counts, entry_columns, read_manual
from procman.pages import open_page
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS, MANUALS

if TYPE_CHECKING:
    import pandas as pd

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Holding:
    """One manual in the library: its folder, what ``manual.toml`` says, what was read."""

    folder: str
    facts: dict[str, Any]
    manual: Manual
    amendments: list[AmendmentRow]


class Library:
    """All manuals of a folder.

    Attributes
    ----------
    manuals, entries, amendments
        DataFrames, made when first asked for; `procman.tables` declares their columns.
    problems
        (source, reason) of pages that could not be read; the others were.
    """

    def __init__(self, folder: Path, holdings: list[Holding], problems: list[tuple[str, str]]) -> None:
        self.folder, self.holdings, self.problems = folder, holdings, problems

    def __repr__(self) -> str:
        return f"<Library {self.folder.as_posix()}: {len(self.holdings)} manuals>"

    def __iter__(self) -> Iterator[Manual]:
        return (holding.manual for holding in self.holdings)

    def manual(self, council: str, edition: str | None = None) -> Manual:
        """One council's manual: the given edition, by default the newest.

        Raises ``LibraryError`` naming the councils there are.
        """
        mine = [holding.manual for holding in self.holdings if holding.manual.council == council]
        if edition is not None:
            mine = [manual for manual in mine if manual.edition == edition]
        if not mine:
            names = ", ".join(sorted({str(manual.council) for manual in self})) or "none"
            raise LibraryError(self.folder.as_posix(), f"no manual of {council!r}{f', {edition}' if edition else ''}; councils here: {names}")
        return max(mine, key=lambda manual: manual.edition or "")

    @cached_property
    def entries(self) -> pd.DataFrame:
        """One row per entry of every manual."""
        return ENTRIES.frame(entry_columns(list(self)))

    @cached_property
    def manuals(self) -> pd.DataFrame:
        """One row per manual."""
        rows = []
        for holding in self.holdings:
            manual, facts = holding.manual, holding.facts
            number = counts(manual._contents.entries)
            unread = sum(not role for role in manual._contents.roles)
            rows.append((
                manual.council, manual.edition, facts.get("gss_code"), manual.title, facts.get("source"), facts.get("obtained"),
                holding.folder, *number.values(), unread,
            ))  # fmt: skip
        return MANUALS.frame(rows)

    @cached_property
    def amendments(self) -> pd.DataFrame:
        """One row per announced amendment, with the position of its chapter on the contents page where the title is there."""
        rows: list[tuple[Any, ...]] = []
        for holding in self.holdings:
            manual = holding.manual
            places = {entry.title.casefold(): position for position, entry in reversed(list(enumerate(manual._contents.entries, 1))) if entry.title and entry.kind == "chapter"}
            for row in holding.amendments:
                rows.append((manual.council, manual.edition, *row, places.get((row.chapter or "").casefold())))
        return LIBRARY_AMENDMENTS.frame(rows)


def open_library(folder: str | Path = "data/manuals") -> Library:
    """Read every manual below a folder: ``<council>/<edition>/contents.txt`` or ``.html``.

    ``manual.toml`` beside a page gives council, GSS code, source and edition; without it the folder's names do. A page that cannot be
    read is warned of and listed in ``.problems``; the others are there.

    Raises
    ------
    LibraryError
        There is no such folder, or it holds no manual.
    """
    root = Path(folder)
    if not root.is_dir():
        raise LibraryError(root.as_posix(), "there is no such folder")
    holdings, problems = [], []
    for home in sorted(path.parent for path in root.glob("*/*/contents.*") if path.suffix in (".txt", ".html", ".htm", ".mhtml")):
        if holdings and holdings[-1].folder == home.relative_to(root).as_posix():
            continue
        try:
            holdings.append(_read_holding(root, home))
        except ProcmanError as error:
            problems.append((error.source, error.reason))
            warnings.warn(f"left out: {error}", stacklevel=2)
    if not holdings and not problems:
        raise LibraryError(root.as_posix(), "no manual here: expected <council>/<edition>/contents.txt or contents.html")
    return Library(root, holdings, problems)


def _read_holding(root: Path, home: Path) -> Holding:
    facts = read_facts(home / "manual.toml")
    edition = facts.get("edition") or (home.name if re.fullmatch(r"\d{4}(-\d\d)?", home.name) else None)
    council = facts.get("council") or home.parent.name.replace("-", " ").title()
    manual = read_manual(home, council, edition=edition, address=_address(facts.get("source", "")))
    page = next((file for file in (home / "amendments.txt", home / "amendments.html") if file.is_file()), None)
    titles = [entry.title for entry in manual._contents.entries if entry.title]
    amendments = amendment_rows(open_page(page), titles) if page else []
    return Holding(home.relative_to(root).as_posix(), facts, manual, amendments)


def read_facts(path: Path) -> dict[str, Any]:
    """What ``manual.toml`` says of a manual; empty where there is none."""
    if not path.is_file():
        return {}
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(path.as_posix(), f"not valid TOML ({error})") from None
    wrong = [name for name, value in facts.items() if not isinstance(value, str)]
    if wrong:
        raise LibraryError(path.as_posix(), f"{wrong[0]} must be text in quotes")
    return facts


def _address(source: str) -> str:
    return source if re.match(r"https?://", source) else ""
