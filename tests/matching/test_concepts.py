"""Read titles with a small made-up list of wordings: what a title means, how near it is, and what else it could mean."""

import math

import pytest

from procman.matching.concepts import Sector, most_common
from procman.matching.titles import Wording, Wordings

LIST = {
    "chapter title": [
        *(("Swimming", "Harbour Swimming"), ("Swimming", "Sea Bathing"), ("Mining", "Coal Mining"), ("Parades", "Lantern Parade")),
        *(("Kite permits", "Kite Flying Permits"), ("Kite records", "Kite Flying Records"), ("Meetings", "Team Visits")),
        *(("Mining", "Quarry Lantern Parade Rota"), ("Swimming", "Quarry Lantern Parade Rota")),  # one chapter for both
        *(("Baths", "Adult Steam Baths"), ("Child baths", "Child Steam Baths")),
    ],
    "local name": [("Puffins", "Puffin Club"), ("Swimming", "Otter Pool Hour")],
    "look-alike": [("Mining", "Coal Sales")],
    "stock phrase": [("", "policy")],
    "weak word": [("", "team"), ("", "visit")],
    "distinction": [("", "permit"), ("", "record")],
    "audience": [("", "adult"), ("", "child")],
}  # fmt: skip
READ = [
    # A known wording, in any order, misspelt, with a stock phrase, across a slash.
    ("Harbour Swimming", ("Swimming",), 1, "Harbour Swimming", []),
    ("Harbour Swimming Policy", ("Swimming",), 1, "Harbour Swimming", []),
    ("Habour Swimming", ("Swimming",), 1, "Harbour Swimming", []),
    ("Parade / Lantern", ("Parades",), 1, "Lantern Parade", [("Mining", 0.705), ("Swimming", 0.696)]),
    ("Quarry Lantern Parade Rota", ("Mining", "Swimming"), 1, "Quarry Lantern Parade Rota", [("Parades", 0.614)]),
    ("Adult Steam Baths", ("Baths",), 1, "Adult Steam Baths", [("Child baths", 0.538)]),
    # A word more, weak or unknown, in the title's main part or aside; a word of each of two wordings.
    ("Coal Mining Visits", ("Mining",), 0.887, "Coal Mining", []),
    ("Coal Mining (Deep Shafts)", ("Mining",), 0.815, "Coal Mining", []),
    ("Deep Shafts: Coal Mining", ("Mining",), 0.815, "Coal Mining", []),
    ("Swimming in the Harbour", ("Swimming",), 0.723, "Harbour Swimming", []),
    ("Sea Swimming", ("Swimming",), 0.677, "Harbour Swimming", []),
    ("Lantern Parade Mining", ("Parades",), 0.638, "Lantern Parade", [("Mining", 0.654), ("Swimming", 0.495)]),
    ("Lantern Mining Harbour Kite Sea", ("Swimming",), 0.379, "Harbour Swimming", [("Mining", 0.34)]),
    # Equally near to two: neither. Another audience: less near.
    ("Kite Flying", (), 0.688, "Kite Flying Permits", [("Kite permits", 0.791), ("Kite records", 0.791)]),
    ("Kite Flying Permit Records", (), 0.698, "Kite Flying Permits", [("Kite permits", 0.803), ("Kite records", 0.803)]),
    ("Steam Baths", (), 0.631, "Adult Steam Baths", [("Baths", 0.726), ("Child baths", 0.726)]),
    ("Adult Child Steam Baths", (), 0.624, "Adult Steam Baths", [("Baths", 0.718), ("Child baths", 0.718)]),
    ("Adult Harbour Swimming", ("Swimming",), 0.646, "Harbour Swimming", [("Baths", 0.354)]),
    # Two chapters in one, where each half is a wording and they are of different chapters.
    ("Harbour Swimming and Coal Mining", ("Mining", "Swimming"), 0.87, "harbour swimming + coal mining", []),
    ("Harbour Swimming & Lantern Parade", ("Parades", "Swimming"), 0.87, "harbour swimming + lantern parade", [("Mining", 0.363)]),
    ("Harbour Swimming and Sea Bathing", ("Swimming",), 0.725, "Harbour Swimming", []),
    ("Coal and Lantern Parade", ("Parades",), 0.593, "Lantern Parade", [("Mining", 0.564), ("Swimming", 0.451)]),
    ("Kite Club (Flying Permits, Flying Records)", ("Kite permits", "Kite records"), 0.87, "flying kite permit + flying kite record", []),
    # A look-alike is nothing, and what is nearest to it neither. A local name, and weak words alone, are only themselves.
    ("Coal Sales", (), 1, "Coal Sales", [("Mining", 0.413)]),
    ("Coal (Mining, Sales)", (), 0.757, "Coal Sales", [("Mining", 0.781)]),
    ("Puffin Club", ("Puffins",), 1, "Puffin Club", []),
    ("Team Visits", ("Meetings",), 1, "Team Visits", []),
    *((title, (), 0, "Adult Steam Baths", []) for title in ("Puffin Club Rules", "Otter Pool", "Visits by Team", "Team", "Moon")),
]  # fmt: skip


