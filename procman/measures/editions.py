"""Editions: what changed between two, seen by comparing them, and how that agrees with what their flags claim.

Chapters are followed through alignment, never by number: one chapter put in at the top renumbers all below it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from procman.measures.counting import cells, fold, names, sections_of, share, text
from procman.measures.declare import NO_FLAG, Measure
from procman.tables import STATUSES, Column, need

if TYPE_CHECKING:
    import pandas as pd

CHANGES = ("added", "removed", "renamed", "moved", "renumbered", "re-flagged")
OBSERVED = ("added", "renamed or moved", "same title and place")
LEVELS = ("chapter", "section", "subsection")
CELLS = ("position", "number", "title", "section", "subsection", "status")

Row = dict[str, Any]
Rows = dict[int, Row]
Pairs = dict[int, tuple[int, float]]  # position in the new edition → position in the old one, score

_SIDES = [
    Column(
        f"{side}_{name}",
        dtype,
        f"{meaning} in the {side} edition; missing where it is not there",
        example,
        optional=True,
    )
    for side in ("old", "new")
    for name, dtype, meaning, example in (
        ("position", "Int64", "its position", "12"),
        ("number", "str", "its number as printed", "1.2.3"),
        ("title", "str", "its title", "Assessments"),
        ("section", "str", "title of its section", "All Children"),
        ("subsection", "str", "title of its subsection", "Court Proceedings"),
        ("status", "str", "its flag", "Updated"),
    )
]
CHANGED = Measure(
    "changes",
    "One row per chapter or heading and kind of change between two editions, each at most once for each kind.",
    (
        Column("change", "str", "what changed", "renamed", CHANGES),
        Column("kind", "str", "whether a chapter or a heading changed", "chapter", LEVELS),
        *_SIDES,
        Column(
            "score",
            "float64",
            "how sure the alignment is that both are the same chapter, 0 to 1",
            "0.93",
            optional=True,
        ),
    ),
    "Chapters and headings of both editions: old = removed + kept, new = added + kept.",
    "Seen on the contents page only: a chapter's text can change under an unchanged title. A chapter is moved when its "
    "section or subsection is another one, not when that heading was only renamed.",
)
TALLY = Measure(
    "changes by section",
    "One row per section and kind of change, chapters only; removed ones under the old section, all others the new. Sections "
    "of one title are counted together.",
    (
        Column(
            "section",
            "str",
            "title of the section: of the new edition, for removed chapters of the old",
            "All Children",
        ),
        Column("change", "str", "what changed", "added", CHANGES),
        Column("chapters", "int64", "chapters so changed", "3"),
        Column("of", "int64", "chapters of the section in that edition", "24"),
    ),
    "Chapters of the section in the new edition; for removed chapters, in the old.",
    "Seen on the contents page only. One chapter can be counted under several kinds, once under each.",
)
CLAIMS = Measure(
    "claimed and observed",
    "The chapters of the newer edition by what its flags claim and by what comparing the editions shows.",
    (
        Column("claimed", "str", "the flag printed beside the chapter, or 'no flag'", "New", (*STATUSES, "no flag")),
        Column("observed", "str", "what comparing shows", "added", OBSERVED),
        Column("chapters", "int64", "chapters of which both hold", "4"),
        Column("share", "float64", "out of the chapters so flagged", "0.8", optional=True),
    ),
    "Chapters of the newer edition with that flag.",
    NO_FLAG + " An update of a chapter's text cannot be seen on a contents page.",
)


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of each council's newest edition; an undated one is taken for the oldest.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"council": ["A", "A", "B"], "edition": ["2017-07", "2018-01", None]})
    >>> newest(rows)["edition"].fillna("undated").tolist()
    ['2018-01', 'undated']
    """
    need(table, "table", "council", "edition")
    editions = table["edition"].astype("str").fillna("")
    return table[editions == editions.groupby(names(table["council"])).transform("max")]


