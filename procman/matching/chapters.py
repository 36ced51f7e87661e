"""Read the chapters of an entries table, each on its own, and find the topic of each.

A chapter's topic is the sector's known chapter that its title means, or if there is none, the title itself. Only a person's decisions
change the topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from procman.errors import TableError
from procman.library import decisions as decided
from procman.matching.concepts import Sector, TitleReading, sector
from procman.matching.scoring import Title, pair_score

if TYPE_CHECKING:
    import pandas as pd


#: the lowest likeness to a known wording that gives a title its topic. Of the labelled pairs of councils that share a topic in this way,
#: all were right. Just below it, nearly half were wrong
SURE = 0.7


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its place, its title, and how the title was read.

    ``named`` are the topics of the known chapters that it means. ``own`` is the topic made of the title's own words. ``score`` is the score
    of its title with the known wording that it was read as, as for any pair of titles.
    """

    position: int
    number: str | None
    title: str
    council: str
    edition: str
    href: str
    section: str
    reading: TitleReading
    score: float
    named: tuple[str, ...]
    own: str

    def topics(self, confidence: float) -> tuple[str, ...]:
        """Return the known topics if the reading is sure enough, or the title's own topic."""
        sure = self.named and self.reading.likeness >= SURE and self.score >= confidence
        return self.named if sure else (self.own,)

    def sides(self) -> tuple[decided.Side, decided.Side]:
        """Return the two ways that a decision can name it: for its own council, then for every council."""
        return decided.sides(self.council, self.title)


@cache
def slug(text: str) -> str:
    """Return text as a topic id.

    >>> slug("IRO dispute resolution and escalation")
    'iro-dispute-resolution-and-escalation'
    """
    return re.sub(r"[^\w]+|_+", "-", text.casefold()).strip("-")


def rows(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the chapters of an entries table that have a title. If there is no ``position``, it is the row's order.

    Raises `TableError` if there is no ``title`` column.
    """
    if "title" not in entries.columns:
        raise TableError("entries", "there is no column 'title'")
    table = entries.copy(deep=False)
    if "position" not in table.columns:
        table["position"] = range(1, len(table) + 1)
    if "kind" in table.columns:
        table = table[(table["kind"] == "chapter").fillna(False)]
    return table[table["title"].notna() & (table["title"].astype(str).str.strip() != "")]


def read_chapters(entries: pd.DataFrame, known: Sector | None = None) -> list[Chapter]:
    """Read the chapters of an entries table, in row order, with the sector's wordings or those of ``known``."""
    table = rows(entries)
    titles = table["title"].astype(str).tolist()
    # A chapter in another body's manual names the body in its title or beside it. Read both in the same way.
    hosts = _text(table, "publisher")
    whole = [f"{title} ({host})" if host else title for title, host in zip(titles, hosts, strict=True)]
    known = known or sector()
    readings = known.read(whole)
    columns = zip(
        table["position"].tolist(),
        [number or None for number in _text(table, "number")],
        titles,
        *(_text(table, name) for name in ("council", "edition", "href", "section")),
        readings,
        strict=True,
    )
    return [Chapter(*cells, reading, *_topics(reading, known)) for *cells, reading in columns]  # type: ignore[call-arg]


def titles_topics(titles: Sequence[str], known: Sector | None = None) -> list[tuple[str, ...]]:
    """Return the topics of the known chapters that each title surely means, which may be none.

    >>> titles_topics(["LAC Reviews", "Harbour Swimming"])
    [('looked-after-reviews',), ()]
    """
    known = known or sector()
    return [_topics(reading, known)[1] if reading.likeness >= SURE else () for reading in known.read(titles)]


def topic_ids(
    chapters: Sequence[Chapter], confidence: float, force: Sequence[decided.Decision] = ()
) -> list[tuple[str, ...]]:
    """Return each chapter's topics: the known chapters that its title surely means, or if none, the title's own words.

    Only a chapter that joins several procedures ("Fostering and Adoption Panel") has more than one. A decision that accepts a pair puts
    both chapters in the topic of the surer one. A decision that rejects a pair takes the less sure one out of the topic.
    """
    topics = [chapter.topics(confidence) for chapter in chapters]
    if not force:
        return topics
    moved = moves(force, confidence)
    for at, chapter in enumerate(chapters):
        topics[at] = next((moved[side] for side in chapter.sides() if side in moved), topics[at])
    return topics


@lru_cache(maxsize=1 << 15)
def _topics(reading: TitleReading, known: Sector) -> tuple[float, tuple[str, ...], str]:
    """Return the score of a title with its reading, the topics it names, and its own topic."""
    own = "title:" + slug(" ".join(token.replace(" ", "-") for token in reading.form.key))
    if not reading.concepts:
        return 0.0, (), own
    wording = TitleReading(known.terms.form(reading.wording), reading.concepts, 1.0, reading.wording, ())
    score = pair_score(Title(reading, known), Title(wording, known))
    return score, tuple(slug(concept) for concept in reading.concepts), own


def moves(force: Sequence[decided.Decision], confidence: float) -> dict[decided.Side, tuple[str, ...]]:
    """Return the topics that decisions give to the chapters they name.

    This reads only titles, so the result does not depend on the councils in the table.
    """
    sides = sorted({side for decision in force for side in (decision.left, decision.right)})
    readings = sector().read(side.title for side in sides)
    read = {
        side: Chapter(0, None, side.title, side.council, "", "", "", reading, *_topics(reading, sector()))
        for side, reading in zip(sides, readings, strict=True)
    }
    topic = {side: chapter.topics(confidence) for side, chapter in read.items()}
    sure = {side: (topic[side] == (read[side].own,), -read[side].score, side) for side in sides}
    root = decided.groups(force)
    for first in sorted(set(root.values())):
        joined = [side for side in sides if root.get(side) == first]
        best = min(joined, key=sure.__getitem__)
        topic.update(dict.fromkeys(joined, topic[best]))
    moved = {side: topic[side] for side in root}
    for decision in force:
        left, right = decision.left, decision.right
        if decision.accepted or not set(topic[left]) & set(topic[right]):
            continue
        if root.get(left, left) == root.get(right, right):
            continue  # accepted pairs join the two: `conflicts` reports it
        out = max((left, right), key=sure.__getitem__)
        own = read[out].own
        # Two chapters with equal words that differ by council: put the council's name in the id.
        taken = own in topic[left] + topic[right]
        topic[out] = moved[out] = (f"{own}--{slug(out.council) or 'apart'}" if taken else own,)
    return moved


def _text(table: Any, name: str) -> list[str]:
    if name not in table.columns:
        return [""] * len(table)
    return ["" if value is None or value != value else str(value) for value in table[name].astype(object)]
