"""Figures on a map of England's authorities. Each is a tile of the same size, so that small authorities can be seen."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import Part, counted, empty_chart, in_question, manual_names, most_of, stacked_bars
from procman.figures.chart import Chart
from procman.figures.expected import FILLS
from procman.figures.options import options
from procman.figures.sheet import across, sheet
from procman.figures.style import BLUE, GRID, INK, ORANGE, drawable, height, look, wrap
from procman.files import DATA, where_data_are
from procman.library.directory import known_as
from procman.measures.coverage import SEARCH
from procman.measures.duties import BY_COUNCIL
from procman.tables import STATES

#: The fewest councils for a map. Fewer are hard to find on it.
ON_MAP = 20
MOST_BARS = 30
_NAME = 6.0  # points of a tile's name. The table and the words on hovering have it at full size
_NOT_HERE = "white"
#: The lowest share of each fill, and the words for it. Fills go from light to dark, so that they can be told apart without colour.
STEPS = (
    (0.9, "90% or more", BLUE),
    (0.75, "75 to 90%", "#5B82AC"),
    (0.5, "50 to 75%", "#A9C0D8"),
    (0.0, "under 50%", "#E8EEF5"),
)


class Tile(NamedTuple):
    """A council's place on the map, from the top left."""

    column: int
    row: int


class Drawn(NamedTuple):
    """The content of a tile: its fill, the words in it, and the words on hovering."""

    fill: str
    words: str
    tip: str


