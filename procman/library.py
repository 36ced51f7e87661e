"""A folder of manuals, ``<council>/<edition>/contents.txt`` with a ``manual.toml`` beside it, as tables."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procman.amendments import AmendmentRow, amendment_rows
from procman.errors import LibraryError, ProcmanError
from procman.manual import Manual, counts, entry_columns, read_manual
from procman.pages import Page, open_page
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS, MANUALS
from procman.writing import folder_name, write_whole

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
            raise LibraryError(
                self.folder.as_posix(),
                f"no manual of {council!r}{f', {edition}' if edition else ''}; councils here: {names}",
            )
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
            places = {
                entry.title.casefold(): position
                for position, entry in reversed(list(enumerate(manual._contents.entries, 1)))
                if entry.title and entry.kind == "chapter"
            }
            for row in holding.amendments:
                rows.append((manual.council, manual.edition, *row, places.get((row.chapter or "").casefold())))
        return LIBRARY_AMENDMENTS.frame(rows)


def open_library(folder: str | Path = "data/manuals", *, progress: bool = False) -> Library:
    """Read every manual below a folder: ``<council>/<edition>/contents.txt`` or ``.html``.

    ``manual.toml`` beside a page gives council, GSS code, source and edition; without it the folder's names do. A page that cannot be
    read is warned of and listed in ``.problems``; the others are there. ``progress`` shows a bar when it takes longer than a second.

    Raises
    ------
    LibraryError
        There is no such folder, or it holds no manual.
    """
    from tqdm import tqdm

    root = Path(folder)
    if not root.is_dir():
        raise LibraryError(root.as_posix(), "there is no such folder")
    holdings, problems = [], []
    homes = sorted(
        {
            path.parent
            for path in root.glob("[!.]*/[!.]*/contents.*")
            if path.suffix in (".txt", ".html", ".htm", ".mhtml")
        }
    )
    for home in tqdm(homes, desc="reading", unit="manual", delay=1, disable=not progress, leave=False):
        try:
            holdings.append(_read_holding(root, home))
        except ProcmanError as error:
            problems.append((error.source, error.reason))
            warnings.warn(f"left out: {error}", stacklevel=2)
    if not holdings and not problems:
        raise LibraryError(
            root.as_posix(), "no manual here: expected <council>/<edition>/contents.txt or contents.html"
        )
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


def add_manual(
    source: Any, council: str, *, folder: str | Path = "data/manuals", edition: str | None = None, replace: bool = False
) -> Path:
    """Read a contents page and keep it, untouched, in the library; return its folder.

    The page and a ``manual.toml`` that says where it came from appear together or not at all. A second edition stands beside the first.

    Parameters
    ----------
    source
        As for `procman.read_manual`; a page that cannot be read is not kept.
    council, edition
        The council's name; the edition ("2024-06"), by default what the page prints, else "undated".
    replace
        Allow an edition that is already there to be replaced.

    Raises
    ------
    LibraryError
        The edition is there already, or the council's name leaves nothing for a folder's name.
    ProcmanError
        The page cannot be read.
    """
    page = open_page(source)
    manual = read_manual(page, council, edition=edition)
    return keep_manual(page, manual, folder=folder, replace=replace)


def keep_manual(page: Page, manual: Manual, *, folder: str | Path = "data/manuals", replace: bool = False) -> Path:
    """Write a page that was read into the library (see `add_manual`)."""
    council = (manual.council or "").strip()
    name = folder_name(council)
    if not name:
        raise LibraryError(page.name, f"the council's name {council!r} leaves nothing to name a folder by")
    edition = manual.edition or UNDATED
    if edition != UNDATED and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", edition):
        raise LibraryError(page.name, f"edition {edition!r} is not a year or a month such as 2024-06")
    home = Path(folder) / name / edition
    if home.exists() and not replace:
        raise LibraryError(
            home.as_posix(), "this edition is there already; --replace (replace=True) puts the new page in its place"
        )
    facts = {
        "council": council,
        "edition": manual.edition,
        "source": page.address or Path(page.name).name,
        "obtained": f"added {date.today().isoformat()}",
    }
    kept = read_facts(home / "manual.toml") if home.exists() else {}
    lines = [f"{key} = {_toml_text(value)}" for key, value in {**kept, **facts}.items() if value]
    suffix = ".mhtml" if page.archive else ".html" if page.html else ".txt"
    home.parent.mkdir(parents=True, exist_ok=True)
    # Built beside its place and moved there in one step, so that nobody ever sees half of it.
    new = Path(tempfile.mkdtemp(dir=home.parent, prefix=".adding-"))
    try:
        if home.exists():
            for file in home.iterdir():
                if file.name not in ("manual.toml", "contents.txt", "contents.html", "contents.mhtml"):
                    shutil.copy2(file, new / file.name)
        write_whole(new / f"contents{suffix}", page.content or page.text)
        write_whole(new / "manual.toml", "\n".join(lines) + "\n")
        new.chmod(0o755)
        if home.exists():
            old = Path(tempfile.mkdtemp(dir=home.parent, prefix=".replaced-"))
            home.rename(old / edition)
            new.rename(home)
            shutil.rmtree(old)
        else:
            new.rename(home)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return home


def _toml_text(value: str) -> str:
    """A TOML basic string; JSON writes the same escapes, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


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
