"""Method, body type and Accept header in; status and type out: our account of the SPARQL 1.1 protocol."""

from __future__ import annotations

import csv
import gzip
import io
import json
from urllib.parse import quote, urlencode

import pytest

import small_graph
from snhr_kg import names
from snhr_kg.web.headers import MAX_REQUEST_BYTES

SELECT = "SELECT ?s { ?s a <https://w3id.org/snhr-kg/ontology#Figure> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PROBLEM = "application/problem+json"


def ask(client, query, accept=None, **parameters):
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def is_problem(response, status, slug, words=""):
    assert response.status_code == status
    assert response.mimetype == PROBLEM
    body = response.get_json(force=True)
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    assert body["type"] == f"{names.BASE}problem/{slug}"
    assert words in body["detail"]
    return True


class TestWaysToAsk:
    def test_get(self, client):
        rows = ask(client, SELECT).get_json(force=True)["results"]["bindings"]
        assert [row["s"]["value"].rpartition("/")[2] for row in rows] == sorted(small_graph.FIGURES)

    def test_post_as_a_form(self, client):
        response = client.post("/sparql", data={"query": SELECT})
        assert response.data == ask(client, SELECT).data

    def test_post_as_the_body(self, client):
        response = client.post("/sparql", data=SELECT, content_type="application/sparql-query; charset=UTF-8")
        assert response.data == ask(client, SELECT).data

    def test_head_has_the_headers_of_get(self, client):
        get, head = ask(client, SELECT), client.head("/sparql", query_string={"query": SELECT})
        assert head.status_code == 200
        assert head.data == b""
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
        assert head.headers["Content-Length"] == str(len(get.data))

    def test_options_answers_a_browsers_preflight(self, client):
        response = client.options("/sparql")
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
        assert {"GET", "HEAD", "OPTIONS", "POST"} == set(response.headers["Allow"].split(", "))

    def test_a_script_of_another_site_may_read_the_headers_that_matter(self, client):
        exposed = ask(client, SELECT).headers["Access-Control-Expose-Headers"].split(", ")
        assert {"ETag", "Query-Limits", "RateLimit-Policy", "Retry-After"} <= set(exposed)

    def test_arabic_in_a_query_arrives_as_written(self, client):
        query = 'SELECT ?x { BIND("رقم" AS ?x) }'
        for response in (
            ask(client, query),
            client.post("/sparql", data={"query": query}),
            client.post("/sparql", data=query.encode(), content_type="application/sparql-query"),
        ):
            assert response.get_json(force=True)["results"]["bindings"][0]["x"]["value"] == "رقم"

    @pytest.mark.parametrize("method", ["get", "form", "body"])
    def test_the_dataset_can_be_given_beside_the_query(self, client, method):
        query = "SELECT ?s { ?s ?p ?o }"
        dataset = {"default-graph-uri": small_graph.EXTERNAL_GRAPH}
        if method == "get":
            response = ask(client, query, **dataset)
        elif method == "form":
            response = client.post("/sparql", data={"query": query, **dataset})
        else:
            url = f"/sparql?{urlencode(dataset)}"
            response = client.post(url, data=query, content_type="application/sparql-query")
        assert [row["s"]["value"] for row in response.get_json(force=True)["results"]["bindings"]] == [
            "https://example.org/event"
        ]

    @pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
    def test_a_dataset_beside_the_query_wins_over_the_querys_own(self, client, clause):
        """SPARQL 1.1 Protocol, 2.1.4."""
        query = f"SELECT ?s {clause} <{small_graph.REPORT_GRAPH}> {{ ?s ?p ?o }}"
        response = ask(client, query, **{"default-graph-uri": small_graph.EXTERNAL_GRAPH})
        rows = response.get_json(force=True)["results"]["bindings"]
        assert [row["s"]["value"] for row in rows] == ["https://example.org/event"]

    @pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
    @pytest.mark.parametrize("graph", ["http://127.0.0.1:1/graph", "file:///etc/hostname", "https://example.org/none"])
    def test_a_graph_that_is_not_held_is_empty_and_not_fetched(self, client, clause, graph):
        query = "ASK %s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        assert ask(client, query % f"{clause} <{graph}>").get_json(force=True)["boolean"] is False
        for name in ("default-graph-uri", "named-graph-uri"):
            assert ask(client, query % "", **{name: graph}).get_json(force=True)["boolean"] is False

    def test_an_empty_dataset_parameter_means_none(self, client):
        response = ask(client, SELECT, **{"default-graph-uri": ""})
        assert len(response.get_json(force=True)["results"]["bindings"]) == len(small_graph.FIGURES)

    def test_a_named_graph_can_be_given_beside_the_query(self, client):
        response = ask(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": small_graph.EXTERNAL_GRAPH})
        assert response.get_json(force=True)["boolean"] is True
        response = ask(client, "ASK { ?s ?p ?o }", **{"named-graph-uri": small_graph.EXTERNAL_GRAPH})
        assert response.get_json(force=True)["boolean"] is False


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, JSON),
        (SELECT, "*/*", JSON),
        (SELECT, BROWSER, JSON),
        (SELECT, "application/json", JSON),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("ASK {}", None, JSON),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, BROWSER, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/json", "application/ld+json"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        (CONSTRUCT, "text/turtle;q=0, */*", "application/ld+json"),
        (CONSTRUCT, "text/n3", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "text/html", None),
        (SELECT, "text/html", None),
        ("DESCRIBE <https://example.org/x>", None, "text/turtle; charset=utf-8"),
    ],
)
def test_the_accept_header_chooses_the_type(client, query, accept, expected):
    response = ask(client, query, accept)
    if expected is None:
        assert response.status_code == 406
        return
    assert response.status_code == 200
    assert response.headers["Content-Type"] == expected
    assert response.headers["Vary"] == "Accept, Accept-Encoding"


def test_the_types_hold_what_they_say(client):
    rows = list(csv.reader(io.StringIO(ask(client, SELECT, "text/csv").text)))
    assert rows[0] == ["s"]
    assert len(rows) == 1 + len(small_graph.FIGURES)
    assert isinstance(json.loads(ask(client, CONSTRUCT, "application/ld+json").data), list)
    assert "<sparql" in ask(client, SELECT, "application/sparql-results+xml").text


def test_a_link_can_name_the_format(client):
    assert ask(client, SELECT, BROWSER, format="csv").mimetype == "text/csv"
    assert ask(client, SELECT, BROWSER, format="text/csv").mimetype == "text/csv"
    assert is_problem(ask(client, SELECT, format="application/pdf"), 406, "not-acceptable", "text/csv")
    assert is_problem(ask(client, SELECT, format="turtle"), 406, "not-acceptable", "text/csv")
    assert is_problem(ask(client, SELECT, format="pdf"), 400, "bad-request", "turtle")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json-ld", "application/ld+json"),
        ("json", "application/ld+json"),
        ("rdf+xml", "application/rdf+xml"),
        ("rdf", "application/rdf+xml"),
        ("xml", "application/rdf+xml"),
        ("n3", "text/turtle"),
        ("turtle", "text/turtle"),
    ],
)
def test_a_graph_can_be_had_by_the_names_that_sparqlwrapper_sends(client, name, media_type):
    assert ask(client, CONSTRUCT, format=[name, media_type], output=name, results=name).mimetype == media_type


class TestRefusals:
    def test_what_cannot_be_served_is_answered_with_what_can(self, client):
        assert is_problem(ask(client, SELECT, "image/png"), 406, "not-acceptable", "text/csv")
        assert is_problem(ask(client, CONSTRUCT, "text/csv"), 406, "not-acceptable", "text/turtle")

    def test_a_bad_query_is_answered_in_the_parsers_words(self, client):
        assert is_problem(ask(client, "SELECT {"), 400, "bad-query", "error at 1:")

    def test_what_is_no_query_is_told_so_whatever_the_client_accepts(self, client):
        assert is_problem(ask(client, "SELCT * {}", "text/turtle"), 400, "bad-query", "error at 1:")
        assert is_problem(ask(client, "CLEAR ALL", "text/turtle"), 403, "query-refused")

    def test_no_query(self, client):
        assert is_problem(client.get("/sparql?quer=x"), 400, "bad-request", "no query")
        assert is_problem(client.post("/sparql", data={}, content_type=FORM), 400, "bad-request", "no query")

    def test_two_queries(self, client):
        assert is_problem(client.get(f"/sparql?query={quote(SELECT)}&query=ASK"), 400, "bad-request", "several")
        response = client.post(f"/sparql?query={quote(SELECT)}", data=SELECT, content_type="application/sparql-query")
        assert is_problem(response, 400, "bad-request", "several")

    def test_a_body_that_is_not_utf_8(self, client):
        response = client.post("/sparql", data=b"SELECT \xff", content_type="application/sparql-query")
        assert is_problem(response, 400, "bad-request", "not UTF-8")
        assert is_problem(client.get("/sparql?query=%FF"), 400, "bad-request", "cannot be read")

    def test_updates(self, client):
        update = "INSERT DATA { <a:a> <a:b> <a:c> }"
        for response in (
            ask(client, update),
            client.post("/sparql", data={"update": update}),
            client.post("/sparql", data=update, content_type="application/sparql-update"),
        ):
            assert is_problem(response, 403, "query-refused", "read-only")

    def test_service(self, client):
        response = ask(client, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
        assert is_problem(response, 403, "query-refused", "SERVICE")

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods(self, client, method):
        response = getattr(client, method)("/sparql")
        assert is_problem(response, 405, "method-not-allowed")
        assert "POST" in response.headers["Allow"]

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/json", "application/sparql-query;charset=latin-1"]
    )
    def test_other_bodies(self, client, content_type):
        assert is_problem(client.post("/sparql", data=SELECT, content_type=content_type), 415, "unsupported-body")

    def test_a_compressed_body(self, client):
        headers = {"Content-Encoding": "gzip"}
        response = client.post("/sparql", data=gzip.compress(SELECT.encode()), content_type=FORM, headers=headers)
        assert is_problem(response, 415, "unsupported-body", "compressed")

    def test_no_content_type(self, client):
        assert is_problem(client.post("/sparql", data=SELECT), 415, "unsupported-body")

    @pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
    @pytest.mark.parametrize("graph", ["codes", "../codes", "https://example.org/<x>"])
    def test_a_graph_that_is_no_absolute_iri(self, client, name, graph):
        assert is_problem(ask(client, "ASK {}", **{name: graph}), 400, "bad-request", f"'{name}' takes an absolute IRI")

    def test_an_address_too_long_is_told_to_post(self, client):
        query = "ASK {} #" + "x" * 40_000
        assert is_problem(ask(client, query), 414, "request-uri-too-long", "POST")
        assert client.post("/sparql", data={"query": query}).status_code == 200

    def test_a_request_too_long(self, client):
        response = client.post("/sparql", data="x" * (MAX_REQUEST_BYTES + 1), content_type="application/sparql-query")
        assert is_problem(response, 413, "request-entity-too-large", f"{MAX_REQUEST_BYTES:,} bytes")

    def test_a_query_too_long_is_told_how_long_it_may_be(self, client):
        response = client.post("/sparql", data="ASK {} #" + "x" * 70_000, content_type="application/sparql-query")
        assert is_problem(response, 413, "query-too-long", "65,536")

    def test_a_browser_gets_a_problem_as_a_page_with_its_words_escaped(self, client):
        response = ask(client, "SELECT <script>alert(1)</script>", BROWSER)
        assert response.status_code == 400
        assert response.mimetype == "text/html"
        assert "<script" not in response.text
        assert "error at 1:" in response.text
