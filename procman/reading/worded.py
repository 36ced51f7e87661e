"""What the words of each row say: a sentence, a name, or words that pages have around their list."""

from __future__ import annotations

from collections.abc import Sequence

from procman.reading import patterns as p
from procman.reading.furniture import FOOT, FRONT, is_around_list, role_of
from procman.reading.line import Line, like_a_sentence
from procman.reading.naming import council_of, is_trail
from procman.reading.recorded import RecordedRows
from procman.reading.rows import Row


class WordedRows(RecordedRows):
    """The rows of a page, and what their words say."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        super().__init__(rows, lines)
        #: The roles of the rows' words in the list of page words, and how surely they are sentences.
        self.word_roles = [role_of(row.title) for row in rows]
        self.sentences = [like_a_sentence(row.opener + row.title) for row in rows]
        #: The titles with words about them directly below, as many have.
        self.described = _described(rows, self.sentences)
        for k in self.described:
            self.sentences[k + 1] = 1

    def sentence(self, k: int) -> int:
        """How sure it is that its words are a sentence, from 0 (not a sentence) to 2."""
        return self.sentences[k]

    def aside(self, k: int) -> bool:
        """Whether it is a sentence, or words of a page's foot."""
        return self.sentence(k) > 0 or self.word_roles[k] == FOOT

    def beside_list(self, k: int) -> bool:
        """Whether it is a line that pages have around their list: a sentence, or the name of a body."""
        return self.aside(k) or self.names_body(k)

    def names_manual(self, k: int) -> bool:
        row = self.rows[k]
        return bool(p.MANUAL_TITLE.search(row.line.text))

    def names_body(self, k: int) -> bool:
        row = self.rows[k]
        return bool(p.BODY_NAME.search(row.title))

    def names_place(self, k: int) -> bool:
        text = self.rows[k].line.text
        return bool(council_of(text) or p.EDITION_LINE.search(text) or self.is_address(k))

    def is_address(self, k: int) -> bool:
        """Whether it is the address of a council, or of a body that the top of the page names."""
        text = self.rows[k].line.text
        name, *more = p.NAME_END.split(text)
        return bool(more and self.is_own_name(k, name))

    def is_own_name(self, k: int, name: str) -> bool:
        """Whether words of a row name a council, or are one of the page's first lines."""
        above = self.lines[: min(self.rows[k].lines[0], TOP)]
        return bool(council_of(name)) or name.casefold() in (line.text.casefold() for line in above)

    def heads_foot(self, k: int) -> bool:
        """Whether it is a heading with words that pages have around their list: "Contact us"."""
        return self.rows[k].heading > 0 and is_around_list(self.rows[k].title)

    def names_counted(self, k: int) -> bool:
        """Whether it is the plural of the word that counts the rows below: "Appendices" above "Appendix 1"."""
        following, title = self.following(k), self.rows[k].title.rstrip(": ").casefold()
        match = p.COUNTED_ROW.match(following.title) if following else None
        return match is not None and title.isalpha() and title.startswith(match[1][:-1].casefold())

    def counted_on(self, k: int) -> bool:
        """Whether it is counted by the same word as the next row: "Annex A", "Annex B"."""
        following = self.following(k)
        words = [match[1] for row in (self.rows[k], following) if row and (match := p.COUNTED_ROW.match(row.title))]
        return len(words) == 2

    def in_front(self, k: int) -> bool:
        """Whether it is one of the titles before the first number: "Foreword", "Glossary"."""
        return self.word_roles[k] == FRONT

    def folds(self, k: int) -> bool:
        """Whether the line below is the button of a fold: "Hide this section"."""
        return bool(p.FOLD_HINT.fullmatch(self._text_below(k))) and not self.rows[k].told

    def _text_below(self, k: int) -> str:
        """The words of the line right below a row. Empty at the end of the page."""
        i = self.rows[k].lines[-1] + 1
        return self.lines[i].text if i < len(self.lines) else ""

    def ends_in_colon(self, k: int) -> bool:
        return self.rows[k].title.endswith(":")

    def small(self, k: int) -> bool:
        """Whether it begins with a small letter, unlike "eSafety"."""
        text = self.rows[k].line.text
        return text[:1].islower()


#: The number of lines at the top in which a page has its own names, and names its list.
TOP = 6
#: The share of rows, in tenths, that counts as many.
_MANY = 3


def _described(rows: Sequence[Row], sentences: Sequence[int]) -> set[int]:
    """The titles with words about them on the line below, if many lines of a page are such pairs: "Young carers", "Screening tool and form"."""
    found = set()
    for k in range(len(rows) - 1):
        title, below = rows[k], rows[k + 1]
        if below.number or below.blanks_before or is_trail(below.title):
            continue
        if sentences[k + 1] or (below.blanks_after and len(below.title) > len(title.title)):
            found.add(k)
    return found if len(found) * 10 >= len(rows) * _MANY else set()
