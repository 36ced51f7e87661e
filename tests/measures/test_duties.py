"""The checklist is complete and can be checked, look-alikes do not match, and its findings are printed on the pages."""

import re
from datetime import date

import pandas as pd
import pytest

from procman import open_library, read_manual
from procman.errors import TableError
from procman.matching.chapters import slug
from procman.matching.concepts import sector
from procman.matching.topics import topics
from procman.measures import TABLES, duties
from procman.measures.duties import STATES, audit, by_duty, phrases, read_duties


def page_of(*titles, council="Northwick", edition=None):
    """Entries of a page of these chapters."""
    page = "1. All Children\n\n" + "".join(f"1.{n} {title}\n" for n, title in enumerate(titles, 1))
    return read_manual(page.encode(), council, edition=edition).entries


def page_each(titles):
    """Entries of as many pages as titles, councils C0, C1, …, each with that chapter alone."""
    entries = page_of(*titles)
    entries = entries[entries["kind"] == "chapter"]
    assert len(entries) == len(titles)
    return entries.assign(council=[f"C{at}" for at in range(len(titles))])


def states(*titles, **more):
    """{duty: state} on a page of these chapters."""
    return TABLES["duties on the page"].check(audit(page_of(*titles), **more)).set_index("duty")["state"]


@pytest.fixture(scope="module")
def library(root):
    return open_library(root / "data/manuals")


@pytest.fixture(scope="module")
def found(library):
    return audit(library.entries, topics(library.entries))


def test_the_checklist_is_whole():
    table = read_duties()
    assert len(table) == 84
    assert table["duty"].is_unique
    assert table["topic"].is_unique
    assert table["since"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])").all()
    ended = table.dropna(subset="until")
    assert (ended["until"] > ended["since"]).all()
    # Each cites an act, regulations, or a named guidance with its year.
    assert table["basis"].str.contains(r"\b(?:Act|Regulations|guidance|Working Together|Handbook)\b").all()
    assert table["source"].str.match(r"https://www\.(?:legislation\.gov\.uk|gov\.uk)/").all()
    assert table["checked_on"].map(date.fromisoformat).notna().all()


def test_a_row_is_verified_only_with_something_that_was_read():
    table = read_duties()
    assert table.loc[table["verified"] == "yes", "evidence"].str.startswith("http").all()
    # What is less than sure is said where a row is not verified.
    assert table.loc[table["verified"] == "no", "remark"].notna().all()


def test_every_concept_that_a_duty_names_exists():
    known = {slug(concept) for concept in sector().concepts}
    for row in read_duties().dropna(subset="concepts").itertuples():
        for concept in row.concepts.split(";"):
            assert slug(concept.strip()) in known, f"{row.duty}: {concept}"


def test_the_names_of_people_are_known_to_the_matching():
    named = {name for several in phrases._people().values() for _, name in several}
    assert named == set(phrases.PEOPLE)


@pytest.mark.parametrize("column", ["wordings", "near"])
def test_every_wording_finds_a_title_of_its_words(column):
    wordings = [
        (row.duty, wording.strip())
        for row in read_duties().dropna(subset=column).itertuples()
        for wording in getattr(row, column).split(";")
    ]
    titles = [re.sub(r"[*+]", "", wording).title() for _, wording in wordings]
    table = audit(page_each(titles))
    table = table.set_index(["council", "duty"])["state"]
    wanted = ("present",) if column == "wordings" else ("present", "possible match")
    assert [(duty, wording) for at, (duty, wording) in enumerate(wordings) if table[f"C{at}", duty] not in wanted] == []


def test_look_alikes_are_kept_out_and_what_counts_is_found(root):
    titles = pd.read_csv(root / "tests/measures/duties_titles.csv", dtype="str")
    of_each = titles.groupby("duty")["counts"].value_counts().unstack()
    assert set(of_each.index) == set(read_duties()["duty"])
    assert (of_each["yes"] >= 2).all()
    assert (of_each["no"] >= 3).all()
    distinct = titles["title"].drop_duplicates()
    council = dict(zip(distinct, (f"C{at}" for at in range(len(distinct))), strict=True))
    pages = page_each(list(distinct))
    assert pages["title"].tolist() == list(distinct)
    table = audit(pages, topics(pages)).set_index(["council", "duty"])["state"]
    seen = [
        table[council[title], duty] == "present" for title, duty in zip(titles["title"], titles["duty"], strict=True)
    ]
    assert titles[pd.Series(seen) != (titles["counts"] == "yes")].values.tolist() == []


