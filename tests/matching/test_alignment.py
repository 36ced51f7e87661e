"""Alignment: against the labelled truth, and properties that hold for any titles."""

from __future__ import annotations

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
from procman.matching.chapters import THRESHOLD
from procman.matching.concepts import sector
from procman.matching.evaluation import evaluate, variant_cases
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
    assert matches["score"].between(THRESHOLD, 1).all()
    assert (matches["why"].str.len() > 10).all()
    assert matches[["left_position", "right_position"]].apply(tuple, axis=1).is_monotonic_increasing
    assert not matches.duplicated(["left_position", "right_position"]).any()


def test_only_chapters_are_matched() -> None:
    left = pd.DataFrame({"kind": ["section", "chapter", "see_also"], "title": ["Recording", "Staying Put", "Advocacy"]})
    assert pairs(align(left, titles("Recording", "Staying Put", "Advocacy"), decisions=NONE)) == {
        ("Staying Put", "Staying Put")
    }


def test_the_section_decides_where_the_title_cannot() -> None:
    left = pd.DataFrame({"title": ["Statement of Purpose"], "section": ["Adoption"]})
    right = titles("Fostering Statement of Purpose", "Adoption Statement of Purpose")
    assert pairs(align(left, right, decisions=NONE)) == {("Statement of Purpose", "Adoption Statement of Purpose")}


def test_a_tie_is_left_for_review() -> None:
    left, right = (
        titles("Statement of Purpose"),
        titles("Fostering Statement of Purpose", "Adoption Statement of Purpose"),
    )
    assert align(left, right, decisions=NONE).empty
    offered = review(left, right, decisions=NONE)
    assert set(offered["right_title"]) == set(right["title"])
    assert not offered["believed"].any()


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
    assert [*MATCH_COLUMNS, "believed"] == list(offered.columns)
    assert (offered["score"] - THRESHOLD).abs().is_monotonic_increasing
    assert pairs(alignment.matches()) <= pairs(alignment.candidates())


def test_a_lower_threshold_only_adds_what_is_known() -> None:
    left, right = (
        titles("Changes to Terms of Approvals", "Reviewing the Care Plan"),
        titles("Exemptions", "LAC Reviews"),
    )
    alignment = Alignment(left, right, NONE)
    assert set(alignment.matches(0.99)["score"]) <= {1.0}
    assert (alignment.matches(0.2)["score"] >= 0.2).all()


@pytest.mark.parametrize("left", [titles(), pd.DataFrame({"title": [None, " "]}), titles("x" * 5000)])
def test_empty_blank_and_long(left: pd.DataFrame) -> None:
    for matches in (align(left, titles("Recording"), decisions=NONE), align(titles("Recording"), left, decisions=NONE)):
        assert matches.empty
        assert list(matches.columns) == MATCH_COLUMNS
    assert review(left, left, decisions=NONE)["believed"].dtype == bool or left.empty


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


@CALM
@given(TITLES, TITLES)
def test_matches_have_no_chains(left: list[str], right: list[str]) -> None:
    """Two chapters that meet a third meet the same chapters (but for a chapter that joins several procedures)."""
    one, two = ([n for n in names if len(sector().read([(n, "")])[0].concepts) < 2] for names in (left, right))
    found = pairs(align(titles(*one), titles(*two), decisions=NONE))
    partners = {a: {d for c, d in found if c == a} for a, _ in found}
    for a, b in found:
        assert all(partners[c] == partners[a] for c, d in found if d == b)


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
    loose = alignment.matches(0.5)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("procman.matching.alignment.read_chapters", fail)
    strict = alignment.matches(0.9)
    assert len(strict) < len(loose)


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
