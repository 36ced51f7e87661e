"""The panel that all comparisons share: controls, then the answer in words, as a chart and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ipywidgets as widgets

from procman.errors import ProcmanError, TableError
from procman.figures.chart import Chart, remarked
from procman.figures.save import as_csv
from procman.files import folder_name
from procman.library.library import Library
from procman.measures.counting import fold
from procman.panels.browser import OwnKeys
from procman.panels.controls import SettingControls
from procman.panels.export import ExportControls, workbook_bytes
from procman.panels.message import HERE, look_html, message_html, said_if_wrong, told
from procman.panels.peers import Preset, how_chosen, keep_list, presets
from procman.panels.picture import Picture
from procman.panels.selection import Selection
from procman.panels.showing import Showing
from procman.panels.table import Asked, TableControls
from procman.reading.manual import Manual
from procman.reports import views
from procman.reports.comparison import Comparison, council_name
from procman.reports.council_report import council_page, file_name
from procman.reports.html import based_on, escape, mark_html
from procman.reports.view import NO_DATA, Each, View
from procman.words import count, edition_in_words, listed, sentence

if TYPE_CHECKING:
    import pandas as pd

#: The settings that choose the councils, pairs or editions of a view.
SUBJECTS: dict[Each, tuple[str, ...]] = {
    Each.WHOLE: (),
    Each.COUNCIL: ("focus",),
    Each.MANUAL: ("focus",),
    Each.PAIR: ("left", "right"),
    Each.EDITIONS: ("council", "old", "new"),
}
#: The settings that the comparison uses. A setting without a control in a panel has no effect there.
COMPARED: dict[str, tuple[str, Any]] = {
    "edition": ("edition", None),
    "sections": ("sections", ()),
    "topics": ("words", ""),
    "statuses": ("statuses", ()),
}


def setting(name: str) -> Any:
    """A setting of a panel, read from and set in the panel's selection."""

    def chosen(panel: ComparisonPanel) -> Any:
        value = getattr(panel.chosen, name)
        return list(value) if isinstance(value, list) else value

    return property(chosen, lambda panel, value: panel.chosen.put(name, value))


