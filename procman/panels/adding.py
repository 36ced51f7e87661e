"""Add your own council: read its contents page, check what was read, compare it and keep it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from procman.errors import LibraryError, PageError
from procman.library.library import THERE_ALREADY, keep_manual
from procman.panels.access import Access, access
from procman.panels.bringing import PageControls
from procman.panels.coverage import CoveragePanel
from procman.panels.message import HERE, LABELLED, said_if_wrong
from procman.panels.outline import headline_html, notices_html, outline_html
from procman.reading.dates import month_of
from procman.reading.manual import Manual, read_manual
from procman.reading.page import Page, open_page
from procman.reports.comparison import council_name
from procman.words import count

WAITING = (
    "<p>Give a council's name, upload a contents page, or paste its text. It is compared as soon as it is read, with every question "
    "here.</p>"
)
CORRECT_LATER = "<p>Was a line read wrongly? Keep the page, then correct it under “Read a manual”.</p>"
KEEP, KEPT = "Keep in the library", "Kept"
ON_YOUR_OWN = "<p>Nothing is kept here: the page is yours alone until you close this.</p>"


class AddPanel(CoveragePanel):
    """Reads a contents page, shows what was read, compares it with the library, and keeps it there.

    Has the parameters and attributes of `ComparisonPanel`. The page's council becomes your council.

    Attributes
    ----------
    manual
        The manual read, or None.

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

    def read(
        self,
        source: Any,
        name: str = "",
        council: str | None = None,
        edition: str | None = None,
        manual: Manual | None = None,
    ) -> None:
        """Read a page and compare it. If it cannot be read, only ``message`` changes.

        Parameters
        ----------
        source
            As for `procman.read_manual`.
        name
            The page's name, if the source has none.
        council, edition
            The page's council and edition, by default those that the page prints. You can correct both afterwards.
        manual
            The manual, if the page was already read.
        """
        self._say(f"Reading {name or 'the page'} …", progress=0.2)
        said_if_wrong(
            lambda: self._take(page := open_page(source), manual or read_manual(page, council, edition=edition), name),
            self._say,
        )

    def _take(self, page: Page, manual: Manual, name: str) -> None:
        self._page, self.manual = page, manual
        self._understood.value = "".join(
            (
                headline_html(manual),
                "<details><summary>The outline, and possible problems on the page</summary>",
                outline_html(manual.entries, "Outline of the page"),
                notices_html(manual.notices),
                "" if access() is Access.VISITORS else CORRECT_LATER,
                "</details>",
            )
        )
        self._show_facts(manual)
        own = council_name(manual)
        others = [other for other in self._others if council_name(other) != own]
        compared = [council for council in self.councils if council in {council_name(other) for other in others}]
        self.comparison.source.manuals = list(others)
        self.comparison.add(manual)
        self.councils, self.focus = [own, *compared], own
        self.refresh()
        chapters = int((manual.entries["kind"] == "chapter").sum())
        if not self._wrong:
            unnamed = "" if manual.council else " It names no council: say whose it is."
            self._say(f"Read {name or Path(manual.source).name}: {count(chapters, 'chapter')}.{unnamed}")

    def _show_facts(self, manual: Manual) -> None:
        """Show the page's council and edition in boxes, so that a person can correct them."""
        self._showing = True
        self.council_box.value, self.edition_box.value = manual.council or "", manual.edition or ""
        self._showing = False
        self.replace_box.value, self.replace_box.layout.display = False, "none"
        self.keep_button.disabled = self.comparison.library is None
        self.keep_button.description = KEEP
        self._keeping.layout.display = None

    def _put_right(self, _: Any) -> None:
        """Read the page again with the council and edition that the person gives."""
        if self._page is None or self._showing:
            return
        council, edition = self.council_box.value.strip(), month_of(self.edition_box.value.strip())
        self.read(self._page, "", council or None, edition or None)

    @property
    def brought(self) -> tuple[Page, str, str | None, str | None] | None:
        """The page on show with its council and edition, as `read` takes them. None if there is no page, or it was kept."""
        if self._page is None or self.manual is None or self.keep_button.description == KEPT:
            return None
        return self._page, Path(self.manual.source).name, self.manual.council, self.manual.edition

    def keep(self, replace: bool = False) -> Path:
        """Keep the page in the library and return its folder.

        Raises ``LibraryError`` if there is no page, no library or no council's name, or if the library already has the edition and
        ``replace`` is False.
        """
        if self._page is None or self.manual is None:
            raise PageError(HERE, "read a page first")
        if access() is Access.VISITORS:
            raise LibraryError(HERE, "nothing is kept here")
        if self.comparison.library is None:
            raise LibraryError(HERE, "there is no library to keep it in")
        if not self.manual.council:
            raise LibraryError(HERE, "the page names no council: say whose it is first")
        return keep_manual(self._page, self.manual, folder=self.comparison.library.folder, replace=replace)

    def refresh(self) -> None:
        """Update everything. Before a page is added there is no council of yours and nothing to show."""
        answer = (
            self._settings.widget,
            self._shown.widget,
            self._headline,
            self._settings.folds,
            self.columns,
            self.export.widget,
        )
        for each in answer:
            each.layout.display = None if self.manual else "none"
        if self.manual:
            super().refresh()

    # --- widgets -------------------------------------------------------------------------------------------------

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        self.pages = PageControls(self.read, self._say)
        self.council_box = widgets.Text(description="Council", continuous_update=False, style=LABELLED)
        self.edition_box = widgets.Text(
            description="Edition", placeholder="June 2024", continuous_update=False, style=LABELLED
        )
        self.replace_box = widgets.Checkbox(description="Replace the edition that is there", indent=False)
        self.keep_button = widgets.Button(description=KEEP)
        self.keep_button.on_click(lambda _: self._by_hand(self._keep))
        visitor = access() is Access.VISITORS
        self._understood = widgets.HTML(WAITING + (ON_YOUR_OWN if visitor else ""))
        bringing = widgets.Box(self.pages.widgets)
        kept = [] if visitor else [self.keep_button, self.replace_box]
        self._keeping = widgets.Box([self.council_box, self.edition_box, *kept])
        self._keeping.layout.display = "none"
        box = widgets.VBox([bringing, self._understood, self._keeping])
        for widget, name in (
            (box, "bringing"),
            (bringing, "controls"),
            (self._keeping, "controls"),
            (self.council_box, "name"),
            (self.edition_box, "date"),
            (self._understood, "outline"),
        ):
            widget.add_class(f"procman-{name}")
        self.council_box.observe(self._put_right, "value")
        self.edition_box.observe(self._put_right, "value")
        return [box, settings]

    def _keep(self) -> None:
        try:
            self._say(f"Kept in {self.keep(self.replace_box.value).as_posix()}.")
        except LibraryError as error:
            if error.reason == THERE_ALREADY:
                self.replace_box.layout.display = None
            raise
        self.keep_button.disabled, self.keep_button.description = True, KEPT
