"""Structure: how a manual is divided, how deep and how evenly, where its numbering fails, where a topic sits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from statistics import median
from typing import TYPE_CHECKING, Any

from procman.measures.counting import cells, each_topic, fold, manuals_of, sections_of, share, text, texts
from procman.measures.declare import COUNCIL, EDITION, OUTSIDE, TOPIC, TOPIC_TITLE, UNTITLED, Measure
from procman.tables import NOTICE_TABLE, Column

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

Place = tuple[int, int]  # a manual's number, and a position in it

_PAGE = "As the contents page shows it; a chapter can have parts of its own that the page does not list."

SIZES = Measure(
    "sizes",
    "One row per section and subsection of each manual, in page order: the chapters it holds at any depth.",
    (
        COUNCIL,
        EDITION,
        Column("level", "str", "section or subsection", "section", ("section", "subsection")),
        Column("position", "Int64", "its position; missing for what stands outside any section", "2", optional=True),
        Column("number", "str", "its number as printed", "4", optional=True),
        Column(
            "title",
            "str",
            f"its title; {UNTITLED!r} without one, {OUTSIDE!r} for what is in none",
            "Looked After Children",
        ),
        Column("chapters", "int64", "chapters in it, at any depth", "44"),
        Column("see_also", "int64", "cross references in it", "8"),
        Column("share", "float64", "its chapters out of the manual's", "0.34", optional=True),
    ),
    "Chapters of the manual. Sections add up to them; subsections need not: chapters can stand in a section directly.",
    _PAGE,
)
DEPTHS = Measure(
    "depths",
    "One row per manual and depth: how many chapters stand so many levels from the top.",
    (
        COUNCIL,
        EDITION,
        Column("depth", "int64", "levels from the top: 2 for a chapter directly in a section", "3"),
        Column("chapters", "int64", "chapters at that depth", "120"),
        Column("share", "float64", "out of the manual's chapters", "0.93"),
    ),
    "Chapters of the manual.",
    "Depth follows headings, not numbers: a number of three parts need not stand three levels down.",
)
OUTLINE = Measure(
    "structure",
    "One row per manual: its levels, sizes and evenness.",
    (
        COUNCIL,
        EDITION,
        Column("sections", "int64", "sections", "6"),
        Column("subsections", "int64", "subsections", "25"),
        Column("chapters", "int64", "chapters", "129"),
        Column("see_also", "int64", "cross references", "12"),
        Column("see_also_per_chapter", "float64", "cross references for each chapter", "0.09", optional=True),
        Column("levels", "int64", "deepest level at which a chapter stands", "3"),
        Column("mean_depth", "float64", "mean level of the chapters", "2.9", optional=True),
        Column("unnumbered", "int64", "chapters printed without a number", "5"),
        Column("unnumbered_share", "float64", "out of the chapters", "0.04", optional=True),
        Column("outside", "int64", "chapters outside any section", "0"),
        Column("section_median", "float64", "median number of chapters in a section", "14.5", optional=True),
        Column("section_smallest", "Int64", "chapters of the smallest section", "4", optional=True),
        Column("section_largest", "Int64", "chapters of the largest section", "44", optional=True),
        Column("subsection_median", "float64", "median number of chapters in a subsection", "4", optional=True),
        Column("subsection_smallest", "Int64", "chapters of the smallest subsection", "1", optional=True),
        Column("subsection_largest", "Int64", "chapters of the largest subsection", "16", optional=True),
        Column(
            "evenness",
            "float64",
            "Pielou's J of chapters over sections: 1 when all are of one size",
            "0.86",
            optional=True,
        ),
    ),
    "Chapters of the manual; medians over its sections and subsections, empty ones too.",
    _PAGE + " A large section is not a fault, nor an even manual a merit.",
)
FAULTS = Measure(
    "faults",
    "One row for each thing that a reader of a contents page should know: numbering, titles, links, unread lines.",
    (COUNCIL, EDITION, *NOTICE_TABLE.columns),
    "All lines of the page.",
    "A gap or a repeated number can be meant: many publishers never reuse the number of a withdrawn chapter.",
)
PLACES = Measure(
    "places",
    "One row per topic and council that has it: where it stands there, and how many others keep it elsewhere.",
    (
        TOPIC,
        TOPIC_TITLE,
        Column("council", "str", "council whose manual it is", "Oxfordshire"),
        Column("number", "str", "number of its first chapter on the topic", "3.5.2", optional=True),
        Column("title", "str", "title of that chapter", "Private Fostering", optional=True),
        Column(
            "section",
            "str",
            f"title of its section; {UNTITLED!r} without one, {OUTSIDE!r} where in none",
            "Children in Particular Circumstances",
        ),
        Column("subsection", "str", "subsection it stands in", "Family and Friends Care", optional=True),
        Column("depth", "int64", "levels from the top", "3"),
        Column("others", "int64", "other councils that have the topic", "1"),
        Column("elsewhere", "int64", "of these, how many keep it in a section that is no counterpart of this one", "1"),
        Column("other_depth", "int64", "of these, how many keep it at another depth", "1"),
    ),
    "Other councils that have the topic.",
    "Sections are compared by the topics they share, not by name: two are counterparts when either holds most of what "
    "the other shares with that council. A council's first chapter on a topic stands for all.",
)


def evenness(chapters: Sequence[int]) -> float:
    """How evenly chapters are spread over sections: Pielou's J, between 0 and 1.

    Shannon's entropy of the shares, out of the greatest it could be with so many sections. Missing with fewer than
    two sections that hold chapters; empty sections do not count.

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


