"""Gaps: the topics that other councils list and one council does not, how sure that is, and its nearest chapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from procman.library.decisions import by_pair, decision_on, in_force, sides
from procman.matching.titles import wordings
from procman.measures import coverage
from procman.measures.counting import each_topic, joined, names, numbered
from procman.measures.peers.preset_peers import chosen
from procman.tables import FIELDS, FORCES, NOT_THERE, Field, Measure, columns

if TYPE_CHECKING:
    import pandas as pd

#: How sure it is that a topic is missing, surest first.
NOT_FOUND, INSIDE, POSSIBLE = TIERS = ("not found", "perhaps inside", "probably yours")
#: Words in the titles of topics about the manual itself, which are not procedures.
FURNITURE = (
    *(
        "amendment",
        "archive",
        "contact list",
        "local contact",
        "glossary",
        "jargon",
        "key word",
        "keyword",
        "user guide",
    ),
    *(
        "how to use",
        "using this manual",
        "about this manual",
        "manual feedback",
        "useful link",
        "what is new",
        "site map",
    ),
)

GAPS = Measure(
    "gaps by tier",
    "One row per topic that other councils list and this council does not, starting with the topics that most list.",
    columns(
        *("topic", "topic_title", "councils", "of", "share"),
        Field(
            "tier",
            "str",
            "how sure it is that the topic is missing",
            "not found",
            TIERS,
            heading="On your page",
            shown=((POSSIBLE, "possible match"),),
        ),
        replace(
            FIELDS["number"],
            name="nearest_number",
            meaning="number of the council's nearest chapter",
            optional=True,
            heading="Nearest number",
        ),
        replace(
            FIELDS["title"],
            name="nearest_title",
            meaning="title of that chapter",
            optional=True,
            heading="Nearest chapter of your own",
        ),
        replace(
            FIELDS["score"],
            name="nearest_score",
            meaning="how likely the two are the same, 0 to 1",
            optional=True,
            heading="How likely the same",
        ),
        replace(FIELDS["why"], name="nearest_why", meaning="reason", optional=True, heading="Why it comes near"),
        Field(
            "expected",
            "str",
            "topic required by law or guidance, with its force, that no chapter of the council covers; missing if there is none",
            "duty to act: Staying put",
            optional=True,
        ),
        "which",
        councils="other councils that list the topic",
        of="other councils compared",
        share="share of the other councils that list it",
    ),
    "Topics that at least one other council lists, except those about the manual itself.",
    NOT_THERE,
)
LISTED = Measure(
    "gaps, council by council",
    "One row per topic of `gaps` and council that lists it, with its chapter.",
    columns("topic", "topic_title", "council", "number?", "title", "href?", council="the council that lists it"),
    "Chapters of the other councils on the topics of `gaps`.",
    NOT_THERE,
)


def gaps(
    entries: pd.DataFrame,
    council: str,
    *,
    confidence: float | None = None,
    decisions: pd.DataFrame | None = None,
    chapters: pd.DataFrame | None = None,
    peers: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Rank the topics that other councils list and this one does not, in three tiers (columns of `GAPS`).

    - *probably yours*, shown as "possible match": one of the council's own chapters may be on the topic, but is not sure enough to
      accept. Either its title is like one of the topic's titles, with a score from 0.1 up to the confidence (of pairs scored 0.3,
      about three in ten are the same). Or it is a possible match, or a chapter to follow, for a topic required by law or guidance (see
      `procman.measures.duties.audit`), without a score.
    - *perhaps inside*: one of its titles, often a longer or joint one, has all the distinctive words of the topic.
    - *not found*: neither.

    Topics about the manual itself (amendments, local contacts, glossaries, how to use it) are left out.

    Parameters
    ----------
    entries
        Entries of two or more manuals. Compares each council's newest edition.
    council
        The council whose gaps to list.
    confidence, decisions
        As for `procman.topics`. A person's decision moves a topic at once.
    chapters
        The chapters with their topics, if you already have them. By default they are made from the entries.
    peers
        The councils to compare it with, as for `procman.measures.peers.chosen`: names of councils, "statistical neighbours", "same
        region" and so on. By default all in the table.

    Raises
    ------
    TableError
        The table has no chapter of that council. The message lists the councils it has.
    ProcmanError
        A peer's name is not known, or a way to choose peers gives no council here.

    Examples
    --------
    >>> import pandas as pd
    >>> entries = pd.DataFrame({
    ...     "council": ["Northwick", "Ayle", "Ayle"],
    ...     "title": ["Special Guardianship Orders: Assessment and Support", "Private Fostering", "Glossary"]})
    >>> gaps(entries, "Northwick")[["topic_title", "councils", "of", "tier"]].values.tolist()
    [['Private fostering', 1, 1, 'not found']]
    >>> gaps(entries, "Northwick", peers="Aylle")
    Traceback (most recent call last):
    procman.errors.ProcmanError: Aylle: no council has this name, here or in the directory. Did you mean Ayle?
    """
    from procman.matching.topics import topics
    from procman.measures.editions import newest

    if chapters is None:
        chapters = topics(newest(entries) if "edition" in entries else entries, confidence, decisions)
    if peers is not None:
        here = names(chapters["council"])
        whom = chosen(peers, council, list(dict.fromkeys(here)), chapters=lambda: chapters).councils
        chapters = chapters[here.isin([council, *whom])]
    missing = coverage.gaps(chapters, council)
    missing = missing[~about_the_manual(missing["topic_title"])].set_index("topic")
    spread = each_topic(chapters)
    own, others = spread[spread["council"] == council], spread[spread["topic"].isin(missing.index)]
    found = missing.join(_nearest(chapters, council, others, decisions)).join(_inside(own, others, decisions))
    found = found.join(_expected(entries, chapters, council, others, decisions))
    found["inside_why"] = "Its title has all the words that matter of “" + found["topic_title"] + "”."
    found["tier"] = NOT_FOUND
    for tier, kind in ((INSIDE, "inside"), (POSSIBLE, "expected"), (POSSIBLE, "nearest")):  # the last that there is
        found.loc[found[f"{kind}_title"].notna(), "tier"] = tier
    near = found["nearest_title"].notna()
    for kind in ("expected", "inside"):
        there = ~near & found[f"{kind}_title"].notna()
        for cell in ("number", "title", "why"):
            found[f"nearest_{cell}"] = found[f"nearest_{cell}"].mask(there, found[f"{kind}_{cell}"])
        near |= there
    return GAPS.frame(found.reset_index())


