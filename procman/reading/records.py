"""Read the records of a page: rows with fields in columns, behind the title, or on lines below it.

A heading row tells what its columns are. Without one, they are told by their look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.fields import (
    CODE,
    DATE,
    NOTE,
    NOTHING,
    REFERENCE,
    REFERENCE_WORDS,
    Field,
    field_of,
    telling,
)
from procman.reading.furniture import (
    AREA_HEAD,
    DATE_HEAD,
    MAY_BE_DATE_HEAD,
    NOTE_HEAD,
    NUMBER_HEAD,
    OTHER_HEAD,
    TITLE_HEAD,
    head_of,
    is_furniture,
    is_table_head,
    role_of,
)
from procman.reading.line import LIST_HEADING, Line, join, like_a_sentence
from procman.reading.stacked import with_lines_below_read, with_one_cell_a_line_read

#: The most characters of a field behind a title.
_LONGEST_END = 70
#: The fewest rows that show what a column or the end of a row is.
_FEW = 3


def with_fields_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines whose text is the title alone, with what their fields say, and the indexes of lines that are only fields.

    >>> head, row = Line(1, "Policy Owner Date", cells=("Policy", "Owner", "Date")), Line(2, "", cells=("Fire", "J Smith", "May 2024"))
    >>> [(line.text, line.date) for line in with_fields_read([head, row])[0]]
    [('Policy Owner Date', ''), ('Fire', '2024-05')]
    """
    lines, cells = with_one_cell_a_line_read(lines)
    lines = _with_columns_read(_with_parts_as_cells(_with_groups_read(lines)))
    lines, below = with_lines_below_read(_with_ends_read(_without_buttons(lines)), cells)
    return _with_references_read(lines, below), below


# --- groups ---------------------------------------------------------------------------------------------------


def _with_groups_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with the names of groups as headings, where their numbers of rows are right: "Topic : Health (4)"."""
    groups = {
        i: match for i, line in enumerate(lines) if len(line.cells) < 2 and (match := p.GROUP.fullmatch(line.text))
    }
    areas = {
        i: match
        for i, line in enumerate(lines)
        if (match := p.LABELLED.fullmatch(line.text)) and role_of(match[1]) == AREA_HEAD
    }
    if len(areas) >= _FEWEST_GROUPS and not groups:
        return [
            replace(line, text=areas[i][2], heading=line.heading or LIST_HEADING) if i in areas else line
            for i, line in enumerate(lines)
        ]
    places = [*groups, len(lines)]
    right = sum(
        sum(bool(line.text) for line in lines[i + 1 : following]) == int(groups[i][2])
        for i, following in pairwise(places)
    )
    worded = all(match[3] for match in groups.values())  # "(4 documents)"
    if len(groups) < _FEWEST_GROUPS or not (worded or right * 2 > len(groups)):
        return list(lines)
    return [
        replace(line, text=groups[i][1], heading=LIST_HEADING) if i in groups else line for i, line in enumerate(lines)
    ]


_FEWEST_GROUPS = 2


# --- columns --------------------------------------------------------------------------------------------------


def _with_parts_as_cells(lines: Sequence[Line]) -> list[Line]:
    """Lines with their parts as cells, where many have the same number of them, three or more: "Prospectus – website – free"."""
    parts = {
        i: each for i, line in enumerate(lines) if not line.cells and len(each := p.FIELD_MARK.split(line.text)) > 2
    }
    widths = Counter(map(len, parts.values()))
    width, often = next(iter(widths.most_common(1)), (0, 0))
    if often <= _FEW or often * 5 < sum(bool(line.text) for line in lines) * 2:
        return list(lines)
    return [
        replace(line, cells=tuple(parts[i])) if len(parts.get(i, ())) == width else line for i, line in enumerate(lines)
    ]


def _with_columns_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with their cells read by the heads of their columns, or by their look."""
    found = list(lines)
    for head, table in _tables(lines):
        _read_table(found, table, [head_of(cell) or _UNKNOWN for cell in head])
    return found


