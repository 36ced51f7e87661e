"""The figure of likeness: each manual by each other, with similar manuals next to each other, and the tree that orders them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch, Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import counted, empty_chart
from procman.figures.chart import Cells
from procman.figures.options import options
from procman.figures.sheet import across, sheet
from procman.figures.style import BLUE, INK, ORANGE, QUIET, SMALL, drawable, look, shorten, width
from procman.measures.peers import LIKENESS
from procman.measures.peers.alike import tree_of

#: The lowest likeness of each shade, and the words for it. The last is for a manual with itself.
SHADES = (
    (0.8, "80% or more", BLUE, "white"),
    (0.6, "60 to 80%", "#5B82AC", INK),
    (0.4, "40 to 60%", "#A9C1DB", INK),
    (0.2, "20 to 40%", "#DCE6F1", INK),
    (0.0, "under 20%", "#FFFFFF", INK),
)
_SELF = "#D9D9D9"
_TREE = 1.1  # inches of the tree's width, where the page is wide
_NAME, _NUMBER = 0.17, 0.4  # inches of a cell at least, for its row to have a name, and for itself to have a number


@adjustable
def likeness_chart(table: pd.DataFrame) -> Axes:
    """Draw the likeness of each pair of manuals as a square of cells, with similar manuals next to each other.

    The tree joins manuals at their mean likeness (average linkage).

    Parameters
    ----------
    table
        The result of `procman.measures.peers.likeness`.

    Examples
    --------
    >>> rows = [("Ayle", "Beere", 2, 8, 3, 0.15, 0.4), ("Ayle", "Cole", 9, 1, 2, 0.75, 0.9), ("Beere", "Cole", 1, 4, 9, 0.07, 0.2)]
    >>> axes = likeness_chart(LIKENESS.frame(rows), focus="Cole")
    >>> axes.figure.title
    'The contents pages most alike are Ayle’s and Cole’s (75%); on average two share 32% of their topics'
    >>> [label.get_text() for label in axes.texts if label.get_rotation() == 90]
    ['Beere', 'Ayle', 'Cole']
    """
    LIKENESS.check(table, "likeness_chart")
    known = table.dropna(subset="likeness")
    if known.empty:
        return empty_chart("No two contents pages have a topic to compare", LIKENESS.caveat, table)
    names, alike, tree = _ordered(table)
    focus = options().focus
    best = known.loc[known["likeness"].idxmax()]
    title = (
        f"The contents pages most alike are {drawable(best['council'])}’s and {drawable(best['other'])}’s "
        f"({best['likeness'] * 100:.0f}%); on average two share {known['likeness'].mean() * 100:.0f}% of their topics"
    )
    tree_wide = min(_TREE, across() / 8)
    said = {name: shorten(drawable(name), across() * 0.25, bold=name == focus) for name in names}
    left = max(width(each, bold=True) for each in said.values()) + 0.15
    pitch = min(0.5, (across(left) - tree_wide - 0.15) / len(names))
    if pitch < _NAME:  # too many to name: name only your council
        said = {name: each for name, each in said.items() if name == focus}
        left = max((width(each, bold=True) for each in said.values()), default=0.0) + 0.3
        pitch = (across(left) - tree_wide - 0.15) / len(names)
    side = pitch * len(names)
    head = max((width(each, bold=True) for each in said.values()), default=0.0) + 0.15 if pitch >= _NAME else 0.1
    key = [*(name for _, name, _, _ in SHADES), "itself"]
    hidden = "" if len(said) == len(names) else " Too many councils for their names; the table has them."
    with look():
        chart, axes = sheet(
            title,
            head + side,
            subtitle="Topics on both of two contents pages, of those on either; pages that are alike stand side by side, joined by a tree",
            note=LIKENESS.caveat + hidden,
            key=key,
            left=left,
        )
        shades = np.array([[_shade(share) for share in row] for row in alike])
        np.fill_diagonal(shades, len(SHADES))
        axes.imshow(
            shades,
            cmap=ListedColormap([*(colour for _, _, colour, _ in SHADES), _SELF]),
            vmin=0,
            vmax=len(SHADES),
            extent=(0, side, head + side, head),
            aspect="auto",
            interpolation="none",
        )
        axes.set(xlim=(0, across(left)), ylim=(head + side, 0))
        whole = Rectangle((0, head), side, side, facecolor="none", edgecolor=INK, linewidth=0.8)
        axes.add_patch(whole)
        chart.point_out_cells(whole, _cells(names, alike))
        for place, name in enumerate(names):
            if name not in said:
                continue
            weight, middle = "bold" if name == focus else "normal", (place + 0.5) * pitch
            marked = said[name] if pitch >= _NAME else f"{said[name]} ▶"
            axes.text(-0.08, head + middle, marked, ha="right", va="center", weight=weight)
            if pitch >= _NAME:
                axes.text(middle, head - 0.06, said[name], rotation=90, ha="center", va="bottom", weight=weight)
        if pitch >= _NUMBER:
            for row, column in zip(*np.nonzero(~np.eye(len(names), dtype=bool)), strict=True):
                colour = SHADES[shades[row, column]][3]
                x, y = (column + 0.5) * pitch, head + (row + 0.5) * pitch
                axes.text(x, y, f"{alike[row, column] * 100:.0f}", ha="center", va="center", size=SMALL, color=colour)
        if focus in names:
            edge = names.index(focus) * pitch
            for corner, wide, tall in (((0, head + edge), side, pitch), ((edge, head), pitch, side)):
                axes.add_patch(Rectangle(corner, wide, tall, facecolor="none", edgecolor=ORANGE, linewidth=1.6))
        axes.add_collection(_branches(tree, side + 0.06, tree_wide, head, pitch))
        patches = [Patch(facecolor=colour, edgecolor=INK) for colour in (*(shade[2] for shade in SHADES), _SELF)]
        chart.add_key(axes, patches, key)
    chart.table = table
    chart.alt = f"Square of {counted(len(names), 'council')} by as many, shaded by likeness. {title}."
    return axes


def _ordered(table: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The councils with similar ones next to each other, the likeness of each pair, and the tree (see `tree_of`)."""
    from scipy.cluster.hierarchy import leaves_list

    names = list(dict.fromkeys([*table["council"], *table["other"]]))
    place = {name: at for at, name in enumerate(names)}
    alike = np.eye(len(names))
    one, other = table["council"].map(place), table["other"].map(place)
    alike[one, other] = alike[other, one] = table["likeness"].fillna(0.0)
    tree = tree_of(alike)
    order = leaves_list(tree)
    return [names[at] for at in order], alike[np.ix_(order, order)], tree


