"""Everything of a build in one query engine, for what asks across graphs before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
from rdflib import Dataset

from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.exports.quads import CanonicalGraph, canonical_graphs, external_graph


def whole_store(dataset: Dataset, external: Sequence[ExternalGraph]) -> ox.Store:
    """A store in memory with each named graph, those from elsewhere too, and all of them together as default graph.

    Literals come back in the store's own spelling ("0.70" as "0.7").
    """
    store = ox.Store()
    for graph in (*canonical_graphs(dataset), *map(external_graph, external)):
        store.bulk_extend(_quads(graph))
    return store


def _quads(graph: CanonicalGraph) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph.name)
    for triple in graph.triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, name)
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
