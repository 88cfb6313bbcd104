"""The page about a thing that has no page of its own kind: everything that is stated about it, and by which graph."""

from __future__ import annotations

from itertools import groupby

from snhr_kg.site.visit import Visit


def resource(visit: Visit, iri: str) -> str:
    """The page about the thing with this IRI."""
    stated = [(name, list(rows)) for name, rows in groupby(visit.holding.statements(iri), lambda one: one.predicate)]
    return visit.render("resource.html", iri=iri, stated=stated, incoming=visit.holding.incoming(iri))
