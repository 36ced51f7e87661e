"""The dashboard: all panels on one page without code, one question at a time."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import ipywidgets as widgets

from procman.errors import TableError
from procman.library.decisions import DECISIONS
from procman.library.library import Library, open_library
from procman.panels.access import own_decisions
from procman.panels.browser import Choices, PageAddress
from procman.panels.message import CSS, LABELLED, look_html, message_html, said_if_wrong
from procman.panels.selection import Selection
from procman.reports.comparison import Comparison
from procman.reports.html import escape, mark_html, table_html
from procman.reports.questions import QUESTIONS, Question
from procman.tables import MANUALS
from procman.words import count, listed, sentence

LOOK = CSS.with_name("dashboard.css")
START = "Start"
TITLE = "Compare procedures manuals"
CHOOSE = "choose a council"
SHOWN = ("council", "edition", "sections", "subsections", "chapters", "new", "updated")


#: The questions that have a page.
ASKED = tuple(question for question in QUESTIONS if question.panel)
#: The questions on the start page, and the page to add a council's own contents page.
FIRST, BRING = ASKED[0], next(question for question in ASKED if question.name == "add")


class Dashboard:
    """A start page, and a page for each question with its panel. All pages share the settings, and the page's address keeps them.

    Parameters
    ----------
    folder
        The library's folder.
    decisions
        The file of a person's decisions on matches, by default ``decisions.csv`` beside the library's folder.
    exports
        The folder for charts, tables and workbooks.

    Attributes
    ----------
    library
        The library, opened again for each question, so that a council added on one page is on all. None if the folder cannot be read.
    chosen
        The settings of all pages: councils, your council, topic, edition. None if the folder cannot be read.
    panel
        The panel on show, or None on the start page.
    message
        A sentence that says what is wrong, or empty text.

    Examples
    --------
    >>> dashboard = Dashboard("data/manuals")
    >>> dashboard.question = "Gaps and coverage"
    >>> dashboard.panel.focus, dashboard.panel.peers
    ('Milton Keynes', ['Oxfordshire'])
    >>> dashboard.address
    'question=gaps&view=gaps'
    """

    def __init__(
        self,
        folder: Path | str = "data/manuals",
        *,
        decisions: Path | str | None = None,
        exports: Path | str = "exports",
    ) -> None:
        self.folder, self._exports = Path(folder), Path(exports)
        beside = Path(decisions) if decisions else self.folder.parent / DECISIONS.name
        self._decisions = own_decisions(beside)
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
        """The short name of the page on show."""
        return self._question

    @question.setter
    def question(self, name: str) -> None:
        names = [each for each, _ in self.choice.options]
        if name not in names:
            raise TableError("dashboard", f"no question {name!r}; questions: {', '.join(names)}")
        self.choice.value = name

    @property
    def address(self) -> str:
        """The part of a link after "#" that opens this page: the question, its view and the settings."""
        return self._address.value

    def follow(self, address: str) -> None:
        """Open the page of a link. ``message`` says which settings do not exist, and the rest is shown.

        Takes an `address`. In JupyterLab, which has its own addresses, you can use this to open a view from code.
        """
        wanted = parse_qs(address, keep_blank_values=True)
        if (
            address == self.address
            or not self.chosen
            or not wanted.keys() & {"question", *self.chosen.query(whole=True)}
        ):
            return
        if self.panel:
            self.panel.listening = False
        wrong = self.chosen.ask(wanted)
        name = wanted.get("question", [""])[0]
        self._question = next((each.title for each in ASKED if each.name == name), START)
        with self.choice.hold_trait_notifications():
            self.choice.unobserve(self._chosen, "value")
            self.choice.value = self._question
        self.choice.observe(self._chosen, "value")
        self._show()
        if self.panel and (view := wanted.get("view", [""])[0]):
            said_if_wrong(lambda: setattr(self.panel, "view", view), self._say)
        if wrong:
            self._say(" ".join(map(sentence, wrong)), wrong=True)

    def _arrived(self, address: str) -> None:
        """The page has opened: show what its address asks for, or prepare the first question."""
        self.follow(address)

        def make_ready() -> None:
            self._panel(FIRST).listening = False

        if self.chosen and not self._panels:
            said_if_wrong(make_ready, lambda text, wrong: None)  # errors are shown when the question is opened

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        names = [START, *(question.title for question in ASKED)]
        self.choice = Choices(description="Question", options=[(name, name) for name in names], value=START)
        self.choice.observe(self._chosen, "value")
        self._address = PageAddress(self._arrived, title=TITLE)
        self._message, self._words, self._place = widgets.HTML(), widgets.HTML(), widgets.VBox()
        self._make_start()
        look = widgets.HTML(f"{look_html()}<style>{LOOK.read_text('utf-8')}</style>")
        self.widget = widgets.VBox([look, self._address, self.choice, self._message, self._words, self._place])
        for widget, name in (
            (self.widget, "dashboard"),
            (self.choice, "questions"),
            (self._message, "message"),
            (self._words, "question"),
            (self._place, "place"),
        ):
            widget.add_class(f"procman-{name}")

    def _make_start(self) -> None:
        """Make the start page: your council or your page, the other questions, and the library."""
        self.council = widgets.Dropdown(description="Your council", options=[(CHOOSE, "")], style=LABELLED)
        self.council.observe(lambda change: self._began(change["new"]), "value")
        self.bring_button = widgets.Button(description="Bring your page", button_style="")
        self.bring_button.on_click(lambda _: self._ask(BRING))
        first = widgets.Box([self.council, widgets.Label("or"), self.bring_button])
        first.add_class("procman-controls")
        self.question_buttons = {question.name: widgets.Button(description=question.asks) for question in ASKED}
        for name, button in self.question_buttons.items():
            button.on_click(lambda _, name=name: self._ask(next(each for each in ASKED if each.name == name)))
        others = widgets.VBox([button for name, button in self.question_buttons.items() if name != FIRST.name])
        others.add_class("procman-asked")
        self._there = widgets.HTML()
        self._there.add_class("procman-table")
        self._start = widgets.VBox([first, widgets.HTML("<h2>Other questions</h2>"), others, self._there])
        self._start.add_class("procman-start")

    def _ask(self, question: Question) -> None:
        self.question = question.title
        self._address.focus(".procman-questions input:checked")

    def _began(self, council: str) -> None:
        if council and self.chosen:
            self.chosen.put("focus", council)
            self._ask(FIRST)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget, and words for readers without a kernel."""
        councils = sorted({manual.council or "unnamed" for manual in self.library or ()})
        said = f"Dashboard: {count(len(ASKED), 'question')} about {listed(councils)}. Run this cell to use it."
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": said}

    def _chosen(self, change: dict[str, Any]) -> None:
        self._question = change["new"]
        self._show()

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the page chosen. Errors are shown on it as a sentence."""
        question = next((each for each in ASKED if each.title == self._question), None)
        if self.panel:
            self.panel.listening = False
        self.panel, self._place.children = None, ()
        self._words.value = _asked(question or FIRST)
        self._say("Opening …")
        said_if_wrong(lambda: self._answer(question), self._say)
        self._write_address()

    def _answer(self, question: Question | None) -> None:
        self._open()
        if question:
            self.panel = self._panel(question)
            self._place.children = (self.panel.widget,)
        else:
            self._show_start()
        self._say("")

    def _write_address(self, _: Any = None) -> None:
        question = next((each.name for each in ASKED if each.title == self._question), "")
        parts = {"question": [question]} if question else {}
        if view := getattr(self.panel, "view", ""):
            parts["view"] = [view]
        parts |= self.chosen.query() if self.chosen else {}
        self._address.value = urlencode(parts, doseq=True, quote_via=quote)

    def _open(self) -> None:
        """Open the library again. Panels made from an older state are not shown again."""
        before, self.library = self.library, None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the start page lists pages that could not be read
            self.library = open_library(self.folder)
        if before is None or not _same(before, self.library):
            adding = self._panels.get(BRING.panel)
            self._panels.clear()
            before_chosen, self.chosen = self.chosen, Selection(Comparison(self.library, decisions=self._decisions))
            if before_chosen:
                self.chosen.follow(before_chosen)
            self.chosen.observe(self._write_address)
            if adding and adding.brought:  # and not kept: include the page in every question
                self._panel(BRING).read(*adding.brought)
                if before_chosen:
                    self.chosen.follow(before_chosen)  # keep the councils chosen

    def _panel(self, question: Question) -> Any:
        panel = self._panels.get(question.panel)
        if panel:
            panel.listening = True
            panel.refresh()  # decisions and settings may have changed
        else:
            kind = getattr(import_module("procman.panels"), question.panel)
            # A panel of one manual alone saves nothing.
            named = {} if question.panel == "ManualPanel" else {"folder": self._exports}
            self._panels[question.panel] = panel = kind(self.library, chosen=self.chosen, **named)
            if hasattr(panel, "view_choice"):
                panel.view_choice.observe(self._write_address, "value")
        return panel

    def _say(self, text: str, wrong: bool = False) -> None:
        self.message = text if wrong else ""
        self._message.value = message_html(text, wrong)

    def _show_start(self) -> None:
        assert self.library is not None
        assert self.chosen is not None
        known = self.chosen.comparison.known
        self.council.options = [(CHOOSE, ""), *((name, name) for name in known)]
        self.council.value = ""
        self._there.value = self._there_html(self.library)
        self._words.value = mark_html(self.library.mark()) + self._words.value
        self._place.children = (self._start,)

    def _there_html(self, library: Library) -> str:
        table = library.manuals
        councils = count(table["council"].nunique(), "council")
        left_out = "".join(f"<li>{escape(str(where))}: {escape(str(why))}</li>" for where, why in library.problems)
        return "".join((
            f"<h2>What there is: {count(len(table), 'manual')} of {councils}</h2>",
            table_html(table, MANUALS, f"Manuals: {count(len(table), 'row')}", SHOWN, most=None),
            f"<p>These pages could not be read, and are left out:</p><ul>{left_out}</ul>" if left_out else "",
            "<h2>To keep in mind</h2><ul>",
            "<li><strong>A topic missing from a contents page may be covered elsewhere</strong>, under another name, or inside",
            " another chapter.</li>",
            "<li><strong>A chapter with no flag may still have changed.</strong> New and Updated are what a publisher prints beside",
            " a title for one edition.</li>",
            "<li><strong>A match is a judgement.</strong> Each says what it rests on, and you can overrule it.</li></ul>",
        ))  # fmt: skip


def _asked(question: Question) -> str:
    return f"<h2>{escape(question.asks)}</h2><p>{escape(question.limit)}</p>"


def _same(one: Library, other: Library) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in ("manuals", "entries", "amendments"))
