"""Split a page, text or HTML, into lines with words, cells, indent, link and line number. After this, the format makes no difference."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.compound_lines import divided
from procman.reading.line import Line, join, squeeze, with_plain_blanks
from procman.reading.markup import html_lines
from procman.reading.naming import council_of


def lines_of(text: str, html: bool, source: str = "page") -> list[Line]:
    """Split a page into Lines.

    Parameters
    ----------
    text
        The decoded page.
    html
        True for HTML, False for copied text.
    source
        The page's name in errors.

    Examples
    --------
    >>> [(line.line, line.indent, line.text) for line in lines_of("1. Every Child\\n\\n  - 1.1.1 Title ", html=False)]
    [(1, 0, '1. Every Child'), (2, 0, ''), (3, 2, '1.1.1 Title')]
    >>> lines_of("<table><tr><td>1.1.1</td><td><a href='a.html'>Title</a></td></tr></table>", html=True)[0].number
    '1.1.1'
    """
    if not html:
        return divided(_text_lines(text))
    lines = html_lines(text, source)
    for k, start in _page_numbers([(line.line, line.text) for line in lines]).items():
        if not ((foot := p.PAGE_OF_FOOT.fullmatch(lines[k].text)) and foot[1]):
            lines[k].text, lines[k].page = lines[k].text[:start].rstrip(), True
    return divided([line for line in lines if line.text])


def _text_lines(text: str) -> list[Line]:
    raw = _source_lines(text)
    if raw and not raw[-1][1].strip():
        raw.pop()
    piped = text.count("|") > 2
    raw = _unquoted(raw)
    tabbed = _with_tabs(raw) if "\t" in text else {}
    raw = [(i, line.replace("\t", _TAB)) for i, line in raw] if "\t" in text else raw
    raw = _with_gaps(raw) if "   " in text else raw
    feet = _page_feet(raw)
    pages = _page_numbers([(i, "" if k in feet else line) for k, (i, line) in enumerate(raw)])
    feet |= _last_foot(raw, pages)
    first = {} if pages else _first_page_numbers(raw)
    if first:
        inside = range(min(first), max(first) + 1)
        raw = [(i, line[first.get(k, 0) :].lstrip() if k in inside else line) for k, (i, line) in enumerate(raw)]
    lines: list[Line] = []
    for k, (i, text) in enumerate(raw):
        cut = pages.get(k)
        line = _text_line(i, text if not cut else text[:cut], piped)
        if k in tabbed and line.text and not (pages or first):
            line.cells, line.tag = tabbed[k], "tr"
        line.ignored = k in feet or (cut == 0)
        line.page = cut is not None or k in first
        if cut == 0:
            above = next((other for other in reversed(lines) if other.text), line)
            above.page = True
        if lines and not piped and _underlines(line.text, lines[-1]):
            lines[-1].heading = 1 if line.text[0] == "=" else 2
        lines.append(line)
    for line in _menus(lines):
        line.ignored = True
    return _nested_by_mark(lines)


#: What a tab is as spaces.
_TAB = "    "
#: The fewest lines that make a table.
_FEWEST_ROWS = 3


def _with_tabs(raw: Raw) -> dict[int, tuple[str, ...]]:
    """The cells of lines whose tabs divide a table's columns. A tab in front, or behind a bullet or a number alone, is only a gap.

    >>> _with_tabs([(1, "Title\\tDate"), (2, "Fire\\t3 May"), (3, "Food\\t"), (4, "\\t\\tMilk"), (5, "•\\tMeat"), (6, "Fish\\t4 May")])
    {0: ('Title', 'Date'), 1: ('Fire', '3 May'), 2: ('Food', ''), 5: ('Fish', '4 May')}
    """
    found = {k: tuple(map(squeeze, line.split("\t"))) for k, (_, line) in enumerate(raw) if "\t" in line.strip(" ")}
    found = {k: cells for k, cells in found.items() if not p.BULLET.match(f"{' '.join(cells).lstrip()} X")}
    rows = [len(cells) for cells in found.values() if len([cell for cell in cells if cell]) > 1]
    if len(rows) < _FEWEST_ROWS:
        return {}
    width = Counter(rows).most_common(1)[0][0]
    return {k: cells for k, cells in found.items() if cells[0] or len(cells) == width}


def _with_gaps(raw: Raw) -> Raw:
    """Lines with a gap of three spaces also where a full cell left only two before the next column.

    >>> _with_gaps([(1, "Fire        Jo   May"), (2, "Water       Al   May"), (3, "Earth       Bo   May"), (4, "Air and so  Cy   May")])[3]
    (4, 'Air and so   Cy   May')
    """
    starts = Counter(match.end() for _, line in raw if "   " in line for match in p.GAP.finditer(line))
    columns = {start for start, often in starts.items() if often >= _FEWEST_ROWS}
    found = []
    for i, line in raw:
        for match in reversed([*p.SMALL_GAP.finditer(line)]) if "   " in line.lstrip() else ():
            if match.end() in columns:
                line = f"{line[: match.end()]} {line[match.end() :]}"
        found.append((i, line))
    return found


def _menus(lines: Sequence[Line]) -> list[Line]:
    """The lines of a site's menu: three or more short parts beside each other, where no line above or below has parts.

    >>> lines = [_text_line(n, text, True) for n, text in enumerate(["Sign in | Pay for it | Report it", "Fire", "Consent | New | May 2020"])]
    >>> [line.text for line in _menus([*lines, _text_line(3, "Care | | June 2020", True)])]
    ['Sign in Pay for it Report it']
    """
    filled = [line for line in lines if line.text]
    around = zip([None, *filled], filled, [*filled[1:], None], strict=False)
    return [line for above, line, below in around if _is_menu(line) and not any(o and o.cells for o in (above, below))]


def _is_menu(line: Line) -> bool:
    cells = [cell for cell in line.cells if cell]
    names = any(p.MANUAL_TITLE.search(cell) or council_of(cell) or p.ANY_DATE.search(cell) for cell in cells)
    return len(cells) > 2 and not (line.number or names or line.text[0].isdigit() or line.marker)


def _underlines(text: str, above: Line) -> bool:
    """Whether these marks are a rule below a heading, and as long as its words."""
    ruled = len(text) > 2 and text[0] in "-=_~" and not text.strip(text[0])
    return ruled and 0 <= above.indent < 4 and abs(len(text) - len(above.text)) < 3 and not above.heading


#: Bullets that look the same.
_LIKE = {"–": "-", "—": "-", "●": "•", "·": "•", "○": "o", "◦": "o", "■": "▪"}


def _nested_by_mark(lines: list[Line]) -> list[Line]:
    """Indent the rows of a list whose levels are shown only by bullets, as in a list copied from Word: "•", "o", "▪".

    >>> lines = [_text_line(n, text, False) for n, text in enumerate(["• Duty", "o Calls", "o Visits", "• Court", "o Plans"])]
    >>> [line.indent for line in _nested_by_mark(lines)]
    [0, 4, 4, 0, 4]
    """
    ranks: dict[str, int] = {}
    steps: set[tuple[str, str]] = set()
    before = ""
    for line in lines:
        mark = _LIKE.get(line.marker, line.marker) if p.BULLET.match(f"{line.marker} X") else ""
        if mark and before and mark != before:
            steps.add((before, mark))
        if mark:
            ranks.setdefault(mark, len(ranks))
        before = mark if line.text else before
    if any((after, mark) in steps and ranks[mark] < ranks[after] for mark, after in steps):
        for line in lines:
            line.indent += _SET_IN * ranks.get(_LIKE.get(line.marker, line.marker), 0)
    return lines


#: The indent of a row below one with another bullet.
_SET_IN = 4


Raw = list[tuple[int, str]]  # the lines with plain spaces, each with its line number in the source


def _source_lines(text: str) -> Raw:
    """The lines of the source, as editors count them. Unusual line ends count only if there are no usual ones.

    >>> _source_lines("1. All\\v1.1 Consent"), _source_lines("1. All\\v1.1 Consent\\n\\f1.2 Records")
    ([(1, '1. All'), (2, '1.1 Consent')], [(1, '1. All'), (1, '1.1 Consent'), (2, '1.2 Records')])
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = p.ODD_LINE_END.search(text)
    if odd and "\n" not in text.strip():
        text, odd = p.ODD_LINE_END.sub("\n", text), None
    if not odd:
        return [*enumerate(with_plain_blanks(text, "\t").split("\n"), 1)]
    return [(i, with_plain_blanks(part, "\t")) for i, line in enumerate(text.split("\n"), 1) for part in _divided(line)]


