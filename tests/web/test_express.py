"""The short way answers as the application does, or leaves the request to it."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest

import small_graph
from snhr_kg.web.application import create_app
from snhr_kg.web.express import Express
from snhr_kg.web.front import Front

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
QUERIES = [{"query": query} for query in (SELECT, "ASK {}", CONSTRUCT, "DESCRIBE <https://example.org/x>")]
PARAMETERS = [
    *QUERIES,
    {"query": SELECT, "format": "csv"},
    {"query": CONSTRUCT, "format": "json"},
    {"query": SELECT, "default-graph-uri": small_graph.EXTERNAL_GRAPH},
    {"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": small_graph.EXTERNAL_GRAPH},
    {"query": 'SELECT ?x { BIND("رقم" AS ?x) }'},
]
HEADERS = [
    {},
    {"Accept": "text/csv"},
    {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
    {"Accept": "application/rdf+xml, application/sparql-results+xml"},
    {"Accept-Encoding": "gzip, br;q=0.5"},
    {"Accept-Encoding": "identity, br;q=0.5", "Accept": "*/*"},
]
WRONG = [
    "query=SELECT",
    "query=ASK%7B%7D&query=ASK%7B%7D",
    "quer=x",
    "",
    "query=%FF",
    "update=CLEAR+ALL",
    urlencode({"query": "ASK {}", "format": "pdf"}),
    urlencode({"query": "ASK {}", "default-graph-uri": "relative"}),
    urlencode({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}),
    urlencode({"query": "ASK {} #" + "x" * 40_000}),
]


def scope_of(query_string, headers, method="GET", path="/sparql"):
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query_string.encode(),
        "headers": [(b"host", b"localhost"), *encoded],
        "client": ("192.0.2.7", 1),
        "scheme": "http",
    }


@pytest.fixture(scope="module")
def front(engine):
    return Front(create_app(*engine), engine[0], 2, 1_000_000)


def through(front, scope):
    """Status, headers and body of the response to a request of the front."""
    sent = []

    async def receive():
        await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    asyncio.run(front(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def by_the_application(client, query_string, headers):
    response = client.get(f"/sparql?{query_string}", headers=headers)
    return response.status_code, {name.lower(): value for name, value in response.headers.items()}, response.data


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("parameters", PARAMETERS, ids=lambda parameters: urlencode(parameters)[:60])
def test_a_plain_query_is_answered_as_by_the_application(engine, front, client, parameters, headers):
    query_string = urlencode(parameters)
    scope = scope_of(query_string, headers)
    expected = by_the_application(client, query_string, headers)
    assert through(front, scope) == expected
    assert (Express(engine[0]).question(scope) is not None) == (expected[0] == 200)


@pytest.mark.parametrize("query_string", WRONG, ids=lambda text: text[:40])
def test_what_is_wrong_is_told_by_the_application(front, client, query_string):
    answered = through(front, scope_of(query_string, {"Accept": "application/json"}))
    assert answered == by_the_application(client, query_string, {"Accept": "application/json"})


@pytest.mark.parametrize(
    "scope",
    [
        scope_of("query=ASK%7B%7D", {}, method="HEAD"),
        scope_of("query=ASK%7B%7D", {}, method="POST"),
        scope_of("query=ASK%7B%7D", {}, path="/sparql/"),
        scope_of("query=ASK%7B%7D", {"If-None-Match": '"x"'}),
        scope_of("query=ASK%7B%7D", {"If-Match": '"x"'}),
    ],
    ids=lambda scope: f"{scope['method']} {scope['path']} {scope['headers'][1:]}",
)
def test_what_is_not_plain_is_left_to_the_application(engine, scope):
    assert Express(engine[0]).question(scope) is None


def test_over_https_browsers_are_told_to_stay_there(engine):
    front = Front(create_app(*engine), engine[0], 2, 0, behind_proxy=True)
    scope = scope_of("query=ASK%7B%7D", {"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" in through(front, scope)[1]
    assert "strict-transport-security" not in through(front, scope_of("query=ASK%7B%7D", {}))[1]


def test_a_fault_of_ours_is_500_by_the_application(engine, monkeypatch):
    app = create_app(*engine)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_):
        raise KeyError("inner workings")

    monkeypatch.setattr(Express, "reply", fail)
    status, headers, body = through(Front(app, engine[0], 2, 0), scope_of("query=ASK%7B%7D", {}))
    assert (status, headers["content-type"]) == (500, "application/problem+json")
    assert b"inner workings" not in body
