"""The details after a title: flag, date, note, publisher."""

from __future__ import annotations

import pytest

from procman.reading.contents import read_contents
from procman.reading.dates import iso_date
from procman.reading.details import Details, flag_of, is_publisher, take_apart
from procman.reading.line import Line
from procman.reading.numbers import number_of, settle
from procman.reading.text import lines_of
from tests.work import at_most


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Consent", Details("Consent")),
        ("Consent Updated", Details("Consent", "Updated")),
        ("ConsentUpdated", Details("Consent", "Updated")),
        ("Consent NEW", Details("Consent", "New")),
        ("PrivacyNEW", Details("Privacy", "New")),
        ("EHCPUpdated", Details("EHCP", "Updated")),
        ("Consent (Updated)", Details("Consent", "Updated")),
        ("Consent [New]", Details("Consent", "New")),
        ("Consent *New*", Details("Consent", "New")),
        ("Consent – Updated", Details("Consent", "Updated")),
        ("Consent - under review Updated", Details("Consent", "Updated", note="under review")),
        ("ConsentUpdatedUnder Review", Details("Consent", "Updated", note="Under Review")),
        ("Consent Under Review Updated", Details("Consent", "Updated", note="Under Review")),
        ("ConsentUpdatedOctober 2, 2025", Details("Consent", "Updated", "2025-10-02")),
        ("ConsentUpdated February 2017", Details("Consent", "Updated", "2017-02")),
        ("Consent (New) February 2017", Details("Consent", "New", "2017-02")),
        ("Consent updated February 2017", Details("Consent", "Updated", "2017-02")),
        ("Consent new May 2020", Details("Consent", "New", "2020-05")),
        ("What's new May 2020", Details("What's new May 2020")),
        ("Consent (updated May 2019)", Details("Consent", "Updated", "2019-05")),
        ("ConsentSeptember 2016", Details("Consent", "", "2016-09")),
        ("Consent (HBV)February 12, 2025", Details("Consent (HBV)", "", "2025-02-12")),
        ("Consent 12/02/2025", Details("Consent", "", "2025-02-12")),
        ("Section 47February 12, 2025", Details("Section 47", "", "2025-02-12")),
        ("Assessment (DfE)", Details("Assessment", publisher="DfE")),
        ("Assessment (DfE) Updated", Details("Assessment", "Updated", publisher="DfE")),
        ("Assessment (DfE) - to follow", Details("Assessment", note="to follow", publisher="DfE")),
        ("Assessment (see Library)", Details("Assessment", note="see Library")),
        ("Assessment (opens in a new tab)", Details("Assessment")),
        ("Assessment N.B. Your own may go here", Details("Assessment", note="N.B. Your own may go here")),
        ("Assessment - link to local procedures", Details("Assessment", note="link to local procedures")),
        ("Assessment - local", Details("Assessment", note="local")),
        ("Assessment - reviewed", Details("Assessment", note="reviewed")),
        ("Assessment (reviewed)", Details("Assessment", note="reviewed")),
        ("Assessment Next review: June 2025", Details("Assessment", note="Next review: June 2025")),
        ("Assessment - next review 01/06/2025", Details("Assessment", note="next review 01/06/2025")),
        ("Assessment (Next review due: June 2025)", Details("Assessment", note="Next review due: June 2025")),
        ("Assessment Updated Review date: 2025", Details("Assessment", "Updated", note="Review date: 2025")),
        ("Assessment Last reviewed March 2024", Details("Assessment", note="Last reviewed March 2024")),
        (
            "Assessment (DfE) Review date: May 2025",
            Details("Assessment", note="Review date: May 2025", publisher="DfE"),
        ),
        ("", Details("")),
    ],
)
def test_details_come_off(text: str, details: Details) -> None:
    assert take_apart(text) == details


