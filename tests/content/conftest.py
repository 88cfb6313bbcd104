"""The real report, built once for the tests that ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from snhr_kg.pipeline import BuildResult, build
from snhr_kg.store import Store, open_store


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The build of the real tables."""
    return build(tmp_path_factory.mktemp("real") / "graph")


@pytest.fixture(scope="session")
def real_store(real_build: BuildResult) -> Store:
    """The store opened on it, as the server opens it."""
    return open_store(Path(real_build.out))
