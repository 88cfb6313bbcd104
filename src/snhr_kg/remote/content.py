"""What a graph says, whoever spells it: its triples, normalised, and a hash of them that two stores agree on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from snhr_kg.errors import StoreFailed
from snhr_kg.remote.marker import EXTERNAL, UNION
from snhr_kg.remote.repair import repaired_term


@dataclass(frozen=True, slots=True)
class Content:
    """A graph as N-Triples, the number of its distinct triples, and their hash (SHA-256, RDFC-1.0 for blank nodes)."""

    ntriples: bytes
    triples: int
    digest: str


def read_content(nquads: bytes) -> dict[str, Content]:
    """The content of each named graph, and of `UNION`."""
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True):
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    contents = {graph: _content(triples) for graph, triples in sorted(graphs.items())}
    within = (triples for graph, triples in sorted(graphs.items()) if not graph.startswith(EXTERNAL))
    contents[UNION] = _content(list(dict.fromkeys(chain.from_iterable(within))))
    return contents


def read_triples(portions: Iterable[bytes]) -> Content:
    """The content of a graph given back in portions of N-Triples; raises `StoreFailed` when one is malformed."""
    triples: list[ox.Triple] = []
    try:
        for portion in portions:
            triples.extend(ox.parse(portion, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    except SyntaxError as error:
        raise StoreFailed(f"the store's answer is no N-Triples: {error}") from error
    return _content(triples)


def _content(triples: list[ox.Triple]) -> Content:
    held = ox.Store()  # it writes each literal in one way: stores differ in the spelling of numbers
    held.extend(ox.Quad(triple.subject, triple.predicate, repaired_term(triple.object)) for triple in triples)
    dataset = ox.Dataset(held)
    if any(isinstance(term, ox.BlankNode) for quad in held for term in (quad.subject, quad.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(str(quad.triple) for quad in dataset)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None  # it is None only when an output is given
    return Content(written, len(lines), digest)
