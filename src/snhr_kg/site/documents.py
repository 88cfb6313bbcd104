"""The data documents about a thing: all that is known of it in the formats of RDF, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from snhr_kg import names
from snhr_kg.exports.citations import DATASET
from snhr_kg.holding import Holding, Statement
from snhr_kg.names import full
from snhr_kg.serialise import dataset_bytes, graph_bytes
from snhr_kg.site.described import Described


@dataclass(frozen=True, slots=True)
class Format:
    """A format of data documents: how their addresses end, its media type, and its name."""

    ending: str
    media_type: str
    name: str
    rdf: ox.RdfFormat


FORMATS: Final = (
    Format("ttl", "text/turtle", "Turtle", ox.RdfFormat.TURTLE),
    Format("jsonld", "application/ld+json", "JSON-LD", ox.RdfFormat.JSON_LD),
    Format("nt", "application/n-triples", "N-Triples", ox.RdfFormat.N_TRIPLES),
    Format("rdf", "application/rdf+xml", "RDF/XML", ox.RdfFormat.RDF_XML),
    Format("trig", "application/trig", "TriG", ox.RdfFormat.TRIG),
)
"""The formats that everything can be had in; the first is the usual one, the last keeps the graphs apart."""

_PREFIXES: Final = {prefix: iri for prefix, iri in names.PREFIXES.items() if prefix != "code"}
"""Without that of the codes, whose names have slashes: they read better whole than with each of them escaped."""

_CUT: Final = (
    ("en", "Not all that points to the thing is in this document; the address of rdfs:seeAlso gives the rest."),
    ("ar", "ليس كل ما يشير إلى هذا الشيء في هذه الوثيقة؛ والعنوان المذكور في rdfs:seeAlso يعطي البقية."),
)


def write_document(described: Described, holding: Holding, form: Format) -> bytes:
    """The document about a thing; one in TriG says of each statement which graph states it."""
    about = list(_document(described, holding, form))
    told = [_quad(one) for one in (*described.stated, *described.incoming, *described.labels)]
    if form.rdf == ox.RdfFormat.TRIG:
        return dataset_bytes(
            [*told, *(ox.Quad(one.subject, one.predicate, one.object) for one in about)],
            form.rdf,
            _PREFIXES,
            described.iri,
        )
    return graph_bytes([*(quad.triple for quad in told), *about], form.rdf, _PREFIXES, described.iri)


def document_iri(iri: str, form: Format) -> str:
    """The published IRI of a document about a thing."""
    return f"{iri.partition('#')[0]}.{form.ending}"


def licences(holding: Holding, graphs: Iterable[str]) -> list[str]:
    """The IRIs of the licences that these graphs are under; that of the whole where they name none."""
    found = {one for graph in graphs for one in holding.values(graph, "dcterms:license")}
    return sorted(found) or holding.values(DATASET, "dcterms:license")


def everything_query(iri: str) -> str:
    """The query for all that points to a thing, whatever graph states it."""
    return f"CONSTRUCT {{ ?s ?p <{iri}> }} WHERE {{ {{ ?s ?p <{iri}> }} UNION {{ GRAPH ?g {{ ?s ?p <{iri}> }} }} }}"


def _document(described: Described, holding: Holding, form: Format) -> Iterator[ox.Triple]:
    """What ties the document to its thing, to the data sets it is drawn from, and to their licences."""
    document = ox.NamedNode(document_iri(described.iri, form))
    for predicate, value in (
        ("rdf:type", full("foaf:Document")),
        ("foaf:primaryTopic", described.iri),
        ("dcterms:isPartOf", DATASET),
        *(("void:inDataset", graph) for graph in described.graphs),
        *(("dcterms:license", licence) for licence in licences(holding, described.graphs)),
    ):
        yield ox.Triple(document, ox.NamedNode(full(predicate)), ox.NamedNode(value))
    if not described.is_whole:
        rest = f"{names.published('sparql')}?query={quote(everything_query(described.iri), safe='')}"
        yield ox.Triple(document, ox.NamedNode(full("rdfs:seeAlso")), ox.NamedNode(rest))
        for language, words in _CUT:
            yield ox.Triple(document, ox.NamedNode(full("rdfs:comment")), ox.Literal(words, language=language))


def _quad(one: Statement) -> ox.Quad:
    return ox.Quad(ox.NamedNode(one.subject), ox.NamedNode(one.predicate), one.object, ox.NamedNode(one.graph))
