"""rdflib as a client: its SPARQLStore, and its parser given the address of a query."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

import questions_of_clients as ask
import small_graph
from snhr_kg import names

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # its own use


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def remote(request, endpoint):
    return Graph(SPARQLStore(endpoint, method=request.param, returnFormat="json"))


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_in_each_format(endpoint, form):
    rows = list(Graph(SPARQLStore(endpoint, returnFormat=form)).query(ask.SELECT))
    assert [int(row.value) for row in rows] == ask.VALUES
    assert {str(row.label) for row in rows} == {ask.ARABIC}
    assert all(isinstance(row.figure, URIRef) for row in rows)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_truth_values(endpoint, form):
    remote = Graph(SPARQLStore(endpoint, returnFormat=form))
    assert remote.query(ask.ASK).askAnswer is True
    assert remote.query(ask.ASK_IN_VAIN).askAnswer is False
    assert remote.query(ask.ASK_IN_ARABIC).askAnswer is True


@pytest.mark.parametrize("query", [ask.CONSTRUCT, ask.DESCRIBE])
def test_graphs(endpoint, query):
    graph = Graph(SPARQLStore(endpoint)).query(query).graph
    assert Literal(ask.ARABIC, "ar") in set(graph.objects())
    assert URIRef(ask.FIGURE) in set(graph.subjects())


def test_bindings_given_beside_the_query(remote):
    rows = remote.query(ask.SELECT, initBindings={"figure": URIRef(ask.FIGURE)})
    assert [int(row.value) for row in rows] == [25]


def test_the_interface_of_a_graph(remote):
    assert URIRef(ask.FIGURE) in set(remote.subjects(RDF.type, URIRef(names.term("Figure"))))
    assert set(remote.objects(URIRef(ask.FIGURE), RDFS.label)) >= {Literal(ask.ARABIC, "ar")}
    assert (URIRef(ask.FIGURE), RDFS.label, Literal(ask.ARABIC, "ar")) in remote


def test_the_graph_is_the_one_that_is_named(endpoint):
    for name, expected in ((small_graph.REPORT_GRAPH, True), (names.graph("codes"), False)):
        remote = Graph(SPARQLStore(endpoint, returnFormat="json"), URIRef(name))
        assert remote.query(ask.ASK).askAnswer is expected


def test_a_long_query_by_post(endpoint):
    remote = Graph(SPARQLStore(endpoint, method="POST", returnFormat="json"))
    assert len(remote.query(ask.LONG)) == len(ask.VALUES)


@pytest.mark.parametrize("form", [None, "turtle", "nt", "xml", "json-ld"])
def test_the_address_of_a_query_is_read_as_the_graph_it_constructs(endpoint, form):
    graph = Graph().parse(f"{endpoint}?{urlencode({'query': ask.CONSTRUCT})}", format=form)
    assert len(graph) == ask.CONSTRUCTED
    assert Literal(ask.ARABIC, "ar") in set(graph.objects())
