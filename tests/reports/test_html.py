"""Tables and pages as HTML, whole: a small table of every kind of cell, and a page of two parts."""

import pandas as pd

from procman.reports.html import based_on, cell_text, list_html, page_html, table_html
from procman.tables import NOT_THERE, Column, Measure, Table

COLUMNS = (
    Column("title", "str", "a title & more", ""),
    Column("edition", "str", "its edition", ""),
    Column("chapters", "int64", "chapters", ""),
    Column("line", "int64", "the line", ""),
    Column("big_share", "float64", "a share", ""),
    Column("score", "float64", "a score", ""),
    Column("past", "boolean", "past or not", ""),
    Column("href", "str", "its address", ""),
)
TABLE = Table("made_up", "What it is.", COLUMNS)
MEASURE = Measure("made_up", "What it is.", COLUMNS[:2], "Of two rows.", f"It is small. {NOT_THERE}")
ROWS = pd.DataFrame(
    [
        ("<b>", "2024-06", 1200, 1200, 0.25, 0.5, True, "https://a.org/x; javascript:1"),
        ("B", None, 3, 4, None, 1.0, False, None),
        ("C", "undated", 0, 1, 1.0, 0.125, pd.NA, "there"),
    ],
    columns=[column.name for column in COLUMNS],
)


def test_a_table_with_every_kind_of_cell():
    number, linked = (
        ' class="procman-number"',
        '<a href="https://a.org/x" rel="noopener noreferrer">https://a.org/x</a>',
    )
    assert table_html(ROWS.assign(other=1), TABLE, "Three & more").splitlines() == [
        '<div class="procman-scroll" role="region" tabindex="0" aria-label="Three &amp; more"><table>',
        "<caption>Three &amp; more</caption>",
        '<thead><tr><th scope="col" title="a title &amp; more">Title</th><th scope="col" title="its edition">Edition</th>'
        f'<th scope="col"{number} title="chapters">Chapters</th><th scope="col"{number} title="the line">Line</th>'
        f'<th scope="col"{number} title="a share">Big share</th><th scope="col"{number} title="a score">Score</th>'
        f'<th scope="col" title="past or not">Past</th><th scope="col" title="its address">{COLUMNS[7].heading}</th></tr></thead>',
        "<tbody>",
        f'<tr><th scope="row">&lt;b&gt;</th><td class="procman-date">2024-06</td><td{number}>1,200</td><td{number}>1200</td>'
        f"<td{number}>25%</td><td{number}>0.5</td><td>yes</td><td>{linked}; javascript:1</td></tr>",
        f'<tr><th scope="row">B</th><td>not printed</td><td{number}>3</td><td{number}>4</td>'
        f"<td{number}>–</td><td{number}>1</td><td>no</td><td>–</td></tr>",
        f'<tr><th scope="row">C</th><td>undated</td><td{number}>0</td><td{number}>1</td>'
        f"<td{number}>100%</td><td{number}>0.12</td><td>–</td><td>there</td></tr>",
        "</tbody></table></div>",
    ]
    assert cell_text(12, Column("position", "int64", "", "")) == "12"
    assert '<th scope="row" class="procman-number">1,200</th>' in table_html(ROWS, TABLE, "", ["chapters", "title"])


def test_a_long_table_says_where_the_rest_is_and_what_it_is_based_on():
    many = pd.DataFrame({"title": [*"ab"] * 31, "edition": "2024-06"})

    def notes(*more, **settings):
        html = table_html(*more, **settings)
        return html.count("<tr><th"), html.partition("</table></div>")[2].strip()

    based = "Based on: Of two rows. Limits: It is small."
    assert notes(many, MEASURE, "") == (
        60 + 1,
        f'<p class="procman-caveat">{based} 2 more rows are in the workbook.</p>',
    )
    assert notes(many, TABLE, "", most=61, rest="there") == (62, '<p class="procman-caveat">1 more row is there.</p>')
    assert notes(many, TABLE, "", most=62) == notes(many, TABLE, "", most=None) == (63, "")
    assert notes(many, MEASURE, "", most=None, note=False) == (63, "")
    assert notes(many, MEASURE, "", most=None) == (63, f'<p class="procman-caveat">{based}</p>')
    assert notes(many, TABLE, "", ("title",), None)[0] == 63
    assert based_on(TABLE) == ""
    assert based_on(MEASURE, known="") == f"{based} {NOT_THERE}"
    assert based_on(Measure("x", "", (), "Of none.")) == "Based on: Of none."


def test_a_page_has_its_parts_in_order_and_links_to_them():
    page = page_html("A & B", [("One", ["<p>1</p>"]), ("Two <b>", [list_html(["x", "y"])])], "p {}", "Invented")
    assert page.startswith("<!DOCTYPE html>\n")
    assert "p {}</style>" in page
    assert '<h1>A &amp; B</h1><p class="procman-mark">Invented</p></header>' in page
    assert '<ol><li><a href="#part-1">One</a></li><li><a href="#part-2">Two &lt;b&gt;</a></li></ol></nav>' in page
    assert page.partition('<main id="main">\n')[2].partition("\n</main>")[0].splitlines() == [
        '<section id="part-1" aria-labelledby="heading-1">', '<h2 id="heading-1">One</h2>', "<p>1</p>", "</section>",
        '<section id="part-2" aria-labelledby="heading-2">', '<h2 id="heading-2">Two &lt;b&gt;</h2>',
        "<ul><li>x</li><li>y</li></ul>", "</section>",
    ]  # fmt: skip
