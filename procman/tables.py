"""The columns of every table. `FIELDS` declares each field once, and each table lists the names of its fields.

Checks, the data dictionary and column headings all use these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from procman.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("section", "subsection", "chapter", "see_also")
STATUSES = ("New", "Updated")
ROLES = ("entry", "continuation", "quick link", "title", "edition", "note", "furniture", "blank", "unread")
NOTICES = (
    *("duplicate number", "gap", "restart", "no number", "empty title", "duplicate title", "quick link"),
    *("could be read otherwise", "no headings", "no chapters", "unread line", "correction not applied"),
)
OUTCOMES = (
    *("read", "there already", "moved", "refused", "behind a log-in", "no answer", "another council's", "not kept"),
    "not known",
)
CAPTURED = (
    *("read", "there already", "same bytes", "error page", "no contents page", "another council's", "not played back"),
    *("not kept", "no capture"),
)
COUNCIL_KINDS = ("county", "unitary", "metropolitan district", "London borough")
CHANGES = ("New", "Updated", "Removed")
SPLITS = ("page", "titles", "wording", "unsplit")
FORCES = ("must publish", "must have in writing", "duty to act", "statutory guidance", "advice")
PLACES = ("manual", "safeguarding partners' procedures", "website")
STATES = ("present", "to follow", "possible match", "elsewhere", "not found")
LEVELS = ("decision", "identical", "wording", "sector wording", "similar")

#: The row for chapters outside any section, so that the rows add up to the total.
OUTSIDE = "(outside any section)"
#: A heading with only a number.
UNTITLED = "(untitled)"

#: The limits that most measures share.
NOT_THERE = "A topic missing here may be covered elsewhere, or under another name."
NO_FLAG = "A flag is what the publisher says of one edition. A chapter with no flag may still have changed."


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its pandas type, meaning, example and, if there are few, the allowed values.

    >>> FIELDS["topic_title"].heading, FIELDS["see_also"].heading
    ('Topic title', 'Cross references')
    """

    name: str
    dtype: str
    meaning: str
    example: str
    allowed: tuple[str, ...] = ()
    optional: bool = False  # cells may be missing
    heading: str = ""  # for people; by default made from the name
    shown: tuple[tuple[str, str], ...] = ()  # values that people read as other words

    def __post_init__(self) -> None:
        if not self.heading:
            object.__setattr__(self, "heading", self.name[:1].upper() + self.name[1:].replace("_", " "))

    def said(self, value: object) -> object:
        """A value as people read it.

        >>> FIELDS["kind"].said("see_also"), FIELDS["kind"].said("chapter")
        ('cross reference', 'chapter')
        """
        return next((words for each, words in self.shown if each == value), value)


Column = Field  # the name in reports and panels


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, meaning and columns."""

    name: str
    meaning: str
    columns: tuple[Field, ...]

    def frame(self, rows: Iterable[Sequence[Any]] | Mapping[str, Sequence[Any]] | pd.DataFrame) -> pd.DataFrame:
        """Build the DataFrame from rows, from a mapping of columns, or from a DataFrame with at least these columns.

        Columns get the declared types and order. Empty text becomes missing.
        """
        import pandas as pd

        names = [column.name for column in self.columns]
        if not isinstance(rows, Mapping | pd.DataFrame):
            columns = list(zip(*rows, strict=True)) or [() for _ in names]
            rows = dict(zip(names, columns, strict=True))
        series = {}
        for column in self.columns:  # one at a time: some mappings make each column on request, to save memory
            cells = rows[column.name]
            if not isinstance(cells, pd.Series):
                cells = pd.Series(list(cells), dtype="object" if column.dtype == "str" else column.dtype)
            cells = cells.astype(column.dtype).reset_index(drop=True)
            empty = column.dtype == "str" and column.optional
            series[column.name] = cells.mask(cells == "") if empty else cells
        return pd.DataFrame(series, columns=names)

    def picked(self, *names: str) -> tuple[Field, ...]:
        """The columns with these names, in the order given.

        >>> [column.name for column in ENTRIES.picked("title", "number")]
        ['title', 'number']
        """
        columns = {column.name: column for column in self.columns}
        return tuple(columns[name] for name in names)

    def check(self, frame: pd.DataFrame, source: str = "table") -> pd.DataFrame:
        """Return the frame unchanged if it fits the declaration. Otherwise raise ``TableError``, which says what is wrong.

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


