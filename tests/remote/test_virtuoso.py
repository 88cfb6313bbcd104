"""The whole way over a real Virtuoso: pushed to with digest authentication, asked, restarted, refused, interrupted."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from lighter import write_lighter
from needs import need
from remote.stores import PASSWORD, USER, Virtuoso, write_version
from snhr_kg import content, names
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Caller, Question
from snhr_kg.errors import StoreCut, StoreDenied, StoreUnreachable
from snhr_kg.remote.credentials import Credentials
from snhr_kg.remote.engine import RemoteEngine
from snhr_kg.remote.marker import STAGING
from snhr_kg.remote.probes import wrong_answers
from snhr_kg.remote.push import push
from snhr_kg.store import Store, open_store

QUESTIONS = sorted(content.folder("queries").glob("*.rq"))
LIMITS = Limits(workers=2, memory_mb=256, seconds=30)

PATHS = "rows that a property path with * or + leads to come more than once when it is joined to other patterns"
DIVISION = "integers are divided as integers, so that shares lose their decimals"
KNOWN_WRONG = {
    "sieges": PATHS,
    "what-happened-in-deir-ez-zor": PATHS,
    "women-and-children-among-each-total": DIVISION,
}
"""Questions that Virtuoso 07.20.3229 (Debian's 7.2.5) answers wrongly, and the probe that says so at the start."""

GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
EVERY_VERSION = (
    f"SELECT ?a ?b ?c WHERE {{ <https://example.org/7> <{names.term('one')}> ?a . "
    f"<https://example.org/77> <{names.term('two')}> ?b . "
    f"GRAPH <{names.graph('three')}> {{ <https://example.org/177> <{names.term('three')}> ?c }} }}"
)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    program = need.program("virtuoso-t", "push and serve --store are not tested over Virtuoso")
    server = Virtuoso(program, tmp_path_factory.mktemp("virtuoso"))
    yield server
    server.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def pushed(virtuoso, real) -> str:
    """What the command says that has put the real graph into the store."""
    done = run_push(virtuoso, real)
    said = done.communicate(timeout=120)
    assert done.returncode == 0, said
    return said[0]


@pytest.fixture(scope="module")
def engine(virtuoso, pushed):
    engine = RemoteEngine(virtuoso.target().query, LIMITS)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    return write_lighter(content.graph_folder(), tmp_path_factory.mktemp("real"), external=False)


@pytest.fixture(scope="module")
def local(real) -> Store:
    return open_store(real)


@pytest.fixture
def small(virtuoso, tmp_path):
    """An engine over version 1 of a small dataset, which takes the place of the real one."""
    push(write_version(tmp_path / "1", 1), virtuoso.target(), print)
    engine = RemoteEngine(virtuoso.target().query, LIMITS)
    yield engine
    engine.close()


def run_push(virtuoso: Virtuoso, folder: Path, password: str = PASSWORD) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "snhr_kg", "push", "--store", virtuoso.target().query, "--user", USER]
    return subprocess.Popen(
        [*command, "--graph", folder],
        env={**os.environ, "SNHR_KG_STORE_PASSWORD": password},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(engine: RemoteEngine, text: str, media_type: str = "text/csv") -> bytes:
    return engine.answer(Question(text, media_type), Caller()).body


def rows(answer: bytes) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row) for row in csv.reader(io.StringIO(answer.decode(), newline="")))


def value(engine: RemoteEngine, text: str) -> str:
    return ask(engine, text).decode().split()[1]


def graphs_of(store: Store) -> set[str]:
    return {graph for (graph,) in store.query(GRAPHS).rows()}


class TestAnswers:
    def test_a_push_with_digest_authentication_says_what_it_put_there(self, pushed, local):
        assert pushed.startswith(f"{len(graphs_of(local))} graphs, ")

    @pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
    def test_each_question_of_ours_has_the_same_rows_as_locally(self, engine, local, path):
        text = path.read_text(encoding="utf-8")
        expected = local.query(text)
        if expected.kind == "graph":
            triples = ask(engine, text, "application/n-triples").splitlines()
            assert sorted(triples) == sorted(expected.serialize("application/n-triples").splitlines())
            return
        theirs, ours = rows(ask(engine, text)), rows(expected.serialize("text/csv"))
        if KNOWN_WRONG.get(path.stem) == PATHS:
            assert set(theirs) == set(ours)
        else:
            assert (theirs == ours) == (path.stem not in KNOWN_WRONG)

    def test_the_probes_name_what_this_store_answers_wrongly(self, engine):
        assert wrong_answers(engine) == [PATHS, DIVISION, "BNODE() is not known"]

    def test_the_version_is_that_of_the_build(self, engine, local):
        assert engine.answer(Question("ASK {}", "text/csv"), Caller()).version == local.version == engine.version

    def test_formats_datatypes_and_tags_are_those_of_the_standard(self, engine, local):
        text = f"SELECT ?o WHERE {{ ?s <{names.term('lowerBoundIncluded')}> ?o }} LIMIT 1"
        for media_type in ("application/sparql-results+json", "application/sparql-results+xml"):
            assert ask(engine, text, media_type) == local.query(text).serialize(media_type)
        points = f"SELECT ?s ?o WHERE {{ ?s <{names.PREFIXES['geo']}asWKT> ?o }} ORDER BY ?s"
        as_json = "application/sparql-results+json"
        assert ask(engine, points, as_json) == local.query(points).serialize(as_json)


