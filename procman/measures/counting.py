"""Prepare rows for counting by manual, by section or by topic, without losing rows with missing cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from procman.tables import OUTSIDE, UNTITLED, need
from procman.words import plain

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

#: The columns that identify a manual.
MANUAL = ["council", "edition"]
#: The name for a manual if neither the page nor the caller names its council.
UNNAMED = "(council not named)"
#: The separator between values in one cell.
BETWEEN = "; "
#: From this number of councils, shares say more than "all", "some" and "one", because almost no topic is listed by all.
MANY = 7
#: The bands of shares: the lowest share of councils, the words for it, and the column that counts it.
BANDS = (
    (0.9, "at least 90%", "by_most"),
    (0.5, "50 to 90%", "by_many"),
    (0.1, "10 to 50%", "by_some"),
    (0.0, "under 10%", "by_few"),
)
fold = plain  # the name in panels


def text(value: Any) -> str | None:
    """The cell's text, or None for any of pandas' missing values."""
    return value if isinstance(value, str) and value else None


def to_follow(entries: pd.DataFrame) -> pd.Series:
    """Whether the page marks each entry "to follow": it is listed, but there is no text yet.

    >>> import pandas as pd
    >>> to_follow(pd.DataFrame({"note": ["to follow", "link to the following guidance", None]})).tolist()
    [True, False, False]
    """
    return entries["note"].map(lambda note: " to follow " in f" {plain(text(note) or '')} ").astype("bool")


def band(share: float) -> str:
    """The band of a share.

    >>> band(0.9), band(0.895), band(0.01)
    ('at least 90%', '50 to 90%', 'under 10%')
    """
    return next(name for least, name, _ in BANDS if share >= least - 1e-9)


def cells(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows' cells in these columns. This is ten times as fast as iterating over text with pandas."""
    return zip(*(table[column].tolist() for column in columns), strict=True)


def names(council: pd.Series) -> pd.Series:
    """The councils' names, with `UNNAMED` for missing ones, so that no chapter is left out of a count."""
    return council.astype("str").fillna(UNNAMED)


def joined(values: Iterable[object]) -> str:
    """Distinct texts in one cell, in their first order. Missing ones are left out.

    >>> joined(["1.1", None, "2.4", "1.1"])
    '1.1; 2.4'
    """
    return BETWEEN.join(dict.fromkeys(value for value in values if isinstance(value, str) and value))


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the number of their ``manual``. Manuals are numbered in the order of their first row.

    >>> import pandas as pd
    >>> numbered(pd.DataFrame({"council": ["B", "A", "B"], "edition": [None, "2017-07", None]}))["manual"].tolist()
    [0, 1, 0]
    """
    need(rows, "entries", *MANUAL)
    return rows.assign(manual=rows.groupby(MANUAL, dropna=False, sort=False).ngroup())


def placed(rows: pd.DataFrame, entries: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows with their ``section``, and as ``home`` the position of the section's heading.

    A section without a title is `UNTITLED`. A row outside any section is `OUTSIDE`, with home 0.

    Parameters
    ----------
    rows
        Entries, or chapters alone.
    entries
        The entries that include the headings, if the rows do not. If a heading is in neither, the home is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2, 3], "kind": ["chapter", "section", "chapter"],
    ...                      "section": None, "subsection": None, "depth": [1, 1, 2], "parent": [0, 0, 2]})
    >>> placed(page)[["home", "section"]].values.tolist()
    [[0, '(outside any section)'], [2, '(untitled)'], [2, '(untitled)']]
    >>> placed(page[2:])[["home", "section"]].values.tolist()
    [[0, '(untitled)']]
    """
    import numpy as np
    import pandas as pd

    tables = (rows if entries is None else entries, rows)
    position, parent, depth = (
        np.concatenate([_numbers(table, name) for table in tables]) for name in ("position", "parent", "depth")
    )
    kind, subsection = (
        pd.concat([_texts(table, name) for table in tables], ignore_index=True) for name in ("kind", "subsection")
    )
    is_section = (kind == "section").to_numpy()
    top = len(tables[0]) + np.arange(len(rows))  # the highest heading reached so far from each row
    for above in headings_above(rows, entries):
        climbs = (above >= 0) & ~is_section[top]
        top[climbs] = above[climbs]
    in_section = is_section[top]
    # If the heading is missing, use the section, or for a subsection at the top, the subsection.
    not_at_hand = (parent[top] > 0) & ((depth[top] > 2) | subsection.isna().to_numpy()[top])
    unprinted = np.where(in_section | not_at_hand, UNTITLED, OUTSIDE)
    section = _texts(rows, "section").fillna(pd.Series(unprinted, dtype="str"))
    return rows.assign(home=np.where(in_section, position[top], 0), section=section.to_numpy())


