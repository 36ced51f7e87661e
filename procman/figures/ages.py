"""Figures of age: how long ago chapters were last announced as updated."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from procman.figures.adjustable import adjustable
from procman.figures.bars import (
    MOST_ROWS,
    ON_GRID,
    counted,
    depth,
    empty_chart,
    in_question,
    manual_key,
    manual_names,
    most_of,
    places,
    room,
    rows_axis,
)
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width
from procman.figures.style import BLUE, INK, ORANGE, TURQUOISE, look, wrap
from procman.measures.activity import AGES, ages_by_council
from procman.words import edition_in_words


@adjustable
def ages_chart(table: pd.DataFrame, older_than: int = 36) -> Axes:
    """Draw the ages of each manual's chapters: a line from the youngest to the oldest, a bar over the middle half, and the median.

    Parameters
    ----------
    table
        The result of `procman.measures.activity.ages`.
    older_than
        A chapter with more months than this counts as older. A line marks this age.

    Examples
    --------
    >>> axes = ages_chart(AGES.frame([("Ayle", None, 2, "1.1", "Consent", "All", "2020-01", 70),
    ...                               ("Ayle", None, 3, "1.2", "Records", "All", "2025-01", 10)]))
    >>> axes.figure.title
    '1 of 2 dated chapters is more than 3 years old, as of November 2025'
    >>> [text.get_text() for text in axes.texts]
    ['median 3.3 years; 1 of 2 older']
    """
    AGES.check(table, "ages_chart")
    sums = ages_by_council(table, older_than)
    dated, undated = int(sums["dated"].sum()), int(sums["undated"].sum())
    if not dated:
        return empty_chart(f"None of {counted(undated, 'chapter')} has a printed date", AGES.caveat, table)
    older = int(sums["older"].sum())
    years = f"{older_than / 12:g} year{'' if older_than == 12 else 's'}"
    until = _counted_to(table)
    title = (
        f"{older:,} of {counted(dated, 'dated chapter')} {'is' if older == 1 else 'are'} more than {years} old, "
        f"as of {until}"
    )
    drawn, cut = most_of(
        sums, manual_key(sums), sums["older"].astype(float), MOST_ROWS, "manual", "those with most old chapters"
    )
    labels = [wrap(name, label_width()) for name in manual_names(drawn)]
    middles = places(labels)
    ends = [_end(row) for row in drawn.itertuples()]
    said = [wrap(end, label_width(), lines=2) for end in ends]
    by_manual = dict(list(table.groupby(manual_key(table), sort=False)["months"]))
    groups = [by_manual[manual].dropna().astype(float) / 12 for manual in manual_key(drawn)]
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle=f"Years from the printed date to {until}: all chapters (line), the middle half (bar), the median (stroke)",
            note=f"{AGES.caveat} {AGES.denominator}{cut}",
            left=EDGE + room(labels) + 0.1,
            right=room(said) + 0.25 + EDGE,
            body=depth(labels),
        )
        for name, ages, middle, words in zip(manual_names(drawn), groups, middles, said, strict=True):
            reach = float(ages.max()) if len(ages) else 0.0
            if len(ages):
                axes.plot([ages.min(), ages.max()], [middle] * 2, color=INK, linewidth=1)
                low, high = ages.quantile([0.25, 0.75])
                (bar,) = axes.barh(
                    [middle], [high - low], left=low, height=0.24, facecolor=TURQUOISE, edgecolor=INK, linewidth=0.8
                )
                chart.point_out(bar, f"{name}: half of the dated chapters are {low:.1f} to {high:.1f} years old")
                axes.plot([ages.median()] * 2, [middle - 0.15, middle + 0.15], color=BLUE, linewidth=3)
            axes.annotate(
                words, (max(0.0, reach), middle), (8, 0), textcoords="offset points", va="center", bbox=ON_GRID
            )
        axes.axvline(older_than / 12, color=ORANGE, linewidth=1.5, linestyle=(0, (4, 2)))
        rows_axis(axes, labels, middles, in_question(drawn))
        oldest = max([older_than / 12, *(float(ages.max()) for ages in groups if len(ages))])
        axes.set_xlim(min([0.0, *(float(ages.min()) for ages in groups if len(ages))]), oldest * 1.01)
        axes.set_xlabel(f"Years from the printed date to {until} (dashed: {years})", loc="left")
        axes.xaxis.set_major_locator(MultipleLocator(1 if oldest < 12 else 2 if oldest < 24 else 5))
    chart.table = table
    chart.alt = f"Ranges of the ages of chapters, a row for each of {counted(len(drawn), 'manual')}. {title}."
    return axes


def _counted_to(table: pd.DataFrame) -> str:
    """The month to which the ages are counted: the printed month of any row, plus its months.

    >>> _counted_to(AGES.frame([("Ayle", None, 2, "1.1", "Consent", "All", "2023-11-30", 4)]))
    'March 2024'
    """
    dated = table[table["months"].notna()].iloc[0]
    year, month = divmod(int(dated["date"][:4]) * 12 + int(dated["date"][5:7]) - 1 + int(dated["months"]), 12)
    return edition_in_words(f"{year:04}-{month + 1:02}")


def _end(row: object) -> str:
    """The words at the end of a manual's row."""
    chapters, dated, median, older = (getattr(row, name) for name in ("chapters", "dated", "median_months", "older"))
    if not dated:
        return f"no dates on {counted(chapters, 'chapter')}"
    undated = f", {chapters - dated} undated" if chapters - dated else ""
    return f"median {median / 12:.1f} years; {older} of {dated} older{undated}"
