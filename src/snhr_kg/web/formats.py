"""The media types of answers, and what else clients call them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from flask import request

from snhr_kg.errors import NotAcceptable
from snhr_kg.serialise import GRAPH_FORMATS, RESULT_FORMATS
from snhr_kg.web.negotiate import choose

_ROW_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPH_ALIASES: Final = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "text/rdf+n3": "text/turtle",
}
"""What else clients call the formats of graphs."""

_FILE_TYPES: Final = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".woff2": "font/woff2",
}


def file_type(name: str) -> str:
    """The media type of a file of this name: plain text where its ending tells nothing."""
    return _FILE_TYPES.get(PurePosixPath(name).suffix, "text/plain")


def offered_types(graph: bool) -> tuple[str, ...]:
    """The media types that a graph, or else rows and truth values, can be had in; the first is the usual one."""
    return tuple(GRAPH_FORMATS if graph else RESULT_FORMATS)


def accepted_type(graph: bool, accept: str | None = None) -> str:
    """The one that the request's Accept header (or `accept` in its place) likes best.

    Raises `NotAcceptable` when it accepts none.
    """
    offered = offered_types(graph)
    header = accept or request.headers.get("Accept")
    chosen = choose(header, offered, GRAPH_ALIASES if graph else _ROW_ALIASES)
    if chosen is None:
        raise NotAcceptable(f"this answer can be had as {', '.join(offered)}")
    return chosen


def wants_page() -> bool:
    """Whether the request's Accept header likes HTML more than any RDF format, as a browser's does."""
    types = ("application/problem+json", *GRAPH_FORMATS, "text/html")
    return choose(request.headers.get("Accept"), types, GRAPH_ALIASES) == "text/html"
