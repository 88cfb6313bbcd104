"""The page about a thing that has no page of its own kind: everything that is stated about it, and by which graph."""

from __future__ import annotations

from snhr_kg.site.thing import page_thing
from snhr_kg.site.visit import Visit


def resource(visit: Visit, iri: str) -> str:
    """The page about the thing with this IRI, whichever graph describes it; raises `UnknownResource` where none does.

    Graphs of datasets from elsewhere are asked through the engine, whose errors are raised.
    """
    return visit.render("resource.html", iri=iri, shown=page_thing(visit), is_generic=True)
