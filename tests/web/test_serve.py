from __future__ import annotations

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import small_graph
from serving import get, post, serving

COMMAND = [sys.executable, "-m", "snhr_kg"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def address(folder):
    with serving(*COMMAND, "serve", "--graph", folder) as address:
        yield address


def test_answers_over_http(address):
    status, media_type, body = get(address, "sparql", query="ASK { ?s ?p ?o }")
    assert (status, media_type) == (200, "application/sparql-results+json")
    assert json.loads(body)["boolean"] is True


def test_serves_the_built_files(address, folder):
    assert get(address, "files/snhr-kg.nq")[2] == (folder / "snhr-kg.nq").read_bytes()


def test_answers_many_at_once(address):
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: get(address, "sparql", query=f"SELECT ({n} AS ?n) {{}}")[2], range(64)))
    values = [int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) for body in answers]
    assert values == list(range(64))


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" * 5000,
        "ASK { FILTER(" + "!" * 12_000 + "true) }",
        "SELECT (1" + "+1" * 8_000 + " AS ?x) {}",
        "ASK { {}" + "UNION{}" * 7_500 + "}",
    ],
    ids=["brackets", "negations", "sums", "unions"],
)
def test_outlives_a_query_that_recurses_deeply(address, query):
    """Each overflows the engine's stack, and so ends the process, in a thread of the usual 8 MB."""
    assert post(address + "sparql", query) in (200, 400)
    assert get(address, "sparql", query="ASK {}")[0] == 200


def test_a_port_in_use_is_said_and_exits_with_2(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*COMMAND, "serve", "--graph", str(folder), "--port", port]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_truncated_graph_is_said_and_exits_with_2(tmp_path):
    path = small_graph.write(tmp_path) / "snhr-kg.nq"
    path.write_bytes(path.read_bytes()[:-1])
    command = [*COMMAND, "serve", "--graph", str(tmp_path), "--port", "0"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert "cut short or changed" in ran.stderr
