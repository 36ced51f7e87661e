"""Opening a page: sources, encodings, limits, and files that are not pages."""

from __future__ import annotations

import bz2
import gzip
import io
import pickle
import plistlib
import zipfile

import pytest

from procman.errors import PageError, ProcmanError
from procman.reading import page as pages
from procman.reading.manual import read_page
from procman.reading.page import Page, decode_page, open_page

TEXT = "1. All Children\n1.1 Children’s Consent – policy\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_read_not_refused(encoding):
    assert decode_page(TEXT.encode(encoding), "page").text == TEXT


def test_the_page_names_its_own_encoding():
    html = '<html><head><meta charset="iso-8859-2"></head><body><p>1.1 Křížek</p></body></html>'
    assert "Křížek" in decode_page(html.encode("iso-8859-2"), "page").text


@pytest.mark.parametrize("claim", ["iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "windows-1252"])
def test_pages_that_claim_latin_are_read_as_browsers_do(claim):
    assert decode_page(TEXT.encode("cp1252"), "page", charset=claim).text == TEXT
    html = f'<html><head><meta charset="{claim}"></head><body><p>Children’s</p></body></html>'
    assert "Children’s" in decode_page(html.encode("cp1252"), "page").text


def test_utf8_wins_over_a_false_claim():
    html = '<html><head><meta charset="windows-1252"></head><body><p>Children’s</p></body></html>'
    assert "Children’s" in decode_page(html.encode(), "page").text


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path,
        lambda path: str(path),
        lambda path: path.parent,
        lambda path: path.read_bytes(),
        lambda path: io.BytesIO(path.read_bytes()),
        lambda path: io.StringIO(path.read_text(encoding="utf-8")),
        lambda path: open_page(path),
    ],
    ids=["path", "text path", "folder", "bytes", "binary buffer", "text buffer", "page"],
)
def test_every_kind_of_source(make, tmp_path):
    path = tmp_path / "contents.txt"
    path.write_text(TEXT, encoding="utf-8")
    page = open_page(make(path))
    assert (page.text, page.html) == (TEXT, False)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("  <html><body>x</body></html>", True),
        ("<table><tr><td>1.1</td></tr></table>", True),
        ("1.1 Children <16> and a < b", False),
        ("1.1 About the <p> element", False),
    ],
)
def test_format_is_told_by_the_content(text, html):
    assert decode_page(text.encode(), "page").html is html


def test_a_saved_page_knows_its_address():
    page = decode_page(
        b"<!-- saved from url=(0031)https://example.org/m/contents.html -->\n<html><p>x</p></html>", "page"
    )
    assert page.address == "https://example.org/m/contents.html"


MHTML = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/manual/contents.html
Subject: Contents
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/manual/contents.html

<html><body><h2>1. All Children</h2><ul><li>1.1 <a href=3D"c.html">Children=E2=80=99s Consent</a></li></ul></body></html>
------B
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/logo.png

