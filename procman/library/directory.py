"""The directory of councils: their codes, names and neighbours, and the addresses of their manuals.

The facts are in three files in ``data/``, which you can edit: `councils.csv`, `neighbours.csv` and `addresses.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from procman.errors import LibraryError, ProcmanError, TableError
from procman.files import DATA, read_rows, where_data_are
from procman.library.holdings import homes_of, read_facts
from procman.tables import COUNCILS
from procman.words import listed

if TYPE_CHECKING:
    import pandas as pd

    from procman.library.library import Library

#: The body whose manuals procman reads. `addresses.csv` also has the pages of safeguarding partnerships.
OURS = "children's services"
CONTENTS, AMENDMENTS = "contents", "amendments"


class Council(NamedTuple):
    """One of England's authorities for children's services, with its current and former names.

    ``names`` are its own and ``former`` those of its predecessors. ``since`` is the month in which it replaced them, or empty.
    """

    gss_code: str
    council: str
    official_name: str
    kind: str
    region: str
    since: str
    names: tuple[str, ...]
    former: tuple[str, ...]
    former_codes: tuple[str, ...]


class Address(NamedTuple):
    """The address of a council's page. ``page`` is contents or amendments. ``seen`` says in words when someone last saw it.

    An ``inferred`` address follows the pattern of others. Nobody has seen the page.
    """

    council: str
    page: str
    address: str
    platform: str
    body: str
    seen: str
    inferred: bool


class Neighbour(NamedTuple):
    """A statistical neighbour of a council. Rank 1 is the most similar."""

    council: str
    rank: int
    neighbour: str
    closeness: str


# --- the files ---------------------------------------------------------------------------------------------------


def _rows(name: str, *columns: str) -> Iterator[Mapping[str, str]]:
    """The rows of a data file by column; raises ``TableError`` naming the line that cannot be read."""
    path = where_data_are(DATA / name)
    rows = read_rows(path)
    line, head = next(rows, (1, []))
    if head != list(columns):
        raise TableError(path, f"the columns must be {', '.join(columns)}", line)
    for _, cells in rows:
        yield dict(zip(columns, cells, strict=True))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def directory() -> Mapping[str, Council]:
    """Every council by its short name, in the order of `councils.csv`.

    >>> len(directory()), directory()["Kent"].gss_code
    (153, 'E10000016')
    """
    columns = (
        *("gss_code", "council", "official_name", "other_names", "kind", "region", "since", "former"),
        "former_codes",
    )
    councils = {}
    for row in _rows("councils.csv", *columns):
        names = (row["council"], row["official_name"], *_parts(row["other_names"]))
        facts = [row[name] for name in ("gss_code", "council", "official_name", "kind", "region", "since")]
        councils[row["council"]] = Council._make([*facts, names, _parts(row["former"]), _parts(row["former_codes"])])
    return councils


@cache
def _addresses() -> Mapping[str, list[Address]]:
    found = defaultdict(list)
    for row in _rows("addresses.csv", *Address._fields):
        *texts, inferred = row.values()
        found[row["council"]].append(Address._make([*texts, inferred == "yes"]))
    return found


def addresses_of(council: Council, page: str = CONTENTS, body: str = OURS) -> list[Address]:
    """The known addresses of a council's page, in the order to try them. This is the order of the file: newest platform first.

    >>> [place.address for place in addresses_of(find_council("Kent"))]
    ['https://kentchildcare.proceduresonline.com/chapters/contents.html']
    """
    return [each for each in _addresses().get(council.council, ()) if each.page == page and each.body == body]


@cache
def sharing(address: str) -> frozenset[str]:
    """The councils known to share an address, because a joint service publishes one manual for them.

    >>> sorted(sharing("https://cumbriacs.proceduresonline.com/chapters/contents.html"))
    ['Cumberland', 'Westmorland and Furness']
    """
    return frozenset(
        council for council, places in _addresses().items() if any(each.address == address for each in places)
    )


@cache
def _neighbours() -> Mapping[str, list[Neighbour]]:
    found = defaultdict(list)
    for row in _rows("neighbours.csv", *Neighbour._fields):
        found[row["council"]].append(Neighbour(row["council"], int(row["rank"]), row["neighbour"], row["closeness"]))
    return found


def neighbours(council: Council) -> list[Neighbour]:
    """A council's ten statistical neighbours, the most similar first.

    >>> [each.neighbour for each in neighbours(find_council("Milton Keynes"))][:3]
    ['Bedford', 'Bexley', 'Southend-on-Sea']
    """
    return sorted(_neighbours().get(council.council, ()), key=lambda each: each.rank)


# --- names -------------------------------------------------------------------------------------------------------

#: Words that may or may not be part of a council's name.
_TITLES = frozenset(
    "council borough city county district metropolitan london royal corporation unitary authority the of and mbc bc cc".split()
)


def _folded(name: str) -> str:
    """A name without the parts that people often leave out: capitals, punctuation, "Council", "Borough", "City of", "and".

    >>> _folded("St. Helens Metropolitan Borough Council"), _folded("Bristol, City of"), _folded("City of London Corporation")
    ('saint helens', 'bristol', 'city of london')
    """
    plain = unicodedata.normalize("NFKD", name).casefold().replace("'", "").replace("’", "")
    words = ["saint" if word == "st" else word for word in re.findall(r"[^\W_]+", plain)]
    kept = [word for word in words if word not in _TITLES]
    return " ".join(kept or [word for word in words if word not in ("council", "corporation", "the")])


@cache
def _known() -> tuple[Mapping[str, Council], Mapping[str, list[Council]]]:
    """Two mappings from folded name or code: to the council with it now, and to the councils that replaced the one with it."""
    own: dict[str, Council] = {}
    former: dict[str, list[Council]] = defaultdict(list)
    for council in directory().values():
        own |= dict.fromkeys((*map(_folded, council.names), council.gss_code.casefold()), council)
        for name in (*map(_folded, council.former), *map(str.casefold, council.former_codes)):
            former[name].append(council)
    return own, former


def find_council(name: str, others: Iterable[str] | None = None) -> Council:
    """Find a council by name or code. Former names and other spellings count.

    ``others`` are names outside the directory that the message can suggest.

    Raises
    ------
    ProcmanError
        No council has that name (the message suggests others), or several councils replaced the one that had it.

    Examples
    --------
    >>> find_council("Hull City Council").council, find_council("E08000013").council, find_council("poole").council
    ('Hull', 'St Helens', 'Bournemouth, Christchurch and Poole')
    >>> find_council("Cheshire")
    Traceback (most recent call last):
    procman.errors.ProcmanError: Cheshire: it is now Cheshire East and Cheshire West and Chester: choose one
    """
    if council := known_as(name):
        return council
    folded, asked = _folded(name), " ".join(name.split())[:80] or "(no name)"
    if heirs := _known()[1].get(folded):
        names = listed([council.council for council in heirs], most=9)
        raise ProcmanError(asked, f"it is now {names}: choose one")
    where = (
        "no council in the directory has this name"
        if others is None
        else "no council has this name, here or in the directory"
    )
    raise ProcmanError(asked, f"{where}{_meant(folded, others or ())}")


def known_as(name: str) -> Council | None:
    """The council with this name or code, or None if there is not exactly one.

    >>> known_as("Northwick"), known_as("Cumbria"), known_as("Hull").gss_code
    (None, None, 'E06000010')
    """
    own, former = _known()
    folded = _folded(name)
    heirs = former.get(folded, [])
    return own.get(folded) or (heirs[0] if len(heirs) == 1 else None)


def short_name(name: str) -> str:
    """The directory's name for a council, or the name as given if the directory does not have it.

    >>> short_name("Kent County Council"), short_name("Northwick")
    ('Kent', 'Northwick')
    """
    council = known_as(name)
    return council.council if council else name


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The known names most like another, as the end of a message; empty where none is like it.

    >>> did_you_mean("Northwik", ["Northwick", "Kent"]), did_you_mean("Atlantis", ["Kent"])
    ('. Did you mean Northwick?', '')
    """
    return _likely(_folded(name), {_folded(each): each for each in known})


