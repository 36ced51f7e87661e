"""Fetch manuals by name, from a local server that imitates what happens to addresses."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest

import procman as pm
from procman.__main__ import main
from procman.library import fetch_by_name as room
from procman.library.directory import choose, find_council
from procman.library.fetch_by_name import Got, get_manuals
from procman.reading import fetch
from procman.tables import PAGES_GOT
from tests.local_web import Answer, moved

TODAY = date(2026, 11, 25)
HEAD = "<title>{0}</title><h1>{0} Children's Services Procedures Manual</h1>"
LIST = "<h2>1. All Children</h2><ul><li>1.1 <a href='a.html'>Consent</a></li><li>1.2 Records</li><li>1.3 {}</li></ul>"
AMENDMENTS = b"<h2>June 2024</h2><h3>Updated Chapters</h3><p>Consent</p><p>This chapter has been refreshed.</p>"
LOG_IN = b"<h1>Sign in</h1><form><input type=password></form>"


def page(council="", last="Visits", dated="June 2024"):
    return Answer(f"{HEAD.format(council)}<p>{dated}</p>{LIST.format(last)}".encode())


@pytest.fixture
def get(tmp_path):
    def run(*names, **options):
        return [*get_manuals(choose(names), tmp_path / "lib", today=TODAY, **options)]

    return run


def editions(tmp_path):
    return sorted(path.relative_to(tmp_path / "lib").as_posix() for path in (tmp_path / "lib").glob("*/*"))


def test_a_page_is_kept_with_its_amendments_and_where_it_came_from(site, addresses, get, tmp_path):
    addresses(("Kent", "contents", "/kent/contents.html"), ("Kent", "amendments", "/kent/amendments.html"))
    site.pages = {"/kent/contents.html": page("Kent"), "/kent/amendments.html": Answer(AMENDMENTS)}
    (got,) = get("Kent County Council")
    assert got == Got("Kent", "read", "2024-06", "the page", 3, 1, f"{site.address}/kent/contents.html")
    home = tmp_path / "lib/kent/2024-06"
    assert (home / "contents.html").read_bytes() == site.pages["/kent/contents.html"].body
    assert (home / "amendments.html").read_bytes() == AMENDMENTS
    assert (home / "manual.toml").read_text().splitlines() == [
        'council = "Kent"',
        'gss_code = "E10000016"',
        'edition = "2024-06"',
        f'source = "{site.address}/kent/contents.html"',
        'obtained = "fetched 2026-11-25"',
        'dated_by = "the page"',
    ]
    library = pm.open_library(tmp_path / "lib")
    assert library.manuals[["council", "edition", "gss_code"]].values.tolist() == [["Kent", "2024-06", "E10000016"]]
    assert library.amendments[["chapter", "position"]].values.tolist() == [["Consent", 2]]


def test_addresses_are_tried_in_order_and_a_newer_one_that_fails_is_told(site, addresses, get):
    addresses(("Kent", "contents", "/new"), ("Kent", "contents", "/old"))
    site.pages = {"/new": Answer(b"gone", 410), "/old": page("Kent")}
    (got,) = get("Kent")
    assert (got.outcome, got.address) == ("read", f"{site.address}/old")
    assert got.detail == f"{site.address}/new: the server answered 410 Gone"
    assert [path for path in site.asked if path != "/robots.txt"] == ["/new", "/old"]


def test_a_page_without_a_date_is_kept_under_the_month_it_was_fetched_in(site, addresses, get, tmp_path):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent", dated="")}
    assert [(got.edition, got.dated_by) for got in get("Kent")] == [("2026-11", "the day it was fetched")]
    assert 'dated_by = "the day it was fetched"' in (tmp_path / "lib/kent/2026-11/manual.toml").read_text()


@pytest.mark.parametrize(
    ("answer", "outcome", "detail"),
    [
        (Answer(b"no", 404), "moved", "404 Not Found"),
        (Answer(b"<h1>Welcome to our new website</h1>"), "moved", "no contents page"),
        (Answer(b"%PDF-1.7"), "moved", "a PDF"),
        (Answer(b"", 302, {"Location": "/kent"}), "moved", "more than 5 redirects"),
        (Answer(b"", 302, {"Location": "ftp://a.uk/"}), "moved", "leads to a ftp address"),
        (Answer(b"no", 403), "refused", "403 Forbidden"),
        (Answer(b"", 429, {"Retry-After": "86400"}), "refused", "asks to come back in 86400 seconds"),
        (Answer(b"", 401), "behind a log-in", "401 Unauthorized"),
        (Answer(LOG_IN), "behind a log-in", "a login form"),
        (Answer(b"<h1>Welcome</h1><form><input name=p type='password'></form>"), "behind a log-in", "no contents page"),
        (Answer(b"", 302, {"Location": "/sso/start"}), "behind a log-in", "no contents page"),
        (Answer(b"", 500), "no answer", "500 Internal Server Error"),
        (Answer(b"", 0), "no answer", "broke off"),
        (moved("https://procman.invalid/contents"), "no answer", "no such host"),
    ],
)  # fmt: skip
def test_what_becomes_of_an_address_is_told_and_stops_nothing(site, addresses, get, answer, outcome, detail):
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    site.pages = {"/essex": page("Essex"), "/sso/start": Answer(b"<h1>One moment, please</h1>")}
    site.pages["/kent"] = answer
    kent, essex = get("Kent", "Essex")
    assert (kent.outcome, essex.outcome) == (outcome, "read")
    assert kent.detail.startswith(f"{site.address}/kent: ")
    assert detail in kent.detail
    assert "\n" not in kent.detail


def test_dead_hosts_stop_nothing(site, addresses, get):
    dead = ("https://procman.invalid/contents", "http://127.0.0.1:9/contents")  # no such host; nobody listens
    addresses(*(("Kent", "contents", address) for address in dead), ("Essex", "contents", "/essex"))
    site.pages = {"/essex": page("Essex")}
    kent, essex = get("Kent", "Essex")
    assert (kent.outcome, essex.outcome) == ("no answer", "read")
    assert all(address in kent.detail for address in dead)
    assert "\n" not in kent.detail


def test_what_robots_may_not_fetch_is_refused(site, addresses, get):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /kent\n"), "/kent": page("Kent")}
    (got,) = get("Kent")
    assert got.outcome == "refused"
    assert "robots.txt" in got.detail
    assert "/kent" not in site.asked


def test_of_several_addresses_the_most_telling_outcome_counts(site, addresses, get):
    addresses(("Kent", "contents", "/new"), ("Kent", "contents", "/older"), ("Kent", "contents", "/oldest"))
    site.pages = {"/older": Answer(LOG_IN), "/oldest": Answer(b"", 403)}
    (got,) = get("Kent")
    assert (got.outcome, got.address) == ("behind a log-in", f"{site.address}/older")
    assert got.detail.count(site.address) == 3


def test_an_unknown_address_says_how_to_bring_the_page_by_hand(site, addresses, get):
    addresses(("Kent", "contents", "/kent"))
    (got,) = get("Essex")
    assert got.outcome == "not known"
    assert got.detail.endswith(
        'save its contents page from a browser, then: python -m procman add FILE --council "Essex"'
    )
    assert site.asked == []


# --- whose page it is --------------------------------------------------------------------------------------------


def test_a_page_that_is_another_councils_is_not_kept(site, addresses, get, tmp_path):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Essex")}
    (got,) = get("Kent")
    assert (got.outcome, got.detail) == ("another council's", f"{site.address}/kent: the page calls itself Essex's")
    assert editions(tmp_path) == []


def test_of_two_councils_that_claim_one_page_the_first_has_it(site, addresses, get, tmp_path):
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    site.pages = {"/both": page(), "/kent": moved("/both"), "/essex": moved("/both")}
    kent, essex = get("Kent", "Essex")
    assert (kent.outcome, kent.detail) == ("read", f"it is now at {site.address}/both")
    assert essex.outcome == "another council's"
    assert "the same page as Kent's: if both share it, save its contents page" in essex.detail
    assert editions(tmp_path) == ["kent/2024-06"]
    (again,) = [*get_manuals(choose(["Essex"]), tmp_path / "lib", today=date(2026, 12, 1))]
    assert again.outcome == "another council's"  # also in a later run


@pytest.mark.parametrize("name", ["", "Cumbria", "Cumberland"])
def test_a_page_that_councils_are_known_to_share_is_kept_for_each(site, addresses, get, tmp_path, name):
    addresses(("Cumberland", "contents", "/cumbria"), ("Westmorland and Furness", "contents", "/cumbria"))
    site.pages = {"/cumbria": page(name)}
    assert [got.outcome for got in get("Cumberland", "Westmorland and Furness")] == ["read", "read"]
    assert editions(tmp_path) == ["cumberland/2024-06", "westmorland-and-furness/2024-06"]


def test_a_council_keeps_the_name_that_the_library_knows_it_by(site, addresses, get, tmp_path):
    from procman.library.library import add_manual

    add_manual(b"1. A\n1.1 Consent\n1.2 Records\n", "Kent County Council", folder=tmp_path / "lib", edition="2020-01")
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent")}
    get("Kent")
    assert editions(tmp_path) == ["kent-county-council/2020-01", "kent-county-council/2024-06"]


# --- again -------------------------------------------------------------------------------------------------------


def test_nothing_is_overwritten_silently(site, addresses, get, tmp_path):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent")}
    get("Kent")
    first = (tmp_path / "lib/kent/2024-06/contents.html").read_bytes()
    for last, detail in (("Visits", "the page has not changed since"), ("Complaints", "--replace")):
        site.pages = {"/kent": page("Kent", last)}
        (got,) = get_manuals(choose(["Kent"]), tmp_path / "lib", today=date(2027, 1, 1))
        assert (got.outcome, got.edition) == ("there already", "2024-06")
        assert detail in got.detail
        assert (tmp_path / "lib/kent/2024-06/contents.html").read_bytes() == first
    (got,) = get_manuals(choose(["Kent"]), tmp_path / "lib", today=date(2027, 1, 1), replace=True)
    assert got.outcome == "read"
    assert b"Complaints" in (tmp_path / "lib/kent/2024-06/contents.html").read_bytes()


def test_whoever_stops_half_way_goes_on_where_it_stopped(site, addresses, get, tmp_path):
    names = ["Kent", "Essex", "Derby", "Leeds"]
    addresses(*((name, "contents", f"/{name}") for name in names))
    site.pages = {f"/{name}": page(name) for name in names}
    running = get_manuals(choose(names), tmp_path / "lib", today=TODAY)
    assert [next(running).council, next(running).council] == ["Kent", "Essex"]
    running.close()
    site.asked.clear()
    assert [got.outcome for got in get(*names)] == ["there already", "there already", "read", "read"]
    assert [path for path in site.asked if path != "/robots.txt"] == ["/Derby", "/Leeds"]


def test_a_fault_of_procmans_own_stops_nothing(site, addresses, get, monkeypatch):
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    site.pages = {"/kent": page("Kent"), "/essex": page("Essex")}
    read = room.read_page
    monkeypatch.setattr(room, "read_page", lambda page: 1 / 0 if page.address.endswith("kent") else read(page))
    kent, essex = get("Kent", "Essex")
    assert (kent.outcome, essex.outcome) == ("not kept", "read")
    assert "please report this (ZeroDivisionError" in kent.detail


def test_a_library_that_cannot_be_written_is_told(site, addresses, tmp_path):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent")}
    (tmp_path / "lib").write_text("a file")
    (got,) = get_manuals([find_council("Kent")], tmp_path / "lib")
    assert (got.outcome, got.edition) == ("not kept", "2024-06")


# --- amendments --------------------------------------------------------------------------------------------------


def test_the_amendments_page_that_the_contents_page_links_to_is_found(site, addresses, get):
    addresses(("Kent", "contents", "/kent"))
    body = page("Kent").body + b"<ul><li>1.4 <a href='/kent/news.html'>Amendments</a></li></ul>"
    site.pages = {"/kent": Answer(body), "/kent/news.html": Answer(AMENDMENTS)}
    assert [got.amendments for got in get("Kent")] == [1]


def test_an_amendments_page_that_cannot_be_read_costs_nothing(site, addresses, get):
    addresses(("Kent", "contents", "/kent"), ("Kent", "amendments", "/lost"), ("Kent", "amendments", "/login"))
    site.pages = {"/kent": page("Kent"), "/login": Answer(LOG_IN)}
    assert [(got.outcome, got.amendments) for got in get("Kent")] == [("read", None)]


# --- the command line --------------------------------------------------------------------------------------------


def test_the_command_ends_with_a_table_and_its_sum(site, addresses, tmp_path, capsys):
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    site.pages = {"/kent": page("Kent")}
    assert main(["add", "Kent", "Essex", "derby", "--library", str(tmp_path / "lib")]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["Kent", "read"], ["Essex", "moved"]]
    assert "2024-06  3 chapters" in lines[0]
    assert lines[-1] == "3 of 3 councils: 1 read, 1 moved and 1 not known"
    assert "fetching" in told.err
    assert main(["add", "Kent", "--library", str(tmp_path / "lib")]) == 0


def test_the_command_takes_neighbours_and_regions(site, addresses, tmp_path, capsys):
    addresses(("Hull", "contents", "/hull"))
    assert main(["add", "--neighbours-of", "Milton Keynes", "--region", "London", "--library", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "40 of 40 councils: 40 not known"


def test_names_that_are_unknown_or_ambiguous_are_a_line_each_and_the_rest_goes_on(site, addresses, tmp_path, capsys):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent")}
    library = ["--library", str(tmp_path / "lib")]
    assert main(["add", "Knt", "Kent", "Cheshire", *library]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "1 of 1 councils: 1 read"
    lines = [line for line in told.err.splitlines() if line.startswith("procman: ")]
    assert lines == [
        "procman: Knt: no council in the directory has this name. Did you mean Kent?",
        "procman: Cheshire: it is now Cheshire East and Cheshire West and Chester: choose one",
    ]
    site.asked.clear()
    for options in (["Knt", "Cheshire"], ["Kent", "--neighbours-of", "Knt"], ["--region", "Kent"]):
        for command in ("add", "history"):
            assert main([command, *options, *library]) == 1
            assert capsys.readouterr().err.count("procman: ") == (2 if options[0] == "Knt" else 1)
    assert site.asked == []


def test_whoever_stops_the_command_sees_what_was_read(site, addresses, tmp_path, capsys, monkeypatch):
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    site.pages = {"/kent": page("Kent")}
    read = room.open_page

    def stop_at_essex(address):
        if "essex" in address:
            raise KeyboardInterrupt
        return read(address)

    monkeypatch.setattr(room, "open_page", stop_at_essex)
    assert main(["add", "Kent", "Essex", "--library", str(tmp_path / "lib")]) == 130
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "1 of 2 councils: 1 read"
    assert "procman: stopped" in told.err


@pytest.mark.parametrize("source", ["https://example.org/contents.html", sys.executable])
def test_a_file_or_address_needs_a_name(source, capsys):
    assert main(["add", source]) == 1
    assert "say whose page it is: --council NAME" in capsys.readouterr().err


def test_the_table_keeps_its_declaration(site, addresses, get):
    addresses(("Kent", "contents", "/kent"))
    site.pages = {"/kent": page("Kent")}
    table = PAGES_GOT.check(PAGES_GOT.frame(get("Kent", "Essex")))
    assert table["outcome"].tolist() == ["read", "not known"]


def test_a_host_is_asked_at_most_once_a_pause(site, addresses, get, monkeypatch):
    waits = []
    monkeypatch.setattr(fetch, "PAUSE", 5.0)
    monkeypatch.setattr(fetch.time, "sleep", waits.append)
    addresses(("Kent", "contents", "/kent"), ("Essex", "contents", "/essex"))
    get("Kent", "Essex")
    assert len(site.asked) == 3  # robots.txt, and the two pages
    assert len(waits) == 2


def test_notebook_7_fetches_councils_by_name(site, addresses, root, tmp_path):
    addresses(("Bedford", "contents", "/bedford"))
    site.pages = {"/bedford": page("Bedford")}
    cells = json.loads((root / "notebooks/7_add_your_council.ipynb").read_text("utf-8"))["cells"]
    choosing, fetching = (
        "".join(cell["source"]).replace("../data/manuals", str(tmp_path / "lib"))
        for cell in cells
        if "wanted" in "".join(cell["source"]) and cell["cell_type"] == "code"
    )
    said = {"pm": pm}
    exec(f"{choosing.rpartition(chr(10))[0]}\n{fetching}".replace("fetch = False", "fetch = True"), said)
    assert len(said["wanted"]) == 10
    assert editions(tmp_path) == ["bedford/2024-06"]
    assert site.asked[-1] == "/bedford"
