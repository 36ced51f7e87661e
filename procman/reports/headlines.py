"""The headline of each view: what its table says about your council, in one sentence.

Each function takes the comparison, the view's table, and the view's council, pair or editions. `procman.reports.views` says which view uses
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procman.library.library import UNDATED
from procman.measures import duties, editions
from procman.measures.counting import MANY, fold, names
from procman.measures.gaps import INSIDE, NOT_FOUND, POSSIBLE
from procman.reports.comparison import NO_FLAG, Comparison
from procman.words import count, edition_in_words, listed

if TYPE_CHECKING:
    import pandas as pd


#: With at most this many others, the headline says what all of them have.
FEW = 4


def own(comparison: Comparison) -> str:
    """Your council, or if none is chosen, the first council compared."""
    there = comparison.present
    return comparison.focus if comparison.focus in there else next(iter(there), "")


def gaps(comparison: Comparison, table: pd.DataFrame, council: str) -> str:
    """How many topics the others list and this page does not, by tier."""
    peers = [other for other in comparison.present if other != council]
    tiers = table["tier"].value_counts()
    sure = int(tiers.get(NOT_FOUND, 0))
    whose = peers[0] if len(peers) == 1 else "your neighbours"
    verb = "lists" if len(peers) == 1 else "list"
    said = f"{count(sure, 'topic')} that {whose} {verb} {_were(sure)} not found on {council}'s page"
    if len(peers) > 1:
        few = len(peers) <= FEW
        often = table["councils"] == table["of"] if few else table["councils"] * 2 > table["of"]
        number = int(((table["tier"] == NOT_FOUND) & often).sum())
        pages = _all_of(len(peers)) if few else f"more than half of the {len(peers)} pages"
        said += f"; {number} of them {_are(number)} on {pages}"
    more = [
        f"{number} {words}"
        for tier, words in ((POSSIBLE, "may be yours under another name"), (INSIDE, "may stand inside another chapter"))
        if (number := int(tiers.get(tier, 0)))
    ]
    return f"{said}. {' and '.join(more)}" if more else said


def listed_gaps(comparison: Comparison, table: pd.DataFrame, council: str) -> str:
    """How many chapters of how many councils are on the missing topics."""
    topics, councils = table["topic"].nunique(), table["council"].nunique()
    return f"{count(len(table), 'chapter')} of {count(councils, 'council')} on the {count(topics, 'topic')} missing from {council}'s page"


def by_section(comparison: Comparison, table: pd.DataFrame, council: str) -> str:
    """How many of the council's chapters the others also have."""
    chapters, of = int(table["chapters"].sum()), len(comparison.present)
    if of < 2:
        return f"{council}: {count(chapters, 'chapter')}, compared with none"
    shared, alone = int(table["in_all"].sum()), int(table["only_here"].sum())
    if of >= MANY:
        most, few = int(table["by_most"].sum()), int(table["by_few"].sum())
        said = f"Of {council}'s {count(chapters, 'chapter')}, {most} {_are(most)} on topics that at least 90% of the {of} councils list"
        return f"{said}, and {few or 'none'} on topics that under 10% list"
    some = "" if of == 2 else f", {int(table['in_some'].sum())} on some"
    return f"Of {council}'s {count(chapters, 'chapter')}, {shared} {_are(shared)} on topics on {_all_pages(of)}{some}, and {alone} on its own alone"


