"""Shared parts of figures with rows: labels, stacked bars, and a figure that says there is nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width, options, page_width
from procman.figures.style import BLUE, BODY, GRID, INK, PURPLE, TURQUOISE, Fill, drawable, height, look, width, wrap

#: The most rows to draw. The figure's note says if rows are left out.
MOST_ROWS = 60
#: The background of words at a bar's end, so that no grid line crosses them.
ON_GRID = {"facecolor": "white", "edgecolor": "none", "pad": 1}

# The fills for how many councils have a topic.
IN_ALL = Fill(BLUE, "", "white")
IN_SOME = Fill(TURQUOISE, "xx", INK)
ONLY_HERE = Fill(PURPLE, "\\\\\\\\", INK)


class Part(NamedTuple):
    """One part of each bar: its meaning, its fill, and its length in each row."""

    name: str
    fill: Fill
    values: Sequence[float]


def stacked_bars(
    title: str,
    labels: Sequence[str],
    parts: Sequence[Part],
    ends: Sequence[str],
    *,
    subtitle: str = "",
    note: str = "",
    axis: str = "Chapters",
    bold: Sequence[bool] = (),
    gap: float = 0.2,
    begins: Sequence[float] = (),
) -> Axes:
    """Draw one horizontal bar for each label, with its parts end to end and words at its end. Labels can be bold.

    Bars begin at zero, or at ``begins``: below zero for a first part that goes to the left.

    Examples
    --------
    >>> axes = stacked_bars("Two rows", ["a", "b"], [Part("here", IN_ALL, [1, 2])], ["1", "2"])
    >>> [float(bar.get_width()) for bar in axes.patches]
    [1.0, 2.0]
    """
    heavy = list(bold) or [False] * len(labels)
    lines = (3, 2) if page_width() > 6 else (5, 5)  # of a label, and of the words at a bar's end
    wrapped = [
        wrap(label, label_width(), bold=strong, lines=lines[0]) for label, strong in zip(labels, heavy, strict=True)
    ]
    ends = [wrap(end, label_width(0.25), lines=lines[1]) for end in ends]
    # A row is as high as its label or the words at its end, whichever has more lines.
    taller = [max(pair, key=lambda words: words.count("\n")) for pair in zip(wrapped, ends, strict=True)]
    middles = places(taller, gap)
    left, right = EDGE + room(wrapped, bold=any(heavy)) + 0.1, room(ends) + 0.1 + EDGE
    axis_name = wrap(axis, page_width() - left - EDGE)
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle=subtitle,
            note=note,
            left=left,
            right=right,
            bottom=0.35 + height(axis_name),
            body=depth(taller, gap),
            key=[part.name for part in parts if any(part.values)],
        )
        first = list(begins) or [0.0] * len(wrapped)
        start = first
        shown = []
        wholes = [fsum(values) for values in zip(*(part.values for part in parts), strict=True)]
        for part in parts:
            bars = axes.barh(
                middles,
                list(part.values),
                left=start,
                height=0.12 + gap,
                label=part.name,
                clip_on=False,
                **part.fill.bar(),
            )
            for bar, label, value, whole in zip(bars, labels, part.values, wholes, strict=True):
                if value:
                    of = f"{value:.0f}%" if axis.startswith("%") else f"{value:,.0f} of {whole:,.0f} {axis.lower()}"
                    chart.point_out(bar, f"{label}: {part.name}, {of}")
            start = [before + float(value) for before, value in zip(start, part.values, strict=True)]
            shown += [bars] if any(part.values) else []
        for middle, end, words in zip(middles, start, ends, strict=True):
            axes.annotate(words, (end, middle), (6, 0), textcoords="offset points", va="center", bbox=ON_GRID)
        rows_axis(axes, wrapped, middles, heavy)
        axes.set_ylim(depth(taller, gap), 0)
        axes.set(xlim=(min([0.0, *first]), max([1, *start])))
        if begins:
            axes.axvline(0, color=INK, linewidth=0.8)
            axes.xaxis.set_major_formatter(lambda number, _: f"{abs(number):g}")
        axes.set_xlabel(axis_name, loc="left")
        steps = max(2, min(6, int((page_width() - left - right) / 0.45)))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=steps, steps=[1, 2, 5, 10]))
        chart.add_key(axes, shown, [str(bars.get_label()) for bars in shown])
    return axes


def rows_axis(axes: Axes, labels: Sequence[str], middles: Sequence[float], bold: Sequence[bool] = ()) -> None:
    """Put the rows' labels at the left, the first row at the top, with vertical grid lines only. Labels can be bold."""
    axes.set_yticks(middles, labels)
    for label, heavy in zip(axes.get_yticklabels(), bold, strict=False):
        label.set_fontweight("bold" if heavy else "normal")
    axes.set_ylim(depth(labels), 0)
    axes.tick_params(length=0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID)
    axes.spines["left"].set(visible=True, color=INK)
    axes.spines["bottom"].set_visible(False)