def by_council(gaps: pd.DataFrame, chapters: pd.DataFrame) -> pd.DataFrame:
    """List the chapters of the other councils on the topics of `gaps`, in the same order (columns of `LISTED`).

    >>> import pandas as pd
    >>> from procman import topics
    >>> entries = pd.DataFrame({"council": ["Northwick", "Ayle"], "title": ["Consent", "Private Fostering"]})
    >>> by_council(gaps(entries, "Northwick"), topics(entries))[["council", "title"]].values.tolist()
    [['Ayle', 'Private Fostering']]
    """
    spread = each_topic(chapters).reindex(columns=["topic", "council", "number", "title", "href"])
    found = gaps[["topic", "topic_title"]].merge(spread, on="topic", how="inner")
    return LISTED.frame(found)


def wide(gaps: pd.DataFrame, chapters: pd.DataFrame) -> pd.DataFrame:
    """The gaps with a column for each other council: the numbers and titles of its chapters on the topic, or empty text."""
    rows = by_council(gaps, chapters)
    said = (rows["number"].fillna("") + " " + rows["title"]).str.strip()
    cells = said.groupby([rows["topic"], rows["council"]], sort=False).agg(joined).unstack("council")
    return gaps.join(cells[rows["council"].unique()], on="topic")


def about_the_manual(titles: pd.Series) -> pd.Series:
    """Whether topics are about the manual itself rather than about children.

    >>> import pandas as pd
    >>> about_the_manual(pd.Series(["Amendments", "Local contacts", "Contact with parents"])).tolist()
    [True, True, False]
    """
    from procman.matching.titles import words

    folded = {title: f" {' '.join(words(str(title)))} " for title in titles.dropna().unique()}
    about = {title for title, text in folded.items() if any(f" {phrase} " in text for phrase in FURNITURE)}
    return titles.isin(about)


def _expected(
    entries: pd.DataFrame, chapters: pd.DataFrame, council: str, others: pd.DataFrame, decisions: pd.DataFrame | None
) -> pd.DataFrame:
    """For each topic, the duties that other councils' chapters on it cover and none of the council's own does, the most binding first,
    with the council's own entry that may cover the first duty.

    A joint chapter does not count as covering a duty for a single topic.
    """
    import pandas as pd

    from procman.measures.duties import read_duties
    from procman.measures.duties.evidence import findings

    duties = read_duties()
    duties = duties[duties["until"].isna()]
    said = duties["force"] + ": " + duties["topic"] + duties["verified"].map({"yes": "", "no": " (not verified)"})
    duties = duties.assign(said=said, binding=duties["force"].map(FORCES.index))
    if "position" not in chapters:
        entries, chapters = (table.assign(position=table.index) for table in (entries, chapters))
    page = _page(chapters)
    theirs = findings(page, page, duties)
    theirs = theirs[(theirs["state"] == "present") & (names(theirs["council"]) != council)]
    mine = findings(_page(_own_page(entries, chapters, council)), page, duties)
    theirs = theirs[~theirs["duty"].isin(mine.loc[mine["state"] == "present", "duty"])]
    spread = each_topic(chapters)
    alone = spread.loc[~spread.index.duplicated(keep=False), "topic"]
    found = theirs.join(alone.rename("on"), on="row", how="inner")[["on", "duty"]].drop_duplicates()
    rows = found.merge(duties, on="duty").sort_values("binding", kind="stable")
    expected = rows.groupby("on")["said"].agg("; ".join).rename("expected")
    why = "For “" + rows["topic"] + "”: "
    near = rows[["on", "duty"]].assign(why_duty=why).merge(mine.sort_values("rank", kind="stable"), on="duty")
    near = (
        near[pd.Series(_open(near, council, others, decisions), near.index, dtype="bool")]
        .drop_duplicates("on")
        .set_index("on")
    )
    near = near.assign(expected_why=near["why_duty"] + near["why"] + ".")
    near = near.rename(columns={"number": "expected_number", "title": "expected_title"})
    return pd.concat([expected, near[["expected_number", "expected_title", "expected_why"]]], axis="columns")


