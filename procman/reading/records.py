"""Read the records of a page: rows with fields in columns, behind the title, or on lines below it.

A heading row tells what its columns are. Without one, they are told by their look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from procman.reading import patterns as p
from procman.reading.details import flag_of
from procman.reading.fields import (
    CODE,
    DATE,
    NOTE,
    NOTHING,
    REFERENCE,
    REFERENCE_WORDS,
    STATUS,
    Field,
    field_of,
    labelled,
)
from procman.reading.furniture import (
    AREA_HEAD,
    DATE_HEAD,
    HEADS,
    MAY_BE_DATE_HEAD,
    NOTE_HEAD,
    NUMBER_HEAD,
    OTHER_HEAD,
    TITLE_HEAD,
    is_table_head,
    role_of,
)
from procman.reading.line import Line, join, like_a_sentence

#: The most characters of a line of fields, and of a field behind a title.
_LONGEST, _LONGEST_END = 300, 70
#: The fewest rows that show what a column or the end of a row is.
_FEW = 3


def with_fields_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines whose text is the title alone, with what their fields say, and the indexes of lines that are only fields.

    >>> head, row = Line(1, "Policy Owner Date", cells=("Policy", "Owner", "Date")), Line(2, "", cells=("Fire", "J Smith", "May 2024"))
    >>> [(line.text, line.date) for line in with_fields_read([head, row])[0]]
    [('Policy Owner Date', ''), ('Fire', '2024-05')]
    """
    lines, cells = _with_one_cell_a_line_read(lines)
    lines = _with_columns_read(_with_groups_read(lines))
    lines, below = _with_lines_below_read(_with_references_read(_with_ends_read(_without_buttons(lines))))
    return lines, cells | below


def _telling(line: Line, text: str, fields: Sequence[Field]) -> Line:
    """The line with another text and what the fields say. Of several dates, the last one counts."""
    said = {says: [field.value for field in fields if field.says == says] for says in (REFERENCE, STATUS, DATE, NOTE)}
    dates = said[DATE] + [field.date for field in fields if field.date]
    notes = [line.note, *said[NOTE]]
    files = all(p.FILE_HINT.fullmatch(note) for note in notes if note)
    return replace(
        line,
        text=text,
        after="" if text != line.text else line.after,
        reference=line.reference or next(iter(said[REFERENCE]), ""),
        status=line.status or next(iter(said[STATUS]), ""),
        date=max([line.date, *dates]),
        note=(" " if files else "; ").join(filter(None, notes)),
    )


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
            replace(line, text=areas[i][2], heading=line.heading or 6) if i in areas else line
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
    return [replace(line, text=groups[i][1], heading=6) if i in groups else line for i, line in enumerate(lines)]


_FEWEST_GROUPS = 2


# --- tables with one cell a line -------------------------------------------------------------------------------