@dataclass(frozen=True, slots=True)
class Measure(Table):
    """A table of results, with what its numbers are based on and their limits. Both appear wherever the table is shown."""

    denominator: str = ""
    caveat: str = ""


def columns(*names: str | Field, **meanings: str) -> tuple[Field, ...]:
    """The fields of these names, as a table has them.

    A name that ends in "?" may have missing cells. A keyword says what the field means in this table, where that is more
    than `FIELDS` says. "left_title" and "new_title" are made of "title".

    >>> [(field.name, field.dtype, field.meaning) for field in columns("position?", "left_number?", position="its place")]
    [('position', 'Int64', 'its place'), ('left_number', 'str', 'number as printed (left)')]
    >>> columns("chapters", share="out of all")
    Traceback (most recent call last):
    ValueError: not among the columns: share
    """
    fields = tuple(_field(name, meanings) if isinstance(name, str) else _meant(name, meanings) for name in names)
    if strange := meanings.keys() - {field.name for field in fields}:
        raise ValueError(f"not among the columns: {', '.join(sorted(strange))}")
    return fields


def _meant(field: Field, meanings: Mapping[str, str]) -> Field:
    return replace(field, meaning=meanings.get(field.name, field.meaning))


def _field(name: str, meanings: Mapping[str, str]) -> Field:
    name, optional = name.removesuffix("?"), name.endswith("?")
    part, _, rest = name.partition("_")
    field = FIELDS.get(name) or replace(
        FIELDS[rest], name=name, meaning=f"{FIELDS[rest].meaning} ({PARTS[part]})", heading=""
    )
    dtype = {"int64": "Int64", "bool": "boolean"}.get(field.dtype, field.dtype) if optional else field.dtype
    return replace(field, dtype=dtype, meaning=meanings.get(name, field.meaning), optional=optional)


#: Prefixes of field names, for rows about two chapters or two levels of heading.
PARTS = {
    "left": "left",
    "right": "right",
    "old": "older edition",
    "new": "newer edition",
    "section": "in a section",
    "subsection": "in a subsection",
}