class TestDataset:
    def test_a_triple_of_two_graphs_is_there_once(self, engine, local):
        count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        assert rows(ask(engine, count)) == rows(local.query(count).serialize("text/csv"))

    def test_only_graphs_of_ours_are_seen(self, engine, local):
        assert set(ask(engine, GRAPHS).decode().split()[1:]) == graphs_of(local)

    @pytest.mark.parametrize("graph", ["http://www.openlinksw.com/schemas/virtrdf#", f"{names.BASE}store/published"])
    def test_a_graph_of_the_store_that_is_not_ours_is_empty(self, engine, graph):
        assert value(engine, f"SELECT (COUNT(*) AS ?n) FROM <{graph}> WHERE {{ ?s ?p ?o }}") == "0"
        assert value(engine, f"SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == "0"
        asked = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv", default_graphs=(graph,))
        assert engine.answer(asked, Caller()).body.split()[1] == b"0"

    def test_from_names_graphs_by_prefixed_names_too(self, engine, local):
        text = f"PREFIX g: <{names.graph('')}> SELECT (COUNT(*) AS ?n) FROM g:codes FROM g:links {{ ?s ?p ?o }}"
        assert rows(ask(engine, text)) == rows(local.query(text).serialize("text/csv"))


class TestCut:
    """Virtuoso sends its first 10,000 rows as if they were all."""

    @pytest.mark.parametrize(
        "text",
        ["SELECT * WHERE { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o } LIMIT 10001", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"],
    )
    def test_an_answer_that_the_store_cuts_is_no_answer(self, engine, text):
        with pytest.raises(StoreCut, match="10,000"):
            ask(engine, text, "text/turtle" if text.startswith("CONSTRUCT") else "text/csv")

    def test_as_many_rows_as_were_asked_for_are_all(self, engine):
        assert ask(engine, "SELECT ?s { ?s ?p ?o } LIMIT 10000").count(b"\n") == 10001


class TestCredentials:
    def test_a_push_with_a_wrong_password_says_so_and_shows_it_nowhere(self, virtuoso, pushed, tmp_path):
        done = run_push(virtuoso, write_version(tmp_path, 1), "open sesame")
        out, err = done.communicate(timeout=30)
        assert done.returncode == 2
        assert "refuses the credentials" in err
        assert "sesame" not in out + err

    def test_an_engine_with_a_wrong_password_says_so_and_shows_it_nowhere(self, virtuoso):
        engine = RemoteEngine(virtuoso.target().update, LIMITS, Credentials(USER, "open sesame"))
        try:
            with pytest.raises(StoreDenied, match="refuses the credentials") as caught:
                ask(engine, "ASK {}")
            assert caught.value.http_status == 502
            assert "sesame" not in f"{caught.value}{Credentials(USER, 'open sesame')}"
        finally:
            engine.close()

    def test_an_engine_with_the_right_one_is_answered_where_it_is_asked_for(self, virtuoso, pushed, engine):
        there = RemoteEngine(virtuoso.target().update, LIMITS, Credentials(USER, PASSWORD))
        try:
            count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
            assert ask(there, count) == ask(engine, count)
        finally:
            there.close()


class TestPushes:
    def test_readers_see_one_version_whole_while_others_are_pushed(self, virtuoso, small, tmp_path):
        folders = [write_version(tmp_path / str(version), version) for version in (2, 3)]
        seen: list[tuple[str, ...]] = []
        pushing = threading.Event()
        pushing.set()

        def read() -> None:
            while pushing.is_set():
                seen.extend(list(rows(ask(small, EVERY_VERSION)))[1:])

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            for folder in folders:
                push(folder, virtuoso.target(), print)
        finally:
            pushing.clear()
            for reader in readers:
                reader.join()
        assert {len(set(row)) for row in seen} == {1}
        assert {"1", "2"} <= {row[0] for row in seen}
        assert rows(ask(small, EVERY_VERSION))[("3", "3", "3")] == 1

    def test_a_push_that_is_killed_leaves_the_old_dataset_and_the_next_one_cleans_up(self, virtuoso, small, tmp_path):
        killed = run_push(virtuoso, write_version(tmp_path / "2", 2))
        assert killed.stderr is not None
        assert "verified" in killed.stderr.readline()
        killed.kill()
        killed.communicate()
        assert rows(ask(small, EVERY_VERSION))[("1", "1", "1")] == 1
        assert staged(virtuoso)
        said: list[str] = []
        push(write_version(tmp_path / "3", 3), virtuoso.target(), said.append)
        assert said[0].startswith("removing ")
        assert not staged(virtuoso)
        assert rows(ask(small, EVERY_VERSION))[("3", "3", "3")] == 1


class TestRestart:
    def test_a_store_that_is_gone_is_said_to_be_and_is_asked_again_when_it_is_back(self, virtuoso, small):
        before = ask(small, EVERY_VERSION)
        virtuoso.stop()
        with pytest.raises(StoreUnreachable) as caught:
            ask(small, EVERY_VERSION)
        assert (caught.value.http_status, caught.value.retry_after) == (502, 5)
        assert small.version
        virtuoso.start()
        assert ask(small, EVERY_VERSION) == before


def staged(virtuoso: Virtuoso) -> list[str]:
    from snhr_kg.remote.connection import Connection
    from snhr_kg.remote.marker import COUNT, read_counts
    from snhr_kg.remote.published import select

    connection = Connection()
    try:
        counts = read_counts(connection.send(select(virtuoso.target().query, COUNT), 30).body)
    finally:
        connection.close()
    return [graph for graph in counts if graph.startswith(STAGING)]