def _meant(folded: str, others: Iterable[str] = ()) -> str:
    """`did_you_mean` of all names in the directory, predecessors' too, and others."""
    own, former = _known()
    names = {key: council.council for key, council in own.items()}
    names |= {key: council.council for key, councils in former.items() for council in councils}
    return _likely(folded, names | {_folded(each): each for each in others})


def _likely(folded: str, names: Mapping[str, str]) -> str:
    from rapidfuzz import fuzz, process

    def likeness(one: str, other: str, **_: object) -> float:
        """Compare whole names as well as their best parts, so that "north yorks" is nearer to North Yorkshire than to York."""
        return (fuzz.WRatio(one, other) + fuzz.ratio(one, other)) / 2

    likely = process.extract(folded, [*names], scorer=likeness, score_cutoff=65, limit=6) if folded else []
    councils = [*dict.fromkeys(names[key] for key, *_ in likely)][:3]
    return f". Did you mean {' or '.join(councils)}?" if councils else ""


def choose(
    names: Iterable[str] = (), *, neighbours_of: str | None = None, region: str | None = None, everyone: bool = False
) -> list[Council]:
    """Choose councils by name, as a council's statistical neighbours, by region, or all. Each comes once, in that order.

    Raises
    ------
    ProcmanError
        The directory does not have a council or region.

    Examples
    --------
    >>> [council.council for council in choose(["Kent"], region="north east")][:3]
    ['Kent', 'Hartlepool', 'Middlesbrough']
    """
    chosen = [find_council(name) for name in names]
    if neighbours_of is not None:
        chosen += [directory()[each.neighbour] for each in neighbours(find_council(neighbours_of))]
    if region is not None:
        chosen += in_region(region)
    if everyone:
        chosen += directory().values()
    return list(dict.fromkeys(chosen))


