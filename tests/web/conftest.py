from __future__ import annotations

import pytest

import small_graph
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web.application import create_app


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    folder = small_graph.write(tmp_path_factory.mktemp("served") / "graph")
    (folder.parent / "secret.txt").write_text("not served", encoding="utf-8")
    engine = LocalEngine(folder, Limits(workers=1))
    yield engine, folder
    engine.close()


@pytest.fixture(scope="session")
def client(engine):
    return create_app(*engine).test_client()
