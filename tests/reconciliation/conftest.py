from __future__ import annotations

import pytest

from reconciliation import served_codes
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web.application import create_app


@pytest.fixture(scope="session")
def codes_folder(tmp_path_factory):
    """A graph of all code lists with a few mappings."""
    return served_codes.write(tmp_path_factory.mktemp("codes") / "graph")


@pytest.fixture(scope="session")
def client(codes_folder):
    engine = LocalEngine(codes_folder, Limits(workers=1))
    yield create_app(engine, codes_folder).test_client()
    engine.close()
