"""The notices of a contents page: numbering faults, chapters without a number, empty titles, conflicting links, and lines that were not read
or could be read otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from procman.reading.clues import FOOT_LINE, HEADING, LEAD, LISTED, NOTE, PREAMBLE, SEE_ALSO, TITLE, UNLIKE, doubt
from procman.reading.contents import CHAPTER, SECTION, SUBSECTION, Contents, Entry
from procman.reading.line import Line
from procman.reading.numbers import LETTER, spell

Notice = tuple[int, str, str, str]
#: The value before the first letter, as 0 is before 1.
BEFORE_A = (ord("A") - 1) * LETTER


def notices_of(lines: Sequence[Line], contents: Contents) -> list[Notice]:
    """The notices as rows (line, notice, number, detail), in page order.

    Examples
    --------
    >>> from procman.reading.contents import read_contents
    >>> from procman.reading.text import lines_of
    >>> lines = lines_of("1. All\\n1.1 Consent\\n1.1 Complaints\\n1.4 Records\\n", html=False)
    >>> for notice in notices_of(lines, read_contents(lines)):
    ...     print(notice)
    (3, 'duplicate number', '1.1', '1.1 is also on line 2')
    (4, 'gap', '1.4', 'after 1.1 come no 1.2 and 1.3')
    """
    found = [*_numbering(contents), *_unnumbered(contents), *_titles(contents), *_quick_links(contents)]
    found += [*_missing(contents), *_doubts(contents, {notice for _, notice, _, _ in found})]
    for line, role in zip(lines, contents.roles, strict=True):
        if not role:
            found.append((line.line, "unread line", "", f"not understood: {_short(line.text)}"))
    return sorted(found, key=lambda notice: notice[0])


def _numbering(contents: Contents) -> list[Notice]:
    found: list[Notice] = []
    first_line: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, tuple[int, ...]], int] = {}
    running: dict[tuple[int, ...], int] = {}  # for all parts of the page
    part = ""
    for entry in contents.entries:
        if entry.kind == SECTION and not entry.levels:
            part = entry.number or part
        if not entry.levels or entry.kind not in (CHAPTER, SECTION, SUBSECTION):
            continue
        number, level = entry.number, entry.levels[-1]
        bare = level >= LETTER and level % LETTER == 0  # "A.", "B." count by letter
        step = LETTER if bare else 1
        start = (
            BEFORE_A if bare else level - level % LETTER
        )  # numbers start again after each letter; plain numbers start at 0
        group = (part, (*entry.levels[:-1], start))
        before = last.get(group, start)
        if group not in last and level == running.get(entry.levels[:-1], level) + step:
            before = level - step  # the numbers continue from part to part
        if (part, number) in first_line:
            found.append(
                (entry.line, "duplicate number", number, f"{number} is also on line {first_line[part, number]}")
            )
        elif level < before:
            found.append((entry.line, "restart", number, f"{number} comes after {_spell(entry.levels[:-1], before)}"))
        elif level > before + step:
            since = _spell(entry.levels[:-1], before) if before != start else ""
            missing = range(before + step, level, step)
            words = [_spell(entry.levels[:-1], one) for one in missing[:3]]
            found.append((entry.line, "gap", number, _gap(since, words, len(missing) - 3, spell(entry.levels))))
        first_line.setdefault((part, number), entry.line)
        last[group] = max(level, before)
        running[entry.levels[:-1]] = level
    return found


def _unnumbered(contents: Contents) -> list[Notice]:
    """One notice for all chapters without a number, if almost all others have one. Some of these lines may not be chapters."""
    chapters = [entry for entry in contents.entries if entry.kind == CHAPTER]
    bare = [entry for entry in chapters if not entry.number]
    if not bare or len(chapters) < _ENOUGH or len(bare) * _NEARLY_ALL > len(chapters):
        return []
    named = ", ".join(f"'{_short(entry.title)}' (line {entry.line})" for entry in bare[:3])
    named += f" and {len(bare) - 3} more" if len(bare) > 3 else ""
    have = "1 chapter has no number" if len(bare) == 1 else f"{len(bare)} chapters have no number"
    return [(bare[0].line, "no number", "", f"{have} where {len(chapters) - len(bare)} have one: {named}")]


#: The fewest chapters needed to tell whether a page numbers them, and the largest share without a number: one in this many.
_ENOUGH, _NEARLY_ALL = 10, 10


def _missing(contents: Contents) -> list[Notice]:
    """Notices of a list that may not be a manual's: it has no numbers and no headings, or no chapters."""
    kinds = {entry.kind for entry in contents.entries}
    line = contents.entries[0].line if contents.entries else 0
    if CHAPTER not in kinds and SECTION in kinds:
        return [(line, "no chapters", "", "the page lists sections and no chapter")]
    if CHAPTER in kinds and not kinds & {SECTION, SUBSECTION} and not any(entry.number for entry in contents.entries):
        return [(line, "no headings", "", "the list has no numbers and no headings: its chapters stand in no section")]
    return []


