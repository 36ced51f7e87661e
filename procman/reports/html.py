"""Tables and untrusted text as HTML, for the report and the panels."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from procman.measures.counting import BETWEEN
from procman.tables import NOT_THERE, Column, Measure, Table
from procman.words import are, count

if TYPE_CHECKING:
    import pandas as pd

#: Characters that XML forbids or that change the reading direction.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def text_alone(value: object) -> str:
    """Untrusted text without characters that XML forbids or that change the reading direction."""
    return _NO_TEXT.sub("", str(value))


def escape(value: object) -> str:
    """Untrusted text as HTML, without characters that XML forbids or that change the reading direction.

    >>> escape("A <b> & \\u202ec\\x00")
    'A &lt;b&gt; &amp; c'
    """
    return html.escape(text_alone(value))


STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 Arial, Helvetica, "DejaVu Sans", sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 60rem;
  padding: 1rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { font-size: 1.4rem; margin-top: 2.5rem; border-top: 2px solid #12436d; padding-top: .6rem; }
h3 { font-size: 1.1rem; margin-top: 1.6rem; }
a { color: #12436d; } a:focus { outline: 3px solid #f46a25; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
figure { margin: 1rem 0 1.5rem; } figcaption { color: #595959; font-size: .9rem; }
.procman-scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0 .3rem; }
caption { text-align: left; font-weight: bold; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #d9d9d9; unicode-bidi: isolate;
  overflow-wrap: break-word; min-width: 3.5rem; }
thead th { border-bottom: 2px solid #1a1a1a; } tbody th { font-weight: normal; }
.procman-mark { border: 2px solid #1a1a1a; display: inline-block; font-weight: bold; margin: .3rem 0; padding: .1rem .6rem; }
.procman-number { text-align: right; font-variant-numeric: tabular-nums; }
.procman-caveat { color: #595959; font-size: .9rem; margin: .2rem 0 1.2rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip { display: none; }
  figure, tr { break-inside: avoid; } h2, h3, caption { break-after: avoid; } thead { display: table-header-group; }
  .procman-scroll { overflow: visible; } }
"""


def page_html(title: str, parts: Iterable[tuple[str, Iterable[str]]], style: str = "", mark: str = "") -> str:
    """A complete HTML page. Each part is a heading and lines of HTML. ``mark`` goes below the title."""
    contents, body = [], []
    for number, (headed, content) in enumerate(parts, 1):
        contents.append(f'<li><a href="#part-{number}">{escape(headed)}</a></li>')
        body.append(f'<section id="part-{number}" aria-labelledby="heading-{number}">')
        body += [f'<h2 id="heading-{number}">{escape(headed)}</h2>', *content, "</section>"]
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        '<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />',
        '<meta name="generator" content="procman" />',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}{style}</style></head>",
        '<body><a class="skip" href="#main">Skip to the comparison</a>',
        f"<header><h1>{escape(title)}</h1>{mark_html(mark)}</header>",
        f'<nav aria-label="Contents"><ol>{"".join(contents)}</ol></nav>',
        '<main id="main">',
        *body,
        "</main>",
        "<footer><p>Made by procman from published contents pages. No council has checked or approved this page. It is not "
        "legal advice.</p></footer>",
        "</body></html>",
        "",
    ])  # fmt: skip


def mark_html(mark: str) -> str:
    """The mark at the top of a page about invented manuals (see `procman.Library.mark`). Empty for real ones.

    >>> mark_html("Invented councils"), mark_html("")
    ('<p class="procman-mark">Invented councils</p>', '')
    """
    return f'<p class="procman-mark">{escape(mark)}</p>' if mark else ""


def list_html(sentences: Iterable[str]) -> str:
    """Sentences as a list.

    >>> list_html(["One.", "Two & three."])
    '<ul><li>One.</li><li>Two &amp; three.</li></ul>'
    """
    return "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences) + "</ul>"


