"""Split an HTML page into lines: one for each row, item, heading and paragraph, in page order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from procman.errors import PageError
from procman.reading import patterns as p
from procman.reading.furniture import OTHER_HEAD, role_of
from procman.reading.line import LIST_HEADING, Line, join, squeeze
from procman.reading.regions import Regions

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: Elements that start a new line.
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hr html legend li main menu nav ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul".split()
) | frozenset(_HEADINGS)
#: Elements whose words are not part of the page.
_DROPPED = frozenset("script style noscript template svg head iframe object canvas audio video math".split())
_LAYS_OUT = frozenset(("table", "ul", "ol", "dl"))
_PARAGRAPHS = ("p", "div", *_HEADINGS)
#: Separators in a row of a table.
_DIVIDING = (*_LAYS_OUT, "br", *_PARAGRAPHS)
_LISTS = frozenset(("ul", "ol", "menu"))
#: Elements in which links without words between them are separate lines.
_HOLDERS = frozenset("body main section article div".split())
_STRONG = frozenset(("b", "strong", "th", "summary", *_HEADINGS))
#: The level of headings that fold the part below them, and the attributes of a button that folds one.
_FOLDS = {"summary": 6, "button": 6}
_FOLDING = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")

#: The attributes with a picture's alternative text.
_SAID_OF_PICTURES = ("alt", "aria-label", "title")

#: "mso-list:l0 level2 lfo1": Word marks a paragraph of a list in this way.
_LIST_LEVEL = re.compile(r"mso-list:\s?\w+ level([1-9])")
#: "lst-kix_a1b2-1": Google Docs marks the level of a list in this way, because it does not nest lists.
_DOCS_LEVEL = re.compile(r"\blst-kix_\w+-([0-8])\b")
_COUNTED = re.compile(r"\d|[a-zA-Z][.)]|[ivxIVX]{2}")
#: The mark of a comment or footnote in Google Docs and Word ("#cmnt1", "#_ftn1"), and the note's link back to it ("#cmnt_ref1").
_NOTE_MARK = re.compile(r"#_?(?:cmnt|ftnt?|edn|fn|footnote|cite_note)[:_-]?(_?ref)?[:_-]?\d+")
#: "margin-left: 36pt", "left:126px" in a style: how far in a paragraph is, and how many points wide a space is in each unit.
_INDENT = re.compile(r"(?:margin-left|padding-left|(?<![\w-])left)\s?:\s?(\d{1,4}(?:\.\d+)?)(px|pt|cm|mm|in|em)")
_A_SPACE = {"px": 10, "pt": 7.5, "cm": 0.25, "mm": 2.5, "in": 0.1, "em": 0.6}
#: "MsoToc2": the level of a line in Word's table of contents.
_CONTENTS_LEVEL = re.compile(r"\bMsoToc([1-9])\b", re.I)
#: The pictures of lines and spaces before the rows of a tree.
_TREE_PICTURE = re.compile(r"(?:^|/)(?:line|join|empty|blank|vertline|spacer)\w*\.(?:gif|png)$")
#: The most attributes of one tag, because the parser's time grows with their square.
_MOST_ATTRIBUTES = 1000
_DEEPEST = 255
_FEWEST_PAGES = 4
_TOO_DEEP = f"the mark-up is nested more than {_DEEPEST} levels deep, which no manual's page is"
#: A ">" that can be inside a quoted value, and so not the end of its tag.
_QUOTED_END = re.compile(r"=\s*+(?:\"[^\">]*+>|'[^'>]*+>)")


def html_lines(text: str, source: str) -> list[Line]:
    """The lines of an HTML page.

    Raises ``PageError`` if it cannot be parsed, is nested too deep, or has a tag with too many attributes.
    """
    from lxml import etree

    if _may_crowd_a_tag(text):
        _refuse_crowded_tags(text, source)
    # Without "huge", the rest of a page after an embedded picture of 10 MB is lost.
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
    _set_ribbons_behind(root)
    reader = _Reader(root, source)
    reader.read(root, strong=False)
    reader.flush()
    _take_margin(reader.lines, reader.indented)
    return _without_page_column(reader.lines)


def _set_ribbons_behind(root: Any) -> None:
    """Put the flag that a card begins with behind the heading below it: "New" above "Kinship local offer"."""
    for heading in list(root.iter(*_HEADINGS)):
        ribbon = heading.getprevious()
        first = ribbon is not None and ribbon.tag not in _HEADINGS and ribbon.getprevious() is None
        around = f"{heading.getparent().text or ''}{ribbon.tail or ''}".strip() if first else "words"
        if not around and p.ONLY_FLAG.fullmatch("".join(ribbon.itertext()).strip()):
            heading.append(ribbon)


def _take_margin(lines: list[Line], indented: list[int]) -> None:
    """Measure the indents of paragraphs from the one between them with the least indent, because a page can have a margin."""
    if not indented:
        return
    margin = min(line.indent for line in lines[indented[0] : indented[-1] + 1] if line.tag == "p")
    for i in indented:
        lines[i].indent -= margin


def _without_page_column(lines: list[Line]) -> list[Line]:
    """The lines without a last column of page numbers. Most rows have one, and the numbers never decrease."""
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
    """A quick check. If False, no tag has too many attributes, because each attribute needs at least two characters.

    A tag with too many is as long as five stretches of text, so it has four whole ones in it. Either one of them has no ">", or each has a
    quoted one.
    """
    stretch = _MOST_ATTRIBUTES * 2 // 5
    starts = range(0, len(text) - stretch, stretch)
    return any(text.find(">", start, start + stretch) < 0 for start in starts) or len(_QUOTED_END.findall(text)) >= 4


def _refuse_crowded_tags(text: str, source: str) -> None:
    """Let the parser count the attributes without making a tree, which is slow. The error names the line on which the tag ends."""
    from lxml import etree

    count = _AttributeCount()
    parser = etree.HTMLParser(encoding="utf-8", target=count, huge_tree=True)
    for line, content in enumerate(text.encode("utf-8", "replace").split(b"\n"), 1):
        parser.feed(content + b"\n")
        if count.most > _MOST_ATTRIBUTES:
            reason = f"a tag with more than {_MOST_ATTRIBUTES} attributes, which no manual's page has"
            raise PageError(source, reason, line)


class _AttributeCount:
    """Receives each tag from the parser."""

    most = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        pass


class _Words:
    """The words of one line, in pieces. A piece ends where an element begins or ends."""

    line = 0
    href = ""
    link_end = 0  # the number of pieces when the first link ended
    plain = False  # some words are outside bold elements
    heading = 0
    links = jumps = 0  # the number of links, and of those within the page
    note = False  # it is a comment or footnote
    level = 0  # the paragraph's level in a list, from a word processor
    marker = ""  # the bullet it puts before it
    lead = 0  # spaces before the first word of a preformatted line

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
        """The number, if the first element has only a number."""
        for piece in self.pieces:
            if word := piece.strip():
                return word if p.ONLY_NUMBER.fullmatch(word) else ""
        return ""


def _stands_alone(left: str, right: str) -> bool:
    """Whether to put a space between the words of two elements: after a number, before a flag, and between two figures."""
    if left[-1].isdigit() and right[0].isdigit():
        return True
    return bool(p.ONLY_NUMBER.fullmatch(left) or p.ONLY_FLAG.fullmatch(right) or p.ONLY_FLAG.fullmatch(left))


class _Reader:
    """Walks a tree in page order. It recurses once per level, and refuses trees that are too deep."""

    def __init__(self, root: Any, source: str) -> None:
        self.source, self.depth = source, 0
        self.regions = Regions(root)
        self.in_main = False
        self.item = False  # inside a list item, before its first line
        self.lines: list[Line] = []
        self.words = _Words()
        self.tag = "body"
        self.heading = self.lists = self.away = 0
        self.preformatted = 0  # the source line, inside preformatted text
        self.in_row = False
        self.indented: list[int] = []  # the places of the paragraphs that a style indents
        self.link_lists = _lists_of_links(root)
        #: The captions of several tables can be headings. The caption of a single table is about the page.
        self.captions_head = len(root.findall(".//caption")) > 1
        #: The rows with blocks inside. Most rows have none.
        self.divided_rows = {row for block in root.iter(*_DIVIDING) for row in block.iterancestors("tr")}

    def read(self, element: Any, strong: bool) -> None:
        """Read an element, and make a line wherever a block begins or ends."""
        if text := element.text:
            self.take(text, strong)
        if not len(element):  # the usual case
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
        """Add words. In preformatted text, each line end makes a line."""
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
        """Skip an element that is not part of the page's words."""

    def inline(self, element: Any, strong: bool) -> None:
        words = (element.text or "").strip()
        if not (words or len(element)):
            self.take(element.text or "", True)
            self.image(element, strong)
            return
        if words and self.words.heading and p.FOLD_HINT.fullmatch(words):
            return  # "Show" beside the heading of a folded part
        if "mso-list" in element.get("style", "") and not _COUNTED.search(mark := "".join(element.itertext())):
            self.words.marker = squeeze(mark)
            return
        self.read(element, strong or element.tag in _STRONG)

    def link(self, element: Any, strong: bool) -> None:
        words, href = self.words, element.get("href")
        if href and href == words.href and role_of("".join(element.itertext()).strip()) == OTHER_HEAD:
            return  # "Download" behind the title with the same link
        if href and href[0] == "#" and (mark := _NOTE_MARK.fullmatch(href)):
            words.note = words.note or bool(mark[1])
            return
        if href and href[0] == "#" and p.ONLY_MARKS.fullmatch(element.text or ""):
            return  # "¶" beside a heading: a link to the heading itself
        if href:
            words.links += 1
            words.jumps += href[0] == "#"
        if words.href and words.href != href and element.getparent() in self.link_lists:
            self.part(element)
            words = self.words
        # The link of a heading to its own part unfolds it.
        if not href or words.href or (href[0] == "#" and self.heading):
            self.read(element, strong)
            return
        words.href = href
        self.read(element, strong)
        # A block inside the link has started another line, and the link ends there.
        self.words.link_end = len(self.words.pieces)

    def image(self, element: Any, strong: bool) -> None:
        """Read a picture of a flag, including one drawn by a style, as the flag: "New", "Updated chapter icon"."""
        if element.tag == "img" and not self.words.pieces and _TREE_PICTURE.search(element.get("src", "")):
            self.words.lead += 2
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
            self.words.heading or self.heading or _FOLDS.get(tag, 6 if tag == "dt" and _heads_links(element) else 0)
        )
        if tag == "pre":
            self.preformatted = element.sourceline or 1
        elif tag == "p" and element.attrib:
            self.words.level, self.words.lead = _level_and_indent(element)
        self.read(element, strong or tag in _STRONG)
        self.part(element)
        self.lists = outer_lists
        self.item = self.item and tag != "li"
        self.away -= away
        self.tag, self.heading, self.in_main, self.preformatted = outer

    def is_away(self, element: Any) -> bool:
        """Whether it is navigation or similar. A button is, unless it is the heading of a part that it folds."""
        if self.away:
            return False
        if element.tag == "button":
            attributes = element.attrib
            folds = any(name in attributes for name in _FOLDING) or p.NUMBER.match(squeeze(element.text or ""))
            return not (self.heading or folds)
        return self.regions.is_away(element, self.in_main)

    def part(self, element: Any, strong: bool = False) -> None:
        """Read a block or line break. It is a space inside a table's row or a heading, and otherwise a new line."""
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
                if self.tag == "p":
                    self.indented.append(len(self.lines))
            elif match := p.BULLET.match(text):
                line.marker, line.text = match[match.lastindex or 0], text[match.end() :]
            if words.note or (words.jumps > 1 and words.jumps == words.links and self.tag in _PARAGRAPHS):
                line.ignored = True  # a note, or "Referrals | Plans | Court": a jump to the headings below
            line.number = words.number()
            line.href, line.after = words.href, words.text(words.link_end) if words.href else ""
            line.strong = not words.plain and not words.href
            self.item = False
            self.lines.append(line)

    def row(self, element: Any, strong: bool) -> None:
        """Read a row of a table of words. A row that lays out the page, or is inside another row, is read as a block."""
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
                    self.lines.append(
                        Line(line.line, text, heading=LIST_HEADING, tag="tr", strong=True, ignored=line.ignored)
                    )
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
            line.indent = next(n for n, cell in enumerate(cells) if cell)
            line.cells, line.text = tuple(cells), join(filled)
            if _heads_columns(element, line, filled):
                line.tag, line.ignored = "th", True
            self.lines.append(line)


