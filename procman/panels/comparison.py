"""What is compared, and how: councils, editions, confidence, decisions, and the chapters that are picked out.

No widgets here: a panel's controls set this, and its views read it. What costs time is kept until it can no longer be
asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from procman.errors import LibraryError, TableError
from procman.library.decisions import DECISIONS, read_decisions
from procman.library.library import Library
from procman.matching.scoring import scorer
from procman.matching.search import asked_for
from procman.measures.counting import UNNAMED, fold, names
from procman.measures.editions import newest
from procman.reading.manual import Manual
from procman.tables import ENTRIES, LIBRARY_AMENDMENTS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

NO_FLAG = "no flag"
KEPT = 60  # results kept at most: a few settings of every view
Kept = TypeVar("Kept")


class Comparison:
    """Manuals to compare and the settings of the comparison.

    Parameters
    ----------
    manuals
        A library, or any manuals.
    decisions
        The file of a person's decisions; by default ``decisions.csv`` beside the library's folder.

    Attributes
    ----------
    councils
        Whom to compare, in this order; all to begin with.
    edition
        Compare as of this month ("2017-07"): each council's newest edition up to it. None: the newest of all. An undated
        edition counts as the oldest.
    confidence
        The score from which a match is accepted, 0–1.
    sections, words, statuses
        These pick chapters: those in one of the sections, with all the words in their title or their topic's (each may be
        the beginning of a word), with one of the flags ("New", "Updated", "no flag"). Empty picks all.

    Examples
    --------
    >>> from procman import open_library
    >>> comparison = Comparison(open_library("data/manuals"))
    >>> comparison.words = "private foster"
    >>> comparison.picked["council"].tolist()
    ['Milton Keynes', 'Oxfordshire']
    """

    def __init__(self, manuals: Library | Iterable[Manual], decisions: Path | str | None = None) -> None:
        self.library = manuals if isinstance(manuals, Library) else None
        self.manuals = list(manuals)
        beside = self.library.decisions_file if self.library else DECISIONS
        self.decisions_file = Path(decisions) if decisions is not None else beside
        self._kept: dict[Hashable, Any] = {}
        self.councils: tuple[str, ...] = tuple(self.known)
        self.edition: str | None = None
        self.confidence = scorer().accepted
        self.sections: tuple[str, ...] = ()
        self.words = ""
        self.statuses: tuple[str, ...] = ()

    # --- what there is to choose from ----------------------------------------------------------------------------

    @property
    def known(self) -> list[str]:
        """The councils there are."""
        return list(dict.fromkeys(council_of(manual) for manual in self.manuals))

    @property
    def editions(self) -> list[str]:
        """The editions there are of the councils compared, newest first; undated ones are not named."""
        return sorted({m.edition for m in self.manuals if m.edition and council_of(m) in self.councils}, reverse=True)

    @property
    def section_titles(self) -> list[str]:
        """The sections of the manuals compared, in page order."""
        return list(dict.fromkeys(self.entries.loc[self.entries["kind"] == "section", "title"].dropna()))

    def choose(self, councils: Sequence[str]) -> None:
        """Compare these councils, each once; ``LibraryError`` names those there are where one is not."""
        known = self.known
        for council in councils:
            if council not in known:
                raise LibraryError("panel", f"no manual of {council!r}; councils: {', '.join(sorted(known)) or 'none'}")
        self.councils = tuple(dict.fromkeys(councils))

    def add(self, manual: Manual) -> None:
        """Take in another manual, in the place of one of the same council and edition."""
        own = council_of(manual), manual.edition
        self.manuals = [each for each in self.manuals if (council_of(each), each.edition) != own] + [manual]
        self._kept.clear()

    def manuals_of(self, council: str) -> list[Manual]:
        """A council's manuals, oldest edition first."""
        mine = [manual for manual in self.manuals if council_of(manual) == council]
        return sorted(mine, key=lambda manual: manual.edition or "")

    # --- what is compared ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Manual]:
        """The manual of each council compared; a council without one so old is left out."""
        until = self.edition or "9999"
        mine = [[m for m in self.manuals_of(council) if (m.edition or "") <= until] for council in self.councils]
        return [manuals[-1] for manuals in mine if manuals]

    @property
    def entries(self) -> pd.DataFrame:
        """The entries of the manuals compared."""
        return self.keep("entries", lambda: together([manual.entries for manual in self.chosen]))

    @property
    def chapters(self) -> pd.DataFrame:
        """Their chapters with topics, at this confidence and with the decisions in force."""
        import procman

        return self.keep("chapters", lambda: procman.topics(self.entries, self.confidence, self.decisions), True)

    @property
    def amendments(self) -> pd.DataFrame:
        """The amendments that the councils compared announce."""
        table = LIBRARY_AMENDMENTS.frame([]) if self.library is None else self.library.amendments
        return table[names(table["council"]).isin(self.councils)].reset_index(drop=True)

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions in the file, read again when it has changed."""
        return self._keep(("decisions", self._stamp()), lambda: read_decisions(self.decisions_file))

    def entries_of(self, council: str) -> pd.DataFrame:
        """The entries of one of the councils compared."""
        return self.entries[names(self.entries["council"]) == council].reset_index(drop=True)

    def alignment(self, left: str, right: str) -> Any:
        """The `procman.Alignment` of two councils: chapters read and scored once, for every confidence."""
        from procman.matching.alignment import Alignment

        key = ("alignment", left, right, self.edition, self._stamp())
        return self._keep(key, lambda: Alignment(self.entries_of(left), self.entries_of(right), self.decisions))

    @property
    def picked(self) -> pd.DataFrame:
        """The chapters that sections, words and statuses pick."""
        return self.keep(("picked", self.sections, self.words, self.statuses), self._picked, by_score=True)

    def _picked(self) -> pd.DataFrame:
        table = self.chapters
        keep = table["title"].notna()
        if self.sections:
            keep &= table["section"].isin(self.sections)
        if self.statuses:
            keep &= table["status"].fillna(NO_FLAG).isin(self.statuses)
        if fold(self.words):
            both = table["title"].astype("str") + " " + table["topic_title"].astype("str")
            keep &= asked_for(both, self.words) | asked_for(table["topic_title"], self.words)
        return table[keep]

    @property
    def picks(self) -> bool:
        """Whether anything is left out."""
        return bool(self.sections or self.statuses or fold(self.words))

    # --- what was computed ---------------------------------------------------------------------------------------

    def keep(self, name: Hashable, make: Callable[[], Kept], by_score: bool = False) -> Kept:
        """What ``make`` gives for the manuals compared (and, ``by_score``, confidence and decisions), made once."""
        scores = (self.confidence, self._stamp()) if by_score else ()
        return self._keep((name, self.councils, self.edition, *scores), make)

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        value = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = value  # last, so that the oldest goes first
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)))
        return value

    def _stamp(self) -> Hashable:
        """What tells one state of the decisions file from another."""
        try:
            status = self.decisions_file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def council_of(manual: Manual) -> str:
    """How a manual's council is called, also where the page does not say."""
    return manual.council or UNNAMED


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Entries tables as one."""
    import pandas as pd

    return newest(pd.concat(tables, ignore_index=True)) if tables else ENTRIES.frame([])


def checked_statuses(statuses: Sequence[str]) -> tuple[str, ...]:
    """The statuses, if they are such; else ``TableError``."""
    if strange := sorted(set(statuses) - {*STATUSES, NO_FLAG}):
        raise TableError("panel", f"no status {strange[0]!r}; statuses: {', '.join((*STATUSES, NO_FLAG))}")
    return tuple(dict.fromkeys(statuses))
