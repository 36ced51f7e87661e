"""Read a folder of manuals into tables. Each manual is ``<council>/<edition>/contents.txt`` with a ``manual.toml``."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procman.errors import LibraryError, ProcmanError
from procman.files import cache_folder, folder_name, locked, write_whole
from procman.library import peer_lists
from procman.library.cache import ReadingCache
from procman.library.decisions import DECISIONS, read_decisions
from procman.library.directory import known_as
from procman.library.holdings import Holding, Problem, homes_of, read_facts, read_holdings
from procman.reading.amendments import split_rows
from procman.reading.manual import EntryColumns, Manual, Reading, counts, read_manual
from procman.reading.name_or_details import known_titles
from procman.reading.page import CONTENTS_SUFFIXES, Page, may_be_contents, open_page
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS, MANUALS

if TYPE_CHECKING:
    import pandas as pd

UNDATED = "undated"
THERE_ALREADY = "the library already has this edition; to replace it, use --replace (replace=True)"


class Library:
    """All manuals of a folder.

    Attributes
    ----------
    manuals, entries, amendments
        DataFrames, made when you first use them. `procman.tables` declares their columns.
    problems
        (source, reason) for each page that could not be read.

    Examples
    --------
    >>> library = open_library("data/manuals")
    >>> library.councils, library.entries.shape[1] == len(ENTRIES.columns)
    (['Milton Keynes', 'Oxfordshire'], True)
    """

    def __init__(self, folder: Path, holdings: list[Holding], problems: list[Problem]) -> None:
        self.folder, self.holdings, self.problems = folder, holdings, problems

    def __repr__(self) -> str:
        return f"<Library {self.folder.as_posix()}: {len(self.holdings)} manuals>"

    def __iter__(self) -> Iterator[Manual]:
        return (holding.manual for holding in self.holdings)

    @property
    def councils(self) -> list[str]:
        """The councils in the library, each once. Pages without a council's name are left out."""
        return list(dict.fromkeys(manual.council for manual in self if manual.council))

    def manual(self, council: str, edition: str | None = None) -> Manual:
        """One council's manual, by default the newest edition.

        Raises ``LibraryError``, which lists the councils in the library and says which may be meant, if there is no such manual.
        """
        from procman.library.directory import did_you_mean

        mine = [holding.manual for holding in self.holdings if holding.manual.council == council]
        if edition is not None:
            mine = [manual for manual in mine if manual.edition == edition]
        if not mine:
            here = sorted({str(manual.council) for manual in self})
            names = ", ".join(here) or "none"
            like = "" if council in here else did_you_mean(str(council), here)
            raise LibraryError(
                self.folder.as_posix(),
                f"no manual of {council!r}{f', {edition}' if edition else ''}; councils here: {names}{like}",
            )
        return max(mine, key=lambda manual: manual.edition or "")

    def of(self, councils: Sequence[str] | None) -> Library:
        """The library with only these councils' manuals. None keeps all.

        Raises ``LibraryError`` if the list is empty, or a council is not in the library.
        """
        if councils is None:
            return self
        for council in councils:
            self.manual(council)  # raises an error that lists the councils
        chosen = [holding for holding in self.holdings if holding.manual.council in councils]
        if not chosen:
            raise LibraryError(self.folder.as_posix(), "no council is chosen")
        return Library(self.folder, chosen, self.problems)

    @cached_property
    def entries(self) -> pd.DataFrame:
        """One row per entry of every manual."""
        return ENTRIES.frame(EntryColumns([manual.reading for manual in self]))

    @cached_property
    def manuals(self) -> pd.DataFrame:
        """One row per manual."""
        rows = []
        for holding in self.holdings:
            manual, facts = holding.manual, holding.facts
            number = counts(manual.reading)
            rows.append((
                manual.council, manual.edition, facts.get("gss_code"), manual.title, facts.get("source"), facts.get("obtained"),
                holding.folder, *number.values(), manual.reading.unread,
            ))  # fmt: skip
        return MANUALS.frame(rows)

    @cached_property
    def amendments(self) -> pd.DataFrame:
        """One row per announced amendment, with the position of its chapter on the contents page if the page has the title."""
        rows: list[tuple[Any, ...]] = []
        titles = self._other_titles()
        for holding in self.holdings:
            manual = holding.manual
            places = _places(manual.reading) if holding.amendments else {}
            for row in split_rows(holding.amendments, titles):
                rows.append((manual.council, manual.edition, *row, places.get((row.chapter or "").casefold())))
        return LIBRARY_AMENDMENTS.frame(rows)

    def _other_titles(self) -> frozenset[str]:
        """The chapter titles of all manuals. They are needed only if a manual's own titles cannot split a name from its details."""
        if all(row.split != "unsplit" for holding in self.holdings for row in holding.amendments):
            return frozenset()
        return known_titles(title for manual in self for title in manual.reading.columns["title"])

    def mark(self, councils: Collection[str | None] | None = None) -> str:
        """The mark to show beside everything about these councils, by default all: the ``invented`` fact of ``manual.toml``. Empty for
        real manuals.

        >>> open_library("data/demonstration").mark(), open_library("data/manuals").mark()
        ('Invented councils, for demonstration', '')
        """
        wanted = None if councils is None else set(councils)
        mine = (each.facts for each in self.holdings if wanted is None or each.manual.council in wanted)
        return "; ".join(dict.fromkeys(facts["invented"] for facts in mine if facts.get("invented")))

    @property
    def decisions_file(self) -> Path:
        """The file of a person's decisions on these manuals, beside the folder."""
        return self.folder.parent / DECISIONS.name

    @property
    def peers_file(self) -> Path:
        """The file of a person's lists of councils, beside the folder."""
        return self.folder.parent / peer_lists.NAME

    @property
    def decisions(self) -> pd.DataFrame:
        """A person's decisions on these manuals, read from the file each time. Empty if there is no file."""
        return read_decisions(self.decisions_file)


