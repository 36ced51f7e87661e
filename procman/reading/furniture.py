"""The words that pages have around their list, or in place of a chapter. They are in ``data/page_words.csv``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from procman.errors import ProcmanError
from procman.files import DATA, read_rows, where_data_are
from procman.reading import patterns as p
from procman.reading.line import Line, like_a_sentence

PAGE_WORDS = DATA / "page_words.csv"

#: What page words may be: never an entry; around the list, but a chapter as a row; the page's foot; the foot beside such;
#: a chapter above the first number; what stands for a chapter that there is none of.
FURNITURE, SITE, FOOT, MAY_BE_FOOT, FRONT, PLACEHOLDER = (
    "furniture",
    "site",
    "foot",
    "maybe foot",
    "front",
    "placeholder",
)
#: The heads of a table's columns, by what is below: numbers, titles, the areas of chapters, dates, dates that may be those of the next
#: review, remarks and flags, and what procman does not read, such as owners.
NUMBER_HEAD, TITLE_HEAD, AREA_HEAD, DATE_HEAD, MAY_BE_DATE_HEAD, NOTE_HEAD, OTHER_HEAD = HEADS = (
    "number head",
    "title head",
    "area head",
    "date head",
    "maybe date head",
    "note head",
    "other head",
)
ROLES = (FURNITURE, SITE, FOOT, MAY_BE_FOOT, FRONT, PLACEHOLDER, *HEADS)
#: The longest page words.
_LONGEST = 200


class PageWords(NamedTuple):
    """The list, ready for look-up: whole lines by their words, patterns by their first word."""

    whole: dict[str, str]
    patterns: dict[str, list[tuple[re.Pattern[str], str]]]

    def role(self, text: str) -> str:
        """The role of a line's words. Empty if the list does not have them.

        >>> page_words().role("Back to the top of the page"), page_words().role("COOKIES"), page_words().role("Top Tips")
        ('furniture', 'foot', '')
        """
        if len(text) > _LONGEST:
            return ""
        words = plain(text)
        if found := self.whole.get(words):
            return found
        for first in (_FIRST_WORD.match(words)[0], ""):  # type: ignore[index]
            for pattern, role in self.patterns.get(first, ()):
                if pattern.fullmatch(words):
                    return role
        several = words.split()
        if 1 < len(several) < 8 and all(self.whole.get(word) in (FOOT, MAY_BE_FOOT) for word in several):
            return FOOT  # "Cookies Accessibility Privacy"
        return ""


_FIRST_WORD = re.compile(r"[^\s:]*")


def plain(text: str) -> str:
    """Words in the form of the list: in small letters, with plain apostrophes, without a full stop or colon at the end.

    >>> plain("What’s New:")
    "what's new"
    """
    return text.casefold().replace("’", "'").strip().rstrip(".:!?| ") or text


def is_placeholder(text: str) -> bool:
    """Whether words mean that there is no chapter: "Not in use", "(Blank)"."""
    return role_of(text.strip("()[] -–")) == PLACEHOLDER


@cache
def page_words() -> PageWords:
    """Return the words in ``data/page_words.csv``, read once.

    In the list, … means any words and # means a number. Raises ``ProcmanError`` if a role does not exist.
    """
    whole: dict[str, str] = {}
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    path = where_data_are(PAGE_WORDS)
    for line, (word, role, *_) in list(read_rows(path))[1:]:
        if role not in ROLES:
            raise ProcmanError(path, f"{role!r} is not a role; the roles are {', '.join(ROLES)}", line)
        word = word.casefold()
        if "…" in word or "#" in word:
            first = _FIRST_WORD.match(word)[0]  # type: ignore[index]
            key = "" if "…" in first or "#" in first else first
            patterns.setdefault(key, []).append((re.compile(_pattern(word)), role))
        else:
            whole[plain(word)] = role
    return PageWords(whole, patterns)


def _pattern(word: str) -> str:
    written = re.sub(r"(?<=\w)\\ …", r"\\b.*", re.escape(word))
    return written.replace(r"\ …", ".*").replace("…", ".*").replace(r"\#", r"\d[\d.]*")


@lru_cache(maxsize=10_000)
def role_of(text: str) -> str:
    """The role of a line's words in the list of page words, or empty text."""
    return page_words().role(text)


