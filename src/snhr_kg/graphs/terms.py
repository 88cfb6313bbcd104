"""RDF terms, each made once: IRIs from names, literals in the lexical form that stores keep.

Oxigraph rewrites typed literals to their values and Turtle writers add digits to whole decimals, so a number is
written as ``xsd:integer`` when it is whole and as ``xsd:decimal`` without trailing zeros when it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from snhr_kg import names

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]
Triples: TypeAlias = Iterator[Triple]

_DATATYPE_OF_LENGTH = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@cache
def term(curie: str) -> URIRef:
    """The term a CURIE stands for: ``term("snhr:value")``.

    Raises:
        KeyError: the prefix is not in `names.PREFIXES`.
    """
    return URIRef(names.full(curie))


@cache
def code(scheme: str, notation: str) -> URIRef:
    """A code, from its scheme and notation."""
    return URIRef(names.code(scheme, notation))


@lru_cache(maxsize=65536)
def inside(report: str, kind: str, local: str) -> URIRef:
    """A resource of a report, from its kind and id."""
    return URIRef(names.in_report(report, kind, local))


@lru_cache(maxsize=65536)
def number(value: Decimal) -> Literal:
    """A number in canonical form: an integer when it is whole, else a decimal without trailing zeros."""
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=XSD.integer, normalize=False)
    return Literal(format(value.normalize(), "f"), datatype=XSD.decimal, normalize=False)


@lru_cache(maxsize=65536)
def whole(value: int) -> Literal:
    """An integer."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


@cache
def truth(value: bool) -> Literal:
    """A boolean."""
    return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)


@lru_cache(maxsize=65536)
def date(iso: str) -> Literal:
    """A year, a month or a day, with the datatype that its length tells.

    Raises:
        KeyError: the text has the length of none of them.
    """
    return Literal(iso, datatype=_DATATYPE_OF_LENGTH[len(iso)], normalize=False)


def labels(subject: URIRef, english: str, arabic: str, predicate: str = "rdfs:label") -> Triples:
    """A text in both languages, leaving out the one that is empty."""
    if english:
        yield subject, term(predicate), Literal(english, lang="en")
    if arabic:
        yield subject, term(predicate), Literal(arabic, lang="ar")


def note(subject: URIRef, text: str, predicate: str = "rdfs:comment") -> Triples:
    """A remark in English, where there is one."""
    if text:
        yield subject, term(predicate), Literal(text, lang="en")


def checksum(subject: URIRef, sha256: str) -> Triples:
    """The SHA-256 of a file or a text, in lower-case hexadecimal digits."""
    node = URIRef(names.part(subject, "checksum"))
    yield subject, term("spdx:checksum"), node
    yield from types(node, "spdx:Checksum")
    yield node, term("spdx:algorithm"), term("spdx:checksumAlgorithm_sha256")
    yield node, term("spdx:checksumValue"), Literal(sha256, datatype=XSD.hexBinary, normalize=False)


def types(subject: URIRef, *curies: str) -> Triples:
    """The classes of a resource."""
    for curie in curies:
        yield subject, term("rdf:type"), term(curie)


def coded(subject: URIRef, predicate: str, scheme: str, notation: str) -> Triples:
    """A property whose value is a code, where the cell is not empty."""
    if notation:
        yield subject, term(predicate), code(scheme, notation)


def reports(subject: URIRef, report: str) -> Triples:
    """The report something stands in."""
    yield subject, term("snhr:inReport"), _report(report)


@cache
def _report(report: str) -> URIRef:
    return URIRef(names.report(report))
