"""A page, text or HTML, becomes Lines: text, cells, indent, link, source line. The format is forgotten after here."""

from __future__ import annotations

from procman import patterns as p
from procman.line import Line, join, with_plain_blanks
from procman.markup import html_lines


def lines_of(text: str, html: bool, source: str = "page") -> list[Line]:
    """Split a page into Lines.

    Parameters
    ----------
    text
        The decoded page.
    html
        True for mark-up, False for copied text.
    source
        What to call the page in an error.

    Examples
    --------
    >>> [(line.line, line.indent, line.text) for line in lines_of("1. Every Child\\n\\n  - 1.1.1 Title ", html=False)]
    [(1, 0, '1. Every Child'), (2, 0, ''), (3, 2, '1.1.1 Title')]
    >>> lines_of("<table><tr><td>1.1.1</td><td><a href='a.html'>Title</a></td></tr></table>", html=True)[0].number
    '1.1.1'
    """
    return html_lines(text, source) if html else _text_lines(text)


def _text_lines(text: str) -> list[Line]:
    raw = with_plain_blanks(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if raw and not raw[-1].strip():
        raw.pop()
    piped = text.count("|") > 2
    return [_text_line(i, line, piped) for i, line in enumerate(raw, 1)]


def _text_line(i: int, raw: str, piped: bool) -> Line:
    body = raw.lstrip()
    if not body:
        return Line(i, "")
    line = Line(i, "", indent=len(raw) - len(body))
    if piped and "|" in body:
        return _piped(line, body)
    body = " ".join(body.split())
    if body[0] == "#" and (match := p.HASHES.match(body)):
        line.heading, body = len(match[1]), body[match.end() :]
    elif match := p.BULLET.match(body):
        line.marker, body = match[1] or match[2], body[match.end() :]
    elif line.indent and (match := p.ORDINAL.match(body)):
        line.marker, body = match[0].strip(), body[match.end() :]
    if "](" in body and (match := p.MARKDOWN_LINK.search(body)):
        line.href, line.after = match[2], body[match.end() :].strip()
        body = " ".join(p.MARKDOWN_LINK.sub(r"\1", body).split())
    if "**" in body:
        body = " ".join(body.replace("**", "").split())
    line.text = body
    return line


def _piped(line: Line, body: str) -> Line:
    """A row of a table written with bars: "| 1.1.1 | Title | New | |"."""
    if p.RULE.fullmatch(body):
        return line
    cells = [" ".join(cell.split()) for cell in body.removeprefix("|").rstrip().removesuffix("|").split("|")]
    line.indent = int(len(cells) > 1 and not cells[0])
    line.tag, line.cells = "tr", tuple(cells)
    filled = [cell for cell in cells if cell]
    if filled and p.ONLY_NUMBER.fullmatch(filled[0]):
        line.number = filled[0]
    line.text = join(filled)
    return line