def headings_above(rows: pd.DataFrame, entries: pd.DataFrame | None = None) -> Iterator[np.ndarray]:
    """Each row's parent, then each parent's parent, up to the top. Yields row numbers in the entries, -1 for none.

    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2, 3], "parent": [0, 1, 2]})
    >>> [above.tolist() for above in headings_above(page)]
    [[-1, 0, 1], [-1, -1, 0]]
    """
    import numpy as np
    import pandas as pd

    page = rows if entries is None else entries
    position, up, own = _numbers(page, "position"), _numbers(page, "parent"), _numbers(rows, "parent")
    # Combine manual and position into one number. Looking it up is ten times as fast as merging on three columns.
    width = 1 + max((int(numbers.max()) for numbers in (position, up, own) if len(numbers)), default=0)
    manual = np.zeros(len(page) + len(rows), dtype="int64")
    for name in MANUAL:
        several, distinct = pd.factorize(pd.concat([_texts(page, name), _texts(rows, name)]), use_na_sentinel=False)
        manual = manual * len(distinct) + several
    # Positions begin at 1. The parent of entries at the top is 0.
    headed = np.flatnonzero(position > 0)
    keys = manual[headed] * width + position[headed]
    order = np.argsort(keys, kind="stable")
    headed, keys = np.append(-1, headed[order]), np.append(-1, keys[order])

    def rows_of(manuals: np.ndarray, parents: np.ndarray) -> np.ndarray:
        wanted = manuals * width + parents
        at = np.searchsorted(keys, wanted, side="right") - 1
        return np.where((keys[at] == wanted) & (parents > 0), headed[at], -1)

    up = rows_of(manual[: len(page)], up)
    above = up if entries is None else rows_of(manual[len(page) :], own)
    while (above >= 0).any():
        yield above
        above = np.where(above >= 0, up[above], -1)


def _texts(rows: pd.DataFrame, column: str) -> pd.Series:
    """A column of text, or an empty column if the table does not have it."""
    return rows.reindex(columns=[column])[column].astype("str").reset_index(drop=True)


def _numbers(rows: pd.DataFrame, column: str) -> np.ndarray:
    """A column of numbers, with 0 for missing ones, or all 0 if the table does not have it."""
    return rows.reindex(columns=[column])[column].fillna(0).to_numpy(dtype="int64")


def sections_of(rows: pd.DataFrame, entries: pd.DataFrame | None = None) -> list[tuple[int, str]]:
    """`placed`, as pairs of home and section."""
    return list(cells(placed(rows, entries), "home", "section"))


def each_topic(chapters: pd.DataFrame) -> pd.DataFrame:
    """One row per chapter and topic. A chapter that joins several procedures has a row for each of them.

    Takes chapters from ``procman.topics``. The index identifies the chapter. Missing council names become `UNNAMED`.

    >>> import pandas as pd
    >>> chapters = pd.DataFrame({
    ...     "council": ["A", None], "topic": ["fostering-panel", "adoption-panel"],
    ...     "topic_title": ["Fostering panel", "Adoption panel"], "also_topic": ["adoption-panel", None]})
    >>> each_topic(chapters)[["council", "topic"]].values.tolist()
    [['A', 'fostering-panel'], ['A', 'adoption-panel'], ['(council not named)', 'adoption-panel']]
    """
    import pandas as pd

    need(chapters, "topics", "council", "topic", "topic_title")
    own = chapters.assign(council=names(chapters["council"])).reset_index(drop=True)
    if "also_topic" not in own:
        return own
    joint = own.dropna(subset="also_topic")
    joint = joint.assign(topic=joint["also_topic"].astype("str").str.split()).explode("topic").astype({"topic": "str"})
    titles = own.drop_duplicates("topic").set_index("topic")["topic_title"]
    # If a topic is no chapter's main topic, its id is its title.
    by_id = joint["topic"].str.replace("-", " ").str.capitalize()
    joint["topic_title"] = joint["topic"].map(titles).astype("str").fillna(by_id)
    return pd.concat([own, joint]).sort_index(kind="stable").astype(own.dtypes)


def topic_titles(chapters: pd.DataFrame) -> dict[str, str | None]:
    """The topics in their first order, with their titles."""
    first = chapters.drop_duplicates("topic")
    return dict(zip(first["topic"].tolist(), map(text, first["topic_title"].tolist()), strict=True))
