"""Deciding on matches among three councils: which pairs are shown, in which order, which comes next, and the messages."""

import io

import pytest

from procman import read_manual
from procman.errors import TableError
from procman.library.decisions import read_decisions
from procman.panels import AlignPanel

PAGES = {
    "Ayle": ("Private Fostering", "Looked After Reviews", "Harbour Swimming"),
    "Beere": ("Private Fostering", "Children in Care Reviews", "Coal Mining"),
    "Coast": ("Private Fostering Arrangements", "Lighthouse Visits"),
}


@pytest.fixture
def panel(tmp_path):
    manuals = [
        read_manual(io.StringIO("1. Care\n\n" + "".join(f"1.{n} {t}\n" for n, t in enumerate(titles, 1))), council)
        for council, titles in PAGES.items()
    ]
    return AlignPanel(manuals, decisions=tmp_path / "decisions.csv", folder=tmp_path)


def test_choosing_one_council_again_exchanges_the_two(panel):
    assert panel.councils == ["Ayle", "Beere"]
    panel.right = "Coast"
    assert panel.councils == ["Ayle", "Coast"]
    panel.left = "Coast"
    assert panel.councils == ["Coast", "Ayle"]
    panel.right = "Coast"
    assert panel.councils == ["Ayle", "Coast"]
    panel.left = "Beere"
    assert panel.councils == ["Beere", "Coast"]
    panel.councils = ["Coast", "Beere"]
    assert panel.councils == ["Coast", "Beere"]
    assert set(panel.matches["left_title"]) <= set(PAGES["Coast"])
    assert set(panel.matches["right_title"]) <= set(PAGES["Beere"])


def test_pairs_in_doubt_stand_first_each_once_with_kind_and_score(panel):
    options = {pair: label for label, pair in panel.pair.options}
    doubtful = [*panel.doubtful[["left_title", "right_title"]].itertuples(index=False, name=None)]
    matched = [*panel.matches[["left_title", "right_title"]].itertuples(index=False, name=None)]
    assert ("Private Fostering", "Private Fostering") in matched
    assert [*options] == [*dict.fromkeys([*doubtful, *matched])]
    assert panel.pair.value == next(iter(options))
    said = options["Private Fostering", "Private Fostering"]
    assert said.startswith("Private Fostering — Private Fostering (matched, ")


def test_a_decision_is_kept_for_these_two_councils_and_the_next_pair_comes_up(panel):
    pair = ("Looked After Reviews", "Children in Care Reviews")
    assert len(panel.pair.options) >= 2
    panel.pair.value = pair
    place = panel.pair.index
    assert panel.undo_button.disabled
    panel.reason.value = "other children"
    panel.reject_button.click()
    assert panel.message == "Rejected: “Looked After Reviews” and “Children in Care Reviews”. Undo withdraws it."
    (row,) = read_decisions(panel.comparison.decisions_file).itertuples()
    assert (row.left_council, row.left_title, row.right_council, row.right_title) == ("Ayle", pair[0], "Beere", pair[1])
    assert (row.decision, row.reason, panel.reason.value) == ("rejected", "other children", "")
    assert pair not in [each for _, each in panel.pair.options]
    assert panel.pair.index == min(place, len(panel.pair.options) - 1)
    assert not panel.undo_button.disabled
    panel.undo_button.click()
    assert pair in [each for _, each in panel.pair.options]
    assert panel.undo_button.disabled


def test_skipping_goes_round(panel):
    number = len(panel.pair.options)
    places = []
    for _ in range(number + 1):
        places.append(panel.pair.index)
        panel.skip()
    assert places == [*range(number), 0]


def test_a_pair_is_explained_by_both_sides(panel):
    panel.pair.value = ("Private Fostering", "Private Fostering")
    assert panel.why.value.startswith("<p>Ayle: 1.1 Private Fostering.</p><p>Beere: 1.1 Private Fostering.</p>")
    row = panel.matches.set_index("left_title").loc["Private Fostering"]
    assert f"{row['why']} Score {row['score']:.2f}." in panel.why.value
    panel.pair.value = None
    assert panel.why.value == ""
    panel.confirm_button.click()
    assert "Choose a pair first" in panel.message
    with pytest.raises(TableError):
        panel.undo()
