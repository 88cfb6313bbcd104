"""The closure as owlrl computes it: the reference that ours is tested against, on any graph."""

from __future__ import annotations

import owlrl
from rdflib import Graph
from rdflib.term import Node

from snhr_kg.reasoning.reason import publishable, triples_of

Triple = tuple[Node, Node, Node]


def reference(asserted: Graph) -> set[Triple]:
    """What owlrl adds to a graph (or to all graphs of a dataset, read as one), as far as we would publish it."""
    closed = Graph()
    for triple in triples_of(asserted):
        closed.add(triple)
    before = set(closed)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return {triple for triple in set(closed) - before if publishable(triple)}


def difference(asserted: Graph, inferred: Graph) -> tuple[set[Triple], set[Triple]]:
    """What `inferred` lacks and what it has too much, against owlrl; both are empty when the closures are equal."""
    wanted, got = reference(asserted), set(inferred)
    return wanted - got, got - wanted
