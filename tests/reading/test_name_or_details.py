"""The points for a text being details, a name, or both: each is the sum of what the module says of its words."""

from __future__ import annotations

import pytest

from procman.reading.name_or_details import (
    Split,
    details_points,
    known_titles,
    mark_of,
    name_in,
    name_points,
    split,
    unended,
    without_number,
)

KNOWN = known_titles(["Pets in Foster Homes"])


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("This chapter has been refreshed.", 10 + 2),  # begins as only details do; something was done
        ("A link was added.", 6 + 2),  # begins with an article
        ("Following a review, it moved.", 6 + 2),
        ("Added national guidance.", 5 + 2),  # begins with what was done
        ("Contact details corrected.", 4 + 4 + 2),  # a sentence, about what is mostly changed
        ("Links to the board added.", 2 + 4 + 2),
        ("Rates for 2018/19 inserted.", 2 + 2),
        ("The Policy on Drugs has been merged.", 2 + 2),
        ("Managers should read it.", 4 + 6 + 2),  # tells the reader what to do
        ("Guidance for staff", 2 - 2 - 6),  # nothing was done, no full stop
        ("Pets in Foster Homes", -2 - 6),
        ("Our Local Offer", -2 - 6),
        ("Put in Lodgings", 2 - 6),  # "put" is what may have been done
    ],
)
def test_the_points_of_details(text: str, points: int) -> None:
    assert details_points(text) == points


@pytest.mark.parametrize(
    ("text", "points", "known"),
    [
        ("Pets in Foster Homes", 3, 12),  # set as a name; known
        ("Pets in foster homes", -2, 12),  # two small letters
        ("Pets in the home of foster carers who work", -3, -3),
        ("Panel Terms of", 3 - 12, 3 - 12),  # unended
        ("Pets (rabbits", 3 - 12, 3 - 12),
        ("Pets.", 3 - 12, 3 - 12),  # ended
        ("Dr. Smith Home", 3, 3),  # an abbreviation
        ("St. Mary Home", 3, 3),
        ("Pets " * 40, 3, 3),
        ("Pets " * 41, 3 - 12, 3 - 12),  # too long
    ],
)
def test_the_points_of_a_name(text: str, points: int, known: int) -> None:
    assert name_points(text.strip()) == points
    assert name_points(text.strip(), KNOWN) == known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pets This chapter has been refreshed.", ("Pets", "This chapter has been refreshed.", "wording", 3 + 10 + 2)),
        ("Pets – a link was added.", ("Pets", "a link was added.", "page", 3 + 5 + 4 + 2)),
        ("Pets Rabbits may stay.", ("Pets", "Rabbits may stay.", "wording", 3 + 4 + 2)),
        ("Pets Rabbits", None),
        ("Change: a link was added.", None),
        ("Section 2: a link was added.", None),
        ("Staying Put in Lodgings", None),
        ("Care Leavers: Our Local Offer", None),
    ],
)
def test_a_split(text: str, found: tuple[object, ...] | None) -> None:
    parts = split(text, frozenset())
    assert (parts and tuple(parts)) == found


def test_a_known_title_and_the_end_of_a_link_split_a_line() -> None:
    assert split("Pets in Foster Homes Rabbits may stay.", KNOWN) == Split(
        "Pets in Foster Homes", "Rabbits may stay.", "titles", 12 + 4 + 2
    )
    assert split("Pets Rabbits may stay.", frozenset(), link_ends=4) == Split(
        "Pets", "Rabbits may stay.", "page", 3 + 4 + 6 + 2
    )
    assert (split("Tax and Insurance for Carers now gives the relief.", frozenset(), link_ends=28) or ("",))[0] == (
        "Tax and Insurance for Carers"
    )
    assert (split("Smoking and Vaping: vapes mentioned.", frozenset(), link_ends=18) or ("",))[
        0
    ] == "Smoking and Vaping"


def test_the_words_behind_a_known_title_need_not_look_like_details() -> None:
    assert tuple(split("Moving House Homes Have Numbers.", known_titles(["Moving House"])) or ()) == (
        *("Moving House", "Homes Have Numbers.", "titles"),
        12,
    )
    assert split("Moving House Homes Have Numbers.", known_titles(["Moving Home"])) is None


def test_the_page_s_mark_splits_whatever_is_behind_it() -> None:
    assert split("Pets – Rabbits", frozenset()) is None
    assert split("Pets – Rabbits", frozenset(), page_mark="–") == Split("Pets", "Rabbits", "page", 3 + 2 + 2 * 4 + 4)
    assert split("Pets – rabbits", frozenset(), page_mark="–") == Split(
        "Pets", "rabbits", "page", 3 + 2 + 2 * 4 + 1 + 4
    )


@pytest.mark.parametrize(
    ("rows", "mark"),
    [
        (["Pets – form updated", "Visits – new chapter", "Moving On – links changed"], "–"),
        (["Pets – form updated", "Visits – new chapter"], ""),
        (["Pets – form updated", "Visits – new chapter", "Moving On – links changed", "Dogs", "Cats"], "–"),
        (["Pets – form updated", "Visits – new chapter", "Moving On – links changed", "Dogs", "Cats", "Bees"], ""),
        (["Pets – Rabbits", "Visits – Homes", "Moving On – Flats"], ""),
        (["Pets (form updated)", "Visits (new chapter)", "Moving On (links changed)"], "("),
    ],
)
def test_a_page_s_mark_between_name_and_details(rows: list[str], mark: str) -> None:
    assert mark_of(rows) == mark


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "We have updated the chapter Contact with Birth Relatives. It now covers letters.",
            "Contact with Birth Relatives",
        ),
        ("The Safe Sleep chapter is new.", "Safe Sleep"),
        ("Safe Sleep is a new chapter.", "Safe Sleep"),
        ("The form has been updated.", ""),
        ("'Sleep' and 'Safe Sleep' were merged.", ""),
    ],
)
def test_the_chapter_that_a_sentence_is_about(sentence: str, name: str) -> None:
    assert name_in(sentence) == name


def test_what_cannot_end_a_name() -> None:
    assert [text for text in ("Pets and", "Pets,", "Pets (dogs", "‘Safe", "The", "Moving On") if unended(text)] == [
        "Pets and",
        "Pets,",
        "Pets (dogs",
        "‘Safe",
        "The",
    ]
    assert [without_number(text) for text in ("2.3 – Pets", "Chapter 2.3 Pets", "16 Plus Team")] == [
        "Pets",
        "Pets",
        "16 Plus Team",
    ]


def test_a_text_of_400_characters_can_be_a_name_and_no_longer_one() -> None:
    assert name_points("P" * 400) == 3
    assert name_points("P" * 401) == -12


def test_the_end_of_a_link_counts_only_before_what_can_be_details() -> None:
    assert split("Pets of families", frozenset(), link_ends=4) is None
    assert split("Pets has been changed.", frozenset(), link_ends=4) == Split(
        "Pets", "has been changed.", "page", 3 + 6 + 2
    )
    assert split("Safe Sleep (baby boxes)", frozenset(), page_mark="(") == Split(
        "Safe Sleep", "baby boxes", "page", 12 + 4
    )


@pytest.mark.parametrize(("named", "others", "mark"), [(4, 2, "–"), (4, 3, "")])
def test_two_thirds_of_the_rows_have_the_page_s_mark(named: int, others: int, mark: str) -> None:
    rows = [
        *(f"{name} – form updated" for name in ("Pets", "Dogs", "Cats", "Bees")[:named]),
        *["The form was updated."] * others,
    ]
    assert mark_of(rows) == mark
