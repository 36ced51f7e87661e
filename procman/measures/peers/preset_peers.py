"""Ways to choose the councils to compare with, and the councils that each way gives.

>>> chosen(["same region", "Bedford"], "Milton Keynes", ["Milton Keynes", "Oxfordshire", "Bedford", "Kent"]).councils
['Kent', 'Oxfordshire', 'Bedford']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from procman.errors import ProcmanError
from procman.library.directory import Council, directory, find_council, known_as, neighbours, short_name
from procman.measures.counting import BETWEEN
from procman.measures.peers.alike import nearest
from procman.measures.peers.hosts import from_directory, standing
from procman.tables import FIELDS, Measure, columns
from procman.words import listed, plain

if TYPE_CHECKING:
    import pandas as pd

NEIGHBOURS, REGION, KIND, PLATFORM, ALIKE, ALL = WAYS = (
    *("statistical neighbours", "same region", "same kind", "same platform", "most similar manuals"),
    "all",
)
#: The number of councils that count as most similar.
MOST = 10

PRESETS = Measure(
    "presets of peers",
    "One row per way to choose the councils to compare with.",
    columns(
        "preset",
        replace(
            FIELDS["which"],
            name="councils",
            meaning="those in the library, with '; ' between, the nearest first if there is an order",
            optional=True,
            heading="",
        ),
        *("here", "of?", "missing?"),
        of="number of councils in all; missing if it is the same as the number in the library",
    ),
    "Councils in the library.",
    "Statistical neighbours have similar populations, not similar manuals.",
)


class Peers(NamedTuple):
    """The councils that a choice gives: those in the library, under the library's names, and those missing from it."""

    councils: list[str]
    missing: list[str]