def _divided(line: str) -> list[str]:
    return [part for part in p.ODD_LINE_END.split(line) if part.strip()] or [""]


def _unquoted(raw: Raw) -> Raw:
    """A page quoted in an e-mail, without the ">" at the start of its lines."""
    filled = [line for _, line in raw if line.strip()]
    quoted = [line.lstrip()[0] == ">" for line in filled]
    # If it begins again and again, it is a bullet.
    if sum(quoted) * 2 <= len(filled) or sum(after > before for before, after in pairwise(quoted)) > 1:
        return raw
    return [(i, p.QUOTED.sub("", line, count=1)) for i, line in raw]


def _page_numbers(raw: Raw) -> dict[int, int]:
    """The page numbers of a printed manual's contents, by line. In a column of page numbers, almost every number is at least the one above.

    First, numbers after a gap or dots, or alone on their lines, show whether there is a column. Then a number after a single space belongs to
    it if it fits between its neighbours.

    >>> _page_numbers([(1, "Aims .... 2"), (2, "Words .... 3"), (3, "Law 7"), (4, "Acts .... 9"), (5, "Staff 2020"), (6, "Care ... 12")])
    {0: 4, 1: 5, 2: 3, 3: 4, 5: 4}
    """
    filled = [k for k, (_, line) in enumerate(raw) if line.strip()]
    ends = {k: raw[k][1].rstrip() for k in filled}
    sure = {k: match for k, end in ends.items() if end[-1] in _PAGE_ENDS and (match := p.PAGE_NUMBER.search(end))}
    sure |= {k: match for k, end in ends.items() if end[-1].isdigit() and (match := p.PAGE_NUMBER_ALONE.fullmatch(end))}
    close = {
        k: match
        for k, end in ends.items()
        if k not in sure and end[-1].isdigit() and (match := p.PAGE_NUMBER_CLOSE.search(end))
    }
    if len(sure) < _FEWEST_PAGES and len(close) * 2 > len(filled):
        sure, close = sure | close, {}  # most lines end in a number
    rising = _rising([(k, _page(match[1])) for k, match in sure.items()])
    if len(rising) < _FEWEST_PAGES or len(rising) * 5 < len(sure) * 4 or len(sure) * 4 < len(filled):
        return {}
    titles = [title for k, match in sure.items() if (title := p.NUMBER.sub("", ends[k][: match.start()]).strip())]
    if len(set(titles)) * 2 < len(titles):
        return {}  # "Chapter 1", "Chapter 2": the number tells one title from the next
    known = sorted(rising.items())
    places = [k for k, _ in known]
    for k, match in close.items():
        n = bisect_right(places, k)
        before = known[n - 1][1] if n else 0
        after = known[n][1] if n < len(known) else before + _MOST_PAGES_ON
        if before <= int(match[1]) <= after:
            sure[k] = match
    return {k: match.start() for k, match in sorted(sure.items())}


