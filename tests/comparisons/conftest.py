"""An invented dataset and invented tables of comparisons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from snhr_kg.codes.lists import CodeLists
from snhr_kg.comparisons import compare_with, read_topics
from snhr_kg.comparisons.records import Comparison, Topic
from snhr_kg.comparisons.select import select_in
from snhr_kg.content import folder

HERE = Path(__file__).parent


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of the invented tables, with the schemas of the real ones; a test may change it."""
    for path in [*(HERE / "tables").glob("*.csv"), *(folder("data") / "comparisons").glob("*.schema.json")]:
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def topics(tables: Path, codes: CodeLists) -> tuple[Topic, ...]:
    return read_topics(tables, codes)


@pytest.fixture(scope="session")
def invented() -> ox.Store:
    """The invented graphs, each under its name."""
    store = ox.Store()
    store.bulk_load(path=HERE / "invented.trig", format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def found(invented: ox.Store, topics: tuple[Topic, ...]) -> list[Comparison]:
    return [row for compared in compare_with(select_in(invented), topics) for row in compared.comparisons]