@pytest.mark.parametrize(
    ("duty", "title", "state"),
    [
        ("staying-put", "Staying Put Policy", "present"),
        ("staying-put", "Supported Lodgings", "possible match"),
        ("staying-put", "Staying in Touch", "not found"),
        ("family-and-friends-kinship-care", "Placement with Kinship Carers", "possible match"),
        ("early-help", "Cafcass Reports", "not found"),
        ("special-guardianship-support", "Applications for Special Guardianship Orders", "possible match"),
        ("local-protocol-for-assessment", "Local Protocols for Assessment - to follow", "to follow"),
        # The words of a phrase stand side by side and in order; only little words may stand between them.
        ("early-permanence", "Fostering for Adoption", "present"),
        ("early-permanence", "Fostering and Adoption", "not found"),
        ("care-planning", "Planning Day Care", "not found"),
        # One name for those whom a chapter is about.
        ("looked-after-reviews", "CLA Reviews", "present"),
        ("local-offer-for-care-leavers", "Local Offer for Care Experienced Young Adults", "present"),
        # Such texts often stand elsewhere; without a link they were not found.
        ("prevent", "Consent", "not found"),
    ],
)
def test_states(duty, title, state):
    assert states(title)[duty] == state


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("to follow", "to follow"),
        ("Chapter to follow", "to follow"),
        ("link to the following guidance", "present"),
        ("link to following guidance", "present"),
    ],
)
def test_only_a_chapter_to_follow_is_not_there_yet(note, state):
    entries = page_of("Consent", "Staying Put")
    entries["note"] = entries["note"].where(entries["title"] != "Staying Put", note)
    table = audit(entries, topics(entries)).set_index("duty")
    assert table.loc["staying-put", "state"] == state


def test_a_heading_alone_is_a_possible_match():
    page = "1. Private Fostering\n\n1.1 Consent\n1.2 Records\n"
    table = audit(read_manual(page.encode(), "Northwick").entries).set_index("duty")
    assert table.loc["private-fostering", "state"] == "possible match"
    assert "heading" in table.loc["private-fostering", "why"]


def test_a_chapter_under_another_name_counts_where_its_wording_is_known_or_a_person_said_so():
    entries = page_of("Freedom to Speak Up", "Moving On Somewhere")
    assert audit(entries).set_index("duty").loc["whistleblowing", "state"] != "present"
    chapters = topics(entries)
    row = audit(entries, chapters).set_index("duty").loc["whistleblowing"]
    assert (row["state"], row["title"]) == ("present", "Freedom to Speak Up")
    decided = chapters.assign(topic=chapters["topic"].where(chapters["title"] != "Moving On Somewhere", "staying-put"))
    row = audit(entries, decided).set_index("duty").loc["staying-put"]
    assert (row["state"], row["title"]) == ("present", "Moving On Somewhere")


def test_the_answer_names_every_chapter_with_number_and_link():
    page = (
        '<h2>1. Looked After Children</h2><p><a href="a.html">1.1 Staying Put</a></p><p>1.2 Consent</p>'
        '<p><a href="b.html">1.3 Staying Put: Money</a></p><p>1.4 Staying Put Policy</p>'
    )
    table = audit(read_manual(page.encode(), "Northwick").entries).set_index("duty")
    row = table.loc["staying-put", ["state", "chapters", "number", "title", "href"]].tolist()
    assert row == [
        "present", 3, "1.1; 1.3; 1.4", "Staying Put; Staying Put: Money; Staying Put Policy", "a.html; b.html; -",
    ]  # fmt: skip


def test_what_stands_with_the_partners_is_not_called_missing_where_the_page_links_to_them():
    page = "1. All Children\n\n1.1 Consent\nSee also: Northwick Safeguarding Children Partnership Procedures\n"
    entries = read_manual(page.encode(), "Northwick").entries
    assert entries["kind"].tolist()[-1] == "see_also"
    table = audit(entries).set_index("duty")
    assert table.loc["female-genital-mutilation", "state"] == "elsewhere"
    assert "Northwick Safeguarding Children Partnership Procedures" in table.loc["female-genital-mutilation", "title"]
    assert table.loc["staying-put", "state"] == "not found"  # stands in the manual itself


def test_the_two_manuals_as_reviewed(root, found):
    """Each answer was reviewed one by one; the reason stands beside it."""
    golden = pd.read_csv(root / "tests/measures/duties_reviewed.csv", dtype="str", keep_default_na=False)
    columns = ["duty", "council", "state", "number", "title"]
    assert found[columns].fillna("").values.tolist() == golden[columns].values.tolist()
    assert golden["reason"].is_unique
    assert golden["reason"].str.len().gt(20).all()


