"""A Dask cluster reads a library through its executor, like any other; only where dask.distributed is installed."""

from __future__ import annotations

import os
from importlib import import_module

import pytest

import procman as pm
from tests import synthetic

# The test extra has it: where all tests must run, its want is a fault.
distributed = import_module("distributed") if os.environ.get("CI") else pytest.importorskip("distributed")


def test_a_cluster_reads_the_same_as_this_process(tmp_path):
    folder = synthetic.write_library(tmp_path / "library", councils=4, editions=10)
    (folder / "shire-002/2006-01/contents.txt").write_bytes(b"%PDF-1.4")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        pytest.warns(UserWarning, match="a PDF"),
    ):
        there = pm.open_library(folder, executor=client.get_executor(), cache=False)
    with pytest.warns(UserWarning, match="a PDF"):
        here = pm.open_library(folder, cache=False)
    assert there.problems == here.problems
    assert there.entries.equals(here.entries)
