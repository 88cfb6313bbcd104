"""An rdflib dataset as pyoxigraph quads in canonical form: one order, one label for each blank node."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.term import Node


def canonical_quads(dataset: Dataset) -> list[ox.Quad]:
    """Every quad once, blank nodes labelled by RDFC-1.0, sorted by its N-Quads line; no literal is rewritten.

    Source: RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024).
    """
    quads = ox.Dataset(_converted(dataset))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(quads, key=n_quads_line)


def n_quads_line(quad: ox.Quad) -> str:
    """The quad as its line of canonical N-Quads, with the line end."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" {quad.graph_name}"
    return f"{quad.triple}{graph} .\n"


def _converted(dataset: Dataset) -> Iterator[ox.Quad]:
    terms: dict[Node, ox.NamedNode | ox.BlankNode | ox.Literal] = {}

    def converted(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if node not in terms:
            terms[node] = _term(node)
        return terms[node]

    for graph in dataset.graphs():
        name = ox.NamedNode(str(graph.identifier))
        for subject, predicate, value in graph:
            yield ox.Quad(converted(subject), converted(predicate), converted(value), name)  # type: ignore[arg-type]


def _term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        raise TypeError(f"a term of a kind that RDF 1.1 does not have: {node!r}")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
