"""Every IRI that we mint answers: a thing leads to the documents about it, in the format and language that suit best.

A thing that is no document is answered with 303 (W3C, Cool URIs for the Semantic Web, 4.2). The ontology, whose terms
are fragments of it, and the named graphs are documents: in a format of RDF they are answered themselves, and say with
Content-Location which of their documents it is (ibid., 4.1; Best Practice Recipes for Publishing RDF Vocabularies).
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from snhr_kg import names
from snhr_kg.engine.question import Engine, Question
from snhr_kg.errors import NotAcceptable
from snhr_kg.holding import Holder, Holding
from snhr_kg.serialise import dataset_bytes
from snhr_kg.site import links, pages
from snhr_kg.site.described import Described, describe
from snhr_kg.site.documents import FORMATS, Format, write_document
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.description import Descriptions
from snhr_kg.web.formats import GRAPH_ALIASES
from snhr_kg.web.graph_store import WHOLE
from snhr_kg.web.linking import PAGE, Linked, address, link_header, linked, relative
from snhr_kg.web.negotiate import choose
from snhr_kg.web.site import asked_language, to_language
from snhr_kg.web.unknown import unknown

_BY_ENDING: Final = {form.ending: form for form in FORMATS}
_BY_TYPE: Final = {form.media_type: form for form in FORMATS}
_HTML: Final = "text/html"
_ALIASES: Final = {**GRAPH_ALIASES, "application/xhtml+xml": _HTML}
_DATASET: Final = names.published("dataset")
_ONTOLOGY: Final = names.SNHR.rstrip("#")


class Dereference:
    """Answers for the IRIs of things over an engine and the graphs held of it."""

    def __init__(self, engine: Engine, holder: Holder, descriptions: Descriptions) -> None:
        self._engine = engine
        self._holder = holder
        self._descriptions = descriptions

    def front(self) -> Response:
        """To the first page, or for who wants data rather than pages, to those about the dataset."""
        chosen = choose(request.headers.get("Accept"), (_HTML, *_BY_TYPE), _ALIASES)
        if chosen in _BY_TYPE and _DATASET in (holding := self._holder.now(caller())):
            return self._see(holding, _DATASET, address(_DATASET, _BY_TYPE[chosen].ending))
        return to_language("index", negotiated=True)

    def answer(self, local: str) -> Response:
        """The response for a local part, decoded: of a thing, or of a document about one.

        Raises `UnknownResource` where it is neither, `NotAcceptable` where none of its documents is wanted.
        """
        holding = self._holder.now(caller())
        stem, _, ending = local.rpartition(".")
        iri = links.iri_of(local)
        if iri in holding or self._graph_of(iri) is not None:
            return self._thing(holding, iri)
        if ending in _BY_ENDING and self._is_known(holding, links.iri_of(stem)):
            return self._document(holding, links.iri_of(stem), _BY_ENDING[ending])
        if ending == PAGE and (stem in pages.NAMED or self._is_known(holding, links.iri_of(stem))):
            return to_language(stem)
        if self._is_known(holding, iri):
            return self._thing(holding, iri)
        if local in pages.NAMED:
            return to_language(local)
        raise unknown(holding, stem if ending in (*_BY_ENDING, PAGE) else local)

    def _thing(self, holding: Holding, iri: str) -> Response:
        """To the document that the client likes best; or a graph itself."""
        chosen = choose(request.headers.get("Accept"), (*_BY_TYPE, _HTML), _ALIASES)
        if chosen is None:
            raise NotAcceptable(_offer(iri))
        if chosen == _HTML:
            about = iri if self._is_told(holding, iri) else names.published("graphs")
            return self._see(holding, iri, address(about, PAGE, asked_language()))
        form = _BY_TYPE[chosen]
        if self._graph_of(iri) is None:
            return self._see(holding, iri, address(iri, form.ending))
        response = self._document(holding, iri, form, negotiated=True)
        response.headers["Content-Location"] = relative(address(iri, form.ending))
        response.headers["Link"] = link_header(self._linked(holding, iri))
        return response

    def _see(self, holding: Holding, iri: str, path: str) -> Response:
        headers = {
            "Location": relative(path),
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            "Link": link_header(self._linked(holding, iri)),
        }
        return Response(f"{names.BASE}{path[1:]}\n", 303, headers, mimetype="text/plain")

    def _document(self, holding: Holding, iri: str, form: Format, *, negotiated: bool = False) -> Response:
        """The data document about a thing; of the ontology and of a graph, the graph, whole."""
        graph = self._graph_of(iri)
        if graph is not None:
            body = self._whole(graph, form)
        else:
            described = self._described(holding, iri)
            assert described is not None
            body = write_document(described, holding, form)
        response = deliver(body, form.media_type, holding.version, negotiated=negotiated)
        response.headers["Link"] = link_header(self._linked(holding, iri), form.ending)
        return response

    def _whole(self, graph: str, form: Format) -> bytes:
        keeps_graphs = form.rdf == ox.RdfFormat.TRIG
        media_type = "application/n-triples" if keeps_graphs else form.media_type
        body = self._engine.answer(Question(WHOLE, media_type, (graph,)), caller()).body
        if not keeps_graphs:
            return body
        triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        name = ox.NamedNode(graph)
        return dataset_bytes((ox.Quad(one.subject, one.predicate, one.object, name) for one in triples), form.rdf)

    def _graph_of(self, iri: str) -> str | None:
        """The named graph that the thing is or, the ontology, is written in; None for other things."""
        graph = names.graph("ontology") if iri == _ONTOLOGY else iri
        return graph if graph.startswith(names.graph("")) and graph in self._descriptions.graphs().named else None

    def _linked(self, holding: Holding, iri: str) -> Linked:
        return linked(holding, iri, None if iri in holding else self._described(holding, iri))

    def _is_known(self, holding: Holding, iri: str) -> bool:
        return self._is_told(holding, iri) or self._graph_of(iri) is not None

    def _is_told(self, holding: Holding, iri: str) -> bool:
        """Whether anything is said of it; of a graph that no catalogue names, nothing is."""
        return iri in holding or self._described(holding, iri) is not None

    def _described(self, holding: Holding, iri: str) -> Described | None:
        return describe(holding, self._engine, caller(), iri)


def blueprint(answering: Dereference) -> Blueprint:
    """The routes of the base itself and of every address that no other route has."""
    routes = Blueprint("dereference", __name__)
    routes.add_url_rule("/", "front", answering.front)
    routes.add_url_rule("/<path:local>", "thing", answering.answer)
    return routes


def _offer(iri: str) -> str:
    data = ", ".join(f"{form.media_type} ({address(iri, form.ending)})" for form in FORMATS)
    pages_ = ", ".join(address(iri, PAGE, language) for language in links.LANGUAGES)
    return f"<{iri}> is described as {data}, and as pages ({pages_})"