def sizes(entries: pd.DataFrame) -> pd.DataFrame:
    """Count what each section and subsection holds (columns of `SIZES`).

    Examples
    --------
    >>> import io
    >>> from procman import read_manual
    >>> page = "1. All Children\\n\\n1.1 Consent\\n1.2 Complaints\\n\\n2. Adoption\\n\\n2.1 Panel\\n"
    >>> manual = read_manual(io.StringIO(page), "Northwick")
    >>> sizes(manual.entries)[["title", "chapters"]].values.tolist()
    [['All Children', 2], ['Adoption', 1]]
    """
    number, manuals = manuals_of(entries)
    return SIZES.frame((*manuals[manual], *row) for manual, *row in _held(entries.assign(manual=number)))


def depths(entries: pd.DataFrame) -> pd.DataFrame:
    """Count the chapters of each manual by depth (columns of `DEPTHS`); a manual's rows add up to its chapters."""
    number, manuals = manuals_of(entries)
    chapters = entries.assign(manual=number)[entries["kind"] == "chapter"]
    counts = chapters.groupby(["manual", "depth"]).size()
    parts = counts / counts.groupby(level="manual").transform("sum")
    return DEPTHS.frame(
        (*manuals[manual], depth, count, part)
        for (manual, depth), count, part in zip(counts.index, counts.tolist(), parts.tolist(), strict=True)
    )


def outline(entries: pd.DataFrame) -> pd.DataFrame:
    """Sum up how each manual is built (columns of `OUTLINE`)."""
    import pandas as pd

    number, manuals = manuals_of(entries)
    headed: dict[tuple[int, str], list[int]] = defaultdict(list)
    outside: Counter[int] = Counter()
    for manual, level, position, *_, chapters, _, _ in _held(entries.assign(manual=number)):
        if position is None:
            outside[manual] += chapters
        else:
            headed[manual, level].append(chapters)
    chapter = entries["kind"] == "chapter"
    depth = entries["depth"].where(chapter, 0)
    counts = (
        pd.DataFrame(
            {
                **{kind: entries["kind"] == kind for kind in ("section", "subsection", "chapter", "see_also")},
                "unnumbered": chapter & entries["number"].isna(),
                "depth": depth,
            }
        )
        .groupby(number)
        .sum()
    )
    deepest = depth.groupby(number).max()
    rows = []
    for manual, (sections, subsections, chapters, see_also, unnumbered, depths) in enumerate(
        counts.to_numpy().tolist()
    ):
        spread = (headed[manual, level] for level in ("section", "subsection"))
        rows.append((
            *manuals[manual], sections, subsections, chapters, see_also, share(see_also, chapters),
            deepest[manual], share(depths, chapters), unnumbered, share(unnumbered, chapters), outside[manual],
            *(cell for sizes in spread for cell in _spread(sizes)), evenness(headed[manual, "section"]),
        ))  # fmt: skip
    return OUTLINE.frame(rows)


def faults(manuals: Iterable[Manual]) -> pd.DataFrame:
    """Gather the notices of any number of manuals (columns of `FAULTS`); a `Library` can be given as it is."""
    rows = []
    for manual in manuals:
        rows += [(manual.council, manual.edition, *notice) for notice in manual.notices.itertuples(index=False)]
    return FAULTS.frame(rows)


