"""Editions: what changed between two editions, and how that agrees with their flags.

Chapters are matched by alignment, not by number, because one chapter added at the top renumbers all below it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from procman.measures.counting import cells, headings_above, names, placed
from procman.tables import FIELDS, NO_FLAG, STATUSES, Measure, columns, need
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

CHANGES = ("added", "removed", "renamed", "moved", "renumbered", "flag changed")
OBSERVED = ("added", "renamed or moved", "same title and place")
HEADINGS = ("section", "subsection")
KINDS = ("chapter", *HEADINGS)
CELLS = ("position", "number", "title", "section", "subsection", "status")

_CHANGE = replace(FIELDS["change"], example="renamed", allowed=CHANGES)
CHANGED = Measure(
    "changes",
    "One row per chapter or heading and kind of change between two editions.",
    columns(
        _CHANGE,
        replace(FIELDS["kind"], meaning="whether a chapter or a heading changed", allowed=KINDS),
        *(f"{edition}_{name}?" for edition in ("old", "new") for name in CELLS),
        "score?",
        score="how sure it is that both are the same chapter, 0 to 1",
    ),
    "Chapters and headings of both editions: old = removed + kept, new = added + kept.",
    "Seen on the contents page only: a chapter's text can change under an unchanged title. A chapter is moved if it is in "
    "another section or subsection, but not if that heading was only renamed.",
)
TALLY = Measure(
    "changes by section",
    "One row per section and kind of change, for chapters only. Removed chapters count under the old section, all others under the "
    "new one. Sections with the same title count together.",
    columns(
        *("section", _CHANGE, "chapters", "of"),
        section="title of the section in the new edition, or for removed chapters, in the old one",
        chapters="chapters with this kind of change",
        of="chapters in the section in that edition",
    ),
    "Chapters of the section in the new edition, or for removed chapters, in the old one.",
    "Seen on the contents page only. One chapter can be counted under several kinds, once under each.",
)
CLAIMS = Measure(
    "claimed and observed",
    "The chapters of the newer edition, by flag and by what the comparison shows.",
    columns(
        *("claimed", "observed", "chapters", "share?"),
        chapters="chapters with this flag and this result",
        share="share of the chapters with this flag",
    ),
    "Chapters of the newer edition with that flag.",
    NO_FLAG + " A contents page does not show changes to a chapter's text.",
)


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of each council's newest edition. An undated edition counts as the oldest.

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
    """Find what changed from one edition of a manual to the next.

    Parameters
    ----------
    old, new
        The ``entries`` of two editions.
    matches
        The result of ``procman.align(old, new)``, which is the default. If a chapter has several matches, the most likely one counts,
        and the others count as added or removed.

    Returns
    -------
    DataFrame
        The columns of `CHANGED`, in the order of the new page. Removed chapters come last. Empty if the editions are equal.

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
    import pandas as pd

    for name, entries in (("old", old), ("new", new)):
        need(entries, name, "kind", *CELLS, "parent")
    if matches is None:
        from procman.matching.alignment import align

        matches = align(old, new)
    need(matches, "matches", "left_position", "right_position", "score")
    before, after = _rows(old).add_prefix("old_"), _rows(new).add_prefix("new_")
    chapters = _chapter_pairs(before, after, matches)
    headings = _heading_pairs(before, after, chapters)
    pairs = pd.concat([chapters, headings])
    kept = pairs.merge(before, on="old_position").merge(after, on="new_position")
    # The chapter's old place, if its headings were only renamed. A new heading has no old position.
    was_at = headings.set_index("new_position")["old_position"]
    homes = {
        kind: kept[f"new_in_{kind}"].map(was_at).fillna(-1).mask(kept[f"new_in_{kind}"] == 0, 0) for kind in HEADINGS
    }
    differences = {
        "renamed": kept["old_title"].map(plain) != kept["new_title"].map(plain),
        "moved": (homes["section"] != kept["old_in_section"]) | (homes["subsection"] != kept["old_in_subsection"]),
        "renumbered": kept["old_number"].fillna("") != kept["new_number"].fillna(""),
        "flag changed": kept["old_status"].fillna("") != kept["new_status"].fillna(""),
    }
    table = pd.concat([
        after[~after["new_position"].isin(pairs["new_position"])].assign(change="added"),
        before[~before["old_position"].isin(pairs["old_position"])].assign(change="removed"),
        *(kept[differs].assign(change=change) for change, differs in differences.items()),
    ])  # fmt: skip
    table["kind"] = pd.Categorical(table["new_kind"].fillna(table["old_kind"]), KINDS)
    table["change"] = pd.Categorical(table["change"], CHANGES)
    table["place"] = table["new_place"].fillna(table["old_place"])
    return CHANGED.frame(table.sort_values(["kind", "change", "place"]))