#: The function that reads each tag. Any other tag is part of its line.
_WAYS = {
    **dict.fromkeys(_BLOCKS, _Reader.block),
    **dict.fromkeys(_DROPPED, _Reader.nothing),
    "a": _Reader.link,
    "br": _Reader.part,
    "img": _Reader.image,
    "tr": _Reader.row,
}


def _level_and_indent(paragraph: Any) -> tuple[int, int]:
    """The level of a word processor's list that a paragraph has, and how many spaces its style indents it."""
    style = paragraph.get("style", "")
    if level := _LIST_LEVEL.search(style):
        return int(level[1]), 0
    if level := _CONTENTS_LEVEL.search(paragraph.get("class", "")):
        return 0, 4 * (int(level[1]) - 1)
    indent = _INDENT.search(style)
    return 0, round(float(indent[1]) / _A_SPACE[indent[2]]) if indent else 0


def _lists_of_links(root: Any) -> set[Any]:
    """The elements that have only links. If each has two links, they may be rows that link a chapter twice."""
    found = {parent for link in root.iter("a") if (parent := link.getparent()).tag in _HOLDERS}
    lists = {parent for parent in found if len(parent) > 1 and _only_links(parent)}
    return lists if any(len(parent) > 2 for parent in lists) else set()


def _only_links(parent: Any) -> bool:
    words = [parent.text, *(child.tail for child in parent)]
    return all(child.tag == "a" for child in parent) and not "".join(text or "" for text in words).strip()