def places(labels: Sequence[str], gap: float = 0.2) -> list[float]:
    """The rows' middles, in inches from the top. A label with more lines needs more room.

    >>> [round(place, 2) for place in places(["one line", "two\\nlines"])]
    [0.2, 0.7]
    """
    middles, down = [], 0.0
    for label in labels:
        tall = height(label, BODY) + gap
        middles.append(down + tall / 2)
        down += tall
    return middles


def depth(labels: Sequence[str], gap: float = 0.2) -> float:
    """The height of all rows, in inches."""
    return fsum(height(label, BODY) + gap for label in labels)


def room(labels: Sequence[str], size: float = BODY, bold: bool = False) -> float:
    """The width of the widest line, in inches."""
    return max((width(line, size, bold) for label in labels for line in label.split("\n")), default=0.0)


def empty_chart(title: str, note: str, table: pd.DataFrame) -> Axes:
    """A figure that says why there is nothing to draw.

    >>> empty_chart("No manual announces amendments", "Only some do.", pd.DataFrame()).figure.alt
    'No manual announces amendments. Only some do.'
    """
    with look():
        chart, axes = Chart.framed(title, note=note, body=0.1, bottom=0.1)
        axes.set_axis_off()
    chart.table, chart.alt = table, f"{title}. {note}"
    return axes


def counted(number: float, one: str, more: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "chapter"), counted(4, "policy", "policies")
    ('1 chapter', '4 policies')
    """
    return f"{number:,.0f} {one if number == 1 else more or one + 's'}"


def cut_short(number: int, drawn: int, one: str, rule: str) -> str:
    """The sentence after the note if a figure draws only some rows: how many, and by which rule.

    >>> cut_short(70, 60, "manual", "those with most chapters"), cut_short(60, 60, "manual", "")
    (' Of 70 manuals 60 are drawn, those with most chapters; the table has all.', '')
    """
    return f" Of {counted(number, one)} {drawn} are drawn, {rule}; the table has all." if drawn < number else ""


def most_of(
    table: pd.DataFrame, rows: pd.Series, weights: pd.Series, most: int, one: str, rule: str
) -> tuple[pd.DataFrame, str]:
    """If there are too many rows, keep those with the most weight, and your council. Also return the sentence that says so.

    Parameters
    ----------
    table
        The table to draw.
    rows
        For each row of the table, the row of the drawing that it belongs to.
    weights
        For each row of the table, its weight.
    most
        The most rows to draw.
    one, rule
        Words for a row, and for the rule.

    Examples
    --------
    >>> table = pd.DataFrame({"council": ["Ayle", "Beere", "Cole"], "chapters": [3, 1, 2]})
    >>> part, said = most_of(table, table["council"], table["chapters"], 2, "council", "those with most chapters")
    >>> part["council"].tolist(), said
    (['Ayle', 'Cole'], ' Of 3 councils 2 are drawn, those with most chapters; the table has all.')
    """
    sums = weights.groupby(rows, sort=False).sum()
    if len(sums) <= most:
        return table, ""
    focus = options().focus
    own = set(rows[table["council"] == focus]) if focus and "council" in table else set()
    ranked = sorted(sums.index, key=lambda row: -sums[row])
    kept = [*(row for row in ranked if row in own), *(row for row in ranked if row not in own)][:most]
    if not own <= {*ranked[:most]}:
        rule += f", and {drawable(str(focus))}"
    return table[rows.isin(kept)], cut_short(len(sums), len(kept), one, rule)


def manual_key(table: pd.DataFrame) -> pd.Series:
    """One text for each manual, to group by even if council or edition is missing."""
    return table["council"].astype("str").fillna("") + "\n" + table["edition"].astype("str").fillna("")


def manual_name(council: object, edition: object, several: bool) -> str:
    """The name of a manual in a row: the council, with the edition if the council has several.

    >>> manual_name("Oxfordshire", "2017-07", True), manual_name(None, None, False)
    ('Oxfordshire, 2017-07', 'Council not named')
    """
    name = drawable(council) if isinstance(council, str) else "Council not named"
    return f"{name}, {edition if isinstance(edition, str) else 'undated'}" if several else name


def in_question(manuals: pd.DataFrame) -> list[bool]:
    """Whether each row is your council's. Its label is bold."""
    return list(manuals["council"] == options().focus)


def manual_names(manuals: pd.DataFrame) -> list[str]:
    """`manual_name` for each row with a ``council`` and an ``edition``."""
    several = manuals["council"].duplicated(keep=False)
    return [manual_name(*row) for row in zip(manuals["council"], manuals["edition"], several, strict=True)]