class ComparisonPanel:
    """Controls for a `Comparison`, and one of several views of it. To show it in a notebook, end a cell with the panel.

    You can read and set everything from code too: ``focus`` (your council), ``peers`` (the councils to compare with; ``councils`` are
    both), ``edition``, ``sections``, ``topics``, ``statuses`` (flags), ``confidence`` and ``view`` (a short name or a title).

    Parameters
    ----------
    manuals
        A library, or any manuals.
    councils
        The councils to compare, by default all.
    decisions
        The file of a person's decisions on matches, by default ``decisions.csv`` beside the library's folder.
    folder
        The folder for charts, tables and workbooks.
    chosen
        A `Selection` that the panel shares with others. The panel then compares its manuals.

    Attributes
    ----------
    table
        The table on show, as sorted and filtered.
    figure
        The chart on show, or None if there is nothing to draw.
    message
        The last message: progress, an error, or empty text.
    listening
        Whether a change of the selection shows at once. A hidden panel can wait until `refresh`.
    """

    about: ClassVar[str] = "comparison"
    #: The questions whose views the panel shows.
    questions: ClassVar[tuple[str, ...]] = ()
    #: The settings that have a control here, in order.
    settings: ClassVar[tuple[str, ...]] = (
        "focus", "peers", "edition", "sections", "topics", "statuses", "confidence",
    )  # fmt: skip

    def __init__(
        self,
        manuals: Library | Iterable[Manual] = (),
        *,
        councils: Sequence[str] | None = None,
        decisions: Path | str | None = None,
        folder: Path | str = "exports",
        chosen: Selection | None = None,
    ) -> None:
        self.chosen = chosen or Selection(Comparison(manuals, decisions=decisions))
        self.comparison = self.chosen.comparison.of()
        self.views = self._views()
        self.figure: Chart | None = None
        self.message = ""
        self.listening = True
        self._view = self.views[0]
        self._drawn_by: Any = None
        self._on_show: Showing | None = None
        self._make_widgets(Path(folder))
        if councils is not None:
            self.chosen.put("councils", councils)
        self.chosen.observe(lambda _: self.refresh() if self.listening else None)
        self.refresh()

    # --- state ---------------------------------------------------------------------------------------------------

    councils, edition, sections = setting("councils"), setting("edition"), setting("sections")
    topics, statuses, confidence = setting("topics"), setting("statuses"), setting("confidence")

    @property
    def focus(self) -> str | None:
        """Your council, by default the first council compared."""
        return self.chosen.focus if self.chosen.focus in self.councils else next(iter(self.councils), None)

    @focus.setter
    def focus(self, council: str) -> None:
        self.chosen.put("focus", council)

    @property
    def view(self) -> str:
        """The short name of the view on show."""
        return self._view.name

    @view.setter
    def view(self, name: str) -> None:
        self._view = self._named(name)
        self.refresh()

    @property
    def peers(self) -> list[str]:
        """The councils that yours is compared with."""
        return [council for council in self.councils if council != self.focus]

    @peers.setter
    def peers(self, councils: Sequence[str]) -> None:
        self.comparison.checked(councils)
        own = self.focus
        self.chosen.put("focus", own)  # which by itself is the first of those compared
        self.councils = [council for council in self.comparison.known if council == own or council in councils]

    @property
    def presets(self) -> dict[str, Preset]:
        """The ways to choose peers that give any council: the councils, or a function that finds them, and their number here."""
        return presets(self.comparison, self.focus) if self.focus else {}

    def keep_peers(self, name: str) -> None:
        """Save your council's peers as a list, to choose them again."""
        keep_list(self.comparison, name, self.peers)
        self.refresh()
        self._say(f"Kept as the list “{name}”.")

    @property
    def tabs(self) -> list[tuple[str, str]]:
        """What each view is called beside the others, and its short name; those for which there is no data say so, and come last."""
        lacking = [(view, view.lacking(self.comparison)) for view in self.views]
        lacking.sort(key=lambda each: each[1] == NO_DATA)
        return [(f"{view.tab} ({lack})" if lack else view.tab, view.name) for view, lack in lacking]

    @property
    def view_titles(self) -> list[tuple[str, str]]:
        """The title and short name of each view."""
        own = [self.focus] if self.focus else []
        return [(view.titled(*own), view.name) for view in self.views]

    @property
    def table(self) -> pd.DataFrame:
        """The table on show."""
        return self._table.table

    @property
    def selection(self) -> dict[str, Any]:
        """The value of each setting that has a control here, and the view."""
        return {"view": self.view, **{name: getattr(self, name) for name in self.settings}}

    def _views(self) -> tuple[View, ...]:
        return tuple(view for view in views.views_of(*self.questions) if view.panel)

    def _named(self, name: str) -> View:
        """The view with this short name or title. Titles from earlier versions work too."""
        name = views.FORMER_TITLES.get(name, name)
        titles = dict(self.view_titles)
        found = {view.name: view for view in self.views}.get(titles.get(name, name))
        if found is None:
            raise TableError(HERE, f"no view {name!r}; views: {', '.join(view.name for view in self.views)}")
        return found

    # --- widgets -------------------------------------------------------------------------------------------------

    def _make_widgets(self, folder: Path) -> None:
        self._settings = SettingControls(self.settings, self.set)
        if "peers" in self.settings:
            keep = lambda name: self._by_hand(lambda: self.keep_peers(name))  # noqa: E731
            self._settings.by_name["peers"].on_keep = keep
        self._shown = SettingControls(("view",), self.set)
        self.view_choice = self._shown.by_name["view"]
        self._table = TableControls(self._decided)
        self.export = ExportControls(self._content, self._file_name, folder, self._about_file)
        self._message, self._headline, self._chart = widgets.HTML(), widgets.HTML(), Picture()
        self._chart.observe(lambda _: self._by_hand(self._draw), "width")
        self.columns = widgets.Box([self._chart, self._table.widget])
        self.widget = widgets.VBox(
            [
                widgets.HTML(look_html()),
                OwnKeys(),
                *self._ordered(self._settings.widget),
                self._shown.widget,
                self._message,
                self._headline,
                self._settings.folds,
                self.columns,
                self.export.widget,
            ]
        )
        for widget, name in (
            (self.widget, "panel"),
            (self.columns, "columns"),
            (self._message, "message"),
            (self._headline, "headline"),
            (self._chart, "chart"),
        ):
            widget.add_class(f"procman-{name}")
        self.widget.add_class("procman-comparison")

    def _ordered(self, settings: widgets.Widget) -> list[widgets.Widget]:
        """The settings, with this panel's own controls above or below them."""
        return [settings]

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget, and words for readers without a kernel."""
        said = f"Panel: {self.about} of {listed(self.councils)}. Run this cell to use it."
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": said}

    def set(self, name: str, value: Any) -> None:
        """Set an attribute as a control does: an error is shown in ``message``."""
        self._by_hand(lambda: setattr(self, name, value))

    def _by_hand(self, act: Callable[[], None]) -> None:
        said_if_wrong(act, self._say)

    def _say(self, text: str, wrong: bool = False, progress: float | None = None) -> None:
        self.message, self._wrong = text, wrong
        self._message.value = message_html(text, wrong, progress)

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Update everything after a change of the settings, the decisions file or the manuals."""
        try:
            self._compare()
            self._settings.show(self, self._view.obeys, self._view.matched)
            self._shown.show(self, self._view.obeys)
            self.export.offer_report(self.focus)
            self._show()
        except ProcmanError as error:
            self._nothing()
            self._say(told(error), wrong=True)

    def _compare(self) -> None:
        """Pass the settings to the comparison."""
        self.comparison.councils, self.comparison.focus = tuple(self.councils), self.focus
        for setting, (name, otherwise) in COMPARED.items():
            value = getattr(self, setting) if setting in self.settings else otherwise
            setattr(self.comparison, name, tuple(value) if isinstance(value, list) else value)
        own = self.confidence if "confidence" in self.settings else self.chosen.comparison.confidence
        self.comparison.confidence = own

    def _subject(self) -> tuple[str, ...]:
        """The council, pair or editions of the view on show."""
        return tuple(str(getattr(self, name)) for name in SUBJECTS[self._view.each])

    def _show(self) -> None:
        view, comparison = self._view, self.comparison
        if not comparison.chosen:
            self._nothing()
            self._say("Choose a council first." if comparison.source.manuals else "There is no manual yet.")
            return
        if view.rows == "search" and not fold(self.topics):
            self._nothing()
            self._settings.filters.fold.unfolded = True
            self._say("Type into Topic: a word of a title, or what the sector calls it (LAC, s47).")
            return
        self._say(f"Matching chapters of {listed(self.councils)} …", progress=0.1)
        _ = comparison.chapters
        self._say(f"Counting: {view.titled(*self._subject())} …", progress=0.4)
        whole = view.of(comparison, *self._subject())
        if not view.draws_all:
            whole = view.on_topic(whole, comparison)
        table = view.table.frame([]) if view.nothing(whole) else view.narrowed(whole, comparison)
        self._on_show = Showing(view, comparison, self._subject(), table, whole)
        self._say("Drawing …", progress=0.7)
        self._headline.value = self._headline_html(self._on_show)
        self._show_table(table, self._on_show.has_rows)
        self._draw()
        self._say("")

    def _show_table(self, table: pd.DataFrame, there: bool) -> None:
        """Show a table. A table that cannot have rows is hidden, and the headline says why."""
        self._table.widget.layout.display = None if there else "none"
        title = self._view.titled(*self._subject())
        self._table.show(*self._view.on_screen(self.comparison, table, *self._subject()), title, self._asks(table))

    def _asks(self, table: pd.DataFrame) -> list[Asked]:
        """The buttons in each row. Panels with decisions override this."""
        return []

    def _decided(self, decision: str, row: str, name: str) -> None:
        """Apply a person's decision on a row. Panels with decisions override this."""

    def _draw(self) -> None:
        """Draw the chart to the available width."""
        if not (showing := self._on_show):
            return
        chart, drawn, remark = showing.view.chart_for(self.comparison), showing.drawn, showing.remark
        asked = {"focus": self.comparison.focus, "width": self._chart.inches}
        if self.figure and (chart, remark, asked) == self._drawn_by and drawn.equals(self.figure.table):
            return  # as it stands: a picture takes longer than all the rest
        self._drawn_by = chart, remark, asked
        with remarked(remark):
            self.figure = Chart.of(chart(drawn, **asked)) if chart and len(drawn) else None
        self._chart.show(self.figure)
        self.export.offer_chart(self.figure is not None)

    def _nothing(self) -> None:
        self.figure = self._on_show = None
        self.export.offer_chart(False)
        self._headline.value = ""
        self._chart.show(None)
        self._table.widget.layout.display = "none"
        self._table.show(self._view.table.frame([]), self._view.table)

    def _headline_html(self, showing: Showing) -> str:
        present = {council_name(manual) for manual in self.comparison.chosen}
        absent = [council for council in self.councils if council not in present]
        notes = (
            f"Compared: {listed(self._compared())}.",
            f"Without an edition so early: {listed(absent)}." if absent else "",
            showing.note,
        )
        said = f"<h3>{escape(sentence(showing.headline))}</h3>"
        about = " ".join(filter(None, (*notes, based_on(showing.view.table, known=""))))
        return mark_html(self.comparison.mark) + said + f'<p class="procman-caveat">{escape(about)}</p>'

    def _compared(self) -> list[str]:
        """The manuals that the panel shows."""
        return [f"{council_name(manual)} ({edition_in_words(manual.edition)})" for manual in self.comparison.chosen]

    # --- export --------------------------------------------------------------------------------------------------

    def save(self, kind: str) -> Path:
        """Save a file in the folder and return its path: "html" (the report for your council), "png" or "svg" (the chart), "csv" (the
        table), "xlsx" (the workbook)."""
        return self.export.save(kind)

    def _file_name(self, kind: str) -> str:
        if kind in ("html", "xlsx"):
            return file_name(self.focus or self.about, date.today(), kind).removesuffix(f".{kind}")
        return folder_name(" ".join((self.view, *self._subject())))

    def _about_file(self, kind: str) -> str:
        """A sentence on what a file contains, if that may be unclear."""
        if kind == "csv":
            return f"It has the {count(len(self.table), 'row')} of the table above, as filtered and sorted."
        if kind == "html":
            return "Open it in a browser to read or print it."
        return "It has all chapters of the manuals compared, whatever is picked above." if kind == "xlsx" else ""

    def _content(self, kind: str) -> bytes:
        if kind == "csv":
            return as_csv(self.table).encode("utf-8-sig")
        if kind == "html":
            return council_page(self._whole(), str(self.focus)).encode()
        if kind == "xlsx":
            return workbook_bytes(self._whole())
        if self.figure is None:
            raise TableError(self._view.titled(*self._subject()), "there is no chart to save")
        return self.figure.picture(kind)

    def _whole(self) -> Comparison:
        """The whole comparison, even if this panel shows only a part of it."""
        chosen = self.chosen
        settings = {"councils": tuple(chosen.councils), "edition": chosen.edition, "confidence": chosen.confidence}
        return chosen.comparison.of(
            **settings, focus=self.focus, today=date.today(), chosen_as=how_chosen(self.presets, self.peers)
        )
