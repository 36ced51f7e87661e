"""A chart as SVG inside an HTML page with other charts: its ids are unique and its styles apply only to it."""

from __future__ import annotations

import html
import re

from procman.figures.chart import Chart

#: matplotlib sets this style for the whole document. Here it is set only on the chart.
_STROKES = "stroke-linejoin: round; stroke-linecap: butt; max-width: 100%; height: auto"


def inline_svg(chart: Chart, name: str) -> str:
    """The chart as an ``<svg>`` element with its alternative text. Its parts show words when a person points at them.

    Parameters
    ----------
    chart
        The chart that a figure drew.
    name
        A name that is unique on the page. It goes before every id in the picture.

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
    # Browsers would show a title of the whole picture everywhere between its parts.
    svg = re.sub(r"\s*<title id=\"title\">.*?</desc>", "", svg, count=1, flags=re.S)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"\s*<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    # Change only tags. Text can have the same words, but its "<" and ">" are escaped.
    svg = re.sub(r"<\w[^<>]*>", lambda tag: _named(tag[0], name), svg)
    said = f'style="{_STROKES}" role="img" aria-label="{html.escape(chart.words)}"'
    return svg.replace('<svg role="img" aria-labelledby="title" aria-describedby="desc"', f"<svg {said}", 1)


def _named(tag: str, name: str) -> str:
    """A tag with the name before its own ids and the ids that it refers to.

    >>> _named('<path id="a" clip-path="url(#b)">', "ages")
    '<path id="ages-a" clip-path="url(#ages-b)">'
    """
    tag = re.sub(r'(?<=\s)id="([^"]+)"', rf'id="{name}-\1"', tag)
    tag = re.sub(r'(?<=href=")#([\w-]+)(?=")', rf"#{name}-\1", tag)
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{name}-\1)", tag)
