"""What a contents page has on each duty: titles with a phrase, chapters on a concept, and links to the partners' procedures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from procman.matching.chapters import slug
from procman.measures.counting import BETWEEN, MANUAL, cells, text, to_follow
from procman.measures.duties.phrases import START, Phrases, parts, readings, wordings, words_of

if TYPE_CHECKING:
    import pandas as pd

#: The ways a page can cover a duty, the best first: the state, and the reason to show.
WAYS = {
    "title": ("present", "a chapter's title has '{}'"),
    "known": ("present", "a chapter under another name is on '{}'"),
    "to follow": ("to follow", "a chapter to follow is on '{}'"),
    "taken": ("possible match", "a chapter is taken for one on '{}'"),
    "heading": ("possible match", "only a heading or a cross reference has '{}'"),
    "near": ("possible match", "a chapter's title has '{}', which is near"),
}
#: "Safeguarding Children Board Procedures", "LSCP procedures": the procedures that partners share.
_PARTNERS = re.compile(
    r"\bsafeguarding (?:child\w* )?(?:board|partner\w*) .*\b(?:procedure|manual)|\b\w{0,5}sc[bp] .*\bprocedure"
    r"|\bmulti agency (?:safeguarding|child protection) .*\bprocedure"
)


def findings(entries: pd.DataFrame, topics: pd.DataFrame | None, checklist: pd.DataFrame) -> pd.DataFrame:
    """Everything on the pages about the duties: one row per duty, entry, and way in which the entry covers the duty.

    Each row has the number of its ``manual``, its ``row`` in the entries, and its ``rank``, from 0 for the best of `WAYS`.
    """
    import numpy as np
    import pandas as pd

    rows = entries[["manual", *MANUAL, "position", "kind", "number", "title", "href"]]
    rows = rows.assign(row=range(len(entries)), coming=to_follow(entries))
    by_title = rows.merge(_with_phrases(rows["title"], checklist), on="title")
    is_chapter = by_title["kind"] == "chapter"
    by_title = by_title[is_chapter | ~by_title["near"]]
    ways = [by_title["near"], by_title["kind"] != "chapter", by_title["coming"]]
    by_title = by_title.assign(way=np.select(ways, ["near", "heading", "to follow"], "title"))

    by_topic = _on_concepts(rows, topics, checklist)
    ways = [~by_topic["sure"], by_topic["coming"]]
    by_topic = by_topic.assign(way=np.select(ways, ["taken", "to follow"], "known"))

    found = pd.concat([by_title, by_topic], ignore_index=True)
    found["rank"] = found["way"].map({way: rank for rank, way in enumerate(WAYS)})
    found["state"] = found["way"].map({way: state for way, (state, _) in WAYS.items()}).astype("str")
    found["why"] = [WAYS[way][1].format(printed.replace("*", "…")) for way, printed in cells(found, "way", "printed")]
    return found.astype({"why": "str"}).sort_values(["row", "rank"], kind="stable", ignore_index=True)


def best(entries: pd.DataFrame, topics: pd.DataFrame | None, checklist: pd.DataFrame) -> pd.DataFrame:
    """The best state for each duty and manual, with everything that supports it."""
    found = findings(entries, topics, checklist)
    first = found.sort_values("rank", kind="stable").drop_duplicates(["duty", "manual"])
    first = first[["duty", "manual", "state", "why"]]
    named = found.drop(columns="why").merge(first, on=["duty", "manual", "state"]).sort_values("row", kind="stable")
    named = named.drop_duplicates(["duty", "manual", "row"])
    return _named(named, ["duty", "manual", "state", "why"])


def links_to_partners(entries: pd.DataFrame) -> pd.DataFrame:
    """The links of each manual to the safeguarding partners' procedures, or if none, the chapters that the partners host."""
    named, hosted = (
        entries[column].map(lambda words: bool(_PARTNERS.search(words_of(words)))).astype("bool")
        for column in ("title", "publisher")
    )
    return _named(entries[named | (hosted & ~named.groupby(entries["manual"]).transform("any"))], ["manual"])


