"""The clues that tell a heading from a chapter, a cross reference or another line. Each clue has points.

A row gets points from its own clues (`CLUES`) and from its place after the row before (`STEPS`). The reading with the most points over the
whole page wins (`procman.reading.path`). Rows with a number are decided first, by `NUMBERED`, so that other rows can be compared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from procman.reading import patterns as p
from procman.reading.evidence import Evidence
from procman.reading.furniture import FOOT, MAY_BE_FOOT, is_around_list
from procman.reading.path import NEVER, Choice

#: The labels of a row. PREAMBLE and FOOT_LINE are around the list. A LEAD starts a list of cross references (LISTED).
PREAMBLE, HEADING, CHAPTER, SEE_ALSO, LISTED, LEAD, NOTE, FOOT_LINE, TITLE = (
    "preamble",
    "heading",
    "chapter",
    "see_also",
    "listed",
    "lead-in",
    "note",
    "foot",
    "title",
)


class Clue(NamedTuple):
    """A clue: a label, its points, the reason in words, and a test whether a row has it."""

    label: str
    points: int
    words: str
    test: Callable[[Evidence, int], bool]


def _opens_as_a_note(page: Evidence, k: int) -> bool:
    row = page.rows[k]
    return bool(p.PROSE.match(row.title))


# --- rows with a number: heading or chapter -------------------------------------------------------------------

NUMBERED = (
    Clue(HEADING, 20, "numbered by a word", lambda page, k: page.rows[k].part),
    Clue(HEADING, -2, "a number", lambda page, k: True),
    Clue(HEADING, 20, "the next number stands under its own", lambda page, k: k in page.deeper),
    Clue(HEADING, 9, "one number alone, as the sections have", lambda page, k: k in page.single_heads),
    Clue(HEADING, -40, "more than two numbers", lambda page, k: page.level(k) > 2),
    Clue(
        HEADING,
        9,
        "set as a heading, where rows are not",
        lambda page, k: page.marked_heading(k),
    ),
    Clue(
        HEADING,
        4,
        "no bullet, where rows have one",
        lambda page, k: page.numbers_bulleted and not page.rows[k].set_in,
    ),
    Clue(
        HEADING,
        4,
        "most such numbers of its section head lists",
        lambda page, k: page.level(k) == 2 and page.rows[k].levels[0] in page.heading_sections,
    ),
    Clue(
        HEADING,
        4,
        "alone on its line, where longer numbers are not",
        lambda page, k: page.stands_alone(k),
    ),
    Clue(
        HEADING,
        4,
        "a heading of rows without a number, as nearly all such numbers are",
        lambda page, k: page.pairs_head,
    ),
)

# --- rows without a number ------------------------------------------------------------------------------------

CLUES = (
    # A heading.
    Clue(HEADING, -2, "no number", lambda page, k: True),
    Clue(
        HEADING,
        12,
        "set as a heading, where rows are not",
        lambda page, k: page.set_as_heading(k),
    ),
    Clue(HEADING, -9, "a flag, date, note or host beside it", lambda page, k: page.rows[k].told),
    Clue(
        HEADING,
        10,
        "neither bulleted nor set in, where numbered rows are",
        lambda page, k: page.listed and not page.rows[k].set_in,
    ),
    Clue(
        HEADING,
        10,
        "ends in a colon, as what follows does not",
        lambda page, k: page.ends_in_colon(k),
    ),
    Clue(HEADING, 5, "flush, and rows set in follow", lambda page, k: page.flush_above_rows(k)),
    Clue(
        HEADING,
        4,
        "not set apart as rows are, and a new list of numbers follows",
        lambda page, k: page.begins_numbers(k),
    ),
    Clue(HEADING, -7, "the numbers run on behind it", lambda page, k: page.runs_on(k)),
    Clue(HEADING, 11, "each list with such lines begins with one", lambda page, k: k in page.openers),
    Clue(HEADING, 4, "further apart from what is above than from what follows", lambda page, k: page.further_above(k)),
    Clue(HEADING, 2, "set apart by blanks", lambda page, k: page.set_apart(k)),
    Clue(HEADING, 9, "set apart by blanks, where numbered rows are not", lambda page, k: page.interrupts(k)),
    Clue(
        HEADING, 3, "lines close upon each other follow", lambda page, k: page.set_apart(k) and page.holds_tight_list(k)
    ),
    Clue(HEADING, 3, "in capitals, and what follows is not", lambda page, k: page.shouts(k)),
    Clue(HEADING, 14, "in capitals, as the numbered sections are", lambda page, k: page.like_sections(k)),
    Clue(
        HEADING,
        10,
        "no link, where most rows are links, and links follow",
        lambda page, k: page.unlinked_above_links(k),
    ),
    Clue(HEADING, 7, "alone in its row, where rows have cells beside", lambda page, k: page.alone_in_row(k)),
    Clue(
        HEADING,
        12,
        "bold, where most rows are not",
        lambda page, k: page.few_bold and page.rows[k].line.strong and not page.rows[k].heading,
    ),
    Clue(HEADING, 9, "above the first number of a list", lambda page, k: page.above_first_number(k)),
    Clue(HEADING, 12, "less far in than the row that follows", lambda page, k: page.less_far_in(k)),
    Clue(HEADING, 10, "names all rows below, as counted: Appendices", lambda page, k: page.names_counted(k)),
    Clue(HEADING, 12, "the button of a fold below it", lambda page, k: page.folds(k)),
    Clue(HEADING, 6, "no words about it, unlike the titles", lambda page, k: page.above_described(k)),
    Clue(HEADING, 9, "a letter, as an index has them one by one", lambda page, k: k in page.index_letters),
    Clue(HEADING, 9, "nothing beside it, as above the first of the records", lambda page, k: page.heads_records(k)),
    Clue(HEADING, -20, "not among the page's links to its headings", lambda page, k: page.not_linked_to(k)),
    Clue(HEADING, 4, "among the Quick Links", lambda page, k: page.rows[k].title.rstrip(": ") in page.links),
    Clue(
        HEADING,
        -20,
        "not set apart, where sections have numbers and chapters have none",
        lambda page, k: page.crowded(k),
    ),
    Clue(HEADING, 5, "no page's number beside it, where most have one", lambda page, k: page.without_page(k)),
    Clue(HEADING, -5, "a row", lambda page, k: page.rows[k].set_in and k not in page.openers),
    Clue(HEADING, -9, "counted, as the row that follows", lambda page, k: page.counted_on(k)),
    Clue(HEADING, -6, "nothing stands under it", lambda page, k: page.empty_below(k)),
    Clue(HEADING, -8, "the page's first line, which names a manual", lambda page, k: k == 0 and page.names_manual(k)),
    Clue(
        HEADING,
        -15,
        "above the first of the numbered sections",
        lambda page, k: page.first_is_section and k < page.first,
    ),
    Clue(HEADING, -9, "a sentence", lambda page, k: page.sentence(k) > 0),
    # A chapter.
    Clue(CHAPTER, 13, "words that stand before the first section", lambda page, k: page.in_front(k)),
    Clue(
        CHAPTER,
        14,
        "a chapter's words between the page's title and its Quick Links",
        lambda page, k: page.above_quick_links(k),
    ),
    Clue(CHAPTER, 10, "alone between 'Contents' and the first number", lambda page, k: page.below_contents(k)),
    Clue(CHAPTER, 7, "stands where a number is left out", lambda page, k: page.fills_gap(k)),
    Clue(CHAPTER, 5, "a page's number beside it", lambda page, k: page.rows[k].line.page),
    Clue(CHAPTER, 8, "words about it below, as below most titles", lambda page, k: k in page.described),
    Clue(CHAPTER, 2, "a flag, date or note beside it", lambda page, k: page.rows[k].told),
    Clue(CHAPTER, 1, "a row", lambda page, k: page.rows[k].set_in),
    # A cross reference.
    Clue(SEE_ALSO, -40, "not said to be a cross reference", lambda page, k: True),
    Clue(
        SEE_ALSO,
        60,
        "begins as cross references do",
        lambda page, k: bool(page.rows[k].opener),
    ),
    Clue(SEE_ALSO, 60, "sends the reader on", lambda page, k: bool(p.SEE_OTHER.fullmatch(page.rows[k].title))),
    Clue(LISTED, 2, "a flag, date, note or host beside it", lambda page, k: page.rows[k].told),
    Clue(LISTED, 1, "a row", lambda page, k: page.rows[k].set_in),
    Clue(LEAD, 6, "may open a list", lambda page, k: True),
    Clue(LEAD, 30, "names none", lambda page, k: page.names_none(k)),
    # A note of the page, or what it carries around its list.
    Clue(NOTE, -4, "a line like others", lambda page, k: True),
    Clue(
        NOTE,
        20,
        "opens as notes do",
        lambda page, k: _opens_as_a_note(page, k),
    ),
    Clue(NOTE, 7, "a sentence", lambda page, k: page.sentence(k) > 0),
    Clue(NOTE, 4, "a long sentence", lambda page, k: page.sentence(k) > 1),
    Clue(TITLE, 20, "the page's title again, or another manual's", lambda page, k: True),
    # What stands above the list.
    Clue(PREAMBLE, -2, "above the list", lambda page, k: True),
    Clue(
        PREAMBLE,
        3,
        "the page's first line, and set apart",
        lambda page, k: k == 0 and page.set_off(k),
    ),
    Clue(PREAMBLE, 5, "no page's number beside it, where most have one", lambda page, k: page.without_page(k)),
    Clue(PREAMBLE, 13, "above a list of nested rows and nothing else", lambda page, k: page.around_outline(k)),
    Clue(PREAMBLE, 7, "names a manual", lambda page, k: page.names_manual(k)),
    Clue(PREAMBLE, 4, "names a list of policies", lambda page, k: page.names_list(k)),
    Clue(PREAMBLE, 10, "words that stand around a list", lambda page, k: is_around_list(page.rows[k].title)),
    Clue(PREAMBLE, 5, "names a body", lambda page, k: page.names_body(k)),
    Clue(PREAMBLE, 20, "above the table's heading row", lambda page, k: k < page.below_head),
    Clue(PREAMBLE, 12, "above the records of the page", lambda page, k: page.above_records(k)),
    Clue(PREAMBLE, 5, "a sentence", lambda page, k: page.sentence(k) > 0),
    Clue(PREAMBLE, 7, "names a council, a date, or where the page stands", lambda page, k: page.names_place(k)),
    Clue(
        PREAMBLE,
        18,
        "opens as notes do",
        lambda page, k: _opens_as_a_note(page, k),
    ),
    Clue(
        PREAMBLE,
        5,
        "above the first of the numbered sections",
        lambda page, k: page.first_is_section,
    ),
    Clue(PREAMBLE, 5, "above the first words about the list", lambda page, k: page.above_first_words(k)),
    Clue(
        PREAMBLE,
        -6,
        "a link, as the rows of the list are",
        lambda page, k: page.linked and bool(page.rows[k].href),
    ),
    Clue(PREAMBLE, -9, "a page's number beside it", lambda page, k: page.rows[k].line.page),
    Clue(PREAMBLE, -5, "a row", lambda page, k: page.rows[k].set_in),
    Clue(PREAMBLE, -5, "a flag, date or note beside it", lambda page, k: page.rows[k].told),
    # What stands below it.
    Clue(FOOT_LINE, -2, "below the list", lambda page, k: True),
    Clue(FOOT_LINE, 34, "words of a page's foot", lambda page, k: page.word_roles[k] == FOOT),
    Clue(
        FOOT_LINE,
        6,
        "words that may be a foot's, where chapters have numbers",
        lambda page, k: page.numbered and page.word_roles[k] == MAY_BE_FOOT,
    ),
    Clue(FOOT_LINE, 13, "below a list of bullets and nothing else", lambda page, k: page.below_list(k)),
    Clue(FOOT_LINE, 14, "below the table", lambda page, k: page.below_records(k)),
    Clue(FOOT_LINE, 20, "below the last page's number of a printed list", lambda page, k: page.below_pages(k)),
    Clue(
        FOOT_LINE,
        13,
        "names a council, or when the page was made",
        lambda page, k: page.names_place(k),
    ),
    Clue(FOOT_LINE, 15, "below the line that says when the page was made", lambda page, k: k >= page.dated_above),
    Clue(FOOT_LINE, 13, "in the last blocks, which have few titles", lambda page, k: k >= page.foot),
    Clue(FOOT_LINE, 30, "a heading with words that stand around a list", lambda page, k: page.heads_foot(k)),
)

#: Clues that need a first reading of the page.
LATE_CLUES = (
    Clue(HEADING, 3, "looks like the other headings", lambda page, k: page.looks_like_headings(k)),
    Clue(
        HEADING,
        2,
        "and neither numbers nor pages' numbers tell them from chapters",
        lambda page, k: page.looks_like_headings(k) and not (page.with_number or page.paged),
    ),
    Clue(HEADING, -9, "no blank line above, as above other headings", lambda page, k: page.close_below(k)),
    Clue(
        HEADING,
        7,
        "right above the first rows, where all others stand under headings",
        lambda page, k: k == page.missing_heading,
    ),
    Clue(HEADING, -12, "the only heading, which names all of the list", lambda page, k: k == page.only_heading),
    Clue(
        PREAMBLE,
        5,
        "the only heading, unlike the rows, which names all of the list",
        lambda page, k: k == page.only_heading and (page.set_apart(k) or page.flush_above_rows(k)),
    ),
    Clue(
        HEADING,
        -6,
        "only sentences between it and the next heading",
        lambda page, k: page.only_words_to_next_heading(k),
    ),
    Clue(PREAMBLE, 4, "unlike all other headings", lambda page, k: page.unlike_headings(k)),
    Clue(PREAMBLE, 4, "above the first heading", lambda page, k: page.above_headings(k)),
)

#: Points for a label after another.
STEPS = {
    (HEADING, HEADING): (-3, "a heading right below a heading"),
    (HEADING, "section"): (-6, "a heading without a row"),
    (HEADING, "subsection"): (-4, "a heading without a row"),
    (HEADING, FOOT_LINE): (-6, "a heading without a row"),
    (LEAD, LISTED): (4, "a list opened by the line above"),
    (LEAD, LEAD): (-5, ""),
}
#: Labels that can only come after certain others.
_BEHIND = {PREAMBLE: ("", PREAMBLE), LISTED: (LEAD, LISTED, SEE_ALSO)}


def step_points(page: Evidence, k: int, before: str, label: str) -> int:
    """The points for a row's label after the label of the row before."""
    if before == FOOT_LINE and label != FOOT_LINE:
        return NEVER
    if label in _BEHIND and before not in _BEHIND[label]:
        return NEVER
    points = STEPS.get((before, label), (0, ""))[0]
    if page.ranks_below(k):
        points = 0
    if label == FOOT_LINE and before != FOOT_LINE:
        points -= 9
    if label == LISTED and before == LISTED:
        points -= 0 if page.same_shape(k) else 6
    if label == LISTED and before == SEE_ALSO:
        points += 2 if page.goes_on_as_above(k) else -10
    if label == NOTE and before in (NOTE, PREAMBLE) and page.small(k):
        points += 8
    return points


