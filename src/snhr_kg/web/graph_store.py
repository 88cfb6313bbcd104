"""The read side of the SPARQL 1.1 Graph Store HTTP Protocol: one graph, whole, by its name."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

from snhr_kg.engine.question import Engine, Question
from snhr_kg.errors import BadRequest, UnknownResource
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.description import Descriptions
from snhr_kg.web.formats import accepted_type, wants_page
from snhr_kg.web.parameters import absolute_iri, read_parameters
from snhr_kg.web.site import to_language

WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""Asked of one graph: all of it."""


def blueprint(engine: Engine, descriptions: Descriptions) -> Blueprint:
    """The route ``/graph-store``; without a parameter it lists the graphs to people, and describes them to programs."""
    routes = Blueprint("graph_store", __name__)

    @routes.get("/graph-store")
    def graph_store() -> Response:
        parameters = read_parameters(request.query_string)
        if not parameters:
            return to_language("graphs", negotiated=True) if wants_page() else descriptions.service()
        media_type = accepted_type(graph=True)
        name = _graph_name(parameters)
        if name is not None and name not in (known := descriptions.graphs().named):
            raise UnknownResource(f"there is no graph <{name}>; there are {', '.join(f'<{iri}>' for iri in known)}")
        answered = engine.answer(Question(WHOLE, media_type, (name,) if name else ()), caller())
        return deliver(answered.body, media_type, answered.version)

    return routes


def _graph_name(parameters: list[tuple[str, str]]) -> str | None:
    """The graph that the parameters name, None for the default graph (SPARQL 1.1 Graph Store HTTP Protocol, 4.2)."""
    if len(parameters) != 1 or parameters[0][0] not in ("default", "graph"):
        raise BadRequest("ask for one graph: ?default, or ?graph= with the graph's IRI")
    name, value = parameters[0]
    if name == "graph":
        return absolute_iri(name, value)
    if value:
        raise BadRequest("'default' takes no value; a graph's IRI goes into 'graph'")
    return None
