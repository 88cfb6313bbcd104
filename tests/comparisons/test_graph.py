"""Comparisons as triples."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef

from snhr_kg import names
from snhr_kg.comparisons.graph import comparison_iri, comparison_triples
from snhr_kg.comparisons.records import Comparison, Topic
from snhr_kg.graphs.terms import code, term


def test_a_comparison_has_both_values_and_an_address_of_its_own(
    found: list[Comparison], topics: tuple[Topic, ...]
) -> None:
    graph = Graph()
    for triple in comparison_triples(found, topics):
        graph.add(triple)
    compared = set(graph.subjects(RDF.type, term("snhr:Comparison")))
    assert len(compared) == len(found)
    row = found[2]
    subject = URIRef(names.comparison("civilians-killed/1999-09-09.deaths/series.other-2000.deaths"))
    assert comparison_iri(row) == str(subject)
    assert graph.value(subject, term("snhr:leftValue")).toPython() == 1234
    assert graph.value(subject, term("snhr:difference")).toPython() == 1766
    assert graph.value(subject, term("snhr:periodRelation")) == code("period-relation", "within")
    assert {str(graph.value(subject, term(f"snhr:{name}"))) for name in ("sharedBegin", "sharedEnd")} == {
        "1990-01-01",
        "1999-09-01",
    }


def test_a_stated_reason_says_where_it_was_read(found: list[Comparison], topics: tuple[Topic, ...]) -> None:
    graph = Graph()
    for triple in comparison_triples(found, topics):
        graph.add(triple)
    reason = URIRef(names.comparison("reason/others-ask-snhr"))
    assert graph.value(reason, term("dcterms:source")) == URIRef("https://example.org/handbook")
    assert graph.value(reason, term("snhr:reasonForDifference")) == code("comparability", "not-independent")
    assert len(set(graph.subjects(term("dcterms:references"), reason))) == 2


def test_the_triples_come_in_one_order(found: list[Comparison], topics: tuple[Topic, ...]) -> None:
    assert list(comparison_triples(found, topics)) == list(comparison_triples(found, topics))
