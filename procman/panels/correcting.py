"""Controls to correct how a page was read: choose a line, give the correct values, undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.library.correct_line import READ_LINES, correct_line, lines_to_correct, undo_correction
from procman.panels.browser import Fold
from procman.panels.message import HERE, LABELLED, said_if_wrong
from procman.panels.table import Asked, TableControls
from procman.reading.apply_corrections import ENTRY_FIELDS, JOIN, NOT_AN_ENTRY, words_of
from procman.reports.html import escape
from procman.tables import KINDS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from procman.reading.manual import Manual

CORRECT = "Put right"


class CorrectingControls:
    """The lines of a page as a table, with a button in each row to correct the line.

    Parameters
    ----------
    say
        Called with a sentence, and with ``wrong=True`` if something cannot be done.
    on_corrected
        Called with the corrected manual.

    Attributes
    ----------
    fields
        A control for each field of an entry.
    widget
        All controls, folded.

    Examples
    --------
    >>> from procman import open_library
    >>> library = open_library("data/manuals")
    >>> correcting = CorrectingControls(print, print)
    >>> correcting.show(library.manual("Oxfordshire"), library.folder)
    >>> correcting.choose(correcting.lines.index[correcting.lines["number"] == "1.2.6"][0])
    >>> correcting.fields["title"].value
    'Assessment'
    """

    def __init__(self, say: Callable[..., None], on_corrected: Callable[[Manual], None]) -> None:
        self._say, self._on_corrected = say, on_corrected
        self._manual: Manual | None = None
        self._library: Path | None = None
        self._row: int | None = None
        self._lines: pd.DataFrame | None = None
        self.fold = Fold(description="Correct how a line was read")
        self.table = TableControls(self._pressed, "Read wrongly?")
        self.fields: dict[str, Any] = {name: self._field(name) for name in ENTRY_FIELDS}
        self.chosen = widgets.HTML()
        self.save = widgets.Button(description="Save", tooltip="Save the correction of this line")
        self.join = widgets.Button(description="It continues the entry above")
        self.undo = widgets.Button(description="Undo", tooltip="Undo the last correction of this line")
        buttons = widgets.Box([self.save, self.join, self.undo])
        fields = widgets.Box([*self.fields.values()])
        self.form = widgets.VBox([self.chosen, fields, buttons])
        self.body = widgets.VBox([self.form, self.table.widget])
        self.widget = widgets.VBox([self.fold, self.body])
        for widget, name in (
            (fields, "controls"),
            (buttons, "controls"),
            (self.form, "correcting"),
            (self.widget, "corrections"),
        ):
            widget.add_class(f"procman-{name}")
        self.fold.observe(lambda _: self._open(), "unfolded")
        self.save.on_click(lambda _: self._by_hand(self._saved))
        self.join.on_click(lambda _: self._by_hand(lambda: self._record([(JOIN, "")])))
        self.undo.on_click(lambda _: self._by_hand(self._undone))

    def _field(self, name: str) -> widgets.Widget:
        label = name.capitalize()
        if name == "kind":
            options = [*((kind.replace("_", " "), kind) for kind in KINDS), (NOT_AN_ENTRY, "")]
            return widgets.Dropdown(description=label, options=options, style=LABELLED)
        if name == "status":
            options = [("none", ""), *((status, status) for status in STATUSES)]
            return widgets.Dropdown(description="Flag", options=options, style=LABELLED)
        return widgets.Text(description=label, style=LABELLED)

    def show(self, manual: Manual | None, library: Path | None) -> None:
        """Show the lines of a manual in a library. Show nothing if the manual is in no library, because corrections are kept there."""
        if manual is not self._manual:
            self._row = self._lines = None
        self._manual, self._library = manual, library
        self.widget.layout.display = None if manual and library else "none"
        self._open()

    @property
    def lines(self) -> pd.DataFrame:
        """The lines of the page, read again on first use, because few people correct a line."""
        if self._lines is None:
            kept = self._manual if self._library else None
            self._lines = lines_to_correct(kept) if kept else READ_LINES.frame([])
        return self._lines

    def _open(self) -> None:
        """Show the table when it is unfolded."""
        there = bool(self.fold.unfolded and self._manual and self._library)
        self.body.layout.display = None if there else "none"
        if there:
            texts = zip(self.lines.index, self.lines["line"], self.lines["text"], strict=True)
            asked = [Asked(str(row), f"line {line}, {text}", (CORRECT,)) for row, line, text in texts]
            self.table.show(self.lines, READ_LINES, ("date", "note", "publisher"), "Lines of the page", asked)
        self._show_form()

    def _show_form(self) -> None:
        there = self._row is not None and self._row < len(self.lines)
        self.form.layout.display = None if there else "none"
        if not there:
            return
        row = self.lines.loc[self._row]
        corrected = self._manual is not None and (self._manual.corrections["words"] == words_of(row["text"])).any()
        self.undo.layout.display = None if corrected else "none"
        self.chosen.value = f"<p>Line {row['line']}: {escape(row['text'])}</p>"
        for name, control in self.fields.items():
            control.value = row[name] if isinstance(row[name], str) else ""

    def choose(self, row: int) -> None:
        """Open a row of the table of lines for correction."""
        self._row = int(row)
        self._show_form()

    def _pressed(self, _: str, row: str, __: str) -> None:
        if row.isdecimal():
            self.choose(int(row))

    def _saved(self) -> None:
        row = self._chosen_row()
        before = {name: row[name] if isinstance(row[name], str) else "" for name in ENTRY_FIELDS}
        after = {name: str(control.value or "").strip() for name, control in self.fields.items()}
        if before["kind"] and not after["kind"]:
            says = [(NOT_AN_ENTRY, "")]
        else:
            says = [(name, after[name]) for name in ENTRY_FIELDS if after[name] != before[name]]
        if not says:
            raise TableError(HERE, "nothing was changed")
        self._record(says)

    def _record(self, says: list[tuple[str, str]]) -> None:
        self._change(partial(correct_line, says=says), "Line {} is corrected. You can undo this.")

    def _undone(self) -> None:
        self._change(undo_correction, "The last correction of line {} is undone.")

    def _change(self, act: Callable[..., Manual], said: str) -> None:
        """Change the correction of the line chosen, show the manual again, and say so."""
        row, place = self._chosen_row(), self._row
        line = int(row["line"])
        self._on_corrected(act(self._manual, line=line, words=words_of(row["text"]), library=self._library))
        self._row = place  # keep the line chosen, so that a person can undo
        self._show_form()
        self._say(said.format(line))

    def _chosen_row(self) -> Any:
        if self._row is None or self._row >= len(self.lines):
            raise TableError(HERE, "choose a line first")
        return self.lines.loc[self._row]

    def _by_hand(self, act: Callable[[], None]) -> None:
        said_if_wrong(act, self._say)