def in_region(region: str) -> list[Council]:
    """The councils in one of England's nine regions. Raises ``ProcmanError``, which lists the regions, if there is no such region."""
    mine = [council for council in directory().values() if _folded(council.region) == _folded(region)]
    if not mine:
        regions = listed(sorted({council.region for council in directory().values()}), most=9)
        raise ProcmanError(region, f"there is no such region; the regions are {regions}")
    return mine


# --- the table ---------------------------------------------------------------------------------------------------


def councils(library: Library | str | Path = "data/manuals") -> pd.DataFrame:
    """List every authority for children's services in England, with the editions that a library holds.

    Councils that are in the library but not in the directory come last, with only a name.

    Parameters
    ----------
    library
        A library or its folder. Its pages are not read. A folder that does not exist counts as empty.

    Returns
    -------
    DataFrame
        One row per council (see `procman.tables`).

    Examples
    --------
    >>> table = councils("data/manuals").set_index("council")
    >>> table.loc["Oxfordshire", ["gss_code", "kind", "region", "editions"]].tolist()
    ['E10000025', 'county', 'South East', '2017-07']
    >>> table["editions"].count()
    np.int64(2)
    """
    held = editions_held(Path(library) if isinstance(library, str | Path) else library.folder)
    rows = [
        {
            **council._asdict(),
            "addresses": _joined(addresses_of(council)),
            "amendments": _joined(addresses_of(council, AMENDMENTS)),
            "former": "; ".join(council.former),
            "editions": "; ".join(held.pop(council.council, ())),
        }
        for council in directory().values()
    ]
    rows += [{"council": name, "editions": "; ".join(editions)} for name, editions in held.items()]
    return COUNCILS.frame({column.name: [row.get(column.name) for row in rows] for column in COUNCILS.columns})


def _joined(places: list[Address]) -> str:
    return " ".join(place.address for place in places)


def in_library(folder: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Each manual's folder in a library, the council's name (the directory's, if it has the council), and ``manual.toml``."""
    for home in homes_of(folder):
        try:
            facts = read_facts(home / "manual.toml")
        except LibraryError:
            facts = {}
        name = facts.get("council") or home.parent.name.replace("-", " ")
        council = known_as(facts.get("gss_code") or name)
        yield home, council.council if council else name, facts


def editions_held(folder: Path) -> dict[str, list[str]]:
    """The editions that a library's folder holds, oldest first, by council."""
    held: dict[str, list[str]] = defaultdict(list)
    for home, council, facts in in_library(folder):
        held[council].append(facts.get("edition") or home.name)
    return {council: sorted(editions) for council, editions in held.items()}
