"""Packages whose names load when first used, so that importing the package costs next to nothing.

Beside each such package an ``__init__.pyi`` tells editors and type checkers the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def homes(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """A package's ``__getattr__``, ``__dir__`` and ``__all__``, from which module each name comes.

    >>> load, names, _ = homes("procman", {"align": "matching.alignment"})
    >>> load("align").__name__, names()
    ('align', ['align'])
    """

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return load, lambda: sorted(modules), sorted(modules)
