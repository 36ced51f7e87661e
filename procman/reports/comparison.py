"""What to compare, and how: councils, edition, confidence, decisions, and filters on chapters.

The gallery, report, workbook and panels all get their tables from a `Comparison`. It keeps slow results so that they are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from procman.errors import LibraryError
from procman.library.decisions import DECISIONS, read_decisions
from procman.library.library import UNDATED, Library
from procman.matching.scoring import scorer
from procman.matching.search import asked_for
from procman.measures import editions as between
from procman.measures.counting import UNNAMED, each_topic, fold, names
from procman.reading.manual import Manual
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS, MANUALS

if TYPE_CHECKING:
    import pandas as pd

    from procman.matching.alignment import Alignment

NO_FLAG = "no flag"
#: The most results to keep: enough for a few settings of every view.
KEPT = 100
Kept = TypeVar("Kept")


class PartOfTable(NamedTuple):
    """The entries of one manual in a table with several."""

    council: str | None
    edition: str | None
    entries: pd.DataFrame


@dataclass
class Source:
    """The manuals to compare, and the results kept, shared by all comparisons of them."""

    manuals: list[Manual | PartOfTable]
    library: Library | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict)


class Comparison:
    """Manuals to compare and the settings of the comparison.

    Parameters
    ----------
    source
        A library, any manuals, or an entries table.
    councils
        The councils to compare, by default all.
    decisions
        A person's decisions on matches, as a table or a file. By default ``decisions.csv`` beside the library's folder.

    Attributes
    ----------
    councils
        The councils to compare, in this order.
    edition
        Compare each council's newest edition up to this month ("2017-07"). None compares the newest editions. An undated edition counts
        as the oldest.
    confidence
        The lowest score of an accepted match, 0 to 1.
    focus
        Your council, shown in tables of one council. By default the first.
    words
        Count only the topics that fit all these words. Each word can be the start of a word in a title. Empty counts everything.
    sections, statuses
        Keep only the rows about chapters in one of these sections and with one of these flags ("New", "Updated", "no flag"). Empty keeps
        all.
    chosen_as
        How the other councils were chosen ("its statistical neighbours"), or empty text.
    today
        The day to which ages are counted, by default the newest month in the manuals. It does not depend on the clock.

    Examples
    --------
    >>> from procman import open_library
    >>> comparison = Comparison(open_library("data/manuals"))
    >>> comparison.words = "private foster"
    >>> comparison.picked["council"].tolist()
    ['Milton Keynes', 'Oxfordshire']
    """

    def __init__(
        self,
        source: Library | pd.DataFrame | Iterable[Manual],
        councils: Sequence[str] | None = None,
        decisions: pd.DataFrame | Path | str | None = None,
    ) -> None:
        library = source if isinstance(source, Library) else None
        self.source = Source(_parts(source), library)
        beside = library.decisions_file if library else DECISIONS
        self._given = None if isinstance(decisions, Path | str) else decisions
        self.decisions_file = Path(decisions) if isinstance(decisions, Path | str) else beside
        self.councils: tuple[str, ...] = tuple(self.known)
        self.edition: str | None = None
        self.confidence = scorer().accepted
        self.focus: str | None = None
        self.sections: tuple[str, ...] = ()
        self.words = ""
        self.statuses: tuple[str, ...] = ()
        self.chosen_as = ""
        self.today: date | str | None = None
        if councils is not None:
            self.councils = self.checked(councils)

    def of(self, **settings: Any) -> Self:
        """Another comparison of the same manuals with these settings. Both share the results kept."""
        other = copy(self)
        for name, value in settings.items():
            setattr(other, name, value)
        return other

    # --- what there is to choose from ----------------------------------------------------------------------------

    @property
    def library(self) -> Library | None:
        """The library, if the manuals come from one."""
        return self.source.library

    @property
    def known(self) -> list[str]:
        """All councils that have a manual."""
        return list(dict.fromkeys(council_name(manual) for manual in self.source.manuals))

    @property
    def mark(self) -> str:
        """The mark to show beside everything if councils are invented (see `Library.mark`)."""
        return self.library.mark(self.councils) if self.library else ""

    @property
    def editions(self) -> list[str]:
        """The dated editions of the councils compared, newest first."""
        found = {m.edition for m in self.source.manuals if m.edition and council_name(m) in self.councils}
        return sorted(found, reverse=True)

    @property
    def section_titles(self) -> list[str]:
        """The sections of the manuals compared, in page order."""
        return list(dict.fromkeys(self.entries.loc[self.entries["kind"] == "section", "title"].dropna()))

    def checked(self, councils: Sequence[str]) -> tuple[str, ...]:
        """These councils, each once. Raises ``LibraryError``, which lists all councils, if one does not exist."""
        known = self.known
        for council in councils:
            if council not in known:
                raise LibraryError("panel", f"no manual of {council!r}; councils: {', '.join(sorted(known)) or 'none'}")
        return tuple(dict.fromkeys(councils))

    def add(self, manual: Manual) -> None:
        """Add a manual. It replaces one with the same council and edition."""
        own = council_name(manual), manual.edition
        self.source.manuals = [m for m in self.source.manuals if (council_name(m), m.edition) != own] + [manual]
        self.source.kept.clear()

    def manuals_of(self, council: str) -> list[Manual | PartOfTable]:
        """A council's manuals, oldest edition first."""
        mine = [manual for manual in self.source.manuals if council_name(manual) == council]
        return sorted(mine, key=lambda manual: manual.edition or "")

    # --- what is compared ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Manual | PartOfTable]:
        """The manual of each council compared. A council without an edition up to the chosen month is left out."""
        until = self.edition or "9999"
        mine = [[m for m in self.manuals_of(council) if (m.edition or "") <= until] for council in self.councils]
        # A library can have two pages of the same edition.
        return [m for manuals in mine for m in manuals if m.edition == manuals[-1].edition]

    @property
    def entries(self) -> pd.DataFrame:
        """The entries of the manuals compared."""
        return self.keep("entries", lambda: _together([manual.entries for manual in self.chosen]))

    @property
    def every_edition(self) -> pd.DataFrame:
        """The entries of all editions of the councils compared."""
        manuals = [manual for council in self.councils for manual in self.manuals_of(council)]
        return self.keep("every edition", lambda: _together([manual.entries for manual in manuals]))

    @property
    def chapters(self) -> pd.DataFrame:
        """The chapters with topics, at this confidence and with the decisions that apply."""
        from procman.matching.topics import topics

        return self.keep("chapters", lambda: topics(self.entries, self.confidence, self.decisions), by_score=True)

    def entries_of(self, council: str, edition: str = "") -> pd.DataFrame:
        """The entries of a council in the edition compared, or in the edition given ("2017-07", "undated")."""
        manuals = [m for m in self.manuals_of(council) if edition_of(m) == edition] if edition else self.chosen
        return _together([manual.entries for manual in manuals if council_name(manual) == council])

    @property
    def manuals(self) -> pd.DataFrame:
        """The library's manuals of the councils compared, including older editions."""
        return self._of_councils(MANUALS.frame([]) if self.library is None else self.library.manuals)

    @property
    def amendments(self) -> pd.DataFrame:
        """The amendments that the councils compared announce."""
        return self._of_councils(LIBRARY_AMENDMENTS.frame([]) if self.library is None else self.library.amendments)

    def _of_councils(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[names(table["council"]).isin(self.councils)].reset_index(drop=True)

    @property
    def pages(self) -> list[Manual]:
        """The manuals compared that were read from a page, not given as a table."""
        return [manual for manual in self.chosen if isinstance(manual, Manual)]

    @property
    def latest(self) -> str | None:
        """The newest month in the manuals compared and their amendments, or None if nothing has a date."""
        columns = (self.entries["edition"], self.entries["date"], self.amendments["edition"])
        months = (value for column in columns for value in column.dropna().str.slice(0, 7) if len(value) == 7)
        return max(months, default=None)

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions on matches. A file is read again after it changes."""
        if self._given is not None:
            return self._given
        return self._keep(("decisions", self._stamp()), lambda: read_decisions(self.decisions_file))

    # --- two manuals at a time -----------------------------------------------------------------------------------

    @property
    def present(self) -> list[str]:
        """The councils with an edition up to the chosen month."""
        return list(dict.fromkeys(council_name(manual) for manual in self.chosen))

    @property
    def listing(self) -> list[str]:
        """Those whose page lists a chapter. The others have nothing to compare by topic."""
        from procman.matching.chapters import rows

        there = self.keep("listing", lambda: frozenset(names(rows(self.entries)["council"])))
        return [council for council in self.present if council in there]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each pair of councils that have a manual."""
        return combinations(self.present, 2)

    def consecutive(self) -> Iterator[tuple[str, str, str]]:
        """Each council's dated editions in pairs, older and newer."""
        for council in self.councils:
            dated = sorted({m.edition for m in self.manuals_of(council) if m.edition})
            yield from ((council, old, new) for old, new in pairwise(dated))

    def alignment(self, left: str, right: str) -> Alignment:
        """The `procman.Alignment` of two councils. Chapters are scored once for every confidence."""
        from procman.matching.alignment import Alignment

        key = ("alignment", left, right, self.edition, self._stamp())
        return self._keep(key, lambda: Alignment(self.entries_of(left), self.entries_of(right), self.decisions))

    def matches(self, left: str, right: str) -> pd.DataFrame:
        """The pairs of two councils' chapters accepted at this confidence, as from `procman.align`."""
        key = ("matches", left, right)
        return self.keep(key, lambda: self.alignment(left, right).matches(self.confidence), by_score=True)

    def possible(self, left: str, right: str) -> pd.DataFrame:
        """The uncertain pairs, as from `procman.review`."""
        key = ("possible", left, right)
        return self.keep(key, lambda: self.alignment(left, right).review(self.confidence), by_score=True)

    def changes(self, council: str, old: str, new: str) -> pd.DataFrame:
        """All changes from one edition of a council's manual to another, as from `procman.changes`."""
        from procman.matching.alignment import align

        def changed() -> pd.DataFrame:
            before, after = self.entries_of(council, old), self.entries_of(council, new)
            return between.changes(before, after, align(before, after, self.confidence, self.decisions))

        return self.keep(("changes", council, old, new), changed, by_score=True)

    def picked_changes(self, council: str, old: str, new: str) -> pd.DataFrame:
        """The changes with a chapter, on either side, that passes the filters on sections, words and flags."""
        table = self.changes(council, old, new)
        keep = table["change"].notna()
        if self.sections:
            keep &= table["old_section"].isin(self.sections) | table["new_section"].isin(self.sections)
        if self.statuses:
            here = table["new_title"].notna()  # a removed chapter keeps its old flag
            flags = table["new_status"].where(here, table["old_status"]).fillna(NO_FLAG)
            keep &= flags.isin(self.statuses)
        if fold(self.words):
            keep &= asked_for(table["old_title"].fillna("") + " " + table["new_title"].fillna(""), self.words)
        return table[keep].reset_index(drop=True)

    # --- the chapters picked -------------------------------------------------------------------------------------

    @property
    def asked_topics(self) -> frozenset[str] | None:
        """The topics that fit the words, or None without words.

        A topic fits by its own title, or by the title of one of its chapters. The title of a joint chapter does not count for a single topic.
        """
        if not fold(self.words):
            return None

        def asked() -> frozenset[str]:
            rows = each_topic(self.chapters)
            alone = ~rows.index.duplicated(keep=False)
            found = asked_for(rows["topic_title"], self.words) | (asked_for(rows["title"], self.words) & alone)
            both = rows["title"].astype("str") + " " + rows["topic_title"].astype("str")
            return frozenset(rows.loc[found | (asked_for(both, self.words) & alone), "topic"])

        return self.keep(("asked", self.words), asked, by_score=True)

    @property
    def asked(self) -> pd.DataFrame:
        """The chapters that fit the words, or without words, all chapters."""
        topics = self.asked_topics
        if topics is None:
            return self.chapters
        rows = each_topic(self.chapters)
        return self.chapters[rows["topic"].isin(topics).groupby(level=0).any().to_numpy()]

    def asked_entries(self, *manual: str) -> pd.DataFrame:
        """The entries of the manuals compared, or of one (see `entries_of`), with only the chapters that fit the words."""
        entries = self.entries_of(*manual) if manual else self.entries
        if self.asked_topics is None:
            return entries
        columns = ["council", "edition", "position"]
        wanted = self.asked[columns].assign(wanted=True)
        there = entries[columns].merge(wanted, how="left", on=columns)["wanted"].notna().to_numpy()
        return entries[there | ~entries["kind"].isin(["chapter", "see_also"]).to_numpy()]

    @property
    def picked(self) -> pd.DataFrame:
        """The chapters that pass the filters on sections, words and flags."""
        return self.keep(("picked", self.sections, self.words, self.statuses), self._picked, by_score=True)

    def _picked(self) -> pd.DataFrame:
        table = self.asked
        keep = table["title"].notna()
        if self.sections:
            keep &= table["section"].isin(self.sections)
        if self.statuses:
            keep &= table["status"].fillna(NO_FLAG).isin(self.statuses)
        return table[keep]

    @property
    def picks(self) -> bool:
        """Whether anything is left out."""
        return bool(self.sections or self.statuses or fold(self.words))

    # --- what was worked out -------------------------------------------------------------------------------------

    def keep(self, name: Hashable, make: Callable[[], Kept], by_score: bool = False) -> Kept:
        """The result of ``make`` for the manuals compared (with ``by_score``, also for the confidence and decisions), made once."""
        scores = (self.confidence, self._stamp()) if by_score else ()
        return self._keep((name, self.councils, self.edition, *scores), make)

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        kept = self.source.kept
        value = kept.pop(key) if key in kept else make()
        kept[key] = value  # last, so that the oldest goes first
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)))
        return value

    def _stamp(self) -> Hashable:
        """A value that changes whenever the decisions change."""
        if self._given is not None:
            return id(self._given)
        try:
            status = self.decisions_file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def council_name(manual: Manual | PartOfTable) -> str:
    """The name of a manual's council, or a substitute if the page does not name it."""
    return manual.council or UNNAMED


def edition_of(manual: Manual | PartOfTable) -> str:
    """The name of a manual's edition, or a substitute if the page prints none."""
    return manual.edition or UNDATED


def _parts(source: Library | pd.DataFrame | Iterable[Manual]) -> list[Manual | PartOfTable]:
    import pandas as pd

    if not isinstance(source, pd.DataFrame):
        return list(source)
    parts: list[Manual | PartOfTable] = []
    for key, entries in source.groupby(["council", "edition"], dropna=False, sort=False):
        council, edition = (name if isinstance(name, str) else None for name in key)
        parts.append(PartOfTable(council, edition, entries.reset_index(drop=True)))
    return parts


def _together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Entries tables as one."""
    import pandas as pd

    return pd.concat(tables, ignore_index=True) if tables else ENTRIES.frame([])