@cache
def tiles() -> Mapping[str, Tile]:
    """Each authority's tile by its short name. See ``data/place_tiles.py``.

    >>> len(tiles()), tiles()["Isles of Scilly"].row == max(tile.row for tile in tiles().values())
    (153, True)
    """
    with where_data_are(DATA / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["council"]: Tile(int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


@adjustable
def who_has_chart(table: pd.DataFrame) -> Axes:
    """Draw on a map which councils have a chapter that a search found.

    Parameters
    ----------
    table
        The result of `procman.measures.coverage.search`.

    Examples
    --------
    >>> rows = [("Kent", "title", "t", "Consent", "1.1", "Consent", *[None] * 6), ("Leeds", "not found", *[None] * 10)]
    >>> axes = who_has_chart(SEARCH.frame(rows))
    >>> axes.figure.title
    '1 of 2 councils has a chapter on it'
    """
    SEARCH.check(table, "who_has_chart")
    here = table["found_by"] != "not found"
    chapters = here.groupby(table["council"], sort=False).sum()
    found, of = int((chapters > 0).sum()), len(chapters)
    title = f"{found} of {counted(of, 'council')} {'has' if found == 1 else 'have'} a chapter on it"
    shown = {
        council: Drawn(
            BLUE if number else _NOT_HERE,
            "",
            f"{drawable(council)}: {counted(number, 'chapter')}" if number else f"{drawable(council)}: none",
        )
        for council, number in chapters.items()
    }
    key = {"has a chapter": BLUE, "not on its contents page": _NOT_HERE}
    return _map(
        table, title, shown, key, "Councils whose contents page has a chapter on what was searched for", SEARCH.caveat
    )


@adjustable
def expected_chart(table: pd.DataFrame) -> Axes:
    """Draw the share of topics required by law or guidance that each council has: on a map, or with few councils, as bars.

    Parameters
    ----------
    table
        The result of `procman.measures.duties.by_council`.

    Examples
    --------
    >>> axes = expected_chart(BY_COUNCIL.frame([("Ayle", "2017-07", 30, 0, 5, 0, 5, 40, 0.75)]))
    >>> axes.figure.title
    'The share of expected topics on the contents page is 75%'
    >>> [text.get_text() for text in axes.texts]
    ['30 of 40']
    """
    BY_COUNCIL.check(table, "expected_chart")
    shares = table["share"].dropna()
    if shares.empty:
        return empty_chart("No topic is expected of any manual here", BY_COUNCIL.caveat, table)
    low, high = shares.min(), shares.max()
    range_ = (
        f"is {low:.0%}"
        if f"{low:.0%}" == f"{high:.0%}"
        else f"goes from {low:.0%} to {high:.0%}, median {shares.median():.0%}"
    )
    title = f"The share of expected topics on the contents page {range_}"
    known = [name for name in table["council"].dropna() if known_as(name)]
    if len(known) < ON_MAP:
        return _expected_bars(table, title)
    shown = {}
    for row in table.dropna(subset="share").itertuples():
        fill = next(fill for least, _, fill in STEPS if row.share >= least - 1e-9)
        shown[str(row.council)] = Drawn(
            fill, f"{row.share * 100:.0f}", f"{drawable(str(row.council))}: {row.present} of {row.of}"
        )
    key = {name: fill for _, name, fill in STEPS}
    return _map(
        table,
        title,
        shown,
        key,
        "Topics required by law or guidance that each contents page has, in per cent",
        BY_COUNCIL.caveat,
    )


def _expected_bars(table: pd.DataFrame, title: str) -> Axes:
    names = dict(zip(STATES, ("present", "to_follow", "possible", "elsewhere", "not_found"), strict=True))
    drawn, cut = most_of(
        table, table.index.to_series(), table["not_found"], MOST_BARS, "manual", "those with most that was not found"
    )
    axes = stacked_bars(
        title,
        manual_names(drawn),
        [Part(state, FILLS[state], list(drawn[name])) for state, name in names.items()],
        [f"{present} of {of}" for present, of in drawn[["present", "of"]].itertuples(index=False)],
        subtitle="Topics required by law or guidance, by what each contents page has on them",
        note=BY_COUNCIL.caveat + cut,
        axis="Expected topics",
        bold=in_question(drawn),
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"Bars for {counted(len(drawn), 'manual')}. {title}."
    return axes


def _map(
    table: pd.DataFrame, title: str, shown: Mapping[str, Drawn], key: Mapping[str, str], subtitle: str, note: str
) -> Axes:
    """A tile for each authority: with the fill in ``shown``, or only an outline if the library has no manual of it."""
    places = tiles()
    known = {council: own for council in shown if (own := known_as(council))}
    # Several pages of one council cannot be: a library has one manual of each.
    by_name = {own.council: shown[council] for council, own in known.items()}
    focus = known_as(options().focus or "")
    columns, rows = (max(places_) + 1 for places_ in zip(*places.values(), strict=True))
    side = across() / columns
    unplaced = [drawable(council) for council in shown if council not in known]
    if unplaced:
        note += f" Not on the map: {counted(len(unplaced), 'council')} that {'is' if len(unplaced) == 1 else 'are'} not among England’s authorities."
    names = [*key, "no manual here"]
    fills = [*key.values(), "none"]
    with look():
        chart, axes = sheet(title, side * rows, subtitle=subtitle, note=note, key=names)
        for council, (column, row) in places.items():
            what = by_name.get(council, Drawn("none", "", f"{council}: no manual here"))
            mine = focus is not None and council == focus.council
            box = Rectangle(
                (column * side + 0.02, row * side + 0.02),
                side - 0.04,
                side - 0.04,
                facecolor=what.fill,
                edgecolor=ORANGE if mine else INK if council in by_name else GRID,
                linewidth=3 if mine else 0.8,
                zorder=3 if mine else 2,
            )
            axes.add_patch(box)
            chart.point_out(box, what.tip)
            ink = "white" if what.fill in (BLUE, "#5B82AC") else INK if council in by_name else "#8a8a8a"
            if what.words:
                axes.text(
                    (column + 0.5) * side,
                    (row + 0.3) * side,
                    what.words,
                    ha="center",
                    va="center",
                    color=ink,
                    weight="bold",
                    size=_points(9.5, side),
                    zorder=4,
                )
            said, size = _name(council, side - 0.07, side * (0.55 if what.words else 0.9))
            axes.text(
                (column + 0.5) * side,
                (row + (0.7 if what.words else 0.5)) * side,
                said,
                ha="center",
                va="center",
                color=ink,
                size=size,
                linespacing=1.0,
                zorder=4,
            )
        chart.add_key(axes, [Patch(facecolor=fill, edgecolor=INK if fill != "none" else GRID) for fill in fills], names)
    chart.table, chart.alt = table, f"Map of England’s {len(places)} authorities as equal tiles. {title}."
    return axes


def _points(size: float, side: float) -> float:
    """A type size for a tile of this side; tiles of a whole page are half an inch wide."""
    return max(3.0, min(size, size * side / 0.48))


def _name(council: str, wide: float, tall: float) -> tuple[str, float]:
    """A council's name as it fits into its tile, and the type size."""
    for broken in (council.replace("-", "- "), council.replace("-", "- ").replace("shire", "- shire")):
        for size in (_points(_NAME, wide), _points(_NAME * 0.85, wide)):
            said = wrap(broken, wide, size, lines=max(1, int(tall / height("", size))))
            if "…" not in said:
                return said.replace("- ", "-"), size
    return said.replace("- ", "-"), size
