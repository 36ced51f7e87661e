"""Controls to add a page: an upload, pasted text, or a council's name, an address or a path."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable

import ipywidgets as widgets

from procman.errors import PageError
from procman.files import MAX_BYTES
from procman.library.directory import find_council
from procman.panels.access import Access, access
from procman.panels.browser import Fold, Upload
from procman.panels.message import HERE, LABELLED, said_if_wrong
from procman.reading.page import CONTENTS_SUFFIXES, is_path

PASTED = "pasted text"


class PageControls:
    """An upload button, a box for a council's name, an address or a path, and a folded box for pasted text.

    Parameters
    ----------
    read
        Called with the source (a named buffer, a `Page`, a path or an address) and its name. If the page was found by a council's name,
        also called with that name, and with ``manual=`` the manual read.
    say
        Called with a sentence: with ``progress=`` while a page loads, or with ``wrong=True`` if there is none.

    Examples
    --------
    >>> pages = PageControls(lambda source, name, council=None: print("reading", source), print)
    >>> pages.source.value = " 'page.html' "
    >>> pages.read_button.click()
    reading page.html
    """

    def __init__(self, read: Callable[..., None], say: Callable[..., None]) -> None:
        self._read, self._say = read, say
        self.upload = Upload(
            self._uploaded, say, description="Upload a page", accept=",".join(CONTENTS_SUFFIXES), most=MAX_BYTES + 1
        )
        own = access() is Access.OWN
        self.source = widgets.Text(
            description="Council, address or file" if own else "Council or address",
            placeholder="Kent, https://… or a path" if own else "Kent or https://…",
            style=LABELLED,
        )
        self.read_button = widgets.Button(description="Read", tooltip="Read this council's page, or the one found here")
        self.named = widgets.Box([self.source, self.read_button])
        self.paste = Fold(description="Paste text")
        self.text = widgets.Textarea(
            description="Text of a contents page", rows=8, continuous_update=False, style=LABELLED
        )
        self.text_button = widgets.Button(description="Read the text")
        self.pasting = widgets.Box([self.text, self.text_button])
        self.pasting.layout.display = "none"
        self.named.add_class("procman-named")
        self.pasting.add_class("procman-pasting")
        self.paste.observe(lambda change: self._unfold(change["new"]), "unfolded")
        self.text_button.on_click(lambda _: self._pasted())
        self.read_button.on_click(lambda _: self._named())
        self.source.on_msg(lambda _, content, __: self._named() if content.get("event") == "submit" else None)

    @property
    def widgets(self) -> list[widgets.Widget]:
        """The controls to show in a panel."""
        return [self.upload, self.named, self.paste, self.pasting]

    def _unfold(self, unfolded: bool) -> None:
        self.pasting.layout.display = None if unfolded else "none"

    def _uploaded(self, name: str, content: bytes) -> None:
        page = io.BytesIO(content)
        page.name = name  # type: ignore[attr-defined]  # which an error will give
        self._read(page, name)

    def _pasted(self) -> None:
        if self.text.value.strip():
            page = io.StringIO(self.text.value)
            page.name = PASTED  # type: ignore[attr-defined]  # which an error will give
            self._read(page, PASTED)
        else:
            self._say("Paste the text of a contents page first.", wrong=True)

    def _named(self) -> None:
        """Read the page that the box names."""
        said = self.source.value.strip().strip("\"'")
        said_if_wrong(lambda: self._find(said), self._say)

    def _find(self, said: str) -> None:
        if not said:
            raise PageError(HERE, "give a council's name, or an address that begins with https://")
        if re.match(r"https?://", said, re.I):
            from procman.reading.network import is_private  # which takes a while to load

            if access() is not Access.OWN and is_private(said):
                raise PageError(HERE, "addresses in this server's own network are not fetched")
            self._read(said, "")
        elif is_path(said) or (access() is Access.OWN and os.path.exists(said)):  # noqa: PTH110  (whatever the text holds)
            if access() is not Access.OWN:
                raise PageError(HERE, "files of this server cannot be read: upload the page, or paste its text")
            self._read(os.path.expanduser(said), "")  # noqa: PTH111
        else:
            council = find_council(said)
            self._say(f"Fetching {council.council}'s page …", progress=0.1)
            from procman.library.fetch_by_name import read_known_page

            page, manual = read_known_page(council)
            self._read(page, page.address, council.council, manual=manual)
