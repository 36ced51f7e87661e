"""A table that you can sort, search, read a page at a time, and make decisions in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import ipywidgets as widgets

from procman.measures.counting import fold
from procman.panels.browser import SortableTable
from procman.panels.message import LABELLED
from procman.reports.html import table_html
from procman.tables import Table
from procman.words import count

if TYPE_CHECKING:
    import pandas as pd

#: The number of rows on a page.
PAGE = 50


class Asked(NamedTuple):
    """The decision in a row: the row's id, what it is about in words, and the words on the buttons."""

    row: str
    about: str
    buttons: tuple[str, ...]


class TableControls:
    """Sorts and searches a table and shows it a page at a time.

    Parameters
    ----------
    on_decided
        Called with the button pressed, the row's id, and the name chosen, if any.
    asks
        The heading above the buttons.

    Attributes
    ----------
    table
        The rows found, sorted, on all pages.
    sort_by, descending
        The column that the table is sorted by, or empty text, and whether the largest comes first.
    controls
        The controls above the table.

    Examples
    --------
    >>> import pandas as pd
    >>> from procman.tables import Column
    >>> shown = TableControls()
    >>> places = pd.DataFrame({"title": ["Records", "Consent"], "chapters": [2, 1]})
    >>> shown.show(places, Table("places", "", (Column("title", "str", "", ""), Column("chapters", "int64", "", ""))))
    >>> shown.sort_by = "chapters"
    >>> shown.table["title"].tolist()
    ['Consent', 'Records']
    """

    def __init__(
        self,
        on_decided: Callable[[str, str, str], None] = lambda decision, row, name: None,
        asks: str = "Is it in your manual?",
    ) -> None:
        import pandas as pd

        self.table: pd.DataFrame = pd.DataFrame()
        self._whole = self.table
        self._declared = Table("", "", ())
        self._hidden: Sequence[str] = ()
        self._title = ""
        self._asked: dict[Any, Asked] = {}
        self.find = widgets.Text(description="Find in table", placeholder="any words of a row", style=LABELLED)
        self.rows = SortableTable(on_decided, asks=asks)
        self.controls = widgets.Box([self.find])
        self.widget = widgets.VBox([self.controls, self.rows])
        self.controls.add_class("procman-controls")
        self.widget.add_class("procman-tablebox")
        self.find.observe(self._begin, "value")
        self.rows.observe(lambda _: self._arrange(), ["sort", "descending", "page"])

    @property
    def sort_by(self) -> str:
        """The column that the table is sorted by, or empty text."""
        return self.rows.sort

    @sort_by.setter
    def sort_by(self, name: str) -> None:
        self.rows.sort = name

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self.rows.descending

    @descending.setter
    def descending(self, value: bool) -> None:
        self.rows.descending = value

    def show(
        self,
        table: pd.DataFrame,
        declared: Table,
        hidden: Sequence[str] = (),
        title: str = "",
        asked: Sequence[Asked] = (),
    ) -> None:
        """Show a table. It keeps the order and the search if the columns allow.

        ``asked`` are the decisions in the rows, or empty.
        """
        other = list(table.columns) != list(self._whole.columns)
        self._whole, self._declared, self._hidden = table, declared, hidden
        self._title = title or declared.name
        self._asked = dict(zip(table.index, asked, strict=True)) if asked else {}
        if other:
            self._begin()
        else:
            self._arrange()

    def _columns(self) -> list[str]:
        declared = {column.name for column in self._declared.columns}
        return [name for name in self._whole.columns if name not in self._hidden and name in declared]

    def _begin(self, _: Any = None) -> None:
        """Show the first page."""
        if self.rows.page:
            self.rows.page = 0  # which arranges
        else:
            self._arrange()

    def _arrange(self) -> None:
        table, columns = self._whole, self._columns()
        if wanted := fold(self.find.value).split():
            fields = {column.name: column for column in self._declared.columns}
            read = {
                name: table[name].astype(object).map(fields[name].said) for name in columns
            }  # as it is read on screen
            rows = table.assign(**read)[columns].where(table[columns].notna(), "").to_numpy()
            keep = [all(word in said for word in wanted) for said in (fold(" ".join(map(str, row))) for row in rows)]
            table = table[keep]
        if self.sort_by in columns:
            key = (lambda values: values.str.casefold()) if table[self.sort_by].dtype == "str" else None
            table = table.sort_values(
                self.sort_by, ascending=not self.descending, kind="stable", key=key, na_position="last"
            )
        pages = max(1, -(-len(table) // PAGE))
        page = min(max(self.rows.page, 0), pages - 1)
        shown = table.iloc[page * PAGE : (page + 1) * PAGE]
        of = f" of {len(self._whole):,}" if len(table) != len(self._whole) else ""
        part = f", {page * PAGE + 1:,} to {page * PAGE + len(shown):,} here" if pages > 1 else ""
        said = f"{self._title}: {count(len(table), 'row')}{of}{part}"
        with self.rows.hold_sync(), self.rows.hold_trait_notifications():
            self.rows.html = table_html(shown[columns], self._declared, said, most=None, note=False)
            self.rows.columns, self.rows.page, self.rows.pages = columns, page, pages
            self.rows.asked = [self._asked[row]._asdict() for row in shown.index] if self._asked else []
        self.table = table.reset_index(drop=True)