#: Every field, including those of only one measure, so that each name has one meaning.
# fmt: off
FIELDS = {
    field.name: field
    for field in (
        # the manual, and the place in it
        Field("council", "str", "council that the manual belongs to", "Oxfordshire"),
        Field("edition", "str", "edition of the manual, ISO to the month; missing where the page prints none", "2017-07"),
        Field("position", "int64", "place among the page's entries, from 1", "12"),
        Field("line", "int64", "line of the source, from 1 (for HTML, the line of the element)", "61"),
        Field("kind", "str", "what the entry is", "chapter", allowed=KINDS, shown=(("see_also", "cross reference"),)),
        Field("number", "str", "number as printed", "1.2.3"),
        Field("title", "str", "title of the chapter or heading", "Assessments"),
        Field("section", "str", "title of its section", "All Children"),
        Field("subsection", "str", "title of its subsection", "Court Proceedings"),
        Field("depth", "int64", "level: 1 for a section, then one more than its parent", "3"),
        Field("parent", "int64", "position of the entry it is under; missing at the top", "10"),
        Field("status", "str", "flag printed beside it", "Updated", allowed=STATUSES, heading="Flag"),
        Field("date", "str", "date printed beside it, ISO; only the month if no day is given", "2025-02-12"),
        Field("note", "str", "remark printed beside the title: to follow, under review, local …", "under review"),
        Field("publisher", "str", "body that hosts the linked chapter, if the page names one", "House of Commons Library"),
        Field("href", "str", "address the title links to, resolved against the page's own address", "https://example.org/chapter.html", heading="Address"),
        # lines and notices of a page
        Field("text", "str", "the line's words with single spaces; empty for a blank line", "1.1.1 Confidentiality Policy"),
        Field("role", "str", "what the line was read as; check 'unread' lines", "entry", allowed=ROLES, shown=(("furniture", "part of the website"), ("continuation", "goes on from above"), ("unread", "not understood"))),
        Field("notice", "str", "kind of notice", "duplicate number", allowed=NOTICES),
        Field("detail", "str", "the notice in words", "1.3.12 is also on line 40"),
        # a person's corrections of a page
        Field("words", "str", "the line's words when it was corrected; missing if the page is corrected", "1.1.1 Confidentialty Policy"),
        Field("field", "str", "the field corrected: one of the entry's, 'not an entry', 'join' (with the entry above), or the page's council or edition", "title"),
        Field("value", "str", "the correct value", "Confidentiality Policy"),
        Field("applied", "bool", "whether the correction applies to this page", "True"),
        # manuals in a library
        Field("gss_code", "str", "the council's code in the ONS register of geographic codes", "E10000025", heading="GSS code"),
        Field("source", "str", "its source, where you can check it", "https://example.org/contents.html"),
        Field("obtained", "str", "how and when the page was obtained, from manual.toml", "copied as text"),
        Field("folder", "str", "folder inside the library, with forward slashes", "oxfordshire/2017-07"),
        Field("unread", "int64", "lines that were not understood", "0"),
        # councils in the directory, and the outcome of fetching their pages
        Field("region", "str", "region of England", "South East"),
        Field("addresses", "str", "known addresses of its contents page, with spaces between, in the order procman tries them", "https://oxfordshirecs.trixonline.co.uk/contents/contents"),
        Field("official_name", "str", "full name of the council", "Oxfordshire County Council"),
        Field("former", "str", "its predecessors, with '; ' between", "Bournemouth; Poole"),
        Field("editions", "str", "editions in the library, with '; ' between", "2017-07; 2018-01"),
        Field("outcome", "str", "moved: no contents page at the known addresses; no answer: the server is missing, slow or broken; not known: no address", "read", allowed=OUTCOMES),
        Field("dated_by", "str", "source of the edition's month: the page, or the day it was fetched or captured", "the page"),
        Field("address", "str", "address of the page", "https://example.org/contents.html"),
        Field("captured", "str", "day of the capture, ISO; missing if there is none", "2018-04-12"),
        # amendments that a page announces
        Field("manual_edition", "str", "edition of the manual whose amendments page it is", "2017-07"),
        Field("change", "str", "what changed", "Updated", allowed=CHANGES),
        Field("chapter", "str", "the chapter's name; missing if the page gives none, or if it cannot be told from the details", "Assessments"),
        Field("details", "str", "what was changed, as the page says", "This chapter has been refreshed."),
        Field("split", "str", "how chapter and details were told apart: by the page, known titles or the wording, or not at all", "page", allowed=SPLITS),
        Field("amendments", "int64", "announced amendments", "14"),
        # matches and topics
        Field("level", "str", "how the match was found, surest first", "sector wording", allowed=LEVELS),
        Field("score", "float64", "how sure the match is, 0 to 1: of pairs scored 0.9, nine in ten are right", "0.98"),
        Field("why", "str", "the reason in words", "Both are wordings of “Kinship placement”."),
        Field("same_section", "bool", "whether their sections correspond", "True"),
        Field("topic", "str", "the topic's id, shared by aligned chapters of any council", "private-fostering"),
        Field("topic_title", "str", "the topic's title", "Private fostering"),
        Field("also_topic", "str", "the ids of its other topics, if the chapter joins several procedures", "adoption-panel"),
        Field("local", "bool", "whether only one council in the table has the topic", "False"),
        Field("decision", "str", "whether the two are the same procedure", "accepted", allowed=("accepted", "rejected")),
        Field("reason", "str", "why it was decided", "the policy is inside the chapter"),
        # numbers of a manual or a part of it
        Field("sections", "int64", "number of sections", "6"),
        Field("subsections", "int64", "number of subsections", "25"),
        Field("chapters", "int64", "number of chapters, cross references not counted", "129"),
        Field("see_also", "int64", "number of cross references", "12", heading="Cross references"),
        Field("new", "int64", "chapters flagged New", "4"),
        Field("updated", "int64", "chapters flagged Updated", "22"),
        Field("unflagged", "int64", "chapters without a flag; they may still have changed", "103"),
        Field("flagged_share", "float64", "share of chapters with a flag; missing if the page has no flags", "0.2"),
        Field("dated", "int64", "chapters with a printed date", "120"),
        Field("undated", "int64", "chapters without a printed date", "9"),
        Field("months", "int64", "calendar months from the printed date to the given day; negative for a later date", "21"),
        Field("median_months", "float64", "median age of the dated chapters, in months", "26"),
        Field("older", "int64", "dated chapters older than the chosen age", "40"),
        Field("older_share", "float64", "share of dated chapters that are older; missing if none is dated", "0.33"),
        Field("older_than", "int64", "the chosen age in months", "36"),
        Field("see_also_per_chapter", "float64", "cross references per chapter", "0.09", heading="Cross references per chapter"),
        Field("levels", "int64", "deepest level of a chapter", "3"),
        Field("mean_depth", "float64", "mean level of the chapters", "2.9"),
        Field("unnumbered", "int64", "chapters printed without a number", "5"),
        Field("unnumbered_share", "float64", "share of chapters without a number", "0.04"),
        Field("outside", "int64", "chapters outside any section", "0", heading="Outside any section"),
        Field("median", "float64", "median number of chapters", "14.5"),
        Field("smallest", "int64", "fewest chapters", "4"),
        Field("largest", "int64", "most chapters", "44"),
        Field("evenness", "float64", "how evenly chapters are spread over sections (Pielou's J): 1 if all sections have the same size", "0.86"),
        Field("concentration", "float64", "how far a few sections have most chapters (Gini): 0 if all sections have the same size", "0.38"),
        Field("distinct_titles", "int64", "number of different chapter titles; the same words count once", "128"),
        # numbers of councils that are compared
        Field("councils", "int64", "councils with a chapter on it", "9"),
        Field("topics", "int64", "number of topics", "84"),
        Field("of", "int64", "councils compared", "12", heading="Out of"),
        Field("share", "float64", "share of what the row is based on, 0 to 1", "0.75"),
        Field("which", "str", "councils that have it", "Milton Keynes; Oxfordshire", heading="Which councils"),
        Field("reach", "str", "whether all, some (two or more) or one of the councils have it", "some", allowed=("all", "some", "one")),
        Field("numbers", "str", "printed numbers of these chapters", "3.5.2"),
        Field("in_all", "int64", "chapters on topics that every council compared has", "30"),
        Field("in_some", "int64", "chapters on topics that some, but not all, other councils have", "5"),
        Field("only_here", "int64", "chapters on topics that no other council has", "9"),
        Field("by_most", "int64", "chapters on topics that at least 90% of the councils list", "30", heading="Listed by at least 90%"),
        Field("by_many", "int64", "chapters on topics that 50 to 90% of the councils list", "12", heading="By 50 to 90%"),
        Field("by_some", "int64", "chapters on topics that 10 to 50% of the councils list", "5", heading="By 10 to 50%"),
        Field("by_few", "int64", "chapters on topics that under 10% of the councils list", "2", heading="By under 10%"),
        Field("other", "str", "the council it is compared with", "Milton Keynes", heading="Other council"),
        Field("also_there", "int64", "chapters on a topic that the other council also has", "94", heading="The other has too"),
        Field("shared", "int64", "topics that both have", "80"),
        Field("tau", "float64", "Kendall's tau: 1 for the same order, -1 for the reverse; missing with fewer than two shared topics", "0.9", heading="Order (tau)"),
        Field("gaps", "int64", "topics that others list and this council does not", "12"),
        Field("weighted_gaps", "float64", "sum of the gaps, each weighted by the share of other councils that list it", "7.5", heading="Missing, common topics counting more"),
        Field("weighted_share", "float64", "weighted gaps out of all topics of the other councils, weighted in the same way; missing with one council", "0.2", heading="Share missing, common topics counting more"),
        Field("novelty", "float64", "mean share of other councils that do not list the council's topics; missing with one council", "0.35", heading="How rare its topics are"),
        Field("confidence", "float64", "the lowest score of an accepted match, 0 to 1", "0.5"),
        Field("shared_chapters", "int64", "chapters on a topic that two or more councils have", "176"),
        Field("members", "int64", "number of councils", "2"),
        Field("found_by", "str", "by words in the title, by the topic of another such title, or not found", "title", allowed=("title", "topic", "not found")),
        Field("seen_since", "str", "earliest of these editions that has the topic; the topic may be older", "2017-07", heading="Listed since, at least"),
        Field("others", "int64", "other councils that have the topic", "1"),
        Field("elsewhere", "int64", "of these, how many list it in a section that does not correspond to this one", "1", heading="In another section"),
        Field("other_depth", "int64", "of these, how many list it at another depth", "1", heading="At another depth"),
        Field("changed", "int64", "councils that announce, flag or date a change in the period", "7"),
        Field("announced", "int64", "councils that announce an amendment in the period", "4"),
        Field("flagged", "int64", "councils that flag it in an edition from the period", "5"),
        # how similar manuals are, and which councils to compare with
        Field("likeness", "float64", "shared topics out of those that either council has, 0 to 1; missing if neither has any", "0.42"),
        Field("overlap", "float64", "shared topics out of those of the smaller manual, 0 to 1", "0.64"),
        Field("only_council", "int64", "topics that only the first council has", "49", heading="Only the first"),
        Field("only_other", "int64", "topics that only the second council has", "44", heading="Only the second"),
        Field("only_there", "int64", "topics that only the other council has", "44"),
        Field("rank", "int64", "1 for the first; equal values share a rank", "1"),
        Field("neighbour", "int64", "its rank among the statistical neighbours of your council", "3", heading="Rank among neighbours"),
        Field("platform", "str", "publisher's platform that hosts the page", "trixonline"),
        Field("told_by", "str", "source of the platform: the page's address, or the directory", "address", allowed=("address", "directory")),
        Field("platforms", "str", "whether both are on the same platform", "the same", allowed=("the same", "different", "not known")),
        Field("pairs", "int64", "pairs of councils", "66"),
        Field("mean", "float64", "their mean likeness", "0.55", heading="Mean likeness"),
        Field("explained", "float64", "share of the variance in likeness that goes with having the same platform, 0 to 1; one number for the table", "0.3", heading="Share that goes with it"),
        Field("cluster", "int64", "number of its cluster, 1 for the largest", "1"),
        Field("place", "int64", "its place, from 1, when all manuals are in a row with similar ones together", "3"),
        Field("size", "int64", "councils in the cluster", "12", heading="Councils in it"),
        Field("within", "float64", "mean likeness to the others in its cluster; missing if it is alone", "0.6", heading="Likeness in its cluster"),
        Field("without", "float64", "mean likeness to councils in other clusters", "0.4", heading="Likeness to others"),
        Field("preset", "str", "how the councils are chosen, or the name of your own list", "statistical neighbours"),
        Field("here", "int64", "number in the library", "2"),
        Field("missing", "str", "councils not in the library, with '; ' between", "Kent; Essex"),
        # two editions compared
        Field("claimed", "str", "the flag printed beside the chapter, or 'no flag'", "New", allowed=(*STATUSES, "no flag"), heading="Flag"),
        Field("observed", "str", "what the comparison shows", "added", allowed=("added", "renamed or moved", "same title and place"), heading="What comparing shows"),
        Field("what", "str", "the kinds of change in words, with commas between", "renamed, moved", heading="What changed"),
        Field("before", "str", "the edition before; missing for the oldest", "2017-01"),
        Field("added", "int64", "chapters added since the edition before; missing for the oldest", "4"),
        Field("removed", "int64", "chapters removed since the edition before; missing for the oldest", "2"),
        Field("renamed", "int64", "chapters renamed since the edition before; missing for the oldest", "3"),
        Field("moved", "int64", "chapters moved since the edition before; missing for the oldest", "1"),
        # time
        Field("review", "str", "date of the next review, ISO, as exact as the page prints it", "2025-06"),
        Field("months_past", "int64", "calendar months from that date to the given day; negative if the review is still to come", "5"),
        Field("past", "bool", "whether that month, or year, is over", "True"),
        Field("overdue", "int64", "chapters past the date of their next review", "30"),
        Field("longest", "int64", "months since the earliest of these dates; negative if all are still to come", "18"),
        Field("year", "int64", "calendar year of the editions with the changes", "2024"),
        # duties
        Field("duty", "str", "the duty's id", "staying-put"),
        Field("expectation", "str", "what is expected, in our words", "Support young people who stay after 18"),
        Field("basis", "str", "statute or guidance with its section", "Children Act 1989 s.23CZA"),
        Field("force", "str", "what kind of duty it is", "duty to act", allowed=FORCES),
        Field("where", "str", "where such a text usually stands", "manual", allowed=PLACES),
        Field("since", "str", "the first month under any basis, ISO to the month", "2014-05"),
        Field("until", "str", "month in which it ended; missing if it still applies", "2017-02"),
        Field("wordings", "str", "phrases of titles that mean it, separated by semicolons", "staying put"),
        Field("near", "str", "phrases of titles that may mean it", "post 18; supported lodging"),
        Field("unless", "str", "words in titles about something else; a name in braces, such as {adults}, stands for several words", "{adults}; tenan*"),
        Field("concepts", "str", "concepts in data/wordings.csv that cover it", "Staying put"),
        Field("dating", "str", "phrases that the law introduced, so no earlier title has them", "duty refer"),
        Field("evidence", "str", "source read to check the row", "https://www.legislation.gov.uk/ukpga/1996/52/section/213B"),
        Field("remark", "str", "what is uncertain", "The month is from knowledge."),
        Field("checked_on", "str", "day of the last check", "2026-11-25"),
        Field("verified", "str", "whether a source was read for everything in the row", "yes", allowed=("yes", "no")),
        Field("not_before", "str", "the earliest month that the titles of an undated page allow (inferred)", "2018-10", heading="Not older than"),
        Field("state", "str", "what was found on the contents page", "present", allowed=STATES),
        Field("expected", "str", "whether it was expected in the month of the edition", "yes", allowed=("yes", "not yet", "no longer", "undated")),
        Field("present", "int64", "manuals with a chapter on it", "9"),
        Field("to_follow", "int64", "manuals with a chapter marked 'to follow'", "1"),
        Field("possible", "int64", "manuals with a possible match", "2", heading="Possible match"),
        Field("not_found", "int64", "manuals in which it was not found", "1"),
        Field("first", "str", "first edition that lists it", "2019-01"),
        Field("last", "str", "latest edition", "2022-03"),
        Field("listed", "str", "whether the first listing is known: yes, already listed in the first edition, or not yet listed", "yes", allowed=("yes", "already", "not yet")),
        Field("low", "float64", "lower end of the 95% interval; missing if there is none", "0.2"),
        Field("high", "float64", "upper end of the 95% interval; missing if there is none", "0.6"),
        Field("at_risk", "int64", "pages still without it just before", "12"),
    )
}
# fmt: on

