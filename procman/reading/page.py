"""Open a page from a path, an address, bytes, a buffer or an upload. Handles encodings, limits, and files that are not pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from procman.errors import MOVED, PageError
from procman.files import MAX_BYTES, TOO_LARGE

#: The names of a contents page in a folder, in any case. The first that exists is used.
CONTENTS_SUFFIXES = (".txt", ".html", ".htm", ".mhtml", ".mht")


#: The most lines and the most tags of a page. Each takes memory, even a blank line.
MAX_LINES = 2_000_000
MAX_TAGS = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page.

    ``name`` is for messages. Its links are relative to ``address``. ``content`` are the original bytes, so that a library can keep the page
    unchanged (empty for a text buffer). ``archive`` says whether they are a web archive (MHTML).
    """

    name: str
    text: str
    html: bool
    address: str = ""
    content: bytes = b""
    archive: bool = False


def open_page(source: Any) -> Page:
    """Read a page from any source.

    Parameters
    ----------
    source
        A path (a file, or a folder with ``contents.txt`` or ``contents.html``), an ``http(s)://`` address, bytes, an open text or binary
        buffer, or a `Page`, which is returned unchanged.

    Raises
    ------
    PageError
        The page is missing, empty, too large, binary, or a PDF, Word file or image under another name.
    FetchError
        The address cannot be fetched.

    Examples
    --------
    >>> import io
    >>> open_page(io.StringIO("1. All Children")).html, open_page(b"<p>1. All Children</p>").html
    (False, True)
    """
    if isinstance(source, Page):
        return source
    if isinstance(source, str) and re.match(r"https?://", source, re.I):
        from procman.reading.fetch import fetch

        reply = fetch(source)
        return decode_page(reply.body, reply.address, charset=reply.charset, address=reply.address)
    if isinstance(source, bytes | bytearray | memoryview):
        return decode_page(bytes(source), "bytes")
    if isinstance(source, str) and "\n" in source:
        name = f"{' '.join(source.split())[:60]} …".strip()
        raise PageError(name, "this is a page's text, not a path: give it as io.StringIO(text)")
    if isinstance(source, str | Path):
        file = contents_file(Path(source))
        return decode_page(read_file(file, source), str(source), suffix=file.suffix)
    if hasattr(source, "read"):
        name = str(getattr(source, "name", "") or "buffer")
        try:
            content = _all_of(source)
        except (OSError, ValueError, TypeError) as error:
            raise PageError(name, f"cannot be read ({error})") from None
        if isinstance(content, bytes):
            return decode_page(content, name)
        if isinstance(content, str):
            return _page(content, name, "")
    raise PageError(type(source).__name__, "not a path, an address, bytes or an open buffer")


def _all_of(stream: Any) -> Any:
    """The content of a stream, read only until it is too large. An unbuffered stream gives it in pieces."""
    pieces: list[Any] = []
    left, piece = MAX_BYTES + 1, None
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    if piece is None:
        raise OSError("it has no more for now, and does not end")
    return piece[:0].join(pieces)


def is_path(said: str) -> bool:
    """Whether a person's text looks like a file's path, not like a council's name.

    >>> is_path("pages/kent.html"), is_path("kent.txt"), is_path("Bath and North East Somerset")
    (True, True, False)
    """
    return bool(re.search(r"[/\\]|^[~.]", said)) or said.casefold().endswith(CONTENTS_SUFFIXES)


def contents_file(path: Path) -> Path:
    """The contents page in a folder. A path that is not a folder is returned unchanged."""
    try:
        if not path.is_dir():
            return path
        found = {
            file.suffix.casefold(): file for file in sorted(path.iterdir()) if may_be_contents(file) and file.is_file()
        }
    except OSError as error:
        raise PageError(f"{str(path)[:60]} …", f"not a usable path ({error.strerror})") from None
    for suffix in CONTENTS_SUFFIXES:
        if suffix in found:
            return found[suffix]
    other = "".join(f", and {file.name} is neither" for file in found.values())
    raise PageError(path, f"the folder holds no contents.txt or contents.html{other}")


def may_be_contents(file: Path) -> bool:
    """Whether a file has the name of a contents page, of any type: contents.HTML, contents.pdf."""
    return file.stem.casefold() == "contents" and file.suffix != ""


def read_file(file: Path, name: object = None) -> bytes:
    """A file's bytes, read only until it is too large. ``name`` is for messages."""
    name = name or file
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise PageError(name, "there is no such file") from None
    except OSError as error:
        raise PageError(name, f"the file cannot be opened ({error.strerror or error})") from None
    except ValueError as error:
        raise PageError(repr(str(name)), f"not a usable path ({error})") from None


