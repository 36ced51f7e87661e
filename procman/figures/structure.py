"""Figures of structure: a manual's outline, how deep chapters stand, how large sections are."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.errors import TableError
from procman.figures.bars import (
    LABELS,
    MOST_ROWS,
    Part,
    counted,
    cut_short,
    depth,
    empty_chart,
    manual_name,
    manual_names,
    places,
    room,
    rows_axis,
    stacked_bars,
)
from procman.figures.chart import EDGE, Chart
from procman.figures.style import BLUE, INK, ORANGE, PURPLE, TURQUOISE, Fill, drawable, look, wrap
from procman.measures.structure import DEPTHS, SIZES
from procman.words import edition_in_words

SECTION, SUBSECTION = Fill(BLUE, "", "white"), Fill(TURQUOISE, "...", INK)
#: One fill for each depth from 1; all that is deeper has the last.
LEVEL_FILLS = (
    Fill("#F2F2F2", "", INK),
    Fill(TURQUOISE, "...", INK),
    Fill(BLUE, "", "white"),
    Fill(PURPLE, "\\\\\\\\", INK),
    Fill(ORANGE, "////", INK),
)


def outline_chart(table: pd.DataFrame) -> Axes:
    """Draw a manual's headings as a tree, each with a bar for the chapters it holds.

    Parameters
    ----------
    table
        What `procman.measures.structure.sizes` returns, of one manual.

    Raises
    ------
    TableError
        The table holds more than one manual, or none.

    Examples
    --------
    >>> rows = [("Ayle", None, "section", 1, "1", "All Children", 9, 0, 0.9), ("Ayle", None, "subsection", 2, "1.1", "Rights", 4, 1, 0.4),
    ...         ("Ayle", None, "section", 12, "2", "Adoption", 1, 0, 0.1)]
    >>> axes = outline_chart(SIZES.frame(rows))
    >>> axes.figure.title
    'Ayle: 10 chapters in 2 sections and 1 subsection; All Children holds 90%'
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['1 All Children', '1.1 Rights', '2 Adoption']
    """
    SIZES.check(table, "outline_chart")
    name = _one_manual(table, "outline_chart")
    drawn = table.iloc[:MOST_ROWS]
    is_section = drawn["level"] == "section"
    numbers = drawn["number"].fillna("")
    labels = [f"{number} {title}".strip() for number, title in zip(numbers, drawn["title"], strict=True)]
    sections = table[table["level"] == "section"]
    headed = int(sections["position"].notna().sum())
    subsections = len(table) - len(sections)
    title = f"{name}: {counted(sections['chapters'].sum(), 'chapter')} in {counted(headed, 'section')}"
    if subsections:
        title += f" and {counted(subsections, 'subsection')}"
    if len(sections) > 1 and sections["chapters"].any():
        largest = sections.loc[sections["chapters"].idxmax()]
        title += f"; {drawable(largest['title'])} holds {largest['share']:.0%}"
    axes = stacked_bars(
        title,
        labels,
        [
            Part("section", SECTION, list(drawn["chapters"].where(is_section, 0))),
            Part("subsection", SUBSECTION, list(drawn["chapters"].where(~is_section, 0))),
        ],
        [f"{chapters}" for chapters in drawn["chapters"]],
        subtitle=f"Headings in page order, with the chapters they hold; {edition_in_words(table['edition'].iloc[0])}",
        bold=list(is_section),
        note=SIZES.denominator + cut_short(len(table), len(drawn), "heading"),
    )
    chart = Chart.of(axes)
    chart.table = table
    listed = "; ".join(
        f"{drawable(title)} {chapters}" for title, chapters in sections[["title", "chapters"]].itertuples(index=False)
    )
    chart.alt = f"Bar chart of the manual's {counted(len(table), 'heading')}. {title}. Chapters by section: {listed}."
    return axes


def depth_chart(table: pd.DataFrame) -> Axes:
    """Draw how many chapters of each manual stand at each depth.

    Parameters
    ----------
    table
        What `procman.measures.structure.depths` returns.

    Examples
    --------
    >>> axes = depth_chart(DEPTHS.frame([("Ayle", None, 2, 4, 0.4), ("Ayle", None, 3, 6, 0.6)]))
    >>> axes.figure.title
    '6 of 10 chapters are at level 3'
    """
    DEPTHS.check(table, "depth_chart")
    if table.empty:
        return empty_chart("No manual has a chapter", DEPTHS.caveat, table)
    manuals = table[["council", "edition"]].drop_duplicates()
    wide = table.pivot_table(index=_key(table), columns="depth", values="chapters", fill_value=0, sort=False)
    levels = sorted(wide.columns)
    cut = cut_short(len(wide), min(len(wide), MOST_ROWS), "manual")
    total = wide.sum()
    commonest = total.idxmax()
    title = f"{total[commonest]:,.0f} of {counted(total.sum(), 'chapter')} {'is' if total[commonest] == 1 else 'are'} at level {commonest}"
    names = {level: f"at level {level}" for level in levels}
    axes = stacked_bars(
        title,
        manual_names(manuals)[:MOST_ROWS],
        [Part(names[level], LEVEL_FILLS[min(level, 5) - 1], list(wide[level])[:MOST_ROWS]) for level in levels],
        [f"{chapters:.0f}" for chapters in wide.sum(axis=1)][:MOST_ROWS],
        subtitle="Chapters of each manual by level: 1 at the top of the page, 2 under a section, 3 under a subsection",
        note=DEPTHS.caveat + cut,
    )
    chart = Chart.of(axes)
    chart.table = table
    listed = "; ".join(
        f"{name}: " + ", ".join(f"{row[level]:.0f} {names[level]}" for level in levels if row[level])
        for name, (_, row) in zip(manual_names(manuals), wide.iterrows(), strict=True)
    )
    chart.alt = f"Bar chart of chapters by depth. {title}. {listed}.{cut}"
    return axes


def sizes_chart(table: pd.DataFrame) -> Axes:
    """Draw the size of each section of each manual as a dot, with the median as a stroke and the largest named.

    Parameters
    ----------
    table
        What `procman.measures.structure.sizes` returns, of any number of manuals.

    Examples
    --------
    >>> rows = [("Ayle", None, "section", 1, "1", "All Children", 9, 0, 0.9), ("Ayle", None, "section", 12, "2", "Adoption", 1, 0, 0.1)]
    >>> axes = sizes_chart(SIZES.frame(rows))
    >>> axes.figure.title
    'Sections hold from 1 to 9 chapters'
    >>> [text.get_text() for text in axes.texts]
    ['All Children, 9']
    """
    SIZES.check(table, "sizes_chart")
    sections = table[(table["level"] == "section") & table["position"].notna()]
    if sections.empty:
        return empty_chart("No manual has a section", SIZES.caveat, table)
    low, high = sections["chapters"].min(), sections["chapters"].max()
    title = (
        f"Sections hold from {low} to {high} chapters" if low < high else f"All sections hold {counted(low, 'chapter')}"
    )
    by_manual = list(sections.groupby(_key(sections), sort=False))
    rows = by_manual[:MOST_ROWS]
    cut = cut_short(len(by_manual), len(rows), "manual")
    manuals = pd.DataFrame([part.iloc[0][["council", "edition"]] for _, part in rows])
    labels = [wrap(name, LABELS) for name in manual_names(manuals)]
    middles = places(labels)
    largest = [part.loc[part["chapters"].idxmax()] for _, part in rows]
    ends = [wrap(f"{row['title']}, {row['chapters']}", 2.2, lines=1) for row in largest]
    with look():
        chart, axes = Chart.framed(
            title,
            subtitle="Chapters in each section: a dot a section, the stroke is the median; the largest is named",
            note=SIZES.caveat + cut,
            left=EDGE + room(labels) + 0.1,
            right=room(ends) + 0.2 + EDGE,
            body=depth(labels),
        )
        for (_, part), middle, row, words in zip(rows, middles, largest, ends, strict=True):
            axes.plot(
                part["chapters"],
                [middle] * len(part),
                "o",
                markersize=9,
                markerfacecolor=BLUE,
                markeredgecolor="white",
                alpha=0.75,
            )
            median = part["chapters"].median()
            axes.plot([median] * 2, [middle - 0.15, middle + 0.15], color=ORANGE, linewidth=3)
            axes.annotate(words, (row["chapters"], middle), (9, 0), textcoords="offset points", va="center")
        rows_axis(axes, labels, middles)
        axes.set_xlim(left=-0.02 * max(high, 1), right=max(high, 1) * 1.02)
        axes.set_xlabel("Chapters in the section", loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    chart.table = table
    listed = "; ".join(
        f"{drawable(name)}: {counted(len(part), 'section')}, median {part['chapters'].median():g}, largest {drawable(row['title'])} {row['chapters']}"
        for name, (_, part), row in zip(manual_names(manuals), rows, largest, strict=True)
    )
    chart.alt = f"Dots for the sizes of {counted(len(sections), 'section')}. {title}. {listed}.{cut}"
    return axes


def _one_manual(table: pd.DataFrame, figure: str) -> str:
    manuals = table[["council", "edition"]].drop_duplicates()
    if len(manuals) != 1:
        raise TableError(figure, f"the table holds {len(manuals)} manuals; give the rows of one")
    return manual_name(manuals["council"].iloc[0], None, several=False)


def _key(table: pd.DataFrame) -> pd.Series:
    """One text for each manual, to group by where council or edition is missing."""
    return table["council"].astype("str").fillna("") + "\n" + table["edition"].astype("str").fillna("")
