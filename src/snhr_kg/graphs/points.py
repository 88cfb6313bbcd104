"""Points of places, with where each point comes from."""

from __future__ import annotations

from rdflib import Literal, URIRef

from snhr_kg import names
from snhr_kg.graphs.terms import Triples, code, note, term, types
from snhr_kg.tables.coordinates import Coordinate


def point(row: Coordinate) -> Triples:
    """The point of a place, in WKT with the longitude first, as GeoSPARQL reads it by default."""
    place = code("place", row.place)
    subject = URIRef(names.part(place, "point"))
    yield from types(place, "geo:Feature")
    yield place, term("geo:hasGeometry"), subject
    yield from types(subject, "geo:Geometry", "sf:Point")
    wkt = f"POINT({row.longitude} {row.latitude})"
    yield subject, term("geo:asWKT"), Literal(wkt, datatype=term("geo:wktLiteral"))
    yield subject, term("dcterms:source"), URIRef(row.source)
    yield from note(subject, row.note)