def _first_page_numbers(raw: Raw) -> dict[int, int]:
    """The page numbers in front of titles, by line, and where the titles begin. They rise, but do not count the titles.

    >>> _first_page_numbers([(1, "Page"), (2, "3  Aims"), (3, "5  Words"), (4, "LAW"), (5, "9  Acts"), (6, "12 Care"), (7, "13 Court")])
    {1: 3, 2: 3, 4: 3, 5: 3, 6: 3}
    """
    found = {k: match for k, (_, line) in enumerate(raw) if (match := p.FIRST_PAGE_NUMBER.match(line))}
    pages = [int(match[1]) for match in found.values()]
    filled = sum(bool(line.strip()) for _, line in raw)
    if len(pages) < _FEWEST_PAGES or len(pages) * 2 < filled or pages != sorted(pages):
        return {}
    named = any(p.PAGE_HEAD.match(line) for _, line in raw)
    apart = (pages[-1] - pages[0]) / (len(pages) - 1)
    return {k: match.end() for k, match in found.items()} if apart > (1 if named else 2) else {}


#: The last characters of page numbers.
_PAGE_ENDS = frozenset("0123456789ivxl")


def _page(printed: str) -> int:
    """A page's number. Roman figures are 0, because they come before all others."""
    return int(printed) if printed.isdigit() else 0


#: The most pages of the last chapter.
_MOST_PAGES_ON = 30
#: The fewest page numbers that make a column.
_FEWEST_PAGES = 4


def _rising(pages: list[tuple[int, int]]) -> dict[int, int]:
    """The longest run of page numbers, by line, that never decreases. A few others can be between."""
    ends: list[int] = []  # the lowest last page of a run of each length
    places: list[int] = []
    back: list[int] = []
    for n, (_, page) in enumerate(pages):
        length = bisect_right(ends, page)
        back.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [page]
        places[length : length + 1] = [n]
    n, found = places[-1] if places else -1, {}
    while n >= 0:
        found[pages[n][0]] = pages[n][1]
        n = back[n]
    return found


