"""Hands the parsed code lists to rdflib; apart from the reader, so that reading codes does not load rdflib."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import XSD

from snhr_kg import names


def as_graph(triples: Iterable[Quad]) -> Graph:
    """The triples as one rdflib graph, equal to what rdflib's own parser makes of the files.

    There are no blank nodes among them: the reader refuses such files.
    """
    graph = Graph()
    for prefix, namespace in names.PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            graph.add((URIRef(triple.subject.value), URIRef(triple.predicate.value), _term(triple.object)))
    return graph


def _term(term: NamedNode | Literal) -> URIRef | RdflibLiteral:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    datatype = URIRef(term.datatype.value)
    plain = term.language is not None or datatype == XSD.string
    return RdflibLiteral(term.value, lang=term.language, datatype=None if plain else datatype)
