"""Your own council: bring its contents page, see what was read, compare it at once, keep it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from procman.errors import LibraryError, PageError
from procman.library.library import keep_manual
from procman.panels.bringing import PageControls
from procman.panels.coverage import CoveragePanel
from procman.panels.message import LABELLED, in_words
from procman.panels.outline import headline_html, notices_html, outline_html
from procman.reading.details import iso_date
from procman.reading.manual import Manual, read_manual
from procman.reading.page import Page, open_page
from procman.reports.comparison import council_name
from procman.words import count

WAITING = "<p>Upload a contents page, or give its path or address. It is compared as soon as it is read.</p>"


class AddPanel(CoveragePanel):
    """Brings a contents page, shows what was read, compares it with the library, and keeps it there.

    Parameters and attributes are those of `ComparisonPanel`; the page's council becomes your council.

    Attributes
    ----------
    manual
        What was read; None before.

    Examples
    --------
    >>> from procman import open_library
    >>> panel = AddPanel(open_library("data/manuals"))
    >>> panel.read(b"1. All Children\\n\\n1.1 Private Fostering\\n1.2 Harbour Swimming\\n", council="Northwick")
    >>> panel.view = "coverage_by_section"
    >>> panel.table[["section", "chapters", "only_here"]].values.tolist()
    [['All Children', 2, 1]]
    """

    about = "your council"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.manual: Manual | None = None
        self._page: Page | None = None
        super().__init__(*arguments, **named)
        self._others = list(self.comparison.source.manuals)

    # --- state ---------------------------------------------------------------------------------------------------

    def read(self, source: Any, name: str = "", council: str | None = None, edition: str | None = None) -> None:
        """Read a page and compare it; one that cannot be read changes only ``message``.

        Parameters
        ----------
        source
            As for `procman.read_manual`.
        name
            What to call the page where its source does not say.
        council, edition
            Whose it is, and of which month; by default what the boxes say, else the page.
        """
        self._say(f"Reading {name or 'the page'} …", progress=0.2)
        council = council or self.council_box.value.strip() or None
        edition = edition or _month(self.edition_box.value.strip()) or None
        in_words(lambda: self._take(open_page(source), name, council, edition), self._say)

    def _take(self, page: Page, name: str, council: str | None, edition: str | None) -> None:
        manual = read_manual(page, council, edition=edition)
        self._page, self.manual = page, manual
        self._understood.value = "".join(
            (
                headline_html(manual),
                "<details><summary>The outline, and possible problems on the page</summary>",
                outline_html(manual.entries, "Outline of the page"),
                notices_html(manual.notices),
                "</details>",
            )
        )
        self.keep_button.disabled = self.comparison.library is None
        own = council_name(manual)
        others = [other for other in self._others if council_name(other) != own]
        compared = [council for council in self.councils if council in {council_name(other) for other in others}]
        self.comparison.source.manuals = list(others)
        self.comparison.add(manual)
        self.councils, self.focus = [own, *compared], own
        self.refresh()
        chapters = int((manual.entries["kind"] == "chapter").sum())
        if not self._wrong:
            self._say(f"Read {name or Path(manual.source).name or manual.source}: {count(chapters, 'chapter')}.")

    def keep(self, replace: bool = False) -> Path:
        """Keep the page in the library and return its folder.

        Raises ``LibraryError`` where there is no page, no library or no council's name, or where the edition is there already
        and is not to be replaced.
        """
        if self._page is None or self.manual is None:
            raise PageError("panel", "read a page first")
        if self.comparison.library is None:
            raise LibraryError("panel", "there is no library to keep it in")
        if not self.manual.council:
            raise LibraryError("panel", "the page names no council: give its name and read it again")
        return keep_manual(self._page, self.manual, folder=self.comparison.library.folder, replace=replace)

    # --- widgets -------------------------------------------------------------------------------------------------

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        self.pages = PageControls(self.read, self._say)
        self.council_box = widgets.Text(
            description="Its council", placeholder="if the page does not say", style=LABELLED
        )
        self.edition_box = widgets.Text(
            description="Its edition", placeholder="June 2024, if the page does not say", style=LABELLED
        )
        self.replace_box = widgets.Checkbox(description="Replace this edition if it is there", indent=False)
        self.keep_button = widgets.Button(description="Keep in the library", disabled=True)
        self.keep_button.on_click(lambda _: self._by_hand(self._keep))
        self._understood = widgets.HTML(WAITING)
        bringing = widgets.Box([self.council_box, self.edition_box, *self.pages.widgets])
        keeping = widgets.Box([self.keep_button, self.replace_box])
        box = widgets.VBox([bringing, self._understood, keeping])
        for widget, name in (
            (box, "bringing"),
            (bringing, "controls"),
            (keeping, "controls"),
            (self.council_box, "name"),
            (self.edition_box, "date"),
            (self.replace_box, "replace"),
            (self.keep_button, "keep"),
            (self._understood, "outline"),
        ):
            widget.add_class(f"procman-{name}")
        return [box, settings]

    def _keep(self) -> None:
        self._say(f"Kept in {self.keep(self.replace_box.value).as_posix()}.")


def _month(text: str) -> str:
    """An edition as people write it in ISO; what is none stays, to be refused by its own words.

    >>> _month("March 2024"), _month("2024-03"), _month("spring")
    ('2024-03', '2024-03', 'spring')
    """
    return iso_date(text)[:7] or text
