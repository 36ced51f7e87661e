"""Alignment: against the labelled truth, and properties that hold for any titles."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import procman
from procman.errors import TableError
from procman.files import DATA
from procman.library.decisions import COLUMNS
from procman.matching.alignment import MATCH_COLUMNS, Alignment, align, review
from procman.matching.concepts import sector
from procman.matching.evaluation import evaluate, variant_cases
from procman.matching.scoring import scorer
from procman.tables import LEVELS

MANUALS = DATA / "manuals"
NONE = pd.DataFrame(columns=list(COLUMNS), dtype="str")


def entries(council: str) -> pd.DataFrame:
    page = next(path for path in sorted(MANUALS.rglob("contents.*")) if council in str(path) and path.suffix == ".txt")
    return procman.read_manual(page).entries


@pytest.fixture(scope="module")
def milton_keynes() -> pd.DataFrame:
    return entries("milton-keynes")


@pytest.fixture(scope="module")
def oxfordshire() -> pd.DataFrame:
    return entries("oxfordshire")


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return pd.read_csv(DATA / "truth" / "milton-keynes--oxfordshire.csv", dtype="str")


def titles(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"title": pd.Series(names, dtype="str")})


def pairs(matches: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(matches["left_title"], matches["right_title"], strict=True))


def matched(left: str, right: str) -> bool:
    return len(align(titles(left), titles(right), decisions=NONE)) == 1


def test_the_two_manuals(milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame, truth: pd.DataFrame) -> None:
    result = evaluate(align(milton_keynes, oxfordshire, decisions=NONE), truth)
    assert result.f1 >= 0.98, result.errors.to_string()


def test_the_two_manuals_by_titles_alone(
    milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame, truth: pd.DataFrame
) -> None:
    bare = [table.loc[table["kind"] == "chapter", ["number", "title"]] for table in (milton_keynes, oxfordshire)]
    assert evaluate(align(*bare, decisions=NONE), truth).f1 >= 0.97


def test_other_councils_titles(milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame) -> None:
    manuals = {"milton_keynes": milton_keynes, "oxfordshire": oxfordshire}
    variants = pd.read_csv(DATA / "truth" / "variants.csv", dtype="str")
    results = [
        evaluate(align(left, manuals[manual], decisions=NONE), labels)
        for _, manual, left, labels in variant_cases(variants)
    ]
    total = sum(results[1:], results[0])
    assert total.precision >= 0.95, total.errors.to_string()
    assert total.f1 >= 0.95, total.errors.to_string()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Placement with Kinship Carers", "Placements with Connected Persons"),
        ("Children in Care Reviews", "Looked After Reviews"),
        ("Family Time", "Contact with Parents and Siblings"),
        ("Legal Gateway Panel", "Legal Planning Meetings"),
        ("Placments in Foster Care", "Placements in Foster Care"),
        ("Fostering and Adoption Panel", "Adoption Panel"),
        ("Staying Put Policy", "Staying Put"),
    ],
)
def test_the_same_under_another_name(left: str, right: str) -> None:
    assert matched(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Contact with Parents and Siblings", "Contacts and Referrals"),
        ("Later Life Letters", "Letterbox Service"),
        ("Foster Carer Records", "Foster Carer Recording Policy"),
        ("Kinship Care Policy", "Placement with Kinship Carers"),
        ("Adoption Reviews", "Looked After Reviews"),
        ("Foster Carer Reviews", "Looked After Reviews"),
        ("Holidays Abroad", "Holidays and School Trips in the UK"),
        ("Fostering Panel", "Adoption Panel"),
        ("Allegations Against Foster Carers", "Allegations Against Prospective Adopters"),
        ("Fostering Statement of Purpose", "Adoption Statement of Purpose"),
        ("Secure Accommodation Reviews", "Placements in Secure Accommodation"),
        ("Staying Put", "Staying Put Post 18 Years Financial Policy"),
        ("Forced Marriage", "Marriage of a Looked After Child"),
        ("Dangerous Dogs", "Domestic Abuse"),
    ],
)
def test_look_alikes_that_differ(left: str, right: str) -> None:
    assert not matched(left, right)


def test_columns_levels_and_order(milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame) -> None:
    matches = align(milton_keynes, oxfordshire, decisions=NONE)
    assert list(matches.columns) == MATCH_COLUMNS
    assert set(matches["level"]) <= set(LEVELS)
    assert matches["score"].between(scorer().accepted, 1).all()
    assert (matches["why"].str.len() > 10).all()
    assert matches[["left_position", "right_position"]].apply(tuple, axis=1).is_monotonic_increasing
    assert not matches.duplicated(["left_position", "right_position"]).any()


def test_only_chapters_are_matched() -> None:
    left = pd.DataFrame({"kind": ["section", "chapter", "see_also"], "title": ["Recording", "Staying Put", "Advocacy"]})
    assert pairs(align(left, titles("Recording", "Staying Put", "Advocacy"), decisions=NONE)) == {
        ("Staying Put", "Staying Put")
    }


def test_a_score_depends_on_the_two_titles_alone() -> None:
    left, right = titles("Reviewing the Care Plan"), titles("LAC Review Meetings Policy")
    alone = align(left, right, 0.0, decisions=NONE)["score"].tolist()
    crowd = align(left, pd.concat([right, titles("Looked After Reviews", "Review of Care Plans")]), 0.0, decisions=NONE)
    assert alone
    assert alone == crowd.loc[crowd["right_title"] == right["title"].iloc[0], "score"].tolist()
    placed = right.assign(section="Adoption", subsection="Panels")
    assert alone == align(left, placed, 0.0, decisions=NONE)["score"].tolist()


def test_a_title_as_near_to_chapters_for_different_people_is_left_for_review() -> None:
    left, right = (
        titles("Statement of Purpose"),
        titles("Fostering Statement of Purpose", "Adoption Statement of Purpose"),
    )
    assert align(left, right, decisions=NONE).empty
    offered = review(left, right, decisions=NONE)
    assert set(offered["right_title"]) == set(right["title"])
    assert not offered["accepted"].any()
    assert offered["left_others"].tolist() == ["Adoption Statement of Purpose", "Fostering Statement of Purpose"]


def test_a_link_to_one_file_raises_a_doubtful_pair() -> None:
    left = titles("Kitchen Garden Rules").assign(href="p_garden.html")
    right = titles("Kitchen Gardens Rulebook").assign(href="https://example.org/x/p_garden.html#top")
    plain_score = review(left[["title"]], right[["title"]], decisions=NONE)["score"].max()
    linked = review(left, right, decisions=NONE)
    assert linked["score"].max() > plain_score
    assert linked["why"].str.contains("p_garden.html").any()


def test_review_and_candidates(milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame) -> None:
    alignment = Alignment(milton_keynes, oxfordshire, NONE)
    offered = alignment.review()
    more = ["accepted", "gaps", "left_section", "right_section", "left_others", "right_others"]
    assert [*MATCH_COLUMNS, *more] == list(offered.columns)
    assert set(offered["level"]) <= {"similar"}
    assert (offered["score"] >= scorer().possible).all()
    assert pairs(alignment.matches()) <= pairs(alignment.candidates())


def test_review_asks_first_what_changes_most() -> None:
    left = titles("Reviewing Plans for Children", "Safer Care", "LAC Reviews").assign(section=["Care", None, "Care"])
    right = titles(
        "Looked After Reviews", "Safe Caring Guidance and Family Agreements", "Reviewing Care Planning Decisions"
    )
    offered = review(left, right, decisions=NONE)
    change = [
        (1 - score if yes else score) * (gaps + 0.1)
        for yes, score, gaps in offered[["accepted", "score", "gaps"]].values
    ]
    assert len(change) > 1
    assert change == sorted(change, reverse=True)
    assert offered["gaps"].between(0, 2).all()
    matches = align(left, right, decisions=NONE)
    for row in offered.itertuples():
        met = [(matches[f"{side}_position"] == getattr(row, f"{side}_position")).sum() for side in ("left", "right")]
        assert row.gaps == sum(count == (1 if row.accepted else 0) for count in met)


def test_review_says_where_both_stand_what_else_comes_near_and_what_an_answer_changes() -> None:
    lamps = [f"Lighthouse Lamp {word}" for word in ("Glass", "Oil", "Shade", "Men", "Inventories")]
    left = pd.DataFrame({
        "title": ["Kitchen Garden Rules", "Statement of Purpose", "LAC Reviews", "Reviewing Care Planning Decisions", "Lighthouse Lamp Wicks", "Kitchen Garden Rules"],
        "section": ["Care", None, "Care", "Plans", None, "Other"],
        "href": ["a/p_garden.html#x", *[""] * 5],
    })  # fmt: skip
    right = pd.DataFrame({
        "title": ["Kitchen Gardens Rulebook", "Fostering Statement of Purpose", "Adoption Statement of Purpose", "Looked After Reviews", "Care Planning", *lamps],
        "section": ["Food", None, "Adoption", "Care", "Plans", *[None] * 5],
        "href": ["p_garden.html", *[""] * 9],
    })  # fmt: skip
    offered = review(left, right, 0.4, decisions=NONE).round({"score": 2}).astype(object).fillna("")
    columns = ["left_position", "right_position", "score", "accepted", "gaps", "left_section", "right_section"]
    assert offered[columns].values.tolist() == [
        [1, 1, 0.64, False, 2, "Care", "Food"],  # linked to one file; the second chapter of that title is not asked
        [2, 2, 0.41, True, 2, "", ""],  # the only match of both
        [4, 5, 0.62, True, 2, "Plans", "Plans"],
        *(
            [5, right, score, False, 2, "", ""]
            for right, score in ((7, 0.31), (9, 0.29), (8, 0.27), (6, 0.25), (10, 0.22))
        ),
        [2, 3, 0.39, False, 1, "", "Adoption"],  # the left one has a match
        [4, 4, 0.32, False, 0, "Plans", "Care"],
    ]
    glass, oil, shade, men, _ = lamps
    assert offered[["left_others", "right_others"]].values.tolist() == [
        ["", ""],
        ["Adoption Statement of Purpose", ""],
        ["Looked After Reviews", "LAC Reviews"],
        *(["; ".join(others), ""] for others in ([men, shade, glass], [oil, shade, glass], [oil, men, glass], [oil, men, shade], [oil, men, shade])),
        ["Fostering Statement of Purpose", ""],
        ["Care Planning", "LAC Reviews"],
    ]  # fmt: skip
    found = Alignment(left, right, NONE).candidates().round({"score": 2})
    assert found[["left_position", "right_position", "score"]].values.tolist() == [
        *([3, 4, 1.0], [1, 1, 0.64], [4, 5, 0.62], [2, 2, 0.41], [2, 3, 0.39], [4, 4, 0.32]),
        *([5, 7, 0.31], [5, 9, 0.29], [6, 1, 0.27], [5, 8, 0.27], [5, 6, 0.25], [5, 10, 0.22]),
    ]


def test_pairs_of_equal_scores_come_by_position_then_title() -> None:
    left = pd.DataFrame(
        {"title": ["Consent", "Bullying", "Pets"], "position": [7, 7, 2], "number": ["1.2", None, "1.1"]}
    )
    right = pd.DataFrame({"title": ["Pets", "Consent", "Bullying"], "position": [9, 4, 4], "number": ["3", "2", None]})
    for found in (align(left, right, decisions=NONE), Alignment(left, right, NONE).candidates()):
        assert found[["left_number", "right_number"]].fillna("-").values.tolist() == [
            ["1.1", "3"],
            ["-", "-"],
            ["1.2", "2"],
        ]
        assert found[["left_position", "right_position"]].values.tolist() == [[2, 9], [7, 4], [7, 4]]
        assert [str(found[name].dtype) for name in ("left_position", "right_position", "score", "why")] == ["int64", "int64", "float64", "str"]  # fmt: skip


def test_a_possible_match_of_chapters_that_have_theirs_is_not_asked() -> None:
    left = titles("Fostering Statement of Purpose", "Adoption Statement of Purpose")
    assert review(left, left, decisions=NONE).empty


@pytest.mark.parametrize("confidence", [0.1, 0.3, 0.5, 0.9])
def test_matches_score_at_least_the_confidence(
    milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame, confidence: float
) -> None:
    alignment = Alignment(milton_keynes, oxfordshire, NONE)
    found = alignment.matches(confidence)
    assert (found["score"] >= confidence).all()
    assert pairs(found) <= pairs(alignment.matches(confidence - 0.1))


def test_confidence_has_another_name() -> None:
    left, right = titles("Reviewing the Care Plan"), titles("LAC Reviews")
    low, high = (align(left, right, threshold=confidence, decisions=NONE) for confidence in (0.01, 0.999))
    wicks, glass = titles("Lighthouse Lamp Wicks"), titles("Lighthouse Lamp Glass")
    (score,) = align(wicks, glass, 0.1, decisions=NONE)["score"]
    assert [len(align(wicks, glass, at, decisions=NONE)) for at in (score, score + 1e-6)] == [1, 0]
    assert len(low) == 1
    assert high.empty
    pd.testing.assert_frame_equal(low, align(left, right, confidence=0.01, decisions=NONE))


@pytest.mark.parametrize("left", [titles(), pd.DataFrame({"title": [None, " "]}), titles("x" * 5000)])
def test_empty_blank_and_long(left: pd.DataFrame) -> None:
    for matches in (align(left, titles("Recording"), decisions=NONE), align(titles("Recording"), left, decisions=NONE)):
        assert matches.empty
        assert list(matches.columns) == MATCH_COLUMNS
    assert review(left, left, decisions=NONE)["accepted"].dtype == bool or left.empty


def test_no_title_column_is_named() -> None:
    with pytest.raises(TableError, match="title"):
        align(pd.DataFrame({"name": ["x"]}), titles("x"), decisions=NONE)


def test_duplicates_are_matched_each() -> None:
    matches = align(titles("Exemptions", "Exemptions"), titles("Exemptions"), decisions=NONE)
    assert matches[["left_position", "right_position"]].values.tolist() == [[1, 1], [2, 1]]


KNOWN = st.sampled_from(sorted(sector().names))
TITLES = st.lists(st.one_of(KNOWN, st.text(max_size=60), st.just("Später lernen 儿童")), max_size=12)
CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(TITLES, TITLES)
def test_left_and_right_mirror(left: list[str], right: list[str]) -> None:
    there, back = (align(titles(*a), titles(*b), decisions=NONE) for a, b in ((left, right), (right, left)))
    ends = ["left_position", "right_position", "level", "score"]
    turned = back.rename(columns={"left_position": "right_position", "right_position": "left_position"})
    assert sorted(map(tuple, there[ends].values.tolist())) == sorted(map(tuple, turned[ends].values.tolist()))


@CALM
@given(TITLES, TITLES, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(left: list[str], right: list[str], random: object) -> None:
    table = titles(*left).assign(position=range(1, len(left) + 1))
    order = list(range(len(left)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = align(table.iloc[order], titles(*right), decisions=NONE)
    pd.testing.assert_frame_equal(align(table, titles(*right), decisions=NONE), shuffled)


@CALM
@given(TITLES)
def test_a_manual_against_itself_is_identical(names: list[str]) -> None:
    table = titles(*names)
    matches = align(table, table, decisions=NONE)
    same = matches[matches["left_position"] == matches["right_position"]]
    assert set(same["level"]) <= {"identical"}
    assert len(same) == sum(bool(name.strip()) for name in names)


def test_disjoint_manuals_share_nothing() -> None:
    assert align(
        titles("Harbour Dredging", "Lighthouse Rota"), titles("Bee Keeping", "Kite Repairs"), decisions=NONE
    ).empty


def test_the_same_to_the_byte(milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame) -> None:
    once, again = (align(milton_keynes, oxfordshire, decisions=NONE).to_csv() for _ in range(2))
    assert once == again


def test_another_threshold_reads_nothing_again(
    milton_keynes: pd.DataFrame, oxfordshire: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    alignment = Alignment(milton_keynes, oxfordshire, NONE)
    loose = alignment.matches(0.2)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("procman.matching.alignment.read_chapters", fail)
    strict = alignment.matches(0.9)
    assert len(strict) <= len(loose)


def test_inputs_are_not_changed(oxfordshire: pd.DataFrame) -> None:
    before = oxfordshire.copy(deep=True)
    align(oxfordshire, oxfordshire, decisions=NONE)
    pd.testing.assert_frame_equal(oxfordshire, before)


def test_the_data_is_where_it_says() -> None:
    assert Path(DATA, "wordings.csv").is_file()


def test_a_title_that_joins_two_known_wordings_matches_both() -> None:
    left = titles("Short Breaks and Direct Payments")
    right = titles("Direct Payments", "Short Breaks", "Pathway Plans and Reviews")
    assert set(align(left, right, decisions=NONE)["right_title"]) == {"Direct Payments", "Short Breaks"}


def test_a_title_joined_by_a_million_blanks_is_read() -> None:
    title = f"Short Breaks{' ' * 1_000_000}and{' ' * 1_000_000}Direct Payments"
    assert set(align(titles(title), titles("Direct Payments", "Short Breaks"), decisions=NONE)["level"]) == {"similar"}
    assert len(align(titles("x and " * 200_000), titles("Short Breaks"), decisions=NONE)) == 0


@pytest.mark.parametrize(
    "title", ["Adoption Files: Preservation and Retention", "Consultation, Contacts and Referrals"]
)
def test_an_aspect_is_no_chapter_of_its_own(title: str) -> None:
    right = titles("Case Records and Retention", "Consultation Policy")
    assert align(titles(title), right, decisions=NONE).empty


def decided(verdict: str, *sides: str) -> pd.DataFrame:
    """One decision on two sides, each a council (or none) and a title."""
    row = ("2026-01-02", verdict, *sides, "because")
    return pd.DataFrame([row], columns=list(COLUMNS), dtype="str")


def of(council: str, table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(council=council)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [("A", "B", "decision"), ("B", "A", "decision"), ("C", "D", "identical"), ("A", "D", "identical")],
)
def test_an_accepted_pair_holds_for_the_councils_it_names(left: str, right: str, level: str) -> None:
    accepted = decided("accepted", "A", "Staying Put", "B", "Staying Put")
    matches = align(of(left, titles("Staying Put")), of(right, titles("Staying Put")), decisions=accepted)
    assert matches["level"].tolist() == [level]
    everywhere = decided("accepted", "", "Staying Put", "", "Staying Put")
    matches = align(of(left, titles("Staying Put")), of(right, titles("Staying Put")), decisions=everywhere)
    assert matches["level"].tolist() == ["decision"]


@pytest.mark.parametrize(("left", "right", "offered"), [("A", "B", 0), ("C", "D", 1), ("A", "D", 1)])
def test_a_rejected_pair_is_left_out_of_review_for_the_councils_it_names(left: str, right: str, offered: int) -> None:
    one, two = of(left, titles("Kitchen Garden Rules")), of(right, titles("Kitchen Gardens Rulebook"))
    rejected = decided("rejected", "A", "Kitchen Garden Rules", "B", "Kitchen Gardens Rulebook")
    assert len(review(one, two, decisions=rejected)) == offered
    rejected = decided("rejected", "", "Kitchen Garden Rules", "", "Kitchen Gardens Rulebook")
    assert review(one, two, decisions=rejected).empty


def test_a_decision_holds_for_a_chapter_beside_which_a_publisher_is_printed() -> None:
    left, right = titles("Kitchen Garden Rules").assign(publisher="Harbour Board"), titles("Beds and Borders")
    accepted = decided("accepted", "", "Kitchen Garden Rules", "", "Beds and Borders")
    assert align(left, right, decisions=accepted)["level"].tolist() == ["decision"]


SAME = "The titles are the same."
ORDER = "The same words, except for order, small words and words like “policy”."


@pytest.mark.parametrize(
    ("left", "right", "level", "score", "why"),
    [
        ("Staying Put", "Staying Put", "identical", 1.0, SAME),
        ("Staying Put Policy", "The Staying Put Procedure", "wording", 0.98, ORDER),
        ("Harbour Master’s Rules", "Rules of the Harbour Master", "wording", 0.98, ORDER),
        ("LAC Reviews", "Children in Care Reviews", "sector wording", 1.0, "Both are wordings of “Looked after reviews”."),
        ("Regulation 24", "Kinship Carers", "sector wording", 1.0, "Both are wordings of “Placement with kinship carers”."),
        ("Fostering and Adoption Panel", "Adoption Panel", "sector wording", 1.0, "Both are wordings of “Adoption panel”."),
        ("Right Help, Right Time", "Threshold Document", "sector wording", 1.0, "Both are wordings of “Thresholds”."),
        ("Harbour LAC Regatta", "Regatta for Children in Care, Harbour", "sector wording", 1.0, "Both are wordings of one procedure."),
        (
            *("Short Breaks and Direct Payments", "Direct Payments", "similar", 1.0),
            "Both read as “Direct payments”: “Short Breaks and Direct Payments” is like “short break + direct payment”.",
        ),
        (
            *("Approval and Matching Panel", "Matching Panel", "similar", 1.0),
            "Both read as “Matching panel”: “Approval and Matching Panel” is like “approval panel + match panel”.",
        ),
        (
            *("Procedure for the Transfer of Cases Between Social Work Teams", "Case Transfer Protocol", "similar", 1.0),
            "Both read as “Case transfer”: “Procedure for the Transfer of Cases Between Social Work Teams” is like “Case Transfers between Teams”.",
        ),
        ("Reviewing Care Planning Decisions", "Looked After Reviews", "possible", 0.3, "Each may be “Decision to look after and care planning”."),
        ("Statement of Purpose", "Fostering Statement of Purpose", "possible", 0.4, "Each may be “Fostering statement of purpose”."),
        ("Kitchen Garden Rules", "Kitchen Gardens Rulebook", "possible", 0.3, "Each may be “Food Safety”."),
        (
            *("Lighthouse Lamp Wicks", "Lighthouse Lamp Glass", "possible", 0.2),
            "The titles have “Lamp” and “Lighthouse” in common; neither is a known wording.",
        ),
        ("Assessments", "Assessment (Oxfordshire Safeguarding Children Board Procedures Manual)", None, 0.0, ""),
        ("Adoption Reviews", "Looked After Reviews", None, 0.0, ""),
        ("Contact with Parents and Siblings", "Contacts and Referrals", None, 0.0, ""),
    ],
)  # fmt: skip
def test_a_pair_says_how_surely_it_is_one_and_why(
    left: str, right: str, level: str | None, score: float, why: str
) -> None:
    alignment = Alignment(titles(left), titles(right), NONE)
    found, accepted = alignment.candidates(), alignment.matches()
    said = found[["level", "score", "why"]].round(1).values.tolist()
    assert [[row[0], row[1], row[2]] for row in said] == (
        [] if level is None else [[level.replace("possible", "similar"), round(score, 1), why]]
    )
    assert len(accepted) == (level not in (None, "possible"))


@pytest.mark.parametrize(
    ("joint", "parts"),
    [
        (
            "Placements in Looked After Services (Children's Homes, Foster Care, Supported Lodgings)",
            ["Placements in Residential Care", "Placements in Foster Care", "Supported Lodgings"],
        ),
        ("Approval and Matching Panel", ["Approval Panel", "Matching Panel"]),
        ("Consents and Delegated Authority", ["Capacity and Consent", "Delegation of Authority to Foster Carers"]),
    ],
)
def test_a_joint_chapter_matches_each_of_its_parts(joint: str, parts: list[str]) -> None:
    others = ["Adoption Records", "Missing Children", "Looked After Reviews"]
    assert set(align(titles(joint), titles(*parts, *others), decisions=NONE)["right_title"]) == set(parts)


def test_many_equal_titles_are_reviewed_once() -> None:
    table = titles(*["Kitchen Garden Rules"] * 300)
    assert review(table, titles(*["Kitchen Gardens Rulebook"] * 300), decisions=NONE).shape[0] == 1


def test_a_title_of_brackets_costs_no_more_than_its_first_characters() -> None:
    assert align(titles("a (b) " * 100_000), titles("Short Breaks"), decisions=NONE).empty


def test_a_person_is_asked_about_few_pairs_of_one_title() -> None:
    alike = titles(*[f"Kitchen Gardens Rulebook {number}" for number in range(11, 37)])
    offered = review(titles("Kitchen Garden Rulebook"), alike, decisions=NONE)
    assert len(offered) == 20
    assert len(align(titles("Kitchen Garden Rulebook"), alike, 0.1, decisions=NONE)) == 26


def test_a_title_repeated_thousands_of_times_makes_no_millions_of_pairs():
    """Only the first hundred of each side are paired, mirrored too; the repeated title stays a match."""
    line = "1.{} Working Together\n"
    sides = [
        procman.read_manual(io.StringIO("1. All\n" + "".join(map(line.format, range(1, 301)))), council=council).entries
        for council in ("North", "South")
    ]
    pairs = align(*sides, decisions=NONE)
    assert len(pairs) == len(align(*sides[::-1], decisions=NONE)) == 100 * 100
    assert set(pairs["level"]) == {"identical"}
    assert review(*sides, decisions=NONE).empty
