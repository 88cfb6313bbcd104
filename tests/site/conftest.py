"""The pages over the built graph of the report: run ``make build`` before."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from snhr_kg.content import graph_folder
from snhr_kg.counts import count_graphs
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Caller
from snhr_kg.holding import Holding, read_holding
from snhr_kg.web.application import create_app


@pytest.fixture(scope="session")
def built() -> Path:
    return graph_folder()


@pytest.fixture(scope="session")
def site_engine(built):
    engine = LocalEngine(built, Limits(workers=1))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def site(site_engine, built):
    """A client of the application over the report's graph."""
    return create_app(site_engine, built).test_client()


@pytest.fixture(scope="session")
def held(site_engine, built) -> Holding:
    return read_holding(site_engine, Caller(), lambda caller: count_graphs(site_engine, caller, built))


@pytest.fixture(scope="session")
def read(site):
    """Opens a page (a path) and gives its parsed HTML; it fails where there is none."""

    def opened(path: str) -> lxml.html.HtmlElement:
        response = site.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 200, (path, response.status, response.text[:300])
        return lxml.html.document_fromstring(response.text)

    return opened