@pytest.mark.parametrize(
    "title",
    [
        "Learning Review 2022 Update",
        "What's New",
        "What’s New",
        "New Arrivals",
        "Renew",
        "RENEW",
        "Sharing Papers: Model (October 2013)",
        "Plan for Hearing Children (2022-2025)",
        "Working Abroad, July 2014",
        "Early Help Plan April 2021",
        "Working Together 2015",
        "Enquiries (Section 47)",
        "Hepatitis B (HBV)",
        "Visits (Including Overnight Stays)",
        "The Local Safeguarding Children Board (LSCB)",
        "Role of the LSCB (Local Safeguarding Children Board)",
        "Recording - Policy and Guide",
        "Procedure to follow",
        "Case Review",
        "How Plans are Reviewed",
        "Plan and Review",
        "Role of the Next Review 2025",
        "Cases last reviewed",
        "Placements - Reviewed by the Panel",
        "Serious Case Review (Review)",
        "Case Files - Archived",
        "Assessment - Local Protocol",
        "Part 4.7, Going over Borders/Boundaries",
        "Family Court Hub (ADCS) - holds forms, tools and guides of use to people working in the family courts.",
    ],
)
def test_titles_stay_whole(title: str) -> None:
    assert take_apart(title) == Details(title)


@pytest.mark.parametrize("words", ["(reviewed March 2024)", "- reviewed 01/02/2024", "– last reviewed on 1 March 2024"])
def test_when_a_chapter_was_reviewed_is_no_part_of_its_title(words: str) -> None:
    details = take_apart(f"Assessment {words}")
    assert details.title == "Assessment"
    assert details.date or details.note


def test_a_bracket_outside_the_link_is_a_host_or_a_remark_unless_it_explains_the_title() -> None:
    assert take_apart("Consent (Odd Body)", "(Odd Body)") == Details("Consent", publisher="Odd Body")
    assert take_apart("Consent (for carers)", "(for carers)") == Details("Consent", note="for carers")
    assert take_apart("Enquiries (Section 47)", "(Section 47)") == Details("Enquiries (Section 47)")


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("February 12, 2025", "2025-02-12"),
        ("12th Feb 2025", "2025-02-12"),
        ("2025-02-12", "2025-02-12"),
        ("29/04/2008", "2008-04-29"),
        ("Sept. 2016", "2016-09"),
        ("February 30, 2025", ""),
        ("1/13/2025", ""),
        ("soon", ""),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    assert iso_date(printed) == iso


@pytest.mark.parametrize("words", ["New", "NEW!", "(new)", "New chapter", "– New"])
def test_flags_alone(words: str) -> None:
    assert flag_of(words) == ("New", "")


@pytest.mark.parametrize("words", ["Newly", "New Arrivals", "2022 Update", "", "News"])
def test_no_flags(words: str) -> None:
    assert flag_of(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "GOV.UK",
        "House of Commons Library",
        "Lakeborough Safeguarding Children Partnership website",
        "Lakeborough SCP",
        "MKSCB",
        "The Fostering Network",
        "Information Commissioner's Office",
        "www.example.org",
        "Royal College of Nursing",
        "Wessmoor Constabulary",
        "Wessmoor ICB",
        "NHS Wessmoor",
    ],
)
def test_publishers(words: str) -> None:
    assert is_publisher(words)


@pytest.mark.parametrize(
    "words",
    ["Section 47", "HBV", "Including Overnight Stays", "Criteria", "LADO", "Placement Group", "Voice of the Child"],
)
def test_no_publishers(words: str) -> None:
    assert not is_publisher(words)


# --- numbers --------------------------------------------------------------------------------------------------


