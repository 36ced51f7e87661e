"""The one declaration of every table: columns, types, meaning, example. It feeds the checks and the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procman.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("section", "subsection", "chapter", "see_also")
STATUSES = ("New", "Updated")
ROLES = ("entry", "continuation", "quick link", "title", "edition", "note", "furniture", "blank", "unread")
NOTICES = (
    *("duplicate number", "gap", "restart", "no number", "empty title", "duplicate title", "quick link"),
    "unread line",
)
CHANGES = ("New", "Updated", "Removed")
SPLITS = ("page", "titles", "wording", "unsplit")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type as pandas names it, what it means, an example, and the values allowed if they are few."""

    name: str
    dtype: str
    meaning: str
    example: str
    allowed: tuple[str, ...] = ()
    optional: bool = False  # cells may be missing


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, meaning and columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def frame(self, rows: Iterable[Sequence[Any]] | Mapping[str, Sequence[Any]]) -> pd.DataFrame:
        """Build the DataFrame from rows (or from columns), with the declared types; empty text becomes missing."""
        import pandas as pd

        names = [column.name for column in self.columns]
        if not isinstance(rows, Mapping):
            columns = list(zip(*rows, strict=True)) or [() for _ in names]
            rows = dict(zip(names, columns, strict=True))
        series = {}
        for column in self.columns:  # one at a time: a mapping may make each when asked, so that few are held at once
            values = rows[column.name]
            if column.dtype == "str" and column.optional:
                values = [value or None for value in values]
            series[column.name] = pd.Series(list(values), dtype=column.dtype)
        return pd.DataFrame(series, columns=names)

    def picked(self, *names: str) -> tuple[Column, ...]:
        """The columns of these names, in their order.

        >>> [column.name for column in ENTRIES.picked("title", "number")]
        ['title', 'number']
        """
        columns = {column.name: column for column in self.columns}
        return tuple(columns[name] for name in names)

    def check(self, frame: pd.DataFrame, source: str = "table") -> pd.DataFrame:
        """Return the frame unchanged if it keeps the declaration, else raise ``TableError`` naming the fault.

        Examples
        --------
        >>> TABLES["lines"].check(TABLES["lines"].frame([(1, "Contents", "title")])).shape
        (1, 3)
        >>> TABLES["lines"].check(TABLES["lines"].frame([(1, "Contents", "headline")]))
        Traceback (most recent call last):
        procman.errors.TableError: table: lines.role holds 'headline'; allowed: entry, continuation, ...
        """
        for column in self.columns:
            if column.name not in frame.columns:
                raise TableError(source, f"{self.name} has no column {column.name!r}")
            values = frame[column.name]
            if str(values.dtype) != column.dtype:
                raise TableError(source, f"{self.name}.{column.name} is {values.dtype}, not {column.dtype}")
            if not column.optional and values.isna().any():
                raise TableError(source, f"{self.name}.{column.name} has missing cells")
            strange = set(values.dropna()) - set(column.allowed) if column.allowed else ()
            if strange:
                allowed = ", ".join(column.allowed)
                raise TableError(source, f"{self.name}.{column.name} holds {min(strange)!r}; allowed: {allowed}")
        return frame


def need(frame: pd.DataFrame, name: str, *columns: str) -> None:
    """Raise ``TableError`` naming the first of these columns that a table from elsewhere lacks.

    >>> import pandas as pd
    >>> need(pd.DataFrame({"title": ["Consent"]}), "entries", "title", "council")
    Traceback (most recent call last):
    procman.errors.TableError: entries: there is no column 'council'
    """
    for column in columns:
        if column not in frame.columns:
            raise TableError(name, f"there is no column {column!r}")


_COUNCIL = Column(
    "council",
    "str",
    "council whose manual it is; missing where neither the page nor the caller says",
    "Oxfordshire",
    optional=True,
)
_EDITION = Column(
    "edition",
    "str",
    "edition of the manual, ISO to the month; missing where the page prints none",
    "2017-07",
    optional=True,
)
_LINE = Column("line", "int64", "1-based line of the source (for HTML, the line of the element)", "61")

