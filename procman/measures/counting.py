"""The rows that measures count: by manual, by council, by topic, missing cells kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from procman.matching.titles import wordings
from procman.measures.declare import OUTSIDE, UNTITLED
from procman.tables import need
from procman.words import plain

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


def has_words(title: object, wanted: Sequence[str]) -> bool:
    """Whether each wanted word begins a word of the title.

    >>> has_words("Private Fostering", ["foster"]), has_words("Private Fostering", ["host"])
    (True, False)
    """
    words = fold(title).split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def finder(words: str) -> Callable[[object], bool]:
    """Tells whether a title is what the words ask for; they need not be its own.

    Each word begins one of the title's words, or the title says the same as the sector does ("LAC", "s47", "kinship"), or it is
    the name of the very topic that the words are known for.

    >>> asked = finder("LAC review")
    >>> asked("Children in Care Reviews"), asked("Review of Complaints"), finder("LADO")("Allegations against staff")
    (True, False, False)
    >>> finder("LADO")("Allegations against people who work with children")
    True
    """
    from procman.matching.concepts import sector

    wanted, meant = fold(words).split(), frozenset(wordings().tokens(words))
    (reading,) = sector().read([(words, "")])
    known = set(reading.concepts) if reading.likeness == 1 else set()
    return lambda title: has_words(title, wanted) or title in known or (bool(meant) and meant <= _meaning(title))


def asked_for(titles: pd.Series, words: str) -> pd.Series:
    """Which of the titles are what the words ask for, each title looked at once (see `finder`)."""
    asked = finder(words)
    return titles.isin([title for title in titles.dropna().unique() if asked(title)])


@lru_cache(32_768)
def _meaning(title: object) -> frozenset[str]:
    """What a title is about, in the sector's terms."""
    return frozenset(wordings().tokens(text(title) or ""))


def to_follow(entries: pd.DataFrame) -> pd.Series:
    """Which entries the page marks as yet to follow: listed, but there is nothing to read.

    >>> import pandas as pd
    >>> to_follow(pd.DataFrame({"note": ["to follow", "link to the following guidance", None]})).tolist()
    [True, False, False]
    """
    return entries["note"].map(lambda note: " to follow " in f" {fold(note)} ").astype("bool")


def cells(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows' cells in these columns; pandas' own ways to iterate over text take ten times as long."""
    return zip(*(table[column].tolist() for column in columns), strict=True)


def texts(values: pd.Series) -> list[str | None]:
    """`text` of each cell."""
    return [text(value) for value in values.tolist()]


def manuals_of(entries: pd.DataFrame) -> tuple[pd.Series, list[tuple[str | None, str | None]]]:
    """For each row the number of its manual; the manuals' councils and editions by that number, as they come first.

    >>> import pandas as pd
    >>> number, manuals = manuals_of(pd.DataFrame({"council": ["B", "A", "B"], "edition": [None, "2017-07", None]}))
    >>> number.tolist(), manuals
    ([0, 1, 0], [('B', None), ('A', '2017-07')])
    """
    need(entries, "entries", "council", "edition")
    number = entries.groupby(["council", "edition"], dropna=False, sort=False).ngroup()
    first = entries.loc[~number.duplicated().to_numpy()]
    return number, list(zip(texts(first["council"]), texts(first["edition"]), strict=True))


def names(council: pd.Series) -> pd.Series:
    """The councils' names, with a name for the one that has none, so that no chapter drops out of a count."""
    return council.astype("str").fillna(UNNAMED)


def sections_of(rows: pd.DataFrame, entries: pd.DataFrame | None = None) -> list[tuple[int, str]]:
    """For each row the section it stands in: the position of its heading, and its title as tables give it.

    A section of which the page prints no title is `UNTITLED`; what stands in none is `OUTSIDE`, at 0.

    Parameters
    ----------
    rows
        Entries, or chapters alone.
    entries
        Where the headings above the rows are, if not among them. Where they are nowhere, the position is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> page = pd.DataFrame({"council": "A", "edition": None, "position": [1, 2, 3], "kind": ["chapter", "section", "chapter"],
    ...                      "section": None, "subsection": None, "depth": [1, 1, 2], "parent": [0, 0, 2]})
    >>> sections_of(page), sections_of(page[2:])
    ([(0, '(outside any section)'), (2, '(untitled)'), (2, '(untitled)')], [(0, '(untitled)')])
    """
    known = {(row[:2], row[2]): row[2:] for row in _placed(rows if entries is None else entries)}
    found = []
    for council, edition, *own in _placed(rows):
        manual, section = (council, edition), own[-1]
        position, kind, parent, depth, subsection, _ = own
        while kind != "section" and (manual, parent) in known:
            position, kind, parent, depth, subsection, _ = known[manual, parent]
        if kind == "section":
            found.append((position, section or UNTITLED))
        else:
            # A heading that is not at hand: a section, but for a subsection at the top.
            untitled = parent and (depth > 2 or not subsection)
            found.append((0, section or (UNTITLED if untitled else OUTSIDE)))
    return found


def _placed(rows: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The cells that tell where each row stands; columns that are not there are as if empty."""
    import pandas as pd

    nothing = pd.Series([None] * len(rows), dtype=object)
    columns = {name: rows.get(name, nothing) for name in ("council", "edition", "position", "kind", "parent", "depth")}
    columns["parent"] = columns["parent"].fillna(0)
    words = (texts(rows.get(name, nothing)) for name in ("subsection", "section"))
    council, edition, *others = columns.values()
    return zip(texts(council), texts(edition), *(column.tolist() for column in others), *words, strict=True)


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
    need(topics, "topics", "council", "topic", "topic_title")
    own = topics.assign(council=names(topics["council"])).reset_index(drop=True)
    if "also_topic" not in own:
        return own
    ids = [[topic, *(text(more) or "").split()] for topic, more in cells(own, "topic", "also_topic")]
    rows = own.loc[[row for row, several in enumerate(ids) for _ in several]]
    # A topic that no chapter has for its own is named by its id.
    titles = dict(cells(own, "topic", "topic_title"))
    named = {topic: titles.get(topic) or str(topic).replace("-", " ").capitalize() for topic in chain(*ids)}
    columns = {"topic": list(chain(*ids)), "topic_title": [named[topic] for topic in chain(*ids)]}
    return rows.assign(**columns).astype({name: own[name].dtype for name in columns})


def topic_titles(chapters: pd.DataFrame) -> dict[str, str | None]:
    """The topics, in the order of their first coming, with their titles."""
    first = chapters.drop_duplicates("topic")
    return dict(zip(first["topic"].tolist(), texts(first["topic_title"]), strict=True))
