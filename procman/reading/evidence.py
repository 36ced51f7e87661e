"""Evidence for the clues: what is usual among a page's rows, and how a row compares with the rows around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from procman.reading import patterns as p
from procman.reading.foot import foot_of
from procman.reading.line import Line
from procman.reading.naming import title_and_council
from procman.reading.nesting import nesting_of
from procman.reading.numbers import LETTER
from procman.reading.rows import Row
from procman.reading.worded import TOP, WordedRows

Shape = tuple[object, ...]


class Evidence(WordedRows):
    """The rows of a page, compared with each other. ``kinds`` has the kind of each row with a number, once it is decided."""

    def __init__(
        self, rows: Sequence[Row], lines: Sequence[Line] = (), links: Sequence[str] = (), quick: int = -1
    ) -> None:
        self.links, self.quick = set(links), quick
        self.kinds = [""] * len(rows)
        self.only_heading = -1
        self.headings: set[int] = set()
        self.gapped = 0  # the number of headings with blank lines above
        self.shapes: Counter[Shape] = Counter()
        self.chapters: Counter[Shape] = Counter()  # the look of chapters, apart from their words
        self.first_heading = 0
        self.missing_heading = -1  # the line above the first rows, if all other rows are under headings
        super().__init__(rows, lines)

    # --- what is usual

    def settle(self, kinds: Sequence[str]) -> None:
        """Take the kinds of the rows with a number, and see what is usual among the others."""
        self.kinds, rows = list(kinds), self.rows
        numbered = [rows[k] for k in self.with_number]
        self.numbered = any(self.kinds[k] == "chapter" for k in self.with_number)
        self.sections = "section" in self.kinds
        self.first = next((k for k, row in enumerate(rows) if row.number), len(rows))
        self.top = [row.line.text for row in rows[: min(self.first, _HEAD)]]
        self.titles = [title_and_council(text)[0] for text in self.top]
        heads = [rows[k] for k, kind in enumerate(self.kinds) if kind == "section"]
        few_shout = sum(row.title.isupper() for row in numbered) * 2 < len(numbered)
        self.sections_shout = few_shout and all(row.title.isupper() for row in heads)
        self.first_is_section = self.first < len(rows) and self.kinds[self.first] == "section"
        self.last_number = max(self.with_number, default=-1)
        self.listed = sum(row.set_in for row in numbered) * 2 > len(numbered)
        headlines = [k for k, row in enumerate(rows) if row.heading == 1]
        self.headline = headlines[0] if len(headlines) == 1 and headlines[0] < self.first else -1
        self.linked = sum(bool(row.href) for row in rows) * 2 > len(rows)
        self.paged = sum(row.line.page for row in rows) * 2 > len(rows)
        self.few_bold = sum(row.line.strong for row in rows) * 2 < len(rows)
        self.celled = sum(sum(map(bool, row.line.cells)) > 1 for row in rows) * 2 > len(rows)
        #: The links at the top of a page without numbers are all repeated below.
        self.links_head = len(self.links) > 2 and not self.with_number
        self.links_head &= self.links <= {row.title.rstrip(": ") for row in rows}
        self.empty_levels = self._empty_levels()
        listed = [row.set_in or row.line.page or self.heads_plain_outline(k) for k, row in enumerate(rows)]
        self.nesting = nesting_of(rows, listed, [self.aside(k) for k in range(len(rows))])
        self.last_page = max((k for k, row in enumerate(rows) if row.line.page), default=len(rows))
        self.openers = self._openers()
        self.first_reference = next((k for k in range(len(rows)) if self.may_refer(k)), len(rows))
        self.index_letters = {k for k, row in enumerate(rows) if p.INDEX_LETTERS.fullmatch(row.title)}
        dates = [i for i, line in enumerate(self.lines) if p.PAGE_DATE.fullmatch(line.text)]
        below = [k for k, row in enumerate(rows) if row.lines[0] > dates[0]] if len(dates) == 1 else []
        #: The first of the rows, if they are few, below the page's own date.
        self.dated_above = below[0] if below and len(below) * 3 < len(rows) else len(rows)
        #: The first row of what the page has below its list.
        self.foot = foot_of(rows, self.lines, self.described, self.beside_list, self.mostly_told)
        self.first_sentence = self._first_sentence()
        self.before = self._numbers_before()
        self.next_number = self._next_numbers()
        self.plain = not any(row.heading for row in rows)

    def _first_sentence(self) -> int:
        """The first sentence among the page's first lines. 0 if there is none."""
        return next((k for k in range(min(len(self.rows), 2 * TOP)) if self.sentence(k)), 0)

    def _empty_levels(self) -> set[int]:
        """The levels of headings that are in fact chapters: most are links."""
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            counts[row.heading][bool(row.href)] += 1
        return {level for level, (heads, chapters) in counts.items() if chapters > max(heads, 1)}

    def _openers(self) -> set[int]:
        """The lines directly above numbers, if every list with such lines begins with one, and at least one list has several."""
        lists: list[list[int]] = []
        for k, row in enumerate(self.rows[:-1]):
            if self.kinds[k] in ("section", "subsection"):
                lists.append([k])
            beside = row.number or row.line.indent > self.rows[k + 1].line.indent
            if lists and not beside and self.kinds[k + 1] == "chapter":
                lists[-1].append(k)
        several = [found for found in lists if len(found) > 1]
        opened = all(first == head + 1 for head, first, *_ in several) and any(len(found) > 2 for found in several)
        return {k for found in several for k in found[1:]} if opened else set()

    def set_as_heading(self, k: int) -> bool:
        return self.rows[k].heading > 0 and self.rows[k].heading not in self.empty_levels

    def _numbers_before(self) -> list[int]:
        """For each row, the last row above it with a number, or -1."""
        found, last = [], -1
        for k, row in enumerate(self.rows):
            found.append(last)
            if row.levels:
                last = k
        return found

    def _next_numbers(self) -> list[int]:
        found, ahead = [], len(self.rows)
        for k in range(len(self.rows) - 1, -1, -1):
            found.append(ahead)
            ahead = k if self.rows[k].levels else ahead
        return found[::-1]

    def look_again(self, labels: Sequence[str]) -> bool:
        """Use the first reading: the look of its headings, and whether there is only one. Return False if this adds nothing."""
        self.only_heading, self.missing_heading = -1, -1
        self.chapters = Counter(self.plain_shape(k) for k, label in enumerate(labels) if label == "chapter")
        headings = [k for k, label in enumerate(labels) if label == "heading"]
        if not headings:
            return False
        self.first_heading = headings[0]
        chapter = [*labels, "chapter"].index("chapter")
        above = [k for k in range(min(chapter, TOP)) if not self.sentence(k)]
        self.missing_heading = above[-1] if above and chapter < headings[0] else -1
        self.shapes = Counter(self.shape(k) for k in headings)
        self.headings = set(headings)
        self.gapped = sum(self.rows[k].blanks_before > 0 for k in headings)
        deep = any(len(row.levels) > 1 for row in self.rows)
        first = next(k for k, label in enumerate(labels) if label not in ("preamble", "note"))
        named = p.NAMES_POLICIES.search(self.rows[first].title)
        alone = len(headings) == 1 or (named and sum(self.rows[k].title.isupper() for k in headings) == 1)
        if alone and not deep:
            self.only_heading = first
        return True

    def shape(self, k: int) -> Shape:
        """The look of a row, apart from its words."""
        row = self.rows[k]
        return (
            *(row.heading, row.set_in, row.line.tag, row.line.strong, bool(row.href), row.title.isupper()),
            *(row.title[-1:] == ":", bool(row.blanks_before), bool(row.blanks_after), self.folds(k)),
        )

    def plain_shape(self, k: int) -> Shape:
        return bool(self.rows[k].number), *self.shape(k)[:5]

    def close_below(self, k: int) -> bool:
        """Whether no blank line is above it, as above most headings."""
        row = self.rows[k]
        gapped = self.gapped * 2 > len(self.headings)
        return gapped and not row.blanks_before and k > self.first_heading

    def few_like(self, k: int) -> bool:
        """Whether few chapters of the page look like this row."""
        return self.chapters[self.plain_shape(k)] * 10 <= self.chapters.total() * _FEW

    def looks_like_headings(self, k: int) -> bool:
        """Whether two or more other headings look like this row."""
        return self.shapes[self.shape(k)] > 1

    def unlike_headings(self, k: int) -> bool:
        """Whether all other headings, several, look alike and different from this row."""
        others = self.shapes - Counter([self.shape(k)])
        return k in self.headings and others.total() > 1 and self.shape(k) not in others

    def only_words_to_next_heading(self, k: int) -> bool:
        """Whether there are only sentences between it and the next heading."""
        j = self.next_place(k)
        return j > k + 1 and j in self.headings

    # --- how a row stands to those around it

    def next_place(self, k: int) -> int:
        """The index of the next row that is not a sentence or words of a page's foot, or the number of rows if none is near."""
        near = range(k + 1, min(k + 4, len(self.rows)))
        return next((j for j in near if not self.aside(j)), len(self.rows))

    def next_row(self, k: int) -> Row | None:
        j = self.next_place(k)
        return self.rows[j] if j < len(self.rows) else None

    def above_rows(self, k: int) -> bool:
        following = self.next_row(k)
        return following is not None and following.set_in

    def flush_above_rows(self, k: int) -> bool:
        return not self.rows[k].set_in and self.above_rows(k)

    def begins_numbers(self, k: int) -> bool:
        """Whether the next row, not set in, starts a new list of numbers."""
        flush = self.kinds[k + 1 : k + 2] == ["chapter"] and not self.rows[k + 1].set_in
        return flush and not self._same_list(k, k + 1)

    def runs_on(self, k: int) -> bool:
        """Whether the next number continues the list above."""
        j = self.next_number[k]
        return j < len(self.rows) and self._same_list(k, j)

    def _same_list(self, k: int, j: int) -> bool:
        if self.before[k] < 0:
            return False
        above, later = self.before[k], self.rows[j].levels
        levels = self.rows[above].levels
        if self.kinds[above] == "chapter":
            # Otherwise the numbers start again, or letters begin.
            return levels[:-1] == later[:-1] and levels[-1] <= later[-1] < levels[-1] + LETTER
        return levels == later[:-1]

    def further_above(self, k: int) -> bool:
        row = self.rows[k]
        return row.blanks_before > row.blanks_after and not self.set_apart(k - 1)  # whose blank it is

    def set_apart(self, k: int) -> bool:
        row = self.rows[k]
        return bool((row.blanks_before or k == 0) and row.blanks_after)

    def set_off(self, k: int) -> bool:
        """Whether blank lines are below it, and it is not bold."""
        row = self.rows[k]
        return row.blanks_after > 0 and not row.line.strong

    def fills_gap(self, k: int) -> bool:
        """Whether it is in the place of a missing number: 2.1, this, 2.3."""
        above, following = self.before[k], self.following(k)
        if above < 0 or following is None or not following.levels:
            return False
        levels = self.rows[above].levels
        return following.levels[-1] == levels[-1] + 2

    def interrupts(self, k: int) -> bool:
        """Whether it has blank lines around it, between numbered rows that continue after it."""
        between = self.first < k < self.last_number and self.kinds[k + 1] == "chapter"
        return between and (self.set_apart(k) or self.further_above(k))

    def leads_in(self, k: int) -> bool:
        """Whether it starts a list of cross references between numbered rows: "See more in the Library, including:"."""
        text = self.rows[k].opener + self.rows[k].title
        opens = p.LEAD_IN.match(text) or (text.endswith(":") and self.sentence(k))
        return self.numbered and bool(opens)

    def holds_tight_list(self, k: int) -> bool:
        """Whether two or more lines without a number follow, with no blank lines between: "Appendices"."""
        near = [j for j in range(k + 1, min(k + 6, len(self.rows))) if not self.aside(j)][:2]
        rows = [self.rows[j] for j in near]
        return len(rows) == 2 and not any(row.number for row in rows) and not rows[1].blanks_before

    def shouts(self, k: int) -> bool:
        """Whether it is in capitals, and what follows is not: "FAMILY SUPPORT"."""
        title, j = self.rows[k].title, self.next_place(k)
        words = " " in title  # "LADO" is a chapter
        return title.isupper() and words and not any(row.title.isupper() for row in self.rows[j : j + 1])

    def unlinked_above_links(self, k: int) -> bool:
        row, following = self.rows[k], self.next_row(k)
        return not row.href and following is not None and bool(following.href)

    def crowded(self, k: int) -> bool:
        """Whether it may be a row that has lost its indent, because headings without a number have a gap above."""
        return self.sections and not (self.numbered or self.set_apart(k))

    def alone_in_row(self, k: int) -> bool:
        return self.celled and sum(map(bool, self.rows[k].line.cells)) == 1

    def above_first_number(self, k: int) -> bool:
        """Whether it is above the first long number of a list, on a page where nothing is marked as a heading."""
        following = self.following(k)
        return self.plain and following is not None and _begins_list(following)

    def without_page(self, k: int) -> bool:
        return self.paged and not self.rows[k].line.page

    def below_pages(self, k: int) -> bool:
        """Whether it is below the last page number of a printed list."""
        return k > self.last_page

    def heads_plain_outline(self, k: int) -> bool:
        """Whether it is directly above a row that differs from it only by its indent, on a page without numbers."""
        row, below = self.rows[k], self.following(k)
        if below is None or below.blanks_before:
            return False
        return below.line.indent > row.line.indent

    def around_outline(self, k: int) -> bool:
        """Whether it is above or below a list of nested rows and nothing else."""
        nesting = self.nesting
        return nesting.whole and bool(nesting.heads) and not nesting.top <= k < nesting.end

    def above_described(self, k: int) -> bool:
        """Whether it has no words about it, but stands above a title that has, as most have."""
        return k + 1 in self.described and not self.aside(k)

    def below_list(self, k: int) -> bool:
        """Whether it is below a list of bullets and nothing else."""
        top, end = self.nesting.top, self.nesting.end
        if not (self.nesting.bulleted and top + _SEVERAL <= end <= k):
            return False
        return self.rows[end].blanks_before > 0

    def less_far_in(self, k: int) -> bool:
        return self.nesting.whole and k in self.nesting.heads

    def empty_below(self, k: int) -> bool:
        """Whether the next row that could be under it is at the same level."""
        return self.next_place(k) == len(self.rows)

    def like_sections(self, k: int) -> bool:
        """Whether it is in capitals, as the numbered sections are and the chapters are not."""
        return self.sections_shout and self.rows[k].title.isupper()

    def ranks_below(self, k: int) -> bool:
        """Whether it is in small letters below capitals."""
        return self.rows[k - 1].title.isupper() and not self.rows[k].title.isupper()

    def may_refer(self, k: int) -> bool:
        """Whether a row may be a cross reference, or start a list of them."""
        row = self.rows[k]
        return bool(row.opener) or self.leads_in(k) or bool(p.SEE_OTHER.fullmatch(row.title))

    def names_none(self, k: int) -> bool:
        """Whether a cross reference names no chapter, because a list follows: "See also:", "Please see the following:"."""
        return not self.rows[k].title or self.rows[k].title.endswith(":")

    def title_again(self, k: int) -> bool:
        """Whether it repeats the page's title, as at the top of each printed page, or is another manual's title, after which numbers restart."""
        text = self.rows[k].line.text
        if self.before[k] < 0:
            return False
        if text in self.top and title_and_council(text)[1]:
            return True  # the head of each printed page
        if not p.MANUAL_TITLE.search(text):
            return False
        if any(title in text and len(text) < 2 * len(title) for title in self.titles):
            return True
        following = self.following(k)
        return following is not None and following.levels == (1,)

    def above_quick_links(self, k: int) -> bool:
        """Whether it is a linked chapter between the page's title and its Quick Links, and not another line of the title."""
        row, text = self.rows[k], self.rows[k].line.text
        return (
            row.lines[0] < self.quick
            and not self.sentence(k)
            and any(self.names_manual(j) for j in range(min(k, _HEAD)))
            and bool(p.SECTOR_WORDS.search(text))
            and not (self.names_manual(k) or p.PUBLISHER.search(row.title))
        )

    def above_records(self, k: int) -> bool:
        """Whether it is well above the first record of a table, not above the page's Quick Links, and no heading as others below."""
        row = self.rows[k]
        above = k < self.first_record - 1 and row.lines[0] > self.quick
        return above and row.heading not in self.levels_of_records

    def not_linked_to(self, k: int) -> bool:
        """Whether the links at the top of a page without numbers are to all its headings, and not to this row."""
        row = self.rows[k]
        return self.links_head and row.title.rstrip(": ") not in self.links

    def names_list(self, k: int) -> bool:
        """Whether it is one of the page's first lines and names the whole list: "Our Policies"."""
        title, begun = self.rows[k].title, 0 < self.first_sentence < k
        return not begun and bool(p.NAMES_LIST.search(title))

    def below_contents(self, k: int) -> bool:
        """Whether it is set apart below the word "Contents", or a date below it, and above the first section."""
        i = self.rows[k].lines[0]
        above = [
            line.text for line in self.lines[max(i - TOP, 0) : i] if line.text and not p.ANY_DATE.fullmatch(line.text)
        ]
        named = self.names_place(k) or self.rows[k].title.endswith(".")
        alone = self.first_is_section and self.set_apart(k) and not named
        return alone and above[-1:] in (["Contents"], ["CONTENTS"])

    def above_first_words(self, k: int) -> bool:
        """Whether it is above the first sentence or letter, and this above all numbers. That sentence says what the page lists."""
        begin = max(self.first_sentence, min(self.index_letters, default=0))
        return k < begin < self.first

    def above_headings(self, k: int) -> bool:
        """Whether it is above the first heading, near the top of the page."""
        return k < self.first_heading < TOP // 2

    def goes_on_as_above(self, k: int) -> bool:
        """Whether a row continues the cross reference above, by its look or its words: "and Helping Early"."""
        row = self.rows[k]
        return self.numbered and row.set_in

    def same_shape(self, k: int) -> bool:
        row, above = self.rows[k], self.rows[k - 1]
        return (row.line.marker, row.set_in) == (above.line.marker, above.set_in)


#: The share of chapters, in tenths, that counts as few.
_FEW = 3
#: The number of lines at the top that can have the page's own name.
_HEAD = 50
#: The fewest titles with words about them.
_SEVERAL = 4


def _begins_list(row: Row) -> bool:
    return len(row.levels) > 2 and row.levels[-1] <= 1
