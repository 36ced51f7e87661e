"""Save the report for a council, the chart, the table or the workbook. Small files get a download link."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from procman.figures.save import write
from procman.panels.access import Access, access
from procman.panels.message import message_html, said_if_wrong
from procman.reports.comparison import Comparison
from procman.reports.html import escape

#: The largest file with a download link. A notebook saves such links with their content.
SMALL = 1_000_000
KINDS = {
    "html": ("Report", "text/html"),
    "png": ("Chart as PNG", "image/png"),
    "svg": ("Chart as SVG", "image/svg+xml"),
    "csv": ("Table as CSV", "text/csv"),
    "xlsx": ("Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class ExportControls:
    """A button for each kind of file.

    Parameters
    ----------
    content
        A function that takes the kind ("html", "png", "svg", "csv", "xlsx") and returns the bytes. Raises ``ProcmanError`` if there is
        nothing to write.
    name
        A function that returns the file's name without suffix.
    folder
        The folder to save in.
    about
        A function that returns a sentence on what a kind of file has in it, or empty text.
    """

    def __init__(
        self,
        content: Callable[[str], bytes],
        name: Callable[[str], str],
        folder: Path,
        about: Callable[[str], str] = lambda kind: "",
    ) -> None:
        self._content, self._name, self.folder, self._about = content, name, folder, about
        self.message = ""
        self.buttons = {kind: widgets.Button(description=label) for kind, (label, _) in KINDS.items()}
        self._said = widgets.HTML()
        controls = widgets.Box([widgets.Label("Save:"), *self.buttons.values()])
        self.widget = widgets.VBox([controls, self._said])
        controls.add_class("procman-controls")
        self.widget.add_class("procman-export")
        self._said.add_class("procman-saved")
        for kind, button in self.buttons.items():
            button.on_click(lambda _, kind=kind: self._clicked(kind))

    def offer_chart(self, there: bool) -> None:
        """Enable the buttons for charts if a chart is drawn."""
        for kind in ("png", "svg"):
            self.buttons[kind].disabled = not there

    def offer_report(self, council: str | None) -> None:
        """Enable the button for a council's report, or disable it for None."""
        self.buttons["html"].description = f"Report for {council}" if council else "Report"
        self.buttons["html"].disabled = not council

    def save(self, kind: str) -> Path:
        """Write one kind of file and return its path. Raises ``ProcmanError`` if there is nothing to write."""
        return write(self.folder / f"{self._name(kind)}.{kind}", self._content(kind))

    def _clicked(self, kind: str) -> None:
        self._say("Writing …")
        said_if_wrong(lambda: self._write(kind), self._say)

    def _write(self, kind: str) -> None:
        """Save a file in the folder if the person is at this computer. Otherwise only offer it as a download."""
        if access() is Access.OWN:
            path = self.save(kind)
            name, content, said = path.name, path.read_bytes(), f"Written to {path.as_posix()}."
        else:
            name, content, said = f"{self._name(kind)}.{kind}", self._content(kind), "Ready to download."
        linked = len(content) < SMALL or access() is not Access.OWN
        self._say(f"{said} {self._about(kind)}".strip(), link=_link(name, kind, content) if linked else "")

    def _say(self, text: str, wrong: bool = False, link: str = "") -> None:
        self.message = text
        self._said.value = message_html(text, wrong).replace("</p>", f" {link}</p>" if link else "</p>")


def _link(name: str, kind: str, content: bytes) -> str:
    data = base64.b64encode(content).decode()
    return f'<a download="{escape(name)}" href="data:{KINDS[kind][1]};base64,{data}">Download {escape(name)}</a>'


def workbook_bytes(comparison: Comparison) -> bytes:
    """The workbook of a comparison, at its confidence and with the decisions that apply."""
    from procman.reports.workbook import write_workbook

    with tempfile.TemporaryDirectory() as folder:
        return write_workbook(comparison, Path(folder) / "workbook.xlsx").read_bytes()
