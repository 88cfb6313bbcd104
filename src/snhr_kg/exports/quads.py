"""An rdflib dataset in canonical form as pyoxigraph terms: one order, one label for each blank node."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from snhr_kg.elsewhere import ExternalGraph

_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class CanonicalGraph:
    """A named graph: each triple once, and its line of canonical N-Triples without the line end, by which it sorts."""

    name: str
    triples: list[ox.Triple]
    lines: list[str]


def canonical_graphs(dataset: Dataset, only: Set[str] = frozenset()) -> list[CanonicalGraph]:
    """The named graphs that hold anything, by name; blank nodes labelled by RDFC-1.0, no literal rewritten.

    `only` names the graphs that are wanted by their IRIs, all of them where it is empty.

    Source: RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024).
    """
    named, blank = _converted(graph for graph in dataset.graphs() if not only or str(graph.identifier) in only)
    labelled = ox.Dataset(blank)
    # The label of a blank node depends on no quad without one: the others need not take this way.
    labelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in labelled:
        named[quad.graph_name.value].append(quad.triple)
    return [_sorted(name, triples) for name, triples in sorted(named.items()) if triples]


def external_graph(graph: ExternalGraph) -> CanonicalGraph:
    """A graph from elsewhere; raises SyntaxError where a line is no N-Triples."""
    text = "\n".join(graph.lines)
    return _sorted(graph.iri, [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)])


def external_lines(triples: Iterable[tuple[Node, Node, Node]]) -> tuple[str, ...]:
    """Triples without blank nodes as the lines of an `ExternalGraph`."""
    converted = [ox.Triple(*map(_term, triple)) for triple in triples]  # type: ignore[arg-type]
    return tuple(_sorted("", converted).lines)


def n_quads(graphs: Iterable[CanonicalGraph]) -> bytes:
    """The graphs as canonical N-Quads."""
    lines = chain.from_iterable(
        (f"{line.removesuffix('.')}<{graph.name}> .\n" for line in graph.lines) for graph in graphs
    )
    return "".join(sorted(lines)).encode()


def _sorted(name: str, triples: list[ox.Triple]) -> CanonicalGraph:
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n")
    # A plain string and the same as xsd:string are two terms to rdflib and one to RDF 1.1: hence each line once.
    by_line = dict(sorted(zip(lines, triples, strict=False), key=lambda pair: pair[0]))
    return CanonicalGraph(name, list(by_line.values()), list(by_line))


def _converted(graphs: Iterable[Graph]) -> tuple[dict[str, list[ox.Triple]], list[ox.Quad]]:
    """The triples of each graph that hold no blank node, and the quads that do."""
    terms: dict[Node, _Term] = {}

    def converted(node: Node) -> _Term:
        found = terms.get(node)
        if found is None:
            found = terms[node] = _term(node)
        return found

    named: dict[str, list[ox.Triple]] = {}
    blank: list[ox.Quad] = []
    for graph in graphs:
        name = str(graph.identifier)
        triples = named[name] = []
        for nodes in graph:
            triple = ox.Triple(*map(converted, nodes))  # type: ignore[arg-type]
            if BNode in map(type, nodes):
                blank.append(ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name)))
            else:
                triples.append(triple)
    return named, blank


def _term(node: Node) -> _Term:
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        raise TypeError(f"a term of a kind that RDF 1.1 does not have: {node!r}")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
