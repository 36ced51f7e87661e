"""HTML becomes Lines: one for each row, item, heading and paragraph, in page order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from procman import patterns as p
from procman.errors import PageError
from procman.line import Line, join, squeeze

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: Elements that start a line of their own.
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hr html legend li main menu nav ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul".split()
) | frozenset(_HEADINGS)
#: Not words of the page at all.
_DROPPED = frozenset("script style noscript template svg head iframe object canvas audio video math".split())
#: Read as lines, but never as entries.
_AWAY = frozenset("nav footer aside select form dialog".split())
_AWAY_ROLES = frozenset("navigation contentinfo search dialog alertdialog".split())
#: "site-footer", "breadcrumb", "main-nav", "cookie-banner": what authors call such parts.
_AWAY_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|footer|cookies?|cookie-?(?:banner|notice|bar)|pagination|social|skip-?links?)(?:\s|$)",
    re.I,
)
#: Styled to be read aloud but not seen.
_UNSEEN_NAME = re.compile(r"\b(?:sr-only|visually-?hidden|screen-reader-text|hidden-accessible)\b", re.I)
_LAYS_OUT = frozenset(("table", "ul", "ol", "dl"))
_LISTS = frozenset(("ul", "ol", "menu"))
_STRONG = frozenset(("b", "strong", "th", "summary", *_HEADINGS))
#: Headings that fold what stands below them, as deep as a heading can be; and how a button says that it does.
_FOLDS = {"summary": 6, "button": 6}
_FOLDING = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")


def html_lines(text: str, source: str) -> list[Line]:
    """The Lines of a page of mark-up.

    Raises ``PageError`` where no tree can be made of it, or where it is nested deeper than any page for people.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageError(source, f"the mark-up cannot be read ({error})") from None
    for problem in parser.error_log:
        if "depth" in problem.message.lower():
            reason = "the mark-up is nested more than 255 levels deep, which no manual's page is"
            raise PageError(source, reason, problem.line)
    reader = _Reader()
    if root is not None:
        reader.read(root, strong=False)
        reader.flush()
    return reader.lines


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
        if not text:
            return
        if text.isspace():
            self.pieces.append(" ")
        else:
            self.pieces.append(text)
            self.plain = self.plain or not strong

    def text(self, start: int = 0) -> str:
        if len(self.pieces) - start < 2:
            return squeeze(self.pieces[start]) if len(self.pieces) > start else ""
        parts: list[str] = []
        for piece in self.pieces[start:]:
            if parts and _stands_alone(parts[-1], piece):
                parts.append(" ")
            parts.append(piece)
        return squeeze("".join(parts))

    def number(self) -> str:
        """The number that the first element holds and nothing else."""
        first = next((piece.strip() for piece in self.pieces if piece.strip()), "")
        return first if p.ONLY_NUMBER.fullmatch(first) else ""


def _stands_alone(left: str, right: str) -> bool:
    """Whether a blank belongs between two elements' words: a number and a flag stand alone, and so do two figures."""
    left, right = left.strip(), right.strip()
    if left[-1:].isdigit() and right[:1].isdigit():
        return True
    return bool(p.ONLY_NUMBER.fullmatch(left) or p.ONLY_FLAG.fullmatch(right) or p.ONLY_FLAG.fullmatch(left))


class _Reader:
    """Walks a tree in page order; it recurses once a level, and the parser has refused trees deeper than 255."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words = _Words()
        self.tag = "body"
        self.heading = self.lists = self.away = 0
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
        away = self.is_away(element)
        self.part(element)
        self.tag = tag
        self.heading = _HEADINGS.get(tag) or self.heading
        self.away += away
        self.lists += tag in _LISTS
        self.words.heading = self.words.heading or self.heading or _FOLDS.get(tag, 0)
        self.read(element, strong or tag in _STRONG)
        self.part(element)
        self.lists -= tag in _LISTS
        self.away -= away
        self.tag, self.heading = outer

    def is_away(self, element: Any) -> bool:
        """Whether it is navigation and the like. A button is, unless it heads a part of the page that it folds."""
        tag, attributes = element.tag, element.attrib
        if tag in _AWAY:
            return True
        if tag == "button":
            folds = any(name in attributes for name in _FOLDING) or p.NUMBER.match(squeeze(element.text or ""))
            return not (self.heading or folds)
        if not attributes or tag in ("html", "body", "main"):
            return False
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return attributes.get("role") in _AWAY_ROLES or bool(_AWAY_NAME.search(names))

    def part(self, element: Any) -> None:
        """A block or line break: a blank within a table's row or a heading, else a new line."""
        if self.in_row or (self.heading and element.tag in ("br", "button", "div", "span", "p")):
            self.words.add(" ", True)
        else:
            self.flush()
        self.words.line = self.words.line or element.sourceline or 0

    def flush(self) -> None:
        words, self.words = self.words, _Words()
        if text := words.text():
            line = Line(words.line, text, heading=words.heading, tag=self.tag, ignored=bool(self.away))
            if self.tag == "li":
                line.marker, line.indent = "•", 2 * max(0, self.lists - 1)
            line.number = words.number()
            line.href, line.after = words.href, words.text(words.link_end) if words.href else ""
            line.strong = not words.plain and not words.href
            self.lines.append(line)

    def row(self, element: Any) -> None:
        cells = []
        self.in_row = True
        for cell in element:
            if cell.tag in ("td", "th"):
                words = self.words = _Words()
                if len(cell):
                    self.read(cell, cell.tag == "th")
                else:
                    words.add(cell.text, cell.tag == "th")
                cells.append((words.text(), words))
        self.in_row, self.words = False, _Words()
        filled = [(text, words) for text, words in cells if text]
        if not filled:
            return
        line = Line(element.sourceline or 0, join([text for text, _ in filled]), tag="tr", ignored=bool(self.away))
        line.indent = int(not cells[0][0])
        line.cells = tuple(text for text, _ in cells)
        line.number = filled[0][1].number()
        line.heading = max(words.heading for _, words in filled)
        linked = next((words for _, words in filled if words.href), None)
        if linked:
            line.href, line.after = linked.href, linked.text(linked.link_end)
        line.strong = not linked and not any(words.plain for _, words in filled)
        self.lines.append(line)


def _is_row(element: Any) -> bool:
    """A row of words, unlike a row that lays out a whole page: no table or list inside, short cells."""
    blocks = [inner.tag for inner in element.iter("table", "ul", "ol", "dl", "br", "p", "div", *_HEADINGS)]
    if not blocks:
        return True
    if not _LAYS_OUT.isdisjoint(blocks) or (len(element) == 1 and "br" in blocks):
        return False
    return len(blocks) <= 2 or all(sum(1 for _ in cell.iter("p", "div", *_HEADINGS)) <= 2 for cell in element)


def _hidden(element: Any) -> bool:
    """Whether nobody sees it; words for screen readers alone are hints ("opens in a new tab"), unless a flag."""
    attributes = element.attrib
    if not attributes:
        return False
    if _UNSEEN_NAME.search(attributes.get("class", "")) and not p.ONLY_FLAG.fullmatch(element.text or ""):
        return True
    return "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower()
