"""The measure and its attributes, as observations and mentions alike carry them."""

from __future__ import annotations

from decimal import Decimal

from rdflib import Literal, URIRef

from snhr_kg.graphs.terms import Triples, coded, number, term, truth
from snhr_kg.records import Interval


def printed_quantity(
    subject: URIRef, printed: str, value: Decimal | None, magnitude: str, qualifier: str, unit: Decimal | None
) -> Triples:
    """What is printed: the words, the value or the vague word's code, the qualifier and the rounding unit."""
    yield subject, term("snhr:printed"), Literal(printed)
    yield from quantity(subject, value, qualifier)
    yield from coded(subject, "snhr:magnitude", "magnitude", magnitude)
    if unit is not None:
        yield subject, term("snhr:roundingUnit"), number(unit)


def quantity(subject: URIRef, value: Decimal | None, qualifier: str) -> Triples:
    """A value, where there is one, and its qualifier."""
    if value is not None:
        yield subject, term("snhr:value"), number(value)
    yield from coded(subject, "snhr:qualifier", "qualifier", qualifier)


def bounds(subject: URIRef, interval: Interval | None) -> Triples:
    """The bounds of an interval that are there, each with whether it is included."""
    if interval is None:
        return
    if interval.low is not None:
        yield subject, term("snhr:lowerBound"), number(interval.low)
        yield subject, term("snhr:lowerBoundIncluded"), truth(interval.low_included)
    if interval.high is not None:
        yield subject, term("snhr:upperBound"), number(interval.high)
        yield subject, term("snhr:upperBoundIncluded"), truth(interval.high_included)
