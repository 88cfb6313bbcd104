from __future__ import annotations

import pytest

import small_graph


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The folder of a small graph."""
    return small_graph.write(tmp_path_factory.mktemp("asked") / "graph")
