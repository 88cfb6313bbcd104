from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

import small_graph

SECRET = "whom-i-ask-about"
AGENT = "the-agent-i-use"
QUERIES = (
    f"SELECT * {{ ?s ?p ?o . FILTER(?o != '{SECRET}') }}",
    f"SELECT {{ '{SECRET}'",
    f"INSERT DATA {{ <a:a> <a:b> '{SECRET}' }}",
    f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n '{SECRET}' }}",
    f"ASK {{ SERVICE <http://{SECRET}/> {{}} }}",
)
PATHS = (
    *(f"sparql?query={quote(query)}" for query in QUERIES),
    f"api/figures?q={SECRET}",
    f"graph-store?graph=https://example.org/{SECRET}",
    SECRET,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("private"))


@contextmanager
def served(folder, *options):
    """The server's process and address; what it writes is read when it has ended."""
    command = (sys.executable, "-m", "snhr_kg", "serve", "--graph", folder, "--port", "0", "--time-limit", "1")
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process, re.search(r"http://\S+/", process.stdout.readline())[0]
        finally:
            process.terminate()


def visit(address):
    """Ask for every path; the responses' headers."""
    headers = []
    for path in PATHS:
        request = Request(address + path, headers={"User-Agent": AGENT})
        try:
            with urlopen(request, timeout=30) as response:
                headers.append(response.headers)
        except HTTPError as error:
            with error:
                headers.append(error.headers)
    return headers


def test_nothing_of_a_request_is_written_and_no_cookie_is_set(folder):
    with served(folder) as (process, address):
        headers = visit(address)
        process.terminate()
        written = process.stdout.read()
    assert SECRET not in written
    assert AGENT not in written
    assert "127.0.0.1" not in written
    assert all("Set-Cookie" not in response for response in headers)
    assert all(response["Referrer-Policy"] == "no-referrer" for response in headers)


def test_requests_are_written_when_the_operator_asks(folder):
    with served(folder, "--access-log") as (process, address):
        visit(address)
        process.terminate()
        written = process.stdout.read()
    assert "127.0.0.1" in written
    assert "/sparql" in written
