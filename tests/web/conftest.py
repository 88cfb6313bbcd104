from __future__ import annotations

import pytest

import small_graph
from snhr_kg.store import open_store
from snhr_kg.web import create_app


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    folder = small_graph.write(tmp_path_factory.mktemp("served") / "graph")
    (folder.parent / "secret.txt").write_text("not served", encoding="utf-8")
    app = create_app(open_store(folder))
    return app.test_client()
