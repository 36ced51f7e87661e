"""Figures of which councils have each topic: lists for few councils, and a sorted and clustered matrix for many."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch, Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import counted, cut_short, empty_chart
from procman.figures.chart import Cells, Chart
from procman.figures.options import label_width, options
from procman.figures.sheet import across, sheet
from procman.figures.style import (
    BLUE,
    BODY,
    GRID,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    drawable,
    height,
    look,
    shorten,
    width,
    wrap,
)
from procman.measures.counting import BANDS, MANY, band, topic_titles
from procman.measures.coverage import PRESENCE

#: The most councils for lists of topics.
FEW = 4
LINES = 240  # the most topics to list. The table has them all
NAMED = 60  # the most rows of the matrix with names. With more rows, only the bands have names
_COLUMN, _GAP = 2.6, 0.25  # inches of a column of the list at least, and between two
_NUMBERS = 0.36  # of such a column, at most, for the chapters' numbers
_HEIGHT = 7.5  # inches of a matrix whose rows are not named
_NAME = 0.17  # inches of a council's column at least, for its name to stand over it
_HERE, _ABSENT = BLUE, "#EEEEEE"
_KEY = ["on the contents page", "not on it"]


@adjustable
def matrix_chart(table: pd.DataFrame) -> Axes:
    """Draw which councils have each topic.

    With up to four councils, draw a list of topics with numbers for each set of councils. Topics that all have come last, and are left out
    first. With more councils, draw a cell for each topic and council, with the most common topics at the top and similar councils next to
    each other.

    Parameters
    ----------
    table
        The result of `procman.measures.coverage.presence`.

    Examples
    --------
    >>> rows = [("a", "Consent", "Ayle", 1, "1.1", "All"), ("a", "Consent", "Beere", 1, "2.1", "All"),
    ...         ("b", "Records", "Ayle", 2, "1.2", "All"), ("b", "Records", "Beere", 0, None, None)]
    >>> axes = matrix_chart(PRESENCE.frame(rows))
    >>> axes.figure.title
    '1 of 2 topics is on both contents pages, 1 on one alone'
    >>> [label.get_text() for label in axes.texts]
    ['Only Ayle: 1', '1.2', 'Records', 'Both: 1', '1.1 · 2.1', 'Consent']
    """
    PRESENCE.check(table, "matrix_chart")
    councils = table["council"].unique().tolist()
    if not councils:
        return empty_chart("No topic to compare", PRESENCE.caveat, table)
    axes = _lists(table, councils) if len(councils) <= FEW else _matrix(table, councils)
    Chart.of(axes).table = table
    return axes


# --- few councils: lists ----------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of a list: a heading, or a topic with its numbers."""

    number: str
    words: str
    head: bool = False

    @property
    def tall(self) -> float:
        return max(height(self.words, SMALL), height(self.number, SMALL)) + (0.12 if self.head else 0.02)


def _lists(table: pd.DataFrame, councils: list[str]) -> Axes:
    titles, has = topic_titles(table), _counts(table)
    here = table[table["chapters"] > 0]
    numbers = here.groupby("topic", sort=False)["numbers"].agg(lambda each: " · ".join(each.dropna()))
    sets = here.groupby("topic", sort=False)["council"].agg(tuple)
    # Topics that all have say least, so they come last and are left out first.
    ranked = sorted(sets.index, key=lambda topic: (len(sets[topic]) == len(councils), -has[topic], sets[topic]))
    drawn = ranked[:LINES]
    columns = max(1, int((across() + _GAP) / (_COLUMN + _GAP)))
    wide = (across() - _GAP * (columns - 1)) / columns
    indent = {
        members: min(
            _NUMBERS * wide,
            max((width(numbers[topic], SMALL) for topic in drawn if sets[topic] == members), default=0.0) + 0.1,
        )
        for members in dict.fromkeys(sets)
    }
    lines: list[_Line] = []
    for topic in drawn:
        members = sets[topic]
        if topic == drawn[0] or members != sets[drawn[len([line for line in lines if not line.head]) - 1]]:
            number = int((sets == members).sum())
            lines.append(_Line("", wrap(f"{_who(members, councils)}: {number:,}", wide, SMALL, bold=True), head=True))
        words = wrap(titles[topic] or str(topic), wide - indent[members], SMALL, lines=2)
        lines.append(_Line(wrap(numbers[topic], indent[members] - 0.1, SMALL, lines=2), words))
    body, starts = _flow(lines, columns)
    title = _title(has, len(councils))
    with look():
        chart, axes = sheet(
            title,
            body,
            subtitle="Topics by the councils whose contents page has them, with the chapters’ numbers",
            note=PRESENCE.caveat
            + cut_short(
                len(has), len(drawn), "topic", "first those that not all councils have, of most councils first"
            ),
        )
        members = ()
        shown = iter(drawn)
        for line, (column, down) in zip(lines, starts, strict=True):
            x = column * (wide + _GAP)
            if line.head:
                _say(axes, x, down + 0.1, line.words, weight="bold")
                continue
            members = sets[next(shown)]
            _say(axes, x, down, line.number, color=QUIET)
            _say(axes, x + indent[members], down, line.words)
    chart.alt = (
        f"Lists of {counted(len(has), 'topic')} by which of {counted(len(councils), 'council')} have them. {title}."
    )
    return axes


