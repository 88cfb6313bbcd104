"""What a client is told when it gets no answer, and what it is told of the limits beforehand."""

from __future__ import annotations

import threading
import time

import pytest

from snhr_kg import errors, names
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.web import MAX_QUERY_STRING_BYTES, create_app, problems

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def every_error(root=errors.SnhrKgError):
    for child in root.__subclasses__():
        yield child
        yield from every_error(child)


@pytest.fixture
def limited(engine):
    """A client of an application over the small graph with other limits."""
    engines = []

    def make(**limits):
        engines.append(LocalEngine(engine[1], Limits(workers=1, **limits)))
        return create_app(engines[-1], engine[1])

    yield make
    for one in engines:
        one.close()


def ask(client, query, **headers):
    return client.get("/sparql", query_string={"query": query}, headers=headers)


@pytest.mark.parametrize(
    "kind",
    sorted({error for error in every_error() if error.http_status != 500}, key=lambda error: error.__name__),
    ids=lambda kind: kind.__name__,
)
def test_every_error_that_a_client_can_meet_has_a_title_and_advice(client, kind):
    if kind in (errors.QueryStopped, errors.TurnedAway):
        assert kind.__subclasses__()  # never raised themselves
        return
    slug = problems.kind_of(kind.__name__)
    assert slug in problems.ADVICE
    assert client.get(f"/problem/{slug}").status_code == 200


def test_no_advice_is_for_a_problem_that_cannot_happen():
    ours = {problems.kind_of(error.__name__) for error in every_error()}
    of_http = {
        "internal-server-error",
        "method-not-allowed",
        "not-found",
        "request-entity-too-large",
        "request-header-fields-too-large",
        "request-timeout",
        "request-uri-too-long",
    }
    assert set(problems.ADVICE) - of_http - ours == set()


def test_a_query_stopped_by_the_clock_names_the_limit(limited):
    response = ask(limited(seconds=0.3).test_client(), ENDLESS)
    body = response.get_json(force=True)
    assert response.status_code == 503
    assert (body["limit"], body["value"], body["unit"]) == ("time limit", 0.3, "seconds")
    assert "LIMIT" in body["detail"]
    assert body["type"] == f"{names.BASE}problem/query-timeout"


def test_an_answer_too_large_is_refused_whole_and_the_next_is_given(limited):
    client = limited(result_mb=1).test_client()
    response = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    body = response.get_json(force=True)
    assert response.status_code == 503
    assert (body["limit"], body["value"], body["unit"]) == ("result size limit", 1, "MiB")
    assert ask(client, "ASK {}").status_code == 200


def test_a_query_that_finds_every_worker_busy_is_told_when_to_ask_again(limited):
    app = limited(seconds=2, waiting_seconds=0.1)
    busy = threading.Thread(target=ask, args=(app.test_client(), ENDLESS))
    busy.start()
    time.sleep(0.5)
    response = ask(app.test_client(), "ASK {}")
    busy.join()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) >= 1
    assert response.get_json(force=True)["type"].endswith("/overloaded")


@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/sparql?query=ASK{", "/sparql", "/graph-store?default"])
def test_answers_and_errors_state_the_limits(limited, path):
    client = limited(seconds=2.5, memory_mb=300, result_mb=7, per_client=3).test_client()
    headers = client.get(path).headers
    assert headers["Query-Limits"] == (
        'time=2.5;unit="s", memory=300;unit="MiB", result=7;unit="MiB", length=65536;unit="bytes"'
    )
    assert headers["RateLimit-Policy"] == '"client";q=3;qu="concurrent-requests"'


def test_a_problem_is_not_kept_by_caches(client):
    assert ask(client, "ASK {").headers["Cache-Control"] == "no-store"


def test_a_browser_gets_a_stopped_query_as_a_page(limited):
    response = ask(limited(seconds=0.2).test_client(), ENDLESS, **BROWSER)
    assert response.status_code == 503
    assert response.mimetype == "text/html"
    assert "0.2 seconds" in response.text


def test_the_longest_address_is_read(client):
    query = "ASK {} #"
    padding = "x" * (MAX_QUERY_STRING_BYTES - len("query=ASK+%7B%7D+%23"))
    assert ask(client, query + padding).status_code == 200
    assert ask(client, query + padding + "x").status_code == 414


def test_a_wrong_method_or_address_is_told_what_there_is(client):
    assert client.put("/api/figures").get_json()["detail"] == (
        "PUT is not for this address; it takes GET, HEAD, OPTIONS"
    )
    assert client.get("/sparq").get_json()["detail"] == "there is nothing at /sparq; / leads to all that there is"


def test_a_prefix_that_is_not_declared_is_named_with_its_remedy(client):
    answer = client.get("/sparql", query_string={"query": "SELECT * {\n  ?s snhr:value ?v }"})
    assert answer.status_code == 400
    assert answer.get_json()["detail"].endswith(
        "the prefix 'snhr:' is not declared; begin with PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>"
    )