def _page(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with all the columns that `findings` needs. A row without a kind is a chapter."""
    wanted = ["council", "edition", "position", "kind", "number", "title", "href", "note", "topic", "also_topic"]
    page = rows.reindex(columns=wanted)
    return numbered(
        page.assign(kind=page["kind"].astype("object").fillna("chapter"), position=page["position"].fillna(0))
    )


def _own_page(entries: pd.DataFrame, chapters: pd.DataFrame, council: str) -> pd.DataFrame:
    """The entries of the council's page that is compared, including headings."""
    mine = entries[names(entries["council"]) == council]
    if "edition" not in entries:
        return mine
    editions = chapters.loc[names(chapters["council"]) == council, "edition"]
    return mine[mine["edition"].isin(editions)]


def _open(pairs: pd.DataFrame, council: str, others: pd.DataFrame, decisions: pd.DataFrame | None) -> list[bool]:
    """Whether each title of the council may still be on the topic ("on"): nobody decided that it is not."""
    decided = by_pair(in_force(decisions)) if decisions is not None else {}
    listing: dict[str, list[tuple[str, str]]] = {}
    for topic, other, title in zip(others["topic"], others["council"], others["title"], strict=True) if decided else ():
        listing.setdefault(topic, []).append((other, title))

    def rejected(topic: str, title: str) -> bool:
        said = [decision_on(decided, sides(council, title), sides(*each)) for each in listing.get(topic, ())]
        return any(each and not each.accepted for each in said)

    return [not rejected(topic, title) for topic, title in zip(pairs["on"], pairs["title"], strict=True)]


def _nearest(
    chapters: pd.DataFrame, council: str, others: pd.DataFrame, decisions: pd.DataFrame | None
) -> pd.DataFrame:
    """For each topic of the others, the council's own chapter that is the most likely possible match."""
    from procman.matching.alignment import Alignment

    mine = chapters[names(chapters["council"]) == council]
    pairs = Alignment(mine, others.assign(position=range(len(others))), decisions).candidates()
    topic = others["topic"].tolist()
    pairs = pairs.assign(topic=[topic[position] for position in pairs["right_position"]])
    best = pairs.sort_values("score", ascending=False, kind="stable").drop_duplicates("topic").set_index("topic")
    named = {
        "left_number": "nearest_number",
        "left_title": "nearest_title",
        "score": "nearest_score",
        "why": "nearest_why",
    }
    return best[list(named)].rename(columns=named)


def _inside(own: pd.DataFrame, others: pd.DataFrame, decisions: pd.DataFrame | None) -> pd.DataFrame:
    """For each topic of the others, the council's first chapter whose title has all the distinctive words of one of the topic's titles.

    Leaves out chapters that a person decided are another procedure.
    """
    import pandas as pd

    known = wordings()
    tokens = {title: frozenset(known.tokens(title)) for title in {*own["title"], *others["title"]}}
    having: dict[str, set[int]] = {}
    for place, title in enumerate(own["title"]):
        for token in tokens[title]:
            having.setdefault(token, set()).add(place)
    decided = by_pair(in_force(decisions)) if decisions is not None else {}
    rows = []
    for topic, council, title in zip(others["topic"], others["council"], others["title"], strict=True):
        telling = tokens[title] - known.weak
        inside = set.intersection(*(having.get(token, set()) for token in tokens[title])) if telling else set()
        for place in sorted(inside):
            chapter = own.iloc[place]
            said = decision_on(decided, sides(chapter["council"], chapter["title"]), sides(council, title))
            if said and not said.accepted:
                continue
            rows.append({"topic": topic, "inside_number": chapter.get("number"), "inside_title": chapter["title"]})
            break
    table = pd.DataFrame(rows, columns=["topic", "inside_number", "inside_title"], dtype="object")
    return table.drop_duplicates("topic").set_index("topic")
