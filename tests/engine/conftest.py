from __future__ import annotations

import pytest

import small_graph
from asking import forget_hosts


@pytest.fixture(scope="module", autouse=True)
def _only_our_hosts():
    """Engines that tests of other folders keep open are none of ours."""
    forget_hosts()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The folder of a small graph."""
    return small_graph.write(tmp_path_factory.mktemp("asked") / "graph")
