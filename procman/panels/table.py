"""A table on a page, with controls to sort it and to find rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from procman.measures.counting import fold
from procman.panels.message import LABELLED
from procman.reports.html import table_html
from procman.tables import Table
from procman.words import count, heading

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 200
AS_IT_STANDS = "as it stands"


class TableControls:
    """Sorts and filters a table and shows it as HTML.

    Attributes
    ----------
    table
        The rows on show, sorted and filtered; all of them, also those that the page has no room for.

    Examples
    --------
    >>> import pandas as pd
    >>> from procman.tables import Column
    >>> shown = TableControls()
    >>> places = pd.DataFrame({"title": ["Records", "Consent"], "chapters": [2, 1]})
    >>> shown.show(places, Table("places", "", (Column("title", "str", "", ""), Column("chapters", "int64", "", ""))))
    >>> shown.sort_by.value = "chapters"
    >>> shown.table["title"].tolist()
    ['Consent', 'Records']
    """

    def __init__(self) -> None:
        import pandas as pd

        self.table: pd.DataFrame = pd.DataFrame()
        self._whole = self.table
        self._declared = Table("", "", ())
        self._hidden: Sequence[str] = ()
        self._title = ""
        self.on_change: Callable[[], None] = lambda: None
        self.sort_by = widgets.Dropdown(description="Sort by", options=[(AS_IT_STANDS, "")], style=LABELLED)
        self.descending = widgets.Checkbox(description="Largest first", indent=False)
        self.find = widgets.Text(description="Find in table", placeholder="any words of a row", style=LABELLED)
        self._html = widgets.HTML()
        controls = widgets.Box([self.sort_by, self.descending, self.find])
        self.widget = widgets.VBox([controls, self._html])
        for widget, name in (
            (controls, "controls"),
            (self.sort_by, "sort"),
            (self.descending, "descending"),
            (self.find, "find"),
            (self._html, "table"),
            (self.widget, "tablebox"),
        ):
            widget.add_class(f"procman-{name}")
        for control in (self.sort_by, self.descending, self.find):
            control.observe(self._changed, "value")

    def show(self, table: pd.DataFrame, declared: Table, hidden: Sequence[str] = (), title: str = "") -> None:
        """Show a table; how it is sorted and what is looked for stays where the columns allow."""
        self._whole, self._declared, self._hidden = table, declared, hidden
        self._title = title or declared.name
        kept = self.sort_by.value
        options = [(AS_IT_STANDS, ""), *((heading(name), name) for name in self._columns())]
        self.sort_by.unobserve(self._changed, "value")
        if tuple(options) != tuple(self.sort_by.options):
            self.sort_by.options = options
            self.sort_by.value = kept if kept in dict(options).values() else ""
        self.sort_by.observe(self._changed, "value")
        self._arrange()

    def _columns(self) -> list[str]:
        return [name for name in self._whole.columns if name not in self._hidden]

    def _changed(self, _: Any) -> None:
        self._arrange()
        self.on_change()

    def _arrange(self) -> None:
        table = self._whole
        if wanted := fold(self.find.value).split():
            rows = table[self._columns()].astype(object).where(table[self._columns()].notna(), "").to_numpy()
            keep = [all(word in said for word in wanted) for said in (fold(" ".join(map(str, row))) for row in rows)]
            table = table[keep]
        if name := self.sort_by.value:
            key = (lambda values: values.str.casefold()) if table[name].dtype == "str" else None
            table = table.sort_values(
                name, ascending=not self.descending.value, kind="stable", key=key, na_position="last"
            )
        self.table = table.reset_index(drop=True)
        of = f" of {len(self._whole):,}" if len(self.table) != len(self._whole) else ""
        self._html.value = table_html(
            self.table[self._columns()],
            self._declared,
            f"{self._title}: {count(len(self.table), 'row')}{of}",
            most=MOST_ROWS,
            rest="in the saved table",
            note=False,
        )