def _say(axes: Axes, x: float, down: float, words: str, **style: Any) -> None:
    """Write words from here down, each line on its own base line, so that lines side by side are level."""
    for place, line in enumerate(words.split("\n") if words else []):
        axes.text(x, down + height("", SMALL) * (place + 0.8), line, va="baseline", size=SMALL, **style)


def _flow(lines: list[_Line], columns: int) -> tuple[float, list[tuple[int, float]]]:
    """The height of a text in columns, and the column and depth of each line. A heading stays with the line below it."""
    deep = sum(line.tall for line in lines) / columns
    while True:
        places: list[tuple[int, float]] = []
        column, down = 0, 0.0
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            needed = line.tall + (after.tall if line.head and after else 0)
            if down and down + needed > deep + 1e-9:
                column, down = column + 1, 0.0
            places.append((column, down))
            down += line.tall
        if column < columns:
            return deep, places
        deep += 0.1


def _who(members: tuple[str, ...], councils: list[str]) -> str:
    if len(councils) == 1:
        return drawable(members[0])
    if len(members) == len(councils):
        return "Both" if len(members) == 2 else f"All {len(members)}"
    if len(members) == 1:
        return f"Only {drawable(members[0])}"
    return ", ".join(map(drawable, members[:-1])) + f" and {drawable(members[-1])}"


# --- many councils: the matrix ----------------------------------------------------------------------------------


