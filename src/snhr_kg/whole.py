"""Everything of a build in one query engine, for what asks across graphs before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from rdflib import Dataset

from snhr_kg import names
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.exports.quads import canonical_graphs


def whole_store(dataset: Dataset, external: Sequence[ExternalGraph]) -> ox.Store:
    """A store in memory with each named graph, those from elsewhere too, and all of them together as default graph.

    Literals come back in the store's own spelling ("0.70" as "0.7").
    """
    store = ox.Store()
    for graph in external:
        _add(store, graph.iri, graph.lines)
    add_graphs(store, dataset)
    return store


def add_graphs(store: ox.Store, dataset: Dataset, *only: str) -> None:
    """Add a dataset's graphs to such a store, all or those of these names ("checks")."""
    wanted = {names.graph(name) for name in only}
    for graph in canonical_graphs(dataset, wanted):
        _add(store, graph.name, graph.lines)


def _add(store: ox.Store, iri: str, lines: Sequence[str]) -> None:
    text = "\n".join(lines).encode()
    for name in (ox.NamedNode(iri), ox.DefaultGraph()):
        store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
