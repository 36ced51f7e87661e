"""Panels: the controls, charts and tables that you use in notebooks and on the dashboard.

ipywidgets loads when you make the first panel. `__init__.pyi` lists the panels and their modules.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