def chosen(
    whom: str | Iterable[str],
    council: str | None,
    here: Sequence[str],
    *,
    chapters: Callable[[], pd.DataFrame] | None = None,
    platforms: pd.DataFrame | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> Peers:
    """Find the councils that a choice of peers gives.

    Parameters
    ----------
    whom
        Any of: names of councils, in any form that the directory has; ways to choose (`WAYS`); names of your own lists.
    council
        Your council. If None, you can only choose by name or list.
    here
        The councils in the library.
    chapters
        Returns the chapters with topics of all councils in the library, to find the most similar manuals.
    platforms, lists
        As for `presets`. Without platforms, uses the directory.

    Raises
    ------
    ProcmanError
        A name is not known (the message suggests others) or not in the library, or a way to choose gives no council.
    """
    lists = lists or {}
    mine, missing = [], []
    for words in [whom] if isinstance(whom, str) else whom:
        way = next((each for each in (*WAYS, *lists) if plain(each) == plain(words)), None)
        if way is None:
            mine.append(named(words, here, (*WAYS[:-1], *lists)))
            continue
        found = held(lists[way], here) if way in lists else _by(way, council, here, chapters, platforms)
        if not found.councils:
            none = f"none of these {len(found.missing)} councils is here" if found.missing else "no council here fits"
            raise ProcmanError(words, none)
        mine += found.councils
        missing += found.missing
    return Peers([each for each in dict.fromkeys(mine) if each != council], list(dict.fromkeys(missing)))


def in_words(whom: Iterable[str], here: int = 0, missing: int = 0, lists: Iterable[str] = ()) -> str:
    """How peers were chosen, as the end of a sentence: by which of `WAYS`, lists or names, and how many of them have a manual.

    >>> in_words([NEIGHBOURS], 3, 7)
    'its statistical neighbours (3 of 10 have a manual here)'
    >>> in_words(["seaside", "Kent"], lists=["seaside"]), in_words([])
    ('the list “seaside” and councils named one by one', 'all other councils in the library')
    """
    said = _SAID | {plain(name): f"the list “{name}”" for name in lists}
    how = list(dict.fromkeys(said.get(plain(words), "councils named one by one") for words in whom)) or [_SAID[ALL]]
    return listed(how) + (f" ({here} of {here + missing} have a manual here)" if missing else "")


_SAID = {
    NEIGHBOURS: "its statistical neighbours",
    REGION: "councils of its region",
    KIND: "councils of its kind",
    PLATFORM: "councils on its publisher's platform",
    ALIKE: f"the {MOST} manuals most like its own",
    ALL: "all other councils in the library",
}


def _by(
    way: str,
    council: str | None,
    here: Sequence[str],
    chapters: Callable[[], pd.DataFrame] | None,
    platforms: pd.DataFrame | None,
) -> Peers:
    """The councils that one of `WAYS` gives."""
    if council is None:
        raise ProcmanError(way, "first say which council is yours")
    if way == PLATFORM and platforms is None:
        platforms = from_directory(here)
    if way == ALIKE and chapters:
        return Peers(nearest(chapters(), council)["other"].tolist()[:MOST], [])
    table = known_presets(council, here, platforms).set_index("preset")[["councils", "missing"]].fillna("")
    if way not in table.index:
        raise ProcmanError(way, f"{council} is not in the directory of councils, so this is not known")
    return Peers(*([each for each in table.at[way, cell].split(BETWEEN) if each] for cell in ("councils", "missing")))


def held(names: Iterable[str], here: Sequence[str]) -> Peers:
    """Split councils named as in the directory or a list into those in the library and those missing from it.

    >>> held(["Kent", "Medway"], ["Medway Council"])
    Peers(councils=['Medway Council'], missing=['Kent'])
    """
    known = {short_name(each): each for each in here}
    names = list(names)
    return Peers(
        [known[short_name(each)] for each in names if short_name(each) in known],
        [each for each in names if short_name(each) not in known],
    )


def named(name: str, here: Sequence[str], others: Iterable[str] = ()) -> str:
    """Find a council in the library by any spelling of its name. ``others`` are names that the message can also suggest.

    >>> named("buckinghamshire council", ["Buckinghamshire"])
    'Buckinghamshire'
    >>> named("Northwik", ["Northwick"])
    Traceback (most recent call last):
    procman.errors.ProcmanError: Northwik: no council has this name, here or in the directory. Did you mean Northwick?
    """
    if name in here:
        return name
    same = [each for each in here if plain(each) == plain(name)] or held([name], here).councils
    if same:
        return same[0]
    council = find_council(name, (*here, *others))
    raise ProcmanError(
        council.council, f'its manual is not here; to fetch it: python -m procman add "{council.council}"'
    )


def presets(
    topics: pd.DataFrame,
    council: str,
    platforms: pd.DataFrame | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """List the ways to choose peers, and the councils in the library that each gives (columns of `PRESETS`).

    Parameters
    ----------
    topics
        Chapters with topics of the councils in the library.
    council
        Your council. It is not one of its own peers.
    platforms
        The result of `platforms`, for the preset "same platform".
    lists
        Your own lists by name, from `procman.library.peer_lists.read_lists`.

    Raises
    ------
    TableError
        The table has no chapter of that council.
    """
    alike = nearest(topics, council, platforms)["other"].tolist()
    rows = _known_presets(council, alike, platforms, lists)
    place = sum(name in (NEIGHBOURS, REGION, KIND) for name, *_ in rows)
    rows.insert(place, _preset(ALIKE, alike[:MOST], {short_name(name): name for name in alike}, whole=False))
    return PRESETS.frame(rows)


def known_presets(
    council: str,
    here: Iterable[str],
    platforms: pd.DataFrame | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Like `presets`, but from names alone, without topics. So it leaves out the most similar manuals.

    >>> known_presets("Milton Keynes", ["Oxfordshire"])[["preset", "here", "of"]].values.tolist()
    [['statistical neighbours', 0, 10], ['same region', 1, 18], ['same kind', 0, 62], ['all', 1, <NA>]]
    """
    others = [name for name in here if name != council]
    return PRESETS.frame(_known_presets(council, others, platforms, lists))


def _known_presets(
    council: str,
    others: list[str],
    platforms: pd.DataFrame | None,
    lists: Mapping[str, Sequence[str]] | None,
) -> list[tuple[Any, ...]]:
    here = {short_name(name): name for name in others}
    known, rows = known_as(council), []
    if known:
        every = [each for each in directory().values() if each != known]
        rows = [
            _preset(NEIGHBOURS, [each.neighbour for each in neighbours(known)], here),
            _preset(REGION, _named(each for each in every if each.region == known.region), here),
            _preset(KIND, _named(each for each in every if each.kind == known.kind), here),
        ]
    if platforms is not None:
        hosts = standing(platforms)
        same = [name for name in others if council in hosts and hosts.get(name) == hosts[council]]
        rows.append(_preset(PLATFORM, same, here, whole=False))
    rows += [_preset(name, [each for each in some if each != council], here) for name, some in (lists or {}).items()]
    return [*rows, _preset(ALL, sorted(others), here, whole=False)]


def _preset(name: str, councils: Sequence[str], here: Mapping[str, str], whole: bool = True) -> tuple[Any, ...]:
    """A preset's row. ``whole`` means that ``councils`` includes councils that are not in the library."""
    found = [here[short_name(each)] for each in councils if short_name(each) in here]
    missing = [each for each in councils if short_name(each) not in here]
    return name, BETWEEN.join(found), len(found), len(councils) if whole else None, BETWEEN.join(missing)


def _named(councils: Iterable[Council]) -> list[str]:
    return [each.council for each in councils]
