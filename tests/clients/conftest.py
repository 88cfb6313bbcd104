"""A real server on the small graph, which every client asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import small_graph
from serving import serving


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The IRI of the endpoint."""
    folder = small_graph.write(tmp_path_factory.mktemp("served"))
    with serving(sys.executable, "-m", "snhr_kg", "serve", "--graph", folder) as address:
        yield f"{address}sparql"
