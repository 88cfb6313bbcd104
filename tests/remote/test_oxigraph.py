"""The same over Oxigraph's own server, whose updates are transactions: no difference to the local engine is allowed."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner

from lighter import write_lighter
from needs import need
from remote.stores import Oxigraph, program_beside_python, write_version
from serving import get, serving
from snhr_kg import content, names
from snhr_kg.cli import main
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Caller, Question
from snhr_kg.errors import PushFailed
from snhr_kg.remote.connection import Asked, Connection
from snhr_kg.remote.engine import RemoteEngine, open_remote
from snhr_kg.remote.marker import UNION
from snhr_kg.remote.push import Target, push
from snhr_kg.store import Store, open_store

QUESTIONS = sorted(content.folder("queries").glob("*.rq"))
LIMITS = Limits(workers=2, memory_mb=256)
BOTH = (
    f"SELECT ?a ?b WHERE {{ <https://example.org/7> <{names.term('one')}> ?a . "
    f"GRAPH <{names.graph('three')}> {{ <https://example.org/77> <{names.term('three')}> ?b }} }}"
)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    program = program_beside_python("oxigraph")
    need.that(program, "oxigraph (PyPI)", "push and serve --store are not tested over Oxigraph's server")
    assert program is not None
    server = Oxigraph(program, tmp_path_factory.mktemp("oxigraph"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def engine(oxigraph, real):
    push(real, oxigraph.target(), print)
    engine = RemoteEngine(oxigraph.target().query, LIMITS)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    return write_lighter(content.graph_folder(), tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def local(real) -> Store:
    return open_store(real)


def ask(engine: RemoteEngine, text: str, media_type: str = "text/csv") -> bytes:
    return engine.answer(Question(text, media_type), Caller()).body


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_each_question_of_ours_has_the_same_rows_as_locally(engine, local, path):
    text = path.read_text(encoding="utf-8")
    expected = local.query(text)
    media_type = "application/n-triples" if expected.kind == "graph" else "text/csv"
    assert sorted(ask(engine, text, media_type).splitlines()) == sorted(expected.serialize(media_type).splitlines())


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_a_graph_is_the_same_bytes_as_locally(engine, local, media_type):
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{names.graph('checks')}> {{ ?s ?p ?o }} }}"
    assert ask(engine, text, media_type) == local.query(text).serialize(media_type)


def test_relative_iris_are_read_against_the_same_base_as_locally(engine, local):
    text = "CONSTRUCT { <a> <b> ?o } WHERE { BIND(<c> AS ?o) }"
    answer = ask(engine, text, "application/n-triples")
    assert answer == local.query(text).serialize("application/n-triples")
    assert answer.count(names.BASE.encode()) == 3


def test_no_probe_is_answered_wrongly(oxigraph, engine):
    said: list[str] = []
    open_remote(oxigraph.target().query, LIMITS, say=said.append).close()
    assert said == []


def test_a_store_that_no_push_has_filled_is_served_by_its_graphs(oxigraph, tmp_path):
    push(write_version(tmp_path, 1), oxigraph.target(), print)
    unmark = f"DROP GRAPH <{names.published('store/published')}> ; DROP GRAPH <{UNION}>"
    connection = Connection()
    headers = {"Content-Type": "application/sparql-update"}
    connection.send(Asked("POST", oxigraph.target().update, headers, content=unmark.encode()), 10)
    connection.close()
    engine = RemoteEngine(oxigraph.target().query, LIMITS)
    try:
        assert ask(engine, BOTH) == b"a,b\r\n1,1\r\n"
        assert len(engine.version) == 64
    finally:
        engine.close()


def test_an_empty_store_is_said_to_be_empty(tmp_path):
    program = program_beside_python("oxigraph")
    need.that(program, "oxigraph (PyPI)", "an empty store is not tested")
    assert program is not None
    server = Oxigraph(program, tmp_path)
    said: list[str] = []
    try:
        open_remote(server.target().query, LIMITS, say=said.append).close()
    finally:
        server.stop()
    assert "holds no graph below" in said[0]


def test_readers_see_one_version_whole_while_others_are_pushed(oxigraph, tmp_path):
    push(write_version(tmp_path / "1", 1), oxigraph.target(), print)
    engine = RemoteEngine(oxigraph.target().query, LIMITS)
    seen: set[bytes] = set()
    pushing = threading.Event()
    pushing.set()

    def read() -> None:
        while pushing.is_set():
            seen.add(ask(engine, BOTH))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for version in range(2, 8):
            push(write_version(tmp_path / str(version), version), oxigraph.target(), print)
    finally:
        pushing.clear()
        reader.join()
    assert ask(engine, BOTH) == b"a,b\r\n7,7\r\n"
    engine.close()
    assert len(seen) > 1
    assert seen <= {b"a,b\r\n%d,%d\r\n" % (version, version) for version in range(1, 8)}


def test_graphs_that_are_no_longer_in_the_dataset_are_dropped(oxigraph, tmp_path):
    quad = f"<https://example.org/a> <https://example.org/b> <https://example.org/c> <{names.graph('four')}> .\n"
    push(write_version(tmp_path / "four", 1, 5, quad), oxigraph.target(), print)
    pushed = push(write_version(tmp_path / "three", 1, 5), oxigraph.target(), print)
    assert pushed.dropped == (names.graph("four"),)
    assert (pushed.graphs, pushed.triples) == (3, 15)


def test_a_graph_store_that_loses_what_it_is_sent_changes_nothing(oxigraph, tmp_path):
    """Its address is that of another store, so that what is sent there cannot be found again."""
    push(write_version(tmp_path / "1", 1), oxigraph.target(), print)
    (tmp_path / "other").mkdir()
    program = program_beside_python("oxigraph")
    assert program is not None
    other = Oxigraph(program, tmp_path / "other")
    try:
        lossy = Target(oxigraph.target().query, oxigraph.target().update, other.target().graph_store)
        with pytest.raises(PushFailed, match=r"200 triples were sent and the store counts 0; .* old dataset"):
            push(write_version(tmp_path / "2", 2), lossy, print)
    finally:
        other.stop()
    engine = RemoteEngine(oxigraph.target().query, LIMITS)
    assert ask(engine, BOTH) == b"a,b\r\n1,1\r\n"
    engine.close()


class TestCommand:
    def push(self, *arguments: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["push", *map(str, arguments)])
        return result.exit_code, result.output

    def test_the_addresses_beside_the_query_address_are_found(self, oxigraph, tmp_path):
        code, said = self.push("--store", oxigraph.target().query, "--graph", write_version(tmp_path, 1, 5))
        assert code == 0, said
        assert "3 graphs, 15 triples, version " in said

    def test_addresses_that_cannot_be_told_are_asked_for(self, tmp_path):
        code, said = self.push("--store", "http://127.0.0.1:1/repositories/x", "--graph", write_version(tmp_path, 1, 5))
        assert code == 2
        assert "--update and --graph-store" in said

    def test_a_store_that_is_gone_is_said_to_be(self, tmp_path):
        code, said = self.push("--store", "http://127.0.0.1:1/query", "--graph", write_version(tmp_path, 1, 5))
        assert code == 2
        assert "cannot be reached" in said

    def test_a_folder_that_is_no_build_is_said_to_be(self, oxigraph, tmp_path):
        code, said = self.push("--store", oxigraph.target().query, "--graph", tmp_path)
        assert code == 2
        assert "snhr-kg build" in said


def test_the_server_before_a_store_answers_like_any_and_with_502_when_the_store_is_gone(tmp_path):
    program = program_beside_python("oxigraph")
    need.that(program, "oxigraph (PyPI)", "serve --store is not tested")
    assert program is not None
    server = Oxigraph(program, tmp_path)
    command = [sys.executable, "-m", "snhr_kg", "serve", "--store", server.target().query, "--workers", "1"]
    try:
        push(write_version(tmp_path / "1", 1), server.target(), print)
        with serving(*command) as address:
            assert get(address, "sparql", "text/csv", query=BOTH) == (200, "text/csv", b"a,b\r\n1,1\r\n")
            server.stop()
            assert get(address, "sparql", "text/csv", query=BOTH)[0] == 200, "what is kept is served on"
            with pytest.raises(HTTPError) as caught:
                get(address, "sparql", query="ASK {}")
            with caught.value as refusal:
                assert (refusal.code, refusal.headers["Retry-After"]) == (502, "5")
                assert refusal.headers.get_content_type() == "application/problem+json"
                assert "cannot be reached" in json.load(refusal)["detail"]
    finally:
        server.stop()