def _tables(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """The cells of each table's head, and the indexes of the rows below it. The first rows may have no head."""
    head: tuple[str, ...] = ()
    table: list[int] = []
    for i, line in enumerate(lines):
        if is_table_head(line):
            yield head, table
            head, table = line.cells, []
        elif len(line.cells) > 1:
            table.append(i)
    yield head, table


def with_areas_apart(lines: Sequence[Line]) -> list[Line]:
    """Lines with a heading above the rows of each area, where a column repeats the area in each row.

    >>> rows = [("Area", "Policy"), ("Care", "Visits"), ("Care", "Plans"), ("Court", "Orders"), ("", "Costs")]
    >>> lines = [Line(n, " ".join(cells), cells=cells, tag="tr") for n, cells in enumerate(rows)]
    >>> [(line.line, line.text, line.heading) for line in with_areas_apart(lines)][1:4]
    [(1, 'Care', 6), (1, 'Visits', 0), (2, 'Plans', 0)]
    """
    areas: dict[int, tuple[str, int]] = {}  # the area that begins in a row, and its column
    for head, table in _tables(lines):
        roles = [role_of(cell) for cell in head]
        if AREA_HEAD in roles and TITLE_HEAD in roles:
            column = roles.index(AREA_HEAD)
            areas |= _areas(
                lines, [i for i in table if len(lines[i].cells) > column and not is_furniture(lines[i])], column
            )
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i in areas:
            area, column = areas[i]
            found += [Line(line.line, area, heading=LIST_HEADING)] if area else []
            cells = tuple("" if n == column else cell for n, cell in enumerate(line.cells))
            line = replace(line, cells=cells, text=join([cell for cell in cells if cell]))
        found.append(line)
    return found


def _areas(lines: Sequence[Line], table: Sequence[int], column: int) -> dict[int, tuple[str, int]]:
    """The areas of a table's rows, each in the first of its rows. There are none if an area comes again after another."""
    cells = [lines[i].cells[column] for i in table]
    starts = {n for n, cell in enumerate(cells) if cell and cell not in cells[max(n - 1, 0) : n]}
    named = [cells[n] for n in starts]
    if len(set(named)) < max(len(named), 2) or len(named) * 3 > len(cells) * 2:
        return {}
    return {i: (cells[n] if n in starts else "", column) for n, i in enumerate(table)}


#: A column whose head is not known.
_UNKNOWN = "unknown"
#: Columns of a title.
_OF_TITLE = frozenset((NUMBER_HEAD, TITLE_HEAD, ""))


def _read_table(lines: list[Line], table: Sequence[int], heads: Sequence[str]) -> None:
    """Read the rows of one table."""
    if not table:
        return
    width = len(heads) or Counter(len(lines[i].cells) for i in table).most_common(1)[0][0]
    whole = [i for i in table if len(lines[i].cells) == width]
    if not heads and (len(whole) < _FEW or len(whole) * 2 < len(table)):
        return
    columns = [[lines[i].cells[n] for i in whole] for n in range(width)]
    roles = _roles(heads or [""] * width, columns)
    for i in table:
        cells = _aligned(lines[i], roles)
        if len(cells) == width:
            line = _read_row(lines[i], cells, roles)
            lines[i] = replace(line, tag="tr") if heads and line.tag != "tr" else line


def _roles(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """What each column is: by its head, or by its look."""
    titled = TITLE_HEAD in heads
    roles = []
    for n, (head, cells) in enumerate(zip(heads, columns, strict=True)):
        if head in (NUMBER_HEAD, TITLE_HEAD, DATE_HEAD, NOTE_HEAD, OTHER_HEAD):
            role = head
        elif head == MAY_BE_DATE_HEAD:
            role = OTHER_HEAD if DATE_HEAD in heads else DATE_HEAD
        else:
            role = _look(cells, not any(any(column) for column in columns[:n]))
        if not role and titled:
            role = OTHER_HEAD
        roles.append(role)
    if not titled:
        _drop_repeats(roles, columns)
    return roles


def _look(cells: Sequence[str], first: bool) -> str:
    """What a column is, by its cells. Empty if it may be a title."""
    filled = [cell for cell in cells if cell and not p.ONLY_MARKS.fullmatch(cell)]
    if not filled:
        return ""
    if all(p.ONLY_NUMBER.fullmatch(cell) or CODE.fullmatch(cell) for cell in filled) and first:
        return NUMBER_HEAD
    said = [field_of(cell) for cell in filled]
    if first:
        return DATE_HEAD if all(field and field.says == DATE for field in said) else ""
    if sum(field is not None for field in said) * 5 >= len(said) * 4:
        return DATE_HEAD
    sentences = sum(like_a_sentence(cell) > 0 or len(cell.split()) > _LONG for cell in filled)
    return OTHER_HEAD if sentences * 2 > len(filled) else ""


#: More words than most titles have.
_LONG = 9


def _drop_repeats(roles: list[str], columns: Sequence[Sequence[str]]) -> None:
    """Of several columns of words, only the one with the most different ones is the title if others repeat theirs, as owners do."""
    different = {n: len(set(columns[n]) - {""}) for n, role in enumerate(roles) if not role}
    title = max(different, key=lambda n: different[n], default=0)
    for n, count in different.items():
        filled = sum(map(bool, columns[n]))
        if n > title and count * 2 <= filled and len(columns[n]) < 2 * filled and filled > _FEW:
            roles[n] = OTHER_HEAD


def _aligned(line: Line, roles: Sequence[str]) -> list[str]:
    """The cells of a row, one for each column. Missing cells are put where the others then fit best."""
    found = list(line.cells)
    while len(found) > len(roles) and not found[-1]:
        found.pop()
    missing = len(roles) - len(found)
    if missing <= 0:
        return found
    if line.tag != "tr":
        return _spread(found, roles)
    # The last cells are missing, or the first, in the rows of a cell that is as high as several.
    ways = [[*found, *[""] * missing], [*[""] * missing, *found]]
    numbered = roles[0] == NUMBER_HEAD and _fits(found[0], NUMBER_HEAD)
    return ways[0] if numbered else max(ways, key=lambda way: sum(map(_fits, way, roles)))


def _spread(cells: Sequence[str], roles: Sequence[str]) -> list[str]:
    """Cells divided by spaces, where empty ones are lost, each in the next column that it fits."""
    placed: list[str] = []
    for cell in cells:
        while len(placed) < len(roles) - 1 and not _fits(cell, roles[len(placed)]):
            placed.append("")
        placed.append(cell)
    return placed + [""] * (len(roles) - len(placed))


def _fits(cell: str, role: str) -> bool:
    """Whether a cell looks as those of a column do."""
    if role == NUMBER_HEAD:
        return bool(p.ONLY_NUMBER.fullmatch(cell) or CODE.fullmatch(cell))
    field = field_of(cell) if cell else Field(NOTHING)
    if role in (DATE_HEAD, NOTE_HEAD):
        return field is not None
    return field is None or (field.says == NOTHING and role == OTHER_HEAD)


def _read_row(line: Line, cells: Sequence[str], roles: Sequence[str]) -> Line:
    words: list[str] = []
    fields: list[Field] = []
    for n, (cell, role) in enumerate(zip(cells, roles, strict=True)):
        if not cell or (n and p.ONLY_MARKS.fullmatch(cell)):
            continue
        if role == NUMBER_HEAD and (CODE.fullmatch(cell) or p.WORDED_NUMBER.fullmatch(cell)):
            fields.append(Field(REFERENCE, cell))
        elif role in _OF_TITLE:
            words.append(cell)
        elif role == DATE_HEAD:
            fields.append(field_of(cell) or Field(NOTHING))
        elif role == NOTE_HEAD:
            fields.append(field_of(cell) or Field(NOTE, cell))
    if all(p.ONLY_NUMBER.fullmatch(word) for word in words):
        return line
    return telling(line, join(words), fields)


# --- behind a title ---------------------------------------------------------------------------------------------


def _without_buttons(lines: Sequence[Line]) -> list[Line]:
    """Lines without the word of a button before or behind the title, where many have it: "Download Bullying", "View the Fire Policy"."""
    found = list(lines)
    several = [i for i, line in enumerate(lines) if " " in line.text]
    for place in (0, -1):
        words = [found[i].text.split(" ")[place] for i in several]
        word, count = next(iter(Counter(words).most_common(1)), ("", 0))
        if count < _FEW or count * 3 < len(several) or role_of(word.rstrip(":")) != OTHER_HEAD:
            continue
        for i in (i for i, each in zip(several, words, strict=True) if each == word):
            text = found[i].text
            rest = text[: -len(word)].rstrip() if place else text[len(word) :].lstrip().removeprefix("the ")
            found[i] = replace(found[i], text=rest)
    return found


def _with_ends_read(lines: Sequence[Line]) -> list[Line]:
    """Lines without the date or version behind a dash, if many lines end so: "Bullying – Jan 2023"."""
    ends = {i: split for i, line in enumerate(lines) if (split := _without_end(line.text))}
    filled = sum(bool(line.text) for line in lines)
    if len(ends) < _FEW or len(ends) * 5 < filled * 2:
        return list(lines)
    return [telling(line, *ends[i]) if i in ends else line for i, line in enumerate(lines)]


def _without_end(text: str) -> tuple[str, list[Field]] | None:
    """A title and the fields behind it, or None if there is no date, version or file among them."""
    fields: list[Field] = []
    while match := p.LAST_PART.search(text, max(0, len(text) - _LONGEST_END)):
        field = field_of(match[match.lastindex or 0])
        if field is None or field.says == REFERENCE:
            break
        fields.append(field)
        text = text[: match.start()].rstrip()
    told = any(field.says in (DATE, NOTHING) or p.FILE_HINT.fullmatch(field.value) for field in fields)
    return (text, fields[::-1]) if told else None


def _with_references_read(lines: Sequence[Line], below: Set[int]) -> list[Line]:
    """Lines without the reference before the title, if many lines below each other begin with one: "SGC01 Bullying", "Policy 2a Meals"."""
    filled = [i for i, line in enumerate(lines) if line.text and i not in below]
    begins = {
        i: match
        for i in filled
        if (match := p.FIRST_WORDS.match(lines[i].text)) and REFERENCE_WORDS.fullmatch(match[0])
    }
    words = {i: match[1].rpartition(" ")[0] for i, match in begins.items()}
    alone = Counter(words[i] for i, j in pairwise([*filled, -1]) if words.get(i) and words.get(i) != words.get(j))
    often = Counter(words.values())
    # A word whose lines have others below them counts parts: "Standard 1" above "QC1".
    begins = {i: match for i, match in begins.items() if alone[words[i]] * 2 <= often[words[i]]}
    different = {match[1] for match in begins.values()}
    beside = sum(i in begins and j in begins for i, j in pairwise(filled))
    if len(different) < _FEW or len(begins) * 5 < len(filled) or beside * 3 < len(begins):
        return list(lines)
    return [
        telling(line, line.text[begins[i].end() :], [Field(REFERENCE, begins[i][1])]) if i in begins else line
        for i, line in enumerate(lines)
    ]
