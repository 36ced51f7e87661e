"""Structure: how a manual is divided, how deep and how evenly, where its numbering fails, where a topic sits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import log
from statistics import median
from typing import TYPE_CHECKING

from procman.measures.declare import COUNCIL, EDITION, OUTSIDE, TOPIC, TOPIC_TITLE, UNTITLED, Measure
from procman.measures.pairs import counterparts
from procman.measures.rows import by_manual, each_topic, share, text
from procman.tables import NOTICE_TABLE, Column

if TYPE_CHECKING:
    import pandas as pd

    from procman.manual import Manual

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
            "section", "str", f"section it stands in; {OUTSIDE!r} where in none", "Children in Particular Circumstances"
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
    rows = []
    for manual, page in by_manual(entries):
        kinds = dict(zip(page["position"], page["kind"], strict=True))
        parents = page.set_index("position")["parent"].dropna().to_dict()
        held: Counter[tuple[int | None, str]] = Counter()
        for position, kind in kinds.items():
            above = list(_above(position, parents))
            for place in above:
                held[place, kind] += kinds.get(place) in ("section", "subsection")
            held[None, kind] += not any(kinds.get(place) == "section" for place in above)
        whole = sum(kind == "chapter" for kind in kinds.values())
        headings = page[page["kind"].isin(["section", "subsection"])]
        for level, position, number, title in zip(
            *(headings[name] for name in ("kind", "position", "number", "title")), strict=True
        ):
            chapters = held[position, "chapter"]
            rows.append(
                (
                    *manual,
                    level,
                    position,
                    text(number),
                    text(title) or UNTITLED,
                    chapters,
                    held[position, "see_also"],
                    share(chapters, whole),
                )
            )
        if held[None, "chapter"] or held[None, "see_also"]:
            rows.append(
                (
                    *manual,
                    "section",
                    None,
                    None,
                    OUTSIDE,
                    held[None, "chapter"],
                    held[None, "see_also"],
                    share(held[None, "chapter"], whole),
                )
            )
    return SIZES.frame(rows)


def depths(entries: pd.DataFrame) -> pd.DataFrame:
    """Count the chapters of each manual by depth (columns of `DEPTHS`); a manual's rows add up to its chapters."""
    rows = []
    for manual, page in by_manual(entries):
        counts = page.loc[page["kind"] == "chapter", "depth"].value_counts().sort_index()
        rows += [(*manual, depth, count, share(count, counts.sum())) for depth, count in counts.items()]
    return DEPTHS.frame(rows)


def outline(entries: pd.DataFrame) -> pd.DataFrame:
    """Sum up how each manual is built (columns of `OUTLINE`)."""
    rows = []
    for manual, page in by_manual(entries):
        kinds = Counter(page["kind"])
        chapters = page[page["kind"] == "chapter"]
        number = len(chapters)
        unnumbered = int(chapters["number"].isna().sum())
        held = sizes(page)
        headed = {
            level: held.loc[(held["level"] == level) & held["position"].notna(), "chapters"].tolist()
            for level in ("section", "subsection")
        }
        outside = held.loc[held["position"].isna(), "chapters"].sum()
        rows.append((
            *manual, kinds["section"], kinds["subsection"], number, kinds["see_also"], share(kinds["see_also"], number),
            int(chapters["depth"].max()) if number else 0, share(chapters["depth"].sum(), number),
            unnumbered, share(unnumbered, number), outside,
            *_spread(headed["section"]), *_spread(headed["subsection"]), evenness(headed["section"]),
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
    first = each_topic(topics).drop_duplicates(["topic", "council"])
    first = first.assign(section=first["section"].fillna(OUTSIDE))
    homes: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for row in first.itertuples():
        homes[row.topic][row.council] = (row.section, row.depth)
    shared: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for home in homes.values():
        for one, other in combinations(sorted(home), 2):
            shared[one, other].append((home[one][0], home[other][0]))
    alike = {pair: counterparts(sections) for pair, sections in shared.items()}

    def elsewhere(topic: str, council: str, other: str) -> bool:
        one, two = sorted((council, other))
        return (homes[topic][one][0], homes[topic][two][0]) not in alike[one, two]

    rows = []
    order = {topic: place for place, topic in enumerate(homes)}
    for row in first.sort_values("topic", key=lambda topic: topic.map(order), kind="stable").itertuples():
        others = {other: depth for other, (_, depth) in homes[row.topic].items() if other != row.council}
        strangers = sum(elsewhere(row.topic, row.council, other) for other in others)
        other_depth = sum(depth != row.depth for depth in others.values())
        cells = map(text, (row.topic_title, row.council, row.number, row.title, row.section, row.subsection))
        rows.append((row.topic, *cells, row.depth, len(others), strangers, other_depth))
    return PLACES.frame(rows)


def _above(position: int, parents: dict[int, int]) -> Iterable[int]:
    """The positions above one, from its parent to the top."""
    while position in parents:
        position = parents[position]
        yield position


def _spread(counts: Sequence[int]) -> tuple[float | None, int | None, int | None]:
    return (float(median(counts)), min(counts), max(counts)) if counts else (None, None, None)
