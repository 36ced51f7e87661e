"""The fitted score: its file, its features, and what is kept of its measurement."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from procman.errors import TableError
from procman.files import DATA
from procman.matching.concepts import sector
from procman.matching.evaluation import reliability
from procman.matching.scoring import (
    PAIR_SCORES,
    Features,
    Scorer,
    Title,
    apart,
    candidate_pairs,
    differ,
    features,
    pair_score,
    read_scorer,
    scorer,
)
from procman.tables import LEVELS

TITLES = st.one_of(st.sampled_from(sorted(sector().names)), st.text(max_size=60))
SHARE = st.floats(0, 1)


def ready(*names: str) -> list[Title]:
    return [Title(reading, sector()) for reading in sector().read(names)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TITLES, TITLES)
def test_features_are_shares_and_the_same_either_way(left: str, right: str) -> None:
    one, two = ready(left, right)
    assert features(one, two) == features(two, one)
    assert all(0 <= value <= 1 for value in features(one, two))
    assert 0 <= pair_score(one, two) <= 1


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_nearer_pair_scores_more(concept: float, words: float, letters: float, more: float) -> None:
    score = scorer()
    low = score(Features(concept, 0, words, letters))
    for nearer in (
        Features(max(concept, more), 0, words, letters),
        Features(concept, 0, max(words, more), letters),
        Features(concept, 0, words, max(letters, more)),
    ):
        assert score(nearer) >= low
    assert score(Features(concept, 1, words, letters)) <= low


def test_titles_for_different_people_are_half_as_sure() -> None:
    one, two = ready("Statement of Purpose", "Fostering Statement of Purpose")
    assert pair_score(one, two) == pytest.approx(scorer()(features(one, two)) / 2, abs=1e-5)
    one, two = ready("Fostering and Adoption Panel", "Adoption Panel")
    assert pair_score(one, two) == scorer()(features(one, two))


def test_a_pair_is_scored_by_chapter_words_and_letters() -> None:
    """As a person reckons it: four unknown words, of which two are in both titles; then a known wording."""
    one, two = ready("Lighthouse Lamp Wicks", "Lighthouse Lamp Glass")
    assert [sector().weight(word) for word in ("lighthouse", "lamp", "wick", "glass")] == [0.8] * 4
    letters = fuzz.ratio("lamp lighthouse wick", "glass lamp lighthouse") / 100
    assert features(one, two) == (0.8 * (2 / 3) ** 2, 0, round(2 / 3, 6), round(letters, 6))
    one, two = ready("Staying Put", "Staying Put Post 18 Years Financial Policy")  # of each other they are next best
    known = {title.reading.wording: dict(title.reading.others) for title in (one, two)}
    near = min(known["Staying Put"]["Staying put finance"], 0.8 * 0 + known[two.reading.wording]["Staying put"])
    assert features(one, two)[:2] == pytest.approx((0.8 * max(near, *known["Staying Put"].values()) / 2, 1), abs=1e-6)
    one, two = ready("Kitchen Garden Rules", "Kitchen Gardens Rulebook")  # of which one means a chapter
    (rules,) = (rating for concept, rating in one.reading.others if concept == "Food Safety")
    assert features(one, two)[:2] == (
        0.8 * rules if "Food Safety" not in two.reading.concepts else one.leads["Food Safety"],
        0,
    )


def test_a_score_is_of_the_weighted_sum() -> None:
    scored = Scorer((1.0, -2.0, 0.5, 4.0), 0.25, 0.6, 0.2)
    assert scored(Features(0.5, 1, 0.5, 0.25)) == round(1 / (1 + math.exp(-(0.25 + 0.5 - 2 + 0.25 + 1))), 6) == 0.5
    assert scored(Features(0, 0, 0, 0)) == 0.562177


def test_a_file_gives_weights_by_name(tmp_path: Path) -> None:
    path = tmp_path / "pair_scores.toml"
    path.write_text(
        "possible = 0.1\naccepted = 0.7\nintercept = -3\n[weights]\nletters = 4\nwords = 3\ndifferent = -2\nconcept = 1\n"
    )
    assert read_scorer(path) == Scorer((1.0, -2.0, 3.0, 4.0), -3.0, 0.7, 0.1)


@pytest.mark.parametrize(
    ("one", "two", "different", "other"),
    [
        ("Consent", "Overnight Stays", True, True),  # known wordings of two chapters
        ("Consent", "Capacity and Consent", False, False),
        ("Staying Put for Harbour Masters", "Overnight Stays", False, True),  # two chapters, one only like its wording
        ("Fostering and Adoption Panel", "Adoption Panel", False, False),  # a joint chapter
        ("Fostering Harbour", "Adoption Harbour", False, True),  # of no chapter; other people
        ("Harbour (Fostering)", "Harbour (Adoption)", False, True),
        ("Fostering Harbour", "Fostering Kites", False, False),
        ("Harbour", "Overnight Stays", False, False),
    ],
)
def test_titles_of_two_chapters_or_for_other_people_are_apart(one: str, two: str, different: bool, other: bool) -> None:
    for left, right in (ready(one, two), ready(two, one)):
        assert (differ(left.reading, right.reading), apart(left, right)) == (different, other)
        assert pair_score(left, right) == pytest.approx(scorer()(features(left, right)) / (2 if other else 1), abs=1e-6)


def test_of_many_titles_the_nearest_hundred_are_compared_then_the_first_in_the_alphabet() -> None:
    names = [f"Lighthouse kite{first}{second}" for first in "abcdefghijkl" for second in "bcdfgjklmnp"]
    (title,) = ready("Lighthouse")
    others = ready(*reversed(names))
    assert not title.leads
    found = [two.reading.form.plain for _, two in candidate_pairs([title], others)]
    assert found == [name.casefold() for name in names[:100]]


def test_a_title_is_compared_with_a_hundred_others_of_a_chapter() -> None:
    others = ready(*[f"Staying Put {number}" for number in range(150)])
    assert 100 <= len(list(candidate_pairs(ready("Staying Put"), others))) < 150


@pytest.mark.parametrize("text", ["accepted = ", "accepted = 0.5", "[weights]\nconcept = 'much'", "\x00"])
def test_a_faulty_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pair_scores.toml"
    path.write_text(text)
    with pytest.raises(TableError, match=r"pair_scores\.toml: the fitted score cannot be read"):
        read_scorer(path)
    with pytest.raises(TableError, match=r"none\.toml"):
        read_scorer(tmp_path / "none.toml")


def test_the_confidence_is_above_what_is_possible() -> None:
    found = read_scorer(PAIR_SCORES)
    assert 0 < found.possible < found.accepted < 1


@pytest.fixture(scope="module")
def held_out() -> pd.DataFrame:
    return pd.read_csv(DATA / "held_out" / "pairs.csv", keep_default_na=False, na_values={"level": "", "score": ""})


def test_the_figures_are_those_of_the_pairs_kept(held_out: pd.DataFrame) -> None:
    figures = pd.read_csv(DATA / "held_out" / "figures.csv").set_index("matcher")
    for name, pairs in (("", held_out), (", councils whose titles nobody looked at", held_out[~held_out["looked_at"]])):
        hits = (pairs["right"] & pairs["accepted"]).sum()
        row = figures.loc[f"procman{name}"]
        assert row["precision"] == pytest.approx(hits / pairs["accepted"].sum(), abs=1e-4)
        assert row["recall"] == pytest.approx(hits / pairs["right"].sum(), abs=1e-4)
    assert figures.loc["procman", "precision"] >= 0.97
    assert figures.loc["procman", "f1"] == figures["f1"].max()


def test_scores_of_pairs_left_out_mean_what_they_say(held_out: pd.DataFrame) -> None:
    table = reliability(held_out)
    assert list(table["level"].unique()) == [level for level in LEVELS if level in set(table["level"])]
    error = ((table["mean_score"] - table["share_right"]).abs() * table["pairs"]).sum() / table["pairs"].sum()
    assert error < 0.1
    assert table["pairs"].sum() == held_out["score"].notna().sum()
