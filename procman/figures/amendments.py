"""Figures of announced amendments over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.figures.adjustable import adjustable
from procman.figures.bars import counted, empty_chart, most_of, room
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width
from procman.figures.style import NEW, QUIET, UPDATED, drawable, look, wrap
from procman.measures.activity import AMENDMENTS_BY_EDITION, NO_AMENDMENTS
from procman.words import edition_in_words

ROW, GAP = 0.55, 0.25  # inches for a council, and between two
MOST_ROWS = 40


@adjustable
def amendments_chart(table: pd.DataFrame) -> Axes:
    """Draw the amendments that each council announced, by edition.

    Parameters
    ----------
    table
        The result of `procman.measures.activity.amendments_by_edition`.

    Examples
    --------
    >>> axes = amendments_chart(AMENDMENTS_BY_EDITION.frame([("Ayle", "2023-04", 5, 1, 4), ("Ayle", "2024-04", 9, 0, 9)]))
    >>> axes.figure.title
    'Ayle announced 14 amendments from April 2023 to April 2024, most in April 2024 (9)'
    """
    AMENDMENTS_BY_EDITION.check(table, "amendments_chart")
    dated = table.dropna(subset="edition")
    if dated.empty:
        number = int(table["amendments"].sum())
        words = f"None of {counted(number, 'announced amendment')} is dated" if number else NO_AMENDMENTS.rstrip(".")
        return empty_chart(words, AMENDMENTS_BY_EDITION.caveat, table)
    council = dated["council"].astype("str").fillna("Council not named")
    months = dated["edition"].map(_months)
    part, cut = most_of(dated, council, dated["amendments"], MOST_ROWS, "council", "those with most amendments")
    names = list(dict.fromkeys(council[part.index]))
    labels = [wrap(name, label_width(), lines=2) for name in names]
    ends = [f"{int(dated.loc[council == name, 'amendments'].sum())} in all" for name in names]
    title = _title(dated, council)
    most = int(dated["amendments"].max())
    body = len(names) * (ROW + GAP) + GAP
    missing = int(table.loc[table["edition"].isna(), "amendments"].sum())
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle=f"Announced amendments by edition; the tallest bar is {most}",
            note=AMENDMENTS_BY_EDITION.caveat
            + (f" {counted(missing, 'amendment')} without a date left out." if missing else "")
            + cut,
            left=EDGE + room(labels) + 0.1,
            right=room(ends) + 0.15 + EDGE,
            body=body,
            key=[name for column, name in (("new", "New"), ("updated", "Updated")) if dated[column].any()],
        )
        floors = [(place + 1) * (ROW + GAP) for place in range(len(names))]
        wide = max(0.04, min(0.25, (months.max() - months.min() or 1) / 40))
        shown = {}
        for name, floor, words in zip(names, floors, ends, strict=True):
            mine = dated[council == name]
            start = [floor] * len(mine)
            for column, label, fill in (("new", "New", NEW), ("updated", "Updated", UPDATED)):
                tall = [-ROW * number / most for number in mine[column]]
                if any(tall):
                    shown[label] = axes.bar(months[mine.index], tall, wide, bottom=start, label=label, **fill.bar())
                    for bar, month, number in zip(shown[label], mine["edition"], mine[column], strict=True):
                        chart.point_out(bar, f"{name}, {edition_in_words(month)}: {number:,} {label}")
                start = [before + extra for before, extra in zip(start, tall, strict=True)]
            peak = mine["amendments"].idxmax()
            if mine.loc[peak, "amendments"] > 1 or len(mine) == 1:
                top = floor - ROW * mine.loc[peak, "amendments"] / most
                axes.annotate(
                    f"{mine.loc[peak, 'amendments']}",
                    (months[peak], top),
                    (0, 1),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    size=9,
                )
            axes.axhline(floor, color=QUIET, linewidth=0.8)
            axes.annotate(
                words,
                (1, floor - ROW / 2),
                (6, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                va="center",
            )
        axes.set_yticks([floor - ROW / 2 for floor in floors], labels)
        axes.set(ylim=(body, -0.1), xlim=(months.min() - wide * 2, months.max() + wide * 2))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8, min_n_ticks=1))
        axes.xaxis.set_major_formatter("{x:.0f}")
        axes.tick_params(length=0)
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x")
        axes.spines["bottom"].set_visible(False)
        axes.set_xlabel("Year of the edition", loc="left")
        chart.add_key(axes, list(shown.values()), list(shown))
    chart.table = table
    chart.alt = f"Timeline of announced amendments by edition. {title}."
    return axes


def _title(dated: pd.DataFrame, council: pd.Series) -> str:
    number = counted(dated["amendments"].sum(), "amendment")
    first, last = dated["edition"].min(), dated["edition"].max()
    when = (
        f"in {edition_in_words(first)}"
        if first == last
        else f"from {edition_in_words(first)} to {edition_in_words(last)}"
    )
    by_edition = dated.groupby("edition")["amendments"].sum()
    peak = "" if first == last else f", most in {edition_in_words(by_edition.idxmax())} ({by_edition.max()})"
    who = drawable(council.iloc[0]) if council.nunique() == 1 else f"{council.nunique()} councils"
    return f"{who} announced {number} {when}{peak}"


def _months(edition: str) -> float:
    """A month as a decimal year, for the axis."""
    year, *month = edition.split("-")
    return int(year) + (int(month[0]) - 0.5) / 12 if month else int(year) + 0.5
