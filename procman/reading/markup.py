"""HTML becomes Lines: one for each row, item, heading and paragraph, in page order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from procman.errors import PageError
from procman.reading import patterns as p
from procman.reading.line import Line, join, squeeze

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
_PARAGRAPHS = ("p", "div", *_HEADINGS)
#: What a row of a table may be divided by.
_DIVIDING = (*_LAYS_OUT, "br", *_PARAGRAPHS)
_LISTS = frozenset(("ul", "ol", "menu"))
#: Where links that follow each other with no words between are lines of their own.
_HOLDERS = frozenset("body main section article div".split())
_STRONG = frozenset(("b", "strong", "th", "summary", *_HEADINGS))
#: Headings that fold what stands below them, as deep as a heading can be; and how a button says that it does.
_FOLDS = {"summary": 6, "button": 6}
_FOLDING = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")

#: The parser's time grows with the square of one tag's attributes.
_MOST_ATTRIBUTES = 5000
#: A ">" that may stand in a quoted value, and so not end its tag.
_QUOTED_END = re.compile(r"=\s*+(?:\"[^\">]*+>|'[^'>]*+>)")


def html_lines(text: str, source: str) -> list[Line]:
    """The Lines of a page of mark-up.

    Raises ``PageError`` where no tree can be made of it, or where it is nested deeper, or a tag has more attributes, than in any
    page for people.
    """
    from lxml import etree

    if _may_crowd_a_tag(text):
        _refuse_crowded_tags(text, source)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageError(source, f"the mark-up cannot be read ({error})") from None
    for problem in parser.error_log:
        if "depth" in problem.message.lower():
            reason = "the mark-up is nested more than 255 levels deep, which no manual's page is"
            raise PageError(source, reason, problem.line)
    if root is None:
        return []
    reader = _Reader(root)
    reader.read(root, strong=False)
    reader.flush()
    return reader.lines


def _may_crowd_a_tag(text: str) -> bool:
    """A quick look: where it says no, no tag has more than the most attributes, for each takes two characters or more.

    A tag without ">" for two whole stretches has one stretch without; quoted ones may hide only so many stretches of one tag.
    """
    stretch = _MOST_ATTRIBUTES // 5
    starts = range(0, len(text) - stretch, stretch)
    return any(text.find(">", start, start + stretch) < 0 for start in starts) or len(_QUOTED_END.findall(text)) >= 5


def _refuse_crowded_tags(text: str, source: str) -> None:
    """Let the parser itself count, but keep no tree, which is what takes so long; the line is the one on which the tag ends."""
    from lxml import etree

    count = _AttributeCount()
    parser = etree.HTMLParser(encoding="utf-8", target=count)
    for line, content in enumerate(text.encode("utf-8", "replace").split(b"\n"), 1):
        parser.feed(content + b"\n")
        if count.most > _MOST_ATTRIBUTES:
            reason = f"a tag with more than {_MOST_ATTRIBUTES} attributes, which no manual's page has"
            raise PageError(source, reason, line)


class _AttributeCount:
    """Told of each tag by the parser."""

    most = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        pass


class _Words:
    """The words gathered for one line; a piece ends wherever an element begins or ends."""

    line = 0
    href = ""
    link_end = 0  # how many pieces there were when the first link closed
    plain = False  # some words are outside bold elements
    heading = 0

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def add(self, text: str, strong: bool) -> None:
        blank = text.isspace()
        if self.pieces or not blank:
            self.pieces.append(text)
            if not (strong or blank):
                self.plain = True

    def text(self, start: int = 0) -> str:
        pieces = self.pieces[start:] if start else self.pieces
        if len(pieces) < 2:
            return squeeze(pieces[0]) if pieces else ""
        parts, left = [], ""
        for piece in pieces:
            right = piece.strip()
            if left and right and _stands_alone(left, right):
                parts.append(" ")
            parts.append(piece)
            left = right
        return squeeze("".join(parts))

    def number(self) -> str:
        """The number that the first element holds and nothing else."""
        for piece in self.pieces:
            if word := piece.strip():
                return word if p.ONLY_NUMBER.fullmatch(word) else ""
        return ""


def _stands_alone(left: str, right: str) -> bool:
    """Whether a blank belongs between two elements' words: a number and a flag stand alone, and so do two figures."""
    if left[-1].isdigit() and right[0].isdigit():
        return True
    return bool(p.ONLY_NUMBER.fullmatch(left) or p.ONLY_FLAG.fullmatch(right) or p.ONLY_FLAG.fullmatch(left))