def head_of(text: str) -> str:
    """What a column has below these words as its head, or a field behind them as its label. Empty if they are neither.

    >>> head_of("Policy owner"), head_of("Last approved"), head_of("Neglect")
    ('other head', 'date head', '')
    """
    role = role_of(text)
    return role if role in HEADS else DATE_HEAD if p.CHANGED.fullmatch(text) else ""


def is_furniture(line: Line) -> bool:
    """Whether a line is never an entry: page words, marks without words, or a table's heading row."""
    text = line.text
    if line.number:
        return False
    parts = [part for part in line.cells or p.BETWEEN_LINKS.split(text) if part.strip()]
    around = sum(role_of(part.strip()) in _AROUND for part in parts)
    if len(parts) > 1 and around >= min(len(parts), max(3, len(parts) - 1)):
        return True
    if is_table_head(line) or ("|" in text and _is_menu(text)):
        return True
    if (
        p.ONLY_MARKS.fullmatch(text)
        or p.LETTERS_ALONE.fullmatch(text)
        or p.ADDRESS.fullmatch(text)
        or p.BRACKETED_MENU.fullmatch(text)
        or p.PAGER.fullmatch(text)
        or "____" in text
        or _says_whom_to_reach(line)
        or (not line.marker and p.MARKED_NUMBER.fullmatch(text))
    ):
        return True
    return role_of(text) == FURNITURE


def _is_menu(text: str) -> bool:
    """Whether it is a site's menu on one line: "Home | Phonebook | Forms"."""
    parts = text.split(" | ")
    return len(parts) > 2 and plain(parts[0]) in _MENU


def _says_whom_to_reach(line: Line) -> bool:
    """Whether a line that is no sentence and no row gives a phone number, e-mail address or opening hours."""
    plain = not (line.row or line.href or p.DOTTED.match(line.text))
    return plain and bool(p.CONTACT.search(line.text)) and not like_a_sentence(line.text)


def postal_addresses(lines: Sequence[Line]) -> set[int]:
    """The lines of postal addresses: short blocks without blank lines that end in a postcode, and the name above a phone number or e-mail address alone.

    >>> sorted(postal_addresses([Line(n, text) for n, text in enumerate(["Fostering", "", "Team", "Mill Lane", "Wold", "WO1 4XX"])]))
    [2, 3, 4, 5]
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if _says_whom_to_reach(line) and (p.CONTACT.match(line.text) or "@" in line.text.split(" ")[0]):
            words = [other.text for other in lines[max(i - 2, 0) : i + 2]]
            found.update([i - 1] if words[0] == words[-1] == "" else [])
        if line.row or not p.POSTCODE.search(line.text):
            continue
        top = i
        while top and lines[top - 1].text and i - top < _LONGEST_ADDRESS:
            top -= 1
        block = range(top, i + 1)
        short = i - top < _LONGEST_ADDRESS and not any(lines[k].row or lines[k].href or lines[k].page for k in block)
        found.update(block if short else [i])
    return found


#: The most lines of an address above its postcode.
_LONGEST_ADDRESS = 7


def is_table_head(line: Line) -> bool:
    """Whether a line is a table's heading row: "Chapter", "Owner", "Last updated". Most of its words are known."""
    if line.tag == "th":
        return True
    filled = [cell for cell in line.cells if cell]
    if len(filled) < 2 or not line.cells[0] or any(map(str.isdigit, line.text)):
        return False
    roles = [head_of(cell) or role_of(cell) for cell in filled]
    known = sum(role in _HEADS for role in roles)
    return known * 2 > len(filled) and roles[0] in _HEADS


_HEADS = (*HEADS, SITE)


def buttons(lines: Sequence[Line]) -> list[int]:
    """The lines with the same words of a button below title after title: "Download".

    >>> buttons([Line(n, text) for n, text in enumerate(["Diets", "Download", "Sleep", "Download", "Costs", "Download"])])
    [1, 3, 5]
    """
    found = [i for i, line in enumerate(lines) if not line.row and role_of(line.text) == OTHER_HEAD]
    often = Counter(plain(lines[i].text) for i in found)
    return [i for i in found if often[plain(lines[i].text)] >= _FEWEST_BUTTONS]


#: The fewest lines with the words of a button. One or two may be the heads of columns.
_FEWEST_BUTTONS = 3


