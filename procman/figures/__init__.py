"""Figures: each draws the table of one measure.

matplotlib loads when you first use a figure. `__init__.pyi` lists the figures and their modules.

>>> from procman import figures
>>> figures.flags_chart.__name__
'flags_chart'
"""

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    if name != "write_figures":
        return _load(name)
    import warnings
    from importlib import import_module

    warnings.warn("write_figures is now in procman.reports.gallery", DeprecationWarning, stacklevel=2)
    return import_module(
        "procman.reports.gallery"
    ).write_figures  # by name, because this folder imports from none after it