def matrix(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of all topics your council lists."""
    council = own(comparison)
    mine = table[(table["council"] == council) & (table["chapters"] > 0)]["topic"].nunique()
    of = table["topic"].nunique()
    return f"{council} lists {mine} of {count(of, 'topic')}; {of - mine} are on other contents pages alone"


def combinations(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many topics your council shares with all others, and how many only it has."""
    council, of = own(comparison), len(comparison.present)
    numbers = table.set_index("councils")["topics"]
    every, alone = table.loc[table["members"] == of, "topics"].sum(), int(numbers.get(council, 0))
    if of == 2:
        other = next(each for each in comparison.present if each != council)
        return f"{count(int(every), 'topic')} {_are(every)} on both contents pages, {alone} on {council}'s alone and {int(numbers.get(other, 0))} on {other}'s alone"
    return f"{count(int(every), 'topic')} on {_all_pages(of)}, {alone} on {council}'s alone"


def topics(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of the topics that most councils list are on your page."""
    council, of = own(comparison), len(comparison.present)
    mine = table["which"].str.split("; ").map(lambda each: council in each)
    most = table["councils"] * 2 > of
    return f"{count(int(most.sum()), 'topic')} on more than half of the contents pages; {int((most & mine).sum())} of them on {council}'s"


def shares(comparison: Comparison, table: pd.DataFrame) -> str:
    """Which council has most of your council's chapters."""
    council = own(comparison)
    mine = table[table["council"] == council]
    row = mine.sort_values("share", ascending=False, kind="stable").iloc[0]
    most = f", the most of {len(mine)} councils" if len(mine) > 1 else ""
    return f"Of {council}'s {count(int(row['chapters']), 'chapter')}, {row['other']} has {row['also_there']} too{most}"


def alike(comparison: Comparison, table: pd.DataFrame) -> str:
    """Which contents page is most like yours."""
    council = own(comparison)
    mine = table[(table["council"] == council) | (table["other"] == council)]
    row = mine.sort_values("likeness", ascending=False, kind="stable").iloc[0]
    other = row["other"] if row["council"] == council else row["council"]
    most = f", the most of {len(mine)} councils" if len(mine) > 1 else ""
    return f"{council} and {other} share {row['likeness']:.0%} of the topics that either lists{most}"


def novelty(comparison: Comparison, table: pd.DataFrame) -> str:
    """The weighted gaps of your page."""
    row = _of(table, own(comparison)).iloc[0]
    said = f"{row['council']} does not list {count(int(row['gaps']), 'topic')} of the others"
    return f"{said}: {row['weighted_share']:.0%} of what they list, if a topic counts more the more of them list it"


def at_confidences(comparison: Comparison, table: pd.DataFrame) -> str:
    """The smallest and largest share of shared chapters."""
    least, most = table["share"].min(), table["share"].max()
    said = f"{least:.0%}" if least == most else f"{least:.0%} to {most:.0%}"
    return f"{said} of all chapters are on a shared topic, at confidences from {table['confidence'].min()} to {table['confidence'].max()}"


def order(comparison: Comparison, table: pd.DataFrame, council: str) -> str:
    """Which council lists shared topics in the most similar order."""
    told = table[table["tau"].notna()].sort_values("tau", ascending=False, kind="stable")
    if told.empty:
        return f"{council} shares too few topics to compare their order"
    row = told.iloc[0]
    most = f", the nearest of {len(told)} councils" if len(told) > 1 else ""
    return f"{row['other']} lists {count(int(row['shared']), 'topic')} that {council} has too: tau {row['tau']:.2f}, where 1 is the same order{most}"


def found(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many councils have a chapter that fits the words, and whether yours has one."""
    council, there = own(comparison), table[table["found_by"] != "not found"]
    have, of = there["council"].nunique(), table["council"].nunique()
    mine = int((there["council"] == council).sum())
    yours = f"{council} has {count(mine, 'chapter') if mine else 'none'}"
    return f"{have} of {count(of, 'council')} {'has' if have == 1 else 'have'} a chapter on “{comparison.words.strip()}”; {yours}"


def largest(comparison: Comparison, table: pd.DataFrame, *council: str) -> str:
    """The largest section of a manual. Chapters outside any section are none."""
    mine = _of(table, council[0] if council else own(comparison))
    sections = mine[(mine["level"] == "section") & mine["position"].notna()]
    sections = sections.sort_values("chapters", ascending=False, kind="stable")
    name = council[0] if council else own(comparison)
    if sections.empty:
        return f"{name}'s manual has no sections"
    first, total = sections.iloc[0], int((comparison.asked_entries(name)["kind"] == "chapter").sum())
    title = f", {first['title']}, has" if isinstance(first["title"], str) else " has"
    return f"The largest of {name}'s {count(len(sections), 'section')}{title} {first['chapters']} of {count(total, 'chapter')}"


def depths(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of your council's chapters are at each level."""
    council = own(comparison)
    said = [f"{row.chapters} at level {row.depth}" for row in _of(table, council).itertuples() if row.chapters]
    return f"{council}'s chapters: {listed(said)}"


def structure(comparison: Comparison, table: pd.DataFrame) -> str:
    """Your manual in numbers, with the smallest and largest of the others."""
    council = own(comparison)
    row, others = _of(table, council).iloc[0], table[names(table["council"]) != council]["chapters"]
    said = f"{council}: {count(int(row['chapters']), 'chapter')} in {count(int(row['sections']), 'section')} on {count(int(row['levels']), 'level')}"
    if others.empty:
        return said
    least, most = int(others.min()), int(others.max())
    return f"{said}; others have {least if least == most else f'{least} to {most}'} chapters"


def places(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many shared topics the others list in a different section."""
    council = own(comparison)
    mine = _of(table, council)
    mine = mine[mine["others"] > 0]
    moved = mine[mine["elsewhere"] > 0]["topic"].nunique()
    return f"Of {count(mine['topic'].nunique(), 'topic')} that {council} shares, {moved} {_are(moved)} in a different section elsewhere"


def notices(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many possible problems your page has."""
    council = own(comparison)
    return f"{count(len(_of(table, council)), 'possible problem')} on {council}'s page"


def flags(comparison: Comparison, table: pd.DataFrame, *council: str) -> str:
    """How many chapters your council flags."""
    name = council[0] if council else own(comparison)
    new, updated, of = (int(_of(table, name)[column].sum()) for column in ("new", "updated", "chapters"))
    if not new + updated:
        return f"{name} flags none of its {count(of, 'chapter')}"
    return f"{name} flags {new + updated} of {count(of, 'chapter')}: {new} New, {updated} Updated"


def flagged_topics(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many topics have a flag, and which has most."""
    if table.empty:
        return "No topic is flagged"
    flags = table["new"] + table["updated"]
    first = table.loc[flags.idxmax()]
    return f"{count(len(table), 'topic')} flagged by one council or more, most often “{first['topic_title']}” ({flags.max()} of {first['councils']})"


def ages(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of your council's chapters have a date, and how old they are."""
    council = own(comparison)
    mine = _of(table, council)
    dated = mine[mine["date"].notna()]
    if dated.empty:
        return f"{council} prints no dates beside its {count(len(mine), 'chapter')}"
    years = float(dated["months"].median()) / 12
    return (
        f"{council} dates {len(dated)} of {count(len(mine), 'chapter')}; half of these are older than {years:.1f} years"
    )


def amendments(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many amendments your council announces."""
    council = own(comparison)
    mine = _of(table, council)
    number = int(mine["amendments"].sum()) if "amendments" in mine else len(mine)
    editions = int(mine["editions"].sum()) if "editions" in mine else mine["edition"].nunique()
    return f"{council} announces {count(number, 'amendment')} in {count(editions, 'edition')}"


def busiest(comparison: Comparison, table: pd.DataFrame) -> str:
    """Which topic most councils mark as changed."""
    if table.empty:
        return "No council marks a topic as changed"
    first = table.iloc[0]
    return f"Marked as changed by most councils: “{first['topic_title']}” ({first['changed']} of {first['councils']})"


def flagged(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many chapters are flagged on all pages, and how many on yours."""
    mine = len(_of(table, own(comparison)))
    return f"{count(len(table), 'chapter')} flagged, {mine} of them by {own(comparison)}"


def reviews(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of your chapters are past the date printed for their next review."""
    mine = _of(table, own(comparison))
    if mine.empty:
        return f"{own(comparison)} prints no date of a next review"
    past = int(mine["past"].sum())
    return f"{own(comparison)}: {past} of {count(len(mine), 'chapter')} with a date {_are(past)} past it"


def changed(comparison: Comparison, table: pd.DataFrame, council: str, old: str, new: str) -> str:
    """How many chapters changed from one edition to the next, without those only renumbered."""
    kinds = [
        f"{int(table[kind].sum())} {kind}" for kind in ("added", "removed", "renamed", "moved") if table[kind].any()
    ]
    said = f": {listed(kinds)}" if kinds else ""
    return f"{council}, {edition_in_words(old)} to {edition_in_words(new)}: {count(len(table), 'chapter')} changed{said}. Chapters only renumbered are left out"


def over_time(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many chapters your council's editions added and removed."""
    mine = _of(table, own(comparison))
    if mine["before"].isna().all():
        return (
            f"There is one dated edition of {own(comparison)}'s manual"
            if len(mine)
            else f"{own(comparison)}'s manual has no date"
        )
    added, removed = int(mine["added"].sum()), int(mine["removed"].sum())
    first, last = mine["edition"].iloc[0], mine["edition"].iloc[-1]
    return f"{own(comparison)}, {edition_in_words(first)} to {edition_in_words(last)}: {count(added, 'chapter')} added and {removed} removed in {count(len(mine), 'edition')}"


def claimed(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many New flags, over all your editions, mark chapters that were not on the page before."""
    mine = _of(table, own(comparison))
    new = mine[mine["claimed"] == "New"]
    of, added = int(new["chapters"].sum()), int(new.loc[new["observed"] == "added", "chapters"].sum())
    editions = count(mine["edition"].nunique(), "edition")
    return f"{own(comparison)}: {added} of {count(of, 'New flag')} in {editions} marked a chapter that was not on the page before"


def expected(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of the expected topics were found on your page."""
    council = own(comparison)
    return f"{council}: {duties.summary(_of(table, council))}"


def expected_share(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of the expected topics your page has, and how many councils have a smaller share."""
    council = own(comparison)
    mine = _of(table, council)
    if mine.empty or mine["share"].isna().all():
        return "No topic is expected"
    row = mine.iloc[0]
    fewer = int((table["share"] < row["share"]).sum())
    return f"{council} has {row['present']} of {row['of']} expected topics, a larger share than {fewer} of {len(table) - 1} others"


def often_missing(comparison: Comparison, table: pd.DataFrame) -> str:
    """Which expected topic is missing most often."""
    if table.empty:
        return "No topic is expected"
    first = table.iloc[0]
    return f"Most often missing: “{first['topic']}”, not found on {first['not_found']} of {count(int(first['of']), 'page')}"


def touched(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many of your chapters a duty affects, and which duty."""
    council = own(comparison)
    topics = duties.meant(comparison.words if fold(comparison.words) else duties.newest())
    if not topics:
        return f"No expected topic has “{comparison.words.strip()}”"
    return f"{listed(topics)}: {count(len(_of(table, council)), 'chapter')} of {council} to read again"


def picked_up(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many duties were first listed in a later edition."""
    states = table["listed"].value_counts()
    already, came, waiting = (int(states.get(state, 0)) for state in ("already", "yes", "not yet"))
    return f"{came} first listed in a later edition; {already} already listed in the first edition; {waiting} not yet listed"


def checklist(comparison: Comparison, table: pd.DataFrame) -> str:
    """How many topics are expected."""
    return f"{count(table['duty'].nunique(), 'topic')} required by law or guidance"


def changes(comparison: Comparison, table: pd.DataFrame, council: str, old: str, new: str) -> str:
    """How many chapters changed, by kind of change."""
    whole = comparison.of(sections=(), statuses=()).picked_changes(council, old, new)
    number = whole.loc[whole["kind"] == "chapter", "change"].value_counts()
    said = [f"{number[change]} {change}" for change in editions.CHANGES if change in number]
    between = f"{council}, {_edition(old)} to {_edition(new)}"
    return f"{between}: " + (
        f"chapters {listed(said, most=len(said))}" if said else "no chapter changed on the contents page"
    )


def claims(comparison: Comparison, table: pd.DataFrame, council: str, old: str, new: str) -> str:
    """How many flagged chapters changed on the contents page, and how many without a flag did."""
    same = table["observed"] == editions.OBSERVED[-1]
    flagged = table["claimed"] != NO_FLAG
    of, seen, other = (int(table.loc[rows, "chapters"].sum()) for rows in (flagged, flagged & ~same, ~flagged & ~same))
    return f"Of {count(of, 'chapter')} that {council} flags in {_edition(new)}, {seen} {_are(seen)} new, renamed or moved; so {_are(other)} {other} without a flag"


def matched(comparison: Comparison, table: pd.DataFrame, left: str, right: str) -> str:
    """How many chapters of either manual have a match."""
    pairs, said = comparison.matches(left, right), []
    for side, council in (("left", left), ("right", right)):
        here = table[f"{side}_position"].dropna().drop_duplicates()
        said.append(f"{here.isin(pairs[f'{side}_position']).sum()} of {council}'s {len(here)}")
    return f"{' and '.join(said)} chapters have a match"


def by_sections(comparison: Comparison, table: pd.DataFrame, left: str, right: str) -> str:
    """How many chapters only one of two manuals has, and how many both have."""
    mine, both, theirs = (table[name].sum() for name in ("only_left", "both", "only_right"))
    return f"{mine} chapters only in {left}, {both} in both, {theirs} only in {right}"


def matches(comparison: Comparison, table: pd.DataFrame, left: str, right: str) -> str:
    """How many pairs are accepted."""
    return f"{count(len(table), 'match', 'matches')} between {left} and {right}, at a confidence of {comparison.confidence:.2f}"


def possible(comparison: Comparison, table: pd.DataFrame, left: str, right: str) -> str:
    """How many pairs there are to check, and how many gaps they could close."""
    closing = int(table.loc[~table["accepted"], "gaps"].sum())
    said = f"{count(len(table), 'possible match', 'possible matches')} between {left} and {right} to check"
    return f"{said}; “Same” for all closes {count(closing, 'gap')}" if closing else said


def _of(table: pd.DataFrame, council: str) -> pd.DataFrame:
    """The rows of one council."""
    return table[names(table["council"]) == council]


def _all_pages(of: int) -> str:
    return "both contents pages" if of == 2 else f"all {of} contents pages"


def _all_of(peers: int) -> str:
    return "both" if peers == 2 else f"all {peers}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _edition(name: str) -> str:
    """The name of an edition from `procman.reports.comparison.edition_of`, in words."""
    return edition_in_words(None if name == UNDATED else name)
