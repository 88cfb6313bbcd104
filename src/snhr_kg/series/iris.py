"""The IRIs of what stands in the graph of series."""

from __future__ import annotations

from typing import Final

from rdflib import URIRef

from snhr_kg import names
from snhr_kg.series.agreement import RESERVED

GRAPH: Final = "external/series"
"""The name of the graph; everything in it is below the IRI of the same path."""

SOURCE: Final = "series"


def whole() -> URIRef:
    """The series as one dataset."""
    return URIRef(names.published(GRAPH))


def publication(publication_id: str) -> URIRef:
    """A publication."""
    return URIRef(names.external(SOURCE, publication_id))


def within(kind: str, local: str) -> URIRef:
    """A figure, reading, data set or breakdown, from the publication, a slash and its name there.

    >>> within("figure", "snhr-women-2020-03/killed-females")
    rdflib.term.URIRef('https://w3id.org/snhr-kg/external/series/snhr-women-2020-03/figure/killed-females')
    """
    publication_id, name = local.split("/", 1)
    return URIRef(names.in_external(SOURCE, publication_id, kind, name))


def beside(kind: str, local: object) -> URIRef:
    """A page, a line, a break or a check, which belong to no single publication."""
    if kind not in RESERVED:
        raise ValueError(f"{kind!r} is none of {', '.join(RESERVED)}")
    return URIRef(names.external(SOURCE, f"{kind}/{local}"))


def member(figure: str, publications: frozenset[str]) -> URIRef:
    """A member of a series: a figure of a publication, or, where there is no such publication, of a report."""
    publication_id, name = figure.split("/", 1)
    if publication_id in publications:
        return within("figure", figure)
    return URIRef(names.in_report(publication_id, "figure", name))
