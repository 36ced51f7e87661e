"""The panel that all comparisons share: controls above, then what they show in words, as a chart and as a table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ipywidgets as widgets

from procman.errors import ProcmanError, TableError
from procman.figures.chart import Chart, remarked
from procman.figures.save import as_csv
from procman.library.library import Library
from procman.measures.declare import Measure
from procman.panels.browser import OwnKeys
from procman.panels.comparison import Comparison, checked_statuses, council_of
from procman.panels.controls import SettingControls
from procman.panels.export import ExportControls
from procman.panels.message import LABELLED, in_words, look_html, message_html
from procman.panels.table import TableControls
from procman.panels.view import View
from procman.reading.manual import Manual
from procman.reports.gallery import slug
from procman.words import count, edition_in_words, listed, sentence

if TYPE_CHECKING:
    import pandas as pd


class ComparisonPanel:
    """Controls over a `Comparison`, and one of several views of it. A notebook shows it as a cell's last line.

    All that can be chosen by hand can be read, and set, from code: ``councils``, ``edition``, ``focus``, ``sections``,
    ``topics``, ``statuses``, ``confidence`` and ``view``.

    Parameters
    ----------
    manuals
        A library, or any manuals.
    councils
        Whom to compare; by default all.
    decisions
        The file of a person's decisions on matches; by default ``decisions.csv`` beside the library's folder.
    folder
        Where charts, tables and workbooks are saved.

    Attributes
    ----------
    table
        The table on show, as sorted and filtered.
    figure
        The chart on show; None where there is nothing to draw.
    message
        What the panel last said: empty, progress, or what is wrong.
    """

    about: ClassVar[str] = "comparison"
    views: ClassVar[tuple[View, ...]] = ()
    #: The settings that have a control here, in order.
    settings: ClassVar[tuple[str, ...]] = (
        "councils", "edition", "focus", "sections", "topics", "statuses", "confidence",
    )  # fmt: skip

    def __init__(
        self,
        manuals: Library | Iterable[Manual] = (),
        *,
        councils: Sequence[str] | None = None,
        decisions: Path | str | None = None,
        folder: Path | str = "exports",
    ) -> None:
        self.comparison = Comparison(manuals, decisions)
        self.figure: Chart | None = None
        self.message = ""
        self._view = self.views[0]
        self._focus: str | None = None
        self._drawn_by: Any = None
        self._make_widgets(Path(folder))
        if councils is not None:
            self.comparison.choose(councils)
        self.refresh()

    # --- state ---------------------------------------------------------------------------------------------------

    @property
    def councils(self) -> list[str]:
        """Whom to compare."""
        return list(self.comparison.councils)

    @councils.setter
    def councils(self, councils: Sequence[str]) -> None:
        self.comparison.choose(councils)
        titles = self.comparison.section_titles
        self.comparison.sections = tuple(title for title in self.comparison.sections if title in titles)
        self.refresh()

    @property
    def edition(self) -> str | None:
        """The month as of which to compare; None for each council's newest edition."""
        return self.comparison.edition

    @edition.setter
    def edition(self, edition: str | None) -> None:
        if edition and edition not in self.comparison.editions:
            names = ", ".join(self.comparison.editions) or "none"
            raise TableError("panel", f"no edition {edition!r}; editions: {names}")
        self.comparison.edition = edition or None
        self.refresh()

    @property
    def focus(self) -> str | None:
        """The council that views of one manual show."""
        return self._focus if self._focus in self.councils else next(iter(self.councils), None)

    @focus.setter
    def focus(self, council: str) -> None:
        if council not in self.councils:
            raise TableError("panel", f"{council!r} is not compared; councils: {', '.join(self.councils) or 'none'}")
        self._focus = council
        self.refresh()

    @property
    def sections(self) -> list[str]:
        """The sections whose chapters are picked; none for all."""
        return list(self.comparison.sections)

    @sections.setter
    def sections(self, sections: Sequence[str]) -> None:
        if strange := sorted(set(sections) - set(self.comparison.section_titles)):
            raise TableError("panel", f"no section {strange[0]!r} in these manuals")
        self.comparison.sections = tuple(dict.fromkeys(sections))
        self.refresh()

    @property
    def topics(self) -> str:
        """Words that pick chapters by their title or topic; empty for all."""
        return self.comparison.words

    @topics.setter
    def topics(self, words: str) -> None:
        self.comparison.words = words
        self.refresh()

    @property
    def statuses(self) -> list[str]:
        """The flags that pick chapters, of "New", "Updated" and "no flag"; none for all."""
        return list(self.comparison.statuses)

    @statuses.setter
    def statuses(self, statuses: Sequence[str]) -> None:
        self.comparison.statuses = checked_statuses(statuses)
        self.refresh()

    @property
    def confidence(self) -> float:
        """The score from which a match is accepted."""
        return self.comparison.confidence

    @confidence.setter
    def confidence(self, confidence: float) -> None:
        if not 0 <= confidence <= 1:
            raise TableError("panel", f"a confidence is between 0 and 1, not {confidence!r}")
        self.comparison.confidence = confidence
        self.refresh()

    @property
    def view(self) -> str:
        """What is on show, by its name."""
        return self._view.name

    @view.setter
    def view(self, name: str) -> None:
        views = {view.name: view for view in self.views}
        if name not in views:
            raise TableError("panel", f"no view {name!r}; views: {', '.join(views)}")
        self._view = views[name]
        self.refresh()

    @property
    def table(self) -> pd.DataFrame:
        """The table on show."""
        return self._table.table

    @property
    def selection(self) -> dict[str, Any]:
        """What is chosen: each setting that has a control here, and the view."""
        return {"view": self.view, **{name: getattr(self, name) for name in self.settings}}

    # --- what the panels differ in -------------------------------------------------------------------------------

    def words(self) -> str:
        """The headline: the numbers that matter, in a sentence."""
        return f"{count(len(self.comparison.chosen), 'manual')} compared"

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self, folder: Path) -> None:
        self._settings = SettingControls(self.settings, self.set)
        self.view_choice = widgets.Dropdown(
            description="Show", options=[view.name for view in self.views], style=LABELLED
        )
        self.view_choice.observe(lambda change: self._by_hand(lambda: setattr(self, "view", change["new"])), "value")
        self._table = TableControls()
        self.export = ExportControls(self._content, self._file_name, folder, self._about_file)
        self._message, self._headline, self._chart = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.columns = widgets.Box([self._chart, self._table.widget])
        views = widgets.Box([self.view_choice])
        self.widget = widgets.VBox(
            [
                widgets.HTML(look_html()),
                OwnKeys(),
                *self._ordered(self._settings.widget),
                self._message,
                self._headline,
                views,
                self.columns,
                self.export.widget,
            ]
        )
        for widget, name in (
            (self.widget, "panel"),
            (views, "controls"),
            (self.view_choice, "view"),
            (self.columns, "columns"),
            (self._message, "message"),
            (self._headline, "headline"),
            (self._chart, "chart"),
        ):
            widget.add_class(f"procman-{name}")
        self.widget.add_class("procman-comparison")
        self.widget.add_class(f"procman-{type(self).__name__.lower()}")

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        """The settings, and above or below them the controls of this panel alone."""
        return [settings]

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget; in words for a reader without a kernel."""
        said = f"Panel: {self.about} of {listed(self.councils)}. Run this cell to use it."
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": said}

    def set(self, name: str, value: Any) -> None:
        """Do what a control does: as setting the attribute, but what is wrong becomes ``message``."""
        self._by_hand(lambda: setattr(self, name, value))

    def _by_hand(self, act: Callable[[], None]) -> None:
        in_words(act, self._say)

    def _say(self, text: str, wrong: bool = False, progress: float | None = None) -> None:
        self.message, self._wrong = text, wrong
        self._message.value = message_html(text, wrong, progress)

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything anew: after a change of settings, of the decisions file, or of the manuals."""
        self._settings.show(self, self._view.obeys)
        if self.view_choice.value != self.view:
            self.view_choice.value = self.view
        try:
            self._show()
        except ProcmanError as error:
            self._nothing()
            self._say(sentence(error), wrong=True)

    def _show(self) -> None:
        if not self.comparison.chosen:
            self._nothing()
            self._say("Choose a council first." if self.comparison.manuals else "There is no manual yet.")
            return
        if self._view.rows == "search" and not self.topics.strip():
            self._nothing()
            self._say(
                "Type what you look for into Topic above: a word of a title, or what the sector calls it (LAC, s47)."
            )
            return
        self._say(f"Matching chapters of {listed(self.councils)} …", progress=0.1)
        _ = self.comparison.chapters
        self._say(f"Counting: {self.view} …", progress=0.4)
        whole = self.measured(self._view)
        table = self._view.narrowed(whole, self.comparison)
        self._say("Drawing …", progress=0.7)
        self._headline.value = self._headline_html(table, whole)
        self._table.show(table, self._view.declared, self._view.hidden)
        self._draw(table, whole)
        self._say("")

    def measured(self, view: View) -> pd.DataFrame:
        """A view's table, before any chapters are picked."""
        return self.comparison.keep((view.name, *self._depends_on()), lambda: view.measure(self), by_score=True)

    def _depends_on(self) -> tuple[Any, ...]:
        """What a view's table depends on beside the comparison's own settings."""
        return (self.focus, self.topics if self._view.rows == "search" else "")

    def _draw(self, table: pd.DataFrame, whole: pd.DataFrame) -> None:
        draw, drawn = self._view.draw, self._view.drawn(self, table) if len(table) else table
        part = "" if self._view.draws_all else self._part(table, whole)
        remark = part and f"In {part} picked ({self._picks_in_words()})"
        if self.figure and (draw, remark) == self._drawn_by and drawn.equals(self.figure.table):
            return  # as it stands: a picture takes longer than all the rest
        self._drawn_by = draw, remark
        with remarked(remark):
            self.figure = Chart.of(draw(drawn)) if draw and len(drawn) else None
        self._chart.value = self.figure.as_html() if self.figure else ""
        self.export.offer_chart(self.figure is not None)

    def _nothing(self) -> None:
        self.figure = None
        self.export.offer_chart(False)
        self._headline.value = self._chart.value = ""
        self._table.show(self._view.declared.frame([]), self._view.declared, self._view.hidden)

    def _part(self, table: pd.DataFrame, whole: pd.DataFrame) -> str:
        """How much of a view's rows is picked; empty where all are."""
        return f"the {len(table)} of {len(whole)} rows" if len(table) < len(whole) else ""

    def _why_these(self) -> str:
        """What the rows picked have in common."""
        if self._view.rows == "words":
            return "whose topic says so"
        picked = count(len(self.comparison.picked), "chapter")
        return f"about the {picked} picked; the numbers in a row still count all of its chapters"

    def _picks_in_words(self) -> str:
        """The settings that pick chapters, as far as this view obeys them."""
        chosen = self.comparison
        said = {
            "topics": f"topic “{chosen.words}”" if chosen.words.strip() else "",
            "statuses": f"flag {' or '.join(chosen.statuses)}" if chosen.statuses else "",
            "sections": f"section {listed([f'“{title}”' for title in chosen.sections])}" if chosen.sections else "",
        }
        return ", ".join(words for name, words in said.items() if words and name in self._view.obeys)

    def _headline_html(self, table: pd.DataFrame, whole: pd.DataFrame) -> str:
        notes = [f"Compared: {listed(self._compared())}."]
        there = {council_of(manual) for manual in self.comparison.chosen}
        if absent := [council for council in self.councils if council not in there]:
            notes.append(f"Without an edition so early: {listed(absent)}.")
        if part := self._part(table, whole):
            both = self._view.draw and not self._view.draws_all
            shown = "Table and chart show" if both else "The table shows"
            notes.append(f"Picked: {self._picks_in_words()}. {shown} only {part} {self._why_these()}.")
        if not len(whole):
            notes.append("There is nothing to list here.")
        declared = self._view.declared
        caveat = f"Out of: {declared.denominator} {declared.caveat}" if isinstance(declared, Measure) else ""
        said = f"<h3>{escape(sentence(self.words()))}</h3><p>{escape(' '.join(notes))}</p>"
        return said + f'<p class="procman-caveat">{escape(caveat)}</p>'

    def _compared(self) -> list[str]:
        """The manuals that the panel shows."""
        return [f"{council_of(manual)} ({edition_in_words(manual.edition)})" for manual in self.comparison.chosen]

    # --- export --------------------------------------------------------------------------------------------------

    def save(self, kind: str) -> Path:
        """Write what is on show into the folder and return the path: "png" or "svg" (chart), "csv" (table), "xlsx" (workbook)."""
        return self.export.save(kind)

    def _file_name(self, kind: str) -> str:
        return slug(f"{self.about} workbook") if kind == "xlsx" else slug(f"{self.about} {self.view}")

    def _about_file(self, kind: str) -> str:
        """What a file has of the comparison, where that could be taken for more or less."""
        if kind == "csv":
            return f"It has the {count(len(self.table), 'row')} of the table above, as filtered and sorted."
        return "It has the manuals compared, whole, whatever is picked above." if kind == "xlsx" else ""

    def _content(self, kind: str) -> bytes:
        if kind == "csv":
            return as_csv(self.table).encode("utf-8-sig")
        if kind == "xlsx":
            return self._workbook()
        if self.figure is None:
            raise TableError(self.view, "there is no chart to save")
        return self.figure.picture(kind)

    def _workbook(self) -> bytes:
        """The workbook of the manuals compared, whole, at this confidence and with the decisions in force."""
        from procman.reports.workbook import write_workbook

        with tempfile.TemporaryDirectory() as folder:
            out, compared = Path(folder) / "workbook.xlsx", self.comparison
            return write_workbook(compared.entries, out, compared.confidence, compared.decisions).read_bytes()