def test_the_reasons_name_what_is_on_the_page(root, library):
    """A reason that names a chapter's number, or says what was searched for, is held to the page."""
    golden = pd.read_csv(root / "tests/measures/duties_reviewed.csv", dtype="str", keep_default_na=False)
    pages = dict(iter(library.entries.groupby("council")))
    searched = 0
    for row in golden.itertuples():
        page = pages[row.council]
        numbers = set(page["number"].dropna())
        assert set(re.findall(r"\b\d+\.\d+(?:\.\d+)?\b", row.reason)) <= numbers, row.reason
        # "5.1.7 Placements in Residential Care": the title as printed, as far as the reason gives it.
        for number, words in re.findall(r"(\d\.\d+(?:\.\d+)?) ([A-Z]\w+ \w+)", row.reason):
            assert page.loc[page["number"] == number, "title"].str.startswith(words).any(), row.reason
        if row.reason.startswith("Searched for"):
            searched += 1
            assert row.state in ("not found", "elsewhere"), row.reason
    assert searched > 20


def test_a_manual_is_not_asked_for_what_came_later(found):
    assert len(found) == 2 * len(read_duties())
    oxfordshire = found[found["council"] == "Oxfordshire"].set_index("duty")["expected"]  # July 2017
    assert oxfordshire["local-offer-for-care-leavers"] == "not yet"
    # Of February 2017 another document stands in the place of the guidance: the expectation did not end.
    assert oxfordshire["child-sexual-exploitation"] == "yes"
    assert oxfordshire["private-fostering"] == "yes"
    assert set(found.loc[found["council"] == "Milton Keynes", "expected"]) == {"undated"}
    sums = TABLES["duties by topic"].check(by_duty(found)).set_index("duty")
    assert (sums[["present", "to_follow", "possible", "elsewhere", "not_found"]].sum(axis=1) == sums["of"]).all()
    assert sums.loc["local-offer-for-care-leavers", "of"] == 1
    assert sums.loc["private-fostering", ["present", "of"]].tolist() == [2, 2]


def test_the_reader_may_date_an_undated_page():
    entries = page_of("Consent")
    dated = audit(entries, dates={"Northwick": "2019-03"}).set_index("duty")
    assert dated.loc["duty-to-refer", "expected"] == "yes"
    assert dated.loc["supported-accommodation", "expected"] == "not yet"
    assert dated["edition"].isna().all()  # the page prints none
    printed = audit(page_of("Consent", edition="2012-01"), dates={"Northwick": "2019-03"}).set_index("duty")
    assert printed.loc["duty-to-refer", "expected"] == "not yet"  # what is printed stands


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("Homelessness and Duty to Refer", "2018-10"),
        ("Corporate Parenting Principles", "2018-04"),
        ("Disclosure of Information (October 2013)", "2013-10"),
        ("Sufficiency Strategy 2020-2025", "2020-01"),
        ("Working Together 2015", "2015-01"),
        ("Care Leavers 21-25 Years", None),
    ],
)
def test_an_undated_page_is_no_older_than_its_titles(title, month):
    table = TABLES["earliest date of undated pages"].check(duties.not_before(page_of("Consent", title)))
    assert table["not_before"].tolist() == ([month] if month else [])
    assert duties.not_before(page_of("Consent", title, edition="2011-05")).empty


def test_pages_of_different_times_are_said_once(library):
    assert duties.note(library.entries) == (
        "The contents pages are not of the same time: Oxfordshire July 2017 and Milton Keynes undated (by its titles not before "
        "October 2018). A difference may be one of date."
    )
    near = [page_of("Consent", council=name, edition=month) for name, month in [("A", "2017-07"), ("B", "2018-01")]]
    assert duties.note(pd.concat(near)) is None
    far = [page_of("Consent", council="C", edition="2020-01")]
    assert "A July 2017, B January 2018 and C January 2020" in duties.note(pd.concat(near + far))
    assert duties.note(page_of("Consent")) is None


def test_a_stale_table_says_so():
    table = read_duties()
    last = date.fromisoformat(table["checked_on"].max())
    assert duties.stale(table, last.replace(year=last.year + 1)) is None
    assert "since 25 November 2026" in duties.stale(table, last.replace(year=last.year + 2))


