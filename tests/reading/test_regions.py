"""Which parts of an HTML page are its contents, and which hidden ones can be opened."""

from __future__ import annotations

import pytest

from procman.reading.markup import html_lines


def items(name: str, number: int) -> str:
    return "<ul>" + "".join(f"<li>{name} {n}</li>" for n in range(number)) + "</ul>"


def read(page: str) -> set[str]:
    """The names of the lists that are read and not set aside."""
    return {line.text.split()[0] for line in html_lines(page, "page") if not line.ignored and line.text[-1].isdigit()}


HIDDEN = '<div {}style="display: none">' + items("Care", 4) + "</div>"


@pytest.mark.parametrize(
    ("before", "named", "opened"),
    [
        ('<div role="button">Care</div>', "", True),
        ('<div><span role="button">Care</span></div>', "", True),
        ('<div onclick="open()">Care</div>', "", True),
        ("<h3>Care</h3>", "", True),
        ("<div>Care</div>", "", False),
        ('<button aria-controls="part">Care</button><p>x</p>', 'id="part" ', True),
        ('<a href="#part">Care</a><p>x</p>', 'id="part" ', True),
        ('<a href="part">Care</a><p>x</p>', 'id="part" ', False),
        ('<button data-target="#part">Care</button><p>x</p>', 'id="part" ', True),
        ('<button data-target="#other">Care</button><p>x</p>', 'id="part" ', False),
        ("<p>x</p>", 'role="tabpanel" ', True),
    ],
)
def test_a_hidden_part_that_something_opens_is_read(before: str, named: str, opened: bool) -> None:
    page = items("Staff", 9) + before + HIDDEN.format(named)
    assert read(page) == ({"Staff", "Care"} if opened else {"Staff"})


@pytest.mark.parametrize(("hidden", "shown", "opened"), [(4, 0, True), (3, 0, False), (9, 3, False), (10, 3, True)])
def test_hidden_parts_with_almost_all_rows_are_read(hidden: int, shown: int, opened: bool) -> None:
    page = f"<p>x</p><div style='display:none'>{items('Care', hidden)}</div>" + (items("Staff", shown) if shown else "")
    assert ("Care" in read(page)) is opened


@pytest.mark.parametrize(("inside", "outside", "only_main"), [(4, 4, True), (4, 5, False), (3, 1, False)])
def test_the_main_part_is_read_alone_unless_most_numbers_are_outside(
    inside: int, outside: int, only_main: bool
) -> None:
    numbered = lambda name, number: items(name, number).replace("<li>", "<li>1.1 ")  # noqa: E731
    page = f"<main>{numbered('Care', inside)}</main><div>{numbered('Staff', outside)}</div>"
    away = [line.ignored for line in html_lines(page, "page") if "Staff" in line.text]
    assert away == [only_main] * outside


def test_a_part_with_most_rows_is_no_menu() -> None:
    page = "<nav>{}</nav>" + items("Staff", 4)
    assert read(page.format(items("Care", 5))) == {"Care", "Staff"}
    assert read(page.format(items("Care", 4))) == {"Staff"}
