"""The own graphs held for the pages, read through real engines."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import small_graph
from asking import wait_for
from snhr_kg import names
from snhr_kg.bulk import load_files
from snhr_kg.counts import count_graphs
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Answered, Caller, Engine, Question
from snhr_kg.engine.swap import SwappingEngine
from snhr_kg.errors import EngineUnavailable
from snhr_kg.holding import Holding, read_holding
from snhr_kg.place import fresh_folder, put_in_place

ADDED = names.code("perpetrator", "east")


class Watched:
    """An engine that remembers what it was asked, and does something after each answer."""

    def __init__(self, inner: Engine, then: Callable[[], None] = lambda: None) -> None:
        self.asked: list[str] = []
        self._inner, self._then = inner, then

    @property
    def limits(self) -> Limits:
        return self._inner.limits

    @property
    def version(self) -> str:
        return self._inner.version

    def answer(self, question: Question, caller: Caller) -> Answered:
        answered = self._inner.answer(question, caller)
        self.asked.append(question.text)
        self._then()
        return answered

    def close(self) -> None:
        self._inner.close()


def held(engine: Engine, folder: Path) -> Holding:
    return read_holding(engine, Caller(), lambda caller: count_graphs(engine, caller, folder))


def rebuild(folder: Path, number: int) -> None:
    """Put a graph in place of the one in the folder that says one thing more in each of two of its graphs."""
    with fresh_folder(folder) as fresh:
        shutil.copytree(folder, fresh, dirs_exist_ok=True)
        line = f'<{ADDED}> <{small_graph.SKOS}note> "{number}" <%s> .\n'
        data = (folder / "snhr-kg.nq").read_text() + line % names.graph("codes") + line % small_graph.REPORT_GRAPH
        (fresh / "snhr-kg.nq").write_text(data)
        (fresh / "SHA256SUMS").write_text(f"{hashlib.sha256(data.encode()).hexdigest()}  snhr-kg.nq\n")
        put_in_place(fresh, folder)


def replace(engine: Engine, folder: Path, number: int) -> None:
    """Rebuild, and wait until the new graph is served."""
    before = engine.version
    rebuild(folder, number)
    wait_for(lambda: engine.version != before, 20)


@pytest.fixture
def swapping(tmp_path):
    folder = small_graph.write(tmp_path / "graph")
    engine = SwappingEngine(folder, lambda path: LocalEngine(path, Limits(workers=1)), lambda said: None, 0.02)
    yield engine, folder
    engine.close()


def test_graphs_that_are_replaced_in_the_middle_of_reading_are_read_again(swapping):
    engine, folder = swapping
    watched = Watched(engine, lambda: replace(engine, folder, 1) if len(watched.asked) == 4 else None)
    holding = held(watched, folder)
    assert graph_of(watched.asked[3]) != graph_of(watched.asked[4]), "it was not in the middle"
    assert holding.version == engine.version
    assert {one.graph for one in holding.statements(ADDED)} == {names.graph("codes"), small_graph.REPORT_GRAPH}


def test_graphs_that_are_replaced_whenever_they_are_read_are_said_to_be(swapping):
    engine, folder = swapping
    numbers = iter(range(100))
    codes = f"GRAPH <{names.graph('codes')}>"
    watched = Watched(engine, lambda: replace(engine, folder, next(numbers)) if codes in watched.asked[-1] else None)
    with pytest.raises(EngineUnavailable, match="replaced by a newer one"):
        held(watched, folder)


def test_nothing_of_the_graphs_from_elsewhere_is_read(tmp_path):
    built = small_graph.write(tmp_path / "built")
    load_files([built / "snhr-kg.nq"], tmp_path / "loaded", "union")
    engine = LocalEngine(tmp_path / "loaded", Limits(workers=1))
    try:
        watched = Watched(engine)
        holding = held(watched, tmp_path / "loaded")
    finally:
        engine.close()
    assert holding.not_held == (small_graph.EXTERNAL_GRAPH,)
    assert sorted(graph_of(text) for text in watched.asked) == holding.graphs


def graph_of(text: str) -> str:
    """The one graph that a query reads."""
    assert text.count("GRAPH") == 1
    return text.partition("GRAPH <")[2].partition(">")[0]


def test_nothing_is_stated_of_no_thing(tmp_path):
    folder = small_graph.write(tmp_path / "graph")
    engine = LocalEngine(folder, Limits(workers=1))
    try:
        holding = held(engine, folder)
    finally:
        engine.close()
    assert "" not in holding
    assert (holding.value("", "skos:notation"), holding.statements(""), holding.label("", "en").words) == (None, [], "")
