"""One line of a page: its words, and its place and markup."""

from __future__ import annotations

from dataclasses import dataclass

from procman.reading import patterns as p

#: The level of headings that are no markup: captions, folds, the names of groups and areas. It is the lowest that HTML has.
LIST_HEADING = 6


@dataclass(slots=True)
class Line:
    """One line of a page as a reader sees it.

    - ``line``: the line of the source, from 1;
    - ``text``: the words, with single spaces;
    - ``indent``: the indent; an empty first cell counts;
    - ``marker``: a bullet removed from the front;
    - ``heading``: 1 to 6 for a heading, otherwise 0;
    - ``number``: the number, if it has its own cell or element;
    - ``href``, ``after``: the first link, and the words after it;
    - ``tag``, ``cells``: its element and cells; a text row with bars counts as ``tr``;
    - ``strong``: whether all of it is bold;
    - ``ignored``: whether it is navigation, a footer or similar;
    - ``page``: whether it had a page number at its end;
    - ``reference``, ``status``, ``date``, ``note``: what other columns or lines say of its title.
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
    page: bool = False
    reference: str = ""
    status: str = ""
    date: str = ""
    note: str = ""

    @property
    def row(self) -> bool:
        """Whether it looks like a row of a list or table: with a bullet, indented, or a table's row."""
        return bool(self.marker or self.indent) or self.tag in ("tr", "li", "dt", "dd")


def squeeze(text: str) -> str:
    """Replace any white space with single spaces, and remove invisible characters.

    >>> squeeze(" 1.1\\u00a0 Title\\u200b ")
    '1.1 Title'
    """
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text  # the usual case: printable text has no other white space and no invisible characters
    return " ".join(with_plain_blanks(text).split())


def with_plain_blanks(text: str, tab: str = "    ") -> str:
    """Replace any white space with spaces, a tab with four, and remove invisible characters. Line ends stay.

    >>> with_plain_blanks("\\t1.1\\u00a0Title\\u200b\\n")
    '    1.1 Title\\n'
    """
    for odd in set(p.UNUSUAL.findall(text)):
        text = text.replace(odd, tab if odd == "\t" else p.CHARACTERS.get(odd, ""))
    return text


def join(words: list[str]) -> str:
    """Cells or elements as one text: a date is glued to the title before it, as pages copied as text show it.

    >>> join(["1.1.1", "Consent", "New", "February 2017"])
    '1.1.1 Consent NewFebruary 2017'
    """
    end = len(words)
    while end > 1 and words[end - 1][-1:].isdigit() and p.ANY_DATE.fullmatch(words[end - 1]):
        end -= 1
    glued = end < len(words) and words[end][0].isalpha()
    return " ".join(words[:end]) + " ".join(words[end:]) if glued else " ".join(words)


def like_a_sentence(text: str) -> int:
    """How sure it is that words are a sentence.

    >>> [like_a_sentence(words) for words in ["The Law", "We keep these up to date.", "Case notes, chronologies and plans."]]
    [0, 1, 1]
    """
    words = text.split()
    if len(text) > 400:
        return 2
    if not text or text[-1] not in ".!:" or len(words) < 3:
        return 0
    if text[-1] == ":":
        return int(len(words) > 3 and bool(p.SENTENCE_WORD.search(text)))
    small = sum(word[0].islower() for word in words)
    if len(words) > 6 or p.SENTENCE_WORD.search(text):
        return 1 + (len(words) > 6)
    return int(small * 2 >= len(words))
