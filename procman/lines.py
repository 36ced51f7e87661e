"""A page, text or HTML, becomes Lines: text, cells, indent, link, source line. The format is forgotten after here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from procman import patterns as p
from procman.errors import PageError


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
    return _html_lines(text, source) if html else _text_lines(text)


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
    piped = sum("|" in line for line in raw) >= 3
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
    cells = [" ".join(cell.split()) for cell in body.removeprefix("|").split("|")]
    line.indent = int(len(cells) > 1 and not cells[0])
    line.tag, line.cells = "tr", tuple(cells)
    return _from_cells(line, [cell for cell in cells if cell])


def _from_cells(line: Line, filled: list[str]) -> Line:
    if filled and p.ONLY_NUMBER.fullmatch(filled[0]):
        line.number = filled[0]
    line.text = " ".join(filled)
    return line


# --- HTML -----------------------------------------------------------------------------------------------------

#: Elements that start a line of their own.
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: Read as lines, but never as entries.
_IGNORED = frozenset("nav footer aside button select form dialog".split())
#: Not words of the page at all.
_DROPPED = frozenset("script style noscript template svg head iframe object canvas audio video math".split())
_LISTS = frozenset(("ul", "ol", "menu"))
_STRONG = frozenset(("b", "strong", "th", *_HEADINGS))


@dataclass(slots=True)
class _Words:
    """The words gathered for one line; a piece ends wherever an element begins or ends."""

    line: int = 0
    pieces: list[str] = field(default_factory=list)
    href: str = ""
    link_end: int = 0  # how many pieces there were when the first link closed
    plain: bool = False  # some words are outside bold elements
    heading: int = 0

    def add(self, text: str | None, strong: bool) -> None:
        if text and not text.isspace():
            self.pieces.append(text)
            self.plain = self.plain or not strong
        elif text:
            self.pieces.append(" ")

    def text(self, start: int = 0) -> str:
        parts: list[str] = []
        for piece in self.pieces[start:]:
            if parts and _stands_alone(parts[-1], piece):
                parts.append(" ")
            parts.append(piece)
        return squeeze("".join(parts))


def _stands_alone(left: str, right: str) -> bool:
    """Whether a blank belongs between two elements' words: a number, a flag and a date stand alone."""
    left, right = left.strip(), right.strip()
    return bool(
        p.ONLY_NUMBER.fullmatch(left)
        or p.ONLY_FLAG.fullmatch(right)
        or p.ONLY_FLAG.fullmatch(left)
        or p.ANY_DATE.fullmatch(right)
    )


def _html_lines(text: str, source: str) -> list[Line]:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageError(source, f"the mark-up cannot be read ({error})") from None
    for problem in parser.error_log:
        if "depth" in problem.message.lower():
            raise PageError(source, "the mark-up is nested more than 255 levels deep, which no manual's page is", problem.line)
    reader = _HtmlReader()
    reader.read(root, strong=False)
    reader.flush()
    return reader.lines


class _HtmlReader:
    """Walks a tree in page order and leaves a Line for each row, item, heading and paragraph.

    It recurses once a level; the parser has refused trees deeper than 255.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words = _Words()
        self.tag = "body"
        self.heading = self.lists = self.ignored = 0
        self.in_row = False

    def read(self, element: Any, strong: bool) -> None:
        """Gather what stands in an element, giving out a Line at each block that begins or ends."""
        self.words.add(element.text, strong)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in _DROPPED and not _hidden(child):
                if tag == "br":
                    self.part(child)
                elif tag == "tr" and not self.in_row and _is_row(child):
                    self.flush()
                    self.row(child)
                elif tag in _BLOCKS:
                    self.block(child, strong)
                else:
                    self.inline(child, strong)
            self.words.add(child.tail, strong)

    def inline(self, element: Any, strong: bool) -> None:
        if element.tag == "img":
            alt = (element.get("alt") or "").strip()
            self.words.add(alt if p.ONLY_FLAG.fullmatch(alt) else None, True)
            return
        href = element.get("href") if element.tag == "a" and not self.words.href else None
        if href:
            self.words.href = href
        self.read(element, strong or element.tag in _STRONG)
        if href:
            self.words.link_end = len(self.words.pieces)

    def block(self, element: Any, strong: bool) -> None:
        tag = element.tag
        outer = self.tag, self.heading
        away = tag in _IGNORED or element.get("role") in ("navigation", "contentinfo", "search")
        self.part(element)
        self.tag, self.heading = tag, _HEADINGS.get(tag, self.heading)
        self.ignored += away
        self.lists += tag in _LISTS
        self.words.heading = self.words.heading or self.heading
        self.read(element, strong or tag in _STRONG)
        self.part(element)
        self.lists -= tag in _LISTS
        self.ignored -= away
        self.tag, self.heading = outer

    def part(self, element: Any) -> None:
        """A block or line break: a blank within a table's row, else a new line."""
        if self.in_row:
            self.words.add(" ", True)
        else:
            self.flush()
        self.words.line = self.words.line or element.sourceline or 0

    def flush(self) -> None:
        words, self.words = self.words, _Words()
        if text := words.text():
            line = Line(words.line, text, heading=words.heading, tag=self.tag, ignored=bool(self.ignored))
            if self.tag == "li":
                line.marker, line.indent = "•", 2 * max(0, self.lists - 1)
            first = words.pieces[0].strip() or (words.pieces[1].strip() if len(words.pieces) > 1 else "")
            line.number = first if p.ONLY_NUMBER.fullmatch(first) else ""
            line.href, line.after = words.href, words.text(words.link_end) if words.href else ""
            line.strong = not words.plain and not words.href
            self.lines.append(line)

    def row(self, element: Any) -> None:
        cells = []
        self.in_row = True
        for cell in element:
            if cell.tag in ("td", "th"):
                self.words = _Words()
                self.read(cell, cell.tag == "th")
                cells.append((self.words.text(), self.words))
        self.in_row, self.words = False, _Words()
        filled = [(text, words) for text, words in cells if text]
        if filled:
            line = Line(element.sourceline or 0, "", indent=int(not cells[0][0]), tag="tr", ignored=bool(self.ignored))
            line.cells = tuple(text for text, _ in cells)
            _from_cells(line, [text for text, _ in filled])
            line.heading = max(words.heading for _, words in filled)
            linked = next((words for _, words in filled if words.href), None)
            if linked:
                line.href, line.after = linked.href, linked.text(linked.link_end)
            line.strong = not linked and not any(words.plain for _, words in filled)
            self.lines.append(line)


def _is_row(element: Any) -> bool:
    """A row of words, unlike a row that lays out a whole page: no table or list inside, short cells."""
    if next(element.iter("table", "ul", "ol", "dl"), None) is not None:
        return False
    for cell in element:
        blocks = sum(1 for _ in cell.iter("p", "div", "h1", "h2", "h3", "h4", "h5", "h6"))
        if blocks > 2 or (len(element) == 1 and next(cell.iter("br"), None) is not None):
            return False
    return True


def _hidden(element: Any) -> bool:
    attributes = element.attrib
    return bool(attributes) and (
        "hidden" in attributes or "none" in attributes.get("style", "") and "display:none" in attributes["style"].replace(" ", "")
    )
