"""The headline of each view: the right sentence for a small table, counted by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from procman.measures.counting import MANY
from procman.measures.duties import AUDIT
from procman.measures.editions import CHANGES, OBSERVED
from procman.measures.gaps import INSIDE, NOT_FOUND, POSSIBLE
from procman.reports import headlines
from procman.reports.comparison import NO_FLAG

AYLE, BEERE, CARN = "Ayle", "Beere", "Carn"


def compared(*present, **more):
    return SimpleNamespace(present=present, focus="Ayle", **more)


TWO, THREE = compared(AYLE, BEERE), compared(AYLE, BEERE, CARN)


def table(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns.split())


def test_your_council_is_the_one_chosen_else_the_first():
    assert headlines.own(SimpleNamespace(present=[BEERE, AYLE], focus="Ayle")) == AYLE
    assert headlines.own(SimpleNamespace(present=[BEERE, AYLE], focus="Carn")) == BEERE
    assert headlines.own(SimpleNamespace(present=[], focus="Ayle")) == ""


GAPS = table("tier councils of", (NOT_FOUND, 2, 2), (NOT_FOUND, 1, 2), (POSSIBLE, 2, 2), (INSIDE, 2, 2), (INSIDE, 1, 2))


@pytest.mark.parametrize(
    ("comparison", "rows", "said"),
    [
        (THREE, GAPS, "2 topics that your neighbours list were not found on Ayle's page; 1 of them is on both. "
         "1 may be yours under another name and 2 may stand inside another chapter"),
        (TWO, GAPS[1:2], "1 topic that Beere lists was not found on Ayle's page"),
        (TWO, GAPS[2:3], "0 topics that Beere lists were not found on Ayle's page. 1 may be yours under another name"),
        (compared(AYLE, *"BCDE"), GAPS.assign(councils=4, of=4),
         "2 topics that your neighbours list were not found on Ayle's page; 2 of them are on all 4. "
         "1 may be yours under another name and 2 may stand inside another chapter"),
        (compared(AYLE, *"BCDEFG"), table("tier councils of", (NOT_FOUND, 3, 6), (NOT_FOUND, 4, 6), (POSSIBLE, 6, 6)),
         "2 topics that your neighbours list were not found on Ayle's page; 1 of them is on more than half of the 6 pages. "
         "1 may be yours under another name"),
        (compared(AYLE, *"BCDEF"), table("tier councils of", (NOT_FOUND, 3, 5), (NOT_FOUND, 2, 5)),
         "2 topics that your neighbours list were not found on Ayle's page; 1 of them is on more than half of the 5 pages"),
    ],
    ids=["two others", "one other", "nothing sure", "four others", "six others", "five others"],
)  # fmt: skip
def test_gaps(comparison, rows, said):
    assert headlines.gaps(comparison, rows, AYLE) == said


SHARED = table("chapters in_all in_some only_here by_most by_few", (3, 1, 1, 1, 2, 0), (4, 2, 1, 1, 2, 1))
SETS = table(
    "councils members topics", ("Ayle; Beere; Carn", 3, 4), ("Ayle", 1, 2), ("Beere", 1, 7), ("Ayle; Beere", 2, 5)
)
PAIRS = table(
    "council other chapters also_there share likeness", (AYLE, BEERE, 10, 4, 0.4, 0.25), (AYLE, CARN, 10, 6, 0.6, 0.5)
)
PLACES = table(
    "council topic others elsewhere", (AYLE, "a", 1, 1), (AYLE, "b", 2, 0), (AYLE, "c", 0, 0), (BEERE, "d", 1, 1)
)
DATES = table(
    "council date months", (AYLE, "2020-01", 30.0), (AYLE, "2022-01", 6.0), (AYLE, None, None), (BEERE, "2020-01", 99.0)
)
FLAGS = table("council new updated chapters", (AYLE, 1, 2, 9), (AYLE, 1, 0, 4), (BEERE, 0, 0, 6))
TOPICS = table("topic_title new updated councils changed", ("Consent", 1, 1, 3, 2), ("Records", 1, 2, 4, 3))
EDITIONS = table("council edition before added removed", (AYLE, "2020-01", None, None, None), (AYLE, "2021-02", "2020-01", 3, 1),
                 (AYLE, "2022-03", "2021-02", 1, 0), (BEERE, "2022-03", "2021-02", 9, 9))  # fmt: skip
CLAIMS = table("council edition claimed observed chapters", (AYLE, "2020-01", "New", "added", 3), (AYLE, "2021-02", "New", "unchanged", 2),
               (AYLE, "2021-02", "Updated", "added", 9), (BEERE, "2022-03", "New", "added", 9))  # fmt: skip
DUTIES = table("council present of share topic not_found duty", (BEERE, 1, 4, 0.25, "LADO", 3, "a"), (AYLE, 2, 4, 0.5, "Fire", 1, "b"),
               (CARN, 2, 4, 0.5, "Fire", 1, "b"))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "comparison", "rows", "more", "said"),
    [
        ("listed_gaps", THREE, table("topic council", ("a", BEERE), ("a", CARN), ("b", BEERE)), [AYLE],
         "3 chapters of 2 councils on the 2 topics missing from Ayle's page"),
        ("by_section", compared(AYLE), SHARED, [AYLE], "Ayle: 7 chapters, compared with none"),
        ("by_section", TWO, SHARED, [AYLE], "Of Ayle's 7 chapters, 3 are on topics on both contents pages, and 2 on its own alone"),
        ("by_section", THREE, SHARED[:1], [AYLE],
         "Of Ayle's 3 chapters, 1 is on topics on all 3 contents pages, 1 on some, and 1 on its own alone"),
        ("by_section", compared(AYLE, *map(str, range(99))), SHARED, [AYLE],
         "Of Ayle's 7 chapters, 4 are on topics that at least 90% of the 100 councils list, and 1 on topics that under 10% list"),
        ("by_section", compared(AYLE, *map(str, range(99))), SHARED[:1], [AYLE],
         "Of Ayle's 3 chapters, 2 are on topics that at least 90% of the 100 councils list, and none on topics that under 10% list"),
        ("by_section", compared(AYLE, *map(str, range(MANY - 1))), SHARED[1:], [AYLE],
         "Of Ayle's 4 chapters, 2 are on topics that at least 90% of the 7 councils list, and 1 on topics that under 10% list"),
        ("by_section", compared(AYLE, *map(str, range(MANY - 2))), SHARED[1:], [AYLE],
         "Of Ayle's 4 chapters, 2 are on topics on all 6 contents pages, 1 on some, and 1 on its own alone"),
        ("matrix", TWO, table("topic council chapters", ("a", AYLE, 1), ("b", AYLE, 0), ("a", BEERE, 2), ("b", BEERE, 1)), [],
         "Ayle lists 1 of 2 topics; 1 are on other contents pages alone"),
        ("combinations", THREE, SETS, [], "4 topics on all 3 contents pages, 2 on Ayle's alone"),
        ("combinations", TWO, SETS, [], "5 topics are on both contents pages, 2 on Ayle's alone and 7 on Beere's alone"),
        ("combinations", THREE, SETS[:1], [], "4 topics on all 3 contents pages, 0 on Ayle's alone"),
        ("combinations", TWO, SETS[3:], [], "5 topics are on both contents pages, 0 on Ayle's alone and 0 on Beere's alone"),
        ("topics", THREE, table("which councils", ("Ayle; Beere", 2), ("Beere; Carn", 2), ("Ayle", 1), ("Ayle; Beere; Carn", 3)), [],
         "3 topics on more than half of the contents pages; 2 of them on Ayle's"),
        ("topics", TWO, table("which councils", ("Ayle", 1), ("Ayle; Beere", 2)), [],
         "1 topic on more than half of the contents pages; 1 of them on Ayle's"),
        ("shares", THREE, PAIRS, [], "Of Ayle's 10 chapters, Carn has 6 too, the most of 2 councils"),
        ("shares", TWO, PAIRS[:1], [], "Of Ayle's 10 chapters, Beere has 4 too"),
        ("alike", THREE, PAIRS, [], "Ayle and Carn share 50% of the topics that either lists, the most of 2 councils"),
        ("alike", TWO, table("council other likeness", (BEERE, AYLE, 0.25), (BEERE, CARN, 0.9)), [],
         "Ayle and Beere share 25% of the topics that either lists"),
        ("novelty", TWO, table("council gaps weighted_share", (BEERE, 9, 0.9), (AYLE, 3, 0.125)), [],
         "Ayle does not list 3 topics of the others: 12% of what they list, if a topic counts more the more of them list it"),
        ("at_confidences", TWO, table("confidence share", (0.4, 0.75), (0.9, 0.5)), [],
         "50% to 75% of all chapters are on a shared topic, at confidences from 0.4 to 0.9"),
        ("at_confidences", TWO, table("confidence share", (0.4, 0.5), (0.9, 0.5)), [],
         "50% of all chapters are on a shared topic, at confidences from 0.4 to 0.9"),
        ("order", THREE, table("other tau shared", (BEERE, None, 1), (CARN, 0.5, 9), ("Dene", 0.75, 8)), [AYLE],
         "Dene lists 8 topics that Ayle has too: tau 0.75, where 1 is the same order, the nearest of 2 councils"),
        ("order", TWO, table("other tau shared", (BEERE, 0.5, 1)), [AYLE],
         "Beere lists 1 topic that Ayle has too: tau 0.50, where 1 is the same order"),
        ("order", TWO, table("other tau shared", (BEERE, None, 1)), [AYLE], "Ayle shares too few topics to compare their order"),
        ("found", compared(AYLE, words=" fire "), table("found_by council", ("title", AYLE), ("topic", AYLE), ("not found", BEERE)), [],
         "1 of 2 councils has a chapter on “fire”; Ayle has 2 chapters"),
        ("found", compared(AYLE, words="fire"), table("found_by council", ("not found", AYLE), ("title", BEERE), ("title", CARN)), [],
         "2 of 3 councils have a chapter on “fire”; Ayle has none"),
        ("depths", TWO, table("council depth chapters", (AYLE, 1, 0), (AYLE, 2, 5), (AYLE, 3, 7), (BEERE, 1, 9)), [],
         "Ayle's chapters: 5 at level 2 and 7 at level 3"),
        ("structure", THREE, table("council chapters sections levels", (AYLE, 5, 2, 1), (BEERE, 9, 2, 2), (CARN, 7, 1, 1)), [],
         "Ayle: 5 chapters in 2 sections on 1 level; others have 7 to 9 chapters"),
        ("structure", TWO, table("council chapters sections levels", (AYLE, 5, 2, 1), (BEERE, 9, 2, 2)), [],
         "Ayle: 5 chapters in 2 sections on 1 level; others have 9 chapters"),
        ("structure", compared(AYLE), table("council chapters sections levels", (AYLE, 5, 2, 3)), [],
         "Ayle: 5 chapters in 2 sections on 3 levels"),
        ("places", TWO, PLACES, [], "Of 2 topics that Ayle shares, 1 is in a different section elsewhere"),
        ("notices", TWO, table("council", (AYLE,), (BEERE,), (AYLE,)), [], "2 possible problems on Ayle's page"),
        ("flags", TWO, FLAGS, [], "Ayle flags 4 of 13 chapters: 2 New, 2 Updated"),
        ("flags", TWO, FLAGS, [BEERE], "Beere flags none of its 6 chapters"),
        ("flagged_topics", TWO, TOPICS, [], "2 topics flagged by one council or more, most often “Records” (3 of 4)"),
        ("flagged_topics", TWO, TOPICS[:0], [], "No topic is flagged"),
        ("ages", TWO, DATES, [], "Ayle dates 2 of 3 chapters; half of these are older than 1.5 years"),
        ("ages", TWO, DATES[2:], [], "Ayle prints no dates beside its 1 chapter"),
        ("amendments", TWO, table("council edition", (AYLE, "2020-01"), (AYLE, "2020-01"), (AYLE, "2021-01"), (BEERE, "2022-01")), [],
         "Ayle announces 3 amendments in 2 editions"),
        ("amendments", TWO, table("council amendments editions", (AYLE, 3, 1), (AYLE, 4, 2), (BEERE, 9, 9)), [],
         "Ayle announces 7 amendments in 3 editions"),
        ("busiest", TWO, TOPICS, [], "Marked as changed by most councils: “Consent” (2 of 3)"),
        ("busiest", TWO, TOPICS[:0], [], "No council marks a topic as changed"),
        ("flagged", TWO, table("council", (AYLE,), (BEERE,), (BEERE,)), [], "3 chapters flagged, 1 of them by Ayle"),
        ("reviews", TWO, table("council past", (AYLE, True), (AYLE, False), (BEERE, True)), [], "Ayle: 1 of 2 chapters with a date is past it"),
        ("reviews", TWO, table("council past", (BEERE, True)), [], "Ayle prints no date of a next review"),
        ("changed", TWO, table("added removed renamed moved", (True, False, False, False), (True, False, False, False), (False, False, True, False)),
         [AYLE, "2020-01", "2021-02"],
         "Ayle, January 2020 to February 2021: 3 chapters changed: 2 added and 1 renamed. Chapters only renumbered are left out"),
        ("over_time", TWO, EDITIONS, [], "Ayle, January 2020 to March 2022: 4 chapters added and 1 removed in 3 editions"),
        ("over_time", TWO, EDITIONS[:1], [], "There is one dated edition of Ayle's manual"),
        ("over_time", TWO, EDITIONS[3:], [], "Ayle's manual has no date"),
        ("claimed", TWO, CLAIMS, [], "Ayle: 3 of 5 New flags in 2 editions marked a chapter that was not on the page before"),
        ("expected_share", THREE, DUTIES, [], "Ayle has 2 of 4 expected topics, a larger share than 1 of 2 others"),
        ("expected_share", THREE, DUTIES[:1], [], "No topic is expected"),
        ("expected_share", THREE, DUTIES.assign(share=None), [], "No topic is expected"),
        ("expected", THREE, AUDIT.frame([]), [], "Ayle: 0 of 0 checks found a matching chapter"),
        ("often_missing", THREE, DUTIES, [], "Most often missing: “LADO”, not found on 3 of 4 pages"),
        ("often_missing", THREE, DUTIES[:0], [], "No topic is expected"),
        ("picked_up", TWO, table("listed", ("yes",), ("yes",), ("already",), ("not yet",)), [],
         "2 first listed in a later edition; 1 already listed in the first edition; 1 not yet listed"),
        ("picked_up", TWO, table("listed", ("other",)), [],
         "0 first listed in a later edition; 0 already listed in the first edition; 0 not yet listed"),
        ("checklist", TWO, DUTIES, [], "2 topics required by law or guidance"),
        ("claims", TWO, table("claimed observed chapters", ("New", OBSERVED[0], 3), ("New", OBSERVED[-1], 2), (NO_FLAG, OBSERVED[1], 4), (NO_FLAG, OBSERVED[-1], 9)),
         [AYLE, "2020-01", "undated"],
         "Of 5 chapters that Ayle flags in edition not printed, 3 are new, renamed or moved; so are 4 without a flag"),
        ("by_sections", TWO, table("only_left both only_right", (1, 2, 3), (4, 5, 6)), [AYLE, BEERE],
         "5 chapters only in Ayle, 7 in both, 9 only in Beere"),
        ("matches", compared(AYLE, confidence=0.5), PAIRS, [AYLE, BEERE], "2 matches between Ayle and Beere, at a confidence of 0.50"),
        ("possible", TWO, table("accepted gaps", (False, 2), (True, 4), (False, 1)), [AYLE, BEERE],
         "3 possible matches between Ayle and Beere to check; “Same” for all closes 3 gaps"),
        ("possible", TWO, table("accepted gaps", (False, 0)), [AYLE, BEERE], "1 possible match between Ayle and Beere to check"),
        ("touched", compared(AYLE, words=" private fostering"), DUTIES[:2], [], "Private fostering: 1 chapter of Ayle to read again"),
        ("touched", compared(AYLE, words="no such duty"), DUTIES, [], "No expected topic has “no such duty”"),
    ],
    ids=lambda each: each if isinstance(each, str) and " " not in each else "",
)  # fmt: skip
def test_headline(name, comparison, rows, more, said):
    assert getattr(headlines, name)(comparison, rows, *more) == said


def test_the_largest_section_is_out_of_all_chapters_of_the_manual():
    entries = table("kind", ("section",), *[("chapter",)] * 9)
    comparison = compared(AYLE, BEERE, asked_entries=lambda name: entries[: 6 if name == BEERE else 10])
    sections = table("council level chapters title position", (AYLE, "section", 2, "All", 1), (AYLE, "subsection", 8, "Sub", 2),
                     (AYLE, "section", 4, "Care", 9), (BEERE, "section", 3, None, 1),
                     (AYLE, "section", 5, "(outside any section)", None))  # fmt: skip
    assert headlines.largest(comparison, sections) == "The largest of Ayle's 2 sections, Care, has 4 of 9 chapters"
    assert headlines.largest(comparison, sections, BEERE) == "The largest of Beere's 1 section has 3 of 5 chapters"
    assert headlines.largest(comparison, sections[1:2]) == "Ayle's manual has no sections"


def test_chapters_of_either_manual_that_have_a_match():
    pairs = table("left_position right_position", (1, 5), (2, 6))
    rows = table("left_position right_position", (1, 5), (1, 6), (2, None), (3, 7))
    comparison = compared(AYLE, BEERE, matches=lambda left, right: pairs)
    said = "2 of Ayle's 3 and 2 of Beere's 3 chapters have a match"
    assert headlines.matched(comparison, rows, AYLE, BEERE) == said


def test_chapters_that_changed_in_the_order_of_the_ways():
    rows = table(
        "kind change",
        ("chapter", CHANGES[1]),
        *[("chapter", CHANGES[0])] * 2,
        ("section", CHANGES[0]),
        ("section", "x"),
    )

    def said(rows):
        whole = compared(AYLE, picked_changes=lambda *editions: rows)
        return headlines.changes(compared(AYLE, of=lambda **picked: whole), rows, AYLE, "2020-01", "2021-02")

    assert said(rows) == f"Ayle, January 2020 to February 2021: chapters 2 {CHANGES[0]} and 1 {CHANGES[1]}"
    assert said(rows[3:]) == "Ayle, January 2020 to February 2021: no chapter changed on the contents page"