def _places(reading: Reading) -> dict[str, int]:
    """The first position of each chapter's title."""
    places: dict[str, int] = {}
    for position, (kind, title) in enumerate(zip(reading.columns["kind"], reading.columns["title"], strict=True), 1):
        if kind == "chapter" and title:
            places.setdefault(title.casefold(), position)
    return places


def open_library(
    folder: str | Path = "data/manuals",
    *,
    executor: Executor | None = None,
    progress: bool = False,
    cache: bool | str | Path = True,
) -> Library:
    """Read every manual in a folder: ``<council>/<edition>/contents.txt`` or ``.html``.

    ``manual.toml`` beside a page gives the council, GSS code, source and edition. Without it, procman uses the folders' names. For a
    page that cannot be read, procman gives a warning, adds it to ``.problems`` and goes on. You can interrupt the reading.

    Parameters
    ----------
    folder
        The library's folder.
    executor
        Reads the pages: any `concurrent.futures.Executor`, such as a process pool, or ``client.get_executor()`` of a Dask cluster.
        Its workers need procman, but not the folder.
    progress
        Show a progress bar if reading takes longer than a second.
    cache
        Keep the readings, so that only pages that changed are read again. True uses the user's cache folder, a path uses that folder,
        and False keeps nothing. Another version of procman reads all pages again. You can delete the cache at any time.

    Raises
    ------
    LibraryError
        There is no such folder, it has no manual, or a worker died.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(2) as executor:
    ...     open_library("data/manuals", executor=executor, cache=False)
    <Library data/manuals: 2 manuals>
    """
    from tqdm import tqdm

    root = Path(folder)
    if not root.is_dir():
        raise LibraryError(root.as_posix(), "there is no such folder")
    _mend_all(root)
    holdings, problems = [], []
    homes = homes_of(root)
    kept_in = (cache_folder() if cache else None) if isinstance(cache, bool) else Path(cache)
    with (
        closing(ReadingCache(kept_in, str(root.resolve()))) as kept,
        closing(read_holdings(root, homes, kept, executor)) as found,
    ):
        for each in tqdm(found, "reading", len(homes), unit="manual", delay=1, disable=not progress, leave=False):
            if isinstance(each, Holding):
                holdings.append(each)
            else:
                problems.append(each)
                warnings.warn(f"left out: {each[0]}: {each[1]}", stacklevel=2)
        kept.keep_only({home.relative_to(root).as_posix() for home in homes})
    if not holdings and not problems:
        raise LibraryError(
            root.as_posix(), "there is no manual here: expected <council>/<edition>/contents.txt or contents.html"
        )
    return Library(root, holdings, problems)


