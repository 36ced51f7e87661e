"""HTML becomes Lines: one for each row, item, heading and paragraph, in page order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from procman.errors import PageError
from procman.reading import patterns as p
from procman.reading.line import Line, join, squeeze
from procman.reading.regions import Regions

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: Elements that start a line of their own.
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hr html legend li main menu nav ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul".split()
) | frozenset(_HEADINGS)
#: Not words of the page at all.
_DROPPED = frozenset("script style noscript template svg head iframe object canvas audio video math".split())
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

#: What is said of a picture to those who do not see it.
_SAID_OF_PICTURES = ("alt", "aria-label", "title")

#: "mso-list:l0 level2 lfo1": how Word says that a paragraph belongs to a list; what of its own mark is counted.
_LIST_LEVEL = re.compile(r"mso-list:\s?\w+ level([1-9])")
#: "lst-kix_a1b2-1": how Google Docs says how deep a list stands, for it writes them all beside each other.
_DOCS_LEVEL = re.compile(r"\blst-kix_\w+-([0-8])\b")
_COUNTED = re.compile(r"\d|[a-zA-Z][.)]|[ivxIVX]{2}")
#: The parser's time grows with the square of one tag's attributes.
_MOST_ATTRIBUTES = 1000
_DEEPEST = 255
_FEWEST_PAGES = 4
_TOO_DEEP = f"the mark-up is nested more than {_DEEPEST} levels deep, which no manual's page is"
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
    # Without "huge", the rest of a page behind an embedded picture of 10 MB is lost.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageError(source, f"the mark-up cannot be read ({error})") from None
    for problem in parser.error_log.filter_from_fatals():
        if "depth" in problem.message.lower():
            raise PageError(source, _TOO_DEEP, problem.line)
        raise PageError(source, f"the mark-up cannot be read to its end ({problem.message})", problem.line)
    if root is None:
        return []
    reader = _Reader(root, source)
    reader.read(root, strong=False)
    reader.flush()
    return _without_page_column(reader.lines)


def _without_page_column(lines: list[Line]) -> list[Line]:
    """The lines without a last column of page numbers, which most rows have and which never go back."""
    rows = [line for line in lines if len(line.cells) > 1 and line.cells[0] and not line.ignored]
    paged = [line for line in rows if len(line.cells[-1]) < 5 and line.cells[-1].isdecimal()]
    pages = [int(line.cells[-1]) for line in paged]
    if len(paged) < _FEWEST_PAGES or 2 * len(paged) <= len(rows) or pages != sorted(pages) or pages[0] == pages[-1]:
        return lines
    for line in paged:
        line.cells, line.page = line.cells[:-1], True
        line.text = join([cell for cell in line.cells if cell])
    return lines


def _may_crowd_a_tag(text: str) -> bool:
    """A quick look: where it says no, no tag has more than the most attributes, for each takes two characters or more.

    Such a tag is as long as five stretches, and so has four whole ones in it: one of them is without ">", or each has one that is
    quoted.
    """
    stretch = _MOST_ATTRIBUTES * 2 // 5
    starts = range(0, len(text) - stretch, stretch)
    return any(text.find(">", start, start + stretch) < 0 for start in starts) or len(_QUOTED_END.findall(text)) >= 4


def _refuse_crowded_tags(text: str, source: str) -> None:
    """Let the parser itself count, but keep no tree, which is what takes so long; the line is the one on which the tag ends."""
    from lxml import etree

    count = _AttributeCount()
    parser = etree.HTMLParser(encoding="utf-8", target=count, huge_tree=True)
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
    links = jumps = 0  # all of them, and those to other places of the page
    level = 0  # how deep a word processor says that the paragraph stands in its list
    marker = ""  # the bullet it puts before it
    lead = 0  # blanks before the first word of a preformatted line

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
    """Walks a tree in page order; it recurses once a level, and refuses trees deeper than any page for people."""

    def __init__(self, root: Any, source: str) -> None:
        self.source, self.depth = source, 0
        self.regions = Regions(root)
        self.in_main = False
        self.item = False  # within an item of a list whose first line is still to come
        self.lines: list[Line] = []
        self.words = _Words()
        self.tag = "body"
        self.heading = self.lists = self.away = 0
        self.preformatted = 0  # the source line, within preformatted words
        self.in_row = False
        self.link_lists = _lists_of_links(root)
        #: Captions of several tables may head them; that of one is about the page.
        self.captions_head = len(root.findall(".//caption")) > 1
        #: The rows that have blocks inside; most have none, and need no closer look.
        self.divided_rows = {row for block in root.iter(*_DIVIDING) for row in block.iterancestors("tr")}

    def read(self, element: Any, strong: bool) -> None:
        """Gather what stands in an element, giving out a Line at each block that begins or ends."""
        if text := element.text:
            self.take(text, strong)
        if not len(element):  # as most are
            return
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PageError(self.source, _TOO_DEEP, element.sourceline)
        for child in element:
            if not ((names := child.keys()) and self.regions.is_hidden(child, names)):
                _WAYS.get(child.tag, _Reader.inline)(self, child, strong)
            if tail := child.tail:
                self.take(tail, strong)
        self.depth -= 1

    def take(self, text: str, strong: bool) -> None:
        """Gather words; where they are preformatted, a line that ends is a Line."""
        if not self.preformatted:
            self.words.add(text, strong)
            return
        for i, part in enumerate(text.split("\n")):
            if i:
                self.flush()
                self.preformatted += 1
            if not self.words.pieces:
                self.words.lead += len(part) - len(part.lstrip())
                self.words.line = self.preformatted
            self.words.add(part, strong)

    def nothing(self, element: Any, strong: bool) -> None:
        """What is no part of the page's words."""

    def inline(self, element: Any, strong: bool) -> None:
        if not (len(element) or (element.text or "").strip()):
            self.image(element, strong)
            return
        if self.words.heading and p.FOLD_HINT.fullmatch((element.text or "").strip()):
            return  # "Show" beside the heading of what it folds
        if "mso-list" in element.get("style", "") and not _COUNTED.search(mark := "".join(element.itertext())):
            self.words.marker = squeeze(mark)
            return
        self.read(element, strong or element.tag in _STRONG)

    def link(self, element: Any, strong: bool) -> None:
        words, href = self.words, element.get("href")
        if href:
            words.links += 1
            words.jumps += href[0] == "#"
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
        """A picture of a flag, also one that a style draws, is read as the flag: "New", "Updated chapter icon"."""
        said = next(filter(None, map(element.get, _SAID_OF_PICTURES)), "")
        if match := p.ONLY_FLAG.fullmatch(said.strip()):
            self.words.add(" ".join(word for word in match.groups() if word).capitalize(), True)

    def block(self, element: Any, strong: bool) -> None:
        tag = element.tag
        outer = self.tag, self.heading, self.in_main, self.preformatted
        self.in_main = self.in_main or element is self.regions.main
        away = self.is_away(element)
        self.part(element)
        self.tag = tag
        self.heading = _HEADINGS.get(tag) or self.heading
        self.away += away
        outer_lists = self.lists
        self.item = tag == "li" or self.item
        if tag in _LISTS:
            deep = _DOCS_LEVEL.search(element.get("class", ""))
            self.lists = int(deep[1]) + 1 if deep else self.lists + 1
        elif tag == "caption" and self.captions_head and not (self.lines and self.lines[-1].heading > 1):
            self.tag, self.words.heading = "h6", 6
        self.words.heading = (
            self.words.heading or self.heading or _FOLDS.get(tag, 0) or (tag == "dt" and _heads_links(element) and 6)
        )
        if tag == "pre":
            self.preformatted = element.sourceline or 1
        elif tag == "p" and (level := _LIST_LEVEL.search(element.get("style", ""))):
            self.words.level = int(level[1])
        self.read(element, strong or tag in _STRONG)
        self.part(element)
        self.lists = outer_lists
        self.item = self.item and tag != "li"
        self.away -= away
        self.tag, self.heading, self.in_main, self.preformatted = outer

    def is_away(self, element: Any) -> bool:
        """Whether it is navigation and the like. A button is, unless it heads a part of the page that it folds."""
        if self.away:
            return False
        if element.tag == "button":
            attributes = element.attrib
            folds = any(name in attributes for name in _FOLDING) or p.NUMBER.match(squeeze(element.text or ""))
            return not (self.heading or folds)
        return self.regions.is_away(element, self.in_main)

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
            if self.tag == "li" or (self.item and not line.heading):
                line.marker, line.indent = "•", 2 * max(0, self.lists - 1)
            elif words.level:
                line.marker, line.indent = words.marker, 2 * words.level
            elif words.lead:
                line.indent = words.lead
            elif match := p.BULLET.match(text):
                line.marker, line.text = match[1] or match[2], text[match.end() :]
            if words.jumps > 1 and words.jumps == words.links and self.tag in _PARAGRAPHS:
                line.ignored = True  # "Referrals | Plans | Court": a jump to the headings below
            line.number = words.number()
            line.href, line.after = words.href, words.text(words.link_end) if words.href else ""
            line.strong = not words.plain and not words.href
            self.item = False
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
            if _heads_columns(element, line, filled):
                line.tag, line.ignored = "th", True
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


def _heads_columns(row: Any, line: Line, filled: list[str]) -> bool:
    """Whether it is a table's head, which says what its columns hold: two cells or more, and no row of the list itself."""
    thead = row.getparent().tag == "thead"
    if len(filled) < 2 or line.href or p.NUMBER.match(filled[0]):
        return False
    return thead or (row.getnext() is not None and all(cell.tag == "th" for cell in row))


def _heads_links(term: Any) -> bool:
    """Whether a term without a link stands above descriptions that are all links."""
    if term.find(".//a") is not None or p.NUMBER.match(squeeze(term.text or "")):
        return False
    found = 0
    for sibling in term.itersiblings():
        if sibling.tag != "dd":
            break
        if sibling.find(".//a") is None:
            return False
        found += 1
    return found > 0
