"""The service description, VoID and the graph store, read as any RDF client reads them."""

from __future__ import annotations

from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

import small_graph
from snhr_kg import names
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.errors import QueryTimeout
from snhr_kg.serialise import GRAPH_FORMATS
from snhr_kg.web.application import create_app

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
SCHEMA = Namespace("https://schema.org/")
ENDPOINT = URIRef("http://localhost/sparql")
DATASET = URIRef(names.published("dataset"))
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def read(client, path, **request):
    response = client.get(path, **request)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/turtle; charset=utf-8"
    return Graph().parse(data=response.data, format="turtle")


def counted(client, query):
    response = client.get("/sparql", query_string={"query": query})
    return int(response.get_json(force=True)["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def tiny_client(tiny_build):
    engine = LocalEngine(tiny_build.out, Limits(workers=1))
    yield create_app(engine, tiny_build.out).test_client()
    engine.close()


class Impatient:
    """An engine on which nothing can be counted within the limits."""

    def __init__(self, engine):
        self.engine, self.limits, self.version = engine, engine.limits, engine.version

    def answer(self, question, caller):
        if "COUNT" in question.text:
            raise QueryTimeout(self.limits.seconds)
        return self.engine.answer(question, caller)


@pytest.fixture(scope="module")
def impatient_client(engine):
    return create_app(Impatient(engine[0]), engine[1]).test_client()


class TestWhereCountingMeetsALimit:
    @pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
    def test_the_graphs_are_named_without_a_number(self, impatient_client, path):
        graph = read(impatient_client, path)
        assert URIRef(small_graph.REPORT_GRAPH) in set(graph.objects())
        assert list(graph.subject_objects(VOID.triples)) == []

    def test_the_pages_are_there_all_the_same(self, impatient_client):
        page = impatient_client.get("/en/graphs.html")
        assert page.status_code == 200
        assert small_graph.REPORT_GRAPH in page.text


class TestServiceDescription:
    def test_names_the_endpoint_that_was_asked(self, client):
        assert set(read(client, "/sparql").subject_objects(SD.endpoint)) == {(ENDPOINT, ENDPOINT)}
        elsewhere = URIRef("https://data.example.org/sparql")
        graph = read(client, "/sparql", base_url="https://data.example.org")
        assert set(graph.subject_objects(SD.endpoint)) == {(elsewhere, elsewhere)}

    @pytest.mark.parametrize("host", ["", "<script>", "a b", 'x"> a <y'])
    def test_a_host_that_is_none_is_not_repeated(self, client, host):
        published = URIRef(names.published("sparql"))
        graph = read(client, "/sparql", headers={"Host": host})
        assert set(graph.subject_objects(SD.endpoint)) == {(published, published)}

    def test_conforms_to_its_vocabulary(self, client):
        """What the W3C's third service description test asks for."""
        graph = read(client, "/sparql")
        assert set(graph.subjects(RDF.type, SD.NamedGraph)) == set(graph.objects(None, SD.namedGraph))
        assert all(graph.value(node, SD.name) for node in graph.subjects(RDF.type, SD.NamedGraph))
        assert all(graph.value(node, SD.defaultGraph) for node in graph.subjects(RDF.type, SD.Dataset))

    def test_counts_each_graph_as_a_query_does(self, client):
        graph = read(client, "/sparql")
        for node in graph.subjects(RDF.type, SD.NamedGraph):
            name = graph.value(node, SD.name)
            expected = counted(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
            assert graph.value(graph.value(node, SD.graph), VOID.triples) == Literal(expected)
        dataset = graph.value(predicate=RDF.type, object=SD.Dataset)
        expected = counted(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert graph.value(graph.value(dataset, SD.defaultGraph), VOID.triples) == Literal(expected)

    def test_claims_a_union_only_where_the_default_graph_is_one(self, client, tiny_client):
        """The small graph has an external graph, which its default graph leaves out."""
        assert (ENDPOINT, SD.feature, SD.UnionDefaultGraph) not in read(client, "/sparql")
        assert (ENDPOINT, SD.feature, SD.UnionDefaultGraph) in read(tiny_client, "/sparql")

    def test_states_the_limits(self, client):
        graph = read(client, "/sparql")
        values = {
            str(node).partition("#")[2]: graph.value(node, SCHEMA.value).toPython()
            for node in graph.objects(ENDPOINT, SCHEMA.additionalProperty)
        }
        limits = Limits()
        assert values == {
            "time-limit": limits.seconds,
            "memory-limit": limits.memory_mb,
            "result-limit": limits.result_mb,
            "query-length": 65_536,
            "queries-at-once": limits.per_client,
        }

    def test_a_browser_gets_the_form_and_a_results_client_is_told_what_there_is(self, client):
        assert client.get("/sparql", headers={"Accept": BROWSER}).mimetype == "text/html"
        response = client.get("/sparql", headers={"Accept": "application/sparql-results+json"})
        assert response.status_code == 406
        assert "there is no query" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/graph-store", "/graph-store?default"])
class TestEveryDescription:
    @pytest.mark.parametrize("media_type", GRAPH_FORMATS)
    def test_says_the_same_in_every_format(self, client, path, media_type):
        response = client.get(path, headers={"Accept": media_type})
        assert response.mimetype == media_type
        turtle = ox.parse(client.get(path).data, format=ox.RdfFormat.TURTLE)
        other = ox.parse(response.data, format=ox.RdfFormat.from_media_type(media_type))
        assert {quad.triple for quad in other} == {quad.triple for quad in turtle}

    def test_can_be_revalidated(self, client, path):
        response = client.get(path)
        again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
        assert again.data == b""

    def test_has_the_same_headers_for_head(self, client, path):
        get, head = client.get(path), client.head(path)
        assert head.data == b""
        assert [head.headers[name] for name in ("Content-Type", "Content-Length", "ETag")] == [
            get.headers[name] for name in ("Content-Type", "Content-Length", "ETag")
        ]


class TestVoid:
    def test_a_graph_without_a_catalogue_is_counted(self, client):
        graph = read(client, "/.well-known/void")
        total = counted(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert (DATASET, VOID.triples, Literal(total)) in graph
        assert URIRef(small_graph.REPORT_GRAPH) in set(graph.objects(DATASET, VOID.subset))

    def test_the_catalogues_counts_are_those_of_the_graphs_served(self, tiny_client):
        graph = read(tiny_client, "/.well-known/void")
        subsets = set(graph.objects(DATASET, VOID.subset))
        assert len(subsets) > 5
        for subset in subsets:
            expected = counted(tiny_client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{subset}> {{ ?s ?p ?o }} }}")
            assert set(graph.objects(subset, VOID.triples)) == {Literal(expected)}
        assert set(graph.objects(DATASET, VOID.triples)) == {
            Literal(counted(tiny_client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
        }
        assert set(graph.objects(DATASET, VOID.vocabulary))

    def test_leads_to_the_endpoint_and_the_files_of_this_host(self, tiny_client):
        graph = read(tiny_client, "/.well-known/void")
        assert ENDPOINT in set(graph.objects(DATASET, VOID.sparqlEndpoint))
        here = [iri for iri in graph.objects(DATASET, VOID.dataDump) if iri.startswith("http://localhost/")]
        assert len(here) == 2
        for iri in here:
            with tiny_client.get(iri) as response:
                assert response.status_code == 200


class TestGraphStore:
    def test_the_default_graph_whole(self, client):
        assert len(read(client, "/graph-store?default")) == counted(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    def test_a_named_graph_whole(self, client):
        graph = read(client, f"/graph-store?graph={small_graph.EXTERNAL_GRAPH}")
        assert {str(subject) for subject in graph.subjects()} == {"https://example.org/event"}

    def test_an_unknown_graph_is_404_and_names_the_known(self, client):
        response = client.get("/graph-store?graph=https://example.org/none")
        assert response.status_code == 404
        assert f"<{small_graph.REPORT_GRAPH}>" in response.get_json(force=True)["detail"]
        assert client.head("/graph-store?graph=https://example.org/none").status_code == 404

    @pytest.mark.parametrize(
        "parameters",
        ["graph=codes", "graph=", "default=yes", "default&graph=https://example.org/x", "graph=a:a&graph=b:b", "x=y"],
    )
    def test_anything_but_one_graph_is_400(self, client, parameters):
        assert client.get(f"/graph-store?{parameters}").status_code == 400

    @pytest.mark.parametrize("method", ["put", "post", "delete", "patch"])
    def test_nothing_can_be_written(self, client, method):
        response = getattr(client, method)("/graph-store?default", data="<a:a> <b:b> <c:c> .")
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}

    def test_a_type_that_is_no_graphs_is_406(self, client):
        assert client.get("/graph-store?default", headers={"Accept": "text/csv"}).status_code == 406

    def test_a_browser_gets_a_list_of_the_graphs(self, client):
        response = client.get("/graph-store", headers={"Accept": BROWSER})
        assert urljoin("/graph-store", response.location) == "/en/graphs.html"
        assert small_graph.EXTERNAL_GRAPH in client.get("/en/graphs.html").text
