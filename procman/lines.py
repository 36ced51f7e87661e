"""A page, text or HTML, becomes Lines: text, cells, indent, link, source line. The format is forgotten after here."""

from __future__ import annotations

from dataclasses import dataclass

from procman import patterns as p


@dataclass(slots=True)
class Line:
    """One line of a page as a reader sees it.

    ``line`` is the 1-based source line; ``text`` the words with blanks folded; ``indent`` how far it stands in
    (an empty first cell counts); ``marker`` a bullet taken off the front; ``heading`` 1 to 6 for a heading, else 0;
    ``number`` the number where the page sets it apart (own cell or element); ``href`` the first link, ``after`` the
    words behind that link; ``tag`` the element it came from (a bar-ruled text row counts as ``tr``) with
    its ``cells``; ``strong`` says that all of it is bold; ``ignored`` marks navigation, footers and the like.
    """

    line: int
    text: str
    indent: int = 0
    marker: str = ""
    heading: int = 0
    number: str = ""
    href: str = ""
    after: str = ""
    tag: str = ""
    cells: tuple[str, ...] = ()
    strong: bool = False
    ignored: bool = False

    @property
    def row(self) -> bool:
        """Whether it looks like a row of a list or table: bulleted, set in, a table's row."""
        return bool(self.marker or self.indent) or self.tag in ("tr", "li", "dt", "dd")


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
    if html:
        from procman.markup import html_lines

        return html_lines(text, source)
    return _text_lines(text)


def squeeze(text: str) -> str:
    """Blanks of every kind folded to single spaces, invisible marks dropped.

    >>> squeeze(" 1.1\\u00a0 Title\\u200b ")
    '1.1 Title'
    """
    if p.UNUSUAL.search(text):
        text = text.translate(p.CHARACTERS)
    return " ".join(text.split())


# --- text -----------------------------------------------------------------------------------------------------


def _text_lines(text: str) -> list[Line]:
    if p.UNUSUAL.search(text):
        text = text.translate(p.CHARACTERS)
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
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
        body = p.MARKDOWN_LINK.sub(r"\1", body)
    if "**" in body:
        body = body.replace("**", "").strip()
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


def join(words: list[str]) -> str:
    """Cells or elements as one text: a date is glued to the title before it, as pages copied as text show it.

    >>> join(["1.1.1", "Consent", "New", "February 2017"])
    '1.1.1 Consent NewFebruary 2017'
    """
    glued = len(words) > 1 and words[-1][0].isalpha() and p.ANY_DATE.fullmatch(words[-1])
    return " ".join(words[:-1]) + words[-1] if glued else " ".join(words)
