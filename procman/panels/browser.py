"""Widgets with code in the browser: accessible controls, large uploads, the page's address, and keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anywidget
import traitlets

HERE = Path(__file__).parent
#: The most unfinished uploads to keep.
UNFINISHED = 4
Said = TypeVar("Said", str, int)


def field(content: Any, name: str, otherwise: Said) -> Said:
    """The value under a name in a message from the browser, or another value if it is missing or has the wrong type.

    >>> field({"remove": "Kent"}, "remove", ""), field({"remove": 3}, "remove", ""), field(None, "size", 0)
    ('Kent', '', 0)
    """
    value = content.get(name) if isinstance(content, dict) else None
    return value if isinstance(value, type(otherwise)) else otherwise


class Slider(anywidget.AnyWidget):
    """A slider: the browser's own range input with its label.

    (The handle of ``ipywidgets.FloatSlider`` has no accessible name, and cannot be given one.)

    Parameters
    ----------
    description
        The label.
    value, min, max, step
        The number, its bounds, and the step of an arrow key.

    Examples
    --------
    >>> Slider(description="Confidence", value=0.5, max=1.0).value
    0.5
    """

    _esm = HERE / "slider.js"
    description = traitlets.Unicode().tag(sync=True)
    value = traitlets.Float(0.0).tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(1.0).tag(sync=True)
    step = traitlets.Float(0.01).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)


class Choices(anywidget.AnyWidget):
    """A group of radio buttons with a name.

    Parameters
    ----------
    description
        The group's name.
    options
        The label and the value of each.
    value
        The value chosen; empty for none.

    Examples
    --------
    >>> Choices(description="View", options=[("By section", "sections"), ("Topics", "topics")], value="topics").value
    'topics'
    """

    _esm = HERE / "choices.js"
    description = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Tuple(traitlets.Unicode(), traitlets.Unicode())).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class SortableTable(anywidget.AnyWidget):
    """A table with a sort button in each heading, and buttons in its rows for decisions.

    Parameters
    ----------
    on_decided
        Called with the decision, the row's id, and the name chosen, if the decision needs a name.
    html
        The table, from `procman.reports.html.table_html`.
    columns
        The names of its columns.
    sort, descending
        The column that the table is sorted by, or empty text, and whether the largest comes first.
    page, pages
        The page on show, counted from 0, and the number of pages.
    asked
        For each row, its id ("row"), what it is "about" in words, and the words on its "buttons". Empty if no row needs a decision.
    asks
        The heading above the buttons.
    chooses, names
        The button that opens a box to choose one of these names, instead of deciding at once.
    """

    _esm = HERE / "table.js"
    html = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    sort = traitlets.Unicode("").tag(sync=True)
    descending = traitlets.Bool(False).tag(sync=True)
    page = traitlets.Int(0).tag(sync=True)
    pages = traitlets.Int(1).tag(sync=True)
    asked = traitlets.List(traitlets.Dict()).tag(sync=True)
    asks = traitlets.Unicode().tag(sync=True)
    chooses = traitlets.Unicode().tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, on_decided: Callable[[str, str, str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: on_decided(*(field(content, name, "") for name in ("decide", "on", "name"))))

    def refuse(self, why: str) -> None:
        """Say beside the open box why the choice made there is not possible."""
        self.send({"refused": why})


class Chips(anywidget.AnyWidget):
    """A button for each name, which removes it. The focus then moves to another of these buttons.

    Parameters
    ----------
    on_remove
        Called with the name whose button was pressed.
    names, rest, disabled
        The names, the words after them, and whether the buttons are disabled.
    """

    _esm = HERE / "chips.js"
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rest = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, on_remove: Callable[[str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: on_remove(field(content, "remove", "")))


class Fold(anywidget.AnyWidget):
    """A button that opens and closes the controls below it, and says whether they are open.

    Parameters
    ----------
    description
        The words on the button.
    unfolded
        Whether the controls are open.
    """

    _esm = HERE / "fold.js"
    description = traitlets.Unicode().tag(sync=True)
    unfolded = traitlets.Bool(False).tag(sync=True)


class PageAddress(anywidget.AnyWidget):
    """Keeps the settings in the page's address, after the "#", if the page is procman's own. It is invisible.

    Parameters
    ----------
    on_asked
        Called with that part of the address when the page opens, and when a person changes it.
    value
        That part of the address.
    title
        The page's title.
    """

    _esm = HERE / "address.js"
    value = traitlets.Unicode("").tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)

    def __init__(self, on_asked: Callable[[str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: on_asked(field(content, "asked", "")))

    def focus(self, selector: str) -> None:
        """Move the focus to the first element of a CSS selector, for example after the control that had it is gone."""
        self.send({"focus": selector})


class Upload(anywidget.AnyWidget):
    """A button that uploads a file in pieces, because Jupyter accepts at most 10 MiB at once.

    Parameters
    ----------
    on_file
        Called with the file's name and bytes when the upload is complete.
    say
        Called during the upload with a sentence and ``progress=``, the share uploaded, 0 to 1, or with ``wrong=True`` if it fails.
    description, accept, most
        The words on the button, the suffixes it accepts, separated by commas, and the most bytes to send.
    """

    _esm = HERE / "upload.js"
    description = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most = traitlets.Int().tag(sync=True)

    def __init__(self, on_file: Callable[[str, bytes], None], say: Callable[..., None], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_file, self._say = on_file, say
        self._come: dict[str, bytes] = {}
        self.on_msg(self._piece)

    def _piece(self, _: Any, about: Any, pieces: list[memoryview]) -> None:
        name, size, start = field(about, "name", ""), field(about, "size", 0), field(about, "start", 0)
        if failed := field(about, "failed", ""):
            self._say(f"{name}: the browser cannot read it ({failed}).", wrong=True)
            return
        come = self._come.get(name, b"") if start else b""
        if len(come) != start:
            return  # a piece of an older upload of the same file
        come = b"".join([come, *pieces])
        if len(come) < size <= self.most:
            self._come[name] = come
            while len(self._come) > UNFINISHED:
                self._come.pop(next(iter(self._come)))
            self._say(f"Receiving {name} …", progress=len(come) / size)
        else:
            self._come.pop(name, None)
            self._on_file(name, come[: self.most])


class OwnKeys(anywidget.AnyWidget):
    """Stops keys pressed in the controls beside it from triggering JupyterLab's shortcuts. It is invisible."""

    _esm = HERE / "own_keys.js"
