"""The report for a council always prints on at most six A4 pages."""

import io
import re

import procman
from procman.reports.comparison import Comparison
from procman.reports.council_report import council_page


def test_the_longest_report_prints_on_six_pages(browser):
    words = [
        "Assessment",
        "Transport",
        "Supervision",
        "Recording",
        "Contact",
        "Education",
        "Health",
        "Housing",
        "Review",
        "Safety",
    ]
    sides = []
    for number, council in enumerate(("Northwick", "Ayle", "Beere")):
        titles = [
            f"{words[n % 10]} and {words[(n + number + 3) % 10]} of Children who live in {council} Lighthouse {n * 7919} under the Local Protocol"
            for n in range(300)
        ]
        page = "1. All Children\n\n" + "".join(f"1.{n} {title} New\n" for n, title in enumerate(titles, 1))
        sides.append(procman.read_manual(io.StringIO(page), council))
    page = browser.new_page()
    try:
        page.set_content(council_page(Comparison(sides), "Northwick"))
        printed = page.pdf(prefer_css_page_size=True)
    finally:
        page.close()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", printed))
    assert 3 <= pages <= 6
