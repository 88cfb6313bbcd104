"""The Accept headers that clients send, and what each is answered with.

Those marked *sent* were recorded from the client itself, at the version named; the others are quoted from its source or
documentation. A client that sends none at all has None.
"""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

import questions_of_clients as ask

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
TURTLE, NTRIPLES = "text/turtle; charset=utf-8", "application/n-triples"
JSONLD, RDFXML = "application/ld+json", "application/rdf+xml"

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
JAVA_17 = "text/html, image/gif, image/jpeg, */*; q=0.2"
JENA_ROWS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
    "text/csv;q=0.5,application/json;q=0.2,application/xml;q=0.2,*/*;q=0.1"
)
JENA_TRUTH = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9,application/json;q=0.2,"
    "application/xml;q=0.2,*/*;q=0.1"
)
JENA_GRAPH = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
JENA_OLD_GRAPH = "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.8,application/xml;q=0.7,*/*;q=0.5"
JENA_LOAD = (
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,application/trig,application/n-quads;q=0.9,"
    "application/ld+json;q=0.8,*/*;q=0.5"
)
RDF4J_ROWS = (
    "text/csv;q=0.8, application/sparql-results+json;q=0.8, application/json;q=0.8, application/sparql-results+xml, "
    "application/xml, text/tab-separated-values;q=0.8, application/x-binary-rdf-results-table;q=0.8"
)
RDF4J_TRUTH = "text/boolean, application/sparql-results+xml;q=0.8, application/xml;q=0.8"
COMUNICA_ROWS = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7"
COMUNICA_SOURCE = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
    "text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1,"
    "text/shaclc-ext;q=0.05"
)
RDFLIB_ANY = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, "
    "application/trix, application/trig"
)
OWL_API = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
WRAPPER_JSON = (
    "application/sparql-results+json,application/json,text/javascript,application/javascript"  # SPARQLWrapper's list
)
PERL = "application/sparql-results+xml;q=0.9,application/rdf+xml;q=0.5,text/turtle;q=0.7,text/xml"
RUBY = (
    "application/sparql-results+json, application/sparql-results+xml, text/tab-separated-values;p=0.8, text/csv;p=0.2"
)