def _with_one_cell_a_line_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines with all the cells of a record in its first line, if a table was copied with each cell on its own line, and the indexes of the others.

    >>> page = ["Name", "Modified", "Owner", "Fire", "3 May 2024", "A", "Food", "4 May 2024", "B", "Milk", "June 2024", "C", "End"]
    >>> lines, others = _with_one_cell_a_line_read([Line(n, text) for n, text in enumerate(page)])
    >>> [line.cells for line in lines if line.cells][1], sorted(others)
    (('Fire', '3 May 2024', 'A'), [1, 2, 4, 5, 7, 8, 10, 11])
    """
    filled = [i for i, line in enumerate(lines) if line.text]
    roles = [role_of(lines[i].text) if not lines[i].cells else "" for i in filled]
    start = next((n for n, role in enumerate(roles) if role in _OF_TITLE - {""} and _heads(roles, n) > 1), -1)
    width = _heads(roles, start) if start >= 0 else 0
    dates = [n for n in range(width) if roles[start + n] == DATE_HEAD]
    found, others = list(lines), set[int]()
    records = 0
    for n in range(start, len(filled) - width + 1, width) if dates else ():
        record = filled[n : n + width]
        cells = [lines[i].text for i in record]
        if n > start and not all(field_of(cells[date]) for date in dates):
            break
        records += 1
        found[record[0]] = replace(lines[record[0]], text=join(cells), cells=tuple(cells), tag="tr", marker="")
        others |= {*record[1:]}
    return (found, others) if records > _FEW else (list(lines), set())


def _heads(roles: Sequence[str], start: int) -> int:
    """The number of lines from here that are heads of columns."""
    return next((n for n, role in enumerate(roles[start:]) if role not in HEADS), len(roles) - start)


# --- columns --------------------------------------------------------------------------------------------------


def _with_columns_read(lines: Sequence[Line]) -> list[Line]:
    """Lines with their cells read by the heads of their columns, or by their look."""
    found = list(lines)
    for head, table in _tables(lines):
        _read_table(found, table, [role_of(cell) or _UNKNOWN for cell in head])
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
            areas |= _areas(lines, [i for i in table if len(lines[i].cells) > column], column)
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i in areas:
            area, column = areas[i]
            found += [Line(line.line, area, heading=6)] if area else []
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
            lines[i] = replace(_read_row(lines[i], cells, roles), tag="tr" if heads else lines[i].tag)


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
    return max(ways, key=lambda way: sum(map(_fits, way, roles)))


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
        if role == NUMBER_HEAD and CODE.fullmatch(cell):
            fields.append(Field(REFERENCE, cell))
        elif role in _OF_TITLE:
            words.append(cell)
        elif role == DATE_HEAD:
            fields.append(field_of(cell) or Field(NOTHING))
        elif role == NOTE_HEAD:
            fields.append(field_of(cell) or Field(NOTE, cell))
    if all(p.ONLY_NUMBER.fullmatch(word) for word in words):
        return line
    return _telling(line, join(words), fields)


# --- behind a title ---------------------------------------------------------------------------------------------


def _with_ends_read(lines: Sequence[Line]) -> list[Line]:
    """Lines without the date or version behind a dash, if many lines end so: "Bullying – Jan 2023"."""
    ends = {i: split for i, line in enumerate(lines) if (split := _without_end(line.text))}
    filled = sum(bool(line.text) for line in lines)
    if len(ends) < _FEW or len(ends) * 5 < filled * 2:
        return list(lines)
    return [_telling(line, *ends[i]) if i in ends else line for i, line in enumerate(lines)]


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


def _without_buttons(lines: Sequence[Line]) -> list[Line]:
    """Lines without the word of a button before the title, if many lines begin with one: "Download: Consent"."""
    begins = {i: match for i, line in enumerate(lines) if (match := p.BUTTON_WORD.match(line.text))}
    if len(begins) < _FEW or len(begins) * 3 < sum(bool(line.text) for line in lines):
        return list(lines)
    return [replace(line, text=line.text[begins[i].end() :]) if i in begins else line for i, line in enumerate(lines)]


def _with_references_read(lines: Sequence[Line]) -> list[Line]:
    """Lines without the reference before the title, if many lines below each other begin with one: "SGC01 Bullying", "Policy 2a Meals"."""
    filled = [i for i, line in enumerate(lines) if line.text]
    begins = {
        i: match
        for i in filled
        if (match := p.FIRST_WORDS.match(lines[i].text)) and REFERENCE_WORDS.fullmatch(match[1])
    }
    different = {match[1] for match in begins.values()}
    beside = sum(i in begins and j in begins for i, j in pairwise(filled))
    if len(different) < _FEW or len(begins) * 5 < len(filled) or beside * 3 < len(begins):
        return list(lines)
    return [
        _telling(line, line.text[begins[i].end() :], [Field(REFERENCE, begins[i][1])]) if i in begins else line
        for i, line in enumerate(lines)
    ]


# --- below a title ----------------------------------------------------------------------------------------------


def _with_lines_below_read(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Lines with what the lines below say of them, if several have such lines, and the indexes of those."""
    below: dict[int, tuple[str, int, list[Field]]] = {}  # how they begin, the line above, and what they say
    labels: dict[int, str] = {}  # "Published" above a date
    others: dict[int, str] = {}  # the words on the line after
    above = -1
    for i, line in enumerate(lines):
        if not line.text or line.ignored:
            continue
        label, fields = ("", []) if line.heading or len(line.text) > _LONGEST else _only_fields(line)
        if role_of(line.text) == DATE_HEAD and not (line.cells or flag_of(line.text)):
            labels[i] = line.text
        elif fields and above >= 0:
            below[i] = labels.get(i - 1, label), above, fields
        elif not (like_a_sentence(line.text) or field_of(line.text)):
            above = i
            if i - 1 in below:
                others[i] = line.text
    alike = Counter(label for label, _, _ in below.values())
    told = {i: each for i, each in below.items() if alike[each[0]] >= _FEW}
    found = list(lines)
    for _, owner, fields in told.values():
        found[owner] = _telling(found[owner], found[owner].text, fields)
    if len(set(others.values())) * _FEW > len(others):
        others = {}  # the next titles
    # Only one or two labels are the page's own.
    dated = {j for i in below if i - 1 in labels for j in (i - 1, i)}
    return found, {*told, *others, *dated}


def _only_fields(line: Line) -> tuple[str, list[Field]]:
    """How the fields of a line begin that has nothing else, and the fields: "PDF 188KB | Last reviewed: May 2024".

    There are none for a flag or remark alone.
    """
    parts = [cell for cell in line.cells if cell] if len(line.cells) > 1 else p.FIELD_MARK.split(line.text)
    fields = [field for part in parts if (field := field_of(part))]
    sure = any(field.says == DATE or (field.says == NOTHING and len(line.text) > _SHORT) for field in fields)
    sure = sure or any(map(labelled, parts))
    if not sure or len(fields) < len(parts) or p.ONLY_NUMBER.fullmatch(parts[0]):
        return "", []
    first = next((part for part in parts if not p.FILE_HINT.fullmatch(part)), "")
    return p.LABEL.match(first)[0].casefold(), fields  # type: ignore[index]


#: "3", "n/a": too short to tell anything.
_SHORT = 6
