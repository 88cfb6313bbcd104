"""The drivers of the W3C's tests: what they read, run, compare and complain of."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from w3c import report
from w3c.manifests import Suite, read_suites
from w3c.subjects import Application, PlainEngine, Subject

DOCUMENT = Path(__file__).parents[2] / "docs" / "w3c.md"
BIND = Suite("sparql/sparql11/bind/manifest.ttl", "query", ("http://example.org/m#one", "http://example.org/m#two"))
QUADS = b'<http://a/s> <http://a/p> "in its graph" <http://a/g> .\n<http://a/s> <http://a/p> "in the default graph" .\n'


def ask(endpoint: str, query: str, accept: str = "text/csv") -> str:
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    with urlopen(Request(endpoint, query.encode(), headers), timeout=60) as response:
        return str(response.read().decode())


@pytest.fixture(params=["our application", "the engine alone"])
def subject(request, tmp_path):
    subject: Subject = Application(tmp_path) if request.param == "our application" else PlainEngine()
    yield subject
    subject.close()


def test_asks_over_http_what_was_loaded_last_with_a_default_graph_of_its_own(subject):
    subject.load(b"<http://a/old> <http://a/p> <http://a/o> .\n")
    endpoint = subject.load(QUADS)
    assert ask(endpoint, "SELECT ?o { ?s ?p ?o }").split("\r\n") == ["o", "in the default graph", ""]
    assert ask(endpoint, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }").split("\r\n") == ["o", "in its graph", ""]
    assert "<http://a/s>" in ask(endpoint, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    with pytest.raises(HTTPError) as refused:
        ask(endpoint, "SELECT")
    refused.value.close()
    assert refused.value.code == 400


def test_reads_relative_iris_of_a_query_against_the_dataset(tmp_path):
    application = Application(tmp_path)
    try:
        assert "<https://w3id.org/snhr-kg/x>" in ask(application.load(b""), "CONSTRUCT { <x> <y> 1 } {}", "text/turtle")
    finally:
        application.close()


def test_reads_the_suites_of_a_read_only_endpoint(tmp_path):
    write(
        tmp_path / "sparql/sparql11/manifest-all.ttl",
        "include",
        "<bind/manifest.ttl> <drop/manifest.ttl> <protocol/manifest.ttl>",
    )
    write(tmp_path / "sparql/sparql11/bind/manifest.ttl", "entries", "<#bind01> <#bind02>")
    write(
        tmp_path / "sparql/sparql11/protocol/manifest.ttl", "entries", "<#query_get> <#update_post> <#bad_update_get>"
    )
    write(tmp_path / "sparql/sparql10/manifest.ttl", "include", "")
    bind, protocol = read_suites(tmp_path)
    assert [test.rpartition("#")[2] for test in bind.tests] == ["bind01", "bind02"]
    assert [test.rpartition("#")[2] for test in protocol.tests] == ["query_get"]
    assert bind.of_engines
    assert not protocol.of_engines


def write(path: Path, property_name: str, members: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<> <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#{property_name}> ({members}) .", encoding="utf-8"
    )


def test_counts_a_test_that_was_not_run_as_failed():
    failed = report.failures(BIND, {"http://example.org/m#one": None})
    assert failed == {"sparql11/bind#two": "rdf-test-suite cannot set this test up"}


def test_complains_of_what_is_worse_than_the_engine_even_where_the_docs_have_a_reason():
    worse = report.Outcomes(BIND, {"sparql11/bind#one": "wrong"}, {})
    assert report.complaints([worse], {"sparql11/bind#one": "why"}) == [
        "sparql11/bind#one: worse than plain pyoxigraph: wrong"
    ]


def test_complains_of_a_failure_without_a_reason_and_of_a_reason_without_a_failure():
    same = report.Outcomes(BIND, {"sparql11/bind#one": "wrong"}, {"sparql11/bind#one": "wrong"})
    assert report.complaints([same], {"sparql11/bind#one": "why"}) == []
    unlisted, needless = report.complaints([same], {"sparql11/bind#two": "why"})
    assert unlisted.startswith("sparql11/bind#one: fails, and docs/w3c.md gives no reason")
    assert needless.startswith("sparql11/bind#two: passes")


def test_counts_passed_tests_by_suite_and_group_and_leaves_out_what_cannot_be_compared():
    one_fails = report.Outcomes(BIND, {"sparql11/bind#one": "wrong"}, {})
    alone = report.Outcomes(
        Suite("sparql/sparql11/protocol/manifest.ttl", "protocol", ("http://example.org/m#a",)), {}, None
    )
    _, _, *lines = report.table([one_fails, alone]).splitlines()
    assert lines == ["| **query** | 2 | 1 | 2 |", "| **protocol** | 1 | 1 | – |", "| **All** | 3 | 2 | 2 of 2 |"]


def test_the_docs_give_a_reason_for_every_listed_failure_and_a_place_for_the_results():
    document = DOCUMENT.read_text(encoding="utf-8")
    listed = report.listed_failures(document)
    assert listed
    assert all(listed.values())
    assert document.count("| `sparql1") - document.partition(report.END)[0].count("| `sparql1") == len(listed)
    assert report.with_results(document, "x").count("x") > 0
