"""All panels on one page, a question at a time, over one library: for people who want to see no code."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from procman.errors import TableError
from procman.library.library import Library, open_library
from procman.panels.message import CSS, in_words, look_html, message_html
from procman.panels.selection import Selection
from procman.reports.comparison import Comparison
from procman.reports.html import escape, table_html
from procman.reports.questions import QUESTIONS, Question
from procman.tables import MANUALS
from procman.words import count, listed

LOOK = CSS.with_name("dashboard.css")
START = "Start"
SHOWN = ("council", "edition", "sections", "subsections", "chapters", "new", "updated")


#: The questions that have a page.
ASKED = tuple(question for question in QUESTIONS if question.panel)


class Dashboard:
    """A start page that says what there is, and a page for each question with its panel. What is chosen carries over.

    Parameters
    ----------
    folder
        The library's folder.
    decisions
        The file of a person's decisions on matches; by default ``decisions.csv`` beside the library's folder.
    exports
        Where charts, tables and workbooks are saved.

    Attributes
    ----------
    library
        What is compared; opened anew with each question, so that a council added on one page is on the others. None where
        the folder cannot be read.
    chosen
        What is chosen, on all pages: councils, your council, topic, edition. None where the folder cannot be read.
    panel
        The panel on show; None on the start page.
    message
        What is wrong, in a sentence; else empty.

    Examples
    --------
    >>> dashboard = Dashboard("data/manuals")
    >>> dashboard.question = "Coverage"
    >>> dashboard.panel.councils
    ['Milton Keynes', 'Oxfordshire']
    """

    def __init__(
        self,
        folder: Path | str = "data/manuals",
        *,
        decisions: Path | str | None = None,
        exports: Path | str = "exports",
    ) -> None:
        self.folder, self._exports = Path(folder), Path(exports)
        self._decisions = decisions
        self.library: Library | None = None
        self.chosen: Selection | None = None
        self.panel: Any = None
        self.message = ""
        self._panels: dict[str, Any] = {}
        self._question = START
        self._make_widgets()
        self._show()

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def question(self) -> str:
        """The page on show, by its short name."""
        return self._question

    @question.setter
    def question(self, name: str) -> None:
        if name not in self.choice.options:
            raise TableError("dashboard", f"no question {name!r}; questions: {', '.join(self.choice.options)}")
        self.choice.value = name

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        names = [START, *(question.title for question in ASKED)]
        self.choice = widgets.RadioButtons(options=names, value=START, orientation="horizontal")
        self.choice.observe(self._chosen, "value")
        self._message, self._words, self._place = widgets.HTML(), widgets.HTML(), widgets.VBox()
        look = widgets.HTML(f"{look_html()}<style>{LOOK.read_text('utf-8')}</style>")
        self.widget = widgets.VBox([look, self.choice, self._message, self._words, self._place])
        for widget, name in (
            (self.widget, "dashboard"),
            (self.choice, "questions"),
            (self._message, "message"),
            (self._words, "question"),
            (self._place, "place"),
        ):
            widget.add_class(f"procman-{name}")
        self._words.add_class("procman-table")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget; in words for a reader without a kernel."""
        councils = sorted({manual.council or "unnamed" for manual in self.library or ()})
        said = f"Dashboard: {count(len(ASKED), 'question')} about {listed(councils)}. Run this cell to use it."
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": said}

    def _chosen(self, change: dict[str, Any]) -> None:
        self._question = change["new"]
        self._show()

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the page chosen; what goes wrong becomes a sentence on it."""
        question = next((each for each in ASKED if each.title == self._question), None)
        if self.panel:
            self.panel.listening = False
        self.panel, self._place.children = None, ()
        self._words.value = _asked(question) if question else ""
        self._say("Opening …")
        in_words(lambda: self._answer(question), self._say)

    def _answer(self, question: Question | None) -> None:
        self._open()
        if question:
            self.panel = self._panel(question)
            self._place.children = (self.panel.widget,)
        else:
            self._words.value = self._start_html()
        self._say("")

    def _open(self) -> None:
        """Open the library anew; panels made of another state of it are not shown again."""
        before, self.library = self.library, None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pages that are left out: the start page lists them
            self.library = open_library(self.folder)
        if before is None or not _same(before, self.library):
            self._panels.clear()
            before_chosen, self.chosen = self.chosen, Selection(Comparison(self.library, decisions=self._decisions))
            if before_chosen:
                self.chosen.follow(before_chosen)

    def _panel(self, question: Question) -> Any:
        panel = self._panels.get(question.panel)
        if panel:
            panel.listening = True
            panel.refresh()  # decisions may have been made since, and other things chosen
        else:
            kind = getattr(import_module("procman.panels"), question.panel)
            # A panel of one manual alone saves nothing.
            named = {} if question.panel == "ManualPanel" else {"folder": self._exports}
            self._panels[question.panel] = panel = kind(self.library, chosen=self.chosen, **named)
        return panel

    def _say(self, text: str, wrong: bool = False) -> None:
        self.message = text if wrong else ""
        self._message.value = message_html(text, wrong)

    def _start_html(self) -> str:
        assert self.library is not None
        table = self.library.manuals
        councils = count(table["council"].nunique(), "council")
        asked = "".join(f"<li><strong>{escape(each.title)}</strong>: {escape(each.asks)}</li>" for each in ASKED)
        left_out = "".join(f"<li>{escape(str(where))}: {escape(str(why))}</li>" for where, why in self.library.problems)
        return "".join((
            f"<h2>What there is: {count(len(table), 'manual')} of {councils}</h2>",
            table_html(table, MANUALS, f"Manuals: {count(len(table), 'row')}", SHOWN, most=None),
            f"<p>These pages could not be read, and are left out:</p><ul>{left_out}</ul>" if left_out else "",
            f"<h2>What you can ask</h2><p>Choose a question above.</p><ul>{asked}</ul>",
            "<h2>To keep in mind</h2><ul>",
            "<li><strong>A topic missing from a contents page may be covered elsewhere</strong>, under another name, or inside",
            " another chapter.</li>",
            "<li><strong>A chapter with no flag may still have changed.</strong> New and Updated are what a publisher prints beside",
            " a title for one edition.</li>",
            "<li><strong>A match is a judgement.</strong> Each says what it rests on, and you can overrule it.</li></ul>",
        ))  # fmt: skip


def _asked(question: Question) -> str:
    return f"<h2>{escape(question.title)}</h2><p>{escape(question.asks)} <em>{escape(question.limit)}</em></p>"


def _same(one: Library, other: Library) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in ("manuals", "entries", "amendments"))
