from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.pipeline import BuildResult
from snhr_kg.web.application import create_app


@pytest.fixture(scope="session")
def client(tiny_build: BuildResult) -> Iterator[FlaskClient]:
    """The application over the invented report."""
    folder = Path(tiny_build.out)
    engine = LocalEngine(folder, Limits(workers=1))
    yield create_app(engine, folder).test_client()
    engine.close()