def add_manual(
    source: Any, council: str, *, folder: str | Path = "data/manuals", edition: str | None = None, replace: bool = False
) -> Path:
    """Read a contents page, keep it unchanged in the library, and return its folder.

    procman writes the page and a ``manual.toml`` with its source in one step. Other editions stay.

    Parameters
    ----------
    source
        As for `procman.read_manual`. A page that cannot be read is not kept.
    council, edition
        The council's name, and the edition ("2024-06"). By default the edition is the one that the page prints, or "undated".
    replace
        Replace the edition if the library already has it.

    Raises
    ------
    LibraryError
        The library already has the edition, the council's name has no letter or digit, or the folder cannot be written.
    ProcmanError
        The page cannot be read.
    """
    page = open_page(source)
    manual = read_manual(page, council, edition=edition)
    return keep_manual(page, manual, folder=folder, replace=replace)


def keep_manual(
    page: Page,
    manual: Manual,
    *,
    folder: str | Path = "data/manuals",
    replace: bool = False,
    amendments: Page | None = None,
    facts: Mapping[str, str | None] | None = None,
) -> Path:
    """Write a page into the library (see `add_manual`), with its amendments page and other facts about it."""
    council = (manual.council or "").strip()
    name = folder_name(council)
    if not name:
        raise LibraryError(page.name, f"the council's name {council!r} has no letter or digit to name a folder with")
    edition = manual.edition or UNDATED
    home = Path(folder) / name / edition
    if home.exists() and not replace:
        raise LibraryError(home.as_posix(), THERE_ALREADY)
    kept = read_facts(home / "manual.toml") if home.exists() else {}
    known = known_as(council)
    facts = {
        "council": council,
        "gss_code": kept.get("gss_code") or (known.gss_code if known else None),
        "edition": manual.edition,
        "source": page.address or Path(page.name).name,
        "obtained": f"added {date.today().isoformat()}",
        **(facts or {}),
    }
    lines = [f"{key} = {_toml_text(value)}" for key, value in {**kept, **facts}.items() if value]
    pages = {f"contents{_suffix(page)}": page.content or page.text, "manual.toml": "\n".join(lines) + "\n"}
    if amendments:
        pages["amendments.html" if amendments.html else "amendments.txt"] = amendments.content or amendments.text
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with locked(home.parent):
            _mend(home.parent)
            if home.exists() and not replace:
                raise LibraryError(home.as_posix(), THERE_ALREADY)
            _put(home, pages)
    except (OSError, ProcmanError) as error:
        with suppress(OSError):
            home.parent.rmdir()  # if it is empty
        reason = error.reason if isinstance(error, ProcmanError) else f"cannot be written ({error.strerror or error})"
        raise LibraryError(home.as_posix(), reason) from None
    return home


def _suffix(page: Page) -> str:
    return ".mhtml" if page.archive else ".html" if page.html else ".txt"


def _put(home: Path, pages: Mapping[str, str | bytes]) -> None:
    """Make or replace an edition's folder. It is built beside its place and then moved, so that nobody sees half of it."""
    new = Path(tempfile.mkdtemp(dir=home.parent, prefix=_ADDING))
    old = home.parent / f"{_REPLACED}{home.name}"
    try:
        if home.exists():
            for file in home.iterdir():
                a_page = may_be_contents(file) and file.suffix.casefold() in CONTENTS_SUFFIXES
                if file.name not in pages and not a_page:
                    keep = shutil.copytree if file.is_dir() else shutil.copy2
                    keep(file, new / file.name)
        for name, content in pages.items():
            write_whole(new / name, content)
        new.chmod(0o755)
        if home.exists():
            home.rename(old)
        new.rename(home)
    finally:
        # After success, failure or an earlier crash, the folder is the whole old one or the whole new one.
        _mend(home.parent)


#: Folders inside a council's folder that remain only if a writer dies: the new edition it was building, and the old one.
_ADDING, _REPLACED = ".adding-", ".replaced-"


def _mend(council: Path) -> None:
    """Clean up after a writer that died in a council's folder. Lock the folder first."""
    for new in council.glob(f"{_ADDING}*"):
        shutil.rmtree(new)
    for old in council.glob(f"{_REPLACED}*"):
        home = council / old.name.removeprefix(_REPLACED)
        if not home.exists():
            old.rename(home)
        elif old.is_symlink():
            old.unlink()  # remove the link, not what it points to
        else:
            shutil.rmtree(old)


def _mend_all(root: Path) -> None:
    for council in {path.parent for mark in (_ADDING, _REPLACED) for path in root.glob(f"[!.]*/{mark}*")}:
        with suppress(OSError, ProcmanError), locked(council):  # a read-only library is read as it is
            _mend(council)


def _toml_text(value: str) -> str:
    """A TOML basic string. JSON writes the same escapes, except DEL. A lone surrogate, which no file can hold, becomes "?"."""
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