def places(topics: pd.DataFrame) -> pd.DataFrame:
    """Say where each topic stands in each manual, and how many others keep it elsewhere (columns of `PLACES`).

    Parameters
    ----------
    topics
        Chapters with topics, as ``procman.topics`` gives them, one edition for each council.

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

    chapters = topics.assign(section=[section for _, section in sections_of(topics)])
    first = each_topic(chapters).drop_duplicates(["topic", "council"])
    first = first.assign(order=pd.factorize(first["topic"])[0])
    first = first.sort_values("order", kind="stable").reset_index(drop=True)
    home = first.groupby(["council", "section"], sort=False).ngroup().to_numpy()
    own = pd.DataFrame({"order": first["order"], "row": first.index, "home": home, "depth": first["depth"]})
    pairs = own.merge(own, on="order", suffixes=("", "_other"))
    pairs = pairs[pairs["row"] != pairs["row_other"]]
    homes = first.drop_duplicates(["council", "section"])
    elsewhere = pairs["row"][~_answering(homes, pairs["home"], pairs["home_other"])]
    other_depth = pairs["row"][pairs["depth"] != pairs["depth_other"]]
    printed = {
        name: texts(first[name]) for name in ("topic_title", "council", "number", "title", "section", "subsection")
    }
    counts = {"others": pairs["row"], "elsewhere": elsewhere, "other_depth": other_depth}
    return PLACES.frame(
        {
            "topic": first["topic"].tolist(),
            **printed,
            "depth": first["depth"].tolist(),
            **{name: np.bincount(rows, minlength=len(first)) for name, rows in counts.items()},
        }
    )


def _answering(homes: pd.DataFrame, one: pd.Series, other: pd.Series) -> Any:
    """Whether the sections that keep one topic are counterparts, as `procman.measures.pairs.counterparts` has it.

    ``homes`` are the sections of all councils; ``one`` and ``other`` their numbers, for each topic and ordered pair of
    councils that have it, in the order of the topics. For all councils at once: two at a time would take seconds.
    """
    import numpy as np
    import pandas as pd

    council, words = (pd.factorize(names)[0] for names in (homes["council"], homes["section"].map(fold)))
    pair, found = pd.factorize(one.to_numpy() * len(homes) + other.to_numpy())
    left, right = np.divmod(found, max(1, len(homes)))
    # The first of equals is that of the first topic: `found` is in that order, and sorting keeps it.
    ranked = pd.DataFrame(
        {"left": left, "of": council[right], "shared": np.bincount(pair), "same": words[left] == words[right]}
    )
    ranked = ranked.sort_values(["shared", "same"], ascending=False, kind="stable")
    best = found[ranked.drop_duplicates(["left", "of"]).index]
    answers = np.isin(found, best) | np.isin(right * len(homes) + left, best)
    return answers[pair]


def _held(entries: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Each heading with what it holds, by the number of its manual and in page order: the columns of `SIZES`.

    Last of a manual comes what stands outside any section, if anything does.
    """
    headings: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    kinds: dict[Place, str] = {}
    parents: dict[Place, Place] = {}
    columns = ("manual", "position", "parent", "kind", "number", "title")
    for manual, position, parent, kind, number, title in cells(entries.fillna({"parent": 0}), *columns):
        kinds[manual, position] = kind
        if parent:
            parents[manual, position] = manual, parent
        own = headings[manual]  # a manual without any has its chapters outside
        if kind in ("section", "subsection"):
            own.append((kind, position, text(number), text(title) or UNTITLED))
    held: Counter[tuple[int, int | None, str]] = Counter()
    whole: Counter[int] = Counter()
    for place, kind in kinds.items():
        manual = place[0]
        whole[manual] += kind == "chapter"
        above = list(_above(place, parents))
        for heading in above:
            held[*heading, kind] += kinds.get(heading) in ("section", "subsection")
        held[manual, None, kind] += not any(kinds.get(heading) == "section" for heading in above)
    for manual in sorted(headings):
        for level, position, number, title in [*headings[manual], ("section", None, None, OUTSIDE)]:
            chapters, see_also = held[manual, position, "chapter"], held[manual, position, "see_also"]
            if position is not None or chapters or see_also:
                yield manual, level, position, number, title, chapters, see_also, share(chapters, whole[manual])


def _above(place: Place, parents: dict[Place, Place]) -> Iterator[Place]:
    """The places above one, from its parent to the top."""
    while place in parents:
        place = parents[place]
        yield place


def _spread(counts: Sequence[int]) -> tuple[float | None, int | None, int | None]:
    return (float(median(counts)), min(counts), max(counts)) if counts else (None, None, None)