MANUALS = Table(
    "manuals",
    "One row per manual in the library.",
    columns(
        *("council", "edition?", "gss_code?", "title?", "source?", "obtained?", "folder", "sections", "subsections"),
        *("chapters", "see_also", "new", "updated", "dated", "unread"),
        council="name of the council, from manual.toml",
        title="title of the page",
        source="source of the page, from manual.toml",
        new="entries flagged New",
        updated="entries flagged Updated",
        dated="entries with a printed date",
    ),
)
ENTRIES = Table(
    "entries",
    "One row per entry of a contents page, in page order: sections, subsections, chapters and cross references.",
    columns(
        *("council?", "edition?", "position", "line", "kind", "number?", "title?", "section?", "subsection?", "depth"),
        *("parent?", "status?", "date?", "note?", "publisher?", "href?"),
        council="council that the manual belongs to; missing if neither the page nor the caller names it",
        position="place among the page's entries, from 1; the key, with council and edition",
        number="number as printed, without a final dot; not a key, because manuals repeat and skip numbers",
        title="title without number, flag, date, note and publisher; missing if the page prints only a number",
        status="flag printed beside it: new or significantly amended in this edition; a chapter with no flag may still have changed",
    ),
)
LINES = Table(
    "lines",
    "One row per line of the page, with what it was read as. Every line is here.",
    columns("line", "text", "role"),
)
NOTICE_TABLE = Table(
    "notices",
    "One row per notice: something odd on a contents page.",
    columns("line", "notice", "number?", "detail"),
)
CORRECTIONS = Table(
    "corrections",
    "One row per correction that a person made to a contents page, in the order made. If two correct the same thing, the later one applies.",
    columns(
        *("date?", "line?", "words?", "field", "value?", "applied"),
        date="day of the correction, ISO",
        line="line of the source; missing if the council or edition of the page is corrected",
    ),
)
AMENDMENTS = Table(
    "amendments",
    "One row per announced amendment, in page order.",
    columns(
        *("edition?", "change", "chapter?", "details?", "line", "split"),
        edition="edition with the change, ISO to the month; missing if the page does not say",
        change="whether the page announces a new, an updated or a removed chapter",
    ),
)
LIBRARY_AMENDMENTS = Table(
    "library amendments",
    "The amendments of every manual in the library, joined to its contents page.",
    (
        *columns("council?", "manual_edition?"),
        *AMENDMENTS.columns,
        *columns(
            "position?", position="position of the chapter on that edition's contents page, if the page has its title"
        ),
    ),
)
MATCHES = Table(
    "matches",
    "One row per pair of chapters that are the same procedure in two manuals, as `pm.align` returns them.",
    columns(
        *("left_position", "left_number?", "left_title", "right_position", "right_number?", "right_title"),
        *("level", "score", "why"),
        left_position="the left chapter's position in its table",
        right_position="the right chapter's position in its table",
    ),
)
TOPICS = Table(
    "chapters with topics",
    "The chapters of any number of manuals, as `pm.topics` returns them: the columns of `entries`, then these.",
    columns(
        *("topic", "topic_title", "also_topic?", "local"),
        topic_title="the sector's name for the topic, or its most common title",
    ),
)
DECISIONS = Table(
    "decisions",
    "A person's decisions on pairs of titles, in `decisions.csv` beside the folder of manuals. They overrule the score.",
    columns(
        *("date?", "decision", "left_council?", "left_title", "right_council?", "right_title", "reason?"),
        date="day of the decision, ISO",
        left_council="council of the left title; missing for every council",
        right_council="council of the right title; missing for every council",
    ),
)

