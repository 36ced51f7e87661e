"""The checklist is whole and can be checked; what it finds is what the pages print."""

import re

import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.errors import TableError
from procman.matching.topics import topics
from procman.measures import TABLES
from procman.measures.duties import STATES, audit, by_duty, read_duties


def states(*titles, edition=None, **more):
    """{duty: state} on a page of these chapters."""
    page = "1. All Children\n\n" + "".join(f"1.{n} {title}\n" for n, title in enumerate(titles, 1))
    entries = read_manual(page.encode(), "Northwick", edition=edition).entries
    return TABLES["duties on the page"].check(audit(entries, **more)).set_index("duty")["state"]


def test_the_checklist_is_whole():
    table = read_duties()
    assert 25 <= len(table) <= 45
    assert table["duty"].is_unique
    assert table["topic"].is_unique
    assert table["since"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])").all()
    ended = table.dropna(subset="until")
    assert (ended["until"] > ended["since"]).all()
    # Each cites an act, regulations, or a named guidance with its year.
    assert table["basis"].str.contains(r"\b(?:Act|Regulations|guidance|Working Together|Handbook)\b").all()
    assert table["basis"].str.contains(r"\b(?:19|20)\d\d\b").all()
    assert table["source"].str.match(r"https://www\.legislation\.gov\.uk/|Department for ").all()


@pytest.mark.parametrize("column", ["wordings", "near"])
def test_every_wording_finds_a_title_of_its_words(column):
    for duty in read_duties().dropna(subset=column).itertuples():
        for wording in getattr(duty, column).split(";"):
            title = re.sub(r"\*", "", wording).strip().title()
            assert states(title)[duty.duty] in STATES[:2], wording


@pytest.mark.parametrize(
    ("duty", "title", "state"),
    [
        ("staying-put", "Staying Put Policy", "present"),
        ("staying-put", "Supported Lodgings", "doubtful"),
        ("staying-put", "Staying in Touch", "not found"),
        ("family-and-friends-kinship-care", "Placement with Kinship Carers", "doubtful"),
        ("family-and-friends-kinship-care", "Kinship Care", "present"),
        ("early-help", "Cafcass Reports", "not found"),
        ("special-guardianship-support", "Applications for Special Guardianship Orders", "doubtful"),
        ("fostering-service-statement-of-purpose", "Adoption Statement of Purpose", "doubtful"),
        ("local-protocol-for-assessment", "Local Protocols for Assessment - to follow", "doubtful"),
    ],
)
def test_states(duty, title, state):
    assert states(title)[duty] == state


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("to follow", "doubtful"),
        ("Chapter to follow", "doubtful"),
        ("link to the following guidance", "present"),
        ("link to following guidance", "present"),
    ],
)
def test_only_a_chapter_to_follow_is_not_there_yet(note, state):
    entries = read_manual(b"1. All Children\n\n1.1 Consent\n1.2 Staying Put\n", "Northwick").entries
    entries["note"] = entries["note"].where(entries["title"] != "Staying Put", note)
    table = audit(entries).set_index("duty")
    assert table.loc["staying-put", "state"] == state


def test_a_heading_alone_is_doubtful():
    page = "1. Private Fostering\n\n1.1 Consent\n1.2 Records\n"
    table = audit(read_manual(page.encode(), "Northwick").entries).set_index("duty")
    assert table.loc["private-fostering", "state"] == "doubtful"
    assert "heading" in table.loc["private-fostering", "why"]


def test_a_topic_finds_a_chapter_under_another_name():
    page = "1. All Children\n\n1.1 Moving On\n"
    entries = read_manual(page.encode(), "Northwick").entries
    named = topics(entries).assign(topic_title=pd.array(["Staying put"], "str"))
    assert audit(entries).set_index("duty").loc["staying-put", "state"] == "not found"
    row = audit(entries, named).set_index("duty").loc["staying-put"]
    assert (row["state"], row["title"]) == ("present", "Moving On")


def test_a_manual_is_not_asked_for_what_came_later(root):
    library = open_library(root / "data/manuals")
    table = audit(library.entries, topics(library.entries))
    assert len(table) == 2 * len(read_duties())
    oxfordshire = table[table["council"] == "Oxfordshire"].set_index("duty")["expected"]  # July 2017
    assert oxfordshire["local-offer-for-care-leavers"] == "not yet"
    # Of February 2017 another document stands in the place of the guidance: the expectation did not end.
    assert oxfordshire["child-sexual-exploitation"] == "yes"
    assert oxfordshire["private-fostering"] == "yes"
    assert set(table.loc[table["council"] == "Milton Keynes", "expected"]) == {"undated"}
    sums = TABLES["duties by topic"].check(by_duty(table)).set_index("duty")
    assert (sums["present"] + sums["doubtful"] + sums["not_found"] == sums["of"]).all()
    assert sums.loc["local-offer-for-care-leavers", "of"] == 1
    assert sums.loc["private-fostering", ["present", "of"]].tolist() == [2, 2]


def test_a_duty_of_which_no_manual_is_asked_has_no_share():
    checklist = read_duties()
    late = checklist[checklist["duty"] == "local-offer-for-care-leavers"]
    page = read_manual(b"1. All Children\n\n1.1 Consent\n", "Northwick", edition="2010-01").entries
    row = by_duty(audit(page, checklist=late)).iloc[0]
    assert row["of"] == 0
    assert pd.isna(row["share"])


HEAD = "duty,topic,expectation,basis,since,until,source,wordings,near"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("duty,topic\na,b\n", "no column 'expectation'"),
        (f"{HEAD}\n" + "a,b,c,d,2010-01,,e,f,\n" * 2, "line 3: 'a' stands there twice"),
        (f"{HEAD}\na,b,c,d,2010-01,,e,f,\nb,b,c\n", "line 3: the row has no 'basis'"),
        (f"{HEAD}\na,b,c,d,2010-01,,e,f,g,h\n", "line 2: there are 10 cells for 9 columns"),
        (f"{HEAD}\na,Children’s,c,d,2010-01,,e,f,\n", "line 2: not UTF-8"),
    ],
)
def test_a_broken_checklist_says_what_is_wrong(tmp_path, content, message):
    path = tmp_path / "duties.csv"
    path.write_text(content, encoding="cp1252")
    with pytest.raises(TableError, match=message):
        read_duties(path)
    with pytest.raises(TableError, match="cannot be read"):
        read_duties(tmp_path / "none.csv")
