"""Fixtures for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep what they read in a cache of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROCMAN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
