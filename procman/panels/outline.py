"""A manual as HTML: headline, outline, corrections and notices. All of its text is untrusted, so all of it is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from procman.reading.apply_corrections import ENTRY_FIELDS
from procman.reports.html import escape
from procman.words import count, edition_in_words

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

#: The most notices to list. The rest are counted.
MOST_NOTICES = 200


def headline_html(manual: Manual) -> str:
    """The manual's name, and its counts in words.

    >>> import io
    >>> from procman import read_manual
    >>> manual = read_manual(io.StringIO("1. All Children\\n\\n1.1 Consent New\\n1.2 Complaints\\n"), "Northwick")
    >>> headline, counts = re.findall("<.*?>([^<]+)", headline_html(manual))
    >>> headline
    'Northwick, edition not printed'
    >>> counts.split(". ")[0]
    '2 chapters in 1 section'
    """
    kinds = manual.entries["kind"].value_counts()
    chapters = manual.entries[manual.entries["kind"] == "chapter"]
    new, updated = (int((chapters["status"] == status).sum()) for status in ("New", "Updated"))
    parts = [count(int(kinds.get(kind, 0)), kind) for kind in ("section", "subsection") if kinds.get(kind, 0)]
    words = count(len(chapters), "chapter")
    words += f" in {' and '.join(parts)}" if parts else ""
    words += f", with {count(int(kinds['see_also']), 'cross reference')}" if "see_also" in kinds else ""
    flags = (
        f"The contents page flags {new} as New and {updated} as Updated. {len(chapters) - new - updated} have no flag"
    )
    if not new + updated:
        flags = "The contents page flags none of them"
    name = f"{manual.council or manual.source}, {edition_in_words(manual.edition)}"
    return f"<h3>{escape(name)}</h3><p>{words}. {flags}. A chapter with no flag may still have changed.</p>"


def outline_html(entries: pd.DataFrame, label: str) -> str:
    """The entries as nested lists: number, title, flag in words, and note. Sections can be folded.

    Parameters
    ----------
    entries
        The entries of one manual.
    label
        The name of the region for screen readers.
    """
    rows = list(entries.itertuples())
    parts = [f'<div class="procman-scroll" role="region" tabindex="0" aria-label="{escape(label)}"><ul>']
    closing: list[str] = []
    for place, row in enumerate(rows):
        while len(closing) >= row.depth:
            parts.append(closing.pop())
        below = place + 1 < len(rows) and rows[place + 1].depth > row.depth
        if below and row.kind == "section":
            parts.append(f"<li><details open><summary>{_entry(row)}</summary><ul>")
            closing.append("</ul></details></li>")
        else:
            parts.append(f"<li>{_entry(row)}" + ("<ul>" if below else ""))
            closing.append("</ul></li>" if below else "</li>")
    return "".join([*parts, *reversed(closing), "</ul></div>"])


def corrections_html(corrections: pd.DataFrame) -> str:
    """The number of corrections of the page, with a folded list of them. Empty if there are none.

    >>> from procman.tables import CORRECTIONS
    >>> said = CORRECTIONS.frame([("2026-01-02", 4, "1.2 Recods", "title", "Records", True)])
    >>> re.findall("<(?:summary|li)>([^<]+)", corrections_html(said))
    ['1 correction of this page by a person', '2026-01-02, line 4, title: Records']
    """
    if corrections.empty:
        return ""
    rows = []
    for row in corrections.astype(object).fillna("").itertuples():
        place = f"line {row.line}" if row.line else "the page"
        said = ": ".join(filter(None, [row.field, row.value or ("none" if row.field in ENTRY_FIELDS else "")]))
        words = ", ".join(filter(None, [row.date, place, said])) + ("" if row.applied else " (not applied: see below)")
        rows.append(f"<li>{escape(words)}</li>")
    summary = f"{count(len(rows), 'correction')} of this page by a person"
    return f"<details><summary>{summary}</summary><ul>{''.join(rows)}</ul></details>"


def notices_html(notices: pd.DataFrame) -> str:
    """The possible problems on the page as a table, or a sentence if there are none."""
    if notices.empty:
        return "<p>Every line was read, and no problem was found in numbers and titles.</p>"
    rows = "".join(
        f'<tr><td>{row.line}</td><th scope="row">{escape(row.notice)}</th>'
        f"<td>{_text(row.number)}</td><td>{_text(row.detail)}</td></tr>"
        for row in notices.head(MOST_NOTICES).itertuples()
    )
    more = len(notices) - MOST_NOTICES
    return (
        f"<table><caption>{count(len(notices), 'possible problem')} on this page</caption>"
        '<thead><tr><th scope="col">Line</th><th scope="col">Notice</th><th scope="col">Number</th>'
        f'<th scope="col">What it is</th></tr></thead><tbody>{rows}</tbody></table>'
        + (f"<p>… and {more} more.</p>" if more > 0 else "")
    )


def _entry(row: Any) -> str:
    title = _text(row.title) or "(no title)"
    if isinstance(row.href, str) and re.match(r"https?://", row.href):
        title = f'<a href="{escape(row.href)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    parts = [f'<span class="procman-{row.kind}">']
    if row.kind == "see_also":
        parts.append("See also: ")
    elif number := _text(row.number):
        parts.append(f"<span>{number}</span> ")
    parts.append(title)
    if status := _text(row.status):
        parts.append(f' <span class="procman-{status.lower()}">{status}</span>')
    date = edition_in_words(row.date) if isinstance(row.date, str) else ""
    remarks = [escape(date), _text(row.note), f"hosted by {_text(row.publisher)}" if _text(row.publisher) else ""]
    if any(remarks):
        parts.append(f" <em>({'; '.join(filter(None, remarks))})</em>")
    return "".join([*parts, "</span>"])


def _text(cell: object) -> str:
    """A cell's text, escaped. Empty if it is missing."""
    return escape(cell) if isinstance(cell, str) else ""