def changes(old: pd.DataFrame, new: pd.DataFrame, matches: pd.DataFrame | None = None) -> pd.DataFrame:
    """What changed from one edition of a manual to the next.

    Parameters
    ----------
    old, new
        The ``entries`` of two editions.
    matches
        Their aligned chapters, as ``procman.align(old, new)`` gives them; by default that is called. Where the
        alignment offers several partners, the likeliest pair counts and the others were added or removed.

    Returns
    -------
    DataFrame
        The columns of `CHANGED`, in the order of the new page, removed ones last of their kind. Two equal editions
        give an empty table.

    Examples
    --------
    >>> import io
    >>> import pandas as pd
    >>> from procman import read_manual
    >>> read = lambda text: read_manual(io.StringIO(text), "Northwick").entries
    >>> old = read("1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n")
    >>> new = read("1. All Children\\n\\n1.1 Records New\\n1.2 Consent\\n1.3 Complaints Policy\\n")
    >>> matches = pd.DataFrame({"left_position": [2, 3], "right_position": [3, 4], "score": [1.0, 0.9]})
    >>> changes(old, new, matches)[["change", "old_title", "new_title"]].fillna("-").values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['added', '-', 'Records'], ['renamed', 'Complaints', 'Complaints Policy'],
     ['renumbered', 'Consent', 'Consent'], ['renumbered', 'Complaints', 'Complaints Policy']]
    """
    for name, entries in (("old", old), ("new", new)):
        need(entries, name, "kind", *CELLS, "parent")
    if matches is None:
        matches = _aligned(old, new)
    need(matches, "matches", "left_position", "right_position", "score")
    before, after = _rows(old), _rows(new)
    pairs = _pairs(before, after, matches)
    headings = _heading_pairs(before, after, pairs)
    found: list[tuple[str, Row | None, Row | None, float | None]] = []
    for partners, kinds in ((pairs, LEVELS[:1]), (headings, LEVELS[1:])):
        kept = {position for position, _ in partners.values()}
        for position, now in after.items():
            if now["kind"] in kinds and position in partners:
                was_at, score = partners[position]
                found += [
                    (change, before[was_at], now, score) for change in _differences(before[was_at], now, headings)
                ]
            elif now["kind"] in kinds:
                found.append(("added", None, now, None))
        gone = [row for position, row in before.items() if row["kind"] in kinds and position not in kept]
        found += [("removed", was, None, None) for was in gone]
    rows = []
    for change, left, right, sure in found:
        cells = [side[name] if side else None for side in (left, right) for name in CELLS]
        rows.append((change, (right or left or {})["kind"], *cells, sure))
    return CHANGED.frame(sorted(rows, key=lambda row: (LEVELS.index(row[1]), CHANGES.index(row[0]))))