def table_html(
    frame: pd.DataFrame,
    table: Table,
    caption: str,
    columns: Sequence[str] | None = None,
    most: int | None = 60,
    rest: str = "in the workbook",
    note: bool = True,
) -> str:
    """A table with caption, column and row headings and, below, what it is based on.

    Parameters
    ----------
    frame, table
        The rows, and the declaration of their columns.
    caption
        The caption.
    columns
        The columns to show, in this order. By default all.
    most, rest
        The most rows to show, or None for all, and words that say where the other rows are.
    note
        Whether to add what the table is based on, and its limits.

    Examples
    --------
    >>> from procman.measures.coverage import REACH
    >>> print(table_html(REACH.frame([("all", 1, 0.5, 2, 2)]), REACH, "Shared <topics>", ("reach", "share")))
    ... # doctest: +ELLIPSIS
    <div class="procman-scroll" role="region" tabindex="0" aria-label="Shared &lt;topics&gt;"><table>
    <caption>Shared &lt;topics&gt;</caption>
    <thead><tr><th scope="col" title="...">Reach</th><th scope="col" class="procman-number" title="...">Share</th></tr></thead>
    <tbody>
    <tr><th scope="row">all</th><td class="procman-number">50%</td></tr>
    </tbody></table></div>
    <p class="procman-caveat">Based on: All topics of the councils compared. ...</p>
    """
    declared = {column.name: column for column in table.columns}
    shown = [declared[name] for name in columns or [name for name in frame.columns if name in declared]]
    heads = "".join(
        f'<th scope="col"{_kind(column)} title="{escape(column.meaning)}">{escape(column.heading)}</th>'
        for column in shown
    )
    label = escape(caption)
    lines = [
        f'<div class="procman-scroll" role="region" tabindex="0" aria-label="{label}"><table>',
        f"<caption>{label}</caption>",
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
    ]
    rows = frame[[column.name for column in shown]]
    for row in (rows if most is None else rows.head(most)).itertuples(index=False):
        first, *others = (cell_text(value, column) for value, column in zip(row, shown, strict=True))
        cells = "".join(f"<td{_kind(column, cell)}>{cell}</td>" for cell, column in zip(others, shown[1:], strict=True))
        lines.append(f'<tr><th scope="row"{_kind(shown[0])}>{first}</th>{cells}</tr>')
    lines.append("</tbody></table></div>")
    more = 0 if most is None else len(frame) - most
    notes = [f"{count(more, 'more row')} {are(more)} {rest}."] if more > 0 else []
    if note and isinstance(table, Measure):
        notes = [based_on(table), *notes]
    return "\n".join([*lines, *([f'<p class="procman-caveat">{escape(" ".join(notes))}</p>'] if notes else [])])


def based_on(table: Table, known: str = NOT_THERE) -> str:
    """What a measure's table is based on, and its limits, without the limit ``known`` that the page says once for all tables.

    >>> from procman.measures.coverage import GAPS
    >>> based_on(GAPS)
    'Based on: The other councils compared.'
    """
    if not isinstance(table, Measure):
        return ""
    limits = (table.caveat.replace(known, "") if known else table.caveat).strip()
    return f"Based on: {table.denominator}" + (f" Limits: {limits}" if limits else "")


def cell_text(value: Any, column: Column) -> str:
    """One cell as HTML: shares as per cent, yes and no, a dash for a missing value, words for a missing edition, and links for
    addresses.

    >>> share, edition = Column("share", "float64", "", ""), Column("edition", "str", "", "")
    >>> cell_text(0.5, share), cell_text(None, edition), cell_text("a < b", edition)
    ('50%', 'not printed', 'a &lt; b')
    """
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return "not printed" if column.name == "edition" else "–"
    kind = column.dtype.lower()
    if kind.startswith("bool"):
        return "yes" if value else "no"
    if kind == "float64":
        return f"{value:.0%}" if column.name.endswith("share") else f"{value:.2f}".rstrip("0").rstrip(".")
    if kind == "int64" and column.name not in ("line", "position"):
        return f"{value:,}"
    if column.name == "href":
        return BETWEEN.join(_link(address) for address in str(value).split(BETWEEN))
    return escape(column.said(value))


def _link(address: str) -> str:
    """A link if the text is a web address. Any other text, including a script's address, stays text.

    >>> _link("https://example.org/a?b&c"), _link("javascript:alert(1)")
    ('<a href="https://example.org/a?b&amp;c" rel="noopener noreferrer">https://example.org/a?b&amp;c</a>', 'javascript:alert(1)')
    """
    shown = escape(address)
    followed = re.match(r"https?://", address)
    return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>' if followed else shown


def _kind(column: Column, cell: str = "") -> str:
    """The class of a cell: numbers are aligned right, and dates stay on one line."""
    if column.dtype.lower() in ("int64", "float64"):
        return ' class="procman-number"'
    return ' class="procman-date"' if re.match(r"\d{4}-", cell) else ""
