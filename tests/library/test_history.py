"""Archived editions, from a local archive that speaks CDX and Memento."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

import procman as pm
from procman.__main__ import main
from procman.errors import ProcmanError
from procman.library import archives
from procman.library.archives import ArchiveError, open_archive
from procman.library.directory import choose
from procman.library.history import Found, first_day, months_of, read_history
from procman.tables import CAPTURES
from tests.local_web import Answer

TODAY = date(2026, 11, 25)
KENT = "https://kent.example/contents.html"
OLD = "http://old.kent.example/contents.html"


def body(last="Visits", dated="", council="Kent"):
    return f"<h1>{council} Children's Services Procedures Manual</h1><p>{dated}</p><h2>1. All</h2><ul><li>1.1 <a href='a.html'>Consent</a></li><li>1.2 Records</li><li>1.3 {last}</li></ul>".encode()  # fmt: skip


@pytest.fixture
def read(tmp_path, archive, addresses):
    addresses(("Kent", "contents", KENT), ("Kent", "contents", OLD))

    def run(*names, base=None, **options):
        return read_history(choose(names or ["Kent"]), open_archive(base), tmp_path / "lib", today=TODAY, **options)

    return run


def editions(tmp_path):
    return sorted(path.relative_to(tmp_path / "lib").as_posix() for path in (tmp_path / "lib").glob("*/*"))


def test_each_capture_becomes_an_edition_dated_by_the_page_or_by_its_capture(archive, read, tmp_path):
    archive.keep(KENT, "20180412093045", body(dated="March 2018"))
    archive.keep(KENT, "20190412093045", body("Complaints"))
    place = "https://web.archive.org/web/20180412093045/https://kent.example/contents.html"
    assert [*read()] == [
        Found("Kent", "2018-04-12", "read", "2018-03", "the page", place),
        Found("Kent", "2019-04-12", "read", "2019-04", "the capture", place.replace("2018", "2019")),
    ]
    assert (tmp_path / "lib/kent/2018-03/contents.html").read_bytes() == body(dated="March 2018")
    assert (tmp_path / "lib/kent/2019-04/manual.toml").read_text().splitlines() == [
        'council = "Kent"',
        'gss_code = "E10000016"',
        'edition = "2019-04"',
        'source = "https://web.archive.org/web/20190412093045/https://kent.example/contents.html"',
        'obtained = "captured 2019-04-12 by the Internet Archive, read 2026-11-25"',
        'dated_by = "the capture"',
    ]
    library = pm.open_library(tmp_path / "lib")
    assert library.manuals["edition"].tolist() == ["2018-03", "2019-04"]
    href = library.manual("Kent").entries["href"].dropna().iloc[0]
    assert href == "https://web.archive.org/web/20190412093045/https://kent.example/a.html"


@pytest.mark.parametrize("speaks", ["the Internet Archive", "CDX", "CDX in columns", "CDX as an array", "Memento"])
def test_every_kind_of_archive_is_read_alike(archive, read, tmp_path, speaks):
    for year in ("2018", "2019"):
        archive.keep(KENT, f"{year}0412093045", body(year))
    archive.keep(OLD, "20120101000000", body("Older"))
    if speaks == "Memento":
        archive.site.pages["/pywb/cdx"] = Answer(b"", 404)
    elif speaks == "CDX in columns":
        archive.site.pages["/pywb/cdx"] = archive.internet_archive_cdx
    elif speaks == "CDX as an array":

        def array(path):
            rows = [line.split() for line in archive.internet_archive_cdx(path).body.decode().splitlines()]
            head = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
            return Answer(str([head, *rows]).replace("'", '"').encode())

        archive.site.pages["/pywb/cdx"] = array
    base = None if speaks == "the Internet Archive" else archive.base
    found = [*read(base=base)]
    assert [(each.captured, each.outcome) for each in found] == [
        ("2012-01-01", "read"),
        ("2018-04-12", "read"),
        ("2019-04-12", "read"),
    ]
    assert editions(tmp_path) == ["kent/2012-01", "kent/2018-04", "kent/2019-04"]
    assert (tmp_path / "lib/kent/2018-04/contents.html").read_bytes() == body("2018")
    assert any("id_/" in path for path in archive.site.asked)


def test_a_memento_archive_without_raw_pages_is_read_as_it_shows_them(archive, read):
    archive.keep(KENT, "20180412093045", body())
    archive.site.pages |= {"/pywb/cdx": Answer(b"", 404), "/pywb/20180412093045id_/*": Answer(b"", 404)}
    assert [each.outcome for each in read(base=archive.base)] == ["read"]


@pytest.mark.parametrize("base", [True, False], ids=["another archive", "the Internet Archive"])
@pytest.mark.parametrize("charset", ["", "; charset=iso-8859-1", "; charset=windows-1252"])
def test_old_pages_keep_their_quotes(archive, read, tmp_path, base, charset):
    archive.kind = f"text/html{charset}"
    archive.keep(KENT, "20120412093045", body("Children’s Views").decode().encode("cp1252"))
    assert [each.outcome for each in read(base=archive.base if base else None)] == ["read"]
    assert pm.open_library(tmp_path / "lib").entries["title"].tolist()[-1] == "Children’s Views"


def test_a_long_list_is_asked_for_page_by_page(archive, read):
    archive.page = 2
    for year in range(2010, 2015):
        archive.keep(KENT, f"{year}0101000000", body(str(year)))
    assert [each.captured[:4] for each in read()] == ["2010", "2011", "2012", "2013", "2014"]


def test_captures_of_the_same_bytes_are_read_once(archive, read):
    for year in range(2010, 2014):
        archive.keep(KENT, f"{year}0101000000", body() if year != 2012 else body("Complaints"))
    found = [*read()]
    assert [each.outcome for each in found] == ["read", "same bytes", "read", "same bytes"]
    assert found[3].detail == "the same bytes as on 2010-01-01"
    assert archive.replayed == 2


def test_error_pages_are_skipped_and_named(archive, read, tmp_path):
    gone = b"<h1>404</h1><p>Page not found</p>"
    archive.keep(KENT, "20100101000000", b"moved", 301)
    archive.keep(KENT, "20110101000000", gone, 404)
    archive.keep(KENT, "20120101000000", gone)
    archive.keep(KENT, "20130101000000", gone)
    archive.keep(KENT, "20140101000000", b"<h1>Welcome to our website</h1>")
    archive.keep(KENT, "20150101000000", b"%PDF-1.4")
    archive.keep(KENT, "20160101000000", body(council="Essex"))
    archive.keep(KENT, "20170101000000", b"<h1>Sign in</h1><form><input type='password'></form>")
    found = [*read()]
    assert [(each.outcome, each.detail) for each in found] == [
        ("error page", "the site answered 301"),
        ("error page", "the site answered 404"),
        ("error page", "the same bytes as on 2011-01-01"),
        ("error page", "the same bytes as on 2011-01-01"),
        ("no contents page", found[4].detail),
        ("no contents page", found[5].detail),
        ("another council's", "the page calls itself Essex's"),
        ("no contents page", found[7].detail),
    ]
    assert "a PDF" in found[5].detail
    assert editions(tmp_path) == []


def test_an_archived_error_page_whose_status_the_list_does_not_tell_is_named(archive, read):
    archive.site.pages["/pywb/cdx"] = Answer(b"", 404)
    archive.keep(KENT, "20110101000000", b"<h1>404</h1>", 404)
    archive.keep(KENT, "20120101000000", b"<p>Page not found</p>")
    assert [each.outcome for each in read(base=archive.base)] == ["error page", "error page"]


def test_one_edition_in_a_span_is_kept_the_first_that_can_be_read(archive, read, tmp_path):
    for month in range(1, 13):
        archive.keep(KENT, f"2018{month:02}01000000", body(str(month)) if month != 1 else b"<p>Page not found</p>")
    archive.keep(OLD, "20180101000000", body("Older"))
    found = [*read(every=6)]
    assert [(each.captured, each.outcome) for each in found] == [
        ("2018-01-01", "error page"),
        ("2018-02-01", "read"),
        ("2018-07-01", "read"),
    ]
    assert editions(tmp_path) == ["kent/2018-02", "kent/2018-07"]


def test_by_default_every_capture_of_a_month_is_read(archive, read, tmp_path):
    for day, dated in (("05", "March 2018"), ("25", "April 2018")):
        archive.keep(KENT, f"201804{day}000000", body(dated=dated))
    assert [each.outcome for each in read()] == ["read", "read"]
    assert editions(tmp_path) == ["kent/2018-03", "kent/2018-04"]


def test_a_redirect_that_was_captured_is_not_followed(archive, read):
    archive.tells_status = False
    archive.keep(KENT, "20180412000000", b"", 302)
    archive.kind = "text/html\r\nLocation: /web/20180412000000id_/https://kent.example/new.html"
    archive.keep("https://kent.example/new.html", "20180412000000", body())
    assert [(each.outcome, each.detail) for each in read()] == [("error page", "the site answered 302")]


def test_captures_before_a_day_are_left_out(archive, read):
    for year in (2010, 2015):
        archive.keep(KENT, f"{year}0101000000", body(str(year)))
    for base in (None, archive.base):
        assert [each.captured for each in read(base=base, since=date(2012, 1, 1))] == ["2015-01-01"]


def test_nothing_is_overwritten_and_an_edition_printed_twice_is_there_already(archive, read, tmp_path):
    archive.keep(KENT, "20180412000000", body(dated="March 2018"))
    archive.keep(KENT, "20180512000000", body("Complaints", "March 2018"))
    assert [(each.outcome, each.edition) for each in read()] == [("read", "2018-03"), ("there already", "2018-03")]
    assert (tmp_path / "lib/kent/2018-03/contents.html").read_bytes() == body(dated="March 2018")


def test_no_capture_and_no_address_are_told(archive, read, addresses):
    assert [(each.outcome, each.detail) for each in read("Kent", "Essex")] == [
        ("no capture", "no capture of its pages"),
        ("no capture", "no address is known: give one with --address"),
    ]
    archive.keep("https://essex.example/", "20180412000000", body(council="Essex"))
    assert [each.outcome for each in read("Essex", addresses=["https://essex.example/"])] == ["read"]


# --- an archive that fails ---------------------------------------------------------------------------------------


def years(archive, *some):
    for year in some:
        archive.keep(KENT, f"{year}0101000000", body(str(year)))


@pytest.mark.parametrize("base", [True, False], ids=["another archive", "the Internet Archive"])
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"slow down", 429), r"asks for patience \(429\): run the same command again in 60 seconds"),
        (Answer(b"", 429, {"Retry-After": "7"}), "again in 7 seconds"),
        (Answer(b"", 0), "it does not answer, or no longer: run the same command again later"),
    ],
)
def test_an_archive_that_goes_down_half_way_costs_nothing_of_what_was_read(
    archive, read, tmp_path, base, answer, reason
):
    years(archive, 2010, 2011, 2012, 2013)
    archive.down = dict.fromkeys(range(3, 20), answer)
    found = []
    with pytest.raises(ArchiveError, match=reason):
        found.extend(read(base=archive.base if base else None))
    assert editions(tmp_path) == ["kent/2010-01", "kent/2011-01"]
    archive.down, archive.replayed = {}, 0
    again = [*read(base=archive.base if base else None)]
    assert [each.outcome for each in again] == ["there already", "there already", "read", "read"]
    assert archive.replayed == 2


def test_a_capture_that_cannot_be_played_back_is_skipped(archive, read):
    years(archive, 2010, 2011, 2012)
    archive.down = {1: Answer(b"broken", 503), 2: Answer(b"broken", 503)}  # tried again once
    found = [*read()]
    assert [each.outcome for each in found] == ["not played back", "read", "read"]
    assert "503 error while loading" in found[0].detail


def test_three_that_cannot_be_played_back_are_an_archive_out_of_order(archive, read, tmp_path):
    years(archive, *range(2010, 2020))
    archive.down = {number: Answer(b"broken", 503) for number in range(2, 99)}
    with pytest.raises(ArchiveError, match="it could not return 3 captures in a row"):
        [*read()]
    assert editions(tmp_path) == ["kent/2010-01"]
    assert archive.replayed == 7


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"", 429), "asks for patience"),
        (Answer(b"", 0), "does not answer"),
        (Answer(b"<html>We are moving</html>"), "makes no sense"),
        (Answer(b"", 500), "makes no sense"),
        (Answer(b"key 99999999999999 http://a.uk/ text/html 200 AAAA 12"), "makes no sense"),
    ],
)
def test_a_list_that_cannot_be_had_is_one_clear_line(archive, read, answer, reason):
    archive.site.pages["/cdx/search/cdx"] = answer
    with pytest.raises(ArchiveError, match=f"^the Internet Archive: it.*{reason}") as caught:
        [*read()]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("answer", [Answer(b'{"timestamp": "x"}'), Answer(b"[1, 2]"), Answer(b"[[]"), Answer(b"{")])
def test_a_list_of_another_archive_that_makes_no_sense_is_one_clear_line(archive, read, answer):
    archive.site.pages["/pywb/cdx"] = answer
    with pytest.raises(ArchiveError, match="makes no sense"):
        [*read(base=archive.base)]


def test_an_archive_that_speaks_neither_is_named(archive, read):
    archive.site.pages |= {"/pywb/cdx": Answer(b"", 404), "/pywb/timemap/link/*": Answer(b"", 403)}
    with pytest.raises(ArchiveError, match=r"neither by CDX nor by Memento \(403\)"):
        [*read(base=archive.base)]


def test_a_page_the_archive_may_not_show_stops_nothing(archive, read, addresses):
    addresses(("Kent", "contents", KENT), ("Essex", "contents", OLD))
    archive.keep(OLD, "20180412000000", body(council="Essex"))
    listing = archive.internet_archive_cdx
    blocked = Answer(b"org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException", 403)
    archive.site.pages["/cdx/search/cdx"] = lambda path: blocked if "old" not in path else listing(path)
    assert [(each.outcome, each.detail) for each in read("Kent", "Essex")][0::2] == [
        ("not played back", "the archive may not show this page"),
        ("read", ""),
    ]


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.1:1/elsewhere", "leads out of the archive"),
        ("/pywb/20180412093045id_/https://kent.example/contents.html", "more than 3 redirects"),
        ("/pywb/20200101000000id_/https://kent.example/contents.html", "gave the capture of Wed, 01 Jan 2020"),
    ],
)
def test_an_archive_that_leads_elsewhere_is_not_followed(archive, read, to, reason):
    archive.keep(KENT, "20180412093045", body())
    archive.keep(KENT, "20200101000000", body("Other"))
    archive.site.pages["/pywb/20180412093045id_/*"] = Answer(b"", 302, {"Location": to})
    (found, _) = read(base=archive.base)
    assert found.outcome == "not played back"
    assert reason in found.detail


@pytest.mark.parametrize("base", [True, False], ids=["another archive", "the Internet Archive"])
def test_a_capture_beyond_the_limits_is_skipped(archive, read, monkeypatch, base):
    monkeypatch.setattr(archives, "MAX_BYTES", 10_000)
    archive.keep(KENT, "20180412093045", body() + b" " * 20_000)
    archive.keep(KENT, "20190412093045", body("Complaints"))
    (large, small) = read(base=archive.base if base else None)
    assert (large.outcome, small.outcome) == ("not played back", "read")
    assert "larger than" in large.detail


@pytest.mark.parametrize("sent", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["headers", "body"])
def test_an_archive_that_never_ends_is_given_up(sent, read, monkeypatch):
    monkeypatch.setattr(archives, "WHOLE", 0.5)
    asked = []

    class Dripping(BaseRequestHandler):
        def handle(self):
            asked.append(self.request.recv(1000))
            with suppress(OSError):
                self.request.sendall(sent)
                for _ in range(100):
                    self.request.sendall(b"x")
                    time.sleep(0.05)

    with ThreadingTCPServer(("127.0.0.1", 0), Dripping) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        start = time.monotonic()
        with pytest.raises(ArchiveError, match="still sending after 0 seconds: given up"):
            [*read(base=f"http://127.0.0.1:{server.server_address[1]}/")]
        assert time.monotonic() - start < 4
        server.shutdown()
    assert len(asked) == 1


@pytest.mark.parametrize("address", ["kent", "ftp://a.uk/", "", "http://"])
def test_what_is_no_address_of_an_archive_is_named(address):
    if address:
        with pytest.raises(ArchiveError, match="not an http"):
            open_archive(address)
    else:
        assert open_archive(address).name == "the Internet Archive"


def test_what_is_no_span_or_month_is_named():
    for words in ("", "0", "often", "6 weeks", "9999 years"):
        with pytest.raises(ProcmanError, match="not a span like 6months"):
            months_of(words)
    for words in ("12", "2012-13", "soon"):
        with pytest.raises(ProcmanError, match="not a year or month"):
            first_day(words)


# --- the command line --------------------------------------------------------------------------------------------


def test_the_command_lists_what_it_read_and_how_it_was_dated(archive, read, tmp_path, capsys):
    archive.keep(KENT, "20180412093045", body(dated="March 2018"))
    archive.keep(KENT, "20180512093045", body(dated="March 2018"))
    archive.keep(KENT, "20190412093045", b"gone", 404)
    archive.keep(KENT, "20200412093045", body("Complaints"))
    assert main(["history", "Kent", "--from", "2012", "--library", str(tmp_path / "lib")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Kent                         2018-04-12 read              2018-03  by the page",
        "Kent                         2019-04-12 error page                                the site answered 404",
        "Kent                         2020-04-12 read              2020-04  by the capture",
        "2 read, 1 same bytes and 1 error page",
    ]


def test_the_command_tells_what_was_read_before_the_archive_broke_off(archive, read, tmp_path, capsys):
    years(archive, 2010, 2011)
    archive.down = {2: Answer(b"", 429)}
    command = ["history", "Kent", "--archive", archive.base, "--every", "6months", "--library", str(tmp_path / "lib")]
    assert main(command) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "1 read"
    assert f"procman: {archive.base}: it asks for patience (429)" in told.err
    assert main(command) == 0


def test_an_address_is_one_councils(archive, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["history", "Kent", "Essex", "--address", KENT])
    assert stop.value.code == 2
    assert "--address is for one council's page: name one council" in capsys.readouterr().err
    assert archive.replayed == 0


def test_the_table_keeps_its_declaration(archive, read):
    archive.keep(KENT, "20180412093045", body())
    assert len(CAPTURES.check(CAPTURES.frame(read("Kent", "Essex")))) == 2


def test_the_internet_archive_is_asked_at_its_own_rate_and_others_once_a_second():
    ours, others = archives._session(), archives._session(archives.PER_SECOND)
    assert ours.rate_limts["/"]._minimum_wait == pytest.approx(1 / 8)
    assert ours.rate_limts["/cdx"]._minimum_wait == pytest.approx(1 / 0.4)
    assert others.rate_limts["/"]._minimum_wait == 1
    assert ours.headers["User-Agent"].startswith("procman/")
