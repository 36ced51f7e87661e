"""A chart as SVG that can stand inside an HTML page beside others: no name twice, no style that reaches out."""

from __future__ import annotations

import html
import re

from procman.figures.chart import Chart

#: What matplotlib says for the whole document; inside a page it would reach the page too.
_STROKES = "stroke-linejoin: round; stroke-linecap: butt; max-width: 100%; height: auto"


def inline_svg(chart: Chart, name: str) -> str:
    """The chart as an ``<svg>`` element with its alternative text; its parts say what they are when pointed at.

    Parameters
    ----------
    chart
        What a figure drew.
    name
        Goes before every id of the picture, so it must be the chart's own on the page.

    Examples
    --------
    >>> from procman.figures.bars import empty_chart
    >>> import pandas as pd
    >>> svg = inline_svg(empty_chart("Nothing", "No dates.", pd.DataFrame()).figure, "ages")
    >>> svg.startswith("<svg "), 'role="img" aria-label="Nothing. No dates."' in svg, "<metadata" in svg
    (True, True, False)
    """
    svg = chart.picture("svg").decode()
    svg = svg[svg.index("<svg ") :].strip()
    # A title of the whole would show wherever no part is pointed at.
    svg = re.sub(r"\s*<title id=\"title\">.*?</desc>", "", svg, count=1, flags=re.S)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"\s*<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    # Only within tags: words may say the same, but a "<" or ">" of theirs is escaped.
    svg = re.sub(r"<\w[^<>]*>", lambda tag: _named(tag[0], name), svg)
    said = f'style="{_STROKES}" role="img" aria-label="{html.escape(chart.words)}"'
    return svg.replace('<svg role="img" aria-labelledby="title" aria-describedby="desc"', f"<svg {said}", 1)


def _named(tag: str, name: str) -> str:
    """A tag with the name before the ids that it gives and those that it refers to.

    >>> _named('<path id="a" clip-path="url(#b)">', "ages")
    '<path id="ages-a" clip-path="url(#ages-b)">'
    """
    tag = re.sub(r'(?<=\s)id="([^"]+)"', rf'id="{name}-\1"', tag)
    tag = re.sub(r'(?<=href=")#([\w-]+)(?=")', rf"#{name}-\1", tag)
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{name}-\1)", tag)
