"""What only the browser can do: a slider that screen readers can name, and keys that stay with the panel."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent


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


class OwnKeys(anywidget.AnyWidget):
    """Unseen; keeps keys that are pressed at a control beside it from being taken for JupyterLab's shortcuts."""

    _esm = HERE / "own_keys.js"
