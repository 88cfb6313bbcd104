"""Writes graphs in the formats of RDF: the media types of answers, and the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from snhr_kg import names

RESULT_FORMATS: Final[dict[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types of the answer to SELECT and ASK; the first is the usual one."""

GRAPH_FORMATS: Final[dict[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""Media types of the answer to CONSTRUCT and DESCRIBE; the first is the usual one."""

DATASET_FORMATS: Final = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Formats of `write_dataset`; only the first two keep the graphs' names."""

FORMAT_NAMES: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}
"""Short names of all of them, for options and links, which cannot set an Accept header."""


def graph_bytes(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str] = names.PREFIXES, first: str = ""
) -> bytes:
    """The distinct triples in order of subject, so that Turtle and JSON-LD group them, with the prefixes they use.

    Those about the IRI `first` lead.
    """
    distinct = {str(triple): triple for triple in triples}
    ordered = sorted(distinct, key=lambda text: (not text.startswith(f"<{first}> "), text))
    return written(ox.serialize([distinct[text] for text in ordered], format=form, prefixes=_used(prefixes, ordered)))


def dataset_bytes(
    quads: Iterable[ox.Quad], form: ox.RdfFormat, prefixes: Mapping[str, str] = names.PREFIXES, first: str = ""
) -> bytes:
    """The distinct statements in order of graph and subject, with the prefixes they use; `form` keeps graphs apart.

    In each graph, those about the IRI `first` lead.
    """
    distinct = {str(quad): quad for quad in quads}

    def place(text: str) -> tuple[str, bool, str]:
        return str(distinct[text].graph_name), not text.startswith(f"<{first}> "), text

    ordered = sorted(distinct, key=place)
    return written(ox.serialize([distinct[text] for text in ordered], format=form, prefixes=_used(prefixes, ordered)))


def _used(prefixes: Mapping[str, str], lines: Iterable[str]) -> dict[str, str]:
    text = "\n".join(lines)
    return {prefix: iri for prefix, iri in prefixes.items() if iri in text}


def rewrite_graph(turtle: bytes, media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """A graph written in Turtle in one of `GRAPH_FORMATS`, with those of the prefixes that it uses."""
    triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    return graph_bytes(triples, GRAPH_FORMATS[media_type], prefixes)


def written(serialized: bytes | None) -> bytes:
    """What the serialiser gives back where it is given no file to write to."""
    assert serialized is not None  # it is None only when an output is given
    return serialized