def tally(old: pd.DataFrame, new: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Count the changed chapters of two editions by section and kind (columns of `TALLY`)."""
    import numpy as np

    for name, entries in (("old", old), ("new", new)):
        need(entries, name, "kind", "section")
    chapters = changed[changed["kind"] == "chapter"]
    sections = {side: _sections(entries) for side, entries in (("old", old), ("new", new))}
    sizes = {side: Counter(section.values()) for side, section in sections.items()}
    section = [
        sections["old"][was] if change == "removed" else sections["new"][now]
        for change, was, now in cells(chapters, "change", "old_position", "new_position")
    ]
    counts = chapters.groupby([np.array(section, dtype=object), "change"], sort=False).size()
    order = list(dict.fromkeys([*sizes["new"], *sizes["old"], *section]))
    rows = [
        (name, change, count, sizes["old" if change == "removed" else "new"][name])
        for (name, change), count in counts.items()
    ]
    return TALLY.frame(sorted(rows, key=lambda row: (order.index(row[0]), CHANGES.index(row[1]))))


def claims(new: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Set the flags of the newer edition against what `changes` shows (columns of `CLAIMS`).

    Every chapter of the newer edition is counted once.
    """
    need(new, "new", "kind", "position", "status")
    of_chapters = changed[changed["kind"] == "chapter"]
    added = set(of_chapters.loc[of_chapters["change"] == "added", "new_position"])
    other = set(of_chapters.loc[of_chapters["change"].isin(["renamed", "moved"]), "new_position"])
    counts: Counter[tuple[str, str]] = Counter()
    chapters = new[new["kind"] == "chapter"]
    for position, status in zip(chapters["position"], chapters["status"], strict=True):
        observed = OBSERVED[0] if position in added else OBSERVED[1] if position in other else OBSERVED[2]
        counts[text(status) or "no flag", observed] += 1
    rows = []
    for claimed in (*STATUSES, "no flag"):
        whole = sum(counts[claimed, observed] for observed in OBSERVED)
        rows += [
            (claimed, observed, counts[claimed, observed], share(counts[claimed, observed], whole))
            for observed in OBSERVED
        ]
    return CLAIMS.frame(rows)


def _aligned(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    from procman.matching.alignment import align

    return align(old, new)


def _rows(entries: pd.DataFrame) -> Rows:
    """Chapters and headings by position, missing cells as None, each with the positions of its headings as ``home``."""
    import pandas as pd

    cells = entries[["kind", *CELLS, "parent"]].astype(object)
    everything = {row["position"]: row for row in cells.where(pd.notna(cells), None).to_dict("records")}
    for row in everything.values():
        row["home"] = {}
        above = everything.get(row["parent"])
        while above:
            row["home"].setdefault(above["kind"], above["position"])
            above = everything.get(above["parent"])
    return {position: row for position, row in everything.items() if row["kind"] in LEVELS}


def _pairs(before: Rows, after: Rows, matches: pd.DataFrame) -> Pairs:
    """One old chapter for a new one, the likeliest pairs first."""

    def likelihood(match: tuple[int, int, float]) -> tuple[Any, ...]:
        left, right, score = match
        was, now = before[left], after[right]
        same = [fold(was[name]) == fold(now[name]) for name in ("title", "section", "subsection", "number")]
        return (not same[0], -score, *(not alike for alike in same[1:]), abs(left - right), right)

    columns = (matches["left_position"], matches["right_position"], matches["score"])
    offered = {(int(left), int(right)): float(score) for left, right, score in zip(*columns, strict=True)}
    for pair in _same_words(before, after):
        offered.setdefault(pair, 1.0)
    pairs: Pairs = {}
    taken: set[int] = set()
    for left, right, score in sorted(((*pair, score) for pair, score in offered.items()), key=likelihood):
        if left not in taken and right not in pairs:
            pairs[right] = (left, score)
            taken.add(left)
    return pairs


def _same_words(before: Rows, after: Rows) -> list[tuple[int, int]]:
    """Chapters of the same words, or without a title of the same number: the same whatever the alignment says."""

    def words(row: Row) -> str:
        return fold(row["title"]) if row["title"] else f"# {row['number']}"

    places: dict[str, list[int]] = {}
    for position, row in before.items():
        if row["kind"] == "chapter":
            places.setdefault(words(row), []).append(position)
    chapters = [(position, row) for position, row in after.items() if row["kind"] == "chapter"]
    return [(left, position) for position, row in chapters for left in places.get(words(row), ())]


def _heading_pairs(before: Rows, after: Rows, pairs: Pairs) -> Pairs:
    """Headings of both editions that are the same: of the same words, or with most of their chapters in common."""
    found: Pairs = {}
    met: set[int] = set()

    def pair(left: int, right: int, score: float) -> None:
        if left not in met and right not in found:
            found[right] = (left, score)
            met.add(left)

    for kind in LEVELS[1:]:
        lefts = [row for row in before.values() if row["kind"] == kind]
        rights = [row for row in after.values() if row["kind"] == kind]
        for alike in (_place, lambda row: fold(row["title"])):  # in the same section first, then wherever it went
            for now in rights:
                same = (was for was in lefts if was["position"] not in met and alike(was) == alike(now))
                if was := next(same, None):
                    pair(was["position"], now["position"], 1.0)
        common = Counter(
            (before[old]["home"].get(kind), after[new]["home"].get(kind)) for new, (old, _) in pairs.items()
        )
        sizes = [
            Counter(row["home"].get(kind) for row in rows.values() if row["kind"] == "chapter")
            for rows in (before, after)
        ]
        for (left, right), count in common.most_common():
            most = max(sizes[0][left], sizes[1][right])
            if left and right and count * 2 > most:
                pair(left, right, count / most)
    return found


def _place(row: Row) -> tuple[str, str]:
    return (fold(row["title"]), fold(row["section"]) if row["kind"] == "subsection" else "")


def _differences(was: Row, now: Row, headings: Pairs) -> list[str]:
    """The kinds of change between two rows that are the same chapter or heading."""
    homes = {level: headings.get(place, (None,))[0] for level, place in now["home"].items() if level in LEVELS[1:]}
    moved = homes != {level: place for level, place in was["home"].items() if level in LEVELS[1:]}
    differences = {
        "renamed": fold(was["title"]) != fold(now["title"]),
        "moved": moved,
        "renumbered": was["number"] != now["number"],
        "re-flagged": was["status"] != now["status"],
    }
    return [change for change, differs in differences.items() if differs]


def _sections(entries: pd.DataFrame) -> dict[int, str]:
    """The title of each chapter's section, by the chapter's position."""
    rows = zip(cells(entries, "kind", "position"), sections_of(entries), strict=True)
    return {position: section for (kind, position), (_, section) in rows if kind == "chapter"}