def _shade(share: float) -> int:
    """The place of the likeness's shade.

    >>> _shade(1.0), _shade(0.6), _shade(0.0)
    (0, 1, 4)
    """
    return next(place for place, (least, *_) in enumerate(SHADES) if share >= least - 1e-9)


def _cells(names: list[str], alike: np.ndarray) -> Cells:
    """The words of each cell: the likeness of the pair in whole per cent."""
    words = [*(f"{percent}% alike" for percent in range(101)), "itself"]
    percents = np.rint(alike * 100).astype(int)
    np.fill_diagonal(percents, 101)
    states = ["".join(map(Cells.state, row)) for row in percents.tolist()]
    return Cells([drawable(name) for name in names], [drawable(name) for name in names], words, states)


def _branches(tree: np.ndarray, left: float, wide: float, head: float, pitch: float) -> LineCollection:
    """The tree, with its leaves in the middle of the rows. The further right two are joined, the less alike they are."""
    from scipy.cluster.hierarchy import dendrogram

    drawn = dendrogram(tree, no_plot=True)
    farthest = tree[:, 2].max() or 1.0
    lines = [
        [(left + far / farthest * wide, head + at / 10 * pitch) for at, far in zip(ats, fars, strict=True)]
        for ats, fars in zip(drawn["icoord"], drawn["dcoord"], strict=True)
    ]
    return LineCollection(lines, colors=QUIET, linewidths=1.0 if pitch >= _NAME else 0.5)