def heads(page: Evidence, k: int) -> bool:
    """Whether a row with a number is a heading: its points from `NUMBERED` are more than 0."""
    return sum(clue.points for clue in NUMBERED if clue.test(page, k)) > 0


def points(page: Evidence, k: int) -> dict[str, int]:
    """The points of each possible label of a row, from its own clues. In a tie, the first label wins."""
    return {label: sum(worth for _, worth, _, test in _BY_LABEL[label] if test(page, k)) for label in _labels(page, k)}


def points_again(page: Evidence, k: int, found: Mapping[str, int]) -> dict[str, int]:
    """The same, with the clues that need a first reading."""
    again = dict(found)
    for label, worth, _, test in LATE_CLUES:
        if label in again and test(page, k):
            again[label] += worth
    return again


def _labels(page: Evidence, k: int) -> list[str]:
    """The possible labels of a row without a number, by its place."""
    if k <= page.headline:
        return [PREAMBLE]
    labels = [LISTED] if k > page.first_reference else []
    labels += [CHAPTER, HEADING]
    if page.may_refer(k):
        labels += [SEE_ALSO, LEAD]
    labels.append(NOTE)
    if k < page.first:
        labels.append(PREAMBLE)
    if k > page.last_number:
        labels.append(FOOT_LINE)
    if page.title_again(k):
        labels.append(TITLE)
    return labels