def _spans_rows(cell: Any) -> bool:
    """Whether the cell spans several rows, and so is their heading."""
    return cell.get("rowspan", "1") > "1" and (cell.tag == "td" or cell.get("scope") == "rowgroup")


def _is_row(element: Any) -> bool:
    """Whether it is a row of words and does not lay out a whole page: it has no table or list inside, and short cells."""
    blocks = [inner.tag for inner in element.iter(*_DIVIDING)]
    if not _LAYS_OUT.isdisjoint(blocks) or (len(element) == 1 and "br" in blocks):
        return False
    return len(blocks) <= 2 or all(sum(1 for _ in cell.iter(*_PARAGRAPHS)) <= 2 for cell in element)


def _heads_columns(row: Any, line: Line, filled: list[str]) -> bool:
    """Whether it is a table's heading row: with two or more cells, and not a row of the list."""
    thead = row.getparent().tag == "thead"
    sorts = thead and line.href[:1] in ("#", "j")  # a link that sorts the table
    if len(filled) < 2 or (line.href and not sorts) or p.NUMBER.match(filled[0]):
        return False
    return thead or (row.getnext() is not None and all(cell.tag == "th" for cell in row))


def _heads_links(term: Any) -> bool:
    """Whether a term without a link is above descriptions that are all links."""
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