def decode_page(content: bytes, name: str, *, charset: str = "", address: str = "", suffix: str = "") -> Page:
    """Decode a page's bytes. Tries the byte order mark, UTF-8, the server's charset, the page's own charset, then cp1252.

    UTF-8 comes before the stated charsets, because these are often wrong, and text in another charset is almost never valid UTF-8.

    >>> decode_page("Children’s".encode("cp1252"), "page").text
    'Children’s'
    >>> decode_page("Children’s".encode("utf-16"), "page").text
    'Children’s'
    """
    if len(content) > MAX_BYTES:
        raise PageError(name, TOO_LARGE)
    if not content.strip(b"\x00 \t\r\n"):
        raise PageError(name, "the file is empty")
    if kind := _kind_of_file(content):
        raise _not_a_page(name, kind)
    if b"mime-version:" in content[:4096].lower() and b"multipart/related" in content[:4096].lower():
        return _web_archive(content, name)
    return replace(_page(_decode(content, name, charset), name, address, suffix), content=content)


def _page(text: str, name: str, address: str, suffix: str = "") -> Page:
    if len(text) > MAX_BYTES:
        raise PageError(name, TOO_LARGE)
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise PageError(name, f"more than {MAX_LINES:,} lines, which no contents page has")
    if not text.strip():
        raise PageError(name, "the file is empty")
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    tags = len(
        re.findall(r"</?(?:html|body|div|p|table|tr|td|li|ul|ol|a|h[1-6]|span|br)\b[^<>]{0,300}>", text[:50_000], re.I)
    )
    html = (
        start.startswith(("<!doctype html", "<html", "<?xml"))
        or tags > 3
        or (suffix.lower() in (".html", ".htm", ".xhtml") and tags > 0)
        or bool(re.match(r"<[a-z!]", start) and tags)
    )
    if html and text.count("<") > MAX_TAGS:
        raise PageError(name, f"more than {MAX_TAGS:,} tags, which no contents page has")
    return Page(name, text, html, address or _own_address(text) if html else address)


_SIGNATURES = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "a rich-text (RTF) file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"SQLite": "a database",
    b"bplist": "a web archive of Safari's",
}


def _kind_of_file(content: bytes) -> str:
    head = content[:1024].lstrip()
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in content:
            return "a Word file"
        if b"opendocument" in head:
            return "an OpenDocument file"
        return "an Excel file" if b"xl/" in content else "a ZIP archive"
    return ""


def _not_a_page(name: str, kind: str) -> PageError:
    advice = "save the contents page as HTML or copy it as text"
    return PageError(name, f"this is {kind}, not a web page or text: {advice}", status=MOVED)


#: Pages that state these charsets use the quotes and dashes of cp1252 (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_DO = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252")


def _decode(content: bytes, name: str, charset: str) -> str:
    import codecs

    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    for mark, encoding in marks:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    head = content[:4096]
    if head.count(b"\x00") > len(head) // 4:
        # UTF-16 without a byte order mark: every second byte of English text is zero.
        return content.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", "replace")
    if sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) > len(head) // 20:
        raise _not_a_page(name, "a binary file")
    declared = re.search(rb"<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", head, re.I)
    for encoding in ("utf-8", charset, declared[1].decode("ascii", "ignore") if declared else "", "cp1252"):
        try:
            # Text that decodes as UTF-8 is UTF-8, whatever the page states.
            if encoding:
                return content.decode(_AS_BROWSERS_DO.get(encoding.lower(), encoding))
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


#: The most parts before the page in a file that a browser saved, and a type header longer than browsers write.
_MOST_PARTS = 10_000
_LONG_HEADER = re.compile(rb"^content-type:(?:[^\r\n]|\r?\n[ \t]){5000}", re.I | re.M)


def _web_archive(content: bytes, name: str) -> Page:
    """A page saved as a single file (MHTML): the first HTML part with words.

    Uses Python's older e-mail policy, which does not parse each header. The newer policy is slow.
    """
    from email import message_from_bytes, policy

    try:
        if _LONG_HEADER.search(content):
            raise ValueError("a header of more than 5,000 characters")
        message = message_from_bytes(content, policy=policy.compat32)
        for count, part in enumerate(message.walk()):
            if count > _MOST_PARTS:
                raise ValueError(f"more than {_MOST_PARTS:,} parts")
            if part.get_content_type() != "text/html":
                continue
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
                page = _page(_decode(body, name, str(part.get_content_charset() or "")), name, address)
                return replace(page, content=content, archive=True)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        raise PageError(name, f"the web archive (MHTML) cannot be read ({error})") from None
    raise PageError(name, "the web archive (MHTML) holds no page")


def _own_address(text: str) -> str:
    """The address in the page: its base, its canonical link, or the comment that a browser writes when it saves a page."""
    head = text[:20_000]
    for pattern in (
        r"<base[^<>]{0,300}?href\s{0,3}=\s{0,3}[\"']?(https?://[^\"'\s>]{1,1000})",
        r"<!-- saved from url=\(\d{1,5}\)(https?://\S{1,1000})",
        r"<link[^<>]{0,300}?rel=[\"']?canonical[\"']?[^<>]{0,300}?href=[\"']?(https?://[^\"'\s>]{1,1000})",
        r"<meta[^<>]{0,100}?property=[\"']og:url[\"'][^<>]{0,100}?content=[\"'](https?://[^\"'\s>]{1,1000})",
    ):
        if match := re.search(pattern, head, re.I):
            return match[1]
    return ""