_BY_LABEL = {
    label: [clue for clue in CLUES if clue.label == label]
    for label in (LISTED, CHAPTER, HEADING, SEE_ALSO, LEAD, NOTE, PREAMBLE, FOOT_LINE, TITLE)
}

#: The kind of each label. Labels of the same kind give the same entries.
KINDS = {LISTED: SEE_ALSO, **dict.fromkeys((LEAD, NOTE, PREAMBLE, FOOT_LINE, TITLE), "no entry")}

#: How few points make a reading doubtful. On pages set aside for judging, 8 of 607 lines without a number are then doubted, with 2 of
#: the 10 that are read wrongly; a margin three times as large finds one more. With points fitted anew to nine tenths of the pages, the
#: 5 % of lines with the smallest margins hold 63 of 108 errors in the other tenths.
_SMALL_MARGIN = 5
UNLIKE = Clue(
    HEADING, 1, "nothing marks it as a chapter, and few chapters look like it", lambda page, k: page.few_like(k)
)


def doubt(page: Evidence, k: int, choice: Choice) -> Clue | None:
    """The strongest clue for another reading of a row, if its points are close to the best. None if there is no doubt."""
    if page.rows[k].number:
        return None
    speaking = [clue for clue in (*CLUES, *LATE_CLUES) if clue.points > 0 and clue.test(page, k)]
    seconds = [clue for clue in speaking if clue.label == choice.second]
    if seconds and choice.margin <= _SMALL_MARGIN:
        return max(seconds, key=lambda clue: clue.points)
    bare = choice.label == CHAPTER and not any(clue.label == CHAPTER for clue in speaking)
    return UNLIKE if bare and UNLIKE.test(page, k) else None
