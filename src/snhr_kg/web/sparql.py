"""The SPARQL 1.1 protocol: how a query comes in, and in which media type its answer goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template, request

from snhr_kg.engine.question import Engine, Question
from snhr_kg.errors import BadRequest, NotAcceptable, QueryRefused, UnsupportedBody
from snhr_kg.guard import is_deterministic, query_form
from snhr_kg.store import FORMAT_NAMES, GRAPH_FORMATS, RESULT_FORMATS
from snhr_kg.web import problems
from snhr_kg.web.caller import caller
from snhr_kg.web.deliver import deliver
from snhr_kg.web.negotiate import choose

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_ROW_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPH_ALIASES: Final = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}

_OTHER_NAMES: Final = {"json-ld": "jsonld", "n3": "turtle", "rdf": "rdfxml", "rdf+xml": "rdfxml"}
"""What SPARQLWrapper sends as ``format`` beside its Accept header, by our name."""

_NAMES_OF_GRAPHS: Final = {"json": "jsonld", "xml": "rdfxml"}
"""Which format of a graph is meant by the name of a format that only rows have."""


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """What a client asked: the query, the dataset to ask it of, and the answer's format where a parameter names it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None


def blueprint(engine: Engine) -> Blueprint:
    """The route ``/sparql`` over an engine."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"])
    def sparql() -> Response:
        if request.method != "POST" and not request.query_string:
            return _form()
        asked = _read_request()
        media_type = _media_type(asked)
        question = Question(asked.query, media_type, asked.default_graphs, asked.named_graphs)
        answered = engine.answer(question, caller())
        return deliver(answered.body, media_type, answered.version if is_deterministic(asked.query) else None)

    return routes


def _form() -> Response:
    """The query form for a browser; for any other client a request without a query is a mistake."""
    if choose(request.headers.get("Accept"), (problems.MEDIA_TYPE, "text/html")) != "text/html":
        raise BadRequest("there is no query; send one as the parameter 'query', or POST it")
    return Response(render_template("form.html", formats=FORMAT_NAMES), mimetype="text/html")


def _read_request() -> ProtocolRequest:
    """The query and its dataset, by any of the protocol's three ways (SPARQL 1.1 Protocol, 2.1)."""
    in_url = list(_parameters(request.query_string))
    if request.method != "POST":
        return _from_parameters(in_url)
    media_type = request.mimetype
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedBody("the body must be in UTF-8")
    if media_type == FORM:
        return _from_parameters([*in_url, *_parameters(request.get_data())])
    if media_type == UPDATE:
        raise QueryRefused("updates are refused: this graph is read-only")
    if media_type != QUERY:
        raise UnsupportedBody(f"the body is {media_type or 'of no stated type'}; send {FORM} or {QUERY}")
    return _from_parameters([*in_url, ("query", _text(request.get_data()))])


def _from_parameters(parameters: list[tuple[str, str]]) -> ProtocolRequest:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    queries = values("query")
    # SPARQLWrapper repeats its Accept header as a second ``format``: what holds a slash is left to that header.
    formats = tuple(_OTHER_NAMES.get(name, name) for name in values("format") if "/" not in name)
    if values("update"):
        raise QueryRefused("updates are refused: this graph is read-only")
    if len(queries) != 1:
        raise BadRequest(f"there {'is no query' if not queries else 'are several queries'}; send exactly one")
    if any(name not in FORMAT_NAMES for name in formats) or len(formats) > 1:
        raise BadRequest(f"'format' takes one of {', '.join(FORMAT_NAMES)}")
    return ProtocolRequest(queries[0], values("default-graph-uri"), values("named-graph-uri"), *(formats or (None,)))


def _parameters(encoded: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise BadRequest(f"the parameters cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"the request is not UTF-8: {error}") from error


def _media_type(asked: ProtocolRequest) -> str:
    graph = query_form(asked.query) in ("construct", "describe")
    offered = tuple(GRAPH_FORMATS if graph else RESULT_FORMATS)
    if asked.format is not None:
        name = _NAMES_OF_GRAPHS.get(asked.format, asked.format) if graph else asked.format
        chosen: str | None = FORMAT_NAMES[name]
        chosen = chosen if chosen in offered else None
    else:
        chosen = choose(request.headers.get("Accept"), offered, _GRAPH_ALIASES if graph else _ROW_ALIASES)
    if chosen is None:
        raise NotAcceptable(f"this answer can be had as {', '.join(offered)}")
    return chosen