iVBORw0KGgo=
------B--
"""


PART = b"--b\r\nContent-Type: text/html%s\r\n\r\n%s\r\n"
ARCHIVE = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"%s\r\n\r\n'


def nested(depth: int) -> bytes:
    inner = b"".join(
        b'--b%d\r\nContent-Type: multipart/related; boundary="b%d"\r\n\r\n' % (i, i + 1) for i in range(depth)
    )
    begin = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n'
    return begin + inner + b"--b%d\r\nContent-Type: text/html\r\n\r\n<p>1.1 A</p>\r\n" % depth


@pytest.mark.parametrize(
    "content",
    [
        ARCHIVE % b"" + PART % (b"", b"") + PART % (b"", b"<p>1.1 A</p>"),
        nested(5),
        ARCHIVE % b"" + PART % (b"; charset*=none'%zz'\xff", b"<p>1.1 A</p>"),
        ARCHIVE % b"" + PART % (b'; charset="\xff\xfe"', b"<p>1.1 A</p>"),
    ],
    ids=["an empty part first", "parts in parts", "an odd header", "an odd charset"],
)
def test_an_odd_web_archive_is_read(content):
    assert decode_page(content, "page.mhtml").text.strip() == "<p>1.1 A</p>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ARCHIVE % b"" + PART % (b"", b""), "holds no page"),
        (nested(5000), "cannot be read"),
        (ARCHIVE % (b"; a=1" * 100_000) + PART % (b"", b"<p>1.1 A</p>"), "a header of more than"),
        (ARCHIVE % b"" + PART % (b"; charset*1=x" * 100_000, b"<p>1.1 A</p>"), "a header of more than"),
        (ARCHIVE % b"" + b"--b\r\n\r\nx\r\n" * 20_000, "more than 10,000 parts"),
    ],
    ids=["only an empty part", "parts in parts", "many parameters", "many parameters of a part", "many parts"],
)
def test_a_web_archive_that_no_browser_writes_is_refused(content, reason):
    with pytest.raises(PageError, match=reason):
        decode_page(content, "page.mhtml")


def test_a_web_archive_is_read():
    page = decode_page(MHTML.replace(b"\n", b"\r\n"), "page.mhtml")
    assert page.html
    assert page.archive
    assert page.address == "https://example.org/manual/contents.html"
    assert "Children’s Consent" in page.text


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4\n...", "a PDF"),
        (_zip("word/document.xml"), "a Word file"),
        (_zip("xl/workbook.xml"), "an Excel file"),
        (_zip("readme"), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"{\\rtf1 hello}", "rich-text"),
        (gzip.compress(TEXT.encode(), mtime=0), "a gzip archive"),
        (bz2.compress(TEXT.encode()), "a bzip2 archive"),
        (plistlib.dumps({"WebMainResource": TEXT}, fmt=plistlib.FMT_BINARY), "a web archive of Safari's"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_page_is_named(content, reason):
    with pytest.raises(PageError, match=reason) as caught:
        decode_page(content, "manual.html")
    assert str(caught.value).startswith("manual.html: ")
    assert "empty" in reason or "save the contents page as HTML" in str(caught.value)


def test_too_large_is_refused_without_reading_it_all(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "MAX_BYTES", 1000)
    path = tmp_path / "huge.txt"
    path.write_bytes(b"1.1 Title\n" * 1000)
    for source in (path, path.read_bytes(), io.StringIO("1.1 Title\n" * 1000)):
        with pytest.raises(PageError, match="larger than"):
            open_page(source)


def test_more_lines_than_any_contents_page_are_refused_also_blank_ones(monkeypatch):
    monkeypatch.setattr(pages, "MAX_LINES", 1000)
    assert open_page(io.StringIO("1.1 Title\n" * 1000)).text.count("\n") == 1000
    for end in ("\n", "\r", "\r\n"):
        with pytest.raises(PageError, match="more than 1,000 lines"):
            open_page(io.BytesIO(b"1.1 Title" + end.encode() * 1001))


def test_more_tags_than_any_contents_page_are_refused(monkeypatch):
    monkeypatch.setattr(pages, "MAX_TAGS", 100)
    assert decode_page(b"<p>" * 100, "page").html
    assert not decode_page(b"x < y\n" * 101, "page").html
    with pytest.raises(PageError, match="more than 100 tags"):
        decode_page(b"<p>" * 101, "page")


def test_missing_file_and_empty_folder(tmp_path):
    with pytest.raises(PageError, match="no such file"):
        open_page(tmp_path / "none.txt")
    with pytest.raises(PageError, match=r"no contents\.txt"):
        open_page(tmp_path)
    with pytest.raises(PageError, match="not a usable path"):
        open_page("a\x00b")
    with pytest.raises(PageError, match="not a path"):
        open_page(3)
    with pytest.raises(PageError, match=r"^x{60} …: not a usable path"):
        open_page("x" * 5000)
    with pytest.raises(PageError, match=r"^…: .*io\.StringIO"):
        open_page("\n")
    with pytest.raises(PageError, match=r"io\.StringIO"):
        open_page(TEXT)


class Broken:
    name = "upload"

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def read(self, size: int) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    "answer", [OSError(5, "Input/output error"), ValueError("I/O operation on closed file."), None]
)
def test_a_buffer_that_cannot_be_read_is_named(answer):
    with pytest.raises(PageError, match=r"^(upload: cannot be read|Broken: not a path)"):
        open_page(Broken(answer))


class Pieces(io.RawIOBase):
    """A stream without a buffer, which gives at most seven bytes at a time; a piece of None says that there is no more for now."""

    def __init__(self, content: bytes, end: int | None = 0) -> None:
        self.stream, self.end = io.BytesIO(content), end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:
        piece = self.stream.read(min(7, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece) or self.end


def test_a_stream_without_a_buffer_is_read_to_its_end(monkeypatch):
    assert open_page(Pieces(TEXT.encode())).text == TEXT
    assert open_page(io.TextIOWrapper(io.BufferedReader(Pieces(TEXT.encode())), encoding="utf-8")).text == TEXT
    with pytest.raises(PageError, match="empty"):
        open_page(Pieces(b""))
    with pytest.raises(PageError, match=r"^buffer: cannot be read \(it has no more for now"):
        open_page(Pieces(TEXT.encode(), end=None))
    monkeypatch.setattr(pages, "MAX_BYTES", 21)
    assert open_page(Pieces(b"1.1 Title that ends A")).text == "1.1 Title that ends A"
    with pytest.raises(PageError, match="larger than"):
        open_page(Pieces(b"1.1 Title that ends A."))


@pytest.mark.parametrize("charset", ["undefined", "rot13", "nonsense", "utf-16", "idna"])
def test_a_page_that_claims_a_charset_of_no_use_is_read(charset):
    page = f'<html><meta charset="{charset}"><p>1.1 Children’s</p></html>'.encode("cp1252")
    assert "Children’s" in decode_page(page, "page").text


def test_a_few_characters_that_no_page_should_have_do_not_make_it_binary():
    page = decode_page(TEXT.replace("Consent", "Con\x00sent\x1f").encode(), "page")
    reading, _ = read_page(page)
    assert reading.columns["title"] == ["All Children", "Children’s Con sent – policy"]


def test_errors_cross_processes():
    error = pickle.loads(pickle.dumps(PageError("a.txt", "broken", line=3, status="moved")))
    assert error.status == "moved"
    assert isinstance(error, ProcmanError)
    assert (str(error), error.line) == ("a.txt, line 3: broken", 3)


def test_bytes_that_no_stated_charset_fits_are_read_as_most_pages_are():
    content = b"1. All\n1.1 Children\x92s Homes\n1.2 Undefined \x81 byte\n"
    assert decode_page(content, "page", charset="utf-8").text.splitlines()[1:] == [
        "1.1 Children’s Homes",
        "1.2 Undefined � byte",
    ]


@pytest.mark.parametrize(("control", "binary"), [(10, False), (11, True)])
def test_a_file_with_more_than_one_control_character_in_twenty_is_binary(control, binary):
    content = b"\x01" * control + b"a" * (200 - control)
    if binary:
        with pytest.raises(PageError, match="a binary file"):
            decode_page(content, "page")
    else:
        assert decode_page(content, "page")


@pytest.mark.parametrize("byte", [b"\t", b"\n", b"\x0c", b"\r", b"\x1b"])
def test_blanks_and_escapes_of_terminals_are_no_control_characters(byte):
    assert decode_page(byte * 20 + b"a" * 20, "page")


@pytest.mark.parametrize("head", [b"MIME-Version: 1.0\n", b"Content-Type: multipart/related\n"])
def test_half_the_head_of_a_saved_page_makes_none(head):
    assert not decode_page(head + b"\n1. All\n1.1 Consent\n", "page").archive


def test_a_page_is_no_archive_of_its_own_accord():
    page = Page("page", "1. All", False)
    assert (page.archive, page.html) == (False, False)


@pytest.mark.parametrize(("tags", "html"), [(3, False), (4, True)])
def test_a_text_with_more_than_three_tags_is_a_page_of_html(tags, html):
    content = b"Contents\n" + b"<br> 1.1 Consent\n" * tags
    assert decode_page(content, "page").html is html


def test_only_a_file_called_contents_is_a_folder_s_page(tmp_path):
    (tmp_path / "notes.txt").write_text("no page")
    (tmp_path / "contents.txt").mkdir()
    (tmp_path / "contents.html").write_text("<p>1. All")
    assert open_page(tmp_path).text == "<p>1. All"
    (tmp_path / "contents.html").unlink()
    with pytest.raises(PageError, match=r"the folder holds no contents.txt or contents.html$"):
        open_page(tmp_path)


@pytest.mark.parametrize(
    ("error", "said"), [(OSError("too busy"), "too busy"), (OSError(5, "Input error"), "Input error")]
)
def test_a_file_that_cannot_be_opened_says_why(error, said, monkeypatch, tmp_path):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(pages.Path, "open", fails)
    with pytest.raises(PageError, match=rf"the file cannot be opened \({said}\)"):
        open_page(tmp_path / "page.txt")


def test_a_shift_of_terminals_is_a_control_character():
    with pytest.raises(PageError, match="a binary file"):
        decode_page(b"\x0e" * 20 + b"a" * 20, "page")


@pytest.mark.parametrize(("content", "html"), [(b"Contents <br> 1.1 Consent", True), (b"Contents 1.1 Consent", False)])
def test_one_tag_makes_html_of_a_file_that_is_called_so(content, html):
    assert decode_page(content, "page", suffix=".html").html is html
    assert not decode_page(content, "page", suffix=".txt").html


def test_the_text_of_a_page_is_named_by_its_first_60_characters():
    with pytest.raises(PageError, match=r"^Words words w{48} …: this is a page's text"):
        open_page(f"Words\nwords {'w' * 60}")


def test_text_of_which_a_quarter_is_empty_bytes_is_not_taken_for_utf_16():
    with pytest.raises(PageError, match="a binary file"):
        decode_page(b"aaa\x00" * 10, "page")
    assert decode_page(b"a\x00" * 10, "page").text == "a" * 10
