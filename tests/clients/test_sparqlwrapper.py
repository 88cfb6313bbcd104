"""SPARQLWrapper, by GET and by POST, in each format it can ask for."""

from __future__ import annotations

import json
import re

import pytest
from rdflib import Graph

import questions_of_clients as ask
from needs import need

need.package("SPARQLWrapper", "SPARQLWrapper asks the endpoint")
from SPARQLWrapper import GET, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # its own use
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def wrapper(endpoint: str, query: str, form: str, method: str = GET, encoding: str = URLENCODED) -> SPARQLWrapper:
    made = SPARQLWrapper(endpoint)
    made.setQuery(query)
    made.setReturnFormat(form)
    made.setMethod(method)
    made.setRequestMethod(encoding)
    return made


@pytest.mark.parametrize(("method", "encoding"), WAYS)
class TestEachWay:
    def test_rows_as_json(self, endpoint, method, encoding):
        rows = wrapper(endpoint, ask.SELECT, "json", method, encoding).queryAndConvert()["results"]["bindings"]
        assert [int(row["value"]["value"]) for row in rows] == ask.VALUES
        assert {row["label"]["value"] for row in rows} == {ask.ARABIC}

    def test_rows_as_xml(self, endpoint, method, encoding):
        document = wrapper(endpoint, ask.SELECT, "xml", method, encoding).queryAndConvert()
        assert len(document.getElementsByTagName("result")) == len(ask.VALUES)
        assert ask.ARABIC in document.toxml()

    @pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
    def test_rows_as_text(self, endpoint, method, encoding, form, separator):
        head, *rows = wrapper(endpoint, ask.SELECT, form, method, encoding).queryAndConvert().decode().splitlines()
        assert head.replace("?", "").split(separator) == ["figure", "label", "value"]
        assert [int(row.split(separator)[2]) for row in rows] == ask.VALUES
        assert all(ask.ARABIC in row for row in rows)

    def test_truth_values(self, endpoint, method, encoding):
        for query, expected in ((ask.ASK, True), (ask.ASK_IN_VAIN, False), (ask.ASK_IN_ARABIC, True)):
            assert wrapper(endpoint, query, "json", method, encoding).queryAndConvert()["boolean"] is expected
            document = wrapper(endpoint, query, "xml", method, encoding).queryAndConvert()
            assert document.getElementsByTagName("boolean")[0].firstChild.data == str(expected).lower()

    @pytest.mark.parametrize("form", ["turtle", "n3", "xml", "rdf+xml", "json-ld"])
    def test_graphs(self, endpoint, method, encoding, form):
        found = wrapper(endpoint, ask.CONSTRUCT, form, method, encoding).queryAndConvert()
        graph = Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found
        assert len(graph) == ask.CONSTRUCTED
        assert ask.ARABIC in {str(label) for label in graph.objects()}

    def test_a_description(self, endpoint, method, encoding):
        found = wrapper(endpoint, ask.DESCRIBE, "turtle", method, encoding).queryAndConvert()
        assert str(next(Graph().parse(data=found, format="turtle").subjects())) == ask.FIGURE

    def test_the_dataset_beside_the_query(self, endpoint, method, encoding):
        made = wrapper(endpoint, "SELECT ?s { ?s ?p ?o }", "json", method, encoding)
        made.addDefaultGraph("https://example.org/no-such-graph")
        assert made.queryAndConvert()["results"]["bindings"] == []


def test_the_format_that_it_asks_for_unless_told(endpoint):
    made = SPARQLWrapper(endpoint)
    made.setQuery(ask.SELECT)
    assert len(made.queryAndConvert().getElementsByTagName("result")) == len(ask.VALUES)


def test_a_long_query_by_post(endpoint):
    rows = wrapper(endpoint, ask.LONG, "json", POST).queryAndConvert()["results"]["bindings"]
    assert len(ask.LONG) > 8192
    assert len(rows) == len(ask.VALUES)


def test_a_bad_query_is_its_own_error_with_the_parsers_words(endpoint):
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    with pytest.raises(QueryBadFormed, match="error at") as caught:
        wrapper(endpoint, "SELECT {", "json").query()
    body = re.search(r"\{.*\}", str(caught.value))
    assert body
    assert json.loads(body[0].encode().decode("unicode_escape"))["status"] == 400