def properties(lines: Sequence[Line]) -> list[int]:
    """The rows of a table that says who made the page and when: a label and its value in each of several rows.

    >>> properties([Line(n, text, cells=tuple(text.split("|"))) for n, text in enumerate(["Owner|J Smith", "Version|3", "Fire|Updated"])])
    [0, 1]
    """
    labelled = {i for i, line in enumerate(lines) if len(line.cells) == 2 and role_of(line.cells[0]) in _OF_PAGE}
    return sorted(i for i in labelled if not labelled.isdisjoint((i - 1, i + 1)))


_OF_PAGE = (DATE_HEAD, OTHER_HEAD)


def menu(lines: Sequence[Line]) -> list[int]:
    """The lines of a site's menu at the top of a page: those below "Home" or "Menu", up to a blank line.

    >>> menu([Line(n, text) for n, text in enumerate(["Carers' Guide", "Home", "Procedures", "Search", "", "Money", "Training", "Law"])])
    [1, 2, 3]
    """
    filled = [i for i, line in enumerate(lines) if line.text][:_TOP]
    for start in filled:
        if plain(lines[start].text) in _MENU and not lines[start].row:
            end = next((i for i in range(start, len(lines)) if not lines[i].text), len(lines))
            short = end - start <= len(lines) - end
            counted = plain(lines[start].text) == _PAGES
            plain_lines = not any(
                line.row or line.heading or (p.NUMBER.match(line.text) and not counted) for line in lines[start:end]
            )
            return [*range(start, end)] if short and plain_lines else []
    return []


def letters(lines: Sequence[Line]) -> list[int]:
    """The lines of an index's letters above its list, one below the other: three or more.

    >>> letters([Line(n, text) for n, text in enumerate(["A", "B", "D", "Absence", "D", "Diets"])])
    [0, 1, 2]
    """
    runs: list[list[int]] = [[]]
    for i, line in enumerate(lines):
        if not (line.text[1:] or line.heading):
            runs[-1] += [i] if line.text.isupper() else []
        else:
            runs.append([])
    return [i for run in runs if len(run) > 2 for i in run]


def boxes(lines: Sequence[Line]) -> list[int]:
    """The lines of boxes beside the list: short blocks between blank lines that begin with "Latest news", "Contact us" or such.

    >>> boxes([Line(n, text) for n, text in enumerate(["Court", "Bail", "", "Latest news", "Inspection: good", "", "Care", "Visits"])])
    [3, 4]
    """
    found: list[int] = []
    for i, line in enumerate(lines):
        if i and not lines[i - 1].text and p.BOX.fullmatch(line.text):
            end = next((j for j in range(i, len(lines)) if not lines[j].text), len(lines))
            plain_lines = not any(line.row or line.page or p.NUMBER.match(line.text) for line in lines[i:end])
            found += range(i, end) if plain_lines and 1 < end - i <= _LONGEST_BOX else []
    return found


#: The most lines of a box.
_LONGEST_BOX = 8


def pages_of_guide(lines: Sequence[Line]) -> list[int]:
    """The lines near the top that are links to the pages of a guide, one marked as open, with their label, and this page's own heading below.

    >>> page = ["Pages in this guide", "1. Before you start", "2. Documents (you are here)", "", "2. Documents", "Forms", "Audits"]
    >>> pages_of_guide([Line(n, text) for n, text in enumerate(page)])
    [0, 1, 2, 4]
    """
    here = next((i for i, line in enumerate(lines[:_GUIDE]) if p.HERE.search(line.text)), -1)
    if here < 0:
        return []
    start = end = here
    while start and lines[start - 1].text:
        start -= 1
    while end < len(lines) and lines[end].text:
        end += 1
    own = p.HERE.sub("", lines[here].text)
    return [*range(start, end), *(i for i in range(end, min(end + _GUIDE, len(lines))) if lines[i].text == own)]


#: The lines at the top in which the links to a guide's pages begin.
_GUIDE = 30
#: The lines at the top in which a menu begins, and what it begins with.
_TOP, _PAGES = 12, "pages in this guide"
_MENU = ("home", "home page", "homepage", "menu", "main menu", _PAGES)


def is_around_list(text: str) -> bool:
    """Whether a line without indent is one that pages have around their list: "Home", "Cookies"."""
    return role_of(text) in (SITE, FOOT, MAY_BE_FOOT)


_AROUND = (FURNITURE, SITE, FOOT, MAY_BE_FOOT)