@pytest.fixture(scope="module")
def known():
    return Sector(Wordings.of(Wording(*row, kind, "made up") for kind, rows in LIST.items() for row in rows))


@pytest.mark.parametrize(("title", "concepts", "likeness", "wording", "others"), READ, ids=[row[0] for row in READ])
def test_what_a_title_is_read_as(known, title, concepts, likeness, wording, others):
    (reading,) = known.read([title])
    assert (reading.concepts, round(reading.likeness, 3), reading.wording) == (concepts, likeness, wording)
    assert [(concept, round(rating, 3)) for concept, rating in reading.others] == others
    assert reading.known == (likeness == 1)


def test_titles_are_read_alike_alone_and_together(known):
    titles = [row[0] for row in READ]
    again = Sector(known.terms)
    assert again.read([*titles, *reversed(titles)]) == [*known.read(titles), *reversed(known.read(titles))]


def test_a_word_of_few_chapters_tells_more_and_weak_ones_little(known):
    number = len(known.concepts)
    rare = 0.4 + math.log(number) / math.log(number + 1)
    of_two = 0.4 + math.log(number / 2) / math.log(number + 1)
    assert number == 10  # the look-alike's among them
    assert known.weight("sea") == pytest.approx(rare)
    assert known.weight("coal") == pytest.approx(of_two)
    assert known.weight("permit") == pytest.approx(1.2 * rare)
    assert known.weight("team") == known.weight("visit") == 0.3
    assert known.weight("moon") == 0.8


def test_a_rating_is_likeness_words_known_and_words_expected(known):
    """“Coal Mining Visits” as a person reckons it. Mining has two wordings, so each word of one is expected by half."""
    coal, mining, visit = (known.weight(word) for word in ("coal", "mining", "visit"))
    other = sum(known.weight(word) for word in ("quarry", "lantern", "parade", "rota"))
    nearest = 2 * (coal + mining) / (2 * (coal + mining) + visit)
    covered = (coal + mining) / (coal + mining + visit)
    expected = (coal + mining) / (coal + mining + other)
    rating = 0.6 * nearest + 0.3 * covered + 0.1 * expected
    lead = 0.3  # no other comes near: the most that counts
    assert known.read(["Coal Mining Visits"])[0].likeness == pytest.approx(
        (rating + lead / 2) / (1 + lead / 2), abs=1e-5
    )


def test_a_common_word_joins_no_two_chapters_and_a_term_of_two_words_does():
    chapters = [
        "Log",
        "Log Books",
        "Log Cabins",
        "Bee Keeping",
        "Short Breaks",
        "Short Break Plans",
        "Short Break Fees",
    ]
    rows = [(name, name, "chapter title") for name in chapters] + [("short break", "respite", "renaming")]
    known = Sector(Wordings.of(Wording(*row, "made up") for row in rows))
    assert known.weight("log") == known.weight("short break") < 1.2 < known.weight("bee")
    titles = ["Log and Bee Keeping", "Respite and Bee Keeping", "Log Books and Bee Keeping"]
    assert [reading.concepts for reading in known.read(titles)] == [
        ("Bee Keeping",),
        ("Bee Keeping", "Short Breaks"),
        ("Bee Keeping", "Log Books"),
    ]


def test_five_other_chapters_are_kept_however_many_look_alikes_come_between():
    names = [f"Quay Crane {word}" for word in ("Adze", "Bolt", "Cord", "Dock", "Edge", "Flag", "Gate")]
    rows = [(name, name, "chapter title") for name in names]
    rows += [("Alike", f"Quay Crane Mast {number}x", "look-alike") for number in range(20)]
    (reading,) = Sector(Wordings.of(Wording(*row, "made up") for row in rows)).read(["Quay Crane"])
    assert reading.concepts == ()
    assert [concept for concept, _ in reading.others] == names[:5]


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("habour", "harbour"),
        ("swiming", "swimming"),
        ("quarrry", "quarry"),
        ("lantren", "lantren"),
        ("kit", "kit"),
        ("coals", "coals"),
        ("harb0ur", "harb0ur"),
        ("parad", "parad"),
        ("quarry1", "quarry1"),
    ],
)
def test_long_words_may_be_misspelt_a_little(known, word, spelled):
    assert known.spelled(word) == spelled


def test_of_equals_the_shortest_then_the_first_is_most_common():
    assert most_common(["b", "a", "cc"]) == "a"
    assert most_common(["bb", "bb", "a"]) == "bb"
    assert most_common(["aaa", "bb", "aaa", "bb"]) == "bb"