def numbers(*lines: str) -> list[tuple[str, str]]:
    found = [(i, number) for i, text in enumerate(lines) if (number := number_of(Line(i, text)))]
    return [(number.text, number.rest) for number in settle(found).values()]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1.3.3 A", "1.3.48 Rules", "1.3.5 B"], ("1.3.4", "8 Rules")),
        (["1.3.3 A", "1.3.4 8 Rules", "1.3.5 B"], ("1.3.4", "8 Rules")),
        (["1.1", "1.1.116 and 17", "1.1.2 B"], ("1.1.1", "16 and 17")),
        (["1.1.9 A", "1.1.1010 Tips", "1.1.11 B"], ("1.1.10", "10 Tips")),
        (["1.1.9 A", "1.1.10 Tips", "1.1.11 B"], ("1.1.10", "Tips")),
        (["1.1.3 A", "1.1.42021 Census", "1.1.5 B"], ("1.1.4", "2021 Census")),
        (["1.1.1 A", "1.1.20-19 Nursing", "1.1.3 B"], ("1.1.2", "0-19 Nursing")),
        (["1.1.3 A", "1.1.43D Models", "1.1.5 B"], ("1.1.4", "3D Models")),
        (["4.0.4 A", "4.0.9 B", "4.0.10 C"], ("4.0.9", "B")),
        (["1.3.2 A", "2.8 Rules", "2.0.1 B"], ("2", "8 Rules")),
        (["1.1.3 A", "1.1.58 Rules", "1.1.6 B"], ("1.1.5", "8 Rules")),
        (["1.2.1 A", "1.2.1a B", "1.2.1b C"], ("1.2.1a", "B")),
        (["1.2 A", "1.3A Child's Day", "1.4 B"], ("1.3", "A Child's Day")),
        (["1.2.1 A", "1.2.1A Codes", "1.2.1B Codes"], ("1.2.1A", "Codes")),
        (["1.1 A", "1.2eSafety", "1.3 B"], ("1.2", "eSafety")),
    ],
)
def test_the_sequence_tells_number_from_title(lines: list[str], wanted: tuple[str, str]) -> None:
    assert numbers(*lines)[1] == wanted


@pytest.mark.parametrize("text", ["2019", "16-17 Year Olds", "2025-02-12", "1st Steps", "12/02/2025 Visits", ""])
def test_no_numbers(text: str) -> None:
    assert number_of(Line(1, text)) is None


def test_a_number_without_a_dot_counts_only_above_its_own() -> None:
    assert numbers("1 Every Child", "1.1 A", "3 Golden Rules", "1.2 B") == [
        ("1", "Every Child"),
        ("1.1", "A"),
        ("1.2", "B"),
    ]


# --- hostile lines --------------------------------------------------------------------------------------------

_UNITS = (
    *(
        "1.",
        "1",
        "1.1 ",
        "a ",
        "- ",
        "(",
        ")",
        "()",
        "(opens in a new tab)",
        " New",
        "Updated ",
        "May ",
        "May 2024",
        "see ",
        "See also ",
    ),
    *(
        "and ",
        "|",
        "| ",
        "*",
        "[a](b)",
        "[",
        "#",
        "\u200e",
        "under review ",
        "to follow ",
        "N.B. ",
        "local ",
        "logo ",
        "view ",
        "manual ",
    ),
    *(
        "version ",
        "contents ",
        "Part 1: ",
        ". ",
        "Safeguarding ",
        "(Board ",
        "copyright ",
        "x: see y ",
        "\xa0",
        "page ",
        "12/12/2024 ",
    ),
)


@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.parametrize("front", ["", "Contents\n1. A\n1.1 "])
def test_a_line_of_300_kilobytes_does_not_hang(front: str, unit: str) -> None:
    page = front + unit * (300_000 // len(unit))
    with at_most(20):  # a pattern that backtracks takes many minutes
        read_contents(lines_of(page, html=False))


def test_what_stands_behind_a_title_is_told_from_it() -> None:
    assert take_apart("Assessment UPDATED MARCH 2025") == Details("Assessment", "Updated", "2025-03")
    assert take_apart("Complaints – this chapter is being updated").note == "this chapter is being updated"
    assert take_apart("Assessment V2.1 May 2024") == Details("Assessment V2.1 May 2024")
    assert take_apart("Assessment … 12") == Details("Assessment") == take_apart("Assessment ↗")