def _matrix(table: pd.DataFrame, councils: list[str]) -> Axes:
    focus, titles, has = options().focus, topic_titles(table), _counts(table)
    cells = table.assign(here=table["chapters"] > 0).pivot(index="topic", columns="council", values="here")
    cells = cells[_beside(cells)]
    order = cells.assign(has=has).sort_values(["has", *cells.columns], ascending=False, kind="stable").index
    cells = cells.loc[order]
    named = len(cells) <= NAMED
    labels = [wrap(titles[topic] or str(topic), label_width(0.4), lines=2) for topic in order] if named else []
    sides = [
        f"{name}: {counted((pd.Series([band(has[topic] / len(councils)) for topic in order]) == name).sum(), 'topic')}"
        for _, name, _ in BANDS
    ]
    left = max(map(width, [line for label in labels for line in label.split("\n")] if named else sides)) + 0.15
    wide = across(left)
    pitch = wide / len(councils)
    over = {name: shorten(drawable(name), 2.0, bold=name == focus) for name in cells.columns}
    upright = pitch >= _NAME
    shown = over if upright else {name: label for name, label in over.items() if name == focus}
    head = (max((width(label, bold=True) for label in shown.values()), default=0.0) if upright else 0.3) + 0.15
    rows = max((height(label) for label in labels), default=0.0) + 0.06
    deep = rows * len(cells) if named else _HEIGHT
    title = _title(has, len(councils))
    hidden = (
        ""
        if upright
        else f" Too many councils for their names{' but that of ' + drawable(focus) if focus else ''}; the table has them."
    )
    with look():
        chart, axes = sheet(
            title,
            head + deep,
            subtitle="Topics (rows, the most common on top) by council (columns, those with like pages side by side)",
            note=PRESENCE.caveat + hidden,
            key=_KEY,
            left=left,
        )
        axes.imshow(
            cells.to_numpy(dtype=float),
            cmap=ListedColormap([_ABSENT, _HERE]),
            vmin=0,
            vmax=1,
            extent=(0, wide, head + deep, head),
            aspect="auto",
            interpolation="none",
        )
        axes.set(xlim=(0, wide), ylim=(head + deep, 0))
        for place, name in enumerate(cells.columns):
            if name not in shown:
                continue
            x = (place + 0.5) * pitch
            if upright:
                weight = "bold" if name == focus else "normal"
                axes.text(x, head - 0.06, over[name], rotation=90, ha="center", va="bottom", weight=weight)
            else:
                side = "left" if x < wide / 2 else "right"
                axes.text(
                    x,
                    head - 0.08,
                    f"▼ {over[name]}" if side == "left" else f"{over[name]} ▼",
                    ha=side,
                    va="bottom",
                    weight="bold",
                )
        whole = Rectangle((0, head), wide, deep, facecolor="none", linewidth=0)
        axes.add_patch(whole)
        chart.point_out_cells(
            whole,
            Cells(
                [drawable(titles[topic] or str(topic)) for topic in order],
                [drawable(name) for name in cells.columns],
                _KEY,
                ["".join("0" if here else "1" for here in row) for row in cells.to_numpy()],
            ),
        )
        for place, name in enumerate(cells.columns):
            # Almost invisible: it shows words on hovering.
            over_it = Rectangle((place * pitch, head), pitch, deep, facecolor="white", alpha=0.004, linewidth=0)
            axes.add_patch(over_it)
            chart.point_out(over_it, f"{name}: {int(cells[name].sum()):,} of {counted(len(cells), 'topic')}")
        if focus in cells.columns:
            edge = cells.columns.get_loc(focus) * pitch
            axes.vlines([edge, edge + pitch], head, head + deep, color=ORANGE, linewidth=1.6)
        if named:
            for place, label in enumerate(labels):
                axes.text(-0.08, head + rows * (place + 0.5), label, ha="right", va="center", linespacing=1.1)
        else:
            _say_bands(axes, [has[topic] / len(councils) for topic in order], sides, head, deep, left)
        chart.add_key(
            axes,
            [Patch(facecolor=_HERE, edgecolor=INK), Patch(facecolor=_ABSENT, edgecolor=INK)],
            _KEY,
        )
    chart.alt = f"Matrix of {counted(len(has), 'topic')} by {counted(len(councils), 'council')}. {title}."
    if focus is not None and focus in cells.columns:
        chart.alt += f" {drawable(focus)} has {int(cells[focus].sum()):,}."
    return axes


def _say_bands(axes: Axes, shares: list[float], sides: list[str], head: float, deep: float, left: float) -> None:
    """Write beside the rows where each band of shares ends, and its number of topics."""
    below = head
    for (least, _, _), words in zip(BANDS, sides, strict=True):
        end = head + deep * sum(share >= least - 1e-9 for share in shares) / len(shares)
        axes.plot([-left + 0.05, 0], [end, end], color=GRID if least else INK, linewidth=0.8, clip_on=False)
        if end - below > height(words, BODY):
            axes.text(-0.08, (below + end) / 2, words, ha="right", va="center")
        below = end


def _beside(cells: pd.DataFrame) -> list[str]:
    """The councils in an order with similar pages side by side, by average linkage of Jaccard's distance."""
    from scipy.cluster.hierarchy import leaves_list, linkage

    far = linkage(cells.to_numpy(dtype=bool).T, "average", metric="jaccard", optimal_ordering=True)
    return [str(cells.columns[place]) for place in leaves_list(far)]


def _counts(table: pd.DataFrame) -> pd.Series:
    """The number of councils that have each topic."""
    return (table["chapters"] > 0).groupby(table["topic"], sort=False).sum()


def _title(has: pd.Series, of: int) -> str:
    every, alone = int((has == of).sum()), int((has == 1).sum())
    if of == 1:
        return f"{counted(len(has), 'topic')} on the contents page of the only council here"
    if of >= MANY:
        bands = (has / of).map(band)
        common, rare = (int((bands == name).sum()) for _, name, _ in (BANDS[0], BANDS[-1]))
        many = f"{common} of {counted(len(has), 'topic')} {'is' if common == 1 else 'are'} listed by {BANDS[0][1]} of the {of} councils"
        return f"{many}, {rare or 'none'} by {BANDS[-1][1]}"
    pages = "both contents pages" if of == 2 else f"all {of} contents pages"
    return f"{every} of {counted(len(has), 'topic')} {'is' if every == 1 else 'are'} on {pages}, {alone} on one alone"
