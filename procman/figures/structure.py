"""Figures of structure: the parts of a manual's sections, the sizes of sections, and the levels of chapters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from procman.errors import TableError
from procman.figures.adjustable import adjustable
from procman.figures.bars import (
    MOST_ROWS,
    ON_GRID,
    Part,
    counted,
    empty_chart,
    in_question,
    manual_key,
    manual_name,
    manual_names,
    most_of,
    room,
    rows_axis,
    stacked_bars,
)
from procman.figures.chart import EDGE, Chart
from procman.figures.options import label_width, page_width
from procman.figures.style import BLUE, INK, ORANGE, PURPLE, SMALL, TURQUOISE, Fill, drawable, height, look, width, wrap
from procman.measures.structure import DEPTHS, SIZES
from procman.words import edition_in_words

#: One fill for each level from 1. Deeper levels have the last.
LEVEL_FILLS = (
    Fill("#F2F2F2", "", INK),
    Fill(TURQUOISE, "xx", INK),
    Fill(BLUE, "", "white"),
    Fill(PURPLE, "\\\\\\\\", INK),
    Fill(ORANGE, "////", INK),
)
#: Adjacent pieces have different shades of blue. Pieces without a heading are white.
PIECES, UNHEADED = ("#C6D5E6", "#E3EBF3"), "white"
MOST_MANUALS = 24
_TALL, _LOW = 0.62, 0.3  # inches of a row that has room for words of three lines, and of one that has not


@adjustable
def outline_chart(table: pd.DataFrame) -> Axes:
    """Draw a bar for each section of a manual, divided into its subsections.

    Parameters
    ----------
    table
        The result of `procman.measures.structure.sizes` for one manual.

    Raises
    ------
    TableError
        The table does not have exactly one manual.

    Examples
    --------
    >>> rows = [("Ayle", None, "section", 1, "1", "All Children", 9, 0, 0.9), ("Ayle", None, "subsection", 2, "1.1", "Rights", 4, 1, 0.4),
    ...         ("Ayle", None, "section", 12, "2", "Adoption", 1, 0, 0.1)]
    >>> axes = outline_chart(SIZES.frame(rows))
    >>> axes.figure.title
    'Ayle: 10 chapters in 2 sections and 1 subsection; All Children holds 90%'
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['1 All Children', '2 Adoption']
    >>> [float(bar.get_width()) for bar in axes.patches]
    [4.0, 5.0, 1.0]
    """
    SIZES.check(table, "outline_chart")
    name = _one_manual(table, "outline_chart")
    is_section = table["level"] == "section"
    sections, subsections = table[is_section], table[~is_section]
    headed = int(sections["position"].notna().sum())
    title = f"{name}: {counted(sections['chapters'].sum(), 'chapter')} in {counted(headed, 'section')}"
    if len(subsections):
        title += f" and {counted(len(subsections), 'subsection')}"
    largest = sections.loc[sections["chapters"].idxmax()]
    if len(sections) > 1 and largest["chapters"]:
        title += f"; {drawable(largest['title'])} holds {largest['share']:.0%}"
    drawn, cut = most_of(
        table, is_section.cumsum(), table["chapters"].where(is_section, 0), MOST_ROWS, "section", "the largest"
    )
    rows = []
    for _, part in drawn.groupby(is_section[drawn.index].cumsum()):
        section, below = part.iloc[0], part.iloc[1:]
        inside = [
            _Piece(drawable(heading["title"]), int(heading["chapters"]), _titled(heading["number"], ""))
            for _, heading in below.iterrows()
        ]
        rest = _Piece("", int(section["chapters"]) - sum(piece.chapters for piece in inside))
        rows.append(_Row(_titled(section["number"], section["title"]), [*inside, rest], f"{section['chapters']:,}"))
    axes = _pieces(
        title,
        rows,
        subtitle=f"Chapters of each section, cut into its subsections in page order; {edition_in_words(table['edition'].iloc[0])}",
        note=f"White: chapters that stand in no subsection. {SIZES.denominator}{cut}",
    )
    chart = Chart.of(axes)
    chart.table = table
    chart.alt = f"Bars for {counted(headed, 'section')}, cut into subsections. {title}."
    return axes


@adjustable
def depth_chart(table: pd.DataFrame) -> Axes:
    """Draw the chapters of each manual by level.

    Parameters
    ----------
    table
        The result of `procman.measures.structure.depths`.

    Examples
    --------
    >>> axes = depth_chart(DEPTHS.frame([("Ayle", None, 2, 4, 0.4), ("Ayle", None, 3, 6, 0.6)]))
    >>> axes.figure.title
    '6 of 10 chapters are at level 3'
    """
    DEPTHS.check(table, "depth_chart")
    if table.empty:
        return empty_chart("No manual has a chapter", DEPTHS.caveat, table)
    total = table.groupby("depth")["chapters"].sum()
    commonest = total.idxmax()
    title = (
        f"{total[commonest]:,.0f} of {counted(total.sum(), 'chapter')} {'is' if total[commonest] == 1 else 'are'} "
        f"at level {commonest}"
    )
    drawn, cut = most_of(
        table, manual_key(table), table["chapters"], MOST_MANUALS, "manual", "those with most chapters"
    )
    manuals = drawn[["council", "edition"]].drop_duplicates()
    wide = drawn.pivot_table(index=manual_key(drawn), columns="depth", values="chapters", fill_value=0, sort=False)
    shares = wide.div(wide.sum(axis=1), axis=0) * 100
    axes = stacked_bars(
        title,
        manual_names(manuals),
        [Part(f"level {level}", LEVEL_FILLS[min(level, 5) - 1], list(shares[level])) for level in sorted(wide.columns)],
        [counted(chapters, "chapter") for chapters in wide.sum(axis=1)],
        subtitle="Share of each manual’s chapters by level: 1 at the top of the page, 2 under a section, 3 under a subsection",
        note=DEPTHS.caveat + cut,
        axis="% of chapters",
        bold=in_question(manuals),
    )
    chart = Chart.of(axes)
    chart.table = table
    chart.alt = f"Bars of 100%, one for each of {counted(len(manuals), 'manual')}. {title}."
    return axes


@adjustable
def sizes_chart(table: pd.DataFrame) -> Axes:
    """Draw a bar for each manual, divided into its sections.

    Parameters
    ----------
    table
        The result of `procman.measures.structure.sizes` for any number of manuals.

    Examples
    --------
    >>> rows = [("Ayle", None, "section", 1, "1", "All Children", 9, 0, 0.9), ("Ayle", None, "section", 12, "2", "Adoption", 1, 0, 0.1)]
    >>> axes = sizes_chart(SIZES.frame(rows))
    >>> axes.figure.title
    'Sections hold from 1 to 9 chapters'
    >>> [float(bar.get_width()) for bar in axes.patches]
    [9.0, 1.0]
    """
    SIZES.check(table, "sizes_chart")
    sections = table[table["level"] == "section"]
    headed = sections[sections["position"].notna()]
    if headed.empty:
        return empty_chart("No manual has a section", SIZES.caveat, table)
    low, high = headed["chapters"].min(), headed["chapters"].max()
    title = (
        f"Sections hold from {low} to {high} chapters" if low < high else f"All sections hold {counted(low, 'chapter')}"
    )
    drawn, cut = most_of(
        sections, manual_key(sections), sections["chapters"], MOST_MANUALS, "manual", "those with most chapters"
    )
    groups = [part for _, part in drawn.groupby(manual_key(drawn), sort=False)]
    manuals = pd.DataFrame([part.iloc[0][["council", "edition"]] for part in groups])
    rows = []
    for part, name, bold in zip(groups, manual_names(manuals), in_question(manuals), strict=True):
        pieces = [
            _Piece(drawable(section) if position is not pd.NA else "", int(chapters))
            for section, position, chapters in part[["title", "position", "chapters"]].itertuples(index=False)
        ]
        rows.append(_Row(name, pieces, counted(part["chapters"].sum(), "chapter"), bold))
    axes = _pieces(
        title,
        rows,
        subtitle="Chapters of each manual, cut into its sections in page order",
        note=f"White: chapters that stand in no section. {SIZES.caveat}{cut}",
    )
    chart = Chart.of(axes)
    chart.table = table
    largest = headed.loc[headed["chapters"].idxmax()]
    chart.alt = f"Bars for {counted(len(rows), 'manual')}, cut into sections. {title}; the largest is {drawable(largest['title'])}."
    return axes


class _Piece(NamedTuple):
    """A part of a bar: its heading or "", its chapters, and its number."""

    name: str
    chapters: int
    number: str = ""


class _Row(NamedTuple):
    """A bar: its label, its pieces, the words at its end, and whether its label is bold."""

    label: str
    pieces: list[_Piece]
    end: str
    bold: bool = False


def _pieces(title: str, rows: Sequence[_Row], *, subtitle: str, note: str) -> Axes:
    """Draw bars divided into pieces. Each piece has its heading in it if there is room."""
    labels = [wrap(row.label, label_width(0.25), bold=row.bold) for row in rows]
    left, right = (
        EDGE + room(labels, bold=any(row.bold for row in rows)) + 0.1,
        room([row.end for row in rows]) + 0.1 + EDGE,
    )
    pitch = _TALL if len(rows) <= MOST_MANUALS / 2 else _LOW
    pitch = max(pitch, max(height(label) for label in labels) + 0.06)
    middles = [pitch * (place + 0.5) for place in range(len(rows))]
    most = max(1, *(sum(piece.chapters for piece in row.pieces) for row in rows))
    scale = (page_width() - left - right) / most
    unnamed = 0
    with look():
        words = []
        for row, middle in zip(rows, middles, strict=True):
            start = 0
            for piece in row.pieces:
                space = piece.chapters * scale - 0.08, pitch - 0.12
                said = _fitting(f"{piece.number} {piece.name}".strip(), *space)
                unnamed += bool(piece.name and piece.chapters and not said)
                said = said or _fitting(piece.number, *space)
                words.append((start + piece.chapters / 2, middle, said))
                start += piece.chapters
        more = (
            f" {counted(unnamed, 'title')} had no room; the table has {'it' if unnamed == 1 else 'them'}."
            if unnamed
            else ""
        )
        chart, axes = Chart.framed(
            title, subtitle=subtitle, note=note + more, left=left, right=right, body=pitch * len(rows)
        )
        for row, middle in zip(rows, middles, strict=True):
            start = 0
            for place, piece in enumerate(piece for piece in row.pieces if piece.chapters):
                colour = PIECES[place % 2] if piece.name else UNHEADED
                (bar,) = axes.barh(
                    [middle],
                    [piece.chapters],
                    left=start,
                    height=pitch - 0.1,
                    facecolor=colour,
                    edgecolor=INK,
                    linewidth=0.8,
                    clip_on=False,
                )
                name = f"{piece.number} {piece.name}".strip() or f"{row.label}, without a heading"
                chart.point_out(bar, f"{name}: {counted(piece.chapters, 'chapter')}")
                start += piece.chapters
            axes.annotate(row.end, (start, middle), (6, 0), textcoords="offset points", va="center", bbox=ON_GRID)
        for x, y, said in words:
            if said:
                axes.text(x, y, said, ha="center", va="center", size=SMALL, linespacing=1.1)
        rows_axis(axes, labels, middles, [row.bold for row in rows])
        axes.set(ylim=(pitch * len(rows), 0), xlim=(0, most))
        axes.set_xlabel("Chapters", loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6, steps=[1, 2, 5, 10]))
    return axes


def _fitting(name: str, wide: float, tall: float) -> str:
    """The words of a piece, broken into lines, or empty text if not all of them fit.

    >>> _fitting("Leaving Care and Transition", 1.0, 0.5), _fitting("Leaving Care", 0.3, 0.5)
    ('Leaving Care\\nand Transition', '')
    """
    lines = int(tall / height("", SMALL) + 0.05)
    said = wrap(name, wide, SMALL, lines=max(1, lines))
    fits = said.split() == name.split() and all(width(line, SMALL) <= wide for line in said.split("\n"))
    return said if fits and lines else ""


def _titled(number: object, title: str) -> str:
    return drawable(f"{number} {title}" if isinstance(number, str) else title)


def _one_manual(table: pd.DataFrame, figure: str) -> str:
    manuals = table[["council", "edition"]].drop_duplicates()
    if len(manuals) != 1:
        raise TableError(figure, f"the table holds {len(manuals)} manuals; give the rows of one")
    return manual_name(manuals["council"].iloc[0], None, several=False)
