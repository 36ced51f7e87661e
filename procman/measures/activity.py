"""Update activity that a contents page claims: the flags New and Updated printed beside chapters.

A flag is the publisher's claim about one edition. No flag is not "unchanged": many pages flag nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd

#: The row for chapters that stand outside any section, so that the parts add up to the whole.
OUTSIDE = "(outside any section)"
#: A section of which the page prints only the number.
UNTITLED = "(untitled)"

FLAGS_BY_SECTION = Table(
    "flags by section",
    "One row per section of each manual, in page order: its chapters by the flag printed beside them.",
    (
        Column("council", "str", "council whose manual it is", "Oxfordshire", optional=True),
        Column("edition", "str", "edition of the manual; missing where undated", "2017-07", optional=True),
        Column("section_number", "str", "the section's number as printed", "4", optional=True),
        Column("section", "str", f"the section's title; {OUTSIDE!r} where there is none", "Looked After Children"),
        Column("chapters", "int64", "chapters in the section, cross references not counted", "44"),
        Column("new", "int64", "chapters flagged New", "2"),
        Column("updated", "int64", "chapters flagged Updated", "6"),
        Column("unflagged", "int64", "chapters without a flag, which does not mean unchanged", "36"),
    ),
)


def flags_by_section(entries: pd.DataFrame) -> pd.DataFrame:
    """Count each section's chapters by flag.

    Parameters
    ----------
    entries
        Entries of one or more manuals (see `procman.tables`).

    Returns
    -------
    DataFrame
        The columns of `FLAGS_BY_SECTION`; ``chapters`` = ``new`` + ``updated`` + ``unflagged`` in each row, and the
        rows of a manual add up to its chapters. A section without chapters keeps its row, with zeros.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick")
    >>> flags_by_section(manual.entries)[["section", "chapters", "new", "updated", "unflagged"]].values.tolist()
    [['All Children', 2, 1, 0, 1]]
    """
    rows: list[tuple[object, ...]] = []
    for (council, edition), manual in entries.groupby(["council", "edition"], dropna=False, sort=False):
        headings = manual[manual["kind"] == "section"]
        # By the heading's place and not by its title, which a manual may use twice; -1 is outside any.
        home = manual["position"].where(manual["kind"] == "section").ffill().where(manual["section"].notna()).fillna(-1)
        chapters = manual["kind"] == "chapter"
        places = [(row.position, row.number, *_text(row.title)) for row in headings.itertuples()]
        outside = [(-1, None, OUTSIDE)] if (chapters & (home == -1)).any() else []
        for place, number, title in places + outside:
            status = manual.loc[chapters & (home == place), "status"]
            new, updated = int((status == "New").sum()), int((status == "Updated").sum())
            unflagged = len(status) - new - updated
            rows.append((*_text(council, edition, number), title or UNTITLED, len(status), new, updated, unflagged))
    return FLAGS_BY_SECTION.frame(rows)


def _text(*values: object) -> list[str | None]:
    """Missing cells as None, whatever pandas used for them."""
    return [value if isinstance(value, str) else None for value in values]
