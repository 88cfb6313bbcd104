"""An rdflib dataset as pyoxigraph quads in canonical form: one order, one label for each blank node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import pyoxigraph as ox
from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.term import Node


def canonical_quads(dataset: Dataset) -> list[ox.Quad]:
    """Every quad once, blank nodes labelled by RDFC-1.0, sorted by its N-Quads line; no literal is rewritten.

    Source: RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024).
    """
    labelled = ox.Dataset(_converted(dataset))
    labelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    quads = list(labelled)
    lines = n_quads(quads).splitlines()
    return [quad for _, quad in sorted(zip(lines, quads, strict=True), key=itemgetter(0))]


def n_quads(quads: Sequence[ox.Quad]) -> bytes:
    """The quads in the order given, as canonical N-Quads."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def triple_lines(triples: Iterable[ox.Triple]) -> list[str]:
    """The line of each triple, in the order given, as canonical N-Triples without the line end."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()
    return [line.decode() for line in lines]


def _converted(dataset: Dataset) -> Iterator[ox.Quad]:
    terms: dict[Node, ox.NamedNode | ox.BlankNode | ox.Literal] = {}

    def converted(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        found = terms.get(node)
        if found is None:
            found = terms[node] = _term(node)
        return found

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