def _page_feet(raw: Raw) -> set[int]:
    """The lines at the foot of printed pages, which are repeated with different numbers, "Carers' Guide     ii", and at the head of the next.

    The number can be on the next line. "Page 2" is one anywhere.
    """
    found: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    top = set(list(filter(None, (line.strip() for _, line in raw)))[:_TOP])
    for k, (_, line) in enumerate(raw):
        match = p.PAGE_FOOT.fullmatch(line) if len(line) < _LONGEST_FOOT else None
        if number := p.PAGE_OF_FOOT.fullmatch(line):
            above, words = ["", "", *(text.strip() for _, text in raw[max(k - 2, 0) : k])][-2:]
            if words and not (above or p.NUMBER.match(words)):
                found[words] += [(k - 1, k)] * (1 + bool(number[1]))
        elif match and (len(match[2]) > 1 or match[1].strip() in top):
            sure = match[2].startswith("   ") and not match[2].isspace()  # "Carers' Guide      Page 1"
            found[match[1].strip()] += [(k,)] * (1 + sure)
    found = {words: feet for words, feet in found.items() if len(feet) > 1}
    below = {k for feet in found.values() for lines in feet for k in lines}
    heads = {k for k, (_, line) in enumerate(raw) if line.strip() in found and not below.isdisjoint(range(k - 3, k))}
    return below | heads


def _last_foot(raw: Raw, pages: Mapping[int, int]) -> set[int]:
    """The page's last line, if it has a page number lower than the last of the column: it is the foot of the contents page itself.

    >>> raw = [(1, "Aims  4"), (2, "Law  9"), (3, "Carers' Guide, June 2024   ii")]
    >>> _last_foot(raw, {0: 4, 1: 3, 2: 25})
    {2}
    """
    *_, above, last = [-1, -1, *pages]
    if above < 0 or any(line.strip() for _, line in raw[last + 1 :]):
        return set()
    numbers = [_page(raw[k][1][pages[k] :].strip(" .…")) for k in (above, last)]
    return {last} if numbers[1] < numbers[0] else set()


#: The number of filled lines at the top that can have the page's name, which its feet repeat.
_TOP = 10
_LONGEST_FOOT = 200


def _text_line(i: int, raw: str, piped: bool) -> Line:
    body = raw.lstrip()
    if not body:
        return Line(i, "")
    if match := p.RULED.fullmatch(body.rstrip()):
        return Line(i, squeeze(match[2]), heading=2)
    line = Line(i, "", indent=len(raw) - len(body))
    if "](" in body and (match := p.MARKDOWN_LINK.search(body)):
        line.href, line.after = match[2], " ".join(body[match.end() :].split())
        body = p.MARKDOWN_LINK.sub(r"\1", body)
    if piped and "|" in body:
        line.after = ""  # the words of other cells
        return _piped(line, body)
    if "   " in body:
        cells = tuple(part for part in map(str.strip, body.split("   ")) if part)
        if len(cells) > 1 and not p.BULLET.match(f"{cells[0]} X"):
            line.cells = cells
            body = join([*cells]) if p.ANY_DATE.fullmatch(cells[-1]) else body
    body = " ".join(body.split())
    if not body:
        return line  # a link without words
    if body[0] == "#" and (match := p.HASHES.match(body)):
        line.heading, body = len(match[1]), body[match.end() :]
    elif match := p.BULLET.match(body):
        line.marker, body = match[match.lastindex or 0], body[match.end() :]
    elif match := p.LETTER_ORDINAL.match(body) or (p.ORDINAL.match(body) if line.indent else None):
        line.marker, body = match[0].strip(), body[match.end() :]
    if body[0] == body[-1] == "_" and (words := body.strip("_")):
        body = f"**{words}**" if body[:2] == body[-2:] == "__" else words
    if "****" in body:
        body = " ".join(p.EMPTY_EMPHASIS.sub(" ", body).split())
    if body.count("**") % 2 == 0 and "**" in body:
        line.strong = _is_bold(body)
        body = " ".join(body.replace("**", "").split())
    line.text = body
    return line


def _is_bold(text: str) -> bool:
    """Whether all of it is in bold: "**Section 1**"."""
    return text[:2] == text[-2:] == "**" and text.count("**") == 2


def _piped(line: Line, body: str) -> Line:
    """A row of a table written with bars: "| 1.1.1 | Title | New | |"."""
    if p.RULE.fullmatch(body):
        return line
    cells = [" ".join(cell.split()) for cell in body.removeprefix("|").rstrip().removesuffix("|").split("|")]
    line.indent = int(len(cells) > 1 and not cells[0])
    filled = [cell for cell in cells if cell]
    line.strong = bool(filled) and all(_is_bold(cell) for cell in filled)
    line.tag, line.cells = "tr", tuple(cell.strip("*") if _is_bold(cell) else cell for cell in cells)
    filled = [cell for cell in line.cells if cell]
    if filled and p.ONLY_NUMBER.fullmatch(filled[0]):
        line.number = filled[0]
    line.text = join(filled)
    return line
