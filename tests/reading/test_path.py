"""The best reading of a page: against every reading there is, for pages of a few rows."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from procman.reading.path import NEVER, Choice, best_path

LABELS = ("heading", "chapter", "note", "title")
#: Two labels of one kind.
KINDS = {"note": "no entry", "title": "no entry"}
POINTS = st.integers(-20, 20)


@given(
    st.lists(st.dictionaries(st.sampled_from(LABELS), POINTS, min_size=1), max_size=5),
    st.dictionaries(st.tuples(st.integers(0, 4), st.sampled_from(("", *LABELS)), st.sampled_from(LABELS)), POINTS),
)
def test_the_reading_with_the_most_points_is_chosen(
    own: list[dict[str, int]], steps: dict[tuple[int, str, str], int]
) -> None:
    def total(labels: tuple[str, ...]) -> int:
        rows = enumerate(zip(("", *labels), labels, strict=False))
        return sum(own[k][label] + steps.get((k, before, label), 0) for k, (before, label) in rows)

    found = best_path(own, lambda k, before, label: steps.get((k, before, label), 0), KINDS)
    totals = {labels: total(labels) for labels in product(*own)}
    best = max(totals.values())
    assert totals[tuple(choice.label for choice in found)] == best
    for k, choice in enumerate(found):
        kind = KINDS.get(choice.label, choice.label)
        others = {labels: points for labels, points in totals.items() if KINDS.get(labels[k], labels[k]) != kind}
        if not others:
            assert choice == Choice(choice.label)
            continue
        assert choice.margin == best - max(others.values())
        assert choice.second in [labels[k] for labels, points in others.items() if best - points == choice.margin]


def test_a_row_that_can_be_nothing_else_has_the_margin_of_what_never_is() -> None:
    assert best_path([{"chapter": 4}], lambda *_: 0, {}) == [Choice("chapter", "", -NEVER)]
    assert best_path([{"note": 4, "title": 1}], lambda *_: 0, KINDS) == [Choice("note", "", -NEVER)]


def test_in_a_tie_the_first_label_wins() -> None:
    assert [choice.label for choice in best_path([{"chapter": 1, "heading": 1}], lambda *_: 0, {})] == ["chapter"]


def test_what_may_not_follow_is_chosen_only_where_nothing_else_can() -> None:
    rows = [{"heading": 90}, {"heading": 90, "chapter": -90}]
    never = lambda k, before, label: NEVER if before == label else 0  # noqa: E731
    assert [choice.label for choice in best_path(rows, never, {})] == ["heading", "chapter"]
