"""Controls that bring a page: an upload, or a path or an address."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from procman.files import MAX_BYTES
from procman.panels.browser import Upload
from procman.panels.message import LABELLED

PAGES = ".txt,.html,.htm,.mhtml,.mht"


class PageControls:
    """An upload button, and a box for a path or an address with its button.

    Parameters
    ----------
    read
        Called with the source (a named buffer, a path or an address) and what to call it.
    say
        Called with a sentence: with ``progress=`` while a page comes, with ``wrong=True`` when the box is empty.

    Examples
    --------
    >>> pages = PageControls(lambda source, name: print("reading", source), print)
    >>> pages.source.value = " 'page.html' "
    >>> pages.read_button.click()
    reading page.html
    """

    def __init__(self, read: Callable[[Any, str], None], say: Callable[..., None]) -> None:
        self._read, self._say = read, say
        self.upload = Upload(
            self._uploaded,
            say,
            description="Upload a page",
            accept=PAGES,
            most=MAX_BYTES + 1,
        )
        self.source = widgets.Text(description="File or address", placeholder="https://… or a path", style=LABELLED)
        self.read_button = widgets.Button(description="Read", tooltip="Read the page at this path or address")
        self.named = widgets.Box([self.source, self.read_button])
        for widget, name in (
            (self.named, "named"),
            (self.upload, "upload"),
            (self.source, "source"),
            (self.read_button, "read"),
        ):
            widget.add_class(f"procman-{name}")
        self.read_button.on_click(lambda _: self._named())
        self.source.on_msg(lambda _, content, __: self._named() if content.get("event") == "submit" else None)

    @property
    def widgets(self) -> list[widgets.Widget]:
        """What to put among a panel's controls."""
        return [self.upload, self.named]

    def _uploaded(self, name: str, content: bytes) -> None:
        page = io.BytesIO(content)
        page.name = name  # type: ignore[attr-defined]  # which an error will give
        self._read(page, name)

    def _named(self) -> None:
        """Read what the box names."""
        source = os.path.expanduser(self.source.value.strip().strip("\"'"))  # noqa: PTH111  (an address is no path)
        if source:
            self._read(source, "")
        else:
            self._say("Give the path of a file, or an address that begins with https://.", wrong=True)