ENTRIES = Table(
    "entries",
    "One row per entry of a contents page, in page order: sections, subsections, chapters and cross references.",
    (
        _COUNCIL,
        _EDITION,
        Column("position", "int64", "1-based place among the page's entries; with council and edition the key", "12"),
        _LINE,
        Column("kind", "str", "what the entry is", "chapter", KINDS),
        Column(
            "number",
            "str",
            "number as printed, without trailing dot; never a key: manuals repeat and skip numbers",
            "1.2.3",
            optional=True,
        ),
        Column(
            "title",
            "str",
            "title without number, flag, date, note and publisher; missing where the page prints only a number",
            "Assessments",
            optional=True,
        ),
        Column("section", "str", "title of the section it stands in", "All Children", optional=True),
        Column("subsection", "str", "title of the subsection it stands in", "Court Proceedings", optional=True),
        Column("depth", "int64", "levels from the top: 1 for a section, one more than its parent for all else", "3"),
        Column("parent", "Int64", "position of the entry it stands in; missing at the top", "10", optional=True),
        Column(
            "status",
            "str",
            "flag printed beside it: new or significantly amended in this edition; no flag is not 'unchanged'",
            "Updated",
            STATUSES,
            True,
        ),
        Column(
            "date",
            "str",
            "date printed for the entry, ISO, to the month where only a month is given",
            "2025-02-12",
            optional=True,
        ),
        Column(
            "note",
            "str",
            "remark printed beside the title: to follow, under review, local …",
            "under review",
            optional=True,
        ),
        Column(
            "publisher",
            "str",
            "body that hosts the linked chapter, where the page names one",
            "House of Commons Library",
            optional=True,
        ),
        Column(
            "href",
            "str",
            "address the title links to, resolved against the page's own address",
            "https://example.org/chapter.html",
            optional=True,
        ),
    ),
)
LINES = Table(
    "lines",
    "One row per line of the page with what it was read as; nothing is dropped.",
    (
        _LINE,
        Column(
            "text", "str", "the line's words, blanks folded; empty for a blank line", "1.1.1 Confidentiality Policy"
        ),
        Column("role", "str", "what the line was read as; 'unread' means: look at it", "entry", ROLES),
    ),
)
MANUALS = Table(
    "manuals",
    "One row per manual in the library.",
    (
        Column("council", "str", "name of the council, from manual.toml", "Oxfordshire"),
        _EDITION,
        Column(
            "gss_code", "str", "the council's code in the ONS register of geographic codes", "E10000025", optional=True
        ),
        Column("title", "str", "what the page calls itself", "Children's Services Procedures Manual", optional=True),
        Column(
            "source",
            "str",
            "where the page came from, from manual.toml",
            "https://example.org/contents.html",
            optional=True,
        ),
        Column(
            "obtained", "str", "how and when the page was obtained, from manual.toml", "copied as text", optional=True
        ),
        Column("folder", "str", "folder inside the library, with forward slashes", "oxfordshire/2017-07"),
        Column("sections", "int64", "number of sections", "6"),
        Column("subsections", "int64", "number of subsections", "25"),
        Column("chapters", "int64", "number of chapters", "129"),
        Column("see_also", "int64", "number of cross references", "12"),
        Column("new", "int64", "entries flagged New", "4"),
        Column("updated", "int64", "entries flagged Updated", "22"),
        Column("dated", "int64", "entries with a printed date", "0"),
        Column("unread", "int64", "lines that were not understood", "0"),
    ),
)
NOTICE_TABLE = Table(
    "notices",
    "One row for each thing on a contents page that a reader should know about.",
    (
        _LINE,
        Column("notice", "str", "what was noticed", "duplicate number", NOTICES),
        Column("number", "str", "the number concerned", "1.3.12", optional=True),
        Column("detail", "str", "in words", "1.3.12 is also on line 40"),
    ),
)
AMENDMENTS = Table(
    "amendments",
    "One row per announced amendment, in page order.",
    (
        Column("edition", "str", "edition that brought the change, ISO to the month", "2024-04", optional=True),
        Column(
            "change", "str", "whether the page announces a new, an updated or a removed chapter", "Updated", CHANGES
        ),
        Column(
            "chapter",
            "str",
            "the chapter's name; missing where the page gives none or it cannot be told from the details",
            "Assessments",
            optional=True,
        ),
        Column(
            "details", "str", "what was changed, as the page says", "This chapter has been refreshed.", optional=True
        ),
        _LINE,
        Column(
            "split",
            "str",
            "how chapter and details were told apart: by the page, by known titles, by the wording, or not at all",
            "page",
            SPLITS,
        ),
    ),
)
LIBRARY_AMENDMENTS = Table(
    "library amendments",
    "The amendments of every manual in the library, joined to its contents page.",
    (
        _COUNCIL,
        Column("manual_edition", "str", "edition of the manual whose amendments page it is", "2017-07", optional=True),
        *AMENDMENTS.columns,
        Column(
            "position",
            "Int64",
            "position of the chapter on the contents page of that edition, where its title is there",
            "12",
            optional=True,
        ),
    ),
)
_SCORE = Column(
    "score", "float64", "how sure the match is, 0 to 1: of the pairs scored 0.9, nine in ten are right", "0.98"
)
LEVELS = ("decision", "identical", "wording", "sector wording", "similar")
MATCHES = Table(
    "matches",
    "One row per pair of chapters that are the same procedure in two manuals, as `pm.align` returns them.",
    (
        Column("left_position", "int64", "the left chapter's position in its table", "63"),
        Column("left_number", "str", "its number", "5.1.10", optional=True),
        Column("left_title", "str", "its title", "Placement with Kinship Carers"),
        Column("right_position", "int64", "the right chapter's position in its table", "88"),
        Column("right_number", "str", "its number", "4.2.2", optional=True),
        Column("right_title", "str", "its title", "Placements with Connected Persons"),
        Column("level", "str", "how the match was found, surest first", "sector wording", LEVELS),
        _SCORE,
        Column("why", "str", "the reason in words", "Both are wordings of “Kinship placement”."),
    ),
)
TOPICS = Table(
    "chapters with topics",
    "The chapter rows of any number of manuals, as `pm.topics` returns them: the columns of `entries`, and these.",
    (
        Column("topic", "str", "the topic's id, shared by aligned chapters of any council", "private-fostering"),
        Column("topic_title", "str", "the sector's name for the topic, else its commonest title", "Private fostering"),
        Column(
            "also_topic",
            "str",
            "for a chapter that joins several procedures, the other ids",
            "adoption-panel",
            optional=True,
        ),
        Column("local", "bool", "whether only one council in the table has the topic", "False"),
    ),
)
DECISIONS = Table(
    "decisions",
    "A person's word on pairs of titles, in `decisions.csv` beside the folder of manuals; it beats the score.",
    (
        Column("date", "str", "when it was decided, ISO", "2026-11-21", optional=True),
        Column("decision", "str", "whether the two are the same procedure", "accepted", ("accepted", "rejected")),
        Column("left_council", "str", "whose title it is; missing for any council's", "Milton Keynes", optional=True),
        Column("left_title", "str", "one title", "Staying Put Policy"),
        Column("right_council", "str", "whose title it is; missing for any council's", "Oxfordshire", optional=True),
        Column("right_title", "str", "the other title", "Staying Put"),
        Column("reason", "str", "why", "the policy stands inside the chapter", optional=True),
    ),
)

#: The tables that reading makes, and those that alignment makes.
TABLES = {
    table.name: table
    for table in (MANUALS, ENTRIES, LINES, NOTICE_TABLE, AMENDMENTS, LIBRARY_AMENDMENTS, MATCHES, TOPICS, DECISIONS)
}
