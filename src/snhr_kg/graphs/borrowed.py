"""The catalogue's entries for graphs from elsewhere: each says of itself what it is, whose, and on what terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import SnhrKgError
from snhr_kg.graphs.descriptions import DATASET, graph_entry
from snhr_kg.graphs.terms import Triple, Triples, labels, term

_SAID: Final = (
    "dcterms:title",
    "dcterms:publisher",
    "dcterms:rights",
    "dcterms:source",
    "dcterms:bibliographicCitation",
    "dcat:version",
)
_DESCRIPTION: Final = (
    "What another dataset publishes, in the terms of the cube and with the row of each number. Not in the default "
    "graph: a query must name it.",
    "ما تنشره مجموعة بيانات أخرى بمصطلحات المكعب ومع سطر كل رقم. وليس في الرسم الافتراضي، فعلى الاستعلام أن يسميه.",
)


class UndescribedGraph(SnhrKgError):
    """A graph from elsewhere does not say whose it is or on what terms it may be used."""


def external_entry(graph: ExternalGraph) -> Triples:
    """A graph from elsewhere as a part of the whole, with what it says of its own dataset and its count.

    Raises:
        UndescribedGraph: it gives its dataset no licence or no title.
    """
    described = list(_described(graph))
    licences = [value for _, predicate, value in described if predicate == term("dcterms:license")]
    if not licences or not any(predicate == term("dcterms:title") for _, predicate, _ in described):
        raise UndescribedGraph(f"{graph.iri}: give <{graph.dataset}> a dcterms:title and a dcterms:license in it")
    (licence,) = licences
    assert isinstance(licence, URIRef)
    yield from graph_entry(graph.name, len(graph.lines), licence)
    yield DATASET, term("prov:wasDerivedFrom"), URIRef(graph.dataset)
    said = {term(curie) for curie in _SAID}
    for _, predicate, value in described:
        if predicate in said:
            yield URIRef(graph.iri), predicate, value
    yield from labels(URIRef(graph.iri), *_DESCRIPTION, "dcterms:description")
    yield URIRef(graph.iri), term("foaf:primaryTopic"), URIRef(graph.dataset)


def _described(graph: ExternalGraph) -> Iterator[Triple]:
    """What a graph says of its dataset in IRIs and literals."""
    start = f"<{graph.dataset}> "
    lines = "\n".join(line for line in graph.lines if line.startswith(start))
    for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES):
        value = quad.object
        if isinstance(value, ox.NamedNode):
            yield URIRef(graph.dataset), URIRef(quad.predicate.value), URIRef(value.value)
        elif isinstance(value, ox.Literal):
            yield URIRef(graph.dataset), URIRef(quad.predicate.value), _literal(value)


def _literal(value: ox.Literal) -> Literal:
    if value.language:
        return Literal(value.value, lang=value.language)
    datatype = URIRef(value.datatype.value)
    return Literal(value.value, datatype=None if datatype == XSD.string else datatype, normalize=False)