def tally(old: pd.DataFrame, new: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Count the changed chapters of two editions by section and kind of change (columns of `TALLY`).

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> read = lambda text: read_manual(io.StringIO(text), "Northwick").entries
    >>> old, new = read("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n"), read("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n1.3 Records\\n")
    >>> tally(old, new, changes(old, new))[["section", "change", "chapters", "of"]].values.tolist()
    [['All', 'added', 1, 3]]
    """
    import pandas as pd

    for name, entries in (("old", old), ("new", new)):
        need(entries, name, "kind", "section")
    before, after = (_sections(entries) for entries in (old, new))
    chapters = changed[changed["kind"] == "chapter"]
    removed = chapters["change"] == "removed"
    section = chapters["new_position"].map(after).mask(removed, chapters["old_position"].map(before))
    counts = (
        chapters.assign(section=section).groupby(["section", "change"], sort=False).size().reset_index(name="chapters")
    )
    sizes = counts["section"].map(after.value_counts())
    counts["of"] = sizes.mask(counts["change"] == "removed", counts["section"].map(before.value_counts()))
    counts["section"] = pd.Categorical(counts["section"], pd.concat([after, before]).unique())
    counts["change"] = pd.Categorical(counts["change"], CHANGES)
    return TALLY.frame(counts.sort_values(["section", "change"]))


def claims(new: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Compare the flags of the newer edition with what `changes` shows (columns of `CLAIMS`).

    Each chapter of the newer edition counts once.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> read = lambda text: read_manual(io.StringIO(text), "Northwick").entries
    >>> old, new = read("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n"), read("1. All\\n\\n1.1 Consent\\n1.2 Visits\\n1.3 Records New\\n")
    >>> table = claims(new, changes(old, new))
    >>> table.loc[table["chapters"] > 0, ["claimed", "observed", "chapters"]].values.tolist()
    [['New', 'added', 1], ['no flag', 'same title and place', 2]]
    """
    import numpy as np
    import pandas as pd

    need(new, "new", "kind", "position", "status")
    of_chapters = changed[changed["kind"] == "chapter"].set_index("change")["new_position"]
    chapters = new[new["kind"] == "chapter"]
    added = chapters["position"].isin(of_chapters[of_chapters.index == "added"])
    other = chapters["position"].isin(of_chapters[of_chapters.index.isin(["renamed", "moved"])])
    crossed = chapters.assign(
        claimed=chapters["status"].fillna("no flag"), observed=np.select([added, other], OBSERVED[:2], OBSERVED[2])
    )
    every = pd.MultiIndex.from_product([(*STATUSES, "no flag"), OBSERVED], names=["claimed", "observed"])
    counts = crossed.groupby(["claimed", "observed"]).size().reindex(every, fill_value=0)
    share = counts / counts.groupby(level="claimed").transform("sum")
    return CLAIMS.frame(pd.DataFrame({"chapters": counts, "share": share}).reset_index())


def _rows(entries: pd.DataFrame) -> pd.DataFrame:
    """Chapters and headings in page order, with the positions of their section and subsection, or 0."""
    import numpy as np

    kinds, positions = entries["kind"].to_numpy(), entries["position"].to_numpy()
    homes = {kind: np.zeros(len(entries), dtype="int64") for kind in HEADINGS}
    for above in headings_above(entries):
        for kind, home in homes.items():
            nearest = (above >= 0) & (kinds[above] == kind) & (home == 0)
            home[nearest] = positions[above[nearest]]
    rows = entries[["kind", *CELLS]].assign(
        place=np.arange(len(entries)), in_section=homes["section"], in_subsection=homes["subsection"]
    )
    return rows[rows["kind"].isin(KINDS)]


def _chapter_pairs(before: pd.DataFrame, after: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """One-to-one pairs of old and new chapters, the most likely first: positions and score."""
    import pandas as pd

    was, now = before[before["old_kind"] == "chapter"], after[after["new_kind"] == "chapter"]
    # Chapters with the same words are the same, whatever the alignment says. Without a title, the same number counts.
    columns = ["position", "title", "section", "subsection", "number"]
    was, now = was[[f"old_{name}" for name in columns]], now[[f"new_{name}" for name in columns]]
    same = pd.DataFrame(
        {"old_position": was["old_position"], "words": _words(was["old_title"], was["old_number"])}
    ).merge(
        pd.DataFrame({"new_position": now["new_position"], "words": _words(now["new_title"], now["new_number"])}),
        on="words",
    )
    offers = matches.rename(columns={"left_position": "old_position", "right_position": "new_position"})
    offers = pd.concat([offers.astype({"score": "float64"}), same.assign(score=1.0)])
    offers = offers[["old_position", "new_position", "score"]].astype(
        {"old_position": "int64", "new_position": "int64"}
    )
    offers = offers.drop_duplicates(["old_position", "new_position"])
    offers = offers.merge(was, on="old_position").merge(now, on="new_position")
    for name in ("title", "section", "subsection", "number"):
        offers[f"same_{name}"] = offers[f"old_{name}"].map(plain) == offers[f"new_{name}"].map(plain)
    offers["nearness"] = -(offers["old_position"] - offers["new_position"]).abs()
    offers["earliness"] = -offers["new_position"]
    by = ["same_title", "score", "same_section", "same_subsection", "same_number", "nearness", "earliness"]
    return _one_to_one(offers.sort_values(by, ascending=False, kind="stable"))


def _heading_pairs(before: pd.DataFrame, after: pd.DataFrame, chapters: pd.DataFrame) -> pd.DataFrame:
    """Pairs of headings that are the same: with the same words, first within the same section, or with most chapters in common."""
    import pandas as pd

    # There are few headings, so plain loops are ten times as fast as merges.
    offers: list[tuple[int, int, float]] = []
    for kind in HEADINGS:
        old, new = _headings(before, "old", kind), _headings(after, "new", kind)
        of_words = [(was, now) for now in new for was in old if was[1] == now[1]]
        if kind == "subsection":
            of_words.sort(key=lambda pair: pair[0][2] != pair[1][2])
        offers += [(was[0], now[0], 1.0) for was, now in of_words]
        held = {}
        for edition, rows in (("old", before), ("new", after)):
            chapter = rows[rows[f"{edition}_kind"] == "chapter"]
            held[edition] = dict(cells(chapter, f"{edition}_position", f"{edition}_in_{kind}"))
        sizes = {edition: Counter(homes.values()) for edition, homes in held.items()}
        homes = ((held["old"][was], held["new"][now]) for was, now in cells(chapters, "old_position", "new_position"))
        for (was, now), common in Counter(home for home in homes if all(home)).most_common():
            most = max(sizes["old"][was], sizes["new"][now])
            if common * 2 > most:
                offers.append((was, now, common / most))
    return _one_to_one(pd.DataFrame(offers, columns=["old_position", "new_position", "score"]))


def _headings(rows: pd.DataFrame, edition: str, kind: str) -> list[tuple[int, str, str]]:
    """The headings of one kind: position, words, and the words of their section."""
    some = rows[rows[f"{edition}_kind"] == kind]
    return [
        (position, plain(title), plain(section))
        for position, title, section in cells(some, *(f"{edition}_{name}" for name in ("position", "title", "section")))
    ]


def _one_to_one(offers: pd.DataFrame) -> pd.DataFrame:
    """The pairs, the most likely first, without those that share a side with an earlier pair."""
    old: set[int] = set()
    new: set[int] = set()
    kept = []
    for was, now in cells(offers, "old_position", "new_position"):
        kept.append(was not in old and now not in new)
        if kept[-1]:
            old.add(was)
            new.add(now)
    return offers.loc[kept, ["old_position", "new_position", "score"]]


def _words(titles: pd.Series, numbers: pd.Series) -> pd.Series:
    """The words of each title, or its number if there is no title."""
    return titles.map(plain).where(titles.notna(), "# " + numbers.fillna(""))


def _sections(entries: pd.DataFrame) -> pd.Series:
    """The title of each chapter's section, by the chapter's position."""
    rows = placed(entries)
    return rows[rows["kind"] == "chapter"].set_index("position")["section"]
