"""What is compared, and how: councils, edition, confidence, decisions, and the chapters that are picked out.

Gallery, report, workbook and panels all ask this for their tables. What costs time is worked out once and kept.
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
#: Results kept at most: a few settings of every view.
KEPT = 100
Kept = TypeVar("Kept")


class PartOfTable(NamedTuple):
    """The entries of one manual in a table that holds several."""

    council: str | None
    edition: str | None
    entries: pd.DataFrame


@dataclass
class Source:
    """What there is to compare, shared by all comparisons of it, with what was worked out."""

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
        Whom to compare; by default all.
    decisions
        A person's decisions on matches, as a table or a file; by default ``decisions.csv`` beside the library's folder.

    Attributes
    ----------
    councils
        Whom to compare, in this order.
    edition
        Compare as of this month ("2017-07"): each council's newest edition up to it. None: the newest of all. An undated
        edition counts as the oldest.
    confidence
        The score from which a match is accepted, 0–1.
    focus
        Your council, which tables of one council show; by default the first.
    words
        Tables count only what is on the topics that these words ask for: all of them in a title or a topic's (each may be the
        beginning of a word). Empty: everything.
    sections, statuses
        These pick the rows of tables: those that concern chapters in one of the sections, with one of the flags ("New", "Updated",
        "no flag"). Empty picks all.
    chosen_as
        How the councils beside yours were chosen ("its statistical neighbours"); empty where nobody says.
    today
        The day to which ages are counted; by default the newest month that the manuals know of, never the clock's.

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
        """Another comparison of the same manuals, with these settings; both share what is worked out."""
        other = copy(self)
        for name, value in settings.items():
            setattr(other, name, value)
        return other

    # --- what there is to choose from ----------------------------------------------------------------------------

    @property
    def library(self) -> Library | None:
        """The library, where the manuals come from one."""
        return self.source.library

    @property
    def known(self) -> list[str]:
        """The councils there are."""
        return list(dict.fromkeys(council_name(manual) for manual in self.source.manuals))

    @property
    def mark(self) -> str:
        """What is said beside all that is shown: of invented councils, that they are (see `Library.mark`)."""
        return self.library.mark(self.councils) if self.library else ""

    @property
    def editions(self) -> list[str]:
        """The editions there are of the councils compared, newest first; undated ones are not named."""
        found = {m.edition for m in self.source.manuals if m.edition and council_name(m) in self.councils}
        return sorted(found, reverse=True)

    @property
    def section_titles(self) -> list[str]:
        """The sections of the manuals compared, in page order."""
        return list(dict.fromkeys(self.entries.loc[self.entries["kind"] == "section", "title"].dropna()))

    def checked(self, councils: Sequence[str]) -> tuple[str, ...]:
        """These councils, each once; ``LibraryError`` names those there are where one is not."""
        known = self.known
        for council in councils:
            if council not in known:
                raise LibraryError("panel", f"no manual of {council!r}; councils: {', '.join(sorted(known)) or 'none'}")
        return tuple(dict.fromkeys(councils))

    def add(self, manual: Manual) -> None:
        """Take in another manual, in the place of one of the same council and edition."""
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
        """The manual of each council compared; a council without one so old is left out."""
        until = self.edition or "9999"
        mine = [[m for m in self.manuals_of(council) if (m.edition or "") <= until] for council in self.councils]
        # A library may hold two pages of one edition.
        return [m for manuals in mine for m in manuals if m.edition == manuals[-1].edition]

    @property
    def entries(self) -> pd.DataFrame:
        """The entries of the manuals compared."""
        return self.keep("entries", lambda: _together([manual.entries for manual in self.chosen]))

    @property
    def every_edition(self) -> pd.DataFrame:
        """The entries of all editions at hand of the councils compared."""
        manuals = [manual for council in self.councils for manual in self.manuals_of(council)]
        return self.keep("every edition", lambda: _together([manual.entries for manual in manuals]))

    @property
    def chapters(self) -> pd.DataFrame:
        """Their chapters with topics, at this confidence and with the decisions in force."""
        from procman.matching.topics import topics

        return self.keep("chapters", lambda: topics(self.entries, self.confidence, self.decisions), by_score=True)

    def entries_of(self, council: str, edition: str = "") -> pd.DataFrame:
        """The entries of a council: of the edition that is compared, or of the one named ("2017-07", "undated")."""
        manuals = [m for m in self.manuals_of(council) if edition_of(m) == edition] if edition else self.chosen
        return _together([manual.entries for manual in manuals if council_name(manual) == council])

    @property
    def manuals(self) -> pd.DataFrame:
        """The library's manuals of the councils compared, older editions too."""
        return self._of_councils(MANUALS.frame([]) if self.library is None else self.library.manuals)

    @property
    def amendments(self) -> pd.DataFrame:
        """The amendments that the councils compared announce."""
        return self._of_councils(LIBRARY_AMENDMENTS.frame([]) if self.library is None else self.library.amendments)

    def _of_councils(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[names(table["council"]).isin(self.councils)].reset_index(drop=True)

    @property
    def pages(self) -> list[Manual]:
        """The manuals compared of which the page itself was read, not only a table."""
        return [manual for manual in self.chosen if isinstance(manual, Manual)]

    @property
    def latest(self) -> str | None:
        """The newest month that the manuals compared and their amendments know of; None where nothing has a date."""
        columns = (self.entries["edition"], self.entries["date"], self.amendments["edition"])
        months = (value for column in columns for value in column.dropna().str.slice(0, 7) if len(value) == 7)
        return max(months, default=None)

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions on matches; those in a file are read again when it has changed."""
        if self._given is not None:
            return self._given
        return self._keep(("decisions", self._stamp()), lambda: read_decisions(self.decisions_file))

    # --- two manuals at a time -----------------------------------------------------------------------------------

    @property
    def present(self) -> list[str]:
        """The councils that have a manual as old as that."""
        return list(dict.fromkeys(council_name(manual) for manual in self.chosen))

    @property
    def listing(self) -> list[str]:
        """Those of them whose page lists a chapter: of the others nothing can be compared by topic."""
        from procman.matching.chapters import rows

        there = self.keep("listing", lambda: frozenset(names(rows(self.entries)["council"])))
        return [council for council in self.present if council in there]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each two of the councils that have a manual here."""
        return combinations(self.present, 2)

    def consecutive(self) -> Iterator[tuple[str, str, str]]:
        """Each council's editions two by two, older and newer; undated ones have no place among them."""
        for council in self.councils:
            dated = sorted({m.edition for m in self.manuals_of(council) if m.edition})
            yield from ((council, old, new) for old, new in pairwise(dated))

    def alignment(self, left: str, right: str) -> Alignment:
        """The `procman.Alignment` of two councils: chapters read and scored once, for every confidence."""
        from procman.matching.alignment import Alignment

        key = ("alignment", left, right, self.edition, self._stamp())
        return self._keep(key, lambda: Alignment(self.entries_of(left), self.entries_of(right), self.decisions))

    def matches(self, left: str, right: str) -> pd.DataFrame:
        """The pairs of two councils' chapters that are accepted at this confidence, as `procman.align` gives them."""
        key = ("matches", left, right)
        return self.keep(key, lambda: self.alignment(left, right).matches(self.confidence), by_score=True)

    def possible(self, left: str, right: str) -> pd.DataFrame:
        """The pairs worth a person's look, as `procman.review` gives them."""
        key = ("possible", left, right)
        return self.keep(key, lambda: self.alignment(left, right).review(self.confidence), by_score=True)

    def changes(self, council: str, old: str, new: str) -> pd.DataFrame:
        """All that changed from one edition of a council's manual to another, as `procman.changes` gives it."""
        from procman.matching.alignment import align

        def changed() -> pd.DataFrame:
            before, after = self.entries_of(council, old), self.entries_of(council, new)
            return between.changes(before, after, align(before, after, self.confidence, self.decisions))

        return self.keep(("changes", council, old, new), changed, by_score=True)

    def picked_changes(self, council: str, old: str, new: str) -> pd.DataFrame:
        """The changes that sections, words and flags pick, on either side."""
        table = self.changes(council, old, new)
        keep = table["change"].notna()
        if self.sections:
            keep &= table["old_section"].isin(self.sections) | table["new_section"].isin(self.sections)
        if self.statuses:
            here = table["new_title"].notna()  # of a chapter that was removed, the flag that it had
            flags = table["new_status"].where(here, table["old_status"]).fillna(NO_FLAG)
            keep &= flags.isin(self.statuses)
        if fold(self.words):
            keep &= asked_for(table["old_title"].fillna("") + " " + table["new_title"].fillna(""), self.words)
        return table[keep].reset_index(drop=True)

    # --- the chapters picked -------------------------------------------------------------------------------------

    @property
    def asked_topics(self) -> frozenset[str] | None:
        """The topics that the words ask for; None without words.

        A topic is asked for by its own title, or by that of a chapter; a joint chapter's title speaks for none of its topics alone.
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
        """The chapters that the words ask for; without words all."""
        topics = self.asked_topics
        if topics is None:
            return self.chapters
        rows = each_topic(self.chapters)
        return self.chapters[rows["topic"].isin(topics).groupby(level=0).any().to_numpy()]

    def asked_entries(self, *manual: str) -> pd.DataFrame:
        """The entries of the manuals compared, or of one as `entries_of` takes it, with only the chapters asked for."""
        entries = self.entries_of(*manual) if manual else self.entries
        if self.asked_topics is None:
            return entries
        columns = ["council", "edition", "position"]
        wanted = self.asked[columns].assign(wanted=True)
        there = entries[columns].merge(wanted, how="left", on=columns)["wanted"].notna().to_numpy()
        return entries[there | ~entries["kind"].isin(["chapter", "see_also"]).to_numpy()]

    @property
    def picked(self) -> pd.DataFrame:
        """The chapters that sections, words and statuses pick."""
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
        """What ``make`` gives for the manuals compared (and, ``by_score``, confidence and decisions), made once."""
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
        """What tells one state of the decisions from another."""
        if self._given is not None:
            return id(self._given)
        try:
            status = self.decisions_file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def council_name(manual: Manual | PartOfTable) -> str:
    """How a manual's council is called, also where the page does not say."""
    return manual.council or UNNAMED


def edition_of(manual: Manual | PartOfTable) -> str:
    """How a manual's edition is called, also where the page prints none."""
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
