"""The style of all figures: the Government Analysis Function's style, fills that can be told apart without colour, and text that fits.

`look` has all settings of matplotlib. They apply only inside its ``with`` block. Text is measured in the font that comes with matplotlib,
so that a figure is the same on every computer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import afcharts  # noqa: F401  (gives matplotlib the style by that name)
import matplotlib as mpl
import matplotlib.style
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

TITLE, BODY, SMALL = 15, 11, 9.5  # points
INK, QUIET, GRID = "#1a1a1a", "#595959", "#d9d9d9"
# The Analysis Function's categorical palette, in its order.
BLUE, TURQUOISE, PINK, ORANGE, GREY, PURPLE = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"

_SETTINGS: dict[Any, Any] = {
    # matplotlib includes DejaVu Sans. The others are for computers without it that open an SVG.
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica", "sans-serif"],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # a title with two dollar signs is not a formula
    "text.hinting": "none",
    "axes.formatter.use_locale": False,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.dpi": "figure",
    "hatch.linewidth": 1.0,
    "svg.fonttype": "none",  # keep text as text, to search, copy and read aloud
    "svg.hashsalt": "procman",  # otherwise each file has new ids
    "pdf.fonttype": 42,
}


@contextmanager
def look() -> Iterator[None]:
    """Draw and save in procman's style. Afterwards, matplotlib's settings are as before.

    >>> import matplotlib
    >>> with look():
    ...     matplotlib.rcParams["text.parse_math"]
    False
    >>> matplotlib.rcParams["text.parse_math"]
    True
    """
    with mpl.style.context(["default", "afcharts.afcharts"]), mpl.rc_context(_SETTINGS):
        yield


class Fill(NamedTuple):
    """The fill of a bar: a colour and a hatch, so that it can be told apart without colour."""

    colour: str
    hatch: str
    hatch_colour: str

    def bar(self) -> dict[str, Any]:
        """The arguments of `Axes.bar` and `Axes.barh`."""
        return {
            "facecolor": self.colour,
            "hatch": self.hatch,
            "hatchcolor": self.hatch_colour,
            "edgecolor": INK,
            "linewidth": 0.8,
        }


# Each meaning has the same fill in every figure.
NEW = Fill(BLUE, "", "white")
UPDATED = Fill(ORANGE, "////", INK)
UNFLAGGED = Fill("#F2F2F2", "", INK)


# --- words ----------------------------------------------------------------------------------------------------


@cache
def _font(bold: bool) -> FT2Font:
    weight = "bold" if bold else "normal"
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight=weight), fallback_to_default=False))
    font.set_size(100, 72)
    return font


@cache
def _advance(character: str, bold: bool) -> float:
    """Width of a character in units of the type size."""
    glyph = _font(bold).load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / 65536 / 100


def width(text: str, size: float = BODY, bold: bool = False) -> float:
    """Width of one line of text in inches.

    >>> round(width("All Children"), 2)
    0.88
    """
    return sum(_advance(character, bold) for character in text) * size / 72


def height(text: str, size: float = BODY) -> float:
    """Height of a block of lines in inches.

    >>> height("two\\nlines") == 2 * height("one line")
    True
    """
    return (text.count("\n") + 1) * size * 1.3 / 72


@cache
def _drawable(character: str) -> str:
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    if unicodedata.category(character) in ("Cf", "Cs", "Co", "Cn"):
        return ""
    return character if ord(character) in _font(False).get_charmap() else "□"


def drawable(text: str) -> str:
    """Untrusted text as one line that the font can draw: without control characters, and with a box for missing ones.

    >>> drawable("Looked\\tafter\\u202e  children")
    'Looked after children'
    """
    return " ".join("".join(map(_drawable, text)).split())


def shorten(text: str, inches: float, size: float = BODY, bold: bool = False) -> str:
    """The text on one line, shortened with an ellipsis if needed.

    >>> shorten("Contacts, List of Agency Decision Makers and Appendices", 2)
    'Contacts, List of Agenc…'
    """
    text = drawable(text)
    if width(text, size, bold) <= inches:
        return text
    room = inches - width("…", size, bold)
    for end, character in enumerate(text):
        room -= width(character, size, bold)
        if room < 0:
            return text[:end].rstrip() + "…"
    return text


def wrap(text: str, inches: float, size: float = BODY, bold: bool = False, lines: int = 3) -> str:
    """The text broken at spaces into at most ``lines`` lines that fit. The last is shortened if needed.

    >>> print(wrap("Contacts, List of Agency Decision Makers and Appendices", 2.6))
    Contacts, List of Agency Decision
    Makers and Appendices
    """
    done: list[str] = []
    line = ""
    words = drawable(text).split()
    for place, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if line and width(longer, size, bold) > inches:
            if len(done) == lines - 1:
                line = " ".join([line, *words[place:]])
                break
            done.append(line)
            line = word
        else:
            line = longer
    return "\n".join(shorten(each, inches, size, bold) for each in [*done, line])
