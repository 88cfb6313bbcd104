"""The real graph, as `make build` has written it, for the tests that ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from snhr_kg import content
from snhr_kg.store import Store, open_store


@pytest.fixture(scope="session")
def real_folder() -> Path:
    """The folder of the real graph's build."""
    return content.graph_folder()


@pytest.fixture(scope="session")
def real_store(real_folder: Path) -> Store:
    """The store opened on it, as the server opens it."""
    return open_store(real_folder)
