"""Figures of two manuals side by side."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from procman.figures.adjustable import adjustable
from procman.figures.bars import (
    IN_ALL,
    IN_SOME,
    MOST_ROWS,
    ONLY_HERE,
    Part,
    counted,
    empty_chart,
    most_of,
    stacked_bars,
)
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width, page_width
from procman.figures.style import BLUE, BODY, GREY, INK, ORANGE, drawable, height, look, wrap
from procman.measures.pairs import SECTIONS, SIDE_BY_SIDE
from procman.tables import OUTSIDE

STEP, BREAK = 0.052, 0.14  # inches from chapter to chapter, and between sections
LABELS = 0.26  # of the page's width, for the sections' titles on either side

KEYS = ("same chapter", "same, in another section", "no match (short stroke)")


@adjustable
def side_by_side_chart(table: pd.DataFrame) -> Axes:
    """Draw two manuals' contents pages as columns of chapters, with a line between chapters that match.

    A line is dashed if the sections do not correspond. A chapter without a match has a short stroke outwards.

    Parameters
    ----------
    table
        The result of `procman.measures.pairs.side_by_side`.

    Examples
    --------
    >>> table = SIDE_BY_SIDE.frame([
    ...     ("Ayle", 2, "1.1", "Consent", "All", "Beere", 5, "2.1", "Consent", "Rights", "identical", 1.0, True),
    ...     ("Ayle", 3, "1.2", "Records", "All", None, None, None, None, None, None, None, None)])
    >>> axes = side_by_side_chart(table)
    >>> axes.figure.title
    '1 of Ayle’s 2 chapters has a match among Beere’s 1, all in the section that corresponds to its own'
    """
    SIDE_BY_SIDE.check(table, "side_by_side_chart")
    names, counts, matched = [], [], []
    for side in ("left", "right"):
        council = table[f"{side}_council"].dropna()
        names.append(drawable(council.iloc[0]) if len(council) else f"the {side} manual")
        counts.append(table[f"{side}_position"].nunique())
        matched.append(table.loc[table["level"].notna(), f"{side}_position"].nunique())
    if not any(counts):
        return empty_chart("Neither manual has a chapter", SIDE_BY_SIDE.caveat, table)
    sides = [_column(table, side) for side in ("left", "right")]
    body = max(side.depth for side in sides)
    joined = table[table["level"].notna()]
    crossing = int((~joined["same_section"].astype(bool)).sum())
    title = _title(names, counts, matched, crossing)
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle="Chapters in page order; each line joins two that are the same procedure",
            note=SIDE_BY_SIDE.caveat,
            body=body,
            bottom=0.1,
            key=KEYS,
        )
        across = page_width() - 2 * EDGE
        beside = label_width(LABELS) + 0.25
        edges = (beside, across - beside)
        axes.set(xlim=(0, across), ylim=(body, 0))
        axes.set_axis_off()
        for own, edge, outwards, name, column in zip(sides, edges, (-1, 1), names, ("left", "right"), strict=True):
            align = "right" if outwards < 0 else "left"
            axes.text(
                edge, 0.1, f"{wrap(name, label_width(LABELS), BODY, lines=1)}", ha=align, va="center", weight="bold"
            )
            free = set(table.loc[table["level"].isna(), f"{column}_position"].dropna())
            for section in own.sections:
                axes.plot([edge] * 2, [section.start - STEP / 2, section.end + STEP / 2], color=INK, linewidth=2.5)
                axes.text(
                    edge + outwards * 0.2,
                    section.middle,
                    section.label,
                    ha=align,
                    va="center",
                    color=INK,
                    linespacing=1.2,
                )
            titles = _titles(table, column)
            for position, place in own.places.items():
                if position in free:
                    (stroke,) = axes.plot(
                        [edge, edge + outwards * 0.12],
                        [place] * 2,
                        color=ORANGE,
                        linewidth=1.6,
                        label=f"no match {column}",
                    )
                    chart.point_out(stroke, f"{titles[position]}: no match")
        ours, others = _titles(table, "left"), _titles(table, "right")
        for same, style, colour, label in ((True, "-", BLUE, "straight"), (False, (0, (4, 2)), GREY, "crossing")):
            some = joined[joined["same_section"].astype(bool) == same]
            for left, right in zip(some["left_position"], some["right_position"], strict=True):
                ends = sides[0].places[left], sides[1].places[right]
                (line,) = axes.plot(
                    edges, ends, linestyle=style, color=colour, linewidth=0.9 if same else 1.4, label=label, zorder=1
                )
                chart.point_out(line, f"{ours[left]} – {others[right]}")
        keys = [
            axes.plot([], [], color=BLUE, linewidth=0.9)[0],
            axes.plot([], [], color=GREY, linestyle=(0, (4, 2)), linewidth=1.4)[0],
            axes.plot([], [], color=ORANGE, linewidth=1.6)[0],
        ]
        chart.add_key(axes, keys, KEYS)
    chart.table = table
    chart.alt = f"Two columns of chapters joined by {counted(len(joined), 'line')}. {title}."
    return axes


@adjustable
def sections_chart(table: pd.DataFrame) -> Axes:
    """Draw the chapters of each section of one manual: only in it, in both, and only in the other manual's corresponding sections.

    Parameters
    ----------
    table
        The result of `procman.measures.pairs.by_section`.

    Examples
    --------
    >>> axes = sections_chart(SECTIONS.frame([("Ayle", "Beere", "All", "Rights", 3, 9, 2)]))
    >>> axes.figure.title
    '9 of Ayle’s 12 chapters have a match; Beere has 2 without one'
    >>> [float(bar.get_x()) for bar in axes.patches], [float(bar.get_width()) for bar in axes.patches]
    ([-3.0, 0.0, 9.0], [3.0, 9.0, 2.0])
    """
    SECTIONS.check(table, "sections_chart")
    if table.empty:
        return empty_chart("Neither manual has a chapter", SECTIONS.caveat, table)
    names = [table[f"{side}_council"].iloc[0] for side in ("left", "right")]
    mine, theirs = (
        drawable(name) if isinstance(name, str) else f"the {side} manual"
        for name, side in zip(names, ("left", "right"), strict=True)
    )
    both, left, right = (int(table[column].sum()) for column in ("both", "only_left", "only_right"))
    title = f"{both} of {mine}’s {counted(both + left, 'chapter')} {'has' if both == 1 else 'have'} a match; {theirs} has {right} without one"
    drawn, cut = most_of(
        table,
        table.index.to_series(),
        table["only_left"] + table["both"] + table["only_right"],
        MOST_ROWS,
        "section",
        "the largest",
    )
    axes = stacked_bars(
        title,
        list(drawn["left_section"]),
        [
            Part(f"only {mine}", ONLY_HERE, list(drawn["only_left"])),
            Part("both", IN_ALL, list(drawn["both"])),
            Part(f"only {theirs}", IN_SOME, list(drawn["only_right"])),
        ],
        [
            f"{own} · {shared} · {other}"
            for own, shared, other in drawn[["only_left", "both", "only_right"]].itertuples(index=False)
        ],
        subtitle=f"Chapters by section of {mine}’s contents page: only there · on both · only on {theirs}’s",
        note=SECTIONS.caveat + cut,
        begins=[-float(own) for own in drawn["only_left"]],
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"Bars for {counted(len(drawn), 'section')}, what both have in the middle. {title}."
    return axes


def _titles(table: pd.DataFrame, side: str) -> dict[int, str]:
    """Each chapter's number and title, by its position."""
    names = [f"{side}_{name}" for name in ("position", "number", "title")]
    rows = table[names].dropna(subset=names[0]).itertuples(index=False)
    return {
        int(at): drawable(f"{number} {title}" if isinstance(number, str) else str(title)) for at, number, title in rows
    }


