"""The SPARQL 1.1 Service Description of the endpoint, and VoID at its well-known place (RFC 8615)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, request, url_for

from snhr_kg import names
from snhr_kg.counts import Counted, Graphs, GraphsOf, is_union
from snhr_kg.engine.question import Engine, Question
from snhr_kg.guard import MAX_BYTES
from snhr_kg.serialise import rewrite_graph
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.formats import accepted_type

PREFIXES: Final = {
    **names.PREFIXES,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
}
CATALOGUE: Final = names.graph("catalogue")

_CATALOGUE_TRIPLES: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Descriptions:
    """What describes an endpoint, in the media type that the current request accepts."""

    def __init__(self, engine: Engine, folder: Path | None, graphs: GraphsOf) -> None:
        self._engine = engine
        self._folder = folder
        self._graphs = graphs
        self._union: Counted[bool] = Counted(
            engine, lambda asked, caller: is_union(asked, caller, folder, graphs(caller))
        )

    def graphs(self) -> Graphs:
        """The graphs that are served now, and their sizes."""
        return self._graphs(caller())

    def service(self) -> Response:
        """The service description; its endpoint is the address that was asked."""
        version = self._engine.version
        union = self._union.value(caller())
        return self._deliver(version, "service.ttl", is_union=union, limits=self._engine.limits, most_bytes=MAX_BYTES)

    def dataset(self) -> Response:
        """The catalogue that the build wrote, with the addresses of this host; where there is none, the counts."""
        version = self._engine.version
        question = Question(_CATALOGUE_TRIPLES, "application/n-triples", (CATALOGUE,))
        catalogue = self._engine.answer(question, caller()).body.decode()
        dumps = () if self._folder is None else sorted(path.name for path in self._folder.glob("snhr-kg.*"))
        return self._deliver(version, "void.ttl", catalogue=catalogue, dumps=dumps)

    def _deliver(self, version: str, template: str, **values: object) -> Response:
        """`version` is that of the graph before anything was asked of it: a newer one has the response made again."""
        media_type = accepted_type(graph=True)
        root = front_address()
        turtle = render_template(template, graphs=self.graphs(), root=root, endpoint=f"{root}sparql", **values)
        return deliver(rewrite_graph(turtle.encode(), media_type, PREFIXES), media_type, version)


def front_address() -> str:
    """The address of the front page, as it was asked; the published one where the Host header names no host."""
    return url_for("dereference.front", _external=True) if request.host else names.BASE


def blueprint(descriptions: Descriptions) -> Blueprint:
    """The route ``/.well-known/void``."""
    routes = Blueprint("description", __name__)
    routes.add_url_rule("/.well-known/void", "void", descriptions.dataset)
    return routes