def _named(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row per group: the number of ``chapters``, and their numbers, titles and links."""
    import pandas as pd

    held: dict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)
    for *key, number, title, href in cells(rows, *by, "number", "title", "href"):
        held[tuple(key)].append((number, title, href))
    named = [(*key, len(several), *map(_cell, zip(*several, strict=True))) for key, several in held.items()]
    table = pd.DataFrame(named, columns=[*by, "chapters", "number", "title", "href"])
    return table.astype({**rows[by].dtypes, **dict.fromkeys(("number", "title", "href"), "str")})


def _cell(values: Iterable[object]) -> str | None:
    """Values in one cell, in their order, or None if all are missing."""
    shown = [text(value) for value in values]
    return BETWEEN.join(value or "-" for value in shown) if any(shown) else None


def _with_phrases(titles: Iterable[object], checklist: pd.DataFrame) -> pd.DataFrame:
    """The phrases found in titles, except for duties that a title rules out: title, duty, near, and the phrase as printed."""
    import pandas as pd

    unless = dict(zip(checklist["duty"], map(text, checklist["unless"]), strict=True))
    by_start: dict[str, list[tuple[str, bool, Phrases]]] = defaultdict(list)
    for duty, sure, near in cells(checklist, "duty", "wordings", "near"):
        for is_near, cell in enumerate((sure, near)):
            for wording in wordings(text(cell)):
                by_start[wording.start].append((duty, bool(is_near), wording))
    found = []
    for title in filter(None, dict.fromkeys(map(text, titles))):
        read = readings(title)
        starts = dict.fromkeys(word[:START] for reading in read for word in reading.split())
        found += [
            {"title": title, "duty": duty, "near": near, "printed": wording.printed}
            for start in starts
            for duty, near, wording in by_start.get(start, ())
            if wording.found(read) and not _ruled_out(title, unless[duty])
        ]
    table = pd.DataFrame(found, columns=["title", "duty", "near", "printed"])
    return table.astype({"title": "str", "duty": "str", "near": "bool"})


def _on_concepts(rows: pd.DataFrame, topics: pd.DataFrame | None, checklist: pd.DataFrame) -> pd.DataFrame:
    """The chapters whose topic is a duty's concept and that are not ruled out: the rows with duty, printed, and whether it is sure."""
    import pandas as pd

    topics = rows[:0].assign(topic="") if topics is None else topics
    on = topics[[*MANUAL, "position"]].astype(dict.fromkeys(MANUAL, "str"))
    also = topics["also_topic"].astype("str").fillna("") if "also_topic" in topics else ""
    on["topic"] = (topics["topic"].astype("str") + " " + also).str.split()
    concepts = [
        (slug(concept), duty)
        for duty, several in cells(checklist, "duty", "concepts")
        for concept in parts(text(several))
    ]
    concepts = pd.DataFrame(concepts, columns=["topic", "duty"], dtype="str")
    found = rows[rows["kind"] == "chapter"].astype(dict.fromkeys(MANUAL, "str"))
    found = found.merge(on.explode("topic").astype({"topic": "str"}), on=[*MANUAL, "position"]).merge(
        concepts, on="topic"
    )
    unless = dict(zip(checklist["duty"], map(text, checklist["unless"]), strict=True))
    titles = [text(title) for title in found["title"]]
    found = found.assign(
        out=[_ruled_out(title, unless[duty]) for title, duty in zip(titles, found["duty"], strict=True)],
        sure=[_sure(title, topic) for title, topic in zip(titles, found["topic"], strict=True)],
        printed=found["topic"].str.replace("-", " "),
    ).astype({"out": "bool", "sure": "bool"})
    return found[~found["out"]]


@lru_cache(maxsize=1 << 16)
def _ruled_out(title: str | None, unless: str | None) -> bool:
    """Whether the title is about something else."""
    said = readings(title)[-1:]
    return any(wording.start in said[0] and wording.found(said) for wording in wordings(unless))


def _sure(title: str | None, topic: str) -> bool:
    """Whether a chapter means the same as a known wording of its topic, or a person decided that it has the topic."""
    from procman.matching.concepts import sector

    (reading,) = sector().read([title or ""])
    return reading.known or topic not in map(slug, reading.concepts)