def test_the_chapters_that_a_new_duty_touches(library):
    table = TABLES["chapters that a duty touches"].check(duties.touched("kinship-local-offer", topics(library.entries)))
    oxfordshire = table.loc[table["council"] == "Oxfordshire", "title"].tolist()
    assert oxfordshire[:4] == [
        "Children Cared for by Relatives and Friends Outside the Looked After System",
        "Family and Friends Care Policy",
        "Assessing Family and Friends Options for Looked After Children",
        "Placements with Connected Persons",
    ]
    assert table.loc[table["council"] == "Milton Keynes", "title"].tolist() == ["Placement with Kinship Carers"]
    # What is ruled out as an answer is still to be read again.
    allowances = page_of("Kinship Care Allowances")
    assert states("Kinship Care Allowances")["family-and-friends-kinship-care"] != "present"
    assert duties.touched("family-and-friends-kinship-care", topics(allowances))["state"].tolist() == ["possible match"]
    with pytest.raises(TableError, match="no duty 'parking'"):
        duties.touched("parking", topics(allowances))


EDITIONS = {
    # council: {edition: whether staying put (May 2014) is listed}
    "A": {"2014-01": False, "2014-11": True, "2015-11": True},  # listed after 6 months
    "B": {"2014-06": False, "2015-05": True},  # after 12
    "C": {"2014-06": True},  # already: no months
    "D": {"2014-09": False, "2014-12": False},  # not yet after 7
    "E": {"2014-09": False, "2016-05": False},  # not yet after 24
    "F": {"2013-05": False},  # not asked
}


def test_who_has_picked_it_up_and_when():
    pages = [
        page_of("Staying Put" if listed else "Consent", council=council, edition=edition)
        for council, editions in EDITIONS.items()
        for edition, listed in editions.items()
    ]
    entries = pd.concat([*pages, page_of("Staying Put", council="G")])
    picked = TABLES["duties picked up"].check(duties.picked_up(entries)).query("duty == 'staying-put'")
    shown = (
        picked.set_index("council")[["first", "last", "listed", "months"]]
        .astype(object)
        .where(picked.set_index("council").notna(), None)
    )
    assert {council: tuple(row) for council, *row in shown.itertuples()} == {
        "A": ("2014-11", "2015-11", "yes", 6.0),
        "B": ("2015-05", "2015-05", "yes", 12.0),
        "C": ("2014-06", "2014-06", "already", None),
        "D": (None, "2014-12", "not yet", 7.0),
        "E": (None, "2016-05", "not yet", 24.0),
    }
    curve = TABLES["duties not yet picked up"].check(duties.waiting(picked))
    # By hand: of four pages one lists it after 6 months; one leaves at 7; of two one lists it after 12.
    assert curve[["months", "share", "at_risk"]].values.tolist() == [
        [6, 3 / 4, 4], [7, 3 / 4, 3], [12, 3 / 4 * 1 / 2, 2], [24, 3 / 4 * 1 / 2, 1],
    ]  # fmt: skip
    assert duties.waiting(picked[picked["listed"] != "yes"]).empty


def test_a_duty_of_which_no_manual_is_asked_has_no_share():
    checklist = read_duties()
    late = checklist[checklist["duty"] == "local-offer-for-care-leavers"]
    row = by_duty(audit(page_of("Consent", edition="2010-01"), checklist=late)).iloc[0]
    assert row["of"] == 0
    assert pd.isna(row["share"])


HEAD = ",".join(column.name for column in duties.CHECKLIST.columns)
ROW = "a,b,c,d,duty to act,manual,2010-01,,e,f,,,,,,,2026-11-25,yes"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("duty,topic\na,b\n", "no column 'expectation'"),
        (f"{HEAD}\n" + f"{ROW}\n" * 2, "line 3: 'a' comes twice"),
        (f"{HEAD}\n{ROW}\nb,b,c\n", "line 3: the row has no 'basis'"),
        (f"{HEAD}\n{ROW},h\n", "line 2: there are 19 cells for 18 columns"),
        (f"{HEAD}\n{ROW.replace('b', 'Children’s')}\n", "line 2: not UTF-8"),
        (f"{HEAD}\n{ROW.replace('duty to act', 'law')}\n", "force holds 'law'"),
    ],
)
def test_a_broken_checklist_says_what_is_wrong(tmp_path, content, message):
    path = tmp_path / "duties.csv"
    path.write_text(content, encoding="cp1252")
    with pytest.raises(TableError, match=message):
        read_duties(path)
    with pytest.raises(TableError, match="cannot be read"):
        read_duties(tmp_path / "none.csv")


def test_the_states_are_those_of_the_table():
    assert set(STATES) >= set(states("Consent"))
