"""Structure: how a manual is divided, how deep and how evenly, the notices on its page, and where each topic is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING, Any

from procman.measures.counting import MANUAL, each_topic, headings_above, numbered, placed
from procman.tables import FIELDS, KINDS, NOTICE_TABLE, OUTSIDE, UNTITLED, Measure, columns
from procman.words import plain

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

_PAGE = "As the contents page shows it; a chapter can have parts of its own that the page does not list."

SIZES = Measure(
    "sizes",
    "One row per section and subsection of each manual, in page order: its chapters at any level.",
    columns(
        *("council?", "edition?"),
        replace(FIELDS["level"], meaning="section or subsection", example="section", allowed=("section", "subsection")),
        *("position?", "number?", "title", "chapters", "see_also", "share?"),
        position="its position; missing for chapters outside any section",
        title=f"its title; {UNTITLED!r} without one, {OUTSIDE!r} for chapters in no section",
        chapters="chapters in it, at any level",
        share="share of the manual's chapters",
    ),
    "Chapters of the manual. Sections add up to them; subsections need not: chapters can stand in a section directly.",
    _PAGE,
)
DEPTHS = Measure(
    "depths",
    "One row per manual and level, with its number of chapters. Level 1 is the top of the page, 2 is under a section, 3 is under a "
    "subsection.",
    columns(
        *("council?", "edition?", "depth", "chapters", "share"),
        chapters="chapters at this level",
        share="share of the manual's chapters",
    ),
    "Chapters of the manual.",
    "Depth follows headings, not numbers: a chapter with a number of three parts need not be at level 3.",
)
OUTLINE = Measure(
    "structure",
    "One row per manual: its levels, sizes and evenness.",
    columns(
        *("council?", "edition?", "sections", "subsections", "chapters", "see_also", "see_also_per_chapter?", "levels"),
        *("mean_depth?", "unnumbered", "unnumbered_share?", "outside", "section_median?", "section_smallest?"),
        *("section_largest?", "subsection_median?", "subsection_smallest?", "subsection_largest?", "evenness?"),
        *("concentration?", "distinct_titles"),
    ),
    "Chapters of the manual. Medians include empty sections and subsections.",
    _PAGE + " A large section is not a fault, and an even manual is not better.",
)
NOTICES = Measure(
    "notices by manual",
    "One row per notice: something odd in the numbering, titles, links or lines of a contents page.",
    (*columns("council?", "edition?"), *NOTICE_TABLE.columns),
    "All lines of the page.",
    "A skipped or repeated number can be intended: many publishers never reuse the number of a withdrawn chapter.",
)
PLACES = Measure(
    "places",
    "One row per topic and council that has it: its place in that manual, and how many other councils list it in a different section.",
    columns(
        *("topic", "topic_title?", "council", "number?", "title?", "section", "subsection?", "depth"),
        *("others", "elsewhere", "other_depth"),
        number="number of its first chapter on the topic",
        title="title of that chapter",
        section=f"title of its section; {UNTITLED!r} without one, {OUTSIDE!r} if in none",
    ),
    "Other councils that have the topic.",
    "Sections are compared by the topics they share, not by name. Two sections correspond if either has most of the topics that the "
    "other shares. Only a council's first chapter on a topic counts.",
)


def evenness(chapters: Sequence[int]) -> float:
    """Measure how evenly chapters are spread over sections: Pielou's J, from 0 to 1.

    J is Shannon's entropy of the shares, divided by the largest value possible with this number of sections. Empty sections do not
    count. Missing with fewer than two sections that have chapters.

    Source: E. C. Pielou (1966), The measurement of diversity in different types of biological collections,
    Journal of Theoretical Biology 13, 131–144.

    >>> [round(evenness(sizes), 2) for sizes in ([10, 10, 10], [28, 1, 1], [30])]
    [1.0, 0.27, nan]
    """
    counts = [count for count in chapters if count > 0]
    if len(counts) < 2:
        return float("nan")
    shares = [count / sum(counts) for count in counts]
    return min(1.0, -sum(part * log(part) for part in shares) / log(len(counts)))


def concentration(chapters: Sequence[int]) -> float:
    """Measure how far a few sections have most chapters: Gini's coefficient, from 0 (all the same size) to near 1 (one has all).

    It is half the mean difference between two sections, divided by their mean size. As for `evenness`, empty sections do not count, and
    it is missing with fewer than two sections that have chapters. With n sections it is at most 1 − 1/n, so manuals with few sections
    look less concentrated.

    Source: C. Gini (1912), Variabilità e mutabilità.

    >>> [round(concentration(sizes), 2) for sizes in ([10, 10, 10], [28, 1, 1], [30])]
    [0.0, 0.6, nan]
    """
    counts = sorted(count for count in chapters if count > 0)
    if len(counts) < 2:
        return float("nan")
    ranked = sum(rank * count for rank, count in enumerate(counts, 1))
    return 2 * ranked / (len(counts) * sum(counts)) - (len(counts) + 1) / len(counts)


def sizes(entries: pd.DataFrame) -> pd.DataFrame:
    """Count the chapters in each section and subsection (columns of `SIZES`).

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n\\n2. Adoption\\n\\n2.1 Panel\\n"
    >>> manual = read_manual(io.StringIO(page), "Northwick")
    >>> sizes(manual.entries)[["title", "chapters"]].values.tolist()
    [['All Children', 2], ['Adoption', 1]]
    """
    return SIZES.frame(_sizes(numbered(entries)))


def _sizes(rows: pd.DataFrame) -> pd.DataFrame:
    """`sizes` of numbered rows. Chapters outside any section come last in each manual."""
    import numpy as np
    import pandas as pd

    rows = rows.reset_index(drop=True)
    kind = rows["kind"]
    counted = {"chapters": (kind == "chapter").to_numpy(), "see_also": (kind == "see_also").to_numpy()}
    held = pd.DataFrame(0, index=rows.index, columns=list(counted))
    outside = np.ones(len(rows), dtype=bool)
    for above in headings_above(rows):
        for name, counts in counted.items():
            held[name] += np.bincount(above[counts & (above >= 0)], minlength=len(rows))
        outside &= (above < 0) | (kind.to_numpy()[above] != "section")
    headings = rows.assign(level=kind, title=rows["title"].fillna(UNTITLED), **held)
    in_none = rows[[*MANUAL, "manual"]].assign(level="section", title=OUTSIDE, **counted)[outside]
    in_none = in_none.groupby([*in_none.columns[:5]], dropna=False, sort=False).sum().reset_index()
    in_none = in_none[in_none[list(counted)].any(axis=1)].assign(position=pd.NA, number=None)
    table = pd.concat([headings[kind.isin(["section", "subsection"])], in_none]).sort_values("manual", kind="stable")
    whole = rows["manual"][kind == "chapter"].value_counts().reindex(rows["manual"].unique(), fill_value=0)
    return table.assign(share=table["chapters"] / table["manual"].map(whole))


def depths(entries: pd.DataFrame) -> pd.DataFrame:
    """Count the chapters of each manual by level (columns of `DEPTHS`). A manual's rows add up to its chapters.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n\\n2. Adoption\\n\\n2.1 Panel\\n"
    >>> depths(read_manual(io.StringIO(page), "Northwick").entries)[["depth", "chapters"]].values.tolist()
    [[2, 3]]
    """
    rows = numbered(entries)
    chapters = rows[rows["kind"] == "chapter"].groupby(["manual", "depth"])
    table = chapters.agg(council=("council", "first"), edition=("edition", "first"), chapters=("kind", "size"))
    table["share"] = table["chapters"] / table.groupby("manual")["chapters"].transform("sum")
    return DEPTHS.frame(table.reset_index())


def outline(entries: pd.DataFrame) -> pd.DataFrame:
    """Summarise the structure of each manual (columns of `OUTLINE`).

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n\\n2. Adoption\\n\\n2.1 Panel\\n"
    >>> outline(read_manual(io.StringIO(page), "Northwick").entries)[["sections", "chapters", "levels"]].values.tolist()
    [[2, 3, 2]]
    """
    import pandas as pd

    rows = numbered(entries)
    kinds = pd.crosstab(rows["manual"], rows["kind"]).reindex(columns=KINDS, fill_value=0)
    kinds.columns = ["sections", "subsections", "chapters", "see_also"]
    chapters = rows[rows["kind"] == "chapter"]
    chapters = (
        # The same words count once. Each chapter without a title counts separately.
        chapters.assign(
            unnumbered=chapters["number"].isna(),
            words=chapters["title"].map(plain).where(chapters["title"].notna(), chapters.index.to_series().map(str)),
        )
        .groupby("manual")
        .agg(
            levels=("depth", "max"),
            mean_depth=("depth", "mean"),
            unnumbered=("unnumbered", "sum"),
            distinct_titles=("words", "nunique"),
        )
    )
    parts = _sizes(rows)
    headings = parts[parts["position"].notna()]
    sizes = headings.groupby(["manual", "level"])["chapters"].agg(median="median", smallest="min", largest="max")
    sizes = sizes.unstack().reindex(columns=pd.MultiIndex.from_product([sizes.columns, ["section", "subsection"]]))
    sizes.columns = [f"{level}_{number}" for number, level in sizes.columns]
    outside = parts[parts["position"].isna()].set_index("manual")["chapters"].rename("outside")
    spread = headings[headings["level"] == "section"].groupby("manual")["chapters"]
    table = rows.drop_duplicates("manual").set_index("manual")[MANUAL]
    table = table.join([kinds, chapters, sizes, outside, spread.agg(evenness=evenness, concentration=concentration)])
    table = table.fillna({"levels": 0, "unnumbered": 0, "outside": 0, "distinct_titles": 0})
    table["see_also_per_chapter"] = table["see_also"] / table["chapters"].where(table["chapters"] > 0)
    table["unnumbered_share"] = table["unnumbered"] / table["chapters"]
    return OUTLINE.frame(table)


def notices(manuals: Iterable[Manual]) -> pd.DataFrame:
    """Collect the notices of any number of manuals (columns of `NOTICES`). You can give a `Library`.

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent\\n1.1 Complaints\\n"), "Northwick")
    >>> notices([manual])[["line", "notice"]].values.tolist()
    [[4, 'duplicate number']]
    """
    import pandas as pd

    tables = [manual.notices.assign(council=manual.council, edition=manual.edition) for manual in manuals]
    return NOTICES.frame(pd.concat(tables) if tables else [])


FAULTS, faults = NOTICES, notices  # the names in reports and panels


def places(chapters: pd.DataFrame) -> pd.DataFrame:
    """Find each topic's place in each manual, and how many other councils list it in a different section (columns of `PLACES`).

    Parameters
    ----------
    chapters
        Chapters with topics from ``procman.topics``, one edition per council.

    Examples
    --------
    >>> import pandas as pd
    >>> care, family = ["Looked After Children"] * 3 + ["Adoption"] * 2, ["Children in Care"] * 2 + ["Family"] * 3
    >>> chapters = pd.DataFrame({
    ...     "council": ["A"] * 5 + ["B"] * 5, "topic": list("pqrst") * 2, "topic_title": list("pqrst") * 2,
    ...     "number": None, "title": list("pqrst") * 2, "section": care + family, "subsection": None, "depth": 2})
    >>> table = places(chapters)
    >>> table.loc[table["elsewhere"] > 0, ["topic_title", "council", "section"]].values.tolist()
    [['r', 'A', 'Looked After Children'], ['r', 'B', 'Family']]
    """
    import numpy as np
    import pandas as pd

    first = each_topic(placed(chapters)).drop_duplicates(["topic", "council"])
    first = first.assign(order=pd.factorize(first["topic"])[0])
    first = first.sort_values("order", kind="stable").reset_index(drop=True)
    home = first.groupby(["council", "section"], sort=False).ngroup().to_numpy()
    # Use numbers instead of names: with 152 councils there are millions of pairs.
    own = pd.DataFrame({"order": first["order"], "row": first.index, "home": home, "depth": first["depth"]})
    pairs = own.merge(own, on="order", suffixes=("", "_other"))
    pairs = pairs[pairs["row"] != pairs["row_other"]]
    homes = first.drop_duplicates(["council", "section"])
    counted = {
        "others": pairs["row"],
        "elsewhere": pairs["row"][~_correspond(homes, pairs["home"], pairs["home_other"])],
        "other_depth": pairs["row"][pairs["depth"] != pairs["depth_other"]],
    }
    return PLACES.frame(
        first.assign(**{name: np.bincount(rows, minlength=len(first)) for name, rows in counted.items()})
    )


def _correspond(homes: pd.DataFrame, one: pd.Series, other: pd.Series) -> Any:
    """Whether two councils' sections with the same topic correspond, by the rule of `procman.measures.pairs.counterparts`.

    ``homes`` are the sections of all councils. ``one`` and ``other`` are their numbers, for each topic and ordered pair of councils that
    have it, in the order of the topics. This does all councils at once, because one pair at a time would take seconds.
    """
    import numpy as np
    import pandas as pd

    council, words = (pd.factorize(names)[0] for names in (homes["council"], homes["section"].map(plain)))
    pair, found = pd.factorize(one.to_numpy() * len(homes) + other.to_numpy())
    left, right = np.divmod(found, max(1, len(homes)))
    # In a tie, the section of the first topic wins: `found` is in that order, and sorting keeps it.
    ranked = pd.DataFrame(
        {"left": left, "of": council[right], "shared": np.bincount(pair), "same": words[left] == words[right]}
    )
    ranked = ranked.sort_values(["shared", "same"], ascending=False, kind="stable")
    best = found[ranked.drop_duplicates(["left", "of"]).index]
    correspond = np.isin(found, best) | np.isin(right * len(homes) + left, best)
    return correspond[pair]
