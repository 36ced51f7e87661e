"""Figures of likeness: the manuals nearest to one, by the topics that they share."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from procman.figures.adjustable import adjustable
from procman.figures.bars import IN_ALL, IN_SOME, ONLY_HERE, Part, counted, cut_short, empty_chart, stacked_bars
from procman.figures.chart import Chart
from procman.figures.options import options
from procman.figures.style import drawable
from procman.measures.peers import LIKENESS

NEAREST = 15


@adjustable
def likeness_chart(table: pd.DataFrame) -> Axes:
    """Draw the manuals most like that of the council in question, with the topics shared and not; without one, the likest pairs.

    Parameters
    ----------
    table
        What `procman.measures.peers.likeness` returns.

    Examples
    --------
    >>> rows = [("Ayle", "Beere", 8, 2, 0, 0.8, 1.0), ("Ayle", "Cole", 5, 5, 10, 0.25, 0.5), ("Beere", "Cole", 4, 4, 11, 0.21, 0.5)]
    >>> axes = likeness_chart(LIKENESS.frame(rows), focus="Cole")
    >>> axes.figure.title
    'The contents page most like Cole’s is Ayle’s: 5 of 20 topics of either are on both'
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Ayle', 'Beere']
    """
    LIKENESS.check(table, "likeness_chart")
    focus = options().focus
    ours = focus in {*table["council"], *table["other"]}
    if ours:
        own = table[(table["council"] == focus) | (table["other"] == focus)]
        turned = own["council"] != focus
        rows = own.assign(
            label=own["other"].mask(turned, own["council"]),
            only_council=own["only_council"].mask(turned, own["only_other"]),
            only_other=own["only_other"].mask(turned, own["only_council"]),
        )
        names = "on both", f"only on {drawable(str(focus))}’s", "only on the other’s"
    else:
        rows = table.assign(label=table["council"] + " – " + table["other"])
        names = "on both", "only on the first’s", "only on the second’s"
    rows = rows.dropna(subset="likeness").sort_values("likeness", ascending=False, kind="stable")
    if rows.empty:
        return empty_chart("No two contents pages have a topic to compare", LIKENESS.caveat, table)
    drawn = rows.head(NEAREST)
    first = drawn.iloc[0]
    either = first["shared"] + first["only_council"] + first["only_other"]
    both = f"{first['shared']} of {counted(either, 'topic')} of either are on both"
    label = drawable(first["label"])
    first_is = (
        f"page most like {drawable(str(focus))}’s is {label}’s"
        if ours
        else f"two contents pages most alike are {label}"
    )
    title = f"The contents {first_is}: {both}" if ours else f"The {first_is}: {both}"
    columns = ("shared", IN_ALL), ("only_council", ONLY_HERE), ("only_other", IN_SOME)
    axes = stacked_bars(
        title,
        [drawable(each) for each in drawn["label"]],
        [Part(name, fill, list(drawn[column])) for name, (column, fill) in zip(names, columns, strict=True)],
        [f"{like * 100:.0f} % alike" for like in drawn["likeness"]],
        subtitle="Topics of two contents pages, the pages most alike first",
        note=LIKENESS.caveat + cut_short(len(rows), len(drawn), "manual" if ours else "pair", "the most alike"),
        axis="Topics",
    )
    chart = Chart.of(axes)
    chart.table, chart.alt = table, f"Bars of shared topics, the most alike first. {title}."
    return axes
