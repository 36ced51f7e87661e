"""Figures of expected topics: a mark for each topic and council, or with many councils, bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from procman.figures.adjustable import adjustable
from procman.figures.bars import Part, counted, depth, empty_chart, most_of, places, room, stacked_bars
from procman.figures.chart import Cells, Chart
from procman.figures.options import label_width, options
from procman.figures.sheet import across, sheet
from procman.figures.style import (
    BLUE,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    TURQUOISE,
    Fill,
    drawable,
    height,
    look,
    shorten,
    width,
    wrap,
)
from procman.measures.counting import cells
from procman.measures.duties import AUDIT, STATES, asked

LABELS, HEADS = 0.4, 2.2  # at most for the rows' labels, of the page's width; for the columns' when upright, in inches
WIDE = 1.5  # inches of a column at most
MOST_COLUMNS = 24  # the most councils with a column each. With more councils, each topic has a bar
MOST_BARS = 40
SAID_HERE = {"present": "", "not found": "; here too"}
ALWAYS = 12  # with more topics than this, those on every page are only counted


class Mark(NamedTuple):
    """The mark of a cell: its shape and fill, which can be told apart without colour, and its meaning."""

    name: str
    marker: str
    face: str
    size: float = 9

    def handle(self) -> Line2D:
        """The mark in the key."""
        return Line2D([], [], **self.style())

    def style(self) -> dict[str, Any]:
        """The arguments of `Axes.plot`."""
        return {
            "linestyle": "none",
            "marker": self.marker,
            "markersize": self.size,
            "markerfacecolor": self.face,
            "markeredgecolor": INK,
            "markeredgewidth": 1,
        }


PRESENT = Mark("present", "s", BLUE)
TO_FOLLOW = Mark("to follow", "D", "white", 7)
POSSIBLE = Mark("possible", "^", ORANGE)
ELSEWHERE = Mark("elsewhere", ">", "white")
NOT_FOUND = Mark("not found", "o", "white")
NOT_ASKED = Mark("not expected", "x", "none", 5)
KINDS = dict(zip((*STATES, "not asked"), (PRESENT, TO_FOLLOW, POSSIBLE, ELSEWHERE, NOT_FOUND, NOT_ASKED), strict=True))
FILLS = dict(
    zip(
        STATES,
        (
            Fill(BLUE, "", "white"),
            Fill(PURPLE, "\\\\\\\\", INK),
            Fill(ORANGE, "////", INK),
            Fill(TURQUOISE, "xx", INK),
            Fill("white", "", INK),
        ),
        strict=True,
    )
)


@adjustable
def duties_chart(table: pd.DataFrame) -> Axes:
    """Draw which manuals have a chapter on each expected topic, the most often missing first.

    Parameters
    ----------
    table
        The result of `procman.measures.duties.audit`, one edition per council.

    Examples
    --------
    >>> axes = duties_chart(AUDIT.frame([
    ...     ("staying-put", "Staying put", "no", "Ayle", "2017-07", None, "present", "yes", 1, "4.8", "Staying Put", None, "words"),
    ...     ("sufficiency", "Sufficiency", "no", "Ayle", "2017-07", None, "not found", "yes", 0, None, None, None, "none")]))
    >>> axes.figure.title
    '1 of 2 checks found a matching chapter; 1 found none'
    """
    AUDIT.check(table, "duties_chart")
    if table.empty:
        return empty_chart("No duty to look for", AUDIT.caveat, table)
    focus = options().focus
    council = table["council"].astype("str").fillna("Council not named")
    # Topics that were not expected are drawn as such, whatever was found, so that the marks add up to the title.
    state = table["state"].where(table.index.isin(asked(table).index), "not asked")
    drawn = table.assign(council=council, state=state)
    first = table.drop_duplicates("duty").set_index("duty")
    titles = first["topic"].where(first["verified"] == "yes", first["topic"] + "*")
    whole = drawn["state"].eq("present").groupby(drawn["duty"], sort=False).all()
    same = list(whole.index[whole]) if len(whole) > ALWAYS else []
    part = drawn[~drawn["duty"].isin(same)]
    note = AUDIT.caveat + " Undated manuals are checked against every topic."
    if (table["verified"] != "yes").any():
        note += " * The source of this expectation was not verified."
    if same:
        note += f" Not drawn: {counted(len(same), 'topic')} with a chapter on every page."
    names = sorted(council.unique(), key=lambda name: name != focus)
    draw = _marks if len(names) <= MOST_COLUMNS else _bars
    found, missing = (int((asked(table)["state"] == each).sum()) for each in ("present", "not found"))
    title = f"{found:,} of {len(asked(table)):,} checks found a matching chapter" + (
        f"; {missing:,} found none" if missing else ""
    )
    axes = draw(title, part if len(part) else drawn, titles, names, note)
    chart = Chart.of(axes)
    chart.table = table
    by_topic = (state == "not found").groupby(table["topic"], sort=False).sum()
    worst = f" Most often missing: {by_topic.idxmax()}." if by_topic.any() else ""
    chart.alt = f"Expected topics by council. {title}.{worst}"
    return axes


def _marks(title: str, table: pd.DataFrame, titles: pd.Series, names: list[str], note: str) -> Axes:
    """A mark for each topic and council."""
    found = (table["state"] == "present").groupby(table["duty"], sort=False).sum()
    places = cells(table, "duty", "council", "state")
    return grid(
        title,
        {duty: titles[duty] for duty in found.sort_values(kind="stable").index},
        {name: drawable(name) for name in names},
        {(duty, name): KINDS[state] for duty, name, state in places},
        [KINDS[state] for state in KINDS if (table["state"] == state).any()],
        subtitle="Topics required by law or guidance, by council; the most often missing first",
        note=note,
    )


def _bars(title: str, table: pd.DataFrame, titles: pd.Series, names: list[str], note: str) -> Axes:
    """A bar of 100% for each topic: what was found, out of the councils that it is expected of."""
    focus = options().focus
    table = table[table["state"] != "not asked"]
    missing = (table["state"] == "not found").astype(float)
    share = missing.groupby(table["duty"], sort=False).mean().sort_values(ascending=False, kind="stable")
    table, cut = most_of(table, table["duty"], table["duty"].map(share), MOST_BARS, "topic", "those most often missing")
    duties = [duty for duty in share.index if duty in set(table["duty"])]
    counts = table.groupby(["duty", "state"]).size().unstack(fill_value=0).loc[duties]
    counts = counts.reindex(columns=[*STATES], fill_value=0)
    percent = counts.div(counts.sum(axis=1), axis=0) * 100
    own = table[table["council"] == focus].drop_duplicates("duty").set_index("duty")["state"].reindex(duties)
    ends = [
        f"{count} of {of} missing" + SAID_HERE.get(state, f"; here {state}" if isinstance(state, str) else "")
        for count, of, state in zip(counts["not found"], counts.sum(axis=1), own, strict=True)
    ]
    return stacked_bars(
        title,
        [titles[duty] for duty in duties],
        [Part(name, FILLS[name], list(percent[name])) for name in STATES],
        ends,
        subtitle="Topics required by law or guidance, the most often missing first"
        + (f"; bold: not found on the page of {drawable(focus)} (“here”)" if focus else ""),
        note=note + cut,
        axis="% of the councils from which it is expected",
        bold=[isinstance(state, str) and state == "not found" for state in own],
        gap=0.1,
    )


def grid(
    title: str,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    marks: Mapping[tuple[str, str], Mark],
    key: Sequence[Mark],
    *,
    subtitle: str = "",
    note: str = "",
) -> Axes:
    """Draw a grid. ``rows`` and ``columns`` are labels by name, and ``marks`` are the marks by (row, column)."""
    focus = options().focus
    labels = [wrap(label, label_width(LABELS), lines=2) for label in rows.values()]
    left = room(labels) + 0.15
    pitch = min(WIDE, across(left) / len(columns))
    upright, heads = _heads(list(columns.values()), pitch)
    head = 0.1 + (max(width(name, bold=True) for name in heads) if upright else max(height(name) for name in heads))
    middles = [head + place for place in places(labels, gap=0.1)]
    down, end = head + depth(labels, gap=0.1), pitch * len(columns)
    with look():
        chart, axes = sheet(title, down, subtitle=subtitle, note=note, left=left, key=[mark.name for mark in key])
        centres = {name: (place + 0.5) * pitch for place, name in enumerate(columns)}
        for name, label in zip(columns, heads, strict=True):
            axes.text(
                centres[name],
                head - 0.08,
                label,
                ha="center",
                va="bottom",
                rotation=90 if upright else 0,
                linespacing=1.2,
                weight="bold" if name == focus else "normal",
            )
        axes.hlines(middles, 0, end, color=GRID, linewidth=0.8, zorder=0)
        for mark in key:
            spots = [
                (centres[column], middle)
                for row, middle in zip(rows, middles, strict=True)
                for column in columns
                if marks.get((row, column)) == mark
            ]
            axes.plot([x for x, _ in spots], [y for _, y in spots], label=mark.name, **mark.style())
        whole = Rectangle((0, head), end, down - head, facecolor="none", linewidth=0)
        axes.add_patch(whole)
        of = {mark: Cells.state(place) for place, mark in enumerate(key, 1)}
        states = ["".join(of[marks[row, name]] if (row, name) in marks else "0" for name in columns) for row in rows]
        said = Cells(
            [drawable(row) for row in rows.values()],
            list(columns.values()),
            ["", *(mark.name for mark in key)],
            states,
            [depth([label], gap=0.1) for label in labels],
        )
        chart.point_out_cells(whole, said)
        # Use texts beside the rows instead of ticks, because sixty ticks take as long as everything else.
        for middle, label in zip(middles, labels, strict=True):
            axes.text(-0.05, middle, label, ha="right", va="center", linespacing=1.2)
        chart.add_key(axes, [mark.handle() for mark in key], [mark.name for mark in key])
    return axes


def _heads(names: Sequence[str], pitch: float) -> tuple[bool, list[str]]:
    """The columns' labels: horizontal if they fit, or else vertical."""
    longest = max((width(word) for name in names for word in name.split()), default=0.0)
    if longest < pitch - 0.1:
        return False, [wrap(name, pitch - 0.1) for name in names]
    return True, [shorten(name, HEADS) for name in names]