COUNCILS = Table(
    "councils",
    "One row per authority for children's services in England, then one per other council in the library.",
    columns(
        *("council", "gss_code?"),
        replace(FIELDS["kind"], meaning="kind of council", example="county", allowed=COUNCIL_KINDS, optional=True),
        *("region?", "addresses?"),
        replace(
            FIELDS["addresses"],
            name="amendments",
            meaning="known addresses of its amendments page, with spaces between",
            example="https://oxfordshirecs.trixonline.co.uk/amendments",
            optional=True,
            heading="",
        ),
        *("official_name?", "since?", "former?", "editions?"),
        council="name of the council for short",
        since="month in which it replaced its predecessors, ISO",
    ),
)
PAGES_GOT = Table(
    "pages got",
    "One row per council whose page was fetched by name, with the outcome.",
    columns(
        *("council", "outcome", "edition?", "dated_by?", "chapters?", "amendments?", "address?", "detail?"),
        council="name of the council for short",
        edition="edition that was kept, or that the library already has",
        chapters="chapters on the page that was kept",
        amendments="amendments that its amendments page announces",
        detail="why it was not read, or other details",
    ),
)
CAPTURES = Table(
    "captures",
    "One row per capture of a council's contents page in a web archive, with the outcome.",
    columns(
        *("council", "captured?"),
        replace(
            FIELDS["outcome"],
            meaning="outcome; 'same bytes' means the same as an earlier capture, so it was not read again",
            allowed=CAPTURED,
        ),
        *("edition?", "dated_by?", "address?", "detail?"),
        council="name of the council for short",
        edition="edition of the manual",
        address="address in the archive",
        detail="why it was not read, or other details",
    ),
)

#: The tables from reading, the library and matching.
TABLES = {
    table.name: table
    for table in (
        *(
            MANUALS,
            ENTRIES,
            LINES,
            NOTICE_TABLE,
            CORRECTIONS,
            AMENDMENTS,
            LIBRARY_AMENDMENTS,
            COUNCILS,
            PAGES_GOT,
            CAPTURES,
        ),
        *(MATCHES, TOPICS, DECISIONS),
    )
}


def need(frame: pd.DataFrame, name: str, *columns: str) -> None:
    """Raise ``TableError``, which names the first missing column, unless the table has all these columns.

    >>> import pandas as pd
    >>> need(pd.DataFrame({"title": ["Consent"]}), "entries", "title", "council")
    Traceback (most recent call last):
    procman.errors.TableError: entries: there is no column 'council'
    """
    for column in columns:
        if column not in frame.columns:
            raise TableError(name, f"there is no column {column!r}")
