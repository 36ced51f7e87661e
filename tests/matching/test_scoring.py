"""The fitted score: its file, its features, and what is kept of its measurement."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procman.errors import TableError
from procman.files import DATA
from procman.matching.concepts import sector
from procman.matching.evaluation import reliability
from procman.matching.scoring import (
    PAIR_SCORES,
    Features,
    Title,
    candidate_pairs,
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