class _Reader:
    """Walks a tree in page order; it recurses once a level, and the parser has refused trees deeper than 255."""

    def __init__(self, root: Any) -> None:
        self.lines: list[Line] = []
        self.words = _Words()
        self.tag = "body"
        self.heading = self.lists = self.away = 0
        self.in_row = False
        self.link_lists = _lists_of_links(root)
        #: The rows that have blocks inside; most have none, and need no closer look.
        self.divided_rows = {row for block in root.iter(*_DIVIDING) for row in block.iterancestors("tr")}

    def read(self, element: Any, strong: bool) -> None:
        """Gather what stands in an element, giving out a Line at each block that begins or ends."""
        if text := element.text:
            self.words.add(text, strong)
        if not len(element):  # as most are
            return
        for child in element:
            if not ((names := child.keys()) and _hidden(child, names)):
                _WAYS.get(child.tag, _Reader.inline)(self, child, strong)
            if tail := child.tail:
                self.words.add(tail, strong)

    def nothing(self, element: Any, strong: bool) -> None:
        """What is no part of the page's words."""

    def inline(self, element: Any, strong: bool) -> None:
        if self.words.heading and p.FOLD_HINT.fullmatch((element.text or "").strip()):
            return  # "Show" beside the heading of what it folds
        self.read(element, strong or element.tag in _STRONG)

    def link(self, element: Any, strong: bool) -> None:
        words, href = self.words, element.get("href")
        if words.href and words.href != href and element.getparent() in self.link_lists:
            self.part(element)
            words = self.words
        if not href or words.href:
            self.read(element, strong)
            return
        words.href = href
        self.read(element, strong)
        # A block within the link has begun another line, and the link ends in that.
        self.words.link_end = len(self.words.pieces)

    def image(self, element: Any, strong: bool) -> None:
        """A picture of a flag is read as the flag: "New", "Updated chapter icon"."""
        if match := p.ONLY_FLAG.fullmatch(element.get("alt", "").strip()):
            self.words.add(" ".join(word for word in match.groups() if word).capitalize(), True)

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

    def part(self, element: Any, strong: bool = False) -> None:
        """A block or line break: a blank within a table's row or a heading, else a new line."""
        if self.in_row or (self.heading and element.tag in ("br", "button", "div", "span", "p")):
            self.words.add(" ", True)
        else:
            self.flush()
        self.words.line = self.words.line or element.sourceline or 0

    def flush(self) -> None:
        words, self.words = self.words, _Words()
        if words.pieces and (text := words.text()):
            line = Line(words.line, text, heading=words.heading, tag=self.tag, ignored=bool(self.away))
            if self.tag == "li":
                line.marker, line.indent = "•", 2 * max(0, self.lists - 1)
            line.number = words.number()
            line.href, line.after = words.href, words.text(words.link_end) if words.href else ""
            line.strong = not words.plain and not words.href
            self.lines.append(line)

    def row(self, element: Any, strong: bool) -> None:
        """A row of a table of words; one that lays out the page, or stands within another row, is a block."""
        if self.in_row or (element in self.divided_rows and not _is_row(element)):
            self.block(element, strong)
            return
        self.flush()
        between = self.words
        line = Line(element.sourceline or 0, "", tag="tr", strong=True, ignored=bool(self.away))
        cells: list[str] = []
        filled: list[str] = []
        self.in_row = True
        for cell in element:
            if (tag := cell.tag) == "td" or tag == "th":
                words = self.words = _Words()
                self.read(cell, tag == "th")
                text = words.text() if words.pieces else ""
                if text and not cells and _spans_rows(cell):
                    self.lines.append(Line(line.line, text, heading=6, tag="tr", strong=True, ignored=line.ignored))
                    continue
                cells.append(text)
                if text:
                    if not filled:
                        line.number = words.number()
                    if words.heading > line.heading:
                        line.heading = words.heading
                    if words.href and not line.href:
                        line.href, line.after = words.href, words.text(words.link_end)
                    if words.plain:
                        line.strong = False
                    filled.append(text)
        self.in_row, self.words = False, between
        if filled:
            line.strong = line.strong and not line.href
            line.indent = int(not cells[0])
            line.cells, line.text = tuple(cells), join(filled)
            self.lines.append(line)


#: How an element of each tag is read; one that is not here is part of the line it stands in.
_WAYS = {
    **dict.fromkeys(_BLOCKS, _Reader.block),
    **dict.fromkeys(_DROPPED, _Reader.nothing),
    "a": _Reader.link,
    "br": _Reader.part,
    "img": _Reader.image,
    "tr": _Reader.row,
}


def _lists_of_links(root: Any) -> set[Any]:
    """What holds links and nothing else; with two links in each they may be rows, which link one chapter twice."""
    found = {parent for link in root.iter("a") if (parent := link.getparent()).tag in _HOLDERS}
    lists = {parent for parent in found if len(parent) > 1 and _only_links(parent)}
    return lists if any(len(parent) > 2 for parent in lists) else set()


def _only_links(parent: Any) -> bool:
    words = [parent.text, *(child.tail for child in parent)]
    return all(child.tag == "a" for child in parent) and not "".join(text or "" for text in words).strip()


def _spans_rows(cell: Any) -> bool:
    """Whether it stands beside several rows, which it heads."""
    return cell.get("rowspan", "1") > "1" and (cell.tag == "td" or cell.get("scope") == "rowgroup")


def _is_row(element: Any) -> bool:
    """A row of words, unlike a row that lays out a whole page: no table or list inside, short cells."""
    blocks = [inner.tag for inner in element.iter(*_DIVIDING)]
    if not _LAYS_OUT.isdisjoint(blocks) or (len(element) == 1 and "br" in blocks):
        return False
    return len(blocks) <= 2 or all(sum(1 for _ in cell.iter(*_PARAGRAPHS)) <= 2 for cell in element)


def _hidden(element: Any, names: list[str]) -> bool:
    """Whether nobody sees it; words for screen readers alone are hints ("opens in a new tab"), unless a flag."""
    if "class" in names and _UNSEEN_NAME.search(element.get("class")) and not p.ONLY_FLAG.fullmatch(element.text or ""):
        return True
    return "hidden" in names or ("style" in names and "display:none" in element.get("style").replace(" ", "").lower())
