"""What only the browser can do: controls that screen readers can name, uploads of any size, the page's address, keys that stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anywidget
import traitlets

HERE = Path(__file__).parent
#: Files of which a part has come are kept at most.
UNFINISHED = 4
Said = TypeVar("Said", str, int)


def field(content: Any, name: str, otherwise: Said) -> Said:
    """What a message from the browser says under a name; another value where it says nothing of that kind.

    >>> field({"remove": "Kent"}, "remove", ""), field({"remove": 3}, "remove", ""), field(None, "size", 0)
    ('Kent', '', 0)
    """
    value = content.get(name) if isinstance(content, dict) else None
    return value if isinstance(value, type(otherwise)) else otherwise


class Slider(anywidget.AnyWidget):
    """A number chosen by sliding: the browser's own range input with its label.

    (The handle of ``ipywidgets.FloatSlider`` has no accessible name, nor a way to give it one.)

    Parameters
    ----------
    description
        The label.
    value, min, max, step
        The number, its bounds, and by how much an arrow key moves it.

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
    """One of several, all in sight: a group of radio buttons with a name.

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
    """A table with a button in each heading that sorts by it, and some in its rows that decide on them.

    Parameters
    ----------
    on_decided
        Called with what a person decided, the row's id, and the name chosen, if that is a choice of one.
    html
        The table, as `procman.reports.html.table_html` gives it.
    columns
        The names of its columns.
    sort, descending
        The column that it is sorted by, empty for none; and whether the largest comes first.
    page, pages
        The page on show, counted from 0; and how many there are.
    asked
        For each row its id ("row"), what it is "about" in words, and what its "buttons" say; empty where nothing is asked.
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
        """Say beside the box that is open why what was chosen there cannot be."""
        self.send({"refused": why})


class Chips(anywidget.AnyWidget):
    """A button for each name that removes it; the focus stays among them.

    Parameters
    ----------
    on_remove
        Called with the name whose button was pressed.
    names, rest, disabled
        The names; what is said behind them; whether none can be removed.
    """

    _esm = HERE / "chips.js"
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rest = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, on_remove: Callable[[str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: on_remove(field(content, "remove", "")))


class Fold(anywidget.AnyWidget):
    """A button that says whether what stands below it is open.

    Parameters
    ----------
    description
        What the button says.
    unfolded
        Whether it is open.
    """

    _esm = HERE / "fold.js"
    description = traitlets.Unicode().tag(sync=True)
    unfolded = traitlets.Bool(False).tag(sync=True)


class PageAddress(anywidget.AnyWidget):
    """Unseen; keeps what is chosen in the page's address, behind the "#", where the page is procman's own.

    Parameters
    ----------
    on_asked
        Called with what stands there when the page opens, and when a person changes it.
    value
        What shall stand there.
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
        """Give the focus to the first element of a CSS selector, for instance when the control that had it is gone."""
        self.send({"focus": selector})


class Upload(anywidget.AnyWidget):
    """A button that brings a file, piece by piece, so that it may be larger than the 10 MiB that Jupyter takes at once.

    Parameters
    ----------
    on_file
        Called with the file's name and bytes when all of it has come.
    say
        Called before with a sentence and ``progress=``, the share that has come, 0–1; or with ``wrong=True`` if it cannot be read.
    description, accept, most
        What the button says; the suffixes it offers, separated by commas; how many bytes are sent at most.
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
            return  # of a sending of the same file that another has overtaken
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
    """Unseen; keeps keys that are pressed at a control beside it from being taken for JupyterLab's shortcuts."""

    _esm = HERE / "own_keys.js"
