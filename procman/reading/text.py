"""A page, text or HTML, becomes Lines: text, cells, indent, link, source line. The format is forgotten after here."""

from __future__ import annotations

from procman.reading import patterns as p
from procman.reading.line import Line, join, with_plain_blanks
from procman.reading.markup import html_lines


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
    raw = _source_lines(text)
    if raw and not raw[-1][1].strip():
        raw.pop()
    piped = text.count("|") > 2
    return [_text_line(i, line, piped) for i, line in _without_page_numbers(_unquoted(raw))]


Raw = list[tuple[int, str]]  # the lines as they are, blanks made plain, each with the number of its source line


def _source_lines(text: str) -> Raw:
    """Where only unusual marks end the lines, they are the source lines; else editors count the usual ends alone.

    >>> _source_lines("1. All\\v1.1 Consent"), _source_lines("1. All\\v1.1 Consent\\n\\f1.2 Records")
    ([(1, '1. All'), (2, '1.1 Consent')], [(1, '1. All'), (1, '1.1 Consent'), (2, '1.2 Records')])
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = p.ODD_LINE_END.search(text)
    if odd and "\n" not in text.strip():
        text, odd = p.ODD_LINE_END.sub("\n", text), None
    if not odd:
        return [*enumerate(with_plain_blanks(text).split("\n"), 1)]
    return [(i, with_plain_blanks(part)) for i, line in enumerate(text.split("\n"), 1) for part in _divided(line)]


def _divided(line: str) -> list[str]:
    return [part for part in p.ODD_LINE_END.split(line) if part.strip()] or [""]


def _unquoted(raw: Raw) -> Raw:
    """A page quoted in an e-mail, without the ">" that most of its lines begin with."""
    filled = [line for _, line in raw if line.strip()]
    if sum(line.lstrip()[0] == ">" for line in filled) * 2 <= len(filled):
        return raw
    return [(i, p.QUOTED.sub("", line, count=1)) for i, line in raw]


def _without_page_numbers(raw: Raw) -> Raw:
    """A printed manual's contents, without the column of page numbers, which never go back."""
    found = {
        k: match for k, (_, line) in enumerate(raw) if line[-1:].isdigit() and (match := p.PAGE_NUMBER.search(line))
    }
    pages = [int(match[1]) for match in found.values()]
    if len(pages) * 2 <= sum(bool(line.strip()) for _, line in raw) or pages != sorted(pages):
        return raw
    return [(i, line[: found[k].start()] if k in found else line) for k, (i, line) in enumerate(raw)]


def _text_line(i: int, raw: str, piped: bool) -> Line:
    body = raw.lstrip()
    if not body:
        return Line(i, "")
    line = Line(i, "", indent=len(raw) - len(body))
    if "](" in body and (match := p.MARKDOWN_LINK.search(body)):
        line.href, line.after = match[2], " ".join(body[match.end() :].split())
        body = p.MARKDOWN_LINK.sub(r"\1", body)
    if piped and "|" in body:
        line.after = ""  # what stands in other cells
        return _piped(line, body)
    body = " ".join(body.split())
    if not body:
        return line  # a link without words
    if body[0] == "#" and (match := p.HASHES.match(body)):
        line.heading, body = len(match[1]), body[match.end() :]
    elif match := p.BULLET.match(body):
        line.marker, body = match[1] or match[2], body[match.end() :]
    elif line.indent and (match := p.ORDINAL.match(body)):
        line.marker, body = match[0].strip(), body[match.end() :]
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
