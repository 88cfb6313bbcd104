"""The SPARQL 1.1 protocol: how a query comes in, and in which media type its answer goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, request

from snhr_kg.engine.question import Engine, Question
from snhr_kg.errors import BadRequest, NotAcceptable, QueryRefused, UnsupportedBody
from snhr_kg.guard import is_deterministic, query_form
from snhr_kg.serialise import FORMAT_NAMES
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.description import Descriptions
from snhr_kg.web.formats import accepted_type, offered_types, wants_page
from snhr_kg.web.parameters import absolute_iri, read_parameters, read_text
from snhr_kg.web.site import to_language

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

FAILURE_KEY: Final = "snhr_kg.failure"
"""Where the request's environment holds the error that the query has met already, on its short way to the engine."""

_OTHER_NAMES: Final = {"json-ld": "jsonld", "n3": "turtle", "rdf": "rdfxml", "rdf+xml": "rdfxml"}
"""What SPARQLWrapper sends as ``format`` beside its Accept header, by our name."""

_NAMES_OF_GRAPHS: Final = {"json": "jsonld", "xml": "rdfxml"}
"""Which format of a graph is meant by the name of a format that only rows have."""


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """What a client asked: the query, the dataset to ask it of, and the answer's format where a parameter says it.

    `format` is one of `FORMAT_NAMES`, `accept` stands in for the Accept header; None: the header decides.
    """

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    accept: str | None


def blueprint(engine: Engine, descriptions: Descriptions) -> Blueprint:
    """The route ``/sparql`` over an engine; without a query, a page for people and a description for programs."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"])
    def sparql() -> Response:
        if request.method != "POST" and not request.query_string:
            return to_language("sparql", negotiated=True) if wants_page() else _description(descriptions)
        if (failure := request.environ.get(FAILURE_KEY)) is not None:
            raise failure
        asked = _read_request()
        media_type = media_type_of(asked)
        question = Question(asked.query, media_type, asked.default_graphs, asked.named_graphs)
        answered = engine.answer(question, caller())
        return deliver(answered.body, media_type, answered.version if is_deterministic(asked.query) else None)

    return routes


def _description(descriptions: Descriptions) -> Response:
    try:
        return descriptions.service()
    except NotAcceptable as error:
        raise NotAcceptable(f"there is no query, so {error}, which describe the endpoint") from error


def _read_request() -> ProtocolRequest:
    """The query and its dataset, by any of the protocol's three ways (SPARQL 1.1 Protocol, 2.1)."""
    in_url = read_parameters(request.query_string)
    if request.method != "POST":
        return read_protocol(in_url)
    media_type = request.mimetype
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedBody("the body must be in UTF-8")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedBody("the body must not be compressed")
    if media_type == FORM:
        return read_protocol([*in_url, *read_parameters(request.get_data())])
    if media_type == UPDATE:
        raise QueryRefused("updates are refused: this graph is read-only")
    if media_type != QUERY:
        raise UnsupportedBody(f"the body is {media_type or 'of no stated type'}; send {FORM} or {QUERY}")
    return read_protocol([*in_url, ("query", read_text(request.get_data()))])


def read_protocol(parameters: list[tuple[str, str]]) -> ProtocolRequest:
    """What the parameters ask; raises `BadRequest` or `QueryRefused` where they break the protocol."""

    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    def graphs(name: str) -> tuple[str, ...]:
        # Links made for Virtuoso carry an empty ``default-graph-uri``, which means none.
        return tuple(absolute_iri(name, value) for value in values(name) if value)

    queries = values("query")
    # SPARQLWrapper repeats its Accept header as a second ``format``; alone, a media type stands in for the header.
    formats = tuple(_OTHER_NAMES.get(name, name) for name in values("format") if "/" not in name)
    accept = ", ".join(name for name in values("format") if "/" in name)
    if values("update"):
        raise QueryRefused("updates are refused: this graph is read-only")
    if len(queries) != 1:
        wrong = "is no query" if not queries else "are several queries"
        raise BadRequest(f"there {wrong}; send exactly one, as the parameter 'query' or as the body")
    if any(name not in FORMAT_NAMES for name in formats) or len(formats) > 1:
        raise BadRequest(f"'format' takes a media type or one of {', '.join(FORMAT_NAMES)}")
    dataset = graphs("default-graph-uri"), graphs("named-graph-uri")
    query = queries[0].removeprefix("\ufeff")  # the mark that editors on Windows put before the text of a file
    return ProtocolRequest(query, *dataset, formats[0] if formats else None, accept or None)


def media_type_of(asked: ProtocolRequest) -> str:
    """The media type that the answer is wanted in; raises `NotAcceptable` when it cannot be had in any such."""
    form = query_form(asked.query)
    if form is None:  # no query: the engine says what is wrong with it, whatever the client accepts
        return offered_types(graph=False)[0]
    graph = form in ("construct", "describe")
    if asked.format is None:
        return accepted_type(graph, asked.accept)
    name = _NAMES_OF_GRAPHS.get(asked.format, asked.format) if graph else asked.format
    if FORMAT_NAMES[name] not in offered_types(graph):
        raise NotAcceptable(f"this answer can be had as {', '.join(offered_types(graph))}")
    return FORMAT_NAMES[name]
