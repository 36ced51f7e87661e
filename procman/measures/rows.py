"""The rows that measures count: by manual, by council, by topic, missing cells kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from procman.titles import plain

if TYPE_CHECKING:
    import pandas as pd

#: A manual of which neither the page nor the caller says whose it is.
UNNAMED = "(council not named)"
#: What stands between several values in one cell.
BETWEEN = "; "


def share(part: float, whole: float) -> float:
    """A part of a whole, between 0 and 1; missing where the whole is empty.

    >>> share(1, 4), share(0, 0)
    (0.25, nan)
    """
    return part / whole if whole else float("nan")


def text(value: Any) -> str | None:
    """The cell's text, or None where it is missing, whatever pandas used for that."""
    return value if isinstance(value, str) and value else None


def fold(title: Any) -> str:
    """A title's words for telling 'the same words'; empty for a missing title.

    >>> fold("Children’s Views – Consultation & Participation"), fold(None)
    ('children views consultation and participation', '')
    """
    return plain(text(title) or "")


def by_manual(entries: pd.DataFrame) -> Iterator[tuple[tuple[str | None, str | None], pd.DataFrame]]:
    """Each manual's rows with its council and edition, in the order of the table."""
    for (council, edition), rows in entries.groupby(["council", "edition"], dropna=False, sort=False):
        yield (text(council), text(edition)), rows


def names(council: pd.Series) -> pd.Series:
    """The councils' names, with a name for the one that has none, so that no chapter drops out of a count."""
    return council.astype("str").fillna(UNNAMED)


def joined(values: Iterable[object]) -> str:
    """Distinct texts in one cell, in the order of their first coming, missing ones left out.

    >>> joined(["1.1", None, "2.4", "1.1"])
    '1.1; 2.4'
    """
    return BETWEEN.join(dict.fromkeys(value for value in values if isinstance(value, str) and value))


def each_topic(topics: pd.DataFrame) -> pd.DataFrame:
    """One row per chapter and topic: a chapter that joins several procedures stands once for each of them.

    Takes what ``procman.topics`` gives; the index tells the chapter. Councils without a name get one.

    >>> import pandas as pd
    >>> chapters = pd.DataFrame({
    ...     "council": ["A", None], "topic": ["fostering-panel", "adoption-panel"],
    ...     "topic_title": ["Fostering panel", "Adoption panel"], "also_topic": ["adoption-panel", None]})
    >>> each_topic(chapters)[["council", "topic"]].values.tolist()
    [['A', 'fostering-panel'], ['A', 'adoption-panel'], ['(council not named)', 'adoption-panel']]
    """
    own = topics.assign(council=names(topics["council"])).reset_index(drop=True)
    if "also_topic" not in own:
        return own
    titles = dict(zip(own["topic"], own["topic_title"], strict=True))
    ids = [[topic, *(text(more) or "").split()] for topic, more in zip(own["topic"], own["also_topic"], strict=True)]
    rows = own.assign(topic=ids).explode("topic").astype({"topic": own["topic"].dtype})
    # A topic that no chapter has for its own is named by its id.
    named = [titles.get(topic) or str(topic).replace("-", " ").capitalize() for topic in rows["topic"]]
    return rows.assign(topic_title=named).astype({"topic_title": own["topic_title"].dtype})
