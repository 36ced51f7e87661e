"""Panels: what a person clicks, in notebooks and on the dashboard.

ipywidgets loads when the first panel is made; `__init__.pyi` says where each is.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