ROWS = [
    ("nothing: Java's HttpClient, Go's net/http, Python's urllib, pandas (sent)", None, JSON),
    ("curl, wget, requests, httpx, node's fetch (sent)", "*/*", JSON),
    ("Firefox", FIREFOX, JSON),
    ("Chrome, Edge", CHROME, JSON),
    ("Safari", SAFARI, JSON),
    ("Java's URLConnection before 17", JAVA, JSON),
    ("Java's URLConnection, 17 (sent)", JAVA_17, JSON),
    ("Yasqe, requestConfig.acceptHeaderSelect", "application/sparql-results+json,*/*;q=0.9", JSON),
    ("Jena 4.5 (sent)", JENA_ROWS, JSON),
    ("RDF4J, SPARQLProtocolSession, as logged by a user", RDF4J_ROWS, XML),
    ("RDF4J of the examples", "application/sparql-results+xml, */*;q=0.5", XML),
    ("Comunica 4.5, fetch-sparql-endpoint (sent)", COMUNICA_ROWS, JSON),
    ("SPARQLWrapper 2.0 for JSON", WRAPPER_JSON, JSON),
    ("SPARQLWrapper 2.0 unless told", "application/sparql-results+xml", XML),
    ("rdflib 7.6, SPARQLStore (sent)", "application/rdf+xml, application/sparql-results+xml", XML),
    ("R's package SPARQL; Protégé and TopBraid style", "application/sparql-results+xml", XML),
    ("R's package httr, so WikidataQueryServiceR", "application/json, text/xml, application/xml, */*", JSON),
    ("Go's knakk/sparql", "application/sparql-results+json", JSON),
    ("Ruby's sparql-client", RUBY, JSON),
    ("Perl's RDF::Query", PERL, XML),
    ("Virtuoso as a client", "application/sparql-results+xml, text/rdf+n3, application/rdf+xml", XML),
    ("jQuery for JSON", "application/json, text/javascript, */*; q=0.01", JSON),
    ("axios", "application/json, text/plain, */*", JSON),
    ("a spreadsheet told so", "text/csv", CSV),
    ("whatever asks for text", "text/*", CSV),
    ("one that likes TSV", "text/tab-separated-values, text/csv;q=0.5", TSV),
]
TRUTHS = [
    ("nothing", None, JSON),
    ("curl and others", "*/*", JSON),
    ("Firefox", FIREFOX, JSON),
    ("Jena 4.5 (sent)", JENA_TRUTH, JSON),
    ("RDF4J, SPARQLProtocolSession", RDF4J_TRUTH, XML),
    ("Comunica 4.5 (sent)", COMUNICA_ROWS, JSON),
    ("rdflib 7.6, SPARQLStore (sent)", "application/rdf+xml, application/sparql-results+xml", XML),
    ("Yasqe", "application/sparql-results+json,*/*;q=0.9", JSON),
]
GRAPHS = [
    ("nothing", None, TURTLE),
    ("curl and others", "*/*", TURTLE),
    ("Firefox", FIREFOX, TURTLE),
    ("Chrome, Edge", CHROME, TURTLE),
    ("Java's URLConnection, 17 (sent)", JAVA_17, TURTLE),
    ("Yasqe, requestConfig.acceptHeaderGraph", "application/n-triples,*/*;q=0.9", NTRIPLES),
    ("Jena 4.5, execConstruct (sent)", JENA_GRAPH, TURTLE),
    ("Jena, WebContent.defaultGraphAcceptHeader", JENA_OLD_GRAPH, TURTLE),
    ("Jena 4.5, RDFDataMgr.loadModel (sent)", JENA_LOAD, TURTLE),
    ("Comunica 4.5 (sent)", "text/turtle", TURTLE),
    ("Comunica 4.5 looking at a source (sent)", COMUNICA_SOURCE, JSONLD),
    ("rdflib 7.6, SPARQLStore (sent)", "application/rdf+xml, application/sparql-results+xml", RDFXML),
    ("rdflib 7.6, Graph.parse (sent)", RDFLIB_ANY, TURTLE),
    ("rdflib 7.6, Graph.parse of N-Triples (sent)", "text/plain, */*;q=0.1", NTRIPLES),
    ("rdflib 7.6, Graph.parse of Turtle (sent)", "text/turtle, application/x-turtle, */*;q=0.1", TURTLE),
    ("rdflib 7.6, Graph.parse of RDF/XML (sent)", "application/rdf+xml, */*;q=0.1", RDFXML),
    ("rdflib 7.6, Graph.parse of JSON-LD (sent)", "application/ld+json, application/json;q=0.9, */*;q=0.1", JSONLD),
    ("the OWL API, so Protégé and ROBOT", OWL_API, RDFXML),
    ("Perl's RDF::Query", PERL, TURTLE),
    ("Virtuoso as a client", "application/sparql-results+xml, text/rdf+n3, application/rdf+xml", RDFXML),
    ("jQuery for JSON", "application/json, text/javascript, */*; q=0.01", JSONLD),
    ("axios", "application/json, text/plain, */*", TURTLE),
    ("one that likes RDF/XML less", "application/rdf+xml;q=0.9,text/turtle", TURTLE),
    ("one that likes RDF/XML more", "text/turtle;q=0.5,application/rdf+xml;q=0.9", RDFXML),
]
CASES = [
    *((ask.SELECT, *row) for row in ROWS),
    *((ask.ASK, *row) for row in TRUTHS),
    *((ask.CONSTRUCT, *row) for row in GRAPHS),
    *((ask.DESCRIBE, *row) for row in GRAPHS),
]


def request(endpoint: str, accept: str | None, query: str | None) -> Request:
    made = Request(f"{endpoint}?{urlencode({'query': query})}" if query else endpoint)
    if accept is not None:
        made.add_header("Accept", accept)
    return made


@pytest.mark.parametrize(("query", "client", "accept", "expected"), CASES, ids=lambda part: str(part)[:40])
def test_a_client_gets_what_it_can_read(endpoint, query, client, accept, expected):
    with urlopen(request(endpoint, accept, query), timeout=30) as response:
        assert response.headers["Content-Type"] == expected, client
        assert "Accept" in response.headers["Vary"]
        assert response.read()


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        (COMUNICA_SOURCE, JSONLD),
        (JENA_LOAD, TURTLE),
        (RDFLIB_ANY, TURTLE),
        (OWL_API, RDFXML),
        (FIREFOX, "text/html; charset=utf-8"),
        (CHROME, "text/html; charset=utf-8"),
        (SAFARI, "text/html; charset=utf-8"),
    ],
)
def test_the_bare_endpoint_is_a_description_for_programs_and_a_form_for_people(endpoint, accept, expected):
    with urlopen(request(endpoint, accept, None), timeout=30) as response:
        assert response.headers["Content-Type"] == expected


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ask.SELECT, "image/png"), (ask.SELECT, "text/turtle"), (ask.CONSTRUCT, "text/csv"), (ask.ASK, "text/csv;q=0")],
)
def test_a_client_that_can_read_nothing_we_have_is_told_what_we_have(endpoint, query, accept):
    with pytest.raises(HTTPError) as caught:
        urlopen(request(endpoint, accept, query), timeout=30)
    with caught.value as error:
        assert error.code == 406
        assert ("text/turtle" if query == ask.CONSTRUCT else "text/csv") in error.read().decode()
