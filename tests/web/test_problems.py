"""What a client is told when it gets no answer, and what it is told of the limits beforehand."""

from __future__ import annotations

import re
import threading
import time
from urllib.parse import urljoin

import lxml.html
import pytest

from snhr_kg import errors, names
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.site import words
from snhr_kg.web import problems
from snhr_kg.web.application import create_app
from snhr_kg.web.headers import MAX_QUERY_STRING_BYTES

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


def page_about(client, slug, **headers):
    """The page that the IRI of a kind of problem leads to."""
    path = f"/problem/{slug}"
    leading = client.get(path, headers={**BROWSER, **headers})
    return client.get(urljoin(path, leading.headers["Location"]), headers=BROWSER)


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
    assert page_about(client, slug).status_code == 200


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
    assert "<https://w3id.org/snhr-kg/sparql> is meant" in client.get("/sparq").get_json()["detail"]


def test_a_prefix_that_is_not_declared_is_named_with_its_remedy(client):
    answer = client.get("/sparql", query_string={"query": "SELECT * {\n  ?s snhr:value ?v }"})
    assert answer.status_code == 400
    assert (answer.get_json()["line"], answer.get_json()["column"]) == (2, 6)
    assert answer.get_json()["detail"].endswith(
        "the prefix 'snhr:' is not declared; begin with PREFIX snhr: <https://w3id.org/snhr-kg/ontology#>"
    )


class TestPages:
    def test_a_browser_is_told_in_its_language_what_to_do(self, client):
        response = client.get("/sparql?query=ASK{", headers={**BROWSER, "Accept-Language": "ar, en;q=0.5"})
        assert response.status_code == 400
        assert "Accept-Language" in response.headers["Vary"]
        page = lxml.html.document_fromstring(response.text)
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
        assert page.findtext(".//h1") == "لا يمكن تنفيذ الاستعلام"
        assert page.xpath("//main//form[@role='search']//input[@name='q']")
        (detail,) = page.xpath("//main//pre")
        assert (detail.get("lang"), detail.get("dir")) == ("en", "ltr")
        assert "error at 1:5" in detail.text

    def test_what_was_asked_is_shown_as_text_alone(self, client):
        response = client.get("/nothing/<script>alert(1)</script>", headers=BROWSER)
        assert response.status_code == 404
        assert "&lt;script&gt;alert(1)" in response.text
        assert "<script" not in response.text

    def test_every_kind_of_problem_is_worded_in_arabic(self):
        arabic = words.translations("ar")
        for title, advice in problems.ADVICE.values():
            for english in (title, advice):
                assert re.search("[\u0600-\u06ff]", arabic.ugettext(english)), english

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_the_iri_of_a_kind_leads_to_its_page(self, client, language):
        page = page_about(client, "query-timeout", **{"Accept-Language": language})
        title, advice = problems.ADVICE["query-timeout"]
        translated = words.translations(language)
        assert translated.ugettext(title) in page.text
        assert translated.ugettext(advice) in page.text

    def test_a_kind_that_there_is_none_of_has_no_page(self, client):
        assert client.get("/en/problem/nothing.html").status_code == 404

    def test_programs_are_told_in_english_whatever_they_read(self, client):
        response = client.get("/sparql?query=ASK{", headers={"Accept-Language": "ar"})
        assert response.get_json(force=True)["title"] == "The query cannot be run"