class _Section(NamedTuple):
    """One section's part of a column, from its first chapter to its last."""

    label: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class _Column(NamedTuple):
    """The place of each section and chapter of one manual, in inches from the top."""

    sections: list[_Section]
    places: dict[int, float]
    depth: float


def _column(table: pd.DataFrame, side: str) -> _Column:
    rows = table[[f"{side}_position", f"{side}_section"]].dropna(subset=f"{side}_position")
    rows = rows.drop_duplicates(f"{side}_position").sort_values(f"{side}_position")
    title = rows[f"{side}_section"].fillna(OUTSIDE)
    runs = (title != title.shift()).cumsum()
    sections: list[_Section] = []
    places: dict[int, float] = {}
    down = 0.45
    for _, run in rows.groupby(runs):
        label = wrap(title[run.index[0]], label_width(LABELS))
        spare = max(0.0, height(label, BODY) - len(run) * STEP)
        spots = [down + spare / 2 + STEP * place for place in range(len(run))]
        places |= dict(zip(map(int, run[f"{side}_position"]), spots, strict=True))
        sections.append(_Section(label, spots[0], spots[-1]))
        down += spare + len(run) * STEP + BREAK
    return _Column(sections, places, down)


def _title(names: list[str], counts: list[int], matched: list[int], crossing: int) -> str:
    one = f"{matched[0]} of {names[0]}’s {counted(counts[0], 'chapter')} {'has' if matched[0] == 1 else 'have'} a match"
    if not matched[0]:
        return f"No chapter of {names[0]} has a match among {names[1]}’s {counts[1]}"
    where = f"{crossing} in another section" if crossing else "all in the section that corresponds to its own"
    return f"{one} among {names[1]}’s {counts[1]}, {where}"