def _doubts(contents: Contents, found_so_far: Collection[str]) -> list[Notice]:
    """The lines that could be read otherwise, with both readings and the strongest clue for the other.

    Leaves out chapters without a number that already have a notice.
    """
    page = contents.page
    if page is None:
        return []
    kinds = {entry.line: entry.kind for entry in contents.entries}
    found = []
    for k, choice in enumerate(contents.choices):
        clue = doubt(page, k, choice)
        if clue is None or (clue is UNLIKE and "no number" in found_so_far):
            continue
        row, read = page.rows[k], READ_AS[choice.label]
        if kinds.get(row.line.line, "no entry") in _KINDS[choice.label]:  # otherwise a person has corrected it
            words = f"'{_short(row.title)}' is read as {read}; it may be {READ_AS[clue.label]}: {clue.words}"
            found.append((row.line.line, "could be read otherwise", "", words))
    return found


#: The words for each reading in a notice, and the kinds of entry that it gives.
READ_AS = {
    HEADING: "a heading",
    CHAPTER: "a chapter",
    **dict.fromkeys((SEE_ALSO, LISTED), "a cross reference"),
    **dict.fromkeys((PREAMBLE, LEAD, NOTE, FOOT_LINE, TITLE), "no entry"),
}
_KINDS = {
    HEADING: (SECTION, SUBSECTION),
    CHAPTER: (CHAPTER,),
    **dict.fromkeys((SEE_ALSO, LISTED), (SEE_ALSO,)),
    **dict.fromkeys((PREAMBLE, LEAD, NOTE, FOOT_LINE, TITLE), ("no entry",)),
}


def _gap(since: str, missing: Sequence[str], more: int, number: str) -> str:
    """The words for missing numbers, and the number before them, if any.

    >>> _gap("1.1", ["1.2", "1.3"], 0, "1.4"), _gap("", ["A"], 0, "B")
    ('after 1.1 come no 1.2 and 1.3', 'the numbers begin at B: no A')
    """
    *others, last = [*missing, f"{more} more"] if more > 0 else missing
    words = f"{', '.join(others)} and {last}" if others else last
    return f"after {since} come no {words}" if since else f"the numbers begin at {number}: no {words}"


def _spell(group: tuple[int, ...], level: int) -> str:
    return spell((*group, level))


def _titles(contents: Contents) -> list[Notice]:
    found: list[Notice] = []
    seen: dict[str, int] = {}
    for entry in contents.entries:
        if not entry.title:
            found.append((entry.line, "empty title", entry.number, f"{entry.number or 'an entry'} has no title"))
        elif entry.kind == CHAPTER:
            key = _plain(entry.title)
            if key in seen:
                found.append(
                    (
                        entry.line,
                        "duplicate title",
                        entry.number,
                        f"'{_short(entry.title)}' is also on line {seen[key]}",
                    )
                )
            seen.setdefault(key, entry.line)
    return found


def _quick_links(contents: Contents) -> list[Notice]:
    """Quick Links should repeat the headings. If they do not, one of the two is out of date."""
    links = [(line, number, title) for line, number, title in contents.quick_links if title]
    if not links:
        return []
    found: list[Notice] = []
    headings = [entry for entry in contents.entries if entry.kind in (SECTION, SUBSECTION)]
    named = {name for entry in headings for name in _names(entry)}
    linked = {_plain(title) for _, _, title in links}
    for line, number, title in links:
        if _plain(title) not in named:
            found.append((line, "quick link", number, f"Quick Links name '{_short(title)}', no heading does"))
    for entry in headings:
        if entry.kind == SECTION and not linked & _names(entry):
            found.append(
                (
                    entry.line,
                    "quick link",
                    entry.number,
                    f"the heading '{_short(entry.title)}' is not among the Quick Links",
                )
            )
    return found


def _names(entry: Entry) -> set[str]:
    """The names that a Quick Link can use for a heading. They can include a number with a letter ("A1 Core")."""
    return {_plain(entry.title), _plain(f"{entry.number} {entry.title}")}


def _plain(title: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", title.casefold()).split())


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
